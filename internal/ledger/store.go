package ledger

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/store"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations makes the ledger's tables.
var Migrations = store.Migrations{Name: "ledger", FS: must(fs.Sub(files, "migrations"))}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return v
}

// balanceKey is one row of ledger_account.
type balanceKey struct {
	asset   Asset
	account Account
}

func (k balanceKey) compare(o balanceKey) int {
	return cmp.Or(cmp.Compare(k.asset, o.asset), cmp.Compare(k.account, o.account))
}

// take lowers a balance unless the account has too little; a source is made on the way. The guard is in the statement, so nothing
// is read that another may change: on PostgreSQL two takers of one fund meet at its row and nowhere else.
func take(tx *store.Tx, k balanceKey, amount int64) (bool, error) {
	if source, _ := k.account.source(); source {
		return true, give(tx, k, -amount)
	}
	if strings.HasPrefix(string(k.account), "fund/") {
		tx.Line(k.account.Line())
	}
	n, err := tx.Exec(`UPDATE ledger_account SET balance = balance - $1 WHERE asset = $2 AND account = $3 AND balance >= $1`,
		amount, string(k.asset), string(k.account))
	return n == 1, err
}

// give raises a balance (or lowers that of a source), making the account where there is none.
func give(tx *store.Tx, k balanceKey, amount int64) error {
	source, _ := k.account.source()
	return tx.Send(`INSERT INTO ledger_account (asset, account, balance, source) VALUES ($1, $2, $3, $4)
		ON CONFLICT (asset, account) DO UPDATE SET balance = ledger_account.balance + excluded.balance`,
		string(k.asset), string(k.account), amount, source)
}

func balance(tx *store.Tx, k balanceKey) (n int64, err error) {
	_, err = store.One(tx, `SELECT balance FROM ledger_account WHERE asset = $1 AND account = $2`, []any{string(k.asset), string(k.account)}, &n)
	return n, err
}

const postingColumns = `id, entry, asset, from_account, to_account, amount, kind, case_id, pot, step, fund, party, memo_zh, memo_en, at, reverses`

func insertPosting(tx *store.Tx, t Transfer) error {
	var reverses *string
	if t.Reverses != "" {
		reverses = &t.Reverses
	}
	if err := tx.Send(`INSERT INTO ledger_posting (`+postingColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		t.ID, t.Entry, string(t.Asset), string(t.From), string(t.To), t.Amount, t.Kind, t.Case, t.Pot, t.Step, t.Fund, t.Party,
		t.Memo.ZH, t.Memo.EN, store.Micros(t.At), reverses); err != nil {
		return err
	}
	for _, g := range t.grants {
		if err := tx.Send(`INSERT INTO ledger_grant (party, year, posting, amount) VALUES ($1, $2, $3, $4)`,
			g.party, g.year, t.ID, g.amount); err != nil {
			return err
		}
	}
	return nil
}

func scanPosting(scan func(...any) error) (t Transfer, err error) {
	var asset, from, to string
	var at int64
	var reverses *string
	err = scan(&t.ID, &t.Entry, &asset, &from, &to, &t.Amount, &t.Kind, &t.Case, &t.Pot, &t.Step, &t.Fund, &t.Party,
		&t.Memo.ZH, &t.Memo.EN, &at, &reverses)
	t.Asset, t.From, t.To, t.At = Asset(asset), Account(from), Account(to), store.Time(at)
	if reverses != nil {
		t.Reverses = *reverses
	}
	return t, err
}

func postingsOf(tx *store.Tx, caseID string) ([]Transfer, error) {
	return store.List(tx, scanPosting, `SELECT `+postingColumns+` FROM ledger_posting WHERE case_id = $1 AND asset = 'CNY' ORDER BY n`, caseID)
}

func postingsPage(tx *store.Tx, fund string, before int64, limit int) ([]Transfer, int64, error) {
	if before <= 0 {
		before = 1 << 62
	}
	last := int64(0)
	list, err := store.List(tx, func(scan func(...any) error) (Transfer, error) {
		return scanPosting(func(dest ...any) error { return scan(append([]any{&last}, dest...)...) })
	}, `SELECT n, `+postingColumns+` FROM ledger_posting WHERE fund = $1 AND n < $2 ORDER BY n DESC LIMIT $3`, fund, before, limit)
	if len(list) < limit {
		last = 0
	}
	return list, last, err
}

func entryOf(tx *store.Tx, id string) ([]Transfer, error) {
	return store.List(tx, scanPosting, `SELECT `+postingColumns+` FROM ledger_posting
		WHERE entry = (SELECT p.entry FROM ledger_posting p WHERE p.id = $1) ORDER BY n`, id)
}

func reversed(tx *store.Tx, id string) (bool, error) {
	var n int64
	_, err := store.One(tx, `SELECT count(*) FROM ledger_posting WHERE reverses = $1`, []any{id}, &n)
	return n > 0, err
}

func grantsOf(tx *store.Tx, posting string) ([]grant, error) {
	return store.List(tx, func(scan func(...any) error) (g grant, err error) { return g, scan(&g.party, &g.year, &g.amount) },
		`SELECT party, year, amount FROM ledger_grant WHERE posting = $1 ORDER BY party, year`, posting)
}

// GrantedInYear is what a party was granted in a year over all cases: what is held for it and what it was paid, less what was
// released. What was held in one year and paid in the next counts in the first. In a transaction that writes the answer stands until
// its end: of two cases that ask for one party at once, one asks again. With a fund it is what that fund granted.
func (l *Ledger) GrantedInYear(tx *store.Tx, party string, year int, fund string) (money.Fen, error) {
	if err := tx.Guard(fmt.Sprintf("granted/%s/%d", party, year)); err != nil {
		return 0, err
	}
	var n int64
	query, of := `SELECT CAST(COALESCE(sum(amount), 0) AS BIGINT) FROM ledger_grant WHERE party = $1 AND year = $2`, []any{party, year}
	if fund != "" {
		query, of = `SELECT CAST(COALESCE(sum(g.amount), 0) AS BIGINT) FROM ledger_grant g JOIN ledger_posting p ON p.id = g.posting
			WHERE g.party = $1 AND g.year = $2 AND p.fund = $3`, append(of, fund)
	}
	_, err := store.One(tx, query, of, &n)
	return money.Fen(n), err
}

func scanPot(scan func(...any) error) (p Pot, err error) {
	return p, scan(&p.Name, &p.Fund, &p.Party, &p.Year)
}

func potRow(tx *store.Tx, caseID, pot string) (*Pot, error) {
	p := Pot{}
	found, err := store.One(tx, `SELECT pot, fund, party, year FROM ledger_pot WHERE case_id = $1 AND pot = $2`, []any{caseID, pot},
		&p.Name, &p.Fund, &p.Party, &p.Year)
	if !found {
		return nil, err
	}
	return &p, err
}

func potRows(tx *store.Tx, caseID string) (map[string]Pot, error) {
	list, err := store.List(tx, scanPot, `SELECT pot, fund, party, year FROM ledger_pot WHERE case_id = $1 ORDER BY pot`, caseID)
	pots := make(map[string]Pot, len(list))
	for _, p := range list {
		pots[p.Name] = p
	}
	return pots, err
}

func insertPot(tx *store.Tx, caseID string, p Pot) error {
	return tx.Send(`INSERT INTO ledger_pot (case_id, pot, fund, party, year) VALUES ($1, $2, $3, $4, $5)`,
		caseID, p.Name, p.Fund, p.Party, p.Year)
}

// flowsOf sums a case's postings. A case has some tens of them, whatever the number of cases.
func flowsOf(tx *store.Tx, caseID string) ([]flow, error) {
	return store.List(tx, func(scan func(...any) error) (f flow, err error) {
		var from, to string
		var amount int64
		err = scan(&f.pot, &f.kind, &from, &to, &amount)
		f.from, f.to, f.amount = Account(from), Account(to), money.Fen(amount)
		return f, err
	}, `SELECT pot, kind, from_account, to_account, CAST(sum(amount) AS BIGINT) FROM ledger_posting
		WHERE case_id = $1 AND asset = 'CNY' GROUP BY pot, kind, from_account, to_account ORDER BY pot, kind, from_account, to_account`, caseID)
}

// AccountBalance is one account.
type AccountBalance struct {
	Asset   Asset
	Account Account
	Balance int64
}

// Accounts are the accounts under a prefix that ends in a slash, such as "fund/", by name.
func (l *Ledger) Accounts(tx *store.Tx, prefix string) ([]AccountBalance, error) {
	if !strings.HasSuffix(prefix, "/") {
		return nil, fmt.Errorf("ledger: the prefix %q does not end in a slash", prefix)
	}
	end := strings.TrimSuffix(prefix, "/") + "0" // the byte after the slash
	return store.List(tx, func(scan func(...any) error) (b AccountBalance, err error) {
		var asset, account string
		err = scan(&asset, &account, &b.Balance)
		b.Asset, b.Account = Asset(asset), Account(account)
		return b, err
	}, `SELECT asset, account, balance FROM ledger_account WHERE asset = 'CNY' AND account >= $1 AND account < $2 ORDER BY account`, prefix, end)
}

// allBalances are all accounts of all assets.
func allBalances(tx *store.Tx) ([]AccountBalance, error) {
	return store.List(tx, func(scan func(...any) error) (b AccountBalance, err error) {
		var asset, account string
		err = scan(&asset, &account, &b.Balance)
		b.Asset, b.Account = Asset(asset), Account(account)
		return b, err
	}, `SELECT asset, account, balance FROM ledger_account ORDER BY asset, account`)
}

// eachPosting reads the whole book in its order, some thousand at a time.
func eachPosting(tx *store.Tx, do func(Transfer) error) error {
	const page = 5000
	for after := int64(0); ; {
		list, err := store.List(tx, func(scan func(...any) error) (Transfer, error) {
			return scanPosting(func(dest ...any) error { return scan(append([]any{&after}, dest...)...) })
		}, `SELECT n, `+postingColumns+` FROM ledger_posting WHERE n > $1 ORDER BY n LIMIT $2`, after, page)
		if err != nil {
			return err
		}
		for _, t := range list {
			if err := do(t); err != nil {
				return err
			}
		}
		if len(list) < page {
			return nil
		}
	}
}

// FundState is where a fund's money is.
type FundState struct {
	Fund         string
	Appropriated money.Fen // ever, of all years
	Free         money.Fen // promised to nobody
	Held         money.Fen // in pots
	Paid         money.Fen // and not collected back
	Owed         money.Fen // claimed back and not come yet
}

// Interest is what came in besides what was appropriated: interest and penalties on what was claimed back.
func (s FundState) Interest() money.Fen { return s.Free + s.Held + s.Paid - s.Appropriated }

// Fund adds up where a fund's money is: Appropriated = Free + Held + Paid, and Free is more by the interest that came in.
func (l *Ledger) Fund(tx *store.Tx, fund string) (FundState, error) {
	s := FundState{Fund: fund}
	rows, err := store.List(tx, func(scan func(...any) error) (f flow, err error) {
		var from, to string
		var amount int64
		err = scan(&from, &to, &amount)
		f.from, f.to, f.amount = Account(from), Account(to), money.Fen(amount)
		return f, err
	}, `SELECT substr(from_account, 1, 5), substr(to_account, 1, 5), CAST(sum(amount) AS BIGINT) FROM ledger_posting
		WHERE fund = $1 AND asset = 'CNY' GROUP BY substr(from_account, 1, 5), substr(to_account, 1, 5) ORDER BY 1, 2`, fund)
	for _, f := range rows {
		for _, side := range []struct {
			account Account
			amount  money.Fen
		}{{f.from, -f.amount}, {f.to, f.amount}} {
			switch side.account {
			case "budge":
				s.Appropriated -= side.amount
			case "fund/":
				s.Free += side.amount
			case "case/":
				s.Held += side.amount
			case "party", "withh": // withheld: paid for a party
				s.Paid += side.amount
			case "owed/":
				s.Owed += side.amount
			}
		}
	}
	return s, err
}

// bookCheck is a query that finds what is wrong: a name and a number a row.
type bookCheck struct{ what, query string }

// bookChecks are those of rights and equity.
var bookChecks = []bookCheck{
	{"the right is not one whole", `SELECT asset, CAST(sum(balance) AS BIGINT) FROM ledger_account
		WHERE (asset LIKE 'title/%' OR asset LIKE 'use/%' OR asset LIKE 'income/%') AND account NOT LIKE 'origin/%'
		GROUP BY asset HAVING sum(balance) <> 1000000 ORDER BY asset`},
	{"the right came to be at two moments", `SELECT asset, count(DISTINCT at) FROM ledger_posting
		WHERE (asset LIKE 'title/%' OR asset LIKE 'use/%' OR asset LIKE 'income/%') AND (from_account LIKE 'origin/%' OR to_account LIKE 'origin/%')
		GROUP BY asset HAVING count(DISTINCT at) <> 1 OR max(CASE WHEN to_account LIKE 'origin/%' THEN 1 ELSE 0 END) = 1 ORDER BY asset`},
	{"the account was below zero at some moment", `SELECT account, CAST(min(running) AS BIGINT) FROM (
			SELECT asset, account, sum(d) OVER (PARTITION BY asset, account ORDER BY at, n, side) AS running FROM (
				SELECT asset, from_account AS account, -amount AS d, at, n, 1 AS side FROM ledger_posting WHERE asset <> 'CNY'
				UNION ALL SELECT asset, to_account, amount, at, n, 0 FROM ledger_posting WHERE asset <> 'CNY') AS both_sides) AS in_time
		WHERE account NOT LIKE 'origin/%' GROUP BY asset, account HAVING min(running) < 0 ORDER BY account`},
	{"the share lies under a pledge that is over", `SELECT a.account, a.balance FROM ledger_account a LEFT JOIN ledger_lien l ON l.id = substr(a.account, 6, 31) AND l.ended = 0
		WHERE a.account LIKE 'lien/%' AND a.balance > 0 AND l.id IS NULL ORDER BY a.account`},
	{"the share lies under a term that is over", `SELECT a.account, a.balance FROM ledger_account a LEFT JOIN ledger_term t ON t.id = substr(a.account, 6, 31) AND t.lapsed = 0
		WHERE a.account LIKE 'term/%' AND a.balance > 0 AND t.id IS NULL ORDER BY a.account`},
	{"an event is dated before the one before it", `SELECT e.company, e.n FROM ledger_equity e JOIN ledger_equity f ON f.company = e.company AND f.n < e.n AND f.day > e.day ORDER BY e.company, e.n`},
	{"shares without an event", `SELECT p.asset, p.n FROM ledger_posting p LEFT JOIN ledger_equity e ON e.entry = p.entry WHERE p.asset LIKE 'share/%' AND e.entry IS NULL ORDER BY p.asset, p.n`},
}

// Audit checks the whole book: each asset sums to zero, no account but a source is below zero, every balance is the sum of its
// postings, every pot's account belongs to a pot, and what parties were granted follows from the postings. All that is wrong is
// in the error.
func (l *Ledger) Audit(tx *store.Tx) error {
	checks := []bookCheck{
		{"the asset does not sum to zero", `SELECT asset, CAST(sum(balance) AS BIGINT) FROM ledger_account
			GROUP BY asset HAVING sum(balance) <> 0 ORDER BY asset`},
		{"the account is below zero", `SELECT account, balance FROM ledger_account WHERE balance < 0 AND NOT source ORDER BY account`},
		{"the balance is not the sum of its postings: off by", `SELECT account, CAST(sum(d) AS BIGINT) FROM (
				SELECT asset, account, balance AS d FROM ledger_account
				UNION ALL SELECT asset, from_account, amount FROM ledger_posting
				UNION ALL SELECT asset, to_account, -amount FROM ledger_posting) AS all_of_it
			GROUP BY asset, account HAVING sum(d) <> 0 ORDER BY account`},
		{"the pot is nobody's", `SELECT DISTINCT p.case_id, p.n FROM ledger_posting p LEFT JOIN ledger_pot q ON q.case_id = p.case_id AND q.pot = p.pot
			WHERE p.pot <> '' AND q.pot IS NULL ORDER BY p.case_id, p.n`},
		{"what was granted is not what is held and paid: off by", `SELECT case_id, CAST(sum(d) AS BIGINT) FROM (
				SELECT p.case_id, g.amount AS d FROM ledger_grant g JOIN ledger_posting p ON p.id = g.posting
				UNION ALL SELECT p.case_id, -p.amount FROM ledger_posting p JOIN ledger_pot q ON q.case_id = p.case_id AND q.pot = p.pot
					WHERE q.party <> '' AND p.to_account = 'case/' || p.case_id || '/' || p.pot
				UNION ALL SELECT p.case_id, p.amount FROM ledger_posting p JOIN ledger_pot q ON q.case_id = p.case_id AND q.pot = p.pot
					WHERE q.party <> '' AND p.from_account = 'case/' || p.case_id || '/' || p.pot
				UNION ALL SELECT p.case_id, -p.amount FROM ledger_posting p
					WHERE p.from_account = 'case/' || p.case_id || '/' || p.pot AND p.to_account = 'party/' || p.party AND p.fund <> 'outside' AND p.kind <> 'fee'
				UNION ALL SELECT p.case_id, p.amount FROM ledger_posting p
					WHERE p.to_account = 'case/' || p.case_id || '/' || p.pot AND p.from_account = 'party/' || p.party AND p.fund <> 'outside'
						AND (p.reverses IS NULL OR p.reverses NOT IN (SELECT id FROM ledger_posting WHERE kind = 'fee'))) AS all_of_it
			GROUP BY case_id HAVING sum(d) <> 0 ORDER BY case_id`},
	}
	var wrong []error
	for _, c := range append(checks, bookChecks...) {
		found, err := store.List(tx, func(scan func(...any) error) (e error, err error) {
			var name string
			var n int64
			err = scan(&name, &n)
			return fmt.Errorf("ledger: %s: %s (%d)", name, c.what, n), err
		}, c.query)
		if err != nil {
			return err
		}
		wrong = append(wrong, found...)
	}
	return errors.Join(wrong...)
}

// Title is what an account is called in lists.
func (a Account) Title() lang.Text {
	zh, en := describe(a)
	return lang.T(zh, en)
}
