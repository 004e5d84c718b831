package policy

import (
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
	case "money", "share", "date", "number", "days", "workdays", "months":
		return c.constant(Type(name), args)
	case "has":
		return c.has(args)
	case "min", "max":
		return c.minMax(name, args)
	case "ratio":
		return c.ratio(args)
	case "sum", "count", "mean", "least", "most", "size":
		if len(args) > 0 {
			return c.rows(name, c.check(args[0]), args[1:])
		}
	}
	known := []string{"money", "share", "date", "number", "days", "workdays", "months", "has", "min", "max", "ratio", "sum", "count", "mean", "least", "most", "size"}
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
			c.wrong("wrong_type", lang.T("“！”后面应是条件，而“"+a.text+"”是"+typeWord(a.typ).ZH, "“!” takes a condition, but “"+a.text+"” is a "+typeWord(a.typ).EN), lang.Text{})
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
	case CountType, NumberType, MoneyType, ShareType, DateType, DaysType, WorkdaysType, MonthsType:
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
	return t == TextType || t == ChoiceType || t == PartyType || t == RefType || t == NodeType || t == RecordType || t == CaseType
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
		if link, form, ok := linkedForm(s); ok {
			return c.hasLinkField(link, form, s.FieldName())
		}
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
			if t := c.ml.m.Thing(base); t != nil {
				return c.hasThingField(t, s.FieldName())
			}
		}
	}
	c.wrong("syntax", lang.T("has(…) 里写表单、表单.字段或事物.字段", "has(…) takes a form, form.field or thing.field"), lang.Text{})
	return nil
}
