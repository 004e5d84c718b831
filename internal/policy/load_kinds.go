package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
)

// later looks at something when all kinds are known.
func (l *loader) later(do func()) { l.todo = append(l.todo, do) }

// loadKinds reads what the register holds beside parties.
func (l *loader) loadKinds() {
	for _, e := range l.gather("kinds", false) {
		t := l.table(e.value, "zh", "en", "name", "owner", "status", "expires", "public", "rights", "shares", "offers", "asks", "judges", "fields", "unique", "bars", "experts", "works", "counts", "note", "readers")
		k := &Kind{Name: e.name, Title: t.title(), Called: t.need("name"), Owner: t.text("owner"), Status: t.text("status"), Expires: t.text("expires"),
			Public: t.flag("public"), Rights: t.flag("rights"), Shares: t.flag("shares"), Offers: t.flag("offers"), Asks: t.flag("asks"), Pos: e.key.pos()}
		for _, name := range t.names("readers") {
			k.Readers = append(k.Readers, name)
			pos := t.pos("readers")
			l.later(func() {
				if l.pack.Offices[name] == nil {
					l.unknown(pos, "unknown_office", "处室", "office", name, keys(l.pack.Offices))
				}
			})
		}
		fields, ok := t.get("fields")
		if !ok {
			l.problem(e.key, "no_fields", lang.T("这一种类没有字段", "the kind has no fields"), lang.Text{})
		}
		k.Fields = l.fields(fields, false)
		l.kindFields(t, k)
		for _, n := range l.itemsOf(t, "unique") {
			list := l.names(n)
			for _, name := range list {
				if k.Field(name) == nil {
					l.unknown(n.pos(), "unknown_field", "字段", "field", name, fieldNames(k.Fields))
				}
			}
			k.Unique = append(k.Unique, list)
		}
		if j, ok := t.get("judges"); ok {
			k.Judges = l.judges(j, k)
		}
		if b, ok := t.get("bars"); ok {
			k.Bars = l.bars(b, k)
		}
		if x, ok := t.get("experts"); ok {
			k.Experts = l.experts(x, k)
		}
		if w, ok := t.get("works"); ok {
			k.Works = l.works(w, k)
		}
		if c, ok := t.get("counts"); ok {
			k.Counts = l.counts(c, k)
		}
		l.pack.Kinds[k.Name] = k
	}
	for _, do := range l.todo {
		do()
	}
	l.todo = nil
}

func fieldNames(list []*Field) []string {
	var out []string
	for _, f := range list {
		out = append(out, f.Name)
	}
	return out
}

// kindFields resolves the fields that a kind gives a part to.
func (l *loader) kindFields(t table, k *Kind) {
	role := func(word, name string, must bool, types ...Type) {
		f := k.Field(name)
		switch {
		case name == "" && !must:
		case f == nil:
			l.unknown(t.pos(word), "unknown_field", "字段("+word+")", "field ("+word+")", name, fieldNames(k.Fields))
		case !slices.Contains(types, f.Type):
			l.finding(t.pos(word), "wrong_type", lang.T("“"+name+"”是"+typeWord(f.Type).ZH+"，"+word+" 应是"+typeWord(types[0]).ZH, "“"+name+"” is a "+typeWord(f.Type).EN+"; "+word+" is a "+typeWord(types[0]).EN), lang.Text{})
		case must && f.Optional:
			l.finding(t.pos(word), "optional_name", lang.T("“"+name+"”是名称，不能不填", "“"+name+"” names the record and cannot be optional"), lang.T("去掉 optional", "drop optional"))
		}
	}
	role("name", k.Called, true, TextType)
	role("owner", k.Owner, false, PartyType)
	role("status", k.Status, false, ChoiceType)
	role("expires", k.Expires, false, DateType)
	for _, f := range k.Fields {
		l.privateField(k, f)
		if f.Fill != "" || f.Owner != "" {
			l.finding(f.Pos, "unknown_key", lang.T("登记种类的字段不写 fill、owner", "a field of a kind has neither fill nor owner"), lang.Text{})
		}
	}
}

// privateField refuses to show a person's own number, or to call a record by it.
func (l *loader) privateField(k *Kind, f *Field) {
	if f.private() && (f.Public || f.Name == k.Called || !f.Optional) {
		l.finding(f.Pos, "private", lang.T("“"+f.Name+"”是个人的号码：不写 public，不作名称，写 optional: true", "“"+f.Name+"” is a person's own number: it is not public, names no record, and is optional"), lang.Text{})
	}
	for _, c := range f.Rows {
		if c.private() {
			l.finding(c.Pos, "private", lang.T("个人的号码不写在明细里", "a person's own number is not a column"), lang.T("写成这一种类的字段", "make it a field of the kind"))
		}
	}
}

func (l *loader) judges(n node, k *Kind) *Judges {
	t := l.table(n, "need", "offer", "level")
	j := &Judges{Need: t.need("need"), Offer: t.need("offer"), Level: t.need("level")}
	for _, x := range []struct {
		word, name string
		typ        Type
	}{{"need", j.Need, RecordType}, {"offer", j.Offer, RecordType}, {"level", j.Level, ChoiceType}} {
		if f := k.Field(x.name); f == nil || f.Type != x.typ {
			l.unknown(t.pos(x.word), "unknown_field", "类型为 "+string(x.typ)+" 的字段", "field of type "+string(x.typ), x.name, fieldNames(k.Fields))
		}
	}
	return j
}

func (l *loader) bars(n node, k *Kind) *Bars {
	t := l.table(n, "party", "acts", "from", "until")
	b := &Bars{Party: t.need("party"), Acts: t.text("acts"), From: t.need("from"), Until: t.text("until")}
	for _, x := range []struct {
		word, name string
		typ        Type
	}{{"party", b.Party, PartyType}, {"acts", b.Acts, ChoiceType}, {"from", b.From, DateType}, {"until", b.Until, DateType}} {
		if f := k.Field(x.name); x.name != "" && (f == nil || f.Type != x.typ) {
			l.unknown(t.pos(x.word), "unknown_field", "类型为 "+string(x.typ)+" 的字段", "field of type "+string(x.typ), x.name, fieldNames(k.Fields))
		}
	}
	if f := k.Field(b.Acts); f != nil {
		l.barActs(f)
	}
	return b
}

// named is a field that a key of a kind speaks of.
type named struct {
	word, name string
	typ        Type
	fields     []*Field
}

// typed refuses names of fields that are not there, or not of the type that is needed.
func (l *loader) typed(t table, all ...named) {
	for _, x := range all {
		f := find(x.fields, x.name, func(f *Field) string { return f.Name })
		if x.name != "" && (f == nil || f.Type != x.typ) {
			l.unknown(t.pos(x.word), "unknown_field", "类型为 "+string(x.typ)+" 的字段", "field of type "+string(x.typ), x.name, fieldNames(x.fields))
		}
	}
}

func rowsOf(k *Kind, rows string) []*Field {
	if f := k.Field(rows); f != nil {
		return f.Rows
	}
	return nil
}

func (l *loader) experts(n node, k *Kind) *Experts {
	t := l.table(n, "person", "confirmed", "resume", "interests", "with", "how", "from", "until")
	x := &Experts{Person: t.need("person"), Confirmed: t.need("confirmed"), Resume: t.text("resume"), Interests: t.text("interests"), With: t.text("with"), How: t.text("how"), From: t.text("from"), Until: t.text("until")}
	rows := rowsOf(k, x.Interests)
	l.typed(t, named{"person", x.Person, PartyType, k.Fields}, named{"confirmed", x.Confirmed, DateType, k.Fields}, named{"resume", x.Resume, TextType, k.Fields}, named{"interests", x.Interests, RowsType, k.Fields},
		named{"with", x.With, PartyType, rows}, named{"how", x.How, ChoiceType, rows}, named{"from", x.From, DateType, rows}, named{"until", x.Until, DateType, rows})
	return x
}

func (l *loader) works(n node, k *Kind) *Works {
	t := l.table(n, "makers", "person", "name", "unit", "on", "form", "as", "else")
	x := &Works{Makers: t.need("makers"), Person: t.need("person"), Name: t.need("name"), Unit: t.need("unit"), On: t.need("on"), Form: t.text("form"), Else: t.need("else"), As: map[string]string{}}
	if as, ok := t.get("as"); ok {
		for _, e := range l.entries(as).list {
			x.As[e.name] = l.scalar(e.value)
		}
	}
	rows := rowsOf(k, x.Makers)
	l.typed(t, named{"makers", x.Makers, RowsType, k.Fields}, named{"on", x.On, DateType, k.Fields}, named{"form", x.Form, ChoiceType, k.Fields},
		named{"person", x.Person, PartyType, rows}, named{"name", x.Name, TextType, rows}, named{"unit", x.Unit, TextType, rows})
	return x
}

// barActs demands that every choice of what a record bars from is made of acts that the program asks at: all, apply, apply+sign …
func (l *loader) barActs(f *Field) {
	acts := []string{"all", "apply", "judge", "sign", "pay"}
	for _, c := range f.Choices {
		for _, act := range strings.Split(c.Value, "+") {
			if !slices.Contains(acts, act) {
				l.unknown(f.Pos, "unknown_act", "可以限制的事", "act that can be barred", act, acts)
			}
		}
	}
}

// things reads the records of the register that a case is about.
func (ml *mechLoader) things(n node) []*Thing {
	var out []*Thing
	for _, e := range ml.entries(n).list {
		t := ml.table(e.value, "zh", "en", "kind", "from", "filled")
		x := &Thing{Name: e.name, Title: t.title(), Kind: t.need("kind"), From: t.text("from"), Filled: t.flag("filled"), Pos: e.key.pos()}
		if ml.pack.Kinds[x.Kind] == nil {
			ml.unknown(t.pos("kind"), "unknown_kind", "登记种类", "kind of record", x.Kind, keys(ml.pack.Kinds))
		}
		if (x.From == "") == !x.Filled {
			ml.problem(e.key, "thing_from", lang.T("要写“"+e.name+"”从哪里来，且只写一个", "it is said in exactly one way where “"+e.name+"” comes from"),
				lang.T("表单中选的写 from: 表单.字段，本事项登记的写 filled: true", "chosen in a form: from: form.field; entered by the case: filled: true"))
		}
		out = append(out, x)
	}
	return out
}

// checkThing resolves one thing, and refuses a name that means something else already.
func (ml *mechLoader) checkThing(x *Thing) {
	m := ml.m
	if m.Form(x.Name) != nil || m.Part(x.Name) != nil || m.seatByPath(x.Name) != nil || m.Link(x.Name) != nil || slices.Contains([]string{"param", "pot", "today", "linked"}, x.Name) {
		ml.finding(x.Pos, "repeated_name", lang.T("“"+x.Name+"”已是表单、部分、席位或系统的名称", "“"+x.Name+"” is a form, part, seat or word of the language already"), lang.T("换一个名称", "choose another name"))
	}
	if x.From == "" {
		return
	}
	if form, _ := cutPath(x.From); ml.formAt(m.Case, form) == nil && m.Form(form) != nil {
		ml.finding(x.Pos, "not_visible", lang.T("“"+form+"”不是事项自己填写的表单", "“"+form+"” is not filled in the case itself"), lang.Text{})
	}
	if f := m.fieldAt(x.From); f == nil || f.Type != RecordType {
		ml.unknown(x.Pos, "unknown_field", "类型为 record 的字段", "field of type record", x.From, ml.fieldPaths(RecordType))
	} else if f.Kind != x.Kind {
		ml.finding(x.Pos, "wrong_kind", lang.T("“"+x.From+"”选的是 "+f.Kind+"，不是 "+x.Kind, "“"+x.From+"” chooses a "+f.Kind+" and not a "+x.Kind), lang.Text{})
	}
}

// setting reads what fields become. A field of type party may be given a seat.
func (ml *mechLoader) setting(n node, look sight, kind func() *Kind) Setting {
	s := Setting{Fields: map[string]*Expr{}, Seats: map[string]string{}}
	for _, d := range ml.entries(n).list {
		source := ml.scalar(d.value)
		if findSeat(ml.m.Seats, source) != nil {
			s.Seats[d.name] = source
			continue
		}
		here := look
		here.env = d.value.env
		x := ml.expr(source, d.value.pos(), here)
		s.Fields[d.name] = x
		ml.pending = append(ml.pending, func() {
			if k := kind(); k != nil && k.Field(d.name) != nil {
				ml.settingType(x, k.Field(d.name))
			}
		})
	}
	return s
}

// settingType refuses a value that is not of its field's type.
func (ml *mechLoader) settingType(x *Expr, f *Field) {
	if x.root == nil {
		return // it has been reported
	}
	name := f.Name
	if x.Type == f.Type || (textual(x.Type) && textual(f.Type) && (x.Type == TextType && f.Type != PartyType && f.Type != NodeType && f.Type != RecordType && f.Type != CaseType || f.Type == TextType)) {
		if v, ok := x.root.val.(string); ok && x.root.op == "lit" && f.Type == ChoiceType && !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == v }) {
			var known []string
			for _, c := range f.Choices {
				known = append(known, c.Value)
			}
			ml.unknown(x.Pos, "unknown_choice", "选项(“"+name+"”)", "choice of “"+name+"”", v, known)
		}
		return
	}
	if n, ok := x.root.val.(int64); ok && x.root.op == "lit" && (n == 0 && numeric(f.Type) && f.Type != DateType) {
		return
	}
	ml.finding(x.Pos, "wrong_type", lang.T("“"+name+"”是"+typeWord(f.Type).ZH+"，而“"+x.Source+"”是"+typeWord(x.Type).ZH, "“"+name+"” is a "+typeWord(f.Type).EN+", but “"+x.Source+"” is a "+typeWord(x.Type).EN), unitHint(f.Type))
}

// checkEntry resolves what an effect writes into a record: known fields, of the right types, and all that must be there when one is made.
func (ml *mechLoader) checkEntry(x *Machine, k *Kind, form string, set Setting, all bool, at Pos) {
	given := map[string]bool{}
	for _, name := range append(keys(set.Fields), keys(set.Seats)...) {
		f := k.Field(name)
		if given[name] = true; f == nil {
			ml.unknown(at, "unknown_field", "字段(种类“"+k.Name+"”)", "field of the kind “"+k.Name+"”", name, fieldNames(k.Fields))
		} else if set.Seats[name] != "" && f.Type != PartyType {
			ml.finding(at, "wrong_type", lang.T("“"+name+"”是"+typeWord(f.Type).ZH+"，不能填席位", "“"+name+"” is a "+typeWord(f.Type).EN+" and takes no seat"), lang.Text{})
		}
	}
	for _, name := range set.Empty {
		if f := k.Field(name); f == nil {
			ml.unknown(at, "unknown_field", "字段(种类“"+k.Name+"”)", "field of the kind “"+k.Name+"”", name, fieldNames(k.Fields))
		} else if !f.Optional || given[name] {
			ml.finding(at, "empty_field", lang.T("“"+name+"”是必填的，或者同时写了值，不能清空", "“"+name+"” must be filled, or is given a value too, and cannot be emptied"), lang.T("只清空 optional 的字段", "empty optional fields only"))
		}
	}
	if form != "" {
		f := ml.formAt(x, form)
		if f == nil {
			ml.unknown(at, "unknown_form", "在这里读得到的表单", "form that can be read here", form, ml.formNames())
			return
		}
		shared := false
		for _, from := range f.Fields {
			to := k.Field(from.Name)
			if to == nil || given[from.Name] {
				continue
			}
			shared = true
			if to.Type != from.Type || to.Kind != from.Kind {
				ml.finding(at, "wrong_type", lang.T("字段“"+from.Name+"”在表单“"+form+"”与种类“"+k.Name+"”里类型不同", "the field “"+from.Name+"” has one type in the form “"+form+"” and another in the kind “"+k.Name+"”"), lang.T("在 fields 中写明它的值", "say its value in fields"))
			}
			if to.Type == RowsType && from.Type == RowsType {
				ml.checkColumns(k, from, to, form, at)
			}
			given[from.Name] = given[from.Name] || !from.Optional
		}
		if !shared {
			ml.finding(at, "enter_nothing", lang.T("表单“"+form+"”与种类“"+k.Name+"”没有同名字段", "the form “"+form+"” shares no field with the kind “"+k.Name+"”"), lang.Text{})
		}
	}
	for _, f := range k.Fields {
		if all && !f.Optional && f.Type != FlagType && !given[f.Name] {
			ml.finding(at, "missing_field", lang.T("没有写明“"+f.Name+"”（"+f.Title.ZH+"），它是必填的", "“"+f.Name+"” is not said, and must be filled"), lang.T("在 fields 中加上它", "add it to fields"))
		}
	}
}

// checkColumns looks whether rows of a form can become rows of a record: every column has its like there, and what the record needs is given.
func (ml *mechLoader) checkColumns(k *Kind, from, to *Field, form string, at Pos) {
	column := func(list []*Field, name string) *Field {
		i := slices.IndexFunc(list, func(f *Field) bool { return f.Name == name })
		if i < 0 {
			return nil
		}
		return list[i]
	}
	for _, c := range from.Rows {
		if x := column(to.Rows, c.Name); x == nil || x.Type != c.Type {
			ml.finding(at, "wrong_columns", lang.T("明细“"+form+"."+from.Name+"”的列“"+c.Name+"”在种类“"+k.Name+"”里没有同名同类型的列", "the column “"+c.Name+"” of “"+form+"."+from.Name+"” has no column of its name and type in the kind “"+k.Name+"”"), lang.T("给种类加上这一列，或者改名", "add it to the kind, or rename it"))
		}
	}
	for _, c := range to.Rows {
		if x := column(from.Rows, c.Name); !c.Optional && (x == nil || x.Optional) {
			ml.finding(at, "wrong_columns", lang.T("明细“"+form+"."+from.Name+"”没有种类“"+k.Name+"”必填的列“"+c.Name+"”", "“"+form+"."+from.Name+"” lacks the column “"+c.Name+"”, which the kind “"+k.Name+"” needs"), lang.T("给表单加上这一列", "add it to the form"))
		}
	}
}

// checkRecordEffect resolves the effects that make, change and end records.
func (ml *mechLoader) checkRecordEffect(x *Machine, e Effect) bool {
	thing := func(name string, at Pos) *Kind {
		t := ml.m.Thing(name)
		if t == nil {
			var known []string
			for _, o := range ml.m.Things {
				known = append(known, o.Name)
			}
			ml.unknown(at, "unknown_thing", "事物(things)", "thing", name, known)
			return nil
		}
		return ml.pack.Kinds[t.Kind]
	}
	switch e := e.(type) {
	case Enter:
		k := ml.pack.Kinds[e.Kind]
		if k == nil {
			ml.unknown(e.Pos, "unknown_kind", "登记种类", "kind of record", e.Kind, keys(ml.pack.Kinds))
			return true
		}
		if e.Thing != "" {
			if of := thing(e.Thing, e.Pos); of != nil && of != k {
				ml.finding(e.Pos, "wrong_kind", lang.T("“"+e.Thing+"”是 "+of.Name+"，不是 "+k.Name, "“"+e.Thing+"” is a "+of.Name+" and not a "+k.Name), lang.Text{})
			} else if of != nil && !ml.m.Thing(e.Thing).Filled {
				ml.finding(e.Pos, "thing_from", lang.T("“"+e.Thing+"”是表单中选的，不由 enter 登记", "“"+e.Thing+"” is chosen in a form and not entered"), lang.T("另立一个 filled: true 的事物", "declare another thing with filled: true"))
			}
		}
		ml.checkEntry(x, k, e.Form, e.Set, true, e.Pos)
	case Update:
		if k := thing(e.Thing, e.Pos); k != nil {
			ml.checkEntry(x, k, e.Form, e.Set, false, e.Pos)
			if e.Form == "" && len(e.Set.Fields)+len(e.Set.Seats)+len(e.Set.Empty) == 0 {
				ml.finding(e.Pos, "missing_key", lang.T("没有写明改什么", "it is not said what changes"), lang.T("加 fields 或 form", "add fields or form"))
			}
		}
	case Retire:
		thing(e.Thing, e.Pos)
	default:
		return false
	}
	return true
}
