package figure

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

const (
	insertTail  = `INSERT INTO figure_tail (kind, fact) VALUES ($1, $2)`
	selectTail  = `SELECT ` + factColumns + ` FROM figure_tail t JOIN figure_facts f ON f.id = t.fact ORDER BY t.kind, t.fact LIMIT $1`
	selectTails = `SELECT ` + factColumns + ` FROM figure_tail t JOIN figure_facts f ON f.id = t.fact WHERE t.kind = $1 ORDER BY t.kind, t.fact LIMIT $2`
	// What a new stream reads: facts of a kind after a place, with whether the tail still has them.
	selectRolled = `SELECT ` + factColumns + `, t.fact IS NOT NULL FROM figure_facts f LEFT JOIN figure_tail t ON t.kind = f.kind AND t.fact = f.id
		WHERE f.kind = $1 AND (f.day > $2 OR (f.day = $2 AND f.id > $3)) ORDER BY f.day, f.id LIMIT $4`
	selectStream  = `SELECT id, ready FROM figure_streams WHERE digest = $1`
	selectStreams = `SELECT id, spec, ready, at_kind, at_day, at_id FROM figure_streams ORDER BY id`
	insertStreams = `INSERT INTO figure_streams (digest, spec, ready, at_kind, at_day, at_id) VALUES ($1, $2, $3, '', '', '') ON CONFLICT (digest) DO NOTHING`
	updateStream  = `UPDATE figure_streams SET ready = $2, at_kind = $3, at_day = $4, at_id = $5 WHERE id = $1`
	selectSeen    = `SELECT value, fact, h, k, sign, vals FROM figure_seen WHERE stream = $1 AND period = $2 AND value = $3 ORDER BY fact`
	selectPeriods = `SELECT DISTINCT period FROM figure_seen WHERE stream = $1 AND value = $2 ORDER BY period`
	selectMerges  = `SELECT gone, kept, k FROM figure_merges WHERE dim IN ($1, '') ORDER BY gone`
	insertMerges  = `INSERT INTO figure_merges (dim, gone, kept, k, at, account, memo) VALUES ($1, $2, $3, $4, $5, $6, $7)`

	selectCells = `SELECT a, b, CAST(sum(facts) AS BIGINT), CAST(sum(amount) AS BIGINT) FROM figure_cells
		WHERE stream = $1 AND cut = $2 AND grain = $3 AND h BETWEEN $4 AND $5 GROUP BY a, b ORDER BY a, b`
	selectMonths = `SELECT h, CAST(sum(facts) AS BIGINT), CAST(sum(amount) AS BIGINT) FROM figure_cells
		WHERE stream = $1 AND cut = 0 AND grain = 2 AND h BETWEEN $2 AND $3 GROUP BY h ORDER BY h`
	// Happened on a few days h, recorded in a long time k: read by h. A plus keeps the planner from the index on k, which SQLite took for
	// some streams and not for others: half a second instead of 10 ms for a cockpit over 10⁶ facts.
	selectLate = `SELECT a, b, CAST(sum(facts) AS BIGINT), CAST(sum(amount) AS BIGINT) FROM figure_cells
		WHERE stream = $1 AND cut = $2 AND grain = 5 AND h BETWEEN $3 AND $4 AND +k BETWEEN $5 AND $6 GROUP BY a, b ORDER BY a, b`
	// Months, each looked up by itself: those in which nothing was recorded late any more cost nothing.
	selectLateIn = `SELECT a, b, CAST(sum(facts) AS BIGINT), CAST(sum(amount) AS BIGINT) FROM figure_cells
		WHERE stream = $1 AND cut = $2 AND grain = 4 AND h IN (%s) AND k BETWEEN $3 AND $4 GROUP BY a, b ORDER BY a, b`
	// Asked of the very cells that are read: what happened and was taken back before one roll leaves none by month alone.
	selectFirst = `SELECT CAST(COALESCE(min(h), 0) AS BIGINT) FROM figure_cells WHERE stream = $1 AND cut = $2 AND grain = 4`
	// Recorded on a few days k, happened at any time h: read by the index on k.
	selectKnown = `SELECT a, b, CAST(sum(facts) AS BIGINT), CAST(sum(amount) AS BIGINT) FROM figure_cells
		WHERE stream = $1 AND cut = $2 AND grain = 5 AND k BETWEEN $5 AND $6 AND +h BETWEEN $3 AND $4 GROUP BY a, b ORDER BY a, b`
)

// factColumns are those of columns, of a fact called f.
const factColumns = `f.id, f.kind, f.amount, f.at, f.day, f.case_id, f.record_id, f.seq, f.dims, f.reverses, f.memo, f.until`

// rows makes "($1, $2), ($3, $4)".
func rows(n, width int) string {
	var b strings.Builder
	for i := range n {
		for j := range width {
			switch {
			case j > 0:
				b.WriteString(", $")
			case i > 0:
				b.WriteString(", ($")
			default:
				b.WriteString("($")
			}
			fmt.Fprint(&b, i*width+j+1)
		}
		b.WriteByte(')')
	}
	return b.String()
}

// perStatement is how many rows one statement takes. SQLite looks each $n up among the names before it, so long statements cost the square
// of their length there: filling 100 000 facts took 29 s with 400 rows a statement, and 5 s with 20.
func perStatement(tx *store.Tx) int {
	if tx.Dialect() == store.SQLite {
		return 20
	}
	return 400
}

// inRows writes many rows, some a statement.
func inRows(tx *store.Tx, head, foot string, width int, all [][]any) error {
	for part := range slices.Chunk(all, perStatement(tx)) {
		args := make([]any, 0, len(part)*width)
		for _, r := range part {
			args = append(args, r...)
		}
		if _, err := tx.Exec(head+rows(len(part), width)+foot, args...); err != nil {
			return err
		}
	}
	return nil
}

func tail(tx *store.Tx, kinds []string, most int) ([]Fact, error) {
	if kinds == nil {
		return store.List(tx, scanFact, selectTail, most)
	}
	var all []Fact
	for _, k := range kinds {
		list, err := store.List(tx, scanFact, selectTails, k, most)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

func dropTail(tx *store.Tx, facts []Fact) error {
	for part := range slices.Chunk(facts, 4*perStatement(tx)) {
		args := make([]any, len(part))
		marks := make([]string, len(part))
		for i, f := range part {
			args[i], marks[i] = f.ID, fmt.Sprintf("$%d", i+1)
		}
		kinds := map[string]bool{}
		for _, f := range part {
			kinds[f.Kind] = true
		}
		for _, k := range slices.Sorted(maps.Keys(kinds)) {
			if _, err := tx.Exec(`DELETE FROM figure_tail WHERE kind = $`+fmt.Sprint(len(args)+1)+` AND fact IN (`+strings.Join(marks, ", ")+`)`, append(slices.Clone(args), k)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// oldFact is a fact with whether it waits in the tail.
type oldFact struct {
	Fact
	inTail bool
}

func rolledOfKind(tx *store.Tx, kind string, day caldate.Date, id string, most int) ([]oldFact, error) {
	return store.List(tx, func(scan func(...any) error) (o oldFact, err error) {
		o.Fact, err = scanFact(func(dest ...any) error { return scan(append(dest, &o.inTail)...) })
		return o, err
	}, selectRolled, kind, string(day), id, most)
}

func findStream(tx *store.Tx, key string) (id int64, ready bool, err error) {
	_, err = store.One(tx, selectStream, []any{key}, &id, &ready)
	return id, ready, err
}

func listStreams(tx *store.Tx) ([]stream, error) {
	return store.List(tx, func(scan func(...any) error) (s stream, err error) {
		var text string
		if err = scan(&s.id, &text, &s.ready, &s.at.kind, &s.at.day, &s.at.id); err != nil {
			return s, err
		}
		return s, json.Unmarshal([]byte(text), &s.spec)
	}, selectStreams)
}

func insertStream(tx *store.Tx, key, text string) error {
	_, err := tx.Exec(insertStreams, key, text, false)
	return err
}

func setStream(tx *store.Tx, id int64, ready bool, at cursor) error {
	_, err := tx.Exec(updateStream, id, ready, at.kind, string(at.day), at.id)
	return err
}

func insertSeen(tx *store.Tx, stream int64, seen []periodSeen) error {
	all := make([][]any, len(seen))
	for i, x := range seen {
		all[i] = []any{stream, x.period, x.value, x.fact, x.h, x.k, x.sign, x.text()}
	}
	return inRows(tx, `INSERT INTO figure_seen (stream, period, value, fact, h, k, sign, vals) VALUES `, ``, 8, all)
}

func seenOf(tx *store.Tx, stream, period int64, value string) ([]sighting, error) {
	return store.List(tx, func(scan func(...any) error) (x sighting, err error) {
		var vals string
		if err = scan(&x.value, &x.fact, &x.h, &x.k, &x.sign, &vals); err != nil {
			return x, err
		}
		return x, json.Unmarshal([]byte(vals), &x.vals)
	}, selectSeen, stream, period, value)
}

func seenPeriods(tx *store.Tx, stream int64, values []string) ([]int64, error) {
	var all []int64
	for _, v := range values {
		list, err := store.List(tx, func(scan func(...any) error) (n int64, err error) { return n, scan(&n) }, selectPeriods, stream, v)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func listMerges(tx *store.Tx, dim string) ([]merge, error) {
	return store.List(tx, func(scan func(...any) error) (m merge, err error) { return m, scan(&m.gone, &m.kept, &m.k) }, selectMerges, dim)
}

func insertMerge(tx *store.Tx, dim, gone, kept string, k, at int64, account, memo string) error {
	_, err := tx.Exec(insertMerges, dim, gone, kept, k, at, account, memo)
	return err
}

// addCells adds sums to what the cells hold, in the order of their places.
func addCells(tx *store.Tx, stream int64, c cells) error {
	all := make([][]any, 0, len(c.at))
	for _, p := range slices.SortedFunc(maps.Keys(c.at), place.compare) {
		s := c.at[p]
		all = append(all, []any{stream, p.cut, p.grain, p.h, p.k, p.a, p.b, s.facts, s.amount})
	}
	if err := addLeaves(tx, stream, c.leaves); err != nil {
		return err
	}
	return inRows(tx, `INSERT INTO figure_cells (stream, cut, grain, h, k, a, b, facts, amount) VALUES `,
		` ON CONFLICT (stream, cut, grain, h, k, a, b) DO UPDATE SET facts = figure_cells.facts + excluded.facts, amount = figure_cells.amount + excluded.amount`, 9, all)
}

func addLeaves(tx *store.Tx, stream int64, leaves map[leaf]sum) error {
	all := make([][]any, 0, len(leaves))
	for _, l := range slices.SortedFunc(maps.Keys(leaves), leaf.compare) {
		v, s := l.vals, leaves[l]
		all = append(all, []any{stream, l.h, l.k, v[0], v[1], v[2], v[3], v[4], v[5], s.facts, s.amount})
	}
	return inRows(tx, `INSERT INTO figure_leaves (stream, h, k, v0, v1, v2, v3, v4, v5, facts, amount) VALUES `,
		` ON CONFLICT (stream, h, k, v0, v1, v2, v3, v4, v5) DO UPDATE SET facts = figure_leaves.facts + excluded.facts, amount = figure_leaves.amount + excluded.amount`, 11, all)
}

// Which leaves are read and how: of a few days on which it happened, all or only what was recorded on another day; or of a few days on
// which it was recorded, by the index on those.
const (
	leavesOfDays  = `h BETWEEN $2 AND $3 AND +k BETWEEN $4 AND $5`
	leavesLate    = `h <> k AND ` + leavesOfDays
	leavesKnownOn = `h <> k AND +h BETWEEN $2 AND $3 AND k BETWEEN $4 AND $5`
)

// leavesOf is the sums of leaves by the dimensions of a cut.
func leavesOf(tx *store.Tx, which string, stream int64, cut []int, h1, h2, k1, k2 int64) ([]part, error) {
	if h1 > h2 || k1 > k2 {
		return nil, nil
	}
	columns := []string{"''", "''"}
	for i, d := range cut {
		columns[i] = fmt.Sprintf("v%d", d)
	}
	return store.List(tx, scanPart, `SELECT `+strings.Join(columns, ", ")+`, CAST(COALESCE(sum(facts), 0) AS BIGINT), CAST(COALESCE(sum(amount), 0) AS BIGINT) FROM figure_leaves
		WHERE stream = $1 AND `+which+` GROUP BY 1, 2 ORDER BY 1, 2`, stream, h1, h2, k1, k2)
}

// part is one row of a cut.
type part struct {
	a, b string
	sum
}

func scanPart(scan func(...any) error) (p part, err error) {
	return p, scan(&p.a, &p.b, &p.facts, &p.amount)
}

func cellsOf(tx *store.Tx, stream, cut int64, s span) ([]part, error) {
	return store.List(tx, scanPart, selectCells, stream, cut, s.grain, s.from, s.to)
}

func lateCells(tx *store.Tx, stream, cut, h1, h2, k1, k2 int64) ([]part, error) {
	if h1 > h2 || k1 > k2 {
		return nil, nil
	}
	return store.List(tx, scanPart, selectLate, stream, cut, h1, h2, k1, k2)
}

// lateMonths is what happened in some months and was recorded in later ones.
func lateMonths(tx *store.Tx, stream, cut, h1, h2, k1, k2 int64) ([]part, error) {
	if h1 > h2 || k1 > k2 {
		return nil, nil
	}
	var first int64
	if _, err := store.One(tx, selectFirst, []any{stream, cut}, &first); err != nil || first == 0 {
		return nil, err
	}
	var months []string
	for h := max(h1, first); h <= h2; h = addMonths(h, 1) {
		months = append(months, strconv.FormatInt(h, 10))
	}
	if len(months) == 0 {
		return nil, nil
	}
	return store.List(tx, scanPart, fmt.Sprintf(selectLateIn, strings.Join(months, ", ")), stream, cut, k1, k2)
}

func knownCells(tx *store.Tx, stream, cut, h1, h2, k1, k2 int64) ([]part, error) {
	if h1 > h2 || k1 > k2 {
		return nil, nil
	}
	return store.List(tx, scanPart, selectKnown, stream, cut, h1, h2, k1, k2)
}

func monthsOf(tx *store.Tx, stream, from, to int64) (map[int64]sum, error) {
	type row struct {
		h int64
		sum
	}
	list, err := store.List(tx, func(scan func(...any) error) (r row, err error) { return r, scan(&r.h, &r.facts, &r.amount) }, selectMonths, stream, from, to)
	out := map[int64]sum{}
	for _, r := range list {
		out[r.h] = r.sum
	}
	return out, err
}
