package judge

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"kechuang/internal/match/learn"
)

// Verdict is how experts would judge a pair: the chance that it is above level 1, 2 and 3. Level is the median, which is wrong by
// the least on average.
type Verdict struct {
	Above [3]float64
}

// Level from 1 to 4.
func (v Verdict) Level() float64 {
	level := 1.0
	for _, p := range v.Above {
		if p > 0.5 {
			level++
		}
	}
	return level
}

// Mean is the expected level, for ranking: it tells apart what the median puts on one level.
func (v Verdict) Mean() float64 { return 1 + v.Above[0] + v.Above[1] + v.Above[2] }

// settle makes chances of what several models said: between 0 and 1, and falling.
func settle(p [3]float64) Verdict {
	for k := range p {
		if math.IsNaN(p[k]) {
			p[k] = 0
		}
		p[k] = min(max(p[k], 0), 1)
		if k > 0 {
			p[k] = min(p[k], p[k-1])
		}
	}
	return Verdict{p}
}

// trees of the small kind: the signals are few and the judgements noisy.
var growth = learn.Growth{Trees: 300, Rate: 0.03, Leaves: 6, Least: 8, Ridge: 10, Rows: 0.6, Features: 0.3}

const (
	ridge = 0.7
	// shippedShare is the shipped model's part of an answer beside what is learnt from judgements that it has not seen itself. Of those that it
	// was trained on it has nothing to add.
	shippedShare = 0.5
	enough       = 300  // judgements from which on a deployment's own are better than what ships
	mostKernel   = 9000 // judgements that kernels look at: the latest; their table grows with the square
)

// Score judges pairs. With enough judgements of the deployment's own it learns from them, here and now, and the model, corrected by them, has
// half a say beside; with few the model is corrected only; with none it serves alone. The answers are in the order of the pairs.
func (m *Model) Score(needs []Need, pairs, judged []Pair) []Verdict {
	return m.score(needs, pairs, judged, nil)
}

func (m *Model) score(needs []Need, pairs, judged []Pair, without []string) []Verdict {
	judged = slices.DeleteFunc(slices.Clone(judged), func(p Pair) bool { return p.Level == 0 })
	if len(judged) < enough {
		return m.shipped(needs, pairs, judged, without)
	}
	if len(judged) > mostKernel {
		judged = judged[len(judged)-mostKernel:]
	}
	out := learnt(needs, pairs, judged, without)
	if m.Knowledge == nil {
		return out
	}
	share := shippedShare * (1 - m.Seen.share(needs, judged))
	for i, v := range m.shipped(needs, pairs, judged, without) {
		for q := range v.Above {
			v.Above[q] = share*v.Above[q] + (1-share)*out[i].Above[q]
		}
		out[i] = settle(v.Above)
	}
	return out
}

// learnt judges pairs by what is learnt from the judged ones alone.
func learnt(needs []Need, pairs, judged []Pair, without []string) []Verdict {
	c := newCorpus(needs, slices.Concat(judged, pairs))
	l := newLearner(c, judged, without)
	out := make([]Verdict, len(pairs))
	var known, unknown []int32 // by whether their need has been judged before
	for i := range pairs {
		at := int32(len(judged) + i)
		if l.judged[c.pairNeed[at]] {
			known = append(known, at)
		} else {
			unknown = append(unknown, at)
		}
	}
	for _, group := range []struct {
		ask   []int32
		fresh bool
	}{{known, false}, {unknown, true}} {
		if len(group.ask) == 0 {
			continue
		}
		for i, v := range l.answer(group.ask, group.fresh) {
			out[int(group.ask[i])-len(judged)] = v
		}
	}
	return out
}

// learner learns from the judged pairs, which come first in the corpus.
type learner struct {
	c       *corpus
	likes   *likenesses
	plain   [][]float32
	levels  []float64 // of all pairs; 0 where not judged
	at      []int32   // the judged
	targets [][]float64
	base    [3]float64 // shares of the judged above 1, 2, 3
	judged  map[int32]bool
	without []string
}

func newLearner(c *corpus, judged []Pair, without []string) *learner {
	l := &learner{c: c, levels: make([]float64, len(c.of)), judged: map[int32]bool{}, without: without, targets: make([][]float64, 3)}
	for i := range c.of {
		var r row
		r.without = without
		c.plainSignals(&r, i)
		l.plain = append(l.plain, r.values)
	}
	l.likes = c.likenesses(l.plain, len(judged))
	for i, p := range judged {
		l.levels[i] = p.Level
		l.at = append(l.at, int32(i))
		l.judged[c.pairNeed[i]] = true
		for q := range 3 {
			y := above(p.Level, q)
			l.targets[q] = append(l.targets[q], y)
			l.base[q] += y / float64(len(judged))
		}
	}
	return l
}

// above answers whether a level is above q+1; 2.5 is halfway above 2.
func above(level float64, q int) float64 { return min(max(level-float64(q)-1, 0), 1) }

// answer judges the asked pairs. With fresh their needs have never been judged, so every judged pair is looked at as if its need
// had not been either.
func (l *learner) answer(ask []int32, fresh bool) []Verdict {
	seen, fits := l.c.grams(l.likes, l.at).predict(l.targets, l.folds(fresh), ridge)
	asked := l.c.ask(l.likes, l.at, ask, fits)
	var rows, questions [][]float32
	for i, pair := range l.at {
		rows = append(rows, l.row(pair, fresh, &seen, i))
	}
	for i, pair := range ask {
		questions = append(questions, l.row(pair, fresh, &asked, i))
	}
	sum := make([][3]float64, len(ask))
	inParallel(3, func(q int) {
		yes := make([]bool, len(rows))
		for i, y := range l.targets[q] {
			yes[i] = y > 0.5
		}
		grow := growth
		grow.Seed = uint64(q)
		trees := learn.Boost(rows, yes, nil, grow)
		for i, r := range questions {
			sum[i][q] = chance(trees.LogOdds(r))
		}
	})
	out := make([]Verdict, len(ask))
	for i := range ask {
		if !has(l.without, "kernel") {
			for q := range 3 {
				sum[i][q] = (sum[i][q] + asked[0][i][q]) / 2
			}
		}
		out[i] = settle(sum[i])
	}
	return out
}

func chance(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

// row of a pair: what is seen without judgements, what the judgements of others say, what the kernels answered.
func (l *learner) row(pair int32, fresh bool, answers *[kernels][][3]float64, i int) []float32 {
	r := row{values: slices.Clone(l.plain[pair]), without: l.without}
	need := l.c.pairNeed[pair]
	l.c.judgedSignals(&r, l.levels, int(pair), l.base, func(p int32) bool { return p == pair || fresh && l.c.pairNeed[p] == need })
	for k := range kernels {
		for q := range 3 {
			r.put("kernel", answers[k][i][q])
		}
	}
	return r.values
}

// folds of the judged pairs: by need when the needs that are asked are new.
func (l *learner) folds(byNeed bool) []int {
	chance := rand.New(rand.NewPCG(11, 13))
	out, ofNeed := make([]int, len(l.at)), map[int32]int{}
	for i := range out {
		fold := chance.IntN(innerFolds)
		if byNeed {
			need := l.c.pairNeed[l.at[i]]
			if known, ok := ofNeed[need]; ok {
				fold = known
			}
			ofNeed[need] = fold
		}
		out[i] = fold
	}
	return out
}

// Signals are the groups of signals, for measuring what each is worth.
var Signals = []string{"words", "grams", "vectors", "shape", "rivals", "own", "kernel", "cross"}

var groups = map[string]string{
	"words": "words", "bm25": "words", "cover": "words", "sum": "words", "top": "words", "hits": "words", "often": "words",
	"grams": "grams", "vector": "vectors", "align": "vectors", "size": "shape", "rarity": "shape",
	"rivals": "rivals", "own": "own", "kernel": "kernel", "cross": "cross",
}

// group that a single signal belongs to.
func group(signal string) string {
	head, _, _ := strings.Cut(signal, ".")
	return groups[head]
}

func has(list []string, name string) bool { return slices.Contains(list, name) }
