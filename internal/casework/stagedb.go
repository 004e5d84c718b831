package casework

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"kechuang/internal/chain"
	"kechuang/internal/figure"
	"kechuang/internal/figure/outside"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Tables are the migrations of everything that a case writes, in order.
var Tables = []store.Migrations{register.Migrations, ledger.Migrations, journal.Migrations, figure.Migrations, outside.Migrations, chain.Migrations, Migrations}

// StageDB gives every play an empty database fast: one that another play has left is emptied, which takes about a millisecond, where a
// migration takes a hundred; statements stay prepared. What plays leave need not outlast a crash: nothing waits for the disk.
type StageDB struct {
	dir string

	mu   sync.Mutex // guards both
	made int
	free []*store.DB
}

// NewStageDB makes databases in a folder, best on a file system in memory.
func NewStageDB(dir string) *StageDB { return &StageDB{dir: dir} }

// Fresh is a database of one's own, and how to give it back.
func (s *StageDB) Fresh() (*store.DB, func(), error) {
	db, err := s.take()
	if err != nil {
		return nil, nil, fmt.Errorf("casework: a database for a play: %w", err)
	}
	return db, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.free = append(s.free, db)
	}, nil
}

func (s *StageDB) take() (*store.DB, error) {
	s.mu.Lock()
	if n := len(s.free); n > 0 {
		db := s.free[n-1]
		s.free = s.free[:n-1]
		s.mu.Unlock()
		return db, empty(db)
	}
	s.made++
	file := filepath.Join(s.dir, "play"+strconv.Itoa(s.made)+".db")
	s.mu.Unlock()
	db, err := store.Open(context.Background(), "sqlite:"+file+"?synchronous=OFF")
	if err == nil {
		err = db.Migrate(context.Background(), Tables...)
	}
	return db, err
}

// Close closes the databases that were given back.
func (s *StageDB) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, db := range s.free {
		db.Close()
	}
	s.free = nil
}

// empty takes everything out of a database but what its migrations put there: it is as if it had just been made.
func empty(db *store.DB) error {
	return db.Write(context.Background(), func(tx *store.Tx) error {
		query, anyOrder := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`, `PRAGMA defer_foreign_keys = ON`
		if tx.Dialect() == store.Postgres {
			query = `SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1`
			anyOrder = `SET LOCAL session_replication_role = replica`
		}
		tables, err := store.List(tx, oneText, query)
		if err != nil {
			return err
		}
		if err := tx.Send(anyOrder); err != nil { // whoever refers to whom
			return err
		}
		for _, table := range tables {
			if !ours(table) {
				continue
			}
			if err := tx.Send(`DELETE FROM ` + table); err != nil {
				return err
			}
		}
		return tx.Send(`UPDATE journal_state SET size = 0, key = ''`)
	})
}

// ours tells whether a table holds what cases and those around them write.
func ours(table string) bool {
	if table == "journal_state" {
		return false
	}
	for _, set := range []string{"casework_", "ledger_", "journal_", "figure_", "party", "record", "sheet_"} {
		if strings.HasPrefix(table, set) {
			return true
		}
	}
	return false
}
