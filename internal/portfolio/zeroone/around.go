package zeroone

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// improve searches around the best choice: it frees some items, more readily those whose worth at the root's prices is near nothing, keeps
// all others as they are, and solves what is left (large neighbourhood search over the core: Balas and Zemel 1980, Puchinger, Raidl
// and Pferschy 2010). It stops after so many tries without success.
func (r *solver) improve(t *tree, tries int) {
	if r.a.X == nil || t.rootR == nil {
		return
	}
	chance := rand.New(rand.NewPCG(uint64(t.nodes), uint64(r.work)))
	least, most := min(t.s.n, 16), min(t.s.n, 24+2*t.s.m)
	for miss := 0; miss < tries && !r.stop() && r.left() > t.l.work; miss++ {
		size := least + chance.IntN(most-least+1)
		found, solved := r.around(t, size, chance)
		switch {
		case found:
			miss = -1
		case solved && size == t.s.n:
			return
		case solved && size > least+(most-least)/2: // so large ones are searched whole: look further
			most = min(t.s.n, most+4)
		}
	}
	t.best = max(t.best, r.beat(t.s))
}

// around tries one neighbourhood of that many items; found is whether it held something better, solved whether it was searched whole.
func (r *solver) around(t *tree, size int, chance *rand.Rand) (found, solved bool) {
	fix := make([]int8, len(r.fix))
	for j, in := range r.a.X {
		fix[j] = 0
		if in {
			fix[j] = 1
		}
	}
	type ticket struct {
		item int32
		key  float64
	}
	list := make([]ticket, t.s.n)
	scale := math.Ldexp(1, t.e.shift)
	for j, o := range t.s.origin {
		far := math.Abs(float64(t.rootR[j]))/scale + 1
		list[j] = ticket{o, far * (0.15 + chance.ExpFloat64())}
	}
	slices.SortFunc(list, func(a, b ticket) int { return cmp.Compare(a.key, b.key) })
	for _, k := range list[:size] {
		fix[k.item] = -1
	}
	s, ok := reduce(r.p, fix)
	if !ok {
		return false, true
	}
	sub := newTree(s, r.beat(s), r.stop)
	sub.learnFrom(t)
	solved = sub.run(1500)
	r.work += sub.l.work
	return r.harvest(s, sub), solved
}
