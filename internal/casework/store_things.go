package casework

import "kechuang/internal/store"

// thingRow is a record that a case is about.
type thingRow struct {
	in, thing, record string
	seq               int64
	current           bool
}

const (
	selectThings = `SELECT case_id, thing, record, seq, is_current FROM casework_things WHERE case_id = $1 ORDER BY seq, thing, record`
	selectAbout  = `SELECT case_id, thing, record, seq, is_current FROM casework_things WHERE record = $1 ORDER BY case_id, thing`
	casesOfParty = `SELECT count(DISTINCT case_id) FROM casework_seats WHERE party = $1 AND party <> ''`
	pastThing    = `UPDATE casework_things SET is_current = FALSE WHERE case_id = $1 AND thing = $2 AND record <> $3`
	putThing     = `INSERT INTO casework_things (case_id, thing, record, seq, is_current) VALUES ($1, $2, $3, $4, TRUE)
		ON CONFLICT (case_id, thing, record) DO UPDATE SET seq = excluded.seq, is_current = TRUE`
)

func scanThing(scan func(...any) error) (t thingRow, err error) {
	return t, scan(&t.in, &t.thing, &t.record, &t.seq, &t.current)
}

func things(tx *store.Tx, in string) ([]thingRow, error) {
	return store.List(tx, scanThing, selectThings, in)
}

// about is the cases that a record is, or was, a thing of.
func about(tx *store.Tx, record string) ([]thingRow, error) {
	return store.List(tx, scanThing, selectAbout, record)
}

func countCasesOf(tx *store.Tx, party string) (n int, err error) {
	_, err = store.One(tx, casesOfParty, []any{party}, &n)
	return n, err
}

func setThing(tx *store.Tx, t thingRow) error {
	if t.thing != "" {
		if _, err := tx.Exec(pastThing, t.in, t.thing, t.record); err != nil {
			return err
		}
	}
	_, err := tx.Exec(putThing, t.in, t.thing, t.record, t.seq)
	return err
}
