package policy

import (
	"math/bits"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"

	"kechuang/internal/lang"
	"kechuang/internal/share"
)

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
		c.wrong("division", lang.T("不能相除", "there is no division"), lang.T("两个金额之比写 ratio(a, b)，取份额写 金额 * share('20%')", "write ratio(a, b) for the ratio of two amounts, amount * share('20%') for a part of one"))
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
	var x *Field
	if f := c.ml.formAt(c.at, form); f != nil {
		x = f.Field(field)
	} else if k := c.ml.pack.KindOf(c.ml.m, form); k != nil {
		x = k.Field(field)
	}
	if x == nil {
		return true
	}
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
		if typ == NumberType && a.typ == CountType {
			a = asNumber(a)
		} else if typ == NumberType && b.typ == CountType {
			b = asNumber(b)
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

// productType is what may be multiplied: money by share or count, share by count or share, count by count, number by number, share or count.
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
	case a == ShareType && b == NumberType, a == NumberType && (b == NumberType || b == ShareType || b == CountType):
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
	case b == ShareType && (a == ShareType || a == MoneyType || a == NumberType):
		return scaled(x, y, int64(share.Whole))
	case a == ShareType && (b == MoneyType || b == NumberType):
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

// dates is date ± days, date + working days, date ± months, and the days between two dates.
func (c *compiler) dates(op string, a, b *term) *term {
	typ := DateType
	switch {
	case a.typ == DateType && b.typ == DateType && op == "-":
		typ = DaysType
	case a.typ == DateType && b.typ == DaysType:
	case a.typ == DateType && (b.typ == WorkdaysType && op == "+" || b.typ == MonthsType):
		return &term{op: "calendar", typ: DateType, text: paren(a) + " " + op + " " + paren(b), args: []*term{a, b}, run: func(sc *Scope) (Value, error) {
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
			if b.typ == MonthsType {
				if op == "-" {
					y = -y
				}
				return dateOf(x).AddMonths(int(y)), nil
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
