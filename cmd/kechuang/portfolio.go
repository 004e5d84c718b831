package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"time"

	"kechuang/internal/portfolio"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/portfolio/zeroone/verify"
)

type portfolioCommand struct {
	Plan   portfolioPlanCommand   `cmd:"" help:"Choose under budgets and quotas: the plan, its reasons, what limits cost, the front, the stability."`
	Verify portfolioVerifyCommand `cmd:"" help:"Check an answer without searching: digest, limits, sums, and the proof that no plan is worth more."`
	Solve  portfolioSolveCommand  `cmd:"" help:"Solve multidimensional knapsacks of the OR-Library: value, bound and seconds of each problem, a line each."`
}

type portfolioSolveCommand struct {
	Seconds float64 `default:"60" help:"Time for each problem."`
	Prove   bool    `help:"Write the proof of each bound down and check it, too: a fourth column says in how many steps, or that it took too long."`
	File    string  `arg:"" help:"File in the OR-Library's format (mknapcb*.txt)."`
}

type portfolioVerifyCommand struct {
	File string `arg:"" help:"An answer: the JSON or the workbook that is attached to a case."`
}

// Run says what it finds; what does not hold is an error.
func (c *portfolioVerifyCommand) Run(e *env) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	m, err := portfolio.ReadMemo(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	v, err := m.Verify()
	if err != nil {
		return err
	}
	e.say("摘要相符：%s", "the digest is right: %s", m.Plan.Digest)
	e.say("入选 %d 项，用款 %v，总分 %s，逐条限制都满足", "%d chosen, %v, worth %s, every limit is kept", len(m.Plan.Chosen), v.Spent, m.Points(v.Value))
	switch {
	case v.Steps == 0:
		e.say("没有附证明：上限 %s 未核验", "no proof is attached: the bound %s was not checked", m.Points(v.Bound))
	case v.Bound == v.Value:
		e.say("证明成立（%d 步）：没有总分更高的方案", "the proof holds (%d steps): no plan is worth more", v.Steps)
	default:
		e.say("证明成立（%d 步）：没有总分高于 %s 的方案", "the proof holds (%d steps): no plan is worth more than %s", v.Steps, m.Points(v.Bound))
	}
	return nil
}

// Run solves the problems of the file in turn. The bound is proved: equal to the value, the value is the optimum.
func (c *portfolioSolveCommand) Run(e *env) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	list, _, err := zeroone.ReadORLibrary(f)
	if err != nil {
		return err
	}
	for _, p := range list {
		a, took, err := solveWithin(e.ctx, p, c.Seconds)
		switch {
		case err != nil:
			return err
		case a.X != nil:
			fmt.Fprintf(e.out, "%d %d %.2f", a.Value, a.Bound, took)
			if err := c.prove(e, p, a); err != nil {
				return err
			}
			fmt.Fprintln(e.out)
		case a.Proved:
			fmt.Fprintf(e.out, "infeasible infeasible %.2f\n", took)
		default:
			fmt.Fprintf(e.out, "unknown %d %.2f\n", a.Bound, took)
		}
	}
	return e.ctx.Err()
}

// prove says in how many steps the bound is proved, after somebody else has checked them.
func (c *portfolioSolveCommand) prove(e *env, p *zeroone.Problem, a *zeroone.Answer) error {
	if !c.Prove {
		return nil
	}
	limited, stop := context.WithTimeout(e.ctx, time.Duration(c.Seconds*float64(time.Second)))
	defer stop()
	f, err := zeroone.Prove(limited, p, a.Bound, math.MaxInt)
	switch {
	case err != nil:
		return err
	case f == nil:
		fmt.Fprint(e.out, " -")
		return nil
	}
	fmt.Fprintf(e.out, " %d", len(f.First)+len(f.Tree))
	return verify.Check(p, f)
}

// solveWithin solves one problem and checks the answer: the choice within the rows, and the root's bound in exact arithmetic.
func solveWithin(ctx context.Context, p *zeroone.Problem, seconds float64) (*zeroone.Answer, float64, error) {
	limited, stop := context.WithTimeout(ctx, time.Duration(seconds*float64(time.Second)))
	defer stop()
	began := time.Now()
	a, err := zeroone.Solve(limited, p, zeroone.Options{})
	took := time.Since(began).Seconds()
	if err != nil {
		return nil, took, err
	}
	return a, took, a.Check(p)
}
