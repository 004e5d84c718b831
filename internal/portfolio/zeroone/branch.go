package zeroone

import (
	"cmp"
	"math"
	"slices"
)

// trusted is after how many tries of a variable its average is believed; until then both children are looked into.
const trusted = 8

// ahead is how many candidates are looked into in vain, one after another, before the best so far is taken (Achterberg, Koch and Martin 2005).
const ahead = 10

// look is how many pivots such a look may take.
const look = 24

// saved is the state of a simplex, to come back to.
type saved struct {
	head, place []int32
	inv, xb, d  []float64
	pivots      int
}

func (l *simplex) save(to *saved) {
	to.head = append(to.head[:0], l.head...)
	to.place = append(to.place[:0], l.place...)
	to.inv = append(to.inv[:0], l.inv...)
	to.xb = append(to.xb[:0], l.xb...)
	to.d = append(to.d[:0], l.d...)
	to.pivots = l.pivots
}

func (l *simplex) restore(from *saved) {
	copy(l.head, from.head)
	copy(l.place, from.place)
	copy(l.inv, from.inv)
	copy(l.xb, from.xb)
	copy(l.d, from.d)
	l.pivots = from.pivots
}

// branch chooses a variable that is not whole, makes the two children and gives the more promising; the other is left open.
func (t *tree) branch(n *node) *node {
	l, s := t.l, t.s
	obj := l.objective()
	v, value := t.choose(obj)
	head := slices.Clone(l.head)
	if v < 0 { // the relaxation is whole and yet not proved: decide any item
		v = slices.Index(t.b.x, int8(-1))
		value = math.Min(math.Max(l.value(v), 0.25), 0.75)
	}
	down, up := t.child(n, head, v, value, false, obj), t.child(n, head, v, value, true, obj)
	n.trace.split(v, math.Floor(value), down, up)
	g := t.gain[v]
	frac := value - math.Floor(value)
	costDown, costUp := frac*average(g, 0), (1-frac)*average(g, 1)
	first, second := up, down
	if t.diving && frac < 0.47 || !t.diving && costDown < costUp {
		first, second = down, up
	}
	t.push(second)
	if v < s.n {
		t.fix(v, int8(first.fixes[0]&1))
	} else {
		t.limitCount(first.lo, first.hi)
	}
	if l.place[t.variable(v)] < 0 {
		l.refresh()
	}
	return first
}

// variable of the simplex for a candidate: the item, or the activity of the row that counts.
func (t *tree) variable(v int) int {
	if v < t.s.n {
		return v
	}
	return t.s.n + t.s.count
}

func (t *tree) child(n *node, head []int32, v int, value float64, up bool, obj float64) *node {
	c := &node{parent: n, bound: n.bound, head: head}
	whole := math.Floor(value)
	c.from = branch{int32(v), up, value - whole, obj}
	if up {
		c.from.dist = 1 - c.from.dist
	}
	if v < t.s.n {
		c.fixes = []int32{int32(v) << 1}
		if up {
			c.fixes[0]++
		}
		return c
	}
	c.count = true
	c.lo, c.hi = t.b.lo[t.s.count]+t.b.ones, t.b.hi[t.s.count]+t.b.ones
	if up {
		c.lo = int64(whole) + 1
	} else {
		c.hi = int64(whole)
	}
	return c
}

// choose gives the variable whose two children lose most (the product of their losses), by looking where experience is thin.
func (t *tree) choose(obj float64) (v int, value float64) {
	if t.diving {
		return t.nearest()
	}
	l, s := t.l, t.s
	v = -1
	bestScore := -1.0
	saved, vain := false, 0
	for _, h := range t.promising() {
		x := l.value(t.variable(h))
		frac := x - math.Floor(x)
		g := &t.gain[h]
		loss := [2]float64{frac * average(*g, 0), (1 - frac) * average(*g, 1)}
		if !t.blind && min(g.n[0], g.n[1]) < trusted && vain < ahead {
			vain++
			if !saved {
				l.save(&t.kept)
				saved = true
			}
			loss = t.peek(h, x, obj)
		}
		score := max(loss[0], 1e-6) * max(loss[1], 1e-6)
		if h == s.n {
			score *= countFirst
		}
		if score > bestScore {
			v, value, bestScore, vain = h, x, score, 0
		}
	}
	return v, value
}

// nearest gives the item that is nearest to being whole, among equals one that is nearly taken.
func (t *tree) nearest() (v int, value float64) {
	v = -1
	best := math.Inf(1)
	for _, h := range t.candidates() {
		x := t.l.value(t.variable(h))
		frac := x - math.Floor(x)
		off := min(0.9*(1-frac), frac)
		if h == t.s.n {
			off += 1
		}
		if off < best {
			v, value, best = h, x, off
		}
	}
	return v, value
}

// countFirst favours deciding how many items there are: it moves the whole relaxation, and settles ties between equals.
const countFirst = 4

// promising are the candidates, those that experience says lose most first, where there are more than can be looked into.
func (t *tree) promising() []int {
	list := t.candidates()
	if t.blind || len(list) <= ahead {
		return list
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(t.guess(b), t.guess(a)) })
	return list
}

// guess is the product of what both children of a candidate lose, by experience.
func (t *tree) guess(h int) float64 {
	x, g := t.l.value(t.variable(h)), t.gain[h]
	frac := x - math.Floor(x)
	score := max(frac*average(g, 0), 1e-6) * max((1-frac)*average(g, 1), 1e-6)
	if h == t.s.n {
		score *= countFirst
	}
	return score
}

// candidates are the items of the basis that are not whole, and the row that counts when it is not.
func (t *tree) candidates() []int {
	list := t.cands[:0]
	for k, h := range t.l.head {
		x := t.l.xb[k]
		if f := x - math.Floor(x); f < 1e-6 || f > 1-1e-6 {
			continue
		}
		// Where the simplex gave up, a value may lie where nothing is left to decide.
		if int(h) < t.s.n && t.b.x[h] < 0 {
			list = append(list, int(h))
		} else if int(h) == t.s.n+t.s.count && t.s.count >= 0 && t.countSplits(int64(math.Floor(x))) {
			list = append(list, t.s.n)
		}
	}
	slices.Sort(list)
	t.cands = list
	return list
}

// countSplits tells whether both at most so many items and more of them can still be.
func (t *tree) countSplits(at int64) bool {
	c := t.s.count
	return t.b.lo[c]+t.b.ones <= at && at < t.b.hi[c]+t.b.ones
}

// peek tries both children of a candidate for a few pivots, and gives what each loses; the simplex is as before.
func (t *tree) peek(h int, x, obj float64) (loss [2]float64) {
	l := t.l
	v := t.variable(h)
	lo, up := l.lo[v], l.up[v]
	frac := x - math.Floor(x)
	cut := float64(t.best + 1)
	for k, dist := range [2]float64{frac, 1 - frac} {
		if k == 0 {
			l.up[v] = math.Floor(x)
		} else {
			l.lo[v] = math.Floor(x) + 1
		}
		out := l.solve(cut, look, nil)
		lost := max(obj-l.objective(), 0)
		if out == empty || out == cutOff {
			lost = max(lost, obj-cut)
		}
		loss[k] = lost
		g := &t.gain[h]
		g.sum[k] += lost / max(dist, 1e-6)
		g.n[k]++
		l.lo[v], l.up[v] = lo, up
		l.restore(&t.kept)
	}
	return loss
}

// learnFrom takes over what another tree knows of the same items, and looks at no children itself: right for a small part of a problem.
func (t *tree) learnFrom(other *tree) {
	t.blind = true
	for j, k := 0, 0; j < t.s.n && k < other.s.n; k++ { // both are in the problem's order
		if t.s.origin[j] == other.s.origin[k] {
			t.gain[j] = other.gain[k]
			j++
		}
	}
	t.gain[t.s.n] = other.gain[other.s.n]
}

// average is what a variable's branch loses for a whole unit, by experience.
func average(g gains, k int) float64 {
	if g.n[k] == 0 {
		return 1
	}
	return g.sum[k] / g.n[k]
}
