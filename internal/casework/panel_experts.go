package casework

import (
	"encoding/json"
	"fmt"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// What the register's records say of experts: their files, with the interests they state and the day on which they last confirmed them, and what
// they made together with others. Which kinds of records those are the pack says (experts, works); nothing here knows one by name.

// fileOf is an expert's file.
type fileOf struct {
	kind      *policy.Kind
	record    register.Record
	confirmed caldate.Date
}

// has is what a file says in a field, "" where nothing.
func (f *fileOf) has(field string) string {
	if f == nil {
		return ""
	}
	return f.record.Values.Text(field)
}

// keepsFiles tells whether a pack has files of experts: only then can one be out of date.
func keepsFiles(p *policy.Pack) bool {
	for _, k := range p.Kinds {
		if k.Experts != nil {
			return true
		}
	}
	return false
}

// filesOf reads the files of some experts; of two, the one confirmed last.
func (e *Engine) filesOf(tx *store.Tx, p *policy.Pack, experts []string) (map[string]*fileOf, error) {
	files := map[string]*fileOf{}
	for _, name := range sortedKeys(p.Kinds) {
		k := p.Kinds[name]
		if k.Experts == nil || len(experts) == 0 {
			continue
		}
		records, err := e.Register.NamingAny(tx, name, experts, nil)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			who := r.Values.Text(k.Experts.Person)
			f := &fileOf{k, r, caldate.Date(r.Values.Text(k.Experts.Confirmed))}
			if was := files[who]; was == nil || was.confirmed < f.confirmed {
				files[who] = f
			}
		}
	}
	return files, nil
}

// ties are the interests that a file states.
func (f *fileOf) ties(who string) (list []conflict.Tie) {
	x := f.kind.Experts
	for _, row := range rowsIn(f.record.Values, x.Interests) {
		t := conflict.Tie{Kind: conflict.Kind(row.Text(x.How)), A: who, B: row.Text(x.With), From: caldate.Date(row.Text(x.From)), To: caldate.Date(row.Text(x.Until)),
			Source: fmt.Sprintf("专家本人申报（%s）", f.confirmed)}
		if t.B != "" && t.Kind != "" {
			list = append(list, t)
		}
	}
	return list
}

func rowsIn(v register.Values, field string) (rows []register.Values) {
	if field == "" || json.Unmarshal(v[field], &rows) != nil {
		return nil
	}
	return rows
}

// worksOf reads what people made together: everything that has one of the parties, or somebody of such a name, among its makers.
func (e *Engine) worksOf(tx *store.Tx, p *policy.Pack, people, names []string) (list []conflict.Work, err error) {
	for _, name := range sortedKeys(p.Kinds) {
		x := p.Kinds[name].Works
		if x == nil {
			continue
		}
		records, err := e.Register.NamingAny(tx, name, people, names)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			kind := x.Else
			if as := x.As[r.Values.Text(x.Form)]; as != "" {
				kind = as
			}
			w := conflict.Work{ID: r.ID, Title: r.Name, Kind: conflict.Kind(kind), Date: caldate.Date(r.Values.Text(x.On))}
			for _, row := range rowsIn(r.Values, x.Makers) {
				w.By = append(w.By, conflict.Mention{Person: row.Text(x.Person), Name: row.Text(x.Name), Org: row.Text(x.Unit)})
			}
			list = append(list, w)
		}
	}
	return list, nil
}

// teams are the people whom applicants name in what they hand in, with whose unit they are: people of the register in fields that ask for a person,
// and names in fields that are marked so (who: true). Whom they ask to leave out is no team of theirs: it would bar the units of those people too.
func (d *docket) teams(seats []string) (list []conflict.Mention) {
	vetoes := vetoesOf(d.mech)
	for _, f := range d.forms {
		r := d.byID[f.record]
		if r == nil || !f.current || !slices.ContainsFunc(seats, func(s string) bool { return s == f.seat || s == r.Part+"."+f.seat }) {
			continue
		}
		def := d.form(r.Part, f.form)
		if def == nil {
			continue
		}
		unit := ""
		for _, h := range d.holders(r.Record, f.seat) {
			unit = h.Party
		}
		stated := slices.DeleteFunc(slices.Clone(def.Fields), func(x *policy.Field) bool { return slices.Contains(vetoes, f.form+"."+x.Name) })
		eachString(stated, r.Forms[f.form], func(field *policy.Field, text string) {
			m := conflict.Mention{Org: unit}
			switch {
			case field.Type == policy.PartyType && field.Party == "person":
				m.Person = text
			case field.Type == policy.TextType && field.Who:
				m.Name = text
			default:
				return
			}
			if text != "" && !slices.Contains(list, m) {
				list = append(list, m)
			}
		})
	}
	return list
}

// vetoesOf are the fields (form.field) in which a mechanism's applicants say whom they ask to leave out.
func vetoesOf(m *policy.Mechanism) (paths []string) {
	m.EachEffect(func(_ *policy.Machine, _ *policy.State, _ *policy.Step, e policy.Effect) {
		if x, ok := e.(policy.Draw); ok && x.Veto != "" && !slices.Contains(paths, x.Veto) {
			paths = append(paths, x.Veto)
		}
	})
	return paths
}

// markTitle is what a choice of an expert's file is called.
func (ed *edition) markTitle(field, value string) lang.Text {
	for _, name := range sortedKeys(ed.Kinds) {
		k := ed.Kinds[name]
		if k.Experts == nil || k.Field(field) == nil {
			continue
		}
		for _, c := range k.Field(field).Choices {
			if c.Value == value {
				return c.Title
			}
		}
	}
	return lang.T(value, value)
}

// Disclosure is how an expert's own statement of interests stands.
type Disclosure struct {
	Confirmed string `json:"confirmed,omitempty"` // the day on which it was last confirmed; empty: never
	Until     string `json:"until,omitempty"`     // the first day on which it does not hold any more
	Over      bool   `json:"over"`                // it does not hold: the expert is not drawn
	Case      string `json:"case,omitempty"`      // where it is confirmed
	Mechanism string `json:"mechanism,omitempty"` // by which it is stated the first time
}

// disclosure tells an expert of the own statement; nil where the pack keeps none.
func (e *Engine) disclosure(tx *store.Tx, person string) (*Disclosure, error) {
	p := e.Seen()
	if !keepsFiles(p) {
		return nil, nil
	}
	v := &Disclosure{Over: true}
	for _, m := range p.Mechanisms {
		for _, t := range m.Things {
			if p.Kinds[t.Kind].Experts != nil && t.Filled {
				v.Mechanism = m.Name
			}
		}
	}
	files, err := e.filesOf(tx, p, []string{person})
	if err != nil || files[person] == nil {
		return v, err
	}
	f := files[person]
	if v.Confirmed = string(f.confirmed); f.confirmed != "" {
		years := 1
		for _, r := range p.Conflicts {
			if conflict.Kind(r.Kind) == conflict.Stale && r.Years > 0 {
				years = r.Years
			}
		}
		v.Until = string(f.confirmed.AddMonths(12 * years).AddDays(1))
		v.Over = string(caldate.On(tx.Now())) >= v.Until
	}
	cases, err := e.aboutAny(tx, f.record.ID)
	for _, c := range cases {
		v.Case = max(v.Case, c.in)
	}
	return v, err
}
