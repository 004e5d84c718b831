package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/sync/semaphore"
)

// pgEngine is one schema of a PostgreSQL database. Writers and readers have pools of their own, so that a crowd of readers never
// keeps a step waiting.
type pgEngine struct {
	writers, readers *sql.DB
	config           *pgx.ConnConfig

	turns   *pgTurns     // lets pgWriters functions write at once
	crowd   atomic.Int64 // functions that write or wait for their turn
	lines   sync.Map     // of *semaphore.Weighted, by what those in line change: see Tx.Line
	flusher *pgFlusher
}

// pgWriters is how many functions of one process write at once. More do not go faster: PostgreSQL guards what was read by whole
// pages, and the more run at once the more of them break each other by chance. Sixteen clients on two cores, made-up steps: with 12
// at once 1.78 runs a step and 760 steps/s, with 6 1.39 and 1 110, with 4 1.17 and 1 040, with 2 1.03 and 1 050
// (docs/decisions/0004-conflicts.md; the machine was busy, the ratios hold).
//
// pgReaders is as many as fit, with several processes, under PostgreSQL's usual limit of 100 connections.
const (
	pgWriters = 3
	pgReaders = 12
)

func openPostgres(url string) (*pgEngine, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("store: the database URL: %w", errors.New(redact(err.Error(), url)))
	}
	set := func(c *pgx.ConnConfig, k, v string) {
		if _, given := c.RuntimeParams[k]; !given {
			c.RuntimeParams[k] = v
		}
	}
	set(config, "application_name", "kechuang")
	set(config, "timezone", "UTC")
	set(config, "idle_in_transaction_session_timeout", "60000") // a process that hangs does not hold its locks for ever
	set(config, "random_page_cost", "1.1")                      // these databases live on solid-state disks
	writing := config.Copy()
	// A small table read from end to end is locked as a whole against every other serializable writer; by its index only the
	// rows are. Until tables are large the planner would choose the former.
	set(writing, "enable_seqscan", "off")
	e := &pgEngine{config: config, writers: stdlib.OpenDB(*writing), readers: stdlib.OpenDB(*config),
		turns: &pgTurns{free: pgWriters}}
	e.flusher = &pgFlusher{db: stdlib.OpenDB(*config)}
	e.flusher.db.SetMaxOpenConns(1)
	e.writers.SetMaxOpenConns(pgWriters)
	e.writers.SetMaxIdleConns(pgWriters)
	e.readers.SetMaxOpenConns(pgReaders)
	e.readers.SetMaxIdleConns(pgReaders)
	return e, nil
}

// redact keeps the password out of a message.
func redact(message, url string) string { return strings.ReplaceAll(message, url, "postgres://…") }

func (e *pgEngine) migrator() (*sql.DB, error) { return stdlib.OpenDB(*e.config), nil }

func (e *pgEngine) ping(ctx context.Context) error { return e.readers.PingContext(ctx) }

func (e *pgEngine) close() error {
	return errors.Join(e.writers.Close(), e.readers.Close(), e.flusher.db.Close())
}

func (e *pgEngine) read(ctx context.Context, tx *Tx, fn func(*Tx) error) error {
	// A snapshot is enough for what only reads: nothing is decided from it that a writing transaction does not look at again.
	t, err := e.readers.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return err
	}
	defer t.Rollback()
	tx.run, tx.stmt = t, ctx
	return tx.outcome(fn(tx))
}

func (e *pgEngine) write(ctx context.Context, tx *Tx, fn func(*Tx) error) error {
	// Many at once: commit early, answer late (pgFlusher). One alone waits for its own commit.
	tx.early = e.crowd.Add(1) > 1
	err := e.inTurn(ctx, tx, fn)
	e.crowd.Add(-1)
	if err == nil && tx.early {
		if err = e.flusher.wait(ctx); err != nil && ctx.Err() == nil {
			err = &unsureError{err}
		}
	}
	return err
}

// inTurn runs one attempt up to its commit.
func (e *pgEngine) inTurn(ctx context.Context, tx *Tx, fn func(*Tx) error) error {
	if err := e.stand(ctx, tx.place); err != nil {
		return err
	}
	if err := e.turns.take(ctx, len(tx.place.held) > 0); err != nil {
		return err
	}
	defer e.turns.give()
	conn, err := e.writers.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	begin := "BEGIN ISOLATION LEVEL SERIALIZABLE"
	if tx.snapshot {
		begin = "BEGIN ISOLATION LEVEL REPEATABLE READ"
	}
	if _, err := conn.ExecContext(ctx, begin); err != nil {
		return err
	}
	done := false
	defer func() { // a panic in fn, or a test that gave up, too
		if !done {
			rollback(conn)
		}
	}()
	run := pgWriting{conn}
	tx.run, tx.stmt = run, ctx
	if err := tx.outcome(fn(tx)); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err = run.commit(ctx, tx); err == nil {
		done = true
		tx.place.leave()
	}
	return err
}

// stand waits until the function has come to the head of its lines. Functions that change the same hot row follow one another: together
// they would keep breaking each other. Another process has turns and lines of its own; backoff does the rest.
func (e *pgEngine) stand(ctx context.Context, p *place) error {
	for _, key := range p.keys[len(p.held):] {
		line, _ := e.lines.LoadOrStore(key, semaphore.NewWeighted(1))
		if err := line.(*semaphore.Weighted).Acquire(ctx, 1); err != nil {
			return err
		}
		p.held = append(p.held, func() { line.(*semaphore.Weighted).Release(1) })
	}
	return nil
}

// rollback gives an open transaction up. Where that does not go through, the connection is not used again, and the server gives up.
func rollback(conn *sql.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if _, err := conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}

// pgWriting is a connection in a transaction.
type pgWriting struct{ *sql.Conn }

// batch sends statements in one round trip.
func (w pgWriting) batch(ctx context.Context, list []statement) (done int, err error) {
	done, _, err = w.pipe(ctx, list)
	return done, err
}

// pipe sends statements in one round trip and reads the answers up to the first that failed; last is the last answer.
func (w pgWriting) pipe(ctx context.Context, list []statement) (done int, last string, err error) {
	err = w.Raw(func(c any) error {
		var b pgx.Batch
		for _, s := range list {
			b.Queue(s.query, s.args...)
		}
		answers := c.(*stdlib.Conn).Conn().SendBatch(ctx, &b)
		for range list {
			tag, err := answers.Exec()
			if err != nil {
				answers.Close() // says the same again
				return err
			}
			done, last = done+1, tag.String()
		}
		return answers.Close()
	})
	return done, last, err
}

// commit sends what waits together with the commit.
//
// A crash of ours before COMMIT reaches the server: the server rolls back. After: it is committed, nobody was told, and the idempotency
// key of the repeated request finds it. An answer that never comes is "unsure" for the same reason.
func (w pgWriting) commit(ctx context.Context, tx *Tx) error {
	list := tx.sent
	if tx.early {
		list = append(list, statement{query: "SET LOCAL synchronous_commit TO off"})
	}
	list = append(list, statement{query: "COMMIT"})
	tx.sent = nil
	done, last, err := w.pipe(ctx, list)
	switch {
	case err == nil && last != "COMMIT":
		return pgx.ErrTxCommitRollback
	case err == nil:
		return nil
	case done < len(list)-1:
		_ = tx.fail(list[done].query, err) // for the books: which statement, and whether it met another
	}
	if _, answered := errors.AsType[*pgconn.PgError](err); !answered && ctx.Err() == nil && w.broken() && !pgconn.SafeToRetry(err) {
		return &unsureError{err}
	}
	return err
}

// broken tells whether the connection is gone, so that nobody knows what the server did last.
func (w pgWriting) broken() bool {
	gone := true
	err := w.Raw(func(c any) error {
		gone = c.(*stdlib.Conn).Conn().IsClosed()
		return nil
	})
	return gone || err != nil
}

func (e *pgEngine) classify(err error) verdict {
	if err == nil {
		return internal
	}
	if _, ok := errors.AsType[*unsureError](err); ok {
		return unsure
	}
	if pe, ok := errors.AsType[*pgconn.PgError](err); ok {
		return classifyCode(pe)
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok || lost(err) || pgconn.SafeToRetry(err) {
		return down
	}
	if errors.Is(err, pgx.ErrTxCommitRollback) || errors.Is(err, sql.ErrConnDone) {
		return again
	}
	if strings.Contains(err.Error(), "conn closed") {
		return down
	}
	return internal
}

// contended tells the two kinds of serialization failure apart by the source file that PostgreSQL names: predicate.c finds
// dangerous reads, everything else a row that was changed under the statement.
func (e *pgEngine) contended(err error) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pe.Code == "40001" || pe.Code == "40P01") && pe.File != "predicate.c"
}

// classifyCode reads PostgreSQL's error codes (appendix A of its manual).
func classifyCode(pe *pgconn.PgError) verdict {
	switch pe.Code {
	case "40001", "40P01", "55P03": // serialization failure, deadlock, lock not available
		return again
	case "0A000":
		if strings.Contains(pe.Message, "cached plan") { // a migration ran in another process
			return again
		}
	case "23505":
		return duplicate
	case "53100":
		return full
	case "25006", "58030", "25P03", "25P04": // a standby after a failover, I/O error, timeouts that ended the session
		return down
	}
	switch pe.Code[:2] {
	case "08", "53", "57":
		if pe.Code == "57014" { // the asker cancelled
			return internal
		}
		return down
	}
	return internal
}
