package register

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// mostMisread is how many cells are told of at once.
const mostMisread = 100

// Found is one sheet's rows of a workbook, and where each of its columns stands in the file.
type Found struct {
	Sheet *Sheet
	Name  string // of the worksheet
	Rows  []Row
	at    map[string]int // column key → column of the file, from 1
}

// Misread is a refusal at a cell, named as people find it in Excel: sheet, row, column. An empty key means the row.
func (f *Found) Misread(line int, key string, why lang.Text) *refusal.Refusal {
	zh, en, cell := fmt.Sprintf("“%s”表第 %d 行", f.Name, line), fmt.Sprintf("Sheet “%s”, row %d", f.Name, line), fmt.Sprint(line)
	if n := f.at[key]; n > 0 {
		zh, en, cell = fmt.Sprintf("%s %s 列", zh, columnName(n)), fmt.Sprintf("%s, column %s", en, columnName(n)), cellName(n, line)
	}
	return refusal.New(refusal.Invalid, "register.book.cell", lang.T(zh+"："+why.ZH, en+": "+why.EN)).At(f.Name + "!" + cell)
}

// ReadBook reads a workbook that holds several sheets: each is found by the name of its worksheet, else by its headings. A sheet that is
// not in the workbook is not in the answer. What cannot be read is refused all at once, each cell by its place.
func ReadBook(data []byte, sheets []*Sheet) (list []*Found, err error) {
	format, err := sniff(data)
	if err == nil && format != XLSX {
		err = errFile("format", "这不是 Excel 工作簿（.xlsx）", "This is no Excel workbook (.xlsx)").Mend(lang.T("请下载模板填写", "Fill in the template"))
	}
	if err != nil {
		return nil, err
	}
	defer broken(&err)
	book, err := openBook(data)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	names, err := worksheets(book, data, sheets)
	if err != nil {
		return nil, err
	}
	var bad refusal.List
	for i, s := range sheets {
		if names[i] == "" {
			continue
		}
		f, misread, err := readFound(s, book, data, names[i])
		if err != nil {
			return nil, err
		}
		list, bad = append(list, f), append(bad, misread...)
	}
	if len(list) == 0 {
		return nil, errFile("template", "工作簿中没有能识别的工作表", "None of the workbook's sheets is known").
			Mend(lang.T("请下载模板，把数据粘贴进去", "Download the template and paste the data into it"))
	}
	return list, bad[:min(len(bad), mostMisread)].Err()
}

// worksheets finds for every sheet the visible worksheet that holds it, "" where there is none.
func worksheets(book *excelize.File, data []byte, sheets []*Sheet) ([]string, error) {
	names := make([]string, len(sheets))
	var rest []string
	for i, n := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(n); err != nil || !visible || i >= 30 {
			continue
		}
		if k := slices.IndexFunc(sheets, func(s *Sheet) bool { return n == s.sheetName() || n == s.Title.EN }); k >= 0 && names[k] == "" {
			names[k] = n
		} else {
			rest = append(rest, n)
		}
	}
	for _, n := range rest {
		best, most := -1, 1
		for k, s := range sheets {
			known, err := headingsWithin(s, book, data, n)
			if err != nil {
				return nil, err
			}
			if names[k] == "" && known > most {
				best, most = k, known
			}
		}
		if best >= 0 {
			names[best] = n
		}
	}
	return names, nil
}

// readFound reads the rows of one worksheet.
func readFound(s *Sheet, book *excelize.File, data []byte, name string) (*Found, refusal.List, error) {
	src, err := openSheet(book, data, name)
	if err != nil {
		return nil, nil, err
	}
	t := &table{sheet: s, name: name, src: src}
	defer t.close()
	f := &Found{Sheet: s, Name: name, at: map[string]int{}}
	if err := t.findHeader(); err != nil {
		r, ok := errors.AsType[*refusal.Refusal](err)
		if !ok {
			return nil, nil, err
		}
		r.Text = lang.T("“"+name+"”表："+r.Text.ZH, "Sheet “"+name+"”: "+r.Text.EN)
		return f, refusal.List{r}, nil
	}
	for i, at := range t.columns {
		if at >= 0 {
			f.at[s.Columns[at].Key] = i + 1
		}
	}
	var bad refusal.List
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			return f, bad, nil
		}
		if err != nil {
			return nil, nil, err
		}
		row, misread := t.read(l, "")
		for _, r := range misread {
			if len(bad) < mostMisread {
				bad.Add(f.Misread(l.number, r.Field, r.Text))
			}
		}
		f.Rows = append(f.Rows, row)
	}
}

// WriteBook writes a workbook of several sheets that ReadBook reads: headings with notes, lists to choose from, and the rows; where there
// are none, the example of every sheet.
func WriteBook(w io.Writer, sheets []*Sheet, rows map[string][]map[string]string) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &bookWriter{f: f}
	if err := b.styles(); err != nil {
		return err
	}
	for i, s := range sheets {
		b.sheet, b.name = s, s.sheetName()
		if i == 0 {
			if err := f.SetSheetName("Sheet1", b.name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(b.name); err != nil {
			return err
		}
		fill := b.example
		if len(rows) > 0 {
			fill = func() error { return b.fill(rows[s.Kind]) }
		}
		for _, step := range []func() error{b.headings, fill, b.shortChoices} {
			if err := step(); err != nil {
				return fmt.Errorf("register: workbook, sheet %s: %w", s.Kind, err)
			}
		}
	}
	f.SetActiveSheet(0)
	return f.Write(w)
}

// fill writes rows of cells by the keys of their columns, as texts.
func (b *bookWriter) fill(rows []map[string]string) error {
	for k, row := range rows {
		for i, c := range b.sheet.Columns {
			if v := row[c.Key]; v != "" {
				if err := b.f.SetCellStr(b.name, cellName(i+1, k+2), clipText(v, 32000)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// shortChoices puts what may be chosen into the rule itself, which holds 255 characters: a longer list is not offered, only checked.
func (b *bookWriter) shortChoices() error {
	for i, c := range b.sheet.Columns {
		options := titlesOf(c)
		if n := len([]rune(fmt.Sprint(options))); len(options) == 0 || n > 200 {
			continue
		}
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(fmt.Sprintf("%s2:%s%d", columnName(i+1), columnName(i+1), templateRows))
		if err := dv.SetDropList(options); err != nil {
			return err
		}
		dv.SetError(excelize.DataValidationErrorStyleStop, c.Title.ZH, "请从列表中选择")
		if err := b.f.AddDataValidation(b.name, dv); err != nil {
			return err
		}
	}
	return nil
}

// titlesOf are the titles of what a column lets choose.
func titlesOf(c Column) (list []string) {
	if c.Kind == Flag {
		return []string{"是", "否"}
	}
	for _, o := range c.Choices {
		list = append(list, o.Title)
	}
	return list
}
