package flow

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
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
	if !small(a.Potential) {
		return errors.New("flow: a potential is too large to prove anything")
	}
	left := append([]int64(nil), n.supply...)
	var cost Sum
	for i, e := range n.arcs {
		f := a.Flow[i]
		if f < n.leastOf(i) || f > n.limit[i] {
			return fmt.Errorf("flow: arc %d carries %d, outside %d to %d", i, f, n.leastOf(i), n.limit[i])
		}
		left[e.from] -= f
		left[e.to] += f
		cost.Add(e.cost, f)
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
	if c, fits := cost.Int64(); !fits || c != a.Cost {
		return fmt.Errorf("flow: the plan costs %d, the answer says %d", c, a.Cost)
	}
	return nil
}

// Bound is what no plan can cost less than, whatever the potentials are (weak duality); with those of an answer it is its cost.
// An arc without a limit may not have a negative reduced cost: then the potentials bound nothing, and ok is false. Sums are exact, whatever
// numbers somebody puts in.
func (n *Network) Bound(potential []int64) (bound int64, ok bool) {
	if len(potential) != len(n.supply) || !small(potential) {
		return 0, false
	}
	var sum Sum
	for v, s := range n.supply {
		sum.Add(-s, potential[v])
	}
	for i, e := range n.arcs {
		switch r := e.cost + potential[e.from] - potential[e.to]; {
		case r < 0 && n.limit[i] >= Free:
			return 0, false
		case r < 0:
			sum.Add(r, n.limit[i])
		default:
			sum.Add(r, n.leastOf(i))
		}
	}
	return sum.Int64()
}

// small tells whether differences of potentials, and a cost with them, fit in an int64.
func small(potential []int64) bool {
	const most = 1 << 61
	return !slices.ContainsFunc(potential, func(p int64) bool { return p > most || p < -most })
}

// VerifyCut checks a proof that no plan exists: what the nodes of the cut have, with all that must flow in and as much as may flow
// out, leaves Short units with nowhere to go.
func (n *Network) VerifyCut(e *Infeasible) error {
	if len(e.Cut) != len(n.supply) {
		return fmt.Errorf("flow: the cut is of %d nodes, the network has %d", len(e.Cut), len(n.supply))
	}
	var short Sum
	for v, s := range n.supply {
		if e.Cut[v] {
			short.Add(s, 1)
		}
	}
	for i, a := range n.arcs {
		switch {
		case e.Cut[a.from] && !e.Cut[a.to]:
			if n.limit[i] >= Free {
				return fmt.Errorf("flow: arc %d leads out of the cut without a limit", i)
			}
			short.Add(-n.limit[i], 1)
		case !e.Cut[a.from] && e.Cut[a.to]:
			short.Add(n.leastOf(i), 1)
		}
	}
	if s, fits := short.Int64(); !fits || s != e.Short || s <= 0 {
		return fmt.Errorf("flow: what the cut has and what may leave it differ by %d, not %d", s, e.Short)
	}
	return nil
}

// Sum adds products of int64 in 128 bits, and knows when even these were not enough. The zero value is 0.
type Sum struct {
	high int64
	low  uint64
	lost bool
}

// Add adds a × b.
func (s *Sum) Add(a, b int64) {
	high, low := bits.Mul64(uint64(a), uint64(b))
	high -= uint64(a>>63)&uint64(b) + uint64(b>>63)&uint64(a) // of signed numbers
	low, carry := bits.Add64(s.low, low, 0)
	sum := s.high + int64(high) + int64(carry)
	s.lost = s.lost || (s.high < 0) == (int64(high) < 0) && (sum < 0) != (s.high < 0)
	s.high, s.low = sum, low
}

// Int64 is the sum, if it fits.
func (s *Sum) Int64() (sum int64, fits bool) {
	return int64(s.low), !s.lost && s.high == int64(s.low)>>63
}
