package play

import (
	"slices"
	"strings"

	"kechuang/internal/money"
	"kechuang/internal/policy"
)

// mender changes the fields that were made up until a condition holds.
type mender struct {
	f      *Filler
	form   *policy.Form
	values policy.Values
	given  policy.Values
	sc     policy.Scope
	x      *policy.Expr // the condition's expression
}

// mendFirst mends the first guard that does not hold; false means that there is nothing (more) to mend.
func (m *mender) mendFirst(guards []*policy.Guard) bool {
	for _, g := range guards {
		v, err := g.Expr.Eval(&m.sc)
		if holds, _ := v.(bool); holds || err != nil {
			continue
		}
		m.x = g.Expr
		if m.mend(g.Expr.Cond, true) || m.reroll(g.Expr) {
			return true
		}
	}
	return false
}

// reroll makes up anew the fields of which a condition speaks that cannot be mended, such as a share of one sum in another.
func (m *mender) reroll(x *policy.Expr) bool {
	if m.f.Whim == 0 || m.asksOfChosen(x) {
		return false // the plain value is always the same; what a record says that is only now chosen is not known yet
	}
	again := false
	for _, f := range m.form.Fields {
		if m.own(m.form.Name+"."+f.Name) != nil && speaksOf(x.Source, m.form.Name+"."+f.Name) {
			old, paid := m.values[f.Name].(money.Fen)
			if m.values[f.Name] = m.f.value(&m.sc, f, m.form.Name, m.values); paid && m.f.Rand.IntN(2) == 0 {
				m.values[f.Name] = old / money.Fen(2+m.f.Rand.IntN(9)) / money.Yuan * money.Yuan // times something it is often too much
			}
			again = true
		}
	}
	return again
}

// asksOfChosen tells whether a condition reads a record that this very form chooses.
func (m *mender) asksOfChosen(x *policy.Expr) bool {
	return slices.ContainsFunc(m.sc.Snapshot.Mechanism.Things, func(t *policy.Thing) bool {
		form, _, _ := strings.Cut(t.From, ".")
		return form == m.form.Name && strings.Contains(x.Source, t.Name+".")
	})
}

// speaksOf tells whether a source names a path and not only a longer one.
func speaksOf(source, path string) bool {
	for rest := source; ; {
		i := strings.Index(rest, path)
		if i < 0 {
			return false
		}
		rest = rest[i+len(path):]
		if rest == "" || !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789_", rune(rest[0])) {
			return true
		}
	}
}

// own is the field that a path names, where it is one of this form's that may be changed.
func (m *mender) own(path string) *policy.Field {
	name, ok := strings.CutPrefix(path, m.form.Name+".")
	if !ok {
		return nil
	}
	if _, fixed := m.given[name]; fixed {
		return nil
	}
	return m.form.Field(name)
}

// mend changes a field so that the condition becomes what is wanted; false where nothing in the form can.
func (m *mender) mend(c policy.Cond, want bool) bool {
	switch c := c.(type) {
	case policy.Not:
		return m.mend(c.Of, !want)
	case policy.And:
		return m.junction(c, want, true)
	case policy.Or:
		return m.junction(c, want, false)
	case policy.True:
		if f := m.own(pathOf(c.Term)); f != nil {
			m.values[f.Name] = want
			return true
		}
	case policy.Present:
		if f := m.own(pathOf(c.Term)); f != nil && want {
			m.values[f.Name] = m.f.value(&m.sc, f, m.form.Name, m.values)
			return true
		} else if f != nil && f.Optional {
			delete(m.values, f.Name)
			return true
		}
	case policy.Is:
		return m.choose(c, want)
	case policy.Compare:
		return m.compare(c, want)
	}
	return false
}

func pathOf(t policy.Term) string {
	for p := range t.Sum {
		return p
	}
	return ""
}

// junction mends every part that is wrong where all must be so, and one of them where one is enough.
func (m *mender) junction(list []policy.Cond, want, and bool) bool {
	if and == want {
		done := false
		for _, c := range list {
			if m.holds(c) != want {
				done = m.mend(c, want) || done
			}
		}
		return done
	}
	for _, i := range m.f.Rand.Perm(len(list)) {
		if m.mend(list[i], want) {
			return true
		}
	}
	return false
}

func (m *mender) choose(c policy.Is, want bool) bool {
	f := m.own(pathOf(c.Term))
	if f == nil {
		return false
	}
	if want {
		m.values[f.Name] = c.Values[m.f.pick(len(c.Values))]
		return true
	}
	var others []string
	for _, ch := range f.Choices {
		if !slices.Contains(c.Values, ch.Value) {
			others = append(others, ch.Value)
		}
	}
	if len(others) == 0 {
		return false
	}
	m.values[f.Name] = others[m.f.pick(len(others))]
	return true
}

// compare sets one field to what the others leave for it.
func (m *mender) compare(c policy.Compare, want bool) bool {
	op := c.Op
	if !want {
		op = map[string]string{"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[op]
	}
	var total int64
	paths := make([]string, 0, len(c.Left.Sum))
	for p, k := range c.Left.Sum {
		paths = append(paths, p)
		total += k * m.number(p)
	}
	slices.Sort(paths)
	target, slack := c.Value, int64(0)
	if m.f.Whim > 0 && m.f.Rand.IntN(3) == 0 {
		slack = m.f.Rand.Int64N(1 + max(magnitude(target)/4, 10))
	}
	switch op {
	case "<":
		target -= 1 + slack
	case "<=":
		target -= slack
	case ">", "!=":
		target += 1 + slack
	case ">=":
		target += slack
	}
	for _, i := range m.f.Rand.Perm(len(paths)) {
		k := c.Left.Sum[paths[i]]
		if need := target - total; need%k == 0 && m.shift(paths[i], need/k) {
			return true
		}
	}
	return false
}

func magnitude(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// number is a path's value now, in its own whole units.
func (m *mender) number(p string) int64 {
	v, err := m.x.At(&m.sc, p)
	if err != nil {
		return 0
	}
	return policy.Units(v)
}

// shift adds to a field, to the rows that a sum is over, or to the number of rows; false where that cannot be.
func (m *mender) shift(p string, by int64) bool {
	if word, of, ok := aggregate(p); ok {
		rows := m.rowsOf(word, of)
		switch {
		case rows == nil:
			return false
		case word == "sum":
			return rows.shift(by)
		case word == "count" && rows.by == "":
			return rows.add(by)
		case word == "count":
			return rows.match(by)
		}
		return rows.limit(m.number(p)+by, word == "most")
	}
	f := m.own(p)
	if f == nil {
		return false
	}
	n := policy.Units(m.values[f.Name]) + by
	if n < 0 && !f.Negative && f.Type != policy.NumberType {
		return false
	}
	m.values[f.Name] = policy.OfUnits(f.Type, n)
	return true
}

// holds evaluates a condition on the values as they are now.
func (m *mender) holds(c policy.Cond) bool {
	at := func(t policy.Term) policy.Value {
		v, _ := m.x.At(&m.sc, pathOf(t))
		return v
	}
	switch c := c.(type) {
	case policy.Const:
		return bool(c)
	case policy.Not:
		return !m.holds(c.Of)
	case policy.And:
		return !slices.ContainsFunc(c, func(x policy.Cond) bool { return !m.holds(x) })
	case policy.Or:
		return slices.ContainsFunc(c, m.holds)
	case policy.True:
		b, _ := at(c.Term).(bool)
		return b
	case policy.Present:
		b, _ := m.x.At(&m.sc, "has("+pathOf(c.Term)+")")
		return b == true
	case policy.Is:
		s, _ := at(c.Term).(string)
		return slices.Contains(c.Values, s)
	case policy.Compare:
		var total int64
		for p, k := range c.Left.Sum {
			total += k * m.number(p)
		}
		return map[string]bool{"==": total == c.Value, "!=": total != c.Value, "<": total < c.Value, "<=": total <= c.Value, ">": total > c.Value, ">=": total >= c.Value}[c.Op]
	}
	return false
}
