package register

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
)

// WriteTable writes one table as a workbook: a heading that stays in sight, texts as texts, whatever they begin with, numbers as numbers.
func WriteTable(w io.Writer, title string, head []string, rows [][]any) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &bookWriter{f: f, sheet: &Sheet{}, name: sheetTitle(title)}
	if err := f.SetSheetName("Sheet1", b.name); err != nil {
		return fmt.Errorf("register: table: %w", err)
	}
	if err := b.styles(); err != nil {
		return err
	}
	for _, h := range head {
		b.sheet.Columns = append(b.sheet.Columns, Column{Title: lang.Text{ZH: h}, Width: 18})
	}
	out, err := f.NewStreamWriter(b.name)
	if err != nil {
		return err
	}
	if err := b.exportHead(out); err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, v := range row {
			if s, ok := v.(string); ok {
				v = excelize.Cell{StyleID: b.text, Value: clipText(s, 32000)}
			}
			cells[j] = v
		}
		if err := out.SetRow(cellName(1, i+2), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("register: table: %w", err)
	}
	return f.Write(w)
}

// sheetTitle is a title as a worksheet may be called.
func sheetTitle(title string) string {
	r := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return -1
		}
		return r
	}, title))
	if len(r) == 0 {
		return "Sheet1"
	}
	return string(r[:min(len(r), 31)])
}
