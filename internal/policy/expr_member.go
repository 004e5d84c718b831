package policy

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"kechuang/internal/lang"
	"kechuang/internal/money"
)

// member is target.word(arguments): parts in the plural, pots, rows, and what is asked of seats.
func (c *compiler) member(e ast.CallExpr) *term {
	word, target := e.FunctionName(), e.Target()
	if link, ok := linkedName(target); ok {
		return c.link(link, word, e.Args())
	}
	if target.Kind() == ast.SelectKind {
		t := c.check(target)
		if t != nil && t.typ == PartyType {
			return c.named(t, word, e.Args())
		}
		return c.rows(word, t, e.Args())
	}
	if target.Kind() != ast.IdentKind {
		c.wrong("syntax", lang.T("“"+word+"”前面应是一个名称", "a name is expected before “"+word+"”"), lang.Text{})
		return nil
	}
	base := target.AsIdent()
	if base == "pot" {
		return c.pot(word, e.Args())
	}
	if p := c.ml.m.Part(c.look.env.part(base)); p != nil {
		return c.plural(p, word, e.Args())
	}
	if s := findSeat(c.ml.seatsAt(c.at), base); s != nil {
		return c.seat(base, word, e.Args())
	}
	if t := c.ml.m.Thing(base); t != nil {
		return c.thing(t, word, e.Args())
	}
	return c.unknown("unknown_name", "部分或席位", "part or seat", base, c.names())
}

// words reads arguments that are written texts.
func (c *compiler) words(args []ast.Expr) ([]string, bool) {
	var out []string
	for _, a := range args {
		if a.Kind() == ast.LiteralKind {
			if s, ok := a.AsLiteral().(types.String); ok {
				out = append(out, string(s))
				continue
			}
		}
		c.wrong("syntax", lang.T("这里应是加单引号的名称", "a name in single quotes is expected here"), lang.Text{})
		return nil, false
	}
	return out, true
}

func joined(words []string) string {
	var q []string
	for _, w := range words {
		q = append(q, quote(w))
	}
	return strings.Join(q, ", ")
}

// plural is bids.count(), bids.all('scored'), opinions.mean('score') …
func (c *compiler) plural(p *Machine, word string, args []ast.Expr) *term {
	names, ok := c.words(args)
	if !ok {
		return nil
	}
	switch word {
	case "count", "all", "any":
		slices.Sort(names)
		names = slices.Compact(names)
		if !c.states(p, names) {
			return nil
		}
		return c.counted(p, word, names)
	case "mean", "sum", "least", "most":
		if len(names) == 0 {
			break
		}
		states := slices.Compact(slices.Sorted(slices.Values(names[1:])))
		if !c.states(p, states) {
			return nil
		}
		return c.gathered(p, word, names[0], states)
	}
	return c.unknown("unknown_function", "对许多部分的说法", "word for parts", word, []string{"count", "all", "any", "mean", "sum", "least", "most"})
}

// states refuses states that the part does not have.
func (c *compiler) states(p *Machine, names []string) bool {
	for _, s := range names {
		if p.State(s) == nil {
			c.unknown("unknown_state", "状态(部分“"+p.Name+"”)", "state of the part “"+p.Name+"”", s, c.ml.stateNames(p))
			return false
		}
	}
	return true
}

func (c *compiler) counted(p *Machine, word string, states []string) *term {
	total := c.count(p, nil)
	some := c.count(p, states)
	switch {
	case word == "count":
		c.refs[some.text] = CountType
		return some
	case word == "any":
		c.refs[some.text] = CountType
		return c.compare(">=", some, lit(CountType, int64(1), "1"))
	case len(states) == 0:
		c.wrong("syntax", lang.T(p.Name+".all 要写状态", p.Name+".all takes states"), lang.Text{})
		return nil
	}
	c.refs[some.text], c.refs[total.text] = CountType, CountType
	return c.compare("==", total, some)
}

func (c *compiler) count(p *Machine, states []string) *term {
	name := p.Name
	return &term{op: "path", typ: CountType, text: name + ".count(" + joined(states) + ")", run: func(sc *Scope) (Value, error) {
		n := int64(0)
		for _, r := range sc.parts(name) {
			if len(states) == 0 || slices.Contains(states, r.State) {
				n++
			}
		}
		return n, nil
	}}
}

// partField finds the form and field that an aggregate speaks of: "score", or "opinion.score" where two forms have a score.
func (c *compiler) partField(p *Machine, path string) (*Form, *Field) {
	form, field, dotted := strings.Cut(path, ".")
	forms := slices.Clone(c.ml.fills[p])
	if p.Row != nil {
		forms = append(forms, p.Row)
	}
	var known []string
	var foundForm *Form
	var found *Field
	for _, f := range forms {
		for _, x := range f.Fields {
			if known = append(known, x.Name); (dotted && f.Name == form && x.Name == field) || (!dotted && x.Name == path) {
				if found != nil && foundForm != f {
					c.wrong("ambiguous_field", lang.T("“"+path+"”在两个表单里都有", "two forms have “"+path+"”"), lang.T("写成 '表单."+path+"'", "write 'form."+path+"'"))
					return nil, nil
				}
				foundForm, found = f, x
			}
		}
	}
	if found == nil {
		c.unknown("unknown_field", "字段(部分“"+p.Name+"”)", "field of the part “"+p.Name+"”", path, known)
	}
	return foundForm, found
}

// gathered is an aggregate of one field over the parts, those in the named states where any are named.
func (c *compiler) gathered(p *Machine, word, path string, states []string) *term {
	form, field := c.partField(p, path)
	if field == nil {
		return nil
	}
	if !numeric(field.Type) || (field.Type == DateType && (word == "sum" || word == "mean")) {
		c.wrong("wrong_type", lang.T("“"+path+"”是"+typeWord(field.Type).ZH+"，不能求 "+word, "“"+path+"” is a "+typeWord(field.Type).EN+": there is no "+word+" of it"), lang.Text{})
		return nil
	}
	part, name, fname := p.Name, field.Name, form.Name
	return c.fold(word, field.Type, part+"."+word+"("+joined(append([]string{fname + "." + name}, states...))+")", func(sc *Scope) ([]Value, error) {
		var out []Value
		for _, r := range sc.parts(part) {
			if len(states) > 0 && !slices.Contains(states, r.State) {
				continue
			}
			if v := r.Forms[fname][name]; v != nil {
				out = append(out, v)
			}
		}
		return out, nil
	})
}

// fold is a sum, mean, least or most over values; of none it is nothing. A mean is rounded half away from zero, of counts to six decimals.
func (c *compiler) fold(word string, t Type, text string, values func(*Scope) ([]Value, error)) *term {
	typ := t
	if word == "mean" && t == CountType {
		typ = NumberType
	}
	c.refs[text] = typ
	return &term{op: "path", typ: typ, text: text, run: func(sc *Scope) (Value, error) {
		list, err := values(sc)
		if err != nil || len(list) == 0 {
			return fromInt(typ, 0), err
		}
		var acc int64
		for i, v := range list {
			n, _ := toInt(v)
			switch {
			case word == "least" && i > 0:
				acc = min(acc, n)
			case word == "most" && i > 0:
				acc = max(acc, n)
			case i == 0:
				acc = n
			default:
				if acc, err = plus(acc, n); err != nil {
					return nil, err
				}
			}
		}
		if word == "mean" {
			if typ != t {
				if acc, err = times(acc, million); err != nil {
					return nil, err
				}
			}
			acc = rounded(acc, int64(len(list)))
		}
		return fromInt(typ, acc), nil
	}}
}

// rounded is n/by to the nearest whole, halves away from zero.
func rounded(n, by int64) int64 {
	q, r := n/by, n%by
	if r < 0 {
		r = -r
	}
	if r >= by-r {
		if n < 0 {
			return q - 1
		}
		return q + 1
	}
	return q
}

// rows is sum(agreement.milestones, 'amount'), count(need.targets), need.targets.size() …
func (c *compiler) rows(word string, t *term, args []ast.Expr) *term {
	if t == nil {
		return nil
	}
	if t.typ != RowsType {
		c.wrong("wrong_type", lang.T("“"+t.text+"”不是明细，不能求 "+word, "“"+t.text+"” has no rows"), lang.Text{})
		return nil
	}
	names, ok := c.words(args)
	if !ok {
		return nil
	}
	if word == "size" || word == "count" {
		pick, said, ok := c.only(t, names)
		if !ok {
			return nil
		}
		text := "count(" + t.text + said + ")"
		c.refs[text] = CountType
		return &term{op: "path", typ: CountType, text: text, run: func(sc *Scope) (Value, error) {
			v, err := t.run(sc)
			rows, _ := v.([]Values)
			return int64(len(pick(rows))), err
		}}
	}
	form, field, _ := strings.Cut(t.text, ".")
	f := c.ml.formAt(c.at, form).Field(field)
	if len(names) == 0 || !slices.Contains([]string{"sum", "mean", "least", "most"}, word) {
		return c.unknown("unknown_function", "对明细的说法", "word for rows", word, []string{"size", "count", "sum", "mean", "least", "most"})
	}
	typ := columnType(f, names[0])
	if typ == "" {
		var known []string
		for _, col := range f.Rows {
			known = append(known, col.Name)
		}
		return c.unknown("unknown_field", "列(“"+t.text+"”)", "column of “"+t.text+"”", names[0], known)
	}
	if !numeric(typ) || (typ == DateType && (word == "sum" || word == "mean")) {
		c.wrong("wrong_type", lang.T("列“"+names[0]+"”是"+typeWord(typ).ZH+"，不能求 "+word, "the column “"+names[0]+"” is a "+typeWord(typ).EN+": there is no "+word+" of it"), lang.Text{})
		return nil
	}
	pick, said, ok := c.only(t, names[1:])
	if !ok {
		return nil
	}
	return c.fold(word, typ, word+"("+t.text+", "+quote(names[0])+said+")", func(sc *Scope) ([]Value, error) {
		v, err := t.run(sc)
		if err != nil {
			return nil, err
		}
		var out []Value
		rows, _ := v.([]Values)
		for _, r := range pick(rows) {
			if r[names[0]] != nil {
				out = append(out, r[names[0]])
			}
		}
		return out, nil
	})
}

// only narrows rows to those in which a column of choices holds one of the values: sum(plan.money, 'amount', 'source', '国资', '财政'). Without
// names it is all rows. said is how the narrowing is written.
func (c *compiler) only(t *term, names []string) (pick func([]Values) []Values, said string, ok bool) {
	if len(names) == 0 {
		return func(rows []Values) []Values { return rows }, "", true
	}
	form, field, _ := strings.Cut(t.text, ".")
	f := c.ml.formAt(c.at, form).Field(field)
	i := slices.IndexFunc(f.Rows, func(col *Field) bool { return col.Name == names[0] && col.Type == ChoiceType })
	if i < 0 {
		var known []string
		for _, col := range f.Rows {
			if col.Type == ChoiceType {
				known = append(known, col.Name)
			}
		}
		c.unknown("unknown_field", "类型为 choice 的列", "column of type choice", names[0], known)
		return nil, "", false
	}
	col, values := f.Rows[i], names[1:]
	if len(values) == 0 {
		c.wrong("missing_key", lang.T("没有写明“"+names[0]+"”取哪些值的行", "it is not said which values of “"+names[0]+"” count"), lang.T("在列名后写值，例如 '国资'", "write the values after the column, such as 'state'"))
		return nil, "", false
	}
	for _, name := range names {
		said += ", " + quote(name)
	}
	for _, v := range values {
		if !slices.ContainsFunc(col.Choices, func(o Choice) bool { return o.Value == v }) {
			var known []string
			for _, o := range col.Choices {
				known = append(known, o.Value)
			}
			c.unknown("unknown_choice", "选项", "choice", v, known)
			return nil, "", false
		}
	}
	return func(rows []Values) []Values {
		return slices.DeleteFunc(slices.Clone(rows), func(r Values) bool {
			v, _ := r[col.Name].(string)
			return !slices.Contains(values, v)
		})
	}, said, true
}

// pot is pot.held('grant'), pot.paid('grant') and pot.owed('grant'): all parties together.
func (c *compiler) pot(word string, args []ast.Expr) *term {
	names, ok := c.words(args)
	if !ok {
		return nil
	}
	if len(names) != 1 || !slices.Contains([]string{"held", "paid", "owed"}, word) {
		return c.unknown("unknown_function", "对资金的说法（写 pot.held('名称')）", "word for pots (write pot.held('name'))", word, []string{"held", "paid", "owed"})
	}
	name := names[0]
	if pots := c.ml.m.pots(); !slices.Contains(pots, name) {
		return c.unknown("unknown_pot", "资金", "pot", name, pots)
	}
	text := "pot." + word + "(" + quote(name) + ")"
	c.refs[text] = MoneyType
	return &term{op: "path", typ: MoneyType, text: text, run: func(sc *Scope) (Value, error) {
		p := sc.Snapshot.Pots[name]
		switch word {
		case "held":
			return p.Held, nil
		case "paid":
			return total(p.Paid)
		}
		return total(p.Owed)
	}}
}

func total(m map[string]money.Fen) (Value, error) {
	var sum int64
	var err error
	for _, f := range m {
		if sum, err = plus(sum, int64(f)); err != nil {
			return nil, err
		}
	}
	return money.Fen(sum), nil
}

// seat is solver.filled(), experts.count(), buyer.same_as(seller) and bidder.related_to(poster).
func (c *compiler) seat(base, word string, args []ast.Expr) *term {
	switch {
	case word == "filled" && len(args) == 0:
		text := base + ".filled()"
		c.refs[text] = FlagType
		return &term{op: "path", typ: FlagType, text: text, run: func(sc *Scope) (Value, error) { return len(sc.holders(base)) > 0, nil }}
	case word == "count" && len(args) == 0:
		text := base + ".count()"
		c.refs[text] = CountType
		return &term{op: "path", typ: CountType, text: text, run: func(sc *Scope) (Value, error) { return int64(len(sc.holders(base))), nil }}
	case word == GrantedThisYear:
		return c.grantedFrom(base, args)
	case (word == SameAs || word == RelatedTo) && len(args) == 1 && args[0].Kind() == ast.IdentKind:
		return c.beside(base, word, args[0].AsIdent(), func(sc *Scope) []Holder { return sc.holders(base) })
	}
	return c.unknown("unknown_function", "对席位的说法", "word for seats", word, []string{"filled", "count", GrantedThisYear, SameAs, RelatedTo})
}

// grantedFrom is firm.granted_this_year('vouchers'): of what a party was granted, that from one fund.
func (c *compiler) grantedFrom(seat string, args []ast.Expr) *term {
	funds, ok := c.words(args)
	if !ok {
		return nil
	}
	if len(funds) != 1 {
		c.wrong("syntax", lang.T("括号里写一项资金，例如 firm.granted_this_year('vouchers')；全部资金不写括号", "one fund is named, such as firm.granted_this_year('vouchers'); of all funds there are no brackets"), lang.Text{})
		return nil
	}
	if c.ml.pack.Funds[funds[0]] == nil {
		return c.unknown("unknown_fund", "资金", "fund", funds[0], keys(c.ml.pack.Funds))
	}
	if t := c.attribute(seat, GrantedThisYear); t == nil {
		return nil
	}
	delete(c.asks, seat+"."+GrantedThisYear)
	delete(c.refs, seat+"."+GrantedThisYear)
	a := Ask{Seat: seat, Attribute: GrantedThisYear, Fund: funds[0]}
	c.asks[a.Path()], c.refs[a.Path()] = a, MoneyType
	return &term{op: "path", typ: MoneyType, text: a.Path(), run: func(sc *Scope) (Value, error) { return sc.asked(a) }}
}

// named is agreement.tester.related_to(poster) and agreement.tester.same_as(poster): of the party that a field names.
func (c *compiler) named(t *term, word string, args []ast.Expr) *term {
	if (word == SameAs || word == RelatedTo) && len(args) == 1 && args[0].Kind() == ast.IdentKind {
		return c.beside(t.text, word, args[0].AsIdent(), func(sc *Scope) []Holder {
			v, _ := t.run(sc)
			party, _ := v.(string)
			return []Holder{{Party: party}}
		})
	}
	return c.unknown("unknown_function", "对主体的说法", "word for parties", word, []string{SameAs, RelatedTo})
}

// beside is what is asked of parties beside those in another seat: whether one is the same party, or related. Nobody is like nobody.
func (c *compiler) beside(subject, word, other string, who func(*Scope) []Holder) *term {
	if findSeat(c.ml.seatsAt(c.at), other) == nil {
		return c.unknown("unknown_seat", "席位", "seat", other, c.names())
	}
	a := Ask{Seat: subject, Attribute: word, Other: other}
	c.refs[a.Path()] = FlagType
	if word == RelatedTo {
		c.asks[a.Path()] = a
		return &term{op: "path", typ: FlagType, text: a.Path(), run: func(sc *Scope) (Value, error) { return sc.asked(a) }}
	}
	return &term{op: "path", typ: FlagType, text: a.Path(), run: func(sc *Scope) (Value, error) {
		for _, x := range who(sc) {
			for _, y := range sc.holders(other) {
				if x.Party != "" && x.Party == y.Party {
					return true, nil
				}
			}
		}
		return false, nil
	}}
}

// pots is the names of the case's money accounts: those that some effect holds or receives into.
func (m *Mechanism) pots() []string {
	var out []string
	m.EachEffect(func(_ *Machine, _ *State, _ *Step, e Effect) {
		if h, ok := e.(Hold); ok && !slices.Contains(out, h.Pot) {
			out = append(out, h.Pot)
		}
		if d, ok := e.(Deed); ok && d.Pot != "" && !slices.Contains(out, d.Pot) {
			out = append(out, d.Pot)
		}
	})
	slices.Sort(out)
	return out
}

// EachEffect visits every effect of every step and deadline (Step nil), in the order of the file.
func (m *Mechanism) EachEffect(visit func(*Machine, *State, *Step, Effect)) {
	for _, x := range append([]*Machine{m.Case}, m.Parts...) {
		for _, s := range x.States {
			for _, st := range s.Steps {
				for _, e := range st.Do {
					visit(x, s, st, e)
				}
			}
			if s.Deadline != nil {
				for _, e := range s.Deadline.Do {
					visit(x, s, nil, e)
				}
			}
		}
	}
}
