package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// The largest form that is taken at once, and the longest text where a field says nothing else.
const (
	maxForm = 1 << 20
	maxText = 2000
	maxRows = 1000
)

// DecodeForm reads a filled form as JSON and gives its values with every problem at its field, all at once. Values are as a person
// writes them: "800万元", "１２３", "20%", "2025年6月30日"; or exact: integers are fen and ppm.
//
// With a scope, codes are looked up in the taxonomies of its snapshot's pack; with a snapshot of a case, the form's checks are run,
// those that do not speak of a field that is wrong already. A nil scope looks at the structure only.
func (f *Form) DecodeForm(raw []byte, at *Scope) (Values, refusal.List) {
	var list refusal.List
	if len(raw) > maxForm {
		list.Add(refusal.New(refusal.TooLarge, "form.too_large", lang.T("表单超过 1 MB", "the form is larger than 1 MB"))).
			Mend(lang.T("长的内容请作为文件上传", "upload what is long as a document"))
		return nil, list
	}
	object, err := jsonObject(raw)
	if err != nil {
		list.Add(refusal.New(refusal.Invalid, "form.not_json", lang.T("表单内容无法读取", "the form cannot be read: "+err.Error())))
		return nil, list
	}
	d := decoder{list: &list}
	values := d.row(f.Fields, object, f.Name+".", "")
	if at != nil && at.Snapshot != nil && at.Snapshot.Pack != nil {
		d.pack = at.Snapshot.Pack
	}
	d.verify(f.Fields, values, f.Name+".", "")
	if at != nil && at.Snapshot != nil && at.Snapshot.Mechanism != nil && at.Snapshot.Case != nil {
		sc := *at
		sc.Form, sc.Values = f.Name, values
		more, _ := f.runChecks(&sc, list) // what is not known of the parties yet is asked for again by Decide
		list = append(list, more...)
	}
	return values, list
}

// ReadValues reads what EncodeValues wrote. Nothing is required, so that drafts can be read; what cannot be a value of its field is an error.
func (f *Form) ReadValues(raw []byte) (Values, error) {
	object, err := jsonObject(raw)
	if err != nil {
		return nil, fmt.Errorf("policy: form %s: %w", f.Name, err)
	}
	var list refusal.List
	d := decoder{list: &list, known: true}
	values := d.row(f.Fields, object, f.Name+".", "")
	return values, list.Err()
}

func jsonObject(raw []byte) (map[string]json.RawMessage, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil
	}
	if !utf8.Valid(raw) {
		return nil, fmt.Errorf("not UTF-8")
	}
	var object map[string]json.RawMessage
	err := json.Unmarshal(raw, &object)
	return object, err
}

// EncodeValues writes values as canonical JSON: keys sorted, amounts in whole units, decimals as texts.
func EncodeValues(v Values) json.RawMessage {
	if v == nil {
		v = Values{}
	}
	return EncodeValue(v)
}

// EncodeValue writes one value.
func EncodeValue(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("policy: a value of no type of ours: " + err.Error()) // the types of Value all encode
	}
	return bytes.TrimSpace(b.Bytes())
}

// MarshalJSON writes the decimal as a text, "99.99".
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(`"` + d.String() + `"`), nil }

// decoder gathers the problems of one form.
type decoder struct {
	list  *refusal.List
	pack  *Pack
	known bool // unknown fields are passed over
}

func (d *decoder) refuse(path, id string, text, way lang.Text) {
	r := d.list.Add(refusal.New(refusal.Invalid, "form."+id, text)).At(path)
	if !way.IsZero() {
		r.Mend(way)
	}
}

// row reads the fields of a form or of one row of a table; line is "第2行" inside tables.
func (d *decoder) row(fields []*Field, object map[string]json.RawMessage, path, line string) Values {
	values := Values{}
	var known []string
	for _, f := range fields {
		known = append(known, f.Name)
		raw, ok := object[f.Name]
		if !ok || string(bytes.TrimSpace(raw)) == "null" {
			continue
		}
		if v := d.value(f, raw, path+f.Name, line); v != nil {
			values[f.Name] = v
		}
	}
	if d.known {
		return values
	}
	for _, name := range keys(object) {
		if !slices.Contains(known, name) {
			d.refuse(path+name, "unknown_field", lang.T("表单中没有“"+name+"”这一项", "the form has no field “"+name+"”"), meant(name, known))
		}
	}
	return values
}

// label names a field in a sentence.
func label(f *Field, line string) lang.Text {
	return lang.T(line+"“"+f.Title.ZH+"”", "“"+f.Title.In(lang.EN)+"”"+lineEN(line))
}

func lineEN(line string) string {
	if line == "" {
		return ""
	}
	return " (row " + strings.Trim(line, "第行") + ")"
}

func (d *decoder) wrong(f *Field, path, line string, b *badValue) {
	l := label(f, line)
	d.refuse(path, "bad_value", lang.T(l.ZH+"："+b.zh.ZH, l.EN+": "+b.zh.EN), lang.T("请这样填写："+b.hint.ZH, "write it so: "+b.hint.EN))
}

// value reads one field; nil where it is empty or wrong.
func (d *decoder) value(f *Field, raw json.RawMessage, path, line string) Value {
	raw = bytes.TrimSpace(raw)
	switch f.Type {
	case RowsType:
		return d.rows(f, raw, path)
	case DocumentType:
		var doc Document
		if err := json.Unmarshal(raw, &doc); err != nil || len(doc.Digest) != 64 || strings.Trim(doc.Digest, "0123456789abcdef") != "" {
			d.wrong(f, path, line, bad("不是已上传的文件", "not an uploaded document", "先上传文件", "upload the file first"))
			return nil
		}
		return doc
	}
	if len(raw) == 0 {
		return nil
	}
	switch raw[0] {
	case '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			d.wrong(f, path, line, bad("无法读取", "cannot be read", "重新填写", "enter it again"))
			return nil
		}
		return d.text(f, s, path, line)
	case 't', 'f':
		if f.Type == FlagType {
			return raw[0] == 't'
		}
	case '[', '{':
	default:
		return d.numeral(f, string(raw), path, line)
	}
	d.wrong(f, path, line, bad("填写的不是"+typeWord(f.Type).ZH, "this is not a "+typeWord(f.Type).EN, typeWord(f.Type).ZH, "a "+typeWord(f.Type).EN))
	return nil
}

// text reads what was typed.
func (d *decoder) text(f *Field, s, path, line string) Value {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
	if s == "" {
		return nil
	}
	if scheme, ok := ident.Named(f.Ident); ok {
		s = scheme.Normal(s)
	}
	v, b := parseValue(f.Type, s)
	if b != nil {
		d.wrong(f, path, line, b)
		return nil
	}
	return v
}

// numeral reads a JSON number: exact units for money and shares, never through a float.
func (d *decoder) numeral(f *Field, s, path, line string) Value {
	switch f.Type {
	case NumberType, CountType, DaysType, WorkdaysType:
		if v, b := parseValue(f.Type, s); b == nil {
			return v
		}
	case MoneyType, ShareType:
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			if f.Type == ShareType || (n <= int64(money.Max) && n >= -int64(money.Max)) {
				return fromInt(f.Type, n)
			}
			d.wrong(f, path, line, bad("超出可填写的最大金额 "+money.Max.String(), "more than can be entered", "核对金额", "check the amount"))
			return nil
		}
		d.wrong(f, path, line, bad("“"+s+"”不是以分（百万分之一）为单位的整数", "“"+s+"” is not a whole number of fen (ppm)", "写成文字，例如 \"800.50元\"、\"20%\"", "write a text such as \"800.50元\" or \"20%\""))
		return nil
	}
	d.wrong(f, path, line, bad("“"+s+"”不是"+typeWord(f.Type).ZH, "“"+s+"” is not a "+typeWord(f.Type).EN, "填写"+typeWord(f.Type).ZH, "write a "+typeWord(f.Type).EN))
	return nil
}

func (d *decoder) rows(f *Field, raw json.RawMessage, path string) Value {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		d.wrong(f, path, "", bad("不是明细", "not a list of rows", "一行一项", "one object a row"))
		return nil
	}
	if len(list) > maxRows {
		d.refuse(path, "too_many_rows", lang.T(fmt.Sprintf("“%s”有 %d 行，一次最多 %d 行", f.Title.ZH, len(list), maxRows), fmt.Sprintf("“%s” has %d rows; %d can be taken at once", f.Title.In(lang.EN), len(list), maxRows)), lang.Text{})
		return nil
	}
	out := make([]Values, 0, len(list))
	for i, r := range list {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(r, &object); err != nil {
			d.wrong(f, fmt.Sprintf("%s[%d]", path, i), rowLine(i), bad("不是一行", "not a row", "一行一项", "one object a row"))
		}
		out = append(out, d.row(f.Rows, object, fmt.Sprintf("%s[%d].", path, i), rowLine(i)))
	}
	return out
}

func rowLine(i int) string { return fmt.Sprintf("第%d行", i+1) }

// failed tells whether a path, or something inside it, has been refused.
func failed(list refusal.List, path string) bool {
	return slices.ContainsFunc(list, func(r *refusal.Refusal) bool {
		return r.Field == path || strings.HasPrefix(r.Field, path+"[") || strings.HasPrefix(r.Field, path+".")
	})
}

// verify looks at values that were read: what is required is there, and nothing is longer, more or less than it may be.
func (d *decoder) verify(fields []*Field, values Values, path, line string) {
	for _, f := range fields {
		p := path + f.Name
		v := values[f.Name]
		if failed(*d.list, p) && (v == nil || f.Type != RowsType) {
			continue
		}
		l := label(f, line)
		if rows, ok := v.([]Values); v == nil || (ok && len(rows) == 0 && f.Min == 0 && !f.Optional) {
			if !f.Optional && f.Type != FlagType {
				d.refuse(p, "missing", lang.T("请填写"+l.ZH, l.EN+" is to be filled in"), lang.Text{})
			}
			continue
		}
		if !fits(f.Type, v) {
			d.wrong(f, p, line, bad("填写的不是"+typeWord(f.Type).ZH, "this is not a "+typeWord(f.Type).EN, typeWord(f.Type).ZH, "a "+typeWord(f.Type).EN))
			continue
		}
		d.bounds(f, v, p, l)
		if rows, ok := v.([]Values); ok {
			for i, r := range rows {
				d.verify(f.Rows, r, fmt.Sprintf("%s[%d].", p, i), rowLine(i))
			}
			d.whole(f, rows, p)
		}
	}
}

func fits(t Type, v Value) bool {
	got := typeOf(v)
	return got == t || (got == TextType && textual(t))
}

func (d *decoder) bounds(f *Field, v Value, path string, l lang.Text) {
	switch x := v.(type) {
	case string:
		most := f.Max
		if most == 0 {
			most = maxText
		}
		if n := utf8.RuneCountInString(x); n > most {
			d.refuse(path, "too_long", lang.T(fmt.Sprintf("%s有 %d 字，最多 %d 字", l.ZH, n, most), fmt.Sprintf("%s has %d characters, %d at most", l.EN, n, most)), lang.T("请精简，或作为文件上传", "shorten it or upload it as a document"))
		}
		d.member(f, x, path, l)
		if scheme, ok := ident.Named(f.Ident); ok {
			if err := scheme.Check(x); err != nil {
				d.refuse(path, "identifier", lang.T(l.ZH+"："+err.Error(), l.EN+" is not a valid "+scheme.Title.EN+": “"+x+"”"), lang.T("请核对编号，例如 "+scheme.Example, "check it; such as "+scheme.Example))
			}
		}
	case []Values:
		if len(x) < f.Min {
			d.refuse(path, "too_few_rows", lang.T(fmt.Sprintf("%s至少填 %d 行", l.ZH, f.Min), fmt.Sprintf("%s takes at least %d rows", l.EN, f.Min)), lang.Text{})
		}
		if f.Max > 0 && len(x) > f.Max {
			d.refuse(path, "too_many_rows", lang.T(fmt.Sprintf("%s有 %d 行，最多 %d 行", l.ZH, len(x), f.Max), fmt.Sprintf("%s has %d rows, %d at most", l.EN, len(x), f.Max)), lang.Text{})
		}
	case money.Fen:
		if x > money.Max || x < -money.Max {
			d.refuse(path, "too_much", lang.T(l.ZH+"超出可填写的最大金额 "+money.Max.String(), l.EN+" is more than can be entered"), lang.Text{})
		}
	case share.PPM:
		if x > share.Whole {
			d.refuse(path, "too_much", lang.T(l.ZH+"超过 100 %", l.EN+" is over 100 %"), lang.Text{})
		}
	case caldate.Date:
		if _, err := caldate.Parse(string(x)); err != nil {
			d.refuse(path, "bad_value", lang.T(l.ZH+"不是日期", l.EN+" is not a date"), lang.Text{})
		}
	}
	n, ok := toInt(v)
	if ok && n < 0 && !f.Negative && f.Type != NumberType && f.Type != DateType {
		d.refuse(path, "negative", lang.T(l.ZH+"不能是负数", l.EN+" may not be negative"), lang.Text{})
	}
}

// member looks a choice or a code up.
func (d *decoder) member(f *Field, s, path string, l lang.Text) {
	var known []string
	switch f.Type {
	case ChoiceType:
		for _, c := range f.Choices {
			known = append(known, c.Value)
		}
	case RefType:
		if d.pack == nil || d.pack.Taxonomies[f.Ref] == nil {
			return
		}
		for _, c := range d.pack.Taxonomies[f.Ref].Codes {
			known = append(known, c.Code)
		}
	default:
		return
	}
	if !slices.Contains(known, s) {
		d.refuse(path, "not_a_choice", lang.T(l.ZH+"没有“"+s+"”这一选项", l.EN+" has no choice “"+s+"”"), meant(s, known))
	}
}

// whole looks whether the shares of all rows make one whole.
func (d *decoder) whole(f *Field, rows []Values, path string) {
	if f.Whole == "" || failed(*d.list, path) {
		return
	}
	var sum share.PPM
	for _, r := range rows {
		p, _ := r[f.Whole].(share.PPM)
		sum += p
	}
	if sum != share.Whole {
		d.refuse(path, "not_whole", lang.T("“"+f.Title.ZH+"”的比例合计 "+sum.String()+"，应为 100 %", "the shares of “"+f.Title.In(lang.EN)+"” sum to "+sum.String()+" and not to 100 %"), lang.T("请调整各行比例", "adjust the shares"))
	}
}

// runChecks evaluates a form's own rules, leaving out those that speak of a field that is wrong already.
func (f *Form) runChecks(sc *Scope, wrong refusal.List) (refusal.List, error) {
	var list refusal.List
	var internal error
	for i, g := range f.Checks {
		if slices.ContainsFunc(g.Expr.Refs, func(r Ref) bool { return strings.HasPrefix(r.Path, f.Name+".") && failed(wrong, r.Path) }) {
			continue
		}
		id := fmt.Sprintf("%s.%d", f.Name, i+1)
		if g.Field != "" {
			id = g.Field
		}
		r, err := g.refused(sc, id)
		if err != nil && internal == nil {
			internal = err
		}
		if r != nil {
			list = append(list, r)
		}
	}
	return list, internal
}

// refused is nil where the guard holds, and the sentence with its document where it does not. The error is internal: something
// that the guard asks about was not looked up.
func (g *Guard) refused(sc *Scope, id string) (*refusal.Refusal, error) {
	v, err := g.Expr.Eval(sc)
	if err == nil && truth(v) {
		return nil, nil
	}
	if err != nil {
		if l := refusal.Of(asRefusal(err)); len(l) > 0 {
			r := *l[0]
			return r.At(g.Field), nil
		}
		return nil, err
	}
	because, _ := g.because.say(sc)
	way, _ := g.way.say(sc)
	return refusal.New(refusal.Invalid, "rule."+id, because).At(g.Field).By(g.Cite(sc.Snapshot.Pack)).Mend(way), nil
}

// Cite names the documents behind a guard: its own, or those of the parameters that it compares with.
func (g *Guard) Cite(p *Pack) string {
	if b := p.Basis[g.Basis]; b != nil {
		return b.Cite(g.Clause)
	}
	var out []string
	for _, r := range g.Expr.Refs {
		name, ok := strings.CutPrefix(r.Path, "param.")
		if !ok || p.Params[name] == nil {
			continue
		}
		if b := p.Basis[p.Params[name].Basis]; b != nil {
			if c := b.Cite(p.Params[name].Clause); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return strings.Join(out, "、")
}
