package chain

import (
	"math/bits"
	"slices"
)

// components finds the strongly connected components (Tarjan 1972, without recursion). Edges between components lead from higher to lower
// numbers.
func components(next [][]int32) (comp []int32, sizes []int) {
	n := len(next)
	comp = make([]int32, n)
	index, low := make([]int32, n), make([]int32, n)
	onStack := make([]bool, n)
	var stack []int32
	type frame struct {
		v int32
		e int
	}
	var call []frame
	clock := int32(0)
	for root := range n {
		if index[root] != 0 {
			continue
		}
		call = append(call, frame{int32(root), 0})
		for len(call) > 0 {
			f := &call[len(call)-1]
			v := f.v
			if f.e == 0 {
				clock++
				index[v], low[v] = clock, clock
				stack = append(stack, v)
				onStack[v] = true
			}
			if f.e < len(next[v]) {
				u := next[v][f.e]
				f.e++
				if index[u] == 0 {
					call = append(call, frame{u, 0})
				} else if onStack[u] {
					low[v] = min(low[v], index[u])
				}
				continue
			}
			call = call[:len(call)-1]
			if len(call) > 0 {
				p := call[len(call)-1].v
				low[p] = min(low[p], low[v])
			}
			if low[v] == index[v] {
				size := 0
				for {
					u := stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					onStack[u] = false
					comp[u] = int32(len(sizes))
					size++
					if u == v {
						break
					}
				}
				sizes = append(sizes, size)
			}
		}
	}
	return comp, sizes
}

// weigh sums the sizes of the components whose bits are set; single tells that all of them are single nodes.
func weigh(row []uint64, sizes []int, from int, single bool) int {
	sum := 0
	for w, x := range row {
		if single {
			sum += bits.OnesCount64(x)
			continue
		}
		for ; x != 0; x &= x - 1 {
			sum += sizes[from+w*64+bits.TrailingZeros64(x)]
		}
	}
	return sum
}

// Cycles are the strongly connected components of more than one node: groups in which each needs every other, largest first.
func (g *Graph) Cycles() [][]string {
	comp, sizes := components(g.out)
	member := map[int32][]int32{}
	for v, c := range comp {
		if sizes[c] > 1 {
			member[c] = append(member[c], int32(v))
		}
	}
	list := [][]string{}
	for _, m := range member {
		list = append(list, g.sorted(m))
	}
	slices.SortFunc(list, func(a, b []string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return slices.Compare(a, b)
	})
	return list
}

// SinglePoints are the nodes that every chain of supply to the target passes through (its dominators in the graph of what goes into what,
// from the nodes that need nothing), nearest to the target last. In a graph whose sources all lie in cycles, a cycle without supply from outside
// counts as a source.
func (g *Graph) SinglePoints(target int) []string {
	return g.single(g.dominators(), target)
}

// dominators is the immediate dominator of each node, the number of nodes standing for the common source; −1 where no supply arrives
// (Cooper, Harvey and Kennedy 2001).
func (g *Graph) dominators() []int32 {
	n := len(g.Map.Nodes)
	root := int32(n)
	comp, sizes := components(g.out)
	fed := make([]bool, len(sizes)) // from outside the component
	for v := range n {
		for _, u := range g.out[v] {
			fed[comp[u]] = fed[comp[u]] || comp[u] != comp[v]
		}
	}
	source := func(v int32) bool { return !fed[comp[v]] }
	order := g.reversePostorder(source)
	place := make([]int32, n+1) // place in the order; the root is first
	for k := range place {
		place[k] = -1
	}
	for k, v := range order {
		place[v] = int32(k)
	}
	idom := make([]int32, n+1)
	for k := range idom {
		idom[k] = -1
	}
	idom[root] = root
	for changed := true; changed; {
		changed = false
		for _, v := range order[1:] {
			d := int32(-1)
			if source(v) {
				d = root
			}
			for _, p := range g.into[v] {
				if idom[p] < 0 {
					continue
				}
				if d < 0 {
					d = p
					continue
				}
				for a := p; a != d; {
					for place[a] > place[d] {
						a = idom[a]
					}
					for place[d] > place[a] {
						d = idom[d]
					}
				}
			}
			if idom[v] != d {
				idom[v], changed = d, true
			}
		}
	}
	idom[root] = -1
	return idom
}

// reversePostorder from a root that leads to every source.
func (g *Graph) reversePostorder(source func(int32) bool) []int32 {
	n := len(g.Map.Nodes)
	seen := make([]bool, n)
	var post []int32
	type frame struct {
		v int32
		e int
	}
	var call []frame
	for v := range int32(n) {
		if !source(v) || seen[v] {
			continue
		}
		seen[v] = true
		call = append(call, frame{v, 0})
		for len(call) > 0 {
			f := &call[len(call)-1]
			if f.e < len(g.out[f.v]) {
				u := g.out[f.v][f.e]
				f.e++
				if !seen[u] {
					seen[u] = true
					call = append(call, frame{u, 0})
				}
				continue
			}
			post = append(post, f.v)
			call = call[:len(call)-1]
		}
	}
	post = append(post, int32(n))
	slices.Reverse(post)
	return post
}

// CutNodes are the nodes without which the map falls into more pieces, directions left aside (articulation points, Hopcroft and Tarjan 1973).
func (g *Graph) CutNodes() []string {
	n := len(g.Map.Nodes)
	near := func(v int32, e int) (int32, bool) {
		if e < len(g.out[v]) {
			return g.out[v][e], true
		}
		if e -= len(g.out[v]); e < len(g.into[v]) {
			return g.into[v][e], true
		}
		return 0, false
	}
	depth, low := make([]int32, n), make([]int32, n)
	cut := make([]bool, n)
	type frame struct {
		v, parent int32
		e, kids   int
	}
	var call []frame
	for root := range int32(n) {
		if depth[root] != 0 {
			continue
		}
		depth[root], low[root] = 1, 1
		call = append(call[:0], frame{root, -1, 0, 0})
		for len(call) > 0 {
			f := &call[len(call)-1]
			u, more := near(f.v, f.e)
			f.e++
			switch {
			case more && depth[u] == 0:
				f.kids++
				depth[u] = depth[f.v] + 1
				low[u] = depth[u]
				call = append(call, frame{u, f.v, 0, 0})
			case more:
				if u != f.parent {
					low[f.v] = min(low[f.v], depth[u])
				}
			default:
				done := *f
				call = call[:len(call)-1]
				if len(call) == 0 {
					cut[done.v] = done.kids > 1
					break
				}
				p := &call[len(call)-1]
				low[p.v] = min(low[p.v], low[done.v])
				if p.parent >= 0 && low[done.v] >= depth[p.v] {
					cut[p.v] = true
				}
			}
		}
	}
	var list []int32
	for v, is := range cut {
		if is {
			list = append(list, int32(v))
		}
	}
	return g.sorted(list)
}
