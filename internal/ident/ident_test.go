package ident_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kechuang/internal/ident"
)

// TestCheckUSCC is real codes of well-known organisations (GB 32100-2015), and ways to get them wrong.
func TestCheckUSCC(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"12100000400000624D", "914403001922038216", "91330100799655058B"} {
		if err := ident.CheckUSCC(code); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	for code, says := range map[string]string{
		"91110000100003962T":  "校验位",
		"12100000400000624E":  "应为 D",
		"1210000040000062":    "18 位",
		"":                    "现为 0 位",
		"1210000040000062IO":  "第 17 位",
		"121000004000006Z4D":  "第 16 位",
		"12100000400000624d":  "校验位",
		"统一社会信用代码":            "现为 8 位",
		"统一社会信用":              "现为 6 位",
		"12100000400000中24D":  "第 15 位“中”",
		"914403001922038216 ": "19 位",
	} {
		if err := ident.CheckUSCC(code); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: got %v, want %s", code, err, says)
		}
	}
}

func TestNormalUSCC(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"１２１００００ 0400000624d": "12100000400000624D", " 9144 0300 1922 0382 16\t": "914403001922038216"} {
		if got := ident.NormalUSCC(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestOneWrongCharacterIsFound: a code with one character changed is never valid, which is what a check digit is for.
func TestOneWrongCharacterIsFound(t *testing.T) {
	t.Parallel()
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range 17 {
			b.WriteByte(alphabet[rapid.IntRange(0, 30).Draw(t, "v")])
		}
		code := ident.USCCWithCheck(b.String())
		if err := ident.CheckUSCC(code); err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		i, v := rapid.IntRange(0, 17).Draw(t, "at"), alphabet[rapid.IntRange(0, 30).Draw(t, "to")]
		if wrong := code[:i] + string(v) + code[i+1:]; wrong != code && ident.CheckUSCC(wrong) == nil {
			t.Fatalf("%s and %s are both valid", code, wrong)
		}
	})
}

// TestNewSortsByTime: later identifiers sort later, and no two are the same.
func TestNewSortsByTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(0, 1<<47).Draw(t, "at"))
		a, b := ident.New("case", at), ident.New("case", at.Add(time.Millisecond))
		if !strings.HasPrefix(a, "case_") || len(a) != len("case_")+26 || a >= b {
			t.Fatalf("%s and then %s", a, b)
		}
		if a == ident.New("case", at) {
			t.Fatal("the same identifier twice")
		}
	})
}
