package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/store"
)

// This file is the far end of the measurement: the rows that steps left, written by a plain connection with nothing around it, not even
// the store's retries and serializable transactions. It uses no door of the store on purpose; nothing but the benchmark may.

// freshSchema makes the URL of a schema of its own on a PostgreSQL server; done drops it.
func freshSchema(ctx context.Context, server string) (string, func(), error) {
	schema := "bench_" + strings.ToLower(rand.Text())
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String(), func() {
		if db, err := sql.Open("pgx", server); err == nil {
			db.ExecContext(context.WithoutCancel(ctx), `DROP SCHEMA IF EXISTS `+schema+` CASCADE`)
			db.Close()
		}
	}, nil
}

// bareDB is a plain connection pool with the same promises that the store makes: one writer and synchronous=FULL on SQLite, the
// server's own on PostgreSQL. Foreign keys are not looked at, because rows come in the order of tables.
func bareDB(dbURL string) (*sql.DB, error) {
	if file, ok := strings.CutPrefix(dbURL, "sqlite:"); ok {
		db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-32768)")
		if err == nil {
			db.SetMaxOpenConns(1)
		}
		return db, err
	}
	u, err := url.Parse(dbURL)
	if err != nil {
		return nil, err
	}
	q := u.Query()
	q.Set("session_replication_role", "replica")
	u.RawQuery = q.Encode()
	return sql.Open("pgx", u.String())
}

// dump is a table with its rows.
type dump struct {
	insert string
	update string // of one row by its first column, for the tables whose rows every step changes
	rows   [][]any
}

// hot are the tables of which every step changes one row that is there already: the case and the record that it stands on.
var hot = []string{"casework_cases", "casework_records"}

// rewrite reads every row of one database and writes it into another, so many transactions, so many clients.
func rewrite(ctx context.Context, from, to string, clients, steps int) (p casework.Speed, rows int, err error) {
	tables, err := readAll(ctx, from)
	if err != nil {
		return p, 0, err
	}
	fresh, err := store.Open(ctx, to)
	if err != nil {
		return p, 0, err
	}
	err = errors.Join(fresh.Migrate(ctx, casework.Tables...), fresh.Close())
	if err != nil {
		return p, 0, err
	}
	db, err := bareDB(to)
	if err != nil {
		return p, 0, err
	}
	defer db.Close()
	stmts, updates := make([]*sql.Stmt, len(tables)), make([]*sql.Stmt, len(tables))
	for i, t := range tables {
		rows += len(t.rows)
		if stmts[i], err = db.PrepareContext(ctx, t.insert); err != nil {
			return p, 0, fmt.Errorf("%s: %w", t.insert, err)
		}
		if t.update != "" {
			rows += steps
			if updates[i], err = db.PrepareContext(ctx, t.update); err != nil {
				return p, 0, fmt.Errorf("%s: %w", t.update, err)
			}
		}
	}
	meter := &pacer{began: time.Now()}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for n := int(next.Add(1) - 1); n < steps; n = int(next.Add(1) - 1) {
				if !meter.step(func() error { return writeShare(ctx, db, stmts, updates, tables, n, steps) }) {
					return
				}
			}
		})
	}
	wg.Wait()
	p, err = meter.speed()
	return p, rows, err
}

// writeShare writes the n-th of so many equal shares of every table in one transaction, and changes one row of each hot table.
func writeShare(ctx context.Context, db *sql.DB, stmts, updates []*sql.Stmt, tables []dump, n, of int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, t := range tables {
		from, to := n*len(t.rows)/of, (n+1)*len(t.rows)/of
		if updates[i] != nil {
			if _, err := tx.StmtContext(ctx, updates[i]).ExecContext(ctx, t.rows[min(from, len(t.rows)-1)]...); err != nil {
				return fmt.Errorf("%s: %w", t.update, err)
			}
		}
		for _, row := range t.rows[from:to] {
			if _, err := tx.StmtContext(ctx, stmts[i]).ExecContext(ctx, row...); err != nil {
				return fmt.Errorf("%s: %w", t.insert, err)
			}
		}
	}
	return tx.Commit()
}

// readAll reads the tables that hold something, but for the migrations' own and those that are there from the start.
func readAll(ctx context.Context, from string) ([]dump, error) {
	db, err := bareDB(from)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	names, err := column(ctx, db, strings.HasPrefix(from, "sqlite:"))
	if err != nil {
		return nil, err
	}
	var tables []dump
	for _, name := range names {
		if strings.HasPrefix(name, "goose") || strings.HasPrefix(name, "store_") || strings.Contains(name, "migration") || name == "journal_state" {
			continue
		}
		d, err := readTable(ctx, db, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if len(d.rows) > 0 {
			tables = append(tables, d)
		}
	}
	return tables, nil
}

func column(ctx context.Context, db *sql.DB, lite bool) (names []string, err error) {
	query := `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`
	if lite {
		query = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
	}
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func readTable(ctx context.Context, db *sql.DB, name string) (d dump, err error) {
	rows, err := db.QueryContext(ctx, `SELECT * FROM `+name)
	if err != nil {
		return d, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return d, err
	}
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	d.insert = fmt.Sprintf(`INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING`, name, strings.Join(columns, ", "), strings.Join(marks, ", "))
	if slices.Contains(hot, name) {
		sets := make([]string, 0, len(columns))
		for i, c := range columns[1:] {
			sets = append(sets, fmt.Sprintf("%s = $%d", c, i+2))
		}
		d.update = fmt.Sprintf(`UPDATE %s SET %s WHERE %s = $1`, name, strings.Join(sets, ", "), columns[0])
	}
	for rows.Next() {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return d, err
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = slices.Clone(b)
			}
		}
		d.rows = append(d.rows, row)
	}
	return d, rows.Err()
}

// bareTransfers writes what a transfer leaves, two updates and an insert, with nothing around them.
func bareTransfers(dbURL string) (func(context.Context, int, int64) error, func(), error) {
	db, err := bareDB(dbURL)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, w int, i int64) error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		from, to := fmt.Sprint("fund/", w), fmt.Sprint("party/", w)
		for _, s := range []struct {
			query string
			args  []any
		}{
			{`UPDATE ledger_account SET balance = balance - 3 WHERE asset = 'CNY' AND account = $1 AND balance >= 3`, []any{from}},
			{`INSERT INTO ledger_account (asset, account, balance, source) VALUES ('CNY', $1, 3, $2)
				ON CONFLICT (asset, account) DO UPDATE SET balance = ledger_account.balance + excluded.balance`, []any{to, false}},
			{`INSERT INTO ledger_posting (id, entry, asset, from_account, to_account, amount, kind, case_id, pot, step, fund, party, memo_zh, memo_en, at)
				VALUES ($1, $1, 'CNY', $2, $3, 3, 'move', 'c', '', '', '', '', '', '', 0)`, []any{fmt.Sprint("b", i), from, to}},
		} {
			if _, err := tx.ExecContext(ctx, s.query, s.args...); err != nil {
				return err
			}
		}
		return tx.Commit()
	}, func() { db.Close() }, nil
}
