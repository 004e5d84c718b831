package score

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/refusal"
)

func ExampleAggregate() {
	var sheets []Sheet
	for e, list := range map[string][]Points{"甲": {90e6, 80e6}, "乙": {70e6, 60e6}, "丙": {80e6, 85e6}} {
		for i, p := range list {
			sheets = append(sheets, Sheet{Expert: e, Proposal: fmt.Sprint("项目", i+1), Total: p})
		}
	}
	t, _ := Aggregate(sheets, TrimmedMean)
	fmt.Println(t.Rows[0].Proposal, t.Rows[0].Value, t.Rows[0].Rivals)
	// Output: 项目1 80 [项目2]
}

// drawn are marks of experts who are harsh or mild, by a lot; each marks some of the proposals, whose true order is known.
func drawn(seed uint64) (sheets []Sheet, truth []string) {
	r := rand.New(rand.NewPCG(seed, 1))
	for q := range 12 {
		truth = append(truth, fmt.Sprintf("q%02d", q))
	}
	for e := range 9 {
		bias := r.NormFloat64() * 8
		for _, q := range r.Perm(12)[:5] {
			sheets = append(sheets, Sheet{Expert: fmt.Sprint("e", e), Proposal: truth[q], Total: Points(1e6 * (85 - 3*float64(q) + bias + r.NormFloat64()))})
		}
	}
	return sheets, truth
}

func inversions(t *Table, truth []string) (n int) {
	for i := range t.Rows {
		for j := range i {
			if slices.Index(truth, t.Rows[j].Proposal) > slices.Index(truth, t.Rows[i].Proposal) {
				n++
			}
		}
	}
	return n
}

// TestCalibrationHelps: with harsh and mild experts who mark different proposals, the calibrated order is much nearer the truth.
func TestCalibrationHelps(t *testing.T) {
	t.Parallel()
	plain, calibrated := 0, 0
	for seed := range uint64(50) {
		sheets, truth := drawn(seed)
		for way, sum := range map[Way]*int{TrimmedMean: &plain, Calibrated: &calibrated} {
			a, err := Aggregate(sheets, way)
			if err != nil {
				t.Fatal(err)
			}
			*sum += inversions(a, truth)
		}
	}
	if calibrated*2 > plain {
		t.Errorf("%d pairs the wrong way round without calibration, %d with it", plain, calibrated)
	}
}

// TestOrders holds what every way must: everyone is placed once, equal values share a place, a whole panel's shift changes nothing, and a
// proposal that everybody marks higher never falls.
func TestOrders(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var sheets []Sheet
		for e := range rapid.IntRange(1, 6).Draw(t, "experts") {
			for q := range rapid.IntRange(1, 5).Draw(t, "proposals") {
				sheets = append(sheets, Sheet{Expert: fmt.Sprint("e", e), Proposal: fmt.Sprint("q", q), Total: Points(rapid.IntRange(0, 20).Draw(t, "mark") * 5e6)})
			}
		}
		for _, way := range []Way{TrimmedMean, MeanRank, Calibrated} {
			a, err := Aggregate(sheets, way)
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range a.Rows {
				if i > 0 && (r.Value > a.Rows[i-1].Value || r.Place < a.Rows[i-1].Place) || math.IsNaN(r.Value) {
					t.Fatalf("%s: %+v", way, a.Rows)
				}
			}
			better := slices.Clone(sheets)
			for i := range better {
				if better[i].Proposal == "q0" {
					better[i].Total += 200e6
				}
			}
			b, err := Aggregate(better, way)
			value := func(t *Table) float64 {
				return t.Rows[slices.IndexFunc(t.Rows, func(r Row) bool { return r.Proposal == "q0" })].Value
			}
			if err != nil || value(b) < value(a) {
				t.Fatalf("%s: lifted by everybody, and fell from %v to %v (%v)", way, value(a), value(b), err)
			}
		}
	})
}

func TestFlipsAndOutliers(t *testing.T) {
	t.Parallel()
	sheet := func(e, q string, p Points) Sheet { return Sheet{Expert: e, Proposal: q, Total: p * 1e4} } // hundredths of a point
	sheets := []Sheet{sheet("a", "x", 8000), sheet("b", "x", 8100), sheet("c", "x", 9900), sheet("a", "y", 8200), sheet("b", "y", 8300), sheet("c", "y", 3000), sheet("a", "z", 5000), sheet("b", "z", 5100), sheet("c", "z", 5050)}
	a, err := Aggregate(sheets, TrimmedMean)
	if err != nil || len(a.Flips) != 1 || a.Flips[0] != (Flip{"x", "y", "c"}) {
		t.Errorf("%v %+v", err, a.Flips)
	}
	out := Outliers(sheets, 100e6)
	if len(out) == 0 || !slices.ContainsFunc(out, func(o Outlier) bool { return o.Expert == "c" && o.Proposal == "y" }) || slices.ContainsFunc(out, func(o Outlier) bool { return o.Proposal == "z" }) {
		t.Errorf("%+v", out)
	}
	three := []Sheet{sheet("a", "x", 8400), sheet("b", "x", 7800), sheet("c", "x", 8400), sheet("a", "y", 8100), sheet("b", "y", 5000), sheet("c", "y", 8100)}
	for name, list := range map[string][]Sheet{"two proposals": three, "one proposal": three[3:], "others that agree": append(slices.Clone(three), sheet("a", "z", 8000), sheet("b", "z", 8000), sheet("c", "z", 8100), sheet("a", "w", 7000), sheet("b", "w", 7100), sheet("c", "w", 7000))} {
		if out := Outliers(list, 100e6); len(out) != 1 || out[0] != (Outlier{"b", "y", 50, 81}) {
			t.Errorf("three experts and %s: %+v", name, out)
		}
	}
	if _, err := Aggregate(append(sheets, sheets[0]), TrimmedMean); !refusal.Is(err, "score.twice") {
		t.Errorf("two sheets of one expert: %v", err)
	}
	if _, err := Aggregate(nil, TrimmedMean); !refusal.Is(err, "score.none") {
		t.Errorf("no sheets: %v", err)
	}
}

// TestApart: whose proposals nobody has marked together, their order is nobody's.
func TestApart(t *testing.T) {
	t.Parallel()
	sheets := []Sheet{{"a", "x", 90e6}, {"b", "x", 91e6}, {"a", "y", 60e6}, {"b", "y", 61e6}, {"c", "z", 30e6}, {"d", "z", 31e6}}
	for _, way := range []Way{Calibrated, MeanRank} {
		a, err := Aggregate(sheets, way)
		if err != nil || !slices.EqualFunc(a.Apart, [][]string{{"x", "y"}, {"z"}}, slices.Equal) {
			t.Fatalf("%s: %v, %v", way, err, a.Apart)
		}
		for _, r := range a.Rows {
			if r.Proposal != "z" && !slices.Contains(r.Rivals, "z") || r.Proposal == "z" && len(r.Rivals) != 2 {
				t.Errorf("%s: %+v", way, r)
			}
		}
	}
	a, err := Aggregate(append(sheets, Sheet{"c", "x", 95e6}), Calibrated)
	if err != nil || a.Apart != nil {
		t.Errorf("joined by c: %v, %v", err, a.Apart)
	}
}

// TestErrors: two standard errors to each side hold the true value about as often as they should, in every way that gives points.
func TestErrors(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for way, bias := range map[Way]float64{TrimmedMean: 0, Calibrated: 6} {
		held, all := 0, 0
		for range 200 {
			var sheets []Sheet
			truth := map[string]float64{}
			for q := range 8 {
				truth[fmt.Sprint(q)] = 50 + 20*r.Float64()
			}
			mean := 0.0 // of the biases: what no order can see
			for e := range 9 {
				b := bias * r.NormFloat64()
				mean += b / 9
				for q := range 8 {
					sheets = append(sheets, Sheet{fmt.Sprint(e), fmt.Sprint(q), Points(1e6 * (truth[fmt.Sprint(q)] + b + 3*r.NormFloat64()))})
				}
			}
			a, err := Aggregate(sheets, way)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range a.Rows {
				if all++; math.Abs(row.Value-mean-truth[row.Proposal]) <= 2*row.Error+math.Abs(mean) {
					held++
				}
			}
		}
		if share := float64(held) / float64(all); share < 0.88 || share > 0.999 {
			t.Errorf("%s: %.3f of the true values lie within two standard errors", way, share)
		}
	}
}

// TestLeavingOut compares what is told without an expert with the table of the others alone.
func TestLeavingOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var sheets []Sheet
		for e := range rapid.IntRange(2, 7).Draw(t, "experts") {
			for q := range 4 {
				if rapid.IntRange(0, 2).Draw(t, "gives") > 0 {
					sheets = append(sheets, Sheet{fmt.Sprint("e", e), fmt.Sprint("q", q), Points(rapid.IntRange(0, 100).Draw(t, "mark") * 1e6)})
				}
			}
		}
		for _, way := range []Way{TrimmedMean, MeanRank, Calibrated} {
			a, err := Aggregate(sheets, way)
			if err != nil {
				return // nobody gave anything
			}
			for e := range 7 {
				expert := fmt.Sprint("e", e)
				others, err := Aggregate(slices.DeleteFunc(slices.Clone(sheets), func(s Sheet) bool { return s.Expert == expert }), way)
				if err != nil {
					continue
				}
				at := func(q string) int { return slices.IndexFunc(others.Rows, func(r Row) bool { return r.Proposal == q }) }
				for i := 1; i < len(a.Rows); i++ {
					above, below := at(a.Rows[i-1].Proposal), at(a.Rows[i].Proposal)
					turned := above >= 0 && below >= 0 && a.Rows[i-1].Place < a.Rows[i].Place && others.Rows[above].Value < others.Rows[below].Value-1e-5
					told := slices.Contains(a.Flips, Flip{a.Rows[i-1].Proposal, a.Rows[i].Proposal, expert})
					if turned && !told || told && others.Rows[above].Value > others.Rows[below].Value+1e-5 {
						t.Fatalf("%s without %s: %s and %s turn: %t, told: %t", way, expert, a.Rows[i-1].Proposal, a.Rows[i].Proposal, turned, told)
					}
				}
			}
		}
	})
}

func someItems(t *rapid.T, most int, people ...string) (items []Item) {
	for q := range rapid.IntRange(0, most).Draw(t, "items") {
		it := Item{Proposal: fmt.Sprint(q)}
		for _, p := range people {
			if rapid.IntRange(0, 2).Draw(t, p) == 0 {
				it.Leaves = append(it.Leaves, p)
			}
		}
		items = append(items, it)
	}
	return items
}

// TestAgenda: of small meetings no order at all has fewer exits.
func TestAgenda(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := someItems(t, 6, "a", "b", "c")
		got, exits, proved := Agenda(items)
		least := math.MaxInt
		var permute func(k int, list []Item)
		permute = func(k int, list []Item) {
			if k == len(list) {
				least = min(least, Exits(list))
				return
			}
			for i := k; i < len(list); i++ {
				list[k], list[i] = list[i], list[k]
				permute(k+1, list)
				list[k], list[i] = list[i], list[k]
			}
		}
		permute(0, slices.Clone(items))
		if len(got) != len(items) || exits != Exits(got) || exits != least || !proved {
			t.Fatalf("%d exits, the least is %d", exits, least)
		}
	})
}

// TestLongAgenda: what is only mended is nearly as short as what is proved, and nothing is lost on the way.
func TestLongAgenda(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	proved, mended := 0, 0
	for range 40 {
		var rooms [][]Item
		rooms = append(rooms, nil)
		for i := range exactly - 2 {
			it := Item{Proposal: fmt.Sprint(i)}
			for e := range 12 {
				if r.IntN(4) == 0 {
					it.Leaves = append(it.Leaves, fmt.Sprint(e))
				}
			}
			rooms = append(rooms, []Item{it})
		}
		a, b := trip{far: between(rooms)}, trip{far: between(rooms)}
		a.shortest()
		b.nearest()
		b.mend()
		if len(a.order) != len(rooms) || len(b.order) != len(rooms) || a.length() > b.length() {
			t.Fatalf("%v of length %d, %v of length %d", a.order, a.length(), b.order, b.length())
		}
		proved, mended = proved+a.length(), mended+b.length()
	}
	if float64(mended) > 1.04*float64(proved) {
		t.Errorf("mended trips are %.3f of the shortest", float64(mended)/float64(proved))
	}
	rapid.Check(t, func(t *rapid.T) {
		items := someItems(t, 40, "a", "b", "c", "d", "e")
		got, exits, _ := Agenda(items)
		if exits != Exits(got) || exits > Exits(items) || len(got) != len(items) {
			t.Fatalf("%d exits are told, %d there are, %d before; %d items of %d", exits, Exits(got), Exits(items), len(got), len(items))
		}
	})
}
