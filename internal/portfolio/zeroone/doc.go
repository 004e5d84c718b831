// Package zeroone chooses: of things that are taken or left, those worth most within any number of limits, exactly and with its proof.
//
//	p := &zeroone.Problem{
//		Values: []int64{60, 100, 120},
//		Rows:   []zeroone.Row{{Lo: -zeroone.None, Hi: 50, Items: []int32{0, 1, 2}, Coef: []int64{10, 20, 30}}},
//	}
//	a, err := zeroone.Solve(ctx, p, zeroone.Options{})
//	a.X, a.Value // [false true true], 220
//	a.Bound      // 220: no choice is worth more
//	a.Proved     // true
//
// All numbers are int64; rows have two limits and coefficients of either sign, so that budgets, quotas, exclusions and dependencies are
// all rows. The search is branch and bound over the linear relaxation (simplex.go), best bound first (tree.go), branching by what a few
// pivots into both children show (branch.go), with items fixed by their reduced costs, on how many items there are as well as on each of
// them, and restarted on the core that is left (solve.go); beside it goes a search around the dozen best choices that it came by (around.go), each improved by exchanges first (swap.go).
//
// Floats only propose. Every bound that decides anything is recomputed in integers from the prices that the relaxation proposes
// (lagrange.go), so a rounding error can cost time and never a wrong answer; the bound at the root goes out as a Certificate that anybody
// can check with a page of arithmetic. Work is counted in pivots: the same Options.Work gives the same answer on every machine.
package zeroone
