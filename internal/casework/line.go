package casework

import (
	"context"

	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// Some rows are changed by many cases: the counter that numbers a kind of page, a fund. What is done to one at once by two steps makes one
// of them run again, so steps that are known to change the same one stand in line (store.Tx.Line).

// numberLine is the line of those who print pages of a kind.
func numberLine(document string) string { return "number/" + document }

// inLine lets a step stand in line from its first attempt, where this process knows its case.
func (e *Engine) inLine(ctx context.Context, c Command) context.Context {
	d := e.recent.peek(c.Case)
	if d == nil {
		return ctx
	}
	var st *policy.State
	if r := d.byID[first(c.Record, d.row.id)]; r != nil {
		st = d.state(r.Record)
	}
	if st == nil || st.Step(c.Step) == nil {
		return ctx
	}
	var keys []string
	for _, ef := range st.Step(c.Step).Do {
		switch ef := ef.(type) {
		case policy.Make:
			keys = append(keys, numberLine(ef.Document))
		case policy.Hold:
			keys = append(keys, ledger.Fund(ef.Fund).Line())
		}
	}
	return store.InLine(ctx, keys...)
}
