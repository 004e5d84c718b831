package conflict

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// orgs finds units by what is written.
type orgs struct {
	list   []Org
	byID   map[string]int
	byKey  map[string]int   // -1: several units have it
	near   map[string][]int // names with one character left out
	legal  []int            // of each unit, the legal person that it is or belongs to
	groups []string
	memo   map[string]place // what was found for a text; org -1: nothing
}

// place is a unit as it was found, with the department that a longer name names.
type place struct {
	org        int
	department string
	sure       Sure
}

// shorter are words of unit names and how they are cut short. What is left is a key: the same for the full and the short form.
var shorter = strings.NewReplacer("中国科学院", "中科院", "有限责任公司", "", "股份有限公司", "", "有限公司", "", "研究所", "所", "研究院", "院", "（", "", "）", "",
	"哈尔滨工业大学", "哈工大", "省", "", "市", "", "集团公司", "集团")

// orgKey is a unit's name but for width, case, punctuation, legal form and common abbreviation.
func orgKey(name string) string { return shorter.Replace(plain(name)) }

// plain leaves letters and digits, half width and lower case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}

func newOrgs(list []Org) *orgs {
	o := &orgs{list: list, byID: map[string]int{}, byKey: map[string]int{}, near: map[string][]int{}, legal: make([]int, len(list)), groups: make([]string, len(list)), memo: map[string]place{}}
	for i, x := range list {
		o.byID[x.ID] = i
		if x.USCC != "" {
			o.byID[x.USCC] = i
		}
	}
	for i, x := range list {
		for _, n := range append([]string{x.Name}, x.Aliases...) {
			k := orgKey(n)
			if other, taken := o.byKey[k]; taken && other != i {
				o.byKey[k] = -1
			} else if k != "" {
				o.byKey[k] = i
			}
			for _, d := range without(k) {
				o.near[d] = append(o.near[d], i)
			}
		}
	}
	for i := range list {
		o.legal[i], o.groups[i] = o.legalOf(i), o.groupOf(i)
	}
	return o
}

// minNear is how long a key must be before a slip in one character may be looked through.
const minNear = 5

// without gives a key with each of its characters left out, and itself: two keys that differ in one character share one of these.
func without(key string) []string {
	r := []rune(key)
	if len(r) < minNear {
		return nil
	}
	out := []string{key}
	for i := range r {
		out = append(out, string(r[:i])+string(r[i+1:]))
	}
	return out
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

// find resolves an ID, a code or a name. A name that begins with a known unit's is that unit's department.
func (o *orgs) find(text string) (place, bool) {
	at, known := o.memo[text]
	if !known {
		var found bool
		if at, found = o.look(text); !found {
			at.org = -1
		}
		o.memo[text] = at
	}
	return at, at.org >= 0
}

func (o *orgs) look(text string) (place, bool) {
	if i, ok := o.byID[text]; ok {
		return o.at(i, Certain), true
	}
	k := orgKey(text)
	if k == "" {
		return place{}, false
	}
	if i, ok := o.byKey[k]; ok && i >= 0 {
		return o.at(i, Likely), true
	}
	r := []rune(k)
	for n := len(r) - 1; n >= 3; n-- {
		if i, ok := o.byKey[string(r[:n])]; ok && i >= 0 && !o.list[i].Umbrella { // what follows an academy's name is a unit, not a department
			p := o.at(i, Likely)
			p.department = string(r[n:])
			return p, true
		}
	}
	return o.slip(k)
}

// at tells the department of a unit that is one.
func (o *orgs) at(i int, sure Sure) place {
	p := place{org: i, sure: sure}
	if o.legal[i] != i {
		p.department = strings.TrimPrefix(orgKey(o.list[i].Name), orgKey(o.list[o.legal[i]].Name))
	}
	return p
}

// slip finds the one unit whose key differs in one character.
func (o *orgs) slip(key string) (place, bool) {
	found := -1
	for _, d := range without(key) {
		for _, i := range o.near[d] {
			if found >= 0 && found != i {
				return place{}, false
			}
			found = i
		}
	}
	if found < 0 {
		return place{}, false
	}
	return o.at(found, Possible), true
}
