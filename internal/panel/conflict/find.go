package conflict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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

	atLegal map[int][]int    // experts by legal person, posts of any time
	atGroup map[string][]int // experts by group, posts of today
	works   [][]int          // of each person, works
	makers  [][]maker        // of each work
	ties    map[string][]int // of each party
	uses    map[string]int   // of each expert, within the window
	calls   map[string]map[int][]string
}

// maker is somebody of a work, as found.
type maker struct {
	person int
	sure   Sure
}

// New resolves all names of a world and makes the indexes.
func New(w World, rules Rules, today caldate.Date) *Finder {
	f := &Finder{rules: map[Kind]Rule{}, today: today, world: w, orgs: newOrgs(w.Orgs), atLegal: map[int][]int{}, atGroup: map[string][]int{}, ties: map[string][]int{}, uses: map[string]int{}, calls: map[string]map[int][]string{}}
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
			if g := f.orgs.groups[q.org]; q.on(today, today) {
				f.atGroup[g] = append(f.atGroup[g], i)
			}
		}
	}
	f.resolveWorks()
	for i, t := range w.Ties {
		f.ties[t.A] = append(f.ties[t.A], i)
		f.ties[t.B] = append(f.ties[t.B], i)
	}
	since := f.since(Overused)
	for _, u := range w.Uses {
		if u.On >= since {
			f.uses[u.Expert]++
		}
	}
	return f
}

// resolveWorks finds who made each work: first the certain, who then help to tell the others.
func (f *Finder) resolveWorks() {
	p := f.people
	f.works, f.makers = make([][]int, len(p.list)), make([][]maker, len(f.world.Works))
	for round := range 2 {
		for i, w := range f.world.Works {
			var with []int
			for _, m := range f.makers[i] {
				with = append(with, m.person)
			}
			f.makers[i] = f.makers[i][:0]
			for _, m := range w.By {
				if x, sure, ok := p.find(m, f.orgs, with); ok {
					f.makers[i] = append(f.makers[i], maker{x, sure})
				}
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

// since is the first day of a kind's window.
func (f *Finder) since(k Kind) caldate.Date {
	return yearsBefore(f.today, f.rules[k].Years)
}

// yearsBefore is the same day so many years earlier; the empty day for none.
func yearsBefore(d caldate.Date, years int) caldate.Date {
	if years == 0 || len(d) < 10 {
		return ""
	}
	var y int
	fmt.Sscanf(string(d[:4]), "%d", &y)
	return caldate.Date(fmt.Sprintf("%04d%s", y-years, d[4:]))
}

// Enter makes applications of a call known to one another, so that an expert who competes, or whose unit does, is found.
func (f *Finder) Enter(all []Application) {
	for _, a := range all {
		c := f.calls[a.Call]
		if c == nil {
			c = map[int][]string{}
			f.calls[a.Call] = c
		}
		for _, m := range a.People {
			if x, sure, ok := f.people.find(m, f.orgs, nil); ok && sure != Possible && f.people.list[x].Expert {
				c[x] = append(c[x], a.ID)
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
		if x, sure, ok := f.people.find(m, f.orgs, nil); ok {
			c.people = append(c.people, maker{x, sure})
			for _, q := range f.people.posts[x] {
				if q.on(f.today, f.today) && sure != Possible {
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

// check is one application.
type check struct {
	f      *Finder
	a      Application
	orgs   []place
	people []maker
	found  map[string][]Finding
	seen   map[string]bool
}

// add enters a finding once.
func (c *check) add(expert int, k Kind, sure Sure, text lang.Text, evidence ...string) {
	r, on := c.f.rules[k]
	x := c.f.people.list[expert]
	if !on || !x.Expert {
		return
	}
	n := Finding{Expert: x.ID, Application: c.a.ID, Kind: k, Severity: r.Severity, Sure: sure, Text: text, Evidence: evidence, Rule: r}
	if sure == Possible {
		n.Severity = Warn
	}
	n.name()
	if !c.seen[n.ID] {
		c.seen[n.ID] = true
		c.found[x.ID] = append(c.found[x.ID], n)
	}
}

func weaker(a, b Sure) Sure {
	order := []Sure{Certain, Likely, Possible}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

func (c *check) self() {
	for _, m := range c.people {
		c.add(m.person, Self, m.sure, lang.T("本人参加该申请", "Takes part in the application"))
	}
}

// units looks at who works, or worked, for a unit of the application.
func (c *check) units() {
	f := c.f
	former := f.since(FormerUnit)
	for _, at := range c.orgs {
		legal := f.orgs.legal[at.org]
		name := f.orgs.list[legal].Name
		for _, x := range f.atLegal[legal] {
			for _, q := range f.people.posts[x] {
				if f.orgs.legal[q.org] != legal {
					continue
				}
				sure := weaker(at.sure, q.sure)
				switch {
				case q.on(f.today, f.today) && at.department != "" && at.department == q.department:
					c.add(x, SameUnit, sure, lang.T("与申请方同在“"+name+"”", "Works for "+name+", as an applicant does"), f.orgs.list[legal].ID)
					c.add(x, SameSchool, sure, lang.T("与申请方同在“"+name+"”的“"+at.department+"”", "Works in the same department of "+name), f.orgs.list[legal].ID)
				case q.on(f.today, f.today):
					c.add(x, SameUnit, sure, lang.T("与申请方同在“"+name+"”", "Works for "+name+", as an applicant does"), f.orgs.list[legal].ID)
				case former != "" && q.on(former, f.today):
					c.add(x, FormerUnit, sure, lang.T(fmt.Sprintf("曾在“%s”工作（至 %s）", name, q.to), fmt.Sprintf("Worked for %s until %s", name, q.to)), f.orgs.list[legal].ID)
				}
			}
		}
	}
}

func (c *check) groups() {
	f := c.f
	for _, at := range c.orgs {
		g := f.orgs.groups[at.org]
		legal := f.orgs.legal[at.org]
		for _, x := range f.atGroup[g] {
			for _, q := range f.people.posts[x] {
				if f.orgs.groups[q.org] == g && f.orgs.legal[q.org] != legal && q.on(f.today, f.today) {
					a, b := f.orgs.list[f.orgs.legal[q.org]], f.orgs.list[legal]
					c.add(x, SameGroup, weaker(at.sure, q.sure), lang.T(fmt.Sprintf("所在“%s”与申请方“%s”同属一个集团", a.Name, b.Name), fmt.Sprintf("%s and the applicant %s are of one group", a.Name, b.Name)), a.ID, b.ID)
				}
			}
		}
	}
}

// works looks at who made a paper, project or patent with somebody of the application.
func (c *check) works() {
	f := c.f
	for _, m := range c.people {
		for _, i := range f.works[m.person] {
			w := f.world.Works[i]
			if _, on := f.rules[w.Kind]; !on || w.Date < f.since(w.Kind) || w.Date > f.today {
				continue
			}
			own := Possible
			for _, y := range f.makers[i] {
				if y.person == m.person {
					own = y.sure
				}
			}
			for _, y := range f.makers[i] {
				if y.person != m.person {
					who := f.people.list[m.person].Name
					c.add(y.person, w.Kind, weaker(weaker(y.sure, own), m.sure), lang.T(fmt.Sprintf("与%s合作：%s（%s）", who, w.Title, w.Date), fmt.Sprintf("Worked with %s: %s (%s)", who, w.Title, w.Date)), w.ID)
				}
			}
		}
	}
}

// ties looks at what was declared or is on record between an expert and somebody or some unit of the application.
func (c *check) ties() {
	f := c.f
	look := func(id, name string, sure Sure) {
		for _, i := range f.ties[id] {
			t := f.world.Ties[i]
			other := t.A
			if other == id {
				other = t.B
			}
			x, ok := f.people.byID[other]
			_, on := f.rules[t.Kind]
			if !ok || !on || t.From > f.today || t.To != "" && t.To < max(f.since(t.Kind), caldate.Date("0")) && f.rules[t.Kind].Years > 0 || t.To != "" && f.rules[t.Kind].Years == 0 && t.To < f.today && !lasting(t.Kind) {
				continue
			}
			c.add(x, t.Kind, sure, tieText(t, name), strings.TrimSpace(t.Source), t.A, t.B)
		}
	}
	for _, m := range c.people {
		look(f.people.list[m.person].ID, f.people.list[m.person].Name, m.sure)
	}
	for _, at := range c.orgs {
		legal := f.orgs.list[f.orgs.legal[at.org]]
		look(legal.ID, legal.Name, at.sure)
		if own := f.orgs.list[at.org]; own.ID != legal.ID {
			look(own.ID, own.Name, at.sure)
		}
	}
}

// lasting are the ties that do not end.
func lasting(k Kind) bool { return k == Kinship || k == Supervisor }

var tieNames = map[Kind]lang.Text{
	Kinship: lang.T("近亲属", "kinship"), Supervisor: lang.T("师生", "supervision"), Shareholding: lang.T("持股或任职", "shareholding or office held"),
	Advice: lang.T("有偿咨询", "paid advice"), Dispute: lang.T("纠纷", "a dispute"), Other: lang.T("其他利害关系", "another interest"),
	CoAuthor: lang.T("合作论文", "co-authorship"), CoProject: lang.T("合作项目", "a common project"), CoPatent: lang.T("合作专利", "a common patent"),
}

func tieText(t Tie, name string) lang.Text {
	k := tieNames[t.Kind]
	return lang.T(fmt.Sprintf("与“%s”有%s关系（%s）", name, k.ZH, t.Source), fmt.Sprintf("Tied to %s by %s (%s)", name, k.EN, t.Source))
}

// competitors are experts who take part in another application of the call.
func (c *check) competitors() {
	if c.a.Call == "" {
		return
	}
	for x, others := range c.f.calls[c.a.Call] {
		for _, other := range others {
			if other != c.a.ID {
				c.add(x, Competitor, Certain, lang.T("本人参加同一批次的另一申请", "Takes part in another application of the same call"), other)
			}
		}
	}
}

// vetoes are the experts whom the applicant names; the rule says how many count.
func (c *check) vetoes() {
	for n, id := range c.a.Veto {
		if x, ok := c.f.people.byID[id]; ok && (c.f.rules[Veto].Count == 0 || n < c.f.rules[Veto].Count) {
			c.add(x, Veto, Certain, lang.T("申请人申请其回避", "The applicant asks to leave this expert out"))
		}
	}
}
