// Package money is Chinese yuan in whole fen: exact, checked, and read and written as officers do.
//
//	f, _ := money.Parse("800万元")  // 800_000_000 fen
//	f.String()                      // "800万元"
//	f.Capital()                     // "捌佰万元整"
//
// The largest amount is 10^16 fen (100 trillion yuan), so that any sum of a hundred of them fits in an int64.
package money

import (
	"fmt"
	"strings"

	"golang.org/x/text/width"
)

// Fen is an amount of money; one yuan is 100 fen.
type Fen int64

// Units of amounts.
const (
	Yuan Fen = 100
	Wan  Fen = 10_000 * Yuan  // 万元
	Yi   Fen = 10_000 * Wan   // 亿元
	Max  Fen = 1_000_000 * Yi // the largest amount that may be entered
)

// Add is a+b; it fails beyond Max in either direction.
func Add(a, b Fen) (Fen, error) {
	s := a + b
	if (b > 0 && s < a) || (b < 0 && s > a) || s > Max || s < -Max {
		return 0, fmt.Errorf("money: %d + %d is out of range", a, b)
	}
	return s, nil
}

// Parse reads "800万元", "1,234.56", "3 亿", "１２３元" (full width too). Without a unit the amount is in yuan. More than two
// decimals of a fen, a sign other than a leading minus, or an amount beyond Max are refused with the reason in Chinese.
func Parse(s string) (Fen, error) {
	t := strings.NewReplacer(",", "", " ", "", "\u3000", "", "¥", "", "￥", "").Replace(width.Narrow.String(s))
	t = strings.TrimSuffix(t, "整")
	unit := Yuan
	for _, u := range []struct {
		name string
		fen  Fen
	}{{"万亿元", 10_000 * Yi}, {"万亿", 10_000 * Yi}, {"亿元", Yi}, {"亿", Yi}, {"万元", Wan}, {"万", Wan}, {"元", Yuan}, {"分", 1}} {
		if rest, ok := strings.CutSuffix(t, u.name); ok {
			t, unit = rest, u.fen
			break
		}
	}
	neg := false
	if rest, ok := strings.CutPrefix(t, "-"); ok {
		t, neg = rest, true
	}
	whole, frac, _ := strings.Cut(t, ".")
	if whole == "" || strings.Trim(whole+frac, "0123456789") != "" || strings.HasSuffix(t, ".") {
		return 0, fmt.Errorf("“%s”不是金额", s)
	}
	var f Fen
	for _, c := range whole {
		f = f*10 + Fen(c-'0')
		if f > Max/unit {
			return 0, fmt.Errorf("“%s”超出可填写的最大金额 %s", s, Max)
		}
	}
	f *= unit
	for scale := unit / 10; frac != ""; scale, frac = scale/10, frac[1:] {
		digit := Fen(frac[0] - '0')
		if scale == 0 && digit != 0 {
			return 0, fmt.Errorf("“%s”不足一分的部分不能填写", s)
		}
		f += digit * scale
	}
	if f > Max {
		return 0, fmt.Errorf("“%s”超出可填写的最大金额 %s", s, Max)
	}
	if neg {
		f = -f
	}
	return f, nil
}

// String writes the amount in the largest of 亿元, 万元 and 元 in which it stays exact with at most four decimals.
func (f Fen) String() string {
	for _, u := range []struct {
		name string
		fen  Fen
	}{{"亿元", Yi}, {"万元", Wan}} {
		if abs(f) >= u.fen && f%(u.fen/10_000) == 0 {
			return f.In(u.fen, 4) + u.name
		}
	}
	return f.In(Yuan, 2) + "元"
}

// In writes the amount as a decimal number of the unit, rounded towards zero to at most that many decimals, without trailing zeros.
func (f Fen) In(unit Fen, decimals int) string {
	sign := ""
	if f < 0 {
		sign = "-"
	}
	a := abs(f)
	s := fmt.Sprintf("%s%d", sign, a/unit)
	rest := a % unit
	var frac strings.Builder
	for i := 0; i < decimals && rest > 0; i++ {
		rest *= 10
		frac.WriteByte('0' + byte(rest/unit))
		rest %= unit
	}
	if d := strings.TrimRight(frac.String(), "0"); d != "" {
		return s + "." + d
	}
	return s
}

// Capital writes the amount in the capitals of vouchers (大写), as 《会计基础工作规范》 asks: 壹佰贰拾叁元肆角伍分, 捌佰万元整.
func (f Fen) Capital() string {
	if f == 0 {
		return "零元整"
	}
	const digits = "零壹贰叁肆伍陆柒捌玖"
	digit := func(n Fen) string { return string([]rune(digits)[n]) }
	var b strings.Builder
	if f < 0 {
		b.WriteString("负")
		f = -f
	}
	yuan, jiao, fen := f/Yuan, f/10%10, f%10
	if yuan > 0 {
		b.WriteString(capitalInteger(yuan, digit) + "元")
	}
	switch {
	case jiao == 0 && fen == 0:
		b.WriteString("整")
	case jiao == 0:
		if yuan > 0 {
			b.WriteString("零")
		}
		b.WriteString(digit(fen) + "分")
	case fen == 0:
		b.WriteString(digit(jiao) + "角整")
	default:
		b.WriteString(digit(jiao) + "角" + digit(fen) + "分")
	}
	return b.String()
}

// capitalInteger writes groups of four digits, each with its 万/亿, and one 零 for any run of zeros inside.
func capitalInteger(n Fen, digit func(Fen) string) string {
	places := []string{"", "拾", "佰", "仟"}
	groups := []string{"", "万", "亿", "万亿"}
	var parts []string
	zero := false // a zero is owed before the next digit to the left
	for g := 0; n > 0; g, n = g+1, n/10_000 {
		four := n % 10_000
		s := ""
		pending := false
		for i := 0; i < 4; i++ {
			d := four % 10
			four /= 10
			if d == 0 {
				pending = s != ""
				continue
			}
			if pending {
				s = "零" + s
				pending = false
			}
			s = digit(d) + places[i] + s
		}
		if s == "" {
			zero = len(parts) > 0
			continue
		}
		if zero {
			s += groups[g] + "零"
		} else {
			s += groups[g]
		}
		zero = n%10_000 < 1000 && n >= 10_000
		if zero {
			s = "零" + s
			zero = false
		}
		parts = append(parts, s)
	}
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
	}
	return strings.TrimPrefix(strings.ReplaceAll(b.String(), "零零", "零"), "零")
}

func abs(f Fen) Fen {
	if f < 0 {
		return -f
	}
	return f
}
