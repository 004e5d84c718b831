package journal

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/store"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations makes the journal's tables.
var Migrations = store.Migrations{Name: "journal", FS: must(fs.Sub(files, "migrations"))}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return v
}

func lastOf(tx *store.Tx, caseID string) (seq int64, digest string, err error) {
	_, err = store.One(tx, `SELECT seq, digest FROM journal_leaf WHERE case_id = $1 ORDER BY seq DESC LIMIT 1`, []any{caseID}, &seq, &digest)
	return seq, digest, err
}

func insertLeaf(tx *store.Tx, caseID string, seq int64, digest string, record []byte) error {
	if err := tx.Send(`INSERT INTO journal_leaf (case_id, seq, digest, record) VALUES ($1, $2, $3, $4)`,
		caseID, seq, digest, string(record)); err != nil {
		return err
	}
	return tx.Send(`INSERT INTO journal_pending (case_id, seq, digest) VALUES ($1, $2, $3)`, caseID, seq, digest)
}

// lockState makes sealers take turns: the second to come runs again and finds what the first did.
func lockState(tx *store.Tx) (size int64, key string, err error) {
	_, err = store.One(tx, `UPDATE journal_state SET size = size WHERE id = 1 RETURNING size, key`, nil, &size, &key)
	return size, key, err
}

func setState(tx *store.Tx, size int64, key string) error {
	return tx.Send(`UPDATE journal_state SET size = $1, key = $2 WHERE id = 1`, size, key)
}

// waiting is a leaf without an index.
type waiting struct {
	n      int64
	caseID string
	seq    int64
	digest string
}

func pending(tx *store.Tx, limit int) ([]waiting, error) {
	return store.List(tx, func(scan func(...any) error) (w waiting, err error) {
		return w, scan(&w.n, &w.caseID, &w.seq, &w.digest)
	},
		`SELECT n, case_id, seq, digest FROM journal_pending ORDER BY n LIMIT $1`, limit)
}

// deletePending removes what this transaction saw waiting up to n: on PostgreSQL a row with a smaller n that was committed since is
// not in this snapshot, and stays for the next seal.
func deletePending(tx *store.Tx, n int64) error {
	return tx.Send(`DELETE FROM journal_pending WHERE n <= $1`, n)
}

// indexRows is how many rows go into one statement: a seal of thousands of leaves is mostly its round trips.
const indexRows = 64

var insertIndexMany = `INSERT INTO journal_index (idx, case_id, seq, hash) VALUES ` + func() string {
	rows := make([]string, indexRows)
	for i := range rows {
		rows[i] = fmt.Sprintf("($%d, $%d, $%d, $%d)", 4*i+1, 4*i+2, 4*i+3, 4*i+4)
	}
	return strings.Join(rows, ", ")
}()

func insertIndex(tx *store.Tx, from int64, list []waiting) error {
	args := make([]any, 0, 4*indexRows)
	for i, w := range list {
		h, err := hashOf(w.digest)
		if err != nil {
			return err
		}
		args = append(args, from+int64(i), w.caseID, w.seq, h[:])
		if len(args) == 4*indexRows {
			if err := tx.Send(insertIndexMany, args...); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	for ; len(args) > 0; args = args[4:] {
		if err := tx.Send(`INSERT INTO journal_index (idx, case_id, seq, hash) VALUES ($1, $2, $3, $4)`, args[:4]...); err != nil {
			return err
		}
	}
	return nil
}

func scanHash(scan func(...any) error) (h tlog.Hash, err error) {
	var b []byte
	if err := scan(&b); err != nil {
		return h, err
	}
	if copy(h[:], b) != len(h) {
		err = errors.New("a hash of the journal is cut short")
	}
	return h, err
}

func leafHashes(tx *store.Tx, from, count int64) ([]tlog.Hash, error) {
	return store.List(tx, scanHash, `SELECT hash FROM journal_index WHERE idx >= $1 AND idx < $2 ORDER BY idx`, from, from+count)
}

func tile(tx *store.Tx, level, n int64) ([]tlog.Hash, error) {
	var data []byte
	if _, err := store.One(tx, `SELECT data FROM journal_tile WHERE level = $1 AND n = $2`, []any{level, n}, &data); err != nil {
		return nil, err
	}
	row := make([]tlog.Hash, len(data)/tlog.HashSize, tileWidth)
	for i := range row {
		copy(row[i][:], data[i*tlog.HashSize:])
	}
	return row, nil
}

func putTile(tx *store.Tx, level, n int64, row []tlog.Hash) error {
	data := make([]byte, 0, len(row)*tlog.HashSize)
	for _, h := range row {
		data = append(data, h[:]...)
	}
	return tx.Send(`INSERT INTO journal_tile (level, n, data) VALUES ($1, $2, $3)
		ON CONFLICT (level, n) DO UPDATE SET data = excluded.data`, level, n, data)
}

func insertCheckpoint(tx *store.Tx, c Checkpoint) error {
	return tx.Send(`INSERT INTO journal_checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4)`,
		c.Size, base64Hash(c.Root), c.Note, store.Micros(c.At))
}

func latest(tx *store.Tx) (c Checkpoint, err error) {
	var root string
	var at int64
	found, err := store.One(tx, `SELECT size, root, note, at FROM journal_checkpoint ORDER BY size DESC LIMIT 1`, nil, &c.Size, &root, &c.Note, &at)
	if err != nil || !found {
		return Checkpoint{}, err
	}
	c.At = store.Time(at)
	c.Origin, _, _ = strings.Cut(c.Note, "\n")
	c.Root, err = tlog.ParseHash(root)
	return c, err
}

// signedAt finds a checkpoint by its size and root, as Beacon writes them.
func signedAt(tx *store.Tx, beacon string) (time.Time, bool, error) {
	first, root, _ := strings.Cut(beacon, " ")
	size, err := strconv.ParseInt(first, 10, 64)
	if err != nil {
		return time.Time{}, false, nil
	}
	var at int64
	found, err := store.One(tx, `SELECT at FROM journal_checkpoint WHERE size = $1 AND root = $2`, []any{size, root}, &at)
	return store.Time(at), found, err
}

// stored is a leaf as it lies in the database.
type stored struct {
	caseID, digest, record string
	seq, index             int64
}

func scanStored(scan func(...any) error) (s stored, err error) {
	return s, scan(&s.caseID, &s.seq, &s.digest, &s.record, &s.index)
}

func (s stored) entry() (Entry, error) {
	l, err := Decode([]byte(s.record))
	return Entry{Leaf: l, Digest: s.digest, Index: s.index}, err
}

const selectStored = `SELECT l.case_id, l.seq, l.digest, l.record, COALESCE(i.idx, -1) FROM journal_leaf l
	LEFT JOIN journal_index i ON i.case_id = l.case_id AND i.seq = l.seq`

func storedOf(tx *store.Tx, caseID string) ([]stored, error) {
	return store.List(tx, scanStored, selectStored+` WHERE l.case_id = $1 ORDER BY l.seq`, caseID)
}

func leavesOf(tx *store.Tx, caseID string) ([]Entry, error) {
	return entries(storedOf(tx, caseID))
}

func entries(list []stored, err error) ([]Entry, error) {
	out := make([]Entry, 0, len(list))
	for _, s := range list {
		e, err := s.entry()
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, err
}

func leavesBefore(tx *store.Tx, before int64, limit int) ([]Entry, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return entries(store.List(tx, scanStored, `SELECT l.case_id, l.seq, l.digest, l.record, i.idx FROM journal_index i
		JOIN journal_leaf l ON l.case_id = i.case_id AND l.seq = i.seq WHERE i.idx < $1 ORDER BY i.idx DESC LIMIT $2`, before, limit))
}

// storedFrom reads the log in order, some at a time.
func storedFrom(tx *store.Tx, from, to int64) ([]stored, error) {
	return store.List(tx, scanStored, `SELECT l.case_id, l.seq, l.digest, l.record, i.idx FROM journal_index i
		JOIN journal_leaf l ON l.case_id = i.case_id AND l.seq = i.seq WHERE i.idx >= $1 AND i.idx < $2 ORDER BY i.idx`, from, to)
}

func leafByDigest(tx *store.Tx, digest string) (Entry, string, bool, error) {
	list, err := store.List(tx, scanStored, selectStored+` WHERE l.digest = $1 ORDER BY l.seq`, digest)
	if err != nil || len(list) == 0 {
		return Entry{}, "", false, err
	}
	e, err := list[0].entry()
	return e, list[0].record, true, err
}
