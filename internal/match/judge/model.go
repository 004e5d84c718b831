package judge

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/gob"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"

	"kechuang/internal/match/learn"
)

// Model is what ships in the binary: trees over the plain signals and the knowledge, trained by Train on the judged pairs that
// training.md describes. It holds weights only.
type Model struct {
	Trees     [3]*learn.Trees
	Knowledge *knowledge
	Seen      seen // what it was trained on
}

//go:embed model.bin
var shippedModel []byte

// Shipped is the model in the binary.
var Shipped = sync.OnceValues(func() (*Model, error) { return ReadModel(bytes.NewReader(shippedModel)) })

// ReadModel reads what Write wrote.
func ReadModel(r io.Reader) (*Model, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("match: the model: %w", err)
	}
	m := &Model{}
	if err := gob.NewDecoder(z).Decode(m); err != nil {
		return nil, fmt.Errorf("match: the model: %w", err)
	}
	return m, nil
}

// Write the model as data: gzip of gob.
func (m *Model) Write(w io.Writer) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(z).Encode(m); err != nil {
		return err
	}
	return z.Close()
}

// parts is into how many deployments the training pairs are cut: the signals of each part are computed from its own texts, as a
// deployment that has only its own texts will.
const parts = 4

// Train learns a model that serves without any judgement of the deployment's own.
func Train(needs []Need, judged []Pair) *Model { return train(needs, judged, nil) }

func train(needs []Need, judged []Pair, without []string) *Model {
	c := newCorpus(needs, judged)
	l := &learner{c: c, targets: make([][]float64, 3)}
	for i, p := range judged {
		l.at = append(l.at, int32(i))
		for q := range 3 {
			l.targets[q] = append(l.targets[q], above(p.Level, q))
		}
	}
	rarity := c.rarities()
	s := c.sketches(&rarity)
	n := len(judged)
	gram := c.crossGram(s)
	const ridge = 1
	m := &Model{Seen: newSeen(needs, judged), Knowledge: c.newKnowledge(s, &rarity, l.at, learn.FitKernel(gram, l.targets, ridge))}
	// The trees must learn how far the knowledge may be trusted: for each row it answers as if the row had not been seen, for half
	// the rows not even their need, since both will be asked.
	var answers [2][]told
	g := &grams{n: n}
	for byNeed := range 2 {
		folds, above := l.folds(byNeed == 1), make([][3]float64, n)
		for fold := range innerFolds {
			g.outOfFold(gram, l.targets, folds, fold, ridge, above)
		}
		answers[byNeed] = l.told(s, folds, above)
	}
	m.grow(needs, judged, answers, without)
	return m
}

func (m *Model) grow(needs []Need, judged []Pair, answers [2][]told, without []string) {
	var rows [][]float32
	var levels []float64
	for byNeed := range 2 {
		for _, part := range partition(judged, byNeed == 1) {
			some := make([]Pair, len(part))
			for i, at := range part {
				some[i] = judged[at]
			}
			c := newCorpus(needs, some)
			for i, at := range part {
				r := row{without: without}
				c.plainSignals(&r, i)
				crossSignals(&r, answers[byNeed][at])
				rows = append(rows, r.values)
				levels = append(levels, judged[at].Level)
			}
		}
	}
	for q := range 3 {
		yes := make([]bool, len(rows))
		for i, level := range levels {
			yes[i] = above(level, q) > 0.5
		}
		grow := growth
		grow.Seed, grow.Trees, grow.Rate, grow.Leaves, grow.Least = uint64(q), 300, 0.04, 8, 8
		m.Trees[q] = learn.Boost(rows, yes, nil, grow)
	}
}

// partition cuts the pairs at random, or so that all pairs of a need stay together.
func partition(pairs []Pair, byNeed bool) [][]int {
	chance := rand.New(rand.NewPCG(3, 5))
	out, of := make([][]int, parts), map[string]int{}
	for i, p := range pairs {
		part := chance.IntN(parts)
		if byNeed {
			if known, ok := of[p.Need]; ok {
				part = known
			}
			of[p.Need] = part
		}
		out[part] = append(out[part], i)
	}
	return out
}

// told is what the knowledge says of a pair, and how like the need is to those that it knows.
type told struct {
	above [3]float64
	known float64
}

// told puts what was answered beside how familiar each row's need was to the other folds.
func (l *learner) told(s *sketches, folds []int, above [][3]float64) []told {
	out, of := make([]told, len(above)), map[[2]int32]float64{}
	for fold := range innerFolds {
		var others []int32
		for i, f := range folds {
			if f != fold {
				others = append(others, l.at[i])
			}
		}
		var known [][]int8
		for _, need := range l.c.judgedNeeds(others) {
			known = append(known, coarse(s.needs[need]))
		}
		for i, f := range folds {
			if f != fold {
				continue
			}
			key := [2]int32{int32(fold), l.c.pairNeed[l.at[i]]}
			if _, ok := of[key]; !ok {
				of[key] = familiar(known, s.needs[key[1]])
			}
			out[i] = told{above[i], of[key]}
		}
	}
	return out
}

func crossSignals(r *row, t told) {
	for q := range 3 {
		r.put("cross", t.above[q])
	}
	r.put("cross.known", t.known)
}

// shipped judges by the model alone, corrected by the few judgements there are.
func (m *Model) shipped(needs []Need, pairs, judged []Pair, without []string) []Verdict {
	c := newCorpus(needs, slices.Concat(judged, pairs))
	all := m.plain(c, without)
	out := make([]Verdict, len(pairs))
	if len(judged) > 0 {
		m.correct(c, all, judged)
	}
	for i := range pairs {
		out[i] = settle(all[len(judged)+i])
	}
	return out
}

// plain gives the model's own chances for every pair of the corpus.
func (m *Model) plain(c *corpus, without []string) [][3]float64 {
	s := c.sketches(&m.Knowledge.Rarity)
	faces := make([]*facing, len(c.needs))
	all := make([][3]float64, len(c.of))
	for i := range c.of {
		need := c.pairNeed[i]
		if faces[need] == nil {
			faces[need] = m.Knowledge.face(s.needs[need])
		}
		r := row{without: without}
		c.plainSignals(&r, i)
		crossSignals(&r, told{faces[need].above(s.titles[c.of[i]]), faces[need].known})
		for q := range 3 {
			all[i][q] = chance(m.Trees[q].LogOdds(r.values))
		}
	}
	return all
}

// correct adds to the model's chances what the judged pairs, which come first, say it is wrong by in their neighbourhood.
func (m *Model) correct(c *corpus, all [][3]float64, judged []Pair) {
	n := len(judged)
	l := c.likenesses(make([][]float32, len(c.of)), n)
	near := func(a, b int) float32 { _, near, _ := c.alike(l, int32(a), int32(b)); return near }
	gram, errors := make([]float32, n*n), make([][]float64, 3)
	for i, p := range judged {
		for j := range n {
			gram[i*n+j] = near(i, j)
		}
		for q := range 3 {
			errors[q] = append(errors[q], above(p.Level, q)-all[i][q])
		}
	}
	fit := learn.FitKernel(gram, errors, 1)
	row := make([]float32, n)
	for i := n; i < len(all); i++ {
		for j := range n {
			row[j] = near(i, j)
		}
		var more [3]float64
		fit.Predict(row, more[:])
		for q := range more {
			mean, _ := fit.Weights(q)
			all[i][q] += more[q] - mean // a bias of few judgements is chance
		}
	}
}
