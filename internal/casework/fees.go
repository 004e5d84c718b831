package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

type (
	// FeeMonth is what was paid for work in a month, the tax withheld of it, and whether that was handed in.
	FeeMonth struct {
		Month    string       `json:"month" example:"2026-01"`
		People   int          `json:"people"`
		Gross    money.Fen    `json:"gross"`
		Tax      money.Fen    `json:"tax" doc:"withheld"`
		Net      money.Fen    `json:"net"`
		Remitted money.Fen    `json:"remitted" doc:"handed in to the tax office"`
		Due      caldate.Date `json:"due,omitempty" doc:"last day to hand it in"`
		Rule     string       `json:"rule,omitempty" doc:"the clause that says so"`
		Standing string       `json:"standing" enum:"none,open,due,late,done" doc:"none: nothing was withheld; open: the month goes on; late: the last day is over"`
		Fees     []FeeLine    `json:"fees,omitempty" doc:"in the order in which they were paid"`
		Receipts []FeeReceipt `json:"receipts,omitempty"`
	}
	// FeeLine is what one person got by one step of a case.
	FeeLine struct {
		At    time.Time `json:"at"`
		Party string    `json:"party"`
		Name  string    `json:"name"`
		Case  string    `json:"case"`
		Title string    `json:"title" doc:"of the case"`
		For   lang.Text `json:"for"`
		Gross money.Fen `json:"gross"`
		Tax   money.Fen `json:"tax"`
		Net   money.Fen `json:"net"`
	}
	// FeeReceipt is tax that was handed in.
	FeeReceipt struct {
		At     time.Time `json:"at"`
		Amount money.Fen `json:"amount"`
		Number lang.Text `json:"number" doc:"of the tax receipt"`
		Leaf   string    `json:"leaf"`
	}
	// RemitCommand hands in all that was withheld of a month's fees and is not handed in yet. Number is the tax receipt's.
	RemitCommand struct {
		Month  string    `json:"month"`
		Amount money.Fen `json:"amount"`
		Number string    `json:"number"`
		Key    string    `json:"-"`
	}
)

// withheldTaxDay is the parameter that says by which day of the next month withheld tax is handed in.
const withheldTaxDay = "withheld_tax_day"

var monthShape = regexp.MustCompile(`^20[0-9]{2}-(0[1-9]|1[0-2])$`)

// feesFor lets finance and auditors in: a list of fees names those who judge.
func feesFor(actor identity.Actor) error {
	if actor.Has(identity.RoleFinance) || actor.Has(identity.RoleAuditor) {
		return nil
	}
	return refusal.New(refusal.Forbidden, "casework.fees", lang.T("劳务费清单写有评审专家的姓名，只有财务人员和审计人员可以查看", "Lists of fees name those who judge; finance and auditors read them")).
		Mend(lang.T("经办处室请在事项页查看本事项的发放表", "Offices read the list of their own case on its page"))
}

// FeeMonths are the months in which fees were paid, latest first, without their lines.
func (e *Engine) FeeMonths(ctx context.Context, actor identity.Actor) (list []FeeMonth, err error) {
	if err := feesFor(actor); err != nil {
		return nil, err
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		list, err = e.feeMonths(tx)
		return err
	})
	return list, err
}

// feeMonths are all months in which fees were paid, latest first, without their lines.
func (e *Engine) feeMonths(tx *store.Tx) ([]FeeMonth, error) {
	list := []FeeMonth{}
	months, err := e.Ledger.FeeMonths(tx)
	if err != nil {
		return nil, err
	}
	for _, name := range months {
		m, err := e.feeMonth(tx, name, false)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// Fees is a month with its lines.
func (e *Engine) Fees(ctx context.Context, actor identity.Actor, month string) (m FeeMonth, err error) {
	if err := feesFor(actor); err != nil {
		return m, err
	}
	if !monthShape.MatchString(month) {
		return m, errMonth()
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		m, err = e.feeMonth(tx, month, true)
		return err
	})
	return m, err
}

func errMonth() *refusal.Refusal {
	return refusal.New(refusal.Invalid, "casework.month", lang.T("月份写成 2026-01 的样子", "A month is written as 2026-01")).At("month")
}

// feeMonth sums a month up; with lines it also tells them, each with the names of its person and case.
func (e *Engine) feeMonth(tx *store.Tx, month string, lines bool) (m FeeMonth, err error) {
	m = FeeMonth{Month: month, Receipts: []FeeReceipt{}}
	list, err := e.Ledger.Fees(tx, month)
	if err != nil {
		return m, err
	}
	people := map[string]bool{}
	for _, f := range list {
		people[f.Party] = true
		m.Gross, m.Tax, m.Net = m.Gross+f.Gross(), m.Tax+f.Tax, m.Net+f.Net
	}
	m.People = len(people)
	if lines {
		if m.Fees, err = e.feeLines(tx, list); err != nil {
			return m, err
		}
	}
	paid, err := e.Ledger.Remitted(tx, month)
	for _, t := range paid {
		m.Remitted += money.Fen(t.Amount)
		m.Receipts = append(m.Receipts, FeeReceipt{t.At, money.Fen(t.Amount), t.Memo, t.Step})
	}
	if err != nil {
		return m, err
	}
	ed, err := e.current(tx)
	if err != nil {
		return m, err
	}
	m.due(ed.Pack, caldate.On(tx.Now()))
	return m, nil
}

// feeLines are fees with the names of their people and cases.
func (e *Engine) feeLines(tx *store.Tx, list []ledger.Fee) ([]FeeLine, error) {
	n, titles, out := e.namer(tx), map[string]string{}, []FeeLine{}
	for _, f := range list {
		title, known := titles[f.Case]
		if !known {
			row, _, err := getCase(tx, f.Case)
			if err != nil {
				return nil, err
			}
			title, titles[f.Case] = row.title, row.title
		}
		out = append(out, FeeLine{f.At, f.Party, n.party(f.Party).Name, f.Case, title, f.Memo, f.Gross(), f.Tax, f.Net})
	}
	return out, n.err
}

// due says by when the month's tax is handed in, moved on to a working day, and how it stands on a day.
func (m *FeeMonth) due(p *policy.Pack, today caldate.Date) {
	next := caldate.Date(m.Month + "-01").AddMonths(1)
	if x := p.Params[withheldTaxDay]; x != nil {
		if day, ok := x.Value.(int64); ok {
			m.Due = next.AddDays(int(day) - 1)
			for !p.Calendar.IsWorkday(m.Due) {
				m.Due = m.Due.AddDays(1)
			}
			m.Rule = p.Basis[x.Basis].Cite(x.Clause)
		}
	}
	switch {
	case m.Tax <= 0:
		m.Standing = "none"
	case m.Remitted >= m.Tax:
		m.Standing = "done"
	case today < next:
		m.Standing = "open"
	case m.Due != "" && today > m.Due:
		m.Standing = "late"
	default:
		m.Standing = "due"
	}
}

// Remit enters that what was withheld of a month's fees was handed in to the tax office. It is in no case; the months' chain of leaves is named
// tax/<month>.
func (e *Engine) Remit(ctx context.Context, actor identity.Actor, c RemitCommand) (*Receipt, error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	if !actor.Has(identity.RoleFinance) {
		return nil, refusal.New(refusal.Forbidden, "casework.finance", lang.T("代扣税款由财务人员缴纳", "Withheld tax is handed in by finance"))
	}
	c.Number = strings.TrimSpace(c.Number)
	switch {
	case !monthShape.MatchString(c.Month):
		return nil, errMonth()
	case c.Number == "" || len([]rune(c.Number)) > 100:
		return nil, refusal.New(refusal.Invalid, "casework.receipt", lang.T("请填写完税凭证号（最多 100 字）", "Enter the number of the tax receipt (at most 100 characters)")).At("number")
	}
	return e.once(ctx, actor.Account, c.Key, c, false, func(tx *store.Tx) (*Receipt, error) {
		m, err := e.feeMonth(tx, c.Month, false)
		if err != nil {
			return nil, err
		}
		if err := m.payable(c.Amount); err != nil {
			return nil, err
		}
		chain := "tax/" + c.Month
		body, err := json.Marshal(c)
		if err != nil {
			return nil, err
		}
		leaf, err := e.Journal.Append(tx, journal.Leaf{Case: chain, Step: ledger.KindRemit, Account: actor.Account, At: tx.Now(), Body: body})
		if err != nil {
			return nil, err
		}
		if err := e.Ledger.Remit(tx, ledger.Why{Step: leaf, Memo: lang.T(c.Number, c.Number)}, c.Month, c.Amount); err != nil {
			return nil, err
		}
		return &Receipt{Case: chain, Leaf: leaf}, nil
	})
}

// payable refuses what is not exactly what is left of a month that is over.
func (m *FeeMonth) payable(amount money.Fen) error {
	left := m.Tax - m.Remitted
	switch {
	case m.Standing == "open":
		return refusal.New(refusal.Conflict, "casework.month_open", lang.T(m.Month+" 还没有结束，可能还要发放劳务费", m.Month+" is not over; more fees may be paid")).At("month").
			Mend(lang.T("下个月一日起缴纳", "Hand it in from the first of the next month on"))
	case left <= 0:
		return refusal.New(refusal.Conflict, "casework.tax_done", lang.T(m.Month+" 没有待缴的代扣税款", "Nothing that was withheld in "+m.Month+" is left to hand in")).At("month")
	case amount != left:
		return refusal.New(refusal.Conflict, "casework.tax_amount", lang.T(fmt.Sprintf("%s 待缴代扣税款 %s，填写的是 %s", m.Month, left, amount), fmt.Sprintf("%s was withheld in %s and is to be handed in, not %s", left, m.Month, amount))).At("amount").
			Mend(lang.T("按待缴的金额缴纳；金额有疑问的，先核对发放表", "Hand in what is left; compare the lists first if in doubt"))
	}
	return nil
}

// Table is the month as a sheet: people, what for, gross, tax and net in yuan, and the sums.
func (m *FeeMonth) Table() Table {
	t := Table{Title: m.Month + " 劳务费发放和代扣个人所得税", Head: []string{"序号", "发放日期", "收款人", "事项", "事由", "应付（元）", "代扣个人所得税（元）", "实付（元）"}}
	for i, f := range m.Fees {
		t.Rows = append(t.Rows, []any{i + 1, string(caldate.On(f.At)), f.Name, f.Title, f.For.ZH, yuan(f.Gross), yuan(f.Tax), yuan(f.Net)})
	}
	t.Rows = append(t.Rows, []any{"", "", "合计", "", "", yuan(m.Gross), yuan(m.Tax), yuan(m.Net)})
	return t
}
