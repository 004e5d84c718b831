package assign

import "cmp"

// Effort bounds how long Fair looks for better plans, in pivots of the simplex, so that the answer is the same on every machine.
type Effort int

// DefaultEffort takes less than a second where proposals have some hundred candidates; Fair looks longer where there are more pairs.
const DefaultEffort Effort = 150_000

// effortAPair is what a pair of the network adds.
const effortAPair = 7

// FairOptions say how much of the total may be given up for fairness, and how long to look.
type FairOptions struct {
	Keep   Score  // the least total; 0: any
	Effort Effort // 0: DefaultEffort, or more for a large problem

	Stop     <-chan struct{}                 // closed: the best that was found by then is the answer; nil: never
	Progress func(worst, bound, total Score) // is told each better plan, and each better bound; nil: nobody
}

// Point is a plan's worst-served proposal and its total: one end of a trade.
type Point struct {
	Worst, Total Score
	Proved       bool // no plan that serves the worst-served as well has a greater total
}

// Fair serves the worst-served proposal as well as can be found while the total is kept, and among such plans has the greatest total
// that was found. Proved says that there is none better in either, in this order.
//
// WorstBound is proved: either some proposal cannot have more even alone, or the search found every way closed. Where a unit has people
// of several kinds and both are limited, the plan is Total's.
func Fair(given *Problem, o FairOptions) (plan *Plan, proved bool, err error) {
	p, err := given.check()
	if err != nil {
		return nil, false, err
	}
	best, err := Total(given)
	if err != nil {
		return nil, false, err
	}
	first, f := best, newFairness(p, best)
	f.keep = o.Keep
	o.Effort = cmp.Or(o.Effort, f.effort())
	top := p.ceiling()
	if f.m.relaxed { // limits that cross are kept by Total, not by the search
		best.WorstBound = top
		return best, false, nil
	}
	f.stop = o.Stop
	tell := func() {
		if o.Progress != nil {
			o.Progress(best.Worst, top, best.Total)
		}
	}
	best = f.climb(best, top)
	for wish := top; best.Worst < top && f.used < int(o.Effort)/2; {
		tell()
		found, closed := f.search(wish, nil, f.used+max(int(o.Effort)/8, 1))
		switch {
		case found != nil:
			best = found
			wish = best.Worst + (top-best.Worst+1)/2
			continue
		case closed && f.whole:
			top = wish - 1
		}
		if wish == best.Worst+1 {
			break
		}
		if wish = best.Worst + (wish-best.Worst)/2; wish-best.Worst < One/100_000 {
			wish = best.Worst + 1 // so near that only the proof is missing
		}
	}
	tell()
	found, closed := f.search(best.Worst, best, int(o.Effort))
	if found != nil {
		best = found
	}
	best.Bound, best.Prices, best.WorstBound = first.Bound, first.Prices, top
	return best, closed && f.whole && best.Worst == top, nil
}

// Front is every trade between the worst-served proposal and the total, from the greatest total on, as far as the effort goes:
// each point is the greatest total above the worst-served of the point before. complete tells that none is missing. An effort of 0 is four
// times that of Fair.
func Front(given *Problem, effort Effort) (front []Point, complete bool, err error) {
	p, err := given.check()
	if err != nil {
		return nil, false, err
	}
	at, err := Total(given)
	if err != nil {
		return nil, false, err
	}
	f := newFairness(p, at)
	f.keep = -1
	effort = cmp.Or(effort, 4*f.effort())
	if f.m.relaxed {
		return []Point{{at.Worst, at.Total, at.Gap() == 0}}, false, nil
	}
	front = append(front, Point{at.Worst, at.Total, at.Gap() == 0})
	for f.used < int(effort) {
		found, closed := f.search(front[len(front)-1].Worst+1, nil, int(effort))
		if found == nil || found.Worst <= front[len(front)-1].Worst {
			return front, closed && f.whole || found != nil, nil // found: nobody needs anything, and nobody is served worst
		}
		better, proved := f.search(front[len(front)-1].Worst+1, found, int(effort))
		if better != nil {
			found = better
		}
		if !proved {
			break
		}
		front = append(front, Point{found.Worst, found.Total, f.whole})
	}
	return front, false, nil
}

// effort is how long to look where nobody says.
func (f *fairness) effort() Effort { return max(DefaultEffort, Effort(effortAPair*len(f.m.pairs))) }

// ceiling is what no plan can give the worst-served: some proposal has no more even with its best experts.
func (p *Problem) ceiling() Score {
	low, found := Score(0), false
	for q, x := range p.Proposals {
		if x.Needs == 0 {
			continue
		}
		best := make([]gainPair, 0, x.Needs+1)
		for e := range p.Experts {
			if w := (Pair{e, q}); p.Allowed(w) {
				best = insert(best, gainPair{int64(p.Score(w)), w}, x.Needs)
			}
		}
		sum := Score(0)
		for _, b := range best {
			sum += Score(b.gain)
		}
		if !found || sum < low {
			low, found = sum, true
		}
	}
	return low
}

// climb serves the worst-served better by exchanges alone, halving what is left to the top. It costs little also where there are thousands
// of proposals, and the search begins from what it reaches.
func (f *fairness) climb(best *Plan, top Score) *Plan {
	for wish := top; wish-best.Worst > One/100_000; {
		f.wish = wish
		if lifted := f.lift(best); lifted != nil && lifted.Total >= f.keep {
			best = lifted
		} else {
			top = wish - 1
		}
		wish = best.Worst + (top-best.Worst+1)/2
	}
	return best
}
