package panel

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// city is a pool of 24: two of three technical, some financial, a third from outside, three a unit.
func city() []Candidate {
	var pool []Candidate
	for i := range 24 {
		c := Candidate{ID: fmt.Sprintf("p%02d", i), Unit: fmt.Sprintf("u%d", i/3), Has: map[string]string{"kind": "technical", "outside": "no"}}
		if i%6 == 5 {
			c.Has["kind"] = "financial"
		}
		if i%3 == 1 {
			c.Has["outside"] = "yes"
		}
		pool = append(pool, c)
	}
	return pool
}

var mixed = Criteria{Size: 5, UnitMost: 1, Quotas: []Quota{{What: "kind", Is: "financial", Least: 1, Most: 1}, {What: "outside", Is: "yes", Least: 2}}}

// keeps checks a panel against its criteria without the code that made it.
func keeps(r *Record) error {
	units, has := map[string]int{}, map[Quota]int{}
	for _, id := range r.Panel {
		for _, p := range r.Pool {
			if p.ID != id {
				continue
			}
			if units[p.Unit]++; r.Criteria.UnitMost > 0 && p.Unit != "" && units[p.Unit] > r.Criteria.UnitMost {
				return fmt.Errorf("%d of %s", units[p.Unit], p.Unit)
			}
			for _, q := range r.Criteria.Quotas {
				if p.Has[q.What] == q.Is {
					has[q]++
				}
			}
		}
		if slices.ContainsFunc(r.Excluded, func(e Exclusion) bool { return e.Person == id }) {
			return fmt.Errorf("%s is excluded", id)
		}
	}
	for _, q := range r.Criteria.Quotas {
		if n := has[q]; n < q.Least || q.Most > 0 && n > q.Most {
			return fmt.Errorf("%d of %v", n, q)
		}
	}
	if len(r.Panel) != r.Criteria.Size {
		return fmt.Errorf("%d people", len(r.Panel))
	}
	return nil
}

// convene draws as a case does.
func convene(what string, seed Seed, beacon string, pool []Candidate, out []Exclusion, c Criteria, holds ...string) (*Record, error) {
	f, err := Ask{For: what, Pool: pool, Excluded: out, Criteria: c, Holds: holds}.Fix()
	if err != nil {
		return nil, err
	}
	return f.Convene(seed, beacon, "八号球")
}

// TestConveneIsGolden pins the algorithm for ever, with somebody who sits already, exclusions and people who left; and that of version 2.
func TestConveneIsGolden(t *testing.T) {
	t.Parallel()
	f, err := Ask{For: "case_1", Round: 2, Pool: city(), Excluded: []Exclusion{{Person: "p04", Why: lang.T("同一单位", "same employer")}}, Criteria: mixed, Holds: []string{"p07"}}.Fix()
	if err != nil {
		t.Fatal(err)
	}
	three, err := f.Convene(Seed{1, 2, 3}, "700 Ft1B4mvzV0gf9d3M=", "三十六号")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := three.Leave(three.Panel[1], lang.T("没有时间", "no time")); err != nil {
			t.Fatal(err)
		}
	}
	f, err = Ask{For: "case_1", Pool: city(), Criteria: mixed}.fix(2)
	if err != nil {
		t.Fatal(err)
	}
	two, err := f.Convene(Seed{1, 2, 3}, "checkpoint", "")
	if err != nil {
		t.Fatal(err)
	}
	for golden, r := range map[string]*Record{"testdata/draw.golden": two, "testdata/draw3.golden": three} {
		file, err := r.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(golden, file, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || string(file) != string(want) {
			t.Fatalf("%v: the draw is not what it was:\n%s", err, file)
		}
		if again, err := Decode(file); err != nil || again.Verify() != nil || len(again.Explain()) > 10 {
			t.Errorf("%s: %v", golden, err)
		}
	}
}

// TestAnyCriteria: whatever is asked, a panel keeps it or is refused; and a record of it verifies.
func TestAnyCriteria(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Criteria{Size: rapid.IntRange(1, 9).Draw(t, "size"), UnitMost: rapid.IntRange(0, 2).Draw(t, "unit")}
		for _, q := range []Quota{{What: "kind", Is: "financial"}, {What: "outside", Is: "yes"}, {What: "kind", Is: "technical"}} {
			if rapid.Bool().Draw(t, "quota") {
				q.Least = rapid.IntRange(0, 3).Draw(t, "least")
				q.Most = rapid.IntRange(0, 4).Draw(t, "most")
				c.Quotas = append(c.Quotas, q)
			}
		}
		var out []Exclusion
		for _, p := range city() {
			if rapid.IntRange(0, 3).Draw(t, "out") == 0 {
				out = append(out, Exclusion{Person: p.ID, Why: lang.T("回避", "conflict")})
			}
		}
		r, err := convene("x", Seed{rapid.Byte().Draw(t, "seed")}, "b", city(), out, c)
		if err != nil {
			if refusal.Of(err) == nil {
				t.Fatal(err)
			}
			return
		}
		if err := keeps(r); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 4).Draw(t, "leave") {
			if _, err := r.Leave(rapid.SampledFrom(r.Panel).Draw(t, "who"), lang.T("谢绝", "declined")); err != nil {
				break
			}
			if err := keeps(r); err != nil {
				t.Fatalf("after somebody left: %v", err)
			}
		}
		if err := r.Verify(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestDrawsAreFairWithinStrata draws 20 000 times (kechuang bench panel: 100 000) with two who decline each time: within each stratum — those who
// have the same values, in units of the same make — frequencies of the drawn and of the substitutes pass a chi-square test at one in a million.
func TestDrawsAreFairWithinStrata(t *testing.T) {
	t.Parallel()
	drawn, came, err := Frequencies(city(), mixed, 20_000, 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(drawn, came...) {
		if s.People > 1 && (s.P < 1e-6 || s.Draws < 1000) {
			t.Errorf("stratum %s of %d: drawn %d times, chi-square %.1f, p %.2g", s.Name, s.People, s.Draws, s.ChiSquare, s.P)
		}
	}
}

// TestTheTestOfFairnessFails: an order that prefers one person is found by the same test, with as many draws as there are people drawn.
func TestTheTestOfFairnessFails(t *testing.T) {
	t.Parallel()
	count := newTally(city(), Criteria{Size: 1})
	for _, p := range city() {
		for range 1000 {
			count.count(p.ID)
		}
	}
	if s := count.strata(); s[0].P < 0.999 {
		t.Errorf("everybody as often as the others: %+v", s)
	}
	for range 300 {
		count.count("p00")
	}
	if s := count.strata(); s[0].P > 1e-6 {
		t.Errorf("somebody drawn a third more often is not found: %+v", s)
	}
}

// TestSteeringIsFound: a seed chosen after the pool was seen, a pool chosen after the seed, a person slipped in or out, another
// checkpoint, substitutes out of order.
func TestSteeringIsFound(t *testing.T) {
	t.Parallel()
	fresh := func() *Record {
		r, err := convene("case_1", Seed{7}, "root", city(), []Exclusion{{Person: "p04", Why: lang.T("同一单位", "same employer")}}, mixed)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := r.Leave(r.Panel[0], lang.T("没有时间", "no time")); err != nil {
				t.Fatal(err)
			}
		}
		return r
	}
	if err := fresh().Verify(); err != nil {
		t.Fatal(err)
	}
	favourite := func() Seed { // ground until a favourite is on the panel
		for i := range 1000 {
			seed := Seed(sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(i))))
			if r, err := convene("case_1", seed, "root", city(), nil, mixed); err == nil && slices.Contains(r.Drawn, "p00") {
				return seed
			}
		}
		panic("never drawn")
	}()
	for name, steer := range map[string]func(*Record){
		"a seed chosen afterwards": func(r *Record) { r.Seed = favourite.String() },
		"a seed drawn again": func(r *Record) {
			again, _ := convene(r.For, favourite, r.Beacon, r.Pool, r.Excluded, r.Criteria)
			again.Commitment = r.Commitment
			*r = *again
		},
		"somebody left out of the pool": func(r *Record) {
			r.Pool = slices.DeleteFunc(r.Pool, func(c Candidate) bool { return c.ID == r.Panel[0] })
		},
		"an exclusion made up":     func(r *Record) { r.Excluded = append(r.Excluded, Exclusion{Person: "p10", Why: lang.T("", "")}) },
		"other criteria":           func(r *Record) { r.Criteria.UnitMost = 2 },
		"another checkpoint":       func(r *Record) { r.Beacon = "another" },
		"other words":              func(r *Record) { r.Said = "九号球" },
		"another fingerprint":      func(r *Record) { r.Fingerprint = r.Commitment },
		"passed off as version 2":  func(r *Record) { r.Version, r.Said, r.Fingerprint = 2, "", "" },
		"a quota named otherwise":  func(r *Record) { r.Criteria.Quotas[0].Title = lang.T("财务专家", "") },
		"an exclusion twice":       func(r *Record) { r.Excluded = append(r.Excluded, r.Excluded...) },
		"the pool out of order":    func(r *Record) { slices.Reverse(r.Pool) },
		"a substitute out of turn": func(r *Record) { r.Left[0].For = r.Order[len(r.Order)-1] },
		"a leave forgotten":        func(r *Record) { r.Left = r.Left[:1] },
		"the panel changed":        func(r *Record) { r.Panel[0] = r.Order[len(r.Order)-1] },
		"another employer":         func(r *Record) { r.Pool[0].Unit = "u9" },
	} {
		r := fresh()
		if steer(r); r.Verify() == nil {
			t.Errorf("%s: verified", name)
		}
	}
}

// TestEveryByteCounts changes each byte of replay files to every other value, and leaves each out.
func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	for _, golden := range []string{"testdata/draw.golden", "testdata/draw3.golden"} {
		file, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		step := 1
		if testing.Short() {
			step = 7
		}
		for i := 0; i < len(file); i += step {
			changed := slices.Clone(file)
			for _, by := range []byte{1, 2, 4, 8, 16, 32, 64, 128} {
				changed[i] = file[i] ^ by
				if _, err := Decode(changed); err == nil {
					t.Fatalf("%s: byte %d changed from %q to %q: not found", golden, i, file[i], changed[i])
				}
			}
			if _, err := Decode(slices.Delete(slices.Clone(file), i, i+1)); err == nil {
				t.Fatalf("%s: byte %d left out: not found", golden, i)
			}
		}
		for _, other := range []string{"", "{}", string(file) + "\n", string(file[1:]), strings.Replace(string(file), "  ", "   ", 1), "{}\nsha256 00\n"} {
			if _, err := Decode([]byte(other)); err == nil {
				t.Errorf("%.20q is taken for a record", other)
			}
		}
	}
}

// TestBadPools are the bad inputs.
func TestBadPools(t *testing.T) {
	t.Parallel()
	all := []Exclusion{}
	for _, p := range city() {
		all = append(all, Exclusion{Person: p.ID, Why: lang.T("申请人申请回避", "the applicant's veto")})
	}
	for name, c := range map[string]struct {
		pool []Candidate
		out  []Exclusion
		c    Criteria
		id   string
	}{
		"a pool that is too small":  {city()[:3], nil, Criteria{Size: 5}, "panel.too_few"},
		"nobody":                    {nil, nil, Criteria{Size: 1}, "panel.too_few"},
		"a veto list of everyone":   {city(), all, Criteria{Size: 3}, "panel.too_few"},
		"no such kind":              {city(), nil, Criteria{Size: 3, Quotas: []Quota{{What: "kind", Is: "legal", Least: 1}}}, "panel.too_few"},
		"limits that contradict":    {city(), nil, Criteria{Size: 3, Quotas: []Quota{{What: "kind", Is: "financial", Least: 2, Most: 1}}}, "panel.quota"},
		"more than there are seats": {city(), nil, Criteria{Size: 2, Quotas: []Quota{{What: "kind", Is: "financial", Least: 1}, {What: "kind", Is: "technical", Least: 2}}}, "panel.quota"},
		"nobody wanted":             {city(), nil, Criteria{}, "panel.size"},
		"too few units":             {city()[:6], nil, Criteria{Size: 3, UnitMost: 1}, "panel.too_few"},
	} {
		_, err := convene("x", Seed{}, "", c.pool, c.out, c.c)
		if !refusal.Is(err, c.id) {
			t.Errorf("%s: %v, want %s", name, err, c.id)
		}
	}
	if _, err := convene("x", Seed{}, "", append(city(), city()[0]), nil, Criteria{Size: 1}); err == nil {
		t.Error("somebody twice in the pool")
	}
	for i := range all {
		all[i].Liftable = i%2 == 0
	}
	for name, c := range map[string]struct {
		c      Criteria
		zh, en string
	}{
		"vetoes that can be ruled on": {Criteria{Size: 2}, "其中 2 人可以参加", "a ruling that 2 of the"},
		"more than the panel":         {Criteria{Size: 3, Quotas: []Quota{{What: "outside", Is: "yes", Least: 5}}}, "评审组由 3 人改为 5 人，或者“outside=yes”的下限由 5 人改为 3 人", "5 on the panel instead of 3, or ask for at least 3"},
		"sums over the panel":         {Criteria{Size: 2, Quotas: []Quota{{What: "kind", Is: "a", Least: 1}, {What: "kind", Is: "b", Least: 2}}}, "改为 3 人，或者“kind=b”的下限由 2 人改为 1 人", "at least 1 kind=b instead of 2"},
		"least above most":            {Criteria{Size: 3, Quotas: []Quota{{What: "kind", Is: "a", Least: 2, Most: 1}}}, "下限改为 1 人，或者上限改为 2 人", "at least 1, or at most 2"},
	} {
		_, err := convene("x", Seed{}, "", city(), all, c.c)
		if l := refusal.Of(err); len(l) != 1 || !strings.Contains(l[0].Way.ZH, c.zh) || !strings.Contains(l[0].Way.EN, c.en) {
			t.Errorf("%s: %+v %v", name, err, l)
		}
	}
}

// TestChangedWhere: a file with one other byte is refused, and the refusal says which part does not fit.
func TestChangedWhere(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/draw3.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range [][3]string{
		{`"seed": "`, `"seed": "f`, "is not a seed"},
		{`"panel": [`, `"panel": ["nobody", `, "the panel is"},
		{"\nsha256 ", "\n\nsha256 ", "the digest was changed"},
		{`"version": 3`, `"version": 3,,`, "cannot be read"},
	} {
		changed := strings.Replace(string(file), x[0], x[1], 1)
		if _, err := Decode([]byte(changed)); changed == string(file) || !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), x[2]) {
			t.Errorf("%q changed: %v, want %q", x[0], err, x[2])
		}
	}
}
