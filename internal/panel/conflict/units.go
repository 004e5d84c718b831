package conflict

import (
	"slices"
	"strings"
)

// orgs finds units by what is written.
type orgs struct {
	list   []Org
	byID   map[string]int
	full   map[string]int    // by name, legal form and all: a group has a 有限公司 and a 股份有限公司; -1: several units have it
	exact  map[string]int    // by key
	weak   map[string]int    // by what is left of a key without what people leave out first
	said   map[string]int    // by what a name says in English
	near   map[string][]form // keys with one character left out
	begin  map[rune][]form   // keys by their first character
	trio   map[string][]form // keys by three of their characters that follow one another
	legal  []int             // of each unit, the legal person that it is or belongs to
	groups []string
	memo   map[string]place // what was found for a text; org -1: nothing
	guess  Sure             // how sure a short form is
}

// form is one key of a unit.
type form struct {
	key []rune
	org int
}

// place is a unit as it was found, with the department that a longer name names.
type place struct {
	org        int
	department string
	sure       Sure
	as         string // what was written, where that is not the unit's name
}

func newOrgs(list []Org, partial bool) *orgs {
	o := &orgs{list: slices.Clone(list), byID: map[string]int{}, full: map[string]int{}, exact: map[string]int{}, weak: map[string]int{}, said: map[string]int{}, near: map[string][]form{}, begin: map[rune][]form{}, trio: map[string][]form{},
		legal: make([]int, len(list)), groups: make([]string, len(list)), memo: map[string]place{}, guess: Likely}
	if partial {
		o.guess = Possible
	}
	for i, x := range list {
		o.byID[x.ID] = i
		if x.USCC != "" {
			o.byID[x.USCC] = i
		}
	}
	for i := range list {
		o.legal[i], o.groups[i] = o.legalOf(i), o.groupOf(i)
		o.enter(i)
	}
	return o
}

// enter makes a unit findable by its names.
func (o *orgs) enter(i int) {
	x := o.list[i]
	for _, name := range append([]string{x.Name}, x.Aliases...) {
		k := orgKey(name)
		if k == "" {
			continue
		}
		reserve(o.exact, k, i)
		if full := plain(name); full != k {
			reserve(o.full, full, i)
		}
		for _, w := range o.weaker(x, name, k) {
			reserve(o.weak, w, i)
		}
		own := name
		if p, ok := o.byID[x.Parent]; ok && o.list[p].Umbrella {
			own = strings.TrimPrefix(name, o.list[p].Name)
		}
		said, initials := englishKeys(own)
		for _, e := range said {
			reserve(o.said, e, i)
		}
		for _, a := range initials {
			reserve(o.said, a, i)
		}
		r := []rune(k)
		for _, d := range without(k) {
			o.near[d] = append(o.near[d], form{r, i})
		}
		if !isHan(r[0]) {
			continue
		}
		o.begin[r[0]] = append(o.begin[r[0]], form{r, i})
		for n := range len(r) - 2 {
			t := string(r[n : n+3])
			o.trio[t] = append(o.trio[t], form{r, i})
		}
	}
}

// reserve gives a key to a unit; a key that two claim is nobody's.
func reserve(keys map[string]int, k string, i int) {
	if other, taken := keys[k]; taken && other != i {
		keys[k] = -1
	} else if k != "" {
		keys[k] = i
	}
}

// weaker are keys for a unit without the academy over it, without words such as 集团, and the initials of a name in letters.
func (o *orgs) weaker(x Org, name, key string) (keys []string) {
	if p, ok := o.byID[x.Parent]; ok && o.list[p].Umbrella {
		for _, over := range append([]string{o.list[p].Name}, o.list[p].Aliases...) {
			if rest, cut := strings.CutPrefix(key, orgKey(over)); cut && len([]rune(rest)) > 2 {
				keys = append(keys, rest)
			}
		}
	}
	if core := coreKey(key); core != key {
		keys = append(keys, core)
	}
	if a := acronym(name); len(a) > 2 {
		keys = append(keys, a)
	}
	return keys
}

// legalOf is the unit itself when it is a legal person, else what it is a part of.
func (o *orgs) legalOf(i int) int {
	for range 10 {
		x := o.list[i]
		p, ok := o.byID[x.Parent]
		if x.USCC != "" || x.Parent == "" || !ok || o.list[p].Umbrella {
			return i
		}
		i = p
	}
	return i
}

// groupOf is the group that is said, else the uppermost unit below any umbrella.
func (o *orgs) groupOf(i int) string {
	for range 10 {
		x := o.list[i]
		if x.Group != "" {
			return x.Group
		}
		p, ok := o.byID[x.Parent]
		if x.Parent == "" || !ok || o.list[p].Umbrella {
			return x.ID
		}
		i = p
	}
	return o.list[i].ID
}

// find resolves an ID, a code or a name.
func (o *orgs) find(text string) (place, bool) {
	at, known := o.memo[text]
	if !known {
		var found bool
		if at, found = o.look(text); !found {
			at.org = -1
		} else if text != o.list[at.org].Name && at.sure != Certain {
			at.as = strings.TrimSpace(text)
		}
		o.memo[text] = at
	}
	return at, at.org >= 0
}

// settle is find, and where there is no such unit, it becomes one: two people who write the same name are at one place.
func (o *orgs) settle(text string) (place, bool) {
	if at, ok := o.find(text); ok {
		return at, true
	}
	k := orgKey(text)
	if len([]rune(k)) < 4 || isBare(k) {
		return place{}, false
	}
	i := len(o.list)
	o.list = append(o.list, Org{ID: "written " + k, Name: strings.TrimSpace(text)})
	o.legal, o.groups = append(o.legal, i), append(o.groups, o.list[i].ID)
	reserve(o.exact, k, i)
	o.memo[text] = place{org: i, sure: Likely}
	return o.memo[text], true
}

// look tries the ways of writing a unit, the surest first: as it is called, with a department beside it, cut short, with a slip of the pen.
func (o *orgs) look(text string) (place, bool) {
	if i, ok := o.byID[text]; ok {
		return o.at(i, Certain), true
	}
	if i, ok := o.full[plain(text)]; ok && i >= 0 {
		return o.at(i, Likely), true
	}
	whole := orgKey(text)
	if whole == "" {
		return place{}, false
	}
	pieces := append([]part{{key: whole, written: text}}, segments(text)...)
	heads := headsOf(whole)
	for _, try := range []struct {
		as   func(part) (place, bool)
		from []part
	}{{o.called, pieces}, {o.inEnglish, pieces}, {o.begun, heads}, {o.short, pieces}, {o.short, slices.DeleteFunc(slices.Clone(heads), func(h part) bool { return !cutShort(h.key) })}, {o.slip, pieces}, {o.slip, heads}} {
		for _, x := range try.from {
			p, ok := try.as(x)
			if !ok || o.longer(x, p.org) || o.list[p.org].Umbrella && x.rest != "" { // what follows an academy's name is a unit, not a department
				continue
			}
			if p.department == "" {
				p.department = x.rest
			}
			return p, true
		}
	}
	return place{}, false
}

// called finds the one unit that has a key.
func (o *orgs) called(x part) (place, bool) {
	key := x.key
	i, ok := o.exact[key]
	if !ok {
		if i, ok = o.weak[key]; !ok {
			i, ok = o.weak[coreKey(key)]
		}
	}
	if !ok || i < 0 {
		return place{}, false
	}
	if r := []rune(key); len(r) == 2 && slices.ContainsFunc(o.begin[r[0]], func(f form) bool { return f.org != i && strings.HasSuffix(string(f.key), "大学") && within(r, f.key) }) {
		return o.at(i, Possible), true // 东大 may be another university
	}
	return o.at(i, Likely), true
}

// inEnglish finds the one unit whose name says the same.
func (o *orgs) inEnglish(x part) (place, bool) {
	if i, ok := o.said[englishKey(x.written)]; ok && i >= 0 {
		return o.at(i, o.guess), true
	}
	if i, ok := o.said[x.key]; ok && i >= 0 { // initials
		return o.at(i, Possible), true
	}
	return place{}, false
}

// begun finds the one unit that has a key, or the one firm whose key begins with it, in four characters and more.
func (o *orgs) begun(x part) (place, bool) {
	key := x.key
	if p, ok := o.called(x); ok {
		return p, true
	}
	r := []rune(key)
	if len(r) < 4 {
		return place{}, false
	}
	found := -1
	for _, f := range o.begin[r[0]] {
		if len(f.key) > len(r) && slices.Equal(f.key[:len(r)], r) {
			if found >= 0 && found != f.org {
				return place{}, false
			}
			found = f.org
		}
	}
	if found < 0 || !strings.Contains(o.list[found].Name, "公司") {
		return place{}, false
	}
	return o.at(found, o.guess), true
}

// longer tells whether what follows a short head belongs to another unit's name: 东软医疗研究院 is no department of 东软 where there is a 东软医疗.
func (o *orgs) longer(x part, org int) bool {
	head := []rune(x.key)
	if x.rest == "" || len(head) > 3 {
		return false
	}
	next := append(head, []rune(x.rest)...)
	return len(next) > len(head)+1 && slices.ContainsFunc(o.begin[head[0]], func(f form) bool {
		return f.org != org && len(f.key) >= len(head)+2 && slices.Equal(f.key[:len(head)+2], next[:len(head)+2])
	})
}

// at tells the department of a unit that is one.
func (o *orgs) at(i int, sure Sure) place {
	p := place{org: i, sure: sure}
	if o.legal[i] != i {
		p.department = strings.TrimPrefix(orgKey(o.list[i].Name), orgKey(o.list[o.legal[i]].Name))
	}
	return p
}

// short finds the one unit of whose name a text is some characters in their order, from the first on (沈工大), or a piece of four and more.
// Of two characters it is only possible.
func (o *orgs) short(x part) (place, bool) {
	key := x.key
	r := []rune(key)
	if len(r) < 2 || len(r) > 12 || !isHan(r[0]) || isBare(key) || strings.HasSuffix(key, "大学") || strings.HasSuffix(key, "学院") { // a full name
		return place{}, false
	}
	found := -1
	one := func(i int) bool {
		if found >= 0 && found != i {
			found = -2
		} else if found == -1 {
			found = i
		}
		return found != -2
	}
	if len(r) <= 7 {
		for _, f := range o.begin[r[0]] {
			if within(r, f.key) && !o.list[f.org].Umbrella && !one(f.org) {
				break
			}
		}
	}
	if found == -1 && len(r) >= 4 {
		for _, f := range o.trio[string(r[:3])] {
			if strings.Contains(string(f.key), key) && !one(f.org) {
				break
			}
		}
	}
	switch {
	case found < 0:
		return place{}, false
	case len(r) == 2:
		return o.at(found, Possible), true
	}
	return o.at(found, o.guess), true
}

// within tells whether a has its characters in b, in their order.
func within(a, b []rune) bool {
	n := 0
	for _, c := range b {
		if n < len(a) && a[n] == c {
			n++
		}
	}
	return n == len(a)
}

// slip finds the one unit whose key differs in one character.
func (o *orgs) slip(x part) (place, bool) {
	key := x.key
	found := -1
	for _, d := range without(key) {
		for _, f := range o.near[d] {
			if found == f.org || !oneApart([]rune(key), f.key) {
				continue
			}
			if found >= 0 {
				return place{}, false
			}
			found = f.org
		}
	}
	if found < 0 {
		return place{}, false
	}
	return o.at(found, Possible), true
}

// oneApart tells whether one character is another, is missing or too much, or two neighbours changed places.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for n < len(a) && a[n] == b[n] {
		n++
	}
	if len(a) < len(b) {
		return slices.Equal(a[n:], b[n+1:])
	}
	return n == len(a) || slices.Equal(a[n+1:], b[n+1:]) || n+1 < len(a) && a[n] == b[n+1] && a[n+1] == b[n] && slices.Equal(a[n+2:], b[n+2:])
}
