package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// Who knows the members of a panel by name: themselves, auditors, and the offices that need it. The definition may say which (known_to);
// where it does not, they are those that act for the panel: that draw or invite it, rule on what keeps somebody out of it, or act in the parts in which
// its people sit, such as their fees. To every other office of the case its members are "the panel", as they are to everybody else.

// KnowsPanel tells whether who holds a seat of the case knows the members of a panel by name.
func (m *Mechanism) KnowsPanel(panel, seat string) bool {
	s := m.Seat(panel)
	return s != nil && slices.Contains(s.KnownTo, seat)
}

// checkKnown resolves who knows a panel by name, and notes which seats and forms of the mechanism are the panel's.
func (ml *mechLoader) checkKnown(s *Seat) {
	if s.Kind != PanelSeat {
		if len(s.KnownTo) > 0 {
			ml.finding(s.Pos, "known_seat", lang.T("只有评审专家的席位（panel）写 known_to", "only a panel's seat says known_to"), lang.Text{})
		}
		return
	}
	for _, name := range s.KnownTo {
		if o := ml.m.Seat(name); o == nil {
			ml.unknown(s.Pos, "unknown_seat", "席位", "seat", name, names(ml.m.Seats))
		} else if o.Kind != OfficeSeat {
			ml.finding(s.Pos, "known_office", lang.T("“"+name+"”不是处室的席位：专家名单只能让处室知道", "“"+name+"” is no office's seat: only offices may know the members of a panel"), lang.Text{})
		}
	}
	ml.m.ofPanel(s)
	if len(s.KnownTo) == 0 {
		s.KnownTo = ml.m.convenors(s.Name)
	}
}

// ofPanel marks the seats and forms that name a panel's people.
func (m *Mechanism) ofPanel(s *Seat) {
	s.Panel = s.Name
	for _, p := range m.panelParts(s.Name) {
		for _, x := range p.Seats {
			if x.Party == "person" {
				x.Panel = s.Name
			}
		}
	}
	mark := func(path string) {
		name, _, _ := strings.Cut(path, ".")
		if f := m.Form(name); f != nil {
			f.Panel = s.Name
		}
	}
	m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
		if o, ok := e.(Open); ok && o.Seat == s.Name && o.Pairs != nil {
			mark(o.Pairs.Rows)
		}
		d, ok := e.(Draw)
		if !ok || d.Seat != s.Name {
			return
		}
		mark(d.Named)
		if d.Waived == nil {
			return
		}
		if p := m.Part(d.Waived.Part); p != nil {
			p.Panel = s.Name
			if p.Row != nil {
				p.Row.Panel = s.Name
			}
		}
		m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
			if o, ok := e.(Open); ok && o.Part == d.Waived.Part {
				mark(o.Rows)
			}
		})
	})
}

// convenors are the offices of the case that act for a panel.
func (m *Mechanism) convenors(panel string) (list []string) {
	add := func(by []string) {
		for _, name := range by {
			if s := m.Seat(name); s != nil && s.Kind == OfficeSeat && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	parts := m.panelParts(panel)
	for _, p := range m.Parts {
		if p.Panel == panel || slices.Contains(parts, p) {
			for _, st := range p.States {
				for _, step := range st.Steps {
					add(step.By)
				}
			}
		}
	}
	m.EachEffect(func(_ *Machine, _ *State, step *Step, e Effect) {
		if step == nil {
			return
		}
		switch e := e.(type) {
		case Draw:
			if e.Seat == panel {
				add(step.By)
			}
		case Open:
			if e.Seat == panel {
				add(step.By)
			}
		}
	})
	return list
}
