package ledger_test

import (
	"testing"
	"time"

	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestInterest: who was paid owes interest beside the claim, both come back to the fund; and a year's grants can be asked of one fund.
func TestInterest(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		db.SetClock(func() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) })
		w := why("case_1")
		do := func(f func(tx *store.Tx) error) { t.Helper(); must(t, act(t, db, f)) }
		for _, fund := range []string{"challenge", "other"} {
			do(func(tx *store.Tx) error { return book.Appropriate(tx, why(""), fund, 2026, 100*money.Wan) })
		}
		do(func(tx *store.Tx) error { return book.Hold(tx, w, "challenge", "grant", "甲", 60*money.Wan) })
		do(func(tx *store.Tx) error { return book.Hold(tx, why("case_2"), "other", "grant", "甲", 7*money.Wan) })
		interest := func(party string) error {
			return act(t, db, func(tx *store.Tx) error { return book.Interest(tx, w, "grant", party, 2*money.Wan) })
		}
		if err := interest("甲"); !refusal.Is(err, "ledger.claim") {
			t.Errorf("interest on nothing: %v", err)
		}
		do(func(tx *store.Tx) error { _, err := book.Pay(tx, w, "grant", "甲", 60*money.Wan); return err })
		do(func(tx *store.Tx) error { _, err := book.Claim(tx, w, "grant", "甲", ledger.All); return err })
		must(t, interest("甲"))
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			p, err := book.Pot(tx, "case_1", "grant")
			if p.Owed["甲"] != 62*money.Wan || p.Claimed["甲"] != 60*money.Wan {
				t.Errorf("owes %v, of which %v was paid to it", p.Owed["甲"], p.Claimed["甲"])
			}
			one, err1 := book.GrantedInYear(tx, "甲", 2026, "other")
			all, err2 := book.GrantedInYear(tx, "甲", 2026, "")
			if one != 7*money.Wan || all != 67*money.Wan || err1 != nil || err2 != nil {
				t.Errorf("granted %v from one fund and %v from all (%v, %v)", one, all, err1, err2)
			}
			return err
		}))
		earned := func(want money.Fen) {
			t.Helper()
			must(t, db.Read(t.Context(), func(tx *store.Tx) error {
				s, err := book.Fund(tx, "challenge")
				if s.Interest() != want {
					t.Errorf("interest of %v came in, want %v: %+v", s.Interest(), want, s)
				}
				return err
			}))
		}
		earned(0)
		do(func(tx *store.Tx) error { _, err := book.Collect(tx, w, "grant", "甲", 60*money.Wan); return err })
		earned(0)
		do(func(tx *store.Tx) error { _, err := book.Collect(tx, w, "grant", "甲", ledger.All); return err })
		earned(2 * money.Wan)
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			s, err := book.Fund(tx, "challenge")
			if s.Free != 102*money.Wan || s.Owed != 0 {
				t.Errorf("fund %+v", s)
			}
			return err
		}))
	})
}
