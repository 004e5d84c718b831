package conflict

import (
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
)

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
	for _, at := range c.orgs {
		legal := f.orgs.legal[at.org]
		for _, x := range f.atLegal[legal] {
			var there, left []post
			for _, q := range f.people.posts[x] {
				switch {
				case f.orgs.legal[q.org] != legal:
				case q.on(f.today, f.today):
					there = append(there, q)
				default:
					left = append(left, q)
				}
			}
			for _, q := range there {
				c.colleague(x, at, q)
			}
			if len(there) == 0 {
				for _, q := range left {
					c.left(x, at, q)
				}
			}
		}
	}
}

// colleague is an expert who works for a unit of the application.
func (c *check) colleague(x int, at place, q post) {
	o := c.f.orgs.list[c.f.orgs.legal[at.org]]
	sure, as := weaker(at.sure, q.sure), written(at, q.place)
	c.add(x, SameUnit, sure, lang.T("与申请方同在“"+o.Name+"”"+as.ZH, "Works for "+o.Name+", as an applicant does"+as.EN), o.ID)
	if at.department != "" && at.department == q.department {
		c.add(x, SameSchool, sure, lang.T("与申请方同在“"+o.Name+"”的“"+at.department+"”"+as.ZH, "Works in the same department of "+o.Name+as.EN), o.ID)
	}
}

// left is an expert who worked for a unit of the application within the window.
func (c *check) left(x int, at place, q post) {
	since := c.f.since(FormerUnit)
	if since == "" || !q.on(since, c.f.today) {
		return
	}
	o := c.f.orgs.list[c.f.orgs.legal[at.org]]
	sure, as := weaker(at.sure, q.sure), written(at, q.place)
	if q.month && q.to < since.AddMonths(1) { // it may have ended before
		sure = Possible
	}
	c.add(x, FormerUnit, sure, lang.T(fmt.Sprintf("曾在“%s”工作（至 %s）%s", o.Name, q.to, as.ZH), fmt.Sprintf("Worked for %s until %s%s", o.Name, q.to, as.EN)), o.ID)
}

// written tells how a unit was written where it was found by another name than its own: for whoever checks it.
func written(places ...place) lang.Text {
	var as []string
	for _, p := range places {
		if p.as != "" && !slices.Contains(as, p.as) {
			as = append(as, p.as)
		}
	}
	if len(as) == 0 {
		return lang.Text{}
	}
	return lang.T("（写作“"+strings.Join(as, "”“")+"”）", " (written "+strings.Join(as, ", ")+")")
}

// groups looks at who works for another unit of the group, or for one that has to do with the applicant by shares or its head.
func (c *check) groups() {
	f := c.f
	for _, at := range c.orgs {
		legal := f.orgs.legal[at.org]
		found := func(x int, q post, by lang.Text, sure Sure) {
			a, b := f.orgs.list[f.orgs.legal[q.org]], f.orgs.list[legal]
			c.add(x, SameGroup, weaker(weaker(at.sure, q.sure), sure), lang.T(fmt.Sprintf("所在“%s”与申请方“%s”%s", a.Name, b.Name, by.ZH), fmt.Sprintf("%s and the applicant %s: %s", a.Name, b.Name, by.EN)), a.ID, b.ID)
		}
		g := f.orgs.groups[at.org]
		for _, x := range f.atGroup[g] {
			for _, q := range f.people.posts[x] {
				if f.orgs.groups[q.org] == g && f.orgs.legal[q.org] != legal && q.on(f.today, f.today) {
					found(x, q, lang.T("同属一个集团", "of one group"), Certain)
				}
			}
		}
		for _, y := range f.allies[legal] {
			for _, x := range f.atLegal[y.legal] {
				for _, q := range f.people.posts[x] {
					if f.orgs.legal[q.org] == y.legal && q.on(f.today, f.today) {
						found(x, q, y.by, y.sure)
					}
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
			in, sure := f.dated(w)
			if _, on := f.rules[w.Kind]; !on || !in {
				continue
			}
			own := Possible
			for _, y := range f.makers[i] {
				if y.person == m.person && sure {
					own = y.sure
				}
			}
			who, how := f.people.list[m.person].Name, tieNames[w.Kind]
			for _, y := range f.makers[i] {
				if y.person != m.person {
					c.add(y.person, w.Kind, weaker(weaker(y.sure, own), m.sure), lang.T(fmt.Sprintf("与%s%s：%s（%s）", who, how.ZH, w.Title, w.Date), fmt.Sprintf("With %s, %s: %s (%s)", who, how.EN, w.Title, w.Date)), w.ID)
				}
			}
		}
	}
}

// ties looks at what was declared, is on record or stands in a CV between an expert and somebody or some unit of the application.
func (c *check) ties() {
	f := c.f
	look := func(id, name string, sure Sure) {
		for _, i := range f.ties[id] {
			t := f.world.Ties[i]
			other := t.A
			if other == id {
				other = t.B
			}
			if x, ok := f.people.byID[other]; ok && f.within(t) {
				c.add(x, t.Kind, weaker(sure, t.certainty()), tieText(t, name), strings.TrimSpace(t.Source), t.A, t.B)
			}
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
		c.head(legal, at.sure)
	}
}

// head looks at the legal representative of a unit, by ID, or by a name that one person bears.
func (c *check) head(o Org, sure Sure) {
	p := c.f.people
	x, ok := p.byID[o.LegalRep]
	if !ok {
		same := p.byName[plain(o.LegalRep)]
		if len(same) != 1 {
			return
		}
		x, sure = same[0], Possible
	}
	c.add(x, Shareholding, sure, lang.T("是“"+o.Name+"”的法定代表人", "Is the legal representative of "+o.Name), o.ID)
}

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
			if other.application != c.a.ID {
				c.add(x, Competitor, other.sure, lang.T("本人参加同一批次的另一申请", "Takes part in another application of the same call"), other.application)
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
