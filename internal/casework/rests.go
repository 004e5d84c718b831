package casework

import (
	"encoding/json"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/register"
)

// ChosenRecord is a record of the register that a party chose in a form of one of its cases: a representative work of an evaluation, an
// achievement behind an application.
type ChosenRecord struct {
	Record register.Record `json:"record"` // cut to what the reader may see
	Case   string          `json:"case"`
	Title  string          `json:"title"`           // of the case
	Called string          `json:"called,omitzero"` // as the form names what the record stands behind: its first line of text
	Form   lang.Text       `json:"form"`
	Field  lang.Text       `json:"field"`
	Part   lang.Text       `json:"part,omitzero"`
	Number int             `json:"number,omitempty"` // of the part
	State  StateRef        `json:"state"`            // of the part, or of the case
}

// rests adds what the party, under any of its ids, chose from the register in the case's forms and in those of its parts. A reader finds
// there what they may read in the case, and of records what they may read in the register. What was taken back or turned down, as parts
// that ended otherwise than well, is nothing to rest on.
func (w *viewer) rests(party []string, p *PartyLinks) error {
	for _, r := range append([]*policy.Record{w.d.snap.Case}, w.d.snap.Parts...) {
		if lv, _ := w.s.record(r); lv == hidden {
			continue
		}
		state, _, _, _ := w.s.face(r)
		if r.Part != "" && state.Lost() {
			continue
		}
		for _, f := range w.forms(r) {
			if !w.filledBy(party, r, f) {
				continue
			}
			if err := w.chosenIn(r, f, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// filledBy tells whether one of the parties filled a form as it stands, and the reader may know it.
func (w *viewer) filledBy(party []string, r *policy.Record, f FormView) bool {
	i := slices.IndexFunc(w.d.forms, func(x formRow) bool { return x.record == r.ID && x.form == f.Form.Name && x.digest == f.Digest })
	if i < 0 {
		return false
	}
	row := w.d.forms[i]
	seat, home := w.d.seatOf(r, row.seat)
	j := slices.IndexFunc(w.d.steps, func(st stepRow) bool { return st.seq == row.seq })
	if seat == nil || j < 0 {
		return false
	}
	h := w.d.steps[j].holder
	return slices.Contains(party, h.Party) && w.s.names(home, seat, h)
}

// chosenIn adds the records that a form names.
func (w *viewer) chosenIn(r *policy.Record, f FormView, p *PartyLinks) error {
	state, _, _, _ := w.s.face(r)
	x := ChosenRecord{Case: w.d.row.id, Title: w.d.row.title, Called: firstLine(f), Form: f.Form.Title, State: stateRef(state)}
	if r.Part != "" {
		x.Part, x.Number = w.d.machine(r).Title, w.number(r)
	}
	var failed error
	eachParty(f.Form.Fields, f.Values, func(field *policy.Field, raw json.RawMessage) {
		var id string
		if field.Type != policy.RecordType || json.Unmarshal(raw, &id) != nil || id == "" || failed != nil {
			return
		}
		if len(p.Rests) == maxLinked {
			p.More = true
			return
		}
		rec, err := w.e.Register.GetRecord(w.tx, id)
		if err != nil {
			failed = err
			return
		}
		cut, _, seen := rec.SeenBy(w.e.Register.Kind(rec.Kind), w.actor)
		if !seen {
			return
		}
		x.Record, x.Field = cut, field.Title
		p.Rests = append(p.Rests, x)
	})
	return failed
}

// firstLine is the first line of text of a form as it is seen.
func firstLine(f FormView) (line string) {
	for _, field := range f.Form.Fields {
		if field.Type == policy.TextType && json.Unmarshal(f.Values[field.Name], &line) == nil && line != "" {
			return line
		}
	}
	return ""
}
