package web

import (
	"bytes"
	"context"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/portfolio"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/refusal"
)

type (
	// PortfolioInput is a question and what shall be answered of it.
	PortfolioInput struct {
		Question portfolio.Question `json:"question"`
		Reasons  bool               `json:"reasons,omitempty" doc:"why each candidate is in or out, and by how little"`
		Costs    bool               `json:"costs,omitempty" doc:"what each limit costs"`
		More     []money.Fen        `json:"more,omitempty" maxItems:"5" doc:"with costs: what so much more money in each budget would bring"`
		Tries    int                `json:"tries,omitempty" minimum:"0" maximum:"300" doc:"how often to move the scores within their uncertainty"`
		Front    []string           `json:"front,omitempty" maxItems:"2" doc:"two aims: the best compromises between them"`
	}
	// PortfolioMemo is the answer. Where the limits contradict each other there is no plan, but the conflict.
	PortfolioMemo struct {
		Plan      *portfolio.Plan       `json:"plan,omitempty"`
		Conflict  *portfolio.Conflict   `json:"conflict,omitempty"`
		Proof     *zeroone.BoundProof   `json:"proof,omitempty" doc:"why no plan is worth more than the bound, step by step; absent where that is too long"`
		Reasons   []portfolio.Reason    `json:"reasons,omitempty"`
		Costs     []portfolio.LimitCost `json:"costs,omitempty"`
		Stability *portfolio.Steadiness `json:"stability,omitempty"`
		Front     *portfolio.Frontier   `json:"front,omitempty"`
	}
)

// An answer is waited for: it may take so long, and a question may be so large.
const (
	portfolioTime = 20 * time.Second
	portfolioMost = 3000 // candidates
)

// Offices decide on money; the adviser stores nothing, so that asking costs nothing but time.
var planners = access{roles: []string{"finance", "auditor", "policy"}, offices: true}

func (s *Server) portfolioRoutes() {
	handle(s, route{method: "POST", path: "/api/portfolio", id: "portfolio", tell: "Choose under budgets and quotas: the plan with its proof, reasons, costs, stability and front; nothing is stored", access: planners},
		func(ctx context.Context, _ identity.Actor, in *struct{ Body PortfolioInput }) (*reply[*PortfolioMemo], error) {
			return answer(advise(ctx, &in.Body))
		})
	handle(s, route{method: "GET", path: "/api/portfolio/candidates", id: "portfolioCandidates", tell: "What could be funded, from the cases of a mechanism that my offices run: amounts, codes, scores", access: planners},
		func(ctx context.Context, who identity.Actor, in *struct {
			Mechanism string `query:"mechanism" required:"true"`
		}) (*reply[*casework.Candidates], error) {
			return answer(s.cases.Candidates(ctx, who, in.Mechanism))
		})
	handle(s, route{method: "POST", path: "/api/portfolio/memo.xlsx", id: "portfolioMemo", tell: "A plan and what was said of it, as a workbook", access: planners, media: xlsx},
		func(ctx context.Context, _ identity.Actor, in *struct{ Body portfolio.Memo }) (*file, error) {
			var b bytes.Buffer
			err := in.Body.XLSX(&b, languageOf(ctx))
			return &file{ContentType: xlsx, Disposition: attachment("portfolio.xlsx"), Body: b.Bytes()}, err
		})
}

// advise answers a question. What the time does not suffice for is left out; the plan itself always comes, with its gap.
func advise(ctx context.Context, in *PortfolioInput) (*PortfolioMemo, error) {
	if len(in.Question.Candidates) > portfolioMost {
		return nil, refusal.New(refusal.TooLarge, "portfolio.too_many", lang.T("备选项目超过 3000 个，请用命令行 kechuang portfolio plan", "More than 3000 candidates; use kechuang portfolio plan"))
	}
	ctx, stop := context.WithTimeout(ctx, portfolioTime)
	defer stop()
	o := portfolio.Options{Work: 400_000, Smaller: 20_000}
	q := &in.Question
	memo := &PortfolioMemo{}
	var err error
	if memo.Plan, err = portfolio.Choose(ctx, q, o); err != nil {
		if memo.Conflict = portfolio.ConflictOf(err); memo.Conflict != nil {
			return memo, nil
		}
		return nil, err
	}
	late := func(err error) error {
		if ctx.Err() != nil {
			return nil // what is there is given
		}
		return err
	}
	if memo.Proof, err = portfolio.Prove(ctx, q, memo.Plan, portfolio.Options{Work: 40_000}); late(err) != nil {
		return nil, err
	}
	if in.Reasons {
		if memo.Reasons, err = portfolio.Reasons(ctx, q, memo.Plan, o); late(err) != nil {
			return nil, err
		}
	}
	if in.Costs {
		if memo.Costs, err = portfolio.Costs(ctx, q, memo.Plan, in.More, o); late(err) != nil {
			return nil, err
		}
	}
	if in.Tries > 0 {
		if memo.Stability, err = portfolio.Stability(ctx, q, memo.Plan, in.Tries, 1, o); late(err) != nil {
			return nil, err
		}
	}
	if len(in.Front) == 2 {
		if memo.Front, err = portfolio.Front(ctx, q, in.Front[0], in.Front[1], 40, o); late(err) != nil {
			return nil, err
		}
	}
	return memo, nil
}
