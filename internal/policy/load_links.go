package policy

import (
	"slices"

	"kechuang/internal/lang"
)

// links reads the other cases that a case knows.
func (ml *mechLoader) links(n node) []*Link {
	var out []*Link
	for _, e := range ml.entries(n).list {
		t := ml.table(e.value, "zh", "en", "mechanism", "ends", "from")
		l := &Link{Name: e.name, Title: t.title(), Mechanisms: t.names("mechanism"), Ends: t.names("ends"), From: t.text("from"), Pos: e.key.pos()}
		if len(l.Mechanisms) == 0 {
			t.need("mechanism")
		}
		out = append(out, l)
	}
	return out
}

// startEffect reads {link, as, seats, fill}.
func (ml *mechLoader) startEffect(e entry, look sight) Effect {
	t := ml.table(e.value, "link", "as", "seats", "fill")
	s := Start{Link: t.need("link"), As: t.text("as"), Seats: map[string]string{}, Fill: map[string]map[string]*Expr{}, Pos: e.key.pos()}
	seats, _ := t.get("seats")
	for _, d := range ml.entries(seats).list {
		s.Seats[d.name] = ml.scalar(d.value)
	}
	fill, _ := t.get("fill")
	for _, f := range ml.entries(fill).list {
		s.Fill[f.name] = map[string]*Expr{}
		for _, d := range ml.entries(f.value).list {
			here := look
			here.env = d.value.env
			s.Fill[f.name][d.name] = ml.expr(ml.scalar(d.value), d.value.pos(), here)
		}
	}
	return s
}

// linkedMechanisms is the mechanisms of a link, those that the pack has.
func (ml *mechLoader) linkedMechanisms(l *Link) []*mechLoader {
	var out []*mechLoader
	for _, o := range ml.loader.mechs {
		if slices.Contains(l.Mechanisms, o.m.Name) {
			out = append(out, o)
		}
	}
	return out
}

// checkLinks resolves links when all mechanisms are known, and tells the fields that choose cases what may be chosen.
func (ml *mechLoader) checkLinks() {
	for _, l := range ml.m.Links {
		for _, name := range l.Mechanisms {
			if ml.pack.Mechanism(name) == nil {
				var known []string
				for _, m := range ml.pack.Mechanisms {
					known = append(known, m.Name)
				}
				ml.unknown(l.Pos, "unknown_mechanism", "机制", "mechanism", name, known)
			}
		}
		var known []string
		for _, o := range ml.linkedMechanisms(l) {
			known = append(known, ml.stateNames(o.m.Case)...)
		}
		for _, s := range l.Ends {
			if len(known) > 0 && !slices.Contains(known, s) {
				ml.unknown(l.Pos, "unknown_state", "状态(ends)", "state (ends)", s, known)
			}
		}
		if l.From == "" {
			continue
		}
		f := ml.m.fieldAt(l.From)
		if f == nil || f.Type != CaseType {
			ml.unknown(l.Pos, "unknown_field", "类型为 case 的字段", "field of type case", l.From, ml.fieldPaths(CaseType))
			continue
		}
		f.Cases, f.Ends = l.Mechanisms, l.Ends
		if form, _ := cutPath(l.From); ml.formAt(ml.m.Case, form) == nil {
			ml.finding(l.Pos, "not_visible", lang.T("“"+form+"”不是事项自己填写的表单", "“"+form+"” is not filled in the case itself"), lang.Text{})
		}
	}
	for _, f := range ml.m.Forms {
		for _, x := range f.Fields {
			for _, y := range append([]*Field{x}, x.Rows...) {
				if y.Type == CaseType && len(y.Cases) == 0 && !slices.ContainsFunc(ml.m.Links, func(l *Link) bool { return l.From == f.Name+"."+y.Name }) {
					ml.finding(y.Pos, "no_link", lang.T("没有一个 links 写明“"+f.Name+"."+y.Name+"”选的是哪一种事项", "no link says which cases “"+f.Name+"."+y.Name+"” chooses"), lang.T("在 links 中写 from: "+f.Name+"."+y.Name, "say from: "+f.Name+"."+y.Name+" in links"))
				}
			}
		}
	}
}

// checkStart resolves what is started, and what stands in it in advance.
func (ml *mechLoader) checkStart(x *Machine, e Start) {
	l := ml.m.Link(e.Link)
	if l == nil || l.From != "" || len(l.Mechanisms) != 1 {
		var known []string
		for _, o := range ml.m.Links {
			if o.From == "" && len(o.Mechanisms) == 1 {
				known = append(known, o.Name)
			}
		}
		ml.unknown(e.Pos, "unknown_link", "可以发起的联办事项（links，只写一种机制，不写 from）", "link that can be started (of one mechanism, without from)", e.Link, known)
		return
	}
	others := ml.linkedMechanisms(l)
	if len(others) == 0 {
		return // reported at the link
	}
	o := others[0]
	if e.As != "" && o.m.Link(e.As) == nil {
		var known []string
		for _, y := range o.m.Links {
			known = append(known, y.Name)
		}
		ml.unknown(e.Pos, "unknown_link", "对方的 links", "link of the other mechanism", e.As, known)
	}
	for _, name := range keys(e.Seats) {
		s := o.m.Seat(name)
		switch {
		case s == nil:
			ml.unknown(e.Pos, "unknown_seat", "席位(机制“"+o.m.Name+"”)", "seat of the mechanism “"+o.m.Name+"”", name, names(o.m.Seats))
		case name != o.m.Opener && s.From == "":
			ml.finding(e.Pos, "start_seat", lang.T("“"+o.m.Name+"”的席位“"+name+"”由它自己的步骤确定，这里不能先定", "the seat “"+name+"” of “"+o.m.Name+"” is filled by a step of its own"), lang.T("只写发起席位和由表单确定的席位", "give the opener, and seats that a form names"))
		}
		if findSeat(ml.m.seatsAt(x), e.Seats[name]) == nil {
			ml.unknown(e.Pos, "unknown_seat", "席位", "seat", e.Seats[name], names(ml.m.seatsAt(x)))
		}
	}
	if e.Seats[o.m.Opener] == "" {
		ml.finding(e.Pos, "start_opener", lang.T("没有写明由谁坐“"+o.m.Name+"”的发起席位“"+o.m.Opener+"”", "it is not said who opens: the seat “"+o.m.Opener+"” of “"+o.m.Name+"”"), lang.T("在 seats 中加 "+o.m.Opener+": 席位", "add "+o.m.Opener+": a seat, to seats"))
	}
	for _, form := range keys(e.Fill) {
		f := o.m.Form(form)
		if f == nil {
			ml.unknown(e.Pos, "unknown_form", "表单(机制“"+o.m.Name+"”)", "form of the mechanism “"+o.m.Name+"”", form, o.formNames())
			continue
		}
		for _, name := range keys(e.Fill[form]) {
			if f.Field(name) == nil {
				ml.unknown(e.Pos, "unknown_field", "字段(表单“"+form+"”)", "field of the form “"+form+"”", name, fieldNames(f.Fields))
				continue
			}
			ml.settingType(e.Fill[form][name], f.Field(name))
		}
	}
}
