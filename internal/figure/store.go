package figure

import (
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations makes the tables of this package.
var Migrations = store.Migrations{Name: "figure", FS: files}

const columns = `id, kind, amount, at, day, case_id, record_id, seq, dims, reverses, memo, until`

const (
	insertFact   = `INSERT INTO figure_facts (` + columns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	selectFact   = `SELECT ` + columns + ` FROM figure_facts WHERE id = $1`
	selectReturn = `SELECT id FROM figure_facts WHERE reverses = $1`
	selectOfCase = `SELECT ` + columns + ` FROM figure_facts WHERE case_id = $1 ORDER BY seq, id`
	// COALESCE keeps SQLite's planner from the unique index on reverses, in which every fact that takes nothing back is NULL: each record
	// read all of them, a third of a second over 10⁵ facts.
	selectOfRecord = `SELECT ` + columns + ` FROM figure_facts f WHERE record_id = $1 AND COALESCE(reverses, '') = ''
		AND NOT EXISTS (SELECT 1 FROM figure_facts r WHERE r.reverses = f.id) ORDER BY kind, day, id`
	selectAllOf  = `SELECT ` + columns + ` FROM figure_facts WHERE kind = $1 ORDER BY day, id`
	selectOfKind = `SELECT ` + columns + ` FROM figure_facts WHERE kind = $1 AND (day > $2 OR (day = $2 AND id > $3)) ORDER BY day, id LIMIT $4`
	sumOfKind    = `SELECT CAST(COALESCE(sum(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END), 0) AS BIGINT), CAST(COALESCE(sum(amount), 0) AS BIGINT)
		FROM figure_facts WHERE kind = $1 AND day <= $2`
	sumOfAll = `SELECT kind, CAST(sum(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END) AS BIGINT), CAST(sum(amount) AS BIGINT)
		FROM figure_facts GROUP BY kind ORDER BY kind`
)

func insert(tx *store.Tx, f Fact) error {
	dims, err := json.Marshal(f.Dims) // keys are sorted by the encoder
	if err != nil {
		return fmt.Errorf("figure: dimensions of %s: %w", f.ID, err)
	}
	reverses := sql.NullString{String: f.Reverses, Valid: f.Reverses != ""}
	if err = tx.Send(insertFact, f.ID, f.Kind, f.Amount, store.Micros(f.At), string(f.Day), f.Case, f.Record, f.Seq, string(dims), reverses, f.Memo, string(f.Until)); err != nil {
		return err
	}
	return tx.Send(insertTail, f.Kind, f.ID)
}

func scanFact(scan func(...any) error) (f Fact, err error) {
	var at int64
	var dims string
	var reverses sql.NullString
	if err := scan(&f.ID, &f.Kind, &f.Amount, &at, &f.Day, &f.Case, &f.Record, &f.Seq, &dims, &reverses, &f.Memo, &f.Until); err != nil {
		return f, err
	}
	f.At, f.Reverses = store.Time(at), reverses.String
	if err := json.Unmarshal([]byte(dims), &f.Dims); err != nil {
		return f, fmt.Errorf("figure: dimensions of %s: %w", f.ID, err)
	}
	return f, nil
}

func get(tx *store.Tx, id string) (Fact, bool, error) {
	all, err := store.List(tx, scanFact, selectFact, id)
	if err != nil || len(all) == 0 {
		return Fact{}, false, err
	}
	return all[0], true, nil
}

func reversed(tx *store.Tx, id string) (bool, error) {
	var by string
	return store.One(tx, selectReturn, []any{id}, &by)
}

func count(tx *store.Tx, kind string, day caldate.Date) (t Total, err error) {
	_, err = store.One(tx, sumOfKind, []any{kind, string(day)}, &t.Facts, &t.Sum)
	return t, err
}

func counts(tx *store.Tx) (map[string]Total, error) {
	type row struct {
		kind string
		t    Total
	}
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) { return r, scan(&r.kind, &r.t.Facts, &r.t.Sum) }, sumOfAll)
	all := map[string]Total{}
	for _, r := range rows {
		all[r.kind] = r.t
	}
	return all, err
}

func ofCase(tx *store.Tx, id string) ([]Fact, error) {
	return store.List(tx, scanFact, selectOfCase, id)
}

func standingOf(tx *store.Tx, record string) ([]Fact, error) {
	return store.List(tx, scanFact, selectOfRecord, record)
}

func allOfKinds(tx *store.Tx, kinds []string) (all []Fact, err error) {
	for _, k := range kinds {
		list, err := store.List(tx, scanFact, selectAllOf, k)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

func factsAfter(tx *store.Tx, kind string, after Cursor, limit int) ([]Fact, error) {
	return store.List(tx, scanFact, selectOfKind, kind, string(after.Day), after.ID, limit)
}
