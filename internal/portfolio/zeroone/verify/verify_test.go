package verify

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/portfolio/zeroone"
)

// drawProblem makes small problems with rows of both signs and limits, ties, and coefficients that share a divisor.
func drawProblem(t *rapid.T) *zeroone.Problem {
	n := rapid.IntRange(0, 10).Draw(t, "n")
	p := &zeroone.Problem{Values: make([]int64, n)}
	unit := rapid.SampledFrom([]int64{1, 6, 100}).Draw(t, "unit")
	for j := range p.Values {
		p.Values[j] = unit * rapid.Int64Range(-4, 30).Draw(t, "value")
	}
	for range rapid.IntRange(0, 4).Draw(t, "rows") {
		r := zeroone.Row{Lo: -zeroone.None, Hi: zeroone.None}
		least, most := int64(0), int64(0)
		share := rapid.SampledFrom([]int64{1, 7}).Draw(t, "share")
		for j := range n {
			if c := share * rapid.Int64Range(-3, 12).Draw(t, "coef"); c != 0 {
				r.Items, r.Coef = append(r.Items, int32(j)), append(r.Coef, c)
				least, most = least+min(c, 0), most+max(c, 0)
			}
		}
		if rapid.Bool().Draw(t, "above") {
			r.Hi = rapid.Int64Range(least-1, most+1).Draw(t, "hi")
		}
		if rapid.IntRange(0, 2).Draw(t, "below") == 0 {
			r.Lo = rapid.Int64Range(least-1, most+1).Draw(t, "lo")
		}
		p.Rows = append(p.Rows, r)
	}
	return p
}

// brute is the value of the best choice; false where there is none.
func brute(p *zeroone.Problem) (best int64, found bool) {
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

func TestProofs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		best, found := brute(p)
		if !found {
			best = -zeroone.None
		}
		f, err := zeroone.Prove(t.Context(), p, best, 100_000)
		if err != nil || f == nil {
			t.Fatalf("no proof of %d: %v", best, err)
		}
		if err := Check(p, f); err != nil {
			t.Fatalf("%v: %+v", err, f)
		}
		if found {
			if f, _ := zeroone.Prove(t.Context(), p, best-1, 100_000); f != nil {
				t.Fatalf("a proof that nothing is worth %d: %v %+v of %+v", best, Check(p, f), f, p)
			}
		}
		spoil(t, p, f, best, found)
	})
}

// spoil changes a true proof at random and claims less: nothing of the kind may pass.
func spoil(t *rapid.T, p *zeroone.Problem, f *zeroone.BoundProof, best int64, found bool) {
	if !found { // every claim of an upper bound is true
		return
	}
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	for range 20 {
		var g zeroone.BoundProof
		if err := json.Unmarshal(raw, &g); err != nil {
			t.Fatal(err)
		}
		if g.Most = best - 1 - chance.Int64N(3); chance.IntN(8) == 0 {
			g.None = true
		}
		for range chance.IntN(4) {
			change(&g, chance)
		}
		if Check(p, &g) == nil {
			t.Fatalf("passed, though %d can be had: %+v", best, g)
		}
	}
}

func change(g *zeroone.BoundProof, chance *rand.Rand) {
	list := g.Tree
	if len(g.First) > 0 && chance.IntN(3) == 0 {
		list = g.First
	}
	if len(list) == 0 {
		return
	}
	k := chance.IntN(len(list))
	switch s := &list[k]; chance.IntN(7) {
	case 0:
		s.Do = []string{"close", "fix", "split", "count", ""}[chance.IntN(5)]
	case 1:
		s.Worth = !s.Worth
	case 2:
		if len(s.Prices) > 0 {
			s.Prices[chance.IntN(len(s.Prices))] += chance.Int64N(2000) - 1000
		}
	case 3:
		s.Items = append(s.Items, int32(chance.IntN(10)))
	case 4:
		s.At += chance.Int64N(3) - 1
	case 5:
		g.Shift = chance.IntN(63)
	case 6:
		g.Tree = slices.Delete(g.Tree, 0, min(1, len(g.Tree)))
	}
}

// TestSums: what would wrap around in 64 bits is not a proof.
func TestSums(t *testing.T) {
	p := &zeroone.Problem{Values: []int64{1 << 50, 3}, Rows: []zeroone.Row{{Lo: -zeroone.None, Hi: 1 << 50, Items: []int32{0, 1}, Coef: []int64{1 << 50, 1 << 49}}}}
	f := &zeroone.BoundProof{Most: 2, Shift: 40, Tree: []zeroone.ProofStep{{Do: "close", Worth: true, Rows: []int32{0}, Prices: []int64{1 << 62}}}}
	if Check(p, f) == nil {
		t.Error("prices beyond all sums prove that a choice worth 2⁵⁰ is not there")
	}
	if Check(p, nil) == nil {
		t.Error("no proof is a proof")
	}
}
