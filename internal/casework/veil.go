package casework

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// veil lies over one kind of part from the step that made the case enter a state of its mechanism's veil until one in which it lifts:
// what is decided of the bids is the offices' own until there is a notice of it. It keeps how things looked when it fell, and that is
// what everybody else is shown.
type veil struct {
	Seq   int64                      `json:"seq"`   // the step by which it fell
	Parts map[string]face            `json:"parts"` // by record
	Seats map[string][]policy.Holder `json:"seats"` // those of the case that are taken by a choice among these parts
}

// face is a part as it stood; times are microseconds.
type face struct {
	State    string `json:"state"`
	Since    int64  `json:"since"`
	Due      int64  `json:"due"`
	Revision int64  `json:"revision"`
}

// veilsOf reads the veils of a case's row, by kind of part. They are never changed in place.
func veilsOf(row caseRow) (map[string]*veil, error) {
	if row.veil == "" {
		return nil, nil
	}
	var all map[string]*veil
	if err := json.Unmarshal([]byte(row.veil), &all); err != nil {
		return nil, fmt.Errorf("casework: the veil of %s: %w", row.id, err)
	}
	return all, nil
}

// drape lets veils fall and lift as the step seq brings the case into a state. It is called before the step changes anything: what the
// step itself decides is under the veil already.
func (d *docket) drape(to *policy.State, seq int64) error {
	all := maps.Clone(d.veils)
	for _, m := range d.mech.Parts {
		switch {
		case m.Veil == nil:
		case m.Veil.Lifts(to):
			delete(all, m.Name)
		case m.Veil.Falls(to) && all[m.Name] == nil:
			if all == nil {
				all = map[string]*veil{}
			}
			all[m.Name] = d.faces(m, seq)
		}
	}
	d.veils, d.row.veil = all, ""
	if len(all) == 0 {
		return nil
	}
	text, err := json.Marshal(all)
	d.row.veil = string(text)
	return err
}

// faces is how a kind of part, and the seats that are taken by choosing among them, look now.
func (d *docket) faces(m *policy.Machine, seq int64) *veil {
	v := &veil{Seq: seq, Parts: map[string]face{}, Seats: map[string][]policy.Holder{}}
	for _, r := range d.snap.Parts {
		if r.Part == m.Name {
			v.Parts[r.ID] = face{r.State, store.Micros(r.Since), store.Micros(r.Due), r.Revision}
		}
	}
	for _, seat := range d.mech.ChosenSeats(m.Name) {
		v.Seats[seat] = slices.Clone(d.snap.Seats[seat])
	}
	return v
}

// arrives is the state of the case in which an outcome leaves it.
func (d *docket) arrives(out *policy.Outcome) *policy.State {
	name := d.snap.Case.State
	for _, t := range out.Moves {
		if t.Record == d.row.id {
			name = t.To
		}
	}
	return d.mech.Case.State(name)
}

// veil is what hides a part from the one looking, nil for nothing; of the case, the first that fell: what the offices decide from then
// on in the case itself may tell of the parts.
func (s *sight) veil(r *policy.Record) *veil {
	if s.staff() {
		return nil
	}
	if r.Part != "" {
		return s.d.veils[r.Part]
	}
	var first *veil
	for _, v := range s.d.veils {
		if first == nil || v.Seq < first.Seq {
			first = v
		}
	}
	return first
}

// veils tells whether what a step did to a record is hidden: it was done under the veil, and not in a seat of the one looking.
func (s *sight) veils(r *policy.Record, seq int64, seat string) bool {
	v := s.veil(r)
	return v != nil && seq >= v.Seq && !slices.Contains(s.mine[r.ID], seat)
}

// face is how a record is seen to stand.
func (s *sight) face(r *policy.Record) (state *policy.State, since, due time.Time, revision int64) {
	m := s.d.machine(r)
	if v := s.veil(r); v != nil && r.Part != "" {
		f := v.Parts[r.ID]
		return m.State(f.State), store.Time(f.Since), store.Time(f.Due), f.Revision
	}
	return m.State(r.State), r.Since, r.Due, r.Revision
}

// seats is who is seen to sit in the case.
func (s *sight) seats(seat string) []policy.Holder {
	if !s.staff() {
		for _, v := range s.d.veils {
			if held, hides := v.Seats[seat]; hides {
				return held
			}
		}
	}
	return s.d.snap.Seats[seat]
}

// seatOfStep is the seat in which a step of the case was done.
func (d *docket) seatOfStep(seq int64) string {
	for _, st := range d.steps {
		if st.seq == seq {
			return st.seat
		}
	}
	return ""
}

// errVeiled is the answer to whoever tries something on a part under its veil, whatever it is and wherever the part stands by now.
var errVeiled = refusal.New(refusal.Closed, "casework.veiled",
	lang.T("结果公开前，本项不能办理", "Nothing can be done here until the result is made public")).
	Mend(lang.T("请等待结果公示", "Wait for the public notice"))

// reach is the record that somebody wants to act on: one that they see, and not under a veil.
func (d *docket) reach(s *sight, id string) (*policy.Record, error) {
	r, err := d.find(s, id)
	if err == nil && r.Part != "" && s.veil(r) != nil {
		err = errVeiled
	}
	return r, err
}
