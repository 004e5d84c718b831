package ledger

import (
	"slices"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Fee is what one person got for work by one step, and what was withheld of it.
type Fee struct {
	At    time.Time
	Party string
	Case  string
	Step  string
	Memo  lang.Text
	Net   money.Fen
	Tax   money.Fen
}

// Gross is what was earned.
func (f *Fee) Gross() money.Fen { return f.Net + f.Tax }

// Fees lists the fees of a month of the Shanghai calendar, such as 2026-01, in the order in which they were paid. What was reversed stands with the
// sign turned round in the month of its reversal.
func (l *Ledger) Fees(tx *store.Tx, month string) (list []Fee, err error) {
	from, until := monthSpan(month)
	rows, err := feePostings(tx, from, until)
	for _, t := range rows {
		amount := money.Fen(t.Amount)
		if t.Reverses != "" {
			amount = -amount
		}
		i := slices.IndexFunc(list, func(f Fee) bool {
			return f.Step == t.Step && f.Case == t.Case && f.Party == t.Party && (t.Reverses != "") == (f.Gross() < 0)
		})
		if i < 0 {
			list = append(list, Fee{At: t.At, Party: t.Party, Case: t.Case, Step: t.Step, Memo: t.Memo})
			i = len(list) - 1
		}
		if f := &list[i]; t.To == IncomeTax() || t.From == IncomeTax() {
			f.Tax += amount
		} else {
			f.Net += amount
		}
	}
	return list, err
}

// FeeMonths are the months in which fees were paid, latest first.
func (l *Ledger) FeeMonths(tx *store.Tx) (list []string, err error) {
	days, err := feeDays(tx)
	for _, day := range days {
		if m := string(caldate.On(time.UnixMicro(day*dayMicros - 28_800_000_000)))[:7]; !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list, err
}

// Remit hands what was withheld of a month's fees on to the tax office.
func (l *Ledger) Remit(tx *store.Tx, why Why, month string, amount money.Fen) error {
	if amount <= 0 {
		return refusal.New(refusal.Invalid, "ledger.amount", lang.T("没有要缴的税款", "There is no tax to hand in")).At("month")
	}
	return l.Post(tx, Transfer{From: IncomeTax(), To: TaxOffice(month), Amount: int64(amount), Kind: KindRemit, Step: why.Step, Memo: why.Memo})
}

// Remitted is what of a month's tax was handed on, each time.
func (l *Ledger) Remitted(tx *store.Tx, month string) ([]Transfer, error) {
	return remittances(tx, TaxOffice(month))
}

// monthSpan is a month as times: from its first moment to that of the next.
func monthSpan(month string) (from, until time.Time) {
	first := caldate.Date(month + "-01")
	return first.Start(), first.AddMonths(1).Start()
}
