package store_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

func status(t *testing.T, db *store.DB, jobs *store.Jobs, id string) (s store.JobStatus) {
	t.Helper()
	if err := db.Read(t.Context(), func(tx *store.Tx) (err error) { s, _, err = jobs.Status(tx, id); return err }); err != nil {
		t.Fatal(err)
	}
	return s
}

func enqueue(t *testing.T, db *store.DB, jobs *store.Jobs, kind string, payload any) (id string) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) (err error) { id, err = jobs.Enqueue(tx, kind, payload); return err }); err != nil {
		t.Fatal(err)
	}
	return id
}

// TestJobs: done once each by two processes, counted on the way, tried again after a failure, failed after five.
func TestJobs(t *testing.T) {
	storetest.Each(t, []store.Migrations{store.JobMigrations}, func(t *testing.T, db *store.DB) {
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		var mu sync.Mutex
		now, runs, ended := start, map[string]int{}, make(chan string, 100)
		db.SetClock(func() time.Time { mu.Lock(); defer mu.Unlock(); return now })
		handler := func(ctx context.Context, job *store.Job) error {
			mu.Lock()
			runs[job.ID]++
			mu.Unlock()
			defer func() { ended <- job.ID }()
			switch string(job.Payload) {
			case `"bad"`:
				return errors.New("no good")
			case `"panic"`:
				panic("oh")
			}
			return job.Progress(ctx, 7, 7, "完成")
		}
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		var first *store.Jobs
		for range 2 {
			jobs := store.NewJobs(db)
			jobs.Register("import", handler)
			wg.Go(func() { jobs.Run(ctx, 2) })
			first = jobs
		}
		var ids []string
		for range 10 {
			ids = append(ids, enqueue(t, db, first, "import", map[string]int{"a": 1}))
		}
		bad, oh := enqueue(t, db, first, "import", "bad"), enqueue(t, db, first, "import", "panic")
		for range 12 {
			<-ended
		}
		woken := ""
		for range 4 { // each failure waits longer; time passes only here
			// A handler has ended before its end is written; a job whose end is not written would be claimed again an hour later.
			for slices.ContainsFunc(append([]string{bad, oh, woken}, ids...), func(id string) bool {
				return id != "" && status(t, db, first, id).State == "running"
			}) {
				time.Sleep(time.Millisecond)
			}
			mu.Lock()
			now = now.Add(time.Hour)
			mu.Unlock()
			woken = enqueue(t, db, first, "import", 1)
			for range 3 {
				<-ended
			}
		}
		stop()
		wg.Wait()
		for _, id := range ids {
			if s := status(t, db, first, id); s.State != "done" || s.Done != 7 || s.Note != "完成" || runs[id] != 1 {
				t.Errorf("%+v ran %d times", s, runs[id])
			}
		}
		for _, id := range []string{bad, oh} {
			if s := status(t, db, first, id); s.State != "failed" || runs[id] != 5 || s.Error == "" {
				t.Errorf("%+v ran %d times", s, runs[id])
			}
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error { _, err := first.Enqueue(tx, "unknown", nil); return err }); err == nil {
			t.Error("a job that nothing does was taken")
		}
	})
}

// TestJobTakenOver: a process that died in the middle leaves its job to another, once its claim has ended.
func TestJobTakenOver(t *testing.T) {
	storetest.Each(t, []store.Migrations{store.JobMigrations}, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { return now })
		dead := store.NewJobs(db)
		ended := make(chan int, 1)
		dead.Register("import", func(ctx context.Context, job *store.Job) error { ended <- job.Attempt; return nil })
		id := enqueue(t, db, dead, "import", nil)
		if err := db.Write(t.Context(), func(tx *store.Tx) error { // as claim leaves it
			_, err := tx.Exec(`UPDATE job SET state = 'running', attempt = 1, due = $2 WHERE id = $1`, id, store.Micros(now.Add(time.Minute)))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		db.SetClock(func() time.Time { return now.Add(2 * time.Minute) })
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { dead.Run(ctx, 1) })
		if attempt := <-ended; attempt != 2 {
			t.Errorf("attempt %d", attempt)
		}
		stop()
		wg.Wait()
		if s := status(t, db, dead, id); s.State != "done" {
			t.Errorf("%+v", s)
		}
	})
}
