package conflict

import (
	"slices"
	"strings"

	"kechuang/internal/caldate"
)

// people finds persons by what is written of them.
type people struct {
	list    []Person
	byID    map[string]int
	byORCID map[string]int
	byEmail map[string]int
	byName  map[string][]int
	slips   map[string][]int // names with a character left out, of people with a unit
	posts   [][]post
	known   []map[int]bool // whom each worked with, by works whose people are certain
}

// post is a post with its unit resolved.
type post struct {
	place
	from, to caldate.Date
}

func (p post) on(from, to caldate.Date) bool {
	return (p.to == "" || to == "" || p.to >= from) && (p.from == "" || to == "" || p.from <= to)
}

func newPeople(list []Person, o *orgs) *people {
	p := &people{list: list, byID: make(map[string]int, len(list)), byORCID: map[string]int{}, byEmail: map[string]int{}, byName: map[string][]int{}, slips: map[string][]int{}, posts: make([][]post, len(list)), known: make([]map[int]bool, len(list))}
	for i, x := range list {
		p.byID[x.ID] = i
		if x.ORCID != "" {
			p.byORCID[x.ORCID] = i
		}
		if x.Email != "" {
			p.byEmail[strings.ToLower(x.Email)] = i
		}
		n := plain(x.Name)
		p.byName[n] = append(p.byName[n], i)
		if r := []rune(n); len(r) == 3 { // 姓 and two characters: one of them may have been mistyped
			p.slips[string(r[0])+"*"+string(r[2])] = append(p.slips[string(r[0])+"*"+string(r[2])], i)
			p.slips[string(r[:2])+"*"] = append(p.slips[string(r[:2])+"*"], i)
		}
		for _, q := range x.Posts {
			if at, ok := o.find(q.Org); ok {
				p.posts[i] = append(p.posts[i], post{at, q.From, q.To})
			}
		}
	}
	return p
}

// find resolves a mention. By identifiers it is certain. By name it is likely when just one person of that name was at the unit, or
// worked with others of the same work; possible when the name is all there is and only one person bears it, or when the unit agrees
// and one character of the name does not.
func (p *people) find(m Mention, o *orgs, with []int) (int, Sure, bool) {
	if i, ok := p.byID[m.Person]; ok && m.Person != "" {
		return i, Certain, true
	}
	if i, ok := p.byORCID[m.ORCID]; ok && m.ORCID != "" {
		return i, Certain, true
	}
	if i, ok := p.byEmail[strings.ToLower(m.Email)]; ok && m.Email != "" {
		return i, Certain, true
	}
	at, hasOrg := o.find(m.Org)
	n := plain(m.Name)
	var same []int
	for _, i := range p.byName[n] {
		if m.ORCID == "" || p.list[i].ORCID == "" { // another identifier is another person
			same = append(same, i)
		}
	}
	fits := func(list []int) (int, bool) {
		var fit []int
		for _, i := range list {
			if hasOrg && p.worked(i, o.legal[at.org], o) || slices.ContainsFunc(with, func(w int) bool { return w != i && p.known[i][w] }) {
				fit = append(fit, i)
			}
		}
		if len(fit) == 1 {
			return fit[0], true
		}
		return -1, false
	}
	if i, ok := fits(same); ok {
		if at.sure == Possible && !hasShared(p, i, with) {
			return i, Possible, true
		}
		return i, Likely, true
	}
	if len(same) == 1 && !hasOrg {
		return same[0], Possible, true
	}
	if len(same) == 0 && hasOrg {
		if r := []rune(n); len(r) == 3 {
			if i, ok := fits(append(slices.Clone(p.slips[string(r[0])+"*"+string(r[2])]), p.slips[string(r[:2])+"*"]...)); ok {
				return i, Possible, true
			}
		}
	}
	return -1, "", false
}

func hasShared(p *people, i int, with []int) bool {
	return slices.ContainsFunc(with, func(w int) bool { return w != i && p.known[i][w] })
}

// worked tells whether a person was ever at a legal person.
func (p *people) worked(i, legal int, o *orgs) bool {
	return slices.ContainsFunc(p.posts[i], func(q post) bool { return o.legal[q.org] == legal })
}
