package assign

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// drawProblem makes a small problem: some are impossible, scores tie often.
func drawProblem(t *rapid.T, limits bool) *Problem {
	experts, proposals := rapid.IntRange(1, 5).Draw(t, "experts"), rapid.IntRange(1, 3).Draw(t, "proposals")
	p := &Problem{}
	for range experts {
		least := rapid.IntRange(0, 1).Draw(t, "least")
		p.Experts = append(p.Experts, Expert{Least: least, Most: least + rapid.IntRange(0, 2).Draw(t, "room"),
			Unit: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "unit"), Kind: rapid.SampledFrom([]string{"tech", "money"}).Draw(t, "kind")})
	}
	for range proposals {
		p.Proposals = append(p.Proposals, Proposal{Needs: rapid.IntRange(0, 3).Draw(t, "needs")})
	}
	for range experts * proposals {
		p.Scores = append(p.Scores, Score(rapid.IntRange(0, 4).Draw(t, "score"))*One/4)
		p.Barred = append(p.Barred, rapid.IntRange(0, 5).Draw(t, "barred") == 0)
	}
	if w := (Pair{rapid.IntRange(0, experts-1).Draw(t, "pe"), rapid.IntRange(0, proposals-1).Draw(t, "pp")}); p.Allowed(w) && rapid.Bool().Draw(t, "pin") {
		p.Pins = append(p.Pins, w)
	}
	if limits {
		p.UnitMost = rapid.IntRange(0, 2).Draw(t, "unit most")
		if rapid.Bool().Draw(t, "mix") {
			p.Mix = []Mix{{Kind: "tech", Least: rapid.IntRange(0, 1).Draw(t, "mix least"), Most: rapid.IntRange(1, 3).Draw(t, "mix most")}}
		}
	}
	return p
}

// every tries all plans and gives the greatest total, and the best of the worst-served with its greatest total.
func every(p *Problem) (total, worstServed, worstTotal Score, possible bool) {
	var allowed []Pair
	for q := range p.Proposals {
		for e := range p.Experts {
			if p.Allowed(Pair{e, q}) {
				allowed = append(allowed, Pair{e, q})
			}
		}
	}
	for set := range 1 << len(allowed) {
		var pairs []Pair
		for i, w := range allowed {
			if set>>i&1 == 1 {
				pairs = append(pairs, w)
			}
		}
		if p.keeps(pairs) != nil {
			continue
		}
		a := newPlan(p, pairs)
		if !possible || a.Total > total {
			total = a.Total
		}
		if !possible || a.Worst > worstServed || a.Worst == worstServed && a.Total > worstTotal {
			worstServed, worstTotal = a.Worst, a.Total
		}
		possible = true
	}
	return total, worstServed, worstTotal, possible
}

// TestAgainstEveryPlan: the total is the greatest of all plans, the fair plan the fairest, both prove it, and what is said to be
// impossible is, also where limits of unit and kind cross. The fair plan of those is the total's.
func TestAgainstEveryPlan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, rapid.Bool().Draw(t, "limits"))
		total, worstServed, worstTotal, possible := every(p)
		crossed := newModel(p, whole).relaxed
		a, err := Total(p)
		var no *Impossible
		if errors.As(err, &no) && !possible {
			return
		}
		if err != nil || !possible {
			t.Fatalf("%v, possible: %v", err, possible)
		}
		if err := a.Verify(p); err != nil || a.Bound < total || a.Total > total {
			t.Fatalf("total %s of %s, bound %s: %v", a.Total, total, a.Bound, err)
		}
		if a.Total != total {
			t.Fatalf("total %s of %s", a.Total, total)
		}
		f, proved, err := Fair(p, FairOptions{})
		if err != nil || f.Verify(p) != nil || f.WorstBound < worstServed || f.Worst < a.Worst {
			t.Fatalf("fair: %v %v: worst %s of %s, bound %s", err, f.Verify(p), f.Worst, worstServed, f.WorstBound)
		}
		if proved && !crossed && (f.Worst != worstServed || f.Total != worstTotal) {
			t.Fatalf("fair: said to be proved %s %s, there is %s %s", f.Worst, f.Total, worstServed, worstTotal)
		}
		if !proved && !crossed && p.UnitMost == 0 && len(p.Mix) == 0 && worstServed-f.Worst > One/1000 {
			t.Fatalf("fair: %s of %s on a problem that can be searched to the end", f.Worst, worstServed)
		}
	})
}

// TestTheFrontIsEveryTrade compares with the trades among all plans.
func TestTheFrontIsEveryTrade(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, false)
		_, worstServed, _, possible := every(p)
		if !possible {
			return
		}
		front, complete, err := Front(p, DefaultEffort)
		if err != nil || !complete {
			t.Fatalf("%v %v", complete, err)
		}
		for i := 1; i < len(front); i++ {
			if front[i].Worst <= front[i-1].Worst || front[i].Total > front[i-1].Total {
				t.Fatalf("%v does not trade", front)
			}
		}
		if last := front[len(front)-1]; last.Worst != worstServed {
			t.Fatalf("the front ends at %s, the fairest plan is %s", last.Worst, worstServed)
		}
	})
}

// TestSmallestChanges: making the changes that are told makes a plan possible, one less does not.
func TestSmallestChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		limits := rapid.Bool().Draw(t, "limits")
		p := drawProblem(t, limits)
		if newModel(p, whole).relaxed {
			return // where limits cross, only how many of a unit would do is told
		}
		_, err := Total(p)
		var no *Impossible
		if !errors.As(err, &no) {
			return
		}
		if len(no.Changes) == 0 {
			t.Fatal("nothing is told that would help")
		}
		for _, c := range no.Changes {
			if c.Count > 3 || limits && (c.Kind == "any" || c.Kind == "limits") || c.Kind == "pins" {
				continue // trying all changes takes too long, or they are of single proposals
			}
			if got := fewest(p, c.Kind, c.Count); got != c.Count {
				t.Fatalf("%s: %d is said to be enough, %d is (%s)", c.Kind, c.Count, got, c.Text)
			}
		}
	})
}

// fewest tries all changes of a kind up to a number of single ones.
func fewest(p *Problem, kind string, most int) int {
	for n := range most + 1 {
		if changeSome(p, kind, n) {
			return n
		}
	}
	return most + 1
}

func changeSome(p *Problem, kind string, n int) bool {
	if n == 0 {
		_, _, _, possible := every(p)
		return possible
	}
	for i := range max(len(p.Experts), len(p.Proposals)) {
		q := *p
		q.Experts, q.Proposals = append([]Expert(nil), p.Experts...), append([]Proposal(nil), p.Proposals...)
		if i < len(p.Experts) && (kind == "load" || kind == "any") {
			q.Experts[i].Most++
			if changeSome(&q, kind, n-1) {
				return true
			}
			q.Experts[i].Most--
		}
		if i < len(p.Experts) && (kind == "least" || kind == "any") && q.Experts[i].Least > 0 {
			q.Experts[i].Least--
			if changeSome(&q, kind, n-1) {
				return true
			}
			q.Experts[i].Least++
		}
		if i < len(p.Proposals) && (kind == "reviews" || kind == "any") && q.Proposals[i].Needs > 0 {
			q.Proposals[i].Needs--
			if changeSome(&q, kind, n-1) {
				return true
			}
		}
	}
	return false
}

// TestLotteriesKeepTheirWord: chances under the cap, and plans in which each pair occurs as often as its chance says, and every load
// is kept, over many draws.
func TestLotteriesKeepTheirWord(t *testing.T) {
	t.Parallel()
	p := &Problem{Proposals: []Proposal{{Needs: 2}, {Needs: 1}, {Needs: 2}, {Needs: 2}}, UnitMost: 1}
	for e := range 6 {
		p.Experts = append(p.Experts, Expert{Least: e % 2, Most: 2, Unit: string(rune('a' + e/2))})
		for q := range p.Proposals {
			p.Scores = append(p.Scores, Score((e*7+q*5)%11)*One/10)
			p.Barred = append(p.Barred, e == 1 && q == 2)
		}
	}
	l, err := Random(p, 450_000)
	if err != nil || l.Verify(p) != nil || l.Total > l.Bound || l.Bound-l.Total > 1 || l.Total > l.Optimum {
		t.Fatalf("%v %v: %s of %s, optimum %s", err, l.Verify(p), l.Total, l.Bound, l.Optimum)
	}
	const draws = 20_000
	count := map[Pair]int{}
	for i := range draws {
		a := l.Draw(p, [32]byte{byte(i), byte(i >> 8), byte(i >> 16)})
		if err := p.keeps(a.Pairs); err != nil {
			t.Fatalf("draw %d: %v", i, err)
		}
		for _, w := range a.Pairs {
			count[w]++
		}
	}
	for i, w := range l.Pairs {
		want := float64(l.Chances[i]) / float64(l.Unit) * draws
		if d := float64(count[w]) - want; d*d > 25*want { // five standard deviations and more
			t.Errorf("pair %v: %d of %d draws, expected %.0f", w, count[w], draws, want)
		}
		delete(count, w)
	}
	if len(count) > 0 {
		t.Errorf("pairs without a chance were drawn: %v", count)
	}
	if a, b := l.Draw(p, [32]byte{7}), l.Draw(p, [32]byte{7}); fmt.Sprint(a.Pairs) != fmt.Sprint(b.Pairs) {
		t.Error("one seed, two plans")
	}
	l.Chances[0]++
	if l.Verify(p) == nil {
		t.Error("a changed chance is verified")
	}
}

// TestLotteriesOfAnyProblem: what Random allows, Draw keeps.
func TestLotteriesOfAnyProblem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, rapid.Bool().Draw(t, "limits"))
		p.Pins = nil
		l, err := Random(p, share.PPM(rapid.SampledFrom([]int64{1_000_000, 500_000, 900_000, 333_333, 750_000}).Draw(t, "cap")))
		if err != nil {
			return
		}
		if err := l.Verify(p); err != nil || l.Bound-l.Total > 1 {
			t.Fatalf("%v: expects %s, the bound is %s", err, l.Total, l.Bound)
		}
		if a := l.Draw(p, [32]byte{rapid.Byte().Draw(t, "seed")}); p.keeps(a.Pairs) != nil {
			t.Fatal(p.keeps(a.Pairs))
		}
	})
}

func midl(t testing.TB) *Problem {
	t.Helper()
	f, err := os.Open("../../../../shared/data/review/midl.txt")
	if err != nil {
		t.Skip("did not run: the reviewer-paper affinities (fair-matching, MIDL) are not beside the repository")
	}
	defer f.Close()
	p, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestRealAffinities: the published optima of MIDL, with and without lower loads, and the fair plans, which another solver (cbc) gave
// the same values.
func TestRealAffinities(t *testing.T) {
	t.Parallel()
	p := midl(t)
	if a, err := Total(p); err != nil || a.Total.String() != "150.043125" || a.Verify(p) != nil {
		t.Errorf("with lower loads: %v %v", a, err)
	}
	for e := range p.Experts {
		p.Experts[e].Least = 0
	}
	if a, err := Total(p); err != nil || a.Total.String() != "201.884880" || a.Gap() != 0 || a.Verify(p) != nil {
		t.Errorf("without lower loads: %v %v", a, err)
	}
	a, proved, err := Fair(p, FairOptions{})
	if err != nil || !proved || a.Worst != a.WorstBound || a.Worst.String() != "0.944839" || a.Total.String() != "201.768732" || a.Verify(p) != nil {
		t.Errorf("fair: %s %s, proved %v, %v", a.Worst, a.Total, proved, err)
	}
	front, complete, err := Front(p, 4*DefaultEffort)
	if err != nil || !complete || len(front) != 5 || front[3].Total.String() != "201.790094" {
		t.Errorf("front: %v %v %v", front, complete, err)
	}
}

// TestLimits: a unit's people and kinds on each proposal, and what they cost.
func TestLimits(t *testing.T) {
	t.Parallel()
	p := &Problem{Proposals: []Proposal{{Needs: 2}, {Needs: 2}}, UnitMost: 1, Mix: []Mix{{Kind: "财务", Least: 1, Most: 1}}}
	for e := range 6 {
		p.Experts = append(p.Experts, Expert{Most: 2, Unit: []string{"甲所", "甲所", "乙所", "乙所", "丙所", "丙所"}[e], Kind: []string{"技术", "技术", "技术", "技术", "财务", "财务"}[e]})
		for range p.Proposals {
			p.Scores = append(p.Scores, Score(10-e)*One/10)
			p.Barred = append(p.Barred, false)
		}
	}
	a, err := Total(p)
	if err != nil || a.Verify(p) != nil || a.Total != 32*One/10 {
		t.Fatalf("%v: %v %v", a, err, a.Verify(p))
	}
	p.Pins, p.Forbids = []Pair{{5, 0}}, []Pair{{0, 1}}
	costs, err := Costs(p)
	if err != nil || len(costs) != 4 {
		t.Fatalf("%v %v", costs, err)
	}
	for i, want := range []Score{One / 10, One / 10, 0, One / 5} {
		if costs[i].Costs != want {
			t.Errorf("%s costs %s, want %s", costs[i].What, costs[i].Costs, want)
		}
	}
	p.Mix[0].Least, p.Mix[0].Most = 2, 2
	p.Forbids = append(p.Forbids, Pair{4, 0})
	var no *Impossible
	if _, err := Total(p); !errors.As(err, &no) || !strings.Contains(no.Error(), "财务") {
		t.Errorf("two of one kind from one unit that may send one: %v", err)
	}
}

// TestBadProblems are the bad inputs: each is refused in words, or answered.
func TestBadProblems(t *testing.T) {
	t.Parallel()
	one := func(change func(*Problem)) *Problem {
		p := &Problem{Experts: []Expert{{Most: 2}, {Most: 2}}, Proposals: []Proposal{{Needs: 1}, {Needs: 2}}, Scores: []Score{One, One, One, One}, Barred: make([]bool, 4)}
		change(p)
		return p
	}
	for name, c := range map[string]struct {
		p    *Problem
		says string
	}{
		"a pool that is too small": {one(func(p *Problem) { p.Proposals[1].Needs = 3 }), "缺 1 次"},
		"everyone in conflict":     {one(func(p *Problem) { p.Barred = []bool{true, true, true, true} }), "至多只能安排 0 次，缺 3 次"},
		"more work than people":    {one(func(p *Problem) { p.Experts[0].Most, p.Experts[1].Most = 1, 1 }), "多评 1 件"},
		"too much must be done":    {one(func(p *Problem) { p.Experts[0].Least, p.Experts[1].Least = 2, 2 }), "下限"},
		"a negative score":         {one(func(p *Problem) { p.Scores[2] = -1 }), "分数"},
		"a load that contradicts":  {one(func(p *Problem) { p.Experts[0].Least = 3 }), "不成立"},
		"negative needs":           {one(func(p *Problem) { p.Proposals[0].Needs = -1 }), "负数"},
		"pinned and forbidden":     {one(func(p *Problem) { p.Pins, p.Forbids = []Pair{{0, 0}}, []Pair{{0, 0}} }), "既指定又禁止"},
		"pinned in conflict":       {one(func(p *Problem) { p.Barred[0], p.Pins = true, []Pair{{0, 0}} }), "须回避"},
		"pinned nobody":            {one(func(p *Problem) { p.Pins = []Pair{{5, 0}} }), "没有这一对"},
		"nobody at all":            {&Problem{}, "没有专家"},
	} {
		_, err := Total(c.p)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want something about %q", name, err, c.says)
		}
		var no *Impossible
		if errors.As(err, &no) && (strings.Contains(no.In(lang.EN), "%!") || no.In(lang.EN) == "") {
			t.Errorf("%s in English: %s", name, no.In(lang.EN))
		}
	}
	if a, err := Total(one(func(p *Problem) { p.Scores = make([]Score, 4) })); err != nil || a.Total != 0 || len(a.Pairs) != 3 {
		t.Errorf("ties everywhere: %v %v", a, err)
	}
	if _, err := Random(one(func(*Problem) {}), 400_000); err == nil {
		t.Error("a cap that leaves no lottery")
	}
	if _, err := Random(one(func(*Problem) {}), 0); !refusal.Is(err, "assign.cap") {
		t.Errorf("a cap of nothing: %v", err)
	}
}

// TestVerifyFindsChanges: a plan that is not what it says is found.
func TestVerifyFindsChanges(t *testing.T) {
	t.Parallel()
	p := &Problem{Experts: []Expert{{Most: 1}, {Most: 1}}, Proposals: []Proposal{{Needs: 1}}, Scores: []Score{One, One / 2}, Barred: make([]bool, 2)}
	for name, change := range map[string]func(*Plan){
		"another expert": func(a *Plan) { a.Pairs[0].Expert = 1 },
		"a better bound": func(a *Plan) { a.Bound-- },
		"other prices":   func(a *Plan) { a.Prices[2] += 10 * int64(One) },
		"fewer prices":   func(a *Plan) { a.Prices = a.Prices[1:] },
		"a pair more":    func(a *Plan) { a.Pairs = append(a.Pairs, Pair{1, 0}) },
	} {
		a, err := Total(p)
		if err != nil || a.Verify(p) != nil {
			t.Fatal(err)
		}
		if change(a); a.Verify(p) == nil {
			t.Errorf("%s: verified", name)
		}
	}
}

// TestLeastCap: a cap that leaves no lottery is told with the smallest that does, and that one does.
func TestLeastCap(t *testing.T) {
	t.Parallel()
	p := &Problem{Experts: []Expert{{Most: 1}, {Most: 1}, {Most: 1}}, Proposals: []Proposal{{Needs: 2}}, Scores: make([]Score, 3), Barred: make([]bool, 3)}
	_, err := Random(p, 500_000)
	var no *Impossible
	if !errors.As(err, &no) || no.Changes[0].Kind != "cap" || !strings.Contains(no.In(lang.EN), "a cap of 67%") {
		t.Fatalf("%v", err)
	}
	if _, err := Random(p, 670_000); err != nil {
		t.Error(err)
	}
	nothing := &Problem{Experts: []Expert{{Most: 1}}, Proposals: []Proposal{{}}, Scores: make([]Score, 1), Barred: make([]bool, 1)}
	if l, err := Random(nothing, 500_000); err != nil || len(l.Chances) != 0 {
		t.Errorf("nothing to assign: %v %v", l, err)
	}
}

// TestStopped: a fair search that is stopped gives a plan that keeps all limits, and claims no proof.
func TestStopped(t *testing.T) {
	t.Parallel()
	p := &Problem{}
	for range 30 {
		p.Experts = append(p.Experts, Expert{Most: 3})
		p.Proposals = append(p.Proposals, Proposal{Needs: 3})
	}
	for i := range 900 {
		p.Scores, p.Barred = append(p.Scores, Score(i*7919%101)*One/100), append(p.Barred, false)
	}
	stop := make(chan struct{})
	close(stop)
	told := 0
	a, proved, err := Fair(p, FairOptions{Stop: stop, Progress: func(worst, bound, _ Score) {
		if told++; worst > bound {
			t.Errorf("worst-served %s above its bound %s", worst, bound)
		}
	}})
	if err != nil || proved || a.Verify(p) != nil || told == 0 {
		t.Errorf("%v, proved %v, told %d: %v", err, proved, told, a.Verify(p))
	}
}

// TestTooFewOfAKind: what is short is told as such, and where two limits cross, how many of a unit would be enough.
func TestTooFewOfAKind(t *testing.T) {
	t.Parallel()
	p := &Problem{Proposals: []Proposal{{Needs: 2}}, Scores: make([]Score, 3), Barred: make([]bool, 3), Mix: []Mix{{"财务", 2, 2}},
		Experts: []Expert{{Most: 1, Unit: "甲", Kind: "财务"}, {Most: 1, Unit: "甲", Kind: "技术"}, {Most: 1, Unit: "乙", Kind: "技术"}}}
	_, err := Total(p)
	var no *Impossible
	if !errors.As(err, &no) || !strings.Contains(no.Error(), "财务") || len(no.Changes) == 0 {
		t.Errorf("one of a kind where two are asked for: %v", err)
	}
	p.Mix, p.UnitMost = []Mix{{"财务", 1, 1}}, 1
	p.Barred[2] = true
	_, err = Total(p)
	if !errors.As(err, &no) || !strings.Contains(no.In(lang.EN), "at most 2 people of a unit") {
		t.Errorf("limits that cross: %v", err)
	}
}
