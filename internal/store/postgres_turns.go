package store

import (
	"context"
	"slices"
	"sync"
)

// pgTurns lets so many functions write at once: who stands in line for a hot row (Tx.Line) and has come to its head goes first, all others
// first come first served. The head of a line that waited behind those who are in no line would keep its whole line waiting with it.
type pgTurns struct {
	mu    sync.Mutex // guards all
	free  int
	heads []chan struct{} // of lines
	rest  []chan struct{}
}

// take waits for a turn.
func (t *pgTurns) take(ctx context.Context, head bool) error {
	t.mu.Lock()
	if t.free > 0 {
		t.free--
		t.mu.Unlock()
		return nil
	}
	queue, mine := &t.rest, make(chan struct{})
	if head {
		queue = &t.heads
	}
	*queue = append(*queue, mine)
	t.mu.Unlock()
	select {
	case <-mine:
		return nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	i := slices.Index(*queue, mine)
	if i >= 0 {
		*queue = slices.Delete(*queue, i, i+1)
	}
	t.mu.Unlock()
	if i < 0 { // it was given the turn in this very moment
		t.give()
	}
	return ctx.Err()
}

// give passes the turn on.
func (t *pgTurns) give() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, queue := range []*[]chan struct{}{&t.heads, &t.rest} {
		if len(*queue) > 0 {
			close((*queue)[0])
			*queue = (*queue)[1:]
			return
		}
	}
	t.free++
}
