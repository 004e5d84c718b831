package casework

import (
	"context"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

var errNoDocument = refusal.New(refusal.NotFound, "casework.no_document", lang.T("没有这份文件，或者您无权查看", "There is no such document, or you may not see it"))

// maxFile is the largest file that is taken.
const maxFile = 50 << 20

// PutDocument keeps a file under its digest. Its uploader may name it in a form; others see it once they see such a form.
func (e *Engine) PutDocument(ctx context.Context, actor identity.Actor, name string, r io.Reader) (*policy.Document, error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	name = path.Base(strings.ReplaceAll(strings.Map(printable, name), `\`, "/"))
	switch {
	case len(body) > maxFile:
		return nil, refusal.New(refusal.TooLarge, "casework.file_large", lang.T("文件超过 50 MB", "The file is larger than 50 MB")).
			Mend(lang.T("请压缩或拆分后上传", "Compress or split it"))
	case len(body) == 0:
		return nil, refusal.New(refusal.Invalid, "casework.file_empty", lang.T("文件是空的", "The file is empty"))
	case name == "." || name == "/" || utf8.RuneCountInString(name) > 200:
		return nil, refusal.New(refusal.Invalid, "casework.file_name", lang.T("文件名为空或过长", "The file's name is empty or too long"))
	}
	doc := &policy.Document{Digest: digestBytes(body), Name: name, Size: int64(len(body))}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		if err := addBlob(tx, doc.Digest, body); err != nil {
			return err
		}
		return addUpload(tx, doc.Digest, actor.Account, name)
	})
	return doc, err
}

func printable(r rune) rune {
	if r < ' ' || r == 0x7f {
		return -1
	}
	return r
}

// Document is a file of a case, for who sees a form that names it, and for who uploaded it.
func (e *Engine) Document(ctx context.Context, actor identity.Actor, id, digest string) (doc *policy.Document, body []byte, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		doc = nil
		if !actor.Anonymous() {
			name, mine, err := uploadName(tx, digest, actor.Account)
			if err != nil {
				return err
			}
			if mine {
				doc = &policy.Document{Digest: digest, Name: name}
			}
		}
		if doc == nil {
			d, s, err := e.sighted(tx, actor, id)
			if err != nil {
				return err
			}
			if doc = s.document(d, digest); doc == nil {
				return errNoDocument
			}
		}
		var found bool
		body, found, err = getBlob(tx, digest)
		if err == nil && !found {
			err = errNoDocument
		}
		doc.Size = int64(len(body))
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return doc, body, nil
}

// document finds a file in the forms that are seen.
func (s *sight) document(d *docket, digest string) *policy.Document {
	var in func(fields []*policy.Field, v policy.Values, keep, columns func(*policy.Field) bool) *policy.Document
	in = func(fields []*policy.Field, v policy.Values, keep, columns func(*policy.Field) bool) *policy.Document {
		for _, f := range fields {
			if !keep(f) {
				continue
			}
			switch x := v[f.Name].(type) {
			case policy.Document:
				if x.Digest == digest {
					return &x
				}
			case []policy.Values:
				for _, row := range x {
					if found := in(f.Rows, row, columns, columns); found != nil {
						return found
					}
				}
			}
		}
		return nil
	}
	for _, r := range d.byID {
		for name, values := range r.Forms {
			def := d.form(r.Part, name)
			if def == nil {
				continue
			}
			if seen, keep := s.shows(r.Record, def); seen {
				if found := in(def.Fields, values, keep, s.columns(r.Record, name)); found != nil {
					return found
				}
			}
		}
	}
	return nil
}
