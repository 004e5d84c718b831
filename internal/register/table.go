package register

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// headerWithin is how far down the heading row may be: some put a title and a remark above it.
const headerWithin = 10

// resultTitle heads the column that Marked adds; it is passed over on the way in.
const resultTitle = "校验结果"

// table is a file opened for a sheet: its headings are found and its rows come one by one.
type table struct {
	sheet   *Sheet
	book    *excelize.File // nil for text
	name    string         // of the worksheet
	src     source
	columns []int // file column → sheet column, -1 for none
	header  int   // line of the headings
	heads   []string
	notes   []lang.Text
}

// line is one row as it was found in the file.
type line struct {
	number int
	cells  []string // by file column
}

// openTable opens a file and finds the sheet's headings in it. A file of another kind is refused with what is missing.
func openTable(s *Sheet, format Format, data []byte) (*table, error) {
	if format == CSV {
		src, err := openCSV(data)
		if err != nil {
			return nil, err
		}
		t := &table{sheet: s, src: src}
		return t, t.findHeader()
	}
	book, err := openBook(data)
	if err != nil {
		return nil, err
	}
	name, err := chooseSheet(s, book, data)
	if err != nil {
		book.Close()
		return nil, err
	}
	src, err := openSheet(book, data, name)
	if err != nil {
		book.Close()
		return nil, err
	}
	t := &table{sheet: s, book: book, name: name, src: src}
	if err := t.findHeader(); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

func (t *table) close() {
	t.src.close()
	if t.book != nil {
		t.book.Close()
	}
}

// chooseSheet takes the visible worksheet whose first rows know most of the headings; the first of several.
func chooseSheet(s *Sheet, book *excelize.File, data []byte) (name string, err error) {
	defer broken(&err)
	most := -1
	for i, n := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(n); err != nil || !visible || i >= 30 {
			continue
		}
		k, err := headingsWithin(s, book, data, n)
		if err != nil {
			return "", err
		}
		if k > most {
			most, name = k, n
		}
	}
	if name == "" {
		return "", errFile("empty", "工作簿中没有可见的工作表", "The workbook has no visible sheet")
	}
	return name, nil
}

// headingsWithin is how many of the headings the best of a worksheet's first rows knows. They are scanned before they are built,
// because one row may hold a million cells.
func headingsWithin(s *Sheet, book *excelize.File, data []byte, name string) (most int, err error) {
	part, err := sheetPart(data, name)
	if err != nil {
		return 0, err
	}
	if _, err := scanPart(part, func(int) bool { return false }, headerWithin); err != nil {
		return 0, err
	}
	rows, err := book.Rows(name)
	if err != nil {
		return -1, nil // a chart
	}
	defer rows.Close()
	for range headerWithin {
		if !rows.Next() {
			break
		}
		cells, err := rows.Columns()
		if err != nil {
			break
		}
		most = max(most, knownHeadings(s, cells))
	}
	return most, nil
}

func knownHeadings(s *Sheet, cells []string) int {
	n := 0
	for _, c := range cells[:min(len(cells), maxColumns)] {
		if s.column(c) >= 0 {
			n++
		}
	}
	return n
}

// findHeader reads on to the headings, and refuses a table that has not all that the sheet requires.
func (t *table) findHeader() error {
	var best []string
	for range headerWithin {
		number, cells, err := t.src.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if len(cells) > maxColumns {
			return errFile("columns", fmt.Sprintf("表格超过 %d 列，请使用下载的模板", maxColumns), fmt.Sprintf("The table has more than %d columns; use the template", maxColumns))
		}
		if best == nil || knownHeadings(t.sheet, cells) > knownHeadings(t.sheet, best) {
			best, t.header = slices.Clone(cells), number
		}
		if t.missing(best) == nil {
			break
		}
	}
	if best == nil {
		return errFile("empty", "表格是空的", "The table is empty")
	}
	return t.takeHeader(best)
}

// missing lists the required columns that no heading names.
func (t *table) missing(cells []string) []string {
	var missing []string
	for i, c := range t.sheet.Columns {
		if c.Required && !slices.ContainsFunc(cells, func(h string) bool { return t.sheet.column(h) == i }) {
			missing = append(missing, c.Title.ZH)
		}
	}
	return missing
}

func (t *table) takeHeader(cells []string) error {
	var unknown, twice []string
	t.heads = cells
	t.columns = make([]int, len(cells))
	for i, h := range cells {
		t.columns[i] = -1
		if strings.TrimSpace(h) == "" || strings.HasPrefix(h, resultTitle) {
			continue
		}
		at := t.sheet.column(h)
		if at < 0 {
			unknown = append(unknown, clipText(strings.TrimSpace(h), 20))
		} else if slices.Contains(t.columns[:i], at) {
			twice = append(twice, t.sheet.Columns[at].Title.ZH)
		}
		t.columns[i] = at
	}
	some := func(list []string) string {
		if len(list) > 10 {
			return strings.Join(list[:10], "、") + fmt.Sprintf(" 等 %d 列", len(list))
		}
		return strings.Join(list, "、")
	}
	mend := lang.T("请下载“"+t.sheet.Title.ZH+"”模板，把数据粘贴进去", "Download the template “"+t.sheet.Title.EN+"” and paste the data into it")
	if missing := t.missing(cells); missing != nil {
		zh, en := "模板不符，缺少列："+some(missing), "This is another table; columns are missing: "+some(missing)
		if unknown != nil {
			zh, en = zh+"；不认识的列："+some(unknown), en+"; not known: "+some(unknown)
		}
		return errFile("template", zh, en).Mend(mend)
	}
	if twice != nil {
		return errFile("twice_headed", "有重复的列："+some(twice), "Columns are there twice: "+some(twice)).Mend(lang.T("请删去多余的一列", "Remove one of them"))
	}
	if unknown != nil {
		t.notes = append(t.notes, lang.T("以下列不在模板中，未读取："+some(unknown), "These columns are not in the template and are not read: "+some(unknown)))
	}
	return nil
}

// next gives the next row that has anything in it; the template's own example is passed over.
func (t *table) next() (line, error) {
	for {
		number, cells, err := t.src.next()
		if err != nil {
			return line{}, err
		}
		if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) || t.isExample(cells) {
			continue
		}
		return line{number, cells}, nil
	}
}

// isExample tells whether the row is the example that the template came with, untouched.
func (t *table) isExample(cells []string) bool {
	filled := 0
	for i, at := range t.columns {
		if at < 0 {
			continue
		}
		cell := ""
		if i < len(cells) {
			cell = strings.TrimSpace(cells[i])
		}
		if cell != t.sheet.Columns[at].Example {
			return false
		}
		if cell != "" {
			filled++
		}
	}
	return filled > 2
}

// read makes a Row of a line: every cell by its column, with every refusal.
func (t *table) read(l line, key string) (Row, refusal.List) {
	row := Row{Line: l.number, Key: key, values: map[string]cell{}}
	var bad refusal.List
	for i := range t.columns {
		at := t.columns[i]
		if at < 0 {
			continue
		}
		c := &t.sheet.Columns[at]
		raw := ""
		if i < len(l.cells) {
			raw = l.cells[i]
		}
		if t.src.formula(l.number, i+1) {
			bad.Add(refusal.New(refusal.Invalid, "register.cell.formula", lang.T(c.Title.ZH+"：不能填写公式", c.Title.EN+": formulas are not taken")).At(c.Key)).
				Mend(lang.T("请复制该列后“选择性粘贴—数值”", "Copy the column and paste it as values"))
			continue
		}
		if c.Kind == Percent && t.src.percent(l.number, i+1) {
			raw = inPercent(raw)
		}
		v, filled, no := c.read(raw)
		if no != nil {
			bad.Add(no)
		}
		if filled && no == nil {
			row.values[c.Key] = v
		}
	}
	for i, c := range l.cells {
		if i >= len(t.columns) && strings.TrimSpace(c) != "" {
			bad.Add(refusal.New(refusal.Invalid, "register.row.wide", lang.T(fmt.Sprintf("第 %d 列超出表头，内容“%s”无法识别", i+1, clipText(c, 20)),
				fmt.Sprintf("Column %d is beyond the headings", i+1))))
			break
		}
	}
	return row, bad
}
