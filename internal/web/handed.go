package web

import (
	"context"
	"encoding/json"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
)

type (
	// HandedDecision takes what was handed in, as it was read, or refuses it with the reason.
	HandedDecision struct {
		Revision int64  `json:"revision"`
		Take     bool   `json:"take"`
		Reason   string `json:"reason,omitempty" maxLength:"400"`
	}
	handedInput struct {
		ID string `path:"id"`
	}
)

// handedRoutes are records that their owners enter and that wait for review.
func (s *Server) handedRoutes() {
	handle(s, route{method: "GET", path: "/api/handed", id: "handedList", tell: "Records that my parties handed in to the register; with waiting, what waits for those who keep it", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			Waiting bool `query:"waiting"`
		}) (*reply[[]casework.HandedPage], error) {
			return answer(s.cases.HandedList(ctx, who, in.Waiting))
		})
	handle(s, route{method: "POST", path: "/api/handed", id: "handIn", tell: "Hand in a record of a party of mine; it waits for review and is none until then", access: signedIn, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body NewRecord }) (*reply[*casework.HandedPage], error) {
			raw, err := json.Marshal(in.Body.Values)
			if err != nil {
				return nil, err
			}
			return answer(s.cases.HandIn(ctx, who, in.Body.Kind, "", 0, raw))
		})
	handle(s, route{method: "GET", path: "/api/handed/{id}", id: "handed", tell: "A record that was handed in, for its owner and those who keep the register", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *handedInput) (*reply[*casework.HandedPage], error) {
			return answer(s.cases.HandedIn(ctx, who, in.ID))
		})
	handle(s, route{method: "PUT", path: "/api/handed/{id}", id: "handInAnew", tell: "Say anew what waits or was refused; it waits again", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body RecordChange
		}) (*reply[*casework.HandedPage], error) {
			raw, err := json.Marshal(in.Body.Values)
			if err != nil {
				return nil, err
			}
			return answer(s.cases.HandIn(ctx, who, "", in.ID, in.Body.Revision, raw))
		})
	handle(s, route{method: "POST", path: "/api/handed/{id}/decision", id: "judgeHanded", tell: "Take what was handed in into the register, or refuse it with the reason", access: roles(identity.RoleRegister)},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body HandedDecision
		}) (*reply[*casework.HandedPage], error) {
			b := in.Body
			return answer(s.cases.JudgeHanded(ctx, who, in.ID, b.Revision, b.Take, b.Reason))
		})
	handle(s, route{method: "POST", path: "/api/handed/{id}/withdrawal", id: "withdrawHanded", tell: "Take back what waits or was refused", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body Verification
		}) (*reply[*casework.HandedPage], error) {
			return answer(s.cases.WithdrawHanded(ctx, who, in.ID, in.Body.Revision))
		})
}
