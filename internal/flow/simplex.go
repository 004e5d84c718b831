package flow

import (
	"cmp"
	"iter"
	"math"
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
	if err := o.net.check(); err != nil {
		return nil, err
	}
	if o.s == nil {
		o.s = newSimplex(o.net)
		o.s.begin()
	} else {
		o.s.resume()
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

	stride int // of the mixing; a block has as many arcs
	next   int // where the next block begins
	in     int32
	good   []int32 // arcs of the last block that were worth entering
	dirty  []int32
	pivots int
}

// node is a node's place in the tree. Thread runs through the tree in preorder.
type node struct {
	parent, pred     int32 // pred is the arc to the parent
	thread, before   int32 // the next and the previous in preorder
	size, last       int32 // of the subtree: its number of nodes, and its last in preorder
	rises            bool  // pred runs from here to the parent, as it stands
	upward, downward int64 // how much more pred can carry from here to the parent, and from the parent to here
	_                int64
}

func newSimplex(n *Network) *simplex {
	nodes, arcs := len(n.supply), len(n.arcs)
	s := &simplex{net: n, root: int32(nodes)}
	s.stride = max(int(math.Sqrt(float64(arcs))), 10)
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
	k, arcs := s.stride, len(s.net.arcs)
	row := int(place) % k
	return row*(arcs/k) + min(row, arcs%k) + int(place)/k
}

// most is how much the arc at a place can carry.
func (s *simplex) most(place int32) int64 { return s.room[s.number(place)] }

// begin makes a plan greedily and a tree from it: every need takes from its cheapest arcs what is there. Each time an arc is
// left between its limits, one of its ends has nothing more to give or take, so these arcs make a forest; the ends that are left
// over hang from the root by artificial arcs, which cost more than any plan.
func (s *simplex) begin() {
	n := s.net
	left := slices.Clone(n.supply)
	for i, l := range n.least {
		left[n.arcs[i].from] -= l
		left[n.arcs[i].to] += l
	}
	flow := s.greedy(left)
	s.hang(left, flow)
	s.order()
}

// greedy pushes along arcs into needs, cheapest first, in rounds of one arc a need, so that nobody takes all before others have
// any. It gives for each node the amount on the arc that ends it, sets pred of the nodes that hang from another one, and turns the
// arcs that it fills.
func (s *simplex) greedy(left []int64) (onPred []int64) {
	onPred = make([]int64, len(left))
	for v := range s.nodes {
		s.nodes[v].pred = -1
	}
	for again := true; again; {
		again = s.rounds(left, onPred)
	}
	return onPred
}

// rounds gives the needy what their cheapest arcs bring, one arc each at a time; true when some are left whose arcs ran out and who may find givers
// farther down. Looking for these again is one more pass over the arcs; leaving it to the simplex would cost it a long way from a bad beginning.
func (s *simplex) rounds(left, onPred []int64) (again bool) {
	offers := s.offers(left)
	var needy []int32
	for v, l := range left {
		if l < 0 && len(offers[v]) > 0 {
			needy = append(needy, int32(v))
		}
	}
	for len(needy) > 0 {
		wait := needy[:0]
		for _, v := range needy {
			had := left[v]
			offers[v] = s.take(v, offers[v], left, onPred)
			again = again || left[v] != had
			if left[v] < 0 && len(offers[v]) > 0 {
				wait = append(wait, v)
			}
		}
		needy = wait
	}
	return again && slices.ContainsFunc(left, func(l int64) bool { return l < 0 })
}

// take pushes along the cheapest arc into a needy node that has something to bring, and gives the offers that are left.
func (s *simplex) take(v int32, in []offer, left, onPred []int64) []offer {
	for len(in) > 0 {
		e := in[0].arc
		in = in[1:]
		u := s.arcs[e].from
		room := s.most(e)
		d := min(-left[v], left[u], room)
		if d <= 0 || u == v {
			continue
		}
		left[u] -= d
		left[v] += d
		switch {
		case left[v] == 0: // the need is met: it hangs below the giver, by an arc that carries something
			s.nodes[v].pred, onPred[v] = e, d
		case d < room: // the giver is empty: it hangs below the need, by an arc that could carry more
			s.nodes[u].pred, onPred[u] = e, d
		default:
			s.turn(e)
		}
		break
	}
	return in
}

// offer is an arc as the greedy plan looks at it.
type offer struct {
	cost int64
	arc  int32
}

// offers gives each needy node its cheapest arcs, in order: a few more than it has units to take, because some givers will have
// nothing left.
func (s *simplex) offers(left []int64) [][]offer {
	count := make([]int32, len(left))
	for _, a := range s.net.arcs {
		count[a.to]++
	}
	best := make([][]offer, len(left))
	all := int64(0)
	for v, l := range left {
		if l < 0 {
			all += min(int64(count[v]), spare-l)
		}
	}
	store := make([]offer, all)
	for v, l := range left {
		if l < 0 {
			k := min(int64(count[v]), spare-l)
			best[v], store = store[:0:k], store[k:]
		}
	}
	for place, number := range s.places() {
		a := &s.net.arcs[number]
		switch h := best[a.to]; {
		case left[a.from] <= 0 || s.turned[place>>6]&(1<<(place&63)) != 0:
		case len(h) < cap(h):
			h = append(h, offer{a.cost, place})
			if best[a.to] = h; len(h) == cap(h) {
				for i := len(h)/2 - 1; i >= 0; i-- {
					sift(h, i)
				}
			}
		case len(h) > 0 && a.cost < h[0].cost:
			h[0] = offer{a.cost, place}
			sift(h, 0)
		}
	}
	for _, h := range best {
		slices.SortFunc(h, func(a, b offer) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.arc, b.arc)) })
	}
	return best
}

// spare is how many offers a need keeps beyond its units.
const spare = 8

// sift mends a heap whose dearest offer stands first.
func sift(h []offer, i int) {
	for {
		c := 2*i + 1
		if c >= len(h) {
			return
		}
		if c+1 < len(h) && h[c+1].cost > h[c].cost {
			c++
		}
		if h[i].cost >= h[c].cost {
			return
		}
		h[i], h[c] = h[c], h[i]
		i = c
	}
}

// hang fills in the tree: parents, what arcs can still carry, artificial arcs. Every arc of the tree can carry something more
// towards the root ("strongly feasible"), which is what keeps the simplex from running in circles.
func (s *simplex) hang(left, onPred []int64) {
	arcs, dear := len(s.net.arcs), s.dear()
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
func (s *simplex) resume() {
	for place, number := range s.places() {
		c := s.net.arcs[number].cost
		if s.full(place) {
			c = -c
		}
		s.arcs[place].cost = c
	}
	dear := s.dear()
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

// dear is more than any path without artificial arcs can cost.
func (s *simplex) dear() int64 {
	dear := int64(1)
	for _, a := range s.net.arcs {
		dear = max(dear, a.cost+1, 1-a.cost)
	}
	return dear * int64(len(s.nodes))
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
	top := s.meet(e.from, e.to)
	d, out, below := s.most(s.in), int32(-1), e.from
	above := e.to // the end of the entering arc that stays with the root
	for u := e.from; u != top; u = nodes[u].parent {
		if nodes[u].downward < d {
			d, out = nodes[u].downward, u
		}
	}
	for u := e.to; u != top; u = nodes[u].parent {
		if nodes[u].upward <= d {
			d, out, below, above = nodes[u].upward, u, e.to, e.from
		}
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
		in.upward, in.downward = s.most(s.in)-d, d
	} else {
		in.upward, in.downward = d, s.most(s.in)-d
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

// meet is the lowest node above both, or one of them.
func (s *simplex) meet(u, v int32) int32 {
	for u != v {
		if s.nodes[u].size < s.nodes[v].size {
			u = s.nodes[u].parent
		} else {
			v = s.nodes[v].parent
		}
	}
	return u
}

// answer reads the plan off the tree, or the cut from what artificial arcs still carry.
func (s *simplex) answer() (*Answer, error) {
	n := s.net
	arcs := len(n.arcs)
	flow := make([]int64, arcs)
	for place, i := range s.places() {
		if s.full(place) {
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
	for i, f := range flow {
		if f == 0 {
			continue
		}
		c, fits := product(n.arcs[i].cost, f)
		if a.Cost += c; !fits {
			return nil, errCost
		}
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
