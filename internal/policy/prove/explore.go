package prove

import (
	"slices"

	"kechuang/internal/policy"
)

// node is one abstract situation: where the case stands, what the proof at hand remembers, and which part states some part may
// have reached, and which things are there. Parts are many, so what one of them can do stays possible: the abstraction only ever allows
// more than the engine.
type node struct {
	state  int
	memo   uint64
	parts  bits
	things uint64
}

// visit is how a situation was first reached.
type visit struct {
	node
	parent int
	by     *act
}

// edge is one act from a situation to the next.
type edge struct {
	to int
	by *act
}

// walk explores every situation, nearest first, so that the first way found to anything is a shortest one.
type walk struct {
	w       *world
	visits  []visit
	seen    map[node]int
	edges   [][]edge // by visit: where each act leads
	matters []*act   // acts of parts that the proof follows one by one; all others happen silently as soon as they can
	mask    bits
}

const maxVisits = 50_000

// explore runs over all situations from the given memory. For every act that may happen in one, on says what the proof remembers
// afterwards, or that the act cannot be. Only part acts for which matters holds are followed one by one.
func (w *world) explore(memo uint64, matters func(*act) bool, on func(x *walk, at int, a *act) (uint64, bool)) *walk {
	x := &walk{w: w, seen: map[node]int{}}
	for _, p := range w.mech.Parts {
		for _, a := range w.parts[p] {
			if a.cause == nil && a.possible && matters != nil && matters(a) {
				x.matters = append(x.matters, a)
				x.follow(p)
			}
		}
	}
	if matters == nil {
		for i := range x.mask {
			x.mask[i] = ^uint64(0)
		}
	}
	x.push(node{memo: memo}, -1, nil)
	for i := 0; i < len(x.visits); i++ {
		if len(x.visits) > maxVisits {
			w.cut = true
			break
		}
		at := x.visits[i].node
		if w.mech.Case.States[at.state].End {
			continue
		}
		for _, a := range w.out[at.state] {
			if !a.possible || !w.admits(at.things, a) {
				continue
			}
			if m, ok := on(x, i, a); ok {
				n := x.push(node{w.states[a.to.Name], m, w.after(at.parts, a.do).and(x.mask), w.with(at.things, a.do)}, i, a)
				x.edges[i] = append(x.edges[i], edge{n, a})
			}
		}
		for _, a := range x.matters {
			if !x.enabled(at, a) {
				continue
			}
			if m, ok := on(x, i, a); ok {
				n := x.push(node{at.state, m, x.fire(at.parts, a), at.things}, i, a)
				x.edges[i] = append(x.edges[i], edge{n, a})
			}
		}
	}
	return x
}

// follow keeps the states of a part, of the parts around it, and of those whose acts open it.
func (x *walk) follow(p *policy.Machine) {
	if p == nil || p.Name == "" || len(p.States) == 0 || x.mask.has(x.w.partBit[p.Name+"."+p.Initial().Name]) {
		return
	}
	for _, s := range p.States {
		x.mask.set(x.w.partBit[p.Name+"."+s.Name])
	}
	x.follow(x.w.mech.Part(p.Of))
	for _, q := range x.w.mech.Parts {
		for _, a := range x.w.parts[q] {
			if q != p && a.cause == nil && opens(a.do, p.Name) {
				x.follow(q)
			}
		}
	}
}

func opens(do []policy.Effect, part string) bool {
	for _, e := range do {
		switch e := e.(type) {
		case policy.Open:
			if e.Part == part {
				return true
			}
		case policy.Draw:
			if e.Part == part {
				return true
			}
		}
	}
	return false
}

func (x *walk) push(n node, parent int, by *act) int {
	n.parts = x.settle(n)
	if i, ok := x.seen[n]; ok {
		return i
	}
	x.seen[n] = len(x.visits)
	x.visits = append(x.visits, visit{n, parent, by})
	x.edges = append(x.edges, nil)
	return len(x.visits) - 1
}

func (x *walk) enabled(n node, a *act) bool {
	return a.possible && x.w.admits(n.things, a) && a.while[n.state] && n.parts.has(x.w.partBit[a.machine.Name+"."+a.from.Name])
}

func (x *walk) fire(r bits, a *act) bits {
	r.set(x.w.partBit[a.machine.Name+"."+a.to.Name])
	return x.w.after(r, a.do).and(x.mask)
}

// settle lets everything happen in the parts that the proof does not follow, until nothing new can.
func (x *walk) settle(n node) bits {
	if x.mask == (bits{}) || x.w.mech.Case.States[n.state].End {
		return n.parts
	}
	for {
		before := n.parts
		for _, p := range x.w.mech.Parts {
			if st := p.Starts; st != nil && st.By != "" && (len(st.While) == 0 || slices.Contains(st.While, x.w.mech.Case.States[n.state].Name)) &&
				(p.Of == "" || x.w.anyIn(n.parts, p.Of, nil)) {
				n.parts.set(x.w.partBit[p.Name+"."+p.Initial().Name])
			}
			for _, a := range x.w.parts[p] {
				if a.cause == nil && x.enabled(n, a) && !slices.Contains(x.matters, a) {
					n.parts = x.fire(n.parts, a)
				}
			}
		}
		n.parts = n.parts.and(x.mask)
		if n.parts == before {
			return n.parts
		}
	}
}

// path is the way to a visit and, with a, one act further: "draft", "─submit→", "submitted".
func (x *walk) path(at int, a *act) []string {
	var out []string
	for i := at; i >= 0; i = x.visits[i].parent {
		out = append(out, x.w.mech.Case.States[x.visits[i].state].Name)
		if by := x.visits[i].by; by != nil {
			out = append(out, arrow(by))
		}
	}
	slices.Reverse(out)
	if a != nil {
		to := a.to.Name
		if a.machine.Name != "" {
			to = x.w.mech.Case.States[x.visits[at].state].Name
		}
		out = append(out, arrow(a), to)
	}
	return out
}

func arrow(a *act) string { return "─" + a.label() + "→" }

// route is the shortest way inside one machine, by its own acts, from where it begins to the state; nil if there is none.
func (w *world) route(m *policy.Machine, to string) []string {
	acts := w.parts[m]
	if m.Name == "" {
		acts = slices.Concat(w.out...)
	}
	type hop struct {
		state  *policy.State
		parent int
		by     *act
	}
	if len(m.States) == 0 {
		return nil
	}
	hops, seen := []hop{{m.Initial(), -1, nil}}, map[*policy.State]bool{m.Initial(): true}
	for i := 0; i < len(hops); i++ {
		if hops[i].state.Name == to {
			var out []string
			for ; i >= 0; i = hops[i].parent {
				out = append(out, hops[i].state.Name)
				if hops[i].by != nil {
					out = append(out, arrow(hops[i].by))
				}
			}
			slices.Reverse(out)
			return out
		}
		for _, a := range acts {
			if a.from == hops[i].state && a.possible && !seen[a.to] {
				seen[a.to] = true
				hops = append(hops, hop{a.to, i, a})
			}
		}
	}
	return nil
}
