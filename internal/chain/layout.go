package chain

import (
	"cmp"
	"slices"
)

// Drawing is a layered drawing: upstream left, what the chain is there for right. Units are one node: X is the layer, Y the place in it.
type Drawing struct {
	Spots  []Spot `json:"spots"` // by node of the map
	Arcs   []Arc  `json:"arcs"`
	Layers int    `json:"layers"`
	Height int    `json:"height"` // of the fullest layer
}

// Spot is where a node stands.
type Spot struct {
	X int `json:"x"`
	Y int `json:"y"` // half steps, so that short layers can be centred
}

// Arc is an edge between two nodes of the map; Back tells that it closes a cycle and runs from right to left.
type Arc struct {
	From int      `json:"from"`
	To   int      `json:"to"`
	Is   Relation `json:"is"`
	Back bool     `json:"back,omitempty"`
}

// Lay draws the graph in layers (Sugiyama, Tagawa and Toda 1981): edges that close a cycle are set aside by a depth-first search, layers are
// longest paths, and the order in each layer is by the mean of the neighbours' places, swept to and fro.
func Lay(g *Graph) *Drawing {
	n := len(g.Map.Nodes)
	back := g.backEdges()
	d := &Drawing{Spots: make([]Spot, n)}
	layer := g.longest(back)
	var rows [][]int32
	for v, x := range layer {
		for len(rows) <= x {
			rows = append(rows, nil)
		}
		rows[x] = append(rows[x], int32(v))
		d.Spots[v].X = x
	}
	g.settle(rows)
	d.Layers = len(rows)
	for _, row := range rows {
		d.Height = max(d.Height, len(row))
	}
	for _, row := range rows {
		for k, v := range row {
			d.Spots[v].Y = 2*k + d.Height - len(row)
		}
	}
	for _, e := range g.Map.Edges {
		from, to := g.Index(e.From), g.Index(e.To)
		if from >= 0 && to >= 0 && from != to && e.Is != ResearchedBy {
			d.Arcs = append(d.Arcs, Arc{from, to, e.Is, back[[2]int32{int32(from), int32(to)}]})
		}
	}
	return d
}

// backEdges are those that lead to a node on the way of the search.
func (g *Graph) backEdges() map[[2]int32]bool {
	n := len(g.Map.Nodes)
	back := map[[2]int32]bool{}
	state := make([]int8, n) // 0 new, 1 on the way, 2 done
	type frame struct {
		v int32
		e int
	}
	var call []frame
	start := func(root int32) {
		if state[root] != 0 {
			return
		}
		state[root] = 1
		call = append(call[:0], frame{root, 0})
		for len(call) > 0 {
			f := &call[len(call)-1]
			if f.e == len(g.out[f.v]) {
				state[f.v] = 2
				call = call[:len(call)-1]
				continue
			}
			u := g.out[f.v][f.e]
			f.e++
			switch state[u] {
			case 0:
				state[u] = 1
				call = append(call, frame{u, 0})
			case 1:
				back[[2]int32{f.v, u}] = true
			}
		}
	}
	for v := range int32(n) { // from true sources first, so that few edges turn back
		if len(g.into[v]) == 0 {
			start(v)
		}
	}
	for v := range int32(n) {
		start(v)
	}
	return back
}

// longest is each node's layer: the longest way to it without the edges set aside.
func (g *Graph) longest(back map[[2]int32]bool) []int {
	n := len(g.Map.Nodes)
	layer, waits := make([]int, n), make([]int, n)
	var ready []int32
	for v := range int32(n) {
		for _, u := range g.into[v] {
			if !back[[2]int32{u, v}] {
				waits[v]++
			}
		}
		if waits[v] == 0 {
			ready = append(ready, v)
		}
	}
	order := ready
	for at := 0; at < len(order); at++ {
		v := order[at]
		for _, u := range g.out[v] {
			if back[[2]int32{v, u}] {
				continue
			}
			layer[u] = max(layer[u], layer[v]+1)
			if waits[u]--; waits[u] == 0 {
				order = append(order, u)
			}
		}
	}
	// Sources stand directly before what they go into, not all at the far left.
	for k := len(order) - 1; k >= 0; k-- {
		v := order[k]
		if len(g.into[v]) > 0 || len(g.out[v]) == 0 {
			continue
		}
		nearest := -1
		for _, u := range g.out[v] {
			if nearest < 0 || layer[u] < nearest {
				nearest = layer[u]
			}
		}
		layer[v] = max(layer[v], nearest-1)
	}
	return layer
}

// settle orders the rows by the mean place of their neighbours, four times to and fro.
func (g *Graph) settle(rows [][]int32) {
	place := make([]float64, len(g.Map.Nodes))
	number := func(row []int32) {
		for k, v := range row {
			place[v] = (float64(k) + 0.5) / float64(len(row))
		}
	}
	for _, row := range rows {
		number(row)
	}
	mean := make([]float64, len(g.Map.Nodes))
	sweep := func(row []int32, near [][]int32) {
		for _, v := range row {
			mean[v] = place[v]
			if len(near[v]) == 0 {
				continue
			}
			sum := 0.0
			for _, u := range near[v] {
				sum += place[u]
			}
			mean[v] = sum / float64(len(near[v]))
		}
		slices.SortStableFunc(row, func(a, b int32) int { return cmp.Compare(mean[a], mean[b]) })
		number(row)
	}
	for range 4 {
		for k := 1; k < len(rows); k++ {
			sweep(rows[k], g.into)
		}
		for k := len(rows) - 2; k >= 0; k-- {
			sweep(rows[k], g.out)
		}
	}
}
