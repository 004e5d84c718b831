package equity

import (
	"math/big"

	"kechuang/internal/money"
)

// Deed is an act on a cap table as a value: what policy decides on a table that it was shown, and the ledger does again on the table as
// it is.
type Deed interface {
	Kind() string
	Do(*Table, Event) ([]Move, error)
}

// Issuing makes new shares; Founding does, of a company that has none yet.
type (
	Issuing  struct{ Rows []Row }
	Founding struct{ Rows []Row }
)

// Pooling sets shares aside, and Granting gives them out.
type (
	Pooling struct {
		Pool, Class string
		Shares      int64
	}
	Granting struct {
		Pool string
		Row  Row
	}
)

// Selling gives shares of one holder to another, BuyingBack takes them into the company; no shares are all that there are.
type (
	Selling struct {
		From string
		Row  Row
	}
	BuyingBack struct{ Row Row }
)

// Converting makes a principal shares by terms.
type Converting struct {
	Party string
	Terms Terms
}

// Raising is a round: money of investors at the value before it. A row without shares gets those that its money buys.
type Raising struct {
	Pre  money.Fen
	Rows []Row
}

// Ways of an exit.
const (
	ByTransfer    = "transfer"    // sold to another
	ByBuyBack     = "buy_back"    // taken back by the company
	ByLiquidation = "liquidation" // the company ends
)

// Exiting is how a holder leaves: Row holds the buyer, and what was received.
type Exiting struct {
	How  string
	From string
	Row  Row
}

// The kinds of event that deeds are.
func (Issuing) Kind() string    { return KindIssue }
func (Founding) Kind() string   { return KindIssue }
func (Pooling) Kind() string    { return KindPool }
func (Granting) Kind() string   { return KindGrant }
func (Selling) Kind() string    { return KindTransfer }
func (BuyingBack) Kind() string { return KindBuyBack }
func (Converting) Kind() string { return KindConvert }
func (Raising) Kind() string    { return KindRound }
func (Exiting) Kind() string    { return KindExit }

func (d Issuing) Do(t *Table, e Event) ([]Move, error) { return t.Issue(e, d.Rows) }

func (d Founding) Do(t *Table, e Event) ([]Move, error) {
	if len(t.Lots) > 0 {
		return nil, refuseFounded()
	}
	return t.Issue(e, d.Rows)
}

func (d Pooling) Do(t *Table, e Event) ([]Move, error)  { return t.Pool(e, d.Pool, d.Class, d.Shares) }
func (d Granting) Do(t *Table, e Event) ([]Move, error) { return t.Grant(e, d.Pool, d.Row) }

func (d Selling) Do(t *Table, e Event) ([]Move, error) {
	d.Row.Shares = t.orAll(d.From, d.Row)
	return t.Transfer(e, d.From, d.Row)
}

func (d BuyingBack) Do(t *Table, e Event) ([]Move, error) {
	d.Row.Shares = t.orAll(d.Row.Party, d.Row)
	return t.BuyBack(e, d.Row)
}

// orAll is the row's shares, or all that a party has.
func (t *Table) orAll(party string, r Row) int64 {
	if r.Shares == 0 {
		return t.Shares(party)
	}
	return r.Shares
}

func (d Converting) Do(t *Table, e Event) ([]Move, error) {
	c, err := t.Convert(e, d.Party, d.Terms)
	return c.Moves, err
}

func (d Raising) Do(t *Table, e Event) ([]Move, error) {
	price, err := t.PriceOf(d.Pre)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(d.Rows))
	for i, r := range d.Rows {
		if r.Shares == 0 {
			r.Shares = floor(new(big.Rat).Quo(new(big.Rat).SetInt64(int64(r.Paid)), price.rat()))
		}
		rows[i] = r
	}
	return t.Issue(e, rows)
}

// PriceOf is what a share costs in fen when the company is worth so much, over all shares with the pools.
func (t *Table) PriceOf(value money.Fen) (Ratio, error) {
	if value <= 0 || t.Diluted() == 0 {
		return Ratio{}, refusePrice()
	}
	p := big.NewRat(int64(value), t.Diluted())
	return Ratio{p.Num().Int64(), p.Denom().Int64()}, nil
}

func (d Exiting) Do(t *Table, e Event) ([]Move, error) {
	switch d.How {
	case ByTransfer:
		return Selling{d.From, d.Row}.Do(t, e)
	case ByBuyBack:
		d.Row.Party = d.From
		return BuyingBack{d.Row}.Do(t, e)
	case ByLiquidation:
		return t.Liquidate(e)
	}
	return nil, refuseHow(d.How)
}
