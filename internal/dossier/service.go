package dossier

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Dossier is how far an archive is.
type Dossier struct {
	ID       string     `json:"id"`
	Case     string     `json:"case"`
	State    string     `json:"state" enum:"waiting,running,done,failed"`
	Done     int64      `json:"done"` // of the cases and records
	Total    int64      `json:"total"`
	Files    int64      `json:"files,omitempty"`
	Size     int64      `json:"size,omitempty"`   // bytes
	Digest   string     `json:"digest,omitempty"` // SHA-256 of the archive
	Ordered  time.Time  `json:"ordered"`
	Finished *time.Time `json:"finished,omitempty"`
}

// Source gives what is put into a dossier: the engine.
type Source interface {
	Contents(ctx context.Context, actor identity.Actor, id string, step func(done, total int) error, visit func(casework.Content) error) error
	Thread(ctx context.Context, actor identity.Actor, id string) (*casework.Thread, error)
}

// Service makes dossiers and keeps them for those who ordered them.
type Service struct {
	db      *store.DB
	jobs    *store.Jobs
	journal *journal.Journal
	source  Source
	actor   func(ctx context.Context, account string) (identity.Actor, error)
}

// jobKind is the name of its jobs.
const jobKind = "dossier"

var (
	errNone    = refusal.New(refusal.NotFound, "dossier.none", lang.T("没有这份卷宗，或者不是您编制的", "There is no such dossier, or somebody else ordered it"))
	errNotDone = refusal.New(refusal.Unavailable, "dossier.not_done", lang.T("卷宗还在编制", "The dossier is being made")).Mend(lang.T("请稍后再下载", "Download it later"))
	errSignIn  = refusal.New(refusal.SignIn, "session.none", lang.T("请先登录", "Please sign in first"))
	errStopped = errors.New("dossier: stopped")
)

// New makes the service and registers its jobs. actor tells what an account may do when its job is run.
func New(db *store.DB, jobs *store.Jobs, j *journal.Journal, source Source, actor func(ctx context.Context, account string) (identity.Actor, error)) *Service {
	s := &Service{db: db, jobs: jobs, journal: j, source: source, actor: actor}
	jobs.Register(jobKind, s.run)
	return s
}

// order is what a job is given.
type order struct {
	Dossier string `json:"dossier"`
	Case    string `json:"case"`
	Account string `json:"account"`
}

// Order begins a dossier of a case's thread. While one is being made for the same person, that one is given; older ones give way to it.
func (s *Service) Order(ctx context.Context, actor identity.Actor, caseID string) (d Dossier, err error) {
	if actor.Anonymous() || actor.Account == "" {
		return d, errSignIn
	}
	if _, err := s.source.Thread(ctx, actor, caseID); err != nil { // who may not see the case is told so now
		return d, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Guard("dossier/" + actor.Account); err != nil {
			return err
		}
		all, err := s.of(tx, actor.Account, caseID)
		if err != nil {
			return err
		}
		for _, old := range all {
			if old.State == "waiting" || old.State == "running" {
				d = old
				return nil
			}
			if err := drop(tx, old.ID); err != nil {
				return err
			}
		}
		d = Dossier{ID: ident.New("dossier", tx.Now()), Case: caseID, State: "waiting", Ordered: tx.Now()}
		job, err := s.jobs.Enqueue(tx, jobKind, order{d.ID, caseID, actor.Account})
		if err != nil {
			return err
		}
		return add(tx, row{id: d.ID, in: caseID, account: actor.Account, job: job, at: d.Ordered})
	})
	return d, err
}

// List is the actor's dossiers of a case, latest first.
func (s *Service) List(ctx context.Context, actor identity.Actor, caseID string) (list []Dossier, err error) {
	if actor.Anonymous() || actor.Account == "" {
		return nil, errSignIn
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err = s.of(tx, actor.Account, caseID)
		return err
	})
	return list, err
}

// Get is one of the actor's own.
func (s *Service) Get(ctx context.Context, actor identity.Actor, id string) (d Dossier, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		d, err = s.mine(tx, actor, id)
		return err
	})
	return d, err
}

// Drop stops one that is being made, or throws one away.
func (s *Service) Drop(ctx context.Context, actor identity.Actor, id string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := s.mine(tx, actor, id); err != nil {
			return err
		}
		return drop(tx, id)
	})
}

// Open is the archive, chunk by chunk, to be read by who ordered it.
func (s *Service) Open(ctx context.Context, actor identity.Actor, id string) (Dossier, io.Reader, error) {
	d, err := s.Get(ctx, actor, id)
	if err == nil && d.State != "done" {
		err = errNotDone
	}
	return d, &chunks{ctx: ctx, db: s.db, id: id}, err
}

func (s *Service) mine(tx *store.Tx, actor identity.Actor, id string) (Dossier, error) {
	r, found, err := byID(tx, id)
	if err != nil {
		return Dossier{}, err
	}
	if !found || actor.Anonymous() || actor.Account != r.account {
		return Dossier{}, errNone
	}
	return s.told(tx, r)
}

func (s *Service) of(tx *store.Tx, account, caseID string) ([]Dossier, error) {
	rows, err := ofCase(tx, account, caseID)
	list := []Dossier{}
	for _, r := range rows {
		d, e := s.told(tx, r)
		err = errors.Join(err, e)
		list = append(list, d)
	}
	return list, err
}

// told joins a dossier with how far its job is.
func (s *Service) told(tx *store.Tx, r row) (Dossier, error) {
	d := Dossier{ID: r.id, Case: r.in, State: "waiting", Files: r.files, Size: r.size, Digest: r.digest, Ordered: r.at}
	job, found, err := s.jobs.Status(tx, r.job)
	if err != nil || !found {
		return d, err
	}
	d.State, d.Done, d.Total = job.State, job.Done, job.Total
	if !job.Finished.IsZero() && job.Finished.UnixMicro() > 0 {
		d.Finished = &job.Finished
	}
	if r.ready { // the archive is there a moment before its job is marked as done
		d.State = "done"
	}
	return d, nil
}

// run makes one dossier; after a crash it begins anew.
func (s *Service) run(ctx context.Context, job *store.Job) error {
	var o order
	if err := json.Unmarshal(job.Payload, &o); err != nil {
		return err
	}
	actor, err := s.actor(ctx, o.Account)
	if err != nil {
		return err
	}
	if err := s.begin(ctx, o.Dossier); err != nil {
		return stopped(err)
	}
	sum := sha256.New()
	keep := &keeper{ctx: ctx, db: s.db, id: o.Dossier}
	out := bufio.NewWriterSize(io.MultiWriter(keep, sum), chunkSize)
	step := func(done, total int) error { return job.Progress(ctx, int64(done), int64(total), "") }
	files, err := Write(ctx, out, s.source, actor, o.Case, s.journal, s.db.Now(), step)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return stopped(err)
	}
	return stopped(s.db.Write(ctx, func(tx *store.Tx) error {
		return done(tx, o.Dossier, int64(files), keep.size, hex.EncodeToString(sum.Sum(nil)))
	}))
}

// begin throws away what an attempt before this one has left.
func (s *Service) begin(ctx context.Context, id string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if _, found, err := byID(tx, id); err != nil || !found {
			return errors.Join(err, errStopped)
		}
		return dropChunks(tx, id)
	})
}

// stopped makes the end of a job out of its being stopped.
func stopped(err error) error {
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}
