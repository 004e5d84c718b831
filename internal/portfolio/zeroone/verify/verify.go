// Package verify checks proofs that no choice of a 0/1 problem is better, and searches nothing: a proof that was made by any program, in any
// way, is true when Check says nothing against it.
//
//	err := verify.Check(problem, proof) // nil: no choice within the rows is worth more than proof.Most
//
// It shares no code with the search but the two data types, does all arithmetic in integers of any size, and follows the inequality that
// zeroone.BoundProof states and nothing else. That is why it is short.
package verify

import (
	"errors"
	"fmt"
	"math/big"

	"kechuang/internal/portfolio/zeroone"
)

// Check follows the proof step by step, and says which one does not hold.
func Check(p *zeroone.Problem, f *zeroone.BoundProof) error {
	if err := p.Check(); err != nil {
		return err
	}
	if f == nil {
		return errors.New("verify: there is no proof")
	}
	if f.Shift < 0 || f.Shift > 62 {
		return fmt.Errorf("verify: prices times 2^%d", f.Shift)
	}
	c := &checker{f: f, most: big.NewInt(f.Most)}
	c.lay(p)
	all := place{fixed: make([]int8, len(p.Values)), lo: big.NewInt(0), hi: big.NewInt(int64(len(p.Values)))}
	for j := range all.fixed {
		all.fixed[j] = free
	}
	for _, s := range f.First {
		if s.Do != "fix" || s.Worth {
			return fmt.Errorf("verify: a row alone decides items before the rest: %q does not", s.Do)
		}
		if err := c.fix(&s, &all); err != nil {
			return err
		}
	}
	c.divide(&all)
	c.steps = f.Tree
	if err := c.follow(all); err != nil {
		return err
	}
	if len(c.steps) > 0 {
		return fmt.Errorf("verify: %d steps stand after the end of the proof", len(c.steps))
	}
	return nil
}

// free is an item that nothing has decided yet.
const free = -1

// place is a place of the proof's tree: what is decided there, and between which numbers the count of taken items lies.
type place struct {
	fixed  []int8
	lo, hi *big.Int // of the row that counts, which counts the items that were free when the tree began
}

// checker follows one proof.
type checker struct {
	f      *zeroone.BoundProof
	most   *big.Int
	value  []*big.Int
	row    []row
	base   *big.Int // value of what was decided before the values were divided by unit
	unit   *big.Int
	counts []bool // items that the last row counts
	steps  []zeroone.ProofStep
}

// row is lo ≤ Σ coef·x ≤ hi; nil is no limit. What is decided has not been taken off.
type row struct {
	lo, hi *big.Int
	coef   map[int32]*big.Int
}

func (c *checker) lay(p *zeroone.Problem) {
	for _, v := range p.Values {
		c.value = append(c.value, big.NewInt(v))
	}
	for _, r := range p.Rows {
		x := row{coef: map[int32]*big.Int{}}
		if r.Lo != -zeroone.None {
			x.lo = big.NewInt(r.Lo)
		}
		if r.Hi != zeroone.None {
			x.hi = big.NewInt(r.Hi)
		}
		for k, j := range r.Items {
			x.coef[j] = big.NewInt(r.Coef[k])
		}
		c.row = append(c.row, x)
	}
	c.base, c.unit = new(big.Int), big.NewInt(1)
}

// divide takes what is decided out of rows and values, divides what is left by its greatest common divisor, and adds the row that counts.
func (c *checker) divide(at *place) {
	count := row{coef: map[int32]*big.Int{}}
	unit := new(big.Int)
	c.counts = make([]bool, len(at.fixed))
	for j, v := range at.fixed {
		switch v {
		case free:
			count.coef[int32(j)] = big.NewInt(1)
			c.counts[j] = true
			unit.GCD(nil, nil, unit, new(big.Int).Abs(c.value[j]))
		case 1:
			c.base.Add(c.base, c.value[j])
		}
	}
	if unit.Sign() > 0 {
		c.unit = unit
	}
	for j := range c.value {
		if at.fixed[j] == free {
			c.value[j].Quo(c.value[j], c.unit)
		}
	}
	for i := range c.row {
		c.row[i].divide(at.fixed)
	}
	c.row = append(c.row, count)
	c.most.Sub(c.most, c.base)
	c.most.Div(c.most, c.unit) // towards −∞, for a positive unit
}

func (r *row) divide(fixed []int8) {
	g, used := new(big.Int), new(big.Int)
	for j, a := range r.coef {
		switch fixed[j] {
		case free:
			g.GCD(nil, nil, g, new(big.Int).Abs(a))
			continue
		case 1:
			used.Add(used, a)
		}
		delete(r.coef, j)
	}
	if g.Sign() == 0 {
		g.SetInt64(1)
	}
	for _, a := range r.coef {
		a.Quo(a, g)
	}
	if r.lo != nil { // upwards
		r.lo = new(big.Int).Neg(new(big.Int).Div(new(big.Int).Sub(used, r.lo), g))
	}
	if r.hi != nil { // downwards
		r.hi = new(big.Int).Div(new(big.Int).Sub(r.hi, used), g)
	}
}

// follow takes the steps of one place, and of those below it.
func (c *checker) follow(at place) error {
	for {
		if len(c.steps) == 0 {
			return fmt.Errorf("verify: the proof ends before everything is closed")
		}
		s := c.steps[0]
		c.steps = c.steps[1:]
		switch s.Do {
		case "close":
			return c.close(&s, &at)
		case "fix":
			if err := c.fix(&s, &at); err != nil {
				return err
			}
		case "split", "count":
			one, other, err := c.apart(&s, at)
			if err != nil {
				return err
			}
			if err := c.follow(one); err != nil {
				return err
			}
			at = other
		default:
			return fmt.Errorf("verify: there is no step %q", s.Do)
		}
	}
}

// apart makes the two places of which every choice of this one is in either.
func (c *checker) apart(s *zeroone.ProofStep, at place) (one, other place, err error) {
	copied := func() place {
		return place{append([]int8(nil), at.fixed...), at.lo, at.hi}
	}
	one, other = copied(), copied()
	if s.Do == "count" {
		one.hi, other.lo = lesser(at.hi, big.NewInt(s.At)), greater(at.lo, big.NewInt(s.At+1))
		return one, other, nil
	}
	if len(s.Items) != 1 || !c.isFree(s.Items[0], &at) {
		return one, other, fmt.Errorf("verify: a split of %v, which is not one item that is free", s.Items)
	}
	one.fixed[s.Items[0]], other.fixed[s.Items[0]] = 0, 1
	return one, other, nil
}

func (c *checker) isFree(j int32, at *place) bool {
	return j >= 0 && int(j) < len(at.fixed) && at.fixed[j] == free
}

// close holds when nothing better is left at the place.
func (c *checker) close(s *zeroone.ProofStep, at *place) error {
	z, _, none, err := c.bound(s, at)
	if err != nil || none || c.closes(z, s.Worth) {
		return err
	}
	return fmt.Errorf("verify: a place is closed that may hold more")
}

// closes compares the right side of the inequality, times 2^Shift where values count.
func (c *checker) closes(z *big.Int, worth bool) bool {
	if !worth {
		return z.Sign() < 0
	}
	return !c.f.None && new(big.Int).Rsh(z, uint(c.f.Shift)).Cmp(c.most) <= 0 // Rsh rounds towards −∞
}

// fix decides each item that turned over leaves nothing better.
func (c *checker) fix(s *zeroone.ProofStep, at *place) error {
	z, left, none, err := c.bound(s, at)
	if err != nil {
		return err
	}
	for _, j := range s.Items {
		if !c.isFree(j, at) {
			return fmt.Errorf("verify: item %d is decided twice", j)
		}
		turned := new(big.Int).Sub(z, new(big.Int).Abs(left[j]))
		if !none && !c.closes(turned, s.Worth) {
			return fmt.Errorf("verify: item %d is decided without need", j)
		}
		at.fixed[j] = 0
		if left[j].Sign() > 0 {
			at.fixed[j] = 1
		}
	}
	return nil
}

// bound is the right side of the inequality at a place, with what each free item adds to it or not by its sign; none is true when some row can no
// longer be kept.
func (c *checker) bound(s *zeroone.ProofStep, at *place) (z *big.Int, left map[int32]*big.Int, none bool, err error) {
	if len(s.Rows) != len(s.Prices) {
		return nil, nil, false, fmt.Errorf("verify: %d prices for %d rows", len(s.Prices), len(s.Rows))
	}
	z, left = new(big.Int), map[int32]*big.Int{}
	for j, v := range at.fixed {
		worth := new(big.Int)
		if s.Worth {
			worth.Lsh(c.value[j], uint(c.f.Shift))
		}
		if v == free {
			left[int32(j)] = worth
		} else if v == 1 && c.counts != nil && c.counts[j] {
			z.Add(z, worth)
		}
	}
	price := map[int32]*big.Int{}
	for k, i := range s.Rows {
		if i < 0 || int(i) >= len(c.row) || price[i] != nil {
			return nil, nil, false, fmt.Errorf("verify: a price of row %d, which is not there or has one", i)
		}
		price[i] = big.NewInt(s.Prices[k])
	}
	for i := range c.row {
		u := price[int32(i)]
		if u == nil && s.Do == "fix" {
			continue
		}
		lo, hi := c.reach(i, at)
		none = none || lo.Cmp(hi) > 0
		if u == nil {
			continue
		}
		z.Add(z, greater(new(big.Int).Mul(u, lo), new(big.Int).Mul(u, hi)))
		for j, a := range c.row[i].coef {
			if at.fixed[j] == free {
				left[j].Sub(left[j], new(big.Int).Mul(u, a))
			}
		}
	}
	for _, x := range left {
		if x.Sign() > 0 {
			z.Add(z, x)
		}
	}
	return z, left, none, nil
}

// reach is what the free items of a row may sum to: within its limits less what is taken, and within what they can sum to at all.
func (c *checker) reach(i int, at *place) (lo, hi *big.Int) {
	r := &c.row[i]
	least, most, used := new(big.Int), new(big.Int), new(big.Int)
	for j, a := range r.coef {
		switch at.fixed[j] {
		case free:
			if a.Sign() < 0 {
				least.Add(least, a)
			} else {
				most.Add(most, a)
			}
		case 1:
			used.Add(used, a)
		}
	}
	low, high := r.lo, r.hi
	if c.counts != nil && i == len(c.row)-1 {
		low, high = at.lo, at.hi
	}
	lo, hi = least, most
	if low != nil {
		lo = greater(lo, new(big.Int).Sub(low, used))
	}
	if high != nil {
		hi = lesser(hi, new(big.Int).Sub(high, used))
	}
	return lo, hi
}

func greater(a, b *big.Int) *big.Int {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

func lesser(a, b *big.Int) *big.Int {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}
