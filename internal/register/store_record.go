package register

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

const recordColumns = `id, kind, name, owner, status, retired, revision, changed, body`

func scanRecord(scan func(...any) error) (r Record, err error) {
	var body string
	var changed int64
	if err = scan(&r.ID, &r.Kind, &r.Name, &r.Owner, &r.Status, &r.Retired, &r.Revision, &changed, &body); err != nil {
		return r, err
	}
	r.Changed = store.Time(changed)
	if err = json.Unmarshal([]byte(body), &r.Values); err != nil {
		return r, fmt.Errorf("register: the record %s: %w", r.ID, err)
	}
	return r, nil
}

// possibleID says whether a database can be asked for the id.
func possibleID(id string) bool { return utf8.ValidString(id) && !strings.ContainsRune(id, 0) }

// recordByID takes an id from anywhere; one that no record can have is simply not found, one of a record that went into another gives the other.
func recordByID(tx *store.Tx, id string) (r Record, found bool, err error) {
	if !possibleID(id) {
		return r, false, nil
	}
	if r, found, err = rawRecord(tx, id); err != nil || !found || !r.Retired {
		return r, found, err
	}
	if stays, err := mergedInto(tx, id); err != nil || stays != "" {
		if err != nil {
			return r, false, err
		}
		return rawRecord(tx, stays)
	}
	return r, true, nil
}

func recordsByID(tx *store.Tx, ids []string) ([]Record, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids, 1)
	return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE id IN (`+marks+`) ORDER BY id`, args...)
}

func recordByKey(tx *store.Tx, kind, key string) (r Record, found bool, err error) {
	list, err := store.List(tx, scanRecord, `SELECT r.id, r.kind, r.name, r.owner, r.status, r.retired, r.revision, r.changed, r.body
		FROM record_key k JOIN record r ON r.id = k.record WHERE k.kind = $1 AND k.key = $2 ORDER BY r.id`, kind, key)
	if err != nil || len(list) == 0 {
		return r, false, err
	}
	return list[0], true, nil
}

func recordsByName(tx *store.Tx, kind, name string) ([]Record, error) {
	return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE kind = $1 AND name = $2 AND NOT retired ORDER BY id LIMIT 2`, kind, name)
}

// recordPage is records newest first, for lists without a query; with seen, of open kinds and of some owners only.
func recordPage(tx *store.Tx, kind, owner, before string, retired bool, limit int, seen *sight) ([]Record, error) {
	if owner == "" && seen != nil {
		args := []any{kind, before, retired, limit}
		kinds, more := list(seen.kinds, len(args)+1)
		args = append(args, more...)
		owners, more := list(seen.owners, len(args)+1)
		return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR id < $2)
			AND ($3 OR NOT retired) AND (kind IN (`+kinds+`) OR owner IN (`+owners+`)) ORDER BY id DESC LIMIT $4`, append(args, more...)...)
	}
	if owner != "" {
		return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE owner = $1 AND ($2 = '' OR kind = $2) AND ($3 = '' OR id < $3)
			AND ($4 OR NOT retired) ORDER BY id DESC LIMIT $5`, owner, kind, before, retired, limit)
	}
	return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR id < $2)
		AND ($3 OR NOT retired) ORDER BY id DESC LIMIT $4`, kind, before, retired, limit)
}

func countRecords(tx *store.Tx) (map[string]int64, error) {
	type row struct {
		kind string
		n    int64
	}
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) { return r, scan(&r.kind, &r.n) },
		`SELECT kind, count(*) FROM record WHERE NOT retired GROUP BY kind ORDER BY kind`)
	out := map[string]int64{}
	for _, r := range rows {
		out[r.kind] = r.n
	}
	return out, err
}

func putRecord(tx *store.Tx, r Record, words string) error {
	body, err := json.Marshal(r.Values)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO record (id, kind, name, owner, status, words, retired, revision, changed, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, owner = excluded.owner, status = excluded.status, words = excluded.words,
		retired = excluded.retired, revision = excluded.revision, changed = excluded.changed, body = excluded.body`,
		r.ID, r.Kind, r.Name, r.Owner, r.Status, words, r.Retired, r.Revision, store.Micros(r.Changed), string(body))
	return err
}

func dropKeys(tx *store.Tx, record string) error {
	_, err := tx.Exec(`DELETE FROM record_key WHERE record = $1`, record)
	return err
}

func addKey(tx *store.Tx, kind, key, record string) error {
	_, err := tx.Exec(`INSERT INTO record_key (kind, key, record) VALUES ($1, $2, $3)`, kind, key, record)
	return err
}

// claims

const claimColumns = `record, field, seq, revision, value, state, account, who, party, office, source, case_id, step, import, verified, verified_by, verified_at, at, reason`

func scanClaim(scan func(...any) error) (c Claim, err error) {
	var value string
	var verifiedAt, at int64
	err = scan(&c.Record, &c.Field, &c.Seq, &c.Revision, &value, &c.State, &c.Account, &c.Who, &c.Party, &c.Office, &c.From, &c.Case, &c.Step,
		&c.Import, &c.Verified, &c.VerifiedBy, &verifiedAt, &at, &c.Reason)
	c.Value, c.At = json.RawMessage(value), store.Time(at)
	if verifiedAt > 0 {
		t := store.Time(verifiedAt)
		c.VerifiedAt = &t
	}
	return c, err
}

// claimsOf gives every claim on a record, oldest first.
func claimsOf(tx *store.Tx, record string) ([]Claim, error) {
	return store.List(tx, scanClaim, `SELECT `+claimColumns+` FROM record_claim WHERE record = $1 ORDER BY at, revision, field, seq`, record)
}

func standing(tx *store.Tx, record string) ([]Claim, error) {
	return store.List(tx, scanClaim, `SELECT `+claimColumns+` FROM record_claim WHERE record = $1 AND state = 'stands' ORDER BY field, seq`, record)
}

func nextClaims(tx *store.Tx, record string) (map[string]int64, error) {
	type row struct {
		field string
		last  int64
	}
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) { return r, scan(&r.field, &r.last) },
		`SELECT field, max(seq) FROM record_claim WHERE record = $1 GROUP BY field ORDER BY field`, record)
	out := map[string]int64{}
	for _, r := range rows {
		out[r.field] = r.last
	}
	return out, err
}

func addClaim(tx *store.Tx, c Claim) error {
	verifiedAt := int64(0)
	if c.VerifiedAt != nil {
		verifiedAt = store.Micros(*c.VerifiedAt)
	}
	_, err := tx.Exec(`INSERT INTO record_claim (`+claimColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
		c.Record, c.Field, c.Seq, c.Revision, string(c.Value), c.State, c.Account, c.Who, c.Party, c.Office, c.From, c.Case, c.Step, c.Import,
		c.Verified, c.VerifiedBy, verifiedAt, store.Micros(c.At), c.Reason)
	return err
}

func setClaim(tx *store.Tx, c Claim) error {
	verifiedAt := int64(0)
	if c.VerifiedAt != nil {
		verifiedAt = store.Micros(*c.VerifiedAt)
	}
	_, err := tx.Exec(`UPDATE record_claim SET state = $1, revision = $2, verified = $3, verified_by = $4, verified_at = $5 WHERE record = $6 AND field = $7 AND seq = $8`,
		c.State, c.Revision, c.Verified, c.VerifiedBy, verifiedAt, c.Record, c.Field, c.Seq)
	return err
}

// pastClaims makes past what stood of a field.
func pastClaims(tx *store.Tx, record, field string) error {
	_, err := tx.Exec(`UPDATE record_claim SET state = 'past' WHERE record = $1 AND field = $2 AND state = 'stands'`, record, field)
	return err
}

// contested gives claims that stand beside what stands, oldest first.
func contested(tx *store.Tx, limit int) ([]Claim, error) {
	return store.List(tx, scanClaim, `SELECT `+claimColumns+` FROM record_claim WHERE state = 'beside' ORDER BY at, record, field, seq LIMIT $1`, limit)
}

// bars

type barRow struct {
	record, party, acts string
	from, to            caldate.Date
}

func setBar(tx *store.Tx, record string, b *barRow) error {
	if _, err := tx.Exec(`DELETE FROM record_bar WHERE record = $1`, record); err != nil || b == nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO record_bar (record, party, acts, from_day, to_day) VALUES ($1, $2, $3, $4, $5)`, b.record, b.party, b.acts, string(b.from), string(b.to))
	return err
}

func scanBar(scan func(...any) error) (b barRow, err error) {
	var from, to string
	err = scan(&b.record, &b.party, &b.acts, &from, &to)
	b.from, b.to = caldate.Date(from), caldate.Date(to)
	return b, err
}

func barsOn(tx *store.Tx, day string) ([]barRow, error) {
	return store.List(tx, scanBar, `SELECT record, party, acts, from_day, to_day FROM record_bar WHERE from_day <= $1 AND (to_day = '' OR to_day >= $1) ORDER BY record`, day)
}

func barsOf(tx *store.Tx, party, day string) ([]barRow, error) {
	return store.List(tx, scanBar, `SELECT record, party, acts, from_day, to_day FROM record_bar WHERE party = $1 AND from_day <= $2 AND (to_day = '' OR to_day >= $2) ORDER BY record`, party, day)
}

// following the table for the index

func recordMarksAfter(tx *store.Tx, id string, limit int) ([]store.Mark, error) {
	return store.List(tx, scanMark, `SELECT id, revision, changed FROM record WHERE id > $1 ORDER BY id LIMIT $2`, id, limit)
}

func recordMarksSince(tx *store.Tx, changed int64) ([]store.Mark, error) {
	return store.List(tx, scanMark, `SELECT id, revision, changed FROM record WHERE changed >= $1 ORDER BY changed, id`, changed)
}

func recordsSince(tx *store.Tx, kinds []string, changed int64, id string, limit int) ([]Record, error) {
	marks, args := list(kinds, 3)
	args = append(append([]any{changed, id}, args...), limit)
	// kind || '' keeps the planner from the index of kinds: it would read and sort every record for each page.
	return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE (changed, id) > ($1, $2) AND kind || '' IN (`+marks+`)
		ORDER BY changed, id LIMIT $`+strconv.Itoa(len(args)), args...)
}

func recordNames(tx *store.Tx, ids []string) ([]named, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids, 1)
	return store.List(tx, func(scan func(...any) error) (n named, err error) {
		var words string
		err = scan(&n.ID, &n.Name, &n.Kind, &words, &n.Deleted, &n.Revision)
		n.Aliases = strings.Split(words, "\n")
		return n, err
	}, `SELECT id, name, kind, words, retired, revision FROM record WHERE id IN (`+marks+`) ORDER BY id`, args...)
}
