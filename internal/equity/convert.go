package equity

import (
	"math/big"
	"slices"

	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// Bases of the price.
const (
	ByRound     = "round"     // the price of the round that triggers it
	ByAppraisal = "appraisal" // an appraised value of the whole company before conversion, over its fully diluted shares
	ByFixed     = "fixed"     // a price a share agreed at signing
)

// What bound the number of shares.
const (
	BoundPrice   = "price"   // the principal buys no more at the price
	BoundCap     = "cap"     // the public stake may not be larger
	BoundLargest = "largest" // the holder may not become the largest
	BoundFloor   = "floor"   // the team keeps its floor
)

// Terms say how a principal becomes shares.
type Terms struct {
	Principal  money.Fen // only money that was really paid
	Basis      string
	Price      Ratio     // fen a share: by round and fixed
	Valuation  money.Fen // by appraisal, in yuan whatever the report's currency
	Currency   string    // of the price or the report; "" and CNY are yuan
	Discount   share.PPM // off the price
	Cap        share.PPM // of the public stake in all issued shares after it; 0: none
	Public     []string  // who counts to the public stake beside the holder
	NotLargest bool
	Floor      share.PPM // of FloorOf's stake after it; 0: none
	FloorOf    []string
	Trim       bool   // beyond a limit: convert less, and the rest stays a grant; else it is refused
	Class      string // of the new shares
}

// Conversion is what came of terms.
type Conversion struct {
	Shares    int64
	Wanted    int64 // what the price alone would give
	Bound     string
	Price     Ratio     // paid a share, after the discount, in fen
	Converted money.Fen // of the principal; what is left of it is less than a share's price unless a limit bound
	Left      money.Fen
	Stake     share.PPM // the holder's, after
	Moves     []Move
}

// Convert works the terms out and issues the shares to the party. Limits are of issued shares after it: pools are not issued.
func (t *Table) Convert(e Event, party string, x Terms) (Conversion, error) {
	if err := t.begin(e); err != nil {
		return Conversion{}, err
	}
	price, err := t.price(x)
	if err != nil {
		return Conversion{}, err
	}
	c := Conversion{Wanted: floor(new(big.Rat).Quo(new(big.Rat).SetInt64(int64(x.Principal)), price)), Bound: BoundPrice}
	if c.Wanted > MaxShares-t.Diluted() {
		return Conversion{}, refuseTooMany()
	}
	c.Shares = c.Wanted
	var beyond refusal.List
	for _, l := range t.limits(party, x) {
		if l.most < c.Wanted {
			beyond = append(beyond, refuseLimit(l.bound, max(0, l.most), c.Wanted, x))
		}
		if l.most < c.Shares {
			c.Shares, c.Bound = max(0, l.most), l.bound
		}
	}
	if len(beyond) > 0 && !x.Trim {
		return Conversion{}, beyond.Err()
	}
	if c.Shares == 0 {
		return Conversion{}, refuseNoShare(c.Bound)
	}
	c.Price = Ratio{price.Num().Int64(), price.Denom().Int64()}
	c.Converted = min(x.Principal, money.Fen(ceil(new(big.Rat).Mul(price, new(big.Rat).SetInt64(c.Shares)))))
	c.Left = x.Principal - c.Converted
	c.Moves = t.do(e, []Move{{Class: class(x.Class), To: Hand{Party: party}, Shares: c.Shares, Paid: c.Converted, Source: Fiscal}})
	c.Stake = t.Stake(party)
	return c, nil
}

// price is what a share costs after the discount, in fen.
func (t *Table) price(x Terms) (*big.Rat, error) {
	if x.Principal <= 0 || x.Principal > money.Max {
		return nil, refusePrincipal(x.Principal)
	}
	if x.Currency != "" && x.Currency != "CNY" {
		return nil, refuseCurrency(x.Currency)
	}
	if x.Discount < 0 || x.Discount >= share.Whole || x.Cap < 0 || x.Cap >= share.Whole || x.Floor < 0 || x.Floor > share.Whole {
		return nil, refuseTerms()
	}
	var p *big.Rat
	switch x.Basis {
	case ByRound, ByFixed:
		if x.Price.Num <= 0 || x.Price.Den <= 0 {
			return nil, refusePrice()
		}
		p = x.Price.rat()
	case ByAppraisal:
		if x.Valuation <= 0 || t.Diluted() == 0 {
			return nil, refusePrice()
		}
		p = big.NewRat(int64(x.Valuation), t.Diluted())
	default:
		return nil, refuseBasis(x.Basis)
	}
	p.Mul(p, big.NewRat(int64(share.Whole-x.Discount), int64(share.Whole)))
	if !p.Num().IsInt64() || !p.Denom().IsInt64() {
		return nil, refusePrice()
	}
	return p, nil
}

// limit is the most shares that one rule leaves.
type limit struct {
	bound string
	most  int64
}

func (t *Table) limits(party string, x Terms) []limit {
	var out []limit
	total, whole := new(big.Int).SetInt64(t.Total()), big.NewInt(int64(share.Whole))
	if x.Cap > 0 { // (public + s) / (total + s) ≤ cap
		public := t.Shares(append(slices.Clone(x.Public), party)...)
		n := new(big.Int).Mul(big.NewInt(int64(x.Cap)), total)
		n.Sub(n, new(big.Int).Mul(whole, big.NewInt(public)))
		out = append(out, limit{BoundCap, clamp(n.Div(n, big.NewInt(int64(share.Whole-x.Cap))))})
	}
	if x.NotLargest { // own + s < the largest other
		var most int64
		for _, h := range t.Holders() {
			if h.Party != party {
				most = max(most, h.Shares)
			}
		}
		out = append(out, limit{BoundLargest, most - 1 - t.Shares(party)})
	}
	if x.Floor > 0 { // team / (total + s) ≥ floor
		n := new(big.Int).Mul(big.NewInt(t.Shares(x.FloorOf...)), whole)
		n.Div(n, big.NewInt(int64(x.Floor)))
		out = append(out, limit{BoundFloor, clamp(n.Sub(n, total))})
	}
	return out
}

func clamp(n *big.Int) int64 {
	switch {
	case n.Sign() < 0:
		return -1
	case !n.IsInt64() || n.Int64() > MaxShares:
		return MaxShares
	}
	return n.Int64()
}

func floor(r *big.Rat) int64 { return clamp(new(big.Int).Div(r.Num(), r.Denom())) }

func ceil(r *big.Rat) int64 {
	n := new(big.Int).Add(r.Num(), new(big.Int).Sub(r.Denom(), big.NewInt(1)))
	return clamp(n.Div(n, r.Denom()))
}
