package figure

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// sample is a few figures of every way over facts "signed", "cancelled" and "served".
func sample() []Definition {
	why := lang.T("一家企业可由多个基地服务", "one firm may be served by several bases")
	dims := []Dim{{Name: "chain"}, {Name: "district"}}
	return []Definition{
		{Name: "signed", Title: lang.T("签约数", "Signed"), Unit: "项", Period: Year, Dims: dims, Rules: []Rule{{Version: "1", Way: Count, Facts: []string{"signed"}, Less: []string{"cancelled"}}}},
		{Name: "amount", Title: lang.T("签约额", "Amount"), Unit: "元", Period: Year, Dims: dims, Rules: []Rule{{Version: "1", Way: Sum, Facts: []string{"signed"}, Less: []string{"cancelled"}}}, Overlaps: map[string]lang.Text{"pilot": lang.T("同一合同", "the same contract")}},
		{Name: "pilot", Title: lang.T("中试额", "Pilot"), Unit: "元", Period: Year, Rules: []Rule{{Version: "1", Way: Sum, Facts: []string{"signed"}, Where: map[string][]string{"chain": {"C1"}}}}},
		{Name: "ever", Title: lang.T("累计", "Ever"), Unit: "项", Period: Cumulative, Dims: dims, Rules: []Rule{{Version: "1", Way: Count, Facts: []string{"signed"}, Where: map[string][]string{"district": {"D1", "D2"}}}}},
		{Name: "force", Title: lang.T("在册", "In force"), Unit: "项", Period: InForce, Dims: dims, Rules: []Rule{{Version: "1", Way: Count, Facts: []string{"signed"}}}},
		{Name: "force_firms", Title: lang.T("在册企业", "Firms in force"), Unit: "家", Period: InForce, Dims: []Dim{{Name: "chain", Overlap: why}}, Rules: []Rule{{Version: "1", Way: Distinct, Facts: []string{"served"}, By: "firm"}}},
		{Name: "next", Title: lang.T("补录计入次月", "Next"), Unit: "项", Period: Cumulative, Rules: []Rule{{Version: "1", Way: Count, Facts: []string{"signed"}, Next: true}}},
		{Name: "firms", Title: lang.T("服务企业", "Firms"), Unit: "家", Period: Year, Dims: []Dim{{Name: "chain", Overlap: why}}, Rules: []Rule{{Version: "1", Way: Distinct, Facts: []string{"served"}, By: "firm"}}},
		{Name: "all_firms", Title: lang.T("累计服务企业", "All firms"), Unit: "家", Period: Cumulative, Rules: []Rule{{Version: "1", Way: Distinct, Facts: []string{"served"}, By: "firm"}}},
		{Name: "rate", Title: lang.T("比率", "Rate"), Unit: "%", Period: Year, Rules: []Rule{{Version: "1", Way: Ratio, Figures: []string{"signed", "firms"}}}},
		{Name: "growth", Title: lang.T("同比", "Growth"), Unit: "%", Period: Year, Rules: []Rule{{Version: "1", Way: Growth, Figures: []string{"amount"}}}},
	}
}

// model is the facts and merges in memory; it counts them one by one by the words of the definition.
type model struct {
	facts  []Fact
	merges []merge
}

func (m *model) value(d Definition, at At, dims []string, keys []string) int64 {
	r := d.rule(at.Day)
	known := "9999-12-31"
	if at.Known != "" {
		known = string(at.Known)
	}
	from := "0000"
	if d.Period == Year {
		from = fmt.Sprint(at.Day.Year()) + "-01-01"
	}
	total, net := int64(0), map[string]int64{}
	for _, f := range m.facts {
		sign := int64(1)
		switch {
		case slices.Contains(r.Less, f.Kind):
			sign = -1
		case !slices.Contains(r.Facts, f.Kind):
			continue
		}
		day, rec := string(f.Day), string(caldate.On(f.At))
		if r.Next && rec[:7] > day[:7] {
			day = rec
		}
		over := d.Period == InForce && f.Until != "" && max(day, string(f.Until.AddDays(1))) <= string(at.Day)
		if day < from || day > string(at.Day) || rec > known || over {
			continue
		}
		ok := true
		for k, v := range r.Where {
			ok = ok && slices.Contains(v, f.Dims[k])
		}
		for i, k := range dims {
			ok = ok && f.Dims[k] == keys[i]
		}
		if !ok {
			continue
		}
		one := sign
		if f.Reverses != "" {
			one = -sign
		}
		switch r.Way {
		case Sum:
			total += sign * f.Amount
		case Distinct:
			k := int64(99991231)
			if at.Known != "" {
				k = dayOf(at.Known)
			}
			net[rootAt(f.Dims[r.By], m.merges, k)] += one
		default:
			total += one
		}
	}
	for _, n := range net {
		if n > 0 {
			total++
		}
	}
	return total
}

// TestValuesAreTheirFacts writes facts, reversals, ends and merges at random over some years, rolls now and then, and compares every figure,
// as of random days and as known on random days, with counting the facts one by one; whole, by one and by two dimensions.
func TestValuesAreTheirFacts(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		runs := 0
		rapid.Check(t, func(t *rapid.T) {
			runs++
			p := &player{t: t, db: db, f: f, b: NewBook(renamed(runs)), run: runs, now: time.Date(2023, 1, 5, 1, 0, 0, 0, time.UTC)}
			db.SetClock(func() time.Time { return p.now })
			for range rapid.IntRange(1, 40).Draw(t, "acts") {
				p.act()
			}
			for range 6 {
				p.compare()
			}
		})
	})
}

// renamed is the sample over kinds of its own, so that runs on one database do not see one another.
func renamed(run int) []Definition {
	list := sample()
	for i := range list {
		for j := range list[i].Rules {
			r := &list[i].Rules[j]
			for k, name := range r.Facts {
				r.Facts[k] = fmt.Sprintf("%s%d", name, run)
			}
			for k, name := range r.Less {
				r.Less[k] = fmt.Sprintf("%s%d", name, run)
			}
			if r.By != "" {
				r.By = fmt.Sprintf("firm%d", run)
			}
		}
	}
	return list
}

type player struct {
	t   *rapid.T
	db  *store.DB
	f   *Facts
	b   *Book
	run int
	now time.Time
	m   model
}

func (p *player) write(fn func(tx *store.Tx) error) error {
	return p.db.Write(context.Background(), fn)
}

func (p *player) act() {
	t := p.t
	p.now = p.now.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hours")) * time.Hour)
	firm := fmt.Sprintf("firm%d", p.run)
	switch rapid.IntRange(0, 9).Draw(t, "act") {
	case 0:
		if _, err := p.b.Roll(context.Background(), p.db); err != nil {
			t.Fatal(err)
		}
	case 1, 2: // take back or end a fact
		if len(p.m.facts) == 0 {
			return
		}
		of := p.m.facts[rapid.IntRange(0, len(p.m.facts)-1).Draw(t, "which")]
		day := caldate.Date("")
		if rapid.Bool().Draw(t, "ends") {
			day = of.Day.AddDays(rapid.IntRange(0, 400).Draw(t, "later"))
		}
		var id, back string
		if err := p.write(func(tx *store.Tx) (err error) {
			if day == "" {
				id, err = p.f.Reverse(tx, of.ID, "误记", 1)
			} else {
				if id, err = p.f.End(tx, of.ID, day, "到期", 1); err == nil {
					_, err = store.One(tx, selectReturn, []any{of.ID}, &back)
				}
			}
			return err
		}); err != nil {
			if refusal.Of(err) == nil {
				t.Fatal(err)
			}
			return
		}
		if p.keep(id); back != "" {
			p.keep(back)
		}
	case 3:
		gone, kept := rapid.SampledFrom([]string{"F1", "F2", "F3"}).Draw(t, "gone"), rapid.SampledFrom([]string{"F1", "F2", "F3"}).Draw(t, "kept")
		err := p.write(func(tx *store.Tx) error { return p.b.Merge(tx, firm, gone, kept, "acc", "同一企业") })
		if err == nil {
			p.m.merges = append(p.m.merges, merge{gone, kept, dayOf(caldate.On(p.now))})
		} else if refusal.Of(err) == nil {
			t.Fatal(err)
		}
	default:
		fact := Fact{Kind: fmt.Sprintf("%s%d", rapid.SampledFrom([]string{"signed", "cancelled", "served"}).Draw(t, "kind"), p.run), Case: "case_1",
			Amount: int64(rapid.IntRange(1, 1000).Draw(t, "amount")), Day: caldate.On(p.now).AddDays(rapid.SampledFrom([]int{0, 0, 0, -1, -20, -70, -400, 3, 90}).Draw(t, "lag")),
			Dims: map[string]string{"chain": rapid.SampledFrom([]string{"C1", "C2", ""}).Draw(t, "chain"), "district": rapid.SampledFrom([]string{"D1", "D2", "D3"}).Draw(t, "district"), firm: rapid.SampledFrom([]string{"F1", "F2", "F3"}).Draw(t, "firm")}}
		var id string
		if err := p.write(func(tx *store.Tx) (err error) { id, err = p.f.Record(tx, fact); return err }); err != nil {
			t.Fatal(err)
		}
		p.keep(id)
	}
}

func (p *player) keep(id string) {
	p.write(func(tx *store.Tx) error {
		f, _, err := get(tx, id)
		if err == nil {
			p.m.facts = append(p.m.facts, f)
		}
		return err
	})
}

func (p *player) compare() {
	t := p.t
	at := At{Day: caldate.Date("2022-12-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "day"))}
	if rapid.Bool().Draw(t, "past") {
		at.Known = caldate.Date("2022-12-20").AddDays(rapid.IntRange(0, 1200).Draw(t, "known"))
	}
	if rapid.IntRange(0, 2).Draw(t, "edge") == 0 {
		at.Day = dateOf(lastOf(monthOf(dayOf(at.Day))))
	}
	err := p.db.Read(context.Background(), func(tx *store.Tx) error {
		for _, d := range renamed(p.run) {
			if d.Rules[0].Way == Ratio || d.Rules[0].Way == Growth {
				continue
			}
			v, err := p.b.Value(tx, d.Name, at)
			if err != nil {
				return err
			}
			if want := p.m.value(d, at, nil, nil); *v.Value != want {
				t.Fatalf("%s at %+v: %d, counted %d\nfacts %+v\nmerges %+v", d.Name, at, *v.Value, want, p.m.facts, p.m.merges)
			}
			for i := range d.Dims {
				dims := []string{d.Dims[i].Name}
				if i == 1 {
					dims = append(dims, d.Dims[0].Name)
				}
				br, err := p.b.Breakdown(tx, d.Name, at, dims...)
				if err != nil {
					return err
				}
				for _, part := range br.Parts {
					if want := p.m.value(d, at, dims, part.Keys); part.Value != want {
						t.Fatalf("%s at %+v by %v %v: %d, counted %d", d.Name, at, dims, part.Keys, part.Value, want)
					}
				}
				if br.Overlap.IsZero() && br.Sum != *v.Value {
					t.Fatalf("%s at %+v by %v: parts sum to %d, the whole is %d", d.Name, at, dims, br.Sum, *v.Value)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
