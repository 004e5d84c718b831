package prove

import (
	"maps"
	"slices"
	"strings"

	"kechuang/internal/policy"
)

// logic decides conditions of one mechanism: whether they can hold together, and with which values. Parameters are replaced by
// their values, so a proof holds for the pack as it is, not for every number one might put there.
type logic struct {
	pack *policy.Pack
	mech *policy.Mechanism
}

// model is values under which conditions hold, by path.
type model struct {
	ints  map[string]int64
	types map[string]policy.Type
	texts map[string]string
	flags map[string]bool
}

// Limits that only a monstrous definition reaches; beyond them the answer is unknown, which is reported.
const (
	maxLeaves  = 4096
	maxSteps   = 100_000
	otherValue = "\x00other" // a text that no condition names
)

// sat asks whether all conditions can hold at once.
func (lg *logic) sat(conds ...policy.Cond) (answer, *model) {
	s := &search{lg: lg}
	ans := s.run(lg.formulas(conds, true), leaf{}, func(l leaf) answer {
		a, m := l.solve(lg)
		if a == sat {
			s.found = m
		}
		return a
	})
	return ans, s.found
}

// implies tells whether the conditions force the last one. Unknown counts as no.
func (lg *logic) implies(then policy.Cond, conds ...policy.Cond) bool {
	ans, _ := lg.sat(append(slices.Clone(conds), policy.Not{Of: then})...)
	return ans == unsat
}

// leaf is one conjunction of literals. A leaf never changes: with gives another one that shares what it can.
type leaf struct {
	rows  []linear
	in    []texts // of which one must be
	out   []texts // of which none may be
	flags []truth
}

// linear is a sum of paths that is at most max.
type linear struct {
	sum   map[string]int64
	max   int64
	types map[string]policy.Type // of the paths
}

type texts struct {
	path   string
	values []string
}

type truth struct {
	path string
	is   bool
}

// literal is a condition without alternatives: a truth, or rows, texts or a flag that must hold.
type literal struct {
	never bool
	rows  []linear
	in    *texts
	out   *texts
	flag  *truth
}

// with is the conjunction with one literal more; ok is false where the two contradict each other on the face of it.
func (l leaf) with(lit literal) (_ leaf, ok bool) {
	if lit.never {
		return l, false
	}
	if len(lit.rows) > 0 {
		l.rows = append(slices.Clip(l.rows), lit.rows...)
	}
	if lit.in != nil {
		both := *lit.in
		for _, t := range l.in {
			if t.path == both.path {
				both.values = slices.DeleteFunc(slices.Clone(both.values), func(v string) bool { return !slices.Contains(t.values, v) })
			}
		}
		if len(both.values) == 0 {
			return l, false
		}
		l.in = append(slices.Clip(l.in), both)
	}
	if lit.out != nil {
		l.out = append(slices.Clip(l.out), *lit.out)
	}
	if lit.flag != nil {
		for _, f := range l.flags {
			if f.path == lit.flag.path {
				return l, f.is == lit.flag.is
			}
		}
		l.flags = append(slices.Clip(l.flags), *lit.flag)
	}
	return l, true
}

// allowed and forbidden are the texts by path. Of the allowed ones the last said are the fewest.
func (l leaf) allowed() map[string][]string {
	m := map[string][]string{}
	for _, t := range l.in {
		m[t.path] = t.values
	}
	return m
}

func (l leaf) forbidden() map[string][]string {
	m := map[string][]string{}
	for _, t := range l.out {
		m[t.path] = append(m[t.path], t.values...)
	}
	return m
}

func (l leaf) flagged() map[string]bool {
	m := map[string]bool{}
	for _, f := range l.flags {
		m[f.path] = f.is
	}
	return m
}

func (l leaf) types() map[string]policy.Type {
	m := map[string]policy.Type{}
	for _, r := range l.rows {
		maps.Copy(m, r.types)
	}
	return m
}

// search walks the alternatives of the conditions and calls at for every conjunction, until one is sat.
type search struct {
	lg     *logic
	leaves int
	steps  int
	found  *model
	all    bool // visit every conjunction, also after one is sat
}

// run takes what holds without alternatives first, and then one alternative after the other: the earlier a conjunction contradicts
// itself, the fewer there are to look at.
func (s *search) run(todo []*formula, l leaf, at func(leaf) answer) answer {
	if s.steps++; s.leaves > maxLeaves || s.steps > maxSteps {
		return unknown
	}
	var open []*formula
	for len(todo) > 0 {
		f := todo[0]
		todo = todo[1:]
		switch {
		case f.any != nil:
			open = append(open, f)
		case f.all != nil:
			todo = append(slices.Clip(f.all), todo...)
		default:
			var ok bool
			if l, ok = l.with(f.literal); !ok {
				return unsat
			}
		}
	}
	if len(open) == 0 {
		s.leaves++
		return at(l)
	}
	worst := unsat
	for _, o := range open[0].any {
		switch ans := s.run(append([]*formula{o}, open[1:]...), l, at); {
		case ans == sat && !s.all:
			return sat
		case ans != unsat:
			worst = ans
		}
	}
	return worst
}

// formula is a condition in negation normal form: formulas of which one must hold, or all, or a literal.
type formula struct {
	any []*formula
	all []*formula
	literal
}

func (lg *logic) formulas(conds []policy.Cond, want bool) []*formula {
	list := make([]*formula, len(conds))
	for i, c := range conds {
		list[i] = lg.formula(c, want)
	}
	return list
}

// formula says when the condition is as wanted.
func (lg *logic) formula(c policy.Cond, want bool) *formula {
	switch c := c.(type) {
	case nil:
		return &formula{literal: literal{never: !want}}
	case policy.Const:
		return &formula{literal: literal{never: bool(c) != want}}
	case policy.Not:
		return lg.formula(c.Of, !want)
	case policy.And:
		return lg.several(c, want, want)
	case policy.Or:
		return lg.several(c, want, !want)
	case policy.Compare:
		if !want {
			c.Op = map[string]string{"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[c.Op]
		}
		return lg.compare(c)
	case policy.Is:
		return &formula{literal: lg.is(c, want)}
	case policy.True:
		return &formula{literal: lg.flag(path(c.Term), want)}
	case policy.Present:
		return &formula{literal: flagged("has("+path(c.Term)+")", want)}
	case policy.Opaque:
		return &formula{literal: flagged(c.Source, want)}
	}
	panic("prove: a condition of an unknown kind")
}

func (lg *logic) several(conds []policy.Cond, want, all bool) *formula {
	list := lg.formulas(conds, want)
	if all {
		return &formula{all: list}
	}
	return &formula{any: list}
}

func path(t policy.Term) string {
	for p := range t.Sum {
		return p
	}
	return ""
}

func flagged(path string, want bool) literal { return literal{flag: &truth{path, want}} }

func (lg *logic) flag(path string, want bool) literal {
	if p, ok := lg.param(path); ok {
		b, _ := p.Value.(bool)
		return literal{never: b != want}
	}
	return flagged(path, want)
}

func (lg *logic) is(c policy.Is, want bool) literal {
	name := path(c.Term)
	if p, ok := lg.param(name); ok {
		s, _ := p.Value.(string)
		return literal{never: slices.Contains(c.Values, s) != want}
	}
	if !want {
		return literal{out: &texts{name, c.Values}}
	}
	return literal{in: &texts{name, c.Values}, never: len(c.Values) == 0}
}

func (lg *logic) param(path string) (*policy.Param, bool) {
	name, ok := strings.CutPrefix(path, "param.")
	if !ok || lg.pack == nil {
		return nil, false
	}
	p, ok := lg.pack.Params[name]
	return p, ok
}

// compare turns a comparison into rows of whole numbers: a < b is a + 1 <= b, and a != b is two alternatives.
func (lg *logic) compare(c policy.Compare) *formula {
	if c.Op == "!=" {
		lo, hi := c, c
		lo.Op, hi.Op = "<", ">"
		if ordered(c.Left.Type) {
			return &formula{any: []*formula{lg.compare(lo), lg.compare(hi)}}
		}
	}
	if !ordered(c.Left.Type) {
		name := path(c.Left) + "=="
		if c.Right != nil {
			sides := []string{path(c.Left), path(*c.Right)}
			slices.Sort(sides)
			name = strings.Join(sides, "==")
		}
		return &formula{literal: flagged(name, c.Op == "==")}
	}
	sum, types := map[string]int64{}, map[string]policy.Type{}
	max := c.Value - c.Left.Plus
	lg.gather(sum, types, c.Left, 1, &max)
	if c.Right != nil {
		max += c.Right.Plus
		lg.gather(sum, types, *c.Right, -1, &max)
	}
	neg := map[string]int64{}
	for p, k := range sum {
		neg[p] = -k
	}
	var rows []linear
	switch c.Op {
	case "<=":
		rows = []linear{{sum, max, types}}
	case "<":
		rows = []linear{{sum, max - 1, types}}
	case ">=":
		rows = []linear{{neg, -max, types}}
	case ">":
		rows = []linear{{neg, -max - 1, types}}
	case "==":
		rows = []linear{{sum, max, types}, {neg, -max, types}}
	}
	return &formula{literal: literal{rows: rows}}
}

// gather adds sign·term to the sum; parameters with a value move to the other side.
func (lg *logic) gather(sum map[string]int64, types map[string]policy.Type, t policy.Term, sign int64, max *int64) {
	for p, k := range t.Sum {
		if par, ok := lg.param(p); ok {
			if ordered(par.Type) {
				*max -= sign * k * policy.Units(par.Value)
				continue
			}
		}
		for _, q := range lg.expand(p) {
			sum[q] += sign * k
			types[q] = t.Type
		}
	}
}

// expand writes a count of parts in several states as the sum of one unknown for each state, so that counts know of each other.
func (lg *logic) expand(p string) []string {
	part, states, ok := countOf(p)
	if !ok {
		return []string{p}
	}
	m := lg.mech.Part(part)
	if m == nil {
		return []string{p}
	}
	if len(states) == 0 {
		for _, s := range m.States {
			states = append(states, s.Name)
		}
	}
	out := make([]string, len(states))
	for i, s := range states {
		out[i] = part + "#" + s
	}
	return out
}

// countOf reads "bids.count('scored','submitted')".
func countOf(p string) (part string, states []string, ok bool) {
	part, rest, ok := strings.Cut(p, ".count(")
	if !ok {
		return "", nil, false
	}
	rest = strings.TrimSuffix(rest, ")")
	for _, s := range strings.Split(rest, ",") {
		if s = strings.Trim(s, " '\""); s != "" {
			states = append(states, s)
		}
	}
	return part, states, true
}

// plain tells whether a path is a value as it was entered, counted or looked up, and not a calculation that may fall below zero.
func (lg *logic) plain(path string) bool {
	if f := lg.field(path); f != nil {
		return !f.Negative
	}
	for _, of := range []string{"pot.held('", "pot.paid('", "pot.owed('", "count("} {
		if strings.HasPrefix(path, of) {
			return true
		}
	}
	if strings.HasPrefix(path, "linked.") && strings.Contains(path, ".count(") {
		return true
	}
	return strings.Contains(path, "#") || strings.HasSuffix(path, ".count()") || !strings.ContainsAny(path, " ()+*/")
}

// solve decides one conjunction.
func (l leaf) solve(lg *logic) (answer, *model) {
	m := &model{map[string]int64{}, l.types(), map[string]string{}, l.flagged()}
	allowed, forbidden := l.allowed(), l.forbidden()
	for name := range union(allowed, forbidden) {
		v, ok := lg.pick(name, allowed[name], forbidden[name])
		if !ok {
			return unsat, nil
		}
		m.texts[name] = v
	}
	names, rows := l.matrix(lg)
	ans, x := feasible(len(names), rows)
	if ans != sat {
		return ans, nil
	}
	for i, n := range names {
		m.ints[n] = x[i]
	}
	return sat, m
}

// matrix numbers the paths and adds what is known of their types.
func (l leaf) matrix(lg *logic) ([]string, []row) {
	index, types := map[string]int{}, l.types()
	for _, r := range l.rows {
		for p := range r.sum {
			index[p] = 0
		}
	}
	names := slices.Sorted(maps.Keys(index))
	for i, n := range names {
		index[n] = i
	}
	var rows []row
	for _, r := range l.rows {
		out := row{coef: make([]int64, len(names)), max: r.max}
		for p, k := range r.sum {
			out.coef[index[p]] = k
		}
		rows = append(rows, out)
	}
	for i, n := range names {
		if neverNegative(types[n]) && lg.plain(n) {
			r := row{coef: make([]int64, len(names))}
			r.coef[i] = -1
			rows = append(rows, r)
		}
	}
	return names, rows
}

// pick finds a text that is allowed and not forbidden.
func (lg *logic) pick(name string, in, out []string) (string, bool) {
	if in == nil {
		in = lg.choices(name)
		if in == nil {
			return otherValue, true
		}
	}
	for _, v := range in {
		if !slices.Contains(out, v) {
			return v, true
		}
	}
	return "", false
}

// choices are the values of a choice field, nil for a text of any value.
func (lg *logic) choices(path string) []string {
	f := lg.field(path)
	if f == nil || f.Type != policy.ChoiceType {
		return nil
	}
	out := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		out[i] = c.Value
	}
	return out
}

// field finds "form.field", "form.rows.column" or "thing.field".
func (lg *logic) field(path string) *policy.Field {
	names := strings.Split(path, ".")
	if len(names) < 2 || lg.mech == nil {
		return nil
	}
	if names[0] == "linked" {
		return lg.linkedField(names)
	}
	form := lg.mech.Form(names[0])
	if form == nil {
		if lg.pack == nil || len(names) > 2 {
			return nil
		}
		if k := lg.pack.KindOf(lg.mech, names[0]); k != nil {
			return k.Field(names[1])
		}
		return nil
	}
	f := form.Field(names[1])
	for _, n := range names[2:] {
		if f == nil {
			return nil
		}
		i := slices.IndexFunc(f.Rows, func(c *policy.Field) bool { return c.Name == n })
		if i < 0 {
			return nil
		}
		f = f.Rows[i]
	}
	return f
}

// linkedField finds "linked.link.form.field".
func (lg *logic) linkedField(names []string) *policy.Field {
	if len(names) != 4 || lg.pack == nil {
		return nil
	}
	if l := lg.mech.Link(names[1]); l != nil && len(l.Mechanisms) == 1 {
		if m := lg.pack.Mechanism(l.Mechanisms[0]); m != nil && m.Form(names[2]) != nil {
			return m.Form(names[2]).Field(names[3])
		}
	}
	return nil
}

func union(a, b map[string][]string) map[string]bool {
	out := map[string]bool{}
	for k := range a {
		out[k] = true
	}
	for k := range b {
		out[k] = true
	}
	return out
}
