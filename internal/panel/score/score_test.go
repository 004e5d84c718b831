package score

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

var rubric = Rubric{{Name: "technique", Title: lang.T("技术", "Technique"), Full: 6000, Low: 1000, High: 5500}, {Name: "team", Title: lang.T("团队", "Team"), Full: 4000}}

func ExampleAggregate() {
	var sheets []Sheet
	for e, list := range map[string][]Points{"甲": {9000, 8000}, "乙": {7000, 6000}, "丙": {8000, 8500}} {
		for i, p := range list {
			sheets = append(sheets, Sheet{Expert: e, Proposal: fmt.Sprint("项目", i+1), Total: p})
		}
	}
	t, _ := Aggregate(sheets, TrimmedMean)
	fmt.Println(t.Rows[0].Proposal, t.Rows[0].Value, t.Rows[0].Rivals)
	// Output: 项目1 80 [项目2]
}

func TestSheets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		marks map[string]Mark
		id    string
	}{
		"right":             {map[string]Mark{"technique": {4000, ""}, "team": {4000, ""}}, ""},
		"high with reason":  {map[string]Mark{"technique": {6000, "国际领先，有查新报告"}, "team": {0, ""}}, ""},
		"high without":      {map[string]Mark{"technique": {6000, " "}, "team": {0, ""}}, "score.reason"},
		"low without":       {map[string]Mark{"technique": {0, ""}, "team": {0, ""}}, "score.reason"},
		"missing":           {map[string]Mark{"technique": {4000, ""}}, "score.missing"},
		"negative":          {map[string]Mark{"technique": {4000, ""}, "team": {-1, ""}}, "score.range"},
		"too many":          {map[string]Mark{"technique": {4000, ""}, "team": {4001, ""}}, "score.range"},
		"not in the rubric": {map[string]Mark{"technique": {4000, ""}, "team": {1, ""}, "looks": {1, ""}}, "score.unknown"},
	} {
		s, err := NewSheet(rubric, "e", "p", c.marks)
		if c.id == "" && (err != nil || s.Total != c.marks["technique"].Points+c.marks["team"].Points) || c.id != "" && !refusal.Is(err, c.id) {
			t.Errorf("%s: %v %v", name, s.Total, err)
		}
	}
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
			sheets = append(sheets, Sheet{Expert: fmt.Sprint("e", e), Proposal: truth[q], Total: Points(100 * (85 - 3*float64(q) + bias + r.NormFloat64()))})
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
				sheets = append(sheets, Sheet{Expert: fmt.Sprint("e", e), Proposal: fmt.Sprint("q", q), Total: Points(rapid.IntRange(0, 20).Draw(t, "mark") * 500)})
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
					better[i].Total += 20_000
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
	sheet := func(e, q string, p Points) Sheet { return Sheet{Expert: e, Proposal: q, Total: p} }
	sheets := []Sheet{sheet("a", "x", 8000), sheet("b", "x", 8100), sheet("c", "x", 9900), sheet("a", "y", 8200), sheet("b", "y", 8300), sheet("c", "y", 3000), sheet("a", "z", 5000), sheet("b", "z", 5100), sheet("c", "z", 5050)}
	a, err := Aggregate(sheets, TrimmedMean)
	if err != nil || len(a.Flips) != 1 || a.Flips[0] != (Flip{"x", "y", "c"}) {
		t.Errorf("%v %+v", err, a.Flips)
	}
	out := Outliers(sheets, 10_000)
	if len(out) == 0 || !slices.ContainsFunc(out, func(o Outlier) bool { return o.Expert == "c" && o.Proposal == "y" }) || slices.ContainsFunc(out, func(o Outlier) bool { return o.Proposal == "z" }) {
		t.Errorf("%+v", out)
	}
	three := []Sheet{sheet("a", "x", 8400), sheet("b", "x", 7800), sheet("c", "x", 8400), sheet("a", "y", 8100), sheet("b", "y", 5000), sheet("c", "y", 8100)}
	for name, list := range map[string][]Sheet{"two proposals": three, "one proposal": three[3:], "others that agree": append(slices.Clone(three), sheet("a", "z", 8000), sheet("b", "z", 8000), sheet("c", "z", 8100), sheet("a", "w", 7000), sheet("b", "w", 7100), sheet("c", "w", 7000))} {
		if out := Outliers(list, 10_000); len(out) != 1 || out[0] != (Outlier{"b", "y", 50, 81}) {
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

// TestAgenda compares with every order of small meetings.
func TestAgenda(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var items []Item
		for q := range rapid.IntRange(0, 6).Draw(t, "items") {
			it := Item{Proposal: fmt.Sprint(q)}
			for _, p := range []string{"a", "b", "c"} {
				if rapid.IntRange(0, 2).Draw(t, p) == 0 {
					it.Leaves = append(it.Leaves, p)
				}
			}
			items = append(items, it)
		}
		got, exits := Agenda(items)
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
		if len(got) != len(items) || exits != Exits(got) || exits > least+1 {
			t.Fatalf("%d exits, the least is %d", exits, least)
		}
	})
}
