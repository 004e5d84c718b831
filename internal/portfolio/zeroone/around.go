package zeroone

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// elite is a good choice that the search came by, over the problem's items.
type elite struct {
	x     []bool
	value int64
	tries int // neighbourhoods searched since it last became better
}

// How many good choices are kept, how many items two of them differ in at least, and after how many tries without success one is left alone.
const (
	elites   = 12
	apart    = 5
	givingUp = 60
	stale    = 500 // neighbourhoods without a new elite
)

// neighbourhood is how many pivots one gets at first: enough to go down to the ground a few times.
func neighbourhood(rows int) int { return 1000 + 60*rows }

// keep takes a choice among the elites: in the place of a worse one that is nearly the same, or else of the worst. It tells whether it did.
func (r *solver) keep(x []bool, value int64) bool {
	if len(r.pool) == elites && value <= r.pool[elites-1].value {
		return false
	}
	for k := range r.pool {
		if differ(r.pool[k].x, x) >= apart {
			continue
		}
		if value <= r.pool[k].value {
			return false
		}
		r.pool = slices.Delete(r.pool, k, k+1)
		break
	}
	at, _ := slices.BinarySearchFunc(r.pool, value, func(e elite, v int64) int { return cmp.Compare(v, e.value) })
	r.pool = slices.Insert(r.pool, at, elite{x: slices.Clone(x), value: value})
	r.pool = r.pool[:min(len(r.pool), elites)]
	return true
}

func differ(a, b []bool) (n int) {
	for j := range a {
		if a[j] != b[j] {
			n++
		}
	}
	return n
}

// improve searches around good choices: it frees some items, more readily those whose worth at the root's prices is near nothing or in
// which two good choices differ, keeps all others as they are, and solves what is left (large neighbourhood search over the core: Balas and
// Zemel 1980, Puchinger, Raidl and Pferschy 2010; recombination by solving: Rothberg 2007). It stops after so many tries without success, or when so much
// work is done.
func (r *solver) improve(t *tree, tries, work int) {
	if r.a.X == nil || t.rootR == nil {
		return
	}
	r.renew()
	chance := rand.New(rand.NewPCG(uint64(t.nodes), uint64(r.work)))
	least := min(t.s.n, 16)
	if r.reach == 0 {
		r.reach = 24 + 2*t.s.m + t.s.m*t.s.m/20
	}
	for miss, began := 0, r.work; miss < tries && r.work-began < work && !r.stop() && r.left() > t.l.work; miss++ {
		if t.s.packing && chance.IntN(pressEvery) == 0 {
			if r.press(t, r.pick(chance), chance) {
				miss = -1
			}
			continue
		}
		most := max(min(r.reach, t.s.n), least)
		size := least + chance.IntN(most-least+1)
		found, solved := r.around(t, r.pick(chance), size, chance)
		r.misses++
		r.dry++
		switch {
		case found:
			miss, r.misses = -1, 0
		case solved && size == t.s.n:
			return
		case solved && size > least+(most-least)/2: // so large ones are searched whole: look further
			r.reach++
		case !solved && chance.IntN(4) == 0 && r.reach > 24:
			r.reach--
		}
	}
	t.best = max(t.best, r.beat(t.s))
}

// renew lets the elites go when nothing came of them for long, and begins with those that the tree finds next; the best joins them when these, too, have come
// to nothing, and is then recombined with what they became.
func (r *solver) renew() {
	if r.misses > stale {
		r.misses = 0
		if r.apart = !r.apart; r.apart {
			r.pool = nil
		}
	}
	if !r.apart || len(r.pool) == 0 {
		r.keep(r.a.X, r.best)
	}
}

// pick is an elite to search around: the best every second time, else any of which it was not tried in vain too often.
func (r *solver) pick(chance *rand.Rand) *elite {
	if chance.IntN(2) == 0 {
		return &r.pool[0]
	}
	e := &r.pool[chance.IntN(len(r.pool))]
	if e.tries > givingUp {
		return &r.pool[0]
	}
	return e
}

// around tries one neighbourhood of that many items; found is whether it held a new elite, solved whether it was
// searched whole.
func (r *solver) around(t *tree, base *elite, size int, chance *rand.Rand) (found, solved bool) {
	fix := make([]int8, len(r.fix))
	for j, in := range base.x {
		fix[j] = 0
		if in {
			fix[j] = 1
		}
	}
	var mate []bool
	if e := &r.pool[chance.IntN(len(r.pool))]; e != base {
		mate = e.x
	}
	count := anyCount
	if chance.IntN(4) == 0 {
		count = ones(base.x) + []int{0, 0, 1, -1}[chance.IntN(4)]
	}
	worth := r.worth(t, count)
	type ticket struct {
		item int32
		key  float64
	}
	list := make([]ticket, t.s.n)
	for j, o := range t.s.origin {
		far := worth[j] + 1
		if mate != nil && mate[o] != base.x[o] {
			far /= 20
		}
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
	s.take(count)
	sub := newTree(s, floorDiv(base.value-s.base, s.unit), r.stop)
	sub.learnFrom(t)
	sub.diving = chance.IntN(5) > 0
	solved = sub.run(neighbourhood(t.s.m) + 4*r.misses)
	r.work += sub.l.work
	base.tries++
	if sub.x == nil {
		return false, solved
	}
	x := s.whole(sub.x)
	r.take(x)
	return r.keep(x, r.p.Value(x)), solved
}

// press presses one elite for more, and tells whether it gave.
func (r *solver) press(t *tree, base *elite, chance *rand.Rand) (found bool) {
	s := t.s
	x := make([]int8, s.n)
	for j, o := range s.origin {
		if base.x[o] {
			x[j] = 1
		}
	}
	p := newPress(s, x, r.worth(t, anyCount), chance)
	for {
		p.aim(p.value + 1)
		gave := p.run(pressMoves)
		r.work += pressMoves / 8
		if !gave {
			return found
		}
		all := s.whole(p.x)
		if r.p.Broken(all) >= 0 {
			return found
		}
		found = true
		r.take(all)
		r.keep(all, r.p.Value(all))
	}
}

// How often an elite is pressed instead of searched around, and for how many moves.
const pressEvery, pressMoves = 3, 2000

// anyCount is no wish of how many items are taken.
const anyCount = -1

func ones(x []bool) (n int) {
	for _, in := range x {
		if in {
			n++
		}
	}
	return n
}

// take fixes how many items of the problem are taken, where that many can be: with it the relaxation is much tighter, and what is near
// nothing in it is what matters among choices of so many (Vasquez and Hao 2001).
func (s *shape) take(count int) {
	free := int64(count)
	for _, f := range s.fixed {
		free -= int64(max(f, 0))
	}
	if s.count >= 0 && free >= 0 && free <= int64(s.n) {
		s.lo[s.count], s.hi[s.count] = free, free
	}
}

// worth is how far each item of the tree's shape is from being left or taken indifferently, at the prices of the relaxation that takes so many.
func (r *solver) worth(t *tree, count int) []float64 {
	if r.worthOf != t {
		r.worthOf, r.worths = t, map[int][]float64{}
	}
	if w := r.worths[count]; w != nil {
		return w
	}
	s := *t.s
	s.lo, s.hi = slices.Clone(s.lo), slices.Clone(s.hi)
	s.take(count)
	at := newTree(&s, none, r.stop)
	at.run(1)
	r.work += at.l.work
	by, e := at.rootR, at.e
	if by == nil { // no choice takes so many
		by, e = t.rootR, t.e
	}
	w := make([]float64, s.n)
	for j := range w {
		w[j] = math.Abs(math.Ldexp(float64(by[j]), -e.shift))
	}
	r.worths[count] = w
	return w
}
