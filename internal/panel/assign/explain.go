package assign

import (
	"errors"
	"fmt"
	"strings"

	"kechuang/internal/flow"
	"kechuang/internal/lang"
)

// Impossible says why no plan keeps all limits, and the smallest changes that would make one possible.
type Impossible struct {
	Why     lang.Text
	Changes []Change // each is enough by itself, the smallest first
}

// Change is one kind of change that is enough, with the number of single changes and where they fall.
type Change struct {
	Kind  string // load, reviews, least, limits, any, pins, cap
	Count int
	Text  lang.Text
}

// Error is the reason and the changes, in Chinese.
func (e *Impossible) Error() string { return e.In(lang.ZH) }

// In says it in a language.
func (e *Impossible) In(l lang.Tag) string {
	var b strings.Builder
	b.WriteString(e.Why.In(l))
	for _, c := range e.Changes {
		b.WriteString("\n  " + c.Text.In(l))
	}
	return b.String()
}

// explain turns the flow's proof that nothing is possible into words; other errors pass.
func explain(p *Problem, in scale, err error) error {
	var no *flow.Infeasible
	if !errors.As(err, &no) {
		return err
	}
	e := &Impossible{Why: whyNot(p, in.unit, no)}
	for _, may := range []elastic{{load: true}, {least: true}, {limits: true}, {reviews: true}, {load: true, least: true, limits: true, reviews: true}} {
		c, ok := may.smallest(p, in)
		if !ok || c.Count == 0 {
			continue
		}
		at := len(e.Changes)
		for at > 0 && e.Changes[at-1].Count > c.Count {
			at--
		}
		if c.Kind == "any" && len(e.Changes) > 0 && e.Changes[0].Count <= c.Count {
			continue // a mixture is told only when it is smaller
		}
		e.Changes = append(e.Changes[:at], append([]Change{c}, e.Changes[at:]...)...)
	}
	if len(e.Changes) == 0 {
		e.Changes = []Change{{"pins", 1, lang.T("指定的安排与其他要求矛盾，须取消部分指定", "what was pinned contradicts the other limits: some pins have to go")}}
	}
	return e
}

// whyNot tells what the cut says: some proposals together need more than those who may review them can do, or some experts must
// do more than there is.
func whyNot(p *Problem, unit int64, no *flow.Infeasible) lang.Text {
	var starved, busy, idle []string
	needs, can := 0, 0
	for q, x := range p.Proposals {
		if !no.Cut[len(p.Experts)+q] && x.Needs > 0 {
			starved = append(starved, p.proposal(q))
			needs += x.Needs
		}
	}
	for e, x := range p.Experts {
		if !no.Cut[e] {
			busy = append(busy, p.expert(e))
			can += x.Most
		} else if x.Least > 0 {
			idle = append(idle, p.expert(e))
		}
	}
	short := (no.Short + unit - 1) / unit
	if len(starved) == 0 && len(idle) == 0 {
		return lacking(p, unit, no)
	}
	if len(starved) == 0 {
		return lang.T(fmt.Sprintf("专家 %s 等 %d 人按下限应评审的件数多于可以评审的申请，多出 %d 件次", few(idle), len(idle), short),
			fmt.Sprintf("Experts %s (%d) must review more than the proposals that they may review need: %d too many", few(idle), len(idle), short))
	}
	return lang.T(fmt.Sprintf("申请 %s 等 %d 件共需评审 %d 次；按件数上限、下限、回避和结构要求，至多只能安排 %d 次，缺 %d 次（涉及已排满的专家 %d 人，共可评审 %d 件）", few(starved), len(starved), needs, int64(needs)-short, short, len(busy), can),
		fmt.Sprintf("Proposals %s (%d) need %d reviews; loads, conflicts and limits allow at most %d: %d short (%d experts are full, with room for %d)", few(starved), len(starved), needs, int64(needs)-short, short, len(busy), can))
}

// lacking tells which proposals cannot have as many of a kind as they must.
func lacking(p *Problem, unit int64, no *flow.Infeasible) lang.Text {
	var zh, en []string
	for q, gates := range newModel(p, scale{unit, unit, 1}).gates {
		for _, x := range p.Mix {
			if !no.Cut[gates[gate{kind: x.Kind}]] && x.Least > 0 {
				zh = append(zh, fmt.Sprintf("申请 %s 至少要“%s”类 %d 人", p.proposal(q), x.Kind, x.Least))
				en = append(en, fmt.Sprintf("proposal %s, at least %d of kind %s", p.proposal(q), x.Least, x.Kind))
			}
		}
	}
	short := (no.Short + unit - 1) / unit
	return lang.T(fmt.Sprintf("可以评审的人里凑不齐要求的类别：%s；共缺 %d 人次", few(zh), short),
		fmt.Sprintf("Those who may review are not enough of the kinds that are asked for: %s; %d short in all", few(en), short))
}

func few(names []string) string {
	if len(names) > 8 {
		return strings.Join(names[:8], "、") + "…"
	}
	return strings.Join(names, "、")
}

// elastic says what may give way.
type elastic struct{ load, reviews, least, limits bool }

// smallest finds the fewest single changes that make a plan possible: a network in which each change is an arc that costs 1.
func (may elastic) smallest(p *Problem, in scale) (Change, bool) {
	unit := in.unit
	m := newModel(p, in)
	m.weighing = func(Pair) int64 { return 0 }
	m.everyone()
	type soft struct {
		arc    int
		zh, en string
	}
	var softs []soft
	add := func(from, to int, limit int64, zh, en string) {
		softs = append(softs, soft{m.net.Arc(from, to, 0, limit, 1), zh, en})
	}
	total := int64(0)
	for _, x := range p.Proposals {
		total += int64(x.Needs) * unit
	}
	for _, x := range p.Experts {
		total += int64(x.Most) * unit
	}
	aid := m.net.Node(total) // what is given beyond the limits; unused, it goes to the rest
	m.net.Arc(aid, m.rest, 0, flow.Free, 0)
	surplus := int64(0)
	for _, x := range p.Experts {
		surplus += int64(x.Most) * unit
	}
	for _, x := range p.Proposals {
		surplus -= int64(x.Needs) * unit
	}
	m.net.Supply(m.rest, -surplus-total)
	if may.load {
		for e := range p.Experts {
			add(aid, e, flow.Free, "专家 "+p.expert(e)+" 多评 %d 件", "expert "+p.expert(e)+" reviews %d more")
		}
	}
	if may.least {
		for e, x := range p.Experts {
			if x.Least > 0 {
				add(e, m.rest, int64(x.Least)*unit, "专家 "+p.expert(e)+" 的下限降低 %d", "expert "+p.expert(e)+"'s least load falls by %d")
			}
		}
	}
	if may.reviews {
		for q, x := range p.Proposals {
			if x.Needs > 0 {
				add(aid, m.proposal(q), int64(x.Needs)*unit, "申请 "+p.proposal(q)+" 少评 %d 次", "proposal "+p.proposal(q)+" gets %d fewer")
			}
		}
	}
	if may.limits {
		m.soften(add)
	}
	a, err := m.net.Solve()
	if err != nil {
		return Change{}, false
	}
	var zh, en []string
	count := int64(0)
	for _, s := range softs {
		if f := (a.Flow[s.arc] + unit - 1) / unit; f > 0 {
			count += f
			zh, en = append(zh, fmt.Sprintf(s.zh, f)), append(en, fmt.Sprintf(s.en, f))
		}
	}
	return may.change(int(count), zh, en), true
}

// soften lets the limits of unit and kind be exceeded, or not be reached.
func (m *model) soften(add func(from, to int, limit int64, zh, en string)) {
	for q := range m.gates {
		name := m.p.proposal(q)
		for g, node := range m.gates[q] {
			to := m.proposal(q)
			if g.unit != "" {
				if k, there := m.gates[q][gate{kind: g.kind}]; there && g.kind != "" {
					to = k
				}
				add(node, to, flow.Free, "申请 "+name+" 对“"+g.unit+"”多用 %d 人", "proposal "+name+" takes %d more of "+g.unit)
				continue
			}
			add(node, to, flow.Free, "申请 "+name+" 的“"+g.kind+"”类上限放宽 %d", "proposal "+name+" may have %d more of kind "+g.kind)
			for _, x := range m.p.Mix {
				if x.Kind == g.kind && x.Least > 0 {
					add(to, node, int64(x.Least)*m.unit, "申请 "+name+" 的“"+g.kind+"”类下限降低 %d", "proposal "+name+" needs %d fewer of kind "+g.kind)
				}
			}
		}
	}
}

func (may elastic) change(count int, zh, en []string) Change {
	kind, headZH, headEN := "any", "各项一起放宽", "loosening a little of everything"
	switch may {
	case elastic{load: true}:
		kind, headZH, headEN = "load", "提高专家的件数上限", "raising upper loads"
	case elastic{least: true}:
		kind, headZH, headEN = "least", "降低专家的件数下限", "lowering least loads"
	case elastic{limits: true}:
		kind, headZH, headEN = "limits", "放宽单位和类别的限制", "loosening the limits of units and kinds"
	case elastic{reviews: true}:
		kind, headZH, headEN = "reviews", "减少评审次数，或者增补没有利害关系的专家", "fewer reviews, or more experts without a conflict"
	}
	more := ""
	if len(zh) > 12 {
		more, zh, en = "…", zh[:12], en[:12]
	}
	return Change{kind, count, lang.T(fmt.Sprintf("可行的最小改动之一——%s，共 %d 处：%s%s", headZH, count, strings.Join(zh, "，"), more),
		fmt.Sprintf("one smallest change that is enough: %s, %d in all: %s%s", headEN, count, strings.Join(en, ", "), more))}
}
