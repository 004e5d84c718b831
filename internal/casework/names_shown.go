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
		if names[id] = w.n.record(id); f.Type == policy.PartyType {
			names[id] = w.n.party(id).Name
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

// eachParty visits the values of the fields that name parties or records, in rows too.
func eachParty(fields []*policy.Field, values map[string]json.RawMessage, visit func(*policy.Field, json.RawMessage)) {
	for _, f := range fields {
		raw, ok := values[f.Name]
		switch {
		case !ok:
		case f.Type == policy.PartyType || f.Type == policy.RecordType:
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
