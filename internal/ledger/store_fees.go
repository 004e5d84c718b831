package ledger

import (
	"time"

	"kechuang/internal/store"
)

// fees are the postings of fees and what was withheld of them, in the words of the index ledger_posting_fees: SQLite takes a partial index only
// where a query says its condition as it stands there, and reads the whole ledger otherwise.
const fees = `kind IN ('fee', 'withhold', 'remit') AND kind <> 'remit'`

// feePostings are the fees and what was withheld of them from one time to another, with what was reversed of them in that time.
func feePostings(tx *store.Tx, from, until time.Time) ([]Transfer, error) {
	paid, err := store.List(tx, scanPosting, `SELECT `+postingColumns+` FROM ledger_posting WHERE `+fees+` AND at >= $1 AND at < $2 ORDER BY n`, store.Micros(from), store.Micros(until))
	if err != nil {
		return nil, err
	}
	back, err := store.List(tx, scanPosting, `SELECT `+postingColumns+` FROM ledger_posting WHERE reverses IN (SELECT id FROM ledger_posting WHERE `+fees+`) AND at >= $1 AND at < $2 ORDER BY n`,
		store.Micros(from), store.Micros(until))
	return append(paid, back...), err
}

// feeDays are the days of the Shanghai calendar, counted from 1970, on which fees were paid, latest first.
func feeDays(tx *store.Tx) ([]int64, error) {
	return store.List(tx, func(scan func(...any) error) (day int64, err error) { return day, scan(&day) },
		`SELECT DISTINCT (at + 28800000000) / 86400000000 AS day FROM ledger_posting WHERE `+fees+` AND at >= 0 ORDER BY day DESC`)
}

func remittances(tx *store.Tx, to Account) ([]Transfer, error) {
	return store.List(tx, scanPosting, `SELECT `+postingColumns+` FROM ledger_posting WHERE kind IN ('fee', 'withhold', 'remit') AND kind = 'remit' AND to_account = $1 ORDER BY at, n`, string(to))
}
