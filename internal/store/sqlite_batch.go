package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"time"
)

// errBatchLost says that a commit shared with others went away because of one of them; everybody runs again.
var errBatchLost = errors.New("store: the shared commit was lost")

// liteWriter gives SQLite's one writing connection to one function after another, in the order they came.
//
// Functions that are already waiting when one has finished join its commit: each runs inside a savepoint of its own, so that a
// refusal undoes only itself, and the last one commits for all. One fsync then serves many steps, and nobody is told that a step
// is done before that fsync.
type liteWriter struct {
	db *sql.DB

	mu      sync.Mutex // guards busy and queue; never held while SQL runs
	busy    bool       // somebody has the connection
	queue   []*liteTurn
	conn    *liteConn // belongs to whoever has the connection; nil: not made yet, or dropped
	maxSize int
	maxAge  time.Duration
}

// liteTurn is one waiter; ch gets the batch to join, or nil to begin one.
type liteTurn struct{ ch chan *liteBatch }

// liteBatch is one commit and those who share it.
type liteBatch struct {
	began time.Time
	size  int
	done  chan struct{} // closed when err is final
	err   error
}

// A batch is closed after 16 functions or 4 ms, whichever is first: see docs/decisions/0003-group-commit.md for what that gives.
const (
	batchSize = 16
	batchAge  = 4 * time.Millisecond
)

func newLiteWriter(db *sql.DB) *liteWriter {
	return &liteWriter{db: db, maxSize: batchSize, maxAge: batchAge}
}

// do runs fn on the writing connection and returns after the commit. fn's own error undoes fn and is returned.
func (w *liteWriter) do(ctx context.Context, fn func(*liteConn) error) (err error) {
	b, err := w.turn(ctx)
	if err != nil {
		return err
	}
	if b == nil {
		if b, err = w.begin(ctx); err != nil {
			w.next()
			return err
		}
	}
	fnErr, finished := error(nil), false
	defer func() { // a panic in fn, or a test that gave up: undo it, let the others go on
		if !finished {
			w.finish(b, errors.New("store: the function did not return"))
		}
	}()
	if fnErr = w.enter(b); fnErr == nil {
		fnErr = fn(w.conn)
	}
	finished = true
	return w.finish(b, fnErr)
}

// turn waits for the connection.
func (w *liteWriter) turn(ctx context.Context) (*liteBatch, error) {
	w.mu.Lock()
	if !w.busy {
		w.busy = true
		w.mu.Unlock()
		return nil, nil
	}
	t := &liteTurn{ch: make(chan *liteBatch, 1)}
	w.queue = append(w.queue, t)
	w.mu.Unlock()
	select {
	case b := <-t.ch:
		return b, nil
	case <-ctx.Done():
	}
	w.mu.Lock()
	i := slices.Index(w.queue, t)
	if i >= 0 {
		w.queue = slices.Delete(w.queue, i, i+1)
	}
	w.mu.Unlock()
	if i < 0 { // it was handed over just now: pass it on
		if b := <-t.ch; b != nil {
			w.close(b)
		} else {
			w.next()
		}
	}
	return nil, ctx.Err()
}

// begin starts a transaction. IMMEDIATE takes the write lock now, so that no later statement meets one held by another process.
func (w *liteWriter) begin(ctx context.Context) (*liteBatch, error) {
	if w.conn == nil {
		c, err := newLiteConn(ctx, w.db)
		if err != nil {
			return nil, err
		}
		w.conn = c
	}
	if _, err := w.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		w.conn.drop()
		w.conn = nil
		return nil, err
	}
	return &liteBatch{began: time.Now(), done: make(chan struct{})}, nil
}

// enter marks where a member of a batch begins. The first needs no mark: if it fails, the whole transaction goes.
func (w *liteWriter) enter(b *liteBatch) error {
	b.size++
	if b.size == 1 {
		return nil
	}
	return w.conn.do("SAVEPOINT member")
}

// finish ends one member: it undoes it where it failed, then either hands the open transaction to the next waiter or commits.
func (w *liteWriter) finish(b *liteBatch, fnErr error) error {
	if fnErr != nil && b.size == 1 {
		return w.abandon(b, fnErr)
	}
	if b.size > 1 {
		if err := w.leave(fnErr); err != nil {
			return w.lose(b, errors.Join(fnErr, err))
		}
	}
	w.mu.Lock()
	if len(w.queue) > 0 && b.size < w.maxSize && time.Since(b.began) < w.maxAge {
		t := w.queue[0]
		w.queue = w.queue[1:]
		w.mu.Unlock()
		t.ch <- b
		<-b.done
	} else {
		w.mu.Unlock()
		w.close(b)
	}
	if b.err != nil { // also for a refused one: what it was refused by may never have come to be
		return b.err
	}
	return fnErr
}

// leave ends a member's savepoint.
func (w *liteWriter) leave(fnErr error) error {
	if fnErr != nil {
		if err := w.conn.do("ROLLBACK TO member"); err != nil {
			return err
		}
	}
	return w.conn.do("RELEASE member")
}

// abandon rolls back a transaction that nobody but its only member has part in.
func (w *liteWriter) abandon(b *liteBatch, fnErr error) error {
	if err := w.conn.do("ROLLBACK"); err != nil || brokenLite(fnErr) {
		w.conn.drop()
		w.conn = nil
	}
	close(b.done)
	w.next()
	return fnErr
}

// lose ends a batch whose transaction SQLite itself rolled back (disk full, I/O error): the earlier members were not told yet
// that they are done, and run again.
func (w *liteWriter) lose(b *liteBatch, err error) error {
	_ = w.conn.do("ROLLBACK")
	w.conn.drop()
	w.conn = nil
	b.err = errBatchLost
	close(b.done)
	w.next()
	return err
}

// close commits for all members and lets the next batch begin.
//
// A crash before COMMIT returns: no member was told that it is done; SQLite forgets the transaction when the file is opened
// again. A crash after: the transaction is in the WAL and was fsynced, and is found there.
func (w *liteWriter) close(b *liteBatch) {
	if err := w.conn.do("COMMIT"); err != nil {
		b.err = err
		_ = w.conn.do("ROLLBACK")
		w.conn.drop()
		w.conn = nil
	}
	close(b.done)
	w.next()
}

// next gives the connection to the next waiter, who begins a batch, or marks it free.
func (w *liteWriter) next() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		w.busy = false
		return
	}
	t := w.queue[0]
	w.queue = w.queue[1:]
	t.ch <- nil
}
