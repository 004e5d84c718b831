package policy

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// guard reads a condition: a text, or {is, because, way, field, basis, clause, opaque}. said demands the sentence of a refusal.
func (ml *mechLoader) guard(n node, look sight, said bool) *Guard {
	look.env = n.env
	g := &Guard{Pos: n.pos()}
	if n.Node != nil && n.Kind == yaml.ScalarNode {
		g.Expr = ml.expr(ml.scalar(n), n.pos(), look, FlagType)
		if said {
			ml.problem(n, "missing_because", lang.T("这个条件不成立时没有话可说", "nothing is said when this condition does not hold"),
				lang.T("写成 {is: …, because: {zh: …, en: …}, way: {zh: …, en: …}}", "write {is: …, because: {zh: …, en: …}, way: {zh: …, en: …}}"))
		}
		return g
	}
	t := ml.table(n, "is", "because", "way", "field", "basis", "clause", "opaque")
	g.Because, g.Way, g.Field, g.Basis, g.Clause, g.Opaque = t.both("because"), t.both("way"), t.text("field"), t.text("basis"), t.text("clause"), t.both("opaque")
	g.Expr = ml.expr(t.need("is"), t.pos("is"), look, FlagType)
	if said && g.Because.IsZero() {
		ml.problem(n, "missing_because", lang.T("这个条件不成立时没有话可说", "nothing is said when this condition does not hold"),
			lang.T("加 because: {zh: …, en: …}", "add because: {zh: …, en: …}"))
	}
	if g.Basis != "" && ml.pack.Basis[g.Basis] == nil {
		ml.unknown(t.pos("basis"), "unknown_basis", "依据文件", "document", g.Basis, keys(ml.pack.Basis))
	}
	if !g.Because.IsZero() {
		ml.sentence(g.Because, t.pos("because"), look, n.env, func(c *sentence) { g.because = c })
	}
	if !g.Way.IsZero() {
		ml.sentence(g.Way, t.pos("way"), look, n.env, func(c *sentence) { g.way = c })
	}
	ml.pending = append(ml.pending, func() {
		if why, opaque := g.Expr.Cond.(Opaque); opaque && g.Opaque.IsZero() && g.Expr.root != nil {
			ml.finding(g.Pos, "opaque", lang.T("这个条件不能判定是否与别的条件重叠："+why.Why, "it cannot be decided whether this condition overlaps with others: "+why.Why),
				lang.T("改写它，或加 opaque: {zh: 为什么, en: why} 说明", "rewrite it, or justify it with opaque: {zh: …, en: …}"))
		}
	})
	return g
}

// expr makes an expression that is compiled when all names are known; want "" takes any type.
func (ml *mechLoader) expr(source string, at Pos, look sight, want ...Type) *Expr {
	x := &Expr{Source: source, Pos: at, Cond: Opaque{Source: source, Why: "未编译 not compiled"}}
	ml.pending = append(ml.pending, func() { ml.compileExpr(x, look, want) })
	return x
}

// opt reads an expression that may be missing.
func (ml *mechLoader) opt(t table, name string, look sight, want ...Type) *Expr {
	n, ok := t.get(name)
	if !ok {
		return nil
	}
	look.env = n.env
	return ml.expr(ml.scalar(n), n.pos(), look, want...)
}

func (ml *mechLoader) must(t table, name string, look sight, want ...Type) *Expr {
	if !t.has(name) {
		t.need(name)
		return &Expr{Source: "", Type: want[0], Cond: Const(false), Pos: t.at.pos()}
	}
	return ml.opt(t, name, look, want...)
}

var effectWords = []string{"hold", "pay", "release", "claim", "collect", "forgive", "open", "draw", "seat", "vacate", "choose", "move", "freeze", "record", "enter", "update", "retire", "start", "make", "notify", "amend"}

func (ml *mechLoader) effects(n node, look sight) []Effect {
	var out []Effect
	for _, c := range ml.items(n) {
		if c.Kind != yaml.MappingNode {
			ml.problem(c, "not_effect", lang.T("这里应是一个动作，例如 {release: grant}", "an effect such as {release: grant} is expected"), lang.Text{})
			continue
		}
		t := ml.table(c, append(effectWords, deedWords...)...)
		for _, e := range t.list {
			look.env = e.value.env
			if slices.Contains(deedWords, e.name) {
				out = append(out, ml.deed(e, look))
				continue
			}
			if !slices.Contains(effectWords, e.name) {
				continue
			}
			if x := ml.effect(e, look); x != nil {
				out = append(out, x)
			}
		}
	}
	return out
}

func (ml *mechLoader) effect(e entry, look sight) Effect {
	at := e.key.pos()
	part := func(t table, word string) string { return e.value.env.part(t.need(word)) }
	switch e.name {
	case "hold":
		t := ml.table(e.value, "fund", "pot", "amount")
		return Hold{Fund: t.need("fund"), Pot: t.need("pot"), Amount: ml.must(t, "amount", look, MoneyType), Pos: at}
	case "pay":
		t := ml.table(e.value, "pot", "to", "amount", "as")
		return Pay{Pot: t.need("pot"), To: t.need("to"), Amount: ml.opt(t, "amount", look, MoneyType), As: t.both("as"), Pos: at}
	case "release":
		if e.value.Kind == yaml.ScalarNode {
			return Release{Pot: ml.scalar(e.value), Pos: at}
		}
		return Release{Pot: ml.table(e.value, "pot").need("pot"), Pos: at}
	case "claim":
		t := ml.table(e.value, "pot", "from", "amount", "interest")
		return Claim{Pot: t.need("pot"), From: t.need("from"), Amount: ml.opt(t, "amount", look, MoneyType), Interest: ml.opt(t, "interest", look, MoneyType), Pos: at}
	case "collect":
		t := ml.table(e.value, "pot", "from", "amount")
		return Collect{Pot: t.need("pot"), From: t.need("from"), Amount: ml.opt(t, "amount", look, MoneyType), Pos: at}
	case "forgive":
		t := ml.table(e.value, "pot", "from")
		return Forgive{Pot: t.need("pot"), From: t.need("from"), Pos: at}
	case "open":
		t := ml.table(e.value, "part", "rows", "seat", "as", "each", "in", "pairs")
		each := t.text("each")
		var pairs *Pairs
		if n, there := t.get("pairs"); there {
			p := ml.table(n, "rows", "who", "of", "least", "barred")
			pairs = &Pairs{Rows: p.need("rows"), Who: p.need("who"), Of: p.need("of"), Least: ml.opt(p, "least", look, CountType), Barred: p.names("barred")}
		}
		return Open{Part: part(t, "part"), Rows: t.text("rows"), Seat: t.text("seat"), As: t.text("as"), Each: e.value.env.part(each), In: t.names("in"), Pairs: pairs, Pos: at}
	case "draw":
		t := ml.table(e.value, "seat", "part", "as", "size", "field", "unit_most", "outside_least", "open_most", "mix", "named", "waived", "new_to", "veto")
		newTo := t.names("new_to")
		for i, name := range newTo {
			newTo[i] = e.value.env.part(name)
		}
		d := Draw{Seat: t.need("seat"), Part: part(t, "part"), As: t.need("as"), Size: ml.must(t, "size", look, CountType), Field: t.text("field"),
			UnitMost: ml.opt(t, "unit_most", look, CountType), OutsideLeast: ml.opt(t, "outside_least", look, CountType), OpenMost: ml.opt(t, "open_most", look, CountType), NewTo: newTo, Veto: t.text("veto"), Named: t.text("named"), Pos: at}
		if n, there := t.get("mix"); there {
			for _, f := range ml.entries(n).list {
				for _, v := range ml.entries(f.value).list {
					here := look
					here.env = v.value.env
					d.Mix = append(d.Mix, Mix{Field: f.name, Is: v.name, Least: ml.expr(ml.scalar(v.value), v.value.pos(), here, CountType)})
				}
			}
		}
		if n, there := t.get("waived"); there {
			w := ml.table(n, "part", "in", "finding")
			d.Waived = &Waived{Part: part(w, "part"), In: w.names("in"), Finding: partPath(e.value.env, w.need("finding"))}
		}
		return d
	case "seat":
		t := ml.table(e.value, "seat", "from")
		h := SeatHolder{Seat: t.need("seat"), From: partPath(e.value.env, t.need("from")), Pos: at}
		if thing, field := cutPath(h.From); field != "" && ml.m.Thing(thing) != nil {
			h.Thing = thing
		}
		return h
	case "vacate":
		if e.value.Kind == yaml.ScalarNode {
			return Vacate{Seat: ml.scalar(e.value), Pos: at}
		}
		t := ml.table(e.value, "seat", "whose")
		return Vacate{Seat: t.need("seat"), Whose: t.text("whose"), Pos: at}
	case "choose":
		return ml.choose(e, look)
	case "move":
		t := ml.table(e.value, "part", "in", "to", "whose")
		return Move{Part: part(t, "part"), In: t.names("in"), To: t.need("to"), Whose: t.text("whose"), Pos: at}
	case "freeze":
		t := ml.table(e.value, "content")
		return Freeze{Content: t.names("content"), Pos: at}
	case "enter", "update", "retire":
		return ml.recordEffect(e, look)
	}
	if e.name == "start" {
		return ml.startEffect(e, look)
	}
	return ml.record(e, look)
}

// record reads the effects that leave something for others: facts, register entries, documents, messages, amendments.
func (ml *mechLoader) record(e entry, look sight) Effect {
	at := e.key.pos()
	anyOf := []Type{TextType, ChoiceType, RefType, NodeType, PartyType, RecordType, CountType, NumberType, MoneyType, ShareType, DateType, FlagType, DocumentType}
	switch e.name {
	case "record":
		if e.value.Kind == yaml.ScalarNode {
			return NoteFact{Fact: ml.scalar(e.value), Pos: at}
		}
		t := ml.table(e.value, "fact", "amount", "dims", "on")
		f := NoteFact{Fact: t.need("fact"), Amount: ml.opt(t, "amount", look, MoneyType, CountType), On: ml.opt(t, "on", look, DateType), Dims: map[string]*Expr{}, Pos: at}
		dims, _ := t.get("dims")
		for _, d := range ml.entries(dims).list {
			f.Dims[d.name] = ml.expr(ml.scalar(d.value), d.value.pos(), look, anyOf...)
		}
		return f
	case "make":
		t := ml.table(e.value, "document", "zh", "en")
		return Make{Document: t.need("document"), Title: t.title(), Pos: at}
	case "notify":
		t := ml.table(e.value, "seats", "zh", "en")
		x := &Notify{Seats: t.names("seats"), Text: t.title(), Pos: at}
		for i, s := range x.Seats {
			x.Seats[i] = partPath(e.value.env, s)
		}
		x.text = &sentence{}
		ml.sentence(x.Text, at, look, e.value.env, func(c *sentence) { *x.text = *c })
		return *x
	case "amend":
		t := ml.table(e.value, "form", "with")
		return Amend{Form: t.need("form"), With: t.need("with"), Pos: at}
	}
	return nil
}

// recordEffect reads the effects that make, change and end records of the register.
func (ml *mechLoader) recordEffect(e entry, look sight) Effect {
	at := e.key.pos()
	switch e.name {
	case "enter":
		t := ml.table(e.value, "kind", "thing", "form", "fields", "renew")
		x := Enter{Kind: t.need("kind"), Thing: t.text("thing"), Form: t.text("form"), Renew: t.flag("renew"), Pos: at}
		fields, _ := t.get("fields")
		x.Set = ml.setting(fields, look, func() *Kind { return ml.pack.Kinds[x.Kind] })
		return x
	case "update":
		t := ml.table(e.value, "thing", "form", "fields", "empty")
		x := Update{Thing: t.need("thing"), Form: t.text("form"), Pos: at}
		fields, _ := t.get("fields")
		x.Set = ml.setting(fields, look, func() *Kind { return ml.pack.KindOf(ml.m, x.Thing) })
		x.Set.Empty = t.names("empty")
		return x
	}
	if e.value.Kind == yaml.ScalarNode {
		return Retire{Thing: ml.scalar(e.value), Pos: at}
	}
	return Retire{Thing: ml.table(e.value, "thing").need("thing"), Pos: at}
}

func (ml *mechLoader) choose(e entry, look sight) Effect {
	t := ml.table(e.value, "part", "in", "by", "ties", "best", "others", "seat", "from", "count")
	part := e.value.env.part(t.need("part"))
	inside := look
	inside.inPart, inside.step = part, nil
	numeric := []Type{NumberType, MoneyType, CountType, ShareType}
	c := Choose{Part: part, In: t.names("in"), By: ml.must(t, "by", inside, numeric...), Best: t.need("best"), Others: t.need("others"),
		Seat: t.text("seat"), From: t.text("from"), Count: ml.opt(t, "count", look, CountType), Pos: e.key.pos()}
	if len(c.In) == 0 {
		ml.problem(e.key, "missing_key", lang.T("没有写明在哪些状态的“"+part+"”中选", "it is not said in which states they are chosen from"), lang.T("加 in: [状态]", "add in: [state]"))
	}
	for _, n := range ml.itemsOf(t, "ties") {
		inside.env = n.env
		s := ml.scalar(n)
		if s == "earlier" || strings.HasSuffix(s, "earlier") && len(s) < 12 {
			continue // the earlier submitted is always the last tie rule
		}
		c.Ties = append(c.Ties, ml.expr(s, n.pos(), inside, numeric...))
	}
	return c
}
