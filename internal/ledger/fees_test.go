package ledger_test

import (
	"testing"

	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestFees: a fee and its tax leave the pot together, nobody is granted a fee, and taking it back leaves the book as it was.
func TestFees(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		w := why("case_1")
		must(t, act(t, db, func(tx *store.Tx) error { return book.Appropriate(tx, why(""), "reviews", 2026, money.Wan) }))
		must(t, act(t, db, func(tx *store.Tx) error { return book.Hold(tx, w, "reviews", "fees", "", 3000*money.Yuan) }))
		must(t, act(t, db, func(tx *store.Tx) error {
			return book.PayFee(tx, w, "fees", "专家一", 1360*money.Yuan, 140*money.Yuan)
		}))
		must(t, act(t, db, func(tx *store.Tx) error { return book.PayFee(tx, w, "fees", "专家二", 700*money.Yuan, 0) }))
		if err := act(t, db, func(tx *store.Tx) error {
			return book.PayFee(tx, w, "fees", "专家三", 700*money.Yuan, 200*money.Yuan)
		}); err == nil {
			t.Error("more was paid than the pot holds")
		}
		var entry string
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			p, err := book.Pot(tx, "case_1", "fees")
			if p.Held != 800*money.Yuan || p.Paid["专家一"] != 1360*money.Yuan || p.Paid[string(ledger.IncomeTax())] != 140*money.Yuan {
				t.Errorf("pot %+v", p)
			}
			must(t, err)
			s, err := book.Fund(tx, "reviews")
			if s.Paid != 2200*money.Yuan || s.Held != 800*money.Yuan {
				t.Errorf("fund %+v", s)
			}
			must(t, err)
			if f, err := book.GrantedInYear(tx, "专家一", tx.Now().Year(), ""); f != 0 || err != nil {
				t.Errorf("a fee counts as granted: %v %v", f, err)
			}
			list, err := book.Postings(tx, "case_1")
			entry = list[1].Entry
			return err
		}))
		must(t, act(t, db, func(tx *store.Tx) error { return book.Reverse(tx, w, entry) }))
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			p, err := book.Pot(tx, "case_1", "fees")
			if p.Held != 2300*money.Yuan || p.Paid["专家一"] != 0 || p.Paid[string(ledger.IncomeTax())] != 0 {
				t.Errorf("after it was taken back: %+v", p)
			}
			return err
		}))
	})
}
