package register

import (
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/lang"
	"kechuang/internal/money"
)

func TestInnerCheck(t *testing.T) {
	for code, want := range map[string]bool{"12100000400000624D": true, "914403001922038216": true, "91330100799655058B": true, "914403001922038316": false, "": false} {
		if innerCheck(code) != want {
			t.Errorf("%s: %v", code, !want)
		}
	}
}

// TestCells reads cells as people and Excel write them.
func TestCells(t *testing.T) {
	column := func(k ColumnKind) *Column {
		return &Column{Key: "x", Title: lang.T("列", "column"), Kind: k, Unit: money.Wan, Choices: []Choice{{"a", "整机(成套)"}, {"b", "部件"}}}
	}
	type want struct {
		n    int64
		text string
		bad  bool
	}
	for _, c := range []struct {
		kind ColumnKind
		raw  string
		want want
	}{
		{Money, "8000", want{n: 8_000_000_000}}, {Money, "１２３", want{n: 123_000_000}}, {Money, "1,234.5", want{n: 1_234_500_000}}, {Money, "3亿元", want{n: 30_000_000_000}},
		{Money, "5000元", want{n: 500_000}}, {Money, "1234.5600000000001", want{n: 1_234_560_000}}, {Money, "0.30000000000000004", want{n: 300_000}}, {Money, "1.2E+3", want{n: 1_200_000_000}},
		{Money, "1E+300", want{bad: true}}, {Money, "1E+999999999", want{bad: true}}, {Money, "很多", want{bad: true}}, {Money, "10000000000.0000001", want{n: 10_000_000_000_000_000}},
		{Money, "10000000000.000元", want{n: 1_000_000_000_000}}, {Money, "10000000000.001元", want{bad: true}}, {Money, "-5", want{n: -5_000_000}},
		{Percent, "6.5%", want{n: 65_000}}, {Percent, "６．５％", want{n: 65_000}}, {Percent, "0.065", want{bad: true}},
		{Date, "2025-06-30", want{text: "2025-06-30"}}, {Date, "45838", want{text: "2025-06-30"}}, {Date, "45838.75", want{text: "2025-06-30"}}, {Date, "2025年6月30日", want{text: "2025-06-30"}},
		{Date, "２０２５．６．３０", want{text: "2025-06-30"}}, {Date, "2025-02-30", want{bad: true}}, {Date, "2025", want{bad: true}}, {Date, "明天", want{bad: true}}, {Date, "20250630", want{text: "2025-06-30"}},
		{Integer, "１２", want{n: 12}}, {Integer, "12.0", want{n: 12}}, {Integer, "1,000", want{n: 1000}}, {Integer, "1.5", want{bad: true}}, {Integer, "99999999999999999999", want{bad: true}},
		{Pick, "a", want{text: "a"}}, {Pick, "整机（成套）", want{text: "a"}}, {Pick, " 部 件", want{text: "b"}}, {Pick, "附件", want{bad: true}},
		{Flag, "是", want{n: 1}}, {Flag, "Ｙ", want{n: 1}}, {Flag, "否", want{}}, {Flag, "也许", want{bad: true}},
		{Code, " ９１ 21 ", want{text: "9121"}}, {Code, "9.1210112E+17", want{bad: true}},
		{Text, "a\nb", want{bad: true}}, {Long, "a\r\nb", want{text: "a\nb"}}, {Text, "\u202e", want{text: "\u202e"}}, {Text, "�", want{bad: true}},
		{Text, "=1+1", want{bad: true}}, {Text, "＝1+1", want{bad: true}}, {Text, "@SUM(A1)", want{bad: true}}, {Text, "-1+cmd|' /C calc'!A0", want{bad: true}}, {Text, "+86 24-1234 5678", want{text: "+86 24-1234 5678"}},
		{Text, "-5%", want{text: "-5%"}}, {Text, "- 第一条", want{text: "- 第一条"}}, {Text, "@某人", want{text: "@某人"}}, {Text, "'=1+1", want{bad: true}},
	} {
		v, _, no := column(c.kind).read(c.raw)
		if (no != nil) != c.want.bad || no == nil && (v.n != c.want.n || c.want.text != "" && v.text != c.want.text) {
			t.Errorf("%s %q: %+v %v", c.kind, c.raw, v, no)
		}
	}
	if got := inPercent("0.065"); got != "6.5%" {
		t.Error(got)
	}
	if got := inPercent("6.5000000000000002E-2"); got != "6.5%" {
		t.Error(got)
	}
}

func TestNeutral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("'=+-@|\ta中＝"))).Draw(t, "s")
		out := Neutral(s)
		if harmless(out) != s {
			t.Fatalf("%q → %q → %q", s, out, harmless(out))
		}
		if dangerous(out) {
			t.Fatalf("%q is live", out)
		}
	})
}

func TestHeadings(t *testing.T) {
	for _, same := range []string{"* 统一社会信用代码", "统一社会信用代码（必填）", " 统一 社会信用代码*", "统一社会信用代码(18 位)"} {
		if headingKey(same) != headingKey("统一社会信用代码") {
			t.Errorf("%q", same)
		}
	}
}
