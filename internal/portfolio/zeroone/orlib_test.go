package zeroone

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadORLibraryRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":    "",
		"cut off":  "1 2 1 0 5 6 7 8",
		"a word":   "1 2 1 0 5 six 7 8 9",
		"too much": "1 2 1 0 5 6 7 8 9 10",
		"negative": "1 -2 1 0",
		"huge":     "1 1 1 0 9223372036854775807 1 1",
		"fraction": "1 1 1 0.5 1 1 1",
	} {
		if _, _, err := ReadORLibrary(strings.NewReader(text)); err == nil {
			t.Errorf("%s: read without complaint", name)
		}
	}
	list, known, err := ReadORLibrary(strings.NewReader("1 2 1 9.0\n5 6\n7 8\n9\n"))
	if err != nil || len(list) != 1 || known[0] != 9 || list[0].Rows[0].Hi != 9 {
		t.Errorf("%v %v %v", list, known, err)
	}
}

// TestORLibrary proves the optimum of real instances: OR-Library, J. E. Beasley, mknapcb1.txt. The optima are those of the literature,
// which for 5 limits and 100 items are the best values of Chu and Beasley (1998).
func TestORLibrary(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "..", "shared", "data", "portfolio")
	f, err := os.Open(filepath.Join(dir, "mknapcb1.txt"))
	if err != nil {
		t.Skip("not run: the OR-Library's files are not here")
	}
	defer f.Close()
	list, known, err := ReadORLibrary(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []int{6, 10, 16, 20, 21, 28} {
		a, err := Solve(t.Context(), list[k], Options{Work: 400_000})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Check(list[k]); err != nil {
			t.Error(err)
		}
		if !a.Proved || a.Value != known[k] {
			t.Errorf("problem %d: %d (proved: %v), the optimum is %d", k, a.Value, a.Proved, known[k])
		}
		again, err := Solve(t.Context(), list[k], Options{Work: 400_000})
		if err != nil || again.Work != a.Work || again.Nodes != a.Nodes {
			t.Errorf("problem %d: %d pivots the first time, %d the second: %v", k, a.Work, again.Work, err)
		}
	}
}

// knapsack makes an instance as Chu and Beasley made theirs: coefficients of 1..1000, limits a share of their sum, values that follow the weights.
func knapsack(n, m int, tightness float64, seed uint64) *Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := &Problem{Values: make([]int64, n), Rows: make([]Row, m)}
	items := make([]int32, n)
	for j := range items {
		items[j] = int32(j)
	}
	for i := range p.Rows {
		p.Rows[i] = Row{Lo: -None, Items: items, Coef: make([]int64, n)}
		for j := range n {
			c := 1 + r.Int64N(1000)
			p.Rows[i].Coef[j] = c
			p.Rows[i].Hi += c
			p.Values[j] += c
		}
		p.Rows[i].Hi = int64(tightness * float64(p.Rows[i].Hi))
	}
	for j := range p.Values {
		p.Values[j] = p.Values[j]/int64(m) + r.Int64N(500)
	}
	return p
}

func TestOddities(t *testing.T) {
	all := func(n int, c int64) Row {
		r := Row{Lo: -None, Hi: None}
		for j := range n {
			r.Items, r.Coef = append(r.Items, int32(j)), append(r.Coef, c)
		}
		return r
	}
	values := func(n int, v int64) []int64 {
		list := make([]int64, n)
		for j := range list {
			list[j] = v
		}
		return list
	}
	cases := []struct {
		name string
		p    func() *Problem
		want int64
	}{
		{"a budget of zero", func() *Problem { r := all(50, 7); r.Hi = 0; return &Problem{values(50, 3), []Row{r}} }, 0},
		{"one item larger than everything", func() *Problem {
			r := all(10, 5)
			r.Coef[3], r.Hi = 1_000_000, 20
			return &Problem{values(10, 2), []Row{r}}
		}, 8},
		{"ties everywhere", func() *Problem { r := all(400, 17); r.Hi = 17*200 + 5; return &Problem{values(400, 9), []Row{r, r, r}} }, 1800},
		{"worthless items and a floor", func() *Problem { r := all(60, 1); r.Lo = 5; return &Problem{values(60, -4), []Row{r}} }, -20},
		{"no rows", func() *Problem { return &Problem{Values: []int64{5, -3, 0}} }, 5},
		{"amounts in fen that share nothing", func() *Problem {
			r := all(30, 99_999_999_977)
			r.Hi = 10*99_999_999_977 + 1
			return &Problem{values(30, 1_000_003), []Row{r}}
		}, 10_000_030},
	}
	for _, c := range cases {
		p := c.p()
		a, err := Solve(t.Context(), p, Options{Work: 100_000})
		if err != nil {
			t.Fatal(c.name, err)
		}
		if err := a.Check(p); err != nil {
			t.Error(c.name, err)
		}
		if !a.Proved || a.Value != c.want {
			t.Errorf("%s: %d of at most %d, want %d", c.name, a.Value, a.Bound, c.want)
		}
	}
	impossible := &Problem{values(5, 1), []Row{{Lo: 6, Hi: None, Items: all(5, 1).Items, Coef: values(5, 1)}}}
	if a, err := Solve(t.Context(), impossible, Options{}); err != nil || !a.Proved || a.X != nil {
		t.Errorf("six of five: %+v %v", a, err)
	}
}

// TestMillion chooses among a million small items.
func TestMillion(t *testing.T) {
	if testing.Short() {
		t.Skip("not run: short")
	}
	p := knapsack(1_000_000, 3, 0.3, 7)
	a, err := Solve(t.Context(), p, Options{Work: 3_000})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Check(p); err != nil {
		t.Fatal(err)
	}
	if gap := float64(a.Bound-a.Value) / float64(a.Bound); a.X == nil || gap > 1e-5 {
		t.Errorf("value %d, bound %d: gap %g", a.Value, a.Bound, gap)
	}
	t.Logf("value %d, bound %d, %d pivots", a.Value, a.Bound, a.Work)
}
