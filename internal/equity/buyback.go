package equity

import (
	"math/big"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// Band is a span of years after conversion in which the team may buy back at a price of its own.
type Band struct {
	Years  int       // up to the end of this year after the beginning; 0: for ever after
	Rate   share.PPM // yearly interest on the principal
	Market bool      // at the market's price instead
}

// ends is the band's last day, "" for never.
func (b Band) ends(since caldate.Date) caldate.Date {
	if b.Years == 0 {
		return ""
	}
	return since.AddMonths(12 * b.Years)
}

// BuyOut is what the price rests on at which the team may buy what a principal became.
type BuyOut struct {
	Principal money.Fen // that became shares
	Per       int64     // how many
	Since     caldate.Date
	Bands     []Band    // in time; the last runs for ever
	Market    money.Fen // of the shares that are bought, where a band is by the market
}

// Price is what shares cost the team on a day.
type Price struct {
	Band      int // the first is 1
	Until     caldate.Date
	Market    bool
	Principal money.Fen // that the shares stand for
	Interest  money.Fen
	Amount    money.Fen
}

// Price works out what so many of the shares cost on a day, by the first band that still runs: the principal that they stand for with its
// interest, simple by days over 365, or the market's price where the band says so. Held is how many of them are still there: whatever the
// parts in which they are bought, their principals come to the whole to the fen.
func (x BuyOut) Price(held, shares int64, day caldate.Date) (Price, error) {
	if err := x.check(held, shares, day); err != nil {
		return Price{}, err
	}
	gone := x.Per - held
	p := Price{Principal: x.upTo(gone+shares) - x.upTo(gone)}
	for i, b := range x.Bands {
		if p.Until = b.ends(x.Since); p.Until != "" && day > p.Until {
			continue
		}
		p.Band, p.Market = i+1, b.Market
		switch {
		case !b.Market:
			p.Interest = Interest(p.Principal, b.Rate, x.Since, day)
			p.Amount = p.Principal + p.Interest
		case x.Market <= 0:
			return Price{}, refuseMarket()
		default:
			p.Amount = x.Market
		}
		return p, nil
	}
	return Price{}, refuseBands()
}

// upTo is the principal of the first shares, rounded down.
func (x BuyOut) upTo(shares int64) money.Fen {
	n := new(big.Int).Mul(big.NewInt(int64(x.Principal)), big.NewInt(shares))
	return money.Fen(n.Quo(n, big.NewInt(x.Per)).Int64())
}

func (x BuyOut) check(held, shares int64, day caldate.Date) error {
	switch {
	case shares <= 0:
		return refuseNothing()
	case shares > held || held > x.Per:
		return refuseShort(min(held, x.Per), shares)
	case x.Principal <= 0 || x.Principal > money.Max:
		return refusePrincipal(x.Principal)
	case day < x.Since:
		return refuseBackdated(day, x.Since)
	}
	return CheckBands(x.Bands)
}

// CheckBands refuses bands that do not follow one another in time, or that do not cover it all.
func CheckBands(bands []Band) error {
	for i, b := range bands {
		last := i == len(bands)-1
		if b.Rate < 0 || b.Years < 0 || (b.Years == 0) != last || (!last && i > 0 && b.Years <= bands[i-1].Years) {
			return refuseBands()
		}
	}
	if len(bands) == 0 {
		return refuseBands()
	}
	return nil
}
