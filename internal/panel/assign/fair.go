package assign

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
	if o.Effort == 0 {
		o.Effort = max(DefaultEffort, Effort(effortAPair*len(f.m.pairs)))
	}
	low, top := best.Worst, p.ceiling()
	if f.m.relaxed { // limits that cross are kept by Total, not by the search
		best.WorstBound = top
		return best, false, nil
	}
	best = f.climb(best, top)
	low = best.Worst
	for wish := top; low < top && f.used < int(o.Effort)/2; {
		found, closed := f.search(wish, nil, f.used+max(int(o.Effort)/8, 1))
		if found != nil {
			best, low = found, found.Worst
		} else if closed && f.whole {
			top = wish - 1
		}
		if found != nil && wish == top || wish-low < One/100_000 {
			break
		}
		if found != nil {
			wish = low + (top-low+1)/2
		} else {
			wish = low + (wish-low)/2
		}
	}
	found, closed := f.search(best.Worst, best, int(o.Effort))
	if found != nil {
		best = found
	}
	best.Bound, best.Prices, best.WorstBound = first.Bound, first.Prices, top
	return best, closed && f.whole && best.Worst == top, nil
}

// Front is every trade between the worst-served proposal and the total, from the greatest total on, as far as the effort goes:
// each point is the greatest total above the worst-served of the point before. complete tells that none is missing.
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
