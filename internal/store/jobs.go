package store

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"kechuang/internal/ident"
)

//go:embed migrations/*.sql
var jobFiles embed.FS

// JobMigrations makes the table of jobs.
var JobMigrations = Migrations{Name: "job", FS: mustSub(jobFiles)}

func mustSub(f embed.FS) fs.FS {
	sub, err := fs.Sub(f, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// Jobs runs long work behind a request: an import, an export. It only wakes and counts; the truth is in the tables that the work
// changes, so that a job may be run again from the start after a crash and must then find what it did already.
//
//	jobs := store.NewJobs(db)
//	jobs.Register("import", func(ctx context.Context, job *store.Job) error { … job.Progress(ctx, 500, 50_000, "") … })
//	go jobs.Run(ctx, 2)
//	err = db.Write(ctx, func(tx *store.Tx) error { id, err = jobs.Enqueue(tx, "import", payload); return err })
//
// A job is begun when the transaction that made it is committed. It is claimed for a minute at a time; when its process dies,
// another takes it up. One that fails is tried again after 5, 25, 125 and 625 seconds, then it has failed.
type Jobs struct {
	db       *DB
	wake     chan struct{} // holds one token when something was enqueued here
	handlers map[string]func(context.Context, *Job) error
}

// Job is one piece of work as its handler sees it.
type Job struct {
	ID      string
	Kind    string
	Payload json.RawMessage
	Attempt int // 1 for the first

	jobs  *Jobs
	mu    sync.Mutex // guards wrote: handlers may count from several goroutines
	wrote time.Time
}

// JobStatus is how far a job is.
type JobStatus struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"`
	State    string    `json:"state"` // waiting, running, done, failed
	Done     int64     `json:"done"`
	Total    int64     `json:"total"`
	Note     string    `json:"note,omitempty"`
	Error    string    `json:"error,omitempty"` // internal; for the administrator
	Created  time.Time `json:"created"`
	Finished time.Time `json:"finished,omitzero"`
}

const (
	jobLease    = time.Minute
	jobPoll     = 2 * time.Second // how soon the jobs of other processes are seen
	jobAttempts = 5
	jobProgress = 200 * time.Millisecond // progress is not written more often
)

// NewJobs is the jobs of a database. Register all kinds before Run.
func NewJobs(db *DB) *Jobs {
	return &Jobs{db: db, wake: make(chan struct{}, 1), handlers: map[string]func(context.Context, *Job) error{}}
}

// Register says what does the jobs of a kind.
func (j *Jobs) Register(kind string, handle func(context.Context, *Job) error) {
	j.handlers[kind] = handle
}

// Enqueue makes a job in the transaction of what it belongs to.
func (j *Jobs) Enqueue(tx *Tx, kind string, payload any) (id string, err error) {
	if j.handlers[kind] == nil {
		return "", fmt.Errorf("store: nothing does jobs of kind %q", kind)
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return "", fmt.Errorf("store: job %s: %w", kind, err)
	}
	id = ident.New("job", tx.Now())
	_, err = tx.Exec(`INSERT INTO job (id, kind, payload, state, attempt, due, done, total, note, error, created, finished)
		VALUES ($1, $2, $3, 'waiting', 0, $4, 0, 0, '', '', $4, 0)`, id, kind, string(raw), Micros(tx.Now()))
	tx.After(func() {
		select {
		case j.wake <- struct{}{}:
		default:
		}
	})
	return id, err
}

// Status is how far a job is; found is false where there is none.
func (j *Jobs) Status(tx *Tx, id string) (s JobStatus, found bool, err error) {
	var created, finished int64
	found, err = One(tx, `SELECT id, kind, state, done, total, note, error, created, finished FROM job WHERE id = $1`, []any{id},
		&s.ID, &s.Kind, &s.State, &s.Done, &s.Total, &s.Note, &s.Error, &created, &finished)
	s.Created, s.Finished = Time(created), Time(finished)
	return s, found, err
}

// Progress says how far the work is, and in words where that helps; it is kept at most five times a second, and at the end.
func (job *Job) Progress(ctx context.Context, done, total int64, note string) error {
	job.mu.Lock()
	if done < total && time.Since(job.wrote) < jobProgress {
		job.mu.Unlock()
		return nil
	}
	job.wrote = time.Now()
	job.mu.Unlock()
	return job.jobs.update(ctx, `UPDATE job SET done = $2, total = $3, note = $4 WHERE id = $1 AND attempt = $5`, job.ID, done, total, note, job.Attempt)
}

func (j *Jobs) update(ctx context.Context, query string, args ...any) error {
	return j.db.Write(ctx, func(tx *Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
}

// Run does jobs until the context ends, that many at a time, and returns when the last one has stopped.
func (j *Jobs) Run(ctx context.Context, workers int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				job, err := j.claim(ctx)
				if err != nil && ctx.Err() == nil {
					slog.Warn("store: claiming a job", "error", err)
				}
				if job != nil {
					j.do(ctx, job)
					continue
				}
				select {
				case <-ctx.Done():
				case <-j.wake:
				case <-time.After(jobPoll):
				}
			}
		})
	}
	wg.Wait()
}

// claim takes the job that has been due longest, or nil. A look comes first, so that waiting costs no transaction that writes.
func (j *Jobs) claim(ctx context.Context) (*Job, error) {
	const next = `SELECT id FROM job WHERE state IN ('waiting', 'running') AND due <= $1 ORDER BY due, id LIMIT 1`
	var id string
	err := j.db.Read(ctx, func(tx *Tx) error {
		_, err := One(tx, next, []any{Micros(tx.Now())}, &id)
		return err
	})
	if err != nil || id == "" {
		return nil, err
	}
	var job *Job
	err = j.db.Write(ctx, func(tx *Tx) error {
		job = nil
		now := tx.Now()
		got := Job{jobs: j}
		var payload string
		// A crash after this commit leaves the job running in nobody's hands until the lease ends; due is that moment, so the next
		// claim finds it like any other.
		found, err := One(tx, `UPDATE job SET state = 'running', attempt = attempt + 1, due = $2 WHERE id = (`+next+`)
			RETURNING id, kind, payload, attempt`, []any{Micros(now), Micros(now.Add(jobLease))}, &got.ID, &got.Kind, &payload, &got.Attempt)
		if got.Payload = json.RawMessage(payload); found {
			job = &got
		}
		return err
	})
	return job, err
}

// do runs a claimed job and writes down how it ended.
func (j *Jobs) do(ctx context.Context, job *Job) {
	working, stop := context.WithCancel(ctx)
	defer stop()
	go j.renew(working, job)
	err := j.handle(working, job)
	now := j.db.Now()
	end := context.WithoutCancel(ctx) // a process that is told to stop still says how far it came
	switch {
	case err == nil:
		err = j.update(end, `UPDATE job SET state = 'done', finished = $2, error = '' WHERE id = $1 AND attempt = $3`, job.ID, Micros(now), job.Attempt)
	case ctx.Err() != nil: // stopped: whoever runs next begins it anew
		err = j.update(end, `UPDATE job SET state = 'waiting', due = $2, attempt = attempt - 1 WHERE id = $1 AND attempt = $3`, job.ID, Micros(now), job.Attempt)
	case job.Attempt >= jobAttempts:
		slog.Error("store: a job failed for good", "job", job.ID, "kind", job.Kind, "error", err)
		err = j.update(end, `UPDATE job SET state = 'failed', finished = $2, error = $3 WHERE id = $1 AND attempt = $4`, job.ID, Micros(now), err.Error(), job.Attempt)
	default:
		pause := 5 * time.Second
		for range job.Attempt - 1 {
			pause *= 5
		}
		slog.Warn("store: a job failed and will be tried again", "job", job.ID, "kind", job.Kind, "in", pause, "error", err)
		err = j.update(end, `UPDATE job SET state = 'waiting', due = $2, error = $3 WHERE id = $1 AND attempt = $4`, job.ID, Micros(now.Add(pause)), err.Error(), job.Attempt)
	}
	if err != nil {
		slog.Warn("store: the end of a job was not written; it will run again", "job", job.ID, "error", err)
	}
}

// renew keeps a claim while its handler runs.
func (j *Jobs) renew(ctx context.Context, job *Job) {
	tick := time.NewTicker(jobLease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			until := Micros(j.db.Now().Add(jobLease))
			if err := j.update(ctx, `UPDATE job SET due = $2 WHERE id = $1 AND attempt = $3 AND state = 'running'`, job.ID, until, job.Attempt); err != nil && ctx.Err() == nil {
				slog.Warn("store: a job's claim was not renewed", "job", job.ID, "error", err)
			}
		}
	}
}

// handle runs the handler; a panic fails the job and not the process.
func (j *Jobs) handle(ctx context.Context, job *Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	handle := j.handlers[job.Kind]
	if handle == nil {
		return errors.New("nothing does jobs of this kind")
	}
	return handle(ctx, job)
}
