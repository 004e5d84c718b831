package panel

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"

	"kechuang/internal/lang"
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
// were drawn; and, where some decline in each draw, how often they came as substitutes.
func Frequencies(pool []Candidate, c Criteria, draws, declines int, seed uint64) (drawn, came []Stratum, err error) {
	f, err := Ask{For: "frequencies", Pool: pool, Criteria: c}.Fix()
	if err != nil {
		return nil, nil, err
	}
	first, later := newTally(f.r.Pool, c), newTally(f.r.Pool, c)
	for i := range draws {
		s := Seed(sha256.Sum256(fmt.Appendf(nil, "%d/%d", seed, i)))
		r, err := f.Convene(s, string(binary.BigEndian.AppendUint64(nil, uint64(i))), "")
		if err != nil {
			return nil, nil, err
		}
		first.count(r.Drawn...)
		var in []string
		for n := range declines { // whoever declines does so by where they are in the pool, not by their lot
			who := slices.MinFunc(r.Panel, func(a, b string) int { return cmp.Compare(whim(s, n, a), whim(s, n, b)) })
			instead, err := r.Leave(who, lang.T("谢绝", "declined"))
			if err != nil {
				break
			}
			in = append(in, instead)
		}
		later.count(in...)
	}
	return first.strata(), later.strata(), nil
}

// whim is a number by which people decline.
func whim(s Seed, n int, id string) uint64 {
	sum := sha256.Sum256(fmt.Appendf(s[:], "whim %d %s", n, id))
	return binary.BigEndian.Uint64(sum[:])
}

// tally counts by stratum.
type tally struct {
	names  []string
	of     map[string]int // the stratum of everybody
	people []int
	counts map[string]int
	here   []int
	spread []float64 // of each stratum, the variance of one person's count if all have the same chance
}

// newTally groups people by what the criteria ask about, and by the make of their unit where units are limited.
func newTally(pool []Candidate, c Criteria) *tally {
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
	t := &tally{of: map[string]int{}, counts: map[string]int{}}
	number := map[string]int{}
	for _, p := range pool {
		key := mark(p)
		if c.UnitMost > 0 && p.Unit != "" {
			key += " | " + strings.Join(slices.Sorted(slices.Values(colleagues[p.Unit])), ", ")
		}
		n, known := number[key]
		if !known {
			n = len(t.names)
			number[key] = n
			t.names, t.people = append(t.names, key), append(t.people, 0)
		}
		t.of[p.ID] = n
		t.people[n]++
	}
	t.here, t.spread = make([]int, len(t.names)), make([]float64, len(t.names))
	return t
}

// count enters one draw.
func (t *tally) count(ids ...string) {
	clear(t.here)
	for _, id := range ids {
		t.counts[id]++
		t.here[t.of[id]]++
	}
	for n, k := range t.here {
		size := float64(t.people[n])
		t.spread[n] += float64(k) * (size - float64(k)) / (size * size)
	}
}

// strata compares. Of a stratum of n people of whom k are drawn, everybody is with the chance k/n, and not independently: the statistic is scaled so
// that it has the distribution of chi-square with n - 1 degrees of freedom all the same.
func (t *tally) strata() (out []Stratum) {
	for n, name := range t.names {
		s := Stratum{Name: name, People: t.people[n]}
		for id, of := range t.of {
			if of == n {
				s.Draws += t.counts[id]
			}
		}
		mean := float64(s.Draws) / float64(s.People)
		for id, of := range t.of {
			if d := float64(t.counts[id]) - mean; of == n && t.spread[n] > 0 {
				s.ChiSquare += d * d / t.spread[n] * float64(s.People-1) / float64(s.People)
			}
		}
		s.P = tail(s.ChiSquare, s.People-1)
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Stratum) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// tail is the probability of so large a chi-square with k degrees of freedom (Wilson and Hilferty's cube root, 1931).
func tail(x float64, k int) float64 {
	if k < 1 {
		return 1
	}
	n := float64(k)
	z := (math.Cbrt(x/n) - (1 - 2/(9*n))) / math.Sqrt(2/(9*n))
	return math.Erfc(z/math.Sqrt2) / 2
}
