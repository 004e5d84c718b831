// Command duckdb asks DuckDB what the pages of figures ask, on the same made facts and in the same run as kechuang's own answers. It is a
// module of its own, so that DuckDB is no dependency of the program.
//
//	go run . -facts 1000000
//	go run . -facts 10000000 -db postgres://… -keep dir   # what is filled is kept there, and only asked the next time
//
// DuckDB gets the facts as a columnar table with plain columns for the dimensions, which suits it best; every answer is a GROUP BY over
// them. The sums of both are compared.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/store"
)

func main() {
	facts := flag.Int("facts", 1_000_000, "how many facts")
	url := flag.String("db", "", "empty database of ours; without it an SQLite file")
	keep := flag.String("keep", "", "directory in which both databases stay; what is filled there already is not filled again")
	plain := flag.Bool("plain", false, "also ask our own database for the plain GROUP BY over its facts")
	flag.Parse()
	if err := run(context.Background(), *facts, *url, *keep, *plain); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, n int, url, dir string, plain bool) error {
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "kechuang-duckdb-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	if url == "" {
		url = "sqlite:" + filepath.Join(dir, "figures.db")
	}
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(ctx, figure.Migrations); err != nil {
		return err
	}
	book := figure.NewBook(figure.MadeFigures())
	began := time.Now()
	if filled, err := figure.Filled(ctx, db); err != nil {
		return err
	} else if !filled {
		if err := figure.Fill(ctx, db, book, n); err != nil {
			return err
		}
		took := time.Since(began)
		fmt.Printf("%d facts; ours filled in %.1f s, %.0f facts a second\n", n, took.Seconds(), float64(n)/took.Seconds())
	}
	began = time.Now()
	duck, err := fill(ctx, filepath.Join(dir, "figures.duckdb"), n)
	if err != nil {
		return err
	}
	defer duck.Close()
	fmt.Printf("DuckDB filled in %.1f s\n", time.Since(began).Seconds())
	before := resident()
	ours, err := figure.Measure(ctx, db, book, plain)
	if err != nil {
		return err
	}
	between := resident()
	theirs, err := measure(ctx, duck)
	if err != nil {
		return err
	}
	for i, t := range ours {
		d := theirs[i]
		fmt.Printf("  %-44s ours %8.1f (median %8.1f) ms  DuckDB %8.1f (%8.1f) ms  ours / DuckDB %7.3f (%7.3f)\n",
			t.What.EN, ms(t.Least), ms(t.Median), ms(d.Least), ms(d.Median), ms(t.Least)/ms(d.Least), ms(t.Median)/ms(d.Median))
		if plain {
			fmt.Printf("  %-44s plain %7.1f ms  ours / plain %7.4f\n", "", ms(t.Peer), ms(t.Least)/ms(t.Peer))
		}
	}
	fmt.Printf("  memory of this process: %d MB before, %d MB after ours, %d MB after DuckDB\n", before, between, resident())
	return compare(ctx, db, book, duck)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// resident is the greatest memory that this process has had so far, in MB.
func resident() int64 {
	raw, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb >> 10
		}
	}
	return 0
}

// fill appends the made facts, kind by kind, where the file is not there yet.
func fill(ctx context.Context, path string, n int) (*sql.DB, error) {
	connector, err := duckdb.NewConnector(path, nil)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	var there int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM information_schema.tables WHERE table_name = 'facts'`).Scan(&there); err != nil || there > 0 {
		return db, err
	}
	if _, err := db.ExecContext(ctx, `CREATE TABLE facts (kind VARCHAR, amount BIGINT, recorded BIGINT, day DATE, sign BIGINT, chain VARCHAR, area VARCHAR, level VARCHAR, firm VARCHAR)`); err != nil {
		return nil, err
	}
	conn, err := connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	a, err := duckdb.NewAppenderFromConn(conn, "", "facts")
	if err != nil {
		return nil, err
	}
	for kind := range 10 {
		for f := range figure.MadeFacts(kind, n/10) {
			sign := int64(1)
			if f.Reverses != "" {
				sign = -1
			}
			row := []driver.Value{f.Kind, f.Amount, store.Micros(f.At), f.Day.Start().Add(8 * time.Hour).UTC(), sign, f.Dims["chain"], f.Dims["area"], f.Dims["level"], f.Dims["firm"]}
			if err := a.AppendRow(row...); err != nil {
				return nil, err
			}
		}
	}
	return db, a.Close()
}

// at is a day's value as known when, as figure.Measure asks.
type at struct{ day, known string }

func measure(ctx context.Context, db *sql.DB) (out []figure.Timing, err error) {
	for _, x := range []at{{"2025-12-31", ""}, {"2022-08-17", ""}, {"2022-08-17", "2022-08-17"}} {
		for _, ask := range []func(context.Context, *sql.DB, at) error{cockpit, two} {
			var all []time.Duration
			for range 21 {
				began := time.Now()
				if err := ask(ctx, db, x); err != nil {
					return nil, err
				}
				all = append(all, time.Since(began))
			}
			slices.Sort(all)
			out = append(out, figure.Timing{Least: all[0], Median: all[len(all)/2]})
		}
	}
	return out, nil
}

func micros(known string) int64 {
	if known == "" {
		return 1 << 62
	}
	return store.Micros(caldate.Date(known).End()) - 1
}

// cockpit is each figure's value, the same a year before, and thirteen month ends.
func cockpit(ctx context.Context, db *sql.DB, x at) error {
	for i, d := range figure.MadeFigures() {
		kind := fmt.Sprintf("kind%d", i)
		from := fmt.Sprintf("%s-01-01", x.day[:4])
		if d.Period == figure.Cumulative {
			from = "0001-01-01"
		}
		text := `SELECT sum(amount), sum(sign) FROM facts WHERE kind = $1 AND day BETWEEN $2::DATE AND $3::DATE AND recorded <= $4`
		if d.Rules[0].Way == figure.Distinct {
			text = `SELECT count(*), sum(n) FROM (SELECT firm, sum(sign) AS n FROM facts WHERE kind = $1 AND day BETWEEN $2::DATE AND $3::DATE AND recorded <= $4 GROUP BY firm HAVING n > 0)`
		}
		for range 2 { // and a year before
			if err := drain(ctx, db, text, kind, from, x.day, micros(x.known)); err != nil {
				return err
			}
		}
		if err := drain(ctx, db, `SELECT date_trunc('month', day) AS m, sum(amount), sum(sign) FROM facts WHERE kind = $1 AND day BETWEEN $2::DATE AND $3::DATE GROUP BY m ORDER BY m`, kind, "2016-01-01", x.day); err != nil {
			return err
		}
	}
	return nil
}

const twoText = `SELECT area, chain, sum(sign), sum(amount) FROM facts WHERE kind = 'kind3' AND day <= $1::DATE AND recorded <= $2 GROUP BY area, chain ORDER BY area, chain`

func two(ctx context.Context, db *sql.DB, x at) error {
	return drain(ctx, db, twoText, x.day, micros(x.known))
}

func drain(ctx context.Context, db *sql.DB, text string, args ...any) error {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// compare holds both answers side by side: what is fast must also be right.
func compare(ctx context.Context, db *store.DB, book *figure.Book, duck *sql.DB) error {
	for _, x := range []at{{"2025-12-31", ""}, {"2022-08-17", ""}, {"2022-08-17", "2022-08-17"}} {
		rows, err := duck.QueryContext(ctx, twoText, x.day, micros(x.known))
		if err != nil {
			return err
		}
		want := map[[2]string]int64{}
		for rows.Next() {
			var area, chain string
			var n, amount int64
			if err := rows.Scan(&area, &chain, &n, &amount); err != nil {
				return err
			}
			want[[2]string{area, chain}] = n
		}
		rows.Close()
		err = db.Read(ctx, func(tx *store.Tx) error {
			by, err := book.Breakdown(tx, "figure3", figure.At{Day: caldate.Date(x.day), Known: caldate.Date(x.known)}, "area", "chain")
			if err == nil && len(by.Parts) != len(want) {
				err = fmt.Errorf("%v: %d parts, DuckDB has %d", x, len(by.Parts), len(want))
			}
			for _, p := range by.Parts {
				if w := want[[2]string{p.Keys[0], p.Keys[1]}]; w != p.Value {
					return fmt.Errorf("%v %v: %d, DuckDB says %d", x, p.Keys, p.Value, w)
				}
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	fmt.Println("both answers are the same")
	return nil
}
