package register

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Export writes what the query finds, and the actor may see, in the sheet's own form: what comes out goes in again. A text file
// begins with the mark of UTF-8, by which Excel knows it, and holds nothing that a spreadsheet program would calculate; in a
// workbook every cell is text, which is never calculated.
func (r *Register) Export(ctx context.Context, a identity.Actor, kind, query string, format Format, w io.Writer) error {
	s, err := r.sheet(a, kind)
	if err != nil {
		return err
	}
	if s.Export == nil {
		return refusal.New(refusal.NotFound, "register.sheet.no_export", lang.T("这种表格不能导出", "This sheet is not exported"))
	}
	switch format {
	case CSV:
		return r.exportText(ctx, a, s, query, w)
	case XLSX:
		return r.exportBook(ctx, a, s, query, w)
	}
	return refusal.New(refusal.Invalid, "register.format", lang.T("只能导出为 xlsx 或 csv", "Export is xlsx or csv")).At("format")
}

func (r *Register) exportText(ctx context.Context, a identity.Actor, s *Sheet, query string, w io.Writer) error {
	b := bufio.NewWriterSize(w, 64<<10)
	if _, err := b.WriteString("\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(b)
	out.UseCRLF = true
	record := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		record[i] = c.Title.ZH
	}
	if err := out.Write(record); err != nil {
		return err
	}
	err := s.Export(ctx, a, query, func(cells map[string]string) error {
		for i, c := range s.Columns {
			record[i] = Neutral(cells[c.Key])
		}
		return out.Write(record)
	})
	if err != nil {
		return err
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return b.Flush()
}

func (r *Register) exportBook(ctx context.Context, a identity.Actor, s *Sheet, query string, w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &bookWriter{f: f, sheet: s, name: s.sheetName()}
	if err := f.SetSheetName("Sheet1", b.name); err != nil {
		return err
	}
	if err := b.styles(); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(b.name)
	if err != nil {
		return err
	}
	if err := b.exportHead(out); err != nil {
		return err
	}
	row, at := make([]any, len(s.Columns)), 1
	err = s.Export(ctx, a, query, func(cells map[string]string) error {
		for i, c := range s.Columns {
			row[i] = nil
			if v := cells[c.Key]; v != "" {
				row[i] = excelize.Cell{StyleID: b.text, Value: clipText(v, 32000)}
			}
		}
		at++
		if at > 1<<20 {
			return errTooLarge("结果超过一个工作表的行数，请导出为 CSV", "More rows than a worksheet holds; export as CSV")
		}
		return out.SetRow(cellName(1, at), row)
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("register: export: %w", err)
	}
	return f.Write(w)
}

func (b *bookWriter) exportHead(out *excelize.StreamWriter) error {
	head := make([]any, len(b.sheet.Columns))
	for i, c := range b.sheet.Columns {
		head[i] = excelize.Cell{StyleID: b.head, Value: c.Title.ZH}
		width := c.Width
		if width == 0 {
			width = 16
		}
		if err := out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return out.SetRow("A1", head)
}
