package web

import (
	"context"
	"encoding/json"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
)

type (
	// HallQuery asks for a page of the public hall.
	HallQuery struct {
		Q         string `query:"q" maxLength:"200"`
		Mechanism string `query:"mechanism"`
		Kind      string `query:"kind" enum:"open,notice,result,all" default:"all"`
		After     string `query:"after"`
		Limit     int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
	// Hall is what everybody may read.
	Hall struct {
		Items []HallItem `json:"items"`
		Next  string     `json:"next,omitempty"`
	}
	// HallItem is one public case: a call that is open, a notice that runs, or a result.
	HallItem struct {
		Case      string                     `json:"case"`
		Kind      string                     `json:"kind" enum:"open,notice,result,other"`
		Mechanism casework.MechanismRef      `json:"mechanism"`
		Title     string                     `json:"title"`
		State     casework.StateRef          `json:"state"`
		Since     time.Time                  `json:"since"`
		Due       *time.Time                 `json:"due,omitempty"`
		Workdays  *int                       `json:"workdays,omitempty"`
		Fields    map[string]json.RawMessage `json:"fields" doc:"the public fields, form.field to value"`
		Waits     lang.Text                  `json:"waits,omitzero"`
	}
	// Objection is a step that a member of the public takes under their real name.
	Objection struct {
		Case   string          `json:"-"`
		Step   string          `json:"-"`
		Key    string          `json:"-"`
		Part   string          `json:"part" doc:"the part to start, such as objections"`
		Name   string          `json:"name" minLength:"2" maxLength:"60" doc:"real name of the person"`
		Phone  string          `json:"phone" minLength:"6" maxLength:"40"`
		Values json.RawMessage `json:"values" doc:"the form"`
		Reason string          `json:"reason,omitempty"`
		DryRun bool            `json:"dryRun,omitempty"`
	}
)

func (s *Server) hallRoutes() {
	handle(s, route{method: "GET", path: "/api/hall", id: "hall", tell: "Open challenges, notices and results, for everyone", access: public},
		func(ctx context.Context, _ identity.Actor, in *HallQuery) (*reply[*Hall], error) {
			return answer(s.cases.Hall(ctx, *in))
		})
	handle(s, route{method: "GET", path: "/api/hall/{case}", id: "hallCase", tell: "What everyone may read of a case", access: public},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Case string `path:"case"`
		}) (*reply[*casework.View], error) {
			return answer(s.cases.HallCase(ctx, in.Case))
		})
	handle(s, route{method: "POST", path: "/api/hall/{case}/steps/{step}", id: "object", tell: "Object to a notice under one's real name, without signing in", access: public, status: 201},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Case string `path:"case"`
			Step string `path:"step"`
			Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
			Body Objection
		}) (*reply[*casework.Receipt], error) {
			if err := s.limits.objection(ctx); err != nil {
				return nil, err
			}
			in.Body.Case, in.Body.Step, in.Body.Key = in.Case, in.Step, in.Key
			return answer(s.cases.Object(ctx, in.Body))
		})
}
