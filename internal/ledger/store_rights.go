package ledger

import (
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/money"
	"kechuang/internal/rights"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

func assetsOf(thing string) []any {
	return []any{string(RightAsset(rights.Title, thing)), string(RightAsset(rights.Use, thing)), string(RightAsset(rights.Income, thing))}
}

// rightsNow reads a thing's rights from the balances.
func rightsNow(tx *store.Tx, thing string) (s rights.State, err error) {
	moves, err := store.List(tx, func(scan func(...any) error) (rights.Move, error) {
		var asset, account string
		var balance int64
		err := scan(&asset, &account, &balance)
		right, _, _ := strings.Cut(asset, "/")
		return rights.Move{Right: rights.Right(right), To: accountHand(Account(account)), Share: share.PPM(balance)}, err
	}, `SELECT asset, account, balance FROM ledger_account WHERE asset IN ($1, $2, $3) AND balance > 0`, assetsOf(thing)...)
	if err != nil {
		return s, err
	}
	for _, m := range moves {
		s.Apply(m)
	}
	if _, err := store.One(tx, `SELECT expires FROM ledger_right WHERE thing = $1`, []any{thing}, (*string)(&s.Expires)); err != nil {
		return s, err
	}
	return s, readTermsAndLiens(tx, thing, &s, 0)
}

// rightsThen reads them from the postings up to a moment.
func rightsThen(tx *store.Tx, thing string, at time.Time) (s rights.State, err error) {
	until := store.Micros(at)
	list, err := store.List(tx, scanPosting, `SELECT `+postingColumns+` FROM ledger_posting WHERE asset IN ($1, $2, $3) AND at <= $4 ORDER BY n`, append(assetsOf(thing), until)...)
	if err != nil {
		return s, err
	}
	for _, t := range list {
		s.Apply(rightMove(t))
	}
	if _, err := store.One(tx, `SELECT expires FROM ledger_expiry WHERE thing = $1 AND at <= $2 ORDER BY n DESC LIMIT 1`, []any{thing, until}, (*string)(&s.Expires)); err != nil {
		return s, err
	}
	return s, readTermsAndLiens(tx, thing, &s, until)
}

// readTermsAndLiens reads what ran and stood at a moment, 0 for now.
func readTermsAndLiens(tx *store.Tx, thing string, s *rights.State, at int64) (err error) {
	when, args := ` AND lapsed = 0`, []any{thing}
	if at != 0 {
		when, args = ` AND at <= $2 AND (lapsed = 0 OR lapsed > $2)`, append(args, at)
	}
	if s.Terms, err = store.List(tx, func(scan func(...any) error) (t rights.Term, err error) {
		var giver string
		err = scan(&t.ID, (*string)(&t.Right), &giver, (*string)(&t.Until), &t.Case)
		t.Giver = accountHand(Account(giver))
		return t, err
	}, `SELECT id, kind, giver, until, case_id FROM ledger_term WHERE thing = $1`+when+` ORDER BY n`, args...); err != nil {
		return err
	}
	s.Liens, err = store.List(tx, scanLien, `SELECT `+lienColumns+` FROM ledger_lien WHERE thing = $1`+strings.ReplaceAll(when, "lapsed", "ended")+` ORDER BY n`, args...)
	return err
}

const lienColumns = `id, kind, scope, giver, holder, number, amount, field, territory, from_day, until, case_id`

func scanLien(scan func(...any) error) (l rights.Lien, err error) {
	var amount int64
	err = scan(&l.ID, &l.Kind, &l.Scope, &l.Giver, &l.Holder, &l.Number, &amount, &l.Field, &l.Territory, (*string)(&l.From), (*string)(&l.Until), &l.Case)
	l.Amount = money.Fen(amount)
	return l, err
}

// insertChange writes what a change says beside its moves.
func insertChange(tx *store.Tx, why Why, thing string, c rights.Change) error {
	now := store.Micros(tx.Now())
	if c.Expires != nil {
		if _, err := tx.Exec(`INSERT INTO ledger_right (thing, expires, case_id, step, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (thing) DO UPDATE SET expires = excluded.expires`, thing, string(*c.Expires), why.Case, why.Step, now); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO ledger_expiry (thing, expires, case_id, step, at) VALUES ($1, $2, $3, $4, $5)`, thing, string(*c.Expires), why.Case, why.Step, now); err != nil {
			return err
		}
	}
	for _, t := range c.Terms {
		if _, err := tx.Exec(`INSERT INTO ledger_term (id, thing, kind, giver, until, case_id, step, at, lapsed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`,
			t.ID, thing, string(t.Right), string(HandAccount(t.Giver, thing)), string(t.Until), why.Case, why.Step, now); err != nil {
			return err
		}
	}
	for _, l := range c.Liens {
		if _, err := tx.Exec(`INSERT INTO ledger_lien (id, thing, kind, scope, giver, holder, number, amount, field, territory, from_day, until, case_id, step, at, ended, ending, ended_case, ended_step)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, '', '', '')`,
			l.ID, thing, l.Kind, l.Scope, l.Giver, l.Holder, l.Number, int64(l.Amount), l.Field, l.Territory, string(l.From), string(l.Until), why.Case, why.Step, now); err != nil {
			return err
		}
	}
	for _, e := range c.Ended {
		over := now
		if e.On != "" {
			over = store.Micros(e.On.End())
		}
		if _, err := tx.Exec(`UPDATE ledger_lien SET ended = $2, ending = $3, ended_case = $4, ended_step = $5 WHERE id = $1 AND ended = 0`, e.Lien, over, e.Kind, why.Case, why.Step); err != nil {
			return err
		}
	}
	for _, id := range c.Lapsed {
		if err := lapseTerm(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// lapseTerm dates the end of a term with the end of its last day.
func lapseTerm(tx *store.Tx, id string) error {
	var until string
	if _, err := store.One(tx, `SELECT until FROM ledger_term WHERE id = $1`, []any{id}, &until); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE ledger_term SET lapsed = $2 WHERE id = $1 AND lapsed = 0`, id, store.Micros(caldate.Date(until).End()))
	return err
}

// rightEvents gathers the postings, liens and expiries of a thing.
func rightEvents(tx *store.Tx, thing string) ([]RightEvent, error) {
	list, err := store.List(tx, scanPosting, `SELECT `+postingColumns+` FROM ledger_posting WHERE asset IN ($1, $2, $3) ORDER BY n`, assetsOf(thing)...)
	if err != nil {
		return nil, err
	}
	var out []RightEvent
	entry := ""
	for _, t := range list {
		if last := len(out) - 1; t.Entry == entry && out[last].Kind == t.Kind && out[last].At.Equal(t.At) {
			out[last].Moves = append(out[last].Moves, rightMove(t))
			continue
		}
		entry = t.Entry
		out = append(out, RightEvent{At: t.At, Kind: t.Kind, Case: t.Case, Step: t.Step, Moves: []rights.Move{rightMove(t)}})
	}
	if out, err = addLiens(tx, thing, out); err != nil {
		return nil, err
	}
	more, err := store.List(tx, func(scan func(...any) error) (e RightEvent, err error) {
		var at int64
		err = scan((*string)(&e.Day), &e.Case, &e.Step, &at)
		e.At, e.Kind = store.Time(at), "expire"
		return e, err
	}, `SELECT expires, case_id, step, at FROM ledger_expiry WHERE thing = $1 AND n > (SELECT min(n) FROM ledger_expiry WHERE thing = $1) ORDER BY n`, thing)
	return inTime(append(out, more...)), err
}

// addLiens puts pledges to their moves, and adds what has no moves: licences, and how they ended.
func addLiens(tx *store.Tx, thing string, out []RightEvent) ([]RightEvent, error) {
	type row struct {
		rights.Lien
		step, ending, endedCase, endedStep string
		at, ended                          int64
	}
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) {
		r.Lien, err = scanLien(func(dest ...any) error {
			return scan(append(dest, &r.step, &r.at, &r.ended, &r.ending, &r.endedCase, &r.endedStep)...)
		})
		return r, err
	}, `SELECT `+lienColumns+`, step, at, ended, ending, ended_case, ended_step FROM ledger_lien WHERE thing = $1 ORDER BY n`, thing)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		r := &rows[i]
		if r.Kind == rights.LicenceLien {
			out = append(out, RightEvent{At: store.Time(r.at), Kind: "license", Case: r.Case, Step: r.step, Lien: &r.Lien})
			if r.ended != 0 {
				out = append(out, RightEvent{At: store.Time(r.ended), Kind: "end", Case: r.endedCase, Step: r.endedStep, Lien: &r.Lien})
			}
			continue
		}
		for j := range out {
			for _, m := range out[j].Moves {
				if (out[j].Kind == rights.KindPledge && m.To.Lien == r.ID) || (out[j].Kind != rights.KindPledge && m.From.Lien == r.ID && m.To.Lien != r.ID) {
					out[j].Lien = &r.Lien
				}
			}
		}
	}
	return out, nil
}

// LienOn is a lien with the thing that it lies on, how it ended, and where.
type LienOn struct {
	rights.Lien
	Thing     string
	At, Ended time.Time
	Ending    string
	EndedCase string
}

// Liens are the liens of a kind that a party gave or holds, or with the empty name everybody's, latest first.
func (l *Ledger) Liens(tx *store.Tx, kind, party string, limit int) ([]LienOn, error) {
	return store.List(tx, func(scan func(...any) error) (x LienOn, err error) {
		var at, ended int64
		x.Lien, err = scanLien(func(dest ...any) error { return scan(append(dest, &x.Thing, &at, &ended, &x.Ending, &x.EndedCase)...) })
		x.At, x.Ended = store.Time(at), store.Time(ended)
		return x, err
	}, `SELECT `+lienColumns+`, thing, at, ended, ending, ended_case FROM ledger_lien WHERE kind = $1 AND ($2 = '' OR giver = $2 OR holder = $2) ORDER BY n DESC LIMIT $3`, kind, party, limit)
}

// HeldBy are the things of whose rights a party holds something, by name.
func (l *Ledger) HeldBy(tx *store.Tx, party string) ([]string, error) {
	return store.List(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
		`SELECT DISTINCT substr(p.asset, 7) FROM ledger_posting p JOIN ledger_account a ON a.asset = p.asset AND a.account = p.to_account
			WHERE p.party = $1 AND p.asset LIKE 'title/%' AND a.balance > 0 ORDER BY 1`, party)
}

// StakesOf are the companies of which a party holds shares, by name.
func (l *Ledger) StakesOf(tx *store.Tx, party string) ([]string, error) {
	list, err := store.List(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
		`SELECT DISTINCT asset FROM ledger_account WHERE account = $1 AND asset LIKE 'share/%' AND balance > 0 ORDER BY asset`, "party/"+party)
	var out []string
	for _, a := range list {
		if _, rest, _ := strings.Cut(a, "/"); true {
			company, _, _ := strings.Cut(rest, "/")
			if len(out) == 0 || out[len(out)-1] != company {
				out = append(out, company)
			}
		}
	}
	return out, err
}

// tableNow reads a cap table from the balances.
func tableNow(tx *store.Tx, company string) (t equity.Table, err error) {
	moves, err := store.List(tx, func(scan func(...any) error) (m equity.Move, err error) {
		var asset, account string
		err = scan(&asset, &account, &m.Shares)
		m.Class, m.To = strings.TrimPrefix(asset, "share/"+company+"/"), shareHand(Account(account))
		return m, err
	}, `SELECT asset, account, balance FROM ledger_account WHERE asset >= $1 AND asset < $2 AND balance > 0`, "share/"+company+"/", "share/"+company+"0")
	if err != nil {
		return t, err
	}
	for _, m := range moves {
		t.Apply(m)
	}
	if _, err = store.One(tx, `SELECT day, ends FROM ledger_equity WHERE company = $1 ORDER BY n DESC LIMIT 1`, []any{company}, (*string)(&t.Day), &t.Ended); err != nil {
		return t, err
	}
	t.Freezes, err = store.List(tx, func(scan func(...any) error) (f equity.Freeze, err error) {
		err = scan(&f.Party, &f.Case)
		return f, err
	}, `SELECT party, case_id FROM ledger_freeze WHERE company = $1 AND thawed = '' ORDER BY party, case_id`, company)
	return t, err
}

// insertFreezes writes what an event froze and what it let go.
func insertFreezes(tx *store.Tx, company, entry string, was, is []equity.Freeze) error {
	for _, f := range is {
		if slices.Contains(was, f) {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO ledger_freeze (entry, company, party, case_id, thawed) VALUES ($1, $2, $3, $4, '')`, entry, company, f.Party, f.Case); err != nil {
			return err
		}
	}
	for _, f := range was {
		if slices.Contains(is, f) {
			continue
		}
		if _, err := tx.Exec(`UPDATE ledger_freeze SET thawed = $4 WHERE company = $1 AND party = $2 AND case_id = $3 AND thawed = ''`, company, f.Party, f.Case, entry); err != nil {
			return err
		}
	}
	return nil
}

func insertEquity(tx *store.Tx, why Why, company, entry string, e equity.Event, ends bool) error {
	_, err := tx.Exec(`INSERT INTO ledger_equity (entry, company, kind, day, name, price_num, price_den, valuation, ends, case_id, step, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		entry, company, e.Kind, string(e.Day), e.Name, e.Price.Num, e.Price.Den, int64(e.Valuation), ends, why.Case, why.Step, store.Micros(tx.Now()))
	return err
}

func insertPaid(tx *store.Tx, posting, company string, m equity.Move) error {
	_, err := tx.Exec(`INSERT INTO ledger_paid (posting, company, paid, source) VALUES ($1, $2, $3, $4)`, posting, company, int64(m.Paid), m.Source)
	return err
}

// equityEvents reads a company's events with their moves.
func equityEvents(tx *store.Tx, company string) ([]EquityEvent, error) {
	entries := []string{}
	events, err := store.List(tx, func(scan func(...any) error) (e EquityEvent, err error) {
		var at, valuation int64
		var entry string
		err = scan(&entry, &e.Kind, (*string)(&e.Day), &e.Name, &e.Price.Num, &e.Price.Den, &valuation, &e.Event.Case, &e.Step, &at)
		e.At, e.Valuation = store.Time(at), money.Fen(valuation)
		entries = append(entries, entry)
		return e, err
	}, `SELECT entry, kind, day, name, price_num, price_den, valuation, case_id, step, at FROM ledger_equity WHERE company = $1 ORDER BY n`, company)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, e := range entries {
		at[e] = i
	}
	_, err = store.List(tx, func(scan func(...any) error) (struct{}, error) {
		var entry, asset, from, to, source string
		var m equity.Move
		var paid int64
		if err := scan(&entry, &asset, &from, &to, &m.Shares, &paid, &source); err != nil {
			return struct{}{}, err
		}
		m.Class, m.From, m.To, m.Paid, m.Source = strings.TrimPrefix(asset, "share/"+company+"/"), shareHand(Account(from)), shareHand(Account(to)), money.Fen(paid), source
		events[at[entry]].Moves = append(events[at[entry]].Moves, m)
		return struct{}{}, nil
	}, `SELECT p.entry, p.asset, p.from_account, p.to_account, p.amount, COALESCE(x.paid, 0), COALESCE(x.source, '')
		FROM ledger_equity e JOIN ledger_posting p ON p.entry = e.entry LEFT JOIN ledger_paid x ON x.posting = p.id WHERE e.company = $1 ORDER BY p.n`, company)
	if err != nil {
		return nil, err
	}
	_, err = store.List(tx, func(scan func(...any) error) (struct{}, error) {
		var entry, thawed, party string
		err := scan(&entry, &thawed, &party)
		for _, e := range []string{entry, thawed} {
			if i, ok := at[e]; ok && (events[i].Kind == equity.KindFreeze || events[i].Kind == equity.KindUnfreeze) {
				events[i].Of = append(events[i].Of, party)
			}
		}
		return struct{}{}, err
	}, `SELECT entry, thawed, party FROM ledger_freeze WHERE company = $1 ORDER BY n`, company)
	return events, err
}
