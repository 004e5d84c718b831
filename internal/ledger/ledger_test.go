package ledger_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

var (
	sets = []store.Migrations{ledger.Migrations}
	book = ledger.New()
)

func why(c string) ledger.Why {
	return ledger.Why{Case: c, Step: "step", Memo: lang.T("启动资金", "start money")}
}

// act runs fn and audits the whole book after it.
func act(t testing.TB, db *store.DB, fn func(tx *store.Tx) error) error {
	t.Helper()
	err := db.Write(t.Context(), fn)
	audit(t, db)
	return err
}

func audit(t testing.TB, db *store.DB) {
	t.Helper()
	if err := db.Read(t.Context(), book.Audit); err != nil {
		t.Fatalf("the book does not hold: %v", err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestCase plays one case's money from the budget to the last fen that came back.
func TestCase(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		db.SetClock(func() time.Time { return time.Date(2025, 12, 31, 17, 0, 0, 0, time.UTC) }) // 2026 in China
		w := why("case_1")
		granted := func(party string, year int) (f money.Fen) {
			must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { f, err = book.GrantedInYear(tx, party, year, ""); return err }))
			return f
		}
		pot := func() (p ledger.Pot) {
			must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { p, err = book.Pot(tx, "case_1", "start"); return err }))
			return p
		}
		must(t, act(t, db, func(tx *store.Tx) error { return book.Appropriate(tx, why(""), "challenge", 2026, 500*money.Wan) }))
		must(t, act(t, db, func(tx *store.Tx) error { return book.Hold(tx, w, "challenge", "start", "甲", 200*money.Wan) }))
		if granted("甲", 2026) != 200*money.Wan || granted("甲", 2025) != 0 {
			t.Errorf("granted: %v in 2026", granted("甲", 2026))
		}
		err := act(t, db, func(tx *store.Tx) error {
			return book.Hold(tx, why("case_2"), "challenge", "start", "乙", 301*money.Wan)
		})
		if !refusal.Is(err, "ledger.insufficient") || !strings.Contains(err.Error(), "现有 300万元，需要 301万元，还差 1万元") {
			t.Errorf("overdrawn: %v", err)
		}
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Pay(tx, w, "start", "甲", 50*money.Wan); return err }))
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Pay(tx, w, "start", "检测院", 10*money.Wan); return err }))
		if granted("甲", 2026) != 190*money.Wan || granted("检测院", 2026) != 10*money.Wan {
			t.Errorf("granted: %v and %v", granted("甲", 2026), granted("检测院", 2026))
		}
		must(t, act(t, db, func(tx *store.Tx) error {
			left, err := book.Release(tx, w, "start")
			if left != 140*money.Wan {
				t.Errorf("released %v", left)
			}
			return err
		}))
		if err := act(t, db, func(tx *store.Tx) error { _, err := book.Claim(tx, w, "start", "甲", 51*money.Wan); return err }); !refusal.Is(err, "ledger.claim") {
			t.Errorf("claimed more than was paid: %v", err)
		}
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Claim(tx, w, "start", "甲", ledger.All); return err }))
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Collect(tx, w, "start", "甲", 20*money.Wan); return err }))
		if p := pot(); p.Held != 0 || p.Paid["甲"] != 50*money.Wan || p.Owed["甲"] != 30*money.Wan || p.Claimed["甲"] != 50*money.Wan || p.Fund != "challenge" {
			t.Errorf("pot %+v", p)
		}
		if err := act(t, db, func(tx *store.Tx) error { _, err := book.Collect(tx, w, "start", "甲", 31*money.Wan); return err }); !refusal.Is(err, "ledger.insufficient") {
			t.Errorf("collected more than is owed: %v", err)
		}
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Forgive(tx, w, "start", "甲"); return err }))
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			s, err := book.Fund(tx, "challenge")
			want := ledger.FundState{Fund: "challenge", Appropriated: 500 * money.Wan, Free: 460 * money.Wan, Paid: 40 * money.Wan}
			if s != want {
				t.Errorf("fund %+v", s)
			}
			if p, err := book.Postings(tx, "case_1"); err != nil || len(p) != 8 || p[0].Kind != ledger.KindHold || p[7].Kind != ledger.KindForgive ||
				p[0].Memo.EN != "start money" || !p[0].At.Equal(tx.Now()) && p[0].At.IsZero() {
				t.Errorf("postings %v %+v", err, p)
			}
			page, next, err2 := book.Page(tx, "challenge", 0, 3)
			if len(page) != 3 || next == 0 || page[0].Kind != ledger.KindForgive {
				t.Errorf("page %v %d", page, next)
			}
			funds, err3 := book.Accounts(tx, "fund/")
			if len(funds) != 1 || funds[0].Balance != int64(460*money.Wan) {
				t.Errorf("accounts %v", funds)
			}
			return errors.Join(err, err2, err3)
		}))
	})
}

func TestReverse(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		w := why("case_1")
		must(t, act(t, db, func(tx *store.Tx) error { return book.Appropriate(tx, why(""), "f", 2026, 100) }))
		must(t, act(t, db, func(tx *store.Tx) error { return book.Hold(tx, w, "f", "p", "甲", 60) }))
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Pay(tx, w, "p", "甲", 60); return err }))
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Claim(tx, w, "p", "甲", 40); return err }))
		must(t, act(t, db, func(tx *store.Tx) error { _, err := book.Collect(tx, w, "p", "甲", 40); return err }))
		ids := map[string]string{}
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			list, err := book.Postings(tx, "case_1")
			for _, p := range list {
				ids[p.Kind] = p.ID
			}
			return err
		}))
		reverse := func(kind string) error {
			return act(t, db, func(tx *store.Tx) error { return book.Reverse(tx, w, ids[kind]) })
		}
		if err := reverse(ledger.KindPay); !refusal.Is(err, "ledger.claimed") {
			t.Errorf("a payment under claim was reversed: %v", err)
		}
		if err := reverse(ledger.KindHold); !refusal.Is(err, "ledger.insufficient") {
			t.Errorf("a hold that was spent was reversed: %v", err)
		}
		must(t, reverse(ledger.KindCollect)) // by its second transfer: both go back
		if err := reverse(ledger.KindCollect); !refusal.Is(err, "ledger.reversed") {
			t.Errorf("reversed twice: %v", err)
		}
		must(t, reverse(ledger.KindClaim))
		must(t, reverse(ledger.KindPay))
		must(t, reverse(ledger.KindHold))
		if err := act(t, db, func(tx *store.Tx) error { return book.Reverse(tx, w, "tr_none") }); !refusal.Is(err, "ledger.unknown") {
			t.Errorf("unknown: %v", err)
		}
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			p, err := book.Pot(tx, "case_1", "p")
			if p.Held != 0 || len(p.Paid)+len(p.Owed)+len(p.Claimed) != 0 {
				t.Errorf("pot %+v", p)
			}
			g, err2 := book.GrantedInYear(tx, "甲", tx.Now().Year(), "")
			b, err3 := book.Balance(tx, ledger.CNY, ledger.Fund("f"))
			if g != 0 || b != 100 {
				t.Errorf("granted %v, fund %d", g, b)
			}
			return errors.Join(err, err2, err3)
		}))
	})
}

// TestPostAllOrNone: a refused batch leaves nothing, even where the transaction is committed after it.
func TestPostAllOrNone(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		must(t, act(t, db, func(tx *store.Tx) error { return book.Appropriate(tx, why(""), "a", 2026, 100) }))
		must(t, act(t, db, func(tx *store.Tx) error {
			err := book.Post(tx,
				ledger.Transfer{From: "fund/a", To: "fund/c", Amount: 100, Kind: "move"},
				ledger.Transfer{From: "fund/b", To: "fund/d", Amount: 7, Kind: "move"},
				ledger.Transfer{From: "fund/z", To: "fund/d", Amount: 1, Kind: "move"})
			if len(refusal.Of(err)) != 2 || refusal.Of(err)[0].Field != "fund/b" {
				t.Errorf("refused: %v", err)
			}
			return nil
		}))
		must(t, act(t, db, func(tx *store.Tx) error { // what comes in serves what goes out, in any order
			return book.Post(tx,
				ledger.Transfer{From: "fund/c", To: "fund/d", Amount: 40, Kind: "move"},
				ledger.Transfer{From: "fund/a", To: "fund/c", Amount: 100, Kind: "move"})
		}))
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			list, err := book.Accounts(tx, "fund/")
			if got := fmt.Sprint(list); got != "[{CNY fund/a 0} {CNY fund/c 60} {CNY fund/d 40}]" {
				t.Error(got)
			}
			return err
		}))
		for _, bad := range []ledger.Transfer{
			{From: "fund/a", To: "fund/a", Amount: 1}, {From: "fund/a", To: "fund/b", Amount: 0}, {From: "fund/a", To: "fund/b", Amount: -5},
			{From: "nowhere", To: "fund/b", Amount: 1}, {From: "fund/", To: "fund/b", Amount: 1}, {From: "fund/a", To: "safe/b", Amount: 1},
			{From: "clearing/x", To: "fund/b", Amount: int64(money.Max) + 1}, {From: "clearing/x\n", To: "fund/b", Amount: 1},
		} {
			if err := act(t, db, func(tx *store.Tx) error { return book.Post(tx, bad) }); err == nil {
				t.Errorf("posted %+v", bad)
			}
		}
	})
}

// TestModel compares the book with plain maps over random acts, auditing after each.
func TestModel(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		must(t, f.Value.Set("40")) // on each database; -rapid.checks=1000 for a night
	}
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		run := 0
		rapid.Check(t, func(r *rapid.T) {
			run++ // accounts of a run of its own: the database stays, and the audit sees all runs
			m := newModel(t, db, fmt.Sprintf("f%d", run), fmt.Sprintf("case_%d_", run))
			r.Repeat(map[string]func(*rapid.T){
				"appropriate": m.appropriate, "hold": m.hold, "pay": m.pay, "release": m.release, "claim": m.claim,
				"collect": m.collect, "forgive": m.forgive, "reverse": m.reverse, "": m.check,
			})
		})
	})
}

// TestCap: several cases of one party at once, each asking what it was granted before holding more; the cap holds also on snapshots.
func TestCap(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		for w := range 5 { // a fund for each: otherwise its row would already keep them apart
			must(t, act(t, db, func(tx *store.Tx) error { return book.Appropriate(tx, why(""), fmt.Sprint("f", w), 2026, 10_000) }))
		}
		const limit = 100
		for round := range 8 {
			party := fmt.Sprintf("p%d", round)
			var wg sync.WaitGroup
			for w := range 5 {
				wg.Go(func() {
					if err := db.WriteSnapshot(t.Context(), func(tx *store.Tx) error {
						g, err := book.GrantedInYear(tx, party, tx.Now().Year(), "")
						if err != nil || g+40 > limit {
							return err
						}
						return book.Hold(tx, why(fmt.Sprintf("case_%d_%d", round, w)), fmt.Sprint("f", w), "start", party, 40)
					}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			must(t, db.Read(t.Context(), func(tx *store.Tx) error {
				g, err := book.GrantedInYear(tx, party, tx.Now().Year(), "")
				if g != 80 {
					t.Errorf("granted %v under a cap of %d", g, limit)
				}
				return err
			}))
		}
		audit(t, db)
	})
}

// TestConcurrent: sixteen writers on one fund; the fund is exactly used up, nobody is told a lie, and the book holds.
func TestConcurrent(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		const writers, each = 16, 10
		must(t, act(t, db, func(tx *store.Tx) error { return book.Appropriate(tx, why(""), "f", 2026, writers*each*10/2) }))
		var held atomic.Int64
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					c := fmt.Sprintf("case_%d_%d", w, i)
					party := fmt.Sprintf("p%d", rand.N(4))
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						if err := book.Hold(tx, why(c), "f", "start", party, 10); err != nil {
							return err
						}
						if i%3 == 0 {
							_, err := book.Pay(tx, why(c), "start", party, 4)
							return err
						}
						return nil
					})
					switch {
					case err == nil:
						held.Add(1)
					case !refusal.Is(err, "ledger.insufficient"):
						t.Errorf("hold: %v", err)
					}
				}
			})
		}
		wg.Wait()
		audit(t, db)
		if held.Load() != writers*each/2 {
			t.Errorf("%d holds came through, want %d", held.Load(), writers*each/2)
		}
	})
}

// TestGiveBack: what is left of money that several paid in goes back in the measure of what each paid, to the fen, and a second time nothing.
func TestGiveBack(t *testing.T) {
	storetest.Each(t, []store.Migrations{ledger.Migrations}, func(t *testing.T, db *store.DB) {
		l := ledger.New()
		why := ledger.Why{Case: "case_1", Step: "x#1"}
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			for _, p := range []struct {
				party  string
				amount money.Fen
			}{{"甲", 300}, {"乙", 500}, {"甲", 200}, {"丙", 2}} {
				if err := l.Receive(tx, why, "capital", p.party, p.amount); err != nil {
					return err
				}
			}
			if _, err := l.Pay(tx, why, "capital", "丁", 501); err != nil {
				return err
			}
			if n, err := l.Release(tx, why, "capital"); err != nil || n != 501 {
				t.Errorf("%d went back: %v", n, err)
			}
			for party, left := range map[string]int64{"甲": 250, "乙": 250, "丙": 1} { // below nothing by what the case has kept of it
				if n, err := l.Balance(tx, ledger.CNY, ledger.Clearing(party)); err != nil || n != -left {
					t.Errorf("%s has %d with the case, not %d: %v", party, -n, left, err)
				}
			}
			if n, err := l.Release(tx, why, "capital"); err != nil || n != 0 {
				t.Errorf("a second time %d: %v", n, err)
			}
			return l.Audit(tx)
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestMonths: what moves just before and after midnight in Shanghai counts in two months, and the months sum to how the fund stands.
func TestMonths(t *testing.T) {
	storetest.Each(t, []store.Migrations{ledger.Migrations}, func(t *testing.T, db *store.DB) {
		l := ledger.New()
		why := ledger.Why{Case: "case_1", Step: "x#1"}
		at := func(text string, do func(tx *store.Tx) error) {
			now, err := time.Parse(time.RFC3339, text)
			if err != nil {
				t.Fatal(err)
			}
			db.SetClock(func() time.Time { return now })
			if err := db.Write(context.Background(), do); err != nil {
				t.Fatal(err)
			}
		}
		at("2026-01-05T01:00:00Z", func(tx *store.Tx) error { return l.Appropriate(tx, ledger.Why{}, "f", 2026, 1000) })
		at("2026-01-31T15:59:59Z", func(tx *store.Tx) error { return l.Hold(tx, why, "f", "grant", "甲", 500) })
		at("2026-01-31T16:00:00Z", func(tx *store.Tx) error { _, err := l.Pay(tx, why, "grant", "甲", 200); return err })
		at("2026-03-01T00:00:00Z", func(tx *store.Tx) error { _, err := l.Release(tx, why, "grant"); return err })
		var months []ledger.Month
		if err := db.Read(context.Background(), func(tx *store.Tx) (err error) { months, err = l.Months(tx, "f"); return err }); err != nil {
			t.Fatal(err)
		}
		want := []ledger.Month{{"2026-01", 500, 0, 0}, {"2026-02", -200, 200, 0}, {"2026-03", -300, 0, 0}}
		if !slices.Equal(months, want) {
			t.Errorf("%+v, want %+v", months, want)
		}
	})
}
