// Package assign gives proposals to experts: each proposal its number of reviews, each expert a load that fits, nobody a proposal
// that they may not see, and as much expertise as can be had. Every plan comes with what proves it.
//
//	p, err := assign.Read(file)        // experts, proposals, scores, who may not review what
//	plan, err := assign.Total(p)       // the most expertise in all
//	plan, err = assign.Fair(p, o)      // the worst-served proposal first
//	lottery, err := assign.Random(p, cap) // nobody can be sure to get whom they bid for
//	err = plan.Verify(p)               // checks every limit, and the bound, without trusting how the plan was found
//
// A plan is a flow from experts to proposals (package flow), so total expertise is exact, and the prices of experts and proposals
// prove it. Where limits go beyond what a flow can say, and for the worst-served proposal, which is hard, a plan carries an upper
// bound and the gap to it. When limits cannot be met together, the error is an *Impossible, with the smallest changes that would
// make them possible.
//
// Scores are how well an expert knows the matter of a proposal: Score counts in units of 10⁻¹¹, so that sums are exact.
package assign

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Score is in units of 10⁻¹¹.
type Score int64

// One is a score of 1; BestScore is the greatest that is taken.
const (
	One       Score = 100_000_000_000
	BestScore Score = 1000 * One
)

// String writes six decimals, rounded.
func (s Score) String() string {
	sign := ""
	if s < 0 {
		sign, s = "-", -s
	}
	micro := (s + 50_000) / 100_000
	return fmt.Sprintf("%s%d.%06d", sign, micro/1_000_000, micro%1_000_000)
}

// ParseScore reads a decimal number.
func ParseScore(text string) (Score, error) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e6 {
		return 0, refusal.New(refusal.Invalid, "assign.number", lang.T(fmt.Sprintf("“%s”不是分数", text), fmt.Sprintf("%q is not a score", text)))
	}
	return Score(math.Round(f * float64(One))), nil
}

// Expert is one who can review. Least and Most are the fewest and the most proposals. Unit and Kind matter to limits only.
type Expert struct {
	Name        string
	Unit        string // whose people count together
	Kind        string // technical, financial, industry …
	Least, Most int
}

// Proposal is what is to be reviewed, and by how many.
type Proposal struct {
	Name  string
	Needs int
}

// Pair is an expert and a proposal, by their places in the problem.
type Pair struct{ Expert, Proposal int }

// Mix asks for at least and at most so many experts of a kind on every proposal.
type Mix struct {
	Kind        string
	Least, Most int
}

// Problem is all that an assignment depends on.
type Problem struct {
	Experts   []Expert
	Proposals []Proposal
	Scores    []Score // of expert e for proposal p at e*len(Proposals)+p
	Barred    []bool  // in the same order: a conflict of interest, which nobody may override
	Pins      []Pair  // must be
	Forbids   []Pair  // must not be, by a person's decision
	UnitMost  int     // most experts of one unit on a proposal; 0: no limit
	Mix       []Mix
}

// Score is how well the expert knows the proposal's matter.
func (p *Problem) Score(at Pair) Score { return p.Scores[at.Expert*len(p.Proposals)+at.Proposal] }

// Allowed tells whether the pair may be.
func (p *Problem) Allowed(at Pair) bool { return !p.Barred[at.Expert*len(p.Proposals)+at.Proposal] }

func (p *Problem) expert(e int) string {
	if n := p.Experts[e].Name; n != "" {
		return n
	}
	return strconv.Itoa(e + 1)
}

func (p *Problem) proposal(q int) string {
	if n := p.Proposals[q].Name; n != "" {
		return n
	}
	return strconv.Itoa(q + 1)
}

// check refuses what has no meaning, and lays the forbids over the conflicts.
func (p *Problem) check() (*Problem, error) {
	var l refusal.List
	size := len(p.Experts) * len(p.Proposals)
	switch {
	case size == 0:
		return nil, refusal.New(refusal.Invalid, "assign.empty", lang.T("没有专家或者没有申请", "There are no experts or no proposals"))
	case len(p.Scores) != size || len(p.Barred) != size:
		return nil, fmt.Errorf("assign: %d scores and %d marks for %d pairs", len(p.Scores), len(p.Barred), size)
	}
	for e, x := range p.Experts {
		if x.Least < 0 || x.Most < x.Least {
			l.Add(refusal.New(refusal.Invalid, "assign.load", lang.T(fmt.Sprintf("专家 %s 的评审件数至少 %d、至多 %d，不成立", p.expert(e), x.Least, x.Most),
				fmt.Sprintf("Expert %s is to review at least %d and at most %d", p.expert(e), x.Least, x.Most)))).At(fmt.Sprintf("experts[%d]", e))
		}
	}
	for q, x := range p.Proposals {
		if x.Needs < 0 {
			l.Add(refusal.New(refusal.Invalid, "assign.needs", lang.T(fmt.Sprintf("申请 %s 需要的评审数是负数", p.proposal(q)),
				fmt.Sprintf("Proposal %s needs a negative number of reviews", p.proposal(q))))).At(fmt.Sprintf("proposals[%d]", q))
		}
	}
	for i, s := range p.Scores {
		if !p.Barred[i] && (s < 0 || s > BestScore) {
			l.Add(refusal.New(refusal.Invalid, "assign.score", lang.T(fmt.Sprintf("专家 %s 对申请 %s 的分数 %s 不在 0 至 %d 之间", p.expert(i/len(p.Proposals)), p.proposal(i%len(p.Proposals)), s, BestScore/One),
				fmt.Sprintf("The score %s of expert %s for proposal %s is not between 0 and %d", s, p.expert(i/len(p.Proposals)), p.proposal(i%len(p.Proposals)), BestScore/One)))).
				Mend(lang.T("请更正分数；不得评审的，请标为回避", "Correct the score; mark the pair as excluded where it must not be"))
		}
		if len(l) > 20 {
			break
		}
	}
	c := *p
	l = append(l, c.wishes()...)
	return &c, l.Err()
}

// wishes checks pins, forbids and mixes, and bars what is forbidden.
func (p *Problem) wishes() (l refusal.List) {
	inside := func(w Pair) bool {
		return w.Expert >= 0 && w.Expert < len(p.Experts) && w.Proposal >= 0 && w.Proposal < len(p.Proposals)
	}
	if len(p.Forbids) > 0 {
		p.Barred = append([]bool(nil), p.Barred...)
	}
	say := func(id string, w Pair, zh, en string) {
		l.Add(refusal.New(refusal.Invalid, id, lang.T(fmt.Sprintf("专家 %d 与申请 %d："+zh, w.Expert+1, w.Proposal+1), fmt.Sprintf("Expert %d and proposal %d: "+en, w.Expert+1, w.Proposal+1))))
	}
	pinned := map[Pair]bool{}
	for _, w := range p.Pins {
		switch {
		case !inside(w):
			say("assign.nobody", w, "没有这一对", "there is no such pair")
		case !p.Allowed(w):
			say("assign.pin.barred", w, "须回避，不能指定", "in conflict, and cannot be pinned")
		}
		pinned[w] = true
	}
	for _, w := range p.Forbids {
		switch {
		case !inside(w):
			say("assign.nobody", w, "没有这一对", "there is no such pair")
		case pinned[w]:
			say("assign.pin.forbid", w, "既指定又禁止", "both pinned and forbidden")
		default:
			p.Barred[w.Expert*len(p.Proposals)+w.Proposal] = true
		}
	}
	seen := map[string]bool{}
	for _, m := range p.Mix {
		if m.Least < 0 || m.Most < m.Least || seen[m.Kind] {
			l.Add(refusal.New(refusal.Invalid, "assign.mix", lang.T(fmt.Sprintf("“%s”类专家至少 %d、至多 %d，不成立或者重复", m.Kind, m.Least, m.Most),
				fmt.Sprintf("At least %d and at most %d experts of kind %q: it makes no sense, or is said twice", m.Least, m.Most, m.Kind))))
		}
		seen[m.Kind] = true
	}
	return l
}

// ParsePair reads "expert:proposal", counted from 1 as people do.
func ParsePair(text string) (Pair, error) {
	e, q, ok := strings.Cut(text, ":")
	x, err1 := strconv.Atoi(strings.TrimSpace(e))
	y, err2 := strconv.Atoi(strings.TrimSpace(q))
	if !ok || err1 != nil || err2 != nil || x < 1 || y < 1 {
		return Pair{}, refusal.New(refusal.Invalid, "assign.pair", lang.T(fmt.Sprintf("“%s”不是“专家序号：申请序号”", text), fmt.Sprintf("%q is not \"expert:proposal\"", text)))
	}
	return Pair{x - 1, y - 1}, nil
}
