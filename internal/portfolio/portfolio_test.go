package portfolio

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
)

func name(s string) lang.Text { return lang.T(s, s) }

func ptr(v int64) *int64 { return &v }

// huge makes scores that cannot be added up.
func huge(q *Question) {
	for i := range 600 {
		q.Candidates = append(q.Candidates, Candidate{ID: fmt.Sprint("big", i), Lots: []Lot{{Scores: map[string]Score{"merit": {1e9, 0}}}}})
	}
}

// town is a small question with something of everything.
func town() *Question {
	one := func(id string, wan int64, score, spread, second int64, chains ...string) Candidate {
		return Candidate{ID: id, Name: "项目" + id, Tags: map[string][]string{"chain": chains},
			Lots: []Lot{{Costs: []Outlay{{2026, "city", money.Fen(wan) * money.Wan}}, Scores: map[string]Score{"merit": {score, spread}, "jobs": {second, 0}}}}}
	}
	q := &Question{
		Aims: []Goal{{ID: "merit", Name: name("评分"), Weight: 1}, {ID: "jobs", Name: name("就业")}},
		Candidates: []Candidate{
			one("a", 300, 90, 5, 10, "robots"), one("b", 200, 80, 5, 40, "aviation"), one("c", 250, 78, 5, 20, "robots", "aviation"),
			one("d", 100, 30, 5, 90, "food"), one("e", 150, 45, 5, 5, "food"), one("f", 2000, 200, 5, 0, "robots"),
		},
		Budgets: []Budget{{ID: "city", Name: name("市级资金"), Sources: []string{"city"}, Limit: 800 * money.Wan, Spent: 100 * money.Wan}},
		Quotas:  []Quota{{ID: "food", Name: name("食品链至少一项"), Dim: "chain", Codes: []string{"food"}, Measure: Count, Least: ptr(1)}},
	}
	g := one("g", 400, 95, 5, 30, "aviation")
	g.Lots = append([]Lot{{Name: "half", Costs: []Outlay{{2026, "city", 150 * money.Wan}}, Scores: map[string]Score{"merit": {40, 5}}}}, g.Lots...)
	q.Candidates = append(q.Candidates, g)
	return q
}

func chosen(p *Plan) string {
	var list []string
	for _, c := range p.Chosen {
		list = append(list, fmt.Sprintf("%s%d", c.Candidate, c.Lot))
	}
	slices.Sort(list)
	return fmt.Sprint(list)
}

func choose(t testing.TB, q *Question) *Plan {
	t.Helper()
	p, err := Choose(t.Context(), q, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestChoose(t *testing.T) {
	q := town()
	p := choose(t, q)
	// 700 left of the budget: a 300 + b 200 + (d 100) = 600 leaves 100; b + c + e + d = 700 → 233; a + b + e = 650 → 215; a + c + e = 700 → 213.
	if chosen(p) != "[b1 c1 d1 e1]" || p.Value != 233 || !p.Proved || p.Bound != 233 || p.Spent != 700*money.Wan {
		t.Errorf("%s %d of %d, %v", chosen(p), p.Value, p.Bound, p.Spent)
	}
	if u := p.Limits[0]; u.ID != "city" || u.Used != int64(800*money.Wan) || !u.Tight {
		t.Errorf("the budget: %+v", u)
	}
	q.Needs = []Dependency{{ID: "n", Name: name("c 须有 f"), Candidate: "c", All: []string{"f"}}}
	if p := choose(t, q); chosen(p) != "[a1 b1 e1]" {
		t.Errorf("with a need that cannot be met: %s %d", chosen(p), p.Value)
	}
	q.Exclusions = []Exclusive{{"x", name("a、b 只选一个"), []string{"a", "b"}, 1}}
	if p := choose(t, q); chosen(p) != "[a1 d1 e1 g1]" {
		t.Errorf("with an exclusion: %s %d", chosen(p), p.Value)
	}
	q = town()
	q.Candidates[6].Committed = 1
	if p := choose(t, q); !slices.ContainsFunc(p.Chosen, func(c Award) bool { return c.Candidate == "g" }) {
		t.Errorf("what is promised is not in: %s", chosen(p))
	}
	q = town()
	q.Quotas = append(q.Quotas, Quota{ID: "s", Name: name("机器人占比"), Dim: "chain", Codes: []string{"robots"}, Measure: Share, Least: ptr(600_000)})
	p = choose(t, q)
	if u := p.Limits[len(p.Limits)-1]; u.ID != "s" || u.Used < 600_000 {
		t.Errorf("share of robots: %+v in %s", u, chosen(p))
	}
}

func TestReasons(t *testing.T) {
	q := town()
	p := choose(t, q)
	list, err := Reasons(t.Context(), q, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range list {
		// The truth by asking again with a pin.
		pinned := *q
		pinned.Pins = []Pin{{Candidate: q.Candidates[i].ID, In: !r.Chosen}}
		other, err := Choose(t.Context(), &pinned, Options{})
		switch {
		case err != nil && !r.Impossible:
			t.Errorf("%s: %v, the reason says %+v", r.Candidate, err, r)
		case err == nil && (r.Impossible || r.By != p.Value-other.Value || !r.Exact):
			t.Errorf("%s: turned over the plan is worth %d less, the reason says %+v", r.Candidate, p.Value-other.Value, r)
		}
		if r.Text.ZH == "" || r.Text.EN == "" {
			t.Errorf("%s has no words", r.Candidate)
		}
	}
	if !list[5].Impossible { // larger than all money
		t.Errorf("f: %+v", list[5])
	}
}

func TestPoints(t *testing.T) {
	for want, got := range map[string]string{"86": points(8600, 100), "0.05": points(5, 100), "1.5": points(150, 100), "7": points(7, 0)} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestCosts(t *testing.T) {
	q := town()
	p := choose(t, q)
	list, err := Costs(t.Context(), q, p, []money.Fen{50 * money.Wan, 100 * money.Wan}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	budget := list[0]
	if budget.ID != "city" || len(budget.Next) != 2 {
		t.Fatalf("%+v", budget)
	}
	for k, n := range budget.Next {
		richer := *q
		richer.Budgets = slices.Clone(q.Budgets)
		richer.Budgets[0].Limit += n.More
		if want := choose(t, &richer).Value - p.Value; n.Gain != want || !n.Exact {
			t.Errorf("more %d: %+v, want a gain of %d", k, n, want)
		}
	}
	if all := 90 + 80 + 78 + 30 + 45 + 200 + 95; budget.Gain != int64(all)-p.Value {
		t.Errorf("without the budget all is chosen: %+v", budget)
	}
}

func TestContradiction(t *testing.T) {
	q := town()
	q.Quotas = append(q.Quotas, Quota{ID: "many", Name: name("至少六项"), Measure: Count, Least: ptr(6)})
	q.Pins = []Pin{{Candidate: "b", In: true}}
	_, err := Choose(t.Context(), q, Options{})
	c := ConflictOf(err)
	if c == nil || !refusal.Is(err, "portfolio.contradiction") {
		t.Fatalf("%v", err)
	}
	var ids []string
	for _, w := range c.Limits {
		ids = append(ids, w.ID)
		switch w.ID {
		case "many":
			if !w.Alone || w.Needed == nil || *w.Needed != 4 {
				t.Errorf("at most four can be had: %+v", w)
			}
		case "city": // the six cheapest, and what is spent: 100+150+150+200+250+300+100
			if !w.Alone || w.Needed == nil || *w.Needed != int64(1250*money.Wan) {
				t.Errorf("%+v", w)
			}
		}
	}
	if !slices.Equal(ids, []string{"city", "many"}) || !c.Sure {
		t.Errorf("conflict of %v", ids)
	}
}

func TestFront(t *testing.T) {
	q := town()
	f, err := Front(t.Context(), q, "merit", "jobs", 50, Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Every plan there is, by trying all.
	best := map[int64]int64{}
	m := build(q)
	x := make([]bool, len(m.item))
	for k := range 1 << len(x) {
		for j := range x {
			x[j] = k>>j&1 == 1
		}
		if m.p.Broken(x) >= 0 {
			continue
		}
		var a, b int64
		for j, in := range x {
			if in {
				a, b = a+m.scores("merit")[j], b+m.scores("jobs")[j]
			}
		}
		if v, ok := best[b]; !ok || a > v {
			best[b] = a
		}
	}
	var want []string
	for b, a := range best {
		dominated := false
		for b2, a2 := range best {
			dominated = dominated || (b2 >= b && a2 >= a && (b2 > b || a2 > a))
		}
		if !dominated {
			want = append(want, fmt.Sprint(a, b))
		}
	}
	var got []string
	for _, p := range f.Points {
		got = append(got, fmt.Sprint(p.A, p.B))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) || !f.Complete || !f.Proved {
		t.Errorf("got %v, want %v (complete: %v)", got, want, f.Complete)
	}
}

func TestStability(t *testing.T) {
	q := town()
	p := choose(t, q)
	s, err := Stability(t.Context(), q, p, 100, 1, Options{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Stability(t.Context(), q, p, 100, 1, Options{})
	if err != nil || !slices.Equal(s.Kept, again.Kept) {
		t.Errorf("the same seed gives %v and %v: %v", s.Kept, again.Kept, err)
	}
	if s.Tries != 100 || s.Same == 0 || s.Same == 100 || s.Kept[5] != 0 || s.Kept[1] < 90 {
		t.Errorf("%+v", s)
	}
	for i := range q.Candidates {
		for l := range q.Candidates[i].Lots {
			for a, v := range q.Candidates[i].Lots[l].Scores {
				q.Candidates[i].Lots[l].Scores[a] = Score{v.Value, 0}
			}
		}
	}
	if s, err := Stability(t.Context(), q, p, 10, 1, Options{}); err != nil || s.Same != 10 || s.Regret.Worst != 0 {
		t.Errorf("nothing moves, and yet %+v %v", s, err)
	}
}

func TestBadQuestions(t *testing.T) {
	for id, spoil := range map[string]func(*Question){
		"portfolio.no_aim":        func(q *Question) { q.Aims = nil },
		"portfolio.candidate":     func(q *Question) { q.Candidates[1].ID = "a" },
		"portfolio.no_lot":        func(q *Question) { q.Candidates[1].Lots = nil },
		"portfolio.amount":        func(q *Question) { q.Candidates[1].Lots[0].Costs[0].Fen = -1 },
		"portfolio.no_such_aim":   func(q *Question) { q.Candidates[1].Lots[0].Scores["fame"] = Score{1, 0} },
		"portfolio.unknown":       func(q *Question) { q.Exclusions = []Exclusive{{"x", name("x"), []string{"nobody"}, 1}} },
		"portfolio.limit":         func(q *Question) { q.Budgets[0].ID = "" },
		"portfolio.no_limit":      func(q *Question) { q.Quotas[0].Least = nil },
		"portfolio.measure":       func(q *Question) { q.Quotas[0].Measure = "weight" },
		"portfolio.committed":     func(q *Question) { q.Candidates[0].Committed = 2 },
		"portfolio.pin_twice":     func(q *Question) { q.Pins = []Pin{{Candidate: "a"}, {Candidate: "a", In: true}} },
		"portfolio.score":         func(q *Question) { q.Candidates[0].Lots[0].Scores["merit"] = Score{2e9, 0} },
		"portfolio.weight":        func(q *Question) { q.Aims[0].Weight = -1 },
		"portfolio.scale":         func(q *Question) { q.Scale = -1 },
		"portfolio.at_most":       func(q *Question) { q.Exclusions = []Exclusive{{"x", name("x"), []string{"a"}, -1}} },
		"portfolio.pin_lot":       func(q *Question) { q.Pins = []Pin{{Candidate: "a", In: true, Lot: 2}} },
		"portfolio.least":         func(q *Question) { q.Aims[0].Least = ptr(1 << 60) },
		"portfolio.too_large":     func(q *Question) { q.Aims[0].Weight = 1_000_000; huge(q) },
		"portfolio.quota":         func(q *Question) { q.Quotas[0].Measure, q.Quotas[0].Least = Share, ptr(1_000_001) },
		"portfolio.contradiction": func(q *Question) { q.Budgets[0].Limit = 0; q.Budgets[0].Spent = 0 },
	} {
		q := town()
		spoil(q)
		if _, err := Choose(t.Context(), q, Options{}); !refusal.Is(err, id) {
			t.Errorf("%s: %v", id, err)
		}
	}
	q := town()
	q.Budgets[0].Limit, q.Budgets[0].Spent, q.Quotas = 0, 0, nil
	if p := choose(t, q); len(p.Chosen) != 0 || p.Value != 0 || !p.Proved {
		t.Errorf("a budget of zero: %+v", p)
	}
	q.Candidates = nil
	if p := choose(t, q); len(p.Chosen) != 0 || !p.Proved {
		t.Errorf("nobody applied: %+v", p)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if p, err := Choose(stopped, town(), Options{}); err == nil && p.Value > p.Bound {
		t.Errorf("stopped at once: %+v", p)
	}
}
