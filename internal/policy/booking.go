package policy

import (
	"slices"

	"cel.dev/cel-go/common/ast"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
)

// Booking says that a case takes a thing for some days: while it stands in one of the states, nobody else's case should have it beyond
// what a guard allows (YAML: books: {instrument: {from: plan.from, until: plan.until, while: [booked]}}).
type Booking struct {
	Thing       string
	From, Until string   // date fields of forms of the case; both days are taken
	While       []string // states of the case
	Pos         Pos
}

// Span is days that are taken, both ends among them.
type Span struct{ From, Until caldate.Date }

// Taken is a record with the days for which a case has it.
type Taken struct {
	Thing, Record string
	Span
}

// Booked is what a case has taken, as it stands.
func (s *Snapshot) Booked() (out []Taken) {
	sc := &Scope{Snapshot: s, Record: s.Case}
	for _, b := range s.Mechanism.Books {
		if !slices.Contains(b.While, s.Case.State) {
			continue
		}
		day := func(path string) caldate.Date {
			form, field := cutPath(path)
			v, _ := sc.field(form, field)
			d, _ := v.(caldate.Date)
			return d
		}
		t := Taken{b.Thing, sc.ThingID(b.Thing), Span{day(b.From), day(b.Until)}}
		if t.Record != "" && t.From != "" && t.Until >= t.From {
			out = append(out, t)
		}
	}
	return out
}

// most is how many of the spans share the day, among those from one day until another, that most of them share.
func most(spans []Span, from, until caldate.Date) (n int64) {
	for _, day := range spans { // the day that most share is one on which a span begins, or the first
		first := max(day.From, from)
		if first > min(day.Until, until) {
			continue
		}
		k := int64(0)
		for _, s := range spans {
			if s.From <= first && s.Until >= first {
				k++
			}
		}
		n = max(n, k)
	}
	return n
}

// booked is instrument.booked(plan.from, plan.until): how many other cases have the thing on the busiest of these days.
func (c *compiler) booked(t *Thing, args []ast.Expr) *term {
	if !slices.ContainsFunc(c.ml.m.Books, func(b *Booking) bool { return b.Thing == t.Name }) {
		c.wrong("not_booked", lang.T("“"+t.Name+"”没有写 books", "“"+t.Name+"” is not in books"), lang.T("在机制中写 books: {"+t.Name+": {from: …, until: …, while: […]}}", "say books: {"+t.Name+": {from: …, until: …, while: […]}}"))
		return nil
	}
	if len(args) != 2 {
		c.wrong("syntax", lang.T("写 "+t.Name+".booked（起, 止）", "write "+t.Name+".booked(from, until)"), lang.Text{})
		return nil
	}
	from, until := c.check(args[0]), c.check(args[1])
	if from == nil || until == nil {
		return nil
	}
	if from.typ != DateType || until.typ != DateType {
		c.wrong("wrong_type", lang.T(t.Name+".booked() 要两个日期", t.Name+".booked() takes two dates"), lang.Text{})
		return nil
	}
	return c.ofThing(t, t.Name+".booked("+from.text+", "+until.text+")", CountType, func(sc *Scope) (Value, error) {
		a, err := from.run(sc)
		if err != nil {
			return nil, err
		}
		b, err := until.run(sc)
		if err != nil {
			return nil, err
		}
		first, ok1 := a.(caldate.Date)
		last, ok2 := b.(caldate.Date)
		spans, ok := sc.Snapshot.Taken[sc.ThingID(t.Name)]
		if !ok && sc.ThingID(t.Name) != "" && sc.ThingID(t.Name) != NewThing || !ok1 || !ok2 {
			return nil, errNotAsked
		}
		return most(spans, first, last), nil
	})
}

// books reads what the case books, once states and forms are known by name.
func (ml *mechLoader) books(n node) {
	for _, e := range ml.entries(n).list {
		t := ml.table(e.value, "from", "until", "while")
		ml.m.Books = append(ml.m.Books, &Booking{Thing: e.name, From: t.need("from"), Until: t.need("until"), While: t.names("while"), Pos: e.key.pos()})
	}
}

// checkBooking resolves what a booking names.
func (ml *mechLoader) checkBooking(b *Booking) {
	m := ml.m
	if m.Thing(b.Thing) == nil {
		var known []string
		for _, t := range m.Things {
			known = append(known, t.Name)
		}
		ml.unknown(b.Pos, "unknown_thing", "事物", "thing", b.Thing, known)
	}
	for _, path := range []string{b.From, b.Until} {
		if f := m.fieldAt(path); f == nil || f.Type != DateType || f.Optional {
			ml.unknown(b.Pos, "unknown_field", "必填的日期字段", "date field that must be filled", path, ml.fieldPaths(DateType))
		}
	}
	for _, s := range b.While {
		ml.partState(m.Case, s, b.Pos)
	}
}
