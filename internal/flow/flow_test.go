package flow_test

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/flow"
)

func ExampleNetwork_Solve() {
	n := flow.New(2, 2)
	well, farm := n.Node(10), n.Node(-10)
	n.Arc(well, farm, 0, 6, 1)
	n.Arc(well, farm, 0, flow.Free, 3)
	a, err := n.Solve()
	fmt.Println(a.Flow, a.Cost, err, n.Verify(a))
	// Output: [6 4] 18 <nil> <nil>
}

// end is an arc of a drawn problem.
type end struct{ from, to, least, most, cost int64 }

func build(supply []int64, ends []end) *flow.Network {
	n := flow.New(len(supply), len(ends))
	for _, s := range supply {
		n.Node(s)
	}
	for _, e := range ends {
		n.Arc(int(e.from), int(e.to), e.least, e.most, e.cost)
	}
	return n
}

// cheapest tries every plan.
func cheapest(supply []int64, ends []end) (int64, bool) {
	best, found := int64(0), false
	left := append([]int64(nil), supply...)
	var try func(i int, cost int64)
	try = func(i int, cost int64) {
		if i == len(ends) {
			for _, l := range left {
				if l != 0 {
					return
				}
			}
			if !found || cost < best {
				best, found = cost, true
			}
			return
		}
		e := ends[i]
		for f := e.least; f <= e.most; f++ {
			left[e.from] -= f
			left[e.to] += f
			try(i+1, cost+f*e.cost)
			left[e.from] += f
			left[e.to] -= f
		}
	}
	try(0, 0)
	return best, found
}

// TestAgainstEveryPlan compares with the cheapest of all plans of small networks, with loops, parallel arcs, negative costs and
// negative flows, and checks the proof of every answer, of those that no plan exists too.
func TestAgainstEveryPlan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.IntRange(1, 5).Draw(t, "nodes")
		supply := make([]int64, nodes)
		for i := range nodes - 1 {
			supply[i] = rapid.Int64Range(-3, 3).Draw(t, "supply")
			supply[nodes-1] -= supply[i]
		}
		var ends []end
		for range rapid.IntRange(0, 6).Draw(t, "arcs") {
			at := rapid.Int64Range(0, int64(nodes-1))
			least := rapid.Int64Range(-1, 2).Draw(t, "least")
			ends = append(ends, end{at.Draw(t, "from"), at.Draw(t, "to"), least, least + rapid.Int64Range(0, 3).Draw(t, "room"), rapid.Int64Range(-5, 5).Draw(t, "cost")})
		}
		n := build(supply, ends)
		want, possible := cheapest(supply, ends)
		a, err := n.Solve()
		var no *flow.Infeasible
		switch {
		case err == nil && !possible:
			t.Fatalf("a plan of %d where none exists", a.Cost)
		case err == nil && a.Cost != want:
			t.Fatalf("costs %d, the cheapest %d", a.Cost, want)
		case err == nil:
			if err := n.Verify(a); err != nil {
				t.Fatal(err)
			}
			if bound, ok := n.Bound(a.Potential); !ok || bound != a.Cost {
				t.Fatalf("the potentials bound the cost by %d %v, it is %d", bound, ok, a.Cost)
			}
		case !errors.As(err, &no) || possible:
			t.Fatalf("%v, but a plan of %d exists", err, want)
		default:
			if err := n.VerifyCut(no); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// drawn is an assignment problem: papers that need reviews of experts with limited load, one review a pair, rest to a sink.
func drawn(papers, reviews, experts, choices int, tight bool, seed uint64) *flow.Network {
	r := rand.New(rand.NewPCG(seed, 1))
	n := flow.New(papers+experts+1, papers*choices+experts)
	load := int64(papers*reviews/experts + 2)
	if tight {
		load = int64((papers*reviews + experts - 1) / experts)
	}
	for range experts {
		n.Node(load)
	}
	for range papers {
		n.Node(int64(-reviews))
	}
	rest := n.Node(int64(papers*reviews) - load*int64(experts))
	for p := range papers {
		for _, e := range r.Perm(experts)[:choices] {
			n.Arc(e, experts+p, 0, 1, -r.Int64N(1_000_000))
		}
	}
	for e := range experts {
		n.Arc(e, rest, 0, flow.Free, 0)
	}
	return n
}

// TestAssignmentsAreProved solves larger problems, whose optimum nothing here knows but the proof.
func TestAssignmentsAreProved(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		n := drawn(60, 3, 50, 20, seed%2 == 0, seed)
		a, err := n.Solve()
		var no *flow.Infeasible
		if errors.As(err, &no) {
			err = n.VerifyCut(no)
		} else if err == nil {
			err = n.Verify(a)
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// TestSolverResumes changes costs and solves on from the tree: the same optimum as from the beginning.
func TestSolverResumes(t *testing.T) {
	t.Parallel()
	n := drawn(40, 3, 40, 15, true, 3)
	solver := n.Solver()
	r := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		again, err := solver.Solve()
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := n.Solve()
		if err != nil || again.Cost != fresh.Cost || n.Verify(again) != nil {
			t.Fatalf("%d, from the beginning %d, %v, %v", again.Cost, fresh.Cost, err, n.Verify(again))
		}
		for i := range 40 * 15 {
			n.Cost(i, -r.Int64N(1_000_000))
		}
	}
}

// TestVerifyFindsWhatIsWrong changes a true answer in every way that matters.
func TestVerifyFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	n := flow.New(3, 3)
	a, b, c := n.Node(2), n.Node(0), n.Node(-2)
	n.Arc(a, b, 0, 2, 1)
	n.Arc(b, c, 0, 2, 1)
	n.Arc(a, c, 0, 1, 5)
	for name, change := range map[string]func(*flow.Answer){
		"a dearer plan":          func(x *flow.Answer) { x.Flow, x.Cost = []int64{1, 1, 1}, 7 },
		"too much":               func(x *flow.Answer) { x.Flow[2]++ },
		"something left":         func(x *flow.Answer) { x.Flow[1]-- },
		"another cost":           func(x *flow.Answer) { x.Cost-- },
		"potentials that do not": func(x *flow.Answer) { x.Potential[1] += 2 },
		"potentials that wrap":   func(x *flow.Answer) { x.Potential[1] += math.MinInt64 },
		"an arc missing":         func(x *flow.Answer) { x.Flow = x.Flow[:2] },
	} {
		x, err := n.Solve()
		if err != nil || n.Verify(x) != nil {
			t.Fatal(err)
		}
		change(x)
		if n.Verify(x) == nil {
			t.Errorf("%s: verified", name)
		}
	}
	n.Supply(a, 5)
	n.Supply(c, -5)
	var no *flow.Infeasible
	if _, err := n.Solve(); !errors.As(err, &no) || no.Total != 2 || n.VerifyCut(no) != nil {
		t.Fatalf("three can go, five are asked for: %v", err)
	}
	no.Cut[0] = !no.Cut[0]
	if n.VerifyCut(no) == nil {
		t.Error("another cut is verified")
	}
}

// TestBadNetworks refuses what has no meaning or could not be computed exactly.
func TestBadNetworks(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]*flow.Network{
		"unbalanced":     build([]int64{1, 1}, nil),
		"end not there":  build([]int64{0}, []end{{0, 1, 0, 1, 0}}),
		"limits crossed": build([]int64{0, 0}, []end{{0, 1, 2, 1, 0}}),
		"huge cost":      build([]int64{0, 0}, []end{{0, 1, 0, 1, 1 << 62}}),
		"huge supply":    build([]int64{1 << 60, -1 << 60}, nil),
	} {
		if _, err := n.Solve(); err == nil {
			t.Errorf("%s: solved", name)
		}
	}
	if a, err := flow.New(0, 0).Solve(); err != nil || a.Cost != 0 {
		t.Errorf("an empty network: %v", err)
	}
}

func BenchmarkSolve(b *testing.B) {
	for _, size := range []struct{ papers, experts int }{{100, 300}, {1000, 1500}} {
		n := drawn(size.papers, 5, size.experts, 60, false, 1)
		b.Run(fmt.Sprintf("%dx5x%d", size.papers, size.experts), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if _, err := n.Solve(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestSum compares with numbers of any size.
func TestSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, -1, 1, 1 << 32}))
		var s flow.Sum
		want, widest := new(big.Int), 0
		for range rapid.IntRange(0, 8).Draw(t, "products") {
			a, b := number.Draw(t, "a"), number.Draw(t, "b")
			s.Add(a, b)
			want.Add(want, new(big.Int).Mul(big.NewInt(a), big.NewInt(b)))
			widest = max(widest, want.BitLen())
		}
		got, fits := s.Int64()
		if fits && got != want.Int64() || fits != want.IsInt64() && (fits || widest < 127) {
			t.Fatalf("%d %v, want %s", got, fits, want)
		}
	})
}
