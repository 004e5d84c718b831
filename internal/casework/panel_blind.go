package casework

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Blind review. Who judges in a panel that is blind to an applicant sees of the case what everybody in a part of it sees (joined), and beside
// that the forms they are to judge, without the fields that tell who filled them in. No page made by the program, link, record or money of the
// case is shown to them, and no list names the applicant. That the texts do not tell either is asked when they are handed in.

// blindfold works out to which seats' holders the one looking is blind.
func (s *sight) blindfold() {
	if s.staff() || s.party || !s.d.mech.HasBlind() {
		return
	}
	s.blind = s.d.mech.BlindTo(func(part, seat string) bool {
		for id, held := range s.mine {
			if s.d.byID[id].Part == part && slices.Contains(held, seat) {
				return true
			}
		}
		return false
	})
	if len(s.blind) == 0 {
		return
	}
	if s.judges = s.whole == complete; s.judges {
		s.whole = joined
	}
}

// blinds tells whether the one looking, who judges the holders of a seat of a record, must not learn who they are.
func (s *sight) blinds(r *policy.Record, seat string) bool {
	path := seat
	if r.Part != "" {
		path = r.Part + "." + seat
	}
	return slices.Contains(s.blind, path)
}

// blindAt tells whether any seat of a record is one that the one looking is blind to.
func (s *sight) blindAt(r *policy.Record) bool {
	return len(s.blind) > 0 && slices.ContainsFunc(append(slices.Clone(s.d.machine(r).Seats), s.seatsAt(r)...), func(x *policy.Seat) bool { return s.blinds(r, x.Name) })
}

func (s *sight) seatsAt(r *policy.Record) []*policy.Seat {
	if r.Part == "" {
		return s.d.mech.Seats
	}
	return nil
}

// tells gives which fields of a form, filled in a seat, are kept from a blind panel; nil: none. Of what others filled in about an applicant they
// lose the names of parties, records and cases only.
func (s *sight) tells(r *policy.Record, seat string) func(*policy.Field) bool {
	switch {
	case len(s.blind) == 0 || slices.Contains(s.mine[r.ID], seat):
		return nil
	case s.blinds(r, seat):
		return func(f *policy.Field) bool { return f.Tells(s.blind) }
	}
	return func(f *policy.Field) bool { return f.Type != policy.DocumentType && f.Tells(nil) }
}

// kept tells whether a field of a notice is kept from the one looking, who must not learn who is judged.
func (s *sight) kept(f *policy.Field) bool { return len(s.blind) > 0 && f.Tells(s.blind) }

// columns gives which columns of a form's rows are seen: all but those that are kept from a blind panel.
func (s *sight) columns(r *policy.Record, form string) func(*policy.Field) bool {
	for _, f := range s.d.forms {
		if f.record != r.ID || f.form != form {
			continue
		}
		if tells := s.tells(r, f.seat); tells != nil {
			return func(c *policy.Field) bool { return !tells(c) }
		}
	}
	return func(*policy.Field) bool { return true }
}

// unnamed is a form without what tells, in rows too; values are cut with it.
func unnamed(form *policy.Form, values map[string]json.RawMessage, tells func(*policy.Field) bool) (*policy.Form, error) {
	if tells == nil {
		return form, nil
	}
	cut := *form
	cut.Fields = nil
	for _, f := range form.Fields {
		if tells(f) {
			delete(values, f.Name)
			continue
		}
		if f.Type == policy.RowsType {
			f = cutColumns(f, tells)
			if err := cutRows(f, values); err != nil {
				return nil, err
			}
		}
		cut.Fields = append(cut.Fields, f)
	}
	return &cut, nil
}

func cutColumns(f *policy.Field, tells func(*policy.Field) bool) *policy.Field {
	x := *f
	x.Rows = slices.DeleteFunc(slices.Clone(f.Rows), tells)
	return &x
}

// cutRows leaves of a field's rows the columns that the field has.
func cutRows(f *policy.Field, values map[string]json.RawMessage) error {
	raw, filled := values[f.Name]
	if !filled {
		return nil
	}
	var rows []map[string]json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		return fmt.Errorf("casework: rows of %s: %w", f.Name, err)
	}
	for _, row := range rows {
		for name := range row {
			if !slices.ContainsFunc(f.Rows, func(c *policy.Field) bool { return c.Name == name }) {
				delete(row, name)
			}
		}
	}
	left, err := json.Marshal(rows)
	values[f.Name] = left
	return err
}

// anonymous refuses what a panel that is blind to a seat would read and that names whoever sits there: the party by its name or another of its names,
// or what stands in the fields that are kept back.
func (e *Engine) anonymous(tx *store.Tx, d *docket, in policy.Intent, party string, form *policy.Form, values policy.Values) error {
	if !d.mech.HasBlind() {
		return nil
	}
	path := in.Seat
	if r := d.byID[in.Record]; in.Part != "" {
		path = in.Part + "." + in.Seat
	} else if r != nil && r.Part != "" && d.machine(r.Record).Seat(in.Seat) != nil {
		path = r.Part + "." + in.Seat
	}
	blind := false
	for _, s := range d.mech.Seats {
		blind = blind || slices.Contains(s.Blind, path)
	}
	if !blind || form == nil || party == "" {
		return nil
	}
	p, err := e.Register.Get(tx, party)
	if err != nil {
		return err
	}
	var names []string
	note := func(text string) {
		if text = strings.TrimSpace(text); utf8.RuneCountInString(text) >= 2 && !slices.Contains(names, text) {
			names = append(names, text)
		}
	}
	for _, n := range append([]string{p.Name, p.LegalRep, p.Contact}, p.Aliases...) {
		note(n)
	}
	eachString(form.Fields, values, func(f *policy.Field, text string) {
		if f.Type == policy.TextType && f.Tells([]string{path}) {
			note(text)
		}
	})
	var l refusal.List
	eachString(form.Fields, values, func(f *policy.Field, text string) {
		if f.Type != policy.TextType || f.Tells([]string{path}) {
			return
		}
		for _, n := range names {
			if strings.Contains(text, n) {
				l.Add(refusal.New(refusal.Invalid, "casework.blind", lang.T("评审不记名，“"+f.Title.ZH+"”中写了“"+n+"”", "The review is blind, and “"+f.Title.In(lang.EN)+"” names “"+n+"”")).
					At(form.Name + "." + f.Name).Mend(lang.T("请改用“本单位”“项目负责人”等称呼", "Write “the applicant”, “the leader” and the like")))
				break
			}
		}
	})
	return l.Err()
}

// eachString visits the values that are strings, in rows too.
func eachString(fields []*policy.Field, values policy.Values, visit func(*policy.Field, string)) {
	for _, f := range fields {
		switch x := values[f.Name].(type) {
		case string:
			visit(f, x)
		case []policy.Values:
			for _, row := range x {
				eachString(f.Rows, row, visit)
			}
		}
	}
}
