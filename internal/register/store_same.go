package register

import (
	"kechuang/internal/store"
)

func scanMerge(scan func(...any) error) (m Merged, err error) {
	var at int64
	err = scan(&m.ID, &m.Stays, &m.Reason, &m.Account, &m.Who, &at)
	m.At = store.Time(at)
	return m, err
}

const mergeColumns = `id, stays, reason, account, who, at`

// mergedInto is the id under which something that went is known today, "" where it did not go.
func mergedInto(tx *store.Tx, id string) (stays string, err error) {
	_, err = store.One(tx, `SELECT stays FROM register_merge WHERE id = $1`, []any{id}, &stays)
	return stays, err
}

// mergesOf gives what went into a party or record, oldest first.
func mergesOf(tx *store.Tx, stays string) ([]Merged, error) {
	return store.List(tx, scanMerge, `SELECT `+mergeColumns+` FROM register_merge WHERE stays = $1 ORDER BY at, id`, stays)
}

// addMerge notes a merge; what had gone into the one that goes now is known under the one that stays.
func addMerge(tx *store.Tx, what string, m Merged) error {
	if _, err := tx.Exec(`UPDATE register_merge SET stays = $1 WHERE stays = $2`, m.Stays, m.ID); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO register_merge (what, `+mergeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		what, m.ID, m.Stays, m.Reason, m.Account, m.Who, store.Micros(m.At))
	return err
}

func addDistinct(tx *store.Tx, a, b, reason, account, who string) error {
	_, err := tx.Exec(`INSERT INTO register_distinct (a, b, reason, account, who, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		min(a, b), max(a, b), reason, account, who, store.Micros(tx.Now()))
	return err
}

func allDistinct(tx *store.Tx) (map[[2]string]bool, error) {
	list, err := store.List(tx, func(scan func(...any) error) (p [2]string, err error) { return p, scan(&p[0], &p[1]) },
		`SELECT a, b FROM register_distinct ORDER BY a, b`)
	out := map[[2]string]bool{}
	for _, p := range list {
		out[p] = true
	}
	return out, err
}

// moveTies makes ties of one party, and what bars it, those of another; a tie between the two is gone with the difference.
func moveTies(tx *store.Tx, from, to string) error {
	for _, q := range []string{
		`DELETE FROM party_tie WHERE a = $1 AND b = $2 OR a = $2 AND b = $1`,
		`UPDATE party_tie SET a = $2 WHERE a = $1`,
		`UPDATE party_tie SET b = $2 WHERE b = $1`,
		`UPDATE record_bar SET party = $2 WHERE party = $1`,
		`UPDATE record_handed SET owner = $2 WHERE owner = $1`,
	} {
		if _, err := tx.Exec(q, from, to); err != nil {
			return err
		}
	}
	return nil
}

// allBelongings is every party that names this one as parent or employer.
func allBelongings(tx *store.Tx, id string) ([]Party, error) {
	return store.List(tx, scanParty, `SELECT body FROM party WHERE (parent = $1 OR employer = $1) AND NOT deleted ORDER BY id`, id)
}

// rawRecord is a record's own row, whatever it was merged into.
func rawRecord(tx *store.Tx, id string) (r Record, found bool, err error) {
	list, err := store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE id = $1 ORDER BY id`, id)
	if err != nil || len(list) == 0 {
		return r, false, err
	}
	return list[0], true, nil
}

// what is derived from a record

func setDerived(tx *store.Tx, r Record, day string, names map[[2]string]bool) error {
	if err := tx.Send(`INSERT INTO record_until (record, kind, day) VALUES ($1, $2, $3)
		ON CONFLICT (record) DO UPDATE SET day = excluded.day`, r.ID, r.Kind, day); err != nil {
		return err
	}
	if r.Revision > 1 {
		if err := tx.Send(`DELETE FROM record_names WHERE record = $1`, r.ID); err != nil {
			return err
		}
	}
	for _, n := range sortedPairs(names) {
		if err := tx.Send(`INSERT INTO record_names (target, record, field) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, n[0], r.ID, n[1]); err != nil {
			return err
		}
	}
	return nil
}

// underived gives records of which nothing was derived yet: those that were entered before there was anything to derive.
func underived(tx *store.Tx, limit int) ([]Record, error) {
	return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE NOT EXISTS (SELECT 1 FROM record_until u WHERE u.record = record.id) ORDER BY id LIMIT $1`, limit)
}

// runningOut gives records that run out up to a day, the first to do so first.
func runningOut(tx *store.Tx, kind, upTo, afterDay, after string, limit int) ([]Record, error) {
	return store.List(tx, scanRecord, `SELECT r.id, r.kind, r.name, r.owner, r.status, r.retired, r.revision, r.changed, r.body
		FROM record_until u JOIN record r ON r.id = u.record WHERE u.day <> '' AND u.day <= $1 AND NOT r.retired AND ($2 = '' OR u.kind = $2)
		AND (u.day > $3 OR u.day = $3 AND u.record > $4) ORDER BY u.day, u.record LIMIT $5`, upTo, kind, afterDay, after, limit)
}

// unverified gives records of which some field is said by nobody who stands for it.
func unverified(tx *store.Tx, kind, after string, limit int) ([]Record, error) {
	return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record r WHERE NOT r.retired AND ($1 = '' OR r.kind = $1) AND r.id > $2
		AND EXISTS (SELECT 1 FROM record_claim c WHERE c.record = r.id AND c.state = 'stands' AND NOT c.verified AND c.field <> '') ORDER BY r.id LIMIT $3`, kind, after, limit)
}

// naming gives records whose fields name one of the ids, newest first, each once.
func naming(tx *store.Tx, targets []string, kind, before string, limit int) ([]Record, error) {
	marks, args := list(targets, 4)
	return store.List(tx, scanRecord, `SELECT `+recordColumns+` FROM record WHERE NOT retired AND ($1 = '' OR kind = $1) AND ($2 = '' OR id < $2) AND id IN
		(SELECT n.record FROM record_names n WHERE n.target IN (`+marks+`)) ORDER BY id DESC LIMIT $3`, append([]any{kind, before, limit}, args...)...)
}

func countNaming(tx *store.Tx, targets []string) (map[string]int64, error) {
	type row struct {
		kind string
		n    int64
	}
	marks, args := list(targets, 1)
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) { return r, scan(&r.kind, &r.n) },
		`SELECT kind, count(*) FROM record WHERE NOT retired AND id IN (SELECT n.record FROM record_names n WHERE n.target IN (`+marks+`)) GROUP BY kind ORDER BY kind`, args...)
	out := map[string]int64{}
	for _, r := range rows {
		out[r.kind] = r.n
	}
	return out, err
}

func verifyClaims(tx *store.Tx, record, who string) (int64, error) {
	done, err := tx.Exec(`UPDATE record_claim SET verified = TRUE, verified_by = $2, verified_at = $3 WHERE record = $1 AND state = 'stands' AND NOT verified AND field <> ''`,
		record, who, store.Micros(tx.Now()))
	return done, err
}
