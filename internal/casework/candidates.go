package casework

import (
	"context"
	"encoding/json"
	"math"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/panel/score"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// What could be funded, taken from cases: a case, or a part of one such as a bid, with the amounts, codes and scores that stand in its
// forms. It is for the offices of the cases and for auditors.
type (
	// Candidates are those of one mechanism.
	Candidates struct {
		Fields []CandidateField `json:"fields"`
		Rows   []CandidateRow   `json:"rows"`
		More   bool             `json:"more"` // there are more than are given
	}
	// CandidateField is a field that rows have values of.
	CandidateField struct {
		Path  string      `json:"path"` // form.field
		Title lang.Text   `json:"title"`
		Type  policy.Type `json:"type" enum:"money,count,number,share,ref,choice"`
		Ref   string      `json:"ref,omitempty"`
		Part  string      `json:"part"` // "" for the case's own
	}
	// CandidateRow is one case or part.
	CandidateRow struct {
		Case     string                     `json:"case"`
		Record   string                     `json:"record"`
		Part     string                     `json:"part"`
		Title    string                     `json:"title"`
		State    StateRef                   `json:"state"`
		Unit     string                     `json:"unit"`   // name of the party
		Region   string                     `json:"region"` // its district
		Values   map[string]json.RawMessage `json:"values"`
		Score    *float64                   `json:"score,omitempty"`    // mean of the experts' totals, in points
		Spread   *float64                   `json:"spread,omitempty"`   // twice its standard error
		Opinions int                        `json:"opinions,omitempty"` // how many gave one
	}
)

// candidateCases is how many cases are looked at.
const candidateCases = 200

// Candidates are the live cases of a mechanism, and their parts, that the actor's offices run.
func (e *Engine) Candidates(ctx context.Context, actor identity.Actor, mechanism string) (c *Candidates, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		c = &Candidates{Fields: []CandidateField{}, Rows: []CandidateRow{}}
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		l := &lister{e: e, tx: tx, hats: hats, n: e.namer(tx)}
		ids, err := l.ids(filter{mechanism: mechanism, live: true, limit: candidateCases + 1}, actor.Has(identity.RoleAuditor))
		if err != nil || mechanism == "" {
			return err
		}
		seen := map[string]bool{}
		for i, id := range ids {
			if c.More = i == candidateCases; c.More {
				break
			}
			d, s, err := e.sighted(tx, actor, id)
			if notFound(err) || err == nil && (!s.staff() || !d.row.shown) {
				continue
			} else if err != nil {
				return err
			}
			(&viewer{e: e, tx: tx, d: d, s: s, n: l.n, actor: actor}).candidates(c, seen)
		}
		return l.n.err
	})
	return c, err
}

// candidates adds a case and its parts.
func (w *viewer) candidates(c *Candidates, seen map[string]bool) {
	totals := w.totals()
	for _, r := range append([]*policy.Record{w.d.snap.Case}, w.d.snap.Parts...) {
		if lv, _ := w.s.record(r); lv < complete || r.Part != "" && w.s.veil(r) != nil {
			continue
		}
		row := CandidateRow{Case: w.d.row.id, Record: r.ID, Part: r.Part, Title: w.d.row.title, State: stateRef(w.d.state(r)), Values: map[string]json.RawMessage{}}
		party := w.d.row.party
		if r.Part != "" {
			if party = w.standsFor(r); party == "" {
				continue // nobody whom money could go to
			}
			row.Title = w.d.row.title + " · " + w.called(r)
		}
		if party != "" {
			p := w.n.party(party)
			row.Unit, row.Region = p.Name, w.e.Register.RegionName(p.Region)
		}
		for _, f := range w.forms(r) {
			w.amounts(c, seen, &row, r.Part, f)
		}
		row.rate(totals[r.ID])
		c.Rows = append(c.Rows, row)
	}
}

// standsFor is the organisation that sits in a part of its own.
func (w *viewer) standsFor(r *policy.Record) string {
	for _, def := range w.d.machine(r).Seats {
		if def.Kind == policy.PartySeat && def.Party != "person" {
			for _, h := range r.Seats[def.Name] {
				return h.Party
			}
		}
	}
	return ""
}

// amounts takes over what can be counted or grouped by.
func (w *viewer) amounts(c *Candidates, seen map[string]bool, row *CandidateRow, part string, f FormView) {
	for _, x := range f.Form.Fields {
		raw, filled := f.Values[x.Name]
		switch x.Type {
		case policy.MoneyType, policy.CountType, policy.NumberType, policy.ShareType, policy.RefType, policy.ChoiceType:
		default:
			continue
		}
		path := f.Form.Name + "." + x.Name
		if !seen[part+" "+path] {
			seen[part+" "+path] = true
			c.Fields = append(c.Fields, CandidateField{Path: path, Part: part, Type: x.Type, Ref: x.Ref,
				Title: lang.T(f.Form.Title.ZH+"："+x.Title.ZH, f.Form.Title.In(lang.EN)+": "+x.Title.In(lang.EN))})
		}
		if filled {
			row.Values[path] = raw
		}
	}
}

// totals are what experts gave each record, where it is not sealed.
func (w *viewer) totals() map[string][]float64 {
	all := map[string][]float64{}
	for _, x := range drawsOf(w.d.mech) {
		for _, machine := range panelWork(w.d.mech, x.Seat) {
			if w.d.sealedPart(machine) {
				continue
			}
			for _, r := range w.d.snap.Parts {
				if r.Part != machine.Name || machine.State(r.State).Lost() {
					continue
				}
				if total, ok := w.d.totalOf(machine, r); ok {
					all[r.Parent] = append(all[r.Parent], total)
				}
			}
		}
		break // one panel's work; draws of the same panel would count it again
	}
	return all
}

// totalOf is the sum of the marks of a sheet.
func (d *docket) totalOf(machine *policy.Machine, r *policy.Record) (total float64, ok bool) {
	for name, values := range r.Forms {
		for _, k := range d.ed.Rubric(d.mech.FormIn(machine.Name, name)) {
			if v, given := k.Of(values); given {
				total, ok = total+score.Points(v).Float(), true
			}
		}
	}
	return total, ok
}

func (r *CandidateRow) rate(totals []float64) {
	n := float64(len(totals))
	if n == 0 {
		return
	}
	mean, dev := 0.0, 0.0
	for _, v := range totals {
		mean += v / n
	}
	for _, v := range totals {
		dev += (v - mean) * (v - mean)
	}
	r.Score, r.Opinions = &mean, len(totals)
	if n > 1 {
		spread := 2 * math.Sqrt(dev/(n-1)/n)
		r.Spread = &spread
	}
}
