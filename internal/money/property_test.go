package money_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/money"
)

func ExampleParse() {
	f, _ := money.Parse("８００万元")
	fmt.Println(int64(f), f, f.Capital())
	_, err := money.Parse("10000000000.005")
	fmt.Println(err)
	// Output:
	// 800000000 800万元 捌佰万元整
	// “10000000000.005”不足一分的部分不能填写
}

func TestParse(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]money.Fen{
		"800万元": 800 * money.Wan, "1,234.56": 123456, "3 亿": 3 * money.Yi, "１２３元": 12300, "0.5万": 5000 * money.Yuan, "100": 10000, "5分": 5,
		"-3.5元": -350, "￥1,000": 100000, "8000000.00": 800 * money.Wan, "800万元整": 800 * money.Wan, "1万亿元": money.Max / 100, "100万亿": money.Max,
		"0.0001万元": 100, "1.230": 123, "０．５亿元": money.Yi / 2,
	} {
		if got, err := money.Parse(s); err != nil || got != want {
			t.Errorf("%s: got %d %v, want %d", s, got, err, want)
		}
	}
	for s, says := range map[string]string{
		"": "不是金额", "元": "不是金额", "一百": "不是金额", "1.": "不是金额", ".5": "不是金额", "1.2.3": "不是金额", "--1": "不是金额", "+1": "不是金额",
		"1e6": "不是金额", "0x10": "不是金额", "1.005元": "不足一分", "0.1分": "不足一分", "100.01万亿": "最大金额", "99999999999999999999": "最大金额",
		"100.000001万亿元": "最大金额",
	} {
		if got, err := money.Parse(s); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: got %d %v, want an error with %s", s, got, err, says)
		}
	}
}

// TestWrittenIsRead: every amount is read back from its own text, in every unit.
func TestWrittenIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := money.Fen(rapid.Int64Range(-int64(money.Max), int64(money.Max)).Draw(t, "fen"))
		for _, s := range []string{f.String(), f.In(money.Yuan, 2), f.In(money.Wan, 6) + "万元", f.In(money.Yi, 10) + "亿元"} {
			if got, err := money.Parse(s); err != nil || got != f {
				t.Fatalf("%d is written %s and read %d %v", f, s, got, err)
			}
		}
	})
}

// TestAddIsExactOrRefuses: never wraps round, and takes back what it gave.
func TestAddIsExactOrRefuses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := money.Fen(rapid.Int64().Draw(t, "a")), money.Fen(rapid.Int64().Draw(t, "b"))
		s, err := money.Add(a, b)
		if err == nil && (s-b != a || s > money.Max || s < -money.Max) {
			t.Fatalf("%d + %d = %d", a, b, s)
		}
		if small := func(f money.Fen) bool { return f <= money.Max/2 && f >= -money.Max/2 }; err != nil && small(a) && small(b) {
			t.Fatalf("%d + %d is refused: %v", a, b, err)
		}
	})
}

// TestCapitalReadsBack: the capitals of a voucher stand for exactly one amount; here they are read by an independent reader.
func TestCapitalReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := money.Fen(rapid.OneOf(rapid.Int64Range(0, 1_000_000), rapid.Int64Range(0, int64(money.Max)),
			rapid.Map(rapid.Int64Range(0, 1_000_000), func(n int64) int64 { return n * 10_000 * 100 })).Draw(t, "fen"))
		if got := readCapital(f.Capital()); got != f {
			t.Fatalf("%d is written %s, which reads %d", f, f.Capital(), got)
		}
	})
}

func readCapital(s string) money.Fen {
	digit := map[rune]int64{'零': 0, '壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}
	var total, section, d int64 // yuan so far, the part below 万, the last digit
	var fen int64
	for _, r := range strings.ReplaceAll(s, "万亿", "兆") {
		switch r {
		case '拾':
			section, d = section+d*10, 0
		case '佰':
			section, d = section+d*100, 0
		case '仟':
			section, d = section+d*1000, 0
		case '万':
			total, section, d = total+(section+d)*1e4, 0, 0
		case '亿':
			total, section, d = total+(section+d)*1e8, 0, 0
		case '兆':
			total, section, d = total+(section+d)*1e12, 0, 0
		case '元':
			fen, total, section, d = (total+section+d)*100, 0, 0, 0
		case '角':
			fen, d = fen+d*10, 0
		case '分':
			fen, d = fen+d, 0
		case '整':
		default:
			d = digit[r]
		}
	}
	return money.Fen(fen)
}
