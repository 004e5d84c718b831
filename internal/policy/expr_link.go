package policy

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"

	"kechuang/internal/lang"
)

// linkedName is the link in “linked.accepted”.
func linkedName(e ast.Expr) (string, bool) {
	if e.Kind() != ast.SelectKind {
		return "", false
	}
	s := e.AsSelect()
	if s.Operand().Kind() != ast.IdentKind || s.Operand().AsIdent() != "linked" {
		return "", false
	}
	return s.FieldName(), true
}

// linkedForm is link and form in “linked.accepted.agreement.grant”.
func linkedForm(s ast.SelectExpr) (link, form string, ok bool) {
	if s.Operand().Kind() != ast.SelectKind {
		return "", "", false
	}
	inner := s.Operand().AsSelect()
	link, ok = linkedName(inner.Operand())
	return link, inner.FieldName(), ok
}

func (c *compiler) linkOf(name string) *Link {
	l := c.ml.m.Link(name)
	if l == nil {
		var known []string
		for _, o := range c.ml.m.Links {
			known = append(known, o.Name)
		}
		c.unknown("unknown_link", "联办事项(links)", "link", name, known)
	}
	return l
}

// link is linked.contract.count('registered'), any, all: over the cases that a link knows, by the state in which each stands.
func (c *compiler) link(name, word string, args []ast.Expr) *term {
	l := c.linkOf(name)
	if l == nil {
		return nil
	}
	states, ok := c.words(args)
	if !ok {
		return nil
	}
	var known []string
	for _, o := range c.ml.linkedMechanisms(l) {
		known = append(known, c.ml.stateNames(o.m.Case)...)
	}
	for _, s := range states {
		if len(known) > 0 && !slices.Contains(known, s) {
			c.unknown("unknown_state", "状态(“"+name+"”)", "state of “"+name+"”", s, known)
			return nil
		}
	}
	slices.Sort(states)
	states = slices.Compact(states)
	count := func(states []string) *term {
		a := Ask{Link: name, Attribute: "count(" + joined(states) + ")", Type: CountType}
		c.asks[a.Path()], c.refs[a.Path()] = a, CountType
		return &term{op: "path", typ: CountType, text: a.Path(), run: func(sc *Scope) (Value, error) { return sc.asked(a) }}
	}
	switch {
	case word == "count":
		return count(states)
	case word == "any":
		return c.compare(">=", count(states), lit(CountType, int64(1), "1"))
	case word == "all" && len(states) > 0:
		return c.compare("==", count(nil), count(states))
	}
	return c.unknown("unknown_function", "对联办事项的说法", "word for linked cases", word, []string{"count", "all", "any"})
}

// linkField is linked.accepted.agreement.grant: a field of the one linked case, as it was last filled; nothing where there is none.
func (c *compiler) linkField(name, form, field string) *term {
	l := c.linkOf(name)
	if l == nil {
		return nil
	}
	others := c.ml.linkedMechanisms(l)
	if len(others) != 1 {
		c.wrong("several_mechanisms", lang.T("“"+name+"”可能是几种机制的事项，不能读表单", "“"+name+"” may be cases of several mechanisms: their forms cannot be read"), lang.Text{})
		return nil
	}
	o := others[0]
	f := o.m.Form(form)
	if f == nil {
		return c.unknown("unknown_form", "表单(机制“"+o.m.Name+"”)", "form of the mechanism “"+o.m.Name+"”", form, o.formNames())
	}
	x := f.Field(field)
	if x == nil || x.Type == RowsType {
		return c.unknown("unknown_field", "字段(表单“"+form+"”)", "field of the form “"+form+"”", field, fieldNames(f.Fields))
	}
	a := Ask{Link: name, Attribute: form + "." + field, Type: x.Type}
	c.asks[a.Path()], c.refs[a.Path()] = a, x.Type
	if zero(x.Type) == nil && x.Type != DocumentType && !c.guarded[a.Path()] {
		c.wrong("optional_read", lang.T("“"+a.Path()+"”可能没有，先用 has("+a.Path()+") 判断", "“"+a.Path()+"” may not be there: ask has("+a.Path()+") first"), lang.T("写成 !has("+a.Path()+") || …", "write !has("+a.Path()+") || …"))
		return nil
	}
	return &term{op: "path", typ: x.Type, text: a.Path(), run: func(sc *Scope) (Value, error) { return sc.asked(a) }}
}

func (c *compiler) hasLinkField(name, form, field string) *term {
	path := "linked." + name + "." + form + "." + field
	c.guarded[path] = true
	if c.linkField(name, form, field) == nil {
		return nil
	}
	return hasAsked(path)
}

// hasAsked is whether casework found a value for what was asked.
func hasAsked(path string) *term {
	return &term{op: "has", typ: FlagType, text: "has(" + path + ")", val: path, run: func(sc *Scope) (Value, error) {
		v, ok := sc.Snapshot.Asked[path]
		if !ok {
			return nil, errNotAsked
		}
		return v != nil && v != "", nil
	}}
}

// CountsLinked tells whether a case in a state counts for an ask about a link: every one does where the ask names no state.
func (a Ask) CountsLinked(state string) bool {
	inner, ok := strings.CutPrefix(a.Attribute, "count(")
	return ok && (inner == ")" || strings.Contains(inner, quote(state)))
}

// LinkCase is the case that the form being filled, or the case's own form, chooses for a link; "" where the link chooses none.
func (sc *Scope) LinkCase(name string) string {
	l := sc.Snapshot.Mechanism.Link(name)
	if l == nil || l.From == "" {
		return ""
	}
	form, field := cutPath(l.From)
	v, _ := sc.field(form, field)
	id, _ := v.(string)
	return id
}

// startCase works out what stands in the case that is started.
func (r *run) startCase(rec *Record, e Start) error {
	l := r.m.Link(e.Link)
	o := r.s.Pack.Mechanism(l.Mechanisms[0])
	a := StartCase{Link: e.Link, Mechanism: o.Name, As: e.As, Fill: map[string]Values{}}
	if a.As == "" {
		a.As = o.LinkTo(r.m.Name, false)
	}
	put := func(form, field string, v Value) {
		if a.Fill[form] == nil {
			a.Fill[form] = Values{}
		}
		a.Fill[form][field] = v
	}
	for _, name := range keys(e.Seats) {
		party, err := r.onlyParty(rec, e.Seats[name])
		if err != nil {
			return err
		}
		if name == o.Opener {
			a.Opener = Holder{Party: party}
		} else if form, field := cutPath(o.Seat(name).From); form != "" {
			put(form, field, party)
		}
	}
	for _, form := range keys(e.Fill) {
		for _, field := range keys(e.Fill[form]) {
			v, err := e.Fill[form][field].Eval(r.scope(rec))
			if err != nil {
				return asRefusal(err)
			}
			if v = coerced(o.Form(form).Field(field).Type, v); v != "" {
				put(form, field, v)
			}
		}
	}
	for path, v := range r.s.Asked { // what is counted from now on
		if inner, ok := strings.CutPrefix(path, "linked."+e.Link+"."); ok && (Ask{Attribute: inner}).CountsLinked(o.Case.Initial().Name) {
			n, _ := v.(int64)
			r.s.Asked[path] = n + 1
		}
	}
	r.do(a)
	return nil
}
