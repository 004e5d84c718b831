package equity

import (
	"math/big"
	"slices"

	"kechuang/internal/money"
	"kechuang/internal/share"
)

// Financing is a round that is to be priced: what the company is worth before it, who puts in what, what converts with it, and how
// large the pool is to be after it.
type Financing struct {
	Pre       money.Fen
	Money     []money.Fen // of each investor
	Notes     []Note      // what was promised shares at this round
	Pool      share.PPM   // least part of all shares after the round that lies in pools; 0: as it is
	Decimals  int         // of the price in yuan, rounded up; below zero: exact
	RoundHalf bool        // shares to the nearest whole; else down
}

// Note is money that converts at a round: at the lower of the round's price less a discount, and of the price that makes it a part of
// Cap before the round (a post-money cap: what it gets over all shares before the round's new money and new pool).
type Note struct {
	Money    money.Fen
	Cap      Ratio // in fen; zero: none
	Discount share.PPM
}

// Priced is a round worked out.
type Priced struct {
	Price    Ratio // fen a share
	Shares   []int64
	Notes    []int64
	Pool     int64 // all that lies in pools after it
	NewPool  int64
	Before   int64 // all shares with the notes' but without the new money and the new pool
	Total    int64
	Invested money.Fen // new money and notes
}

// Finance prices a round. The price, the notes' shares and the pool depend on each other: the pool is a part of all shares, all shares
// follow from the price, the price from the pool. They are found by going round until the whole shares stay as they are; it always
// comes to rest, because every step is monotone and bounded by the exact solution.
func Finance(issued, pool int64, f Financing) (Priced, error) {
	if f.Pre <= 0 || len(f.Money) == 0 || issued <= 0 || f.Pool < 0 || f.Pool >= share.Whole {
		return Priced{}, refuseTerms()
	}
	base := issued + pool
	p := Priced{Before: base, Pool: pool, Notes: make([]int64, len(f.Notes)), Shares: make([]int64, len(f.Money))}
	for range 10_000 {
		next, err := f.step(p, base, pool)
		if err != nil {
			return Priced{}, err
		}
		if next.Total == p.Total && next.Price == p.Price && next.Pool == p.Pool && slices.Equal(next.Notes, p.Notes) {
			p = next
			for _, m := range f.Money {
				p.Invested += m
			}
			for _, n := range f.Notes {
				p.Invested += n.Money
			}
			return p, nil
		}
		p = next
	}
	return Priced{}, refuseTerms()
}

func (f Financing) step(p Priced, base, pool int64) (Priced, error) {
	if p.Before+p.Pool-pool <= 0 {
		return p, refuseTerms()
	}
	price := f.round(big.NewRat(int64(f.Pre), p.Before+p.Pool-pool))
	if price.Sign() <= 0 || !price.Num().IsInt64() || !price.Denom().IsInt64() {
		return p, refusePrice()
	}
	next := Priced{Price: Ratio{price.Num().Int64(), price.Denom().Int64()}, Before: base}
	for i, n := range f.Notes {
		at := new(big.Rat).Mul(price, big.NewRat(int64(share.Whole-n.Discount), int64(share.Whole)))
		if !n.Cap.zero() {
			if byCap := f.round(new(big.Rat).Quo(n.Cap.rat(), new(big.Rat).SetInt64(p.Before))); byCap.Cmp(at) < 0 {
				at = byCap
			}
		}
		next.Notes = append(next.Notes, f.whole(new(big.Rat).Quo(new(big.Rat).SetInt64(int64(n.Money)), at)))
		next.Before += next.Notes[i]
	}
	next.Total = next.Before
	for _, m := range f.Money {
		s := f.whole(new(big.Rat).Quo(new(big.Rat).SetInt64(int64(m)), price))
		next.Shares = append(next.Shares, s)
		next.Total += s
	}
	// the least pool with pool ≥ part × (rest + pool)
	rest := big.NewRat(next.Total-pool, 1)
	want := f.whole(rest.Mul(rest, big.NewRat(int64(f.Pool), int64(share.Whole-f.Pool))))
	next.Pool = max(pool, want)
	next.NewPool = next.Pool - pool
	next.Total += next.NewPool
	if next.Total > MaxShares {
		return p, refuseTooMany()
	}
	return next, nil
}

// round rounds a price in fen up to the decimals of a yuan.
func (f Financing) round(p *big.Rat) *big.Rat {
	if f.Decimals < 0 {
		return p
	}
	scale := new(big.Rat).SetFrac(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(f.Decimals)), nil), big.NewInt(100))
	n := new(big.Rat).Mul(p, scale)
	up := new(big.Int).Add(n.Num(), new(big.Int).Sub(n.Denom(), big.NewInt(1)))
	up.Div(up, n.Denom())
	return new(big.Rat).Quo(new(big.Rat).SetInt(up), scale)
}

func (f Financing) whole(r *big.Rat) int64 {
	if f.RoundHalf {
		return floor(new(big.Rat).Add(r, big.NewRat(1, 2)))
	}
	return floor(r)
}
