package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
)

var fieldWords = []string{"zh", "en", "help", "type", "optional", "public", "unit", "max", "min", "choices", "ref", "party", "rows", "whole", "fill", "negative", "kind", "owner", "identifier", "full", "who", "within"}

func (l *loader) fields(n node, inRows bool) []*Field {
	var out []*Field
	for _, e := range l.entries(n).list {
		t := l.table(e.value, fieldWords...)
		f := &Field{Name: e.name, Title: t.title(), Help: t.both("help"), Type: Type(t.need("type")), Optional: t.flag("optional"),
			Public: t.flag("public"), Unit: t.text("unit"), Max: t.count("max"), Min: t.count("min"), Ref: t.text("ref"), Party: t.text("party"),
			Whole: t.text("whole"), Fill: t.text("fill"), Who: t.flag("who"), Kind: t.text("kind"), Owner: t.text("owner"), Ident: t.text("identifier"), Negative: t.flag("negative"), Full: t.text("full"), Within: t.text("within"), Pos: e.key.pos()}
		l.fieldShape(t, f, inRows)
		l.within(t, f, out)
		out = append(out, f)
	}
	return out
}

// private tells whether the field holds a number that is a person's own.
func (f *Field) private() bool {
	s, ok := ident.Named(f.Ident)
	return ok && s.Private
}

// fieldShape reads what belongs to the field's type and refuses what does not.
func (l *loader) fieldShape(t table, f *Field, inRows bool) {
	only := func(word string, types ...Type) bool {
		n, ok := t.get(word)
		if ok && !slices.Contains(types, f.Type) {
			l.problem(n, "wrong_type", lang.T("类型 "+string(f.Type)+" 的字段不写“"+word+"”", "a field of type "+string(f.Type)+" has no “"+word+"”"), lang.Text{})
			return false
		}
		return ok
	}
	types := []string{"text", "choice", "flag", "count", "number", "money", "share", "date", "days", "workdays", "party", "record", "case", "ref", "node", "document", "rows"}
	if !slices.Contains(types, string(f.Type)) || (inRows && f.Type == RowsType) {
		if f.Type != "" {
			l.unknown(t.pos("type"), "unknown_type", "字段类型", "type of field", string(f.Type), types)
		}
		return
	}
	only("max", TextType, RowsType)
	only("min", RowsType)
	only("whole", RowsType)
	only("party", PartyType)
	only("kind", RecordType)
	only("owner", RecordType)
	only("within", NodeType)
	if f.Type == RecordType && l.pack.Kinds[f.Kind] == nil {
		l.later(func() {
			if l.pack.Kinds[f.Kind] == nil {
				l.unknown(t.pos("kind"), "unknown_kind", "登记种类", "kind of record", f.Kind, keys(l.pack.Kinds))
			}
		})
	}
	if only("identifier", TextType) {
		if _, ok := ident.Named(f.Ident); !ok {
			l.unknown(t.pos("identifier"), "unknown_identifier", "编号规则", "scheme of identifiers", f.Ident, schemes())
		}
	}
	only("negative", MoneyType, ShareType, CountType)
	if only("full", CountType, NumberType) && (inRows || !strings.HasPrefix(f.Full, "param.")) {
		l.finding(t.pos("full"), "full", lang.T("满分写成一个参数：full: param.…，不用在明细的列上", "a full mark is a parameter, full: param.…, and not of a column"), lang.Text{})
	}
	if only("choices", ChoiceType) {
		n, _ := t.get("choices")
		if n.Kind == yaml.SequenceNode {
			for _, c := range l.items(n) {
				s := l.scalar(c)
				f.Choices = append(f.Choices, Choice{Value: s, Title: lang.T(s, "")})
				l.problem(c, "missing_title", lang.T("选项“"+s+"”缺少英文", "the choice “"+s+"” has no English title"), lang.T("写成 "+s+": {zh: "+s+", en: …}", "write "+s+": {zh: "+s+", en: …}"))
			}
		} else {
			for _, e := range l.entries(n).list {
				f.Choices = append(f.Choices, l.choice(e))
			}
		}
	}
	if f.Type == ChoiceType && len(f.Choices) == 0 {
		l.finding(f.Pos, "no_choices", lang.T("选项字段没有选项", "the choice has no choices"), lang.T("加 choices:", "add choices:"))
	}
	if f.Type == RefType || only("ref", RefType, NodeType) {
		if l.pack.Taxonomies[f.Ref] == nil {
			l.unknown(t.pos("ref"), "unknown_taxonomy", "分类表", "taxonomy", f.Ref, keys(l.pack.Taxonomies))
		}
	}
	if only("rows", RowsType) {
		n, _ := t.get("rows")
		f.Rows = l.fields(n, true)
	}
	if f.Type == RowsType && len(f.Rows) == 0 {
		l.finding(f.Pos, "no_columns", lang.T("明细没有列", "the rows have no columns"), lang.T("加 rows:", "add rows:"))
	}
	if f.Whole != "" && columnType(f, f.Whole) != ShareType {
		l.finding(t.pos("whole"), "whole", lang.T("“"+f.Whole+"”不是类型 share 的列", "“"+f.Whole+"” is not a column of type share"), lang.Text{})
	}
	if f.Type == RowsType && f.Max > 0 && f.Min > f.Max {
		l.finding(f.Pos, "min_max", lang.T("min 大于 max", "min is more than max"), lang.Text{})
	}
	if !partyKind(f.Party) {
		l.unknown(t.pos("party"), "unknown_kind", "主体类别", "kind of party", f.Party, PartyKinds)
	}
}

// choice reads one choice; where a clause makes it a reason, that is cited.
func (l *loader) choice(e entry) Choice {
	t := l.table(e.value, "zh", "en", "basis", "clause")
	c := Choice{Value: e.name, Title: t.title()}
	basis, clause := t.text("basis"), t.text("clause")
	switch {
	case basis == "" && clause != "":
		l.finding(t.pos("clause"), "unknown_basis", lang.T("写了条款，没有写是哪个文件的", "a clause of which document"), lang.T("加 basis:", "add basis:"))
	case basis != "" && l.pack.Basis[basis] == nil:
		l.unknown(t.pos("basis"), "unknown_basis", "依据文件", "document", basis, keys(l.pack.Basis))
	case basis != "":
		c.Cite = l.pack.Basis[basis].Cite(clause)
	}
	return c
}

func schemes() []string {
	var out []string
	for _, s := range ident.Schemes {
		out = append(out, s.Name)
	}
	return out
}

func columnType(f *Field, name string) Type {
	for _, c := range f.Rows {
		if c.Name == name {
			return c.Type
		}
	}
	return ""
}
