package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestDiskFullTogether: writers that share a commit when the disk is full. Who was told yes is there, who was told no is not.
func TestDiskFullTogether(t *testing.T) {
	db := storetest.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "full.db")+"?max_page_count=60", tables)
	var yes, no atomic.Int64
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 40 {
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					if _, err := tx.Exec(`INSERT INTO pot (name, amount, open) VALUES ($1, $2, $3)`, fmt.Sprint(w, "/", i), 1, true); err != nil {
						return err
					}
					_, err := tx.Exec(`INSERT INTO note (body) VALUES ($1)`, strings.Repeat("长", 100*(1+w)))
					return err
				})
				switch {
				case err == nil:
					yes.Add(1)
				case refusal.Is(err, "store.full"):
					no.Add(1)
				default:
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	var pots, notes int64
	if err := db.Read(t.Context(), func(tx *store.Tx) error {
		_, err := store.One(tx, `SELECT (SELECT count(*) FROM pot), (SELECT count(*) FROM note)`, nil, &pots, &notes)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if pots != yes.Load() || notes != yes.Load() || no.Load() == 0 {
		t.Errorf("%d were told yes and %d no; %d pots and %d notes are there", yes.Load(), no.Load(), pots, notes)
	}
}

// TestWaitersGiveUp: those who stop waiting for their turn leave the line, and it goes on.
func TestWaitersGiveUp(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		put(t, db, "甲", 0)
		holding, release := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := db.Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE pot SET amount = amount + 1`)
				close(holding)
				<-release
				return err
			}); err != nil {
				t.Error(err)
			}
		})
		<-holding
		var done atomic.Int64
		for i := range 20 {
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+i%5)*10*time.Millisecond)
				defer cancel()
				if i%2 == 0 {
					ctx = t.Context()
				}
				err := db.Write(ctx, func(tx *store.Tx) error {
					_, err := tx.Exec(`UPDATE pot SET amount = amount + 1`)
					return err
				})
				if err == nil {
					done.Add(1)
				} else if !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
		}
		time.Sleep(30 * time.Millisecond) // some give up before, some at, some after the turn comes
		close(release)
		wg.Wait()
		if got := amount(t, db, "甲"); got != done.Load()+1 || done.Load() < 10 {
			t.Errorf("amount %d after %d writes", got, done.Load()+1)
		}
	})
}
