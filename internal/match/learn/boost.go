package learn

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// Trees is a boosted ensemble for one yes-or-no question: the sum of its trees' leaves is the log-odds of yes.
type Trees struct {
	Base  float64 `json:"base"`
	Nodes []node  `json:"nodes"` // all trees one after another; children follow their parent
	Roots []int32 `json:"roots"`
}

type node struct {
	Feature int16   `json:"f"` // -1: a leaf
	Cut     float32 `json:"c"` // of a leaf its value; otherwise the left child takes what is ≤ Cut
	Left    int32   `json:"l,omitempty"`
	Right   int32   `json:"r,omitempty"`
}

// Growth says how trees are grown.
type Growth struct {
	Trees    int
	Rate     float64
	Leaves   int     // at most, of one tree
	Least    float64 // weight of a leaf at least (sum of p(1-p))
	Ridge    float64
	Rows     float64 // share of the rows that each tree sees
	Features float64 // share of the features
	Seed     uint64
}

const bins = 64

// binned is the training table with every value replaced by its place among the feature's cuts.
type binned struct {
	cuts [][]float32
	cols [][]uint8
}

func bin(rows [][]float32) *binned {
	b := &binned{}
	for f := range rows[0] {
		values := make([]float32, len(rows))
		for i, r := range rows {
			values[i] = r[f]
		}
		sorted := slices.Clone(values)
		slices.Sort(sorted)
		var cuts []float32
		for k := 1; k < bins; k++ {
			v := sorted[k*(len(sorted)-1)/bins]
			if (len(cuts) == 0 || v > cuts[len(cuts)-1]) && v < sorted[len(sorted)-1] {
				cuts = append(cuts, v)
			}
		}
		col := make([]uint8, len(rows))
		for i, v := range values {
			col[i] = uint8(sort.Search(len(cuts), func(k int) bool { return v <= cuts[k] }))
		}
		b.cuts, b.cols = append(b.cuts, cuts), append(b.cols, col)
	}
	return b
}

// Boost grows trees that answer yes for the rows marked true, by logistic loss with second-order steps. The same input gives the
// same trees. Weights may be nil.
func Boost(rows [][]float32, yes []bool, weights []float64, g Growth) *Trees {
	t := &Trees{}
	if len(rows) == 0 {
		return t
	}
	b := bin(rows)
	n, positive, whole := len(rows), 0.0, 0.0
	weight := func(i int) float64 {
		if weights == nil {
			return 1
		}
		return weights[i]
	}
	for i := range rows {
		whole += weight(i)
		if yes[i] {
			positive += weight(i)
		}
	}
	share := min(max(positive/whole, 1e-4), 1-1e-4)
	t.Base = math.Log(share / (1 - share))
	at := make([]float64, n)
	for i := range at {
		at[i] = t.Base
	}
	chance := rand.New(rand.NewPCG(g.Seed, 17))
	w := &grower{b: b, g: g, grad: make([]float64, n), hess: make([]float64, n)}
	for range g.Trees {
		for i := range rows {
			p := 1 / (1 + math.Exp(-at[i]))
			target := 0.0
			if yes[i] {
				target = 1
			}
			w.grad[i], w.hess[i] = weight(i)*(p-target), weight(i)*max(p*(1-p), 1e-9)
		}
		w.rows, w.features = w.rows[:0], w.features[:0]
		for i := range n {
			if chance.Float64() < g.Rows {
				w.rows = append(w.rows, int32(i))
			}
		}
		for f := range b.cols {
			if len(b.cuts[f]) > 0 && chance.Float64() < g.Features {
				w.features = append(w.features, f)
			}
		}
		root := w.grow(t)
		for i, r := range rows {
			at[i] += t.walk(root, r)
		}
	}
	return t
}

func (t *Trees) walk(at int32, row []float32) float64 {
	for {
		n := &t.Nodes[at]
		if n.Feature < 0 {
			return float64(n.Cut)
		}
		if row[n.Feature] <= n.Cut {
			at = n.Left
		} else {
			at = n.Right
		}
	}
}

// Shares says what each feature did to the log-odds of one row: at every branch the difference between the mean of all leaves and
// the mean of those that are left goes to the feature that was asked. The shares and the mean of all trees add up to LogOdds.
func (t *Trees) Shares(row []float32, add func(feature int, share float64)) {
	for _, at := range t.Roots {
		for n := t.Nodes[at]; n.Feature >= 0; n = t.Nodes[at] {
			before := t.mean(at)
			if row[n.Feature] <= n.Cut {
				at = n.Left
			} else {
				at = n.Right
			}
			add(int(n.Feature), t.mean(at)-before)
		}
	}
}

// mean of the leaves below a node.
func (t *Trees) mean(at int32) float64 {
	sum, leaves := t.sum(at)
	return sum / leaves
}

func (t *Trees) sum(at int32) (sum, leaves float64) {
	n := &t.Nodes[at]
	if n.Feature < 0 {
		return float64(n.Cut), 1
	}
	a, x := t.sum(n.Left)
	b, y := t.sum(n.Right)
	return a + b, x + y
}

// LogOdds of yes.
func (t *Trees) LogOdds(row []float32) float64 {
	sum := t.Base
	for _, root := range t.Roots {
		sum += t.walk(root, row)
	}
	return sum
}

// grower grows one tree at a time, best leaf first.
type grower struct {
	b          *binned
	g          Growth
	grad, hess []float64
	rows       []int32
	features   []int
}

type leaf struct {
	rows       []int32
	place      int32
	grad, hess float64
	gain       float64
	feature    int
	cut        int
}

func (w *grower) grow(t *Trees) int32 {
	root := int32(len(t.Nodes))
	t.Roots = append(t.Roots, root)
	t.Nodes = append(t.Nodes, node{Feature: -1})
	leaves := []leaf{w.leaf(w.rows, root)}
	for len(leaves) < w.g.Leaves {
		best := 0
		for i := range leaves {
			if leaves[i].gain > leaves[best].gain {
				best = i
			}
		}
		l := leaves[best]
		if l.gain <= 1e-9 {
			break
		}
		col := w.b.cols[l.feature]
		var left, right []int32
		for _, r := range l.rows {
			if int(col[r]) <= l.cut {
				left = append(left, r)
			} else {
				right = append(right, r)
			}
		}
		at := int32(len(t.Nodes))
		t.Nodes = append(t.Nodes, node{Feature: -1}, node{Feature: -1})
		t.Nodes[l.place] = node{Feature: int16(l.feature), Cut: w.b.cuts[l.feature][l.cut], Left: at, Right: at + 1}
		leaves[best] = w.leaf(left, at)
		leaves = append(leaves, w.leaf(right, at+1))
	}
	for _, l := range leaves {
		t.Nodes[l.place] = node{Feature: -1, Cut: float32(-w.g.Rate * l.grad / (l.hess + w.g.Ridge))}
	}
	return root
}

// leaf finds the best cut of these rows.
func (w *grower) leaf(rows []int32, place int32) leaf {
	l := leaf{rows: rows, place: place}
	for _, r := range rows {
		l.grad += w.grad[r]
		l.hess += w.hess[r]
	}
	whole := l.grad * l.grad / (l.hess + w.g.Ridge)
	for _, f := range w.features {
		var grad, hess [bins]float64
		col := w.b.cols[f]
		for _, r := range rows {
			c := col[r]
			grad[c] += w.grad[r]
			hess[c] += w.hess[r]
		}
		g, h := 0.0, 0.0
		for cut := range w.b.cuts[f] {
			g += grad[cut]
			h += hess[cut]
			if h < w.g.Least || l.hess-h < w.g.Least {
				continue
			}
			rest := l.grad - g
			gain := g*g/(h+w.g.Ridge) + rest*rest/(l.hess-h+w.g.Ridge) - whole
			if gain > l.gain {
				l.gain, l.feature, l.cut = gain, f, cut
			}
		}
	}
	return l
}
