// Package lives makes up a city's scientists, units, papers and applications to try the search for conflicts of interest on, as somebody
// would who has not read how it is done: it shares no table with package conflict. Half of what is known of people is the prose
// of their CVs; units are written by short, former and English names, with departments before or behind, in traditional characters, with
// spaces and slips; authors sign in letters; people of one name work at one unit; strangers bear the names of those who are known.
//
// The truth is kept apart: who works where, who made what with whom, and what follows for each expert and application.
//
//	s := lives.Make(5000, 200, 1)
//	f := conflict.New(s.World, lives.Rules, lives.Today)
//	f.Enter(s.Applications)
//	byKind := s.Grades(f)
package lives

import (
	"fmt"
	"math/rand/v2"

	"kechuang/internal/caldate"
	"kechuang/internal/panel/conflict"
)

// Today is the day of the check.
const Today caldate.Date = "2026-06-30"

// Rules are like those of a pack.
var Rules = conflict.Rules{{Kind: conflict.Self, Severity: conflict.Forbidden}, {Kind: conflict.SameUnit, Severity: conflict.Forbidden}, {Kind: conflict.SameGroup, Severity: conflict.Forbidden},
	{Kind: conflict.FormerUnit, Severity: conflict.Approval, Years: 2}, {Kind: conflict.Kinship, Severity: conflict.Forbidden}, {Kind: conflict.Supervisor, Severity: conflict.Forbidden},
	{Kind: conflict.CoAuthor, Severity: conflict.Forbidden, Years: 3}, {Kind: conflict.CoProject, Severity: conflict.Forbidden, Years: 3}, {Kind: conflict.CoPatent, Severity: conflict.Forbidden, Years: 3},
	{Kind: conflict.Shareholding, Severity: conflict.Forbidden}, {Kind: conflict.Advice, Severity: conflict.Forbidden, Years: 3}, {Kind: conflict.Competitor, Severity: conflict.Forbidden},
	{Kind: conflict.Veto, Severity: conflict.Approval, Count: 3}}

// maker makes a sample and remembers what is true.
type maker struct {
	r      *rand.Rand
	s      *conflict.Sample
	weight int
	units  []unit
	people []person
	works  []work
	ties   []tie
	apps   []application
}

// work is who really made it, and when; a stranger is -1.
type work struct {
	by []int
	on caldate.Date
}

// tie is between two people, or a person and a unit (b: -1).
type tie struct {
	kind     conflict.Kind
	a, b     int
	unit     int
	from, to caldate.Date
}

// application is who really takes part.
type application struct {
	units, people []int
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// Make makes people, a company for each sixty of them beside the real units, three works for two of them, ties and applications.
func Make(people, applications int, seed uint64) *conflict.Sample {
	m := &maker{r: rand.New(rand.NewPCG(seed, 77)), s: &conflict.Sample{Truth: map[conflict.Truth]bool{}}}
	for _, f := range family {
		m.weight += f.weight
	}
	m.found(max(people/60, 40))
	for i := range people {
		m.born(i)
	}
	m.relate()
	for range people * 3 / 2 {
		m.publish(m.r.IntN(people))
	}
	for i := range applications {
		m.apply(i)
	}
	m.tell()
	m.truth()
	return m.s
}

// relate plants students, kin, shares, advice and heads of companies.
func (m *maker) relate() {
	n := len(m.people)
	source := func() string {
		return pick(m.r, []string{"专家本人申报", "申请人申报", "企业公示信息"})
	}
	enter := func(t tie) {
		m.ties = append(m.ties, t)
		w := conflict.Tie{Kind: t.kind, A: m.people[t.a].id, From: t.from, To: t.to, Source: source()}
		if t.b >= 0 {
			w.B = m.people[t.b].id
		} else {
			w.B = m.units[t.unit].org.ID
		}
		if m.r.IntN(2) == 0 {
			w.A, w.B = w.B, w.A
		}
		m.s.World.Ties = append(m.s.World.Ties, w)
	}
	for i := range m.people {
		p := &m.people[i]
		switch m.r.IntN(12) {
		case 0, 1: // a student of somebody older: told by the CV or by a tie
			t := m.r.IntN(n)
			if m.people[t].born+10 > p.born {
				continue
			}
			if m.r.IntN(3) == 0 {
				enter(tie{kind: conflict.Supervisor, a: i, b: t})
			} else {
				p.student = t
				m.ties = append(m.ties, tie{kind: conflict.Supervisor, a: i, b: t})
			}
		case 2: // kin: one side says so
			o := m.r.IntN(n)
			if o == i {
				continue
			}
			if m.r.IntN(2) == 0 {
				enter(tie{kind: conflict.Kinship, a: i, b: o, from: "2001-01-01"})
			} else {
				m.ties = append(m.ties, tie{kind: conflict.Kinship, a: i, b: o})
				p.said = append(p.said, fmt.Sprintf("%s%s，在%s工作", pick(m.r, []string{"配偶", "妻子", "丈夫", "其弟", "其女"}), m.people[o].name, m.units[m.people[o].posts[0].unit].org.Name))
			}
		case 3: // shares
			u := m.company()
			switch m.r.IntN(3) {
			case 0:
				m.ties = append(m.ties, tie{kind: conflict.Shareholding, a: i, b: -1, unit: u})
				p.said = append(p.said, pick(m.r, []string{fmt.Sprintf("持有%s%d%%的股份", m.write(u, ""), 1+m.r.IntN(30)), fmt.Sprintf("系%s股东", m.units[u].org.Name), fmt.Sprintf("参与创办%s并持股", m.units[u].org.Name)}))
			case 1:
				enter(tie{kind: conflict.Shareholding, a: i, b: -1, unit: u, from: "2019-05-01"})
			default: // sold
				enter(tie{kind: conflict.Shareholding, a: i, b: -1, unit: u, from: "2015-05-01", to: "2021-12-31"})
			}
		case 4: // advice, at the edges of its window
			u := m.company()
			to := pick(m.r, []caldate.Date{"", "2023-06-29", "2023-06-30", "2024-12-31", "2021-01-01"})
			if to == "" && m.r.IntN(2) == 0 {
				m.ties = append(m.ties, tie{kind: conflict.Advice, a: i, b: -1, unit: u})
				p.said = append(p.said, pick(m.r, []string{fmt.Sprintf("2022年起受聘为%s技术顾问", m.write(u, "")), fmt.Sprintf("兼任%s顾问", m.write(u, ""))}))
			} else {
				enter(tie{kind: conflict.Advice, a: i, b: -1, unit: u, from: "2018-03-01", to: to})
			}
		}
	}
	for u := range m.units {
		if m.units[u].kind == "company" && m.r.IntN(3) == 0 {
			m.units[u].head = m.r.IntN(n)
			m.units[u].org.LegalRep = m.people[m.units[u].head].id
			m.ties = append(m.ties, tie{kind: conflict.Shareholding, a: m.units[u].head, b: -1, unit: u})
		}
		if h := m.units[u].holds; h > 0 {
			m.s.World.Ties = append(m.s.World.Ties, conflict.Tie{Kind: conflict.Shareholding, A: m.units[u].org.ID, B: m.units[h].org.ID, From: "2016-01-01", Source: "企业公示信息"})
		}
	}
}

func (m *maker) company() int {
	for {
		if u := m.r.IntN(len(m.units)); m.units[u].kind == "company" {
			return u
		}
	}
}

// publish has somebody make a work with colleagues, strangers and people of other units, on days at the edges of the window too.
func (m *maker) publish(lead int) {
	w := work{by: []int{lead}, on: day(2019+m.r.IntN(8), 1+m.r.IntN(6), 1+m.r.IntN(28))}
	if m.r.IntN(12) == 0 {
		w.on = pick(m.r, []caldate.Date{"2023-06-30", "2023-06-29", "2023-07-01", "2026-06-30", "2024-02-29"})
	}
	for range 1 + m.r.IntN(4) {
		switch x := m.r.IntN(len(m.people)); {
		case m.r.IntN(12) == 0:
			w.by = append(w.by, -1)
		case x != lead:
			w.by = append(w.by, x)
		}
	}
	kind := pick(m.r, []conflict.Kind{conflict.CoAuthor, conflict.CoAuthor, conflict.CoAuthor, conflict.CoProject, conflict.CoPatent})
	letters := kind == conflict.CoAuthor && m.r.IntN(4) == 0
	pub := conflict.Work{ID: fmt.Sprintf("w%06d", len(m.works)), Kind: kind, Title: fmt.Sprintf("%s若干关键问题研究", m.people[lead].field), Date: w.on}
	for _, x := range w.by {
		pub.By = append(pub.By, m.mention(x, letters, kind == conflict.CoPatent && m.r.IntN(3) == 0, w.on))
	}
	m.works, m.s.World.Works = append(m.works, w), append(m.s.World.Works, pub)
}

// mention is somebody as a work names them; a stranger bears a name like others', and comes from a unit like others'.
func (m *maker) mention(x int, letters, bare bool, on caldate.Date) conflict.Mention {
	if x < 0 {
		p := m.people[m.r.IntN(len(m.people))]
		if m.r.IntN(3) > 0 {
			f, g := pick(m.r, family), pick(m.r, given)
			p = person{name: f.char + g.char, latin: []string{f.latin, g.latin}}
		}
		p.posts = []post{{unit: m.anyUnit()}}
		return m.mentionOf(p, p.posts[0], letters, false)
	}
	p := m.people[x]
	at := p.posts[0]
	for _, q := range p.posts { // where they were then
		if q.from <= on && (q.to == "" || q.to >= on) {
			at = q
		}
	}
	if bare {
		return conflict.Mention{Name: m.sign(p, false)}
	}
	return m.mentionOf(p, at, letters, m.r.IntN(3) == 0)
}

func (m *maker) mentionOf(p person, at post, letters, identified bool) conflict.Mention {
	x := conflict.Mention{Name: m.sign(p, letters), Org: m.write(at.unit, "")}
	if letters {
		x.Org = m.foreign(at.unit)
	} else if m.r.IntN(3) == 0 {
		x.Org = m.write(at.unit, at.school)
	}
	if identified {
		x.ORCID, x.Email = p.orcid, p.email
	}
	return x
}

// apply enters an application of a call, with works and ties of its people planted near it.
func (m *maker) apply(n int) {
	lead := m.r.IntN(len(m.people))
	a := application{people: []int{lead}}
	for range m.r.IntN(3) {
		if x := m.r.IntN(len(m.people)); x != lead {
			a.people = append(a.people, x)
		}
	}
	a.units = []int{m.people[lead].posts[0].unit}
	if m.r.IntN(3) == 0 {
		a.units = append(a.units, m.company())
	}
	for range 4 {
		m.publish(lead)
	}
	app := conflict.Application{ID: fmt.Sprintf("a%05d", n), Call: fmt.Sprintf("c%03d", n/5)}
	for _, u := range a.units {
		app.Orgs = append(app.Orgs, m.write(u, ""))
	}
	for i, x := range a.people {
		p := m.people[x]
		switch {
		case i == 0 || m.r.IntN(2) == 0:
			app.People = append(app.People, conflict.Mention{Person: p.id, Name: p.name})
		case m.r.IntN(2) == 0:
			app.People = append(app.People, conflict.Mention{Name: p.name, Org: m.write(p.posts[0].unit, p.posts[0].school), Born: p.born})
		default:
			app.People = append(app.People, conflict.Mention{Name: p.name, Org: m.write(p.posts[0].unit, p.posts[0].school)})
		}
	}
	for range m.r.IntN(4) {
		app.Veto = append(app.Veto, m.people[m.r.IntN(len(m.people))].id)
	}
	m.s.Applications, m.apps = append(m.s.Applications, app), append(m.apps, a)
}

// tell writes down what is known of units and people: by the register, in fields, or in prose only.
func (m *maker) tell() {
	for _, u := range m.units {
		m.s.World.Orgs = append(m.s.World.Orgs, u.org)
	}
	for _, p := range m.people {
		x := conflict.Person{ID: p.id, Name: p.name, ORCID: p.orcid, Email: p.email, Born: p.born, Expert: p.expert, Disclosed: "2026-01-05"}
		how := m.r.IntN(3)
		for i, q := range p.posts {
			switch {
			case how == 0 && i == 0:
				x.Posts = append(x.Posts, conflict.Post{Org: m.units[q.unit].org.ID, From: q.from, To: q.to})
			case how < 2:
				x.Posts = append(x.Posts, conflict.Post{Org: m.write(q.unit, q.school), From: q.from, To: q.to})
			}
		}
		if how == 2 || p.student >= 0 || len(p.said) > 0 {
			x.Biography = m.biography(p)
		}
		m.s.World.People = append(m.s.World.People, x)
	}
}
