package assign

import (
	"errors"
	"slices"

	"kechuang/internal/flow"
)

// Total finds a plan of the greatest total expertise, or an *Impossible. Without limits of unit and kind together the plan is
// proved optimal: its gap is 0. Where these cross, the plan is the best, too, but the bound that prices prove may be above it.
func Total(given *Problem) (*Plan, error) {
	p, err := given.check()
	if err != nil {
		return nil, err
	}
	m, a, err := solve(p, whole)
	if err != nil {
		return nil, err
	}
	pairs, _ := m.chosen(a)
	if m.relaxed {
		if pairs, err = p.uncross(pairs, Score(-a.Cost)); err != nil {
			return nil, err
		}
	}
	plan := newPlan(given, pairs)
	plan.Bound, plan.Prices = Score(-a.Cost), a.Potential
	return plan, nil
}

// dense is how many pairs are solved as they are; of more, only those that can matter are looked at.
const dense = 2_000_000

// solve finds a cheapest flow for the problem, or an *Impossible.
func solve(p *Problem, in scale) (*model, *flow.Answer, error) {
	m, a, err := flowOf(p, in)
	return m, a, explain(p, in, err)
}

// flowOf finds a cheapest flow for the problem, or a *flow.Infeasible.
func flowOf(p *Problem, in scale) (*model, *flow.Answer, error) {
	m := newModel(p, in)
	if m.gates != nil || len(p.Scores) <= dense {
		m.everyone()
		a, err := m.net.Solve()
		return m, a, err
	}
	m, a, err := generate(p, in)
	if no := (*flow.Infeasible)(nil); errors.As(err, &no) {
		m.everyone()
		a, err = m.net.Solve()
	}
	return m, a, err
}

// generate solves with each proposal's best pairs, and adds those that pay by the prices found until none does: then the prices
// prove the plan best among all pairs. Millions of pairs need never be in a network.
func generate(p *Problem, in scale) (*model, *flow.Answer, error) {
	const begin, step = 40, 20
	zero := newModel(p, in)
	known := make([]bool, len(p.Scores))
	has := func(w Pair) bool { return known[w.Expert*len(p.Proposals)+w.Proposal] }
	free := make([]int64, zero.net.Nodes())
	for v := range free {
		if v >= len(p.Experts) {
			free[v] = 1 // so that a score of 0 pays, too
		}
	}
	pairs := slices.Clone(p.Pins)
	for _, w := range pairs {
		known[w.Expert*len(p.Proposals)+w.Proposal] = true
	}
	fresh := append(zero.missing(free, has, begin), p.bestOfExperts(has)...)
	for {
		for _, w := range fresh {
			if !has(w) {
				known[w.Expert*len(p.Proposals)+w.Proposal] = true
				pairs = append(pairs, w)
			}
		}
		m := newModel(p, in)
		for _, w := range pairs {
			m.add(w)
		}
		a, err := m.net.Solve()
		if err != nil {
			return zero, nil, err
		}
		if fresh = m.missing(a.Potential, has, step); len(fresh) == 0 {
			return m, a, nil
		}
	}
}

// bestOfExperts are a few of the best proposals of each expert: what one must have at least can be had, and so can the reviews of those
// whom no proposal ranks among its best.
func (p *Problem) bestOfExperts(has func(Pair) bool) (found []Pair) {
	for e, x := range p.Experts {
		most := x.Least + 8
		best := make([]gainPair, 0, most+1)
		for i := range p.Proposals {
			if w := (Pair{e, (i + e) % len(p.Proposals)}); p.Allowed(w) && !has(w) {
				best = insert(best, gainPair{int64(p.Score(w)), w}, most)
			}
		}
		for _, b := range best {
			found = append(found, b.pair)
		}
	}
	return found
}
