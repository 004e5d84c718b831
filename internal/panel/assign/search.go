package assign

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"kechuang/internal/flow"
)

// fairness searches for plans in which no proposal is served below a wish, the greatest total first.
//
// It branches: a plan of the greatest total that leaves a proposal below the wish with some experts shows that no plan above the
// wish gives it all of them; so one of them must go, with those before it kept. Every branch is one flow, resumed from the last. In
// each branch a proposal's pair is barred when even the best others could not lift the proposal to the wish with it.
//
// Prices (Lagrange multipliers) pay for serving the proposals that stay below: they make the flow serve them without branching, and
// tighten the bound of each branch.
type fairness struct {
	p      *Problem
	m      *model
	solver *flow.Solver
	whole  bool // every pair that may be is in the network
	byProp [][]int32
	score  []Score // of each pair of the model
	pinned []bool
	used   int // pivots
	stop   <-chan struct{}
	over   bool // it was stopped: what was found is all
	far    int64

	wish  Score
	keep  Score     // plans of a smaller total do not count
	price []float64 // of each proposal
	alive []bool    // by pair of the model
	kept  []bool
}

func newFairness(p *Problem, start *Plan) *fairness {
	f := &fairness{p: p, m: newModel(p, whole), whole: true}
	if f.m.gates != nil || len(p.Scores) <= dense {
		f.m.everyone()
	} else {
		f.whole = false
		f.few(start)
	}
	f.byProp = make([][]int32, len(p.Proposals))
	for i, w := range f.m.pairs {
		f.byProp[w.Proposal] = append(f.byProp[w.Proposal], int32(i))
		f.score, f.pinned = append(f.score, p.Score(w)), append(f.pinned, f.m.pinned[w])
	}
	for _, of := range f.byProp {
		slices.SortFunc(of, func(a, b int32) int {
			return cmp.Or(cmp.Compare(f.score[b], f.score[a]), cmp.Compare(a, b))
		})
	}
	f.solver = f.m.net.Solver()
	f.far = (1<<61)/int64(f.m.net.Nodes()+2) - 1
	f.price = make([]float64, len(p.Proposals))
	f.alive, f.kept = make([]bool, len(f.m.pairs)), make([]bool, len(f.m.pairs))
	f.solve(branch{}) // from here on, every plan is a few changes away from the last
	f.used = 0
	return f
}

// few puts only each proposal's best pairs, each expert's, and those of a plan into the network.
func (f *fairness) few(start *Plan) {
	known := make([]bool, len(f.p.Scores))
	has := func(w Pair) bool { return known[w.Expert*len(f.p.Proposals)+w.Proposal] }
	var all []Pair
	note := func(pairs []Pair) {
		for _, w := range pairs {
			if !has(w) {
				known[w.Expert*len(f.p.Proposals)+w.Proposal] = true
				all = append(all, w)
			}
		}
	}
	note(f.p.Pins)
	note(start.Pairs)
	flat := make([]int64, f.m.net.Nodes())
	for q := range f.p.Proposals {
		flat[f.m.proposal(q)] = 1
	}
	note(f.m.missing(flat, has, 60))
	note(f.p.bestOfExperts(has))
	slices.SortFunc(all, byProposal) // the order of plans
	for _, w := range all {
		f.m.add(w)
	}
}

// branch is a part of all plans: those with some pairs kept and some gone.
type branch struct {
	bound   float64 // on the total
	deficit Score   // by how much its best plan fails the wish, summed
	kept    []int32
	gone    []int32
}

// branches is a heap: while nothing is found, the one that fails least comes first; after that, the one of the greatest bound.
type branches struct {
	list  []branch
	least bool
}

func (h *branches) Len() int { return len(h.list) }
func (h *branches) Less(i, j int) bool {
	if h.least && h.list[i].deficit != h.list[j].deficit {
		return h.list[i].deficit < h.list[j].deficit
	}
	return h.list[i].bound > h.list[j].bound
}
func (h *branches) Swap(i, j int) { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *branches) Push(x any)    { h.list = append(h.list, x.(branch)) }
func (h *branches) Pop() any {
	x := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return x
}

// search looks for a plan that serves nobody below the wish: any, or, beginning with one, the one of the greatest total. proved says
// that the search is complete: nothing found is nothing there, and what is found is the best.
func (f *fairness) search(wish Score, have *Plan, until int) (found *Plan, proved bool) {
	f.wish = wish
	any := have == nil
	best := have
	look := func(b branch) (open []branch) {
		pairs, bound, ok := f.solve(b)
		if !ok || bound < float64(f.keep) || best != nil && bound <= float64(best.Total) {
			return nil
		}
		plan := newPlan(f.p, pairs)
		if q := f.below(plan); q >= 0 {
			return f.split(b, plan, q, bound)
		}
		if plan.Total < f.keep {
			return f.unpriced(b, &best, &found)
		}
		if best == nil || plan.Total > best.Total {
			best, found = plan, plan
		}
		if bound <= float64(plan.Total)+1 {
			return nil
		}
		return f.unpriced(b, &best, &found)
	}
	clear(f.price)
	for _, step := range []func(int, **Plan, **Plan, bool){f.press, f.raise, f.press} {
		if step(until, &best, &found, any); any && found != nil {
			return found, false
		}
	}
	h := &branches{least: any}
	for _, b := range look(branch{}) {
		heap.Push(h, b)
	}
	for h.Len() > 0 {
		if f.used >= until || any && found != nil {
			return found, false
		}
		b := heap.Pop(h).(branch)
		if best != nil && b.bound <= float64(best.Total) {
			continue
		}
		for _, c := range look(b) {
			heap.Push(h, c)
		}
	}
	return found, !f.over
}

// unpriced looks at a branch again without prices, when its plan at the prices keeps the wish but is not proved the best of it.
func (f *fairness) unpriced(b branch, best, found **Plan) []branch {
	prices := f.price
	f.price = make([]float64, len(prices))
	defer func() { f.price = prices }()
	pairs, bound, ok := f.solve(b)
	if !ok || bound < float64(f.keep) || *best != nil && bound <= float64((*best).Total) {
		return nil
	}
	plan := newPlan(f.p, pairs)
	if q := f.below(plan); q >= 0 {
		return f.split(b, plan, q, bound)
	}
	*best, *found = plan, plan
	return nil
}

// raise finds prices: up where a proposal stays below the wish, down where it is above (subgradient steps that get smaller).
func (f *fairness) raise(until int, best, found **Plan, any bool) {
	const rounds = 60
	lowest, at := 0.0, slices.Clone(f.price)
	for i := range rounds {
		pairs, bound, ok := f.solve(branch{})
		if !ok || f.used >= until {
			break
		}
		if i == 0 || bound < lowest {
			lowest = bound
			copy(at, f.price)
		}
		plan := newPlan(f.p, pairs)
		if f.better(plan, *best) {
			*best, *found = plan, plan
			if any {
				break
			}
		}
		step, moved := 4/float64(f.wish+1)/(1+float64(i)/6), false
		for q, s := range plan.Served {
			if f.p.Proposals[q].Needs == 0 {
				continue
			}
			to := max(0, f.price[q]+step*float64(f.wish-s))
			moved = moved || to != f.price[q]
			f.price[q] = to
		}
		if !moved {
			break
		}
	}
	copy(f.price, at)
}

// press raises prices only, until nobody is below the wish; exchanges do the rest where few are. It proves nothing, but finds plans that are
// hardly worse than the best also where there are thousands of proposals.
func (f *fairness) press(until int, best, found **Plan, any bool) {
	const rounds, often, patience = 80, 4, 24
	last := 0 // when a better one was found
	at := slices.Clone(f.price)
	defer func() { f.price = at }()
	f.price = slices.Clone(at)
	for i := range rounds {
		pairs, _, ok := f.solve(branch{})
		if !ok || f.used >= until {
			return
		}
		plan := newPlan(f.p, pairs)
		below := 0
		for q, s := range plan.Served {
			if s < f.wish && f.p.Proposals[q].Needs > 0 {
				below++
				f.price[q] += 0.01 + float64(f.wish-s)/float64(f.wish)
			}
		}
		if below > 0 && i%often == often-1 {
			plan = f.lift(plan)
		}
		if plan != nil && f.better(plan, *best) {
			*best, *found, last = plan, plan, i
		}
		if below == 0 || any && *found != nil || i-last > patience {
			return
		}
	}
}

// better tells whether a plan keeps wish and total, and has a greater total than the one that there is.
func (f *fairness) better(plan, best *Plan) bool {
	return f.below(plan) < 0 && plan.Total >= f.keep && (best == nil || plan.Total > best.Total)
}

// below is the proposal that is furthest below the wish, or -1.
func (f *fairness) below(plan *Plan) int {
	at, low := -1, f.wish
	for q, s := range plan.Served {
		if f.p.Proposals[q].Needs > 0 && s < low {
			at, low = q, s
		}
	}
	return at
}

// split makes the branches in which the proposal does not have just these experts.
func (f *fairness) split(b branch, plan *Plan, q int, bound float64) (open []branch) {
	deficit := Score(0)
	for i, s := range plan.Served {
		if f.p.Proposals[i].Needs > 0 {
			deficit += max(0, f.wish-s)
		}
	}
	kept := slices.Clone(b.kept)
	for _, i := range f.byProp[q] { // the best expert is kept first, so that the weakest goes alone
		w := f.m.pairs[i]
		_, has := slices.BinarySearchFunc(plan.Pairs, w, byProposal)
		if !has || slices.Contains(kept, i) || f.pinned[i] {
			continue
		}
		open = append(open, branch{bound, deficit, slices.Clone(kept), append(slices.Clone(b.gone), i)})
		kept = append(kept, i)
	}
	return open
}

// solve finds the best plan of a branch at the prices, and what no plan of the branch that keeps the wish can exceed in total.
func (f *fairness) solve(b branch) (pairs []Pair, bound float64, ok bool) {
	select {
	case <-f.stop:
		f.used, f.over = math.MaxInt/2, true
		return nil, 0, false
	default:
	}
	for i := range f.alive {
		f.alive[i], f.kept[i] = true, false
	}
	for _, i := range b.gone {
		f.alive[i] = false
	}
	for _, i := range b.kept {
		f.kept[i] = true
	}
	for q := range f.p.Proposals {
		if !f.prune(q) {
			return nil, 0, false
		}
	}
	for i, w := range f.m.pairs {
		c := -int64(float64(f.score[i]) * (1 + f.price[w.Proposal]))
		if !f.alive[i] {
			c = f.far
		} else if f.kept[i] {
			c -= f.far / 2
		}
		f.m.net.Cost(f.m.first+i, c)
	}
	a, err := f.solver.Solve()
	if err != nil {
		return nil, 0, false
	}
	f.used += a.Pivots + 1 + len(f.m.pairs)/100
	kept := 0
	for i, w := range f.m.pairs {
		if a.Flow[f.m.first+i] == 0 {
			continue
		}
		if !f.alive[i] {
			return nil, 0, false
		}
		if f.kept[i] {
			kept++
		}
		pairs = append(pairs, w)
		bound += float64(f.score[i]) * (1 + f.price[w.Proposal])
	}
	for q, x := range f.p.Proposals {
		if x.Needs > 0 {
			bound -= f.price[q] * float64(f.wish)
		}
	}
	return pairs, bound, kept == len(b.kept)
}

// prune bars the pairs with which a proposal could not reach the wish: not even with the kept and the best others. It tells whether
// any are left that could.
func (f *fairness) prune(q int) bool {
	need := f.p.Proposals[q].Needs
	if need == 0 {
		return true
	}
	sum, free := Score(0), need
	for _, i := range f.byProp[q] {
		if f.kept[i] || f.pinned[i] {
			sum += f.score[i]
			free--
		}
	}
	if free <= 0 {
		return free == 0 && sum >= f.wish
	}
	others, count := sum, 0 // with the best free-1 others
	for _, i := range f.byProp[q] {
		if !f.alive[i] || f.kept[i] || f.pinned[i] {
			continue
		}
		if count++; count < free {
			others += f.score[i]
			continue
		}
		if count == free && others+f.score[i] < f.wish {
			return false
		}
		if others+f.score[i] < f.wish {
			f.alive[i] = false
		}
	}
	return count >= free
}
