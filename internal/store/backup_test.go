package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kechuang/internal/store"
)

// TestBackup takes a copy while a writer goes on: the copy is one moment, and opens like any database.
func TestBackup(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, "sqlite:"+filepath.Join(dir, "a.db"))
	run(t, db, `CREATE TABLE pairs (left_id INTEGER, right_id INTEGER)`)
	for range 10 { // each write adds a pair in two statements: half a pair would be seen in a torn copy
		run(t, db, `INSERT INTO pairs VALUES (1, 0)`, `UPDATE pairs SET right_id = left_id`)
	}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			if err := db.Write(ctx, func(tx *store.Tx) error {
				if _, err := tx.Exec(`INSERT INTO pairs VALUES (1, 0)`); err != nil {
					return err
				}
				_, err := tx.Exec(`UPDATE pairs SET right_id = left_id WHERE right_id = 0`)
				return err
			}); err != nil {
				stopped <- err
				return
			}
		}
	}()
	file := filepath.Join(dir, "copy.db")
	if err := db.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the copy: %v %v", info, err)
	}
	if err := db.Backup(ctx, file); err == nil {
		t.Fatal("a second backup overwrote the first")
	}
	again := open(t, "sqlite:"+file)
	var all, torn int
	err := again.Read(ctx, func(tx *store.Tx) error {
		_, err := store.One(tx, `SELECT count(*), coalesce(sum(CASE WHEN left_id <> right_id THEN 1 ELSE 0 END), 0) FROM pairs`, nil, &all, &torn)
		return err
	})
	if err != nil || all < 10 || torn != 0 {
		t.Fatalf("the copy holds %d pairs, %d of them torn: %v", all, torn, err)
	}
}

func open(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t *testing.T, db *store.DB, statements ...string) {
	t.Helper()
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
