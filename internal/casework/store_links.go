package casework

import (
	"time"

	"kechuang/internal/store"
)

// linkRow is one way of a link between two cases.
type linkRow struct {
	in, link, other string
	chosen          bool // in a form of the case
	at              time.Time
}

const (
	selectLinks  = `SELECT case_id, link, other, chosen, at FROM casework_links WHERE case_id = $1 ORDER BY at, link, other`
	insertLink   = `INSERT INTO casework_links (case_id, link, other, chosen, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	deleteLink   = `DELETE FROM casework_links WHERE case_id = $1 AND other = $2 AND link = $3`
	selectFills  = `SELECT form, vals FROM casework_prefills WHERE case_id = $1 ORDER BY form`
	insertFill   = `INSERT INTO casework_prefills (case_id, form, vals) VALUES ($1, $2, $3)`
	selectOfKind = `SELECT id FROM casework_cases WHERE mechanism = $1 ORDER BY id`
)

func scanLink(scan func(...any) error) (l linkRow, err error) {
	var at int64
	err = scan(&l.in, &l.link, &l.other, &l.chosen, &at)
	l.at = store.Time(at)
	return l, err
}

func links(tx *store.Tx, in string) ([]linkRow, error) {
	return store.List(tx, scanLink, selectLinks, in)
}

func addLink(tx *store.Tx, l linkRow) error {
	_, err := tx.Exec(insertLink, l.in, l.link, l.other, l.chosen, store.Micros(l.at))
	return err
}

func dropLink(tx *store.Tx, l linkRow) error {
	_, err := tx.Exec(deleteLink, l.in, l.other, l.link)
	return err
}

func addPrefill(tx *store.Tx, in, form string, vals []byte) error {
	_, err := tx.Exec(insertFill, in, form, string(vals))
	return err
}

type prefillRow struct{ form, vals string }

func prefills(tx *store.Tx, in string) ([]prefillRow, error) {
	return store.List(tx, func(scan func(...any) error) (p prefillRow, err error) { return p, scan(&p.form, &p.vals) }, selectFills, in)
}

// casesOf is the cases of a mechanism, for a stage.
func casesOf(tx *store.Tx, mechanism string) ([]string, error) {
	return store.List(tx, oneText, selectOfKind, mechanism)
}
