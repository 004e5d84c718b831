package match

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/match/judge"
	"kechuang/internal/match/text"
)

// explain puts what the words say and what is known beyond them into one match.
func (e *Engine) explain(n Need, o Offer, j judge.Judged, near float64) Match {
	m := Match{Offer: o}
	for signal, v := range j.Shares {
		m.Shares = append(m.Shares, Share{signal, v})
	}
	if both := common(n, o); len(both) > 0 {
		m.Reasons = append(m.Reasons, lang.T("都提到："+strings.Join(both, "、"), "Both mention: "+strings.Join(both, ", ")))
	}
	for _, near := range j.Near {
		m.Reasons = append(m.Reasons, lang.T("“"+near[0]+"”与需求中的“"+near[1]+"”用法相近", "“"+near[0]+"” is used like “"+near[1]+"” of the need"))
	}
	if _, missing := stretches(n.Title, o.Title+"\n"+o.Text); len(missing) > 0 {
		m.Missing = append(m.Missing, lang.T("未提到需求中的："+strings.Join(missing, "、"), "Does not mention: "+strings.Join(missing, ", ")))
	}
	facts := 0.0
	fact := func(signal string, weight float64, because lang.Text) {
		if weight != 0 {
			facts += weight
			m.Shares = append(m.Shares, Share{signal, weight})
		}
		m.Reasons = append(m.Reasons, because)
	}
	if weight := e.weights.Endpoint * near; weight != 0 {
		facts += weight
		m.Shares = append(m.Shares, Share{"endpoint", weight})
	}
	if n.Node != "" && n.Node == o.Node {
		fact("node", e.weights.SameNode, lang.T("同在产业链环节“"+n.Node+"”", "Same node of the chain: "+n.Node))
	}
	if n.Field != "" && n.Field == o.Field {
		fact("field", e.weights.SameField, lang.T("技术领域相同："+n.Field, "Same field of technology: "+n.Field))
	}
	if n.Region != "" && n.Region == o.Region {
		fact("region", e.weights.SameRegion, lang.T("同在"+n.Region, "Both in "+n.Region))
	}
	if gap := n.Ready - o.Ready; o.Ready > 0 && gap > 0 {
		weight := e.weights.LessReady * float64(gap)
		facts += weight
		m.Shares = append(m.Shares, Share{"ready", weight})
		m.Missing = append(m.Missing, lang.T(fmt.Sprintf("技术就绪度为 %d 级，需求要求 %d 级", o.Ready, n.Ready), fmt.Sprintf("Technology readiness is %d, the need asks for %d", o.Ready, n.Ready)))
	}
	m.Level = 1
	for _, p := range j.Verdict.Above {
		m.Level += shifted(p, facts)
	}
	slices.SortFunc(m.Shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Value), math.Abs(a.Value)), cmp.Compare(a.Signal, b.Signal))
	})
	return m
}

// saysLittle are words that are in every second title.
var saysLittle = []string{"技术", "系统", "方法", "研究", "应用", "开发", "研发", "项目", "产品", "装置", "设备", "一种", "关键技术", "制备", "平台", "工艺", "产业化", "技术研究", "技术开发", "及其"}

// common is what need and offer both mention: first what the offer's title does, then what of the need's title stands in the offer's text.
func common(n Need, o Offer) []string {
	both, _ := stretches(o.Title, n.Title+"\n"+n.Text)
	more, _ := stretches(n.Title, o.Text)
	for _, s := range more {
		if len(both) < 5 && !slices.ContainsFunc(both, func(b string) bool { return strings.Contains(b, s) || strings.Contains(s, b) }) {
			both = append(both, s)
		}
	}
	return both
}

// stretches cuts a title into the longest stretches that stand in the other text, and what is left between them. No dictionary is
// needed: what two texts share is what they share. At most five of each, of two characters or more.
func stretches(title, other string) (shared, left []string) {
	other = text.Fold(other)
	keep := func(list *[]string, s string) {
		if utf8.RuneCountInString(s) > 1 && !slices.Contains(saysLittle, s) && !slices.Contains(*list, s) && len(*list) < 5 {
			*list = append(*list, s)
		}
	}
	text.Runs(text.Fold(title), func(r text.Run) {
		runes, rest := []rune(r.Text), 0
		for i := 0; i < len(runes); {
			n := 0
			for i+n < len(runes) && strings.Contains(other, string(runes[i:i+n+1])) {
				n++
			}
			if n < 2 || r.Sort != text.Han && n < len(runes) {
				i++
				continue
			}
			keep(&left, string(runes[rest:i]))
			keep(&shared, string(runes[i:i+n]))
			i += n
			rest = i
		}
		keep(&left, string(runes[rest:]))
	})
	return shared, left
}

// shifted is the chance p with its log-odds moved.
func shifted(p, by float64) float64 {
	if by == 0 {
		return p
	}
	p = min(max(p, 1e-6), 1-1e-6)
	return 1 / (1 + math.Exp(-math.Log(p/(1-p))-by))
}

// Advise tells what a need should say and does not. It is shown while the need is typed.
func Advise(n Need) (advice []lang.Text) {
	folded := text.Fold(n.Title + "。" + n.Text)
	letters, numbers := 0, 0
	for _, r := range folded {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	text.Runs(folded, func(r text.Run) {
		if r.Sort == text.Number && strings.IndexFunc(r.Text, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' }) >= 0 {
			numbers++
		}
	})
	add := func(zh, en string) { advice = append(advice, lang.T(zh, en)) }
	if utf8.RuneCountInString(text.Fold(n.Title)) < 4 {
		add("请写一个能看出要解决什么问题的标题", "Give a title that tells which problem is to be solved")
	}
	if letters < 40 {
		add("请说明现在怎么做、卡在哪里、希望做到什么程度", "Say how it is done today, where it fails, and what should be reached")
	}
	if numbers == 0 {
		add("请写明要达到的指标和单位，例如“纯度 ≥ 99.99%”“寿命 5000 h”", "State the figures to be reached with their units, such as “purity ≥ 99.99 %” or “5000 h of life”")
	}
	if !containsAny(folded, "用于", "应用", "产品", "产线", "生产", "设备", "工艺", "场景", "客户") {
		add("请说明用在什么产品、设备或工艺上", "Say in which product, machine or process it will be used")
	}
	return advice
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// Path is what an officer does with a need.
type Path string

// The three paths.
const (
	Simple  Path = "simple"   // introduce the parties directly
	Complex Path = "complex"  // give it to a technology manager
	NotReal Path = "not_real" // ask the enterprise back
)

// Triage is a proposal; a person decides.
type Triage struct {
	Path Path
	Why  lang.Text
}

// Levels of triage: expected level from which an introduction is likely to be welcome.
const introduced = 2.5

func triage(n Need, a Answer) Triage {
	folded := text.Fold(n.Title + n.Text)
	switch {
	case utf8.RuneCountInString(folded) < 8 || repeats(folded):
		return Triage{NotReal, lang.T("内容过少或反复堆砌同样的词，请企业说明真实需求", "Too little, or the same words over and over: ask the enterprise what it really needs")}
	case len(a.Advice) >= 3:
		return Triage{NotReal, lang.T("看不出要解决的技术问题，请企业补充", "No technical problem can be seen: ask the enterprise to add to it")}
	case len(a.Matches) > 0 && a.Matches[0].Level >= introduced:
		return Triage{Simple, lang.T("已有高度匹配的供给，可直接邀请对接", "There is a strong match: invite both sides")}
	}
	return Triage{Complex, lang.T("没有现成的高匹配供给，建议由技术经理人拆解需求", "There is no strong match: a technology manager should take the need apart")}
}

// repeats says whether a text is mostly the same few words: fewer than one in five of its pairs of letters is new.
func repeats(folded string) bool {
	pairs, seen := 0, map[[2]rune]bool{}
	var last rune
	for _, r := range folded {
		if !unicode.IsLetter(r) {
			continue
		}
		if last != 0 {
			pairs++
			seen[[2]rune{last, r}] = true
		}
		last = r
	}
	return pairs > 100 && len(seen)*5 < pairs && len(seen) < 400
}
