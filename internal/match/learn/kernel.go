package learn

import "math"

// Kernel regression: what is asked is answered by what was seen, weighted by likeness. The answers are those of a Gaussian process
// whose covariance is the likeness and whose noise is the ridge; the linear system is solved by conjugate gradients.
type Kernel struct {
	weights [][]float64 // of each target, one for each seen row
	means   []float64
}

// FitKernel learns targets[t][i] of rows i, whose likeness to each other is gram (symmetric, n × n, row after row).
func FitKernel(gram []float32, targets [][]float64, ridge float64) *Kernel {
	k := &Kernel{}
	var rest [][]float64
	for _, y := range targets {
		mean := 0.0
		for _, v := range y {
			mean += v / float64(len(y))
		}
		r := make([]float64, len(y))
		for i, v := range y {
			r[i] = v - mean
		}
		k.means = append(k.means, mean)
		rest = append(rest, r)
	}
	k.weights = solve(gram, rest, ridge)
	return k
}

// Weights of the seen rows for one target, and its mean.
func (k *Kernel) Weights(target int) (mean float64, weights []float64) {
	return k.means[target], k.weights[target]
}

// Predict gives every target from the likeness to the seen rows.
func (k *Kernel) Predict(likeness []float32, out []float64) {
	for t, w := range k.weights {
		sum := k.means[t]
		for i, l := range likeness {
			sum += float64(l) * w[i]
		}
		out[t] = sum
	}
}

// system is the state of conjugate gradients for one right side.
type system struct {
	x, r, p, ap []float64
	narrow      []float32
	rr, first   float64
	done        bool
}

// solve gives x with (gram + ridge·I) x = y for several y at once: the matrix is read once a round for all of them.
func solve(gram []float32, ys [][]float64, ridge float64) [][]float64 {
	const rounds, enough = 60, 1e-3
	var all []*system
	for _, y := range ys {
		n := len(y)
		s := &system{x: make([]float64, n), r: append([]float64(nil), y...), p: append([]float64(nil), y...), ap: make([]float64, n), narrow: make([]float32, n)}
		s.rr = square(s.r)
		s.first = s.rr
		all = append(all, s)
	}
	for range rounds {
		busy := false
		for _, s := range all {
			s.done = s.done || s.rr <= enough*enough*s.first || s.rr == 0
			busy = busy || !s.done
			for i, v := range s.p {
				s.narrow[i] = float32(v)
			}
		}
		if !busy {
			break
		}
		n := len(all[0].x)
		for i := range n {
			row := gram[i*n : (i+1)*n]
			for _, s := range all {
				if !s.done {
					s.ap[i] = Dot(row, s.narrow) + ridge*s.p[i]
				}
			}
		}
		for _, s := range all {
			if !s.done {
				s.step()
			}
		}
	}
	var out [][]float64
	for _, s := range all {
		out = append(out, s.x)
	}
	return out
}

func (s *system) step() {
	pap := 0.0
	for i, v := range s.p {
		pap += v * s.ap[i]
	}
	if pap <= 0 || math.IsNaN(pap) {
		s.done = true
		return
	}
	step := s.rr / pap
	for i := range s.x {
		s.x[i] += step * s.p[i]
		s.r[i] -= step * s.ap[i]
	}
	next := square(s.r)
	for i := range s.p {
		s.p[i] = s.r[i] + next/s.rr*s.p[i]
	}
	s.rr = next
}

func square(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x * x
	}
	return s
}
