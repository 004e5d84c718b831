package ledger_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"kechuang/internal/ledger"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// BenchmarkTransfer moves money between two accounts by the book, and beside it by the three statements that any program would
// need, with 1 and 16 writers: "spread" over accounts of their own, "one fund" all from the same.
func BenchmarkTransfer(b *testing.B) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		for _, writers := range []int{1, 16} {
			for _, hot := range []bool{false, true} {
				name := "spread"
				if hot {
					name = "one fund"
				}
				if hot && writers == 1 {
					continue
				}
				for _, how := range []string{"ledger", "bare"} {
					b.Run(fmt.Sprintf("%s/%d %s/%s", d, writers, name, how), func(b *testing.B) { transfers(b, d, writers, hot, how == "bare") })
				}
			}
		}
	}
}

func transfers(b *testing.B, d store.Dialect, writers int, hot, bare bool) {
	db := storetest.Open(b, storetest.URL(b, d), sets...)
	from := func(w int) string {
		if hot {
			return "fund/f"
		}
		return fmt.Sprintf("fund/%d", w)
	}
	must(b, db.Write(b.Context(), func(tx *store.Tx) error {
		for w := range writers {
			if err := book.Post(tx, ledger.Transfer{From: "clearing/x", To: ledger.Account(from(w)), Amount: 1e12, Kind: "open"}); err != nil {
				return err
			}
		}
		return nil
	}))
	var next, runs atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for w := range writers {
		wg.Go(func() {
			for {
				i := next.Add(1)
				if i > int64(b.N) {
					return
				}
				to := fmt.Sprintf("party/%d", w)
				if err := db.Write(b.Context(), func(tx *store.Tx) error {
					runs.Add(1)
					if bare {
						return bareTransfer(tx, fmt.Sprintf("b%d", i), from(w), to)
					}
					return book.Post(tx, ledger.Transfer{From: ledger.Account(from(w)), To: ledger.Account(to), Amount: 3, Kind: "move", Case: to})
				}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "transfers/s")
	b.ReportMetric(float64(runs.Load())/float64(b.N), "runs/transfer")
}

func bareTransfer(tx *store.Tx, id, from, to string) error {
	if _, err := tx.Exec(`UPDATE ledger_account SET balance = balance - $1 WHERE asset = 'CNY' AND account = $2 AND balance >= $1`, 3, from); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO ledger_account (asset, account, balance, source) VALUES ('CNY', $1, $2, $3)
		ON CONFLICT (asset, account) DO UPDATE SET balance = ledger_account.balance + excluded.balance`, to, 3, false); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO ledger_posting (id, entry, asset, from_account, to_account, amount, kind, case_id, pot, step, fund, party, memo_zh, memo_en, at)
		VALUES ($1, $1, 'CNY', $2, $3, $4, 'move', $3, '', '', '', '', '', '', 0)`, id, from, to, 3)
	return err
}
