// Package same proposes what was entered twice: pairs of parties, or of records of one kind, that may be one, each with its reasons. A
// person decides.
//
//	for _, p := range same.Find([]same.Entry{{ID: "a", Name: "沈阳某阀门有限责任公司", …}, …}) {
//		fmt.Println(p.A, p.B, p.Reasons[0].ZH) // 名称去掉“有限责任公司”等之后相同
//	}
//
// Candidates share a number, a name without its legal form, a telephone, or, by package twin, much of a text; what they share beyond that
// strengthens the proposal, what differs weakens it. Two different numbers of one scheme rule a pair out: they are two. Names of people
// are shared by many, so that a name alone proposes nobody.
package same

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/match/text"
	"kechuang/internal/match/twin"
)

// Entry is a party or a record.
type Entry struct {
	ID      string
	Name    string
	Aliases []string
	Person  bool
	Codes   map[string]string // scheme or field → number that only one may have
	Facts   []Fact            // what one and the same would share
	Text    string            // what it is about; empty for parties
}

// Fact is something that two entries may share.
type Fact struct {
	Field string
	Title lang.Text
	Value string
	// Telling facts propose a pair by themselves (a telephone); others only strengthen one (a district).
	Telling bool
}

// Pair may be one. A comes before B.
type Pair struct {
	A, B    string
	Weight  float64 // 0 to 1: how likely, for ordering; not a probability
	Reasons []lang.Text
	Against []lang.Text
}

// legalForms and what else of an organisation's name does not tell it from others, longest first.
var legalForms = []string{"有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "集团公司", "分公司", "公司", "集团", "总厂", "厂"}

// core of an organisation's name: folded, without signs, legal form, and the province before the city.
func core(name string) string {
	s := bare(name)
	s = strings.TrimPrefix(s, "辽宁省")
	for _, f := range legalForms {
		if cut := strings.TrimSuffix(s, f); cut != s && utf8.RuneCountInString(cut) >= 3 {
			s = cut
			break
		}
	}
	return strings.Replace(s, "市", "", 1)
}

// bare is folded text without what stands between letters and digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text.Fold(s))
}

// crowded is how many entries may share a key before it says nothing: the telephone of an agency that registers hundreds.
const crowded = 12

type finder struct {
	entries []Entry
	pairs   map[[2]int]*found
}

type found struct {
	odds    float64
	reasons []lang.Text
	against []lang.Text
}

// Find gives the pairs, the likeliest first. Time grows with the entries, not with their pairs.
func Find(entries []Entry) []Pair {
	f := &finder{entries, map[[2]int]*found{}}
	f.byCode()
	f.byName()
	f.byFact()
	f.byText()
	var out []Pair
	for at, x := range f.pairs {
		f.compare(at, x)
		a, b := entries[at[0]].ID, entries[at[1]].ID
		if x.odds <= 0 {
			continue
		}
		out = append(out, Pair{A: min(a, b), B: max(a, b), Weight: 1 - math.Exp2(-x.odds), Reasons: x.reasons, Against: x.against})
	}
	slices.SortFunc(out, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return out
}

// meet proposes every pair that shares a key, unless too many do.
func (f *finder) meet(keys map[string][]int, odds float64, why func(a, b int) lang.Text) {
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		at := keys[key]
		if len(at) < 2 || len(at) > crowded {
			continue
		}
		for i, a := range at {
			for _, b := range at[i+1:] {
				if a != b {
					f.note([2]int{min(a, b), max(a, b)}, odds, why(a, b))
				}
			}
		}
	}
}

func (f *finder) note(at [2]int, odds float64, why lang.Text) {
	x := f.pairs[at]
	if x == nil {
		x = &found{}
		f.pairs[at] = x
	}
	if !slices.Contains(x.reasons, why) {
		x.odds += odds
		x.reasons = append(x.reasons, why)
	}
}

func (f *finder) byCode() {
	keys := map[string][]int{}
	for i, e := range f.entries {
		for _, scheme := range slices.Sorted(maps.Keys(e.Codes)) {
			if code := bare(e.Codes[scheme]); utf8.RuneCountInString(code) >= 4 {
				keys[code] = append(keys[code], i)
			}
		}
	}
	f.meet(keys, 5, func(a, b int) lang.Text {
		for _, s := range slices.Sorted(maps.Keys(f.entries[a].Codes)) {
			code := f.entries[a].Codes[s]
			for _, other := range f.entries[b].Codes {
				if bare(code) == bare(other) {
					return lang.T("编号相同："+code, "The same number: "+code)
				}
			}
		}
		return lang.T("编号相同", "The same number")
	})
}

func (f *finder) byName() {
	whole, cores := map[string][]int{}, map[string][]int{}
	for i, e := range f.entries {
		seen := map[string]bool{}
		for _, n := range append([]string{e.Name}, e.Aliases...) {
			b := bare(n)
			if b == "" || seen[b] {
				continue
			}
			seen[b] = true
			whole[b] = append(whole[b], i)
			if c := core(n); !e.Person && c != b && !seen["core "+c] {
				seen["core "+c] = true
				cores[c] = append(cores[c], i)
			}
		}
	}
	f.meet(whole, 2.5, func(a, b int) lang.Text {
		if bare(f.entries[a].Name) == bare(f.entries[b].Name) {
			return lang.T("名称相同", "The same name")
		}
		return lang.T("一方的名称是另一方的别名", "The name of one is an alias of the other")
	})
	f.meet(cores, 1.5, func(a, b int) lang.Text {
		return lang.T("名称去掉组织形式后相同："+core(f.entries[a].Name), "The same name but for the legal form: "+core(f.entries[a].Name))
	})
}

func (f *finder) byFact() {
	keys := map[string][]int{}
	for i, e := range f.entries {
		for _, x := range e.Facts {
			if x.Telling && x.Value != "" {
				keys[x.Field+"\n"+bare(x.Value)] = append(keys[x.Field+"\n"+bare(x.Value)], i)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if at := keys[key]; len(at) >= 2 && len(at) <= crowded {
			for i, a := range at {
				for _, b := range at[i+1:] {
					// A shared telephone proposes those whose names have something in common.
					if a != b && alike(f.entries[a].Name, f.entries[b].Name) >= 0.5 {
						f.note([2]int{min(a, b), max(a, b)}, 0.2, lang.T("名称相近", "Their names are alike"))
					}
				}
			}
		}
	}
}

// byText proposes texts that say the same in other words. Names are part of the text.
func (f *finder) byText() {
	texts := map[string]string{}
	at := map[string]int{}
	for i, e := range f.entries {
		if e.Text != "" {
			texts[e.ID], at[e.ID] = e.Name+"\n"+e.Text, i
		}
	}
	if len(texts) < 2 {
		return
	}
	t := twin.New(func(id string) string { return texts[id] })
	for _, e := range f.entries {
		if texts[e.ID] == "" {
			continue
		}
		for _, x := range t.Find(texts[e.ID], 5) {
			here := x.Here
			passage := []rune(strings.TrimSpace(texts[e.ID][here.Start:here.End]))
			if len(passage) > 40 {
				passage = append(passage[:40], '…')
			}
			why := lang.T(fmt.Sprintf("内容有 %.0f %% 相同，如“%s”", x.Share*100, string(passage)), fmt.Sprintf("%.0f %% of the text is the same, such as “%s”", x.Share*100, string(passage)))
			a, b := at[e.ID], at[x.ID]
			f.note([2]int{min(a, b), max(a, b)}, 3*x.Share, why)
		}
		t.Put(e.ID, texts[e.ID])
	}
}

// compare looks at everything else of a pair that has been proposed.
func (f *finder) compare(at [2]int, x *found) {
	a, b := f.entries[at[0]], f.entries[at[1]]
	for _, scheme := range slices.Sorted(maps.Keys(a.Codes)) {
		if other := b.Codes[scheme]; other != "" && bare(other) != bare(a.Codes[scheme]) {
			x.odds = -1 // two numbers of one scheme: they are two
			return
		}
	}
	if a.Person != b.Person {
		x.odds = -1
		return
	}
	if a.Person {
		x.odds -= 2.5 // many people have one name
	}
	for _, fa := range a.Facts {
		for _, fb := range b.Facts {
			if fa.Field != fb.Field || fa.Value == "" || fb.Value == "" {
				continue
			}
			weight := 0.4
			if fa.Telling {
				weight = 1.2
			}
			if bare(fa.Value) == bare(fb.Value) {
				x.odds += weight
				x.reasons = append(x.reasons, lang.T(fa.Title.ZH+"相同", "The same "+strings.ToLower(fa.Title.EN)))
			} else {
				x.odds -= weight
				x.against = append(x.against, lang.T(fa.Title.ZH+"不同", "Another "+strings.ToLower(fa.Title.EN)))
			}
		}
	}
}

// alike is the share of pairs of letters that two names have in common (Dice).
func alike(a, b string) float64 {
	x, y := pairs(core(a)), pairs(core(b))
	if len(x)+len(y) == 0 {
		return 0
	}
	both := 0
	for p := range x {
		if y[p] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

func pairs(s string) map[[2]rune]bool {
	out := map[[2]rune]bool{}
	runes := []rune(s)
	for i := range len(runes) - 1 {
		out[[2]rune{runes[i], runes[i+1]}] = true
	}
	return out
}
