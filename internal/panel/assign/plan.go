package assign

import (
	"cmp"
	"fmt"
	"slices"
)

// Plan is an assignment with what proves it.
type Plan struct {
	Pairs  []Pair  // by proposal, then expert
	Total  Score   // of all pairs
	Worst  Score   // of the proposal that is served worst
	Served []Score // the sum of each proposal's scores

	Bound      Score   // no plan has a greater total
	Prices     []int64 // by which Bound follows: of experts, proposals, the rest, and the gates of limits
	WorstBound Score   // no plan serves the worst-served better; 0 where it was not asked for
}

// Gap is how far the total is from what is proved impossible to exceed; 0: no plan is better.
func (a *Plan) Gap() Score { return a.Bound - a.Total }

// newPlan sums up a set of pairs.
func newPlan(p *Problem, pairs []Pair) *Plan {
	a := &Plan{Pairs: slices.Clone(pairs), Served: make([]Score, len(p.Proposals))}
	slices.SortFunc(a.Pairs, byProposal)
	for _, w := range a.Pairs {
		a.Served[w.Proposal] += p.Score(w)
		a.Total += p.Score(w)
	}
	a.Worst = worst(p, a.Served)
	return a
}

// byProposal orders pairs by proposal, then expert.
func byProposal(x, y Pair) int {
	return cmp.Or(cmp.Compare(x.Proposal, y.Proposal), cmp.Compare(x.Expert, y.Expert))
}

// worst is the least service among the proposals that need any.
func worst(p *Problem, served []Score) Score {
	least, found := Score(0), false
	for q, s := range served {
		if p.Proposals[q].Needs > 0 && (!found || s < least) {
			least, found = s, true
		}
	}
	return least
}

// Deciles are the mean service of each tenth of the proposals, the worst-served tenth first.
func (a *Plan) Deciles() [10]Score { return deciles(a.Served) }

// Deciles are the mean expected service of each tenth of the proposals.
func (l *Lottery) Deciles() [10]Score { return deciles(l.Served) }

func deciles(served []Score) [10]Score {
	sorted := slices.Sorted(slices.Values(served))
	var d [10]Score
	for i := range d {
		part := sorted[i*len(sorted)/10 : (i+1)*len(sorted)/10]
		for _, s := range part {
			d[i] += s
		}
		if len(part) > 0 {
			d[i] /= Score(len(part))
		}
	}
	return d
}

// Verify checks a plan against its problem from the beginning: every limit, the sums, and that the prices prove the bound.
func (a *Plan) Verify(given *Problem) error {
	p, err := given.check()
	if err != nil {
		return err
	}
	again := newPlan(p, a.Pairs)
	if again.Total != a.Total || again.Worst != a.Worst || !slices.Equal(again.Served, a.Served) {
		return fmt.Errorf("assign: the pairs are worth %s, the worst %s; the plan says %s and %s", again.Total, again.Worst, a.Total, a.Worst)
	}
	if err := p.keeps(again.Pairs); err != nil {
		return err
	}
	m := newModel(p, whole)
	if len(a.Prices) != m.net.Nodes() {
		return fmt.Errorf("assign: %d prices for %d nodes", len(a.Prices), m.net.Nodes())
	}
	bound, ok := m.bound(a.Prices)
	if !ok || Score(bound) != a.Bound || a.Bound < a.Total {
		return fmt.Errorf("assign: the prices bound the total by %s, the plan says %s", Score(bound), a.Bound)
	}
	return nil
}

// keeps tells whether a set of pairs, sorted, breaks a limit.
func (p *Problem) keeps(pairs []Pair) error {
	load, reviews := make([]int, len(p.Experts)), make([]int, len(p.Proposals))
	units, kinds := map[[2]string]int{}, map[[2]string]int{}
	has := map[Pair]bool{}
	for _, w := range pairs {
		if has[w] || !p.Allowed(w) {
			return fmt.Errorf("assign: expert %s and proposal %s: twice, or in conflict", p.expert(w.Expert), p.proposal(w.Proposal))
		}
		has[w] = true
		load[w.Expert]++
		reviews[w.Proposal]++
		at := fmt.Sprint(w.Proposal)
		x := p.Experts[w.Expert]
		if units[[2]string{at, x.Unit}]++; p.UnitMost > 0 && x.Unit != "" && units[[2]string{at, x.Unit}] > p.UnitMost {
			return fmt.Errorf("assign: more than %d experts of %s on proposal %s", p.UnitMost, x.Unit, p.proposal(w.Proposal))
		}
		kinds[[2]string{at, x.Kind}]++
	}
	for e, x := range p.Experts {
		if load[e] < x.Least || load[e] > x.Most {
			return fmt.Errorf("assign: expert %s has %d proposals, outside %d to %d", p.expert(e), load[e], x.Least, x.Most)
		}
	}
	for q, x := range p.Proposals {
		if reviews[q] != x.Needs {
			return fmt.Errorf("assign: proposal %s has %d reviews of %d", p.proposal(q), reviews[q], x.Needs)
		}
		for _, k := range p.Mix {
			if n := kinds[[2]string{fmt.Sprint(q), k.Kind}]; n < k.Least || n > k.Most {
				return fmt.Errorf("assign: proposal %s has %d experts of kind %s, outside %d to %d", p.proposal(q), n, k.Kind, k.Least, k.Most)
			}
		}
	}
	for _, w := range p.Pins {
		if !has[w] {
			return fmt.Errorf("assign: expert %s was pinned to proposal %s", p.expert(w.Expert), p.proposal(w.Proposal))
		}
	}
	return nil
}
