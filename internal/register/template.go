package register

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/identity"
	"kechuang/internal/money"
)

// Names of the template's other worksheets.
const (
	notesSheet   = "填写说明"
	choicesSheet = "选项"
)

// templateRows is how far down the template's lists and formats reach.
const templateRows = 50_001

// Template writes the workbook to fill: headings with notes, lists to choose from, an example row, and a page of explanations.
func (r *Register) Template(a identity.Actor, kind string, w io.Writer) error {
	s, err := r.sheet(a, kind)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	b := &bookWriter{f: f, sheet: s, name: s.sheetName()}
	if err := f.SetSheetName("Sheet1", b.name); err != nil {
		return err
	}
	for _, step := range []func() error{b.styles, b.headings, b.example, b.explain, b.choices} {
		if err := step(); err != nil {
			return fmt.Errorf("register: template %s: %w", kind, err)
		}
	}
	f.SetActiveSheet(0)
	return f.Write(w)
}

// sheetName is the title as a worksheet may be called.
func (s *Sheet) sheetName() string {
	name := strings.NewReplacer(":", "", "\\", "", "/", "", "?", "", "*", "", "[", "", "]", "", "'", "").Replace(s.Title.ZH)
	return clipText(name, 25)
}

// bookWriter makes a sheet's workbook, for the template and for marked copies of text files.
type bookWriter struct {
	f                           *excelize.File
	sheet                       *Sheet
	name                        string
	head, must, text, grey, red int
	wrap                        int
}

func (b *bookWriter) styles() error {
	fill := func(c string) excelize.Fill { return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}} }
	center := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&b.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("#E7EEF7"), Alignment: center}},
		{&b.must, excelize.Style{Font: &excelize.Font{Bold: true, Color: "#B42318"}, Fill: fill("#E7EEF7"), Alignment: center}},
		{&b.text, excelize.Style{NumFmt: 49}}, // “@”: what is typed stays text
		{&b.grey, excelize.Style{NumFmt: 49, Font: &excelize.Font{Italic: true, Color: "#667085"}}},
		{&b.red, excelize.Style{NumFmt: 49, Fill: fill("#FDA29B")}},
		{&b.wrap, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		id, err := b.f.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.into = id
	}
	return nil
}

func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return name
}

func columnName(column int) string {
	name, _ := excelize.ColumnNumberToName(column)
	return name
}

func (b *bookWriter) headings() error {
	for i, c := range b.sheet.Columns {
		col, style, title := columnName(i+1), b.head, c.Title.ZH
		if c.Required {
			style, title = b.must, "* "+title
		}
		width := c.Width
		if width == 0 {
			width = 16
		}
		for _, err := range []error{b.f.SetCellStr(b.name, col+"1", title), b.f.SetColWidth(b.name, col, col, width), b.f.SetColStyle(b.name, col, b.text),
			b.f.SetCellStyle(b.name, col+"1", col+"1", style)} {
			if err != nil {
				return err
			}
		}
		if !c.Note.IsZero() {
			if err := b.f.AddComment(b.name, excelize.Comment{Cell: col + "1", Author: "科创", Paragraph: []excelize.RichTextRun{{Text: c.Note.ZH}}}); err != nil {
				return err
			}
		}
	}
	if err := b.f.SetRowHeight(b.name, 1, 28); err != nil {
		return err
	}
	return b.f.SetPanes(b.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (b *bookWriter) example() error {
	for i, c := range b.sheet.Columns {
		at := cellName(i+1, 2)
		if err := b.f.SetCellStr(b.name, at, c.Example); err != nil {
			return err
		}
		if err := b.f.SetCellStyle(b.name, at, at, b.grey); err != nil {
			return err
		}
	}
	return nil
}

// kindNotes says how each kind of column is filled.
var kindNotes = map[ColumnKind]string{Text: "文字", Long: "文字，可换行", Code: "代码，半角", Money: "金额", Percent: "百分数，如 6.5%", Date: "日期，如 2025-06-30",
	Integer: "整数", Pick: "从列表中选择", List: "多个用、分开", Flag: "是或否"}

func (b *bookWriter) explain() error {
	if _, err := b.f.NewSheet(notesSheet); err != nil {
		return err
	}
	lines := [][]any{{"列", "必填", "怎样填", "说明", "示例"}}
	for _, c := range b.sheet.Columns {
		must, how := "", kindNotes[c.Kind]
		if c.Kind == "" {
			how = kindNotes[Text]
		}
		if c.Required {
			must = "是"
		}
		if c.Kind == Money {
			how += map[money.Fen]string{0: "，元", money.Yuan: "，元", money.Wan: "，万元", money.Yi: "，亿元"}[c.Unit]
		}
		lines = append(lines, []any{c.Title.ZH, must, how, c.Note.ZH, c.Example})
	}
	lines = append(lines, []any{}, []any{"第 2 行是示例，可直接删除；原样保留也不会被导入。"}, []any{"上传后先校验，不写入；有问题的单元格会在您的文件副本中标红，并在“" + resultTitle + "”列说明。"})
	for i, l := range lines {
		if err := b.f.SetSheetRow(notesSheet, cellName(1, i+1), &l); err != nil {
			return err
		}
	}
	last := cellName(5, len(lines))
	for _, err := range []error{b.f.SetCellStyle(notesSheet, "A2", last, b.wrap), b.f.SetCellStyle(notesSheet, "A1", "E1", b.head),
		b.f.SetColWidth(notesSheet, "A", "C", 22), b.f.SetColWidth(notesSheet, "D", "E", 44)} {
		if err != nil {
			return err
		}
	}
	return nil
}

// choices puts what may be chosen on a hidden sheet: a list inside the rule itself holds 255 characters only.
func (b *bookWriter) choices() error {
	if _, err := b.f.NewSheet(choicesSheet); err != nil {
		return err
	}
	column := 0
	for i, c := range b.sheet.Columns {
		options := c.Choices
		if c.Kind == Flag {
			options = []Choice{{"是", "是"}, {"否", "否"}}
		}
		if len(options) == 0 {
			continue
		}
		column++
		for j, o := range options {
			if err := b.f.SetCellStr(choicesSheet, cellName(column, j+1), o.Title); err != nil {
				return err
			}
		}
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(fmt.Sprintf("%s2:%s%d", columnName(i+1), columnName(i+1), templateRows))
		dv.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", choicesSheet, columnName(column), columnName(column), len(options)))
		dv.SetError(excelize.DataValidationErrorStyleStop, c.Title.ZH, "请从列表中选择")
		if err := b.f.AddDataValidation(b.name, dv); err != nil {
			return err
		}
	}
	return b.f.SetSheetVisible(choicesSheet, false)
}
