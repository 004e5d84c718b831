package judge

import (
	"math"
	"runtime"
	"sync"

	"kechuang/internal/match/learn"
)

// likenesses of all titles to those of judged pairs and of needs to needs: what the kernels over pairs are made of.
type likenesses struct {
	judged, needs int
	title         []float32 // titles × judged titles, which come first
	need          []float32
	scaled        [][]float32 // the plain signals of every pair, each column with mean 0 and spread 1
	norms         []float64
}

// likenesses of a corpus whose first pairs, so many, are judged.
func (c *corpus) likenesses(plain [][]float32, judged int) *likenesses {
	l := &likenesses{needs: len(c.needs), scaled: standard(plain)}
	for _, title := range c.of[:judged] {
		l.judged = max(l.judged, int(title)+1)
	}
	l.title = make([]float32, len(c.titles)*l.judged)
	inParallel(len(c.titles), func(i int) {
		row := l.title[i*l.judged : (i+1)*l.judged]
		for j := range row {
			if row[j] = 1; i != j {
				row[j] = float32(like(&c.titles[i], &c.titles[j]))
			}
		}
	})
	l.need = table(l.needs, func(i, j int) float64 {
		a, b := &c.needs[i], &c.needs[j]
		return 0.5*like(&a.title, &b.title) + 0.5*like(&a.all, &b.all)
	})
	for _, r := range l.scaled {
		l.norms = append(l.norms, learn.Dot(r, r))
	}
	return l
}

func like(a, b *passage) float64 {
	return 0.35*a.unit.dot(b.unit) + 0.3*a.grams.dot(b.grams) + 0.35*max(learn.Dot(a.mean, b.mean), 0)
}

func table(n int, of func(i, j int) float64) []float32 {
	out := make([]float32, n*n)
	inParallel(n, func(i int) {
		out[i*n+i] = 1
		for j := range i {
			v := float32(of(i, j))
			out[i*n+j], out[j*n+i] = v, v
		}
	})
	return out
}

// kernels is how many ways of likeness between pairs there are: the same thing offered for the same problem (near), the same
// picture of signals (shape), and both.
const kernels = 3

// alike puts the three likenesses of a pair to a judged one.
func (c *corpus) alike(l *likenesses, a, b int32) (both, near, shape float32) {
	t := float64(l.title[int(c.of[a])*l.judged+int(c.of[b])])
	n := float64(l.need[int(c.pairNeed[a])*l.needs+int(c.pairNeed[b])])
	d := (l.norms[a] + l.norms[b] - 2*learn.Dot(l.scaled[a], l.scaled[b])) / float64(max(len(l.scaled[a]), 1))
	u, s := partNeed*n+partTitle*t+partBoth*t*n, math.Exp(-d/2)
	return float32(u + s), float32(u), float32(s)
}

// grams holds the likeness of all judged pairs to each other, for each kernel.
type grams struct {
	seen [kernels][]float32 // n × n
	n    int
}

func (c *corpus) grams(l *likenesses, at []int32) *grams {
	g := &grams{n: len(at)}
	for k := range kernels {
		g.seen[k] = make([]float32, len(at)*len(at))
	}
	inParallel(len(at), func(i int) {
		for j := range i + 1 {
			for k, v := range values(c.alike(l, at[i], at[j])) {
				g.seen[k][i*g.n+j], g.seen[k][j*g.n+i] = v, v
			}
		}
	})
	return g
}

func values(a, b, c float32) [kernels]float32 { return [kernels]float32{a, b, c} }

// predict answers every judged row from those of other folds, and gives the fits to all of them.
func (g *grams) predict(targets [][]float64, folds []int, ridge float64) (seen [kernels][][3]float64, fits [kernels]*learn.Kernel) {
	for k := range kernels {
		seen[k] = make([][3]float64, g.n)
		fits[k] = learn.FitKernel(g.seen[k], targets, ridge)
	}
	inParallel(kernels*innerFolds, func(job int) {
		k, fold := job/innerFolds, job%innerFolds
		g.outOfFold(g.seen[k], targets, folds, fold, ridge, seen[k])
	})
	return seen, fits
}

// ask answers pairs from all judged ones, a row of likenesses at a time: there may be many.
func (c *corpus) ask(l *likenesses, at, ask []int32, fits [kernels]*learn.Kernel) (out [kernels][][3]float64) {
	for k := range kernels {
		out[k] = make([][3]float64, len(ask))
	}
	inParallel(len(ask), func(i int) {
		var rows [kernels][]float32
		for _, j := range at {
			for k, v := range values(c.alike(l, ask[i], j)) {
				rows[k] = append(rows[k], v)
			}
		}
		for k, fit := range fits {
			fit.Predict(rows[k], out[k][i][:])
		}
	})
	return out
}

// innerFolds is in how many parts the judged pairs are cut so that no row is answered from its own judgement.
const innerFolds = 5

func (g *grams) outOfFold(gram []float32, targets [][]float64, folds []int, fold int, ridge float64, out [][3]float64) {
	var in []int
	for i, f := range folds {
		if f != fold {
			in = append(in, i)
		}
	}
	if len(in) == 0 || len(in) == g.n {
		return
	}
	part := make([]float32, len(in)*len(in))
	for i, a := range in {
		for j, b := range in {
			part[i*len(in)+j] = gram[a*g.n+b]
		}
	}
	some := make([][]float64, len(targets))
	for t, y := range targets {
		for _, i := range in {
			some[t] = append(some[t], y[i])
		}
	}
	fit, row := learn.FitKernel(part, some, ridge), make([]float32, len(in))
	for i, f := range folds {
		if f != fold {
			continue
		}
		for j, b := range in {
			row[j] = gram[i*g.n+b]
		}
		fit.Predict(row, out[i][:])
	}
}

// inParallel does n independent jobs on all cores.
func inParallel(n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// standard scales every column to mean 0 and spread 1, cut at three spreads.
func standard(rows [][]float32) [][]float32 {
	out := make([][]float32, len(rows))
	for i := range rows {
		out[i] = make([]float32, len(rows[i]))
	}
	if len(rows) == 0 {
		return out
	}
	for f := range rows[0] {
		mean, squares := 0.0, 0.0
		for _, r := range rows {
			mean += float64(r[f])
			squares += float64(r[f]) * float64(r[f])
		}
		mean /= float64(len(rows))
		spread := math.Sqrt(max(squares/float64(len(rows))-mean*mean, 1e-9))
		for i, r := range rows {
			out[i][f] = float32(min(max((float64(r[f])-mean)/spread, -3), 3))
		}
	}
	return out
}
