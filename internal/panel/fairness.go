package panel

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Stratum is people whom the criteria cannot tell apart, with how evenly they were drawn.
type Stratum struct {
	Name      string
	People    int
	Draws     int     // of all of them together
	ChiSquare float64 // against equal frequencies
	P         float64 // how likely so much or more is, if the draw is fair
}

// Frequencies draws from a pool many times, each with a seed and a checkpoint of its own, and compares how often people of one stratum
// were drawn.
func Frequencies(pool []Candidate, c Criteria, draws int, seed uint64) ([]Stratum, error) {
	counts := map[string]int{}
	for i := range draws {
		s := Seed(sha256.Sum256(fmt.Appendf(nil, "%d/%d", seed, i)))
		r, err := Convene("frequencies", s, string(binary.BigEndian.AppendUint64(nil, uint64(i))), pool, nil, c)
		if err != nil {
			return nil, err
		}
		for _, id := range r.Drawn {
			counts[id]++
		}
	}
	return strata(pool, c, counts), nil
}

// strata groups people by what the criteria ask about, and by the make of their unit where units are limited.
func strata(pool []Candidate, c Criteria, counts map[string]int) []Stratum {
	mark := func(p Candidate) string {
		var m []string
		for _, q := range c.Quotas {
			m = append(m, fmt.Sprint(q.What, "=", p.Has[q.What] == q.Is, "(", q.Is, ")"))
		}
		return strings.Join(m, " ")
	}
	colleagues := map[string][]string{}
	for _, p := range pool {
		colleagues[p.Unit] = append(colleagues[p.Unit], mark(p))
	}
	groups := map[string][]int{}
	for _, p := range pool {
		key := mark(p)
		if c.UnitMost > 0 && p.Unit != "" {
			of := slices.Sorted(slices.Values(colleagues[p.Unit]))
			key += " | " + strings.Join(of, ", ")
		}
		groups[key] = append(groups[key], counts[p.ID])
	}
	var out []Stratum
	for name, n := range groups {
		s := Stratum{Name: name, People: len(n)}
		for _, x := range n {
			s.Draws += x
		}
		mean := float64(s.Draws) / float64(len(n))
		for _, x := range n {
			if mean > 0 {
				s.ChiSquare += (float64(x) - mean) * (float64(x) - mean) / mean
			}
		}
		s.P = tail(s.ChiSquare, len(n)-1)
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Stratum) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// tail is the probability of so large a chi-square with k degrees of freedom (Wilson and Hilferty's cube root, 1931). Frequencies of
// draws without replacement vary less than Pearson's test assumes, so it is on the lenient side.
func tail(x float64, k int) float64 {
	if k < 1 {
		return 1
	}
	n := float64(k)
	z := (math.Cbrt(x/n) - (1 - 2/(9*n))) / math.Sqrt(2/(9*n))
	return math.Erfc(z/math.Sqrt2) / 2
}
