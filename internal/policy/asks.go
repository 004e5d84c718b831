package policy

import (
	"slices"
)

// Asks is what casework must look up of the parties before Decide is asked about this step: the attributes in its guards, its form's
// checks, its branches, effects and sentences, and whether those whom it seats are related to those they must be apart from. Sorted.
func (m *Mechanism) Asks(step *Step) []Ask {
	var out asks
	if step == nil {
		return nil
	}
	for _, g := range step.When {
		out.guard(g)
	}
	if f := m.Form(step.Fill); f != nil {
		for _, g := range f.Checks {
			out.guard(g)
		}
	}
	for _, s := range m.seatsFrom(step.Fill) {
		out.seat(s, s.From)
	}
	out.sentence(step.tells)
	for _, b := range step.To {
		out.guard(b.When)
	}
	m.effectAsks(&out, step.Do)
	return out.sorted()
}

// AsksStart is what must be looked up before a part is started: about the party that takes its seat, known as that seat.
func (m *Mechanism) AsksStart(part string) []Ask {
	p := m.Part(part)
	if p == nil || p.Starts == nil {
		return nil
	}
	var out asks
	out.seat(p.Seat(p.Starts.By), p.Starts.By)
	return out.sorted()
}

// AsksDeadline is what must be looked up before a deadline is taken.
func (m *Mechanism) AsksDeadline(d *Deadline) []Ask {
	var out asks
	if d != nil {
		for _, b := range d.To {
			out.guard(b.When)
		}
		m.effectAsks(&out, d.Do)
	}
	return out.sorted()
}

type asks []Ask

func (a *asks) guard(g *Guard) {
	if g == nil || g.Expr == nil {
		return
	}
	*a = append(*a, g.Expr.asks...)
	a.sentence(g.because)
	a.sentence(g.way)
}

func (a *asks) sentence(s *sentence) {
	if s == nil {
		return
	}
	for _, p := range append(slices.Clone(s.zh), s.en...) {
		if p.expr != nil {
			*a = append(*a, p.expr.asks...)
		}
	}
}

// seat asks about whoever is to take a seat, under the name by which the act knows them.
func (a *asks) seat(s *Seat, subject string) {
	if s == nil {
		return
	}
	for _, other := range s.ApartFrom {
		*a = append(*a, Ask{Seat: subject, Attribute: RelatedTo, Other: other})
	}
	if s.asksKind() {
		*a = append(*a, Ask{Seat: subject, Attribute: "kind"})
	}
}

func (m *Mechanism) effectAsks(a *asks, do []Effect) {
	for _, e := range do {
		for _, x := range exprsOf(e) {
			*a = append(*a, x.asks...)
		}
		switch e := e.(type) {
		case SeatHolder:
			if e.Thing != "" {
				_, field := cutPath(e.From)
				*a = append(*a, Ask{Thing: e.Thing, Attribute: field, Type: PartyType})
			}
			a.seat(m.Seat(e.Seat), e.From)
		case Amend:
			for _, s := range m.seatsFrom(e.Form) {
				_, field := cutPath(s.From)
				a.seat(s, e.With+"."+field)
			}
		case Notify:
			a.sentence(e.text)
		}
	}
}

func (a asks) sorted() []Ask {
	slices.SortFunc(a, func(x, y Ask) int {
		if x.Path() < y.Path() {
			return -1
		}
		if x.Path() > y.Path() {
			return 1
		}
		return 0
	})
	return slices.Compact(a)
}
