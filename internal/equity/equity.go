// Package equity is the cap table of one company in whole shares, and what grant-to-equity terms come to: trigger, price basis,
// discount, cap on the public stake, never the largest holder, a floor for the team, window, repayment, write-off. It is arithmetic over
// values, without clock, database or mechanism, and exact: shares are whole, prices are fractions, nothing is a float.
//
//	var t equity.Table
//	_, err := t.Issue(equity.Event{Day: "2026-03-02"}, []equity.Row{{Party: "王娜", Class: "common", Shares: 9_000_000}, …})
//	c, err := t.Convert(equity.Event{Day: "2027-05-06"}, "产研院", equity.Terms{Principal: 200 * money.Wan, Basis: equity.ByRound,
//		Price: equity.Per(12*money.Yuan, 1), Discount: 200_000, Cap: 250_000, NotLargest: true})
//	c.Shares, c.Bound, c.Left   // 208333, "price", 80 fen
//
// Every act answers with the moves that the ledger books as double entry, or with refusals by id. A day may not lie before the last
// event's: a round is not dated back before a conversion.
package equity

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// MaxShares is the most that a company may have of one class.
const MaxShares = 1_000_000_000_000_000

// Ratio is an exact positive fraction: a price in fen a share, a valuation.
type Ratio struct {
	Num, Den int64
}

// Per is an amount for so many shares.
func Per(f money.Fen, shares int64) Ratio { return Ratio{int64(f), shares} }

func (r Ratio) rat() *big.Rat { return big.NewRat(r.Num, r.Den) }

func (r Ratio) zero() bool { return r.Num == 0 || r.Den == 0 }

// Hand is where shares lie: with a party, or in a pool for people who do not have them yet. The zero Hand is the company itself.
type Hand struct {
	Party, Pool string
}

// Lot is shares of one class in one hand.
type Lot struct {
	Class string
	Hand
	Shares int64
}

// Table is a company's cap table.
type Table struct {
	Day     caldate.Date // of the last event, "" before the first
	Lots    []Lot        // sorted by class, party, pool
	Freezes []Freeze     // sorted by party, case
	Ended   bool         // liquidated
}

// Kinds of event.
const (
	KindIssue    = "issue"
	KindPool     = "pool"
	KindGrant    = "grant"
	KindTransfer = "transfer"
	KindConvert  = "convert"
	KindBuyBack  = "buy_back"
	KindRound    = "round"
	KindExit     = "exit"
	KindFreeze   = "freeze"
	KindUnfreeze = "unfreeze"
)

// Event is what one act on the table is: on which day, and what is remembered of it.
type Event struct {
	Kind      string
	Day       caldate.Date
	Name      string // of a round: "A 轮"
	Price     Ratio  // a share, where there is one
	Valuation money.Fen
	Case      string // whose doing it is
}

// Row is somebody's shares in an event: what was paid for them, and out of what kind of purse.
type Row struct {
	Party  string
	Class  string
	Shares int64
	Paid   money.Fen
	Source string // fiscal, state, social, team, "" where it is not told apart
}

// Sources of capital.
const (
	Fiscal = "fiscal" // 财政
	State  = "state"  // 国资
	Social = "social" // 社会
	Team   = "team"   // 团队
)

// Move is shares going from hand to hand.
type Move struct {
	Class    string
	From, To Hand
	Shares   int64
	Paid     money.Fen
	Source   string
}

// Clone is a copy that shares nothing.
func (t Table) Clone() Table {
	t.Lots, t.Freezes = slices.Clone(t.Lots), slices.Clone(t.Freezes)
	return t
}

// Total is how many shares are issued: what lies in pools is not.
func (t *Table) Total() (n int64) {
	for _, l := range t.Lots {
		if l.Pool == "" {
			n += l.Shares
		}
	}
	return n
}

// Diluted is Total with the pools.
func (t *Table) Diluted() (n int64) {
	for _, l := range t.Lots {
		n += l.Shares
	}
	return n
}

// Shares is what some parties hold together.
func (t *Table) Shares(parties ...string) (n int64) {
	for _, l := range t.Lots {
		if l.Pool == "" && slices.Contains(parties, l.Party) {
			n += l.Shares
		}
	}
	return n
}

// Stake is the parties' part of all issued shares, rounded down.
func (t *Table) Stake(parties ...string) share.PPM {
	total := t.Total()
	if total == 0 {
		return 0
	}
	n := new(big.Int).Mul(big.NewInt(t.Shares(parties...)), big.NewInt(int64(share.Whole)))
	return share.PPM(n.Quo(n, big.NewInt(total)).Int64())
}

// Holders are all who hold issued shares, the largest first.
func (t *Table) Holders() []Row {
	var out []Row
	for _, l := range t.Lots {
		if l.Pool != "" {
			continue
		}
		if i := slices.IndexFunc(out, func(r Row) bool { return r.Party == l.Party }); i >= 0 {
			out[i].Shares += l.Shares
		} else {
			out = append(out, Row{Party: l.Party, Shares: l.Shares})
		}
	}
	slices.SortStableFunc(out, func(a, b Row) int { return cmp.Or(cmp.Compare(b.Shares, a.Shares), cmp.Compare(a.Party, b.Party)) })
	return out
}

// Largest tells whether nobody holds more than the party: one who shares the first place is the largest, too.
func (t *Table) Largest(party string) bool {
	h := t.Holders()
	return len(h) > 0 && t.Shares(party) >= h[0].Shares
}

// Apply makes a move without asking: what the ledger reads back from its postings.
func (t *Table) Apply(m Move) {
	t.add(m.Class, m.From, -m.Shares)
	t.add(m.Class, m.To, m.Shares)
}

func (t *Table) add(class string, h Hand, by int64) {
	if h == (Hand{}) {
		return
	}
	at, found := slices.BinarySearchFunc(t.Lots, Lot{Class: class, Hand: h}, func(a, b Lot) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Party, b.Party), cmp.Compare(a.Pool, b.Pool))
	})
	if !found {
		t.Lots = slices.Insert(t.Lots, at, Lot{class, h, 0})
	}
	if t.Lots[at].Shares += by; t.Lots[at].Shares == 0 {
		t.Lots = slices.Delete(t.Lots, at, at+1)
	}
}

// Check finds what may not be.
func (t *Table) Check() error {
	for _, l := range t.Lots {
		if l.Shares <= 0 || l.Class == "" || (l.Party == "") == (l.Pool == "") {
			return fmt.Errorf("equity: a lot of %d %q with %q%q", l.Shares, l.Class, l.Party, l.Pool)
		}
	}
	for _, f := range t.Freezes {
		if t.Shares(f.Party) == 0 {
			return fmt.Errorf("equity: what %q does not hold is frozen", f.Party)
		}
	}
	return nil
}

// begin refuses what cannot be dated so, or of a company that is no more.
func (t *Table) begin(e Event) error {
	switch {
	case t.Ended:
		return refuseEnded()
	case e.Day == "":
		return fmt.Errorf("equity: an event without a day")
	case e.Day < t.Day:
		return refuseBackdated(e.Day, t.Day)
	}
	return nil
}

// do makes the moves and dates the table.
func (t *Table) do(e Event, moves []Move) []Move {
	for _, m := range moves {
		t.Apply(m)
	}
	t.Day = e.Day
	return moves
}

// Issue makes new shares for the rows.
func (t *Table) Issue(e Event, rows []Row) ([]Move, error) {
	if err := t.begin(e); err != nil {
		return nil, err
	}
	var moves []Move
	for _, r := range rows {
		if r.Shares <= 0 || r.Party == "" {
			return nil, refuseNothing()
		}
		moves = append(moves, Move{Class: class(r.Class), To: Hand{Party: r.Party}, Shares: r.Shares, Paid: r.Paid, Source: r.Source})
	}
	if len(moves) == 0 {
		return nil, refuseNothing()
	}
	if err := t.room(moves); err != nil {
		return nil, err
	}
	return t.do(e, moves), nil
}

func class(name string) string { return cmp.Or(name, "common") }

// room refuses more shares than can be counted.
func (t *Table) room(moves []Move) error {
	total := t.Diluted()
	for _, m := range moves {
		if m.Shares > MaxShares-total {
			return refuseTooMany()
		}
		total += m.Shares
	}
	return nil
}

// Pool sets shares aside for people who will get them: options.
func (t *Table) Pool(e Event, name, of string, shares int64) ([]Move, error) {
	if err := t.begin(e); err != nil {
		return nil, err
	}
	if shares <= 0 || name == "" {
		return nil, refuseNothing()
	}
	moves := []Move{{Class: class(of), To: Hand{Pool: name}, Shares: shares}}
	if err := t.room(moves); err != nil {
		return nil, err
	}
	return t.do(e, moves), nil
}

// Grant gives somebody shares out of a pool: an option is exercised.
func (t *Table) Grant(e Event, pool string, r Row) ([]Move, error) {
	return t.pass(e, Hand{Pool: pool}, Hand{Party: r.Party}, r)
}

// Transfer gives shares of one holder to another.
func (t *Table) Transfer(e Event, from string, r Row) ([]Move, error) {
	if from == r.Party {
		return nil, refuseSelf()
	}
	return t.pass(e, Hand{Party: from}, Hand{Party: r.Party}, r)
}

// BuyBack takes shares of a holder back into the company, where they end.
func (t *Table) BuyBack(e Event, r Row) ([]Move, error) {
	return t.pass(e, Hand{Party: r.Party}, Hand{}, r)
}

// pass moves shares of one hand, of the row's class or, where none is named, of whatever classes it has.
func (t *Table) pass(e Event, from, to Hand, r Row) ([]Move, error) {
	if err := t.begin(e); err != nil {
		return nil, err
	}
	if r.Shares <= 0 || (from == Hand{}) || (to == Hand{} && from.Party == "") || (from.Pool != "" && to.Party == "") {
		return nil, refuseNothing()
	}
	if from.Party != "" && t.Frozen(from.Party) {
		return nil, refuseFrozen()
	}
	var moves []Move
	var have int64
	need := r.Shares
	for _, l := range t.Lots {
		if l.Hand != from || (r.Class != "" && l.Class != r.Class) {
			continue
		}
		have += l.Shares
		if n := min(need, l.Shares); n > 0 {
			moves = append(moves, Move{Class: l.Class, From: from, To: to, Shares: n})
			need -= n
		}
	}
	if need > 0 {
		return nil, refuseShort(have, r.Shares)
	}
	moves[0].Paid, moves[0].Source = r.Paid, r.Source
	return t.do(e, moves), nil
}

// Liquidate ends the company: all shares end.
func (t *Table) Liquidate(e Event) ([]Move, error) {
	if err := t.begin(e); err != nil {
		return nil, err
	}
	var moves []Move
	for _, l := range t.Lots {
		moves = append(moves, Move{Class: l.Class, From: l.Hand, Shares: l.Shares})
	}
	t.do(e, moves)
	t.Freezes, t.Ended = nil, true
	return moves, nil
}
