package conflict

import (
	"slices"
	"strings"

	"kechuang/internal/match/text"
)

// A unit whose English name nobody registered is found by what its name says: the words of a Chinese name have English ones, and what has none is
// spelt by its sound (沈阳 is shenyang). Two names are the same when they have the same words, in whatever order: of, the, and count not.

// glossary gives the English words for a word of unit names: alternatives, apart by a bar. Longer words come before those that they begin with.
var glossary = func() (list []gloss) {
	for _, line := range strings.Split(`大学 university
学院 college|institute|school
研究所 institute|research institute
研究院 institute|research institute|academy
医院 hospital
附属 affiliated
集团 group
中心 center|centre
实验室 laboratory
航空航天 aerospace|aeronautics astronautics
航空工业 aeronautical|aviation industry
科学技术 science technology
计算技术 computing technology
理工 technology|science technology|polytechnic
工业 technology|industry|industrial
科技 science technology|technology
工程技术 engineering technology|technical
工程 engineering
技术 technology
农业 agricultural|agriculture
医科 medical
药科 pharmaceutical
师范 normal
航空 aeronautics|aviation
航天 aerospace|astronautics
化工 chemical technology|chemical industry|chemical engineering
交通 jiaotong|transportation
海事 maritime
石油化工 petrochemical
石油 petroleum
林业 forestry
海洋 ocean|marine
财经 finance economics
电力 electric power
邮电 post telecommunication
外国语 foreign study
东北 northeastern|northeast
东南 southeast|southeastern
西北 northwestern|northwest
西南 southwest
中国 china
自动化 automation
金属 metal research|metal
应用 applied
生态 ecology
化学 chemistry|chemical
物理 physics
光学 optic
精密 fine|precision
机械 mechanic|machinery|mechanical
材料 material
机器人 robot|robotics
机床 machine tool
软件 software
医疗 medical
系统 system
设计 design
科学 science
半导体 semiconductor
生物 biology|biotechnology
电子 electronic
信息 information
环境 environment|environmental`, "\n") {
		word, means, _ := strings.Cut(line, " ")
		g := gloss{word: []rune(word)}
		for _, m := range strings.Split(means, "|") {
			g.means = append(g.means, strings.Fields(m))
		}
		list = append(list, g)
	}
	return list
}()

type gloss struct {
	word  []rune
	means [][]string
}

// englishKeys are the keys of the English names that a Chinese one may have, at most 64, and what is made of their initials: the place, what it is, and
// of what (沈阳自动化研究所 is sia).
func englishKeys(name string) (keys, initials []string) {
	r := []rune(plain(name))
	for _, w := range []string{"有限责任公司", "股份有限公司", "有限公司", "公司"} {
		if s, cut := strings.CutSuffix(string(r), w); cut {
			r = []rune(s)
			break
		}
	}
	if len(r) < 3 || !isHan(r[0]) {
		return nil, nil
	}
	all := [][]string{nil}
	sound, placed := "", 0
	flush := func() {
		if sound != "" {
			for i := range all {
				if all[i] = append(slices.Clone(all[i]), sound); len(all[i]) == 1 {
					placed = 1
				}
			}
			sound = ""
		}
	}
	for at := 0; at < len(r); {
		g := slices.IndexFunc(glossary, func(g gloss) bool { return len(r)-at >= len(g.word) && slices.Equal(r[at:at+len(g.word)], g.word) })
		if g < 0 {
			if said := reading(r[at]); len(said) > 0 {
				sound += said[0]
			}
			at++
			continue
		}
		flush()
		var longer [][]string
		for _, words := range all {
			for _, m := range glossary[g].means {
				if len(longer) < 64 {
					longer = append(longer, slices.Concat(words, m))
				}
			}
		}
		all, at = longer, at+len(glossary[g].word)
	}
	flush()
	for _, words := range all {
		if len(words) < 2 {
			continue
		}
		keys = append(keys, sorted(words))
		last := len(words) - 1
		if a := first(words[:placed]) + first(words[last:]) + first(words[placed:last]); len(a) > 2 && placed < last {
			initials = append(initials, a)
		}
	}
	return keys, initials
}

// first is the first letters of words.
func first(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(w[0])
	}
	return b.String()
}

// englishKey is the key of a name in letters; "" where it is none.
func englishKey(name string) string {
	folded := text.Fold(name)
	if folded == "" || folded[0] < 'a' || folded[0] > 'z' {
		return ""
	}
	var words []string
	for _, w := range strings.FieldsFunc(folded, func(r rune) bool { return r != '\'' && (r < 'a' || r > 'z') }) {
		w = strings.ReplaceAll(w, "'", "")
		if slices.Contains([]string{"of", "the", "and", "for", "at", "co", "ltd", "inc", "corp", "corporation", "company", "limited"}, w) {
			continue
		}
		words = append(words, strings.TrimSuffix(w, "s"))
	}
	if len(words) < 2 {
		return ""
	}
	return sorted(words)
}

// sorted joins the words of a name, each once and without the s of a plural.
func sorted(words []string) string {
	words = slices.Clone(words)
	for i := range words {
		words[i] = strings.TrimSuffix(words[i], "s")
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}
