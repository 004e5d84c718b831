package policy

import (
	"cel.dev/cel-go/common/ast"

	"kechuang/internal/lang"
)

// thingField is patent.status: a field of the record that a thing is, looked up before the decision.
func (c *compiler) thingField(t *Thing, word string) *term {
	k := c.ml.pack.Kinds[t.Kind]
	if k == nil {
		c.broken = true // reported where the thing is declared
		return nil
	}
	f := k.Field(word)
	if f == nil && word == "id" {
		c.readsThing(t)
		c.refs[t.Name+".id"] = RecordType
		return &term{op: "path", typ: RecordType, text: t.Name + ".id", run: func(sc *Scope) (Value, error) {
			if id := sc.ThingID(t.Name); id != NewThing {
				return id, nil
			}
			return NewThing + "/" + t.Name, nil
		}}
	}
	if f == nil {
		return c.unknown("unknown_field", "字段(种类“"+k.Name+"”)", "field of the kind “"+k.Name+"”", word, fieldNames(k.Fields))
	}
	if f.private() {
		c.wrong("private", lang.T("“"+t.Name+"."+word+"”是个人的号码，机制不读它", "“"+t.Name+"."+word+"” is a person's own number, which no mechanism reads"), lang.Text{})
		return nil
	}
	if f.Type == RowsType {
		c.wrong("wrong_type", lang.T("“"+t.Name+"."+word+"”是明细，不能在条件里读", "“"+t.Name+"."+word+"” has rows and cannot be read here"), lang.Text{})
		return nil
	}
	a := Ask{Thing: t.Name, Attribute: word, Type: f.Type}
	c.asks[a.Path()], c.refs[a.Path()] = a, f.Type
	c.readsThing(t)
	if f.Optional && zero(f.Type) == nil && f.Type != DocumentType && !c.guarded[a.Path()] {
		c.wrong("optional_read", lang.T("“"+a.Path()+"”可以不填，先用 has("+a.Path()+") 判断", "“"+a.Path()+"” is optional: ask has("+a.Path()+") first"), lang.T("写成 !has("+a.Path()+") || …", "write !has("+a.Path()+") || …"))
		return nil
	}
	return &term{op: "path", typ: f.Type, text: a.Path(), run: func(sc *Scope) (Value, error) { return sc.asked(a) }}
}

// readsThing notes that the form which chooses the thing must have been filled.
func (c *compiler) readsThing(t *Thing) {
	if form, _ := cutPath(t.From); form != "" {
		c.reads[form] = true
	}
}

// hasThingField is has(patent.granted).
func (c *compiler) hasThingField(t *Thing, word string) *term {
	path := t.Name + "." + word
	c.guarded[path] = true
	if c.thingField(t, word) == nil {
		return nil
	}
	return hasAsked(path)
}

// thing is patent.filled(): whether the case has one.
func (c *compiler) thing(t *Thing, word string, args []ast.Expr) *term {
	if word == "booked" {
		return c.booked(t, args)
	}
	if word != "filled" || len(args) > 0 {
		return c.asset(t, word, args)
	}
	text := t.Name + ".filled()"
	c.refs[text] = FlagType
	if form, _ := cutPath(t.From); form != "" {
		c.guarded[form] = true
	}
	return &term{op: "path", typ: FlagType, text: text, run: func(sc *Scope) (Value, error) { return sc.ThingID(t.Name) != "", nil }}
}

// ThingID is the record that a thing is, "" where it is none yet: the one that the form being filled chooses, or else the case's.
func (sc *Scope) ThingID(name string) string {
	if t := sc.Snapshot.Mechanism.Thing(name); t != nil && t.From != "" {
		form, field := cutPath(t.From)
		v, _ := sc.field(form, field)
		id, _ := v.(string)
		return id
	}
	return sc.Snapshot.Things[name]
}
