package figure

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/lang"
)

// column is one of a table of facts; datatype is that of CSV on the Web.
type column struct {
	name     string
	title    lang.Text
	datatype string
}

var factColumnsOut = []column{
	{"day", lang.T("发生日", "Happened on"), "date"}, {"kind", lang.T("事实", "Fact"), "string"}, {"counts", lang.T("计数", "Counts"), "integer"},
	{"amount", lang.T("数量或金额（分）", "Amount, money in fen"), "integer"}, {"of", lang.T("事项或登记项", "Case or record"), "string"},
	{"step", lang.T("步骤或来源文件", "Step or file"), "string"}, {"who", lang.T("经手", "By"), "string"}, {"recorded", lang.T("记录时间", "Recorded at"), "dateTime"},
	{"until", lang.T("有效期至", "Holds until"), "date"}, {"reverses", lang.T("冲销的事实", "Takes back"), "string"}, {"case", lang.T("事项编号", "Id of the case"), "string"},
	{"record", lang.T("登记项编号", "Id of the record"), "string"}, {"seq", lang.T("第几步", "Step number"), "integer"},
	{"leaf", lang.T("存证摘要", "Digest of its record in the journal"), "string"}, {"id", lang.T("事实编号", "Id"), "string"},
}

// dims are the dimensions that any of the facts has, in order.
func (t Trail) dims() []string {
	all := map[string]bool{}
	for _, f := range t.Facts {
		for d := range f.Dims {
			if d != "record" { // has a column of its own
				all[d] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// columns are those of a table of facts: dimensions stand after the amount, each a column.
func (t Trail) columns() []column {
	list := slices.Clone(factColumnsOut[:4])
	for _, d := range t.dims() {
		list = append(list, column{"dim_" + d, t.Words.dim(d), "string"})
	}
	return append(list, factColumnsOut[4:]...)
}

func (f Fact) row(dims []string, o Origin) []string {
	n := "1"
	if f.Reverses != "" {
		n = "-1"
	}
	row := []string{string(f.Day), f.Kind, n, strconv.FormatInt(f.Amount, 10)}
	for _, d := range dims {
		row = append(row, f.Dims[d])
	}
	return append(row, o.Title, o.Step.ZH, o.Who, f.At.UTC().Format(time.RFC3339Nano), string(f.Until), f.Reverses, f.Case, f.Record, strconv.FormatInt(f.Seq, 10), o.Leaf, f.ID)
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
	columns, dims := t.columns(), t.dims()
	var head []string
	for _, x := range columns {
		head = append(head, x.name)
	}
	if err := c.Write(head); err != nil {
		return err
	}
	for _, f := range t.Facts {
		row := f.row(dims, origin(f))
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
	enc := json.NewEncoder(meta)
	enc.SetIndent("", "  ")
	if err := enc.Encode(t.metadata(name, columns)); err != nil {
		return err
	}
	return z.Close()
}

// both is a text of two languages as CSV on the Web has it.
func both(l lang.Text) []map[string]string {
	return []map[string]string{{"@value": l.ZH, "@language": "zh"}, {"@value": l.EN, "@language": "en"}}
}

// metadata describes the table; what is not of the vocabulary of CSV on the Web has a name that is an address.
func (t Trail) metadata(name string, columns []column) map[string]any {
	var list []map[string]any
	for _, x := range columns {
		list = append(list, map[string]any{"name": x.name, "titles": x.name, "dc:title": both(x.title), "datatype": x.datatype})
	}
	rule, _ := json.Marshal(t.Definition.rule(t.Value.Day))
	m := map[string]any{"@context": "http://www.w3.org/ns/csvw", "url": name, "tableSchema": map[string]any{"columns": list, "primaryKey": "id"},
		"dc:title": both(t.Definition.Title), "dc:description": both(t.Means), "dc:created": map[string]string{"@value": t.Made.UTC().Format(time.RFC3339), "@type": "dateTime"},
		"urn:kechuang:day": string(t.Value.Day), "urn:kechuang:facts": t.Value.Facts, "urn:kechuang:unit": t.Definition.Unit, "urn:kechuang:version": t.Value.Version,
		"urn:kechuang:rule": string(rule), "urn:kechuang:definition": t.Definition.Digest(t.Value.Day), "urn:kechuang:complete": !t.Cut}
	if t.Value.Value != nil {
		m["urn:kechuang:value"] = *t.Value.Value
	}
	if t.Value.Known != "" {
		m["urn:kechuang:known"] = string(t.Value.Known)
	}
	return m
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
