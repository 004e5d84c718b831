package casework

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/ident"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
	"kechuang/packs"
)

// TestEveryKindGoesThroughExcel: a record of every kind of the city's pack, with every field said, is taken out as Excel and as CSV with
// all that it says, and read back it is the same to the last digit.
func TestEveryKindGoesThroughExcel(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), sets...)
	c := cityUnder(t, db, packs.Shenyang())
	src := register.Source{Account: "keeper", Who: "登记员", From: register.FromPage, Verified: true}
	made := map[string]string{} // kind → its record
	var enter func(kind string) string
	enter = func(kind string) string {
		if id := made[kind]; id != "" {
			return id
		}
		k := c.e.Register.Kind(kind)
		v := map[string]any{}
		for _, f := range k.Fields {
			if f.Type == "record" && f.Kind == kind {
				continue // of its own kind: there is only one
			}
			if x := c.valueFor(kind, f, enter); x != nil {
				v[f.Name] = x
			}
		}
		c.write(func(tx *store.Tx) error {
			rec, err := c.e.Register.EnterRecord(tx, k, src, "", said(v))
			if err != nil {
				return fmt.Errorf("%s %v: %w", kind, v, err)
			}
			made[kind] = rec.ID
			return nil
		})
		return made[kind]
	}
	for _, k := range c.e.Register.Kinds() {
		enter(k.Name)
	}
	read := func(id string) (r register.Record) {
		c.ok(db.Read(c.ctx, func(tx *store.Tx) (err error) { r, err = c.e.Register.GetRecord(tx, id); return err }))
		return r
	}
	for _, k := range c.e.Register.Kinds() {
		for _, format := range []register.Format{register.XLSX, register.CSV} {
			before := read(made[k.Name])
			var out bytes.Buffer
			c.ok(c.e.Register.Export(c.ctx, keeper, register.RecordSheet(k.Name), "", format, &out))
			imp, err := c.e.Register.NewImport(c.ctx, keeper, register.RecordSheet(k.Name), "导出."+string(format), out.Bytes())
			c.ok(err)
			c.ok(c.e.Register.RunImport(c.ctx, imp.ID))
			imp, err = c.e.Register.GetImport(c.ctx, keeper, imp.ID)
			c.ok(err)
			list, err := c.e.Register.Messages(c.ctx, keeper, imp.ID, 0, 50)
			c.ok(err)
			if imp.Bad > 0 || len(list) != 1 || !strings.Contains(list[0].Text.ZH, "不作修改") {
				t.Errorf("%s as %s: %+v", k.Name, format, list)
			}
			if format != register.CSV {
				continue
			}
			rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\ufeff")))).ReadAll()
			if c.ok(err); len(rows) != 2 {
				t.Fatalf("%s: %d rows", k.Name, len(rows))
			}
			for _, f := range k.Fields { // what is read back equal must be in the file to begin with
				at := slices.IndexFunc(rows[0], func(h string) bool { return strings.HasPrefix(h, f.Title.ZH) })
				if before.Values[f.Name] != nil && (at < 0 || rows[1][at] == "") {
					t.Errorf("%s: %s is not in the file: %v", k.Name, f.Name, rows[0])
				}
			}
		}
	}
}

// valueFor is something to say in a field; nil where nothing can be.
func (c *city) valueFor(kind string, f register.RecordField, record func(kind string) string) any {
	switch f.Type {
	case "text":
		if s, found := ident.Named(f.Ident); found {
			return s.Example
		}
		text := []rune(kind + "，“引”号、1/2 行")
		return string(text[:min(len(text), int(max(f.Max, 1)))])
	case "choice", "ref":
		return f.Choices[len(f.Choices)-1].Value
	case "flag":
		return true
	case "count", "days", "workdays":
		return 7
	case "number":
		return "99.999999"
	case "money":
		return 1_234_567_89
	case "share":
		return 123_456
	case "date":
		return "2024-02-29"
	case "party":
		return c.poster
	case "record":
		return record(f.Kind)
	}
	return nil
}
