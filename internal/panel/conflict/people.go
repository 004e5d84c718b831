package conflict

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kechuang/internal/caldate"
)

// people finds persons by what is written of them.
type people struct {
	list    []Person
	orgs    *orgs
	byID    map[string]int
	byORCID map[string]int
	byEmail map[string]int
	byName  map[string][]int
	bySound map[string][]int // by the sound of the whole name, and by family name and initial
	slips   map[string][]int // names with a star for a character that may have been mistyped
	posts   [][]post
	claims  []claimed
	known   []map[int]bool // whom each worked with, by works whose people are sure
}

// post is a post with its unit resolved.
type post struct {
	place
	from, to caldate.Date
	month    bool
}

func (p post) on(from, to caldate.Date) bool {
	return (p.to == "" || to == "" || p.to >= from) && (p.from == "" || to == "" || p.from <= to)
}

// maker is somebody as found.
type maker struct {
	person int
	sure   Sure
}

func newPeople(list []Person, o *orgs) *people {
	p := &people{list: list, orgs: o, byID: make(map[string]int, len(list)), byORCID: map[string]int{}, byEmail: map[string]int{}, byName: map[string][]int{}, bySound: map[string][]int{}, slips: map[string][]int{},
		posts: make([][]post, len(list)), known: make([]map[int]bool, len(list))}
	for i, x := range list {
		p.byID[x.ID] = i
		if x.ORCID != "" {
			p.byORCID[x.ORCID] = i
		}
		if x.Email != "" {
			p.byEmail[strings.ToLower(x.Email)] = i
		}
		p.enter(i, plain(x.Name))
		life := readBiography(x.Biography, o)
		for _, q := range slices.Concat(x.Posts, life.posts) {
			if at, ok := o.settle(q.Org); ok {
				p.posts[i] = append(p.posts[i], post{at, q.From, q.To, q.month})
			}
		}
		for _, c := range life.claims {
			p.claims = append(p.claims, claimed{i, c})
		}
	}
	return p
}

// enter makes somebody findable by name.
func (p *people) enter(i int, name string) {
	add := func(m map[string][]int, k string) {
		if k != "" && !slices.Contains(m[k], i) {
			m[k] = append(m[k], i)
		}
	}
	add(p.byName, name)
	for _, s := range sounds(name) {
		add(p.bySound, s)
		add(p.bySound, begun(s))
	}
	for _, s := range starred(name) {
		add(p.slips, s)
	}
}

// starred are a name of three and more characters with a star for each of them but the first in turn, and with each left out where it is long.
func starred(name string) (all []string) {
	r := []rune(name)
	if len(r) < 3 || !isHan(r[0]) {
		return nil
	}
	for i := range r {
		all = append(all, string(r[:i])+"*"+string(r[i+1:]))
	}
	return all
}

// candidate is somebody who may be meant; exact: by the name as it is written.
type candidate struct {
	person int
	exact  bool
}

// find resolves a mention of a day. By identifiers it is certain. By name it is likely when just one person of that name was at the unit, or
// worked with others of the same work; possible when several fit, when the name is all there is and only one person bears it, or when the unit
// agrees and the name is in letters, or one character of it does not.
func (p *people) find(m Mention, with []int, day caldate.Date) []maker {
	if i, ok := p.byID[m.Person]; ok && m.Person != "" {
		return []maker{{i, Certain}}
	}
	if i, ok := p.byORCID[m.ORCID]; ok && m.ORCID != "" {
		return []maker{{i, Certain}}
	}
	if i, ok := p.byEmail[strings.ToLower(m.Email)]; ok && m.Email != "" {
		return []maker{{i, Certain}}
	}
	at, hasOrg := p.orgs.find(m.Org)
	all := p.meant(m)
	var fit []maker
	for _, c := range all {
		together := slices.ContainsFunc(with, func(w int) bool { return w != c.person && p.known[c.person][w] })
		there := hasOrg && p.worked(c.person, p.orgs.legal[at.org])
		switch {
		case !there && !together:
		case c.exact && (together || at.sure != Possible), there && together:
			fit = append(fit, maker{c.person, Likely})
		case there:
			fit = append(fit, maker{c.person, Possible})
		}
	}
	if fit = p.narrow(fit, at, hasOrg, day); len(fit) > 1 {
		if len(fit) > 3 {
			return nil
		}
		for i := range fit {
			fit[i].sure = Possible
		}
	}
	if len(fit) == 0 && !hasOrg && len(all) == 1 && all[0].exact {
		return []maker{{all[0].person, Possible}}
	}
	return fit
}

// meant are those whose name it may be, without those whom another identifier or year of birth rules out. A name that somebody bears is no slip of
// another.
func (p *people) meant(m Mention) (all []candidate) {
	add := func(exact func(int) bool, lists ...[]int) {
		list := lists[0]
		if len(lists) > 1 {
			list = slices.Concat(lists...)
			slices.Sort(list)
			list = slices.Compact(list)
		}
		for _, i := range list {
			x := &p.list[i]
			if (m.ORCID == "" || x.ORCID == "") && (m.Born == 0 || x.Born == 0 || m.Born == x.Born) {
				all = append(all, candidate{i, exact(i)})
			}
		}
	}
	var lists [][]int
	if keys, initials := spelt(m.Name); keys != nil {
		for _, k := range keys {
			if initials {
				k = begun(k)
			}
			lists = append(lists, p.bySound[k])
		}
		add(func(i int) bool { return !initials && utf8.RuneCountInString(p.list[i].Name) > 2 }, lists...) // letters say less: only a given name of two characters is a name
		return all
	}
	n := plain(m.Name)
	if same := p.byName[n]; len(same) > 0 {
		add(func(int) bool { return true }, same)
		return all
	}
	for _, s := range sounds(n) {
		lists = append(lists, p.bySound[s])
	}
	for _, s := range starred(n) {
		lists = append(lists, p.slips[s])
	}
	if len(lists) > 0 {
		add(func(int) bool { return false }, lists...)
	}
	return all
}

// narrow tells people of one name at one unit apart: by how sure they are, by the department, and by who was there on the day.
func (p *people) narrow(fit []maker, at place, hasOrg bool, day caldate.Date) []maker {
	keep := func(is func(maker) bool) {
		if some := slices.DeleteFunc(slices.Clone(fit), func(m maker) bool { return !is(m) }); len(some) > 0 {
			fit = some
		}
	}
	if len(fit) > 1 {
		keep(func(m maker) bool { return m.sure == Likely })
	}
	if len(fit) > 1 && hasOrg {
		legal := p.orgs.legal[at.org]
		was := func(m maker, is func(post) bool) bool {
			return slices.ContainsFunc(p.posts[m.person], func(q post) bool { return p.orgs.legal[q.org] == legal && is(q) })
		}
		if at.department != "" {
			keep(func(m maker) bool { return was(m, func(q post) bool { return q.department == at.department }) })
		}
		if day != "" {
			keep(func(m maker) bool { return was(m, func(q post) bool { return q.on(day, day) }) })
		}
	}
	return fit
}

// worked tells whether a person was ever at a legal person.
func (p *people) worked(i, legal int) bool {
	return slices.ContainsFunc(p.posts[i], func(q post) bool { return p.orgs.legal[q.org] == legal })
}
