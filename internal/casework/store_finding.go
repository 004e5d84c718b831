package casework

import "kechuang/internal/store"

func scanCaseMark(scan func(...any) error) (m store.Mark, err error) {
	return m, scan(&m.ID, &m.Revision, &m.Changed)
}

func caseMarks(tx *store.Tx, after string, limit int) ([]store.Mark, error) {
	return store.List(tx, scanCaseMark, `SELECT id, seq, last_at FROM casework_cases WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

func caseMarksSince(tx *store.Tx, micros int64) ([]store.Mark, error) {
	return store.List(tx, scanCaseMark, `SELECT DISTINCT c.id, c.seq, c.last_at FROM casework_steps t JOIN casework_cases c ON c.id = t.case_id
		WHERE t.at >= $1 ORDER BY c.last_at, c.id`, micros)
}

// chairsIn is everybody who sits in a case or in one of its parts.
func chairsIn(tx *store.Tx, in string) ([]string, error) {
	return store.List(tx, oneText, `SELECT DISTINCT CASE WHEN office <> '' THEN 'o:' || office ELSE 'p:' || party END FROM casework_seats WHERE case_id = $1 ORDER BY 1`, in)
}
