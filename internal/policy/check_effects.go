package policy

import (
	"io/fs"
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// checkEffect resolves what one effect names.
func (ml *mechLoader) checkEffect(x *Machine, e Effect) {
	m := ml.m
	pot := func(name string, at Pos) {
		if pots := m.pots(); !slices.Contains(pots, name) {
			ml.unknown(at, "unknown_pot", "资金（没有一步用 hold 设立它）", "pot (no step holds into it)", name, pots)
		}
	}
	seat := func(name string, at Pos) {
		if findSeat(m.seatsAt(x), name) == nil {
			ml.unknown(at, "unknown_seat", "席位", "seat", name, names(m.seatsAt(x)))
		}
	}
	switch e := e.(type) {
	case Hold:
		if ml.pack.Funds[e.Fund] == nil {
			ml.unknown(e.Pos, "unknown_fund", "资金来源", "fund", e.Fund, keys(ml.pack.Funds))
		}
		m.EachEffect(func(_ *Machine, _ *State, _ *Step, o Effect) {
			if h, ok := o.(Hold); ok && h.Pot == e.Pot && h.Fund != e.Fund && h.Fund < e.Fund {
				ml.finding(e.Pos, "two_funds", lang.T("资金“"+e.Pot+"”来自两个来源", "the pot “"+e.Pot+"” comes from two funds"), lang.T("一个来源一个 pot", "one pot a fund"))
			}
		})
	case Pay:
		pot(e.Pot, e.Pos)
		seat(e.To, e.Pos)
	case Release:
		pot(e.Pot, e.Pos)
	case Claim:
		pot(e.Pot, e.Pos)
		seat(e.From, e.Pos)
	case Collect:
		pot(e.Pot, e.Pos)
		seat(e.From, e.Pos)
	case Forgive:
		pot(e.Pot, e.Pos)
		seat(e.From, e.Pos)
	case NoteFact:
		if ml.pack.Facts[e.Fact] == nil {
			ml.unknown(e.Pos, "unknown_fact", "事实", "fact", e.Fact, keys(ml.pack.Facts))
		}
	case Make:
		ml.checkTemplate(e)
	case Notify:
		for _, s := range e.Seats {
			ml.checkSeatPath(s, e.Pos, x)
		}
	case Amend:
		ml.checkAmend(x, e)
	case Freeze:
		ml.checkFreeze(x, e)
	case Deed:
		ml.checkDeed(x, e)
	case Split:
		ml.checkSplit(x, e)
	case Fees:
		ml.checkFees(e)
	case Enter, Update, Retire:
		ml.checkRecordEffect(x, e)
	case Start:
		ml.checkStart(x, e)
	default:
		ml.checkPartEffect(x, e)
	}
}

// checkTemplate asks for the page that a document is printed from, in a pack that has pages at all.
func (ml *mechLoader) checkTemplate(e Make) {
	if _, err := fs.Stat(ml.fsys, "templates"); err != nil {
		return
	}
	name := "templates/" + e.Document + ".html"
	if _, err := fs.Stat(ml.fsys, name); err != nil {
		ml.finding(e.Pos, "no_template", lang.T("文书“"+e.Document+"”没有模板", "the document “"+e.Document+"” has no template"), lang.T("写 "+name, "write "+name))
	}
}

func (ml *mechLoader) checkAmend(x *Machine, e Amend) {
	to, with := ml.formAt(x, e.Form), ml.formAt(x, e.With)
	if to == nil || with == nil {
		ml.unknown(e.Pos, "unknown_form", "在这里读得到的表单", "form that can be read here", e.Form+" / "+e.With, ml.formNames())
		return
	}
	shared := 0
	for _, f := range with.Fields {
		if o := to.Field(f.Name); o != nil {
			shared++
			if o.Type != f.Type {
				ml.finding(e.Pos, "wrong_type", lang.T("字段“"+f.Name+"”在两个表单里类型不同", "the field “"+f.Name+"” has two types"), lang.Text{})
			}
		}
	}
	if shared == 0 {
		ml.finding(e.Pos, "amend_nothing", lang.T("“"+e.With+"”与“"+e.Form+"”没有同名字段，什么也不会改", "“"+e.With+"” shares no field with “"+e.Form+"”: nothing would be amended"), lang.Text{})
	}
}

func (ml *mechLoader) checkFreeze(x *Machine, e Freeze) {
	if len(e.Content) == 0 {
		ml.finding(e.Pos, "missing_key", lang.T("没有写明公示什么", "it is not said what is frozen"), lang.T("加 content: [表单或表单.字段]", "add content: [form or form.field]"))
	}
	for _, c := range e.Content {
		form, field, dotted := strings.Cut(c, ".")
		f := ml.formAt(x, form)
		if f == nil || (dotted && f.Field(field) == nil) {
			ml.unknown(e.Pos, "unknown_form", "表单或字段(content)", "form or field (content)", c, append(ml.formNames(), ml.fieldPaths("")...))
		} else if f.Offices {
			ml.finding(e.Pos, "offices", lang.T("“"+form+"”只有经办处室可以看，不能公示", "“"+form+"” is for the case's offices only and cannot go on notice"), lang.Text{})
		}
	}
}

// checkPartEffect resolves the effects that open, move and choose parts, and that fill seats.
func (ml *mechLoader) checkPartEffect(x *Machine, e Effect) {
	m := ml.m
	part := func(name string, at Pos) *Machine {
		p := m.Part(name)
		if p == nil {
			ml.unknown(at, "unknown_part", "部分", "part", name, ml.partNames())
		}
		return p
	}
	switch e := e.(type) {
	case Open:
		ml.checkOpen(x, e, part(e.Part, e.Pos))
	case Draw:
		if p := part(e.Part, e.Pos); p != nil && findSeat(p.Seats, e.As) == nil {
			ml.unknown(e.Pos, "unknown_seat", "席位(as)", "seat (as)", e.As, names(p.Seats))
		}
		if s := m.Seat(e.Seat); s == nil || s.Kind != PanelSeat {
			ml.unknown(e.Pos, "unknown_seat", "panel 席位", "panel seat", e.Seat, names(m.Seats))
		}
		if e.Field != "" && m.fieldAt(e.Field) == nil {
			ml.unknown(e.Pos, "unknown_field", "字段", "field", e.Field, ml.fieldPaths(""))
		}
		for _, name := range e.NewTo {
			part(name, e.Pos)
		}
		ml.checkVeto(e)
		ml.checkNamed(e)
	case SeatHolder:
		ml.checkSeatHolder(x, e)
	case Vacate:
		if s := m.Seat(e.Seat); s == nil || (s.Kind != PanelSeat && s.Kind != FilledSeat) {
			ml.unknown(e.Pos, "unknown_seat", "事项的席位（panel 或 filled）", "panel or filled seat of the case", e.Seat, names(m.Seats))
		}
		ml.checkWhose(x, e.Whose, e.Pos)
	case Choose:
		ml.checkChoose(e, part(e.Part, e.Pos))
	case Move:
		p := part(e.Part, e.Pos)
		for _, s := range append(slices.Clone(e.In), e.To) {
			ml.partState(p, s, e.Pos)
		}
		ml.checkWhose(x, e.Whose, e.Pos)
	}
}

// checkWhose asks that an effect for one person alone says by a seat of its own part who that is.
func (ml *mechLoader) checkWhose(x *Machine, seat string, at Pos) {
	if seat != "" && findSeat(x.Seats, seat) == nil {
		ml.unknown(at, "unknown_seat", "本部分自己的席位(whose)", "seat of the part itself (whose)", seat, names(x.Seats))
	}
}

// checkVeto asks that whom applicants want left out stands in rows of people, and that it is said how many they may name.
func (ml *mechLoader) checkVeto(e Draw) {
	if e.Veto == "" {
		return
	}
	f := ml.rowsField(e.Veto)
	if f == nil || len(columnsOf(f, PartyType)) == 0 {
		ml.unknown(e.Pos, "unknown_field", "有 party 列的 rows 字段(veto)", "field of type rows with a column of type party (veto)", e.Veto, ml.fieldPaths(RowsType))
		return
	}
	form, _ := cutPath(e.Veto)
	if !slices.ContainsFunc(ml.m.Form(form).Checks, func(g *Guard) bool { return strings.Contains(g.Expr.Source, "count("+e.Veto+")") }) {
		ml.finding(e.Pos, "veto_unlimited", lang.T("没有写明申请人最多可以提出几人回避", "it is not said how many an applicant may ask to leave out"),
			lang.T("在表单“"+form+"”的 checks 中限定 count("+e.Veto+")", "limit count("+e.Veto+") in the checks of the form “"+form+"”"))
	}
}

func (ml *mechLoader) checkSeatHolder(x *Machine, e SeatHolder) {
	m := ml.m
	s := m.Seat(e.Seat)
	if s == nil || s.Kind == OfficeSeat {
		ml.unknown(e.Pos, "unknown_seat", "事项的席位（不是处室）", "seat of the case (not an office)", e.Seat, names(m.Seats))
	}
	f := m.fieldAt(e.From)
	if e.Thing != "" {
		_, field := cutPath(e.From)
		k := ml.pack.Kinds[m.Thing(e.Thing).Kind]
		if k == nil {
			return // reported where the thing is declared
		}
		if f = k.Field(field); f == nil {
			ml.unknown(e.Pos, "unknown_field", "字段(种类“"+k.Name+"”)", "field of the kind “"+k.Name+"”", field, fieldNames(k.Fields))
			return
		}
	}
	if f != nil {
		if f.Type != PartyType {
			ml.finding(e.Pos, "wrong_type", lang.T("“"+e.From+"”不是类型 party", "“"+e.From+"” is not of type party"), lang.Text{})
		}
		return
	}
	ml.checkSeatPath(e.From, e.Pos, x)
}

// checkOpen resolves what an open effect makes parts of; p is nil where the part itself is not known.
func (ml *mechLoader) checkOpen(x *Machine, e Open, p *Machine) {
	m := ml.m
	if e.Rows != "" && ml.rowsField(e.Rows) == nil {
		ml.unknown(e.Pos, "unknown_field", "类型为 rows 的字段", "field of type rows", e.Rows, ml.fieldPaths(RowsType))
	}
	if e.Seat != "" {
		if findSeat(m.seatsAt(x), e.Seat) == nil {
			ml.unknown(e.Pos, "unknown_seat", "席位", "seat", e.Seat, names(m.seatsAt(x)))
		}
		if p != nil && findSeat(p.Seats, e.As) == nil {
			ml.unknown(e.Pos, "unknown_seat", "席位(as)", "seat (as)", e.As, names(p.Seats))
		}
	}
	ml.checkPairs(e, p)
	if e.Each != "" {
		if each := m.Part(e.Each); each == nil {
			ml.unknown(e.Pos, "unknown_part", "部分", "part", e.Each, ml.partNames())
		} else if p != nil {
			if p.Of != e.Each {
				ml.finding(e.Pos, "part_of", lang.T("“"+e.Part+"”要写 of: "+e.Each, "“"+e.Part+"” must say of: "+e.Each), lang.Text{})
			}
			for _, s := range e.In {
				ml.partState(each, s, e.Pos)
			}
		}
	} else if p != nil && p.Of != "" && p.Of != x.Name {
		ml.finding(e.Pos, "part_of", lang.T("“"+e.Part+"”在“"+p.Of+"”里面，要写 each: "+p.Of, "“"+e.Part+"” is inside “"+p.Of+"”: say each: "+p.Of), lang.Text{})
	}
}

// checkPairs resolves the columns by which holders and parts come together.
func (ml *mechLoader) checkPairs(e Open, p *Machine) {
	if e.Pairs == nil {
		return
	}
	for _, s := range e.Pairs.Barred {
		ml.partState(p, s, e.Pos)
	}
	if e.Seat == "" || e.Each == "" || e.Rows != "" {
		ml.finding(e.Pos, "pairs_of", lang.T("pairs 要与 seat、each 一起写，不与 rows 一起写", "pairs goes with seat and each, and not with rows"), lang.Text{})
	}
	f := ml.rowsField(e.Pairs.Rows)
	if f == nil {
		ml.unknown(e.Pos, "unknown_field", "类型为 rows 的字段(pairs)", "field of type rows (pairs)", e.Pairs.Rows, ml.fieldPaths(RowsType))
		return
	}
	for _, name := range []string{e.Pairs.Who, e.Pairs.Of} {
		i := slices.IndexFunc(f.Rows, func(c *Field) bool { return c.Name == name && c.Type == PartyType && !c.Optional })
		if i < 0 {
			ml.unknown(e.Pos, "unknown_field", "类型为 party 的必填列(pairs)", "required column of type party (pairs)", name, fieldNames(f.Rows))
		}
	}
}

// checkMix resolves the fields of experts' files by which a panel is mixed.
func (ml *mechLoader) checkMix(e Draw) {
	var known []string
	for _, x := range e.Mix {
		ok := false
		for _, k := range ml.pack.Kinds {
			if k.Experts == nil {
				continue
			}
			for _, f := range k.Fields {
				for _, c := range f.Choices {
					known = append(known, f.Name+": "+c.Value)
					ok = ok || f.Name == x.Field && c.Value == x.Is
				}
			}
		}
		if !ok {
			slices.Sort(known)
			ml.unknown(e.Pos, "unknown_field", "专家档案（experts）的选项(mix)", "choice of an expert's file (mix)", x.Field+": "+x.Is, slices.Compact(known))
		}
	}
}

// checkNamed resolves who is invited by name, and which findings were ruled on.
func (ml *mechLoader) checkNamed(e Draw) {
	ml.checkMix(e)
	if e.Named != "" {
		if f := ml.rowsField(e.Named); f == nil || NamedColumn(f) == "" {
			ml.unknown(e.Pos, "unknown_field", "有且只有一列类型为 party 的 rows 字段(named)", "rows field with one column of type party (named)", e.Named, ml.fieldPaths(RowsType))
		}
	}
	if w := e.Waived; w != nil {
		p := ml.m.Part(w.Part)
		if p == nil {
			ml.unknown(e.Pos, "unknown_part", "部分", "part", w.Part, ml.partNames())
			return
		}
		for _, s := range w.In {
			ml.partState(p, s, e.Pos)
		}
		form, field := cutPath(w.Finding)
		if f := ml.m.FormIn(w.Part, form); f == nil || f.Field(field) == nil || f.Field(field).Type != TextType {
			ml.unknown(e.Pos, "unknown_field", "类型为 text 的字段(finding)", "field of type text (finding)", w.Finding, ml.fieldPaths(TextType))
		}
	}
}

// NamedColumn is the one column of type party of a rows field; empty where there is none, or more.
func NamedColumn(f *Field) (name string) {
	for _, c := range f.Rows {
		if c.Type == PartyType {
			if name != "" {
				return ""
			}
			name = c.Name
		}
	}
	return name
}

// checkChoose resolves the states and seats of a choice.
func (ml *mechLoader) checkChoose(e Choose, p *Machine) {
	m := ml.m
	for _, s := range append(slices.Clone(e.In), e.Best, e.Others) {
		ml.partState(p, s, e.Pos)
	}
	if (e.Seat == "") != (e.From == "") {
		ml.finding(e.Pos, "choose_seat", lang.T("seat 与 from 要一起写", "seat and from go together"), lang.Text{})
	} else if e.Seat != "" {
		if m.Seat(e.Seat) == nil {
			ml.unknown(e.Pos, "unknown_seat", "席位", "seat", e.Seat, names(m.Seats))
		}
		if p != nil && p.Seat(e.From) == nil {
			ml.unknown(e.Pos, "unknown_seat", "席位(from)", "seat (from)", e.From, names(p.Seats))
		} else if s := m.Seat(e.Seat); p != nil && s != nil {
			for _, other := range s.ApartFrom {
				if !slices.Contains(p.Seat(e.From).ApartFrom, other) {
					ml.finding(e.Pos, "apart_from", lang.T("“"+e.Seat+"”须与“"+other+"”无关，而“"+p.Name+"."+e.From+"”没有这样要求", "“"+e.Seat+"” must be apart from “"+other+"”, which is not asked of “"+p.Name+"."+e.From+"”"),
						lang.T("在部分“"+p.Name+"”的席位上也写 apart_from", "say apart_from on the part's seat, too"))
				}
			}
		}
	}
}
