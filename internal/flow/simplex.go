package flow

import (
	"iter"
	"math"
	"math/bits"
	"slices"
)

// Solve finds a cheapest plan, or an *Infeasible.
func (n *Network) Solve() (*Answer, error) { return n.Solver().Solve() }

// Solver solves a network again and again while nothing but its costs change, each time from the tree where it ended.
type Solver struct {
	net *Network
	s   *simplex
}

// Solver makes one for the network as it is; supplies and limits must stay.
func (n *Network) Solver() *Solver { return &Solver{net: n} }

// Solve finds a cheapest plan at the costs of now, or an *Infeasible. The answer is the caller's.
func (o *Solver) Solve() (*Answer, error) {
	dearest, err := o.net.check()
	if err != nil {
		return nil, err
	}
	if o.s == nil {
		o.s = newSimplex(o.net, dearest)
		o.s.begin()
	} else {
		o.s.resume(dearest)
	}
	for o.s.price() {
		o.s.pivot()
	}
	return o.s.answer()
}

// simplex is one run. Nodes are those of the network and the root; the tree hangs from the root.
//
// An arc that is not in the tree carries nothing or as much as it may. One that is full is kept turned round, with its cost negated:
// what it could give back. So an arc outside the tree always carries nothing, and is worth entering when its reduced cost is
// negative: pricing need not ask at which of its limits an arc stands.
//
// Arcs stand mixed, every stride-th beside one another: each block that is priced is a sample of the whole.
type simplex struct {
	net    *Network
	arcs   []arc   // in their places, as they stand; behind them the artificial ones, between a node and the root
	room   []int64 // most flow above the least, by the arc's number
	turned []uint64
	pi     []int64 // potentials
	nodes  []node
	root   int32
	dear   int64 // more than any path without artificial arcs can cost

	stride      int    // of the mixing; a block has as many arcs
	short, long uint32 // by their numbers, arcs lie in stride rows of short, the first long of them one longer
	next        int    // where the next block begins
	in          int32
	good        []int32 // arcs of the last block that were worth entering
	dirty       []int32
	pivots      int
}

// node is a node's place in the tree. Thread runs through the tree in preorder.
type node struct {
	parent, pred     int32 // pred is the arc to the parent
	thread, before   int32 // the next and the previous in preorder
	size, last       int32 // of the subtree: its number of nodes, and its last in preorder
	rises            bool  // pred runs from here to the parent, as it stands
	upward, downward int64 // how much more pred can carry from here to the parent, and from the parent to here
	_, _             int64 // a node fills a line of the cache
}

func newSimplex(n *Network, dearest int64) *simplex {
	nodes, arcs := len(n.supply), len(n.arcs)
	s := &simplex{net: n, root: int32(nodes), dear: (dearest + 1) * int64(nodes+1)}
	s.stride = max(int(math.Sqrt(float64(arcs))), 10)
	s.short, s.long = uint32(arcs/s.stride), uint32(arcs%s.stride)
	s.arcs = make([]arc, arcs+nodes)
	for place, number := range s.places() {
		s.arcs[place] = n.arcs[number]
	}
	s.room = n.limit
	if n.least != nil {
		s.room = make([]int64, arcs)
		for i := range s.room {
			if s.room[i] = n.limit[i]; n.limit[i] < Free {
				s.room[i] -= n.least[i]
			}
		}
	}
	s.turned = make([]uint64, (arcs+63)/64)
	s.pi = make([]int64, nodes+1)
	s.nodes = make([]node, nodes+1)
	return s
}

// places runs through the places of the arcs by number, and their numbers.
func (s *simplex) places() iter.Seq2[int32, int] {
	arcs := len(s.net.arcs)
	return func(yield func(int32, int) bool) {
		for number, place := 0, 0; number < arcs; number++ {
			if !yield(int32(place), number) {
				return
			}
			if place += s.stride; place >= arcs {
				place = place%s.stride + 1
			}
		}
	}
}

// number is the arc of the network that stands at a place.
func (s *simplex) number(place int32) int {
	row, column := uint32(place)%uint32(s.stride), uint32(place)/uint32(s.stride)
	return int(row*s.short + min(row, s.long) + column)
}

// place is where the arc of a number stands.
func (s *simplex) place(number int32) int32 {
	i, cut := uint32(number), s.long*(s.short+1)
	if i < cut {
		return int32(i%(s.short+1)*uint32(s.stride) + i/(s.short+1))
	}
	i -= cut
	return int32(i%s.short*uint32(s.stride) + i/s.short + s.long)
}

// most is how much the arc at a place can carry.
func (s *simplex) most(place int32) int64 { return s.room[s.number(place)] }

// hang fills in the tree: parents, what arcs can still carry, artificial arcs. Every arc of the tree can carry something more
// towards the root ("strongly feasible"), which is what keeps the simplex from running in circles.
func (s *simplex) hang(left, onPred []int64) {
	arcs, dear := len(s.net.arcs), s.dear
	s.nodes[s.root] = node{parent: -1, pred: -1}
	for v := range left {
		t := &s.nodes[v]
		if e := t.pred; e >= 0 {
			a := s.arcs[e]
			if t.rises = a.from == int32(v); t.rises {
				t.parent, t.upward, t.downward = a.to, s.most(e)-onPred[v], onPred[v]
			} else {
				t.parent, t.upward, t.downward = a.from, onPred[v], s.most(e)-onPred[v]
			}
			continue
		}
		e := int32(arcs + v)
		t.pred, t.parent = e, s.root
		if t.rises = left[v] >= 0; t.rises {
			s.arcs[e] = arc{0, int32(v), s.root}
			t.upward, t.downward = Free, left[v]
		} else {
			s.arcs[e] = arc{dear, s.root, int32(v)}
			t.upward, t.downward = -left[v], Free
		}
	}
}

// order lays the thread through the tree and finds sizes and potentials.
func (s *simplex) order() {
	count := len(s.nodes)
	child, sibling := make([]int32, count), make([]int32, count)
	for i := range child {
		child[i], sibling[i] = -1, -1
	}
	for v := count - 2; v >= 0; v-- {
		p := s.nodes[v].parent
		sibling[v], child[p] = child[p], int32(v)
	}
	preorder := make([]int32, 0, count)
	stack := []int32{s.root}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		preorder = append(preorder, v)
		for c := child[v]; c >= 0; c = sibling[c] {
			stack = append(stack, c)
		}
	}
	for i, v := range preorder {
		t := &s.nodes[v]
		t.thread, t.before = preorder[(i+1)%count], preorder[(i+count-1)%count]
		t.size, t.last = 1, v
		if v != s.root {
			s.potential(v)
		}
	}
	for i := count - 1; i > 0; i-- {
		t := s.nodes[preorder[i]]
		p := &s.nodes[t.parent]
		if p.last == t.parent { // the last child is met first
			p.last = t.last
		}
		p.size += t.size
	}
}

// resume takes the costs of now over into the tree as it stands.
func (s *simplex) resume(dearest int64) {
	s.dear = (dearest + 1) * int64(len(s.nodes))
	for place, number := range s.places() {
		c := s.net.arcs[number].cost
		if s.full(place) {
			c = -c
		}
		s.arcs[place].cost = c
	}
	dear := s.dear
	for v := range s.net.supply {
		if a := &s.arcs[len(s.net.arcs)+v]; a.from == s.root {
			a.cost = dear
		}
	}
	s.good, s.pi[s.root] = s.good[:0], 0
	for v := s.nodes[s.root].thread; v != s.root; v = s.nodes[v].thread {
		s.potential(v)
	}
}

// potential of a node follows from its parent's: the reduced cost of every arc of the tree is zero.
func (s *simplex) potential(v int32) {
	t := &s.nodes[v]
	c := s.arcs[t.pred].cost
	if t.rises {
		c = -c
	}
	s.pi[v] = s.pi[t.parent] + c
}

// full tells whether the arc at a place is kept turned round.
func (s *simplex) full(place int32) bool { return s.turned[place>>6]>>(place&63)&1 == 1 }

// turn keeps an arc that became full the other way round, or back.
func (s *simplex) turn(e int32) {
	a := &s.arcs[e]
	a.from, a.to, a.cost = a.to, a.from, -a.cost
	s.turned[e>>6] ^= 1 << (e & 63)
}

// price finds the arc to enter: the best that is left of the last block, else of the next block that has one.
func (s *simplex) price() bool {
	arcs, pi := s.arcs[:len(s.net.arcs)], s.pi
	best, in := int64(0), int32(-1)
	keep := s.good[:0]
	for _, e := range s.good {
		a := &arcs[e]
		if r := a.cost + pi[a.from] - pi[a.to]; r < 0 {
			keep = append(keep, e)
			if r < best {
				best, in = r, e
			}
		}
	}
	if s.good = keep; in >= 0 {
		s.in = in
		return true
	}
	for seen := 0; seen < len(arcs); {
		if s.next >= len(arcs) {
			s.next = 0
		}
		end := min(s.next+s.stride, len(arcs))
		part := arcs[s.next:end]
		for i := range part {
			a := &part[i]
			if r := a.cost + pi[a.from] - pi[a.to]; r < 0 {
				s.good = append(s.good, int32(s.next+i))
				if r < best {
					best, in = r, int32(s.next+i)
				}
			}
		}
		seen += end - s.next
		s.next = end
		if in >= 0 {
			s.trim(best)
			s.in = in
			return true
		}
	}
	return false
}

// trim keeps of the block's good arcs those that are at least a quarter as good as the best.
func (s *simplex) trim(best int64) {
	keep := s.good[:0]
	for _, e := range s.good {
		a := &s.arcs[e]
		if a.cost+s.pi[a.from]-s.pi[a.to] <= best/4 {
			keep = append(keep, e)
		}
	}
	s.good = keep
}

// pivot sends as much as can go round the cycle that the entering arc closes, and lets an arc that stops it leave the tree: of
// those that do, the last on the way round from the top, which keeps the tree strongly feasible.
func (s *simplex) pivot() {
	nodes, e := s.nodes, s.arcs[s.in]
	s.pivots++
	room := s.most(s.in)
	top, d, out, stops := s.round(e.from, e.to, room)
	below, above := e.from, e.to // the end of the entering arc that goes below the other
	if stops {
		below, above = e.to, e.from
	}
	if d > 0 {
		for u := e.from; u != top; u = nodes[u].parent {
			nodes[u].downward -= d
			nodes[u].upward += d
		}
		for u := e.to; u != top; u = nodes[u].parent {
			nodes[u].upward -= d
			nodes[u].downward += d
		}
	}
	if out < 0 {
		s.turn(s.in)
		return
	}
	leaving, full := nodes[out].pred, false
	if nodes[out].rises {
		full = nodes[out].upward == 0
	} else {
		full = nodes[out].downward == 0
	}
	s.rehang(out, below, above, top)
	in := &nodes[below]
	if in.pred, in.rises = s.in, below == e.from; in.rises {
		in.upward, in.downward = room-d, d
	} else {
		in.upward, in.downward = d, room-d
	}
	if full && int(leaving) < len(s.net.arcs) {
		s.turn(leaving)
	}
	shift := e.cost + s.pi[e.from] - s.pi[e.to]
	if in.rises {
		shift = -shift
	}
	for u, end := below, nodes[in.last].thread; ; {
		s.pi[u] += shift
		if u = nodes[u].thread; u == end {
			break
		}
	}
}

// round walks from both ends of an arc up to where the ways meet. At most room goes round this cycle, into the arc at u and out of it
// at v, and as much as its arcs let pass. The last that lets no more pass on the way round from the top is the one above node out,
// -1: none; it is on the side of v or not.
func (s *simplex) round(u, v int32, room int64) (top int32, d int64, out int32, far bool) {
	nodes := s.nodes
	du, dv, outU, outV := room, int64(math.MaxInt64), int32(-1), int32(-1)
	a, b := &nodes[u], &nodes[v]
	for u != v {
		if a.size < b.size {
			if a.downward < du {
				du, outU = a.downward, u
			}
			u = a.parent
			a = &nodes[u]
		} else {
			if b.upward <= dv {
				dv, outV = b.upward, v
			}
			v = b.parent
			b = &nodes[v]
		}
	}
	if dv <= du {
		return u, dv, outV, true
	}
	return u, du, outU, false
}

// answer reads the plan off the tree, or the cut from what artificial arcs still carry.
func (s *simplex) answer() (*Answer, error) {
	n := s.net
	arcs := len(n.arcs)
	flow := make([]int64, arcs)
	for w, word := range s.turned {
		for ; word != 0; word &= word - 1 {
			i := s.number(int32(w<<6 + bits.TrailingZeros64(word)))
			flow[i] = s.room[i]
		}
	}
	unmet := int64(0)
	for v := range n.supply {
		t := &s.nodes[v]
		carried := t.downward // of an arc that rises, what it could give back is what it carries
		if !t.rises {
			carried = t.upward
		}
		switch {
		case int(t.pred) >= arcs && t.rises:
		case int(t.pred) >= arcs:
			unmet += carried
		case s.full(t.pred): // kept turned round: what it carries as it stands was given back
			flow[s.number(t.pred)] -= carried
		default:
			flow[s.number(t.pred)] = carried
		}
	}
	if unmet > 0 {
		return nil, s.cut(flow, unmet)
	}
	a := &Answer{Flow: flow, Potential: slices.Clone(s.pi[:len(n.supply)]), Pivots: s.pivots}
	s.pivots = 0
	for i, l := range n.least {
		flow[i] += l
	}
	var cost Sum
	for i, f := range flow {
		if f != 0 {
			cost.Add(n.arcs[i].cost, f)
		}
	}
	fits := false
	if a.Cost, fits = cost.Int64(); !fits {
		return nil, errCost
	}
	return a, nil
}

// cut collects what can still be reached from the nodes that have something left: nothing that needs is among them.
func (s *simplex) cut(flow []int64, unmet int64) *Infeasible {
	n := s.net
	next := make([][]int32, len(n.supply)) // where one more unit could go
	for i, a := range n.arcs {
		if flow[i] < s.room[i] {
			next[a.from] = append(next[a.from], a.to)
		}
		if flow[i] > 0 {
			next[a.to] = append(next[a.to], a.from)
		}
	}
	e := &Infeasible{Cut: make([]bool, len(n.supply)), Total: unmet}
	var queue []int32
	for v := range n.supply {
		if t := &s.nodes[v]; int(t.pred) >= len(n.arcs) && t.rises && t.downward > 0 {
			e.Cut[v] = true
			queue = append(queue, int32(v))
		}
	}
	for len(queue) > 0 {
		v := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, u := range next[v] {
			if !e.Cut[u] {
				e.Cut[u] = true
				queue = append(queue, u)
			}
		}
	}
	for v, in := range e.Cut {
		if in {
			e.Short += n.supply[v]
		}
	}
	for i, a := range n.arcs {
		switch {
		case e.Cut[a.from] && !e.Cut[a.to]:
			e.Short -= n.limit[i]
		case !e.Cut[a.from] && e.Cut[a.to]:
			e.Short += n.leastOf(i)
		}
	}
	return e
}
