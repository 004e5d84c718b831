package text

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Initials gives the first letters of the Mandarin readings of folded text, as people type them to find a long name: 沈阳鼓风机 is
// sygfj. Letters and digits stay. Of a character with several readings the most usual one counts.
func Initials(folded string) string {
	var b strings.Builder
	for _, r := range folded {
		switch {
		case isHan(r):
			if c := initials()[r]; c != 0 {
				b.WriteByte(c)
			}
		case r < utf8.RuneSelf && (isDigit(r) || 'a' <= r && r <= 'z'):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// readings are characters whose usual reading in names is not the first of the collation.
var readings = map[rune]byte{'沈': 's', '长': 'c', '厦': 'x', '会': 'h', '调': 't', '传': 'c', '单': 'd', '解': 'j', '石': 's', '大': 'd', '核': 'h', '行': 'h', '血': 'x', '重': 'z', '朝': 'c', '车': 'c', '校': 'x', '阿': 'a', '和': 'h', '都': 'd'}

// initials is read from the order of the Unicode pinyin collation: the first character of every letter's readings is a border.
var initials = sync.OnceValue(func() map[rune]byte {
	const letters, borders = "abcdefghjklmnopqrstwxyz", "阿八嚓咑妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀"
	order := collate.New(language.MustParse("zh-u-co-pinyin"))
	var marks []string
	for _, r := range borders {
		marks = append(marks, string(r))
	}
	table := make(map[rune]byte, 0x5200)
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		s, low, high := string(r), 0, len(marks)
		for low < high {
			if mid := (low + high) / 2; order.CompareString(marks[mid], s) <= 0 {
				low = mid + 1
			} else {
				high = mid
			}
		}
		if low > 0 {
			table[r] = letters[low-1]
		}
	}
	for r, letter := range readings {
		table[r] = letter
	}
	return table
})
