package judge

import (
	"strings"

	"kechuang/internal/match/text"
)

// seen says which pairs a model was trained on, without holding them: a Bloom filter (1970) of their hashes. Of pairs that it was not
// trained on it takes about one in a hundred for known.
type seen []uint64

const (
	seenBits = 1 << 17
	seenWays = 4
)

func newSeen(needs []Need, pairs []Pair) seen {
	s := make(seen, seenBits/64)
	eachHash(needs, pairs, func(_ int, at uint64) { s[at/64] |= 1 << (at % 64) })
	return s
}

// eachHash visits the places of every pair: of the need's title and the words of the achievement, as they are read.
func eachHash(needs []Need, pairs []Pair, visit func(pair int, at uint64)) {
	titles := map[string]string{}
	for _, n := range needs {
		titles[n.ID] = text.Fold(n.Title)
	}
	for i, p := range pairs {
		h := hashOf(titles[p.Need] + "\n" + strings.Join(strings.Fields(text.Fold(p.Words)), " "))
		for range seenWays {
			visit(i, h%seenBits)
			h = h>>17 | h<<47
		}
	}
}

// share of the pairs that the model was trained on.
func (s seen) share(needs []Need, pairs []Pair) float64 {
	if len(s) == 0 || len(pairs) == 0 {
		return 0
	}
	known, there := 0, make([]int, len(pairs))
	eachHash(needs, pairs, func(i int, at uint64) {
		if s[at/64]>>(at%64)&1 == 1 {
			if there[i]++; there[i] == seenWays {
				known++
			}
		}
	})
	return float64(known) / float64(len(pairs))
}
