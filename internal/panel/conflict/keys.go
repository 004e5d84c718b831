package conflict

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kechuang/internal/match/text"
)

// shorter are words of unit names and how they are cut short. What is left is a key: the same for the full and the short form.
var shorter = strings.NewReplacer("中国科学院", "中科院", "有限责任公司", "", "股份有限公司", "", "股份公司", "", "有限公司", "", "总公司", "", "公司", "", "研究所", "所", "研究院", "院",
	"省", "", "市", "", "universityof", "u", "university", "u")

// orgKey is a unit's name but for width, case, traditional forms, punctuation, legal form and common abbreviation.
func orgKey(name string) string {
	k := shorter.Replace(plain(name))
	if k == "" {
		return plain(name)
	}
	return k
}

// coreKey is a key without what people leave out or add: 集团, and in letters the words that say only what kind of firm it is.
func coreKey(key string) string {
	core := strings.ReplaceAll(key, "集团", "")
	if !utf8.ValidString(core) || len([]rune(core)) < 2 {
		return key
	}
	for _, w := range []string{"coltd", "ltd", "co", "inc", "corporation", "group", "corp"} {
		if rest, cut := strings.CutSuffix(core, w); cut && len(rest) > 4 && rest[0] < utf8.RuneSelf {
			core = rest
		}
	}
	return core
}

// plain leaves letters and digits: half width, lower case, simplified.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text.Fold(s))
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// acronym is the initials of a name in letters: Shenyang Institute of Automation is sia.
func acronym(name string) string {
	var b strings.Builder
	before, _, _ := strings.Cut(name, ",")
	for _, w := range strings.Fields(before) {
		if 'A' <= w[0] && w[0] <= 'Z' {
			b.WriteByte(w[0] - 'A' + 'a')
		}
	}
	return b.String()
}

// minNear is how long a key must be before a slip in one character may be looked through.
const minNear = 5

// without gives a key with each of its characters left out, and itself: two keys that differ in one character share one of these.
func without(key string) []string {
	r := []rune(key)
	if len(r) < minNear {
		return nil
	}
	out := []string{key}
	for i := range r {
		out = append(out, string(r[:i])+string(r[i+1:]))
	}
	return out
}

// part is a piece of a written unit that may be the unit's name, and what else was written.
type part struct{ key, rest, written string }

// segments are the pieces between commas, brackets and spaces, and some that follow one another, the longest first: a department before the unit
// or in brackets, a town and a country behind it.
func segments(written string) (parts []part) {
	folded := text.Fold(written)
	pieces := strings.FieldsFunc(folded, func(r rune) bool { return strings.ContainsRune(",;()/、，；[]【】", r) })
	if len(pieces) == 1 && !('a' <= folded[0] && folded[0] <= 'z') {
		pieces = strings.Fields(folded)
	}
	if len(pieces) < 2 || len(pieces) > 8 {
		return nil
	}
	for n := len(pieces) - 1; n > 0; n-- {
		for at := 0; at+n <= len(pieces); at++ {
			if k := orgKey(strings.Join(pieces[at:at+n], "")); k != "" {
				parts = append(parts, part{k, orgKey(strings.Join(slices.Concat(pieces[:at], pieces[at+n:]), "")), strings.Join(pieces[at:at+n], " ")})
			}
		}
	}
	return parts
}

// departments are how the name of a part of a unit ends.
var departments = strings.Fields("学院 系 部 所 中心 实验室 室 处 组 团队 院 办 馆 科 车间 平台 基地 校区 分校 书院")

// headsOf are the beginnings of a key behind which the name of a department follows, the longest first.
func headsOf(key string) []part {
	var heads []part
	r := []rune(key)
	for n := len(r) - 2; n >= 2; n-- {
		if rest := string(r[n:]); isDepartment(rest) {
			heads = append(heads, part{key: string(r[:n]), rest: rest})
		}
	}
	return heads
}

// cutShort tells whether a head ends as short names of universities and institutes do.
func cutShort(head string) bool {
	return slices.ContainsFunc([]string{"大", "所", "院", "航", "理工", "农", "药", "师"}, func(e string) bool { return strings.HasSuffix(head, e) })
}

// isDepartment tells whether what follows a unit's name is a part of it. A hospital, school or firm that bears the name is a legal person of its own.
func isDepartment(rest string) bool {
	for _, no := range []string{"附", "学", "院", "所"} {
		if strings.HasPrefix(rest, no) {
			return false
		}
	}
	return !strings.Contains(rest, "大学") && !strings.HasSuffix(rest, "医院") && !strings.HasSuffix(rest, "学校") &&
		slices.ContainsFunc(departments, func(d string) bool { return strings.HasSuffix(rest, d) })
}

// isBare tells whether a key is the name of a department without its unit. An institute may be either.
func isBare(key string) bool {
	return isDepartment(key) && !strings.HasSuffix(key, "所") && (!strings.HasSuffix(key, "院") || strings.HasSuffix(key, "学院")) && !strings.Contains(key, "大学")
}
