package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"kechuang/internal/portfolio/zeroone"
)

type portfolioCommand struct {
	Plan  portfolioPlanCommand  `cmd:"" help:"Choose under budgets and quotas: the plan, its reasons, what limits cost, the front, the stability."`
	Solve portfolioSolveCommand `cmd:"" help:"Solve multidimensional knapsacks of the OR-Library: value, bound and seconds of each problem, a line each."`
}

type portfolioSolveCommand struct {
	Seconds float64 `default:"60" help:"Time for each problem."`
	File    string  `arg:"" help:"File in the OR-Library's format (mknapcb*.txt)."`
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
			fmt.Fprintf(e.out, "%d %d %.2f\n", a.Value, a.Bound, took)
		case a.Proved:
			fmt.Fprintf(e.out, "infeasible infeasible %.2f\n", took)
		default:
			fmt.Fprintf(e.out, "unknown %d %.2f\n", a.Bound, took)
		}
	}
	return e.ctx.Err()
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
