package casework

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/equity"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// A fund is any record with shares whose cases take in money of those who hold them and pay it on: what came in is a call, what went to somebody
// else an investment, what came from there an exit, what went back to a holder a distribution. Nothing here knows a mechanism.
type (
	// FundPage is a fund's book: who promised and paid what, what it was spent on, what came back and went out.
	FundPage struct {
		AssetHead
		Owner     string         `json:"owner,omitempty"` // the manager
		Status    string         `json:"status,omitempty"`
		Cash      int64          `json:"cash"` // fen, in its pots
		Partners  []FundPartner  `json:"partners"`
		Sources   []FundPartner  `json:"sources" doc:"the partners of a kind of money, added up"`
		Positions []FundPosition `json:"positions" doc:"investments, oldest first"`
		Flows     []FundFlow     `json:"flows" doc:"every payment, oldest first"`
		Accounts  []FundAccount  `json:"accounts" doc:"the reader's own: what it promised and may yet be asked for, what of the fund is its money, each payment"`
	}
	// FundAccount is a partner's capital account, for that partner alone.
	FundAccount struct {
		FundPartner
		Callable int64      `json:"callable" doc:"promised and not called yet"`
		Stake    share.PPM  `json:"stake" doc:"of the fund's shares, rounded down"`
		Idle     int64      `json:"idle" doc:"traced: paid in and not invested yet"`
		Back     int64      `json:"back" doc:"traced: of what investments gave back"`
		Lost     int64      `json:"lost" doc:"traced: of investments that ended, what never came back"`
		Lines    []FundLine `json:"lines" doc:"every payment between it and the fund, oldest first"`
	}
	// FundLine is one payment of an account, with the balances after it.
	FundLine struct {
		FundFlow
		Paid     int64 `json:"paid" doc:"in so far, less what was given back unspent"`
		Returned int64 `json:"returned" doc:"out so far"`
	}
	// FundPartner is a holder with its money, in fen.
	FundPartner struct {
		Party     string `json:"party,omitempty"`
		Name      string `json:"name,omitempty"`
		Source    string `json:"source" enum:"fiscal,state,social,team,"`
		Committed int64  `json:"committed"`
		Paid      int64  `json:"paid"`     // in, less what was given back unspent
		Invested  int64  `json:"invested"` // traced: what of the investments is its money
		Held      int64  `json:"held"`     // traced: of the investments that the fund still holds
		Returned  int64  `json:"returned"` // distributed to it
	}
	// FundPosition is one investment.
	FundPosition struct {
		Party    string           `json:"party"`
		Name     string           `json:"name"`
		Case     string           `json:"case"`
		At       time.Time        `json:"at"`
		Invested int64            `json:"invested"`
		Back     int64            `json:"back"`
		State    lang.Text        `json:"state,omitzero"` // of the part of the case in which it was paid
		Held     bool             `json:"held"`           // that part has not ended
		Of       []equity.Portion `json:"of"`             // whose money it is
		Returns  []equity.Portion `json:"returns"`        // whose what came back is
	}
	// FundFlow is one payment.
	FundFlow struct {
		At     time.Time `json:"at"`
		Kind   string    `json:"kind" enum:"call,refund,invest,exit,distribute,manager"`
		Party  string    `json:"party"`
		Name   string    `json:"name"`
		Source string    `json:"source,omitempty"`
		Amount int64     `json:"amount"`
		Memo   lang.Text `json:"memo"`
		Case   string    `json:"case"`
	}
)

// Fund is the book of a record with shares, for who sees all of it: its holders, the offices of its cases, auditors.
func (e *Engine) Fund(ctx context.Context, actor identity.Actor, id string) (p *FundPage, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		head, events, err := e.companyOf(tx, actor, id)
		if err != nil {
			return err
		}
		if !head.Whole {
			return refusal.New(refusal.Forbidden, "equity.fund", lang.T("只有出资人、经办处室和审计可以查看基金账", "Only its partners, offices and auditors may see a fund's book"))
		}
		rec, err := e.Register.GetRecord(tx, id)
		if err != nil {
			return err
		}
		b := &fundBook{e: e, tx: tx, n: e.namer(tx), owner: rec.Owner, page: FundPage{AssetHead: head, Status: rec.Status, Accounts: []FundAccount{}}}
		if rec.Owner != "" {
			b.page.Owner = b.n.party(rec.Owner).Name
		}
		b.commitments(events)
		if err := b.payments(id); err != nil {
			return err
		}
		p = b.finish()
		table := equity.At(dated(events), "")
		for i := range p.Partners {
			if x := p.Partners[i]; actor.ActsFor(x.Party) {
				p.Accounts = append(p.Accounts, b.account(x, table.Stake(x.Party)))
			}
		}
		return b.n.err
	})
	return p, err
}

// fundBook is written up from the book of account.
type fundBook struct {
	e     *Engine
	tx    *store.Tx
	n     *namer
	owner string
	trace equity.Trace
	page  FundPage
	use   map[string]int // position of a part of a case
}

// commitments are what was promised for the shares, when they were issued.
func (b *fundBook) commitments(events []ledger.EquityEvent) {
	for _, x := range events {
		for _, m := range x.Moves {
			if m.To.Party == "" {
				continue
			}
			p := b.partner(m.To.Party, m.Source)
			p.Committed += int64(m.Paid)
		}
	}
}

// partner finds a holder's line, or begins one. A purse without a kind of money takes the holder's first.
func (b *fundBook) partner(party, source string) *FundPartner {
	i := slices.IndexFunc(b.page.Partners, func(p FundPartner) bool { return p.Party == party && (source == "" || p.Source == source) })
	if i < 0 {
		b.page.Partners = append(b.page.Partners, FundPartner{Party: party, Name: b.n.party(party).Name, Source: source})
		i = len(b.page.Partners) - 1
	}
	return &b.page.Partners[i]
}

func (b *fundBook) holds(party string) bool {
	return slices.ContainsFunc(b.page.Partners, func(p FundPartner) bool { return p.Party == party })
}

// payments reads the outside money of the cases that the record is a thing of.
func (b *fundBook) payments(id string) error {
	rows, err := b.e.aboutAny(b.tx, id)
	if err != nil {
		return err
	}
	type posting struct {
		ledger.Transfer
		d *docket
	}
	var all []posting
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.in] {
			continue
		}
		seen[r.in] = true
		d, err := b.e.load(b.tx, r.in)
		if err != nil {
			return err
		}
		list, err := b.e.Ledger.Postings(b.tx, r.in)
		if err != nil {
			return err
		}
		for _, t := range list {
			if t.Fund == ledger.Outside {
				all = append(all, posting{t, d})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y posting) int { return x.At.Compare(y.At) })
	b.use = map[string]int{}
	for _, t := range all {
		b.pay(t.Transfer, t.d)
	}
	return nil
}

// pay writes one payment up.
func (b *fundBook) pay(t ledger.Transfer, d *docket) {
	in := strings.HasPrefix(string(t.To), "case/")
	f := FundFlow{At: t.At, Party: t.Party, Name: b.n.party(t.Party).Name, Amount: t.Amount, Memo: t.Memo, Case: t.Case}
	sign := int64(1)
	if !in {
		sign = -1
	}
	b.page.Cash += sign * t.Amount
	partner := b.holds(t.Party)
	switch {
	case partner && in:
		p := b.partner(t.Party, "")
		f.Kind, f.Source = "call", p.Source
		p.Paid += t.Amount
		b.trace.In(equity.Purse{Party: p.Party, Source: p.Source}, money.Fen(t.Amount))
	case partner && t.Kind == ledger.KindRelease:
		p := b.partner(t.Party, "")
		f.Kind, f.Source = "refund", p.Source
		p.Paid -= t.Amount
		b.trace.Refund(equity.Purse{Party: p.Party, Source: p.Source}, money.Fen(t.Amount))
	case partner:
		p := b.partner(t.Party, "")
		f.Kind, f.Source = "distribute", p.Source
		p.Returned += t.Amount
	case t.Party == b.owner:
		f.Kind = "manager"
	case in:
		f.Kind = "exit"
		b.exit(t, d)
	default:
		f.Kind = "invest"
		b.invest(t, d)
	}
	b.page.Flows = append(b.page.Flows, f)
}

func (b *fundBook) invest(t ledger.Transfer, d *docket) {
	pos := FundPosition{Party: t.Party, Name: b.n.party(t.Party).Name, Case: t.Case, At: t.At, Invested: t.Amount, Held: true, Returns: []equity.Portion{}}
	use, r := b.useOf(t, d)
	if r != nil && r.Part != "" {
		st := d.state(r.Record)
		pos.State, pos.Held = st.Title, !st.End
	}
	pos.Of = b.trace.Out(use, money.Fen(t.Amount))
	b.use[use] = len(b.page.Positions)
	b.page.Positions = append(b.page.Positions, pos)
}

func (b *fundBook) exit(t ledger.Transfer, d *docket) {
	use, _ := b.useOf(t, d)
	i, ok := b.use[use]
	if !ok { // entered elsewhere: of the latest investment in that party
		i = len(b.page.Positions) - 1
		for i >= 0 && b.page.Positions[i].Party != t.Party {
			i--
		}
		if i < 0 {
			return
		}
		for key, at := range b.use {
			if at == i {
				use = key
			}
		}
	}
	pos := &b.page.Positions[i]
	pos.Back += t.Amount
	for _, x := range b.trace.Back(use, money.Fen(t.Amount)) {
		pos.Returns = addTo(pos.Returns, x)
	}
}

// useOf is the part of the case in which a payment was made.
func (b *fundBook) useOf(t ledger.Transfer, d *docket) (string, *recordRow) {
	_, number, _ := strings.Cut(t.Step, "#")
	seq, _ := strconv.ParseInt(number, 10, 64)
	for _, st := range d.steps {
		if st.seq == seq {
			if r := d.byID[st.record]; r != nil && r.Part != "" {
				return r.ID, r
			}
			break
		}
	}
	return t.Case + "/" + t.Party, nil
}

// account is a partner's own.
func (b *fundBook) account(p FundPartner, stake share.PPM) FundAccount {
	a := FundAccount{FundPartner: p, Callable: max(0, p.Committed-p.Paid), Stake: stake, Lines: []FundLine{}}
	mine := equity.Purse{Party: p.Party, Source: p.Source}
	of := func(list []equity.Portion) (n int64) {
		for _, x := range list {
			if x.Purse == mine {
				n += int64(x.Amount)
			}
		}
		return n
	}
	a.Idle = of(b.trace.Pool())
	for _, pos := range b.page.Positions {
		a.Back += of(pos.Returns)
		if !pos.Held {
			a.Lost += max(0, of(pos.Of)-of(pos.Returns))
		}
	}
	var paid, returned int64
	for _, f := range b.page.Flows {
		if f.Party != p.Party || f.Source != p.Source {
			continue
		}
		switch f.Kind {
		case "call":
			paid += f.Amount
		case "refund":
			paid -= f.Amount
		case "distribute":
			returned += f.Amount
		}
		a.Lines = append(a.Lines, FundLine{f, paid, returned})
	}
	return a
}

func addTo(list []equity.Portion, x equity.Portion) []equity.Portion {
	i := slices.IndexFunc(list, func(p equity.Portion) bool { return p.Purse == x.Purse })
	if i < 0 {
		return append(list, x)
	}
	list[i].Amount += x.Amount
	return list
}

// finish gives every partner what of the investments is its money, and adds up by kind of money.
func (b *fundBook) finish() *FundPage {
	for _, pos := range b.page.Positions {
		for _, x := range pos.Of {
			if x.Party == "" {
				continue
			}
			p := b.partner(x.Party, x.Source)
			p.Invested += int64(x.Amount)
			if pos.Held {
				p.Held += int64(x.Amount)
			}
		}
	}
	for _, p := range b.page.Partners {
		i := slices.IndexFunc(b.page.Sources, func(s FundPartner) bool { return s.Source == p.Source })
		if i < 0 {
			b.page.Sources = append(b.page.Sources, FundPartner{Source: p.Source})
			i = len(b.page.Sources) - 1
		}
		s := &b.page.Sources[i]
		s.Committed, s.Paid, s.Invested = s.Committed+p.Committed, s.Paid+p.Paid, s.Invested+p.Invested
		s.Held, s.Returned = s.Held+p.Held, s.Returned+p.Returned
	}
	slices.SortStableFunc(b.page.Sources, func(x, y FundPartner) int {
		return cmp.Compare(slices.Index(sourceOrder, x.Source), slices.Index(sourceOrder, y.Source))
	})
	return &b.page
}
