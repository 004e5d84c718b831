package zeroone

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// drawProblem makes small problems of every kind: signs, two-sided rows, ties, fixed values, rows without limits.
func drawProblem(t *rapid.T) *Problem {
	n := rapid.IntRange(0, 12).Draw(t, "n")
	p := &Problem{Values: make([]int64, n)}
	lo := rapid.SampledFrom([]int64{-9, 0, 1}).Draw(t, "least")
	hi := rapid.SampledFrom([]int64{1, 9, 1000}).Draw(t, "most")
	for j := range p.Values {
		p.Values[j] = rapid.Int64Range(lo, hi).Draw(t, "value")
	}
	for range rapid.IntRange(0, 5).Draw(t, "rows") {
		r := Row{Lo: -None, Hi: None}
		least, most := int64(0), int64(0)
		for j := range n {
			if !rapid.Bool().Draw(t, "in") {
				continue
			}
			c := rapid.Int64Range(lo, hi).Draw(t, "coef")
			r.Items, r.Coef = append(r.Items, int32(j)), append(r.Coef, c)
			least, most = least+min(c, 0), most+max(c, 0)
		}
		if rapid.Bool().Draw(t, "above") {
			r.Hi = rapid.Int64Range(least-1, most+1).Draw(t, "hi")
		}
		if rapid.IntRange(0, 3).Draw(t, "below") == 0 {
			r.Lo = rapid.Int64Range(least-1, most+1).Draw(t, "lo")
		}
		p.Rows = append(p.Rows, r)
	}
	return p
}

// brute tries every choice.
func brute(p *Problem) (best int64, found bool) {
	x := make([]bool, len(p.Values))
	for k := range 1 << len(x) {
		for j := range x {
			x[j] = k>>j&1 == 1
		}
		if v := p.Value(x); (!found || v > best) && p.Broken(x) < 0 {
			best, found = v, true
		}
	}
	return best, found
}

func TestSolveIsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		want, possible := brute(p)
		a, err := Solve(t.Context(), p, Options{Quick: rapid.Bool().Draw(t, "quick")})
		if err != nil {
			t.Fatal(err)
		}
		if !a.Proved || (a.X != nil) != possible {
			t.Fatalf("proved %v, found %v, possible %v", a.Proved, a.X != nil, possible)
		}
		if possible && (a.Value != want || a.Bound != want || p.Value(a.X) != want || p.Broken(a.X) >= 0) {
			t.Fatalf("value %d, bound %d, want %d", a.Value, a.Bound, want)
		}
		if possible && a.Root.Prices != nil {
			if err := a.Root.Check(p); err != nil || a.Root.Bound < want {
				t.Fatalf("root %+v: %v", a.Root, err)
			}
		}
	})
}

// TestStoppedEarlyIsStillTrue stops at every amount of work: the value is attained and the bound is a bound.
func TestStoppedEarlyIsStillTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		want, possible := brute(p)
		a, err := Solve(t.Context(), p, Options{Work: rapid.IntRange(1, 60).Draw(t, "work")})
		if err != nil {
			t.Fatal(err)
		}
		if a.X != nil && (p.Broken(a.X) >= 0 || p.Value(a.X) != a.Value || a.Value > want) {
			t.Fatalf("value %d of %d", a.Value, want)
		}
		if possible && a.Bound < want {
			t.Fatalf("bound %d, yet %d is possible", a.Bound, want)
		}
		if a.Proved && (a.X != nil) != possible {
			t.Fatalf("proved %v, possible %v", a.X != nil, possible)
		}
	})
}

// TestNoTime: however short the time, there is a choice and a bound.
func TestNoTime(t *testing.T) {
	t.Parallel()
	over, stop := context.WithCancel(t.Context())
	stop()
	for _, p := range []*Problem{knapsack(2000, 30, 0.25, 1), knapsack(50, 1, 0.5, 2), knapsack(20_000, 5, 0.75, 3)} {
		a, err := Solve(over, p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Check(p); err != nil {
			t.Error(err)
		}
		if a.X == nil || a.Value == 0 || a.Value*10 < a.Bound {
			t.Errorf("%d of at most %d", a.Value, a.Bound)
		}
	}
}

// TestNothingToSearchAround: where no choice is known there is nothing to search around, and the work is spent all the same (market split, Cornuéjols
// and Dawande 1998: rows that must come out exactly).
func TestNothingToSearchAround(t *testing.T) {
	t.Parallel()
	p := knapsack(30, 4, 0.5, 3)
	for i := range p.Rows {
		p.Rows[i].Lo = p.Rows[i].Hi
	}
	a, err := Solve(t.Context(), p, Options{Work: 60_000})
	if err != nil {
		t.Fatal(err)
	}
	if a.X != nil || a.Work < 60_000 && !a.Proved {
		t.Errorf("%+v", a)
	}
}
