package casework

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"kechuang/internal/figure"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Tables are the migrations of everything that a case writes, in order.
var Tables = []store.Migrations{register.Migrations, ledger.Migrations, journal.Migrations, figure.Migrations, Migrations}

// StageDB makes empty databases fast: one SQLite file is migrated once, and every play gets a copy of it. On a file system in memory
// a copy takes about a millisecond, a migration a hundred.
type StageDB struct {
	template string
	n        atomic.Int64
}

// NewStageDB migrates the template; its copies are made beside it.
func NewStageDB(template string) (*StageDB, error) {
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+template)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx, Tables...); err != nil {
		db.Close()
		return nil, err
	}
	return &StageDB{template: template}, db.Close() // closing writes the log back into the one file
}

// Fresh is a database of one's own, and how to be rid of it.
func (s *StageDB) Fresh() (*store.DB, func(), error) {
	file := filepath.Join(filepath.Dir(s.template), "play"+strconv.FormatInt(s.n.Add(1), 10)+".db")
	if err := copyFile(file, s.template); err != nil {
		return nil, nil, fmt.Errorf("casework: a database for a play: %w", err)
	}
	db, err := store.Open(context.Background(), "sqlite:"+file)
	if err != nil {
		return nil, nil, err
	}
	return db, func() {
		db.Close()
		for _, end := range []string{"", "-wal", "-shm"} {
			os.Remove(file + end)
		}
	}, nil
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
