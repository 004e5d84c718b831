package casework

import (
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

// farAhead is after every day from which an edition is in force.
var farAhead = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

type editionRow struct {
	id, digest, base, version, note string
	from                            time.Time
	proposer, named                 string
	at                              time.Time
	state, decider, deciderNamed    string
	decided                         time.Time
	reason                          string
}

const (
	editionColumns = `id, digest, base, version, note, from_at, proposer, named, at, state, decider, decider_named, decided_at, reason`
	insertEdition  = `INSERT INTO casework_editions (` + editionColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	selectEdition  = `SELECT ` + editionColumns + ` FROM casework_editions WHERE id = $1`
	selectInForce  = `SELECT ` + editionColumns + ` FROM casework_editions WHERE state = 'adopted' AND from_at <= $1 ORDER BY from_at DESC, id DESC LIMIT 1`
	listEditions   = `SELECT ` + editionColumns + ` FROM casework_editions ORDER BY id DESC`
	updateEdition  = `UPDATE casework_editions SET from_at = $1, state = $2, decider = $3, decider_named = $4, decided_at = $5, reason = $6 WHERE id = $7 AND state = 'proposed'`
)

func (r *editionRow) scan(scan func(...any) error) error {
	var from, at, decided int64
	err := scan(&r.id, &r.digest, &r.base, &r.version, &r.note, &from, &r.proposer, &r.named, &at, &r.state, &r.decider, &r.deciderNamed, &decided, &r.reason)
	r.from, r.at, r.decided = store.Time(from), store.Time(at), store.Time(decided)
	return err
}

func scanEdition(scan func(...any) error) (r editionRow, err error) { return r, r.scan(scan) }

func oneEdition(list []editionRow, err error) (editionRow, bool, error) {
	if err != nil || len(list) == 0 {
		return editionRow{}, false, err
	}
	return list[0], true, nil
}

func addEdition(tx *store.Tx, r editionRow) error {
	_, err := tx.Exec(insertEdition, r.id, r.digest, r.base, r.version, r.note, store.Micros(r.from), r.proposer, r.named, store.Micros(r.at), r.state,
		r.decider, r.deciderNamed, store.Micros(r.decided), r.reason)
	return err
}

func getEdition(tx *store.Tx, id string) (editionRow, bool, error) {
	return oneEdition(store.List(tx, scanEdition, selectEdition, id))
}

// editionInForce is the edition that is in force at an instant, where any was adopted by then.
func editionInForce(tx *store.Tx, at time.Time) (editionRow, bool, error) {
	return oneEdition(store.List(tx, scanEdition, selectInForce, store.Micros(at)))
}

func allEditions(tx *store.Tx) ([]editionRow, error) {
	return store.List(tx, scanEdition, listEditions)
}

func decideEdition(tx *store.Tx, r editionRow) error {
	_, err := tx.Exec(updateEdition, store.Micros(r.from), r.state, r.decider, r.deciderNamed, store.Micros(r.decided), r.reason, r.id)
	return err
}

// edition is the row as it is told.
func (r editionRow) edition() Edition {
	return Edition{ID: r.id, Digest: r.digest, Base: r.base, Version: r.version, Note: r.note, From: caldate.On(r.from), By: r.named, At: r.at,
		State: r.state, Decider: r.deciderNamed, Decided: r.decided, Reason: r.reason}
}
