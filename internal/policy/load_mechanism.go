package policy

import (
	"slices"
	"strings"

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
	t := l.table(n, "mechanism", "version", "title", "purpose", "group", "basis", "about", "opener", "despite_bans", "seats", "things", "links", "books", "forms", "parts", "flow", "ends", "rules")
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
	m.DespiteBans = t.flag("despite_bans")
	if m.Title.IsZero() {
		t.need("title")
	}
	seats, _ := t.get("seats")
	m.Seats = ml.seats(seats)
	things, _ := t.get("things")
	m.Things = ml.things(things)
	links, _ := t.get("links")
	m.Links = ml.links(links)
	books, _ := t.get("books")
	ml.books(books)
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
		ml.casePart(e)
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
		t := ml.table(e.value, "zh", "en", "party", "except", "office", "panel", "filled", "of", "from", "apart_from", "same_as", "size", "blind", "known_to")
		s := &Seat{Name: e.name, Title: t.title(), Party: t.text("party"), Except: t.names("except"), Office: t.text("office"), Of: t.text("of"), From: t.text("from"),
			ApartFrom: t.names("apart_from"), SameAs: t.text("same_as"), Blind: t.names("blind"), KnownTo: t.names("known_to"), Pos: e.key.pos()}
		for i, other := range s.ApartFrom {
			s.ApartFrom[i] = partPath(e.value.env, other)
		}
		for i, other := range s.Blind {
			s.Blind[i] = partPath(e.value.env, other)
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
		ml.except(t, s)
		out = append(out, s)
	}
	return out
}

// except looks whether what a seat leaves out is what it would let in.
func (ml *mechLoader) except(t table, s *Seat) {
	for _, kind := range s.Except {
		switch {
		case !slices.Contains(PartyKinds, kind):
			ml.unknown(t.pos("except"), "unknown_kind", "主体类别", "kind of party", kind, PartyKinds)
		case kind == "any" || kind == "organisation" || !KindFits(s.Party, kind) || s.Party == kind || s.Party == "":
			ml.finding(t.pos("except"), "except_kind", lang.T("“"+kind+"”本来就不能坐“"+s.Name+"”，或者除去它就没有人能坐了", "“"+kind+"” could not sit as “"+s.Name+"” anyway, or nobody could without it"),
				lang.T("except 只写 party: any 或 organisation 之内的具体类别", "except names single kinds within party: any or organisation"))
		}
	}
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
		t := ml.table(e.value, "zh", "en", "fields", "checks", "offices", "alike")
		f := &Form{Name: e.name, Title: t.title(), Offices: t.flag("offices"), Pos: e.key.pos()}
		fields, ok := t.get("fields")
		if !ok {
			ml.problem(e.key, "no_fields", lang.T("表单没有字段", "the form has no fields"), lang.Text{})
		}
		f.Fields = ml.fields(fields, false)
		ml.noPrivate(f.Fields)
		f.Alike = t.names("alike")
		for _, name := range f.Alike {
			if x := f.Field(name); x == nil || x.Type != TextType {
				ml.unknown(t.pos("alike"), "unknown_field", "类型为 text 的字段", "field of type text", name, fieldNames(f.Fields))
			}
		}
		for _, field := range f.Fields {
			if field.Full != "" {
				f.Checks = append(f.Checks, ml.fullMark(f, field))
			}
		}
		checks, _ := t.get("checks")
		for _, c := range ml.items(checks) {
			f.Checks = append(f.Checks, ml.guard(c, sight{form: f}, true))
		}
		ml.m.Forms = append(ml.m.Forms, f)
	}
}

// fullMark is the check of a mark: from nothing to its full mark.
func (ml *mechLoader) fullMark(f *Form, field *Field) *Guard {
	if p := ml.pack.Params[strings.TrimPrefix(field.Full, "param.")]; p != nil {
		field.FullMark = strings.Trim(string(EncodeValue(p.Value)), `"`)
	}
	mark, full, look := f.Name+"."+field.Name, field.Full, sight{form: f}
	g := &Guard{Field: mark, Pos: field.Pos, Expr: ml.expr(mark+" >= 0 && "+mark+" <= "+full, field.Pos, look, FlagType),
		Because: lang.T("“"+field.Title.ZH+"”应在 0 至 {"+full+"} 分之间", "“"+field.Title.In(lang.EN)+"” runs from 0 to {"+full+"}"),
		Way:     lang.T("改正评分", "Correct the score")}
	ml.sentence(g.Because, field.Pos, look, nil, func(c *sentence) { g.because = c })
	ml.sentence(g.Way, field.Pos, look, nil, func(c *sentence) { g.way = c })
	return g
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

// noPrivate refuses a person's own number in a form: forms are read by many and printed, the register keeps it for the person.
func (ml *mechLoader) noPrivate(fields []*Field) {
	for _, f := range fields {
		if f.private() {
			ml.finding(f.Pos, "private", lang.T("表单不填个人的号码", "a form does not ask for a person's own number"), lang.T("用类型 party 的字段选本人，号码由登记库保管", "choose the person by a field of type party; the register keeps the number"))
		}
		ml.noPrivate(f.Rows)
	}
}
