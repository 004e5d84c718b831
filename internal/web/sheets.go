package web

import (
	"context"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

type (
	// Sheet is a kind of table that can be filled in Excel and brought in.
	Sheet struct {
		Kind    string    `json:"kind"`
		Title   lang.Text `json:"title"`
		Columns []Column  `json:"columns"`
		Export  bool      `json:"export" doc:"can also be taken out"`
	}
	// Column is one column of a sheet.
	Column struct {
		Name     string    `json:"name"`
		Title    lang.Text `json:"title"`
		Help     lang.Text `json:"help,omitzero"`
		Required bool      `json:"required"`
	}
	// Import is one file on its way in: checked row by row first, entered once it is confirmed.
	Import struct {
		ID      string       `json:"id"`
		Kind    string       `json:"kind"`
		File    string       `json:"file"`
		State   string       `json:"state" enum:"checking,checked,entering,entered,failed,stopped"`
		Done    int          `json:"done"`
		Total   int          `json:"total"`
		Good    int          `json:"good"`
		Bad     int          `json:"bad"`
		Rows    []ImportRow  `json:"rows" doc:"the first rows with something to mend; all of them are in the marked copy"`
		Failed  refusal.List `json:"failed,omitempty" doc:"why the whole file was refused"`
		At      time.Time    `json:"at"`
		CanMark bool         `json:"can_mark" doc:"a marked copy of the file can be fetched"`
	}
	// ImportRow is one row with what is wrong in it.
	ImportRow struct {
		Row      int          `json:"row"`
		Refusals refusal.List `json:"refusals"`
	}
	kindInput struct {
		Kind string `path:"kind"`
	}
	importInput struct {
		ID string `path:"id"`
	}
)

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (s *Server) sheetRoutes() {
	handle(s, route{method: "GET", path: "/api/sheets", id: "sheets", tell: "What can be brought in and taken out as a table", access: signedIn},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]Sheet], error) {
			return answer(s.tables.Sheets(ctx))
		})
	handle(s, route{method: "GET", path: "/api/sheets/{kind}/template.xlsx", id: "template", tell: "The workbook to fill in", access: signedIn, media: xlsx},
		func(ctx context.Context, _ identity.Actor, in *kindInput) (*file, error) {
			data, err := s.tables.Template(ctx, in.Kind)
			return &file{ContentType: xlsx, Disposition: attachment(in.Kind + "-template.xlsx"), Body: data}, err
		})
	handle(s, route{method: "POST", path: "/api/sheets/{kind}/imports", id: "import", tell: "Bring in a workbook or CSV: checked first, entered when confirmed", access: signedIn, status: 202, limit: fileLimit},
		func(ctx context.Context, who identity.Actor, in *struct {
			Kind    string `path:"kind"`
			RawBody huma.MultipartFormFiles[upload]
		}) (*reply[*Import], error) {
			f := in.RawBody.Data().File
			defer in.RawBody.Form.RemoveAll()
			defer f.Close()
			data, err := io.ReadAll(f)
			if err != nil {
				return nil, err
			}
			return answer(s.tables.Import(ctx, who, in.Kind, f.Filename, data))
		})
	handle(s, route{method: "GET", path: "/api/imports/{id}", id: "importState", tell: "How far an import is", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *importInput) (*reply[*Import], error) {
			return answer(s.tables.ImportState(ctx, who, in.ID))
		})
	handle(s, route{method: "GET", path: "/api/imports/{id}/marked.xlsx", id: "marked", tell: "The user's own file with what is to be mended beside each row", access: signedIn, media: xlsx},
		func(ctx context.Context, who identity.Actor, in *importInput) (*file, error) {
			name, data, err := s.tables.Marked(ctx, who, in.ID)
			return &file{ContentType: xlsx, Disposition: attachment(name), Body: data}, err
		})
	handle(s, route{method: "POST", path: "/api/imports/{id}/confirm", id: "confirmImport", tell: "Enter the rows that were checked", access: signedIn, status: 202},
		func(ctx context.Context, who identity.Actor, in *importInput) (*reply[*Import], error) {
			return answer(s.tables.Confirm(ctx, who, in.ID))
		})
	for _, format := range []struct{ name, media string }{{"xlsx", xlsx}, {"csv", "text/csv"}} {
		handle(s, route{method: "GET", path: "/api/sheets/{kind}/export." + format.name, id: "export_" + format.name, tell: "Take out exactly what is shown", access: signedIn, media: format.media},
			func(ctx context.Context, who identity.Actor, in *struct {
				Kind string `path:"kind"`
				Q    string `query:"q"`
			}) (*file, error) {
				data, err := s.tables.Export(ctx, who, in.Kind, format.name, in.Q)
				return &file{ContentType: format.media, Disposition: attachment(in.Kind + "." + format.name), Body: data}, err
			})
	}
}
