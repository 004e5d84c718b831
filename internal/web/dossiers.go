package web

import (
	"context"
	"io"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"kechuang/internal/dossier"
	"kechuang/internal/identity"
)

type dossierInput struct {
	ID string `path:"id" doc:"id of the dossier"`
}

func (s *Server) dossierRoutes() {
	handle(s, route{method: "POST", path: "/api/cases/{id}/dossiers", id: "orderDossier", tell: "Make a dossier of the case's thread: one archive of every form, paper, file, posting and proof that I may see", access: signedIn, status: 202},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*reply[dossier.Dossier], error) {
			return answer(s.dossiers.Order(ctx, who, in.ID))
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/dossiers", id: "dossiers", tell: "My dossiers of a case, latest first", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*reply[[]dossier.Dossier], error) {
			return answer(s.dossiers.List(ctx, who, in.ID))
		})
	handle(s, route{method: "GET", path: "/api/dossiers/{id}", id: "dossier", tell: "How far a dossier is", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *dossierInput) (*reply[dossier.Dossier], error) {
			return answer(s.dossiers.Get(ctx, who, in.ID))
		})
	handle(s, route{method: "DELETE", path: "/api/dossiers/{id}", id: "dropDossier", tell: "Stop a dossier, or throw it away", access: signedIn, status: 204},
		func(ctx context.Context, who identity.Actor, in *dossierInput) (*none, error) {
			return nil, s.dossiers.Drop(ctx, who, in.ID)
		})
	handle(s, route{method: "GET", path: "/api/dossiers/{id}/archive.zip", id: "dossierArchive", tell: "The archive, to be checked offline by kechuang verify", access: signedIn, media: "application/zip"},
		func(ctx context.Context, who identity.Actor, in *dossierInput) (*huma.StreamResponse, error) {
			d, r, err := s.dossiers.Open(ctx, who, in.ID)
			if err != nil {
				return nil, err
			}
			return &huma.StreamResponse{Body: func(hc huma.Context) {
				hc.SetHeader("Content-Type", "application/zip")
				hc.SetHeader("Content-Disposition", attachment("卷宗-"+d.Case+".zip"))
				hc.SetHeader("Content-Length", strconv.FormatInt(d.Size, 10))
				_, _ = io.Copy(hc.BodyWriter(), r) // a reader that goes away is no error of ours
			}}, nil
		})
}
