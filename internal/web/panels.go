package web

import (
	"context"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
)

func (s *Server) panelRoutes() {
	handle(s, route{method: "GET", path: "/api/panels", id: "panels", tell: "The panels that my offices bring together; of auditors, all", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]casework.PanelItem], error) {
			return answer(s.cases.Panels(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/panels/{id}", id: "panel", tell: "One panel: its pool, what speaks against each, invitations and draws; for the case's offices and auditors", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*reply[*casework.PanelView], error) {
			return answer(s.cases.Panel(ctx, who, in.ID))
		})
	handle(s, route{method: "GET", path: "/api/meeting", id: "meeting", tell: "A meeting about some cases: sheets, orders with their uncertainty, outliers, an agenda; for the cases' offices and auditors", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			Cases []string `query:"case,explode" required:"true" doc:"ids of the cases"`
		}) (*reply[*casework.Meeting], error) {
			return answer(s.cases.Meet(ctx, who, in.Cases))
		})
	handle(s, route{method: "GET", path: "/api/reviews", id: "reviews", tell: "What I am asked to judge in my own name, and what I have judged", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[*casework.Reviews], error) {
			return answer(s.cases.Reviews(ctx, who))
		})
	handle(s, route{method: "POST", path: "/api/panels/assign", id: "assignPanels", tell: "Propose experts for many cases at once, with the proof; nothing is stored", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct{ Body casework.AssignQuestion }) (*reply[*casework.AssignAnswer], error) {
			return answer(s.cases.Assign(ctx, who, in.Body))
		})
}
