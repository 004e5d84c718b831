package casework

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kechuang/internal/identity"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// What is like what somebody filled in is looked for by an adviser (match/twin); here it is only read. A form says by which of its texts:
// `alike: [title, background]`.

// AlikeForm is a form of a case whose like is looked for, as its text.
type AlikeForm struct {
	Mechanism, Form string
	Text            string
}

// AlikeForms are the forms of a case that say by which texts their like is looked for, for who examines it: its offices and auditors.
func (e *Engine) AlikeForms(ctx context.Context, actor identity.Actor, id string) (list []AlikeForm, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		list = nil
		d, s, err := e.sighted(tx, actor, id)
		if err != nil || s.whole < complete || !s.staff() {
			return err
		}
		for _, f := range d.mech.Forms {
			values, filled := d.snap.Case.Forms[f.Name]
			if len(f.Alike) == 0 || !filled {
				continue
			}
			if seen, _ := s.shows(d.snap.Case, f); seen {
				list = append(list, AlikeForm{d.mech.Name, f.Name, alikeText(f, func(name string) string { t, _ := values[name].(string); return t })})
			}
		}
		return nil
	})
	return list, err
}

func alikeText(f *policy.Form, of func(field string) string) string {
	var parts []string
	for _, name := range f.Alike {
		if t := strings.TrimSpace(of(name)); t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, "\n")
}

// Filled is a form of a case that was handed in, as the text by which its like is found; Seq orders them by when they were filled.
type Filled struct {
	Case, Text string
	At         int64 // microseconds
}

// FilledSince is the current fillings of a mechanism's form from a moment on, oldest first, of cases that were handed in: what an index in
// memory follows. It is for advisers inside the program and cuts nothing to anybody's seats; what is shown of it is (AlikeCases).
func (e *Engine) FilledSince(ctx context.Context, mechanism, form string, since int64, limit int) (list []Filled, err error) {
	m := e.Seen().Mechanism(mechanism)
	if m == nil || m.Form(form) == nil {
		return nil, nil
	}
	f := m.Form(form)
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		list, err = store.List(tx, func(scan func(...any) error) (x Filled, err error) {
			var vals string
			if err = scan(&x.Case, &vals, &x.At); err != nil {
				return x, err
			}
			var values map[string]json.RawMessage
			if err = json.Unmarshal([]byte(vals), &values); err != nil {
				return x, err
			}
			x.Text = alikeText(f, func(name string) (t string) { _ = json.Unmarshal(values[name], &t); return t })
			return x, nil
		}, `SELECT f.case_id, f.vals, f.at FROM casework_cases c JOIN casework_forms f ON f.case_id = c.id AND f.record_id = c.id
			WHERE c.mechanism = $1 AND c.shown AND f.form = $2 AND f.is_current AND f.at >= $3 ORDER BY f.at, f.case_id LIMIT $4`, mechanism, form, since, int64(limit))
		return err
	})
	return list, err
}

// AlikeCases tells of cases what the actor may see of each: one without a seat for them by its mechanism and number only.
func (e *Engine) AlikeCases(ctx context.Context, actor identity.Actor, ids []string) (list []LinkView, whole map[string]bool, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		list, whole = nil, map[string]bool{}
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		for _, id := range ids {
			d, err := e.load(tx, id)
			if err != nil {
				return err
			}
			s := d.look(hats)
			x := LinkView{Case: id, Mechanism: d.mech.Title}
			if s.whole > hidden {
				st := stateRef(d.state(d.snap.Case))
				x.Label, x.State, x.Seen = d.row.title, &st, true
			}
			whole[id] = s.whole == complete && s.staff()
			list = append(list, x)
		}
		return nil
	})
	return list, whole, err
}

// BenchItem is a case that waits for somebody's judgement with reasons by clause.
type BenchItem struct {
	Item
	Act  DoRef  `json:"act"`
	Form string `json:"form"`
}

// Bench is what waits for the actor's judgement: acts whose form has reasons that cite their clauses, by deadline.
func (e *Engine) Bench(ctx context.Context, actor identity.Actor) (list []BenchItem, err error) {
	desk, err := e.Desk(ctx, actor)
	if err != nil {
		return nil, err
	}
	list = []BenchItem{}
	for _, item := range desk.Waiting {
		m := e.Seen().Mechanism(item.Mechanism.Name)
		if m == nil {
			continue
		}
		for _, do := range item.Do {
			mc := m.Machine(do.Part)
			if mc == nil {
				continue
			}
			for _, st := range mc.States {
				if sp := st.Step(do.Step); sp != nil && cites(m.Form(sp.Fill)) {
					list = append(list, BenchItem{item, do, m.Form(sp.Fill).Title.ZH})
					break
				}
			}
		}
	}
	return list, nil
}

// cites tells whether a form gives reasons by clause.
func cites(f *policy.Form) bool {
	return f != nil && slices.ContainsFunc(f.Fields, func(x *policy.Field) bool {
		return slices.ContainsFunc(x.Choices, func(c policy.Choice) bool { return c.Cite != "" })
	})
}
