package casework

import (
	"cmp"
	"encoding/json"

	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// Table is a field of rows to be written as a workbook: headings and cells as officers write them. Money is in yuan and is a number, so that
// it can be added up.
type Table struct {
	Title string
	Head  []string
	Rows  [][]any
}

// Table is a rows field of a form that the view shows; false where it shows none. Record "" is the case.
func (v *View) Table(record, form, field string) (Table, bool) {
	record = cmp.Or(record, v.ID)
	forms := v.Forms
	for _, p := range v.Parts {
		for _, r := range p.Records {
			forms = append(forms[:len(forms):len(forms)], r.Forms...)
		}
	}
	for _, f := range forms {
		if f.Record != record || f.Form.Name != form {
			continue
		}
		def := f.Form.Field(field)
		if def == nil || def.Type != policy.RowsType {
			return Table{}, false
		}
		return v.table(f, def)
	}
	return Table{}, false
}

func (v *View) table(f FormView, def *policy.Field) (Table, bool) {
	t := Table{Title: f.Form.Title.ZH, Head: []string{"序号"}}
	for _, c := range def.Rows {
		head := c.Title.ZH
		if c.Type == policy.MoneyType {
			head += "（元）"
		}
		t.Head = append(t.Head, head)
	}
	var rows []map[string]json.RawMessage
	if json.Unmarshal(f.Values[def.Name], &rows) != nil {
		return Table{}, false
	}
	for i, row := range rows {
		cells := []any{i + 1}
		for _, c := range def.Rows {
			cells = append(cells, v.cell(c, row[c.Name]))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t, true
}

// cell is one value as a workbook holds it.
func (v *View) cell(c *policy.Field, raw json.RawMessage) any {
	var n int64
	var s string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return nil
	case c.Type == policy.MoneyType && json.Unmarshal(raw, &n) == nil:
		return yuan(money.Fen(n))
	case c.Type == policy.ShareType && json.Unmarshal(raw, &n) == nil:
		return share.PPM(n).String()
	case c.Type == policy.FlagType:
		return map[string]string{"true": "是", "false": "否"}[string(raw)]
	case json.Unmarshal(raw, &n) == nil:
		return n
	case json.Unmarshal(raw, &s) != nil:
		return string(raw)
	}
	for _, choice := range c.Choices {
		if choice.Value == s {
			return choice.Title.ZH
		}
	}
	return cmp.Or(v.Names[s], s)
}

// yuan is an amount as a workbook holds it: its numbers are binary, and two decimals of any amount survive.
func yuan(f money.Fen) float64 { return float64(f) / float64(money.Yuan) }
