package zeroone

import (
	"fmt"
	"math"
	"math/big"
)

// Certificate proves a bound to whoever checks it: prices of the rows, times 2^Shift. For any prices whatever,
//
//	Σ c·x ≤ Σ_i max(u_i·Lo_i, u_i·Hi_i) + Σ_j max(0, c_j − Σ_i u_i·a_ij)
//
// holds for every choice x within the rows.
type Certificate struct {
	Prices []int64 `json:"prices"` // one a row of the problem
	Shift  int     `json:"shift"`
	Bound  int64   `json:"bound"`
}

// certificate translates the prices of a tree's root back to the problem's rows.
func certificate(p *Problem, s *shape, t *tree) Certificate {
	c := Certificate{Prices: make([]int64, len(p.Rows)), Shift: 40}
	price := make([]float64, len(p.Rows))
	top := 1.0
	for k, i := range s.from {
		if t.rootU != nil {
			price[i] = math.Ldexp(float64(t.rootU[k]), -t.e.shift) * float64(s.unit) / float64(s.div[k])
		}
		top = max(top, math.Abs(price[i]))
	}
	for c.Shift > 0 && math.Ldexp(top, c.Shift) > 1<<61 {
		c.Shift--
	}
	for i := range price {
		c.Prices[i] = int64(math.Round(math.Ldexp(price[i], c.Shift)))
	}
	c.Bound = math.MaxInt64
	if z := c.recompute(p); z.IsInt64() {
		c.Bound = z.Int64()
	}
	return c
}

// Check recomputes the bound from the prices in exact arithmetic of any size, and says what differs.
func (c *Certificate) Check(p *Problem) error {
	if len(c.Prices) != len(p.Rows) || c.Shift < 0 || c.Shift > 62 {
		return fmt.Errorf("zeroone: a certificate of %d prices for %d rows", len(c.Prices), len(p.Rows))
	}
	proved := c.recompute(p)
	if !proved.IsInt64() || proved.Int64() > c.Bound {
		return fmt.Errorf("zeroone: the prices prove %v, the certificate says %d", proved, c.Bound)
	}
	return nil
}

// recompute is the bound, rounded down.
func (c *Certificate) recompute(p *Problem) *big.Int {
	z := new(big.Int)
	left := make([]*big.Int, len(p.Values))
	for j, v := range p.Values {
		left[j] = new(big.Int).Lsh(big.NewInt(v), uint(c.Shift))
	}
	for i := range p.Rows {
		u := big.NewInt(c.Prices[i])
		if u.Sign() == 0 {
			continue
		}
		lo, hi := p.Rows[i].reach()
		z.Add(z, larger(new(big.Int).Mul(u, big.NewInt(lo)), new(big.Int).Mul(u, big.NewInt(hi))))
		for k, j := range p.Rows[i].Items {
			left[j].Sub(left[j], new(big.Int).Mul(u, big.NewInt(p.Rows[i].Coef[k])))
		}
	}
	for _, r := range left {
		if r.Sign() > 0 {
			z.Add(z, r)
		}
	}
	return z.Rsh(z, uint(c.Shift)) // towards −∞
}

// reach is the row's limits, or what its items can sum to where those are narrower.
func (r *Row) reach() (lo, hi int64) {
	for _, c := range r.Coef {
		lo, hi = lo+min(c, 0), hi+max(c, 0)
	}
	return max(lo, r.Lo), min(hi, r.Hi)
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}
