package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/unicode/norm"
)

// Fold makes texts that mean the same look the same: half width, simplified, lower case, one space between words; control
// characters, zero-width characters and broken bytes are gone. What is lost is only how it was written.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	fold(s, func(r rune, _ int) { b.WriteRune(r) })
	return b.String()
}

// FoldWithOrigins also says for every byte of the folded text where the letter that it comes from begins in s; the last entry
// is len(s). Highlights are found in the folded text and shown in the text as it was written.
func FoldWithOrigins(s string) (folded string, origins []int32) {
	var b strings.Builder
	fold(s, func(r rune, at int) {
		b.WriteRune(r)
		for len(origins) < b.Len() {
			origins = append(origins, int32(at))
		}
	})
	return b.String(), append(origins, int32(len(s)))
}

func fold(s string, emit func(r rune, at int)) {
	t := tables()
	spaced := true // no space at the beginning
	pending := -1
	put := func(r rune, at int) {
		if r == ' ' {
			if !spaced && pending < 0 {
				pending = at
			}
			return
		}
		if pending >= 0 {
			emit(' ', pending)
			pending = -1
		}
		spaced = false
		emit(r, at)
	}
	for at := 0; at < len(s); {
		r, width := utf8.DecodeRuneInString(s[at:])
		switch {
		case r == utf8.RuneError && width <= 1:
			put(' ', at)
		case int(r) < len(t) && t[r] > 0:
			put(t[r], at)
		case int(r) < len(t) && t[r] == dropped:
		default:
			for _, r := range norm.NFKC.String(string(r)) {
				if r = single(r); r != dropped {
					put(r, at)
				}
			}
		}
		at += width
	}
}

// dropped marks a rune that leaves nothing, slow one that becomes several.
const (
	dropped rune = -1
	slow    rune = 0
)

// tables holds for every rune of the basic plane what it becomes.
var tables = sync.OnceValue(func() *[1 << 16]rune {
	var t [1 << 16]rune
	simplified, err := opencc.New("t2s")
	if err != nil {
		panic(err) // the dictionaries are part of the binary
	}
	for r := range rune(len(t)) {
		if 0xd800 <= r && r < 0xe000 {
			t[r] = dropped
			continue
		}
		if unicode.Is(unicode.Han, r) {
			t[r] = r
			if out, err := simplified.Convert(string(r)); err == nil && utf8.RuneCountInString(out) == 1 {
				t[r], _ = utf8.DecodeRuneInString(out)
			}
			continue
		}
		composed := []rune(norm.NFKC.String(string(r)))
		if len(composed) == 1 {
			t[r] = single(composed[0])
		}
	}
	return &t
})

// single folds a rune that is composed already.
func single(r rune) rune {
	switch {
	case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
		return ' '
	case r == '\u00ad', unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), unicode.Is(unicode.Co, r), unicode.IsControl(r), r == utf8.RuneError:
		return dropped
	case r == '≧', r == '⩾':
		return '≥'
	case r == '≦', r == '⩽':
		return '≤'
	case r == '·', r == '•', r == '‧':
		return '·'
	}
	return unicode.ToLower(r)
}
