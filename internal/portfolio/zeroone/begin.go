package zeroone

import (
	"cmp"
	"slices"
)

// begin takes a first choice before anything is searched, so that there is one however short the time: where leaving out is always allowed,
// the items that bring most for their share of all limits, as far as they fit (Toyoda 1975).
func (r *solver) begin(s *shape) {
	if !s.packing {
		return
	}
	worth := make([]float64, s.n)
	order := make([]int32, 0, s.n)
	for j := range s.n {
		if s.value[j] <= 0 {
			continue
		}
		share := 1e-12
		for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
			share += float64(s.coef[k]) / float64(max(s.hi[s.row[k]], 1))
		}
		worth[j] = float64(s.value[j]) / share
		order = append(order, int32(j))
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(worth[b], worth[a]), cmp.Compare(a, b))
	})
	left, x := slices.Clone(s.hi), make([]int8, s.n)
	for _, j := range order {
		fits := true
		for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
			fits = fits && s.coef[k] <= left[s.row[k]]
		}
		if !fits {
			continue
		}
		x[j] = 1
		for k := s.ptr[j]; k < s.ptr[j+1]; k++ {
			left[s.row[k]] -= s.coef[k]
		}
	}
	r.take(s.whole(x))
}
