package web

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/search"
)

type (
	// Act is one act on a case.
	Act struct {
		Record   string          `json:"record,omitempty" doc:"the case or a part; empty is the case, or with part a new part"`
		Part     string          `json:"part,omitempty" doc:"starts a new part of this kind"`
		Parent   string          `json:"parent,omitempty" doc:"inside this record; empty is the case"`
		Party    string          `json:"party,omitempty" doc:"for whom a new part is started; empty where there is one choice"`
		Seat     string          `json:"seat,omitempty" doc:"in which seat; empty where one is held"`
		Revision int64           `json:"revision,omitempty" doc:"of the record as it was seen; an act from a stale page is refused"`
		Values   json.RawMessage `json:"values,omitempty" doc:"the form: field name to value"`
		Reason   string          `json:"reason,omitempty" maxLength:"2000"`
		DryRun   bool            `json:"dryRun,omitempty" doc:"say what would follow, and do nothing"`

		Drawn casework.Witnessed `json:"drawn,omitzero" doc:"of a step that draws a panel"`
	}
	// Draft is what was typed so far.
	Draft struct {
		Record string          `json:"record,omitempty"`
		Part   string          `json:"part,omitempty"`
		Values json.RawMessage `json:"values"`
	}
	// CaseQuery asks for a list of cases.
	CaseQuery struct {
		Q         string `query:"q" maxLength:"200" doc:"words of the title, or a party's name"`
		Mechanism string `query:"mechanism"`
		State     string `query:"state"`
		Mine      bool   `query:"mine" doc:"only where the account holds a seat"`
		After     string `query:"after" doc:"next of the page before"`
		Limit     int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
	// CasePage is one page of a list.
	CasePage struct {
		Items []casework.Item `json:"items"`
		Next  string          `json:"next,omitempty"`
	}
	// NewDelegation lets another account act in one's seats for a time.
	NewDelegation struct {
		Seat  string    `json:"seat,omitempty" doc:"empty: every seat"`
		To    string    `json:"to" doc:"the account that stands in"`
		From  time.Time `json:"from"`
		Until time.Time `json:"until"`
	}
	caseInput struct {
		ID string `path:"id" doc:"id of the case"`
	}
	stepInput struct {
		ID   string `path:"id"`
		Step string `path:"step"`
		Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100" doc:"the same key acts once; the repeated request gets the first one's answer"`
		Body Act
	}
)

func (s *Server) caseRoutes() {
	handle(s, route{method: "GET", path: "/api/desk", id: "desk", tell: "What waits for me, what I wait for, what changed", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[*casework.Desk], error) {
			return answer(s.cases.Desk(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/cases", id: "cases", tell: "The cases that I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *CaseQuery) (*reply[CasePage], error) {
			if in.Q != "" && in.State == "" && !in.Mine && (in.After == "" || places.MatchString(in.After)) {
				found, next, err := s.found(ctx, who, search.Query{Text: in.Q, What: search.Case, Kind: in.Mechanism, Limit: in.Limit}, in.After)
				if err != nil || len(found) > 0 {
					return answer(CasePage{each(found, func(h search.Hit) casework.Item { return *h.Case }), next}, err)
				}
			} // nothing has it all: parts of words
			list, next, err := s.cases.List(ctx, who, casework.Query(*in))
			return answer(CasePage{list, next}, err)
		})
	handle(s, route{method: "POST", path: "/api/cases", id: "openCase", tell: "Open a case", access: signedIn, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
			Body casework.OpenCommand
		}) (*reply[*casework.Receipt], error) {
			in.Body.Key = in.Key
			return answer(s.cases.Open(ctx, who, in.Body))
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}", id: "case", tell: "A case, cut to what I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*reply[*casework.View], error) {
			return answer(s.cases.View(ctx, who, in.ID))
		})
	handle(s, route{method: "POST", path: "/api/cases/{id}/steps/{step}", id: "act", tell: "Do a step", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *stepInput) (*reply[*casework.Receipt], error) {
			b := in.Body
			return answer(s.cases.Act(ctx, who, casework.Command{Case: in.ID, Step: in.Step, Key: in.Key, Record: b.Record, Part: b.Part, Parent: b.Parent,
				Party: b.Party, Seat: b.Seat, Revision: b.Revision, Values: b.Values, Reason: b.Reason, DryRun: b.DryRun, Drawn: b.Drawn}))
		})
	handle(s, route{method: "PUT", path: "/api/cases/{id}/drafts/{step}", id: "saveDraft", tell: "Keep what was typed so far", access: signedIn, status: 204},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Step string `path:"step"`
			Body Draft
		}) (*none, error) {
			return nil, s.cases.SaveDraft(ctx, who, casework.DraftCommand{Case: in.ID, Step: in.Step, Record: in.Body.Record, Part: in.Body.Part, Values: in.Body.Values})
		})
	s.delegationRoutes()
	s.casePapers()
}

func (s *Server) delegationRoutes() {
	handle(s, route{method: "GET", path: "/api/delegations", id: "delegations", tell: "Whom I let act for me, and until when", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			Case string `query:"case" doc:"only for this case"`
		}) (*reply[[]casework.Delegation], error) {
			return answer(s.cases.Delegations(ctx, who, in.Case))
		})
	handle(s, route{method: "DELETE", path: "/api/delegations/{id}", id: "endDelegation", tell: "End a delegation now", access: byHand, status: 204},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*none, error) {
			return nil, s.cases.Revoke(ctx, who, in.ID)
		})
	handle(s, route{method: "POST", path: "/api/cases/{id}/delegations", id: "delegate", tell: "Let another account act for me for a time; the case - stands for all", access: byHand, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body NewDelegation
		}) (*reply[*casework.Delegation], error) {
			d := casework.Delegation{Case: in.ID, Seat: in.Body.Seat, To: in.Body.To, From: in.Body.From, Until: in.Body.Until}
			if in.ID == "-" {
				d.Case = ""
			}
			return answer(s.cases.Delegate(ctx, who, d))
		})
}

func (s *Server) casePapers() {
	handle(s, route{method: "GET", path: "/api/cases/{id}/bundle", id: "bundle", tell: "The case's records with their proofs, to be checked offline by kechuang verify", access: signedIn, media: "application/json"},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*file, error) {
			data, err := s.cases.Bundle(ctx, who, in.ID)
			return &file{ContentType: "application/json", Disposition: attachment(in.ID + ".bundle.json"), Body: data}, err
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/tables/{form}/{field}", id: "caseTable", tell: "A table of a form that I may see, as a workbook", access: signedIn, media: xlsx},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID     string `path:"id"`
			Form   string `path:"form"`
			Field  string `path:"field"`
			Record string `query:"record" doc:"the part that has the form; without it the case"`
		}) (*file, error) {
			v, err := s.cases.View(ctx, who, in.ID)
			if err != nil {
				return nil, err
			}
			t, ok := v.Table(in.Record, in.Form, in.Field)
			if !ok {
				return nil, refusal.New(refusal.NotFound, "casework.table", lang.T("没有这张表，或者您不能查看", "There is no such table, or you may not see it"))
			}
			var b bytes.Buffer
			err = register.WriteTable(&b, t.Title, t.Head, t.Rows)
			return &file{ContentType: xlsx, Disposition: attachment(t.Title + ".xlsx"), Body: b.Bytes()}, err
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/papers/{digest}", id: "paper", tell: "A page made from the case, to be printed", access: signedIn, media: "text/html"},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID     string `path:"id"`
			Digest string `path:"digest"`
		}) (*file, error) {
			data, err := s.cases.Paper(ctx, who, in.ID, in.Digest)
			return &file{ContentType: "text/html; charset=utf-8", Policy: paperPolicy, Body: data}, err
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/diagram.svg", id: "caseDiagram", tell: "The mechanism's diagram with where the case stands", access: signedIn, media: "image/svg+xml"},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID      string `path:"id"`
			Machine string `query:"machine" doc:"a part's name; empty: the case"`
			Lang    string `query:"lang" enum:"zh,en" default:"zh"`
		}) (*file, error) {
			data, err := s.cases.Diagram(ctx, who, in.ID, in.Machine, lang.Tag(in.Lang))
			return &file{ContentType: "image/svg+xml; charset=utf-8", Policy: paperPolicy, Body: data}, err
		})
}
