package web

import (
	"context"
	"mime"

	"github.com/danielgtaylor/huma/v2"

	"kechuang/internal/identity"
	"kechuang/internal/policy"
)

type upload struct {
	File huma.FormFile `form:"file" required:"true"`
}

func (s *Server) documentRoutes() {
	handle(s, route{method: "POST", path: "/api/documents", id: "upload", tell: "Upload a file, to be named in a form by its digest", access: signedIn, status: 201, limit: fileLimit},
		func(ctx context.Context, who identity.Actor, in *struct {
			RawBody huma.MultipartFormFiles[upload]
		}) (*reply[*policy.Document], error) {
			f := in.RawBody.Data().File
			defer in.RawBody.Form.RemoveAll()
			defer f.Close()
			return answer(s.cases.PutDocument(ctx, who, f.Filename, f))
		})
	handle(s, route{method: "GET", path: "/api/documents/{digest}", id: "document", tell: "A file of a case", access: public, media: "application/octet-stream"},
		func(ctx context.Context, who identity.Actor, in *struct {
			Digest string `path:"digest"`
			Case   string `query:"case" required:"true" doc:"the case in which it is seen"`
		}) (*file, error) {
			d, data, err := s.cases.Document(ctx, who, in.Case, in.Digest)
			if err != nil {
				return nil, err
			}
			return &file{ContentType: "application/octet-stream", Disposition: attachment(d.Name), Body: data}, nil
		})
}

// attachment names the file that a browser saves; a name in Chinese is encoded by RFC 5987.
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
