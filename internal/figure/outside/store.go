package outside

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations makes the tables of this package.
var Migrations = store.Migrations{Name: "outside", FS: files}

// Taken is a table that was taken in.
type Taken struct {
	ID        string    `json:"id"`
	Series    string    `json:"series"`
	Name      string    `json:"name" doc:"of the file"`
	Digest    string    `json:"digest" doc:"SHA-256 of the file"`
	Source    string    `json:"source" doc:"the publication, as whoever took it in says"`
	Cells     int       `json:"cells" doc:"values in it"`
	Account   string    `json:"-"`
	Who       string    `json:"who"`
	At        time.Time `json:"at"`
	Withdrawn string    `json:"withdrawn,omitempty" doc:"why it no longer counts"`
}

// Version is one value as a table gave it.
type Version struct {
	Cell
	Table string    `json:"table"`
	At    time.Time `json:"at"`
}

const (
	maxSource   = 300
	tableFields = `id, series, name, digest, source, cells, account, who, at, withdrawn`
	cellFields  = `c.line, c.item, c.area, c.year, c.v, c.places, c.unit, t.name, t.id, t.at`
)

// Parse reads one file as a table of its own.
func (s *Series) Parse(name string, data []byte) (*Table, error) {
	var t Table
	if err := s.Read(&t, name, bytes.NewReader(data)); err != nil {
		return nil, err
	}
	if t.N == 0 {
		return nil, refusal.New(refusal.Invalid, "outside.none", lang.T(name+" 里没有一个数", name+" holds not one number")).
			Mend(lang.T("核对“数值”一列；没有公布的（空、“—”）不算数", "Check the column of values; what was not published is no number"))
	}
	return &t, nil
}

// Take keeps a table for ever. The same file is taken in once.
func (s *Series) Take(tx *store.Tx, f Taken, data []byte) (Taken, error) {
	f.Series, f.Source = s.Name, strings.TrimSpace(f.Source)
	if n := utf8.RuneCountInString(f.Source); n == 0 || n > maxSource {
		return f, refusal.New(refusal.Invalid, "outside.source", lang.T("请写明出处：哪一年的什么公报、年鉴、表号，最多 300 字", "Say which publication it is, its year and table, in at most 300 characters")).At("source")
	}
	t, err := s.Parse(f.Name, data)
	if err != nil {
		return f, err
	}
	sum := sha256.Sum256(data)
	f.ID, f.At, f.Cells, f.Digest, f.Name = ident.New("outside", tx.Now()), tx.Now(), t.N, hex.EncodeToString(sum[:]), filepath.Base(f.Name)
	if err := tx.Guard("outside/" + s.Name); err != nil {
		return f, err
	}
	list, err := Tables(tx, s.Name)
	if err != nil {
		return f, err
	}
	for _, old := range list {
		if old.Digest == f.Digest && old.Withdrawn == "" {
			return f, refusal.New(refusal.Conflict, "outside.same", lang.T(fmt.Sprintf("这个文件已由%s于 %s 录入", old.Who, old.At.Format(time.DateOnly)), fmt.Sprintf("%s took this file in on %s", old.Who, old.At.Format(time.DateOnly))))
		}
	}
	var seq int64
	if _, err := store.One(tx, `INSERT INTO outside_tables (`+tableFields+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') RETURNING seq`,
		[]any{f.ID, f.Series, f.Name, f.Digest, f.Source, f.Cells, f.Account, f.Who, store.Micros(f.At)}, &seq); err != nil {
		return f, err
	}
	return f, insertCells(tx, seq, t)
}

func insertCells(tx *store.Tx, seq int64, t *Table) error {
	for _, list := range t.cells {
		for _, c := range list {
			if err := tx.Send(`INSERT INTO outside_cells (tab, line, item, area, year, v, places, unit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
				seq, c.Line, c.Item, c.Area, c.Year, c.V, c.Places, c.Unit); err != nil {
				return err
			}
		}
	}
	return nil
}

// Withdraw takes a table out of what counts, with the reason; it stays to be seen.
func Withdraw(tx *store.Tx, id, reason string) (Taken, error) {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > maxSource {
		return Taken{}, refusal.New(refusal.Invalid, "outside.reason", lang.T("请写明撤回原因，最多 300 字", "Say why it is withdrawn, in at most 300 characters")).At("reason")
	}
	list, err := store.List(tx, scanTaken, `SELECT `+tableFields+` FROM outside_tables WHERE id = $1`, id)
	if err != nil {
		return Taken{}, err
	}
	if len(list) == 0 {
		return Taken{}, refusal.New(refusal.NotFound, "outside.no_table", lang.T("没有录入过这个表", "There is no such table"))
	}
	if list[0].Withdrawn != "" {
		return list[0], refusal.New(refusal.Conflict, "outside.withdrawn", lang.T("这个表已经撤回", "It is withdrawn already"))
	}
	list[0].Withdrawn = reason
	_, err = tx.Exec(`UPDATE outside_tables SET withdrawn = $2 WHERE id = $1`, id, reason)
	return list[0], err
}

// Tables are what was taken in of a series, newest first.
func Tables(tx *store.Tx, series string) ([]Taken, error) {
	return store.List(tx, scanTaken, `SELECT `+tableFields+` FROM outside_tables WHERE series = $1 ORDER BY seq DESC`, series)
}

// Standing is the table of the values that stand: of each what the newest table says that gives it.
func Standing(tx *store.Tx, series string) (*Table, error) {
	list, err := store.List(tx, scanVersion, `SELECT `+cellFields+` FROM outside_cells c JOIN outside_tables t ON t.seq = c.tab
		WHERE t.series = $1 AND t.withdrawn = '' ORDER BY c.tab DESC, c.line`, series)
	out := &Table{cells: map[place][]Cell{}}
	from := map[place]string{}
	for _, v := range list {
		p := place{v.Item, v.Area, v.Year}
		if by, there := from[p]; there && by != v.Table {
			continue
		}
		from[p] = v.Table
		out.cells[p] = append(out.cells[p], v.Cell)
		out.N++
	}
	return out, err
}

// Versions are all values that were ever given of an item of an area, latest year and newest table first; those of withdrawn tables left out.
func Versions(tx *store.Tx, series, item, area string) ([]Version, error) {
	return store.List(tx, scanVersion, `SELECT `+cellFields+` FROM outside_cells c JOIN outside_tables t ON t.seq = c.tab
		WHERE t.series = $1 AND t.withdrawn = '' AND c.item = $2 AND c.area = $3 ORDER BY c.year DESC, c.tab DESC, c.line`, series, item, area)
}

// Cells are the values of a table in the order of item, area and year.
func (t *Table) Cells() (out []Cell) {
	for _, list := range t.cells {
		out = append(out, list...)
	}
	slices.SortFunc(out, func(a, b Cell) int {
		if c := strings.Compare(a.Item, b.Item); c != 0 {
			return c
		}
		if c := strings.Compare(a.Area, b.Area); c != 0 {
			return c
		}
		if a.Year != b.Year {
			return a.Year - b.Year
		}
		return a.Line - b.Line
	})
	return out
}

func scanTaken(scan func(...any) error) (f Taken, err error) {
	var at int64
	err = scan(&f.ID, &f.Series, &f.Name, &f.Digest, &f.Source, &f.Cells, &f.Account, &f.Who, &at, &f.Withdrawn)
	f.At = store.Time(at)
	return f, err
}

func scanVersion(scan func(...any) error) (v Version, err error) {
	var at int64
	err = scan(&v.Line, &v.Item, &v.Area, &v.Year, &v.V, &v.Places, &v.Unit, &v.File, &v.Table, &at)
	v.At = store.Time(at)
	return v, err
}
