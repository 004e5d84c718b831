package dossier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// files is a source of given files; meet is called before each.
type given struct {
	files []casework.Content
	meet  func(n int) error
}

func (g *given) Contents(_ context.Context, _ identity.Actor, _ string, step func(done, total int) error, visit func(casework.Content) error) error {
	for i, f := range g.files {
		if err := step(i, len(g.files)); err != nil {
			return err
		}
		if err := g.meet(i); err != nil {
			return err
		}
		if err := visit(f); err != nil {
			return err
		}
	}
	return nil
}

func (g *given) Thread(_ context.Context, actor identity.Actor, id string) (*casework.Thread, error) {
	if id != "case_mine" {
		return nil, refusal.New(refusal.NotFound, "casework.not_found", lang.T("没有", "None"))
	}
	return &casework.Thread{Nodes: []casework.ThreadNode{{ID: id, Title: "波纹管"}}}, nil
}

// service runs over a source, with its jobs.
func service(t *testing.T, db *store.DB, g *given) (*Service, *journal.Journal) {
	t.Helper()
	key, _, err := journal.NewKey("kechuang.test")
	if err != nil {
		t.Fatal(err)
	}
	j, jobs := journal.New(db, key), store.NewJobs(db)
	s := New(db, jobs, j, g, func(_ context.Context, account string) (identity.Actor, error) {
		return identity.Actor{Account: account}, nil
	})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { jobs.Run(ctx, 1); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
	return s, j
}

var migrations = []store.Migrations{journal.Migrations, store.JobMigrations, Migrations}

func wait(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 400 {
		if ok() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("no end: " + what)
}

// TestOrder: an archive of several chunks comes back byte for byte and holds; a second order gives way to the first while that is being made,
// and takes its place after.
func TestOrder(t *testing.T) {
	storetest.Each(t, migrations, func(t *testing.T, db *store.DB) {
		noise := make([]byte, 3*chunkSize)
		rng := rand.NewChaCha8([32]byte{1})
		rng.Read(noise)
		goOn := make(chan struct{})
		g := &given{files: []casework.Content{{Name: "a.bin", What: "case", Of: "case_mine", Body: noise}, {Name: "a.bin", What: "case", Of: "case_mine", Body: []byte("2")}},
			meet: func(n int) error { <-goOn; return nil }}
		s, j := service(t, db, g)
		ctx, me := context.Background(), identity.Actor{Account: "甲"}
		if _, err := s.Order(ctx, me, "case_other"); !refusal.Is(err, "casework.not_found") {
			t.Errorf("a case that is not seen: %v", err)
		}
		first, err := s.Order(ctx, me, "case_mine")
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.Order(ctx, me, "case_mine")
		if err != nil || again.ID != first.ID {
			t.Errorf("ordered twice: %+v %v", again, err)
		}
		if _, _, err := s.Open(ctx, me, first.ID); !refusal.Is(err, "dossier.not_done") {
			t.Errorf("opened before it is done: %v", err)
		}
		close(goOn)
		wait(t, "the first", func() bool { d, err := s.Get(ctx, me, first.ID); return err == nil && d.State == "done" })
		d, r, err := s.Open(ctx, me, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		h := sha256.Sum256(body)
		if err != nil || int64(len(body)) != d.Size || hex.EncodeToString(h[:]) != d.Digest || d.Files != 3 {
			t.Errorf("%d bytes of %+v: %v", len(body), d, err)
		}
		report, err := Verify(bytes.NewReader(body), int64(len(body)), j.Key())
		if err != nil || !report.OK() || report.Files != 3 {
			t.Errorf("%+v %v", report, err)
		}
		if _, err := s.Get(ctx, identity.Actor{Account: "乙"}, first.ID); !refusal.Is(err, "dossier.none") {
			t.Errorf("somebody else's: %v", err)
		}
		second, err := s.Order(ctx, me, "case_mine")
		if err != nil || second.ID == first.ID {
			t.Fatalf("%+v %v", second, err)
		}
		if _, err := s.Get(ctx, me, first.ID); !refusal.Is(err, "dossier.none") {
			t.Errorf("the first is still there: %v", err)
		}
	})
}

// TestStopAndTryAgain: one that is thrown away while it is made leaves nothing; one whose making broke off is made anew, whole.
func TestStopAndTryAgain(t *testing.T) {
	storetest.Each(t, migrations, func(t *testing.T, db *store.DB) {
		noise := make([]byte, 2*chunkSize)
		rand.NewChaCha8([32]byte{2}).Read(noise)
		var runs atomic.Int64
		reached, goOn := make(chan struct{}), make(chan struct{})
		g := &given{files: []casework.Content{{Name: "a.bin", Body: noise}, {Name: "b.bin", Body: []byte("b")}}}
		g.meet = func(n int) error {
			if n == 1 && runs.Add(1) == 1 {
				close(reached)
				<-goOn
			}
			return nil
		}
		s, _ := service(t, db, g)
		ctx, me := context.Background(), identity.Actor{Account: "甲"}
		d, err := s.Order(ctx, me, "case_mine")
		if err != nil {
			t.Fatal(err)
		}
		<-reached
		if err := s.Drop(ctx, identity.Actor{Account: "乙"}, d.ID); !refusal.Is(err, "dossier.none") {
			t.Errorf("somebody else stops it: %v", err)
		}
		if err := s.Drop(ctx, me, d.ID); err != nil {
			t.Fatal(err)
		}
		close(goOn)
		left := func() (n int64) {
			if err := db.Read(ctx, func(tx *store.Tx) error {
				_, err := store.One(tx, `SELECT count(*) FROM dossier_chunk`, nil, &n)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if list, err := s.List(ctx, me, "case_mine"); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		// The next one comes after it in the same line: when it is done, the stopped one has ended.
		broken := errors.New("broken off")
		g.meet = func(n int) error {
			if n == 1 && runs.Add(1) == 2 {
				return broken
			}
			return nil
		}
		if d, err = s.Order(ctx, me, "case_mine"); err != nil {
			t.Fatal(err)
		}
		wait(t, "the one that breaks off", func() bool { return runs.Load() >= 2 })
		db.SetClock(func() time.Time { return time.Now().Add(time.Minute) }) // a failed job waits five seconds
		wait(t, "the one that is made anew", func() bool { x, err := s.Get(ctx, me, d.ID); return err == nil && x.State == "done" })
		_, r, err := s.Open(ctx, me, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if report, err := Verify(bytes.NewReader(body), int64(len(body)), ""); err != nil || !report.OK() {
			t.Errorf("%+v %v", report, err)
		}
		if n := left(); n != int64(len(body)+chunkSize-1)/chunkSize {
			t.Errorf("%d chunks for %d bytes", n, len(body))
		}
	})
}
