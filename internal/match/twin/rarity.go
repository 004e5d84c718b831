package twin

import (
	"math"
	"sync/atomic"
)

// rarity counts in how many texts a pair of letters stands, by its hash. A text that is replaced or deleted stays counted: how rare a pair
// is changes little by it.
type rarity struct {
	texts atomic.Uint32
	pairs [1 << 16]atomic.Uint32
}

func place(a, b rune) uint16 { return uint16((uint32(a)*0x9e3779b1 ^ uint32(b)*0x85ebca6b) >> 16) }

func (r *rarity) count(letters []rune) {
	r.texts.Add(1)
	var seen [1 << 16 / 64]uint64
	for i := range max(len(letters)-1, 0) {
		p := place(letters[i], letters[i+1])
		if bit := uint64(1) << (p & 63); seen[p>>6]&bit == 0 {
			seen[p>>6] |= bit
			r.pairs[p].Add(1)
		}
	}
}

// share is what the text with fewer letters has of its pairs in the other, each as often as it stands there, weighed by how few texts have it.
func (r *rarity) share(a, b []rune) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	texts := float64(r.texts.Load() + 1)
	count := make(map[[2]rune]int, len(b))
	for i := range max(len(b)-1, 0) {
		count[[2]rune{b[i], b[i+1]}]++
	}
	shared, whole := 0.0, 0.0
	for i := range max(len(a)-1, 0) {
		p := [2]rune{a[i], a[i+1]}
		w := max(math.Log(texts/float64(r.pairs[place(p[0], p[1])].Load()+1)), 0)
		whole += w
		if count[p] > 0 {
			count[p]--
			shared += w
		}
	}
	if whole == 0 {
		return 0
	}
	return shared / whole
}
