package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// counts reads what a record of a kind counts for.
func (l *loader) counts(n node, k *Kind) []*KindCount {
	var out []*KindCount
	for _, e := range l.entries(n).list {
		t := l.table(e.value, "from", "until", "sum", "where", "filled", "dims")
		c := &KindCount{Fact: e.name, From: t.need("from"), Until: t.text("until"), Sum: t.text("sum"), Where: map[string][]string{}, Filled: t.names("filled"), Pos: e.key.pos()}
		if f := l.pack.Facts[e.name]; f == nil {
			l.unknown(c.Pos, "unknown_fact", "事实", "fact", e.name, keys(l.pack.Facts))
		} else if sum := k.Field(c.Sum); sum != nil && (sum.Type == MoneyType) != (f.Unit == "元") {
			l.finding(t.pos("sum"), "unit", lang.T("事实“"+e.name+"”的单位是"+f.Unit+"，与“"+c.Sum+"”不同", "the fact “"+e.name+"” is in "+f.Unit+", unlike “"+c.Sum+"”"), lang.Text{})
		}
		l.countField(t, k, "from", c.From, DateType)
		l.countField(t, k, "until", c.Until, DateType)
		l.countField(t, k, "sum", c.Sum, MoneyType, CountType, ShareType)
		for _, name := range c.Filled {
			l.countField(t, k, "filled", name)
		}
		where, _ := t.get("where")
		for _, w := range l.entries(where).list {
			c.Where[w.name] = l.names(w.value)
			l.countField(t, k, "where", w.name, ChoiceType, RefType, FlagType, TextType)
			l.countValues(w.value, k.Field(w.name), c.Where[w.name])
		}
		c.Dims = l.countDims(t, k)
		out = append(out, c)
	}
	return out
}

// countField refuses a field that is not there or not of such a type.
func (l *loader) countField(t table, k *Kind, word, name string, types ...Type) {
	f := k.Field(name)
	switch {
	case name == "":
	case f == nil:
		l.unknown(t.pos(word), "unknown_field", "字段", "field", name, fieldNames(k.Fields))
	case f.private():
		l.finding(t.pos(word), "private", lang.T("“"+name+"”是个人的号码，不用来计数", "“"+name+"” is a person's own number; nothing is counted by it"), lang.Text{})
	case len(types) > 0 && !slices.Contains(types, f.Type):
		l.finding(t.pos(word), "wrong_type", lang.T("“"+name+"”是"+typeWord(f.Type).ZH+"，"+word+" 应是"+typeWord(types[0]).ZH, "“"+name+"” is a "+typeWord(f.Type).EN+"; "+word+" is a "+typeWord(types[0]).EN), lang.Text{})
	}
}

func (l *loader) countValues(n node, f *Field, values []string) {
	if f == nil || f.Type != ChoiceType {
		return
	}
	for _, v := range values {
		if !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == v }) {
			var known []string
			for _, c := range f.Choices {
				known = append(known, c.Value)
			}
			l.unknown(n.pos(), "unknown_choice", "选项（“"+f.Name+"”）", "choice of “"+f.Name+"”", v, known)
		}
	}
}

// dimTypes are the types of fields that facts can be told apart by.
var dimTypes = []Type{ChoiceType, RefType, NodeType, TextType, FlagType, CountType, PartyType, RecordType, DateType}

// countDims reads dimensions: a list of fields, or name: field or field.attribute.
func (l *loader) countDims(t table, k *Kind) []CountDim {
	n, ok := t.get("dims")
	if !ok {
		return nil
	}
	var out []CountDim
	add := func(name, source string) {
		d := CountDim{Name: name}
		d.Field, d.Attribute, _ = strings.Cut(source, ".")
		l.countField(t, k, "dims", d.Field, dimTypes...)
		if name == RecordDim || name == "mechanism" {
			l.finding(t.pos("dims"), "own_dim", lang.T("“"+name+"”不用写，每条事实都有", "“"+name+"” is known without being written"), lang.Text{})
		}
		out = append(out, d)
		if d.Attribute != "" {
			l.later(func() { l.countAttribute(t, k.Field(d.Field), d) })
		}
	}
	if n.Node != nil && n.Kind == yaml.SequenceNode {
		for _, name := range l.names(n) {
			add(name, name)
		}
		return out
	}
	for _, e := range l.entries(n).list {
		add(e.name, l.scalar(e.value))
	}
	return out
}

func (l *loader) countAttribute(t table, f *Field, d CountDim) {
	switch {
	case f == nil:
	case f.Type == PartyType:
		if !slices.Contains(PartyDims, d.Attribute) {
			l.unknown(t.pos("dims"), "unknown_attribute", "主体属性", "attribute of a party", d.Attribute, PartyDims)
		}
	case f.Type == RecordType:
		if other := l.pack.Kinds[f.Kind]; other != nil && (other.Field(d.Attribute) == nil || other.Field(d.Attribute).private()) {
			l.unknown(t.pos("dims"), "unknown_field", "字段（种类“"+f.Kind+"”）", "field of the kind “"+f.Kind+"”", d.Attribute, fieldNames(other.Fields))
		}
	default:
		l.finding(t.pos("dims"), "wrong_type", lang.T("“"+d.Field+"”既不是主体也不是登记项，没有属性", "“"+d.Field+"” is neither a party nor a record and has no attributes"), lang.Text{})
	}
}
