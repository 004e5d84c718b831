package ledger

import (
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/store"
)

// Month is what moved of a fund in one month of the Shanghai calendar.
type Month struct {
	Month string // 2026-01
	Held  money.Fen
	Paid  money.Fen
	Back  money.Fen
}

// dayMicros is a civil day; Shanghai is eight hours ahead of the time that is kept, all year.
const dayMicros = 86_400_000_000

// Months is what moved of a fund month by month, oldest first: what was held less what was released, what was paid, what was collected. A
// reversal counts in its own month.
func (l *Ledger) Months(tx *store.Tx, fund string) (list []Month, err error) {
	type row struct {
		day    int64
		kind   string
		from   string
		amount int64
	}
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) { return r, scan(&r.day, &r.kind, &r.from, &r.amount) },
		`SELECT (at + 28800000000) / 86400000000 AS day, kind, substr(from_account, 1, 5) AS side, CAST(sum(amount) AS BIGINT) FROM ledger_posting
		WHERE fund = $1 AND asset = 'CNY' GROUP BY day, kind, side ORDER BY day, kind, side`, fund)
	for _, r := range rows {
		month := string(caldate.On(time.UnixMicro(r.day*dayMicros - 28_800_000_000)))[:7]
		i := slices.IndexFunc(list, func(m Month) bool { return m.Month == month })
		if i < 0 {
			list = append(list, Month{Month: month})
			i = len(list) - 1
		}
		m, f := &list[i], money.Fen(r.amount)
		party := strings.HasPrefix(r.from, "party")
		switch {
		case r.kind == KindHold:
			m.Held += f
		case r.kind == KindRelease:
			m.Held -= f
		case r.kind == KindPay:
			m.Paid, m.Held = m.Paid+f, m.Held-f
		case r.kind == KindCollect && party:
			m.Back += f
		case r.kind == KindReverse && party: // of a payment
			m.Paid, m.Held = m.Paid-f, m.Held+f
		}
	}
	return slices.DeleteFunc(list, func(m Month) bool { return m.Held == 0 && m.Paid == 0 && m.Back == 0 }), err
}
