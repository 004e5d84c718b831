package casework

import (
	"context"
	"embed"
	"encoding/json"
	"strings"
	"time"

	"kechuang/internal/policy"
	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations makes the tables of this package.
var Migrations = store.Migrations{Name: "casework", FS: files}

// caseRow is one line of casework_cases.
type caseRow struct {
	id, mechanism, version, pack string
	title, party, state          string
	public, shown, ended         bool
	hall                         bool // it has a line in the public hall: was public when it was read or last written
	opened, lastAt               time.Time
	seq                          int64
	leaf, seed                   string
	veil                         string // what lies over the case, "" for nothing
}

const caseColumns = `id, mechanism, version, pack, title, party, state, public, shown, ended, opened, last_at, seq, leaf, seed, veil`

const (
	selectCase = `SELECT ` + caseColumns + ` FROM casework_cases WHERE id = $1`
	insertCase = `INSERT INTO casework_cases (` + caseColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`
	updateCase = `UPDATE casework_cases SET title = $1, state = $2, public = $3, shown = $4, ended = $5, last_at = $6, seq = $7, leaf = $8, seed = $9, veil = $10
		WHERE id = $11 AND seq = $12`
)

func scanCase(scan func(...any) error) (c caseRow, err error) {
	var opened, lastAt int64
	err = scan(&c.id, &c.mechanism, &c.version, &c.pack, &c.title, &c.party, &c.state, &c.public, &c.shown, &c.ended, &opened, &lastAt,
		&c.seq, &c.leaf, &c.seed, &c.veil)
	c.opened, c.lastAt, c.hall = store.Time(opened), store.Time(lastAt), c.public
	return c, err
}

func getCase(tx *store.Tx, id string) (caseRow, bool, error) {
	all, err := store.List(tx, scanCase, selectCase, id)
	if err != nil || len(all) == 0 {
		return caseRow{}, false, err
	}
	return all[0], true, nil
}

func addCase(tx *store.Tx, c caseRow) error {
	if err := enterHall(tx, c); err != nil {
		return err
	}
	return tx.Send(insertCase, c.id, c.mechanism, c.version, c.pack, c.title, c.party, c.state, c.public, c.shown, c.ended,
		store.Micros(c.opened), store.Micros(c.lastAt), c.seq, c.leaf, c.seed, c.veil)
}

// enterHall gives a case that has become public its line in the hall. It keeps it: who lists the hall looks whether it still is.
func enterHall(tx *store.Tx, c caseRow) error {
	if !c.public || c.hall {
		return nil
	}
	return tx.Send(`INSERT INTO casework_hall (case_id) VALUES ($1) ON CONFLICT DO NOTHING`, c.id)
}

// setCase writes the case as it is after the step seq. The row stands where it was read, one step before: had it moved since, the step
// itself could not have been written, because there is one of each seq (addStep).
func setCase(tx *store.Tx, c caseRow, was int64) error {
	if err := enterHall(tx, c); err != nil {
		return err
	}
	return tx.Send(updateCase, c.title, c.state, c.public, c.shown, c.ended, store.Micros(c.lastAt), c.seq, c.leaf, c.seed, c.veil, c.id, was)
}

// recordRow is a policy.Record and what only casework keeps of it.
type recordRow struct {
	*policy.Record
	shown bool   // has been handed in: from then on it is more than its author's draft
	place int64  // in the case, in the order of opening: the step, and within it the order of the mechanism
	joint string // the joint step that waits for signatures, as it is stored
}

// storedJoint is a joint step as it is stored.
type storedJoint struct {
	Step   string          `json:"step"`
	Values json.RawMessage `json:"values,omitempty"`
}

func jointText(j *policy.Joint) string {
	if j == nil {
		return ""
	}
	s := storedJoint{Step: j.Step}
	if j.Values != nil {
		s.Values = policy.EncodeValues(j.Values)
	}
	return string(policy.EncodeValue(s))
}

const recordColumns = `id, case_id, part, parent, number, place, state, shown, since, due, opened, signed, joint, revision`

const (
	selectRecords = `SELECT ` + recordColumns + ` FROM casework_records WHERE case_id = $1 ORDER BY place, id`
	insertRecord  = `INSERT INTO casework_records (` + recordColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	updateRecord  = `UPDATE casework_records SET state = $1, shown = $2, since = $3, due = $4, signed = $5, joint = $6, revision = $7 WHERE id = $8`
	insertAlarm   = `INSERT INTO casework_alarms (at, record_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`
	selectDue     = `SELECT r.id, r.case_id, r.due FROM casework_alarms a JOIN casework_records r ON r.id = a.record_id AND r.due = a.at WHERE a.at <= $1
		ORDER BY a.at, CASE WHEN r.part = '' THEN 1 ELSE 0 END, r.place, r.id LIMIT $2`
	staleAlarms = ` FROM casework_alarms WHERE at <= $1 AND NOT EXISTS (SELECT 1 FROM casework_records r WHERE r.id = record_id AND r.due = at)`
)

func records(tx *store.Tx, id string) ([]recordRow, error) {
	return store.List(tx, func(scan func(...any) error) (r recordRow, err error) {
		r.Record = &policy.Record{Forms: map[string]policy.Values{}, Seats: map[string][]policy.Holder{}}
		var since, due, opened, number int64
		var signed, in string
		if err := scan(&r.ID, &in, &r.Part, &r.Parent, &number, &r.place, &r.State, &r.shown, &since, &due, &opened, &signed, &r.joint, &r.Revision); err != nil {
			return r, err
		}
		r.Number, r.Since, r.Due, r.Opened = int(number), store.Time(since), store.Time(due), store.Time(opened)
		if signed != "" {
			r.Signed = strings.Split(signed, ",")
		}
		return r, nil
	}, selectRecords, id)
}

func addRecord(tx *store.Tx, in string, r recordRow) error {
	if err := setAlarm(tx, r); err != nil {
		return err
	}
	return tx.Send(insertRecord, r.ID, in, r.Part, r.Parent, int64(r.Number), r.place, r.State, r.shown, store.Micros(r.Since), store.Micros(r.Due),
		store.Micros(r.Opened), strings.Join(r.Signed, ","), jointText(r.Joint), r.Revision)
}

func setRecord(tx *store.Tx, r recordRow) error {
	if err := setAlarm(tx, r); err != nil {
		return err
	}
	return tx.Send(updateRecord, r.State, r.shown, store.Micros(r.Since), store.Micros(r.Due), strings.Join(r.Signed, ","), jointText(r.Joint), r.Revision, r.ID)
}

// setAlarm says when the clock has to look at the record.
func setAlarm(tx *store.Tx, r recordRow) error {
	if r.Due.IsZero() {
		return nil
	}
	return tx.Send(insertAlarm, store.Micros(r.Due), r.ID)
}

// dropAlarms takes away what has rung, or would ring for a time that no longer holds.
func dropAlarms(ctx context.Context, db *store.DB) error {
	stale := false
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		var one int64
		stale, err = store.One(tx, `SELECT 1`+staleAlarms+` LIMIT 1`, []any{store.Micros(tx.Now())}, &one)
		return err
	})
	if err != nil || !stale {
		return err
	}
	return db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(`DELETE`+staleAlarms, store.Micros(tx.Now()))
		return err
	})
}

// dueRow is a deadline that has come.
type dueRow struct {
	record, in string
	due        time.Time
}

func dueRecords(tx *store.Tx, now time.Time, limit int) ([]dueRow, error) {
	return store.List(tx, func(scan func(...any) error) (d dueRow, err error) {
		var due int64
		err = scan(&d.record, &d.in, &due)
		d.due = store.Time(due)
		return d, err
	}, selectDue, store.Micros(now), limit)
}

// formRow is one version of a filled form.
type formRow struct {
	record, form string
	version      int64
	current      bool
	vals         json.RawMessage
	digest       string
	account, who string
	seat         string
	seq          int64
	at           time.Time
}

const formColumns = `record_id, form, version, is_current, vals, digest, account, who, seat, seq, at`

const (
	selectForms = `SELECT ` + formColumns + ` FROM casework_forms WHERE case_id = $1 ORDER BY record_id, form, version`
	selectNow   = `SELECT ` + formColumns + ` FROM casework_forms WHERE case_id = $1 AND is_current ORDER BY record_id, form, version`
	insertForm  = `INSERT INTO casework_forms (record_id, form, version, case_id, is_current, vals, digest, account, who, seat, seq, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	retireForm = `UPDATE casework_forms SET is_current = $1 WHERE record_id = $2 AND form = $3 AND is_current`
)

func forms(tx *store.Tx, id string, all bool) ([]formRow, error) {
	query := selectNow
	if all {
		query = selectForms
	}
	return store.List(tx, func(scan func(...any) error) (f formRow, err error) {
		var at int64
		var vals string
		err = scan(&f.record, &f.form, &f.version, &f.current, &vals, &f.digest, &f.account, &f.who, &f.seat, &f.seq, &at)
		f.vals, f.at = json.RawMessage(vals), store.Time(at)
		return f, err
	}, query, id)
}

// addForm writes a version and makes it the current one.
func addForm(tx *store.Tx, in string, f formRow) error {
	if f.version > 1 {
		if err := tx.Send(retireForm, false, f.record, f.form); err != nil {
			return err
		}
	}
	return tx.Send(insertForm, f.record, f.form, f.version, in, true, string(f.vals), f.digest, f.account, f.who, f.seat, f.seq, store.Micros(f.at))
}

type seatRow struct {
	record, seat string
	holder       policy.Holder
}

const (
	selectSeats = `SELECT record_id, seat, party, office FROM casework_seats WHERE case_id = $1 ORDER BY record_id, seat, party, office`
	insertSeat  = `INSERT INTO casework_seats (record_id, seat, party, office, case_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	deleteSeat  = `DELETE FROM casework_seats WHERE record_id = $1 AND seat = $2`
	deleteOne   = `DELETE FROM casework_seats WHERE record_id = $1 AND seat = $2 AND party = $3 AND office = $4`
)

func seats(tx *store.Tx, id string) ([]seatRow, error) {
	return store.List(tx, func(scan func(...any) error) (s seatRow, err error) {
		return s, scan(&s.record, &s.seat, &s.holder.Party, &s.holder.Office)
	}, selectSeats, id)
}

func addSeat(tx *store.Tx, in string, s seatRow) error {
	return tx.Send(insertSeat, s.record, s.seat, s.holder.Party, s.holder.Office, in)
}

func clearSeat(tx *store.Tx, record, seat string) error {
	return tx.Send(deleteSeat, record, seat)
}

func leaveSeat(tx *store.Tx, s seatRow) error {
	return tx.Send(deleteOne, s.record, s.seat, s.holder.Party, s.holder.Office)
}

// stepRow is one step that was done.
type stepRow struct {
	in                     string
	seq                    int64
	record, step, seat     string
	account, behalf, who   string
	holder                 policy.Holder
	from, to, reason, leaf string
	at                     time.Time
}

const stepColumns = `case_id, seq, record_id, step, seat, account, behalf, who, party, office, from_state, to_state, reason, leaf, at`

const (
	selectSteps = `SELECT ` + stepColumns + ` FROM casework_steps WHERE case_id = $1 ORDER BY seq`
	insertStep  = `INSERT INTO casework_steps (` + stepColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`
)

func scanStep(scan func(...any) error) (s stepRow, err error) {
	var at int64
	err = scan(&s.in, &s.seq, &s.record, &s.step, &s.seat, &s.account, &s.behalf, &s.who, &s.holder.Party, &s.holder.Office,
		&s.from, &s.to, &s.reason, &s.leaf, &at)
	s.at = store.Time(at)
	return s, err
}

func steps(tx *store.Tx, id string) ([]stepRow, error) {
	return store.List(tx, scanStep, selectSteps, id)
}

func addStep(tx *store.Tx, s stepRow) error {
	return tx.Send(insertStep, s.in, s.seq, s.record, s.step, s.seat, s.account, s.behalf, s.who, s.holder.Party, s.holder.Office,
		s.from, s.to, s.reason, s.leaf, store.Micros(s.at))
}

// waitRow is one seat holder who has reason to act on a record.
type waitRow struct {
	record, seat string
	holder       policy.Holder
	steps        string
	due          int64
}

// noDue sorts records without a deadline after all that have one.
const noDue = int64(1) << 62

const (
	upsertWait = `INSERT INTO casework_waits (spread, record_id, seat, party, office, case_id, steps, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (spread, record_id, seat, party, office) DO UPDATE SET steps = excluded.steps, due = excluded.due`
	selectWaits = `SELECT record_id, seat, party, office, steps, due FROM casework_waits WHERE case_id = $1 ORDER BY record_id, seat, party, office`
	deleteWait  = `DELETE FROM casework_waits WHERE spread = $1 AND record_id = $2 AND seat = $3 AND party = $4 AND office = $5`
)

// spread is where the waits of a record stand: by the end of its id, so that those of one hour stand apart.
func spread(record string) string { return record[max(0, len(record)-4):] }

func setWait(tx *store.Tx, in string, w waitRow) error {
	return tx.Send(upsertWait, spread(w.record), w.record, w.seat, w.holder.Party, w.holder.Office, in, w.steps, w.due)
}

func allWaits(tx *store.Tx, id string) ([]waitRow, error) {
	return store.List(tx, func(scan func(...any) error) (w waitRow, err error) {
		return w, scan(&w.record, &w.seat, &w.holder.Party, &w.holder.Office, &w.steps, &w.due)
	}, selectWaits, id)
}

func dropWait(tx *store.Tx, w waitRow) error {
	return tx.Send(deleteWait, spread(w.record), w.record, w.seat, w.holder.Party, w.holder.Office)
}

const (
	selectRequest = `SELECT input, receipt FROM casework_requests WHERE account = $1 AND key = $2`
	insertRequest = `INSERT INTO casework_requests (account, key, input, receipt, at) VALUES ($1, $2, $3, $4, $5)`
)

func getRequest(tx *store.Tx, account, key string) (input, receipt string, found bool, err error) {
	found, err = store.One(tx, selectRequest, []any{account, key}, &input, &receipt)
	return input, receipt, found, err
}

// addRequest keeps the answer to a request under its key. It comes last in a step and is a plain insert: of two of the same request the
// second fails by it, whole, and nobody looks for a key that is not there, which on PostgreSQL would stand in the way of everyone who
// inserts beside it.
func addRequest(tx *store.Tx, account, key, input, receipt string, at time.Time) error {
	return tx.Send(insertRequest, account, key, input, receipt, store.Micros(at))
}

const (
	selectDrafts = `SELECT record_id, part, step, vals FROM casework_drafts WHERE account = $1 AND case_id = $2 ORDER BY record_id, part, step`
	upsertDraft  = `INSERT INTO casework_drafts (account, case_id, record_id, part, step, vals, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (account, case_id, record_id, part, step) DO UPDATE SET vals = excluded.vals, at = excluded.at`
	deleteDraft = `DELETE FROM casework_drafts WHERE account = $1 AND case_id = $2 AND record_id = $3 AND part = $4 AND step = $5`
)

type draftKey struct{ record, part, step string }

func drafts(tx *store.Tx, account, id string) (map[draftKey]json.RawMessage, error) {
	type row struct {
		key  draftKey
		vals string
	}
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) {
		return r, scan(&r.key.record, &r.key.part, &r.key.step, &r.vals)
	}, selectDrafts, account, id)
	all := map[draftKey]json.RawMessage{}
	for _, r := range rows {
		all[r.key] = json.RawMessage(r.vals)
	}
	return all, err
}

func putDraft(tx *store.Tx, account, id string, k draftKey, vals json.RawMessage, at time.Time) error {
	return tx.Send(upsertDraft, account, id, k.record, k.part, k.step, string(vals), store.Micros(at))
}

func dropDraft(tx *store.Tx, account, id string, k draftKey) error {
	return tx.Send(deleteDraft, account, id, k.record, k.part, k.step)
}
