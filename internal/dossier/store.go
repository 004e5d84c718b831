package dossier

import (
	"context"
	"embed"
	"io"
	"time"

	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations makes the tables of this package.
var Migrations = store.Migrations{Name: "dossier", FS: files}

type row struct {
	id, in, account, job string
	files, size          int64
	digest               string
	at                   time.Time
	ready                bool
}

const columns = `id, case_id, account, job, files, size, digest, at, ready`

func scan(scan func(...any) error) (r row, err error) {
	var at int64
	err = scan(&r.id, &r.in, &r.account, &r.job, &r.files, &r.size, &r.digest, &at, &r.ready)
	r.at = store.Time(at)
	return r, err
}

func add(tx *store.Tx, r row) error {
	_, err := tx.Exec(`INSERT INTO dossier (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, r.id, r.in, r.account, r.job, r.files, r.size, r.digest, store.Micros(r.at), r.ready)
	return err
}

func byID(tx *store.Tx, id string) (r row, found bool, err error) {
	list, err := store.List(tx, scan, `SELECT `+columns+` FROM dossier WHERE id = $1`, id)
	if err != nil || len(list) == 0 {
		return r, false, err
	}
	return list[0], true, nil
}

func ofCase(tx *store.Tx, account, in string) ([]row, error) {
	return store.List(tx, scan, `SELECT `+columns+` FROM dossier WHERE account = $1 AND case_id = $2 ORDER BY at DESC, id DESC`, account, in)
}

// done says that all chunks are there; one that was dropped meanwhile is stopped.
func done(tx *store.Tx, id string, files, size int64, digest string) error {
	n, err := tx.Exec(`UPDATE dossier SET files = $2, size = $3, digest = $4, ready = TRUE WHERE id = $1`, id, files, size, digest)
	if err == nil && n == 0 {
		err = errStopped
	}
	return err
}

func drop(tx *store.Tx, id string) error {
	if err := dropChunks(tx, id); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM dossier WHERE id = $1`, id)
	return err
}

func dropChunks(tx *store.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM dossier_chunk WHERE dossier = $1`, id)
	return err
}

// chunkSize is how much of an archive is written, and read, at once.
const chunkSize = 1 << 20

// keeper writes an archive as chunks, each in a transaction of its own, so that a long one holds nobody up.
type keeper struct {
	ctx  context.Context
	db   *store.DB
	id   string
	n    int64
	size int64
}

func (k *keeper) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		part := rest[:min(len(rest), chunkSize)]
		rest = rest[len(part):]
		err := k.db.Write(k.ctx, func(tx *store.Tx) error {
			if _, found, err := byID(tx, k.id); err != nil || !found {
				if err == nil {
					err = errStopped
				}
				return err
			}
			_, err := tx.Exec(`INSERT INTO dossier_chunk (dossier, n, body) VALUES ($1, $2, $3)`, k.id, k.n, part)
			return err
		})
		if err != nil {
			return 0, err
		}
		k.n++
		k.size += int64(len(part))
	}
	return len(p), nil
}

// chunks reads an archive.
type chunks struct {
	ctx  context.Context
	db   *store.DB
	id   string
	n    int64
	left []byte
}

func (c *chunks) Read(p []byte) (int, error) {
	if len(c.left) == 0 {
		found := false
		err := c.db.Read(c.ctx, func(tx *store.Tx) (err error) {
			found, err = store.One(tx, `SELECT body FROM dossier_chunk WHERE dossier = $1 AND n = $2`, []any{c.id, c.n}, &c.left)
			return err
		})
		if err != nil {
			return 0, err
		}
		if !found {
			return 0, io.EOF
		}
		c.n++
	}
	n := copy(p, c.left)
	c.left = c.left[n:]
	return n, nil
}
