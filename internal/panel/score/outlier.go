package score

import (
	"math"
	"slices"
	"sort"
)

// Outlier is a sheet that is unlike the others of its proposal, for the chair to ask about.
type Outlier struct {
	Expert, Proposal string
	Given, Others    float64 // points: the mark, and the median of the others
}

// Outliers finds marks that are further from the median of the others than three times the usual distance and than a tenth of full
// marks. The usual distance is the median of all other sheets' distances as they are without the sheet in question: where three judge,
// a mark that stands alone would else make its neighbours look just as odd, and hide. It corrects nothing: a minority of one may be right.
func Outliers(sheets []Sheet, full Points) []Outlier {
	of := map[string][]Sheet{}
	for _, s := range sheets {
		of[s.Proposal] = append(of[s.Proposal], s)
	}
	var all []float64 // distances of every sheet, sorted
	gaps := map[string][]float64{}
	for proposal, list := range of {
		gaps[proposal] = distances(list)
		all = append(all, gaps[proposal]...)
	}
	slices.Sort(all)
	var out []Outlier
	for _, s := range sheets {
		others := slices.DeleteFunc(slices.Clone(of[s.Proposal]), func(o Sheet) bool { return o.Expert == s.Expert })
		if len(others) < 2 {
			continue
		}
		m := middle(others)
		gap := math.Abs(s.Total.Float() - m)
		alone := math.Abs(s.Total.Float() - middle(of[s.Proposal])) // a mark that most agree with is not odd because one stands far off
		if odd := min(gap, alone); odd > full.Float()/10 && odd > 3*medianBut(all, gaps[s.Proposal], distances(others)) {
			out = append(out, Outlier{s.Expert, s.Proposal, s.Total.Float(), m})
		}
	}
	return out
}

// distances are those of the sheets of one proposal from the median of the others; none where there are no others.
func distances(of []Sheet) []float64 {
	var out []float64
	for i, s := range of {
		if others := slices.Concat(of[:i], of[i+1:]); len(others) > 0 {
			out = append(out, math.Abs(s.Total.Float()-middle(others)))
		}
	}
	return out
}

// middle is the median of the totals.
func middle(of []Sheet) float64 {
	var totals []float64
	for _, s := range of {
		totals = append(totals, s.Total.Float())
	}
	slices.Sort(totals)
	return median(len(totals), func(i int) float64 { return totals[i] })
}

func median(n int, at func(int) float64) float64 { return (at((n-1)/2) + at(n/2)) / 2 }

// medianBut is the median of a sorted list, without some of its values and with others.
func medianBut(sorted, without, with []float64) float64 {
	upTo := func(v float64) int { // how many are at most v
		n := sort.Search(len(sorted), func(i int) bool { return sorted[i] > v })
		for _, x := range without {
			if x <= v {
				n--
			}
		}
		for _, x := range with {
			if x <= v {
				n++
			}
		}
		return n
	}
	return median(len(sorted)-len(without)+len(with), func(k int) float64 {
		least := math.Inf(1)
		if i := sort.Search(len(sorted), func(i int) bool { return upTo(sorted[i]) > k }); i < len(sorted) {
			least = sorted[i]
		}
		for _, x := range with {
			if upTo(x) > k {
				least = math.Min(least, x)
			}
		}
		return least
	})
}
