package score

import (
	"cmp"
	"math"
	"slices"
)

// reckoning is every sheet's worth in one way, and what comes of leaving an expert out.
type reckoning struct {
	m     *marks
	way   Way
	worth []float64 // of a sheet
	bias  []float64 // of an expert; nil but for Calibrated
	doubt []float64 // variance of each bias
}

func (m *marks) reckon(way Way) *reckoning {
	r := &reckoning{m: m, way: way, worth: make([]float64, len(m.all))}
	switch way {
	case MeanRank:
		r.rank()
	case Calibrated:
		r.bias = m.calibrate(make([]float64, len(m.experts)), -1)
		r.doubt = m.doubts(r.bias)
		for i, s := range m.all {
			r.worth[i] = s.points - r.bias[s.expert]
		}
	default:
		for i, s := range m.all {
			r.worth[i] = s.points
		}
	}
	return r
}

func (r *reckoning) biases() map[string]float64 {
	if r.bias == nil {
		return nil
	}
	all := map[string]float64{}
	for e, b := range r.bias {
		all[r.m.experts[e]] = b
	}
	return all
}

// value is a proposal's, with its standard error.
func (r *reckoning) value(q int) (mean, wrong float64) {
	var list []float64
	doubt := 0.0
	for _, s := range r.m.of[q] {
		list = append(list, r.worth[s])
		if r.doubt != nil {
			doubt += r.doubt[r.m.all[s].expert]
		}
	}
	mean, wrong = r.together(list)
	return mean, math.Sqrt(wrong*wrong + doubt/float64(len(list)*len(list)))
}

// together brings the worths of one proposal together: their mean and its standard error. Of five and more the trimmed mean leaves the
// highest and the lowest out; its error is then that of Tukey and McLaughlin (1963): the spread with both drawn in to their neighbours,
// over the part that is left.
func (r *reckoning) together(list []float64) (mean, wrong float64) {
	slices.Sort(list)
	n := len(list)
	if r.way == TrimmedMean && n >= 5 {
		mean, _ = spread(list[1 : n-1])
		list[0], list[n-1] = list[1], list[n-2]
		_, wrong = spread(list)
		return mean, wrong * math.Sqrt(float64(n)) / float64(n-2)
	}
	mean, wrong = spread(list)
	return mean, wrong / math.Sqrt(float64(n))
}

// spread is the mean and the standard deviation of a sample; that of one is 0.
func spread(list []float64) (mean, deviation float64) {
	for _, v := range list {
		mean += v
	}
	mean /= float64(len(list))
	for _, v := range list {
		deviation += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(deviation / math.Max(float64(len(list)-1), 1))
}

// without gives each proposal's value without an expert's sheets; none where nobody else gave marks.
func (r *reckoning) without(e int) func(q int) (float64, bool) {
	bias := r.bias
	if bias != nil {
		bias = r.m.calibrate(slices.Clone(bias), e)
	}
	return func(q int) (float64, bool) {
		var list []float64
		for _, s := range r.m.of[q] {
			switch g := r.m.all[s]; {
			case g.expert == e:
			case bias != nil:
				list = append(list, g.points-bias[g.expert])
			default:
				list = append(list, r.worth[s])
			}
		}
		if len(list) == 0 {
			return 0, false
		}
		mean, _ := r.together(list)
		return mean, true
	}
}

// rank turns each expert's marks into places between 0 (last) and 1 (first); equal marks share the middle of their places, and who
// marked one proposal alone says nothing: the middle.
func (r *reckoning) rank() {
	for _, mine := range r.m.by {
		order := slices.SortedFunc(slices.Values(mine), func(a, b int) int { return cmp.Compare(r.m.all[a].points, r.m.all[b].points) })
		for i := 0; i < len(order); {
			end := i
			for end < len(order) && r.m.all[order[end]].points == r.m.all[order[i]].points {
				end++
			}
			for _, s := range order[i:end] {
				r.worth[s] = 0.5
				if len(order) > 1 {
					r.worth[s] = float64(i+end-1) / 2 / float64(len(order)-1)
				}
			}
			i = end
		}
	}
}

// pull is how strongly an expert's bias is drawn to none: as if this many more sheets without bias had been given. Who marked little
// is corrected little.
const pull = 1.0

// calibrate fits mark = proposal + expert's bias by alternating least squares with the biases drawn to zero, which has one solution. It
// begins with the biases given, and leaves the sheets of one expert out; -1 leaves out nobody. In the solution the biases of experts who
// can be compared sum to nothing (what the marks leave sums to nothing for each proposal), which said at each turn saves hundreds of them.
func (m *marks) calibrate(bias []float64, out int) []float64 {
	quality, team := make([]float64, len(m.proposals)), m.teams()
	for range 500 {
		shift, size := make([]float64, len(m.proposals)), make([]float64, len(m.proposals))
		for q, sheets := range m.of {
			sum, n := 0.0, 0.0
			for _, s := range sheets {
				if g := m.all[s]; g.expert != out {
					sum, n = sum+g.points-bias[g.expert], n+1
				}
			}
			quality[q] = sum / math.Max(n, 1)
		}
		moved := 0.0
		for e, sheets := range m.by {
			if e == out {
				continue
			}
			sum := 0.0
			for _, s := range sheets {
				sum += m.all[s].points - quality[m.all[s].proposal]
			}
			b := sum / (float64(len(sheets)) + pull)
			moved = math.Max(moved, math.Abs(b-bias[e]))
			bias[e], shift[team[e]], size[team[e]] = b, shift[team[e]]+b, size[team[e]]+1
		}
		for e := range bias {
			if e != out {
				bias[e] -= shift[team[e]] / size[team[e]]
			}
		}
		if moved < 1e-7 {
			break
		}
	}
	return bias
}

// teams tells for each expert the group of proposals that they judge in.
func (m *marks) teams() []int {
	group, _ := m.apart()
	team := make([]int, len(m.experts))
	for e, sheets := range m.by {
		team[e] = group[m.all[sheets[0]].proposal]
	}
	return team
}

// doubts are the variances of the biases: what is left of all marks when proposals and biases are taken off, shared by an expert's sheets.
func (m *marks) doubts(bias []float64) []float64 {
	left, freedom := 0.0, float64(len(m.all)-len(m.proposals)-len(m.experts)+1)
	for _, sheets := range m.of {
		var list []float64
		for _, s := range sheets {
			list = append(list, m.all[s].points-bias[m.all[s].expert])
		}
		mean, _ := spread(list)
		for _, v := range list {
			left += (v - mean) * (v - mean)
		}
	}
	doubt := make([]float64, len(m.experts))
	for e, sheets := range m.by {
		doubt[e] = left / math.Max(freedom, 1) / (float64(len(sheets)) + pull)
	}
	return doubt
}
