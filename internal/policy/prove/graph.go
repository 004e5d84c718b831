package prove

import (
	"slices"
	"strings"

	"kechuang/internal/policy"
)

// act is one thing that can happen to a machine: one branch of one step or deadline, or a change that an effect of another act
// brings about (choose, move).
type act struct {
	machine  *policy.Machine
	from, to *policy.State
	step     *policy.Step     // nil for deadlines
	deadline *policy.Deadline // nil for steps
	branch   *policy.Branch
	cause    *act          // for what an effect brings about: the act that has the effect
	conds    []policy.Cond // what must hold for it: guards, checks of the filled form, the branch's own condition
	do       []policy.Effect
	while    []bool // parts: by case state, whether it may happen there
	possible bool   // its conditions can hold together
}

func (a *act) name() string {
	if a.step == nil {
		return policy.ClockStep
	}
	return a.step.Name
}

// label is the act as a path shows it: steps of parts carry the part's name.
func (a *act) label() string {
	if a.cause != nil {
		return a.cause.label()
	}
	if a.machine.Name != "" {
		return a.machine.Name + "." + a.name()
	}
	return a.name()
}

// full is the act's name as a rule writes it, "state.step".
func (a *act) full() string { return a.from.Name + "." + a.name() }

func (a *act) pos() policy.Pos {
	if a.step != nil {
		return a.step.Pos
	}
	return a.deadline.Pos
}

func (a *act) by() []string {
	if a.step == nil {
		return nil
	}
	return a.step.By
}

func (a *act) fills() string {
	if a.step == nil {
		return ""
	}
	return a.step.Fill
}

// bits is a set of part states; a mechanism has at most 256 of them, more are refused as not decided.
type bits [4]uint64

func (b *bits) set(i int) {
	if i < maxPartStates {
		b[i/64] |= 1 << (i % 64)
	}
}

func (b bits) has(i int) bool { return i < maxPartStates && b[i/64]&(1<<(i%64)) != 0 }

func (b bits) and(m bits) bits {
	for i := range b {
		b[i] &= m[i]
	}
	return b
}

// world is a mechanism made ready for proofs.
type world struct {
	*logic
	states   map[string]int             // case states by name
	out      [][]*act                   // acts of the case by state
	parts    map[*policy.Machine][]*act // acts of a part, those that effects bring about included
	partBit  map[string]int             // "part.state" → bit
	thingBit map[string]uint64          // things whose presence is remembered
	presence map[*act]presence          // what acts ask of them
	cut      bool                       // an exploration gave up: too many situations
	all      []*act                     // every step and deadline, in the order of the file
}

const maxPartStates = 256

func newWorld(pack *policy.Pack, mech *policy.Mechanism) *world {
	w := &world{logic: &logic{pack: pack, mech: mech}, states: map[string]int{}, parts: map[*policy.Machine][]*act{}, partBit: map[string]int{}}
	for i, s := range mech.Case.States {
		w.states[s.Name] = i
	}
	w.out = make([][]*act, len(mech.Case.States))
	for i, s := range mech.Case.States {
		w.out[i] = w.actsOf(mech.Case, s)
		w.all = append(w.all, w.out[i]...)
	}
	for _, p := range mech.Parts {
		for _, s := range p.States {
			w.partBit[p.Name+"."+s.Name] = len(w.partBit)
			w.parts[p] = append(w.parts[p], w.actsOf(p, s)...)
		}
		w.all = append(w.all, w.parts[p]...)
	}
	for _, a := range slices.Clone(w.all) {
		w.brought(a)
	}
	w.follows()
	return w
}

// actsOf lists what can happen in a state, in the order of the file; branches whose state does not exist are left to typed.
func (w *world) actsOf(m *policy.Machine, s *policy.State) []*act {
	var out []*act
	for _, st := range s.Steps {
		conds := w.stepConds(st)
		for _, b := range st.To {
			if to := m.State(b.State); to != nil {
				out = append(out, w.newAct(&act{machine: m, from: s, to: to, step: st, branch: b, do: st.Do,
					conds: append(slices.Clone(conds), branchConds(st.To, b)...), while: w.whileOf(m, st.While)}))
			}
		}
	}
	if d := s.Deadline; d != nil {
		do := d.Do
		if len(do) > 0 && (d.Every != nil || len(d.To) == 0) { // each time, while it stays
			out = append(out, w.newAct(&act{machine: m, from: s, to: s, deadline: d, branch: &policy.Branch{State: s.Name, Pos: d.Pos}, do: do, while: w.whileOf(m, nil)}))
		}
		if d.Every != nil {
			do = nil
		}
		for _, b := range d.To {
			if to := m.State(b.State); to != nil {
				out = append(out, w.newAct(&act{machine: m, from: s, to: to, deadline: d, branch: b, do: do,
					conds: branchConds(d.To, b), while: w.whileOf(m, nil)}))
			}
		}
	}
	return out
}

func (w *world) newAct(a *act) *act {
	ans, _ := w.sat(a.conds...)
	a.possible = ans != unsat
	return a
}

// stepConds is what must hold for a step whatever branch it takes: its guards, and the checks of the form it fills.
func (w *world) stepConds(st *policy.Step) []policy.Cond {
	conds := guardConds(st.When)
	if f := w.mech.Form(st.Fill); f != nil {
		conds = append(conds, guardConds(f.Checks)...)
	}
	return conds
}

func guardConds(gs []*policy.Guard) []policy.Cond {
	var out []policy.Cond
	for _, g := range gs {
		if c := condOf(g); c != nil {
			out = append(out, c)
		}
	}
	return out
}

func condOf(g *policy.Guard) policy.Cond {
	if g == nil || g.Expr == nil {
		return nil
	}
	return g.Expr.Cond
}

// branchConds is when a branch is taken: its own guard, or none of the others for else.
func branchConds(all []*policy.Branch, b *policy.Branch) []policy.Cond {
	if !b.Else {
		if c := condOf(b.When); c != nil {
			return []policy.Cond{c}
		}
		return nil
	}
	var out []policy.Cond
	for _, o := range all {
		if c := condOf(o.When); o != b && c != nil {
			out = append(out, policy.Not{Of: c})
		}
	}
	return out
}

// whileOf gives the case states in which a part's act may happen; none written means every state that is not an end.
func (w *world) whileOf(m *policy.Machine, names []string) []bool {
	if m.Name == "" {
		return nil
	}
	out := make([]bool, len(w.mech.Case.States))
	for i, s := range w.mech.Case.States {
		out[i] = len(names) == 0 && !s.End || slices.Contains(names, s.Name)
	}
	return out
}

// brought adds to the parts' acts what the effects of an act do to them.
func (w *world) brought(a *act) {
	shift := func(part string, in []string, to string) {
		m := w.mech.Part(part)
		if m == nil || m.State(to) == nil {
			return
		}
		for _, n := range in {
			if from := m.State(n); from != nil {
				w.parts[m] = append(w.parts[m], &act{machine: m, from: from, to: m.State(to), step: a.step, deadline: a.deadline,
					branch: a.branch, cause: a, possible: a.possible})
			}
		}
	}
	for _, e := range a.do {
		switch e := e.(type) {
		case policy.Choose:
			shift(e.Part, e.In, e.Best)
			shift(e.Part, e.In, e.Others)
		case policy.Move:
			shift(e.Part, e.In, e.To)
		}
	}
}

// after gives the part states that can be reached once an act with these effects is done: parts it opens, chooses among and moves.
func (w *world) after(r bits, do []policy.Effect) bits {
	enter := func(part, state string) {
		if i, ok := w.partBit[part+"."+state]; ok {
			r.set(i)
		}
	}
	open := func(part string) {
		if m := w.mech.Part(part); m != nil && len(m.States) > 0 {
			enter(part, m.Initial().Name)
		}
	}
	for _, e := range do {
		switch e := e.(type) {
		case policy.Open:
			if e.Each == "" || w.anyIn(r, e.Each, e.In) {
				open(e.Part)
			}
		case policy.Draw:
			open(e.Part)
		case policy.Choose:
			if w.anyIn(r, e.Part, e.In) {
				enter(e.Part, e.Best)
				enter(e.Part, e.Others)
			}
		case policy.Move:
			if w.anyIn(r, e.Part, e.In) {
				enter(e.Part, e.To)
			}
		}
	}
	return r
}

// anyIn tells whether a part may stand in one of the states; no states means any.
func (w *world) anyIn(r bits, part string, states []string) bool {
	m := w.mech.Part(part)
	if m == nil {
		return false
	}
	for _, s := range m.States {
		if (len(states) == 0 || slices.Contains(states, s.Name)) && r.has(w.partBit[part+"."+s.Name]) {
			return true
		}
	}
	return false
}

// seat finds a seat as an act names it: the part's own first, then those of the parts around it, then the case's.
func (w *world) seat(m *policy.Machine, name string) (seat *policy.Seat, owner *policy.Machine) {
	for ; m != nil && m.Name != ""; m = w.mech.Part(m.Of) {
		for _, s := range m.Seats {
			if s.Name == name {
				return s, m
			}
		}
	}
	if part, own, ok := strings.Cut(name, "."); ok {
		if p := w.mech.Part(part); p != nil {
			return w.seat(p, own)
		}
	}
	return w.mech.Seat(name), nil
}
