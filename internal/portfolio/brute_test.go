package portfolio

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/money"
)

// drawQuestion makes small questions with everything in them: lots, years and sources, quotas of every measure, exclusions, needs in circles,
// promises, pins, floors, money spent, negative scores, costs of nothing.
func drawQuestion(t *rapid.T) *Question {
	q := &Question{Aims: []Goal{{ID: "merit", Name: name("评分"), Weight: rapid.Int64Range(0, 3).Draw(t, "weight")}, {ID: "jobs", Name: name("就业"), Weight: 1}}}
	n := rapid.IntRange(0, 6).Draw(t, "candidates")
	id := func(what string) string { return fmt.Sprint("p", rapid.IntRange(0, max(n-1, 0)).Draw(t, what)) }
	for i := range n {
		c := Candidate{ID: fmt.Sprint("p", i), Name: fmt.Sprint("项目", i), Tags: map[string][]string{"chain": {rapid.SampledFrom([]string{"x", "y"}).Draw(t, "chain")}}}
		for range rapid.IntRange(1, 3).Draw(t, "lots") {
			l := Lot{Scores: map[string]Score{"merit": {rapid.Int64Range(-5, 50).Draw(t, "merit"), 0}, "jobs": {rapid.Int64Range(0, 9).Draw(t, "jobs"), 0}}}
			for range rapid.IntRange(0, 2).Draw(t, "costs") {
				l.Costs = append(l.Costs, Outlay{rapid.IntRange(2026, 2027).Draw(t, "year"), rapid.SampledFrom([]string{"city", "state"}).Draw(t, "source"),
					money.Fen(rapid.Int64Range(0, 1000).Draw(t, "fen"))})
			}
			c.Lots = append(c.Lots, l)
		}
		c.Committed = rapid.SampledFrom([]int{0, 0, 0, 0, 0, 1}).Draw(t, "committed")
		q.Candidates = append(q.Candidates, c)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "budgets") {
		b := Budget{ID: fmt.Sprint("b", i), Name: name("预算"), Limit: money.Fen(rapid.Int64Range(0, 3000).Draw(t, "limit")), Spent: money.Fen(rapid.Int64Range(0, 100).Draw(t, "spent"))}
		if rapid.Bool().Draw(t, "of a year") {
			b.Years = []int{2026}
		}
		if rapid.Bool().Draw(t, "of a source") {
			b.Sources = []string{"city"}
		}
		q.Budgets = append(q.Budgets, b)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "quotas") {
		x := Quota{ID: fmt.Sprint("q", i), Name: name("限额"), Dim: "chain", Codes: []string{"x"}}
		x.Measure = rapid.SampledFrom([]Measure{Count, Money, Share}).Draw(t, "measure")
		top := map[Measure]int64{Count: 3, Money: 1500, Share: 1_000_000}[x.Measure]
		if x.Most = ptr(rapid.Int64Range(0, top).Draw(t, "most")); rapid.Bool().Draw(t, "least too") {
			x.Least = ptr(rapid.Int64Range(0, top/2).Draw(t, "least"))
		}
		q.Quotas = append(q.Quotas, x)
	}
	if n == 0 {
		return q
	}
	if rapid.Bool().Draw(t, "exclusion") {
		q.Exclusions = []Exclusive{{"x", name("互斥"), []string{id("one"), id("other"), id("third")}, rapid.Int64Range(0, 2).Draw(t, "at most")}}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "needs") {
		d := Dependency{ID: fmt.Sprint("n", i), Name: name("依赖"), Candidate: id("who")}
		if rapid.Bool().Draw(t, "all") {
			d.All = []string{id("all of")}
		} else {
			d.Any = []string{id("any of"), id("or")}
		}
		q.Needs = append(q.Needs, d)
	}
	if rapid.IntRange(0, 3).Draw(t, "pin") == 0 {
		q.Pins = []Pin{{Candidate: id("pinned"), In: rapid.Bool().Draw(t, "in"), Lot: rapid.IntRange(0, 1).Draw(t, "lot")}}
	}
	if rapid.IntRange(0, 3).Draw(t, "floor") == 0 {
		q.Aims[1].Least = ptr(rapid.Int64Range(0, 30).Draw(t, "floor of jobs"))
	}
	return q
}

// every goes through all choices that keep the question's limits, as a person reads them.
func every(q *Question, do func(lots []int)) {
	lots := make([]int, len(q.Candidates))
	var next func(i int)
	next = func(i int) {
		if i == len(lots) {
			if q.Broken(lots) == nil {
				do(lots)
			}
			return
		}
		for l := 0; l <= len(q.Candidates[i].Lots); l++ {
			lots[i] = l
			next(i + 1)
		}
		lots[i] = 0
	}
	next(0)
}

// bestOf is the value of the best choice among those that are wanted; false where there is none.
func bestOf(q *Question, wanted func(lots []int) bool) (best int64, found bool) {
	every(q, func(lots []int) {
		if wanted != nil && !wanted(lots) {
			return
		}
		v := int64(0)
		for i, l := range lots {
			if l > 0 {
				v += q.value(&q.Candidates[i].Lots[l-1])
			}
		}
		if !found || v > best {
			best, found = v, true
		}
	})
	return best, found
}

// TestAgainstAllChoices tries everything that can be chosen, and compares the plan, its proof, its reasons, what limits cost and the conflict.
func TestAgainstAllChoices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		want, possible := bestOf(q, nil)
		p, err := Choose(context.Background(), q, Options{})
		if c := ConflictOf(err); c != nil {
			if possible {
				t.Fatalf("refused, yet %d can be had: %v", want, err)
			}
			conflictHolds(t, q, c)
			return
		}
		if err != nil || !possible || p.Value != want || !p.Proved {
			t.Fatalf("%+v %v, the best is %d (%v)", p, err, want, possible)
		}
		proofHolds(t, q, p)
		reasons, err := Reasons(context.Background(), q, p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range reasons {
			other, ok := bestOf(q, func(lots []int) bool { return (lots[i] > 0) != r.Chosen })
			if ok == r.Impossible || ok && (!r.Exact || r.By != want-other) {
				t.Fatalf("%+v: turned over %d (%v) of %d", r, other, ok, want)
			}
		}
		costsHold(t, q, p)
	})
}

func proofHolds(t *rapid.T, q *Question, p *Plan) {
	f, err := Prove(context.Background(), q, p, Options{})
	if err != nil || f == nil {
		t.Fatalf("no proof: %v", err)
	}
	raw, err := json.Marshal(Memo{Question: *q, Plan: *p, Proof: f})
	if err != nil {
		t.Fatal(err)
	}
	var m Memo
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	if v, err := m.Verify(); err != nil || v.Value != p.Value || v.Steps == 0 {
		t.Fatalf("%+v %v", v, err)
	}
}

// conflictHolds: without any one limit of the conflict the others of it can be kept; and those that are said to be enough are.
func conflictHolds(t *rapid.T, q *Question, c *Conflict) {
	if !c.Sure || len(c.Limits) == 0 {
		t.Fatalf("conflict %+v", c)
	}
	for _, w := range c.Limits {
		without := *q
		drop(&without, w.ID)
		if _, ok := bestOf(&without, nil); ok != w.Alone {
			t.Fatalf("without %s alone a plan is possible: %v, the conflict says %v", w.ID, ok, w.Alone)
		}
		if w.Needed == nil {
			continue
		}
		for _, off := range []int64{0, 1} { // it is enough, and one less is not
			at := *w.Needed + off
			if w.Upper {
				at = *w.Needed - off
			}
			if at < 0 {
				continue
			}
			changed := *q
			change(&changed, w, at)
			if _, ok := bestOf(&changed, nil); ok != (off == 0) {
				t.Fatalf("with %d for %s a plan is possible: %v (%+v)", at, w.ID, ok, w)
			}
		}
	}
}

func costsHold(t *rapid.T, q *Question, p *Plan) {
	costs, err := Costs(context.Background(), q, p, []money.Fen{500}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range costs {
		without := *q
		drop(&without, c.ID)
		if best, _ := bestOf(&without, nil); best-p.Value != c.Gain || c.AtMost != c.Gain {
			t.Fatalf("without %s the best is %d, the plan %d, the cost says %+v", c.ID, best, p.Value, c)
		}
		for _, n := range c.Next {
			richer := *q
			richer.Budgets = slices.Clone(q.Budgets)
			for i := range richer.Budgets {
				if richer.Budgets[i].ID == c.ID {
					richer.Budgets[i].Limit += n.More
				}
			}
			if best, _ := bestOf(&richer, nil); best-p.Value != n.Gain {
				t.Fatalf("with more in %s the best is %d, the plan %d, the answer %+v", c.ID, best, p.Value, n)
			}
		}
	}
}

// drop takes a limit out of a question.
func drop(q *Question, id string) {
	q.Budgets = slices.DeleteFunc(slices.Clone(q.Budgets), func(x Budget) bool { return x.ID == id })
	q.Quotas = slices.DeleteFunc(slices.Clone(q.Quotas), func(x Quota) bool { return x.ID == id })
	q.Exclusions = slices.DeleteFunc(slices.Clone(q.Exclusions), func(x Exclusive) bool { return x.ID == id })
	q.Needs = slices.DeleteFunc(slices.Clone(q.Needs), func(x Dependency) bool { return x.ID == id })
	q.Pins = slices.DeleteFunc(slices.Clone(q.Pins), func(x Pin) bool { return "pin:"+x.Candidate == id })
	q.Candidates, q.Aims = slices.Clone(q.Candidates), slices.Clone(q.Aims)
	for i := range q.Candidates {
		if "committed:"+q.Candidates[i].ID == id {
			q.Candidates[i].Committed = 0
		}
	}
	for i := range q.Aims {
		if "aim:"+q.Aims[i].ID == id {
			q.Aims[i].Least = nil
		}
	}
}

// change sets a limit to another number.
func change(q *Question, w WayOut, at int64) {
	q.Budgets, q.Quotas = slices.Clone(q.Budgets), slices.Clone(q.Quotas)
	for i := range q.Budgets {
		if q.Budgets[i].ID == w.ID {
			q.Budgets[i].Limit = money.Fen(at)
		}
	}
	for i := range q.Quotas {
		switch x := &q.Quotas[i]; {
		case x.ID != w.ID:
		case w.Upper:
			x.Most = &at
		default:
			x.Least = &at
		}
	}
}

// TestFrontIsWhole: the front is every compromise there is, and no other.
func TestFrontIsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		q.Aims[1].Least = nil
		best := map[int64]int64{}
		every(q, func(lots []int) {
			var a, b int64
			for i, l := range lots {
				if l > 0 {
					s := q.Candidates[i].Lots[l-1].Scores
					a, b = a+s["merit"].Value, b+s["jobs"].Value
				}
			}
			if v, ok := best[b]; !ok || a > v {
				best[b] = a
			}
		})
		f, err := Front(context.Background(), q, "merit", "jobs", 1000, Options{})
		if len(best) == 0 {
			if ConflictOf(err) == nil {
				t.Fatalf("nothing can be chosen, and yet %+v %v", f, err)
			}
			return
		}
		var want, got []string
		for b, a := range best {
			beaten := false
			for b2, a2 := range best {
				beaten = beaten || b2 >= b && a2 >= a && (b2 > b || a2 > a)
			}
			if !beaten {
				want = append(want, fmt.Sprint(a, b))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range f.Points {
			got = append(got, fmt.Sprint(p.A, p.B))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) || !f.Complete || !f.Proved {
			t.Fatalf("%v (complete: %v), want %v", got, f.Complete, want)
		}
	})
}

// TestSpoiltMemos: whatever is changed in a memo, it no longer holds.
func TestSpoiltMemos(t *testing.T) {
	q := town()
	p := choose(t, q)
	f, err := Prove(t.Context(), q, p, Options{})
	if err != nil || f == nil {
		t.Fatal(f, err)
	}
	raw, err := json.Marshal(Memo{Question: *q, Plan: *p, Proof: f})
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(m *Memo){
		"a score":            func(m *Memo) { m.Question.Candidates[0].Lots[0].Scores["merit"] = Score{91, 5} },
		"a budget":           func(m *Memo) { m.Question.Budgets[0].Limit++ },
		"the value":          func(m *Memo) { m.Plan.Value++ },
		"the money":          func(m *Memo) { m.Plan.Spent-- },
		"the bound":          func(m *Memo) { m.Plan.Bound++ },
		"what is proved":     func(m *Memo) { m.Plan.Proved = false },
		"somebody else":      func(m *Memo) { m.Plan.Chosen[0].Candidate = "a"; m.Plan.Digest = digest(&m.Question, m.Plan.Chosen) },
		"a broken limit":     func(m *Memo) { m.Question.Budgets[0].Limit = 0; m.Plan.Digest = digest(&m.Question, m.Plan.Chosen) },
		"a proof of more":    func(m *Memo) { m.Proof.Most++ },
		"a proof cut short":  func(m *Memo) { m.Proof.Tree = m.Proof.Tree[:len(m.Proof.Tree)-1] },
		"a proof of nothing": func(m *Memo) { m.Proof.None = true },
		"prices of nothing": func(m *Memo) {
			m.Proof.Tree[len(m.Proof.Tree)-1].Prices = nil
			m.Proof.Tree[len(m.Proof.Tree)-1].Rows = nil
		},
		"a name of nobody":    func(m *Memo) { m.Question.Candidates[0].ID = "" },
		"a plan that is less": func(m *Memo) { m.Plan.Chosen = m.Plan.Chosen[1:]; m.Plan.Digest = digest(&m.Question, m.Plan.Chosen) },
	} {
		var m Memo
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatal(err)
		}
		if v, err := m.Verify(); err != nil || v.Steps == 0 {
			t.Fatal(v, err)
		}
		spoil(&m)
		if _, err := m.Verify(); err == nil {
			t.Errorf("%s was changed, and yet it holds", what)
		}
	}
}
