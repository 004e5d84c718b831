package assign

import "slices"

// lifter raises proposals to a wish by exchanges: a proposal takes a better expert from another one, which takes one from a third,
// and so on, until one takes an expert with time left, or the one that was given up first. Nobody falls below the wish by it, nor
// further below it.
type lifter struct {
	f        *fairness
	served   []Score
	load     []int
	experts  [][]int32 // of each proposal
	reviews  [][]int32 // of each expert
	steps    int
	maxSteps int
}

// link is one proposal of a chain: it gave up an expert and looks for another.
type link struct {
	proposal, lost int32
	before         int32 // in the list of links; -1: the first
}

// lift gives a plan in which nobody is below the wish, or nil. Plans with limits of unit or kind are left alone.
func (f *fairness) lift(plan *Plan) *Plan {
	if f.m.gates != nil {
		return nil
	}
	x := &lifter{f: f, served: slices.Clone(plan.Served), load: make([]int, len(f.p.Experts)), experts: make([][]int32, len(f.p.Proposals)), reviews: make([][]int32, len(f.p.Experts))}
	for _, w := range plan.Pairs {
		x.put(int32(w.Proposal), int32(w.Expert))
	}
	x.maxSteps = 200_000
	var below []int32
	for q, s := range x.served {
		if s < f.wish && f.p.Proposals[q].Needs > 0 {
			below = append(below, int32(q))
		}
	}
	slices.SortFunc(below, func(a, b int32) int { return int((x.served[a] - x.served[b]) / 1000) })
	defer func() { f.used += x.steps / 200 }()
	for _, q := range below {
		for x.served[q] < f.wish {
			if !x.raise(q) {
				return nil
			}
		}
	}
	var pairs []Pair
	for q, es := range x.experts {
		for _, e := range es {
			pairs = append(pairs, Pair{int(e), q})
		}
	}
	return newPlan(f.p, pairs)
}

func (x *lifter) put(q, e int32) {
	x.experts[q], x.reviews[e] = append(x.experts[q], e), append(x.reviews[e], q)
	x.load[e]++
}

func (x *lifter) take(q, e int32) {
	x.experts[q] = slices.DeleteFunc(x.experts[q], func(o int32) bool { return o == e })
	x.reviews[e] = slices.DeleteFunc(x.reviews[e], func(o int32) bool { return o == q })
	x.load[e]--
}

func (x *lifter) score(q, e int32) Score { return x.f.p.Score(Pair{int(e), int(q)}) }

// raise finds a chain that serves the proposal better, giving up its weakest expert first.
func (x *lifter) raise(q int32) bool {
	weakest := slices.Clone(x.experts[q])
	slices.SortFunc(weakest, func(a, b int32) int { return int((x.score(q, a) - x.score(q, b)) / 1000) })
	for _, e := range weakest {
		if !x.f.m.pinned[Pair{int(e), int(q)}] && x.chain(q, e) {
			return true
		}
	}
	return false
}

// chain looks for the shortest chain that begins with the proposal giving up the expert.
func (x *lifter) chain(q, given int32) bool {
	links := []link{{q, given, -1}}
	seen := map[[2]int32]bool{}
	free := x.load[given] > x.f.p.Experts[given].Least
	for at := 0; at < len(links); at++ {
		l := links[at]
		floor := min(x.f.wish, x.served[l.proposal]) - x.served[l.proposal] + x.score(l.proposal, l.lost)
		if at == 0 {
			floor = x.score(q, given) + 1 // the first must gain
		}
		for _, i := range x.f.byProp[l.proposal] {
			if x.steps++; x.steps > x.maxSteps {
				return false
			}
			if x.f.score[i] < floor {
				break
			}
			e := int32(x.f.m.pairs[i].Expert)
			if slices.Contains(x.experts[l.proposal], e) {
				continue
			}
			if at > 0 && e == given || free && x.load[e] < x.f.p.Experts[e].Most {
				x.apply(links, int32(at), e)
				return true
			}
			for _, other := range x.reviews[e] {
				key := [2]int32{other, e}
				if !seen[key] && !x.f.m.pinned[Pair{int(e), int(other)}] && !on(links, int32(at), other) {
					seen[key] = true
					links = append(links, link{other, e, int32(at)})
				}
			}
		}
	}
	return false
}

// on tells whether the proposal is on the chain already.
func on(links []link, at, q int32) bool {
	for ; at >= 0; at = links[at].before {
		if links[at].proposal == q {
			return true
		}
	}
	return false
}

// apply carries the chain out from its end, whose proposal takes the expert.
func (x *lifter) apply(links []link, at, takes int32) {
	for ; at >= 0; at = links[at].before {
		l := links[at]
		x.take(l.proposal, l.lost)
		x.put(l.proposal, takes)
		x.served[l.proposal] += x.score(l.proposal, takes) - x.score(l.proposal, l.lost)
		takes = l.lost
	}
}
