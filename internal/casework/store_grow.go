package casework

import (
	"fmt"
	"strings"

	"kechuang/internal/store"
)

// clones copies every row of a case (and of all copies of it) under new ids: the names of the columns that carry an id, the rest.
// Used for measuring in large databases only: what is copied has no true digest.
var clones = []struct{ table, ids, rest string }{
	{"casework_cases", "id", "mechanism, version, pack, title, party, state, public, shown, ended, opened, last_at, seq, leaf, seed"},
	{"casework_records", "id, case_id", "part, parent, number, place, state, shown, since, due, opened, signed, joint, revision"},
	{"casework_alarms", "record_id", "at"},
	{"casework_hall", "case_id", ""},
	{"casework_forms", "record_id, case_id", "form, version, is_current, vals, digest, account, who, seat, seq, at"},
	{"casework_seats", "record_id, case_id", "seat, party, office"},
	{"casework_steps", "case_id, record_id", "seq, step, seat, account, behalf, who, party, office, from_state, to_state, reason, leaf, at"},
	{"casework_messages", "id, case_id, record_id", "seq, seat, party, office, zh, en, at"},
	{"casework_papers", "case_id, record_id", "digest, seq, document, number, zh, en, at"},
	{"journal_leaf", "case_id, digest", "seq, record"},
}

// double copies all cases whose id begins with prefix.
func double(tx *store.Tx, prefix, suffix string) error {
	for _, t := range clones {
		ids := strings.Split(t.ids, ", ")
		var made []string
		for _, c := range ids {
			made = append(made, c+" || $1")
		}
		caseID := "case_id"
		switch t.table {
		case "casework_cases":
			caseID = "id"
		case "casework_alarms": // the case itself is the record that has its id
			caseID = "record_id"
		}
		rest := ""
		if t.rest != "" {
			rest = ", " + t.rest
		}
		query := fmt.Sprintf(`INSERT INTO %s (%s%s) SELECT %s%s FROM %s WHERE %s >= $2 AND %s < $3`,
			t.table, t.ids, rest, strings.Join(made, ", "), rest, t.table, caseID, caseID)
		if _, err := tx.Exec(query, suffix, prefix, prefix+"~~"); err != nil {
			return err
		}
	}
	return nil
}

func caseCount(tx *store.Tx) (n int64, err error) {
	_, err = store.One(tx, `SELECT count(*) FROM casework_cases`, nil, &n)
	return n, err
}
