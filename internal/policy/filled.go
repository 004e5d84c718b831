package policy

import (
	"maps"
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// formSet is the forms that have certainly been filled.
type formSet map[string]bool

func (s formSet) with(names ...string) formSet {
	out := maps.Clone(s)
	if out == nil {
		out = formSet{}
	}
	for _, n := range names {
		if n != "" {
			out[n] = true
		}
	}
	return out
}

// meet is what two paths have in common; nil stands for a place that no path has reached yet.
func meet(a, b formSet) formSet {
	if a == nil {
		return maps.Clone(b)
	}
	for n := range a {
		if !b[n] {
			delete(a, n)
		}
	}
	return a
}

// checkFilled finds forms that may be read on a path on which nobody has filled them: the forms certain in a state are those of
// every way into it, found by iteration to the greatest fixed point. Parts begin with what is certain wherever they can begin.
func (ml *mechLoader) checkFilled() {
	m := ml.m
	certain := map[*Machine]map[string]formSet{m.Case: ml.certain(m.Case, formSet{})}
	order := slices.Clone(m.Parts)
	slices.SortStableFunc(order, func(a, b *Machine) int { return ml.depth(a) - ml.depth(b) })
	for _, p := range order {
		certain[p] = ml.certain(p, ml.atStart(p, certain))
	}
	for _, x := range append([]*Machine{m.Case}, m.Parts...) {
		for _, s := range x.States {
			have, reached := certain[x][s.Name]
			if !reached {
				continue // unreachable: the proof sound says so
			}
			for _, st := range s.Steps {
				ml.checkStepReads(x, s, st, ml.during(x, st.While, have, certain).with(st.Fill))
			}
			if d := s.Deadline; d != nil {
				ml.checkDeadlineReads(s, d, have)
			}
		}
	}
}

func (ml *mechLoader) depth(p *Machine) int {
	n := 0
	for q := ml.m.Part(p.Of); q != nil && n < 8; q = ml.m.Part(q.Of) {
		n++
	}
	return n
}

// certain is the forms filled on every path into each state.
func (ml *mechLoader) certain(x *Machine, start formSet) map[string]formSet {
	in := map[string]formSet{x.Initial().Name: start}
	for changed := true; changed; {
		changed = false
		flow := func(to string, have formSet) {
			if x.State(to) == nil {
				return
			}
			before := len(in[to])
			_, known := in[to]
			in[to] = meet(in[to], have)
			changed = changed || !known || len(in[to]) != before
		}
		for _, s := range x.States {
			have, ok := in[s.Name]
			if !ok {
				continue
			}
			for _, st := range s.Steps {
				for _, b := range st.To {
					flow(b.State, have.with(st.Fill).with(made(st.Do)...))
				}
			}
			if s.Deadline != nil {
				for _, b := range s.Deadline.To {
					flow(b.State, have.with(made(s.Deadline.Do)...))
				}
			}
		}
		ml.sideways(x, in, flow)
	}
	return in
}

// sideways follows the moves of parts that other steps make: choose and move.
func (ml *mechLoader) sideways(x *Machine, in map[string]formSet, flow func(string, formSet)) {
	if x == ml.m.Case {
		return
	}
	ml.m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
		switch e := e.(type) {
		case Choose:
			for _, from := range e.In {
				if have, ok := in[from]; ok && e.Part == x.Name {
					flow(e.Best, have.with())
					flow(e.Others, have.with())
				}
			}
		case Move:
			for _, from := range e.In {
				if have, ok := in[from]; ok && e.Part == x.Name {
					flow(e.To, have.with())
				}
			}
		}
	})
}

func made(do []Effect) (out []string) {
	for _, e := range do {
		if _, ok := e.(Choose); ok {
			out = append(out, Ranking)
		}
		if s, ok := e.(Spoken); ok && s.Makes() != "" {
			out = append(out, s.Makes())
		}
	}
	return out
}

// atStart is what is certain when a part begins: what is common to all places from which it can.
func (ml *mechLoader) atStart(p *Machine, certain map[*Machine]map[string]formSet) formSet {
	var out formSet
	base := func(have formSet) { out = meet(out, have.with()) }
	if p.Starts != nil {
		for _, w := range p.Starts.While {
			if have, ok := certain[ml.m.Case][w]; ok {
				base(have)
			}
		}
	}
	ml.m.EachEffect(func(x *Machine, s *State, st *Step, e Effect) {
		opens := ""
		switch e := e.(type) {
		case Open:
			opens = e.Part
		case Draw:
			opens = e.Part
		}
		if opens != p.Name {
			return
		}
		have := certain[x][s.Name]
		if st != nil {
			have = have.with(st.Fill)
		}
		base(have)
	})
	if out == nil {
		out = formSet{}
	}
	if p.Row != nil {
		out[p.Row.Name] = true
	}
	return out
}

// during adds what the case has certainly filled in the states in which a part's step may be done.
func (ml *mechLoader) during(x *Machine, while []string, have formSet, certain map[*Machine]map[string]formSet) formSet {
	if x == ml.m.Case || len(while) == 0 {
		return have.with()
	}
	var out formSet
	for _, w := range while {
		if c, ok := certain[ml.m.Case][w]; ok {
			out = meet(out, c.with())
		}
	}
	return have.with(keys(out)...)
}

func (ml *mechLoader) checkStepReads(x *Machine, s *State, st *Step, have formSet) {
	for _, g := range st.When {
		ml.needs(g.reads(), have, g.Pos, s.Name)
	}
	if f := ml.m.Form(st.Fill); f != nil {
		for _, g := range f.Checks {
			ml.needs(g.reads(), have, g.Pos, s.Name)
		}
	}
	ml.needsIn(st.To, st.Do, have, s.Name)
}

func (ml *mechLoader) checkDeadlineReads(s *State, d *Deadline, have formSet) {
	if form, _, ok := strings.Cut(d.At+d.Until, "."); ok {
		ml.needs([]string{form}, have, d.Pos, s.Name)
	}
	ml.needsIn(d.To, d.Do, have, s.Name)
}

func (ml *mechLoader) needsIn(to []*Branch, do []Effect, have formSet, state string) {
	for _, b := range to {
		if b.When != nil {
			ml.needs(b.When.reads(), have, b.When.Pos, state)
		}
	}
	for _, e := range do {
		for _, x := range exprsOf(e) {
			ml.needs(x.reads, have, x.Pos, state)
		}
		if s, ok := e.(Spoken); ok {
			for _, path := range s.Paths() {
				form, _ := cutPath(path)
				ml.needsForm(form, have, s.Where(), state)
			}
			for _, t := range s.About() {
				ml.needsThing(t, have, s.Where(), state)
			}
			have = have.with(s.Makes())
		}
		switch e := e.(type) {
		case Open:
			if form, _, ok := strings.Cut(e.Rows, "."); ok {
				ml.needs([]string{form}, have, e.Pos, state)
			}
			if e.Pairs != nil {
				form, _ := cutPath(e.Pairs.Rows)
				ml.needs([]string{form}, have, e.Pos, state)
			}
		case Draw:
			if form, _, ok := strings.Cut(e.Named, "."); ok {
				ml.needs([]string{form}, have, e.Pos, state)
			}
		case Amend:
			ml.needs([]string{e.Form, e.With}, have, e.Pos, state)
		case Enter:
			ml.needsForm(e.Form, have, e.Pos, state)
		case Update:
			ml.needsForm(e.Form, have, e.Pos, state)
			ml.needsThing(e.Thing, have, e.Pos, state)
		case Retire:
			ml.needsThing(e.Thing, have, e.Pos, state)
		case Choose:
			have = have.with(Ranking)
		case SeatHolder:
			ml.needsThing(e.Thing, have, e.Pos, state)
			if form, _, ok := strings.Cut(e.From, "."); ok && ml.m.Form(form) != nil {
				ml.needs([]string{form}, have, e.Pos, state)
			}
		case Freeze:
			for _, c := range e.Content {
				form, _, _ := strings.Cut(c, ".")
				ml.needs([]string{form}, have, e.Pos, state)
			}
		}
	}
}

func (ml *mechLoader) needs(forms []string, have formSet, at Pos, state string) {
	for _, f := range forms {
		if !have[f] {
			ml.finding(at, "unfilled", lang.T("在“"+state+"”读到表单“"+f+"”，而它可能还没有填写", "in “"+state+"” the form “"+f+"” is read, but may not have been filled"),
				lang.T("让每条到这里的路都先填它，或先用 has("+f+") 判断", "let every way here fill it first, or ask has("+f+") first"))
		}
	}
}

func (ml *mechLoader) needsForm(form string, have formSet, at Pos, state string) {
	if form != "" && ml.m.Form(form) != nil {
		ml.needs([]string{form}, have, at, state)
	}
}

// needsThing asks for the form that chooses a thing.
func (ml *mechLoader) needsThing(name string, have formSet, at Pos, state string) {
	if t := ml.m.Thing(name); t != nil && t.From != "" {
		form, _ := cutPath(t.From)
		ml.needsForm(form, have, at, state)
	}
}

// reads is the forms that a guard's condition must find filled; its sentences are said with “…” where they cannot.
func (g *Guard) reads() []string {
	if g == nil || g.Expr == nil {
		return nil
	}
	return g.Expr.reads
}

// exprsOf is the expressions of an effect that are evaluated in the record that acts.
func exprsOf(e Effect) []*Expr {
	var out []*Expr
	add := func(list ...*Expr) {
		for _, x := range list {
			if x != nil {
				out = append(out, x)
			}
		}
	}
	switch e := e.(type) {
	case Spoken:
		add(e.Reads()...)
	case Hold:
		add(e.Amount)
	case Pay:
		add(e.Amount)
	case Claim:
		add(e.Amount)
		add(e.Interest)
	case Collect:
		add(e.Amount)
	case Open:
		if e.Pairs != nil {
			add(e.Pairs.Least)
		}
	case Draw:
		add(e.Reads()...)
	case Choose:
		add(e.Count)
	case NoteFact:
		add(e.Amount)
		add(e.On)
		for _, k := range keys(e.Dims) {
			add(e.Dims[k])
		}
	case Enter:
		for _, k := range keys(e.Set.Fields) {
			add(e.Set.Fields[k])
		}
	case Update:
		for _, k := range keys(e.Set.Fields) {
			add(e.Set.Fields[k])
		}
	case Start:
		for _, form := range keys(e.Fill) {
			for _, k := range keys(e.Fill[form]) {
				add(e.Fill[form][k])
			}
		}
	}
	return out
}
