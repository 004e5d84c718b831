package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/search"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// The open catalogue: records of public kinds with their public fields, for everyone.

type (
	// CatalogueKind is one kind of record that is open to everyone.
	CatalogueKind struct {
		Name   string                 `json:"name"`
		Title  lang.Text              `json:"title"`
		Called string                 `json:"called"`
		Fields []register.RecordField `json:"fields" doc:"those that are public"`
		Count  int64                  `json:"count"`
	}
	// CatalogueItem is one record with its public fields.
	CatalogueItem struct {
		ID     string          `json:"id"`
		Name   string          `json:"name"`
		Marks  []search.Mark   `json:"marks" doc:"where the name has the words that were looked for, in units of UTF-16"`
		Values register.Values `json:"values"`
	}
	// CataloguePage is one page of the open catalogue.
	CataloguePage struct {
		Items []CatalogueItem   `json:"items"`
		Names map[string]string `json:"names" doc:"of the parties and records that values name by id"`
		Notes []lang.Text       `json:"notes"`
		More  bool              `json:"more"`
	}
	catalogueQuery struct {
		Kind  string `path:"kind"`
		Q     string `query:"q" maxLength:"500" doc:"in the search language; 级别:国家"`
		Skip  int    `query:"skip" minimum:"0" maximum:"100000"`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
	}
)

// mostOpen is how many records a download of the open catalogue holds.
const mostOpen = 20_000

func (s *Server) catalogueRoutes() {
	handle(s, route{method: "GET", path: "/api/hall/catalogue", id: "catalogue", tell: "Kinds of records that are open to everyone", access: public},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]CatalogueKind], error) {
			counts, err := read(ctx, s, func(tx *store.Tx) (map[string]int64, error) { return s.register.CountRecords(tx) })
			list := []CatalogueKind{}
			for _, k := range s.register.Kinds() {
				if k.Public {
					list = append(list, CatalogueKind{k.Name, k.Title, k.Called, openFields(k), counts[k.Name]})
				}
			}
			return answer(list, err)
		})
	handle(s, route{method: "GET", path: "/api/hall/catalogue/{kind}", id: "catalogueOf", tell: "Search the open records of a kind", access: public},
		func(ctx context.Context, _ identity.Actor, in *catalogueQuery) (*reply[CataloguePage], error) {
			page, err := s.catalogue(ctx, in)
			return answer(page, err)
		})
	for _, f := range []struct{ ext, media string }{{"csv", "text/csv; charset=utf-8"}, {"json", "application/json"}} {
		handle(s, route{method: "GET", path: "/api/hall/catalogue/{kind}/download." + f.ext, id: "catalogue_" + f.ext, tell: "What the query finds of the open records of a kind, as " + f.ext, access: public, media: f.media},
			func(ctx context.Context, _ identity.Actor, in *struct {
				Kind string `path:"kind"`
				Q    string `query:"q" maxLength:"500"`
			}) (*file, error) {
				body, err := s.openFile(ctx, in.Kind, in.Q, f.ext)
				return &file{ContentType: f.media, Disposition: attachment(in.Kind + "." + f.ext), Body: body}, err
			})
	}
	handle(s, route{method: "GET", path: "/api/hall/records/{id}", id: "hallRecord", tell: "What everyone may read of a record", access: public},
		func(ctx context.Context, _ identity.Actor, in *recordInput) (*reply[*casework.RecordPage], error) {
			return answer(s.cases.HallRecord(ctx, in.ID))
		})
}

func openFields(k *register.RecordKind) []register.RecordField {
	out := []register.RecordField{}
	for _, f := range k.Fields {
		if f.Public || f.Name == k.Called || f.Name == k.Status {
			out = append(out, f)
		}
	}
	return out
}

// catalogue asks as nobody, so that a signed-in reader finds here what everyone does.
func (s *Server) catalogue(ctx context.Context, in *catalogueQuery) (page CataloguePage, err error) {
	page = CataloguePage{Items: []CatalogueItem{}, Names: map[string]string{}, Notes: []lang.Text{}}
	k := s.register.Kind(in.Kind)
	if k == nil || !k.Public {
		return page, errNoOpenKind()
	}
	a, err := s.finder.Search(ctx, identity.Actor{}, search.Query{Text: in.Q, What: search.Record, Kind: in.Kind, Skip: in.Skip, Limit: in.Limit})
	if err != nil {
		return page, err
	}
	page.Notes, page.More = a.Notes, a.More
	for _, h := range a.Hits {
		page.Items = append(page.Items, CatalogueItem{h.ID, h.Title, h.Marks, h.Record.Values})
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		for _, item := range page.Items {
			if err := s.nameOpen(tx, k, item.Values, page.Names); err != nil {
				return err
			}
		}
		return nil
	})
	return page, err
}

func errNoOpenKind() error {
	return refusal.New(refusal.NotFound, "catalogue.no_kind", lang.T("公开目录中没有这一类", "The open catalogue has no such kind"))
}

// nameOpen notes what the parties and records are called that public values name.
func (s *Server) nameOpen(tx *store.Tx, k *register.RecordKind, values register.Values, names map[string]string) error {
	for _, f := range k.Fields {
		var id string
		if json.Unmarshal(values[f.Name], &id) != nil || id == "" || names[id] != "" {
			continue
		}
		switch f.Type {
		case "party":
			name, _, _, err := s.register.Named(tx, id)
			if err != nil {
				return err
			}
			names[id] = name
		case "node":
			name, err := s.register.NodeName(tx, id)
			if err != nil {
				return err
			}
			names[id] = name.ZH
		case "record":
			rec, err := s.register.GetRecord(tx, id)
			if err != nil && len(refusal.Of(err)) == 0 {
				return err
			}
			if other := s.register.Kind(rec.Kind); err == nil && other != nil && other.Public {
				names[id] = rec.Name
			}
		}
	}
	return nil
}

// openFile is all that a query finds, up to mostOpen.
func (s *Server) openFile(ctx context.Context, kind, q, ext string) ([]byte, error) {
	k := s.register.Kind(kind)
	if k == nil || !k.Public {
		return nil, errNoOpenKind()
	}
	var b bytes.Buffer
	var rows [][]string
	items, names := []map[string]any{}, map[string]string{}
	err := s.finder.All(ctx, identity.Actor{}, search.Query{Text: q, What: search.Record, Kind: kind, Limit: mostOpen}, func(tx *store.Tx, h search.Hit) error {
		if err := s.nameOpen(tx, k, h.Record.Values, names); err != nil {
			return err
		}
		row, object := []string{}, map[string]any{"id": h.ID}
		for _, f := range openFields(k) {
			cell := openCell(f, h.Record.Values[f.Name], names)
			if row = append(row, cell); cell != "" {
				object[f.Name] = cell
			}
		}
		rows, items = append(rows, append(row, h.ID)), append(items, object)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if ext == "json" {
		err := json.NewEncoder(&b).Encode(map[string]any{"kind": k.Name, "title": k.Title, "fields": openFields(k), "items": items})
		return b.Bytes(), err
	}
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	head := []string{}
	for _, f := range openFields(k) {
		head = append(head, f.Title.ZH)
	}
	if err := out.Write(append(head, "编号")); err != nil {
		return nil, err
	}
	for _, row := range rows {
		for i := range row {
			row[i] = register.Neutral(row[i])
		}
		if err := out.Write(row); err != nil {
			return nil, err
		}
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// openCell is a value as people write it.
func openCell(f register.RecordField, raw json.RawMessage, names map[string]string) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	var n int64
	var s string
	switch {
	case f.Type == "money" && json.Unmarshal(raw, &n) == nil:
		return money.Fen(n).String()
	case f.Type == "share" && json.Unmarshal(raw, &n) == nil:
		return share.PPM(n).String()
	case json.Unmarshal(raw, &s) != nil:
		return map[string]string{"true": "是", "false": "否"}[string(raw)] + numeric(raw)
	case f.Type == "party" || f.Type == "record" || f.Type == "node":
		return names[s]
	}
	for _, c := range f.Choices {
		if c.Value == s {
			return c.Title.ZH
		}
	}
	return s
}

// numeric is a JSON number as it is, "" for everything else.
func numeric(raw json.RawMessage) string {
	var n json.Number
	if json.Unmarshal(raw, &n) != nil {
		return ""
	}
	return n.String()
}
