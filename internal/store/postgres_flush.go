package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// pgFlusher makes commits durable that PostgreSQL has made and not yet written to disk, many at a time.
//
// Where several functions write at once, each commits without waiting for the disk, lets the next one begin, and is answered after the
// flush that covers it: until a transaction is over, everything that it has read stands in the way of the others, and most of that
// time would be the disk's. One small transaction that does wait for the disk, made after theirs, carries all of them with it, because
// the log is one sequence.
//
// What another function or reader sees of a step may thus be undone if the database server (not this process) dies within these
// milliseconds; whoever was told that a step is done finds it. What goes out into the world by being read at all asks for Tx.Settled.
type pgFlusher struct {
	db *sql.DB

	mu      sync.Mutex // guards both
	waiting []chan error
	busy    bool // somebody flushes, for those who were waiting when they began
}

// flushMessage writes something to the log, so that its commit has to wait for the disk, and changes nothing.
const flushMessage = `SELECT pg_logical_emit_message(true, 'kechuang', '')`

// wait returns when everything that was committed before the call is on disk.
func (f *pgFlusher) wait(ctx context.Context) error {
	done := make(chan error, 1)
	f.mu.Lock()
	f.waiting = append(f.waiting, done)
	if !f.busy {
		f.busy = true
		go f.run()
	}
	f.mu.Unlock()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run flushes until nobody waits.
func (f *pgFlusher) run() {
	for {
		f.mu.Lock()
		group := f.waiting
		f.waiting = nil
		f.busy = len(group) > 0
		f.mu.Unlock()
		if len(group) == 0 {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		_, err := f.db.ExecContext(ctx, flushMessage)
		cancel()
		for _, done := range group {
			done <- err
		}
	}
}
