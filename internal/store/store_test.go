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
				_, err := store.One(tx, `SELECT 1 WHERE $1 = $1`, []any{arg}, &n)
				return err
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
// TestSent: what was sent is there for the next statement, fails with the transaction whichever statement notices, and is undone with it.
func TestSent(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		add := func(tx *store.Tx, id int64) error {
			return tx.Send(`INSERT INTO pot (name, amount, open) VALUES ($1, 0, $2)`, fmt.Sprint(id), true)
		}
		count := func() (n int64) {
			err := db.Read(t.Context(), func(tx *store.Tx) error {
				_, err := store.One(tx, `SELECT count(*) FROM pot`, nil, &n)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			args := []any{"1", true}
			if err := tx.Send(`INSERT INTO pot (name, amount, open) VALUES ($1, 0, $2)`, args...); err != nil {
				return err
			}
			args[0] = "2" // a slice that is used again is not what was sent
			if err := tx.Send(`INSERT INTO pot (name, amount, open) VALUES ($1, 0, $2)`, args...); err != nil {
				return err
			}
			n, err := tx.Exec(`UPDATE pot SET amount = 1`)
			if err == nil && n != 2 {
				t.Errorf("%d rows were there for the statement after those that were sent", n)
			}
			return errors.Join(err, add(tx, 3))
		}); err != nil || count() != 3 {
			t.Fatalf("%d pots, %v", count(), err)
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			for id := range int64(1000) { // more than wait at most
				if err := add(tx, 100+id); err != nil {
					return err
				}
			}
			return nil
		}); err != nil || count() != 1003 {
			t.Fatalf("%d pots, %v", count(), err)
		}
		for name, then := range map[string]func(tx *store.Tx) error{
			"the commit":    func(*store.Tx) error { return nil },
			"a question":    func(tx *store.Tx) error { _, err := store.One(tx, `SELECT 1`, nil, new(int)); return err },
			"no statement":  func(tx *store.Tx) error { _ = add(tx, 12); return nil },
			"an error lost": func(tx *store.Tx) error { _, _ = store.One(tx, `SELECT 1`, nil, new(int)); return nil },
		} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				return errors.Join(add(tx, 11), add(tx, 1), then(tx)) // 1 is there already
			})
			if err == nil || !db.Duplicate(err) || count() != 1003 {
				t.Errorf("noticed by %s: %d pots, %v", name, count(), err)
			}
		}
		refused := refusal.New(refusal.Closed, "test.no", lang.T("不行", "no"))
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return errors.Join(add(tx, 13), refused) }); !refusal.Is(err, "test.no") || count() != 1003 {
			t.Errorf("after a refusal: %d pots, %v", count(), err)
		}
	})
}

// TestLine: functions that say which row they all change wait for one another instead of breaking each other.
func TestLine(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.Send(`INSERT INTO pot (name, amount, open) VALUES ('line', 0, $1)`, true)
		}); err != nil {
			t.Fatal(err)
		}
		before := db.Stats()
		ctx := store.InLine(t.Context(), "pot/line", "b", "a", "b")
		var wg sync.WaitGroup
		for range 12 {
			wg.Go(func() {
				for range 10 {
					if err := db.Write(ctx, func(tx *store.Tx) error {
						tx.Line("pot/line")
						_, err := tx.Exec(`UPDATE pot SET amount = amount + 1 WHERE name = 'line'`)
						return err
					}); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		if lost := db.Stats().LostRow - before.LostRow; lost != 0 {
			t.Errorf("%d attempts lost the row to another", lost)
		}
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			var n int64
			_, err := store.One(tx, `SELECT amount FROM pot WHERE name = 'line'`, nil, &n)
			if n != 120 {
				t.Errorf("the pot holds %d, want 120", n)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAnsweredMeansOnDisk: where many write at once, each commits before the disk has it and is answered after.
func TestAnsweredMeansOnDisk(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		if db.Dialect() != store.Postgres {
			t.Skip("SQLite shares commits: TestDiskFullTogether")
		}
		var early, late atomic.Int64
		var wg sync.WaitGroup
		for client := range 12 {
			wg.Go(func() {
				for n := range 15 {
					var lsn string
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						if _, err := tx.Exec(`INSERT INTO note (body) VALUES ($1)`, fmt.Sprint(client, n, strings.Repeat("x", 2000))); err != nil {
							return err
						}
						_, err := store.One(tx, `SELECT CAST(pg_current_wal_insert_lsn() AS TEXT)`, nil, &lsn)
						return err
					})
					if err != nil {
						t.Error(err)
						return
					}
					var flushed bool
					err = db.Read(t.Context(), func(tx *store.Tx) error {
						_, err := store.One(tx, `SELECT pg_current_wal_flush_lsn() >= CAST($1 AS pg_lsn)`, []any{lsn}, &flushed)
						return err
					})
					if err != nil {
						t.Error(err)
						return
					}
					if flushed {
						late.Add(1)
					} else {
						early.Add(1)
					}
				}
			})
		}
		wg.Wait()
		if early.Load() > 0 {
			t.Errorf("%d of %d were answered before what they wrote was on disk", early.Load(), early.Load()+late.Load())
		}
	})
}

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
