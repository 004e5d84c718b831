package casework

import (
	"encoding/json"
	"fmt"
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// docket is one case as one transaction loaded it.
type docket struct {
	row   caseRow
	ed    *edition
	mech  *policy.Mechanism
	snap  *policy.Snapshot
	byID  map[string]*recordRow // the case's own record under the case's id
	forms []formRow             // the current ones
	steps []stepRow
	veils map[string]*veil // by kind of part

	potParty   map[string]string // for whom each pot is held
	moneyMoved bool              // the pots are not what they were when they were loaded
	witnessed  Witnessed         // of the step that is done
}

// take reads a case for a step. If the last step on it was this process's own, everything but the case's row is taken from memory:
// every change of a case counts up the row's seq, so that a row with the same seq means that nothing else has changed either, and the
// step's own transaction has read that row. The taker gets a copy of its own.
func (e *Engine) take(tx *store.Tx, id string) (*docket, error) {
	row, found, err := getCase(tx, id)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errNotFound
	}
	if d := e.recent.find(id, row.seq, row.leaf); d != nil {
		d.row = row
		d.snap.Now, d.snap.Asked = later(tx.Now(), row.lastAt), map[string]policy.Value{}
		if d.moneyMoved {
			d.moneyMoved = false
			return d, e.loadPots(tx, d)
		}
		return d, nil
	}
	return e.loadRow(tx, row)
}

// load reads a case whole: what a decision on it may depend on is what its one transaction has read.
func (e *Engine) load(tx *store.Tx, id string) (*docket, error) {
	row, found, err := getCase(tx, id)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errNotFound
	}
	return e.loadRow(tx, row)
}

func (e *Engine) loadRow(tx *store.Tx, row caseRow) (*docket, error) {
	id := row.id
	d := &docket{row: row, byID: map[string]*recordRow{}}
	var err error
	if d.ed, err = e.edition(tx, row.pack); err != nil {
		return nil, err
	}
	if d.veils, err = veilsOf(row); err != nil {
		return nil, err
	}
	if d.mech = d.ed.Mechanism(row.mechanism); d.mech == nil {
		return nil, fmt.Errorf("casework: %s is pinned to a pack without its mechanism %s", id, row.mechanism)
	}
	d.snap = &policy.Snapshot{Pack: d.ed.Pack, Mechanism: d.mech, Now: later(tx.Now(), row.lastAt),
		Seats: map[string][]policy.Holder{}, Pots: map[string]policy.Pot{}, Asked: map[string]policy.Value{}}
	all, err := records(tx, id)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		d.add(&r)
	}
	if d.snap.Case == nil {
		return nil, fmt.Errorf("casework: %s has no record of its own", id)
	}
	if err := d.loadForms(tx); err != nil {
		return nil, err
	}
	if err := d.loadSeats(tx); err != nil {
		return nil, err
	}
	if err := d.loadThings(tx); err != nil {
		return nil, err
	}
	if err := d.loadPrefill(tx); err != nil {
		return nil, err
	}
	if d.steps, err = steps(tx, id); err != nil {
		return nil, err
	}
	for _, s := range d.steps {
		d.addActs(s)
	}
	return d, e.loadPots(tx, d)
}

// add puts a record into the snapshot.
func (d *docket) add(r *recordRow) {
	d.byID[r.ID] = r
	if r.Part == "" {
		d.snap.Case = r.Record
	} else {
		d.snap.Parts = append(d.snap.Parts, r.Record)
	}
}

func (d *docket) loadForms(tx *store.Tx) (err error) {
	if d.forms, err = forms(tx, d.row.id, false); err != nil {
		return err
	}
	for _, r := range d.byID {
		if err := d.readJoint(r); err != nil {
			return err
		}
	}
	for _, f := range d.forms {
		r := d.byID[f.record]
		if r == nil {
			return fmt.Errorf("casework: form %s of %s belongs to no record of its case", f.form, f.record)
		}
		if r.Forms[f.form], err = d.ed.read(d, r.Record, f); err != nil {
			return err
		}
	}
	return nil
}

// readJoint reads the joint step that waits for signatures.
func (d *docket) readJoint(r *recordRow) error {
	if r.joint == "" {
		return nil
	}
	var s storedJoint
	if err := json.Unmarshal([]byte(r.joint), &s); err != nil {
		return fmt.Errorf("casework: the joint step of %s: %w", r.ID, err)
	}
	r.Joint = &policy.Joint{Step: s.Step}
	step := d.state(r.Record).Step(s.Step)
	if step == nil || s.Values == nil {
		return nil
	}
	var err error
	r.Joint.Values, err = d.decode(r.Part, step.Fill, s.Values)
	return err
}

// form finds the definition of a form of a record: the mechanism's, or the row that a part was opened with.
func (d *docket) form(part, name string) *policy.Form {
	if f := d.mech.Form(name); f != nil {
		return f
	}
	return d.mech.FormIn(part, name)
}

// decode reads values that are stored, which were checked when they were filled.
func (d *docket) decode(part, form string, raw json.RawMessage) (policy.Values, error) {
	f := d.form(part, form)
	if f == nil {
		return nil, fmt.Errorf("casework: %s has a form %q that its mechanism does not know", d.row.id, form)
	}
	return f.ReadValues(raw)
}

// read gives the values of a stored form. They never change under their digest, so each process reads a form once: half of what
// loading a case cost was reading its forms again.
func (ed *edition) read(d *docket, r *policy.Record, f formRow) (policy.Values, error) {
	key := formKey{r.Part, f.form, f.digest, d.mech.Name}
	if v, ok := ed.forms.Load(key); ok {
		return v.(policy.Values), nil
	}
	v, err := d.decode(r.Part, f.form, f.vals)
	if err != nil {
		return nil, err
	}
	if ed.kept.Add(1) > maxKept {
		ed.forms.Clear()
		ed.kept.Store(0)
	}
	ed.forms.Store(key, v)
	return v, nil
}

type formKey struct{ part, form, digest, mechanism string }

// maxKept forms are kept in memory: about 50 MB of forms of the usual size (5 kB).
const maxKept = 10_000

func (d *docket) loadSeats(tx *store.Tx) error {
	all, err := seats(tx, d.row.id)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.record == d.row.id {
			d.snap.Seats[s.seat] = append(d.snap.Seats[s.seat], s.holder)
		} else if r := d.byID[s.record]; r != nil {
			r.Seats[s.seat] = append(r.Seats[s.seat], s.holder)
		}
	}
	return nil
}

// addActs remembers a step for the rule that separates people: an act in somebody's stead is an act of both.
func (d *docket) addActs(s stepRow) {
	a := policy.Act{Record: s.record, State: s.from, Step: s.step, Seat: s.seat, Account: s.account, At: s.at}
	if r := d.byID[s.record]; r != nil {
		a.Part = r.Part
	}
	d.snap.Acts = append(d.snap.Acts, a)
	if s.behalf != "" {
		a.Account = s.behalf
		d.snap.Acts = append(d.snap.Acts, a)
	}
}

// machine is the machine that a record runs.
func (d *docket) machine(r *policy.Record) *policy.Machine { return d.mech.Machine(r.Part) }

// state is where a record stands.
func (d *docket) state(r *policy.Record) *policy.State { return d.machine(r).State(r.State) }

// parent is the record that a part is inside, nil for the case.
func (d *docket) parent(r *policy.Record) *policy.Record {
	if r.Part == "" {
		return nil
	}
	if p := d.byID[r.Parent]; p != nil {
		return p.Record
	}
	return d.snap.Case
}

// seatOf finds a seat as it is seen from a record: its own, then those of the parts around it, then the case's; home is the record
// whose seat it is.
func (d *docket) seatOf(r *policy.Record, name string) (seat *policy.Seat, home *policy.Record) {
	for p := r; p != nil && p.Part != ""; p = d.parent(p) {
		for _, s := range d.machine(p).Seats {
			if s.Name == name {
				return s, p
			}
		}
	}
	return d.mech.Seat(name), d.snap.Case
}

// holders is who sits in a seat as seen from a record.
func (d *docket) holders(r *policy.Record, seat string) []policy.Holder {
	s, home := d.seatOf(r, seat)
	if s == nil {
		return nil
	}
	if home.Part == "" {
		return d.snap.Seats[seat]
	}
	return home.Seats[seat]
}

// sits tells whether an actor is, acts for or belongs to a holder. People sit for themselves only: a colleague of an expert is not
// the expert.
func sits(a identity.Actor, h policy.Holder) bool {
	if h.Office != "" {
		return a.InOffice(h.Office)
	}
	return h.Party != "" && a.ActsFor(h.Party)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
