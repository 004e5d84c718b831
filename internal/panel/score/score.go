// Package score turns what experts gave into an order of proposals, and says how far the order can be trusted.
//
//	s, err := score.Sheet(rubric, marks)      // one expert's marks for one proposal, checked: every criterion, reasons where asked for
//	table := score.Aggregate(sheets, score.TrimmedMean)
//	table.Rows[0]                             // the best, with its uncertainty and who could overtake it
//	score.Outliers(sheets)                    // for the chair: who judges unlike the others, never for silent correction
//
// Three ways of bringing experts together: the trimmed mean, the mean rank (an expert's marks say only an order), and the calibrated
// mean, which takes off how harsh or mild each expert is, worked out from all that they marked together. Scores are in hundredths of
// a point and exact where a rule is exact (trimmed mean, rank); what is estimated (calibration, uncertainty) is for ranking only.
package score

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Points are hundredths of a point.
type Points int64

// String writes two decimals.
func (p Points) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	return fmt.Sprintf("%s%d.%02d", sign, p/100, p%100)
}

// Criterion is one line of a rubric. Marks run from 0 to Full. A mark at or below Low, or at or above High, needs a reason; where
// both are 0, none does.
type Criterion struct {
	Name      string
	Title     lang.Text
	Full      Points
	Low, High Points
}

// Rubric is what experts mark by.
type Rubric []Criterion

// Mark is an expert's mark on one criterion.
type Mark struct {
	Points Points
	Reason string
}

// Sheet is what one expert gave one proposal.
type Sheet struct {
	Expert, Proposal string
	Marks            map[string]Mark
	Total            Points
}

// NewSheet checks marks against the rubric and sums them up. Nothing that is missing counts as zero: it is refused.
func NewSheet(r Rubric, expert, proposal string, marks map[string]Mark) (Sheet, error) {
	var l refusal.List
	s := Sheet{Expert: expert, Proposal: proposal, Marks: marks}
	known := map[string]bool{}
	for _, c := range r {
		known[c.Name] = true
		m, ok := marks[c.Name]
		switch {
		case !ok:
			l.Add(refusal.New(refusal.Invalid, "score.missing", lang.T("没有评分："+c.Title.ZH, "No mark for "+c.Title.In(lang.EN)))).At(c.Name)
		case m.Points < 0 || m.Points > c.Full:
			l.Add(refusal.New(refusal.Invalid, "score.range", lang.T(fmt.Sprintf("%s：%s 分不在 0 至 %s 分之间", c.Title.ZH, m.Points, c.Full), fmt.Sprintf("%s: %s is not between 0 and %s", c.Title.In(lang.EN), m.Points, c.Full)))).At(c.Name)
		case (c.Low > 0 && m.Points <= c.Low || c.High > 0 && m.Points >= c.High) && strings.TrimSpace(m.Reason) == "":
			l.Add(refusal.New(refusal.Invalid, "score.reason", lang.T(c.Title.ZH+"：特别高或者特别低的评分须说明理由", c.Title.In(lang.EN)+": a very high or low mark needs a reason"))).At(c.Name)
		}
		s.Total += m.Points
	}
	for name := range marks {
		if !known[name] {
			l.Add(refusal.New(refusal.Invalid, "score.unknown", lang.T("评分表没有这一项："+name, "The rubric has no "+name))).At(name)
		}
	}
	return s, l.Err()
}

// Way is how marks are brought together.
type Way string

// The ways.
const (
	TrimmedMean Way = "trimmed_mean" // without the highest and the lowest, when at least five gave marks
	MeanRank    Way = "mean_rank"
	Calibrated  Way = "calibrated"
)

// Row is one proposal.
type Row struct {
	Proposal string
	Place    int      // from 1; equal values share a place
	Value    float64  // points; of MeanRank, how far up on average, 1 at the top and 0 at the bottom
	Error    float64  // standard error of Value
	Marks    int      // experts
	Rivals   []string // those whose places could be the other way round: less than two standard errors of the difference apart
}

// Table is an order, with what would change it.
type Table struct {
	Way    Way
	Rows   []Row
	Flips  []Flip             // neighbours that one expert's sheet decides
	Biases map[string]float64 // of Calibrated: by how much each expert marks above the others
}

// Flip says that without one expert's sheets two neighbours would stand the other way round.
type Flip struct{ Above, Below, Expert string }

// Aggregate orders proposals by their sheets.
func Aggregate(sheets []Sheet, way Way) (*Table, error) {
	if err := check(sheets); err != nil {
		return nil, err
	}
	t := order(sheets, way)
	experts := map[string]bool{}
	for _, s := range sheets {
		experts[s.Expert] = true
	}
	for _, e := range sorted(experts) {
		rest := slices.DeleteFunc(slices.Clone(sheets), func(s Sheet) bool { return s.Expert == e })
		without := map[string]float64{}
		for _, r := range order(rest, way).Rows {
			without[r.Proposal] = r.Value
		}
		for i := 1; i < len(t.Rows); i++ {
			a, b := t.Rows[i-1], t.Rows[i]
			va, oka := without[a.Proposal]
			vb, okb := without[b.Proposal]
			if oka && okb && a.Place < b.Place && va < vb {
				t.Flips = append(t.Flips, Flip{a.Proposal, b.Proposal, e})
			}
		}
	}
	return t, nil
}

func check(sheets []Sheet) error {
	seen := map[[2]string]bool{}
	for _, s := range sheets {
		k := [2]string{s.Expert, s.Proposal}
		if seen[k] {
			return refusal.New(refusal.Invalid, "score.twice", lang.T("同一专家对同一申请有两份评分", "One expert gave one proposal two sheets"))
		}
		seen[k] = true
	}
	if len(sheets) == 0 {
		return refusal.New(refusal.Insufficient, "score.none", lang.T("还没有评分", "There are no marks yet"))
	}
	return nil
}

func sorted(set map[string]bool) []string {
	var list []string
	for k := range set {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// order works out values, errors and places.
func order(sheets []Sheet, way Way) *Table {
	t := &Table{Way: way}
	value := map[string]map[string]float64{} // proposal, expert
	switch way {
	case MeanRank:
		value = ranks(sheets)
	case Calibrated:
		value, t.Biases = calibrate(sheets)
	default:
		for _, s := range sheets {
			put(value, s.Proposal, s.Expert, float64(s.Total)/100)
		}
	}
	for q, by := range value {
		var all []float64
		for _, v := range by {
			all = append(all, v)
		}
		slices.Sort(all)
		n := len(all)
		if way == TrimmedMean && n >= 5 {
			all = all[1 : n-1]
		}
		mean, dev := spread(all)
		r := Row{Proposal: q, Value: mean, Marks: n}
		if len(all) > 1 {
			r.Error = dev / math.Sqrt(float64(len(all)))
		}
		t.Rows = append(t.Rows, r)
	}
	slices.SortFunc(t.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Proposal, b.Proposal)) })
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Place = i + 1; i > 0 && math.Abs(t.Rows[i-1].Value-r.Value) < 1e-9 {
			r.Place = t.Rows[i-1].Place
		}
		for j, o := range t.Rows {
			unknown := r.Error == 0 && r.Marks < 2 || o.Error == 0 && o.Marks < 2
			if j != i && (unknown || math.Abs(o.Value-r.Value) < 2*math.Hypot(o.Error, r.Error)) {
				r.Rivals = append(r.Rivals, o.Proposal)
			}
		}
	}
	return t
}

func put(m map[string]map[string]float64, a, b string, v float64) {
	if m[a] == nil {
		m[a] = map[string]float64{}
	}
	m[a][b] = v
}

func spread(all []float64) (mean, dev float64) {
	for _, v := range all {
		mean += v
	}
	mean /= float64(len(all))
	for _, v := range all {
		dev += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(dev / math.Max(float64(len(all)-1), 1))
}

// ranks turns each expert's marks into places between 0 (last) and 1 (first); equal marks share the middle of their places.
func ranks(sheets []Sheet) map[string]map[string]float64 {
	of := map[string][]Sheet{}
	for _, s := range sheets {
		of[s.Expert] = append(of[s.Expert], s)
	}
	out := map[string]map[string]float64{}
	for e, list := range of {
		for _, s := range list {
			below, equal := 0.0, 0.0
			for _, o := range list {
				if o.Total < s.Total {
					below++
				} else if o.Total == s.Total {
					equal++
				}
			}
			v := 0.5
			if len(list) > 1 {
				v = (below + (equal-1)/2) / float64(len(list)-1)
			}
			put(out, s.Proposal, e, v)
		}
	}
	return out
}

// pull is how strongly an expert's bias is drawn to none: as if this many more sheets without bias had been given. Who marked little
// is corrected little.
const pull = 1.0

// calibrate fits mark = proposal + expert's bias by alternating least squares with the biases drawn to zero, which has one solution.
func calibrate(sheets []Sheet) (map[string]map[string]float64, map[string]float64) {
	bias, quality := map[string]float64{}, map[string]float64{}
	for range 500 {
		sum, n := map[string]float64{}, map[string]float64{}
		for _, s := range sheets {
			sum[s.Proposal] += float64(s.Total)/100 - bias[s.Expert]
			n[s.Proposal]++
		}
		for q := range sum {
			quality[q] = sum[q] / n[q]
		}
		sum, n = map[string]float64{}, map[string]float64{}
		for _, s := range sheets {
			sum[s.Expert] += float64(s.Total)/100 - quality[s.Proposal]
			n[s.Expert]++
		}
		moved := 0.0
		for e := range sum {
			b := sum[e] / (n[e] + pull)
			moved = max(moved, math.Abs(b-bias[e]))
			bias[e] = b
		}
		if moved < 1e-10 {
			break
		}
	}
	value := map[string]map[string]float64{}
	for _, s := range sheets {
		put(value, s.Proposal, s.Expert, float64(s.Total)/100-bias[s.Expert])
	}
	return value, bias
}

// Outlier is a sheet that is unlike the others of its proposal, for the chair to ask about.
type Outlier struct {
	Expert, Proposal string
	Given, Others    float64 // the mark, and the median of the others
}

// Outliers finds marks that are further from the median of the others than three times the usual distance and than a tenth of full
// marks. The usual distance is the median of all other sheets' distances as they are without the sheet in question: where three judge,
// a mark that stands alone would else make its neighbours look just as odd, and hide. It corrects nothing: a minority of one may be right.
func Outliers(sheets []Sheet, full Points) []Outlier {
	of := map[string][]Sheet{}
	for _, s := range sheets {
		of[s.Proposal] = append(of[s.Proposal], s)
	}
	gaps := map[string][]float64{}
	for proposal, list := range of {
		gaps[proposal] = distances(list)
	}
	var out []Outlier
	for _, s := range sheets {
		others := slices.DeleteFunc(slices.Clone(of[s.Proposal]), func(o Sheet) bool { return o.Expert == s.Expert })
		if len(others) < 2 {
			continue
		}
		usual := distances(others)
		for proposal, list := range gaps {
			if proposal != s.Proposal {
				usual = append(usual, list...)
			}
		}
		m := middle(others)
		gap := math.Abs(float64(s.Total)/100 - m)
		alone := math.Abs(float64(s.Total)/100 - middle(of[s.Proposal])) // a mark that most agree with is not odd because one stands far off
		if min(gap, alone) > 3*median(usual) && min(gap, alone) > float64(full)/1000 {
			out = append(out, Outlier{s.Expert, s.Proposal, float64(s.Total) / 100, m})
		}
	}
	return out
}

// distances are those of the sheets of one proposal from the median of the others; none where there are no others.
func distances(of []Sheet) []float64 {
	var out []float64
	for i, s := range of {
		if others := slices.Concat(of[:i], of[i+1:]); len(others) > 0 {
			out = append(out, math.Abs(float64(s.Total)/100-middle(others)))
		}
	}
	return out
}

// middle is the median of the totals.
func middle(of []Sheet) float64 {
	var totals []float64
	for _, s := range of {
		totals = append(totals, float64(s.Total)/100)
	}
	return median(totals)
}

func median(list []float64) float64 {
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
