package web

import (
	"context"
	"time"

	"kechuang/internal/identity"
)

type (
	// LogHead is the state of the journal: what a witness keeps.
	LogHead struct {
		Size       int64  `json:"size"`
		Root       string `json:"root"`
		Checkpoint string `json:"checkpoint" doc:"the signed note"`
		Key        string `json:"key" doc:"the verifier key, in the note format of Go's checksum database"`
		Pending    int64  `json:"pending" doc:"steps that are done and not yet sealed"`
	}
	// LogEntry is one leaf. Which case and step it is, is shown to auditors only.
	LogEntry struct {
		Index  int64      `json:"index"`
		Digest string     `json:"digest"`
		Case   string     `json:"case,omitempty"`
		Seq    int64      `json:"seq,omitempty"`
		Step   string     `json:"step,omitempty"`
		At     *time.Time `json:"at,omitempty"`
	}
	// LogProof proves that a leaf is in the journal.
	LogProof struct {
		Leaf       string   `json:"leaf"`
		Index      int64    `json:"index"`
		Size       int64    `json:"size"`
		Root       string   `json:"root"`
		Hashes     []string `json:"hashes"`
		Checkpoint string   `json:"checkpoint"`
	}
)

func (s *Server) logRoutes() {
	handle(s, route{method: "GET", path: "/api/journal", id: "journal", tell: "Checkpoint, key and size of the journal", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[*LogHead], error) {
			return answer(s.log.Head(ctx))
		})
	handle(s, route{method: "GET", path: "/api/journal/entries", id: "journalEntries", tell: "The leaves, in order", access: public},
		func(ctx context.Context, who identity.Actor, in *struct {
			From  int64 `query:"from" minimum:"0" doc:"index of the first"`
			Limit int   `query:"limit" minimum:"1" maximum:"1000" default:"100"`
		}) (*reply[[]LogEntry], error) {
			list, err := s.log.Entries(ctx, in.From, in.Limit)
			if !who.Has("auditor") && !who.Has("admin.audit") {
				for i, e := range list {
					list[i] = LogEntry{Index: e.Index, Digest: e.Digest}
				}
			}
			return answer(list, err)
		})
	handle(s, route{method: "GET", path: "/api/journal/proof/{leaf}", id: "journalProof", tell: "The proof that a leaf is in the journal", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Leaf string `path:"leaf" doc:"digest of the leaf"`
		}) (*reply[*LogProof], error) {
			return answer(s.log.Proof(ctx, in.Leaf))
		})
}
