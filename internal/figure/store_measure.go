package figure

import (
	"database/sql"
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

// The same questions as plain statements over the facts: what there would be without cells.

func analyze(tx *store.Tx) error {
	_, err := tx.Exec(`ANALYZE`)
	return err
}

func knownMicros(at At) int64 {
	if at.Known == "" {
		return 1 << 62
	}
	return store.Micros(at.Known.End()) - 1
}

func plainCockpit(tx *store.Tx, at At) error {
	year := fmt.Sprintf("%d-01-01", at.Day.Year())
	for i, d := range MadeFigures() {
		from := caldate.Date(year)
		if d.Period == Cumulative {
			from = "0001-01-01"
		}
		text := `SELECT CAST(COALESCE(sum(amount), 0) AS BIGINT), count(*) FROM figure_facts WHERE kind = $1 AND day BETWEEN $2 AND $3 AND at <= $4`
		if d.Rules[0].Way == Distinct {
			text = `SELECT count(*), CAST(COALESCE(sum(n), 0) AS BIGINT) FROM (SELECT ` + dimText(tx, "firm") + ` AS firm, sum(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END) AS n
				FROM figure_facts WHERE kind = $1 AND day BETWEEN $2 AND $3 AND at <= $4 GROUP BY 1 HAVING sum(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END) > 0) x`
		}
		var a, b sql.NullInt64
		if _, err := store.One(tx, text, []any{madeKind(i), string(from), string(at.Day), knownMicros(at)}, &a, &b); err != nil {
			return err
		}
	}
	return nil
}

func plainTwo(tx *store.Tx, at At) error {
	_, err := store.List(tx, scanPart, `SELECT `+dimText(tx, "area")+` AS a, `+dimText(tx, "chain")+` AS b,
		CAST(sum(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END) AS BIGINT), CAST(sum(amount) AS BIGINT)
		FROM figure_facts WHERE kind = $1 AND day <= $2 AND at <= $3 GROUP BY 1, 2 ORDER BY 1, 2`, madeKind(3), string(at.Day), knownMicros(at))
	return err
}

func dimText(tx *store.Tx, dim string) string {
	if tx.Dialect() == store.SQLite {
		return `dims ->> '` + dim + `'`
	}
	return `CAST(dims AS JSONB) ->> '` + dim + `'`
}
