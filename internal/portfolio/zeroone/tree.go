package zeroone

import (
	"math"
	"slices"
)

// tree is branch and bound over one shape: best bound first, but going down at once into one child as long as it lives, because there the
// basis is warm. Memory is bounded: beyond maxOpen places, it goes depth first.
type tree struct {
	s    *shape
	l    *simplex
	b    *box
	e    *bounder
	best int64  // the value to beat
	x    []int8 // a choice of that value, nil while none was found here

	open    []*node // heap, greatest bound first
	stack   []*node // beyond maxOpen
	at      *node   // where the simplex and the box are, nil when nowhere
	nodes   int
	gain    []gains // of items, and of the row that counts at n
	order   []int32 // items by what they are worth at the root's prices
	kept    saved
	cands   []int
	trial   []int8
	used    []int64
	stop    func() bool
	halted  bool
	blind   bool     // branches by experience alone
	diving  bool     // goes where the relaxation nearly is
	swap    *swapper // nil until it is needed
	near    []near   // the best of what was found below the best
	rootU   []int64  // prices of the root bound
	rootZ   int64    // the root's bound × 2^shift
	rootTop int64    // … rounded down
	rootR   []int64  // what each item is worth at these prices, × 2^shift
}

// node is one place: what was decided on the way from its parent, the bound of the parent, and the basis to begin with.
type node struct {
	parent *node
	bound  int64   // × 2^shift
	fixes  []int32 // item<<1 | value
	lo, hi int64   // of the row that counts, where count is true
	head   []int32
	count  bool
	from   branch
	trace  *trace // where the tree keeps a proof
}

// branch is how a node came about, to learn from what it brought.
type branch struct {
	v    int32 // item, or n for the row that counts; −1 at the root
	up   bool
	dist float64 // how far the variable was moved
	obj  float64 // of the parent
}

type gains struct{ sum, n [2]float64 }

const maxOpen = 1 << 20

func newTree(s *shape, best int64, stop func() bool) *tree {
	t := &tree{s: s, l: newSimplex(s), b: newBox(s), e: newBounder(s), best: best, stop: stop, gain: make([]gains, s.n+1)}
	t.trial, t.used = make([]int8, s.n), make([]int64, s.m)
	t.push(&node{bound: math.MaxInt64, from: branch{v: -1}})
	return t
}

// bound is what no choice of the shape can exceed, as far as is proved now: at least best.
func (t *tree) bound() int64 {
	top := t.best
	seen := func(n *node) {
		if n != nil {
			top = max(top, n.bound>>t.e.shift)
		}
	}
	seen(t.at)
	if len(t.open) > 0 {
		seen(t.open[0])
	}
	for _, n := range t.stack {
		seen(n)
	}
	return top
}

// run goes on until the work (pivots) is spent, the caller says stop, or nothing is open: then it is done.
func (t *tree) run(work int) (done bool) {
	for end := t.l.work + work; t.l.work < end; {
		if t.nodes&15 == 15 && t.stop != nil && t.stop() {
			t.halted = true
		}
		if t.halted {
			return false
		}
		if t.at == nil {
			n := t.pop()
			if n == nil {
				return true
			}
			if n.bound>>t.e.shift <= t.best {
				continue
			}
			t.enter(n)
		}
		t.nodes++
		t.l.work++
		if next := t.process(t.at); !t.halted {
			t.at = next
		}
	}
	return t.at == nil && len(t.open) == 0 && len(t.stack) == 0
}

// enter puts box and simplex where the node begins.
func (t *tree) enter(n *node) {
	b, l := t.b, t.l
	b.open()
	for j := range t.s.n {
		l.lo[j], l.up[j] = 0, 1
	}
	counted := false
	for p := n; p != nil; p = p.parent {
		for _, f := range p.fixes {
			t.fix(int(f>>1), int8(f&1))
		}
		if p.count && !counted {
			counted = true // the youngest is the narrowest
			t.limitCount(p.lo, p.hi)
		}
	}
	if !counted && t.s.count >= 0 {
		t.limitCount(t.s.lo[t.s.count], t.s.hi[t.s.count])
	}
	if n.head != nil {
		l.load(n.head)
	} else {
		l.factor()
	}
	t.at = n
}

func (t *tree) fix(j int, v int8) {
	t.b.fix(j, v)
	t.l.lo[j], t.l.up[j] = float64(v), float64(v)
}

// limitCount narrows the row that counts; what the box's fixed items use of it is taken off.
func (t *tree) limitCount(lo, hi int64) {
	c := t.s.count
	t.b.lo[c], t.b.hi[c] = lo-t.b.ones, hi-t.b.ones
	t.l.limit(c, lo, hi)
}

// process solves the relaxation at the node, fixes what its bound decides, looks for a choice nearby, and branches. It gives the
// child to go on with, or nil.
func (t *tree) process(n *node) *node {
	l, e := t.l, t.e
	for {
		if t.b.broken() {
			n.trace.broken()
			return nil
		}
		cut := float64(t.best+1) - 1e-7*math.Abs(float64(t.best)) - 1e-6
		out := l.solve(cut, 100+4*l.m+l.n/4, t.stop)
		if out == empty && e.refutes(l.col, l, t.b) {
			n.trace.close(e.u, false)
			return nil
		}
		z := t.prove()
		if z > t.best && out == cutOff {
			out = l.solve(math.Inf(-1), 100+4*l.m+l.n/4, t.stop)
			z = t.prove()
		}
		if z <= t.best {
			n.trace.close(e.u, true)
			return nil
		}
		if out == stalled && t.stop != nil && t.stop() {
			t.halted = true
			return nil
		}
		if n.from.v < 0 && t.rootR == nil {
			t.rootU, t.rootZ, t.rootTop, t.rootR = slices.Clone(e.u), e.rest, z, slices.Clone(e.r)
			t.rank()
		}
		if !t.tighten(n) {
			t.learn(n, out)
			break
		}
	}
	n.bound = min(n.bound, e.rest)
	if t.b.free == 0 {
		n.trace.close(nil, true)
		t.offer(t.b.x)
		return nil
	}
	t.round()
	if e.rest>>e.shift <= t.best {
		return nil
	}
	return t.branch(n)
}

// prove takes the simplex' prices and gives the bound that they prove.
func (t *tree) prove() int64 {
	t.e.takePrices(t.l)
	return t.e.bound(t.b)
}

// learn notes what the branch that made this node took off the objective.
func (t *tree) learn(n *node, out outcome) {
	if f := n.from; f.v >= 0 && out == optimal && f.dist > 1e-6 {
		g, k := &t.gain[f.v], 0
		if f.up {
			k = 1
		}
		g.sum[k] += max(f.obj-t.l.objective(), 0) / f.dist
		g.n[k]++
		n.from.dist = 0 // once
	}
}

// tighten fixes items that would cost more than the bound has to spare, or that a row cannot bear; true when the simplex must go on.
func (t *tree) tighten(n *node) bool {
	b, l := t.b, t.l
	again, moved := false, false
	for j, x := range b.x {
		if x >= 0 {
			continue
		}
		v := t.byPrices(n, j)
		if v < 0 {
			v = t.byRow(n, j)
		}
		if v < 0 {
			continue
		}
		n.fixes = append(n.fixes, int32(j)<<1|int32(v))
		if l.place[j] >= 0 {
			again = true
		} else if l.at(j) != float64(v) {
			again, moved = true, true
		}
		t.fix(j, v)
	}
	if moved {
		l.refresh()
	}
	return again
}

// byPrices is the value of an item that would cost more to turn over than the bound has to spare, -1 where it has enough.
func (t *tree) byPrices(n *node, j int) int8 {
	e := t.e
	if (e.rest-abs(e.r[j]))>>e.shift > t.best {
		return -1
	}
	n.trace.byPrices(e.u, j)
	if e.r[j] > 0 {
		return 1
	}
	return 0
}

// byRow is the value that one row leaves an item, -1 when none decides it.
func (t *tree) byRow(n *node, j int) int8 {
	b, s := t.b, t.s
	for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
		i := s.row[k]
		if v, sign := forced(usage{b.least[i], b.greatest[i], b.lo[i], b.hi[i]}, s.coef[k]); v >= 0 {
			n.trace.byRow(i, sign, j)
			return v
		}
	}
	return -1
}

// rank orders the items by what they bring at the root's prices, for their weight in them.
func (t *tree) rank() {
	t.order = make([]int32, t.s.n)
	worth := make([]float64, t.s.n)
	for j := range t.order {
		t.order[j] = int32(j)
		worth[j] = float64(t.rootR[j])
		if v := float64(t.s.value[j]) * math.Ldexp(1, t.e.shift); v > worth[j] {
			worth[j] /= v - worth[j] // by the price paid
		}
	}
	slices.SortFunc(t.order, func(a, b int32) int {
		switch {
		case worth[a] > worth[b]:
			return -1
		case worth[a] < worth[b]:
			return 1
		}
		return int(a - b)
	})
}

// round looks for a choice near the relaxation's: where leaving out is always allowed, what is not whole is left out, and then as much
// as fits is taken in the root's order; elsewhere only a relaxation that is whole will do.
func (t *tree) round() {
	l, s := t.l, t.s
	value := int64(0)
	clear(t.used)
	for j := range s.n {
		x := l.value(j)
		t.trial[j] = 0
		if x > 1-1e-6 || (!s.packing && x > 0.5) {
			t.take(j)
			value += s.value[j]
		}
	}
	if s.packing {
		for _, j := range t.order {
			if t.trial[j] == 0 && s.value[j] > 0 && t.fits(int(j)) {
				t.take(int(j))
				value += s.value[j]
			}
		}
	}
	if value > t.best {
		t.offer(t.trial)
	}
	if s.packing && s.m > 1 && value > t.best-t.best/worthPolishing {
		if t.swap == nil {
			t.swap = newSwapper(t)
		}
		if got := t.swap.polish(t.trial, t.used, value); got > t.best {
			t.offer(t.swap.bestX)
		} else {
			t.remember(t.swap.bestX, got)
		}
	}
}

// near is a choice that is not the best.
type near struct {
	x     []int8
	value int64
}

// remember keeps the few best choices below the best, to search around later.
func (t *tree) remember(x []int8, value int64) {
	if t.blind { // a neighbourhood keeps nothing but what is better
		return
	}
	at := len(t.near)
	for at > 0 && t.near[at-1].value < value {
		at--
	}
	if at == elites || (at > 0 && t.near[at-1].value == value) {
		return
	}
	t.near = slices.Insert(t.near, at, near{slices.Clone(x), value})
	t.near = t.near[:min(len(t.near), elites)]
}

// worthPolishing: a choice that is within one in so many of the best.
const worthPolishing = 200

func (t *tree) take(j int) {
	s := t.s
	t.trial[j] = 1
	for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
		t.used[s.row[k]] += s.coef[k]
	}
}

func (t *tree) fits(j int) bool {
	s := t.s
	for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
		if i := s.row[k]; t.used[i]+s.coef[k] > s.hi[i] {
			return false
		}
	}
	return true
}

// offer takes a choice if it is better than the best and within every row.
func (t *tree) offer(x []int8) {
	s := t.s
	sum := make([]int64, s.m)
	value := int64(0)
	for j, v := range x {
		if v != 1 {
			continue
		}
		value += s.value[j]
		for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
			sum[s.row[k]] += s.coef[k]
		}
	}
	if value <= t.best {
		return
	}
	for i := range sum {
		if sum[i] < s.lo[i] || sum[i] > s.hi[i] {
			return
		}
	}
	t.best, t.x = value, slices.Clone(x)
}
