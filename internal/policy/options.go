package policy

import (
	"errors"
	"slices"
	"strings"

	"kechuang/internal/refusal"
)

// Who is somebody who looks at a case.
type Who struct {
	Account string
	Holds   func(Holder) bool // whether the account may act as this holder
	Parties []Holder          // for whom it may start parts
}

// Options is everything that somebody could do on a case now, each with the reasons that stand against it as far as they are
// known before the form is filled. Steps of seats that they do not hold are not listed. The order is that of the records and of the file.
func Options(s *Snapshot, who Who) []Option {
	now := s.Mechanism.Case.State(s.Case.State)
	if now == nil || now.End || who.Holds == nil {
		return nil
	}
	var out []Option
	for _, rec := range append([]*Record{s.Case}, s.Parts...) {
		machine := s.Mechanism.Machine(rec.Part)
		if machine == nil {
			continue
		}
		st := machine.State(rec.State)
		if st == nil || st.End {
			continue
		}
		for _, step := range st.Steps {
			for _, by := range step.By {
				if h, ok := firstHeld(s.Holders(rec, by), who.Holds); ok {
					out = append(out, s.option(rec, machine, st, step, by, h, who))
				}
			}
		}
	}
	for _, p := range s.Mechanism.Parts {
		out = append(out, s.startOptions(p, who)...)
	}
	return out
}

func firstHeld(list []Holder, holds func(Holder) bool) (Holder, bool) {
	for _, h := range list {
		if holds(h) {
			return h, true
		}
	}
	return Holder{}, false
}

func (s *Snapshot) option(rec *Record, machine *Machine, st *State, step *Step, seat string, h Holder, who Who) Option {
	o := Option{Record: rec.ID, Part: rec.Part, Step: step, Seat: seat, Holder: h, Form: s.Mechanism.Form(step.Fill)}
	in := Intent{Record: rec.ID, Step: step.Name, Seat: seat, Holder: h, Account: who.Account}
	r, err := newRun(s, in)
	if err != nil {
		o.Refused = []error{err}
		return o
	}
	note := func(err error) {
		if err != nil {
			for _, no := range refusal.Of(err) {
				o.Refused = append(o.Refused, no)
			}
		}
	}
	note(r.whileOpen(machine, step))
	note(separated(s, who.Account, seat, st, step, rec))
	if step.All && rec.Joint != nil && rec.Joint.Step == step.Name && slices.Contains(rec.Signed, seat) {
		_, err := r.sign(rec, step, rec.Joint.Values)
		note(err)
	}
	s.before(rec, step, note)
	o.Tells, _ = step.tells.say(&Scope{Snapshot: s, Record: rec})
	return o
}

// before notes the guards that fail already, whatever the form will say.
func (s *Snapshot) before(rec *Record, step *Step, note func(error)) {
	sc := &Scope{Snapshot: s, Record: rec}
	for _, g := range step.When {
		if slices.ContainsFunc(g.Expr.Refs, func(f Ref) bool { return s.filledBy(step, f.Path) }) {
			continue
		}
		no, err := g.refused(sc, step.Name)
		if no != nil && !errors.Is(err, errNotAsked) {
			note(no)
		}
	}
}

// filledBy tells whether what a guard reads is said by the step's own form: a field of it, or a thing or seat that the form chooses.
func (s *Snapshot) filledBy(step *Step, path string) bool {
	if step.Fill == "" {
		return false
	}
	form := step.Fill + "."
	root, _, _ := strings.Cut(path, ".")
	thing, seat := s.Mechanism.Thing(root), s.Mechanism.Seat(root)
	return strings.HasPrefix(path, form) || thing != nil && strings.HasPrefix(thing.From, form) || seat != nil && strings.HasPrefix(seat.From, form)
}

// startOptions is the parts that somebody could start: the steps of the first state that fill a form, or else all of them.
func (s *Snapshot) startOptions(p *Machine, who Who) []Option {
	if p.Starts == nil || !slices.Contains(p.Starts.While, s.Case.State) {
		return nil
	}
	parents := []string{""}
	if p.Of != "" {
		parents = nil
		for _, rec := range s.Parts {
			if st := s.Mechanism.Part(p.Of).State(rec.State); rec.Part == p.Of && st != nil && !st.End {
				parents = append(parents, rec.ID)
			}
		}
	}
	var steps []*Step
	for _, filling := range []bool{true, false} {
		for _, step := range p.Initial().Steps {
			if slices.Contains(step.By, p.Starts.By) && (step.Fill != "") == filling {
				steps = append(steps, step)
			}
		}
		if len(steps) > 0 {
			break
		}
	}
	var out []Option
	for _, h := range who.Parties {
		for _, parent := range parents {
			err := mayStart(s, p, Intent{Part: p.Name, Parent: parent, Holder: h})
			if err != nil && refusal.Of(err) != nil {
				continue // a party that cannot start one is not told about each of them
			}
			for _, step := range steps {
				o := Option{Part: p.Name, Parent: parent, Step: step, Seat: p.Starts.By, Holder: h, Form: s.Mechanism.Form(step.Fill)}
				o.Tells, _ = step.tells.say(&Scope{Snapshot: s})
				out = append(out, o)
			}
		}
	}
	return out
}
