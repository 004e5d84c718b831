package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// ShareAsset is the asset that counts a company's shares of a class.
func ShareAsset(company, class string) Asset { return Asset("share/" + company + "/" + class) }

// ShareAccount is where shares lie in the book; the zero hand is the company itself.
func ShareAccount(h equity.Hand, company string) Account {
	switch {
	case h == equity.Hand{}:
		return Account("origin/" + company)
	case h.Pool != "":
		return Account("pool/" + h.Pool)
	}
	return Party(h.Party)
}

func shareHand(a Account) (h equity.Hand) {
	kind, rest, _ := strings.Cut(string(a), "/")
	switch kind {
	case "party":
		h.Party = rest
	case "pool":
		h.Pool = rest
	}
	return h
}

// ChangeEquity does one act on a company's cap table and books what it moved. Acts on one company follow one another, and none is
// dated in the future. An event without a day is of today.
//
//	_, err := l.ChangeEquity(tx, why, company, equity.Event{Kind: equity.KindIssue}, func(t *equity.Table, e equity.Event) ([]equity.Move, error) {
//		return t.Issue(e, rows)
//	})
func (l *Ledger) ChangeEquity(tx *store.Tx, why Why, company string, e equity.Event, do func(*equity.Table, equity.Event) ([]equity.Move, error)) ([]equity.Move, error) {
	if company == "" || strings.Contains(company, "/") {
		return nil, fmt.Errorf("ledger: %q is not the name of a company", company)
	}
	if err := tx.Guard("share/" + company); err != nil {
		return nil, err
	}
	today := caldate.On(tx.Now())
	if e.Day == "" {
		e.Day = today
	}
	if e.Day > today {
		return nil, refusal.New(refusal.Invalid, "equity.future", lang.T("变动日期 "+string(e.Day)+" 还没有到", string(e.Day)+" is yet to come")).
			Mend(lang.T("请用实际办理的日期", "Use the day on which it is done"))
	}
	t, err := tableNow(tx, company)
	if err != nil {
		return nil, err
	}
	e.Case = why.Case
	was := slices.Clone(t.Freezes)
	moves, err := do(&t, e)
	if err != nil {
		return nil, err
	}
	if err := t.Check(); err != nil {
		return nil, err
	}
	entry := ident.New("tr", tx.Now())
	if err := insertFreezes(tx, company, entry, was, t.Freezes); err != nil {
		return nil, err
	}
	return moves, l.bookEquity(tx, why, company, entry, e, t.Ended, moves)
}

func (l *Ledger) bookEquity(tx *store.Tx, why Why, company, entry string, e equity.Event, ends bool, moves []equity.Move) error {
	if err := insertEquity(tx, why, company, entry, e, ends); err != nil {
		return err
	}
	for i, m := range moves {
		if strings.Contains(m.Class+m.From.Pool+m.To.Pool, "/") {
			return fmt.Errorf("ledger: a class or pool with a slash: %+v", m)
		}
		t := Transfer{ID: ident.New("tr", tx.Now()), Entry: entry, Asset: ShareAsset(company, m.Class), From: ShareAccount(m.From, company), To: ShareAccount(m.To, company),
			Amount: m.Shares, Kind: e.Kind, Case: why.Case, Step: why.Step, Party: m.To.Party, Memo: why.Memo}
		if i == 0 {
			t.ID = entry
		}
		if err := l.Post(tx, t); err != nil {
			return err
		}
		if m.Paid != 0 || m.Source != "" {
			if err := insertPaid(tx, t.ID, company, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// Table is a company's cap table now; of one that was never founded it is empty.
func (l *Ledger) Table(tx *store.Tx, company string) (equity.Table, error) {
	return tableNow(tx, company)
}

// EquityEvent is one thing that happened to a company's shares.
type EquityEvent struct {
	equity.Dated
	At   time.Time
	Step string
}

// EquityHistory is all that happened to a company's shares, oldest first: equity.At gives the table of any day.
func (l *Ledger) EquityHistory(tx *store.Tx, company string) ([]EquityEvent, error) {
	return equityEvents(tx, company)
}
