package casework

import (
	"encoding/json"
	"strings"

	"kechuang/internal/policy"
)

// shownNames is what the parties and records are called that a view speaks of by id: in the fields of its forms and in what notices
// froze. It names nobody whom the view does not show already, so that a reader who may not open the register reads names too.
func (w *viewer) shownNames(v *View) map[string]string {
	names := map[string]string{}
	note := func(f *policy.Field, raw json.RawMessage) {
		var id string
		if json.Unmarshal(raw, &id) != nil || id == "" {
			return
		}
		switch f.Type {
		case policy.PartyType:
			names[id] = w.n.party(id).Name
		case policy.RecordType:
			names[id] = w.n.record(id)
		case policy.NodeType:
			names[id] = w.n.node(id).ZH
		case policy.CaseType:
			names[id] = w.caseName(id)
		}
	}
	for _, f := range v.Forms {
		eachParty(f.Form.Fields, f.Values, note)
	}
	for _, p := range v.Parts {
		for _, r := range p.Records {
			for _, f := range r.Forms {
				eachParty(f.Form.Fields, f.Values, note)
			}
		}
	}
	for _, o := range v.Options {
		if o.Form != nil {
			eachParty(o.Form.Fields, o.Values, note)
		}
	}
	for _, n := range v.Notices {
		for path, raw := range n.Content {
			form, field, _ := strings.Cut(path, ".")
			f := w.d.mech.Form(form)
			if f == nil {
				continue
			}
			values := map[string]json.RawMessage{field: raw}
			if field == "" && json.Unmarshal(raw, &values) != nil {
				continue
			}
			eachParty(f.Fields, values, note)
		}
	}
	return names
}

// caseName is the title of another case to who may see it, and its mechanism's to others.
func (w *viewer) caseName(id string) string {
	d, s, err := w.e.sighted(w.tx, w.actor, id)
	if notFound(err) {
		return id
	}
	if err != nil {
		if w.n.err == nil {
			w.n.err = err
		}
		return id
	}
	if s.whole == hidden {
		return d.mech.Title.ZH
	}
	return d.row.title
}

// eachParty visits the values of the fields that name parties, records, nodes or cases, in rows too.
func eachParty(fields []*policy.Field, values map[string]json.RawMessage, visit func(*policy.Field, json.RawMessage)) {
	for _, f := range fields {
		raw, ok := values[f.Name]
		switch {
		case !ok:
		case f.Type == policy.PartyType || f.Type == policy.RecordType || f.Type == policy.NodeType || f.Type == policy.CaseType:
			visit(f, raw)
		case f.Type == policy.RowsType:
			var rows []map[string]json.RawMessage
			if json.Unmarshal(raw, &rows) == nil {
				for _, row := range rows {
					eachParty(f.Rows, row, visit)
				}
			}
		}
	}
}
