package figure

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Trail is a figure's value with everything behind it: what an auditor takes away.
type Trail struct {
	Definition *Definition
	Means      lang.Text // in words
	Value      Value
	By         []Breakdown // by each dimension
	Facts      []Fact
	Cut        bool // there are more facts than were asked for
	Made       time.Time
}

// Trail follows a value down to at most so many facts.
func (b *Book) Trail(tx *store.Tx, name string, at At, means lang.Text, most int) (t Trail, err error) {
	t.Made, t.Means = tx.Now(), means
	if t.Definition, err = b.Definition(name); err != nil {
		return t, err
	}
	if t.Value, err = b.Value(tx, name, at); err != nil {
		return t, err
	}
	for _, d := range t.Definition.Dims {
		by, err := b.Breakdown(tx, name, at, d.Name)
		if err != nil {
			return t, err
		}
		t.By = append(t.By, by)
	}
	if len(t.Definition.rule(at.Day).Facts) > 0 {
		var next *Place
		t.Facts, next, err = b.Behind(tx, name, at, nil, nil, Place{}, most)
		t.Cut = next != nil
	}
	return t, err
}

// Origin is where a fact came from, as far as the caller knows.
type Origin struct{ Title, Step, Who, Leaf string }

// factHead are the columns of a table of facts.
var factHead = []string{"id", "kind", "day", "recorded", "facts", "amount", "until", "case", "record", "seq", "reverses", "dims", "step", "who", "leaf"}

func (f Fact) row(o Origin) []string {
	dims, _ := json.Marshal(f.Dims)
	n := "1"
	if f.Reverses != "" {
		n = "-1"
	}
	return []string{f.ID, f.Kind, string(f.Day), f.At.UTC().Format(time.RFC3339Nano), n, strconv.FormatInt(f.Amount, 10), string(f.Until), f.Case, f.Record, strconv.FormatInt(f.Seq, 10), f.Reverses, string(dims), o.Step, o.Who, o.Leaf}
}

// CSV writes a zip of the facts as CSV and its metadata as the W3C's CSV on the Web has it (csv-metadata.json).
func (t Trail) CSV(w io.Writer, origin func(Fact) Origin) error {
	z := zip.NewWriter(w)
	name := t.Definition.Name + ".csv"
	table, err := z.Create(name)
	if err != nil {
		return err
	}
	c := csv.NewWriter(table)
	if err := c.Write(factHead); err != nil {
		return err
	}
	for _, f := range t.Facts {
		row := f.row(origin(f))
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	meta, err := z.Create(name + "-metadata.json")
	if err != nil {
		return err
	}
	var columns []map[string]string
	for _, h := range factHead {
		columns = append(columns, map[string]string{"name": h, "titles": h})
	}
	enc := json.NewEncoder(meta)
	enc.SetIndent("", "  ")
	if err := enc.Encode(map[string]any{"@context": "http://www.w3.org/ns/csvw", "url": name, "tableSchema": map[string]any{"columns": columns, "primaryKey": "id"},
		"dc:title": t.Definition.Title, "dc:description": t.Means, "dc:created": t.Made, "kechuang:value": t.Value, "kechuang:rule": t.Definition.rule(t.Value.Day),
		"kechuang:definition": t.Definition.Digest(t.Value.Day), "kechuang:complete": !t.Cut}); err != nil {
		return err
	}
	return z.Close()
}

// harmless keeps a spreadsheet from running what begins like a formula; numbers stay numbers.
func harmless(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseInt(s, 10, 64); err == nil {
		return s
	}
	return "'" + s
}

// XLSX writes a workbook with a sheet for every level: the figure, its parts by each dimension, its facts.
func (t Trail) XLSX(w io.Writer, origin func(Fact) Origin, l lang.Tag) error {
	f := excelize.NewFile()
	defer f.Close()
	first := lang.T("指标", "Figure").In(l)
	if err := f.SetSheetName("Sheet1", first); err != nil {
		return err
	}
	rule := t.Definition.rule(t.Value.Day)
	var value any = t.Value.Why.In(l)
	if t.Value.Value != nil {
		value = shown(t.Definition.Unit, *t.Value.Value)
	}
	if err := rowsInto(f, first, [][]any{{t.Definition.Title.In(l), value, t.Definition.Unit}, {lang.T("统计日", "As of").In(l), string(t.Value.Day)},
		{lang.T("按何日已知", "As known on").In(l), string(t.Value.Known)}, {lang.T("含义", "Meaning").In(l), t.Means.In(l)}, {lang.T("版本", "Version").In(l), rule.Version},
		{lang.T("口径摘要", "Digest of the definition").In(l), t.Definition.Digest(t.Value.Day)}, {lang.T("事实数", "Facts").In(l), t.Value.Facts}}); err != nil {
		return err
	}
	for _, by := range t.By {
		list := [][]any{{by.Dims[0], lang.T("数值", "Value").In(l), lang.T("事实数", "Facts").In(l)}}
		for _, p := range by.Parts {
			list = append(list, []any{p.Keys[0], shown(t.Definition.Unit, p.Value), p.Facts})
		}
		if !by.Overlap.IsZero() {
			list = append(list, []any{by.Overlap.In(l)})
		} else {
			list = append(list, []any{lang.T("合计", "Sum").In(l), shown(t.Definition.Unit, by.Sum)})
		}
		if err := newSheet(f, lang.T("按 ", "by ").In(l)+by.Dims[0], list); err != nil {
			return err
		}
	}
	list := [][]any{cellsOfText(factHead)}
	for _, x := range t.Facts {
		list = append(list, cellsOfText(x.row(origin(x))))
	}
	if err := newSheet(f, lang.T("事实", "Facts").In(l), list); err != nil {
		return err
	}
	return f.Write(w)
}

// shown is a value as a cell: yuan, percent or the number.
func shown(unit string, n int64) any {
	switch unit {
	case "元":
		return fmt.Sprintf("%d.%02d", n/100, max(n%100, -n%100))
	case "%":
		return fmt.Sprintf("%.4f %%", float64(n)/10_000)
	}
	return n
}

func cellsOfText(row []string) []any {
	out := make([]any, len(row))
	for i, s := range row {
		out[i] = s // as text: excelize never makes a formula of it
	}
	return out
}

func newSheet(f *excelize.File, name string, list [][]any) error {
	name = strings.NewReplacer(":", " ", "/", " ", "\\", " ", "?", " ", "*", " ", "[", " ", "]", " ").Replace(name)
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	return rowsInto(f, name, list)
}

func rowsInto(f *excelize.File, sheet string, list [][]any) error {
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, row := range list {
		if err := s.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			return err
		}
	}
	return s.Flush()
}

// PROV is the value's provenance as W3C PROV-JSON: the value was derived from facts by counting under a definition; each fact was generated
// by a step of a case, whose record in the journal is named by its digest.
func (t Trail) PROV(w io.Writer, origin func(Fact) Origin) error {
	const value, counting = "kc:value", "kc:counting"
	entity := map[string]any{
		value: map[string]any{"prov:label": t.Definition.Title.ZH, "kc:figure": t.Definition.Name, "kc:unit": t.Definition.Unit, "kc:value": t.Value.Value, "kc:day": t.Value.Day,
			"kc:known": t.Value.Known, "kc:facts": t.Value.Facts, "kc:complete": !t.Cut},
		"kc:definition": map[string]any{"kc:rule": t.Definition.rule(t.Value.Day), "kc:digest": t.Definition.Digest(t.Value.Day), "prov:label": t.Means.ZH, "prov:type": "prov:Plan"},
	}
	activity := map[string]any{counting: map[string]any{"prov:endTime": t.Made, "prov:label": "计数 counting"}}
	agent, derived, generated, associated, used := map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}
	generated["_:g"] = map[string]string{"prov:entity": value, "prov:activity": counting}
	used["_:u"] = map[string]string{"prov:activity": counting, "prov:entity": "kc:definition"}
	for i, f := range t.Facts {
		o, id := origin(f), "kc:"+f.ID
		entity[id] = map[string]any{"kc:kind": f.Kind, "kc:amount": f.Amount, "kc:day": f.Day, "kc:dims": f.Dims, "kc:reverses": f.Reverses}
		derived[fmt.Sprintf("_:d%d", i)] = map[string]string{"prov:generatedEntity": value, "prov:usedEntity": id, "prov:activity": counting}
		step := fmt.Sprintf("kc:%s.%d", f.Case, f.Seq)
		activity[step] = map[string]any{"prov:label": o.Step, "prov:endTime": f.At, "kc:case": f.Case, "kc:title": o.Title, "kc:leaf": o.Leaf}
		generated[fmt.Sprintf("_:f%d", i)] = map[string]string{"prov:entity": id, "prov:activity": step}
		if o.Who != "" {
			agent["kc:agent/"+o.Who] = map[string]string{"prov:label": o.Who}
			associated[fmt.Sprintf("_:a%d", i)] = map[string]string{"prov:activity": step, "prov:agent": "kc:agent/" + o.Who}
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"prefix": map[string]string{"kc": "urn:kechuang:", "prov": "http://www.w3.org/ns/prov#"}, "entity": entity, "activity": activity,
		"agent": agent, "wasDerivedFrom": derived, "wasGeneratedBy": generated, "wasAssociatedWith": associated, "used": used})
}
