package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// Blind review: whoever sits in a panel seat that is blind to others, was invited to it, or works for it judges what these others hand in
// without learning who they are. What they read of it is cut to fields that do not tell.

// BlindTo is the seats that somebody must not learn the holders of who holds these seats, each by record ("" for the case's own): "seat" or
// "part.seat".
func (m *Mechanism) BlindTo(holds func(part, seat string) bool) (list []string) {
	for _, s := range m.Seats {
		if len(s.Blind) == 0 {
			continue
		}
		judges := holds("", s.Name)
		for _, p := range m.panelParts(s.Name) {
			for _, own := range p.Seats {
				judges = judges || holds(p.Name, own.Name)
			}
		}
		if judges {
			list = append(list, s.Blind...)
		}
	}
	return list
}

// HasBlind tells whether some panel is blind.
func (m *Mechanism) HasBlind() bool {
	return slices.ContainsFunc(m.Seats, func(s *Seat) bool { return len(s.Blind) > 0 })
}

// Tells is whether a field that one of the seats filled in may say who sits there: names of parties and records, other cases, documents (which
// carry letterheads and signatures), what the register fills in of the party, and whatever is marked so.
func (f *Field) Tells(seats []string) bool {
	switch f.Type {
	case PartyType, RecordType, CaseType, DocumentType:
		return true
	}
	from, _, _ := strings.Cut(f.Fill, ".")
	return f.Who || from != "" && slices.ContainsFunc(seats, func(s string) bool { return s == from || strings.HasSuffix(s, "."+from) })
}

// panelParts are the parts in which a panel's people sit: invitations and the work that is opened for each of them.
func (m *Mechanism) panelParts(seat string) (list []*Machine) {
	add := func(name string) {
		if p := m.Part(name); p != nil && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	m.EachEffect(func(_ *Machine, _ *State, step *Step, e Effect) {
		switch e := e.(type) {
		case Draw:
			if step != nil && e.Seat == seat {
				add(e.Part)
			}
		case Open:
			if step != nil && e.Seat == seat {
				add(e.Part)
			}
		}
	})
	return list
}

// checkBlind resolves what a panel is blind to, and refuses states in which everybody could look it up: a case whose state is public shows the
// organisations that sit in it.
func (ml *mechLoader) checkBlind(s *Seat, at *Machine) {
	if len(s.Blind) == 0 {
		return
	}
	if s.Kind != PanelSeat {
		ml.finding(s.Pos, "blind_seat", lang.T("只有评审专家的席位（panel）写 blind", "only a panel's seat says blind"), lang.Text{})
		return
	}
	own := false
	for _, other := range s.Blind {
		if !ml.checkSeatPath(other, s.Pos, at) {
			continue
		}
		x := ml.m.seatByPath(other)
		if x.Kind == OfficeSeat || x.Kind == PanelSeat {
			ml.finding(s.Pos, "blind_seat", lang.T("“"+other+"”不是申请人的席位", "“"+other+"” is not the seat of an applicant"), lang.Text{})
		}
		own = own || ml.m.Seat(other) != nil
	}
	if !own {
		return
	}
	works := map[string]bool{}
	for _, p := range ml.m.panelParts(s.Name) {
		for _, st := range p.States {
			for _, step := range st.Steps {
				for _, name := range step.While {
					works[name] = true
				}
			}
		}
	}
	for _, st := range ml.m.Case.States {
		if st.Public && ml.m.leads(st, works) {
			ml.finding(s.Pos, "blind_public", lang.T("“"+st.Title.ZH+"”是公开的，评审时谁都能查到申请人，盲评不成立", "“"+st.Title.EN+"” is public: whoever judges then can look up who applies, and the review is not blind"),
				lang.T("去掉这个状态的 public: true，或者不写 blind", "do not say public: true of this state, or do not say blind"))
			return
		}
	}
}

// leads tells whether a state is one of some, or a way goes from it to one of them.
func (m *Mechanism) leads(from *State, to map[string]bool) bool {
	seen := map[string]bool{}
	queue := []*State{from}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if s == nil || seen[s.Name] {
			continue
		}
		if to[s.Name] {
			return true
		}
		seen[s.Name] = true
		for _, b := range s.ways() {
			queue = append(queue, m.Case.State(b.State))
		}
	}
	return false
}
