package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

var tables = store.Migrations{Name: "sample", FS: fstest.MapFS{
	"0001_init.sql": {Data: []byte(`
CREATE TABLE pot (name {{text}} NOT NULL PRIMARY KEY, amount {{bigint}} NOT NULL CHECK (amount >= 0), open {{bool}} NOT NULL, raw {{blob}}) {{hot}};
CREATE TABLE note (id {{id}}, body {{text}} NOT NULL) {{strict}};`)},
}}

var sets = []store.Migrations{tables}

func put(t *testing.T, db *store.DB, name string, amount int64) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO pot (name, amount, open, raw) VALUES ($1, $2, $3, $4)`, name, amount, true, []byte{0, 1})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func amount(t *testing.T, db *store.DB, name string) (n int64) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx *store.Tx) error {
		_, err := store.One(tx, `SELECT amount FROM pot WHERE name = $1`, []any{name}, &n)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWriteReadRollback(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		put(t, db, "甲", 5)
		after := 0
		boom := errors.New("boom")
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			tx.After(func() { after++ })
			if _, err := tx.Exec(`UPDATE pot SET amount = $2 WHERE name = $1`, "甲", 9); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || after != 0 || amount(t, db, "甲") != 5 {
			t.Fatalf("rolled back: err %v, after %d, amount %d", err, after, amount(t, db, "甲"))
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			tx.After(func() { after++ })
			n, err := tx.Exec(`UPDATE pot SET amount = $1 WHERE name = $2 AND amount < $1 AND open`, 9, "甲")
			if n != 1 {
				t.Errorf("changed %d rows", n)
			}
			return err
		})
		if err != nil || after != 1 || amount(t, db, "甲") != 9 {
			t.Fatalf("committed: err %v, after %d, amount %d", err, after, amount(t, db, "甲"))
		}
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE pot SET amount = 1`)
			return err
		}); err == nil || amount(t, db, "甲") != 9 {
			t.Fatalf("a read wrote: %v", err)
		}
	})
}

func TestFailedStatementEndsTransaction(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		put(t, db, "甲", 5)
		var dup error
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec(`INSERT INTO note (body) VALUES ($1)`, "x"); err != nil {
				return err
			}
			_, dup = tx.Exec(`INSERT INTO pot (name, amount, open) VALUES ($1, $2, $3)`, "甲", 1, false)
			if _, err := tx.Exec(`INSERT INTO note (body) VALUES ($1)`, "y"); err == nil {
				t.Error("the transaction went on after a failure")
			}
			return nil // passing over it does not help
		})
		if err == nil || !db.Duplicate(err) || !db.Duplicate(dup) {
			t.Fatalf("err %v, dup %v", err, dup)
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE pot SET amount = -1`)
			return err
		}); err == nil || db.Duplicate(err) {
			t.Fatalf("check constraint: %v", err)
		}
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			names, err := store.List(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) }, `SELECT body FROM note ORDER BY id`)
			if len(names) != 0 {
				t.Errorf("notes: %v", names)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestArguments(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		for _, arg := range []any{time.Now(), 1.5} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				var n int
				return tx.QueryRow(`SELECT 1 WHERE $1 = $1`, arg).Scan(&n)
			})
			if err == nil || !strings.Contains(err.Error(), "$1 is a") {
				t.Errorf("%T: %v", arg, err)
			}
		}
	})
}

func TestClock(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 1, 8, 0, 0, 123456789, time.FixedZone("CST", 8*3600))
		db.SetClock(func() time.Time { return at })
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			if got := tx.Now(); !got.Equal(at.Truncate(time.Microsecond)) || got.Location() != time.UTC || !store.Time(store.Micros(got)).Equal(got) {
				t.Errorf("now %v", got)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
	if store.Micros(time.Time{}) != 0 || !store.Time(0).IsZero() {
		t.Error("the zero time is not 0")
	}
}

// TestWritersOfOneRow: nobody's change is lost, everybody gets through, and a refused one changes nothing.
func TestWritersOfOneRow(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		put(t, db, "基金", 0)
		const writers, each = 16, 12
		var wg sync.WaitGroup
		var runs atomic.Int64
		no := refusal.New(refusal.Invalid, "test.no", lang.T("不行", "no"))
		for range writers {
			wg.Go(func() {
				for i := range each {
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						runs.Add(1)
						var n int64
						if _, err := store.One(tx, `SELECT amount FROM pot WHERE name = $1`, []any{"基金"}, &n); err != nil {
							return err
						}
						if _, err := tx.Exec(`UPDATE pot SET amount = $1 WHERE name = $2`, n+1, "基金"); err != nil {
							return err
						}
						if i%4 == 3 {
							return no
						}
						return nil
					})
					if (i%4 == 3) != refusal.Is(err, "test.no") || (i%4 != 3 && err != nil) {
						t.Errorf("write: %v", err)
					}
				}
			})
		}
		wg.Wait()
		if got := amount(t, db, "基金"); got != writers*each*3/4 {
			t.Errorf("amount %d, want %d", got, writers*each*3/4)
		}
		t.Logf("%d functions ran %d times", writers*each, runs.Load())
	})
}

// TestGuard: two writers each read a sum and add to it when it is below a cap; with the guard the cap holds, at any isolation.
func TestGuard(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		for round := range 20 {
			var wg sync.WaitGroup
			key := fmt.Sprint("cap", round)
			for w := range 4 {
				wg.Go(func() {
					if err := db.WriteSnapshot(t.Context(), func(tx *store.Tx) error {
						if err := tx.Guard(key); err != nil {
							return err
						}
						var n int64
						if _, err := store.One(tx, `SELECT count(*) FROM pot WHERE name >= $1 AND name < $2`, []any{key + "/", key + "0"}, &n); err != nil || n >= 2 {
							return err
						}
						_, err := tx.Exec(`INSERT INTO pot (name, amount, open) VALUES ($1, 1, $2)`, fmt.Sprintf("%s/%d", key, w), true)
						return err
					}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			var n int64
			if err := db.Read(t.Context(), func(tx *store.Tx) error {
				_, err := store.One(tx, `SELECT count(*) FROM pot WHERE name >= $1 AND name < $2`, []any{key + "/", key + "0"}, &n)
				return err
			}); err != nil || n != 2 {
				t.Fatalf("%d got under a cap of 2: %v", n, err)
			}
		}
	})
}

func TestPanicAndCancel(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		put(t, db, "甲", 5)
		func() {
			defer func() { recover() }()
			db.Write(t.Context(), func(tx *store.Tx) error {
				tx.Exec(`UPDATE pot SET amount = 6`)
				panic("x")
			})
		}()
		ctx, cancel := context.WithCancel(t.Context())
		if err := db.Write(ctx, func(tx *store.Tx) error {
			cancel()
			_, err := tx.Exec(`UPDATE pot SET amount = 7`)
			return err
		}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			return db.Write(tx.Context(), func(*store.Tx) error { return nil })
		}); err == nil {
			t.Error("a Write inside a Write was let through")
		}
		if got := amount(t, db, "甲"); got != 5 {
			t.Errorf("amount %d", got)
		}
		put(t, db, "乙", 1) // and the writer still works
	})
}

func TestSnapshot(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		put(t, db, "甲", 5)
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			var first, second int64
			if _, err := store.One(tx, `SELECT amount FROM pot WHERE name = $1`, []any{"甲"}, &first); err != nil {
				return err
			}
			if err := db.Write(context.Background(), func(tx *store.Tx) error {
				_, err := tx.Exec(`UPDATE pot SET amount = 8 WHERE name = $1`, "甲")
				return err
			}); err != nil {
				return err
			}
			_, err := store.One(tx, `SELECT amount FROM pot WHERE name = $1`, []any{"甲"}, &second)
			if first != 5 || second != 5 {
				t.Errorf("the snapshot moved: %d, %d", first, second)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestMigrate(t *testing.T) {
	storetest.Each(t, nil, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		if err := db.Migrate(ctx, tables); err != nil {
			t.Fatal(err)
		}
		put(t, db, "甲", 1)
		if err := db.Migrate(ctx, tables); err != nil { // again: nothing to do
			t.Fatal(err)
		}
		more := store.Migrations{Name: "sample", FS: fstest.MapFS{
			"0001_init.sql": tables.FS.(fstest.MapFS)["0001_init.sql"],
			"0002_more.sql": {Data: []byte(`CREATE TABLE more (a {{bigint}} NOT NULL) {{strict}};`)},
		}}
		var wg sync.WaitGroup
		for range 3 { // several processes start at once
			wg.Go(func() {
				if err := db.Migrate(ctx, more); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		changed := store.Migrations{Name: "sample", FS: fstest.MapFS{"0001_init.sql": {Data: []byte(`SELECT 1;`)}}}
		if err := db.Migrate(ctx, changed); err == nil || !strings.Contains(err.Error(), "was changed since") {
			t.Errorf("a changed file: %v", err)
		}
	})
}

func TestSQLitePathAndMemory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "沈阳 市?#%", "data")
	db := storetest.Open(t, "sqlite:"+strings.ReplaceAll(dir, "?", "")+"/city.db", tables)
	put(t, db, "甲", 1)
	info, err := os.Stat(strings.ReplaceAll(dir, "?", "") + "/city.db")
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	mem := storetest.Open(t, "sqlite::memory:", tables)
	put(t, mem, "甲", 1)
	if _, err := store.Open(t.Context(), "mysql://x:secret@y"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("unknown engine: %v", err)
	}
}

// TestDiskFull: SQLite's own limit on pages gives the same error as a full disk.
func TestDiskFull(t *testing.T) {
	db := storetest.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "full.db")+"?max_page_count=24", tables)
	var got error
	written := 0
	for i := range 200 {
		if got = db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO pot (name, amount, open) VALUES ($1, $2, $3)`, fmt.Sprint(i), 1, true)
			if err == nil {
				_, err = tx.Exec(`INSERT INTO note (body) VALUES ($1)`, strings.Repeat("长", 1000))
			}
			return err
		}); got != nil {
			break
		}
		written++
	}
	if !refusal.Is(got, "store.full") || refusal.Of(got)[0].Kind != refusal.Unavailable {
		t.Fatalf("after %d: %v", written, got)
	}
	if err := db.Read(t.Context(), func(tx *store.Tx) error {
		var pots, notes int
		if _, err := store.One(tx, `SELECT (SELECT count(*) FROM pot), (SELECT count(*) FROM note)`, nil, &pots, &notes); err != nil {
			return err
		}
		if pots != written || notes != written {
			t.Errorf("half written: %d pots, %d notes of %d", pots, notes, written)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestLibcVersion: another version of libc than the one that sqlite was made with corrupts memory.
func TestLibcVersion(t *testing.T) {
	list := func(format, module string) string {
		out, err := exec.Command("go", "list", "-m", "-f", format, module).Output()
		if err != nil {
			t.Fatalf("go list -m %s: %v", module, err)
		}
		return strings.TrimSpace(string(out))
	}
	mod, err := os.ReadFile(list("{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	if libc := list("{{.Version}}", "modernc.org/libc"); !strings.Contains(string(mod), "modernc.org/libc "+libc+"\n") {
		t.Errorf("modernc.org/libc is %s, which sqlite's go.mod does not name:\n%s", libc, mod)
	}
}
