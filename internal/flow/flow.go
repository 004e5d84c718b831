// Package flow finds the cheapest way to send what some nodes have to where other nodes need it, and proves it.
//
// A Network is nodes with a supply (positive: has; negative: needs; all sum to zero) and arcs with a least flow, a most flow and a
// cost a unit. Solve gives the flow of every arc of a cheapest plan, with potentials, one a node, that prove it: no plan can be
// cheaper, and Verify checks that in one pass over the arcs without knowing how the plan was found.
//
//	n := flow.New(4, 5)
//	well, farm := n.Node(10), n.Node(-10)
//	n.Arc(well, farm, 0, 6, 1)           // a pipe for six at 1 each
//	n.Arc(well, farm, 0, flow.Free, 3)   // a lorry for any number at 3 each
//	a, err := n.Solve()                  // a.Flow = [6 4], a.Cost = 18
//	err = n.Verify(a)                    // nil: this is the cheapest
//
// Where no plan exists, the error is an *Infeasible: a set of nodes that has more than its arcs can carry away, which VerifyCut
// checks in the same way.
//
// The algorithm is the primal network simplex over strongly feasible trees with block search (the algorithm of LEMON's
// NetworkSimplex; Király and Kovács, "Efficient implementations of minimum-cost flow algorithms", 2012, §3.4), with two changes: it
// begins with the tree of a greedy plan, in which those whom many want have a price already, instead of an artificial one; and it goes
// on entering arcs of a block while good ones are left in it. All numbers are int64 and exact.
//
// Files: flow.go is the problem and the answer; greedy.go the beginning; simplex.go the pricing, the pivot and the answer read off the
// tree; tree.go what a pivot does to the tree; verify.go the proof, which shares no code with the others.
package flow

import (
	"errors"
	"fmt"
	"math"
)

// Free is the most flow of an arc without a limit.
const Free int64 = 1 << 60

var errCost = errors.New("flow: the cost of the plan is beyond int64")

// maxArcs is what the indexes can address.
const maxArcs = math.MaxInt32 - 1

// Network is a problem of least cost. The zero value is empty and ready; New makes room ahead.
type Network struct {
	supply []int64
	arcs   []arc   // cost and ends
	limit  []int64 // most flow, from 0
	least  []int64 // least flow; nil while every arc's is 0
}

// arc is what pricing reads, in one piece of memory.
type arc struct {
	cost     int64
	from, to int32
}

// New is an empty network with room for so many nodes and arcs.
func New(nodes, arcs int) *Network {
	return &Network{supply: make([]int64, 0, nodes), arcs: make([]arc, 0, arcs), limit: make([]int64, 0, arcs)}
}

// Node adds a node that has (or, negative, needs) so much, and gives its number, counted from 0.
func (n *Network) Node(supply int64) int {
	n.supply = append(n.supply, supply)
	return len(n.supply) - 1
}

// Supply changes what a node has or needs.
func (n *Network) Supply(node int, supply int64) { n.supply[node] = supply }

// Arc adds an arc that carries from least to most units at a cost each, and gives its number, counted from 0.
func (n *Network) Arc(from, to int, least, most, cost int64) int {
	n.arcs = append(n.arcs, arc{cost, int32(from), int32(to)})
	n.limit = append(n.limit, most)
	if least != 0 && n.least == nil {
		n.least = make([]int64, len(n.arcs)-1, cap(n.arcs))
	}
	if n.least != nil {
		n.least = append(n.least, least)
	}
	return len(n.arcs) - 1
}

// Limit changes the least and the most that an arc carries.
func (n *Network) Limit(arc int, least, most int64) {
	if least != 0 && n.least == nil {
		n.least = make([]int64, len(n.arcs), cap(n.arcs))
	}
	if n.least != nil {
		n.least[arc] = least
	}
	n.limit[arc] = most
}

// Cost changes what a unit on an arc costs.
func (n *Network) Cost(arc int, cost int64) { n.arcs[arc].cost = cost }

// Ends are the nodes of an arc.
func (n *Network) Ends(arc int) (from, to int) {
	return int(n.arcs[arc].from), int(n.arcs[arc].to)
}

// Nodes is the number of nodes.
func (n *Network) Nodes() int { return len(n.supply) }

// Arcs is the number of arcs.
func (n *Network) Arcs() int { return len(n.arcs) }

func (n *Network) leastOf(arc int) int64 {
	if n.least == nil {
		return 0
	}
	return n.least[arc]
}

// Answer is a cheapest plan with its proof. For every arc, cost + Potential[from] - Potential[to] is at least 0 where more could
// flow, and at most 0 where less could.
type Answer struct {
	Cost      int64
	Flow      []int64 // of each arc
	Potential []int64 // of each node: what one more unit needed there would cost, up to a constant
	Pivots    int     // how often the tree was changed
}

// Infeasible says that no plan exists, and proves it: the nodes of Cut have Short more than the arcs out of them can carry away
// and the arcs into them must bring.
type Infeasible struct {
	Cut   []bool // of each node
	Short int64  // at least so much is too much
	Total int64  // what of all needs stays unmet in a plan that meets as much as can be
}

// Error says how much is short.
func (e *Infeasible) Error() string {
	return fmt.Sprintf("flow: no plan exists: %d units cannot get where they are needed", e.Total)
}

// ErrUnbalanced says that what the nodes have is not what they need.
var ErrUnbalanced = errors.New("flow: supplies do not sum to zero")

// check finds what makes a network meaningless or too large to be exact, and how much the dearest arc costs or brings.
func (n *Network) check() (dearest int64, err error) {
	nodes := len(n.supply)
	if len(n.arcs) > maxArcs || nodes > maxArcs/2 {
		return 0, fmt.Errorf("flow: %d nodes and %d arcs are too many", nodes, len(n.arcs))
	}
	for i := range n.arcs {
		a, most := &n.arcs[i], n.limit[i]
		switch {
		case uint(a.from) >= uint(nodes) || uint(a.to) >= uint(nodes):
			return 0, fmt.Errorf("flow: arc %d ends at a node that is not there", i)
		case n.leastOf(i) > most:
			return 0, fmt.Errorf("flow: arc %d must carry %d and may carry %d", i, n.leastOf(i), most)
		case most > Free || n.leastOf(i) < -Free:
			return 0, fmt.Errorf("flow: the limit of arc %d is too large", i)
		case a.cost == math.MinInt64:
			return 0, fmt.Errorf("flow: the cost of arc %d is too large", i)
		}
		dearest = max(dearest, a.cost, -a.cost)
	}
	if dearest > (1<<61)/int64(nodes+2)-1 {
		return 0, fmt.Errorf("flow: a cost of %d is too large for %d nodes", dearest, nodes)
	}
	sum, all := int64(0), int64(0)
	for i, s := range n.supply {
		if s > Free/4 || s < -Free/4 {
			return 0, fmt.Errorf("flow: the supply of node %d is too large", i)
		}
		sum += s
		if all += max(s, -s); all > Free/2 || sum > Free || sum < -Free {
			return 0, errors.New("flow: supplies are too large")
		}
	}
	if sum != 0 {
		return 0, fmt.Errorf("%w: %d", ErrUnbalanced, sum)
	}
	return dearest, nil
}
