package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/ident"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// change is one step being carried out. Its fields are filled as it goes; everything it writes is in one transaction.
type change struct {
	e    *Engine
	tx   *store.Tx
	d    *docket
	who  doer
	in   policy.Intent
	out  *policy.Outcome
	at   time.Time
	seq  int64
	rec  *policy.Record // the record that was acted on; of a new part that part
	from string         // where it stood

	touched map[string]bool // records to be written
	created map[string]bool // records to be added
	leaf    leafBody

	vet    *vetting                      // what was known of the last pool
	found  map[string][]conflict.Finding // and what speaks against each of it
	rivals map[string]*docket            // other cases that were read for that
}

// carry writes everything that follows from a step. The order is: what the step made (records, forms, seats), then the effects in
// the order of the mechanism, then what is derived (title, waits), then the history and its leaf, and the case's own row last.
func (e *Engine) carry(tx *store.Tx, d *docket, who doer, in policy.Intent, out *policy.Outcome) (*Receipt, error) {
	c := &change{e: e, tx: tx, d: d, who: who, in: in, out: out, at: d.snap.Now, seq: d.row.seq + 1,
		touched: map[string]bool{}, created: map[string]bool{}}
	before := d.waits()
	if err := d.drape(d.arrives(out), c.seq); err != nil {
		return nil, err
	}
	ids, err := c.open()
	if err != nil {
		return nil, err
	}
	for _, do := range []func([]string) error{c.sign, c.fill, c.chooseThings, c.chooseLinks, c.move, c.act, c.nominate, c.frozen, c.book} {
		if err := do(ids); err != nil {
			return nil, err
		}
	}
	if err := c.writeRecords(); err != nil {
		return nil, err
	}
	if err := c.writeWaits(before); err != nil {
		return nil, err
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	tx.After(func() { e.recent.put(d) })
	st := d.state(c.rec)
	return &Receipt{Case: d.row.id, Record: c.rec.ID, State: stateRef(st), Revision: c.rec.Revision, Leaf: d.row.leaf, Pending: out.Pending}, nil
}

// open gives the new parts their ids and numbers and enters them; ids[k] is the id of "#k".
func (c *change) open() ([]string, error) {
	ids := make([]string, len(c.out.Opened))
	for k := range c.out.Opened {
		ids[k] = ident.New("part", c.at)
	}
	for k, r := range c.out.Opened {
		r.ID = ids[k]
		r.Parent = c.refer(r.Parent, ids)
		if err := c.addPart(r); err != nil {
			return nil, err
		}
	}
	if c.in.Record == "" {
		if len(ids) == 0 {
			return nil, fmt.Errorf("casework: a part of %s was started and policy opened none", c.in.Part)
		}
		c.rec = c.d.byID[ids[0]].Record
	} else {
		c.rec = c.d.byID[c.in.Record].Record
	}
	c.from = c.rec.State
	return ids, nil
}

// refer replaces "#k" by the id of the k-th new part, and an empty parent by the case.
func (c *change) refer(id string, ids []string) string {
	if rest, ok := strings.CutPrefix(id, "#"); ok {
		if k, err := strconv.Atoi(rest); err == nil && k < len(ids) {
			return ids[k]
		}
	}
	if id == "" {
		return c.d.row.id
	}
	return id
}

// perStep is more parts than one step opens; what it is multiplied with is the step's number.
const perStep = 1_000_000

// addPart enters a part into the case; its row is written at the end, its seats and forms at once.
func (c *change) addPart(r *policy.Record) error {
	if r.Forms == nil {
		r.Forms = map[string]policy.Values{}
	}
	if r.Seats == nil {
		r.Seats = map[string][]policy.Holder{}
	}
	r.Since, r.Due, r.Opened = r.Since.UTC(), r.Due.UTC(), r.Opened.UTC() // as the database gives them back
	row := &recordRow{Record: r, place: c.seq*perStep + int64(len(c.created)) + 1}
	row.shown = shown(c.d.machine(r), r.State, false)
	c.d.add(row)
	c.created[r.ID] = true
	if err := addRecord(c.tx, c.d.row.id, *row); err != nil { // seats and forms refer to it
		return err
	}
	c.leaf.Opened = append(c.leaf.Opened, leafPart{Record: r.ID, Part: r.Part, Parent: r.Parent, State: r.State})
	for _, seat := range sortedKeys(r.Seats) {
		for _, h := range r.Seats[seat] {
			if err := addSeat(c.tx, c.d.row.id, seatRow{r.ID, seat, h}); err != nil {
				return err
			}
			c.leaf.Seats = append(c.leaf.Seats, leafSeat{Record: r.ID, Seat: seat, Party: h.Party, Office: h.Office})
		}
	}
	for _, form := range sortedKeys(r.Forms) {
		if err := c.writeForm(r, form, r.Forms[form]); err != nil {
			return err
		}
	}
	return nil
}

// sign keeps what waits for signatures, or clears it. What the first signer filled in is kept beside the record, not as a form of
// it: it becomes one when all have signed the same. Each signature's leaf has the digest of what it is over.
func (c *change) sign([]string) error {
	if len(c.out.Pending) == 0 {
		if j := c.rec.Joint; j != nil && j.Step == c.in.Step && j.Values != nil {
			c.leaf.Over = digestBytes(policy.EncodeValues(j.Values))
		}
		c.rec.Signed, c.rec.Joint = nil, nil
		return nil
	}
	j := &policy.Joint{Step: c.in.Step}
	if len(c.out.Fills) > 0 {
		j.Values = c.out.Fills[0].Values
		c.leaf.Over = digestBytes(policy.EncodeValues(j.Values))
	}
	c.out.Fills = nil
	c.rec.Signed, c.rec.Joint = c.out.Pending, j
	c.leaf.Signed = c.out.Pending
	return nil
}

func (c *change) fill(ids []string) error {
	for _, f := range c.out.Fills {
		r := c.d.byID[c.refer(f.Record, ids)]
		if r == nil {
			return fmt.Errorf("casework: policy fills a form of a record %q that is not there", f.Record)
		}
		r.Forms[f.Form] = f.Values
		if err := c.writeForm(r.Record, f.Form, f.Values); err != nil {
			return err
		}
	}
	return nil
}

// writeForm makes a new version the current one; the old ones stay.
func (c *change) writeForm(r *policy.Record, form string, v policy.Values) error {
	if c.d.form(r.Part, form) == nil {
		return fmt.Errorf("casework: policy fills a form %q that the mechanism does not know", form)
	}
	raw := policy.EncodeValues(v)
	f := formRow{record: r.ID, form: form, version: 1, current: true, vals: raw, digest: digestBytes(raw),
		account: c.who.actor.Account, who: c.who.actor.Name, seat: c.who.seat, seq: c.seq, at: c.at}
	for i, old := range c.d.forms {
		if old.record == r.ID && old.form == form {
			f.version = old.version + 1
			c.d.forms = slices.Delete(c.d.forms, i, i+1)
			break
		}
	}
	c.d.forms = append(c.d.forms, f)
	c.leaf.Forms = append(c.leaf.Forms, leafForm{Record: r.ID, Form: form, Version: f.version, Digest: f.digest})
	if err := addForm(c.tx, c.d.row.id, f); err != nil {
		return err
	}
	return keepNodes(c.tx, c.d.row.id, r.ID, c.d.form(r.Part, form), v)
}

// move takes the transitions in the order policy gives them.
func (c *change) move(ids []string) error {
	for _, t := range c.out.Moves {
		r := c.d.byID[c.refer(t.Record, ids)]
		if r == nil {
			return fmt.Errorf("casework: policy moves a record %q that is not there", t.Record)
		}
		if r.ID == c.d.row.id {
			if err := c.endNotice(t); err != nil {
				return err
			}
		}
		r.State, r.Due = t.To, t.Due.UTC()
		if r.Since = t.Since.UTC(); r.Since.IsZero() {
			r.Since = c.at
		}
		r.shown = shown(c.d.machine(r.Record), t.To, r.shown)
		if r.ID != c.rec.ID { // a part that was moved along has nothing pending any more
			r.Signed, r.Joint = nil, nil
		}
		c.touched[r.ID] = true
		c.leaf.Moves = append(c.leaf.Moves, leafMove{Record: r.ID, From: t.From, To: t.To})
	}
	if c.d.state(c.d.snap.Case).End { // what a mechanism leaves open when its case ends has no deadline any more
		for _, p := range c.d.snap.Parts {
			if !p.Due.IsZero() {
				p.Due = time.Time{}
				c.touched[p.ID] = true
			}
		}
	}
	return nil
}

// shown tells whether a record is more than its author's draft: it left its first state for one that is not a bad end.
func shown(m *policy.Machine, state string, before bool) bool {
	st := m.State(state)
	return before || st.Public || st != m.Initial() && (!st.End || st.Good)
}

// writeRecords writes every record once, however often it was touched.
func (c *change) writeRecords() error {
	c.touched[c.rec.ID] = true
	for _, id := range sortedKeys(c.touched) {
		r := c.d.byID[id]
		r.Revision++
		if err := setRecord(c.tx, *r); err != nil {
			return err
		}
	}
	return nil
}

// finish names the case, writes the history with its leaf, and the case's own row.
func (c *change) finish() error {
	d, row := c.d, &c.d.row
	row.title = c.title()
	state := d.state(d.snap.Case)
	row.state, row.public, row.ended, row.shown = d.snap.Case.State, state.Public, state.End, d.byID[row.id].shown
	was := row.seq
	row.seq, row.lastAt = c.seq, c.at
	if err := c.writeLeaf(); err != nil {
		return err
	}
	step := stepRow{in: row.id, seq: c.seq, record: c.rec.ID, step: c.stepName(), seat: c.who.seat, account: c.who.actor.Account,
		behalf: c.who.behalf, who: c.who.actor.Name, holder: c.who.holder, from: c.from, to: c.rec.State, reason: c.in.Reason, leaf: row.leaf, at: c.at}
	if err := addStep(c.tx, step); err != nil {
		return err
	}
	d.steps = append(d.steps, step)
	d.addActs(step)
	if c.who.actor.Account != "" && c.in.Step != policy.ClockStep {
		k := draftKey{record: c.in.Record, part: c.in.Part, step: c.in.Step}
		if k.record == "" && k.part == "" || k.record == row.id {
			k.record = ""
		}
		if err := dropDraft(c.tx, c.who.actor.Account, row.id, k); err != nil {
			return err
		}
	}
	err := setCase(c.tx, *row, was)
	row.hall = row.public
	return err
}

func (c *change) stepName() string { return c.in.Step }

// title is what the mechanism's about field says, once it is filled.
func (c *change) title() string {
	form, field, _ := strings.Cut(c.d.mech.About, ".")
	if v, ok := c.d.snap.Case.Forms[form][field].(string); ok && v != "" {
		return v
	}
	return c.d.row.title
}

// waits is who has reason to act on each record now. Steps that only give up (withdraw) are no reason, nor is starting a part that
// anyone may start: nobody waits for that.
func (d *docket) waits() map[waitKey]waitRow {
	all := map[waitKey]waitRow{}
	ended := d.state(d.snap.Case).End
	for _, r := range append([]*policy.Record{d.snap.Case}, d.snap.Parts...) {
		st := d.state(r)
		if st.End || r.Part != "" && ended {
			continue
		}
		due := noDue
		if !r.Due.IsZero() {
			due = store.Micros(r.Due)
		}
		for _, sp := range st.Steps {
			if len(sp.While) > 0 && !slices.Contains(sp.While, d.snap.Case.State) || d.givesUp(r, sp) {
				continue
			}
			for _, seat := range sp.By {
				if _, home := d.seatOf(r, seat); home.Part == "" && d.sealed(r) {
					continue // a seat of the case does not learn from its desk that a sealed part exists
				}
				if sp.All && slices.Contains(r.Signed, seat) {
					continue
				}
				for _, h := range d.holders(r, seat) {
					k := waitKey{r.ID, seat, h}
					w, ok := all[k]
					if !ok {
						w = waitRow{record: r.ID, seat: seat, holder: h, due: due}
					} else {
						w.steps += ","
					}
					w.steps += sp.Name
					all[k] = w
				}
			}
		}
	}
	return all
}

type waitKey struct {
	record, seat string
	holder       policy.Holder
}

// givesUp tells whether a step leads nowhere but to an end that is not good.
func (d *docket) givesUp(r *policy.Record, sp *policy.Step) bool {
	for _, b := range sp.To {
		st := d.machine(r).State(b.State)
		if !st.Lost() {
			return false
		}
	}
	return len(sp.To) > 0
}

// writeWaits writes what became different.
func (c *change) writeWaits(before map[waitKey]waitRow) error {
	after := c.d.waits()
	for _, k := range sortedWaits(before) {
		if _, still := after[k]; !still {
			if err := dropWait(c.tx, before[k]); err != nil {
				return err
			}
		}
	}
	for _, k := range sortedWaits(after) {
		if w := after[k]; w != before[k] {
			if err := setWait(c.tx, c.d.row.id, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// sortedWaits gives the keys in one order, so that two processes never lock rows crosswise.
func sortedWaits(m map[waitKey]waitRow) []waitKey {
	keys := make([]waitKey, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b waitKey) int {
		return strings.Compare(a.record+"\x00"+a.seat+"\x00"+a.holder.Party+"\x00"+a.holder.Office,
			b.record+"\x00"+b.seat+"\x00"+b.holder.Party+"\x00"+b.holder.Office)
	})
	return keys
}
