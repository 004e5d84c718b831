package zeroone

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// press looks for a choice that is worth at least a target by turning one item over after another, taking no heed of limits but by fines: what
// stands in the way of the target, a row that is broken or the value that is short, is fined by how far it is from being kept, and the longer it stands
// in the way the more (breakout: Morris 1993; weights of constraints: Thornton 2005). An item that was turned over stays so for some moves. It looks at the
// core only: the items whose worth at the root's prices is nearest nothing.
type press struct {
	s      *shape
	core   []int32
	use    []float64 // by place in the core and row, the value first: what taking the item adds to each gap, in shares of the limit
	gap    []float64 // of each row, the value first: how far above the limit; at most 0 where it is kept
	fine   []float64
	x      []int8
	value  int64
	target int64
	until  []int // of each place, the move up to which it stays
	moves  int
	chance *rand.Rand
}

// How much dearer what stands in the way becomes, and how much of a fine is left where nothing does.
const dearer, forgiven = 0.3, 0.97

// pressCore is how many items a press moves.
func pressCore(m int) int { return 60 + 5*m/2 }

func newPress(s *shape, from []int8, worth []float64, chance *rand.Rand) *press {
	p := &press{s: s, x: from, chance: chance}
	p.core = make([]int32, s.n)
	for j := range p.core {
		p.core[j] = int32(j)
	}
	slices.SortFunc(p.core, func(a, b int32) int { return cmp.Or(cmp.Compare(worth[a], worth[b]), cmp.Compare(a, b)) })
	p.core = p.core[:min(s.n, pressCore(s.m))]
	w := s.m + 1
	p.use, p.gap, p.fine = make([]float64, len(p.core)*w), make([]float64, w), slices.Repeat([]float64{1}, w)
	p.until = make([]int, len(p.core))
	for k, j := range p.core {
		for e := s.ptr[j]; e < s.ptr[j+1]; e++ {
			p.use[k*w+1+int(s.row[e])] = float64(s.coef[e]) / float64(max(s.hi[s.row[e]], 1))
		}
	}
	for j, v := range p.x {
		p.value += s.value[j] * int64(v)
	}
	return p
}

// aim sets what the choice must be worth, and measures every gap anew.
func (p *press) aim(target int64) {
	s, w := p.s, p.s.m+1
	p.target = target
	scale := float64(max(target, 1))
	for k, j := range p.core {
		p.use[k*w] = -float64(s.value[j]) / scale
	}
	p.gap[0] = float64(target-p.value) / scale
	used := make([]int64, s.m)
	for j, v := range p.x {
		if v == 1 {
			for e := s.ptr[j]; e < s.ptr[j+1]; e++ {
				used[s.row[e]] += s.coef[e]
			}
		}
	}
	for i := range used {
		p.gap[i+1] = float64(used[i]-s.hi[i]) / float64(max(s.hi[i], 1))
	}
}

// run makes so many moves, and stops where nothing stands in the way any more: then it is true.
func (p *press) run(moves int) bool {
	for range moves {
		if p.done() {
			return true
		}
		k, gain := p.best()
		if k < 0 {
			return false
		}
		if gain <= 0 {
			p.raise()
		}
		p.turn(k)
		p.until[k] = p.moves + 3 + p.chance.IntN(8)
		if p.moves++; p.moves&1023 == 0 {
			p.aim(p.target)
		}
	}
	return p.done()
}

// kept is what rounding may leave of a gap that is closed; whoever takes the choice adds it up in integers.
const kept = 1e-12

func (p *press) done() bool {
	for _, g := range p.gap {
		if g > kept {
			return false
		}
	}
	return true
}

// raise makes what stands in the way dearer.
func (p *press) raise() {
	for i, g := range p.gap {
		if g > kept {
			p.fine[i] += dearer
		} else {
			p.fine[i] *= forgiven
		}
	}
}

// best is the place whose turning takes most off the fines, -1 where none may be turned.
func (p *press) best() (best int, gain float64) {
	w := len(p.gap)
	now := 0.0
	for i, g := range p.gap {
		if g > 0 {
			now += p.fine[i] * g
		}
	}
	best = -1
	for k, j := range p.core {
		if p.until[k] > p.moves {
			continue
		}
		use := p.use[k*w : k*w+w]
		sum := 0.0
		if p.x[j] == 0 {
			for i, g := range p.gap {
				if g += use[i]; g > 0 {
					sum += p.fine[i] * g
				}
			}
		} else {
			for i, g := range p.gap {
				if g -= use[i]; g > 0 {
					sum += p.fine[i] * g
				}
			}
		}
		if best < 0 || now-sum > gain {
			best, gain = k, now-sum
		}
	}
	return best, gain
}

func (p *press) turn(k int) {
	w, j := len(p.gap), p.core[k]
	sign := float64(1 - 2*p.x[j])
	p.value += p.s.value[j] * int64(1-2*p.x[j])
	p.x[j] ^= 1
	for i := range p.gap {
		p.gap[i] += sign * p.use[k*w+i]
	}
}
