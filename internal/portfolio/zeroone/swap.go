package zeroone

import (
	"cmp"
	"math"
	"slices"
)

// swapper makes a choice better by exchanging one item for another: the exchange that gains most, or loses least, and was not undone in the
// last few moves (tabu search: Glover 1986), filling up after each. It looks at the items of the core only, those whose worth at the root's
// prices is near nothing, and is for shapes in which leaving out is always allowed.
type swapper struct {
	s     *shape
	core  []int32 // the most valuable first
	col   []int64 // coefficients, by item and row
	x     []int8
	left  []int64 // of each row's limit
	value int64
	ins   []int32 // of the core, what is left out
	until []int   // of each item, the move up to which it stays as it is
	moves int
	best  int64
	bestX []int8
}

// core sizes, and how many exchanges without gain a choice is worth.
const (
	coreBase, coreRow = 100, 3
	patience          = 2
	tenure            = 6
)

func newSwapper(t *tree) *swapper {
	s := t.s
	w := &swapper{s: s, col: make([]int64, s.n*s.m), x: make([]int8, s.n), bestX: make([]int8, s.n), left: make([]int64, s.m), until: make([]int, s.n)}
	for j := range s.n {
		for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
			w.col[j*s.m+int(s.row[k])] = s.coef[k]
		}
	}
	w.core = make([]int32, s.n)
	for j := range w.core {
		w.core[j] = int32(j)
	}
	slices.SortFunc(w.core, func(a, b int32) int {
		return cmp.Or(cmp.Compare(abs(t.rootR[a]), abs(t.rootR[b])), cmp.Compare(a, b))
	})
	w.core = w.core[:min(s.n, coreBase+coreRow*s.m)]
	slices.SortFunc(w.core, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.value[b], s.value[a]), cmp.Compare(a, b))
	})
	return w
}

// polish starts from a choice of that value, used is what it takes of the rows, and gives the best value it comes to; bestX is the choice. One
// that breaks a row is left as it is.
func (w *swapper) polish(x []int8, used []int64, value int64) int64 {
	for i := range w.left {
		if w.left[i] = w.s.hi[i] - used[i]; w.left[i] < 0 {
			return value
		}
	}
	copy(w.x, x)
	w.value, w.best = value, value
	copy(w.bestX, x)
	clear(w.until)
	for idle, end := 0, w.moves+1000; idle < patience && w.moves < end; w.moves++ {
		out, in := w.exchange()
		if out < 0 {
			break
		}
		w.move(out, 1)
		w.move(in, -1)
		w.until[out], w.until[in] = w.moves+tenure, w.moves+tenure
		w.fill()
		if idle++; w.value > w.best {
			w.best, idle = w.value, 0
			copy(w.bestX, w.x)
		}
	}
	return w.best
}

// move takes an item (sign -1) or drops it (1).
func (w *swapper) move(j int32, sign int64) {
	w.x[j] ^= 1
	w.value -= sign * w.s.value[j]
	for i, c := range w.column(j) {
		w.left[i] += sign * c
	}
}

func (w *swapper) column(j int32) []int64 {
	m := w.s.m
	return w.col[int(j)*m : int(j)*m+m]
}

// fill takes what still fits, the most valuable first.
func (w *swapper) fill() {
	for _, j := range w.core {
		if w.x[j] == 0 && w.until[j] <= w.moves && w.s.value[j] > 0 && w.fits(j, nil) {
			w.move(j, -1)
		}
	}
}

// fits tells whether an item fits when what another takes is given back.
func (w *swapper) fits(j int32, back []int64) bool {
	for i, c := range w.column(j) {
		free := w.left[i]
		if back != nil {
			free += back[i]
		}
		if c > free {
			return false
		}
	}
	return true
}

// tightest are the two rows with the least left.
func (w *swapper) tightest() (first, second int) {
	for i, l := range w.left {
		if l < w.left[first] {
			first = i
		}
	}
	if first == 0 && len(w.left) > 1 {
		second = 1
	}
	for i, l := range w.left {
		if i != first && l < w.left[second] {
			second = i
		}
	}
	return first, second
}

// exchange is the pair that gains most or loses least, -1 where there is none. What moved lately stays, but where that gives the best choice yet.
func (w *swapper) exchange() (out, in int32) {
	out, in = -1, -1
	gain := int64(math.MinInt64)
	w.ins = w.ins[:0]
	for _, j := range w.core {
		if w.x[j] == 0 {
			w.ins = append(w.ins, j)
		}
	}
	first, second := w.tightest()
	for _, i := range w.core {
		if w.x[i] == 0 {
			continue
		}
		back := w.column(i)
		at, m := w.s.value[i], w.s.m
		room, room2 := w.left[first]+back[first], w.left[second]+back[second]
		for _, j := range w.ins {
			g := w.s.value[j] - at
			if g <= gain {
				break // those that follow bring less
			}
			if w.col[int(j)*m+first] > room || w.col[int(j)*m+second] > room2 { // most fail here
				continue
			}
			if (w.until[i] > w.moves || w.until[j] > w.moves) && w.value+g <= w.best {
				continue
			}
			if w.fits(j, back) {
				out, in, gain = i, j, g
				break
			}
		}
	}
	return out, in
}
