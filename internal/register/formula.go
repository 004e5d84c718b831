package register

import (
	"regexp"
	"strings"
	"time"

	"kechuang/internal/caldate"
)

// What a spreadsheet program would take as a formula or a command when it opens a text file.
var (
	signedNumber = regexp.MustCompile(`^[+-][0-9０-９ ,.()（）/%-]*(万|亿|元|分)*$`)
	callLike     = regexp.MustCompile(`^[+\-@][^\s]*[(|!]`)
)

// looksLikeFormula tells whether a text begins a formula (=…, @name) or a command (+cmd|'…'!A1). A sign before a number, a
// telephone number with its country and a dash before words of a list are none.
func looksLikeFormula(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n'")
	if s == "" {
		return false
	}
	switch s[0] {
	case '=':
		return true
	case '+', '-', '@':
		return !signedNumber.MatchString(s) && callLike.MatchString(s)
	}
	return strings.HasPrefix(s, "＝")
}

// Neutral makes a text harmless in a CSV file: an apostrophe before what a spreadsheet program would calculate. harmless is the
// way back; what began with an apostrophe before such a sign already gets a second one, so that nothing is lost.
func Neutral(s string) string {
	if dangerous(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

func harmless(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && dangerous(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return s
}

func dangerous(s string) bool {
	return s != "" && (strings.ContainsRune("=+-@\t\r\n|", rune(s[0])) || strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") ||
		strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠"))
}

// fromSerial turns the number that Excel keeps for a date (days since 1899-12-30) into a date; everything else stays as it is.
// The range is 1954 to 2173, so that a year (2025) or a date without signs (20250630) is not taken for one.
func fromSerial(text string) string {
	whole, _, _ := strings.Cut(text, ".")
	if len(whole) != 5 || strings.Trim(whole, "0123456789") != "" || whole < "20000" || strings.Trim(text, "0123456789.") != "" {
		return text
	}
	days := 0
	for _, c := range whole {
		days = days*10 + int(c-'0')
	}
	return string(caldate.On(time.Date(1899, 12, 30, 12, 0, 0, 0, caldate.Shanghai).AddDate(0, 0, days)))
}
