package panel

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/panel/sealed"
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
	What  string `json:"what"`
	Is    string `json:"is"`
	Least int    `json:"least,omitempty"`
	Most  int    `json:"most,omitempty"`
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

// Record is a draw under criteria with all that a replay needs. Its bytes (Encode) are canonical: one changed byte is found.
//
// The order of the pool is HMAC(HMAC(seed, pool, exclusions, criteria and beacon), person). The seed was committed to
// before the pool was fixed, so the seed could not be chosen for the pool; and the beacon — the journal's latest checkpoint at the
// draw — was not known when the seed was made, so whoever knows the seed cannot work the order out ahead of the steps in between.
type Record struct {
	Version    int         `json:"version"` // 2
	For        string      `json:"for"`     // which case and draw
	Seed       string      `json:"seed"`
	Commitment string      `json:"commitment"`
	Beacon     string      `json:"beacon"`
	Criteria   Criteria    `json:"criteria"`
	Pool       []Candidate `json:"pool"` // by ID
	Excluded   []Exclusion `json:"excluded,omitempty"`
	Holds      []string    `json:"holds,omitempty"` // of the pool: on the panel already, by an earlier draw
	Drawn      []string    `json:"drawn"`
	Order      []string    `json:"order"` // everyone eligible, in the order of the draw
	Left       []Leave     `json:"left,omitempty"`
	Panel      []string    `json:"panel"` // who it is now
}

// Convene draws a panel: of the eligible in the order of the draw, the first that fit the criteria together. Each of those who have
// the same unit and values has the same chance.
// Those who hold a seat already stay, and the criteria are for all together.
func Convene(what string, seed Seed, beacon string, pool []Candidate, excluded []Exclusion, c Criteria, holds ...string) (*Record, error) {
	r := &Record{Version: 2, For: what, Seed: seed.String(), Commitment: seed.Commitment(), Beacon: beacon, Criteria: c, Pool: slices.Clone(pool), Holds: slices.Sorted(slices.Values(holds))}
	slices.SortFunc(r.Pool, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) })
	for i := 1; i < len(r.Pool); i++ {
		if r.Pool[i].ID == r.Pool[i-1].ID {
			return nil, fmt.Errorf("panel: %s is in the pool twice", r.Pool[i].ID)
		}
	}
	out := map[string]bool{}
	for _, e := range excluded {
		if !out[e.Person] && r.candidate(e.Person) != nil {
			out[e.Person] = true
			r.Excluded = append(r.Excluded, e)
		}
	}
	slices.SortFunc(r.Excluded, func(a, b Exclusion) int { return cmp.Compare(a.Person, b.Person) })
	if err := c.check(); err != nil {
		return nil, err
	}
	for _, id := range r.Holds {
		if r.candidate(id) == nil {
			return nil, fmt.Errorf("panel: %s is on the panel and not in the pool", id)
		}
		out[id] = true
	}
	key, err := r.key(seed)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range r.Pool {
		ids = append(ids, p.ID)
	}
	r.Order = order(ids, out, Seed(key))
	drawn, ok := r.first(r.Holds, r.Order)
	if !ok {
		return nil, r.tooFew()
	}
	r.Drawn, r.Panel = drawn, slices.Concat(r.Holds, drawn)
	return r, nil
}

func (c Criteria) check() error {
	var l refusal.List
	if c.Size < 1 || c.Size > 100 {
		l.Add(refusal.New(refusal.Invalid, "panel.size", lang.T("评审组人数应为 1 至 100", "A panel has 1 to 100 people"))).At("size")
	}
	least := map[string]int{}
	for _, q := range c.Quotas {
		least[q.What] += q.Least
		if q.Least < 0 || q.Most != 0 && q.Most < q.Least || least[q.What] > c.Size {
			l.Add(refusal.New(refusal.Invalid, "panel.quota", lang.T(fmt.Sprintf("“%s=%s”至少 %d、至多 %d 人的要求不成立，或者各项下限之和超过 %d 人", q.What, q.Is, q.Least, q.Most, c.Size),
				fmt.Sprintf("At least %d and at most %d with %s=%s contradict each other or a panel of %d", q.Least, q.Most, q.What, q.Is, c.Size)))).At("quotas")
		}
	}
	return l.Err()
}

// key binds the order to everything that could be chosen.
func (r *Record) key(seed Seed) (k [32]byte, err error) {
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
	h := hmac.New(sha256.New, seed[:])
	h.Write([]byte("kechuang draw v2\n"))
	h.Write(fixed)
	copy(k[:], h.Sum(nil))
	return k, nil
}

func (r *Record) candidate(id string) *Candidate {
	i, ok := slices.BinarySearchFunc(r.Pool, id, func(c Candidate, id string) int { return cmp.Compare(c.ID, id) })
	if !ok {
		return nil
	}
	return &r.Pool[i]
}

// first finds the first people of a list, in its order, who complete a panel that holds some already.
func (r *Record) first(holds, from []string) ([]string, bool) {
	s := &seating{r: r, units: map[string]int{}, has: make([]int, len(r.Criteria.Quotas)), from: from}
	for _, id := range holds {
		s.sit(id, 1)
	}
	for q := range r.Criteria.Quotas {
		s.left = append(s.left, make([]int, len(from)+1))
		for i := len(from) - 1; i >= 0; i-- {
			if s.left[q][i] = s.left[q][i+1]; r.fits(from[i], q) {
				s.left[q][i]++
			}
		}
	}
	if !s.fill(0, r.Criteria.Size-len(holds)) {
		return nil, false
	}
	return s.taken, true
}

func (r *Record) fits(id string, quota int) bool {
	q := r.Criteria.Quotas[quota]
	return r.candidate(id).Has[q.What] == q.Is
}

// seating fills seats in order, going back where a choice leaves a quota that cannot be met.
type seating struct {
	r     *Record
	from  []string
	left  [][]int // of each quota, how many from a place on have it
	units map[string]int
	has   []int
	taken []string
	tries int
}

func (s *seating) sit(id string, n int) {
	s.units[s.r.candidate(id).Unit] += n
	for q := range s.has {
		if s.r.fits(id, q) {
			s.has[q] += n
		}
	}
}

// maxTries bounds the search: panels are small, and a search that long means criteria that hardly anyone can meet.
const maxTries = 2_000_000

func (s *seating) fill(at, seats int) bool {
	if seats == 0 {
		return s.complete()
	}
	if s.tries++; len(s.from)-at < seats || s.tries > maxTries || !s.hope(at, seats) {
		return false
	}
	id := s.from[at]
	if s.may(id) {
		s.sit(id, 1)
		s.taken = append(s.taken, id)
		if s.fill(at+1, seats-1) {
			return true
		}
		s.taken = s.taken[:len(s.taken)-1]
		s.sit(id, -1)
	}
	return s.fill(at+1, seats)
}

// may tells whether the person breaks no upper limit.
func (s *seating) may(id string) bool {
	c := s.r.candidate(id)
	if m := s.r.Criteria.UnitMost; m > 0 && c.Unit != "" && s.units[c.Unit] >= m {
		return false
	}
	for q, x := range s.r.Criteria.Quotas {
		if x.Most > 0 && s.has[q] >= x.Most && s.r.fits(id, q) {
			return false
		}
	}
	return true
}

// hope tells whether the lower limits can still be met by those who are left.
func (s *seating) hope(at, seats int) bool {
	need := map[string]int{}
	for q, x := range s.r.Criteria.Quotas {
		short := max(x.Least-s.has[q], 0)
		if need[x.What] += short; short > s.left[q][at] || need[x.What] > seats {
			return false
		}
	}
	return true
}

func (s *seating) complete() bool {
	for q, x := range s.r.Criteria.Quotas {
		if s.has[q] < x.Least {
			return false
		}
	}
	return true
}

// tooFew says which criterion the eligible cannot meet, with numbers.
func (r *Record) tooFew() error {
	zh, en := []string{fmt.Sprintf("专家库 %d 人，因回避等原因排除 %d 人，可抽取 %d 人，需要 %d 人", len(r.Pool), len(r.Excluded), len(r.Order), r.Criteria.Size)},
		[]string{fmt.Sprintf("%d in the pool, %d excluded, %d eligible, %d needed", len(r.Pool), len(r.Excluded), len(r.Order), r.Criteria.Size)}
	for q, x := range r.Criteria.Quotas {
		n := 0
		for _, id := range r.Order {
			if r.fits(id, q) {
				n++
			}
		}
		if n < x.Least {
			zh, en = append(zh, fmt.Sprintf("“%s=%s”需要 %d 人，只有 %d 人", x.What, x.Is, x.Least, n)), append(en, fmt.Sprintf("%d with %s=%s are needed, there are %d", x.Least, x.What, x.Is, n))
		}
	}
	if m := r.Criteria.UnitMost; m > 0 {
		units := map[string]int{}
		can := 0
		for _, id := range r.Order {
			if u := r.candidate(id).Unit; u == "" || units[u] < m {
				units[u]++
				can++
			}
		}
		if can < r.Criteria.Size {
			zh, en = append(zh, fmt.Sprintf("每个单位至多 %d 人，最多只能组成 %d 人", m, can)), append(en, fmt.Sprintf("with at most %d of a unit there are %d", m, can))
		}
	}
	return refusal.New(refusal.Insufficient, "panel.too_few", lang.T(strings.Join(zh, "；"), strings.Join(en, "; "))).
		Mend(lang.T("请在登记库中补充专家，或者放宽组成要求后再抽取", "Add experts to the register or loosen the criteria, then draw again"))
}

// Leave takes somebody off the panel; the first in the order of the draw who was not on it and completes it comes instead.
func (r *Record) Leave(person string, why lang.Text) (instead string, err error) {
	i := slices.Index(r.Panel, person)
	if i < 0 {
		return "", refusal.New(refusal.NotFound, "panel.not_on_it", lang.T("此人不在评审组中", "This person is not on the panel"))
	}
	rest := slices.Delete(slices.Clone(r.Panel), i, i+1)
	was := map[string]bool{}
	for _, l := range r.Left {
		was[l.Person] = true
	}
	free := slices.DeleteFunc(slices.Clone(r.Order), func(id string) bool { return was[id] || slices.Contains(r.Panel, id) })
	l := Leave{Person: person, Why: why}
	for len(rest) < r.Criteria.Size {
		in, ok := r.first(rest, free)
		if !ok {
			break
		}
		l.For, rest = in[0], append(rest, in...)
	}
	r.Left, r.Panel = append(r.Left, l), rest
	if l.For == "" {
		return "", r.tooFew()
	}
	return l.For, nil
}

// Verify draws again from the record's own seed, pool and criteria, follows everybody who left, and says what differs.
func (r *Record) Verify() error {
	if r.Version != 2 {
		return fmt.Errorf("panel: a record of version %d", r.Version)
	}
	seed, err := ParseSeed(r.Seed)
	if err != nil {
		return err
	}
	if seed.Commitment() != r.Commitment {
		return fmt.Errorf("panel: the seed is not the one that was committed to: %s gives %s, committed was %s", r.Seed, seed.Commitment(), r.Commitment)
	}
	again, err := Convene(r.For, seed, r.Beacon, r.Pool, r.Excluded, r.Criteria, r.Holds...)
	if err != nil {
		return err
	}
	if !slices.Equal(again.Drawn, r.Drawn) || !slices.Equal(again.Order, r.Order) {
		return fmt.Errorf("panel: the seed draws %v, the record says %v", again.Drawn, r.Drawn)
	}
	for i, l := range r.Left {
		if instead, err := again.Leave(l.Person, l.Why); instead != l.For || err != nil && l.For != "" {
			return fmt.Errorf("panel: when %s left, %q came by the order of the draw, the record says %q (replacement %d)", l.Person, instead, l.For, i+1)
		}
	}
	if !slices.Equal(again.Panel, r.Panel) {
		return fmt.Errorf("panel: the panel is %v, the record says %v", again.Panel, r.Panel)
	}
	return nil
}

// Encode writes the record as a file: canonical JSON, and a last line with its digest.
func (r *Record) Encode() ([]byte, error) {
	body, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, err
	}
	return sealed.Seal(body), nil
}

// ErrChanged says that a file is not as it was written.
var ErrChanged = errors.New("panel: the file is not as it was written")

// Decode reads what Encode wrote; any other byte is an error. Verify is not asked.
func Decode(file []byte) (*Record, error) {
	var r Record
	if err := sealed.Open(file, &r, r.Encode, ErrChanged); err != nil {
		return nil, err
	}
	return &r, nil
}

// Explain tells the draw in ten lines, for whoever checks it.
func (r *Record) Explain() []lang.Text {
	names := func(list []string) string { return strings.Join(list, "、") }
	lines := []lang.Text{
		lang.T("抽取事项："+r.For, "Drawn for: "+r.For),
		lang.T("一、确定专家库之前，已公布种子的指纹（承诺值）"+r.Commitment, "1. Before the pool was fixed, the fingerprint of the seed was published: "+r.Commitment),
		lang.T(fmt.Sprintf("二、专家库共 %d 人；因回避等原因排除 %d 人，可抽取 %d 人", len(r.Pool), len(r.Excluded), len(r.Order)), fmt.Sprintf("2. The pool has %d people; %d were excluded, %d are eligible", len(r.Pool), len(r.Excluded), len(r.Order))),
		lang.T("三、抽取前最近的存证检查点："+cmp.Or(r.Beacon, "尚无"), "3. The journal's latest checkpoint before the draw: "+cmp.Or(r.Beacon, "none yet")),
		lang.T("四、公开的种子："+r.Seed+"，其指纹与承诺值一致", "4. The seed as opened: "+r.Seed+"; its fingerprint is the one published"),
		lang.T("五、每人的签号由种子、专家库、组成要求和检查点共同算出，任何人都能重算", "5. Everybody's lot follows from seed, pool, criteria and checkpoint; anyone can work it out again"),
		lang.T(fmt.Sprintf("六、按签号从小到大，依次取满足组成要求的 %d 人：%s", r.Criteria.Size, names(r.Drawn)), fmt.Sprintf("6. By the order of lots, the first %d who fit the criteria: %s", r.Criteria.Size, names(r.Drawn))),
		lang.T("七、组成要求："+r.Criteria.text(lang.ZH), "7. Criteria: "+r.Criteria.text(lang.EN)),
	}
	if len(r.Left) == 0 {
		lines = append(lines, lang.T("八、没有人退出", "8. Nobody left"))
	} else {
		zh, en := []string{}, []string{}
		for _, l := range r.Left {
			zh, en = append(zh, fmt.Sprintf("%s（%s）→ %s", l.Person, l.Why.ZH, cmp.Or(l.For, "无人递补"))), append(en, fmt.Sprintf("%s (%s) → %s", l.Person, l.Why.In(lang.EN), cmp.Or(l.For, "nobody")))
		}
		lines = append(lines, lang.T("八、退出与按签号递补："+strings.Join(zh, "；"), "8. Left, and who came by the order of lots: "+strings.Join(en, "; ")))
	}
	return append(lines, lang.T("九、现评审组："+names(r.Panel), "9. The panel now: "+names(r.Panel)))
}

func (c Criteria) text(l lang.Tag) string {
	t := []string{lang.T(fmt.Sprintf("%d 人", c.Size), fmt.Sprintf("%d people", c.Size)).In(l)}
	if c.UnitMost > 0 {
		t = append(t, lang.T(fmt.Sprintf("每个单位至多 %d 人", c.UnitMost), fmt.Sprintf("at most %d of a unit", c.UnitMost)).In(l))
	}
	for _, q := range c.Quotas {
		if q.Least > 0 {
			t = append(t, lang.T(fmt.Sprintf("%s=%s 至少 %d 人", q.What, q.Is, q.Least), fmt.Sprintf("%s=%s at least %d", q.What, q.Is, q.Least)).In(l))
		}
		if q.Most > 0 {
			t = append(t, lang.T(fmt.Sprintf("%s=%s 至多 %d 人", q.What, q.Is, q.Most), fmt.Sprintf("%s=%s at most %d", q.What, q.Is, q.Most)).In(l))
		}
	}
	return strings.Join(t, lang.T("，", ", ").In(l))
}
