package web

import (
	"bytes"
	"context"
	"io"
	"path"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/register"
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
		Key      string              `json:"key"`
		Title    lang.Text           `json:"title"`
		Kind     register.ColumnKind `json:"kind"`
		Required bool                `json:"required"`
		Note     lang.Text           `json:"note,omitzero"`
		Example  string              `json:"example,omitempty"`
	}
	// ImportPage is one page of one's own imports, newest first.
	ImportPage struct {
		Items []register.Import `json:"items"`
		Next  string            `json:"next,omitempty"`
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
	handle(s, route{method: "GET", path: "/api/sheets", id: "sheets", tell: "The tables that I may bring in or take out", access: signedIn},
		func(_ context.Context, who identity.Actor, _ *none) (*reply[[]Sheet], error) {
			return &reply[[]Sheet]{each(s.register.Sheets(who), sheetView)}, nil
		})
	handle(s, route{method: "GET", path: "/api/sheets/{kind}/template.xlsx", id: "template", tell: "The workbook to fill in", access: signedIn, media: xlsx},
		func(_ context.Context, who identity.Actor, in *kindInput) (*file, error) {
			var b bytes.Buffer
			err := s.register.Template(who, in.Kind, &b)
			return &file{ContentType: xlsx, Disposition: attachment(in.Kind + "-template.xlsx"), Body: b.Bytes()}, err
		})
	for _, f := range []struct {
		format register.Format
		media  string
	}{{register.XLSX, xlsx}, {register.CSV, "text/csv; charset=utf-8"}} {
		handle(s, route{method: "GET", path: "/api/sheets/{kind}/export." + string(f.format), id: "export_" + string(f.format), tell: "Take out what the query finds", access: signedIn, media: f.media},
			func(ctx context.Context, who identity.Actor, in *struct {
				Kind string `path:"kind"`
				Q    string `query:"q" maxLength:"200"`
			}) (*file, error) {
				var b bytes.Buffer
				err := s.register.Export(ctx, who, in.Kind, in.Q, f.format, &b)
				return &file{ContentType: f.media, Disposition: attachment(in.Kind + "." + string(f.format)), Body: b.Bytes()}, err
			})
	}
	s.importRoutes()
}

func (s *Server) importRoutes() {
	handle(s, route{method: "POST", path: "/api/sheets/{kind}/imports", id: "import", tell: "Bring in a workbook or CSV: its rows are checked in the background, and entered once confirmed", access: signedIn, status: 202, limit: fileLimit},
		func(ctx context.Context, who identity.Actor, in *struct {
			Kind    string `path:"kind"`
			RawBody huma.MultipartFormFiles[upload]
		}) (*reply[register.Import], error) {
			f := in.RawBody.Data().File
			defer in.RawBody.Form.RemoveAll()
			defer f.Close()
			data, err := io.ReadAll(f)
			if err != nil {
				return nil, err
			}
			imp, err := s.register.NewImport(ctx, who, in.Kind, f.Filename, data)
			s.wake()
			return answer(imp, err)
		})
	handle(s, route{method: "GET", path: "/api/imports", id: "imports", tell: "My imports, newest first", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			Before string `query:"before"`
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		}) (*reply[ImportPage], error) {
			list, next, err := s.register.Imports(ctx, who, in.Before, in.Limit)
			return answer(ImportPage{list, next}, err)
		})
	handle(s, route{method: "GET", path: "/api/imports/{id}", id: "importState", tell: "How far an import is", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *importInput) (*reply[register.Import], error) {
			return answer(s.register.GetImport(ctx, who, in.ID))
		})
	handle(s, route{method: "GET", path: "/api/imports/{id}/messages", id: "importMessages", tell: "What is to be mended, row by row", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID    string `path:"id"`
			After int    `query:"after" doc:"line of the last message seen"`
			Limit int    `query:"limit" minimum:"1" maximum:"5000" default:"200"`
		}) (*reply[[]register.Message], error) {
			return answer(s.register.Messages(ctx, who, in.ID, in.After, in.Limit))
		})
	handle(s, route{method: "GET", path: "/api/imports/{id}/marked.xlsx", id: "marked", tell: "The user's own file with what is to be mended beside each row", access: signedIn, media: xlsx},
		func(ctx context.Context, who identity.Actor, in *importInput) (*file, error) {
			imp, err := s.register.GetImport(ctx, who, in.ID)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			err = s.register.Marked(ctx, who, in.ID, &b)
			return &file{ContentType: xlsx, Disposition: attachment(strings.TrimSuffix(imp.Name, path.Ext(imp.Name)) + "-校验结果.xlsx"), Body: b.Bytes()}, err
		})
	handle(s, route{method: "POST", path: "/api/imports/{id}/confirm", id: "confirmImport", tell: "Enter the rows that were checked", access: signedIn, status: 202},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body register.Confirmation
		}) (*reply[register.Import], error) {
			return s.moved(ctx, who, in.ID, s.register.ConfirmImport(ctx, who, in.ID, in.Body))
		})
	handle(s, route{method: "POST", path: "/api/imports/{id}/stop", id: "stopImport", tell: "Stop an import; what was entered stays", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *importInput) (*reply[register.Import], error) {
			return s.moved(ctx, who, in.ID, s.register.StopImport(ctx, who, in.ID))
		})
}

func (s *Server) moved(ctx context.Context, who identity.Actor, id string, err error) (*reply[register.Import], error) {
	if err != nil {
		return nil, err
	}
	s.wake()
	return answer(s.register.GetImport(ctx, who, id))
}

func sheetView(x *register.Sheet) Sheet {
	v := Sheet{Kind: x.Kind, Title: x.Title, Export: x.Export != nil}
	for _, c := range x.Columns {
		v.Columns = append(v.Columns, Column{c.Key, c.Title, c.Kind, c.Required, c.Note, c.Example})
	}
	return v
}
