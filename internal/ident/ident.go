// Package ident makes and checks identifiers: our own (prefixed, sortable by time) and those that the State issues.
//
//	ident.New("case", now)            // "case_06f1c3…": sorts by time, no coordination
//	ident.CheckUSCC("12100000400000624D") // nil
//	s, _ := ident.Named("patent_cn")       // the schemes that fields of forms and of the register name
package ident

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/width"
)

var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// New is a fresh identifier: prefix, underscore, 48 bits of milliseconds and 80 random bits in Crockford's base 32.
func New(prefix string, now time.Time) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(now.UnixMilli())<<16)
	rand.Read(b[6:])
	return prefix + "_" + crockford.EncodeToString(b[:])
}

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// NormalUSCC makes half-width upper case without spaces of what was typed.
func NormalUSCC(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(width.Narrow.String(s)), ""))
}

// CheckUSCC checks a unified social credit code (统一社会信用代码) of 18 characters by GB 32100-2015: alphabet and check digit.
// The code must be normal (NormalUSCC). Errors are in Chinese and say what is wrong.
func CheckUSCC(code string) error {
	if n := len([]rune(code)); n != 18 || len(code) != 18 {
		for i, r := range []rune(code) {
			if n == 18 && r > 127 {
				return fmt.Errorf("统一社会信用代码第 %d 位“%c”不在允许的字符中（不使用 I、O、S、V、Z）", i+1, r)
			}
		}
		return fmt.Errorf("统一社会信用代码应为 18 位，现为 %d 位", n)
	}
	sum := 0
	for i := range 17 {
		v := strings.IndexByte(usccAlphabet, code[i])
		if v < 0 {
			return fmt.Errorf("统一社会信用代码第 %d 位“%c”不在允许的字符中（不使用 I、O、S、V、Z）", i+1, code[i])
		}
		sum += v * usccWeights[i]
	}
	if want := usccAlphabet[(31-sum%31)%31]; code[17] != want {
		return fmt.Errorf("统一社会信用代码校验位不符：第 18 位应为 %c，现为 %c", want, code[17])
	}
	return nil
}

// USCCWithCheck completes the first 17 characters with their check character; it is how synthetic codes are made.
func USCCWithCheck(first17 string) string {
	sum := 0
	for i := range 17 {
		sum += strings.IndexByte(usccAlphabet, first17[i]) * usccWeights[i]
	}
	return first17 + string(usccAlphabet[(31-sum%31)%31])
}
