package store

import (
	"slices"
	"time"
)

// Mark tells whether a follower has a row as it is now.
type Mark struct {
	ID       string
	Revision int64 // grows with every change
	Changed  int64 // microseconds
}

// Follower keeps something in memory up to a table. A change is seen by its time; because a transaction may be committed after one that
// began later, what is young is read again (marks only, unless something is new). It is not safe for several goroutines.
type Follower struct {
	After func(tx *Tx, id string, limit int) ([]Mark, error) // by id, for the first reading
	Since func(tx *Tx, micros int64) ([]Mark, error)         // what was changed at a moment or later
	Take  func(tx *Tx, ids []string) error                   // what is new or changed; an id without a row is gone

	have    map[string]int64 // id → revision
	horizon int64            // the latest change that was read, in microseconds
	next    string           // where the first reading goes on
	whole   bool
}

// followBatch is how many rows are read at once.
const followBatch = 500

// Whole tells that the table was read to its end once.
func (f *Follower) Whole() bool { return f.whole }

// Piece reads the next batch of the first reading.
func (f *Follower) Piece(tx *Tx) error {
	marks, err := f.After(tx, f.next, followBatch)
	if err != nil {
		return err
	}
	if _, err := f.take(tx, marks); err != nil {
		return err
	}
	if len(marks) > 0 {
		f.next = marks[len(marks)-1].ID
	}
	f.whole = len(marks) < followBatch
	return nil
}

// Follow takes what was changed since, looking back from the latest change for what was committed late. It gives how many rows it took.
func (f *Follower) Follow(tx *Tx, back time.Duration) (int, error) {
	marks, err := f.Since(tx, f.horizon-back.Microseconds())
	if err != nil {
		return 0, err
	}
	return f.take(tx, marks)
}

func (f *Follower) take(tx *Tx, marks []Mark) (int, error) {
	if f.have == nil {
		f.have = map[string]int64{}
	}
	marks = slices.DeleteFunc(slices.Clone(marks), func(m Mark) bool {
		revision, ok := f.have[m.ID]
		return ok && revision >= m.Revision
	})
	for part := range slices.Chunk(marks, followBatch) {
		ids := make([]string, len(part))
		for i, m := range part {
			ids[i] = m.ID
		}
		if err := f.Take(tx, ids); err != nil {
			return 0, err
		}
		for _, m := range part {
			f.have[m.ID] = m.Revision
			f.horizon = max(f.horizon, m.Changed)
		}
	}
	return len(marks), nil
}

// Waking says when a follower should look at its tables again: at once after this process committed something, else every Lag; and how far
// back. What this process commits is committed soon; what others do may take as long as the longest transaction, and their clock may differ.
type Waking struct {
	asked, far time.Time
	commits    int64
}

const (
	// Lag is how long it takes at most until what another process committed is seen.
	Lag = time.Second

	overlap, farOverlap = 5 * time.Second, 2 * time.Minute
	farEvery            = 10 * time.Second
)

// Due says whether to look, and how far back. Done tells that it was done: it is to be called with the same moment.
func (w *Waking) Due(db *DB) (due bool, back time.Duration, done func()) {
	commits, now := db.Stats().Writes, db.Now()
	if commits == w.commits && now.Sub(w.asked).Abs() < Lag {
		return false, 0, nil
	}
	back = overlap
	far := now.Sub(w.far).Abs() >= farEvery
	if far {
		back = farOverlap
	}
	return true, back, func() {
		w.asked, w.commits = now, commits
		if far {
			w.far = now
		}
	}
}
