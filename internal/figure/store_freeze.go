package figure

import (
	"database/sql"

	"kechuang/internal/store"
)

const (
	selectLastFrozen = `SELECT CAST(COALESCE(max(month), 0) AS BIGINT) FROM figure_freezes`
	insertFreezes    = `INSERT INTO figure_freezes (month, at, account, body, digest, signed) VALUES ($1, $2, $3, $4, $5, $6)`
	insertFrozen     = `INSERT INTO figure_frozen (month, figure, version, definition, value, facts) VALUES ($1, $2, $3, $4, $5, $6)`
	selectFreezes    = `SELECT month, at, account, body, digest, signed FROM figure_freezes ORDER BY month DESC`
	selectFrozen     = `SELECT figure, version, definition, value, facts FROM figure_frozen WHERE month = $1 ORDER BY figure`
	selectReported   = `SELECT z.month, z.version, z.definition, z.value, z.facts, f.at, f.digest FROM figure_frozen z
		JOIN figure_freezes f ON f.month = z.month WHERE z.figure = $1 ORDER BY z.month DESC`
	insertRestated = `INSERT INTO figure_restatements (id, month, figure, was, now, reason, at, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	selectRestated = `SELECT id, month, figure, was, now, reason, at, account FROM figure_restatements WHERE figure = $1 ORDER BY month, id`
	insertReports  = `INSERT INTO figure_reports (id, figure, day, value, source, at, account) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (figure, day, source) DO UPDATE SET value = excluded.value, at = excluded.at, account = excluded.account`
	selectReports = `SELECT id, figure, day, value, source, at FROM figure_reports WHERE figure = $1 ORDER BY day DESC, source`
)

func null(n *int64) sql.NullInt64 {
	if n == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: *n, Valid: true}
}

func pointer(n sql.NullInt64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.Int64
}

func lastFrozen(tx *store.Tx) (month int64, err error) {
	_, err = store.One(tx, selectLastFrozen, nil, &month)
	return month, err
}

func insertFreeze(tx *store.Tx, month int64, f Freeze, values []FrozenValue) error {
	if _, err := tx.Exec(insertFreezes, month, store.Micros(f.At), f.Account, f.Body, f.Digest, f.Signed); err != nil {
		return err
	}
	for _, v := range values {
		if _, err := tx.Exec(insertFrozen, month, v.Figure, v.Version, v.Definition, null(v.Value), v.Facts); err != nil {
			return err
		}
	}
	return nil
}

func listFreezes(tx *store.Tx) ([]Freeze, error) {
	return store.List(tx, func(scan func(...any) error) (f Freeze, err error) {
		var month, at int64
		err = scan(&month, &at, &f.Account, &f.Body, &f.Digest, &f.Signed)
		f.Month, f.At = monthText(month), store.Time(at)
		return f, err
	}, selectFreezes)
}

func frozenOf(tx *store.Tx, month string) (map[string]FrozenValue, error) {
	m, _ := monthNumber(month)
	list, err := store.List(tx, func(scan func(...any) error) (v FrozenValue, err error) {
		var n sql.NullInt64
		err = scan(&v.Figure, &v.Version, &v.Definition, &n, &v.Facts)
		v.Value = pointer(n)
		return v, err
	}, selectFrozen, m)
	out := map[string]FrozenValue{}
	for _, v := range list {
		out[v.Figure] = v
	}
	return out, err
}

func reportedOf(tx *store.Tx, name string) ([]Reported, error) {
	return store.List(tx, func(scan func(...any) error) (r Reported, err error) {
		var month, at int64
		var n sql.NullInt64
		err = scan(&month, &r.Version, &r.Definition, &n, &r.Facts, &at, &r.Digest)
		r.Month, r.At, r.Value, r.Restatements = monthText(month), store.Time(at), pointer(n), []Restatement{}
		return r, err
	}, selectReported, name)
}

func insertRestatement(tx *store.Tx, r Restatement) error {
	m, _ := monthNumber(r.Month)
	_, err := tx.Exec(insertRestated, r.ID, m, r.Figure, null(r.Was), null(r.Now), r.Reason, store.Micros(r.At), r.Account)
	return err
}

func restatementsOf(tx *store.Tx, name string) ([]Restatement, error) {
	return store.List(tx, func(scan func(...any) error) (r Restatement, err error) {
		var month, at int64
		var was, now sql.NullInt64
		err = scan(&r.ID, &month, &r.Figure, &was, &now, &r.Reason, &at, &r.Account)
		r.Month, r.Was, r.Now, r.At = monthText(month), pointer(was), pointer(now), store.Time(at)
		return r, err
	}, selectRestated, name)
}

func insertReport(tx *store.Tx, r Report, account string) error {
	_, err := tx.Exec(insertReports, r.ID, r.Figure, dayOf(r.Day), r.Value, r.Source, store.Micros(r.At), account)
	return err
}

func reportsOf(tx *store.Tx, name string) ([]Report, error) {
	return store.List(tx, func(scan func(...any) error) (r Report, err error) {
		var day, at int64
		err = scan(&r.ID, &r.Figure, &day, &r.Value, &r.Source, &at)
		r.Day, r.At = dateOf(day), store.Time(at)
		return r, err
	}, selectReports, name)
}
