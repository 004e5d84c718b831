package register

import (
	"fmt"
	"maps"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Related tells whether two parties are so close that one must not judge, take from or test the other, and why. It is asked
// before anybody is invited. Looked at, in this order:
//  1. the same party;
//  2. the same organisation entered twice: same unified social credit code, or a name or alias that is the same but for width,
//     blanks, punctuation and 有限(责任)公司;
//  3. one inside the other, or both inside a third; a person counts with the employer. A government body above does not tie:
//     those who only have the same authority over them are not related (企业会计准则第 36 号第六条);
//  4. the same legal representative, or a person of that name;
//  5. a tie declared between any two of these that holds today;
//  6. close kin of a person: kin who are, work for, or legally represent the other or what it belongs to.
//
// Same names of people are a reason to look, and are taken as one: the rule errs towards leaving out. It is symmetric.
func (r *Register) Related(tx *store.Tx, a, b string) (why lang.Text, related bool, err error) {
	return newKinFinder(tx).related(a, b)
}

// Conflicts asks Related for each of many with each of some, reading every party once; it gives the first reason for each of the
// many that has one.
func (r *Register) Conflicts(tx *store.Tx, many, some []string) (map[string]lang.Text, error) {
	f := newKinFinder(tx)
	if err := f.preload(append(slices.Clone(many), some...)); err != nil {
		return nil, err
	}
	found := map[string]lang.Text{}
	for _, m := range many {
		for _, s := range some {
			why, related, err := f.related(m, s)
			if err != nil {
				return nil, err
			}
			if related {
				found[m] = why
				break
			}
		}
	}
	return found, nil
}

// Around gives some parties, what they are part of and who employs them, and every tie of any of them, ended ones too.
func (r *Register) Around(tx *store.Tx, ids []string) (parties []Party, ties []Tie, err error) {
	f := newKinFinder(tx)
	if err := f.preload(slices.Clone(ids)); err != nil {
		return nil, nil, err
	}
	known := slices.Sorted(maps.Keys(f.parties))
	seen := map[string]bool{}
	for _, id := range known {
		if p := f.parties[id]; p != nil {
			parties = append(parties, *p)
		}
	}
	for part := range slices.Chunk(known, 500) {
		some, err := tiesOfAny(tx, part)
		if err != nil {
			return nil, nil, err
		}
		for _, t := range some {
			if !seen[t.ID] {
				seen[t.ID] = true
				ties = append(ties, t)
			}
		}
	}
	return parties, ties, nil
}

// kinFinder remembers what it read, for one transaction.
type kinFinder struct {
	tx      *store.Tx
	today   caldate.Date
	parties map[string]*Party
	ties    map[string][]Tie
	rings   map[string][]*Party
	keys    map[string][]string
}

func newKinFinder(tx *store.Tx) *kinFinder {
	return &kinFinder{tx, caldate.On(tx.Now()), map[string]*Party{}, map[string][]Tie{}, map[string][]*Party{}, map[string][]string{}}
}

// preload reads what a draw needs in a few statements instead of several for each expert: 1000 experts against five parties take
// 13 ms (BenchmarkConflicts); read one by one they took 90.
func (f *kinFinder) preload(ids []string) error {
	const page = 500
	var all []string
	for len(ids) > 0 {
		fresh := slices.DeleteFunc(ids, func(id string) bool { _, known := f.parties[id]; return known || id == "" })
		slices.Sort(fresh)
		fresh = slices.Compact(fresh)
		all, ids = append(all, fresh...), nil
		for part := range slices.Chunk(fresh, page) {
			for _, id := range part {
				f.parties[id] = nil
			}
			parties, err := partiesByID(f.tx, part)
			if err != nil {
				return err
			}
			for _, p := range parties {
				id := p.ID
				if p.Deleted { // it may have gone into another
					if p, _, err = partyByID(f.tx, id); err != nil {
						return err
					}
				}
				f.parties[id] = &p
				ids = append(ids, p.Parent, p.Employer)
			}
		}
	}
	for part := range slices.Chunk(all, page) {
		ties, err := tiesOfAny(f.tx, part)
		if err != nil {
			return err
		}
		for _, id := range part {
			f.ties[id] = nil
		}
		for _, t := range ties {
			for _, end := range []string{t.A, t.B} {
				if t.on(f.today) && slices.Contains(part, end) {
					f.ties[end] = append(f.ties[end], t)
				}
			}
		}
	}
	return nil
}

func (f *kinFinder) party(id string) (*Party, error) {
	if p, ok := f.parties[id]; ok {
		return p, nil
	}
	p, found, err := partyByID(f.tx, id)
	if err != nil {
		return nil, err
	}
	if found {
		f.parties[id] = &p
	} else {
		f.parties[id] = nil
	}
	return f.parties[id], nil
}

func (f *kinFinder) tiesOf(id string) ([]Tie, error) {
	if t, ok := f.ties[id]; ok {
		return t, nil
	}
	all, err := tiesOf(f.tx, id)
	if err != nil {
		return nil, err
	}
	var now []Tie
	for _, t := range all {
		if t.on(f.today) {
			now = append(now, t)
		}
	}
	f.ties[id] = now
	return now, nil
}

// ring is a party, the employer of a person, and what they are part of, up to but without government.
func (f *kinFinder) ring(id string) ([]*Party, error) {
	if r, ok := f.rings[id]; ok {
		return r, nil
	}
	var ring []*Party
	for next := id; next != "" && len(ring) <= maxDepth; {
		p, err := f.party(next)
		if err != nil {
			return nil, err
		}
		if p == nil {
			break
		}
		employer := len(ring) == 1 && ring[0].Kind == Person
		if p.Kind == Government && len(ring) > 0 && !employer {
			break
		}
		ring = append(ring, p)
		if next = p.Parent; p.Kind == Person {
			next = p.Employer
		}
	}
	f.rings[id] = ring
	return ring, nil
}

func (f *kinFinder) keysOf(p *Party) []string {
	if k, ok := f.keys[p.ID]; ok {
		return k
	}
	var keys []string
	for _, n := range append([]string{p.Name}, p.Aliases...) {
		if k := nameKey(n); k != "" {
			keys = append(keys, k)
		}
	}
	f.keys[p.ID] = keys
	return keys
}

func (f *kinFinder) related(a, b string) (lang.Text, bool, error) {
	ringA, err := f.ring(a)
	if err != nil {
		return lang.Text{}, false, err
	}
	ringB, err := f.ring(b)
	if err != nil || len(ringA) == 0 || len(ringB) == 0 {
		return lang.Text{}, a == b, err
	}
	for _, test := range []func(x, y []*Party) (lang.Text, bool, error){f.same, f.represented, f.tied, f.kin} {
		if why, yes, err := test(ringA, ringB); err != nil || yes {
			return why, yes, err
		}
	}
	// kin is the one test that looks from its first party's side
	return f.kin(ringB, ringA)
}

// same finds a party that is in both rings, as one entry or as two of one organisation.
func (f *kinFinder) same(x, y []*Party) (lang.Text, bool, error) {
	for i, p := range x {
		for j, q := range y {
			switch {
			case p.ID == q.ID && i == 0 && j == 0:
				return lang.T("为同一主体", "They are the same party"), true, nil
			case p.ID == q.ID && j == 0:
				return belongs(x[0], q), true, nil
			case p.ID == q.ID && i == 0:
				return belongs(y[0], p), true, nil
			case p.ID == q.ID:
				return lang.T(fmt.Sprintf("“%s”与“%s”同属“%s”", x[0].Name, y[0].Name, p.Name), fmt.Sprintf("%s and %s both belong to %s", x[0].Name, y[0].Name, p.Name)), true, nil
			case p.USCC != "" && p.USCC == q.USCC:
				return lang.T(fmt.Sprintf("“%s”与“%s”的统一社会信用代码相同（%s）", p.Name, q.Name, p.USCC), fmt.Sprintf("%s and %s have the same unified social credit code", p.Name, q.Name)), true, nil
			case p.Kind != Person && q.Kind != Person && shares(f.keysOf(p), f.keysOf(q)):
				return lang.T(fmt.Sprintf("“%s”与“%s”名称或别名相同", p.Name, q.Name), fmt.Sprintf("%s and %s have a name or alias in common", p.Name, q.Name)), true, nil
			}
		}
	}
	return lang.Text{}, false, nil
}

func belongs(inner, outer *Party) lang.Text {
	if inner.Kind == Person {
		return lang.T(fmt.Sprintf("%s在“%s”工作", inner.Name, outer.Name), fmt.Sprintf("%s works for %s", inner.Name, outer.Name))
	}
	return lang.T(fmt.Sprintf("“%s”属于“%s”", inner.Name, outer.Name), fmt.Sprintf("%s is a part of %s", inner.Name, outer.Name))
}

func shares(a, b []string) bool {
	for _, s := range a {
		for _, t := range b {
			if s == t {
				return true
			}
		}
	}
	return false
}

// represented finds one legal representative on both sides, or a person of that name.
func (f *kinFinder) represented(x, y []*Party) (lang.Text, bool, error) {
	for _, p := range x {
		for _, q := range y {
			switch {
			case p.LegalRep != "" && plain(p.LegalRep) == plain(q.LegalRep):
				return lang.T(fmt.Sprintf("“%s”与“%s”的法定代表人同为%s", p.Name, q.Name, p.LegalRep), fmt.Sprintf("%s and %s have the same legal representative, %s", p.Name, q.Name, p.LegalRep)), true, nil
			case headedBy(q, p):
				return headText(q, p), true, nil
			case headedBy(p, q):
				return headText(p, q), true, nil
			}
		}
	}
	return lang.Text{}, false, nil
}

func headedBy(org, person *Party) bool {
	return person.Kind == Person && org.LegalRep != "" && plain(org.LegalRep) == plain(person.Name)
}

func headText(org, person *Party) lang.Text {
	return lang.T(fmt.Sprintf("%s与“%s”的法定代表人同名", person.Name, org.Name), fmt.Sprintf("%s has the name of the legal representative of %s", person.Name, org.Name))
}

// tied finds a declared tie between the two rings.
func (f *kinFinder) tied(x, y []*Party) (lang.Text, bool, error) {
	for _, p := range x {
		ties, err := f.tiesOf(p.ID)
		if err != nil {
			return lang.Text{}, false, err
		}
		for _, t := range ties {
			for _, q := range y {
				if t.other(p.ID) == q.ID {
					k := t.Kind.title()
					return lang.T(fmt.Sprintf("“%s”与“%s”有申报的关系：%s", p.Name, q.Name, k.ZH), fmt.Sprintf("%s and %s have a declared tie: %s", p.Name, q.Name, k.EN)), true, nil
				}
			}
		}
	}
	return lang.Text{}, false, nil
}

// kin finds close kin of the person that the first ring begins with in or at the head of the other ring.
func (f *kinFinder) kin(x, y []*Party) (lang.Text, bool, error) {
	me := x[0]
	if me.Kind != Person {
		return lang.Text{}, false, nil
	}
	ties, err := f.tiesOf(me.ID)
	if err != nil {
		return lang.Text{}, false, err
	}
	for _, t := range ties {
		if t.Kind != Kinship {
			continue
		}
		ring, err := f.ring(t.other(me.ID))
		if err != nil {
			return lang.Text{}, false, err
		}
		if len(ring) == 0 || ring[0].Deleted {
			continue
		}
		for _, test := range []func(x, y []*Party) (lang.Text, bool, error){f.same, f.represented} {
			if why, yes, err := test(ring, y); err != nil || yes {
				return lang.T(fmt.Sprintf("%s的近亲属%s：%s", me.Name, ring[0].Name, why.ZH), fmt.Sprintf("%s, close kin of %s: %s", ring[0].Name, me.Name, why.EN)), yes, err
			}
		}
	}
	return lang.Text{}, false, nil
}
