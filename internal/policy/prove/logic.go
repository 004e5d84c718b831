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
	ans := s.run(conds, newLeaf(), func(l *leaf) answer {
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

// leaf is one conjunction of literals.
type leaf struct {
	rows  []linear
	types map[string]policy.Type
	in    map[string][]string // allowed texts
	out   map[string][]string // forbidden texts
	flags map[string]bool
}

// linear is a sum of paths that is at most max.
type linear struct {
	sum map[string]int64
	max int64
}

func newLeaf() *leaf {
	return &leaf{types: map[string]policy.Type{}, in: map[string][]string{}, out: map[string][]string{}, flags: map[string]bool{}}
}

func (l *leaf) clone() *leaf {
	return &leaf{slices.Clone(l.rows), maps.Clone(l.types), maps.Clone(l.in), maps.Clone(l.out), maps.Clone(l.flags)}
}

// search walks the alternatives of the conditions and calls at for every conjunction, until one is sat.
type search struct {
	lg     *logic
	leaves int
	steps  int
	found  *model
	all    bool // visit every conjunction, also after one is sat
}

func (s *search) run(todo []policy.Cond, l *leaf, at func(*leaf) answer) answer {
	if s.steps++; s.leaves > maxLeaves || s.steps > maxSteps {
		return unknown
	}
	if len(todo) == 0 {
		s.leaves++
		return at(l)
	}
	c, rest := todo[0], todo[1:]
	options, lits := s.lg.split(c)
	if options == nil {
		l = l.clone()
		for _, lit := range lits {
			if !lit(l) {
				return unsat
			}
		}
		return s.run(rest, l, at)
	}
	worst := unsat
	for _, o := range options {
		switch ans := s.run(append(slices.Clone(o), rest...), l, at); {
		case ans == sat && !s.all:
			return sat
		case ans != unsat:
			worst = ans
		}
	}
	return worst
}

type literal func(*leaf) bool

// split opens one condition: into alternatives, each a list of conditions, or into literals that all hold.
func (lg *logic) split(c policy.Cond) (options [][]policy.Cond, lits []literal) {
	switch c := c.(type) {
	case nil:
		return nil, nil
	case policy.Const:
		return nil, []literal{func(*leaf) bool { return bool(c) }}
	case policy.And:
		return [][]policy.Cond{c}, nil
	case policy.Or:
		options = make([][]policy.Cond, 0, len(c))
		for _, o := range c {
			options = append(options, []policy.Cond{o})
		}
		return options, nil
	case policy.Not:
		return lg.splitNot(c.Of)
	case policy.Compare:
		return lg.compare(c)
	case policy.Is:
		return nil, []literal{lg.is(c, true)}
	case policy.True:
		return nil, []literal{lg.flag(path(c.Term), true)}
	case policy.Present:
		return nil, []literal{flagged("has("+path(c.Term)+")", true)}
	case policy.Opaque:
		return nil, []literal{flagged(c.Source, true)}
	}
	panic("prove: a condition of an unknown kind")
}

func (lg *logic) splitNot(c policy.Cond) ([][]policy.Cond, []literal) {
	switch c := c.(type) {
	case nil:
		return nil, []literal{func(*leaf) bool { return false }}
	case policy.Const:
		return lg.split(!c)
	case policy.Not:
		return lg.split(c.Of)
	case policy.And:
		options := make([][]policy.Cond, 0, len(c))
		for _, o := range c {
			options = append(options, []policy.Cond{policy.Not{Of: o}})
		}
		return options, nil
	case policy.Or:
		one := make([]policy.Cond, 0, len(c))
		for _, o := range c {
			one = append(one, policy.Not{Of: o})
		}
		return [][]policy.Cond{one}, nil
	case policy.Compare:
		c.Op = map[string]string{"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}[c.Op]
		return lg.compare(c)
	case policy.Is:
		return nil, []literal{lg.is(c, false)}
	case policy.True:
		return nil, []literal{lg.flag(path(c.Term), false)}
	case policy.Present:
		return nil, []literal{flagged("has("+path(c.Term)+")", false)}
	case policy.Opaque:
		return nil, []literal{flagged(c.Source, false)}
	}
	panic("prove: a condition of an unknown kind")
}

func path(t policy.Term) string {
	for p := range t.Sum {
		return p
	}
	return ""
}

func flagged(name string, want bool) literal {
	return func(l *leaf) bool {
		if have, ok := l.flags[name]; ok {
			return have == want
		}
		l.flags[name] = want
		return true
	}
}

func (lg *logic) flag(name string, want bool) literal {
	if p, ok := lg.param(name); ok {
		b, _ := p.Value.(bool)
		return func(*leaf) bool { return b == want }
	}
	return flagged(name, want)
}

func (lg *logic) is(c policy.Is, want bool) literal {
	name := path(c.Term)
	if p, ok := lg.param(name); ok {
		s, _ := p.Value.(string)
		return func(*leaf) bool { return slices.Contains(c.Values, s) == want }
	}
	return func(l *leaf) bool {
		if !want {
			l.out[name] = append(slices.Clone(l.out[name]), c.Values...)
			return true
		}
		have, seen := l.in[name]
		if !seen {
			l.in[name] = c.Values
			return len(c.Values) > 0
		}
		both := slices.DeleteFunc(slices.Clone(have), func(v string) bool { return !slices.Contains(c.Values, v) })
		l.in[name] = both
		return len(both) > 0
	}
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
func (lg *logic) compare(c policy.Compare) ([][]policy.Cond, []literal) {
	if c.Op == "!=" {
		lo, hi := c, c
		lo.Op, hi.Op = "<", ">"
		if ordered(c.Left.Type) {
			return [][]policy.Cond{{lo}, {hi}}, nil
		}
	}
	if !ordered(c.Left.Type) {
		name := path(c.Left) + "=="
		if c.Right != nil {
			sides := []string{path(c.Left), path(*c.Right)}
			slices.Sort(sides)
			name = strings.Join(sides, "==")
		}
		return nil, []literal{flagged(name, c.Op == "==")}
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
		rows = []linear{{sum, max}}
	case "<":
		rows = []linear{{sum, max - 1}}
	case ">=":
		rows = []linear{{neg, -max}}
	case ">":
		rows = []linear{{neg, -max - 1}}
	case "==":
		rows = []linear{{sum, max}, {neg, -max}}
	}
	return nil, []literal{func(l *leaf) bool {
		l.rows = append(slices.Clip(l.rows), rows...)
		maps.Copy(l.types, types)
		return true
	}}
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
func (l *leaf) solve(lg *logic) (answer, *model) {
	m := &model{map[string]int64{}, l.types, map[string]string{}, l.flags}
	for _, name := range slices.Sorted(maps.Keys(union(l.in, l.out))) {
		v, ok := lg.pick(name, l.in[name], l.out[name])
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
func (l *leaf) matrix(lg *logic) ([]string, []row) {
	index := map[string]int{}
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
		if neverNegative(l.types[n]) && lg.plain(n) {
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
