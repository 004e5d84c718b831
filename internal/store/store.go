// Package store is the one door to the database: the same SQL text on embedded SQLite and on PostgreSQL, serializable
// transactions that are run again when they conflict, migrations, and errors that an officer can understand.
//
//	db, err := store.Open(ctx, "sqlite:/var/lib/kechuang/city.db")        // or "postgres://…?search_path=shenyang"
//	err = db.Migrate(ctx, ledger.Migrations, journal.Migrations)
//	err = db.Write(ctx, func(tx *store.Tx) error {
//		_, err := tx.Exec(`INSERT INTO note (id, body, at) VALUES ($1, $2, $3)`, id, "你好", store.Micros(tx.Now()))
//		return err
//	})
//
// What a caller must know:
//
//   - The function given to Write may run several times; it changes nothing but through its Tx, and what has to happen outside
//     (waking a loop, sending a message) goes through Tx.After, which runs once, after the commit.
//   - A statement that failed ends its transaction on both engines. Ask for what may be there already with ON CONFLICT.
//   - One *sql.Rows at a time: read them to the end (List does) before the next statement.
//   - Parameters are $1, $2 …; times are integer microseconds (Micros, Time), dates and JSON are text, flags are {{bool}}.
//   - Always ORDER BY; CAST(sum(x) AS BIGINT); seed a recursive CTE from a column; no LIKE for identity; compare text by bytes
//     (columns are {{text}}, which says COLLATE "C" on PostgreSQL).
//   - Never Write inside a Write: one transaction a step.
//   - Write needs no thought about what runs beside it. WriteSnapshot is faster on PostgreSQL and does: see Tx.Guard.
//
// What the errors mean: a refusal of kind Unavailable says that the database cannot just now and that nothing was done; id
// "store.unsure" is the one exception, where the connection broke while committing and a repeated request with the same
// idempotency key finds out. Everything else is what the function itself returned, or internal.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// Dialect is one of the two engines.
type Dialect string

// The engines.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is an open database. It is safe for use by many goroutines.
type DB struct {
	dialect Dialect
	engine  engine
	clock   atomic.Pointer[func() time.Time]
	stats   struct{ writes, runs, lostRow, lostRead atomic.Int64 }
	latest  atomic.Int64 // the latest reading of the default clock, so that a wall clock put back never goes back in here
}

// engine is what differs between the two: how a transaction is begun, ended and its errors read.
type engine interface {
	// write runs one attempt; it commits when fn returns nil. The error is raw: classify reads it.
	write(ctx context.Context, tx *Tx, fn func(*Tx) error) error
	read(ctx context.Context, tx *Tx, fn func(*Tx) error) error
	// migrator is a plain connection pool for migrations, to be closed after.
	migrator() (*sql.DB, error)
	classify(err error) verdict
	// contended tells whether a conflict was about one row that many want to change, so that running again beside the others would only break more.
	contended(err error) bool
	ping(ctx context.Context) error
	close() error
}

// Open opens the database of a URL and checks that it answers. SQLite's file and its folder are made where missing, readable by
// their owner only. "sqlite::memory:" is a temporary file that Close removes.
func Open(ctx context.Context, url string) (*DB, error) {
	db := &DB{}
	var err error
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		db.dialect = SQLite
		db.engine, err = openLite(strings.TrimPrefix(url, "sqlite:"))
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		db.dialect = Postgres
		db.engine, err = openPostgres(url)
	default:
		return nil, fmt.Errorf("store: the database URL must begin with sqlite: or postgres://, not %q", before(url, ":"))
	}
	if err != nil {
		return nil, err
	}
	if err := db.Ping(ctx); err != nil {
		db.engine.close()
		return nil, err
	}
	return db, nil
}

// before is the part of a URL that holds no password.
func before(s, sep string) string { b, _, _ := strings.Cut(s, sep); return b }

// Dialect says which engine it is.
func (db *DB) Dialect() Dialect { return db.dialect }

// Close ends all connections. Transactions that still run are broken off.
func (db *DB) Close() error { return db.engine.close() }

// Ping asks the database for a sign of life; the answer is nil or a refusal of kind Unavailable.
func (db *DB) Ping(ctx context.Context) error {
	return db.public(ctx, db.engine.ping(ctx))
}

// SetClock replaces the clock, for tests and the demo. nil is the real one again.
func (db *DB) SetClock(clock func() time.Time) {
	if clock == nil {
		db.clock.Store(nil)
		return
	}
	db.clock.Store(&clock)
}

// Now reads the clock: UTC, whole microseconds. The real clock never goes back within a process, though the machine's may.
func (db *DB) Now() time.Time {
	if c := db.clock.Load(); c != nil {
		return (*c)().UTC().Truncate(time.Microsecond)
	}
	now := time.Now().UnixMicro()
	for {
		latest := db.latest.Load()
		if now <= latest {
			return Time(latest)
		}
		if db.latest.CompareAndSwap(latest, now) {
			return Time(now)
		}
	}
}

// Retrying: 60 attempts span about ten seconds. The worst of 16 writers of one row took 9.
const (
	maxAttempts = 60
	firstPause  = time.Millisecond
	longPause   = 250 * time.Millisecond
	atOnce      = 2 // what met another by what it read may run again at once, and keeps its place in line: that other is over
)

// Stats counts what Write did since Open.
type Stats struct {
	Writes   int64 // that were committed
	Runs     int64 // of functions; more than Writes where some were refused or ran again
	LostRow  int64 // ran again because another changed the same row
	LostRead int64 // ran again because another changed what was read, or by chance something beside it
}

// Stats gives the counts, for the metrics page.
func (db *DB) Stats() Stats {
	return Stats{db.stats.writes.Load(), db.stats.runs.Load(), db.stats.lostRow.Load(), db.stats.lostRead.Load()}
}

type insideKey struct{}

// Write runs fn in one serializable transaction and commits it when fn returns nil. On a conflict with another transaction the
// whole fn runs again with a new Tx. When Write returns nil the change is on disk.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error { return db.writeAs(ctx, false, fn) }

// WriteSnapshot is Write for the busy path, on PostgreSQL at REPEATABLE READ: fn sees one snapshot, and loses to another that changed
// a row which it changes too, but not to one that changed what it only read. So it meets none of the conflicts by chance that
// serializable transactions have (docs/decisions/0004-conflicts.md), and must name with Tx.Guard whatever it reads and relies on
// beyond the rows that it changes. On SQLite it is Write.
func (db *DB) WriteSnapshot(ctx context.Context, fn func(*Tx) error) error {
	return db.writeAs(ctx, true, fn)
}

func (db *DB) writeAs(ctx context.Context, snapshot bool, fn func(*Tx) error) error {
	if ctx.Value(insideKey{}) != nil {
		return errors.New("store: Write inside a transaction; pass the Tx on instead")
	}
	pause := firstPause
	keys, _ := ctx.Value(lineKey{}).([]string)
	stands := &place{keys: tidy(keys)}
	defer stands.leave()
	for attempt := 1; ; attempt++ {
		tx := db.newTx(ctx, false)
		tx.place, tx.snapshot = stands, snapshot
		db.stats.runs.Add(1)
		err := db.engine.write(ctx, tx, fn)
		if err == nil {
			db.stats.writes.Add(1)
			for _, f := range tx.after {
				f()
			}
			return nil
		}
		if !tx.conflict && db.engine.classify(err) != again {
			return db.public(ctx, err)
		}
		if attempt == maxAttempts {
			return busy(err)
		}
		if db.engine.contended(errors.Join(tx.failed, err)) {
			db.stats.lostRow.Add(1)
			if len(tx.line) == 0 { // it has not said which row: all of these follow one another
				tx.line = []string{""}
			}
			stands.leave()
			stands.keys = tidy(append(stands.keys, tx.line...))
		} else {
			db.stats.lostRead.Add(1)
			if attempt <= atOnce {
				continue
			}
			stands.leave() // let others go first
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause/2 + rand.N(pause)):
		}
		pause = min(pause*3/2, longPause)
	}
}

// place is where a function stands in lines, until it has left them: from its first attempt to its commit.
type place struct {
	keys []string
	held []func()
}

func (p *place) leave() {
	for _, release := range p.held {
		release()
	}
	p.held = nil
}

// tidy is each key once, in the order in which everybody takes their places.
func tidy(keys []string) []string {
	keys = slices.Clone(keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Read runs fn on one consistent snapshot, in which writing is refused.
func (db *DB) Read(ctx context.Context, fn func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		tx := db.newTx(ctx, true)
		err := db.engine.read(ctx, tx, fn)
		if err != nil && db.engine.classify(err) == again && attempt < 10 {
			continue
		}
		return db.public(ctx, err)
	}
}

func (db *DB) newTx(ctx context.Context, readOnly bool) *Tx {
	return &Tx{db: db, ctx: context.WithValue(ctx, insideKey{}, true), readOnly: readOnly, now: db.Now()}
}
