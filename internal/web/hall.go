package web

import (
	"context"
	"encoding/json"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
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
		Items []casework.HallItem `json:"items"`
		Next  string              `json:"next,omitempty"`
	}
	// Objection is a step that a member of the public takes under their real name.
	Objection struct {
		Part   string          `json:"part" doc:"the part to start, such as objections"`
		Name   string          `json:"name" minLength:"2" maxLength:"60" doc:"real name of the person"`
		Number string          `json:"number,omitempty" maxLength:"40" doc:"身份证号 or 统一社会信用代码; may also stand in the form"`
		Phone  string          `json:"phone" minLength:"6" maxLength:"40"`
		Values json.RawMessage `json:"values" doc:"the form"`
		Reason string          `json:"reason,omitempty"`
		DryRun bool            `json:"dryRun,omitempty"`
	}
)

func (s *Server) hallRoutes() {
	handle(s, route{method: "GET", path: "/api/hall", id: "hall", tell: "Open challenges, notices and results, for everyone", access: public},
		func(ctx context.Context, _ identity.Actor, in *HallQuery) (*reply[Hall], error) {
			q := casework.HallQuery{Q: in.Q, Mechanism: in.Mechanism, Kind: in.Kind, After: in.After, Limit: in.Limit}
			if q.Kind == "all" {
				q.Kind = ""
			}
			list, next, err := s.cases.Hall(ctx, q)
			return answer(Hall{list, next}, err)
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
			if !in.Body.DryRun {
				if err := s.limits.objection(ctx); err != nil {
					return nil, err
				}
			}
			b := in.Body
			return answer(s.cases.Object(ctx, casework.ObjectCommand{Case: in.Case, Step: in.Step, Key: in.Key, Part: b.Part, Name: b.Name, Number: b.Number,
				Phone: b.Phone, Values: b.Values, Reason: b.Reason, DryRun: b.DryRun}))
		})
}
