package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// liteEngine is one SQLite file: one connection writes, several read. WAL lets them do so at the same time, and every reader
// sees the last commit before it began.
type liteEngine struct {
	path    string
	remove  string // folder to remove on close, for :memory:
	extra   []string
	writer  *liteWriter
	writeDB *sql.DB // where the writer's one connection comes from
	readDB  *sql.DB
	readers chan *liteConn // as many as may read at once; nil entries are connections not made yet or dropped
}

// liteReaders is how many may read at once. More than the cores only adds memory: a reader of a warm database never waits.
var liteReaders = max(4, runtime.NumCPU())

func openLite(name string) (*liteEngine, error) {
	e := &liteEngine{}
	path, query, _ := strings.Cut(name, "?")
	if path == "" || path == ":memory:" {
		dir, err := os.MkdirTemp("", "kechuang-")
		if err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		e.remove, path = dir, filepath.Join(dir, "memory.db")
	}
	params, err := url.ParseQuery(query)
	if err != nil {
		return nil, fmt.Errorf("store: the database URL's parameters: %w", err)
	}
	for k := range params { // such as synchronous=OFF for a load that can be made again, or max_page_count=100 in a test
		e.extra = append(e.extra, fmt.Sprintf("%s(%s)", k, params.Get(k)))
	}
	if e.path, err = filepath.Abs(path); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if err := privateFile(e.path); err != nil {
		return nil, err
	}
	e.writeDB, err = sql.Open("sqlite", e.dsn())
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	e.readDB, err = sql.Open("sqlite", e.dsn("query_only(1)"))
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	e.writer = newLiteWriter(e.writeDB)
	e.readers = make(chan *liteConn, liteReaders)
	for range liteReaders {
		e.readers <- nil
	}
	return e, nil
}

// privateFile makes the folder and the file where missing, readable by their owner only: SQLite would use the umask.
func privateFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("store: the database's folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("store: the database file: %w", err)
	}
	return f.Close()
}

// dsn is the driver's address of the file. busy_timeout comes first, because setting WAL may have to wait for another process.
// synchronous=FULL: a commit that was acknowledged survives a power cut; it costs about 0.4 ms.
func (e *liteEngine) dsn(more ...string) string {
	q := url.Values{"_txlock": {"immediate"}}
	pragmas := []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-32768)",
		"temp_store(2)", "journal_size_limit(67108864)", "trusted_schema(0)"}
	for _, p := range append(append(pragmas, e.extra...), more...) {
		q.Add("_pragma", p)
	}
	return (&url.URL{Scheme: "file", Path: e.path, RawQuery: q.Encode()}).String()
}

func (e *liteEngine) migrator() (*sql.DB, error) {
	db, err := sql.Open("sqlite", e.dsn())
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

func (e *liteEngine) ping(ctx context.Context) error {
	return e.read(ctx, &Tx{}, func(tx *Tx) error {
		rows, err := tx.run.QueryContext(ctx, `SELECT count(*) FROM sqlite_master`)
		if err != nil {
			return err
		}
		defer rows.Close()
		rows.Next()
		return rows.Err()
	})
}

// close waits for what runs; SQLite then folds the WAL into the file.
func (e *liteEngine) close() error {
	_, _ = e.writer.turn(context.Background())
	if e.writer.conn != nil {
		e.writer.conn.drop()
		e.writer.conn = nil
	}
	for range liteReaders {
		if c := <-e.readers; c != nil {
			c.drop()
		}
	}
	for range liteReaders {
		e.readers <- nil
	}
	defer e.writer.next()
	err := errors.Join(e.writeDB.Close(), e.readDB.Close())
	if e.remove != "" {
		err = errors.Join(err, os.RemoveAll(e.remove))
	}
	return err
}

// read runs fn on a reader's snapshot.
func (e *liteEngine) read(ctx context.Context, tx *Tx, fn func(*Tx) error) (err error) {
	var c *liteConn
	select {
	case c = <-e.readers:
	case <-ctx.Done():
		return ctx.Err()
	}
	sound := false
	defer func() {
		if c != nil && !sound {
			c.drop()
			c = nil
		}
		e.readers <- c
	}()
	if c == nil {
		if c, err = newLiteConn(ctx, e.readDB); err != nil {
			return err
		}
	}
	if err = c.do("BEGIN"); err != nil {
		return err
	}
	tx.run, tx.stmt = c, ctx
	err = tx.outcome(fn(tx))
	sound = c.do("ROLLBACK") == nil && !brokenLite(err)
	return err
}

// write runs fn when its turn comes. Statements do not watch the context: each takes microseconds, and watching costs a goroutine
// for every statement. Tx.ready looks at it before each.
func (e *liteEngine) write(ctx context.Context, tx *Tx, fn func(*Tx) error) error {
	tx.stmt = context.WithoutCancel(ctx)
	return e.writer.do(ctx, func(c *liteConn) error {
		tx.run = c
		return tx.outcome(fn(tx))
	})
}

func (e *liteEngine) classify(err error) verdict {
	if err == nil {
		return internal
	}
	if errors.Is(err, errBatchLost) {
		return again
	}
	le, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		if errors.Is(err, sql.ErrConnDone) || errors.Is(err, driver.ErrBadConn) || strings.Contains(err.Error(), "database is closed") {
			return down
		}
		return internal
	}
	switch le.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return duplicate
	}
	switch le.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_SCHEMA:
		return again
	case sqlite3.SQLITE_FULL:
		return full
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
		sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_PERM:
		return down
	}
	return internal
}

func (e *liteEngine) contended(error) bool { return false } // writers stand in line already

// brokenLite tells whether a connection should not be used again after this error.
func brokenLite(err error) bool {
	le, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone)
	}
	switch le.Code() & 0xff {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT,
		sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM:
		return true
	}
	return false
}

// liteConn is one connection with its prepared statements. Preparing takes longer than running: with the cache, steps of ten
// statements go 1.5 times as fast with one client and 1.8 times with sixteen (docs/decisions/0003-group-commit.md).
type liteConn struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// maxStmts bounds the cache; the program's own statements are some hundred, and searches may add others.
const maxStmts = 500

func newLiteConn(ctx context.Context, db *sql.DB) (*liteConn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &liteConn{conn: c, stmts: map[string]*sql.Stmt{}}, nil
}

// drop closes the connection for good, so that the next one is made anew from the file.
func (c *liteConn) drop() {
	c.forget()
	_ = c.conn.Raw(func(any) error { return driver.ErrBadConn })
	c.conn.Close()
}

func (c *liteConn) forget() {
	for _, s := range c.stmts {
		s.Close()
	}
	clear(c.stmts)
}

// do runs a statement of ours, such as COMMIT, to its end whatever becomes of the asker.
func (c *liteConn) do(query string) error {
	_, err := c.ExecContext(context.Background(), query)
	return err
}

func (c *liteConn) prepare(query string) (*sql.Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	if len(c.stmts) >= maxStmts {
		c.forget()
	}
	s, err := c.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	c.stmts[query] = s
	return s, nil
}

func (c *liteConn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

func (c *liteConn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := c.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}
