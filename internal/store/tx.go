package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Tx is one transaction. It belongs to the goroutine of the function that got it and dies when that function returns.
type Tx struct {
	db       *DB
	ctx      context.Context
	stmt     context.Context // what statements run under: see liteEngine.write
	run      runner
	readOnly bool
	place    *place   // in the lines it stands in: see Line
	line     []string // those that it names itself, for the next attempt
	early    bool     // commits without waiting for the disk, and is answered after a flush: see pgFlusher
	snapshot bool     // WriteSnapshot
	now      time.Time
	after    []func()
	sent     []statement // that wait to go to PostgreSQL together: see Send
	failed   error       // the first statement that failed; nothing more is done after it
	conflict bool        // that failure was a conflict: the whole function runs again, whatever it returns
}

// runner is what both engines' connections can do.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Context is the transaction's own: a Write begun with it is refused, because it would wait for itself.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Now is the one reading of the clock that everything in this transaction is dated with.
func (tx *Tx) Now() time.Time { return tx.now }

// Dialect says which engine it is, for the rare statement that cannot be one text.
func (tx *Tx) Dialect() Dialect { return tx.db.dialect }

// After keeps f to be run once, after the commit; it is dropped when the transaction is not committed.
func (tx *Tx) After(f func()) { tx.after = append(tx.after, f) }

// Line names a row that many change (a counter, a fund), before it is changed. On PostgreSQL of two transactions that change one row at
// once the second runs again; functions of this process that name the same key follow one another instead, from their second attempt
// on. InLine tells the first attempt too.
func (tx *Tx) Line(key string) { tx.line = append(tx.line, key) }

type lineKey struct{}

// InLine is a context for Write that knows already which lines its function stands in.
func InLine(ctx context.Context, keys ...string) context.Context {
	if len(keys) == 0 {
		return ctx
	}
	return context.WithValue(ctx, lineKey{}, keys)
}

// Settled makes this transaction wait for the disk before anybody can read what it wrote: for what counts as soon as it is read, such
// as a signed checkpoint.
func (tx *Tx) Settled() { tx.early = false }

// Guard makes this transaction and every other that guards the same key follow one another: of two at once, one runs again and sees
// what the other did. Guard what a decision rests on and others may change without touching a row that this transaction changes:
// "granted/<party>/2026" before adding up what a party was granted, "party/<id>" before relying on a party that may be deleted, and
// in what deletes it. On SQLite writers follow one another anyway.
func (tx *Tx) Guard(key string) error {
	if tx.readOnly || tx.db.dialect == SQLite {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO write_guard (key, n) VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET n = write_guard.n + 1`, key)
	return err
}

// statement is one that waits.
type statement struct {
	query string
	args  []any
}

// maxSent is how many statements wait at most.
const maxSent = 256

// batcher is an engine's connection that can send several statements at once.
type batcher interface {
	// batch runs statements in order, up to the first that fails, and tells how many went through.
	batch(ctx context.Context, list []statement) (done int, err error)
}

// Send is Exec where nobody asks how many rows were changed. On PostgreSQL it waits, and goes to the server together with what was sent
// before and after it: at the latest before the next statement that gives an answer, or with the commit. A step that writes a dozen
// rows then takes one round trip and holds what it has read for a third of the time. What fails, fails there; it ends the transaction
// all the same.
func (tx *Tx) Send(query string, args ...any) error {
	if _, can := tx.run.(batcher); !can || tx.readOnly {
		_, err := tx.Exec(query, args...)
		return err
	}
	if err := tx.usable(args); err != nil {
		return err
	}
	if tx.sent = append(tx.sent, statement{query, slices.Clone(args)}); len(tx.sent) >= maxSent {
		return tx.flush()
	}
	return nil
}

// flush sends what waits.
func (tx *Tx) flush() error {
	list := tx.sent
	tx.sent = nil
	if len(list) == 0 {
		return nil
	}
	done, err := tx.run.(batcher).batch(tx.stmt, list)
	if err != nil {
		return tx.fail(list[min(done, len(list)-1)].query, err)
	}
	return nil
}

// Exec runs a statement and gives the number of rows it changed.
func (tx *Tx) Exec(query string, args ...any) (int64, error) {
	if err := tx.ready(args); err != nil {
		return 0, err
	}
	if tx.readOnly {
		return 0, fmt.Errorf("store: Exec in a Read: %s", short(query))
	}
	res, err := tx.run.ExecContext(tx.stmt, query, args...)
	if err != nil {
		return 0, tx.fail(query, err)
	}
	return res.RowsAffected()
}

// Query runs a statement and gives its rows, which must be closed before the next statement. List is shorter.
func (tx *Tx) Query(query string, args ...any) (*sql.Rows, error) {
	if err := tx.ready(args); err != nil {
		return nil, err
	}
	rows, err := tx.run.QueryContext(tx.stmt, query, args...)
	if err != nil {
		return nil, tx.fail(query, err)
	}
	return rows, nil
}

// List reads all rows of a query, each by scan.
//
//	names, err := store.List(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
//		`SELECT name FROM party ORDER BY name`)
func List[T any](tx *Tx, scan func(scan func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("store: %s: %w", short(query), err)
		}
		all = append(all, v)
	}
	if err := rows.Err(); err != nil {
		return nil, tx.fail(query, err)
	}
	return all, nil
}

// One reads the row of a query into dest; found is false where there is none.
func One(tx *Tx, query string, args []any, dest ...any) (found bool, err error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return false, tx.fail(query, err)
		}
		return false, nil
	}
	if err := rows.Scan(dest...); err != nil {
		return false, tx.fail(query, err)
	}
	return true, nil
}

// ready sends what waits, and looks at what comes next.
func (tx *Tx) ready(args []any) error {
	if err := tx.usable(args); err != nil {
		return err
	}
	return tx.flush()
}

// usable refuses what one of the engines would take in another way than the other.
func (tx *Tx) usable(args []any) error {
	if tx.failed != nil {
		return tx.failed
	}
	if err := tx.ctx.Err(); err != nil {
		return err
	}
	for i, a := range args {
		switch v := a.(type) {
		case time.Time:
			return fmt.Errorf("store: $%d is a time.Time; pass store.Micros(t)", i+1)
		case float32, float64:
			return fmt.Errorf("store: $%d is a float", i+1)
		case json.RawMessage:
			args[i] = string(v)
		case string:
			// PostgreSQL takes no NUL and no broken UTF-8, SQLite any bytes: what comes from an address or a form is refused on both
			if strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
				return refusal.New(refusal.Invalid, "store.text", lang.T("内容中有无法保存的字符", "There are characters that cannot be kept")).
					Mend(lang.T("请删去乱码或不可见字符", "Remove broken or invisible characters"))
			}
		}
	}
	return nil
}

// fail remembers the first failure, because PostgreSQL does nothing more in such a transaction and SQLite would.
func (tx *Tx) fail(query string, err error) error {
	if tx.failed == nil && !tx.readOnly {
		tx.failed = fmt.Errorf("store: %s: %w", short(query), err)
		tx.conflict = tx.db.engine.classify(err) == again
		return tx.failed
	}
	return fmt.Errorf("store: %s: %w", short(query), err)
}

// outcome is what the function's result means for the transaction: a failed statement cannot be passed over in silence.
func (tx *Tx) outcome(err error) error {
	switch {
	case tx.failed == nil || refusal.Of(err) != nil:
		return err
	case err == nil || errors.Is(err, context.Canceled):
		return tx.failed
	}
	return err
}

// short is enough of a statement to find it in the source.
func short(query string) string {
	out := make([]rune, 0, 60)
	space := true
	for _, r := range query {
		if r == '\n' || r == '\t' || r == ' ' {
			if !space {
				out = append(out, ' ')
			}
			space = true
		} else {
			out = append(out, r)
			space = false
		}
		if len(out) >= 60 {
			return string(out) + "…"
		}
	}
	return string(out)
}

// Micros is how a time is stored: microseconds since 1970, UTC; the zero time is 0.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time is the opposite of Micros.
func Time(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
