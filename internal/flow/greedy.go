package flow

import (
	"cmp"
	"math"
	"slices"
)

// begin makes a plan greedily and a tree from it: every need takes from its cheapest arcs what is there. Each time an arc is
// left between its limits, one of its ends has nothing more to give or take, so these arcs make a forest; the ends that are left
// over hang from the root by artificial arcs, which cost more than any plan.
func (s *simplex) begin() {
	n := s.net
	g := &greedy{simplex: s, left: slices.Clone(n.supply), onPred: make([]int64, len(n.supply)), last: make([]int32, len(n.supply))}
	for i, l := range n.least {
		g.left[n.arcs[i].from] -= l
		g.left[n.arcs[i].to] += l
	}
	for v := range g.last {
		s.nodes[v].pred, g.last[v] = -1, -1
	}
	for again := true; again; {
		again = g.rounds()
	}
	g.price()
	s.hang(g.left, g.onPred)
	s.order()
}

// greedy is the plan in the making. It sets pred of the nodes that hang from another one, and turns the arcs that it fills.
type greedy struct {
	*simplex
	left    []int64 // what each node has, or (negative) still needs
	onPred  []int64 // of each node that hangs from another one: what the arc to it carries
	emptied []int32 // givers that have nothing left, in their order
	refused []refusal
	last    []int32 // of each giver, its last refusal; -1: none
}

// refusal is an arc of a giver who had nothing left when it was asked for.
type refusal struct{ arc, before int32 }

// rounds gives the needy what their cheapest arcs bring, one arc each at a time, so that nobody takes all before others have any; those to whom
// all offers cost the same wait until the others are served. It is true when some are left whose arcs ran out and who may find givers
// farther down. Looking for these again is one more pass over the arcs; leaving it to the simplex would cost it a long way from a bad beginning.
func (g *greedy) rounds() (again bool) {
	offers := g.offers()
	var needy, patient []int32
	for v, o := range offers {
		switch {
		case len(o) == 0:
		case o[0].cost == o[len(o)-1].cost:
			patient = append(patient, int32(v))
		default:
			needy = append(needy, int32(v))
		}
	}
	for len(needy)+len(patient) > 0 {
		if len(needy) == 0 {
			needy, patient = patient, nil
		}
		wait := needy[:0]
		for _, v := range needy {
			had := g.left[v]
			offers[v] = g.take(v, offers[v])
			again = again || g.left[v] != had
			if g.left[v] < 0 && len(offers[v]) > 0 {
				wait = append(wait, v)
			}
		}
		needy = wait
	}
	return again && slices.ContainsFunc(g.left, func(l int64) bool { return l < 0 })
}

// take pushes along the cheapest arc into a needy node that has something to bring, and gives the offers that are left.
func (g *greedy) take(v int32, in []offer) []offer {
	for len(in) > 0 {
		i := in[0].arc
		in = in[1:]
		e, u, room := g.place(i), g.net.arcs[i].from, g.room[i]
		if room <= 0 || u == v || g.full(e) {
			continue
		}
		if g.left[u] <= 0 {
			g.refused = append(g.refused, refusal{i, g.last[u]})
			g.last[u] = int32(len(g.refused) - 1)
			continue
		}
		g.push(e, u, v, room)
		break
	}
	return in
}

// push sends as much as giver, need and arc allow.
func (g *greedy) push(e, u, v int32, room int64) {
	d := min(-g.left[v], g.left[u], room)
	g.left[u] -= d
	g.left[v] += d
	if g.left[u] == 0 {
		g.emptied = append(g.emptied, u)
	}
	switch {
	case g.left[v] == 0: // the need is met: it hangs below the giver, by an arc that carries something
		g.nodes[v].pred, g.onPred[v] = e, d
	case d < room: // the giver is empty: it hangs below the need, by an arc that could carry more
		g.nodes[u].pred, g.onPred[u] = e, d
	default:
		g.turn(e)
	}
}

// price hangs each giver that was emptied below that need, of those that it refused, who would have paid most: whose last unit came dearest
// beside what the giver's would have cost. That unit came from a giver who had something when this one had nothing left, so going through
// the emptied from the last to the first finds the prices that count, and no circle can close.
func (g *greedy) price() {
	worth := func(v int32) int64 { // what a unit costs a need
		if e := g.nodes[v].pred; e >= 0 {
			return g.arcs[e].cost + g.pi[g.arcs[e].from]
		}
		return g.dear
	}
	for k := len(g.emptied) - 1; k >= 0; k-- {
		u := g.emptied[k]
		if e := g.nodes[u].pred; e >= 0 {
			g.pi[u] = worth(g.arcs[e].to) - g.arcs[e].cost
			continue
		}
		for r := g.last[u]; r >= 0; r = g.refused[r].before {
			a := &g.net.arcs[g.refused[r].arc]
			if p := worth(a.to) - a.cost; p > g.pi[u] {
				g.pi[u], g.nodes[u].pred = p, g.place(g.refused[r].arc)
			}
		}
	}
}

// offer is an arc as the greedy plan looks at it. Offers of one cost stand in an order that is as good as drawn, so that needs who do
// not mind do not all ask the same givers.
type offer struct {
	cost int64
	mix  uint32
	arc  int32 // its number
}

func (o offer) before(x offer) bool { return o.cost < x.cost || o.cost == x.cost && o.mix < x.mix }

func (o offer) compare(x offer) int {
	return cmp.Or(cmp.Compare(o.cost, x.cost), cmp.Compare(o.mix, x.mix))
}

// spare is how many offers a need keeps beyond its units, because some givers will have nothing left.
const spare = 5

// offers gives each needy node its cheapest arcs from those who have, in order.
func (g *greedy) offers() [][]offer {
	left, arcs := g.left, g.net.arcs
	best := make([][]offer, len(left))
	below := make([]offer, len(left)) // what an arc into the node has to beat
	for v, l := range left {
		if below[v].cost = math.MinInt64; l < 0 {
			below[v].cost = math.MaxInt64
			best[v] = make([]offer, 0, min(spare-l, 16))
		}
	}
	for i := range arcs {
		a := &arcs[i]
		if a.cost > below[a.to].cost {
			continue
		}
		o := offer{a.cost, uint32(i) * 2654435761, int32(i)} // Knuth's multiplicative hash
		if !o.before(below[a.to]) || left[a.from] <= 0 {
			continue
		}
		best[a.to] = put(best[a.to], o, int(spare-left[a.to]))
		if h := best[a.to]; len(h) == int(spare-left[a.to]) {
			below[a.to] = h[0]
		}
	}
	for _, h := range best {
		slices.SortFunc(h, offer.compare)
	}
	return best
}

// put adds an offer to the best that are kept: as they come until there are as many as are wanted, from then on a heap whose dearest stands
// first and gives way.
func put(h []offer, o offer, most int) []offer {
	if len(h) == most {
		h[0] = o
		sift(h, 0)
		return h
	}
	if h = append(h, o); len(h) == most {
		for i := most/2 - 1; i >= 0; i-- {
			sift(h, i)
		}
	}
	return h
}

// sift mends a heap whose dearest offer stands first.
func sift(h []offer, i int) {
	x := h[i]
	for {
		c := 2*i + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && h[c].before(h[c+1]) {
			c++
		}
		if !x.before(h[c]) {
			break
		}
		h[i] = h[c]
		i = c
	}
	h[i] = x
}
