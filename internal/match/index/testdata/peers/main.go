// Command peers measures the index beside Bleve, SQLite FTS5, PostgreSQL GIN and Xapian: the same records, the same words, the same
// queries, one run. It is a module of its own, so that the product does not depend on its peers.
//
//	cd internal/match/index/testdata/peers
//	c++ -O2 xapian/xapian.cc -lxapian -o /somewhere/xapian
//	go run . -records 10000,100000,1000000 -xapian /somewhere/xapian -postgres postgres://…
//
// Every engine gets the words that ours cuts (pairs of characters), joined by spaces, and is asked for the ten best records that hold
// all words of a query; how many there are in all is compared between all of them. PostgreSQL is not asked to rank. Then a record is added and
// looked for until it is found.
package main

import (
	"bufio"
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite"

	"kechuang/internal/match/index"
	"kechuang/internal/match/sample"
)

type corpus struct {
	ids, texts, words []string
	queries           []string   // as typed
	terms             [][]string // of each query
}

func main() {
	sizes := flag.String("records", "10000", "how many, one size after the other")
	queries := flag.Int("queries", 300, "")
	xapian := flag.String("xapian", "", "the program made of xapian.cc")
	postgres := flag.String("postgres", os.Getenv("KECHUANG_TEST_POSTGRES"), "")
	only := flag.String("only", "ours,bleve,fts5,postgres,xapian", "")
	flag.Parse()
	if *needsFile != "" {
		if err := known(*xapian); err != nil {
			fmt.Println(err)
		}
		return
	}
	for size := range strings.SplitSeq(*sizes, ",") {
		records, err := strconv.Atoi(size)
		if err != nil {
			fmt.Println(err)
			return
		}
		compare(makeCorpus(records, *queries), strings.Split(*only, ","), *postgres, *xapian)
	}
}

// compare runs all engines over the same records and prints a line for each.
func compare(c *corpus, only []string, postgres, xapian string) {
	records := len(c.ids)
	fmt.Printf("# %d records, %d queries, %d cores, %s\n", records, len(c.queries), runtime.NumCPU(), runtime.Version())
	var want []int
	for _, peer := range []struct {
		name string
		run  func(*corpus) (*measured, error)
	}{
		{"ours", ours}, {"bleve", runBleve}, {"fts5", fts5},
		{"postgres", func(c *corpus) (*measured, error) { return gin(c, postgres) }},
		{"xapian", func(c *corpus) (*measured, error) { return runXapian(c, xapian) }},
	} {
		if !slices.Contains(only, peer.name) {
			continue
		}
		m, err := peer.run(c)
		if err != nil {
			fmt.Printf("%-9s did not run: %v\n", peer.name, err)
			continue
		}
		if want == nil {
			want = m.totals
		}
		differ := 0
		for i := range want {
			if want[i] != m.totals[i] {
				differ++
			}
		}
		fmt.Printf("%-9s index %7.2fs cpu %7.2fs wall, %6.0f bytes a record, query p50 %8v p99 %8v, mean cpu %8v, update to visible p50 %8v, answers that differ: %d of %d\n",
			peer.name, m.cpu.Seconds(), m.wall.Seconds(), m.bytes/float64(records), at(m.took, 50), at(m.took, 99), (m.asked / time.Duration(len(m.took))).Round(time.Microsecond), at(m.seen, 50), differ, len(want))
		runtime.GC()
	}
}

// at is a percentile.
func at(took []time.Duration, percent int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[len(took)*percent/100].Round(time.Microsecond)
}

func makeCorpus(n, queries int) *corpus {
	c := &corpus{}
	for i := range n {
		r := sample.Record(i)
		t := r.Title + "。" + r.Text
		c.ids, c.texts, c.words = append(c.ids, r.ID), append(c.texts, t), append(c.words, strings.Join(index.Terms(t), " "))
	}
	for i := range queries {
		words := sample.Query(i)
		c.queries = append(c.queries, strings.Join(words, " "))
		var terms []string
		for _, w := range words {
			terms = append(terms, index.Terms(w)...)
		}
		c.terms = append(c.terms, terms)
	}
	return c
}

type measured struct {
	cpu, wall time.Duration // to index
	asked     time.Duration // processor time of all queries; wall time where the work is done in another process
	bytes     float64
	took      []time.Duration
	totals    []int
	seen      []time.Duration // from an update to the search that finds it
}

// updates is how many records are added and looked for.
const updates = 20

// see adds records with a word of their own and looks for each until it is found.
func (m *measured) see(add func(word string) error, find func(word string) (int, error)) error {
	for i := range updates {
		word, began := fmt.Sprintf("neu%dword", i), time.Now()
		if err := add(word); err != nil {
			return err
		}
		for n := 0; n == 0; {
			var err error
			if n, err = find(word); err != nil {
				return err
			}
		}
		m.seen = append(m.seen, time.Since(began))
	}
	return nil
}

// spent is the processor time of this process.
func spent() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

func (m *measured) build(do func() error) error {
	before, cpu, began := heap(), spent(), time.Now()
	err := do()
	m.cpu, m.wall = spent()-cpu, time.Since(began)
	m.bytes = heap() - before
	return err
}

func (m *measured) ask(n int, do func(i int) (total int, err error)) error {
	cpu := spent()
	for i := range n {
		began := time.Now()
		total, err := do(i)
		if err != nil {
			return err
		}
		m.took, m.totals = append(m.took, time.Since(began)), append(m.totals, total)
	}
	m.asked = spent() - cpu
	return nil
}

func ours(c *corpus) (*measured, error) {
	m, x := &measured{}, index.New(index.Field{Name: "text", Weight: 1})
	if err := m.build(func() error {
		for i, id := range c.ids {
			x.Put(id, []string{c.texts[i]})
		}
		x.Compact()
		return nil
	}); err != nil {
		return nil, err
	}
	if err := m.ask(len(c.queries), func(i int) (int, error) {
		return x.Search(index.Query{Words: strings.Fields(c.queries[i])}, 10).Total, nil
	}); err != nil {
		return nil, err
	}
	return m, m.see(func(word string) error {
		x.Put(word, []string{word})
		return nil
	}, func(word string) (int, error) { return x.Search(index.Query{Words: []string{word}}, 1).Total, nil })
}

func runBleve(c *corpus) (*measured, error) {
	m := &measured{}
	mapping := bleve.NewIndexMapping()
	if err := mapping.AddCustomAnalyzer("spaces", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	mapping.DefaultAnalyzer = "spaces"
	field := bleve.NewTextFieldMapping()
	field.Store, field.IncludeTermVectors, field.DocValues, field.IncludeInAll, field.Analyzer = false, false, false, false, "spaces"
	mapping.DefaultMapping.AddFieldMappingsAt("t", field)
	mapping.DefaultMapping.Dynamic = false
	x, err := bleve.NewUsing("", mapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	if err := m.build(func() error {
		batch := x.NewBatch()
		for i, id := range c.ids {
			if err := batch.Index(id, map[string]any{"t": c.words[i]}); err != nil {
				return err
			}
			if batch.Size() == 1000 || i == len(c.ids)-1 {
				if err := x.Batch(batch); err != nil {
					return err
				}
				batch = x.NewBatch()
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	find := func(terms ...string) (int, error) {
		q := bleve.NewConjunctionQuery()
		for _, t := range terms {
			one := bleve.NewTermQuery(t)
			one.SetField("t")
			q.AddQuery(one)
		}
		r, err := x.Search(bleve.NewSearchRequestOptions(q, 10, 0, false))
		if err != nil {
			return 0, err
		}
		return int(r.Total), nil
	}
	if err := m.ask(len(c.queries), func(i int) (int, error) { return find(c.terms[i]...) }); err != nil {
		return nil, err
	}
	return m, m.see(func(word string) error { return x.Index(word, map[string]any{"t": word}) }, func(word string) (int, error) { return find(word) })
}

func fts5(c *corpus) (*measured, error) {
	dir, err := os.MkdirTemp("", "peers-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "fts.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	m := &measured{}
	if err := m.build(func() error {
		if _, err := db.Exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE t USING fts5(b, content='', tokenize="unicode61 tokenchars '.%-/_&#+°'")`); err != nil {
			return err
		}
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		put, err := tx.Prepare("INSERT INTO t(rowid, b) VALUES (?, ?)")
		if err != nil {
			return err
		}
		for i, w := range c.words {
			if _, err := put.Exec(i+1, w); err != nil {
				return err
			}
		}
		return tx.Commit()
	}); err != nil {
		return nil, err
	}
	if info, err := os.Stat(file); err == nil {
		m.bytes = float64(info.Size())
	}
	quoted := func(i int) string { return `"` + strings.Join(c.terms[i], `" AND "`) + `"` }
	if err := m.ask(len(c.queries), func(i int) (int, error) {
		rows, err := db.Query("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", quoted(i))
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		n := 0
		for rows.Next() {
			n++
		}
		return n, rows.Err()
	}); err != nil {
		return nil, err
	}
	for i := range m.totals { // counted outside the time
		if err := db.QueryRow("SELECT count(*) FROM t WHERE t MATCH ?", quoted(i)).Scan(&m.totals[i]); err != nil {
			return nil, err
		}
	}
	return m, m.see(func(word string) error {
		_, err := db.Exec("INSERT INTO t(b) VALUES (?)", word)
		return err
	}, func(word string) (n int, err error) {
		return n, db.QueryRow("SELECT count(*) FROM t WHERE t MATCH ?", word).Scan(&n)
	})
}

func gin(c *corpus, url string) (*measured, error) {
	if url == "" {
		return nil, fmt.Errorf("no -postgres")
	}
	ctx := context.Background()
	db, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	defer db.Close(ctx)
	m := &measured{}
	if err := m.build(func() error {
		if _, err := db.Exec(ctx, "SET jit = off; SET work_mem = '64MB'; SET maintenance_work_mem = '1GB'; DROP TABLE IF EXISTS peers_gin; CREATE UNLOGGED TABLE peers_gin (id int, v tsvector)"); err != nil {
			return err
		}
		n := -1
		if _, err := db.Exec(ctx, "CREATE TEMP TABLE raw (id int, w text)"); err != nil {
			return err
		}
		if _, err := db.CopyFrom(ctx, pgx.Identifier{"raw"}, []string{"id", "w"}, pgx.CopyFromFunc(func() ([]any, error) {
			if n++; n >= len(c.words) {
				return nil, nil
			}
			return []any{n, c.words[n]}, nil
		})); err != nil {
			return err
		}
		_, err := db.Exec(ctx, "INSERT INTO peers_gin SELECT id, array_to_tsvector(string_to_array(w, ' ')) FROM raw; CREATE INDEX peers_gin_v ON peers_gin USING gin (v); ANALYZE peers_gin")
		return err
	}); err != nil {
		return nil, err
	}
	defer db.Exec(ctx, "DROP TABLE peers_gin")
	if err := db.QueryRow(ctx, "SELECT pg_relation_size('peers_gin_v')::float8").Scan(&m.bytes); err != nil {
		return nil, err
	}
	m.cpu = m.wall // the work is done in the server
	began := time.Now()
	err = m.ask(len(c.queries), func(i int) (total int, err error) {
		var query []string
		for _, t := range c.terms[i] {
			query = append(query, "'"+strings.ReplaceAll(t, "'", "''")+"'")
		}
		return total, db.QueryRow(ctx, "SELECT count(*) FROM peers_gin WHERE v @@ $1::tsquery", strings.Join(query, " & ")).Scan(&total)
	})
	m.asked = time.Since(began)
	if err != nil {
		return nil, err
	}
	return m, m.see(func(word string) error {
		_, err := db.Exec(ctx, "INSERT INTO peers_gin VALUES (-1, array_to_tsvector(ARRAY[$1]))", word)
		return err
	}, func(word string) (n int, err error) {
		return n, db.QueryRow(ctx, "SELECT count(*) FROM peers_gin WHERE v @@ $1::tsquery", "'"+word+"'").Scan(&n)
	})
}

// runXapian gives the words to the C++ program and reads what it measured.
func runXapian(c *corpus, program string) (*measured, error) {
	if program == "" {
		return nil, fmt.Errorf("no -xapian")
	}
	dir, err := os.MkdirTemp("", "peers-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var queries []string
	for _, t := range c.terms {
		queries = append(queries, strings.Join(t, " "))
	}
	words, asks := filepath.Join(dir, "words"), filepath.Join(dir, "queries")
	if err := os.WriteFile(words, []byte(strings.Join(c.words, "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(asks, []byte(strings.Join(queries, "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command(program, filepath.Join(dir, "db"), words, asks)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	m := &measured{}
	s := bufio.NewScanner(strings.NewReader(string(out)))
	for s.Scan() {
		var cpu, wall, bytes, ms, asked float64
		var total int
		switch {
		case scan(s.Text(), "index %g %g %g", &cpu, &wall, &bytes):
			m.cpu, m.wall, m.bytes = seconds(cpu), seconds(wall), bytes
		case scan(s.Text(), "query %g %d", &ms, &total):
			m.took, m.totals = append(m.took, seconds(ms/1000)), append(m.totals, total)
		case scan(s.Text(), "seen %g", &ms):
			m.seen = append(m.seen, seconds(ms/1000))
		case scan(s.Text(), "asked %g", &asked):
			m.asked = seconds(asked)
		}
	}
	return m, nil
}

func scan(line, format string, into ...any) bool {
	n, err := fmt.Sscanf(line, format, into...)
	return err == nil && n == len(into)
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
