package zeroone

import "math"

// simplex is the relaxation of a shape: maximise c·x with A x − y = 0 and lo ≤ (x, y) ≤ up, x the items and y the rows' activities. As
// every variable has two finite bounds, any basis becomes dual feasible by putting each other variable at the bound that its reduced
// cost asks for; so there is only the dual method, and it starts from anywhere. Its floats are never believed: a bound is recomputed
// from the prices in integers (lagrange.go), so an error here can cost time and nothing else.
type simplex struct {
	s      *shape
	n, m   int
	rows   [][]float64 // dense rows, scaled; nil where the row is thin
	thin   []thinRow
	scale  []float64 // rows were divided by it
	coef   []float64 // columns, scaled, beside shape.ptr and shape.row
	cost   []float64
	lo, up []float64 // n+m
	head   []int32   // m: the variable of each place of the basis
	place  []int32   // n+m: place in the basis, or atLower, atUpper
	inv    []float64 // m×m
	xb, d  []float64
	alpha  []float64
	col    []float64
	breaks []breakpoint
	pivots int // since the last factorisation
	work   int // pivots in all
}

const (
	atLower = -1
	atUpper = -2
)

type thinRow struct {
	item []int32
	coef []float64
}

type breakpoint struct {
	ratio float64
	j     int32
}

type outcome int

const (
	optimal outcome = iota
	cutOff          // the objective fell below what was asked for
	empty           // no point of the relaxation is left: col holds the row that says so
	stalled         // gave up: numbers too bad, or the limit of pivots
)

func newSimplex(s *shape) *simplex {
	n, m := s.n, s.m
	l := &simplex{s: s, n: n, m: m, rows: make([][]float64, m), thin: make([]thinRow, m), scale: make([]float64, m)}
	l.coef = make([]float64, len(s.coef))
	l.cost = make([]float64, n+m)
	l.lo, l.up = make([]float64, n+m), make([]float64, n+m)
	l.head, l.place = make([]int32, m), make([]int32, n+m)
	l.inv, l.xb, l.col = make([]float64, m*m), make([]float64, m), make([]float64, m)
	l.d, l.alpha = make([]float64, n+m), make([]float64, n+m)
	filled := make([]int, m)
	for k, i := range s.row {
		l.scale[i] = max(l.scale[i], math.Abs(float64(s.coef[k])))
		filled[i]++
	}
	for i := range m {
		_, e := math.Frexp(max(l.scale[i], 1))
		l.scale[i] = math.Ldexp(1, e)
		if i == s.count {
			l.scale[i] = 1 // its activity is branched on
		}
		if 3*filled[i] > n {
			l.rows[i] = make([]float64, n)
		}
	}
	for j := range n {
		l.cost[j], l.up[j] = float64(s.value[j]), 1
		for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
			i := s.row[k]
			l.coef[k] = float64(s.coef[k]) / l.scale[i]
			if l.rows[i] != nil {
				l.rows[i][j] = l.coef[k]
			} else {
				l.thin[i].item = append(l.thin[i].item, int32(j))
				l.thin[i].coef = append(l.thin[i].coef, l.coef[k])
			}
		}
	}
	for i := range m {
		l.limit(i, s.lo[i], s.hi[i])
	}
	l.reset()
	return l
}

// limit sets the limits of a row; refresh must follow.
func (l *simplex) limit(i int, lo, hi int64) {
	l.lo[l.n+i], l.up[l.n+i] = float64(lo)/l.scale[i], float64(hi)/l.scale[i]
}

// reset takes the basis of all rows.
func (l *simplex) reset() {
	for i := range l.m {
		l.head[i] = int32(l.n + i)
	}
	l.factor()
}

// load takes a basis.
func (l *simplex) load(head []int32) {
	copy(l.head, head)
	l.factor()
}

// factor inverts the basis anew, and recomputes reduced costs, sides and values.
func (l *simplex) factor() {
	m := l.m
	b := make([]float64, m*m)
	for i := range l.place {
		if l.place[i] >= 0 {
			l.place[i] = atLower
		}
	}
	for k, v := range l.head {
		l.place[v] = int32(k)
		if int(v) >= l.n {
			b[(int(v)-l.n)*m+k] = -1
			continue
		}
		for e := l.s.ptr[v]; e < l.s.ptr[v+1]; e++ {
			b[int(l.s.row[e])*m+k] = l.coef[e]
		}
	}
	if !invert(b, l.inv, m) {
		l.reset() // the basis of all rows is never singular
		return
	}
	l.pivots = 0
	l.price()
	l.refresh()
}

// invert writes b⁻¹ into inv, destroying b, by Gauss and Jordan with row pivoting; false when b is singular.
func invert(b, inv []float64, m int) bool {
	clear(inv)
	for i := range m {
		inv[i*m+i] = 1
	}
	for c := range m {
		p := c
		for i := c + 1; i < m; i++ {
			if math.Abs(b[i*m+c]) > math.Abs(b[p*m+c]) {
				p = i
			}
		}
		if math.Abs(b[p*m+c]) < 1e-11 {
			return false
		}
		if p != c {
			for k := range m {
				b[p*m+k], b[c*m+k] = b[c*m+k], b[p*m+k]
				inv[p*m+k], inv[c*m+k] = inv[c*m+k], inv[p*m+k]
			}
		}
		scaleRow(b[c*m:c*m+m], inv[c*m:c*m+m], 1/b[c*m+c])
		for i := range m {
			if f := b[i*m+c]; i != c && f != 0 {
				axpy(b[i*m:i*m+m], b[c*m:c*m+m], -f)
				axpy(inv[i*m:i*m+m], inv[c*m:c*m+m], -f)
			}
		}
	}
	return true
}

func scaleRow(a, b []float64, f float64) {
	for k := range a {
		a[k] *= f
		b[k] *= f
	}
}

// axpy is y += f·x.
func axpy(y, x []float64, f float64) {
	x = x[:len(y)]
	for k := range y {
		y[k] += f * x[k]
	}
}

// price recomputes the reduced costs d = c − (c_B B⁻¹) A.
func (l *simplex) price() {
	y := l.col
	clear(y)
	for k, v := range l.head {
		if c := l.cost[v]; c != 0 {
			axpy(y, l.inv[k*l.m:k*l.m+l.m], c)
		}
	}
	l.across(y, l.d)
	for j := range l.d {
		l.d[j] = l.cost[j] - l.d[j]
	}
	for _, v := range l.head {
		l.d[v] = 0
	}
}

// across is out = w·(A, −I).
func (l *simplex) across(w, out []float64) {
	x := out[:l.n]
	clear(x)
	for i, f := range w {
		out[l.n+i] = -f
		switch {
		case f == 0:
		case l.rows[i] != nil:
			axpy(x, l.rows[i], f)
		default:
			for k, j := range l.thin[i].item {
				x[j] += f * l.thin[i].coef[k]
			}
		}
	}
}

const tiny = 1e-9

// refresh puts every variable out of the basis at the side that its reduced cost asks for, and recomputes the basis' values.
func (l *simplex) refresh() {
	v := l.col
	clear(v)
	for j, p := range l.place {
		if p >= 0 {
			continue
		}
		switch {
		case l.d[j] > tiny:
			l.place[j] = atUpper
		case l.d[j] < -tiny:
			l.place[j] = atLower
		}
		if x := l.at(j); x != 0 {
			l.addColumn(v, j, -x)
		}
	}
	for i := range l.m {
		l.xb[i] = dot(l.inv[i*l.m:i*l.m+l.m], v)
	}
}

// at is the value of a variable out of the basis.
func (l *simplex) at(j int) float64 {
	if l.place[j] == atUpper {
		return l.up[j]
	}
	return l.lo[j]
}

// addColumn is v += f·(column of j).
func (l *simplex) addColumn(v []float64, j int, f float64) {
	if j >= l.n {
		v[j-l.n] -= f
		return
	}
	for k := l.s.ptr[j]; k < l.s.ptr[j+1]; k++ {
		v[l.s.row[k]] += f * l.coef[k]
	}
}

func dot(a, b []float64) float64 {
	b = b[:len(a)]
	sum := 0.0
	for k := range a {
		sum += a[k] * b[k]
	}
	return sum
}

// objective is the value of the present basis.
func (l *simplex) objective() float64 {
	sum := 0.0
	for j := range l.n {
		if p := l.place[j]; p >= 0 {
			sum += l.cost[j] * l.xb[p]
		} else {
			sum += l.cost[j] * l.at(j)
		}
	}
	return sum
}

// value of variable j in the present basis.
func (l *simplex) value(j int) float64 {
	if p := l.place[j]; p >= 0 {
		return l.xb[p]
	}
	return l.at(j)
}

// solve goes on with the dual method until the basis is optimal, the objective is below cut, or most pivots are spent.
func (l *simplex) solve(cut float64, most int, stop func() bool) outcome {
	z := l.objective()
	for spent := 0; ; spent++ {
		r, over := l.leaving()
		if r < 0 {
			return optimal
		}
		if spent >= most || (spent&63 == 63 && stop != nil && stop()) {
			return stalled
		}
		rho := l.inv[r*l.m : r*l.m+l.m]
		l.across(rho, l.alpha)
		q, drop := l.entering(r, over)
		if q < 0 {
			copy(l.col, rho)
			return empty
		}
		if !l.pivot(r, q, over) {
			if l.pivots == 0 {
				return stalled
			}
			l.factor()
			z = l.objective()
			continue
		}
		l.work++
		z -= drop
		if l.pivots++; l.pivots >= 64 {
			l.factor()
			z = l.objective()
		}
		if z < cut {
			return cutOff
		}
	}
}

// leaving is the place whose value is farthest out of its bounds by the steepest edge, and whether it is above; −1 when none is.
func (l *simplex) leaving() (r int, over bool) {
	r = -1
	best := 0.0
	for i, v := range l.head {
		x, tol := l.xb[i], tiny*100
		out := x - l.up[v]
		above := true
		if below := l.lo[v] - x; below > out {
			out, above = below, false
		}
		if out <= tol {
			continue
		}
		w := l.inv[i*l.m : i*l.m+l.m]
		if score := out * out / (dot(w, w) + 1e-30); score > best {
			r, over, best = i, above, score
		}
	}
	return r, over
}

// entering goes along the breakpoints of the dual objective as long as it falls, turning over the variables that it passes, and
// gives the one at which it stops, with the fall. −1 when it falls for ever: the relaxation is empty.
func (l *simplex) entering(r int, over bool) (q int, drop float64) {
	sign := 1.0
	v := l.head[r]
	slope := l.xb[r] - l.up[v]
	if !over {
		sign, slope = -1, l.lo[v]-l.xb[r]
	}
	list := l.breaks[:0]
	for j, p := range l.place {
		if p >= 0 {
			continue
		}
		a := sign * l.alpha[j]
		if (p == atLower && a <= tiny) || (p == atUpper && a >= -tiny) || l.up[j] == l.lo[j] {
			continue
		}
		list = append(list, breakpoint{max(-l.d[j]/a, 0), int32(j)})
	}
	l.breaks = list
	for k := len(list)/2 - 1; k >= 0; k-- {
		sift(list, k)
	}
	at := 0.0
	passed := len(list)
	for len(list) > 0 {
		b := list[0]
		drop += slope * (b.ratio - at)
		at = b.ratio
		last := len(list) - 1
		list[0], list[last] = list[last], b // the heap shrinks, what was passed stays behind it
		list = list[:last]
		sift(list, 0)
		span := math.Abs(l.alpha[b.j]) * (l.up[b.j] - l.lo[b.j])
		if slope-span < 0 {
			q = l.firmest(list, b, sign)
			l.turn(l.breaks[last+1:passed], q)
			return q, drop
		}
		slope -= span
	}
	return -1, 0
}

// firmest is, of the breakpoints within a hair of the one at which the objective turns, the one with the largest pivot.
func (l *simplex) firmest(heap []breakpoint, b breakpoint, sign float64) int {
	best := b.j
	for k := range heap { // the heap's first few levels hold the next ones
		if k > 6 {
			break
		}
		if heap[k].ratio <= b.ratio+1e-10 && math.Abs(l.alpha[heap[k].j]) > math.Abs(l.alpha[best]) {
			best = heap[k].j
		}
	}
	return int(best)
}

// turn puts variables at their other bound and moves the basis' values along.
func (l *simplex) turn(list []breakpoint, but int) {
	if len(list) == 0 {
		return
	}
	v := l.col
	clear(v)
	for _, b := range list {
		j := int(b.j)
		if j == but {
			continue
		}
		span := l.up[j] - l.lo[j]
		if l.place[j] == atUpper {
			l.place[j] = atLower
			l.addColumn(v, j, span)
		} else {
			l.place[j] = atUpper
			l.addColumn(v, j, -span)
		}
	}
	for i := range l.m {
		l.xb[i] += dot(l.inv[i*l.m:i*l.m+l.m], v)
	}
}

// pivot lets q into the basis at place r; false when the pivot is too small to be trusted.
func (l *simplex) pivot(r, q int, over bool) bool {
	m, col := l.m, l.col
	clear(col)
	if q >= l.n {
		for i := range m {
			col[i] = -l.inv[i*m+q-l.n]
		}
	} else {
		for k := l.s.ptr[q]; k < l.s.ptr[q+1]; k++ {
			c, at := l.coef[k], int(l.s.row[k])
			for i := range m {
				col[i] += c * l.inv[i*m+at]
			}
		}
	}
	piv := col[r]
	if math.Abs(piv) < 1e-9 || math.Abs(piv-l.alpha[q]) > 1e-6*(1+math.Abs(piv)) {
		return false
	}
	b := l.head[r]
	bound, side := l.up[b], int32(atUpper)
	if !over {
		bound, side = l.lo[b], atLower
	}
	theta := (l.xb[r] - bound) / piv
	entered := l.at(q) + theta
	for i := range m {
		l.xb[i] -= theta * col[i]
	}
	l.xb[r] = entered
	t := l.d[q] / l.alpha[q]
	axpy(l.d, l.alpha, -t)
	l.d[b], l.d[q] = -t, 0
	l.head[r], l.place[q], l.place[b] = int32(q), int32(r), side
	row := l.inv[r*m : r*m+m]
	f := 1 / piv
	for k := range row {
		row[k] *= f
	}
	for i := range m {
		if i != r && col[i] != 0 {
			axpy(l.inv[i*m:i*m+m], row, -col[i])
		}
	}
	return true
}

// sift restores the heap, smallest ratio first, below k.
func sift(h []breakpoint, k int) {
	for {
		c := 2*k + 1
		if c >= len(h) {
			return
		}
		if c+1 < len(h) && h[c+1].ratio < h[c].ratio {
			c++
		}
		if h[k].ratio <= h[c].ratio {
			return
		}
		h[k], h[c] = h[c], h[k]
		k = c
	}
}
