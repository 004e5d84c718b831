// Package outside reads statistics that others publish and checks them by the identities that a pack declares: a total is its parts, the
// nation is its provinces, a growth is what the values give. It keeps nothing and knows no figure of ours.
//
//	t, err := outside.Read("yearbook.tsv", file, series)
//	for _, f := range series.Check(t) { fmt.Println(f.Verdict, f.Text.EN, f.Cells) }
//
// Published numbers are rounded, so an identity may be off by half of the last place of each number in it and no more. What is off by more is
// told apart: a mark that stands alone while its neighbours hold is an error; one that recurs year after year for the same item in the
// same direction is a difference of definition (the nation counts what no province does); a cell that is given twice contradicts itself.
package outside

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Series is how a published table is read, and what must hold in it.
type Series struct {
	Name    string
	Title   lang.Text
	Source  lang.Text
	Columns Columns
	Nation  string              // the area that is all the others
	Aliases map[string]string   // other ways to write an area
	Totals  map[string][]string // item → items that sum to it
	Nations []string            // items that add up over areas
	Growths map[string]string   // item of printed growth in percent → item it is of
}

// Columns names the columns that hold what is needed.
type Columns struct{ Area, Year, Item, Value, Unit string }

// Number is a decimal with four places, and how many of them were printed.
type Number struct {
	V      int64 `json:"v" doc:"in ten-thousandths"`
	Places int   `json:"places" doc:"digits behind the point that were printed"`
}

func (n Number) String() string { return text(n.V) }

func text(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	s := fmt.Sprintf("%s%d.%04d", sign, v/10_000, v%10_000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// half is half of the last place that was printed.
func (n Number) half() int64 {
	h := int64(5_000)
	for range n.Places {
		h /= 10
	}
	return max(h, 1)
}

// Cell is one published value and where it stands.
type Cell struct {
	Item string `json:"item"`
	Area string `json:"area"`
	Year int    `json:"year"`
	Number
	Unit string `json:"unit,omitempty"`
	File string `json:"file"`
	Line int    `json:"line"`
}

func (c Cell) String() string {
	return fmt.Sprintf("%s:%d %s %s %d = %s", c.File, c.Line, c.Area, c.Item, c.Year, c.Number)
}

// place is which value a cell gives.
type place struct {
	item, area string
	year       int
}

// Table is cells by what they give.
type Table struct {
	cells map[place][]Cell
	N     int
}

// Read reads TSV, CSV or XLSX by the name's ending into the table; a table may be read from several files.
func (s *Series) Read(t *Table, name string, r io.Reader) error {
	rows, err := rowsOf(name, r)
	if err != nil {
		return err
	}
	if t.cells == nil {
		t.cells = map[place][]Cell{}
	}
	if len(rows) == 0 {
		return refusal.New(refusal.Invalid, "outside.empty", lang.T(name+" 没有内容", name+" is empty"))
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))] = i
	}
	for _, c := range []string{s.Columns.Area, s.Columns.Year, s.Columns.Item, s.Columns.Value} {
		if _, ok := at[c]; !ok {
			return refusal.New(refusal.Invalid, "outside.column", lang.T(name+" 没有“"+c+"”列", name+" has no column “"+c+"”")).
				Mend(lang.T("核对表头，或在政策包的 series 中改列名", "Check the head, or the columns of the pack's series"))
		}
	}
	for i, row := range rows[1:] {
		get := func(column string) string {
			if k, ok := at[column]; ok && k < len(row) {
				return strings.TrimSpace(row[k])
			}
			return ""
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		n, ok := ParseNumber(get(s.Columns.Value))
		if !ok {
			continue // not published: a dash, a dot, nothing
		}
		year, err := yearOf(get(s.Columns.Year))
		if err != nil {
			return refusal.New(refusal.Invalid, "outside.year", lang.T(fmt.Sprintf("%s 第 %d 行：%s", name, i+2, err), fmt.Sprintf("%s, line %d: not a year", name, i+2)))
		}
		c := Cell{get(s.Columns.Item), s.area(get(s.Columns.Area)), year, n, get(s.Columns.Unit), filepath.Base(name), i + 2}
		p := place{c.Item, c.Area, c.Year}
		t.cells[p] = append(t.cells[p], c)
		t.N++
	}
	return nil
}

// area takes out the spaces that tables are justified with, and knows an area by its other names.
func (s *Series) area(name string) string {
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, "\u3000", " ")), "")
	if a, ok := s.Aliases[name]; ok {
		return a
	}
	return name
}

func yearOf(s string) (int, error) {
	n, ok := ParseNumber(strings.TrimSuffix(s, "年"))
	if !ok || n.V%10_000 != 0 || n.V < 1900*10_000 || n.V > 2200*10_000 {
		return 0, fmt.Errorf("“%s”不是年份", s)
	}
	return int(n.V / 10_000), nil
}

// ParseNumber reads 1,637,219.2; more than four places are what a spreadsheet made of a printed number and are rounded to four.
func ParseNumber(s string) (Number, bool) {
	s = strings.NewReplacer(",", "", "，", "", " ", "").Replace(s)
	neg := strings.HasPrefix(s, "-")
	whole, frac, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if whole == "" || len(whole) > 14 || strings.Trim(whole+frac, "0123456789") != "" {
		return Number{}, false
	}
	var v int64
	for _, d := range whole {
		v = v*10 + int64(d-'0')
	}
	n := Number{Places: min(len(frac), 4)}
	for i := range 4 {
		v *= 10
		if i < len(frac) {
			v += int64(frac[i] - '0')
		}
	}
	if len(frac) > 4 {
		if frac[4] >= '5' {
			v++
		}
		for n.Places > 0 && v%pow10(5-n.Places) == 0 { // 4203989.2999999998 was printed 4203989.3
			n.Places--
		}
	}
	if neg {
		v = -v
	}
	n.V = v
	return n, true
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

func rowsOf(name string, r io.Reader) ([][]string, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx":
		f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: 200 << 20})
		if err != nil {
			return nil, refusal.New(refusal.Invalid, "outside.workbook", lang.T(name+" 不是 Excel 工作簿", name+" is no workbook"))
		}
		defer f.Close()
		return f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
	case ".tsv", ".csv", ".txt":
		c := csv.NewReader(r)
		c.FieldsPerRecord, c.LazyQuotes = -1, true
		if strings.ToLower(filepath.Ext(name)) != ".csv" {
			c.Comma = '\t'
		}
		return c.ReadAll()
	}
	return nil, refusal.New(refusal.Invalid, "outside.kind", lang.T("只认得 .xlsx、.csv、.tsv："+name, "Only .xlsx, .csv and .tsv can be read: "+name))
}
