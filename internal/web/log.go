package web

import (
	"context"
	"errors"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

type (
	// LogHead is the state of the journal: what a witness keeps.
	LogHead struct {
		Origin     string     `json:"origin" doc:"the log's name"`
		Size       int64      `json:"size"`
		Root       string     `json:"root"`
		At         *time.Time `json:"at,omitempty" doc:"when it was signed"`
		Checkpoint string     `json:"checkpoint" doc:"the signed note; empty while nothing was sealed"`
		Key        string     `json:"key" doc:"the public key, in the note format of Go's checksum database"`
	}
	// LogEntry is one leaf. Which case, step and account it is, is shown to auditors only.
	LogEntry struct {
		Index   int64      `json:"index"`
		Digest  string     `json:"digest"`
		Case    string     `json:"case,omitempty" doc:"or what else the leaf is of: figures, import/…, pack/…, fund/…"`
		Seq     int64      `json:"seq,omitempty" doc:"within the case"`
		Step    string     `json:"step,omitempty"`
		Account string     `json:"account,omitempty"`
		At      *time.Time `json:"at,omitempty"`
		Told    *LogTold   `json:"told,omitempty"`
	}
	// LogTold is a leaf in words.
	LogTold struct {
		Opens bool      `json:"opens" doc:"its case may be opened"`
		Title lang.Text `json:"title" doc:"of the case, or what else it is of"`
		Step  lang.Text `json:"step"`
		Seat  lang.Text `json:"seat" doc:"from which it was done in a case"`
		Who   string    `json:"who,omitempty" doc:"who did what is of no case"`
	}
	// LogPage is one page of the journal, latest first.
	LogPage struct {
		Items []LogEntry `json:"items"`
		Next  int64      `json:"next,omitempty" doc:"before of the next page"`
	}
	// LogProof proves that a leaf is in the journal.
	LogProof struct {
		Leaf       string   `json:"leaf"`
		Index      int64    `json:"index"`
		Size       int64    `json:"size"`
		Root       string   `json:"root"`
		Hashes     []string `json:"hashes"`
		Checkpoint string   `json:"checkpoint"`
		Key        string   `json:"key"`
	}
	// LogGrowth proves that an older log is the beginning of the present one.
	LogGrowth struct {
		From       int64    `json:"from"`
		Size       int64    `json:"size"`
		Root       string   `json:"root"`
		Hashes     []string `json:"hashes"`
		Checkpoint string   `json:"checkpoint"`
	}
)

func (s *Server) logRoutes() {
	handle(s, route{method: "GET", path: "/api/journal", id: "journal", tell: "Checkpoint, key and size of the journal", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[LogHead], error) {
			c, err := s.journal.Latest(ctx)
			h := LogHead{Origin: c.Origin, Size: c.Size, Root: c.Root.String(), Checkpoint: c.Note, Key: s.journal.Key()}
			if !c.At.IsZero() {
				h.At = &c.At
			}
			return answer(h, err)
		})
	handle(s, route{method: "GET", path: "/api/journal/entries", id: "journalEntries", tell: "The sealed leaves, latest first", access: public},
		func(ctx context.Context, who identity.Actor, in *struct {
			Before int64 `query:"before" minimum:"0" doc:"indices below this; 0: from the end"`
			Limit  int   `query:"limit" minimum:"1" maximum:"1000" default:"100"`
		}) (*reply[LogPage], error) {
			return answer(read(ctx, s, func(tx *store.Tx) (LogPage, error) { return s.logPage(tx, who, in.Before, in.Limit) }))
		})
	handle(s, route{method: "GET", path: "/api/journal/proof/{leaf}", id: "journalProof", tell: "The proof that a leaf is in the journal", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Leaf string `path:"leaf" doc:"digest of the leaf"`
		}) (*reply[LogProof], error) {
			return answer(s.logProof(ctx, in.Leaf))
		})
	handle(s, route{method: "GET", path: "/api/journal/growth", id: "journalGrowth", tell: "The proof that an older log is the beginning of the present one", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct {
			From int64 `query:"from" minimum:"0" required:"true" doc:"size of the older log"`
		}) (*reply[LogGrowth], error) {
			head, err := s.journal.Latest(ctx)
			if err == nil && in.From > head.Size {
				err = refusal.New(refusal.NotFound, "journal.longer", lang.T("日志还没有这么长", "The log is not that long yet"))
			}
			if err != nil {
				return nil, err
			}
			c, hashes, err := s.journal.Consistency(ctx, in.From)
			g := LogGrowth{From: in.From, Size: c.Size, Root: c.Root.String(), Checkpoint: c.Note}
			for _, h := range hashes {
				g.Hashes = append(g.Hashes, h.String())
			}
			return answer(g, err)
		})
}

func (s *Server) logPage(tx *store.Tx, who identity.Actor, before int64, limit int) (LogPage, error) {
	list, err := s.journal.Page(tx, before, limit)
	page := LogPage{Items: []LogEntry{}}
	if n := len(list); n == limit && list[n-1].Index > 0 {
		page.Next = list[n-1].Index
	}
	names := s.people.Names(tx)
	for _, e := range list {
		v := LogEntry{Index: e.Index, Digest: e.Digest}
		if who.Has(identity.RoleAuditor) || who.Has(identity.RoleAudit) {
			told, err := s.cases.TellLeaf(tx, e.Leaf, who.Has(identity.RoleAuditor))
			if err != nil {
				return page, err
			}
			words := LogTold{Opens: told.Case, Title: told.Title, Step: told.Step, Seat: told.Seat}
			if told.Apart {
				if words.Who, err = names(e.Account); err != nil {
					return page, err
				}
			}
			v = LogEntry{e.Index, e.Digest, e.Case, e.Seq, e.Step, e.Account, &e.At, &words}
		}
		page.Items = append(page.Items, v)
	}
	return page, err
}

func (s *Server) logProof(ctx context.Context, leaf string) (LogProof, error) {
	p, found, err := s.journal.Prove(ctx, leaf)
	switch {
	case errors.Is(err, journal.ErrUnsealed):
		return LogProof{}, refusal.New(refusal.Unavailable, "journal.unsealed", lang.T("这条记录刚刚写入，正在固化", "This record was written just now and is being sealed")).
			Mend(lang.T("请几秒钟后再试", "Try again in a few seconds"))
	case err != nil:
		return LogProof{}, err
	case !found:
		return LogProof{}, refusal.New(refusal.NotFound, "journal.none", lang.T("日志中没有这条记录", "The log has no such record"))
	}
	v := LogProof{Leaf: leaf, Index: p.Entry.Index, Size: p.Checkpoint.Size, Root: p.Checkpoint.Root.String(), Checkpoint: p.Checkpoint.Note, Key: s.journal.Key()}
	for _, h := range p.Hashes {
		v.Hashes = append(v.Hashes, h.String())
	}
	return v, nil
}
