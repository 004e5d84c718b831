package chain

import "slices"

// Fails is what fails when these nodes fail: every node one of whose needs has nobody left to serve it, again and again. The nodes themselves
// are not in the answer. scratch may be nil, or what an earlier call returned in its place, to save memory.
func (g *Graph) Fails(nodes []int, scratch *Scratch) []int32 {
	s := scratch.ready(len(g.Map.Nodes))
	queue := s.queue[:0]
	for _, k := range nodes {
		if s.mark(int32(k)) {
			queue = append(queue, int32(k))
		}
	}
	began := len(queue)
	for at := 0; at < len(queue); at++ {
		for _, u := range g.feeds[queue[at]] {
			if !s.failed(u) && g.starves(u, s) {
				s.mark(u)
				queue = append(queue, u)
			}
		}
	}
	s.queue = queue
	return queue[began:]
}

// starves tells whether a need of the node has nobody left.
func (g *Graph) starves(u int32, s *Scratch) bool {
	for _, need := range g.needs[u] {
		alive := false
		for _, v := range need.members {
			alive = alive || !s.failed(v)
		}
		if !alive {
			return true
		}
	}
	return false
}

// Scratch is memory for many calls of Fails.
type Scratch struct {
	round int32
	seen  []int32
	queue []int32
}

func (s *Scratch) ready(n int) *Scratch {
	if s == nil {
		s = &Scratch{}
	}
	if len(s.seen) < n {
		s.seen, s.round = make([]int32, n), 0
	}
	s.round++
	return s
}

func (s *Scratch) failed(v int32) bool { return s.seen[v] == s.round }

func (s *Scratch) mark(v int32) bool {
	if s.failed(v) {
		return false
	}
	s.seen[v] = s.round
	return true
}

// Loss is what a country's standstill does.
type Loss struct {
	Country string   `json:"country"`
	Direct  []string `json:"direct"`  // nodes of which more than the given share of the world's supply is gone
	Follows []string `json:"follows"` // what fails downstream of them
}

// Blackout is what fails when a country stops delivering: every node that loses more than the share (ppm) of its supply, and what follows.
func (g *Graph) Blackout(country string, share int64) Loss {
	var hit []int
	for k := range g.Map.Nodes {
		for _, c := range g.Concentration(k).Countries {
			if c.Name == country && c.PPM > share {
				hit = append(hit, k)
			}
		}
	}
	l := Loss{Country: country, Direct: []string{}}
	for _, k := range hit {
		l.Direct = append(l.Direct, g.Map.Nodes[k].ID)
	}
	l.Follows = g.sorted(g.Fails(hit, nil))
	return l
}

// Reach counts, for each node, the nodes that fail with it. Where nothing can stand in for anything, that is everything downstream: counted
// exactly on the graph of strongly connected components, a block of bits at a time. Where stand-ins exist, each node is tried by itself,
// up to a budget of visits; nodes beyond it get the count of what needs them alone, which is too low if anything: exact is false for them.
func (g *Graph) Reach() (count []int, exact []bool) {
	n := len(g.Map.Nodes)
	exact = make([]bool, n)
	standIns := false
	for k := range n {
		exact[k] = true
		standIns = standIns || len(g.standIns[k]) > 0
	}
	count = g.downstream()
	if !standIns {
		return count, exact
	}
	s := &Scratch{}
	visits := 200_000_000
	for k := range n {
		if visits <= 0 {
			exact[k] = false
			continue
		}
		failed := g.Fails([]int{k}, s)
		count[k] = len(failed)
		visits -= 1 + 10*len(failed)
	}
	return count, exact
}

// downstream counts what is reached by edges to which nothing else stands in.
func (g *Graph) downstream() []int {
	n := len(g.Map.Nodes)
	next := make([][]int32, n) // sole needs only
	for u := range n {
		for _, need := range g.needs[u] {
			if len(need.members) == 1 {
				next[need.members[0]] = append(next[need.members[0]], int32(u))
			}
		}
	}
	comp, sizes := components(next)
	succ := make([][]int32, len(sizes))
	for v := range n {
		for _, u := range next[v] {
			if comp[u] != comp[v] {
				succ[comp[v]] = append(succ[comp[v]], comp[u])
			}
		}
	}
	reached := make([]int, len(sizes)) // nodes in other components
	const words = 64
	bits := make([]uint64, len(sizes)*words)
	for from := 0; from < len(sizes); from += words * 64 {
		clear(bits)
		single := !slices.ContainsFunc(sizes[from:min(from+words*64, len(sizes))], func(n int) bool { return n > 1 })
		// Components are numbered so that edges lead from higher to lower numbers: one pass upwards is enough.
		for c := from; c < len(sizes); c++ {
			row := bits[c*words : (c+1)*words]
			for _, d := range succ[c] {
				if int(d) < from {
					continue
				}
				for w, x := range bits[int(d)*words : (int(d)+1)*words] {
					row[w] |= x
				}
			}
			reached[c] += weigh(row, sizes, from, single)
			if c < from+words*64 {
				row[(c-from)/64] |= 1 << ((c - from) % 64)
			}
		}
	}
	count := make([]int, n)
	for v := range n {
		count[v] = reached[comp[v]] + sizes[comp[v]] - 1
	}
	return count
}
