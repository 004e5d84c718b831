package lives

import (
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/panel/conflict"
)

const (
	threeYears caldate.Date = "2023-06-30" // the first day of a window of three years
	twoYears   caldate.Date = "2024-06-30"
)

func (p person) at(unit int) bool {
	return slices.ContainsFunc(p.posts, func(q post) bool { return q.unit == unit && q.to == "" })
}

func (p person) left(unit int) bool {
	return slices.ContainsFunc(p.posts, func(q post) bool { return q.unit == unit && q.to >= twoYears })
}

// family of a unit: those under one control with it, by parent, group, or shares of one in the other.
func (m *maker) allied(a, b int) bool {
	x, y := m.units[a], m.units[b]
	top := func(u unit) string {
		switch {
		case u.org.Group != "":
			return u.org.Group
		case u.org.Parent != "" && u.org.Parent != "o0000":
			for _, p := range m.units {
				if p.org.ID == u.org.Parent {
					if p.org.Group != "" {
						return p.org.Group
					}
					return p.org.ID
				}
			}
		}
		return u.org.ID
	}
	return a != b && (top(x) == top(y) || x.holds == b || y.holds == a || x.head >= 0 && x.head == y.head)
}

// truth works out every conflict from who people and units really are.
func (m *maker) truth() {
	for n, a := range m.apps {
		app := m.s.Applications[n]
		is := func(x int, k conflict.Kind) {
			if p := m.people[x]; p.expert {
				m.s.Truth[conflict.Truth{Application: app.ID, Expert: p.id, Kind: k}] = true
			}
		}
		units := map[int]bool{}
		for _, u := range a.units {
			units[u] = true
		}
		for _, x := range a.people {
			is(x, conflict.Self)
			for _, q := range m.people[x].posts {
				if q.to == "" {
					units[q.unit] = true
				}
			}
		}
		m.units2(units, is)
		m.shared(a, is)
		m.related(a, units, is)
		for other, b := range m.apps {
			if other != n && m.s.Applications[other].Call == app.Call {
				for _, x := range b.people {
					is(x, conflict.Competitor)
				}
			}
		}
		for _, id := range app.Veto {
			for x, p := range m.people {
				if p.id == id {
					is(x, conflict.Veto)
				}
			}
		}
	}
}

func (m *maker) units2(units map[int]bool, is func(int, conflict.Kind)) {
	for x, p := range m.people {
		for u := range units {
			switch {
			case p.at(u):
				is(x, conflict.SameUnit)
			case p.left(u):
				is(x, conflict.FormerUnit)
			}
			for _, q := range p.posts {
				if q.to == "" && m.allied(q.unit, u) {
					is(x, conflict.SameGroup)
				}
			}
		}
	}
}

func (m *maker) shared(a application, is func(int, conflict.Kind)) {
	for i, w := range m.works {
		if w.on < threeYears || w.on > Today {
			continue
		}
		for _, x := range a.people {
			if !slices.Contains(w.by, x) {
				continue
			}
			for _, y := range w.by {
				if y >= 0 && y != x {
					is(y, m.s.World.Works[i].Kind)
				}
			}
		}
	}
}

func (m *maker) related(a application, units map[int]bool, is func(int, conflict.Kind)) {
	for _, t := range m.ties {
		if t.kind == conflict.Advice && t.to != "" && t.to < threeYears || t.kind == conflict.Shareholding && t.to != "" {
			continue
		}
		for _, x := range a.people {
			if t.b >= 0 && t.a == x {
				is(t.b, t.kind)
			}
			if t.b == x {
				is(t.a, t.kind)
			}
		}
		if t.b < 0 && units[t.unit] {
			is(t.a, t.kind)
		}
	}
}
