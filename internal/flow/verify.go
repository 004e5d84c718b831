package flow

import (
	"fmt"
	"math/bits"
)

// Verify checks an answer from nothing but the network: that the plan keeps every limit and meets every supply, that it costs what
// is said, and that the potentials prove it cheapest. It shares no code with Solve.
//
// Why the potentials prove it: by the constraints, the cost of any plan is the sum over arcs of reduced cost × flow plus a sum of
// supplies × potentials, which is the same for every plan; and each arc stands at the limit that its reduced cost asks for.
func (n *Network) Verify(a *Answer) error {
	if len(a.Flow) != len(n.arcs) || len(a.Potential) != len(n.supply) {
		return fmt.Errorf("flow: the answer has %d flows and %d potentials for %d arcs and %d nodes", len(a.Flow), len(a.Potential), len(n.arcs), len(n.supply))
	}
	left := append([]int64(nil), n.supply...)
	cost := int64(0)
	for i, e := range n.arcs {
		f := a.Flow[i]
		if f < n.leastOf(i) || f > n.limit[i] {
			return fmt.Errorf("flow: arc %d carries %d, outside %d to %d", i, f, n.leastOf(i), n.limit[i])
		}
		left[e.from] -= f
		left[e.to] += f
		c, fits := product(e.cost, f)
		if !fits {
			return fmt.Errorf("flow: the cost of arc %d is beyond int64", i)
		}
		cost += c
		switch r := e.cost + a.Potential[e.from] - a.Potential[e.to]; {
		case r < 0 && f < n.limit[i]:
			return fmt.Errorf("flow: more on arc %d would be cheaper by %d a unit", i, -r)
		case r > 0 && f > n.leastOf(i):
			return fmt.Errorf("flow: less on arc %d would be cheaper by %d a unit", i, r)
		}
	}
	for v, l := range left {
		if l != 0 {
			return fmt.Errorf("flow: node %d is left with %d", v, l)
		}
	}
	if cost != a.Cost {
		return fmt.Errorf("flow: the plan costs %d, the answer says %d", cost, a.Cost)
	}
	return nil
}

// Bound is what no plan can cost less than, whatever the potentials are (weak duality); with those of an answer it is its cost.
// An arc without a limit may not have a negative reduced cost: then the potentials bound nothing, and ok is false.
func (n *Network) Bound(potential []int64) (bound int64, ok bool) {
	for v, s := range n.supply {
		bound -= s * potential[v]
	}
	for i, e := range n.arcs {
		switch r := e.cost + potential[e.from] - potential[e.to]; {
		case r < 0 && n.limit[i] >= Free:
			return 0, false
		case r < 0:
			bound += r * n.limit[i]
		default:
			bound += r * n.leastOf(i)
		}
	}
	return bound, true
}

// VerifyCut checks a proof that no plan exists: what the nodes of the cut have, with all that must flow in and as much as may flow
// out, leaves Short units with nowhere to go.
func (n *Network) VerifyCut(e *Infeasible) error {
	if len(e.Cut) != len(n.supply) {
		return fmt.Errorf("flow: the cut is of %d nodes, the network has %d", len(e.Cut), len(n.supply))
	}
	have, out := int64(0), int64(0)
	for v, s := range n.supply {
		if e.Cut[v] {
			have += s
		}
	}
	for i, a := range n.arcs {
		switch {
		case e.Cut[a.from] && !e.Cut[a.to]:
			if n.limit[i] >= Free {
				return fmt.Errorf("flow: arc %d leads out of the cut without a limit", i)
			}
			out += n.limit[i]
		case !e.Cut[a.from] && e.Cut[a.to]:
			out -= n.leastOf(i)
		}
	}
	if have-out != e.Short || e.Short <= 0 {
		return fmt.Errorf("flow: the cut has %d and may lose %d: short %d, not %d", have, out, have-out, e.Short)
	}
	return nil
}

// product multiplies and tells whether the result fits with room to sum.
func product(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	return a * b, hi == 0 && lo < 1<<62
}
