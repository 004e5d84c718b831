package conflict

import (
	"slices"
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"

	"kechuang/internal/match/text"
)

// A name in letters is found by its sound: family name, a bar, given name; Zhang Jianguo and ZHANG, Jian-Guo are zhang|jianguo. A name
// in characters has a sound for each reading of its characters.

// doubled are the family names of two characters.
var doubled = map[string]bool{"欧阳": true, "司马": true, "上官": true, "诸葛": true, "尉迟": true, "令狐": true, "皇甫": true, "慕容": true, "司徒": true, "东方": true, "夏侯": true, "公孙": true, "宇文": true, "长孙": true, "端木": true, "独孤": true, "南宫": true, "西门": true, "赫连": true, "呼延": true, "完颜": true, "轩辕": true}

var (
	readingsMu sync.Mutex
	readings   = map[rune][]string{}
)

// reading gives the sounds of a character, without tones, ü as v.
func reading(r rune) []string {
	readingsMu.Lock()
	defer readingsMu.Unlock()
	all, known := readings[r]
	if !known {
		a := pinyin.NewArgs()
		a.Heteronym = true
		for _, s := range pinyin.SinglePinyin(r, a) {
			if s = vowel.Replace(s); !strings.Contains(" "+strings.Join(all, " ")+" ", " "+s+" ") {
				all = append(all, s)
			}
		}
		readings[r] = all
	}
	return all
}

var vowel = strings.NewReplacer("ü", "v", "lyu", "lv", "nyu", "nv", "lue", "lve", "nue", "nve")

// sounds are the ways in which a name in characters may be said: at most eight.
func sounds(name string) []string {
	r := []rune(name)
	if len(r) < 2 || len(r) > 5 || !isHan(r[0]) {
		return nil
	}
	family := 1
	if len(r) > 2 && doubled[string(r[:2])] {
		family = 2
	}
	keys := []string{""}
	for i, c := range r {
		var longer []string
		for _, k := range keys {
			for _, s := range reading(c) {
				if i == family {
					s = "|" + s
				}
				if len(longer) < 8 {
					longer = append(longer, k+s)
				}
			}
		}
		keys = longer
	}
	return keys
}

// spelt are the ways in which a name in letters may be meant, as sounds; begun tells that the given name is only its initials. Nil where it is
// not in letters.
func spelt(name string) (keys []string, initials bool) {
	folded := text.Fold(name)
	if folded == "" || folded[0] < 'a' || folded[0] > 'z' {
		return nil, false
	}
	var words []string
	capitals, family := 0, -1 // the one word in capitals
	comma := strings.ContainsAny(folded, ",")
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" ,，　\t", r) }) {
		k := vowel.Replace(plain(w))
		if k == "" {
			continue
		}
		short := len(k) == 1 || strings.Contains(w, ".") && len(k) < 4
		if initials = initials || short; !short && w == strings.ToUpper(w) {
			capitals, family = capitals+1, len(words)
		}
		words = append(words, k)
	}
	if len(words) < 2 {
		return nil, false
	}
	first, last := words[0]+"|"+strings.Join(words[1:], ""), words[len(words)-1]+"|"+strings.Join(words[:len(words)-1], "")
	if capitals > 1 {
		family = -1
	}
	switch {
	case comma || family == 0:
		return []string{first}, initials
	case family == len(words)-1:
		return []string{last}, initials
	}
	return []string{first, last}, initials
}

// begun is a sound with its given name cut to the initial.
func begun(sound string) string {
	family, given, _ := strings.Cut(sound, "|")
	if given == "" {
		return ""
	}
	return family + "|" + given[:1]
}

// Spellings are the ways in which papers may write a name in letters, without blanks and in lower case, for whoever looks works up by name.
func Spellings(name string) (all []string) {
	n := plain(name)
	letters := ""
	for i, c := range []rune(n) {
		if said := reading(c); i > 0 && len(said) > 0 {
			letters += said[0][:1]
		}
	}
	for _, s := range sounds(n) {
		family, given, _ := strings.Cut(s, "|")
		for _, g := range []string{given, given[:1], letters} {
			all = append(all, family+g, g+family)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
