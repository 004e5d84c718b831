package policy

import "slices"

// lower brings a condition into the small typed form: whole-numbered linear comparisons, choices, flags and presence.
//
// Parameters are their values, so what is proved is proved for the pack as it stands. Whatever is numeric but not linear (an
// amount times a share, a date plus working days, the smaller of two) is one path of its own, named by its canonical source: equal
// sources are equal values, so a condition and its contrary still cover everything. Every Compare is canonical: Right is nil,
// paths with coefficient zero are gone, Plus is zero, and the coefficient of the alphabetically first path is positive.
func lower(t *term) Cond {
	switch t.op {
	case "lit":
		return Const(truth(t.val))
	case "path":
		return True{Term{Type: FlagType, Sum: map[string]int64{t.text: 1}}}
	case "has":
		path, _ := t.val.(string)
		return Present{Term{Sum: map[string]int64{path: 1}}}
	case "not":
		return Not{lower(t.args[0])}
	case "&&":
		return And{lower(t.args[0]), lower(t.args[1])}
	case "||":
		return Or{lower(t.args[0]), lower(t.args[1])}
	case "cond":
		q := lower(t.args[0])
		return Or{And{q, lower(t.args[1])}, And{Not{q}, lower(t.args[2])}}
	case "==", "!=", "<", "<=", ">", ">=":
		return lowerCompare(t)
	}
	return Opaque{Source: t.text, Why: "不是比较 not a comparison"}
}

func lowerCompare(t *term) Cond {
	a, b := t.args[0], t.args[1]
	switch {
	case a.typ == FlagType:
		both := Or{And{lower(a), lower(b)}, And{Not{lower(a)}, Not{lower(b)}}}
		if t.op == "!=" {
			return Not{both}
		}
		return both
	case !numeric(a.typ):
		return lowerText(t.op, a, b)
	}
	left, right := linear(a), linear(b)
	diff := combine(left, right, -1)
	op, value := t.op, -diff.Plus
	diff.Plus = 0
	paths := keys(diff.Sum)
	if len(paths) == 0 {
		return Const(holds(op, 0, value))
	}
	if diff.Sum[paths[0]] < 0 {
		for _, p := range paths {
			diff.Sum[p] = -diff.Sum[p]
		}
		value = -value
		op = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}[op]
	}
	return Compare{Left: diff, Op: op, Value: value}
}

func lowerText(op string, a, b *term) Cond {
	if a.op == "lit" {
		a, b = b, a
	}
	var c Cond
	switch {
	case a.op == "lit":
		c = Const(a.val == b.val)
	case a.op == "path" && b.op == "lit":
		s, _ := b.val.(string)
		c = Is{Term: Term{Type: a.typ, Sum: map[string]int64{a.text: 1}}, Values: []string{s}}
	default:
		return Opaque{Source: a.text + " " + op + " " + b.text, Why: "两个文字相比 two texts are compared"}
	}
	if op == "!=" {
		return Not{c}
	}
	return c
}

// linear is a numeric term as a sum of paths with whole coefficients.
func linear(t *term) Term {
	out := Term{Type: t.typ, Sum: map[string]int64{}}
	switch t.op {
	case "lit":
		if n, ok := toInt(t.val); ok {
			out.Plus = n
			return out
		}
	case "neg":
		return times1(linear(t.args[0]), -1, t)
	case "number":
		return times1(linear(t.args[0]), million, t)
	case "+", "-":
		sign := int64(1)
		if t.op == "-" {
			sign = -1
		}
		if s := combine(linear(t.args[0]), linear(t.args[1]), sign); s.Sum != nil {
			s.Type = t.typ
			return s
		}
	case "*":
		if s, ok := product(t); ok {
			return s
		}
	}
	out.Sum[t.text] = 1
	return out
}

// product is linear where one factor is a plain count, or both are known.
func product(t *term) (Term, bool) {
	a, b := linear(t.args[0]), linear(t.args[1])
	if len(a.Sum) == 0 && len(b.Sum) == 0 {
		n, err := compute("*", a.Plus, b.Plus, t.args[0].typ, t.args[1].typ)
		return Term{Type: t.typ, Sum: map[string]int64{}, Plus: n}, err == nil
	}
	if len(a.Sum) == 0 && t.args[0].typ == CountType {
		a, b = b, a
	} else if len(b.Sum) != 0 || t.args[1].typ != CountType {
		return Term{}, false
	}
	s := times1(a, b.Plus, t)
	s.Type = t.typ
	return s, true
}

// times1 multiplies a sum; where that does not fit, the whole term is a path of its own.
func times1(s Term, by int64, t *term) Term {
	out := Term{Type: t.typ, Sum: map[string]int64{}}
	for p, n := range s.Sum {
		k, err := times(n, by)
		if err != nil {
			return Term{Type: t.typ, Sum: map[string]int64{t.text: 1}}
		}
		if k != 0 {
			out.Sum[p] = k
		}
	}
	k, err := times(s.Plus, by)
	if err != nil {
		return Term{Type: t.typ, Sum: map[string]int64{t.text: 1}}
	}
	out.Plus = k
	return out
}

func combine(a, b Term, sign int64) Term {
	out := Term{Type: a.Type, Sum: map[string]int64{}, Plus: a.Plus + sign*b.Plus}
	for _, p := range slices.Sorted(slices.Values(append(keys(a.Sum), keys(b.Sum)...))) {
		if n := a.Sum[p] + sign*b.Sum[p]; n != 0 {
			out.Sum[p] = n
		}
	}
	return out
}
