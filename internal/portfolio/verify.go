package portfolio

import (
	"context"
	"fmt"
	"math/big"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/portfolio/zeroone/verify"
	"kechuang/internal/refusal"
)

// mostSteps is how long a proof may be to be handed out: it stands in a file that people attach.
const mostSteps = 5_000

// Prove writes down why no plan of the question is worth more than the plan's bound, so that somebody else can check it without searching; nil
// where so much work, the time or the length of a file does not suffice.
func Prove(ctx context.Context, q *Question, p *Plan, o Options) (*zeroone.BoundProof, error) {
	m, err := modelOf(q)
	if err != nil {
		return nil, err
	}
	f, err := zeroone.Prove(ctx, m.p, p.Bound, o.withDefaults().Work)
	if f == nil || len(f.Tree) > mostSteps {
		return nil, err
	}
	return f, err
}

// Verdict is what somebody finds who checks a memo.
type Verdict struct {
	Value int64     `json:"value"`
	Bound int64     `json:"bound"`
	Spent money.Fen `json:"spent"`
	Steps int       `json:"steps"` // of the proof that nothing is worth more than Bound; 0: the memo carries none
}

// Verify checks a memo without searching: the digest, the plan against each limit in the question's own terms, its sums, and the proof that no plan
// is worth more than the bound. The first thing that does not hold is the error.
func (m *Memo) Verify() (*Verdict, error) {
	q, p := &m.Question, &m.Plan
	if err := q.Check(); err != nil {
		return nil, err
	}
	if err := m.Holds(); err != nil {
		return nil, err
	}
	lots, err := q.lotsOf(p.Chosen)
	if err != nil {
		return nil, err
	}
	v := &Verdict{Bound: p.Bound}
	for i, l := range lots {
		if l > 0 {
			v.Value += q.value(&q.Candidates[i].Lots[l-1])
			v.Spent += q.Candidates[i].Lots[l-1].cost()
		}
	}
	if v.Value != p.Value || v.Spent != p.Spent || v.Value > p.Bound || p.Proved != (p.Value == p.Bound) {
		return nil, untrue("sums", "方案的总分、用款或上限与逐项相加的结果不符", "The plan's value, money or bound is not what its parts add up to")
	}
	if broken := q.Broken(lots); broken != nil {
		return nil, untrue("broken", "方案违反了“"+broken.ZH+"”", "The plan breaks “"+broken.In(lang.EN)+"”")
	}
	if m.Proof == nil {
		return v, nil
	}
	v.Steps = len(m.Proof.First) + len(m.Proof.Tree)
	if m.Proof.None || m.Proof.Most != p.Bound {
		return nil, untrue("proof", "证明说的不是这个上限", "The proof is of another bound")
	}
	if err := verify.Check(build(q).p, m.Proof); err != nil {
		return nil, untrue("proof", "证明不成立："+err.Error(), "The proof does not hold: "+err.Error())
	}
	return v, nil
}

func untrue(id, zh, en string) error {
	return refusal.New(refusal.Invalid, "portfolio."+id, lang.T(zh, en))
}

// lotsOf is the lot of each candidate (1 is the first, 0 none) that a choice names.
func (q *Question) lotsOf(chosen []Award) ([]int, error) {
	at := map[string]int{}
	for i := range q.Candidates {
		at[q.Candidates[i].ID] = i
	}
	lots := make([]int, len(q.Candidates))
	for _, a := range chosen {
		i, ok := at[a.Candidate]
		if !ok || lots[i] != 0 || a.Lot < 1 || a.Lot > len(q.Candidates[i].Lots) {
			return nil, untrue("chosen", fmt.Sprintf("方案里的“%s”第 %d 档不存在或重复", a.Candidate, a.Lot), fmt.Sprintf("Lot %d of “%s” is not there, or twice", a.Lot, a.Candidate))
		}
		lots[i] = a.Lot
	}
	return lots, nil
}

// Broken is the first limit that a choice of lots (by candidate, 0 is none) breaks, nil when it keeps all. It reads the question as a person would, and
// knows nothing of rows.
func (q *Question) Broken(lots []int) *lang.Text {
	s := &reading{q: q, lots: lots, at: map[string]int{}}
	for i := range q.Candidates {
		s.at[q.Candidates[i].ID] = i
		if c := &q.Candidates[i]; lots[i] < c.Committed {
			return named("已承诺资助“"+c.Name+"”", "“"+c.Name+"” is promised already")
		}
	}
	for _, p := range q.Pins {
		if l := lots[s.at[p.Candidate]]; p.In && l < max(p.Lot, 1) || !p.In && l > 0 {
			return named("人工指定“"+p.Candidate+"”", "the pin of “"+p.Candidate+"”")
		}
	}
	for i := range q.Aims {
		if a := &q.Aims[i]; a.Least != nil && s.reached(a.ID) < *a.Least {
			return named("“"+a.Name.ZH+"”的下限", "the floor of “"+a.Name.In(lang.EN)+"”")
		}
	}
	for i := range q.Budgets {
		if b := &q.Budgets[i]; b.Spent+s.money(b.costs) > b.Limit {
			return &b.Name
		}
	}
	for i := range q.Quotas {
		if x := &q.Quotas[i]; !s.within(x) {
			return &x.Name
		}
	}
	for i := range q.Exclusions {
		if x := &q.Exclusions[i]; int64(s.count(x.Candidates)) > x.AtMost {
			return &x.Name
		}
	}
	for i := range q.Needs {
		if d := &q.Needs[i]; !s.met(d) {
			return &d.Name
		}
	}
	return nil
}

func named(zh, en string) *lang.Text {
	t := lang.T(zh, en)
	return &t
}

// reading is a choice beside its question.
type reading struct {
	q    *Question
	lots []int
	at   map[string]int
}

// each goes through what is chosen.
func (s *reading) each(do func(c *Candidate, l *Lot)) {
	for i, l := range s.lots {
		if l > 0 {
			do(&s.q.Candidates[i], &s.q.Candidates[i].Lots[l-1])
		}
	}
}

func (s *reading) money(of func(*Lot) money.Fen) (sum money.Fen) {
	s.each(func(_ *Candidate, l *Lot) { sum += of(l) })
	return sum
}

func (s *reading) reached(aim string) (sum int64) {
	s.each(func(_ *Candidate, l *Lot) { sum += l.Scores[aim].Value })
	return sum
}

// count is how many of these, each counted once, are chosen.
func (s *reading) count(ids []string) (n int) {
	seen := map[string]bool{}
	for _, id := range ids {
		if !seen[id] && s.lots[s.at[id]] > 0 {
			n++
		}
		seen[id] = true
	}
	return n
}

func (s *reading) within(x *Quota) bool {
	var n int64
	var in, all money.Fen
	s.each(func(c *Candidate, l *Lot) {
		all += l.cost()
		if x.covers(c) {
			n++
			in += l.cost()
		}
	})
	has, whole := big.NewInt(n), big.NewInt(1)
	switch x.Measure {
	case Money:
		has.SetInt64(int64(in))
	case Share: // in/all against millionths
		has.Mul(big.NewInt(int64(in)), big.NewInt(1_000_000))
		whole.SetInt64(int64(all))
	}
	against := func(limit *int64) int { return has.Cmp(new(big.Int).Mul(big.NewInt(*limit), whole)) }
	return (x.Least == nil || against(x.Least) >= 0) && (x.Most == nil || against(x.Most) <= 0)
}

func (s *reading) met(d *Dependency) bool {
	if s.count([]string{d.Candidate}) == 0 {
		return true
	}
	for _, id := range d.All {
		if s.count([]string{id}) == 0 {
			return false
		}
	}
	return len(d.Any) == 0 || s.count(d.Any) > 0
}
