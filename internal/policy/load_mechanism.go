package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// mechLoader reads one mechanism. What refers to things that come later in the file is put in pending and looked at by compile and
// check, when all names are known.
type mechLoader struct {
	*loader
	m       *Mechanism
	pending []func()             // compile the expressions and sentences, in the order of the file
	fills   map[*Machine][]*Form // forms that a machine's own steps fill, in order
	uses    map[string]int       // how often each block is used
	flow    table                // the case's own flow
}

func (l *loader) loadMechanism(n node, source []byte) {
	m := &Mechanism{Source: source, Pos: n.pos()}
	ml := &mechLoader{loader: l, m: m, fills: map[*Machine][]*Form{}, uses: map[string]int{}}
	t := l.table(n, "mechanism", "version", "title", "purpose", "group", "basis", "about", "opener", "seats", "forms", "parts", "flow", "ends", "rules")
	m.Name, m.Version = t.need("mechanism"), t.need("version")
	m.Title, m.Purpose = t.both("title"), t.both("purpose")
	m.Group = t.text("group")
	if m.Group != "" && !slices.ContainsFunc(l.pack.Groups, func(g Group) bool { return g.Name == m.Group }) {
		var known []string
		for _, g := range l.pack.Groups {
			known = append(known, g.Name)
		}
		l.unknown(t.pos("group"), "unknown_group", "分组", "group", m.Group, known)
	}
	m.Basis, m.About, m.Opener = t.names("basis"), t.need("about"), t.need("opener")
	if m.Title.IsZero() {
		t.need("title")
	}
	seats, _ := t.get("seats")
	m.Seats = ml.seats(seats)
	forms, _ := t.get("forms")
	ml.forms(forms)
	flow, _ := t.get("flow")
	ml.flow = l.entries(flow)
	ends, _ := t.get("ends")
	m.Case = &Machine{Pos: t.pos("flow")}
	ml.countUses(ml.flow)
	for _, e := range ml.flow.list {
		ml.caseState(e)
	}
	m.Case.States = append(m.Case.States, ml.ends(ends)...)
	parts, _ := t.get("parts")
	for _, e := range l.entries(parts).list {
		ml.part(e)
	}
	rules, _ := t.get("rules")
	ml.rules(rules)
	ml.basisCheck(t)
	ml.unique(m.Case)
	for _, p := range m.Parts {
		ml.unique(p)
	}
	if len(m.Case.States) == 0 || m.Case.States[0].End {
		l.finding(m.Case.Pos, "no_state", lang.T("流程没有状态", "the flow has no state"), lang.Text{})
		return
	}
	if m.Name == "" {
		return
	}
	if other := l.pack.Mechanism(m.Name); other != nil {
		l.problem(n, "repeated_mechanism", lang.T("机制“"+m.Name+"”已在 "+other.Pos.File+" 中", "the mechanism “"+m.Name+"” is in "+other.Pos.File+" already"), lang.Text{})
		return
	}
	l.pack.Mechanisms = append(l.pack.Mechanisms, m)
	l.mechs = append(l.mechs, ml)
}

func (ml *mechLoader) basisCheck(t table) {
	n, ok := t.get("basis")
	if !ok {
		t.need("basis")
		return
	}
	for _, c := range ml.items(n) {
		if s := ml.scalar(c); ml.pack.Basis[s] == nil {
			ml.unknown(c.pos(), "unknown_basis", "依据文件", "document", s, keys(ml.pack.Basis))
		}
	}
}

// unique refuses two states of one machine under one name.
func (ml *mechLoader) unique(m *Machine) {
	seen := map[string]bool{}
	for _, s := range m.States {
		if seen[s.Name] {
			ml.finding(s.Pos, "repeated_state", lang.T("状态“"+s.Name+"”有两个", "there are two states “"+s.Name+"”"), lang.T("给其中一个改名", "rename one"))
		}
		seen[s.Name] = true
	}
}

func (ml *mechLoader) seats(n node) []*Seat {
	var out []*Seat
	for _, e := range ml.entries(n).list {
		t := ml.table(e.value, "zh", "en", "party", "office", "panel", "filled", "of", "from", "apart_from", "same_as", "size")
		s := &Seat{Name: e.name, Title: t.title(), Party: t.text("party"), Office: t.text("office"), Of: t.text("of"), From: t.text("from"),
			ApartFrom: t.names("apart_from"), SameAs: t.text("same_as"), Pos: e.key.pos()}
		for i, other := range s.ApartFrom {
			s.ApartFrom[i] = partPath(e.value.env, other)
		}
		switch {
		case s.Office != "":
			s.Kind = OfficeSeat
		case t.has("panel"):
			s.Kind = PanelSeat
		case t.flag("filled"):
			s.Kind = FilledSeat
		default:
			s.Kind = PartySeat
			if s.Party == "" {
				ml.problem(e.key, "seat_kind", lang.T("没有写明由谁坐“"+e.name+"”", "it is not said who sits as “"+e.name+"”"),
					lang.T("写 party（哪类主体）、office（哪个处室）、panel 或 filled: true 之一", "write one of party, office, panel, filled: true"))
			}
		}
		if !partyKind(s.Party) {
			ml.unknown(t.pos("party"), "unknown_kind", "主体类别", "kind of party", s.Party, PartyKinds)
		}
		out = append(out, s)
	}
	return out
}

// PartyKinds is the closed list of kinds of party.
var PartyKinds = []string{"any", "enterprise", "university", "institute", "hospital", "pilot_base", "agency", "fund", "bank", "government", "person", "other", "organisation"}

func partyKind(k string) bool { return k == "" || slices.Contains(PartyKinds, k) }

func (ml *mechLoader) forms(n node) {
	for _, e := range ml.entries(n).list {
		if ml.m.Form(e.name) != nil {
			if n.env == nil {
				ml.problem(e.key, "repeated_form", lang.T("表单“"+e.name+"”有两个", "there are two forms “"+e.name+"”"), lang.Text{})
			}
			continue // a block used twice brings its forms once
		}
		t := ml.table(e.value, "zh", "en", "fields", "checks")
		f := &Form{Name: e.name, Title: t.title(), Pos: e.key.pos()}
		fields, ok := t.get("fields")
		if !ok {
			ml.problem(e.key, "no_fields", lang.T("表单没有字段", "the form has no fields"), lang.Text{})
		}
		f.Fields = ml.fields(fields, false)
		checks, _ := t.get("checks")
		for _, c := range ml.items(checks) {
			f.Checks = append(f.Checks, ml.guard(c, sight{form: f}, true))
		}
		ml.m.Forms = append(ml.m.Forms, f)
	}
}

var fieldWords = []string{"zh", "en", "help", "type", "optional", "public", "unit", "max", "min", "choices", "ref", "party", "rows", "whole", "fill", "negative"}

func (ml *mechLoader) fields(n node, inRows bool) []*Field {
	var out []*Field
	for _, e := range ml.entries(n).list {
		t := ml.table(e.value, fieldWords...)
		f := &Field{Name: e.name, Title: t.title(), Help: t.both("help"), Type: Type(t.need("type")), Optional: t.flag("optional"),
			Public: t.flag("public"), Unit: t.text("unit"), Max: t.count("max"), Min: t.count("min"), Ref: t.text("ref"), Party: t.text("party"),
			Whole: t.text("whole"), Fill: t.text("fill"), Negative: t.flag("negative"), Pos: e.key.pos()}
		ml.fieldShape(t, f, inRows)
		out = append(out, f)
	}
	return out
}

// fieldShape reads what belongs to the field's type and refuses what does not.
func (ml *mechLoader) fieldShape(t table, f *Field, inRows bool) {
	only := func(word string, types ...Type) bool {
		n, ok := t.get(word)
		if ok && !slices.Contains(types, f.Type) {
			ml.problem(n, "wrong_type", lang.T("类型 "+string(f.Type)+" 的字段不写“"+word+"”", "a field of type "+string(f.Type)+" has no “"+word+"”"), lang.Text{})
			return false
		}
		return ok
	}
	types := []string{"text", "choice", "flag", "count", "number", "money", "share", "date", "days", "workdays", "party", "ref", "document", "rows"}
	if !slices.Contains(types, string(f.Type)) || (inRows && f.Type == RowsType) {
		if f.Type != "" {
			ml.unknown(t.pos("type"), "unknown_type", "字段类型", "type of field", string(f.Type), types)
		}
		return
	}
	only("max", TextType, RowsType)
	only("min", RowsType)
	only("whole", RowsType)
	only("party", PartyType)
	only("negative", MoneyType, ShareType, CountType)
	if only("choices", ChoiceType) {
		n, _ := t.get("choices")
		if n.Kind == yaml.SequenceNode {
			for _, c := range ml.items(n) {
				s := ml.scalar(c)
				f.Choices = append(f.Choices, Choice{s, lang.T(s, "")})
				ml.problem(c, "missing_title", lang.T("选项“"+s+"”缺少英文", "the choice “"+s+"” has no English title"), lang.T("写成 "+s+": {zh: "+s+", en: …}", "write "+s+": {zh: "+s+", en: …}"))
			}
		} else {
			for _, e := range ml.entries(n).list {
				f.Choices = append(f.Choices, Choice{e.name, ml.table(e.value, "zh", "en").title()})
			}
		}
	}
	if f.Type == ChoiceType && len(f.Choices) == 0 {
		ml.finding(f.Pos, "no_choices", lang.T("选项字段没有选项", "the choice has no choices"), lang.T("加 choices:", "add choices:"))
	}
	if f.Type == RefType || only("ref", RefType) {
		if ml.pack.Taxonomies[f.Ref] == nil {
			ml.unknown(t.pos("ref"), "unknown_taxonomy", "分类表", "taxonomy", f.Ref, keys(ml.pack.Taxonomies))
		}
	}
	if only("rows", RowsType) {
		n, _ := t.get("rows")
		f.Rows = ml.fields(n, true)
	}
	if f.Type == RowsType && len(f.Rows) == 0 {
		ml.finding(f.Pos, "no_columns", lang.T("明细没有列", "the rows have no columns"), lang.T("加 rows:", "add rows:"))
	}
	if f.Whole != "" && columnType(f, f.Whole) != ShareType {
		ml.finding(t.pos("whole"), "whole", lang.T("“"+f.Whole+"”不是类型 share 的列", "“"+f.Whole+"” is not a column of type share"), lang.Text{})
	}
	if f.Type == RowsType && f.Max > 0 && f.Min > f.Max {
		ml.finding(f.Pos, "min_max", lang.T("min 大于 max", "min is more than max"), lang.Text{})
	}
	if !partyKind(f.Party) {
		ml.unknown(t.pos("party"), "unknown_kind", "主体类别", "kind of party", f.Party, PartyKinds)
	}
}

func columnType(f *Field, name string) Type {
	for _, c := range f.Rows {
		if c.Name == name {
			return c.Type
		}
	}
	return ""
}

func (ml *mechLoader) ends(n node) []*State {
	var out []*State
	for _, e := range ml.entries(n).list {
		t := ml.table(e.value, "zh", "en", "good", "public")
		out = append(out, &State{Name: e.name, Title: t.title(), End: true, Good: t.flag("good"), Public: t.flag("public"), Pos: e.key.pos()})
	}
	return out
}

func (ml *mechLoader) rules(n node) {
	for _, c := range ml.items(n) {
		t := ml.table(c, "before", "separate", "money", "answered")
		if len(t.list) != 1 {
			ml.problem(c, "one_rule", lang.T("一行只写一条规则", "one rule a line"), lang.Text{})
			continue
		}
		e := t.list[0]
		ml.m.Rules = append(ml.m.Rules, &Rule{Kind: e.name, Names: ml.names(e.value), Pos: e.key.pos()})
	}
}

// partPath renames the part in "part.seat" of a block.
func partPath(env *blockEnv, s string) string {
	if part, rest, ok := strings.Cut(s, "."); ok && env != nil {
		return env.part(part) + "." + rest
	}
	return s
}
