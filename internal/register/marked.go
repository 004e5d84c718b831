package register

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/identity"
	"kechuang/internal/store"
)

// Marked writes a copy of the user's own file with a column 校验结果 at its end, and the cells that were refused in red. Formats,
// other sheets and what was typed stay. A text file becomes a workbook, because text has no colours.
func (r *Register) Marked(ctx context.Context, a identity.Actor, id string, w io.Writer) error {
	var imp Import
	var data []byte
	var messages []Message
	err := r.db.Read(ctx, func(tx *store.Tx) (err error) {
		if imp, err = r.importFor(tx, a, id); err != nil {
			return err
		}
		if data, err = fileOf(tx, id); err != nil {
			return err
		}
		messages, err = messagesOf(tx, id, 0, 2*maxMessages)
		return err
	})
	if err != nil {
		return err
	}
	s, err := r.sheet(a, imp.Kind)
	if err != nil {
		return err
	}
	select { // a workbook that is changed is in memory as a whole: one at a time
	case r.marking <- struct{}{}:
		defer func() { <-r.marking }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return markCopy(s, imp.Format, data, byLine(messages), w)
}

func markCopy(s *Sheet, format Format, data []byte, messages map[int][]Message, w io.Writer) error {
	if format == XLSX {
		t, err := openTable(s, format, data)
		if err != nil {
			return err
		}
		defer t.close()
		var b bytes.Buffer
		if err = t.markBook(messages, &b); err == nil {
			_, err = w.Write(b.Bytes())
			return err
		}
		// A book may be read row by row and still be too broken to be changed: then its rows are copied into a new one.
		slog.Info("register: a workbook that cannot be marked", "error", err)
	}
	t, err := openTable(s, format, data)
	if err != nil {
		return err
	}
	defer t.close()
	return t.markText(messages, w)
}

func byLine(list []Message) map[int][]Message {
	m := map[int][]Message{}
	for _, msg := range list {
		m[msg.Line] = append(m[msg.Line], msg)
	}
	return m
}

// verdict is what the added column says of a row.
func verdict(list []Message) string {
	var parts []string
	for _, m := range list {
		text := m.Text.ZH
		if !m.Way.IsZero() {
			text += "。" + m.Way.ZH
		}
		parts = append(parts, text)
	}
	text := strings.Join(parts, ";")
	if !isBad(list) {
		if text == "" {
			return "通过"
		}
		return "通过：" + text
	}
	return clipText(text, 2000)
}

func isBad(list []Message) bool {
	for _, m := range list {
		if m.Error {
			return true
		}
	}
	return false
}

// redColumns gives the file's columns (from 1) that the messages of a row are about.
func (t *table) redColumns(list []Message) []int {
	var out []int
	for _, m := range list {
		for i, at := range t.columns {
			if m.Error && at >= 0 && t.sheet.Columns[at].Key == m.Key {
				out = append(out, i+1)
			}
		}
	}
	return out
}

// resultColumn is where the verdict goes: where an earlier copy has it, or else after the last heading.
func (t *table) resultColumn() int {
	for i, h := range t.heads {
		if strings.HasPrefix(strings.TrimSpace(h), resultTitle) {
			return i + 1
		}
	}
	return len(t.heads) + 1
}

func (t *table) markBook(messages map[int][]Message, w io.Writer) (err error) {
	defer broken(&err)
	b := &bookWriter{f: t.book, sheet: t.sheet, name: t.name}
	if err := b.styles(); err != nil {
		return err
	}
	column := t.resultColumn()
	if err := b.mark(column, t.header, resultTitle, b.head); err != nil {
		return err
	}
	if err := t.book.SetColWidth(t.name, columnName(column), columnName(column), 60); err != nil {
		return err
	}
	reds := map[int]int{}
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		list := messages[l.number]
		style := 0
		if isBad(list) {
			style = b.red
		}
		if err := b.mark(column, l.number, verdict(list), style); err != nil {
			return err
		}
		for _, c := range t.redColumns(list) {
			if err := b.redden(cellName(c, l.number), reds); err != nil {
				return err
			}
		}
	}
	return t.book.Write(w)
}

func (b *bookWriter) mark(column, row int, text string, style int) error {
	at := cellName(column, row)
	if err := b.f.SetCellStr(b.name, at, text); err != nil || style == 0 {
		return err
	}
	return b.f.SetCellStyle(b.name, at, at, style)
}

// redden fills a cell red and keeps the rest of its style; made remembers the red style of each style.
func (b *bookWriter) redden(at string, made map[int]int) error {
	old, err := b.f.GetCellStyle(b.name, at)
	if err != nil {
		return err
	}
	red, ok := made[old]
	if !ok {
		st, err := b.f.GetStyle(old)
		if err != nil {
			st = &excelize.Style{}
		}
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#FDA29B"}}
		if red, err = b.f.NewStyle(st); err != nil {
			red = b.red
		}
		made[old] = red
	}
	return b.f.SetCellStyle(b.name, at, at, red)
}

// markText makes a workbook of a text file, streaming.
func (t *table) markText(messages map[int][]Message, w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &bookWriter{f: f, sheet: t.sheet, name: "Sheet1"}
	if err := b.styles(); err != nil {
		return err
	}
	out, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	column := len(t.columns) + 1
	if err := out.SetColWidth(column, column, 60); err != nil {
		return err
	}
	head := make([]any, 0, column)
	for _, h := range t.heads {
		head = append(head, excelize.Cell{StyleID: b.head, Value: h})
	}
	if err := out.SetRow(cellName(1, t.header), append(head, excelize.Cell{StyleID: b.head, Value: resultTitle})); err != nil {
		return err
	}
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		list := messages[l.number]
		row := make([]any, max(column, len(l.cells)+1))
		for i, c := range l.cells {
			row[i] = excelize.Cell{StyleID: b.text, Value: clipText(c, 32000)}
		}
		for _, c := range t.redColumns(list) {
			v := ""
			if c <= len(l.cells) {
				v = clipText(l.cells[c-1], 32000)
			}
			row[c-1] = excelize.Cell{StyleID: b.red, Value: v}
		}
		style := 0
		if isBad(list) {
			style = b.red
		}
		row[len(row)-1] = excelize.Cell{StyleID: style, Value: verdict(list)}
		if err := out.SetRow(cellName(1, l.number), row); err != nil {
			return fmt.Errorf("register: marking: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}
