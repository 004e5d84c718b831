package panel

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Candidate is somebody of the pool with what the criteria ask about.
type Candidate struct {
	ID   string            `json:"id"`
	Unit string            `json:"unit,omitempty"` // the legal person that employs them
	Has  map[string]string `json:"has,omitempty"`  // kind: technical, outside: yes …
}

// Quota asks for at least and at most so many people who have a value. Most 0 is no limit.
type Quota struct {
	What  string    `json:"what"`
	Is    string    `json:"is"`
	Title lang.Text `json:"title,omitzero"` // what such people are called
	Least int       `json:"least,omitempty"`
	Most  int       `json:"most,omitempty"`
}

// Criteria are what a panel must be.
type Criteria struct {
	Size     int     `json:"size"`
	UnitMost int     `json:"unitMost,omitempty"` // people of one unit; 0: no limit
	Quotas   []Quota `json:"quotas,omitempty"`
}

// Leave is somebody who was drawn and went, with who came instead: by the order of the draw, never by choice.
type Leave struct {
	Person string    `json:"person"`
	Why    lang.Text `json:"why"`
	For    string    `json:"for,omitempty"` // empty: nobody is left who fits
}

// Ask is what a draw is made from, all but chance.
type Ask struct {
	For      string // which case and draw
	Round    int    // which draw of this panel it is: what was drawn before stays in the case
	Pool     []Candidate
	Excluded []Exclusion
	Criteria Criteria
	Holds    []string // of the pool: on the panel already, by an earlier draw
}

// Record is a draw under criteria with all that a replay needs. Its bytes (Encode) are canonical: one changed byte is found.
//
// The order of the pool is HMAC(HMAC(seed, fingerprint, beacon, said), person). The seed was committed to before the pool was fixed, so it could
// not be chosen for the pool. The fingerprint is of pool, exclusions and criteria: none of them can be changed without another order. The
// beacon is the journal's latest checkpoint at the draw. Whoever can read the seed beforehand — the operator — could still look for a
// change of the pool that suits; against that stands what those present said after they had seen the fingerprint.
type Record struct {
	Version     int         `json:"version"` // 3; 2 had no fingerprint, and nobody said anything
	For         string      `json:"for"`
	Round       int         `json:"round,omitempty"`
	Seed        string      `json:"seed"`
	Commitment  string      `json:"commitment"`
	Fingerprint string      `json:"fingerprint,omitempty"`
	Beacon      string      `json:"beacon"`
	Said        string      `json:"said,omitempty"`
	Criteria    Criteria    `json:"criteria"`
	Pool        []Candidate `json:"pool"` // by ID
	Excluded    []Exclusion `json:"excluded,omitempty"`
	Holds       []string    `json:"holds,omitempty"`
	Drawn       []string    `json:"drawn"`
	Order       []string    `json:"order"` // everyone eligible, in the order of the draw
	Left        []Leave     `json:"left,omitempty"`
	Panel       []string    `json:"panel"` // who it is now

	table *table
	place map[string]int // of everybody, in the pool
}

// version of new draws; files of the one before are still replayed.
const version = 3

// Fixed is a pool that is fixed for one draw.
type Fixed struct {
	r    Record
	free []int // who may be drawn, by place in the pool
}

// Fix takes a pool as it is: sorted, with its exclusions and criteria checked. Its Fingerprint can be shown before anything is drawn.
func (a Ask) Fix() (*Fixed, error) { return a.fix(version) }

func (a Ask) fix(version int) (*Fixed, error) {
	r := Record{Version: version, For: a.For, Round: a.Round, Criteria: a.Criteria, Pool: slices.Clone(a.Pool), Holds: slices.Sorted(slices.Values(a.Holds))}
	slices.SortFunc(r.Pool, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; i < len(r.Pool); i++ {
		if r.Pool[i].ID == r.Pool[i-1].ID {
			return nil, fmt.Errorf("panel: %s is in the pool twice", r.Pool[i].ID)
		}
	}
	if err := a.Criteria.check(); err != nil {
		return nil, err
	}
	r.table = newTable(r.Pool, r.Criteria)
	r.place = make(map[string]int, len(r.Pool))
	for i, p := range r.Pool {
		r.place[p.ID] = i
	}
	out := make([]bool, len(r.Pool))
	for _, e := range a.Excluded {
		if i, in := r.place[e.Person]; in && !out[i] {
			out[i] = true
			r.Excluded = append(r.Excluded, e)
		}
	}
	slices.SortFunc(r.Excluded, func(a, b Exclusion) int { return cmp.Compare(a.Person, b.Person) })
	for _, id := range r.Holds {
		i, in := r.place[id]
		if !in {
			return nil, fmt.Errorf("panel: %s is on the panel and not in the pool", id)
		}
		out[i] = true
	}
	f := &Fixed{r: r}
	for i := range r.Pool {
		if !out[i] {
			f.free = append(f.free, i)
		}
	}
	fixed, err := json.Marshal(struct {
		Criteria Criteria
		Pool     []Candidate
		Excluded []Exclusion
		Holds    []string
	}{r.Criteria, r.Pool, r.Excluded, r.Holds})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte("kechuang draw pool v3\n"), fixed...))
	f.r.Fingerprint = hex.EncodeToString(sum[:])
	return f, nil
}

// Fingerprint is a digest of the pool, the exclusions and the criteria.
func (f *Fixed) Fingerprint() string { return f.r.Fingerprint }

// Convene draws a panel: of the eligible in the order of the draw, the first that fit the criteria together. Each of those who have the same unit
// and values has the same chance. Those who hold a seat already stay, and the criteria are for all together.
func (f *Fixed) Convene(seed Seed, beacon, said string) (*Record, error) {
	r := f.r
	r.Seed, r.Commitment, r.Beacon, r.Said = seed.String(), seed.Commitment(), beacon, said
	key, err := r.key(seed)
	if err != nil {
		return nil, err
	}
	if r.Version == 2 {
		r.Fingerprint = ""
	}
	from := r.lots(f.free, key)
	r.Order = r.ids(from)
	drawn, ok := r.table.first(r.numbers(r.Holds), from)
	if !ok {
		return nil, r.tooFew()
	}
	r.Drawn = r.ids(drawn)
	r.Panel = slices.Concat(r.Holds, r.Drawn)
	return &r, nil
}

// lots puts people in the order of their lots.
func (r *Record) lots(people []int, key [32]byte) []int {
	type ticket struct {
		lot    [sha256.Size]byte
		person int
	}
	tickets := make([]ticket, len(people))
	h := hmac.New(sha256.New, key[:])
	for n, i := range people {
		h.Reset()
		h.Write([]byte(r.Pool[i].ID))
		tickets[n].person = i
		h.Sum(tickets[n].lot[:0])
	}
	slices.SortFunc(tickets, func(a, b ticket) int { return bytes.Compare(a.lot[:], b.lot[:]) })
	order := make([]int, len(tickets))
	for n, t := range tickets {
		order[n] = t.person
	}
	return order
}

func (r *Record) ids(people []int) []string {
	ids := make([]string, len(people))
	for n, i := range people {
		ids[n] = r.Pool[i].ID
	}
	return ids
}

func (r *Record) numbers(ids []string) []int {
	people := make([]int, len(ids))
	for n, id := range ids {
		people[n] = r.place[id]
	}
	return people
}

func (c Criteria) check() error {
	var l refusal.List
	if c.Size < 1 || c.Size > 100 {
		l.Add(refusal.New(refusal.Invalid, "panel.size", lang.T("评审组人数应为 1 至 100", "A panel has 1 to 100 people"))).At("size")
	}
	least, seen := map[string]int{}, map[[2]string]bool{}
	for _, q := range c.Quotas {
		if seen[[2]string{q.What, q.Is}] {
			l.Add(refusal.New(refusal.Invalid, "panel.quota_twice", lang.T(q.name().ZH+"的要求写了两次", "There are two quotas for "+q.name().EN))).At("quotas")
		}
		seen[[2]string{q.What, q.Is}] = true
		least[q.What] += q.Least
		if q.Least < 0 || q.Most != 0 && q.Most < q.Least || least[q.What] > c.Size {
			l.Add(c.contradiction(q, least[q.What])).At("quotas")
		}
	}
	if len(l) == 0 && (len(c.Quotas) > 60 || c.states() > most) {
		l.Add(refusal.New(refusal.Invalid, "panel.many_quotas", lang.T("组成要求太多，无法逐一核对，请减少几项", "There are too many criteria to be checked together; ask for fewer"))).At("quotas")
	}
	return l.Err()
}

// contradiction says why a quota cannot be kept whoever is in the pool, and the least change with which it can; least is what the quotas of its kind
// ask for together, up to this one.
func (c Criteria) contradiction(q Quota, least int) *refusal.Refusal {
	zh, en := q.name().ZH, q.name().EN
	switch {
	case q.Least < 0:
		return refusal.New(refusal.Invalid, "panel.quota", lang.T(fmt.Sprintf("%s的下限是 %d 人", zh, q.Least), fmt.Sprintf("At least %d %s are asked for", q.Least, en))).
			Mend(lang.T("下限改为 0 人或者更多", "Ask for none or more"))
	case q.Most != 0 && q.Most < q.Least:
		return refusal.New(refusal.Invalid, "panel.quota", lang.T(fmt.Sprintf("%s至少 %d 人，又要求至多 %d 人", zh, q.Least, q.Most), fmt.Sprintf("At least %d %s are asked for, and at most %d", q.Least, en, q.Most))).
			Mend(lang.T(fmt.Sprintf("下限改为 %d 人，或者上限改为 %d 人", q.Most, q.Least), fmt.Sprintf("Ask for at least %d, or at most %d", q.Most, q.Least)))
	}
	over := least - c.Size
	wayZH, wayEN := fmt.Sprintf("评审组由 %d 人改为 %d 人", c.Size, least), fmt.Sprintf("Have %d on the panel instead of %d", least, c.Size)
	if over <= q.Least {
		wayZH, wayEN = wayZH+fmt.Sprintf("，或者%s的下限由 %d 人改为 %d 人", zh, q.Least, q.Least-over), wayEN+fmt.Sprintf(", or ask for at least %d %s instead of %d", q.Least-over, en, q.Least)
	}
	because := lang.T(fmt.Sprintf("%s至少 %d 人，评审组只有 %d 人", zh, q.Least, c.Size), fmt.Sprintf("At least %d %s are asked for on a panel of %d", q.Least, en, c.Size))
	if least > q.Least {
		because = lang.T(fmt.Sprintf("%s至少 %d 人，与同类各项合计至少 %d 人，评审组只有 %d 人", zh, q.Least, least, c.Size),
			fmt.Sprintf("At least %d %s are asked for, with the others of the kind %d, on a panel of %d", q.Least, en, least, c.Size))
	}
	return refusal.New(refusal.Invalid, "panel.quota", because).Mend(lang.T(wayZH, wayEN))
}

// key binds the order to everything that could be chosen.
func (r *Record) key(seed Seed) (k [32]byte, err error) {
	h := hmac.New(sha256.New, seed[:])
	if r.Version == 2 {
		fixed, err := json.Marshal(struct {
			Beacon   string
			Criteria Criteria
			Pool     []Candidate
			Excluded []Exclusion
			Holds    []string
		}{r.Beacon, r.Criteria, r.Pool, r.Excluded, r.Holds})
		if err != nil {
			return k, err
		}
		fmt.Fprintf(h, "kechuang draw v2\n%s", fixed)
	} else {
		fmt.Fprintf(h, "kechuang draw v3\n%s\n%s\n%s", r.Fingerprint, r.Beacon, r.Said)
	}
	h.Sum(k[:0])
	return k, nil
}

func (r *Record) candidate(id string) *Candidate { return &r.Pool[r.place[id]] }

// Leave takes somebody off the panel; the first in the order of the draw who was not on it and completes it comes instead.
func (r *Record) Leave(person string, why lang.Text) (instead string, err error) {
	i := slices.Index(r.Panel, person)
	if i < 0 {
		return "", refusal.New(refusal.NotFound, "panel.not_on_it", lang.T("此人不在评审组中", "This person is not on the panel"))
	}
	if r.table == nil {
		if err := r.restore(); err != nil {
			return "", err
		}
	}
	rest := slices.Delete(slices.Clone(r.Panel), i, i+1)
	was := map[string]bool{}
	for _, l := range r.Left {
		was[l.Person] = true
	}
	free := r.numbers(slices.DeleteFunc(slices.Clone(r.Order), func(id string) bool { return was[id] || slices.Contains(r.Panel, id) }))
	l := Leave{Person: person, Why: why}
	for len(rest) < r.Criteria.Size {
		in, ok := r.table.first(r.numbers(rest), free)
		if !ok {
			break
		}
		l.For, rest = r.Pool[in[0]].ID, append(rest, r.ids(in)...)
	}
	r.Left, r.Panel = append(r.Left, l), rest
	if l.For == "" {
		return "", r.tooFew()
	}
	return l.For, nil
}

// restore makes a record that was read one that can go on: what is not written down follows from what is.
func (r *Record) restore() error {
	f, err := Ask{r.For, r.Round, r.Pool, r.Excluded, r.Criteria, r.Holds}.fix(r.Version)
	if err != nil {
		return err
	}
	for _, id := range slices.Concat(r.Panel, r.Order) {
		if _, in := f.r.place[id]; !in {
			return fmt.Errorf("panel: %s is drawn and not in the pool", id)
		}
	}
	r.table, r.place = f.r.table, f.r.place
	return nil
}
