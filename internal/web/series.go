package web

import (
	"context"
	"io"

	"github.com/danielgtaylor/huma/v2"

	"kechuang/internal/casework"
	"kechuang/internal/figure/outside"
	"kechuang/internal/identity"
	"kechuang/internal/store"
)

type (
	seriesInput struct {
		Name string `path:"name"`
	}
	// publication is a published table with the publication that it is from.
	publication struct {
		File   huma.FormFile `form:"file" required:"true"`
		Source string        `form:"source" maxLength:"300"`
	}
	seriesUpload struct {
		Name    string `path:"name"`
		RawBody huma.MultipartFormFiles[publication]
	}
	// SeriesValues are the values that stand of one item of a series.
	SeriesValues struct {
		Item  string         `json:"item"`
		Cells []outside.Cell `json:"cells"`
	}
)

// read gives the file's name and content, and the source.
func (in *seriesUpload) read() (name, source string, data []byte, err error) {
	p := in.RawBody.Data()
	defer in.RawBody.Form.RemoveAll()
	defer p.File.Close()
	data, err = io.ReadAll(p.File)
	return p.File.Filename, p.Source, data, err
}

// seriesRoutes are what others publish: taken in by statisticians, seen by whoever sees figures.
func (s *Server) seriesRoutes() {
	handle(s, route{method: "GET", path: "/api/series", id: "seriesList", tell: "The published statistics that the pack knows, and what was taken in of them", access: counters},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]casework.OutsideView], error) {
			return answer(read(ctx, s, s.cases.OutsideList))
		})
	handle(s, route{method: "GET", path: "/api/series/{name}", id: "series", tell: "Published statistics: tables taken in, and every identity that fails with its cells", access: counters},
		func(ctx context.Context, _ identity.Actor, in *seriesInput) (*reply[casework.OutsideView], error) {
			return answer(read(ctx, s, func(tx *store.Tx) (casework.OutsideView, error) { return s.cases.OutsideOf(tx, in.Name) }))
		})
	handle(s, route{method: "GET", path: "/api/series/{name}/values", id: "seriesValues", tell: "The values that stand of one item", access: counters},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Name string `path:"name"`
			Item string `query:"item" required:"true"`
		}) (*reply[SeriesValues], error) {
			return answer(read(ctx, s, func(tx *store.Tx) (SeriesValues, error) {
				out := SeriesValues{Item: in.Item, Cells: []outside.Cell{}}
				t, err := outside.Standing(tx, in.Name)
				if err != nil {
					return out, err
				}
				for _, c := range t.Cells() {
					if c.Item == in.Item {
						out.Cells = append(out.Cells, c)
					}
				}
				return out, nil
			}))
		})
	handle(s, route{method: "POST", path: "/api/series/{name}/try", id: "seriesTry", tell: "Read a published table (Excel, CSV, TSV) and check it; nothing is kept", access: statisticians, limit: fileLimit},
		func(_ context.Context, who identity.Actor, in *seriesUpload) (*reply[casework.OutsideView], error) {
			name, _, data, err := in.read()
			if err != nil {
				return nil, err
			}
			return answer(s.cases.TryOutside(who, in.Name, name, data))
		})
	handle(s, route{method: "POST", path: "/api/series/{name}/tables", id: "seriesTake", tell: "Take a published table in, with its source", access: statisticians, limit: fileLimit, status: 201},
		func(ctx context.Context, who identity.Actor, in *seriesUpload) (*reply[outside.Taken], error) {
			name, source, data, err := in.read()
			if err != nil {
				return nil, err
			}
			return answer(s.cases.TakeOutside(ctx, who, in.Name, name, source, data))
		})
	handle(s, route{method: "POST", path: "/api/series-tables/{id}/withdrawal", id: "seriesWithdraw", tell: "Withdraw a table that was taken in by mistake", access: statisticians},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body struct {
				Reason string `json:"reason" minLength:"1" maxLength:"300"`
			}
		}) (*reply[outside.Taken], error) {
			return answer(s.cases.WithdrawOutside(ctx, who, in.ID, in.Body.Reason))
		})
}
