package assign

import (
	"kechuang/internal/flow"
)

// model is a problem as a network. Nodes: each expert has its greatest load, each proposal needs its reviews, and what experts do
// not use goes to the rest. Between them, where limits ask for it, stands for each proposal a node a kind, and below that a node a
// unit.
type model struct {
	scale
	p        *Problem
	net      *flow.Network
	rest     int
	gates    []map[gate]int // of each proposal
	relaxed  bool           // a unit's people may be counted apart by kind
	first    int            // the first arc of a pair
	pairs    []Pair         // of the arcs from first
	pinned   map[Pair]bool
	weighing func(Pair) int64 // what a pair is worth; nil: its score
}

// scale says in what a model counts: one review is unit units of flow, a pair may carry most of them, and a unit of worth is grain
// units of score.
type scale struct{ unit, most, grain int64 }

// whole counts reviews.
var whole = scale{1, 1, 1}

// gate is who passes through a node in front of a proposal: a kind's, or a unit's within a kind.
type gate struct{ kind, unit string }

func newModel(p *Problem, in scale) *model {
	m := &model{p: p, scale: in, pinned: map[Pair]bool{}}
	unit := in.unit
	for _, w := range p.Pins {
		m.pinned[w] = true
	}
	m.net = flow.New(len(p.Experts)+len(p.Proposals)+1, len(p.Experts))
	surplus := int64(0)
	for _, x := range p.Experts {
		m.net.Node(int64(x.Most) * unit)
		surplus += int64(x.Most) * unit
	}
	for _, x := range p.Proposals {
		m.net.Node(-int64(x.Needs) * unit)
		surplus -= int64(x.Needs) * unit
	}
	m.rest = m.net.Node(-surplus)
	for e, x := range p.Experts {
		m.net.Arc(e, m.rest, 0, int64(x.Most-x.Least)*unit, 0)
	}
	m.limits()
	m.first = m.net.Arcs()
	return m
}

// limits adds the gates.
func (m *model) limits() {
	p := m.p
	if p.UnitMost == 0 && len(p.Mix) == 0 {
		return
	}
	mix := map[string]Mix{}
	for _, x := range p.Mix {
		mix[x.Kind] = x
	}
	m.gates = make([]map[gate]int, len(p.Proposals))
	kindsOf := map[string]string{}
	for _, x := range p.Experts {
		if k, seen := kindsOf[x.Unit]; seen && x.Unit != "" && k != x.Kind && p.UnitMost > 0 && len(p.Mix) > 0 {
			m.relaxed = true
		}
		kindsOf[x.Unit] = x.Kind
	}
	for q := range p.Proposals {
		gates := map[gate]int{}
		m.gates[q] = gates
		for _, x := range p.Mix {
			gates[gate{kind: x.Kind}] = m.net.Node(0)
			m.net.Arc(gates[gate{kind: x.Kind}], m.proposal(q), int64(x.Least)*m.unit, int64(x.Most)*m.unit, 0)
		}
		for e, x := range p.Experts {
			g := m.gateOf(x)
			if _, there := gates[g]; there || g.unit == "" || !p.Allowed(Pair{e, q}) {
				continue
			}
			above := m.proposal(q)
			if k, there := gates[gate{kind: x.Kind}]; there {
				above = k
			}
			gates[g] = m.net.Node(0)
			m.net.Arc(gates[g], above, 0, int64(p.UnitMost)*m.unit, 0)
		}
	}
}

// gateOf is the innermost gate of an expert; the zero gate leads straight to the proposal.
func (m *model) gateOf(x Expert) gate {
	var g gate
	for _, k := range m.p.Mix {
		if k.Kind == x.Kind {
			g.kind = x.Kind
		}
	}
	if m.p.UnitMost > 0 {
		g.unit = x.Unit
	}
	return g
}

func (m *model) proposal(q int) int { return len(m.p.Experts) + q }

// enters is the node to which a pair's arc leads.
func (m *model) enters(w Pair) int {
	if m.gates != nil {
		if n, there := m.gates[w.Proposal][m.gateOf(m.p.Experts[w.Expert])]; there {
			return n
		}
	}
	return m.proposal(w.Proposal)
}

func (m *model) worth(w Pair) int64 {
	if m.weighing != nil {
		return m.weighing(w)
	}
	return int64(m.p.Score(w)) / m.grain
}

// add makes the arc of a pair.
func (m *model) add(w Pair) {
	least := int64(0)
	if m.pinned[w] {
		least = m.most
	}
	m.net.Arc(w.Expert, m.enters(w), least, m.most, -m.worth(w))
	m.pairs = append(m.pairs, w)
}

// everyone adds every pair that may be.
func (m *model) everyone() {
	for q := range m.p.Proposals {
		for e := range m.p.Experts {
			if w := (Pair{e, q}); m.p.Allowed(w) {
				m.add(w)
			}
		}
	}
}

// chosen are the pairs that carry anything, and how much.
func (m *model) chosen(a *flow.Answer) (pairs []Pair, much []int64) {
	for i, w := range m.pairs {
		if f := a.Flow[m.first+i]; f > 0 {
			pairs, much = append(pairs, w), append(much, f)
		}
	}
	return pairs, much
}

// bound is what no plan can be worth more than, by these potentials: weak duality, summed over every pair that may be, whether or
// not the network has an arc for it. It is called with a network without pairs too.
func (m *model) bound(potential []int64) (int64, bool) {
	frame := m.frame()
	least, ok := frame.Bound(potential)
	if !ok {
		return 0, false
	}
	var bound flow.Sum
	bound.Add(-1, least)
	for q := range m.p.Proposals {
		for e := range m.p.Experts {
			w := Pair{e, q}
			if !m.p.Allowed(w) {
				continue
			}
			if gain := m.worth(w) - potential[e] + potential[m.enters(w)]; gain > 0 || m.pinned[w] {
				bound.Add(gain, m.most)
			}
		}
	}
	return bound.Int64()
}

// frame is the network without the arcs of pairs.
func (m *model) frame() *flow.Network {
	if m.net.Arcs() == m.first {
		return m.net
	}
	return newModel(m.p, m.scale).net
}

// missing are the pairs without an arc that would pay by these potentials, at most so many a proposal, the best first.
func (m *model) missing(potential []int64, has func(Pair) bool, most int) []Pair {
	var found []Pair
	for q := range m.p.Proposals {
		best := make([]gainPair, 0, most+1)
		for i := range m.p.Experts {
			w := Pair{(i + q) % len(m.p.Experts), q} // where scores tie, not the same experts for every proposal
			if !m.p.Allowed(w) {
				continue
			}
			if gain := m.worth(w) - potential[w.Expert] + potential[m.proposal(q)]; gain > 0 && !has(w) {
				best = insert(best, gainPair{gain, w}, most)
			}
		}
		for _, b := range best {
			found = append(found, b.pair)
		}
	}
	return found
}

type gainPair struct {
	gain int64
	pair Pair
}

// insert keeps the best few in order.
func insert(best []gainPair, x gainPair, most int) []gainPair {
	if len(best) == most && best[most-1].gain >= x.gain {
		return best
	}
	best = append(best, x)
	for i := len(best) - 1; i > 0 && best[i-1].gain < best[i].gain; i-- {
		best[i-1], best[i] = best[i], best[i-1]
	}
	return best[:min(len(best), most)]
}
