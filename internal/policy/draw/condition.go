package draw

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// when says a branch's condition in a few words, or nothing where it takes more than a few.
func (s speaker) when(c policy.Cond) string {
	switch c := c.(type) {
	case policy.Is:
		return s.path(only(c.Term)) + s.pick(" 为 ", " is ") + s.values(c)
	case policy.True:
		return s.path(only(c.Term))
	case policy.Not:
		switch of := c.Of.(type) {
		case policy.Is:
			return s.path(only(of.Term)) + s.pick(" 不为 ", " is not ") + s.values(of)
		case policy.True:
			if name := s.path(only(of.Term)); name != "" {
				return s.pick("非 ", "not ") + name
			}
		}
	case policy.Compare:
		return s.compare(c)
	case policy.And:
		if len(c) == 2 {
			if a, b := s.when(c[0]), s.when(c[1]); a != "" && b != "" {
				return a + s.pick("，且 ", " and ") + b
			}
		}
	case policy.Or:
		if len(c) == 2 {
			if a, b := s.when(c[0]), s.when(c[1]); a != "" && b != "" {
				return a + s.pick(" 或 ", " or ") + b
			}
		}
	}
	return ""
}

func (s speaker) compare(c policy.Compare) string {
	if c.Right != nil || len(c.Left.Sum) != 1 {
		return ""
	}
	path := only(c.Left)
	name := s.path(path)
	if name == "" || c.Left.Sum[path] != 1 {
		return ""
	}
	if strings.Contains(path, ".count(") {
		switch {
		case c.Value == 0 && c.Op == "==", c.Value == 1 && c.Op == "<":
			return s.pick("没有", "no ") + name
		case c.Value == 1 && c.Op == ">=", c.Value == 0 && (c.Op == ">" || c.Op == "!="):
			return s.pick("有", "some ") + name
		}
	}
	op := map[string]string{"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}[c.Op]
	if op == "" {
		op = c.Op
	}
	return name + " " + op + " " + policy.Show(policy.OfUnits(c.Left.Type, c.Value)).In(s.l)
}

func only(t policy.Term) string {
	for p := range t.Sum {
		return p
	}
	return ""
}

// path is how people call what a condition reads: a field, or parts in some states.
func (s speaker) path(path string) string {
	if part, rest, ok := strings.Cut(path, ".count("); ok {
		m := s.mech.Part(part)
		if m == nil {
			return ""
		}
		var states []string
		for _, st := range m.States {
			if strings.Contains(rest, "'"+st.Name+"'") {
				states = append(states, st.Title.In(s.l))
			}
		}
		if len(states) == 0 {
			return m.Title.In(s.l)
		}
		if s.l == lang.EN {
			return m.Title.In(s.l) + " (" + strings.Join(states, ", ") + ")"
		}
		return strings.Join(states, "、") + "的" + m.Title.ZH
	}
	form, field, _ := strings.Cut(path, ".")
	if f := s.mech.Form(form); f != nil && f.Field(field) != nil {
		return f.Field(field).Title.In(s.l)
	}
	return ""
}

func (s speaker) values(c policy.Is) string {
	form, field, _ := strings.Cut(only(c.Term), ".")
	out := slices.Clone(c.Values)
	if f := s.mech.Form(form); f != nil && f.Field(field) != nil {
		for i, v := range out {
			for _, ch := range f.Field(field).Choices {
				if ch.Value == v {
					out[i] = ch.Title.In(s.l)
				}
			}
		}
	}
	return strings.Join(out, s.pick("、", ", "))
}
