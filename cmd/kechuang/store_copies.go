package main

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
)

// owned matches what names a row: our own identifiers, and digests.
var owned = regexp.MustCompile(`\b[a-z]+_[0-9a-hjkmnp-tv-z]{26}\b|\b[0-9a-f]{64}\b`)

// copied are the tables that a case is copied in, and the column that holds its id; those above come before those that refer to them.
var copied = []struct{ table, column string }{
	{"casework_cases", "id"}, {"casework_records", "case_id"}, {"casework_forms", "case_id"}, {"casework_seats", "case_id"},
	{"casework_steps", "case_id"}, {"casework_waits", "case_id"}, {"casework_papers", "case_id"}, {"journal_leaf", "case_id"}, {"figure_facts", "case_id"},
}

// multiply copies the first case until there are so many.
func multiply(ctx context.Context, dbURL string, have, want int) error {
	db, err := bareDB(dbURL)
	if err != nil {
		return err
	}
	defer db.Close()
	var id, party string
	if err := db.QueryRowContext(ctx, `SELECT id, party FROM casework_cases ORDER BY opened, id LIMIT 1`).Scan(&id, &party); err != nil {
		return err
	}
	var tables []dump
	mine := map[string]bool{id: true, party: true} // every copy is of another enterprise, as cases are
	for _, c := range copied {
		d, err := readTable(ctx, db, c.table+` WHERE `+c.column+` = '`+id+`'`)
		if err != nil {
			return fmt.Errorf("%s: %w", c.table, err)
		}
		d.insert = strings.Replace(d.insert, ` WHERE `+c.column+` = '`+id+`'`, "", 1)
		for _, row := range d.rows {
			if first, ok := row[0].(string); ok { // the key of the row: what is copied gets one of its own
				mine[first] = true
			}
			if c.table == "journal_leaf" {
				mine[text(row[2])] = true
			}
		}
		tables = append(tables, d)
	}
	const chunk = 2000
	for from := have; from < want; from += chunk {
		if err := copyCases(ctx, db, tables, mine, from, min(from+chunk, want)); err != nil {
			return err
		}
	}
	_, err = db.ExecContext(ctx, `ANALYZE`)
	return err
}

func copyCases(ctx context.Context, db *sql.DB, tables []dump, mine map[string]bool, from, to int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range tables {
		if len(t.rows) == 0 {
			continue
		}
		stmt, err := tx.PrepareContext(ctx, t.insert)
		if err != nil {
			return fmt.Errorf("%s: %w", t.insert, err)
		}
		for k := from; k < to; k++ {
			end := fmt.Sprintf("%08x", k)
			for _, row := range t.rows {
				fresh := make([]any, len(row))
				for i, v := range row {
					if s, ok := v.(string); ok {
						v = owned.ReplaceAllStringFunc(s, func(m string) string {
							if !mine[m] {
								return m
							}
							return m[:len(m)-len(end)] + end
						})
					}
					fresh[i] = v
				}
				if _, err := stmt.ExecContext(ctx, fresh...); err != nil {
					return fmt.Errorf("%s: %w", t.insert, err)
				}
			}
		}
		stmt.Close()
	}
	return tx.Commit()
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
