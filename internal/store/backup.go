package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrNoBackup says that this engine is backed up with its own tools (pg_dump, continuous archiving).
var ErrNoBackup = errors.New("store: back this database up with its own tools")

// Backup writes the database as it stands now into a new file, while it is being used: one consistent snapshot, compacted, readable by
// its owner only. A file that is not empty is never overwritten. PostgreSQL answers ErrNoBackup.
func (db *DB) Backup(ctx context.Context, file string) error {
	lite, ok := db.engine.(*liteEngine)
	if !ok {
		return ErrNoBackup
	}
	if info, err := os.Stat(file); err == nil && info.Size() > 0 {
		return fmt.Errorf("store: %s exists; a backup does not overwrite", file)
	}
	path, err := filepath.Abs(file)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	if err := privateFile(path); err != nil {
		return err
	}
	conn, err := lite.migrator()
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `VACUUM INTO $1`, path); err != nil {
		return fmt.Errorf("store: the backup: %w", errors.Join(err, os.Remove(path)))
	}
	return syncFile(path)
}

// syncFile waits until the file is on the disk: a backup that was reported is one.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	return nil
}
