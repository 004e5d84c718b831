// Package portfolio chooses what a city funds: projects, platforms or challenges, under budgets by year and source, quotas by chain, path,
// district and unit, exclusions, dependencies, steps of funding and money that is committed already.
//
//	plan, err := portfolio.Choose(ctx, q, portfolio.Options{})
//	plan.Chosen          // who gets which lot
//	plan.Value           // what that is worth, by the question's aims and weights
//	plan.Bound           // no plan within the limits is worth more; plan.Proved when they are equal
//	plan.Limits          // how far each limit is used
//
//	portfolio.Reasons(ctx, q, plan, o)  // for each candidate: chosen, and what the plan loses without it; or not, and by how little
//	portfolio.Costs(ctx, q, plan, o)    // what each limit costs, and what the next money is worth
//	portfolio.Front(ctx, q, a, b, o)    // every best compromise between two aims
//	portfolio.Stability(ctx, q, plan, o) // how often each candidate stays chosen when scores move within their uncertainty
//	portfolio.Prove(ctx, q, plan, o)    // why no plan is worth more, step by step
//	memo.Verify()                       // all of it again by somebody who searches nothing
//
// It is pure: a snapshot in, an answer with its reasons out. Money is int64 fen and scores are int64; the choice is made exactly by
// zeroone, and where the time does not suffice for a proof, the gap is told. Limits that contradict each other are refused with the
// smallest set that does, and with what each of them would have to be.
package portfolio

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"kechuang/internal/lang"
	"kechuang/internal/money"
)

// Question is what is to be decided, complete: the same question has the same answer for ever.
type Question struct {
	Title      lang.Text    `json:"title,omitzero"`
	Aims       []Goal       `json:"aims"`
	Scale      int64        `json:"scale,omitempty"` // value that is said as one point; 0 is 1
	Candidates []Candidate  `json:"candidates"`
	Budgets    []Budget     `json:"budgets"`
	Quotas     []Quota      `json:"quotas,omitempty"`
	Exclusions []Exclusive  `json:"exclusions,omitempty"`
	Needs      []Dependency `json:"needs,omitempty"`
	Pins       []Pin        `json:"pins,omitempty"`
}

// Goal is one thing that scores measure. A plan's value is the sum over its lots and aims of score × weight. Least is what the plan must reach
// in this aim, whatever it weighs: a point of a front is the plan with its floor.
type Goal struct {
	ID     string    `json:"id"`
	Name   lang.Text `json:"name"`
	Weight int64     `json:"weight"`
	Least  *int64    `json:"least,omitempty"`
}

// Candidate is one thing that may be funded, at one of its lots or not at all.
type Candidate struct {
	ID   string              `json:"id"`
	Name string              `json:"name"`
	Tags map[string][]string `json:"tags,omitempty"` // dimension (chain, path, district, unit …) → codes; several where it belongs to several
	Lots []Lot               `json:"lots"`           // one: all or nothing; several: steps, at most one of which is taken
	// Committed is the number of the least lot that is promised already (1 is the first); 0 where nothing is.
	Committed int `json:"committed,omitempty"`
}

// Lot is one size in which a candidate can be funded: what it costs in all, and its scores by aim.
type Lot struct {
	Name   string           `json:"name,omitempty"`
	Costs  []Outlay         `json:"costs"`
	Scores map[string]Score `json:"scores"`
}

// Outlay is money of one year from one source.
type Outlay struct {
	Year   int       `json:"year"`
	Source string    `json:"source"`
	Fen    money.Fen `json:"fen"`
}

// Score is a judgement with its uncertainty: the true value is thought to lie within Value ± Spread.
type Score struct {
	Value  int64 `json:"value"`
	Spread int64 `json:"spread,omitempty"`
}

// Budget limits the money of some years and sources; empty lists mean all. Spent is what is gone or promised outside this question.
type Budget struct {
	ID      string    `json:"id"`
	Name    lang.Text `json:"name"`
	Years   []int     `json:"years,omitempty"`
	Sources []string  `json:"sources,omitempty"`
	Limit   money.Fen `json:"limit"`
	Spent   money.Fen `json:"spent,omitempty"`
}

// Quota limits the candidates that carry one of the codes in a dimension: their number, their money, or their share of all money chosen.
// Without codes it limits all.
type Quota struct {
	ID      string    `json:"id"`
	Name    lang.Text `json:"name"`
	Dim     string    `json:"dim,omitempty"`
	Codes   []string  `json:"codes,omitempty"`
	Measure Measure   `json:"measure"`
	Least   *int64    `json:"least,omitempty"` // number, fen or ppm
	Most    *int64    `json:"most,omitempty"`
}

// Measure is what a quota counts.
type Measure string

// The measures, and the unit of a quota's limits.
const (
	Count Measure = "count" // candidates
	Money Measure = "money" // fen
	Share Measure = "share" // ppm of all money that the plan spends
)

// Exclusive allows at most so many of these.
type Exclusive struct {
	ID         string    `json:"id"`
	Name       lang.Text `json:"name"`
	Candidates []string  `json:"candidates"`
	AtMost     int64     `json:"at_most"`
}

// Dependency says that a candidate makes sense only with all (or any) of the others.
type Dependency struct {
	ID        string    `json:"id"`
	Name      lang.Text `json:"name"`
	Candidate string    `json:"candidate"`
	All       []string  `json:"all,omitempty"`
	Any       []string  `json:"any,omitempty"`
}

// Pin is a person's word: this candidate is in, at this lot or above, or out, with who says so and why.
type Pin struct {
	Candidate string `json:"candidate"`
	In        bool   `json:"in"`
	Lot       int    `json:"lot,omitempty"` // at least this one; 0 is any
	By        string `json:"by,omitempty"`
	Why       string `json:"why,omitempty"`
}

// Options limit the effort; the same Work gives the same answer on every machine.
type Options struct {
	Work    int // pivots for the plan itself; 0: a million
	Smaller int // pivots for each of the many questions around it; 0: a twentieth
}

func (o Options) withDefaults() Options {
	if o.Work == 0 {
		o.Work = 1_000_000
	}
	if o.Smaller == 0 {
		o.Smaller = o.Work / 20
	}
	return o
}

// Plan is the answer: a choice, its value, and how good it is.
type Plan struct {
	Chosen []Award     `json:"chosen"`
	Value  int64       `json:"value"`
	Bound  int64       `json:"bound"`
	Proved bool        `json:"proved"`
	Totals []AimTotal  `json:"totals"`
	Spent  money.Fen   `json:"spent"`
	Limits []LimitUse  `json:"limits"`
	Digest string      `json:"digest"` // of question and choice
	Work   int         `json:"work"`
	taken  map[int]int // candidate → lot
}

// Award is a candidate at one of its lots (1 is the first).
type Award struct {
	Candidate string    `json:"candidate"`
	Lot       int       `json:"lot"`
	Cost      money.Fen `json:"cost"`
	Value     int64     `json:"value"`
}

// AimTotal is what the plan reaches in one aim.
type AimTotal struct {
	Aim   string `json:"aim"`
	Value int64  `json:"value"`
}

// LimitUse is how far a limit is used, in its own unit.
type LimitUse struct {
	ID    string    `json:"id"`
	Name  lang.Text `json:"name"`
	Kind  string    `json:"kind"` // budget, quota, exclusion, dependency, aim, committed, pin
	Unit  string    `json:"unit"` // fen, count, ppm, points
	Used  int64     `json:"used"`
	Least *int64    `json:"least,omitempty"`
	Most  *int64    `json:"most,omitempty"`
	Tight bool      `json:"tight"` // no cheapest lot would fit any more, or the lower limit is just kept
}

// GapPPM is how much better than the plan another could still be, at most, in millionths of the plan's value.
func (p *Plan) GapPPM() int64 {
	if p.Proved || p.Value <= 0 {
		return 0
	}
	return ppm(p.Bound-p.Value, p.Value)
}

// digest binds the choice to its question: SHA-256 over both as JSON (maps by sorted keys).
func digest(q *Question, chosen []Award) string {
	raw, err := json.Marshal(struct {
		Q *Question
		C []Award
	}{q, chosen})
	if err != nil {
		panic(err) // plain data always marshals
	}
	sum := sha256.Sum256(append([]byte("kechuang portfolio v1\n"), raw...))
	return hex.EncodeToString(sum[:])
}
