package packs

import (
	"math/big"
	"testing"

	"kechuang/internal/equity"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// TestParameterSets works every example of every local parameter set out twice: by the calculator, and by a search over fractions that
// reads the set's numbers itself.
func TestParameterSets(t *testing.T) {
	p, list := policy.Load(Shenyang())
	if len(list) > 0 {
		t.Fatal(list)
	}
	if len(p.Sets) != 7 {
		t.Fatalf("%d parameter sets, want the six of the places that were read and the city's own", len(p.Sets))
	}
	for _, s := range p.Sets {
		if len(s.Examples) == 0 {
			t.Errorf("%s has no example", s.Name)
		}
		for _, x := range s.Examples {
			c, err := s.Apply(x)
			if x.Shares == 0 {
				if !refusal.Is(err, x.Bound) {
					t.Errorf("%s, %s: want %s, got %+v %v", s.Name, x.Title.EN, x.Bound, c, err)
				}
				continue
			}
			if err != nil || c.Shares != x.Shares || c.Bound != x.Bound {
				t.Errorf("%s, %s: want %d by %s, got %d by %s (%v)", s.Name, x.Title.EN, x.Shares, x.Bound, c.Shares, c.Bound, err)
			}
			if n := searched(s, x); n != x.Shares {
				t.Errorf("%s, %s: the search finds %d, the example says %d", s.Name, x.Title.EN, n, x.Shares)
			}
		}
	}
}

// searched is the largest number of shares that the money pays for and no rule of the set forbids.
func searched(s *policy.Set, x *policy.SetExample) int64 {
	ppm := func(name string) *big.Rat {
		for _, p := range s.Params {
			if p.Name == name {
				return big.NewRat(int64(p.Value.(share.PPM)), 1_000_000)
			}
		}
		return nil
	}
	paid := int64(x.Principal)
	for _, p := range s.Params {
		if f, ok := p.Value.(money.Fen); ok && p.Name == "project_cap" {
			paid = min(paid, int64(f))
		}
	}
	var total int64
	for _, h := range x.Holders {
		total += h.Shares
	}
	price := big.NewRat(int64(x.Pre), total)
	if d := ppm("discount"); d != nil {
		price.Mul(price, new(big.Rat).Sub(big.NewRat(1, 1), d))
	}
	holds := func(n int64) bool {
		part := func(k int64) *big.Rat { return big.NewRat(k, total+n) }
		if cap := ppm("stake_cap"); cap != nil && part(n).Cmp(cap) > 0 {
			return false
		}
		if floor := ppm("team_floor"); floor != nil && part(x.Holders[0].Shares).Cmp(floor) < 0 {
			return false
		}
		return new(big.Rat).Mul(price, big.NewRat(n, 1)).Cmp(new(big.Rat).SetInt64(paid)) <= 0
	}
	lo, hi := int64(0), int64(equity.MaxShares)
	for lo < hi {
		if mid := lo + (hi-lo+1)/2; holds(mid) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}
