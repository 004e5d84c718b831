package judge

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"kechuang/internal/match/learn"
)

// A sketch is a text as a short dense vector that needs no vocabulary: every word and every pair of characters stands for a
// random direction that is derived from its hash, weighted by rarity. Likeness of sketches is likeness of texts, up to chance of
// about 1/√size.
const (
	titleSketch = 1024
	needSketch  = 512
	rarityBits  = 15
)

// knowledge is what a trained model has learnt about which achievements go with which needs: a weight for every pair of a
// title's and a need's sketched dimensions. It holds no text and no judgement. One table for each of the three questions
// "above level 1, 2, 3".
type knowledge struct {
	Rarity [1 << rarityBits]uint8 // of words and of pairs of characters, by hash, in sixteenths; 0: never seen
	Mean   [3]float32
	Scale  [3][titleSketch]float32
	Cross  [3][]int8 // titleSketch × needSketch
	Title  [3][titleSketch]float32
	Need   [3][needSketch]float32
	Known  [][]int8 // sketches of the needs it was trained on, in 127ths of their largest: how far a need is from them
}

// How much the parts of the kernel count: the need alone, the title alone, both together.
const partNeed, partTitle, partBoth = 0.3, 0.3, 2.0

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	x := h.Sum64() // FNV's low bits are poor for short strings
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	return x ^ x>>33
}

// sketcher makes sketches and remembers directions.
type sketcher struct {
	rarity     *[1 << rarityBits]uint8
	directions map[string][]float32
}

func newSketcher(rarity *[1 << rarityBits]uint8) *sketcher {
	return &sketcher{rarity: rarity, directions: map[string][]float32{}}
}

func (s *sketcher) direction(term string) []float32 {
	v := s.directions[term]
	if v == nil {
		chance := rand.New(rand.NewPCG(hashOf(term), 5))
		v = make([]float32, titleSketch)
		for i := 0; i < len(v); i += 64 {
			bits := chance.Uint64()
			for k := range 64 {
				v[i+k] = float32(int(bits>>k&1)*2 - 1)
			}
		}
		s.directions[term] = v
	}
	return v
}

func (s *sketcher) weight(term string) float64 {
	if r := s.rarity[hashOf(term)>>(64-rarityBits)]; r > 0 {
		return float64(r) / 16
	}
	return 8
}

// of sketches a passage; words and pairs of characters count about the same.
func (s *sketcher) of(c *corpus, p *passage, size int) []float32 {
	out := make([]float32, size)
	s.add(out, p.counts, c.names, 0.75)
	s.add(out, p.pairs, c.gramNames, 0.66)
	normalise(out)
	return out
}

func (s *sketcher) add(out []float32, counts sparse, names []string, share float64) {
	weights, length := make([]float64, len(counts)), 0.0
	for i, w := range counts {
		weights[i] = (1 + math.Log(float64(w.w))) * s.weight(names[w.at])
		length += weights[i] * weights[i]
	}
	for i, w := range counts {
		f := float32(share * weights[i] / math.Sqrt(length))
		for k, x := range s.direction(names[w.at])[:len(out)] {
			out[k] += f * x
		}
	}
}

func (s *sketcher) ofNeed(c *corpus, n *needText) []float32 {
	a, b := s.of(c, &n.title, needSketch), s.of(c, &n.all, needSketch)
	for k := range a {
		a[k] += b[k]
	}
	normalise(a)
	return a
}

// sketches of a whole corpus.
type sketches struct{ titles, needs [][]float32 }

func (c *corpus) sketches(rarity *[1 << rarityBits]uint8) *sketches {
	s, out := newSketcher(rarity), &sketches{}
	for i := range c.titles {
		out.titles = append(out.titles, s.of(c, &c.titles[i], titleSketch))
	}
	for i := range c.needs {
		out.needs = append(out.needs, s.ofNeed(c, &c.needs[i]))
	}
	return out
}

// rarities are the idf of all terms, in sixteenths.
func (c *corpus) rarities() (table [1 << rarityBits]uint8) {
	note := func(term string, idf float64) {
		at := hashOf(term) >> (64 - rarityBits)
		v := uint8(min(max(idf*16, 1), 255))
		if table[at] == 0 || v < table[at] { // of terms that share a place the more frequent one is met more often
			table[at] = v
		}
	}
	for i, w := range c.names {
		note(w, c.idf(int32(i)))
	}
	for i, g := range c.gramNames {
		note(g, c.gramIDF(int32(i)))
	}
	return table
}

// crossGram is the likeness of all pairs to each other by their sketches: the need's, the title's, and both at once.
func (c *corpus) crossGram(s *sketches) []float32 {
	titles := table(len(s.titles), func(i, j int) float64 { return learn.Dot(s.titles[i], s.titles[j]) })
	needs := table(len(s.needs), func(i, j int) float64 { return learn.Dot(s.needs[i], s.needs[j]) })
	n := len(c.of)
	gram := make([]float32, n*n)
	inParallel(n, func(i int) {
		for j := range n {
			t, d := titles[int(c.of[i])*len(s.titles)+int(c.of[j])], needs[int(c.pairNeed[i])*len(s.needs)+int(c.pairNeed[j])]
			gram[i*n+j] = partNeed*d + partTitle*t + partBoth*t*d
		}
	})
	return gram
}

// newKnowledge turns the kernel's weights of single judgements into weights of dimensions: after this no judgement is left.
func (c *corpus) newKnowledge(s *sketches, rarity *[1 << rarityBits]uint8, at []int32, fit *learn.Kernel) *knowledge {
	k := &knowledge{Rarity: *rarity}
	for _, need := range c.judgedNeeds(at) {
		k.Known = append(k.Known, coarse(s.needs[need]))
	}
	for q := range 3 {
		mean, alphas := fit.Weights(q)
		k.Mean[q] = float32(mean)
		cross := make([]float32, titleSketch*needSketch)
		byNeed := map[int32][]float32{} // one pass over the table for each need
		for i, pair := range at {
			a := float32(alphas[i])
			t, n := s.titles[c.of[pair]], c.pairNeed[pair]
			sum := byNeed[n]
			if sum == nil {
				sum = make([]float32, titleSketch)
				byNeed[n] = sum
			}
			for d, x := range t {
				sum[d] += a * x
				k.Title[q][d] += partTitle * a * x
			}
			for d, x := range s.needs[n] {
				k.Need[q][d] += partNeed * a * x
			}
		}
		for n := range int32(len(c.needs)) { // in order: sums of floats must not depend on a map
			sum := byNeed[n]
			for d := range sum {
				row := cross[d*needSketch : (d+1)*needSketch]
				for e, x := range s.needs[n] {
					row[e] += partBoth * sum[d] * x
				}
			}
		}
		k.Cross[q] = make([]int8, len(cross))
		for d := range titleSketch {
			row := cross[d*needSketch : (d+1)*needSketch]
			top := float32(1e-9)
			for _, x := range row {
				top = max(top, x, -x)
			}
			k.Scale[q][d] = top / 127
			for e, x := range row {
				k.Cross[q][d*needSketch+e] = int8(math.Round(float64(x / top * 127)))
			}
		}
	}
	return k
}

// judgedNeeds are the needs of the pairs, each once.
func (c *corpus) judgedNeeds(at []int32) []int32 {
	var out []int32
	for _, pair := range at {
		out = append(out, c.pairNeed[pair])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func coarse(v []float32) []int8 {
	out, top := make([]int8, len(v)), float32(1e-9)
	for _, x := range v {
		top = max(top, x, -x)
	}
	for i, x := range v {
		out[i] = int8(math.Round(float64(x / top * 127)))
	}
	return out
}

// familiar is how like the likest known need is, from 0 to 1.
func familiar(known [][]int8, need []float32) float64 {
	best := 0.0
	for _, k := range known {
		dot, length := 0.0, 0.0
		for i, x := range k {
			dot += float64(x) * float64(need[i])
			length += float64(x) * float64(x)
		}
		best = max(best, dot/math.Sqrt(length+1e-9))
	}
	return best
}

// facing is a need as the knowledge sees it: what every title dimension is worth to it.
type facing struct {
	worth [3][]float32
	base  [3]float64
	known float64 // how familiar the need is
}

func (k *knowledge) face(need []float32) *facing {
	f := &facing{known: familiar(k.Known, need)}
	for q := range 3 {
		f.base[q] = float64(k.Mean[q]) + learn.Dot(k.Need[q][:], need)
		f.worth[q] = make([]float32, titleSketch)
		for d := range titleSketch {
			row, sum := k.Cross[q][d*needSketch:(d+1)*needSketch], float32(0)
			for e, x := range need {
				sum += float32(row[e]) * x
			}
			f.worth[q][d] = sum*k.Scale[q][d] + k.Title[q][d]
		}
	}
	return f
}

func (f *facing) above(title []float32) (p [3]float64) {
	for q := range 3 {
		p[q] = f.base[q] + learn.Dot(f.worth[q], title)
	}
	return p
}
