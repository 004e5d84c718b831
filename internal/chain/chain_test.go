package chain

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// rules are weights for tests; the pack has its own.
var rules = Rules{Home: "CHN", Concentration: 550_000, Foreign: 150_000, Reach: 120_000, Substitute: 130_000, Maturity: 50_000, Nearly: 900_000, Halt: 500_000, Enough: 100_000, High: 600_000, Middle: 350_000}

func data(t testing.TB, name string) map[string][]byte {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "shared", "data", "chain", name)
	list, _ := filepath.Glob(filepath.Join(dir, "*"))
	if strings.HasSuffix(name, ".json") {
		list = []string{dir}
	}
	files := map[string][]byte{}
	for _, f := range list {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Skip("not run: the real chains are not here")
		}
		files[filepath.Base(f)] = raw
	}
	if len(files) == 0 {
		t.Skip("not run: the real chains are not here")
	}
	return files
}

func build(t testing.TB, m Map) *Graph {
	t.Helper()
	g, err := Build(m)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestSemiconductor: source ETO/CSET Advanced Semiconductor Supply Chain Dataset (CC BY-NC 4.0). Whatever one country abroad holds 90% of comes
// before everything else, and each score is the sum of its parts.
func TestSemiconductor(t *testing.T) {
	m, err := Read(data(t, "semiconductor"))
	if err != nil {
		t.Fatal(err)
	}
	g := build(t, m)
	a := Analyse(g, rules)
	held := 0
	for _, x := range a.Nodes {
		if x.Abroad {
			held++
		}
	}
	if held < 14 {
		t.Fatalf("only %d nodes are held by one country", held)
	}
	for k, x := range a.Nodes {
		if k < held && !x.Abroad {
			t.Errorf("place %d is %s, of which nobody abroad holds nearly all", k+1, x.Node)
		}
		if at := g.Index(x.Node); k < held && len(x.Blocks) == 0 && len(g.out[at]) > 0 {
			t.Errorf("%s blocks nothing", x.Node)
		}
		sum := int64(0)
		for _, p := range x.Parts {
			sum += p.Points
		}
		if sum != x.Score {
			t.Errorf("%s: the parts are %d, the score %d", x.Node, sum, x.Score)
		}
	}
	if a.Nodes[0].Node != "N20" {
		t.Errorf("first is %s, not the EUV scanners", a.Nodes[0].Node)
	}
	if !slices.Contains(a.Nodes[0].Blocks, "N99") {
		t.Error("without EUV scanners chips are finished all the same")
	}
}

// TestListedIndustries: source ChainKnowledgeGraph. One component of 228 industries that all need one another.
func TestListedIndustries(t *testing.T) {
	m, err := Read(data(t, "listed-industry-upstream.json"))
	if err != nil {
		t.Fatal(err)
	}
	g := build(t, m)
	c := g.Cycles()
	if len(c) == 0 || len(c[0]) != 228 {
		t.Fatalf("cycles: %d", len(c))
	}
	Analyse(g, rules)
	d := Lay(g)
	for _, a := range d.Arcs {
		if !a.Back && a.Is == GoesInto && d.Spots[a.From].X >= d.Spots[a.To].X {
			t.Fatalf("%v runs backwards from layer %d to %d", a, d.Spots[a.From].X, d.Spots[a.To].X)
		}
	}
}

// drawMap makes small maps with cycles and stand-ins.
func drawMap(t *rapid.T) Map {
	n := rapid.IntRange(1, 9).Draw(t, "n")
	var m Map
	for k := range n {
		m.Nodes = append(m.Nodes, Node{ID: fmt.Sprint(k), Kind: Product})
	}
	for range rapid.IntRange(0, 18).Draw(t, "edges") {
		is := rapid.SampledFrom([]Relation{GoesInto, GoesInto, GoesInto, KindOf, Substitutes, PartOf}).Draw(t, "is")
		m.Edges = append(m.Edges, Edge{From: fmt.Sprint(rapid.IntRange(0, n-1).Draw(t, "from")), To: fmt.Sprint(rapid.IntRange(0, n-1).Draw(t, "to")), Is: is})
	}
	return m
}

// slowFails applies the definition until nothing changes.
func slowFails(m Map, dead map[string]bool) map[string]bool {
	out := map[string]bool{}
	for k := range dead {
		out[k] = true
	}
	for changed := true; changed; {
		changed = false
		for _, e := range m.Edges {
			if (e.Is != GoesInto && e.Is != KindOf) || e.From == e.To || out[e.To] || !out[e.From] {
				continue
			}
			alive := false
			for _, s := range m.Edges {
				alive = alive || (s.Is == Substitutes && s.To == e.From && s.From != e.To && s.From != e.From && !out[s.From])
			}
			if !alive {
				out[e.To], changed = true, true
			}
		}
	}
	return out
}

func TestFailsAndReach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		g, err := Build(m)
		if err != nil {
			t.Fatal(err)
		}
		count, exact := g.Reach()
		for k, n := range m.Nodes {
			want := slowFails(m, map[string]bool{n.ID: true})
			got := g.Fails([]int{k}, nil)
			if len(got) != len(want)-1 || count[k] != len(got) || !exact[k] {
				t.Fatalf("%s: fails %v, reach %d, by the definition %v", n.ID, got, count[k], want)
			}
			for _, v := range got {
				if !want[m.Nodes[v].ID] {
					t.Fatalf("%s: %d does not fail", n.ID, v)
				}
			}
		}
	})
}

// TestSinglePoints takes each node away and looks whether supply still arrives.
func TestSinglePoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		g, err := Build(m)
		if err != nil {
			t.Fatal(err)
		}
		comp, sizes := components(g.out)
		fed := make([]bool, len(sizes))
		for v := range g.out {
			for _, u := range g.out[v] {
				fed[comp[u]] = fed[comp[u]] || comp[u] != comp[v]
			}
		}
		arrives := func(target, without int) bool {
			seen := make([]bool, len(m.Nodes))
			var visit func(v int) bool
			visit = func(v int) bool {
				if v == without || seen[v] {
					return false
				}
				seen[v] = true
				if v == target {
					return true
				}
				return slices.ContainsFunc(g.out[v], func(u int32) bool { return visit(int(u)) })
			}
			for v := range m.Nodes {
				if !fed[comp[v]] && visit(v) {
					return true
				}
			}
			return false
		}
		for k := range m.Nodes {
			single := g.SinglePoints(k)
			for v, n := range m.Nodes {
				want := v != k && !arrives(k, v)
				if slices.Contains(single, n.ID) != want {
					t.Fatalf("to %d: %v, but is %d one? %v", k, single, v, want)
				}
			}
		}
	})
}

// TestCutNodes takes each node away and counts pieces.
func TestCutNodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		g, err := Build(m)
		if err != nil {
			t.Fatal(err)
		}
		pieces := func(without int) int {
			seen := make([]bool, len(m.Nodes))
			var visit func(v int)
			visit = func(v int) {
				if seen[v] || v == without {
					return
				}
				seen[v] = true
				for _, list := range [][]int32{g.out[v], g.into[v]} {
					for _, u := range list {
						visit(int(u))
					}
				}
			}
			n := 0
			for v := range m.Nodes {
				if v != without && !seen[v] {
					n++
					visit(v)
				}
			}
			return n
		}
		cuts := g.CutNodes()
		for k, n := range m.Nodes {
			alone := len(g.out[k])+len(g.into[k]) == 0
			if want := !alone && pieces(k) > pieces(-1); slices.Contains(cuts, n.ID) != want {
				t.Fatalf("%v: is %d one? %v", cuts, k, want)
			}
		}
	})
}

func TestBadMaps(t *testing.T) {
	ok := func() Map {
		return Map{Nodes: []Node{{ID: "a", Chains: []string{"C01", "C06"}}, {ID: "b"}}, Edges: []Edge{{From: "a", To: "b", Is: GoesInto}}}
	}
	for id, spoil := range map[string]func(*Map){
		"chain.node":     func(m *Map) { m.Nodes = append(m.Nodes, Node{ID: "a"}) },
		"chain.trl":      func(m *Map) { m.Nodes[0].TRL = 10 },
		"chain.unknown":  func(m *Map) { m.Edges[0].To = "c" },
		"chain.relation": func(m *Map) { m.Edges[0].Is = "likes" },
		"chain.share":    func(m *Map) { v := int64(1_000_001); m.Supplies = []Supply{{Node: "a", PPM: &v}} },
	} {
		m := ok()
		spoil(&m)
		if _, err := Build(m); !refusal.Is(err, id) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if sub := ok().Sub("C06"); len(sub.Nodes) != 1 || len(sub.Edges) != 0 {
		t.Errorf("a node of two chains: %+v", sub)
	}
	g := build(t, Map{Nodes: []Node{{ID: "a"}, {ID: "b"}}, Edges: []Edge{{From: "a", To: "b", Is: GoesInto}, {From: "b", To: "a", Is: GoesInto}, {From: "a", To: "a", Is: GoesInto}}})
	if got := g.Fails([]int{0}, nil); len(got) != 1 {
		t.Errorf("in a cycle of two, one fails with the other: %v", got)
	}
	if a := Analyse(build(t, Map{}), rules); len(a.Nodes) != 0 {
		t.Errorf("nothing: %+v", a)
	}
}

func TestConcentration(t *testing.T) {
	v := func(ppm int64) *int64 { return &ppm }
	g := build(t, Map{Nodes: []Node{{ID: "a"}}, Supplies: []Supply{
		{Node: "a", Country: "JPN", PPM: v(600_000)}, {Node: "a", Country: "USA", PPM: v(400_000)}, {Node: "a", Country: "CHN", Minor: true}}})
	c := g.Concentration(0)
	if c.CountryHHI != 520_000 || c.Estimated || c.Top().Name != "JPN" {
		t.Errorf("%+v", c)
	}
	g = build(t, Map{Nodes: []Node{{ID: "a"}}, Supplies: []Supply{{Node: "a", Firm: "x", Country: "USA"}, {Node: "a", Firm: "y", Country: "USA"}, {Node: "a", Firm: "z", Country: "CHN", Minor: true}}})
	if c := g.Concentration(0); c.CountryHHI != 1_000_000 || !c.Estimated || c.FirmHHI != 0 {
		t.Errorf("two firms of one country: %+v", c)
	}
	if s, err := readShare("0.4%"); err != nil || *s != 4_000 {
		t.Errorf("%v %v", s, err)
	}
	for _, bad := range []string{"101%", "-1%", "a few", "1.00001%"} {
		if _, err := readShare(bad); err == nil {
			t.Errorf("%q is read as a share", bad)
		}
	}
}

// made is a chain of n nodes, mostly forward, with some cycles, stand-ins and supplies.
func made(n int) Map {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	var m Map
	for k := range n {
		m.Nodes = append(m.Nodes, Node{ID: fmt.Sprint("n", k), Name: lang.T("节点", "node"), Kind: Product})
		for range 3 {
			if k > 0 {
				m.Edges = append(m.Edges, Edge{From: fmt.Sprint("n", max(0, k-1-r.IntN(min(k, 2000)))), To: fmt.Sprint("n", k), Is: GoesInto})
			}
		}
		if r.IntN(200) == 0 && k > 10 {
			m.Edges = append(m.Edges, Edge{From: fmt.Sprint("n", k), To: fmt.Sprint("n", k-r.IntN(10)), Is: GoesInto})
		}
		for range 2 {
			p := r.Int64N(500_000)
			m.Supplies = append(m.Supplies, Supply{Node: fmt.Sprint("n", k), Country: []string{"CHN", "USA", "JPN", "DEU"}[r.IntN(4)], PPM: &p})
		}
	}
	return m
}

// TestLarge analyses and draws a hundred thousand nodes.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("not run: short")
	}
	g := build(t, made(100_000))
	if a := Analyse(g, rules); len(a.Nodes) != 100_000 {
		t.Fatal(len(a.Nodes))
	}
	Lay(g)
}

func BenchmarkAnalyse(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		m := made(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				g, err := Build(m)
				if err != nil {
					b.Fatal(err)
				}
				Analyse(g, rules)
			}
		})
	}
}

func BenchmarkLay(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		g := build(b, made(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Lay(g)
			}
		})
	}
}
