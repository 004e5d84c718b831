package judge

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Quality of answers against judgements.
type Quality struct {
	Pairs       int
	MAE         float64
	Score       float64 // 1 / (1 + MAE)
	Kappa       float64 // quadratic-weighted
	NDCG        float64 // at 10, mean over needs, gain 2^level - 2
	Calibration float64 // expected calibration error of "above 1", ten bins
}

// Answer is one judged pair with what was answered.
type Answer struct {
	Need    string
	Level   float64
	Verdict Verdict
}

// Measure compares answers with the levels of experts.
func Measure(answers []Answer) Quality {
	q := Quality{Pairs: len(answers)}
	for _, a := range answers {
		q.MAE += math.Abs(a.Verdict.Level()-a.Level) / float64(len(answers))
	}
	q.Score = 1 / (1 + q.MAE)
	q.Kappa, q.NDCG, q.Calibration = kappa(answers), ndcg(answers), calibration(answers)
	return q
}

func kappa(answers []Answer) float64 {
	var seen [5][5]float64
	var rows, cols [5]float64
	n := float64(len(answers))
	for _, a := range answers {
		i, j := int(math.Round(a.Level)), int(math.Round(a.Verdict.Level()))
		seen[i][j]++
		rows[i]++
		cols[j]++
	}
	wrong, byChance := 0.0, 0.0
	for i := range 5 {
		for j := range 5 {
			d := float64((i - j) * (i - j))
			wrong += d * seen[i][j]
			byChance += d * rows[i] * cols[j] / n
		}
	}
	return 1 - wrong/byChance
}

func ndcg(answers []Answer) float64 {
	byNeed := map[string][]Answer{}
	for _, a := range answers {
		byNeed[a.Need] = append(byNeed[a.Need], a)
	}
	sum, n := 0.0, 0.0
	gain := func(list []Answer) (g float64) {
		for i, a := range list[:min(10, len(list))] {
			g += (math.Exp2(a.Level) - 2) / math.Log2(float64(i)+2)
		}
		return g
	}
	needs := make([]string, 0, len(byNeed))
	for need := range byNeed {
		needs = append(needs, need)
	}
	slices.Sort(needs)
	for _, need := range needs {
		list := byNeed[need]
		slices.SortStableFunc(list, func(a, b Answer) int { return cmp.Compare(b.Level, a.Level) })
		best := gain(list)
		if best == 0 {
			continue // all are unrelated: every order is as good
		}
		slices.SortStableFunc(list, func(a, b Answer) int {
			return cmp.Or(cmp.Compare(b.Verdict.Mean(), a.Verdict.Mean()), cmp.Compare(a.Level, b.Level)) // equals in the worst order
		})
		sum += gain(list) / best
		n++
	}
	return sum / n
}

func calibration(answers []Answer) float64 {
	var said, was, count [10]float64
	for _, a := range answers {
		b := min(int(a.Verdict.Above[0]*10), 9)
		said[b] += a.Verdict.Above[0]
		was[b] += above(a.Level, 0)
		count[b]++
	}
	e := 0.0
	for b := range count {
		e += math.Abs(said[b]-was[b]) / float64(len(answers))
	}
	return e
}

// CrossValidate answers every judged pair from the others: five folds by achievement (every need known from other pairs), or by
// need (a need never seen before). Without own judgements a model is trained on the other folds and judges alone, as it ships.
func CrossValidate(needs []Need, judged []Pair, byNeed, own bool, without []string, folds int) []Answer {
	var answers []Answer
	for k := range min(folds, of) {
		asked, seen := fold(judged, byNeed, k)
		var verdicts []Verdict
		if own {
			verdicts = (&Model{}).score(needs, asked, seen, without)
		} else {
			verdicts = train(needs, seen, without).score(needs, asked, nil, without)
		}
		answers = append(answers, answered(asked, verdicts)...)
	}
	return answers
}

// Elsewhere is a deployment whose needs the model has never seen: it is trained on four folds of needs, and of the fifth so many pairs are
// judged and the rest asked. The answers are those of the model alone, of what is learnt from the judged alone, and of both.
func Elsewhere(needs []Need, pairs []Pair, judged, folds int) (alone, own, both []Answer) {
	for k := range min(folds, of) {
		in, seen := fold(pairs, true, k)
		rand.New(rand.NewPCG(9, uint64(k))).Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
		m, known, asked := train(needs, seen, nil), in[:judged], in[judged:]
		alone = append(alone, answered(asked, m.Score(needs, asked, nil))...)
		own = append(own, answered(asked, learnt(needs, asked, known, nil))...)
		both = append(both, answered(asked, m.Score(needs, asked, known))...)
	}
	return alone, own, both
}

const of = 5 // folds there are

// fold gives the pairs of one of five folds, and the others: at random, or so that all pairs of a need stay together.
func fold(pairs []Pair, byNeed bool, k int) (in, others []Pair) {
	chance, ofNeed := rand.New(rand.NewPCG(7, 3)), map[string]int{}
	for _, p := range pairs {
		at := chance.IntN(of)
		if byNeed {
			if known, ok := ofNeed[p.Need]; ok {
				at = known
			}
			ofNeed[p.Need] = at
		}
		if at == k {
			in = append(in, p)
		} else {
			others = append(others, p)
		}
	}
	return in, others
}

func answered(asked []Pair, verdicts []Verdict) (answers []Answer) {
	for i, v := range verdicts {
		answers = append(answers, Answer{asked[i].Need, asked[i].Level, v})
	}
	return answers
}
