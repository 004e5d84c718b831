package assign

import (
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"slices"

	"kechuang/internal/flow"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// crossing is a part of all plans where a unit's people are of several kinds, and both are limited: no flow says that. The flow counts
// them apart by kind, and where it takes too many of a unit, one of these must go: each in a part of its own, with those before it kept.
type crossing struct {
	bound       Score
	pairs       []Pair // of the best plan of the flow
	gone, stays []Pair
}

type crossings []crossing

func (h crossings) Len() int           { return len(h) }
func (h crossings) Less(i, j int) bool { return h[i].bound > h[j].bound }
func (h crossings) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *crossings) Push(x any)        { *h = append(*h, x.(crossing)) }
func (h *crossings) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// mostCrossings is how many parts are looked at.
const mostCrossings = 1000

// uncross finds the best plan that keeps both limits, beginning with the best that keeps them apart.
func (p *Problem) uncross(pairs []Pair, bound Score) ([]Pair, error) {
	h := &crossings{{bound: bound, pairs: pairs}}
	for looked := 0; h.Len() > 0; looked++ {
		if looked > mostCrossings {
			return nil, refusal.New(refusal.Conflict, "assign.crossing", lang.T("单位限制与类别限制交叉，在限定的搜索量内没有找到都满足的方案，也没有证明不存在",
				"The limits of units and kinds cross: no plan that keeps both was found as far as was looked, nor that there is none")).
				Mend(lang.T("请放宽每单位人数或者某一类别的人数，或者指定一部分安排", "Allow more people of a unit or of a kind, or pin some pairs"))
		}
		x := heap.Pop(h).(crossing)
		group := p.crowded(x.pairs)
		if group == nil {
			return x.pairs, nil // the best first: no other part has a better one
		}
		if err := p.without(x, group, h); err != nil {
			return nil, err
		}
	}
	return nil, p.crossed()
}

// without adds the parts in which one of the group goes.
func (p *Problem) without(x crossing, group []Pair, h *crossings) error {
	may := slices.DeleteFunc(slices.Clone(group), func(w Pair) bool { return slices.Contains(p.Pins, w) || slices.Contains(x.stays, w) })
	free := p.UnitMost - (len(group) - len(may)) // how many of them may stay
	for i, w := range may {
		if i > free {
			break
		}
		c := crossing{gone: append(slices.Clone(x.gone), w), stays: append(slices.Clone(x.stays), may[:i]...)}
		q := *p
		q.Barred, q.Pins = slices.Clone(p.Barred), append(slices.Clone(p.Pins), c.stays...)
		for _, g := range c.gone {
			q.Barred[g.Expert*len(p.Proposals)+g.Proposal] = true
		}
		m, a, err := flowOf(&q, whole)
		switch no := (*flow.Infeasible)(nil); {
		case errors.As(err, &no):
			continue
		case err != nil:
			return err
		}
		c.bound = Score(-a.Cost)
		c.pairs, _ = m.chosen(a)
		heap.Push(h, c)
	}
	return nil
}

// crowded is a group of one unit on one proposal that is larger than may be, the best of it first; nil: none.
func (p *Problem) crowded(pairs []Pair) []Pair {
	type place struct {
		proposal int
		unit     string
	}
	at := map[place][]Pair{}
	for _, w := range pairs {
		u := place{w.Proposal, p.Experts[w.Expert].Unit}
		if u.unit == "" {
			continue
		}
		if at[u] = append(at[u], w); len(at[u]) > p.UnitMost {
			group := at[u]
			slices.SortFunc(group, func(a, b Pair) int { return cmp.Or(cmp.Compare(p.Score(b), p.Score(a)), byProposal(a, b)) })
			return group
		}
	}
	return nil
}

// crossed says that no plan keeps both limits, and how many people of a unit would be enough.
func (p *Problem) crossed() error {
	e := &Impossible{Why: lang.T(fmt.Sprintf("每件申请同一单位至多 %d 人，与各类别的人数要求不能同时满足", p.UnitMost),
		fmt.Sprintf("At most %d people of a unit on a proposal cannot be kept together with the numbers of each kind", p.UnitMost))}
	for q := *p; q.UnitMost < len(p.Experts); {
		q.UnitMost++
		if _, err := Total(&q); err == nil {
			e.Changes = []Change{{"limits", q.UnitMost - p.UnitMost, lang.T(fmt.Sprintf("可行的最小改动之一——同一单位至多 %d 人", q.UnitMost), fmt.Sprintf("one smallest change that is enough: at most %d people of a unit", q.UnitMost))}}
			break
		}
	}
	return e
}
