package play

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// Filler makes forms up: values of the right types, mended until the form's checks and other guards hold, as far as it can.
//
// A check is mended on its Cond: a comparison by setting one field of the form to what the others leave for it, a choice by choosing,
// a flag by setting it; where that is not possible, by making up anew the fields that it speaks of. Checks that speak of nothing in the form are left as they are, and the step is refused.
type Filler struct {
	Rand    *rand.Rand
	Stage   *Stage
	PartyID func(name string) string

	RecordID func(name string) string
	Cases    func(mechanism string) []string // that may be chosen, by id
	Whim     float64                         // how often an optional field is filled and a free value is unusual; 0 is always the plain value
}

// Fill makes up what given does not say, so that the form's checks and the guards hold. The snapshot must hold the answers that the checks ask for.
func (f *Filler) Fill(sc *policy.Scope, form *policy.Form, guards []*policy.Guard, given policy.Values) policy.Values {
	values := policy.Values{}
	for _, x := range form.Fields {
		if v, ok := given[x.Name]; ok {
			values[x.Name] = v
		} else if v := sc.Snapshot.Prefill[form.Name][x.Name]; v != nil && sc.Record == sc.Snapshot.Case {
			values[x.Name] = v
		} else if !x.Optional || f.Rand.Float64() < f.Whim {
			values[x.Name] = f.value(sc, x, form.Name, values)
		}
	}
	m := mender{f: f, form: form, values: values, given: given}
	m.sc = *sc
	m.sc.Form, m.sc.Values = form.Name, values
	for range 60 {
		if !m.mendFirst(append(slices.Clone(form.Checks), guards...)) {
			break
		}
	}
	return values
}

func (f *Filler) value(sc *policy.Scope, x *policy.Field, form string, beside policy.Values) policy.Value {
	plain := f.Whim == 0 || f.Rand.Float64() < 0.7
	switch x.Type {
	case policy.TextType:
		if x.Ident != "" {
			return Number(x.Ident, 1+f.pick(999_999))
		}
		s := []rune(x.Title.ZH)
		if x.Max > 0 && len(s) > x.Max {
			s = s[:x.Max]
		}
		return string(s)
	case policy.ChoiceType:
		return x.Choices[f.pick(len(x.Choices))].Value
	case policy.FlagType:
		return plain || f.Rand.IntN(2) == 0
	case policy.CountType:
		if f.Whim > 0 && plain {
			return int64(100) // as for numbers below
		}
		return int64(1 + f.pick(9))
	case policy.NumberType:
		if plain {
			return policy.Decimal(100_000_000) // a full mark: checks bring it down to what is allowed
		}
		return policy.Decimal(1_000_000 * f.pick(100))
	case policy.MoneyType:
		return f.amount(sc)
	case policy.ShareType:
		return share.PPM(10_000 * (1 + f.pick(100)))
	case policy.DateType:
		return caldate.On(sc.Snapshot.Now).AddDays(60 + f.pick(600))
	case policy.DaysType:
		return policy.Days(1 + f.pick(30))
	case policy.WorkdaysType:
		return policy.Workdays(1 + f.pick(30))
	case policy.PartyType:
		return f.party(x)
	case policy.RecordType:
		return f.record(sc, x, beside)
	case policy.CaseType:
		for _, m := range x.Cases {
			if list := f.Cases(m); len(list) > 0 {
				return list[f.pick(len(list))]
			}
		}
		return nil
	case policy.RefType:
		codes := sc.Snapshot.Pack.Taxonomies[x.Ref].Codes
		if len(codes) == 0 {
			return nil
		}
		return codes[f.pick(len(codes))].Code
	case policy.DocumentType:
		return Document(form + "." + x.Name + ".pdf")
	case policy.RowsType:
		return f.rows(sc, x, form)
	}
	return nil
}

// pick is 0 where nothing is unusual.
func (f *Filler) pick(n int) int {
	if f.Whim == 0 || n <= 1 {
		return 0
	}
	return f.Rand.IntN(n)
}

// amount is one of the amounts that the pack speaks of, or a part of one.
func (f *Filler) amount(sc *policy.Scope) money.Fen {
	if f.Whim == 0 {
		return 100 * money.Wan
	}
	return money.Fen(1+f.Rand.Int64N(3000)) * money.Wan / money.Fen(1+f.Rand.Int64N(3))
}

func (f *Filler) party(x *policy.Field) policy.Value {
	var list []string
	for _, p := range f.Stage.Parties {
		if policy.KindFits(x.Party, p.Kind) {
			list = append(list, p.Name)
		}
	}
	if len(list) == 0 {
		return nil
	}
	i := f.pick(len(list))
	if f.Whim == 0 {
		i = len(list) - 1 // the first ones are the opener and the bidders
	}
	return f.PartyID(list[i])
}

// Document is a file that exists in name only.
func Document(name string) policy.Document {
	sum := sha256.Sum256([]byte(name))
	return policy.Document{Digest: hex.EncodeToString(sum[:]), Name: name, Size: int64(len(name))}
}

func (f *Filler) rows(sc *policy.Scope, x *policy.Field, form string) []policy.Values {
	n := max(x.Min, 1)
	if f.Whim > 0 {
		n += f.Rand.IntN(3)
	}
	if x.Max > 0 {
		n = min(n, x.Max)
	}
	var rows []policy.Values
	var weights []share.PPM
	for range n {
		row := policy.Values{}
		for _, c := range x.Rows {
			if !c.Optional || f.Rand.Float64() < f.Whim {
				row[c.Name] = f.value(sc, c, form, row)
			}
		}
		rows, weights = append(rows, row), append(weights, share.PPM(1+f.pick(9)))
	}
	if x.Whole != "" {
		parts, err := share.Split(int64(share.Whole), weights)
		for i := range parts {
			if err == nil {
				rows[i][x.Whole] = share.PPM(parts[i])
			}
		}
	}
	return rows
}

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
	if m.f.Whim == 0 {
		return false // the plain value is always the same
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
	if inner, ok := strings.CutPrefix(p, "sum("); ok {
		rows, column, _ := strings.Cut(strings.TrimSuffix(inner, "')"), ", '")
		return m.shiftRows(rows, column, by)
	}
	for _, word := range []string{"most(", "least("} {
		if inner, ok := strings.CutPrefix(p, word); ok {
			rows, column, _ := strings.Cut(strings.TrimSuffix(inner, "')"), ", '")
			return m.limitRows(rows, column, m.number(p)+by, word == "most(")
		}
	}
	if inner, ok := strings.CutPrefix(p, "count("); ok {
		return m.shiftCount(strings.TrimSuffix(inner, ")"), by)
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

func (m *mender) shiftRows(p, column string, by int64) bool {
	f := m.own(p)
	if f == nil {
		return false
	}
	rows, _ := m.values[f.Name].([]policy.Values)
	var col *policy.Field
	for _, c := range f.Rows {
		if c.Name == column {
			col = c
		}
	}
	if len(rows) == 0 || col == nil {
		return false
	}
	var sum int64
	weights := make([]share.PPM, len(rows))
	for i, r := range rows {
		sum += policy.Units(r[column])
		weights[i] = share.PPM(1 + m.f.pick(5))
	}
	parts, err := share.Split(sum+by, weights)
	if err != nil || sum+by < 0 {
		return false
	}
	for i, r := range rows {
		r[column] = policy.OfUnits(col.Type, parts[i])
	}
	return true
}

// limitRows brings a column's most or least to a value: rows beyond it are brought to it, and the first one where none is.
func (m *mender) limitRows(p, column string, limit int64, most bool) bool {
	f := m.own(p)
	if f == nil || limit < 0 {
		return false
	}
	rows, _ := m.values[f.Name].([]policy.Values)
	for i, r := range rows {
		for _, c := range f.Rows {
			n := policy.Units(r[column])
			if c.Name == column && (i == 0 || (most && n > limit) || (!most && n < limit)) {
				r[column] = policy.OfUnits(c.Type, limit)
			}
		}
	}
	return len(rows) > 0
}

func (m *mender) shiftCount(p string, by int64) bool {
	f := m.own(p)
	if f == nil || by > 50 {
		return false
	}
	rows, _ := m.values[f.Name].([]policy.Values)
	n := int64(len(rows)) + by
	if n < int64(f.Min) || (f.Max > 0 && n > int64(f.Max)) {
		return false
	}
	for int64(len(rows)) < n {
		rows = append(rows, m.f.rows(&m.sc, f, m.form.Name)[0])
	}
	m.values[f.Name] = rows[:n]
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
