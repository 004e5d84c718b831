package zeroone

import (
	"math"
	"math/bits"
)

// box is what a place of the search still allows: items fixed, rows' limits, and what the fixed items use of them.
type box struct {
	s        *shape
	x        []int8 // 0, 1, or -1 while free
	free     int
	lo, hi   []int64 // m: limits less what the items fixed to 1 use
	least    []int64 // m: what the free items can sum to at least …
	greatest []int64 // … and at most
	value    int64   // of the items fixed to 1
	ones     int64   // how many these are
}

func newBox(s *shape) *box {
	b := &box{s: s, x: make([]int8, s.n)}
	b.lo, b.hi = make([]int64, s.m), make([]int64, s.m)
	b.least, b.greatest = make([]int64, s.m), make([]int64, s.m)
	b.open()
	return b
}

// open frees everything.
func (b *box) open() {
	s := b.s
	copy(b.lo, s.lo)
	copy(b.hi, s.hi)
	clear(b.least)
	clear(b.greatest)
	for k, i := range s.row {
		b.least[i] += min(s.coef[k], 0)
		b.greatest[i] += max(s.coef[k], 0)
	}
	for j := range b.x {
		b.x[j] = -1
	}
	b.free, b.value, b.ones = s.n, 0, 0
}

// fix decides an item.
func (b *box) fix(j int, v int8) {
	s := b.s
	b.x[j] = v
	b.free--
	b.value += s.value[j] * int64(v)
	b.ones += int64(v)
	for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
		i, c := s.row[k], s.coef[k]
		b.least[i] -= min(c, 0)
		b.greatest[i] -= max(c, 0)
		b.lo[i] -= c * int64(v)
		b.hi[i] -= c * int64(v)
	}
}

// broken tells whether some row cannot be kept any more.
func (b *box) broken() bool {
	for i := range b.lo {
		if b.least[i] > b.hi[i] || b.greatest[i] < b.lo[i] || b.lo[i] > b.hi[i] {
			return true
		}
	}
	return false
}

// bounder proves bounds in integers. For any prices u of the rows, every choice x within the rows has
//
//	Σ c·x  ≤  Σ_i max(u_i·lo_i, u_i·hi_i)  +  Σ_j max(0, c_j − Σ_i u_i·a_ij)
//
// (Lagrange; Geoffrion 1974), whoever proposes the prices. They come from the simplex' floats, are multiplied by 2^shift and rounded, and all
// that follows is int64, with the prices kept small enough that nothing can overflow.
type bounder struct {
	s     *shape
	shift int
	u     []int64 // m: prices × 2^shift
	most  []int64 // m: the largest price that cannot overflow
	r     []int64 // n: what is left of an item's value after its prices × 2^shift, for free items
	rest  int64   // bound − 2^shift·(the best known + 1): an item that turned would lose more than this can stay as it is
}

func newBounder(s *shape) *bounder {
	e := &bounder{s: s, u: make([]int64, s.m), most: make([]int64, s.m), r: make([]int64, s.n)}
	sum := int64(1)
	for _, v := range s.value {
		sum += abs(v)
	}
	const room = 1 << 59 // for each of: values, priced rows, priced items
	e.shift = max(0, bits.LeadingZeros64(uint64(sum))-bits.LeadingZeros64(room)-bits.Len(uint(8*s.m+8)))
	size := make([]int64, s.m)
	for k, i := range s.row {
		size[i] += abs(s.coef[k])
	}
	for i := range size {
		e.most[i] = room / int64(s.m) / (1 + size[i] + max(abs(s.lo[i]), abs(s.hi[i])))
	}
	return e
}

// takePrices rounds the prices that the simplex ends with.
func (e *bounder) takePrices(l *simplex) {
	for i := range e.u {
		e.u[i] = e.round(i, l.d[l.n+i]/l.scale[i])
	}
}

func (e *bounder) round(i int, price float64) int64 {
	f := math.Ldexp(price, e.shift)
	if limit := float64(e.most[i]); !(math.Abs(f) < limit) { // also when f is not a number
		if f > 0 {
			return e.most[i]
		}
		if f < 0 {
			return -e.most[i]
		}
		return 0
	}
	return int64(math.Round(f))
}

// bound is the greatest value that the box can still hold, for the prices; it leaves r behind.
func (e *bounder) bound(b *box) int64 {
	z := b.value << e.shift
	for i, u := range e.u {
		z += max(u*b.lo[i], u*b.hi[i])
	}
	s := e.s
	for j, x := range b.x {
		if x >= 0 {
			continue
		}
		r := s.value[j] << e.shift
		row, coef := s.row[s.ptr[j]:s.ptr[j+1]], s.coef[s.ptr[j]:s.ptr[j+1]]
		for k, i := range row {
			r -= e.u[i] * coef[k]
		}
		e.r[j] = r
		z += max(r, 0)
	}
	e.rest = z
	return z >> e.shift
}

// refutes tells whether the combination of rows w shows that the box is empty: what the rows allow the sum to be and what the items can
// make it do not meet. The prices that it leaves behind bound nothing from above by less than nothing.
func (e *bounder) refutes(w []float64, l *simplex, b *box) bool {
	room := math.MaxFloat64 // as precise as the integers allow
	for i, f := range w {
		if f != 0 {
			room = min(room, float64(e.most[i])/math.Abs(f/l.scale[i]))
		}
	}
	var lo, hi int64
	for i, f := range w {
		u := e.round(i, math.Ldexp(f/l.scale[i]*room/2, -e.shift))
		e.u[i] = u
		lo += min(u*b.lo[i], u*b.hi[i])
		hi += max(u*b.lo[i], u*b.hi[i])
	}
	s := e.s
	for j, x := range b.x {
		if x >= 0 {
			continue
		}
		a := int64(0)
		for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
			a += e.u[s.row[k]] * s.coef[k]
		}
		lo -= max(a, 0)
		hi -= min(a, 0)
	}
	if lo > 0 { // the other sign says the same from above
		for i := range e.u {
			e.u[i] = -e.u[i]
		}
	}
	return lo > 0 || hi < 0
}
