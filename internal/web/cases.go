package web

import (
	"context"
	"encoding/json"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
)

type (
	// OpenCase opens a case of a mechanism for a party.
	OpenCase struct {
		Mechanism string `json:"mechanism"`
		Party     string `json:"party,omitempty" doc:"for whom; empty where the account acts for one party only"`
		Key       string `json:"-"`
	}
	// ActOnCase is one act.
	ActOnCase struct {
		Case     string          `json:"-"`
		Step     string          `json:"-"`
		Key      string          `json:"-"`
		Record   string          `json:"record,omitempty" doc:"the case or the part; empty with part: start a new part"`
		Part     string          `json:"part,omitempty"`
		Seat     string          `json:"seat,omitempty" doc:"in which seat; empty where only one is held"`
		Revision int64           `json:"revision,omitempty" doc:"of the record as it was seen; an act from a stale page is refused"`
		Values   json.RawMessage `json:"values,omitempty" doc:"the form: field name to value"`
		Reason   string          `json:"reason,omitempty"`
		DryRun   bool            `json:"dryRun,omitempty" doc:"say what would follow, and do nothing"`
	}
	// DraftOfStep is what was typed so far.
	DraftOfStep struct {
		Case   string          `json:"-"`
		Step   string          `json:"-"`
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
	// Delegation lets another account act in one's seat for a time.
	Delegation struct {
		ID    string    `json:"id,omitempty" readOnly:"true"`
		Case  string    `json:"case,omitempty" readOnly:"true" doc:"empty: every case"`
		Seat  string    `json:"seat"`
		To    string    `json:"to" doc:"login of the account that stands in"`
		Name  string    `json:"name,omitempty" readOnly:"true"`
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
		Body ActOnCase
	}
)

func (s *Server) caseRoutes() {
	handle(s, route{method: "GET", path: "/api/desk", id: "desk", tell: "What waits for me, what I wait for, what changed", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[*casework.Desk], error) {
			return answer(s.cases.Desk(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/cases", id: "cases", tell: "The cases that I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *CaseQuery) (*reply[*CasePage], error) {
			return answer(s.cases.List(ctx, who, *in))
		})
	handle(s, route{method: "POST", path: "/api/cases", id: "openCase", tell: "Open a case", access: signedIn, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
			Body OpenCase
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
			in.Body.Case, in.Body.Step, in.Body.Key = in.ID, in.Step, in.Key
			return answer(s.cases.Act(ctx, who, in.Body))
		})
	handle(s, route{method: "PUT", path: "/api/cases/{id}/drafts/{step}", id: "saveDraft", tell: "Keep what was typed so far", access: signedIn, status: 204},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Step string `path:"step"`
			Body DraftOfStep
		}) (*none, error) {
			in.Body.Case, in.Body.Step = in.ID, in.Step
			return nil, s.cases.SaveDraft(ctx, who, in.Body)
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/delegations", id: "delegations", tell: "Who stands in for whom", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*reply[[]Delegation], error) {
			return answer(s.cases.Delegations(ctx, who, in.ID))
		})
	handle(s, route{method: "POST", path: "/api/cases/{id}/delegations", id: "delegate", tell: "Let another account act in my seat for a time", access: byHand, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body Delegation
		}) (*reply[*Delegation], error) {
			in.Body.Case = in.ID
			return answer(s.cases.Delegate(ctx, who, in.Body))
		})
	s.casePapers()
}

func (s *Server) casePapers() {
	handle(s, route{method: "GET", path: "/api/cases/{id}/bundle", id: "bundle", tell: "The case's records with their proofs, to be checked offline by kechuang verify", access: signedIn, media: "application/json"},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*file, error) {
			data, err := s.cases.Bundle(ctx, who, in.ID)
			return &file{ContentType: "application/json", Disposition: attachment(in.ID + ".bundle.json"), Body: data}, err
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
			data, err := s.cases.Diagram(ctx, who, in.ID, in.Machine, in.Lang)
			return &file{ContentType: "image/svg+xml; charset=utf-8", Policy: paperPolicy, Body: data}, err
		})
}
