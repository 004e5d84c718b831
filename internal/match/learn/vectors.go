package learn

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Vectors of words, learnt from which words stand together: words used in the same company point the same way.
type Vectors struct {
	Dim  int
	rows [][]float32 // one of length 1 for each word, nil where the word was too rare
}

// Of gives a word's vector; nil where nothing is known.
func (v *Vectors) Of(word int32) []float32 {
	if v == nil || int(word) >= len(v.rows) || word < 0 {
		return nil
	}
	return v.rows[word]
}

// Company counts which words stand together, at most window words apart.
type Company struct {
	window int
	pairs  map[[2]int32]float64
	alone  []float64
	total  float64
}

// NewCompany counts among so many words.
func NewCompany(words, window int) *Company {
	return &Company{window: window, pairs: map[[2]int32]float64{}, alone: make([]float64, words)}
}

// Add counts one sentence; near words count more than far ones. Negative words are gaps.
func (c *Company) Add(sentence []int32, weight float64) {
	for i, a := range sentence {
		for d := 1; d <= c.window && i+d < len(sentence); d++ {
			b := sentence[i+d]
			if a < 0 || b < 0 || a == b {
				continue
			}
			w := weight / float64(d)
			c.pairs[[2]int32{min(a, b), max(a, b)}] += w
			c.alone[a] += w
			c.alone[b] += w
			c.total += 2 * w
		}
	}
}

type cell struct {
	a, b int32
	w    float32
}

// Vectors factorises the positive pointwise mutual information of the counts (Levy and Goldberg 2014): the leading eigenvectors,
// by subspace iteration from a fixed seed, scaled by the square root of their eigenvalues.
func (c *Company) Vectors(dim int) *Vectors {
	const smooth = 0.75 // frequent company says less
	norm := 0.0
	for _, n := range c.alone {
		norm += math.Pow(n, smooth)
	}
	cells := make([]cell, 0, len(c.pairs))
	for p, n := range c.pairs {
		a, b := c.alone[p[0]], c.alone[p[1]]
		pmi := math.Log(n / c.total / (a / c.total * math.Pow(b, smooth) / norm))
		back := math.Log(n / c.total / (b / c.total * math.Pow(a, smooth) / norm))
		if w := (pmi + back) / 2; w > 0 {
			cells = append(cells, cell{p[0], p[1], float32(w)})
		}
	}
	slices.SortFunc(cells, func(x, y cell) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	n := len(c.alone)
	dim = min(dim, n)
	basis, values := eigen(cells, n, dim)
	v := &Vectors{Dim: dim, rows: make([][]float32, n)}
	for w := range n {
		row := make([]float32, dim)
		length := 0.0
		for k := range dim {
			row[k] = basis[k][w] * float32(math.Sqrt(max(values[k], 0)))
			length += float64(row[k] * row[k])
		}
		if length < 1e-12 {
			continue
		}
		for k := range row {
			row[k] /= float32(math.Sqrt(length))
		}
		v.rows[w] = row
	}
	return v
}

// eigen gives the leading eigenvectors of a symmetric sparse matrix, as columns, and their values.
func eigen(cells []cell, n, dim int) (basis [][]float32, values []float64) {
	const rounds, spare = 6, 8
	chance := rand.New(rand.NewPCG(1, 2))
	basis = make([][]float32, min(dim+spare, n))
	for k := range basis {
		basis[k] = make([]float32, n)
		for i := range basis[k] {
			basis[k][i] = float32(chance.NormFloat64())
		}
	}
	values = make([]float64, len(basis))
	orthonormal(basis)
	for range rounds {
		for k, x := range basis {
			y := make([]float32, n)
			for _, c := range cells {
				y[c.a] += c.w * x[c.b]
				y[c.b] += c.w * x[c.a]
			}
			values[k] = Dot(x, y)
			basis[k] = y
		}
		orthonormal(basis)
	}
	return basis[:dim], values[:dim]
}

// orthonormal makes the columns perpendicular and of length one, the first ones first.
func orthonormal(columns [][]float32) {
	for k, x := range columns {
		for _, y := range columns[:k] {
			d := float32(Dot(x, y))
			for i := range x {
				x[i] -= d * y[i]
			}
		}
		length := float32(math.Sqrt(Dot(x, x)))
		if length < 1e-9 {
			clear(x)
			continue
		}
		for i := range x {
			x[i] /= length
		}
	}
}

// Dot product.
func Dot(a, b []float32) float64 {
	var s0, s1, s2, s3 float32
	n := len(a) &^ 3
	b = b[:len(a)]
	for i := 0; i < n; i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for i := n; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return float64(s0) + float64(s1) + float64(s2) + float64(s3)
}
