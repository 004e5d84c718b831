package conflict

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
)

// Finder answers for many applications over one world. It remembers names that it looked up: one goroutine at a time.
type Finder struct {
	rules  map[Kind]Rule
	today  caldate.Date
	orgs   *orgs
	people *people
	world  World

	atLegal map[int][]int              // experts by legal person, posts of any time
	atGroup map[string][]int           // experts by group, posts of today
	works   [][]int                    // of each person, works
	makers  [][]maker                  // of each work
	ties    map[string][]int           // of each party
	allies  map[int][]ally             // units that one has to do with by shares or a common head
	uses    map[string]int             // of each expert, within the window
	calls   map[string]map[int][]entry // of each call, applications by the experts who take part
}

// entry is that somebody takes part in an application.
type entry struct {
	application string
	sure        Sure
}

// New resolves all names of a world and makes the indexes.
func New(w World, rules Rules, today caldate.Date) *Finder {
	f := &Finder{rules: map[Kind]Rule{}, today: today, world: w, orgs: newOrgs(w.Orgs, w.Partial), atLegal: map[int][]int{}, atGroup: map[string][]int{}, ties: map[string][]int{}, allies: map[int][]ally{}, uses: map[string]int{}, calls: map[string]map[int][]entry{}}
	for _, r := range rules {
		f.rules[r.Kind] = r
	}
	f.people = newPeople(w.People, f.orgs)
	for i, x := range w.People {
		if !x.Expert {
			continue
		}
		for _, q := range f.people.posts[i] {
			legal := f.orgs.legal[q.org]
			if !slices.Contains(f.atLegal[legal], i) {
				f.atLegal[legal] = append(f.atLegal[legal], i)
			}
			if g := f.orgs.groups[q.org]; q.on(today, today) && !slices.Contains(f.atGroup[g], i) {
				f.atGroup[g] = append(f.atGroup[g], i)
			}
		}
	}
	f.resolveWorks()
	f.world.Ties = slices.Concat(w.Ties, f.claims())
	for i, t := range f.world.Ties {
		f.ties[t.A] = append(f.ties[t.A], i)
		f.ties[t.B] = append(f.ties[t.B], i)
	}
	f.ally()
	since := f.since(Overused)
	for _, u := range w.Uses {
		if u.On >= since {
			f.uses[u.Expert]++
		}
	}
	return f
}

// resolveWorks finds who made each work: first those whom name and unit or an identifier tell, who then help to tell the others.
func (f *Finder) resolveWorks() {
	p := f.people
	f.works, f.makers = make([][]int, len(p.list)), make([][]maker, len(f.world.Works))
	for round := range 2 {
		for i, w := range f.world.Works {
			var with []int
			for _, m := range f.makers[i] {
				with = append(with, m.person)
			}
			if len(with) == len(w.By) && !slices.ContainsFunc(f.makers[i], func(m maker) bool { return m.sure == Possible }) {
				continue // nothing is left to be told
			}
			f.makers[i] = f.makers[i][:0]
			for _, m := range w.By {
				f.makers[i] = append(f.makers[i], p.find(m, with, w.Date)...)
			}
			if round == 0 {
				f.acquaint(f.makers[i])
			}
		}
	}
	for i, all := range f.makers {
		for _, m := range all {
			f.works[m.person] = append(f.works[m.person], i)
		}
	}
}

func (f *Finder) acquaint(all []maker) {
	for _, a := range all {
		for _, b := range all {
			if a.person != b.person && a.sure != Possible && b.sure != Possible {
				if f.people.known[a.person] == nil {
					f.people.known[a.person] = map[int]bool{}
				}
				f.people.known[a.person][b.person] = true
			}
		}
	}
}

// claims makes ties of what CVs tell.
func (f *Finder) claims() (ties []Tie) {
	for _, c := range f.people.claims {
		t := Tie{Kind: c.kind, A: f.people.list[c.person].ID, Source: "个人简历：" + c.quote}
		if c.with.Name == "" {
			if at, ok := f.orgs.find(c.with.Org); ok {
				t.B, t.sure = f.orgs.list[f.orgs.legal[at.org]].ID, weaker(at.sure, Likely)
				ties = append(ties, t)
			}
			continue
		}
		for _, m := range f.people.find(c.with, nil, "") {
			if m.person != c.person {
				t.B, t.sure = f.people.list[m.person].ID, weaker(m.sure, Likely)
				ties = append(ties, t)
			}
		}
	}
	return ties
}

// ally is a unit that another has to do with, and by what.
type ally struct {
	legal int
	by    lang.Text
	sure  Sure
}

// ally finds units of which one holds shares in the other, and those with one legal representative.
func (f *Finder) ally() {
	join := func(a, b int, by lang.Text, sure Sure) {
		if a != b {
			f.allies[a], f.allies[b] = append(f.allies[a], ally{b, by, sure}), append(f.allies[b], ally{a, by, sure})
		}
	}
	heads := map[string][]int{}
	for i, x := range f.orgs.list {
		if x.LegalRep != "" {
			heads[x.LegalRep] = append(heads[x.LegalRep], f.orgs.legal[i])
		}
	}
	for _, head := range slices.Sorted(maps.Keys(heads)) {
		sure, name := Possible, head // of one name
		if i, known := f.people.byID[head]; known {
			sure, name = Certain, f.people.list[i].Name
		}
		for n, a := range heads[head] {
			for _, b := range heads[head][:n] {
				join(a, b, lang.T("法定代表人同为"+name, "the legal representative of both is "+name), sure)
			}
		}
	}
	for _, t := range f.world.Ties {
		a, one := f.orgs.byID[t.A]
		b, other := f.orgs.byID[t.B]
		if one && other && t.Kind == Shareholding && f.within(t) {
			join(f.orgs.legal[a], f.orgs.legal[b], lang.T("一方持有另一方的股份（"+t.Source+"）", "one holds shares in the other ("+t.Source+")"), t.certainty())
		}
	}
}

// since is the first day of a kind's window: the same day so many years ago, or the last of the month where that has no such day. Empty for no window.
func (f *Finder) since(k Kind) caldate.Date { return yearsBefore(f.today, f.rules[k].Years) }

func yearsBefore(d caldate.Date, years int) caldate.Date {
	if years == 0 {
		return ""
	}
	return d.AddMonths(-12 * years)
}

// within tells whether a tie still counts: it has begun, and holds, or ended within its kind's window. Kin and teachers stay so.
func (f *Finder) within(t Tie) bool {
	if t.From > f.today {
		return false
	}
	if t.To == "" || t.To >= f.today || t.Kind == Kinship || t.Kind == Supervisor {
		return true
	}
	return f.rules[t.Kind].Years > 0 && t.To >= f.since(t.Kind)
}

// dated tells whether a work falls into its kind's window, and whether that is sure: of a day that is only a year or a month it may be.
func (f *Finder) dated(w Work) (in, sure bool) {
	since := f.since(w.Kind)
	first, last := w.Date, w.Date
	if len(w.Date) < 10 {
		first, last = w.Date+caldate.Date("0000-01-01"[len(w.Date):]), w.Date+caldate.Date("9999-12-31"[len(w.Date):])
	}
	return last >= since && first <= f.today, len(w.Date) == 10 || first >= since && last <= f.today
}

// Enter makes applications of a call known to one another, so that an expert who competes is found.
func (f *Finder) Enter(all []Application) {
	for _, a := range all {
		c := f.calls[a.Call]
		if c == nil {
			c = map[int][]entry{}
			f.calls[a.Call] = c
		}
		for _, m := range a.People {
			for _, x := range f.people.find(m, nil, f.today) {
				if f.people.list[x.person].Expert {
					c[x.person] = append(c[x.person], entry{a.ID, x.sure})
				}
			}
		}
	}
}

// Check gives the findings against each expert, by the expert's ID; who is not there has none. The gravest come first.
func (f *Finder) Check(a Application) map[string][]Finding {
	c := &check{f: f, a: a, found: map[string][]Finding{}, seen: map[string]bool{}}
	for _, text := range a.Orgs {
		if p, ok := f.orgs.find(text); ok {
			c.orgs = append(c.orgs, p)
		}
	}
	for _, m := range a.People {
		for _, x := range f.people.find(m, nil, f.today) {
			c.people = append(c.people, x)
			for _, q := range f.people.posts[x.person] {
				if q.on(f.today, f.today) && x.sure != Possible {
					c.orgs = append(c.orgs, q.place)
				}
			}
		}
	}
	c.self()
	c.units()
	c.groups()
	c.works()
	c.ties()
	c.competitors()
	c.vetoes()
	for id := range c.found {
		slices.SortStableFunc(c.found[id], func(x, y Finding) int {
			return cmp.Or(cmp.Compare(x.Severity.rank(), y.Severity.rank()), cmp.Compare(x.Kind, y.Kind))
		})
	}
	return c.found
}

// Standing gives what speaks against experts whatever the application: used too often, interests not confirmed this year.
func (f *Finder) Standing(expert string) []Finding {
	i, ok := f.people.byID[expert]
	if !ok {
		return nil
	}
	c := &check{f: f, found: map[string][]Finding{}, seen: map[string]bool{}}
	if r, on := f.rules[Overused]; on && f.uses[expert] > r.Count {
		n := f.uses[expert]
		c.add(i, Overused, Certain, lang.T(fmt.Sprintf("%d 年内已参加评审 %d 次，超过 %d 次", r.Years, n, r.Count), fmt.Sprintf("Served %d times in %d years, more than %d", n, r.Years, r.Count)))
	}
	if r, on := f.rules[Stale]; on {
		if d := f.people.list[i].Disclosed; d == "" || d < yearsBefore(f.today, max(r.Years, 1)) {
			last := lang.T("从未申报", "never")
			if d != "" {
				last = lang.T("上次 "+string(d), "last on "+string(d))
			}
			c.add(i, Stale, Certain, lang.T("利害关系申报未按年确认（"+last.ZH+"）", "Interests have not been confirmed within the year ("+last.EN+")"))
		}
	}
	return c.found[expert]
}
