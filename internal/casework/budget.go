package casework

import (
	"context"
	"encoding/json"
	"strings"

	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// AppropriateCommand enters a year's budget into a fund. Memo names the paper that says so.
type AppropriateCommand struct {
	Fund   string    `json:"fund"`
	Year   int       `json:"year"`
	Amount money.Fen `json:"amount"`
	Memo   string    `json:"memo"`
	Key    string    `json:"-"`
}

// Appropriate is the one act that is in no case: money enters the books. It goes through the same door as every step, so it happens
// once a key and is on record: the fund's own chain of leaves is named fund/<name>.
func (e *Engine) Appropriate(ctx context.Context, actor identity.Actor, c AppropriateCommand) (*Receipt, error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	if !actor.Has(identity.RoleFinance) {
		return nil, refusal.New(refusal.Forbidden, "casework.finance", lang.T("预算由财务人员录入", "Budgets are entered by finance"))
	}
	c.Memo = strings.TrimSpace(c.Memo)
	if c.Memo == "" || len([]rune(c.Memo)) > maxReason {
		return nil, refusal.New(refusal.Invalid, "casework.memo", lang.T("请写明预算文件（最多 2000 字）", "Name the paper behind the budget (at most 2000 characters)")).At("memo")
	}
	return e.once(ctx, actor.Account, c.Key, c, false, func(tx *store.Tx) (*Receipt, error) {
		ed, err := e.current(tx)
		if err != nil {
			return nil, err
		}
		if ed.Funds[c.Fund] == nil {
			return nil, refusal.New(refusal.NotFound, "casework.no_fund", lang.T("政策包中没有这个资金", "The pack has no such fund")).At("fund")
		}
		chain := "fund/" + c.Fund
		body, err := json.Marshal(c)
		if err != nil {
			return nil, err
		}
		leaf, err := e.Journal.Append(tx, journal.Leaf{Case: chain, Step: ledger.KindAppropriate, Account: actor.Account, At: tx.Now(), Body: body})
		if err != nil {
			return nil, err
		}
		why := ledger.Why{Step: leaf, Memo: lang.T(c.Memo, c.Memo)}
		if err := e.Ledger.Appropriate(tx, why, c.Fund, c.Year, c.Amount); err != nil {
			return nil, err
		}
		return &Receipt{Case: chain, Leaf: leaf}, nil
	})
}
