package policy

import (
	"math/bits"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"

	"kechuang/internal/lang"
	"kechuang/internal/share"
)

var operators = map[string]string{"_&&_": "&&", "_||_": "||", "_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">=",
	"_+_": "+", "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%"}

func (c *compiler) call(e ast.CallExpr) *term {
	if e.IsMemberFunction() {
		return c.member(e)
	}
	name, args := e.FunctionName(), e.Args()
	if op, ok := operators[name]; ok && len(args) == 2 {
		return c.binary(op, args[0], args[1])
	}
	switch name {
	case "!_", "-_":
		return c.unary(name, args[0])
	case "_?_:_":
		return c.ternary(args)
	case "@in", "_in_", "in":
		return c.in(args[0], args[1])
	case "money", "share", "date", "number", "days", "workdays":
		return c.constant(Type(name), args)
	case "has":
		return c.has(args)
	case "min", "max":
		return c.minMax(name, args)
	case "ratio":
		return c.ratio(args)
	case "sum", "count", "mean", "least", "most", "size":
		if len(args) > 0 {
			return c.rows(name, args[0], args[1:])
		}
	}
	known := []string{"money", "share", "date", "number", "days", "workdays", "has", "min", "max", "ratio", "sum", "count", "mean", "least", "most", "size"}
	return c.unknown("unknown_function", "函数", "function", strings.Trim(name, "_"), known)
}

// constant is money('100万元') and the like.
func (c *compiler) constant(t Type, args []ast.Expr) *term {
	if len(args) == 1 {
		if v := c.check(args[0]); v == nil {
			return nil
		} else if v.op == "lit" && (v.typ == TextType || v.typ == CountType) {
			raw := Show(v.val).ZH
			val, err := parseValue(t, raw)
			if err != nil {
				c.wrong("bad_value", err.zh, err.hint)
				return nil
			}
			return lit(t, val, string(t)+"("+quote(raw)+")")
		}
	}
	c.wrong("bad_value", lang.T(string(t)+"(…) 里应是写定的值", string(t)+"(…) takes a written value"), unitHint(t))
	return nil
}

func (c *compiler) unary(op string, arg ast.Expr) *term {
	a := c.check(arg)
	if a == nil {
		return nil
	}
	if op == "!_" {
		if a.typ != FlagType {
			c.wrong("wrong_type", lang.T("“!”后面应是条件，而“"+a.text+"”是"+typeWord(a.typ).ZH, "“!” takes a condition, but “"+a.text+"” is a "+typeWord(a.typ).EN), lang.Text{})
			return nil
		}
		return &term{op: "not", typ: FlagType, text: "!" + paren(a), args: []*term{a}, run: func(sc *Scope) (Value, error) {
			v, err := a.run(sc)
			if err != nil {
				return nil, err
			}
			return !truth(v), nil
		}}
	}
	if !numeric(a.typ) || a.typ == DateType {
		c.wrong("wrong_type", lang.T("“-”后面应是数", "“-” takes a number"), lang.Text{})
		return nil
	}
	return &term{op: "neg", typ: a.typ, text: "-" + paren(a), args: []*term{a}, run: func(sc *Scope) (Value, error) {
		n, err := a.int(sc)
		return fromInt(a.typ, -n), err
	}}
}

func paren(t *term) string {
	if t.op == "lit" || t.op == "path" || t.op == "has" {
		return t.text
	}
	return "(" + t.text + ")"
}

func truth(v Value) bool { b, _ := v.(bool); return b }

func numeric(t Type) bool {
	switch t {
	case CountType, NumberType, MoneyType, ShareType, DateType, DaysType, WorkdaysType:
		return true
	}
	return false
}

// int evaluates to the value's own whole units.
func (t *term) int(sc *Scope) (int64, error) {
	v, err := t.run(sc)
	if err != nil {
		return 0, err
	}
	n, ok := toInt(v)
	if !ok {
		return 0, &unfilled{t.text}
	}
	return n, nil
}

// asZero lets a plain 0 stand for no money, no share and so on.
func (c *compiler) asZero(t *term, want Type) (*term, bool) {
	if n, ok := t.val.(int64); ok && t.op == "lit" && n == 0 && numeric(want) && want != DateType {
		return lit(want, fromInt(want, 0), "0"), true
	}
	return nil, false
}

// asNumber turns a count into a number.
func asNumber(t *term) *term {
	if t.typ == NumberType {
		return t
	}
	if t.op == "lit" {
		n, _ := t.val.(int64)
		return lit(NumberType, Decimal(n*million), t.text)
	}
	return &term{op: "number", typ: NumberType, text: t.text, args: []*term{t}, run: func(sc *Scope) (Value, error) {
		n, err := t.int(sc)
		if err != nil {
			return nil, err
		}
		n, err = times(n, million)
		return Decimal(n), err
	}}
}

// alike brings two operands to one type: a plain 0 to the other's, a count to a number.
func (c *compiler) alike(a, b *term) (*term, *term, bool) {
	if a.typ == b.typ {
		return a, b, true
	}
	if z, ok := c.asZero(a, b.typ); ok {
		return z, b, true
	}
	if z, ok := c.asZero(b, a.typ); ok {
		return a, z, true
	}
	if (a.typ == CountType && b.typ == NumberType) || (a.typ == NumberType && b.typ == CountType) {
		return asNumber(a), asNumber(b), true
	}
	if textual(a.typ) && textual(b.typ) && (a.op == "lit" || b.op == "lit" || a.typ == TextType || b.typ == TextType) {
		return a, b, true
	}
	return a, b, false
}

func textual(t Type) bool {
	return t == TextType || t == ChoiceType || t == PartyType || t == RefType
}

func (c *compiler) binary(op string, left, right ast.Expr) *term {
	a := c.check(left)
	b := c.check(right)
	if a == nil || b == nil {
		return nil
	}
	switch op {
	case "&&", "||":
		return c.junction(op, a, b)
	case "/", "%":
		c.wrong("division", lang.T("不能相除", "there is no division"), lang.T("两个金额之比写 ratio(a, b),取份额写 金额 * share('20%')", "write ratio(a, b) for the ratio of two amounts, amount * share('20%') for a part of one"))
		return nil
	case "+", "-", "*":
		return c.arithmetic(op, a, b)
	}
	return c.compare(op, a, b)
}

func (c *compiler) mismatch(op string, a, b *term) *term {
	hint := unitHint(a.typ)
	if a.typ == CountType || a.typ == TextType {
		hint = unitHint(b.typ)
	}
	c.wrong("wrong_type", lang.T("“"+a.text+"”是"+typeWord(a.typ).ZH+"，“"+b.text+"”是"+typeWord(b.typ).ZH+"，不能用“"+op+"”放在一起",
		"“"+a.text+"” is a "+typeWord(a.typ).EN+" and “"+b.text+"” is a "+typeWord(b.typ).EN+": “"+op+"” does not join them"), hint)
	return nil
}

func (c *compiler) junction(op string, a, b *term) *term {
	if a.typ != FlagType || b.typ != FlagType {
		return c.mismatch(op, a, b)
	}
	and := op == "&&"
	return &term{op: op, typ: FlagType, text: paren(a) + " " + op + " " + paren(b), args: []*term{a, b}, run: func(sc *Scope) (Value, error) {
		v, err := a.run(sc)
		if err != nil || truth(v) != and {
			return v, err
		}
		return b.run(sc)
	}}
}

func (c *compiler) compare(op string, a, b *term) *term {
	a, b, ok := c.alike(a, b)
	equality := op == "==" || op == "!="
	if !ok || (!equality && !numeric(a.typ)) || a.typ == RowsType || a.typ == DocumentType {
		return c.mismatch(op, a, b)
	}
	if !c.knownChoice(a, b) || !c.knownChoice(b, a) {
		return nil
	}
	t := &term{op: op, typ: FlagType, text: paren(a) + " " + op + " " + paren(b), args: []*term{a, b}}
	if !numeric(a.typ) {
		t.run = func(sc *Scope) (Value, error) {
			x, err := a.run(sc)
			if err != nil {
				return nil, err
			}
			y, err := b.run(sc)
			return (x == y) == (op == "=="), err
		}
		return t
	}
	t.run = func(sc *Scope) (Value, error) {
		x, err := a.int(sc)
		if err != nil {
			return nil, err
		}
		y, err := b.int(sc)
		if err != nil {
			return nil, err
		}
		return holds(op, x, y), nil
	}
	return t
}

func holds(op string, x, y int64) bool {
	switch op {
	case "==":
		return x == y
	case "!=":
		return x != y
	case "<":
		return x < y
	case "<=":
		return x <= y
	case ">":
		return x > y
	}
	return x >= y
}

// knownChoice refuses to compare a choice or code with a value that it can never have.
func (c *compiler) knownChoice(a, b *term) bool {
	s, ok := b.val.(string)
	if a.op != "path" || b.op != "lit" || !ok {
		return true
	}
	form, field, _ := strings.Cut(a.text, ".")
	f := c.ml.formAt(c.at, form)
	if f == nil || f.Field(field) == nil {
		return true
	}
	x := f.Field(field)
	var known []string
	for _, ch := range x.Choices {
		known = append(known, ch.Value)
	}
	if tax := c.ml.pack.Taxonomies[x.Ref]; x.Type == RefType && tax != nil {
		for _, code := range tax.Codes {
			known = append(known, code.Code)
		}
	}
	if len(known) == 0 || slices.Contains(known, s) {
		return true
	}
	c.unknown("unknown_choice", "选项(“"+a.text+"”)", "choice of “"+a.text+"”", s, known)
	return false
}

func (c *compiler) arithmetic(op string, a, b *term) *term {
	typ, ok := Type(""), false
	if op == "*" {
		typ, ok = productType(a.typ, b.typ)
		if typ == NumberType {
			a, b = asNumber(a), asNumber(b)
		}
	} else if a.typ == DateType || (b.typ == DateType && op == "-") {
		return c.dates(op, a, b)
	} else if a, b, ok = c.alike(a, b); ok {
		typ, ok = a.typ, numeric(a.typ)
	}
	if !ok {
		return c.mismatch(op, a, b)
	}
	t := &term{op: op, typ: typ, text: paren(a) + " " + op + " " + paren(b), args: []*term{a, b}}
	t.run = func(sc *Scope) (Value, error) {
		x, err := a.int(sc)
		if err != nil {
			return nil, err
		}
		y, err := b.int(sc)
		if err != nil {
			return nil, err
		}
		n, err := compute(op, x, y, a.typ, b.typ)
		return fromInt(typ, n), err
	}
	return t
}

// productType is what may be multiplied: money by share or count, share by count or share, count by count, number by number or count.
func productType(a, b Type) (Type, bool) {
	if a == CountType && b == CountType {
		return CountType, true
	}
	if b == MoneyType || (b == ShareType && a == CountType) || (b == NumberType && a == CountType) {
		a, b = b, a
	}
	switch {
	case a == MoneyType && (b == ShareType || b == CountType):
		return MoneyType, true
	case a == ShareType && (b == ShareType || b == CountType):
		return ShareType, true
	case a == NumberType && (b == NumberType || b == CountType):
		return NumberType, true
	}
	return "", false
}

func compute(op string, x, y int64, a, b Type) (int64, error) {
	switch op {
	case "+":
		return plus(x, y)
	case "-":
		return plus(x, -y)
	}
	switch {
	case a == ShareType && b == ShareType, a == MoneyType && b == ShareType:
		return scaled(x, y, int64(share.Whole))
	case a == ShareType && b == MoneyType:
		return scaled(y, x, int64(share.Whole))
	case a == NumberType && b == NumberType:
		return scaled(x, y, million)
	}
	return times(x, y)
}

func plus(x, y int64) (int64, error) {
	s := x + y
	if (y > 0 && s < x) || (y < 0 && s > x) {
		return 0, errTooLarge
	}
	return s, nil
}

func times(x, y int64) (int64, error) { return scaled(x, y, 1) }

// scaled is x*y/by, rounded towards zero, exact in 128 bits.
func scaled(x, y, by int64) (int64, error) {
	neg := (x < 0) != (y < 0)
	hi, lo := bits.Mul64(magnitude(x), magnitude(y))
	if hi >= uint64(by) {
		return 0, errTooLarge
	}
	q, _ := bits.Div64(hi, lo, uint64(by))
	if q > 1<<62 {
		return 0, errTooLarge
	}
	if neg {
		return -int64(q), nil
	}
	return int64(q), nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// dates is date ± days, date + working days, and the days between two dates.
func (c *compiler) dates(op string, a, b *term) *term {
	typ := DateType
	switch {
	case a.typ == DateType && b.typ == DateType && op == "-":
		typ = DaysType
	case a.typ == DateType && b.typ == DaysType:
	case a.typ == DateType && b.typ == WorkdaysType && op == "+":
		return &term{op: "workdays", typ: DateType, text: paren(a) + " + " + paren(b), args: []*term{a, b}, run: func(sc *Scope) (Value, error) {
			x, err := a.int(sc)
			if err != nil {
				return nil, err
			}
			y, err := b.int(sc)
			if err != nil {
				return nil, err
			}
			if y < 0 || y > 36500 {
				return nil, errTooLarge
			}
			return sc.Snapshot.Pack.Calendar.AddWorkdays(dateOf(x), int(y)), nil
		}}
	default:
		return c.mismatch(op, a, b)
	}
	return &term{op: op, typ: typ, text: paren(a) + " " + op + " " + paren(b), args: []*term{a, b}, run: func(sc *Scope) (Value, error) {
		x, err := a.int(sc)
		if err != nil {
			return nil, err
		}
		y, err := b.int(sc)
		if err != nil {
			return nil, err
		}
		if op == "-" {
			y = -y
		}
		if n := x + y; typ == DaysType || (n > -100_000 && n < 100_000) {
			return fromInt(typ, n), nil
		}
		return nil, errTooLarge
	}}
}

func (c *compiler) ternary(args []ast.Expr) *term {
	if q := c.check(args[0]); q != nil {
		a, b := c.check(args[1]), c.check(args[2])
		if a == nil || b == nil {
			return nil
		}
		a, b, ok := c.alike(a, b)
		if !ok || q.typ != FlagType {
			return c.mismatch("?:", a, b)
		}
		return &term{op: "cond", typ: a.typ, text: paren(q) + " ? " + paren(a) + " : " + paren(b), args: []*term{q, a, b}, run: func(sc *Scope) (Value, error) {
			v, err := q.run(sc)
			if err != nil {
				return nil, err
			}
			if truth(v) {
				return a.run(sc)
			}
			return b.run(sc)
		}}
	}
	return nil
}

// in is x in ['a', 'b'].
func (c *compiler) in(left, right ast.Expr) *term {
	a := c.check(left)
	if a == nil {
		return nil
	}
	if right.Kind() != ast.ListKind || right.AsList().Size() == 0 {
		c.wrong("syntax", lang.T("in 后面写一列值，例如 in ['甲', '乙']", "in takes a list of values, such as in ['a', 'b']"), lang.Text{})
		return nil
	}
	var any *term
	for _, e := range right.AsList().Elements() {
		b := c.check(e)
		if b == nil {
			return nil
		}
		eq := c.compare("==", a, b)
		if eq == nil {
			return nil
		}
		if any == nil {
			any = eq
		} else {
			any = c.junction("||", any, eq)
		}
	}
	return any
}

func (c *compiler) minMax(name string, args []ast.Expr) *term {
	var all []*term
	for _, e := range args {
		t := c.check(e)
		if t == nil {
			return nil
		}
		all = append(all, t)
	}
	if len(all) < 2 {
		c.wrong("syntax", lang.T(name+" 至少要两个值", name+" takes at least two values"), lang.Text{})
		return nil
	}
	out := all[0]
	for _, b := range all[1:] {
		a, b, ok := c.alike(out, b)
		if !ok || !numeric(a.typ) {
			return c.mismatch(name, a, b)
		}
		out = &term{op: name, typ: a.typ, text: name + "(" + a.text + ", " + b.text + ")", args: []*term{a, b}, run: func(sc *Scope) (Value, error) {
			x, err := a.int(sc)
			if err != nil {
				return nil, err
			}
			y, err := b.int(sc)
			if (name == "min") == (y < x) {
				x = y
			}
			return fromInt(a.typ, x), err
		}}
	}
	return out
}

// ratio is a/b as a share, rounded towards zero; nothing over nothing is nothing.
func (c *compiler) ratio(args []ast.Expr) *term {
	if len(args) != 2 {
		c.wrong("syntax", lang.T("ratio 要两个值", "ratio takes two values"), lang.Text{})
		return nil
	}
	a, b := c.check(args[0]), c.check(args[1])
	if a == nil || b == nil {
		return nil
	}
	a, b, ok := c.alike(a, b)
	if !ok || !numeric(a.typ) || a.typ == DateType {
		return c.mismatch("ratio", a, b)
	}
	return &term{op: "ratio", typ: ShareType, text: "ratio(" + a.text + ", " + b.text + ")", args: []*term{a, b}, run: func(sc *Scope) (Value, error) {
		x, err := a.int(sc)
		if err != nil {
			return nil, err
		}
		y, err := b.int(sc)
		if err != nil {
			return nil, err
		}
		if y <= 0 || x < 0 {
			return fromInt(ShareType, 0), nil
		}
		n, err := scaled(x, int64(share.Whole), y)
		return fromInt(ShareType, n), err
	}}
}

// has tells whether an optional field, or a whole form, has been filled.
func (c *compiler) has(args []ast.Expr) *term {
	if len(args) == 1 && args[0].Kind() == ast.IdentKind {
		if f := c.ml.formAt(c.at, args[0].AsIdent()); f != nil {
			c.guarded[f.Name] = true
			c.refs[f.Name] = FlagType
			return &term{op: "has", typ: FlagType, text: "has(" + f.Name + ")", val: f.Name, run: func(sc *Scope) (Value, error) {
				_, ok := sc.form(f.Name)
				return ok, nil
			}}
		}
	}
	if len(args) == 1 && args[0].Kind() == ast.SelectKind {
		s := args[0].AsSelect()
		if s.Operand().Kind() == ast.IdentKind {
			base := s.Operand().AsIdent()
			if f := c.ml.formAt(c.at, base); f != nil {
				path := base + "." + s.FieldName()
				c.guarded[path], c.guarded[base] = true, true
				if c.field(f, s.FieldName()) == nil {
					return nil
				}
				return &term{op: "has", typ: FlagType, text: "has(" + path + ")", val: path, run: func(sc *Scope) (Value, error) {
					v, ok := sc.field(base, s.FieldName())
					return ok && v != nil && v != "", nil
				}}
			}
		}
	}
	c.wrong("syntax", lang.T("has(…) 里写表单或表单.字段", "has(…) takes a form or form.field"), lang.Text{})
	return nil
}
