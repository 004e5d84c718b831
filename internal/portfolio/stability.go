package portfolio

import (
	"context"
	"math/rand/v2"
	"slices"

	"kechuang/internal/portfolio/zeroone"
)

// Steadiness is how the plan stands when scores move within their uncertainty.
type Steadiness struct {
	Tries int `json:"tries"`
	Same  int `json:"same"` // tries in which the plan itself was best
	// Kept is how often each candidate was in the best plan, of Tries, in the order of the question.
	Kept []int `json:"kept"`
	// Regret is what the plan was worth less than the best of a try, in ppm of that: the middle and the worst of the tries.
	Regret struct {
		Median int64 `json:"median"`
		Worst  int64 `json:"worst"`
	} `json:"regret"`
	Exact bool `json:"exact"` // every try was solved to its proof
}

// Stability moves each score of each candidate evenly within ± its spread (the lots of a candidate together), chooses anew, and counts. The
// seed makes it repeatable.
func Stability(ctx context.Context, q *Question, p *Plan, tries int, seed uint64, o Options) (*Steadiness, error) {
	o = o.withDefaults()
	m, err := modelOf(q)
	if err != nil {
		return nil, err
	}
	s := &Steadiness{Kept: make([]int, len(q.Candidates)), Exact: true}
	start := m.start(p)
	chance := rand.New(rand.NewPCG(seed, 0x6b65636875616e67))
	var regret []int64
	for range tries {
		moved := &zeroone.Problem{Values: m.moved(chance), Rows: m.p.Rows}
		a, err := zeroone.Solve(ctx, moved, zeroone.Options{Work: o.Smaller, Start: start, Quick: true})
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			break
		}
		s.Tries++
		s.Exact = s.Exact && a.Proved
		for k, in := range a.X {
			if in {
				s.Kept[m.item[k].candidate]++
			}
		}
		loss := max(a.Value-moved.Value(start), 0)
		if loss == 0 {
			s.Same++
		}
		regret = append(regret, ppm(loss, max(a.Value, 1)))
	}
	if len(regret) > 0 {
		slices.Sort(regret)
		s.Regret.Median, s.Regret.Worst = regret[len(regret)/2], regret[len(regret)-1]
	}
	return s, ctx.Err()
}

// moved is the items' values with every score moved at random within its spread.
func (m *model) moved(chance *rand.Rand) []int64 {
	values := slices.Clone(m.p.Values)
	for i := range m.q.Candidates {
		for _, aim := range m.q.Aims {
			by := chance.Int64N(2_000_001) - 1_000_000 // millionths of the spread
			for l := range m.q.Candidates[i].Lots {
				spread := m.q.Candidates[i].Lots[l].Scores[aim.ID].Spread
				values[m.first[i]+l] += aim.Weight * (spread * by / 1_000_000)
			}
		}
	}
	return values
}
