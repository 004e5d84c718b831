package prove

import (
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

func (w *world) decided(rep *report) {
	for _, m := range append([]*policy.Machine{w.mech.Case}, w.mech.Parts...) {
		for _, s := range m.States {
			for _, st := range s.Steps {
				w.decide(rep, m, s, titled(st.Title, s.Name+"."+st.Name), st.Pos, st.To, w.stepConds(st), st.When)
			}
			if d := s.Deadline; d != nil {
				w.decide(rep, m, s, lang.T("“"+s.Title.ZH+"”的期限", s.Name+"."+policy.ClockStep), d.Pos, d.To, nil, nil)
			}
		}
	}
}

func (w *world) decide(rep *report, m *policy.Machine, s *policy.State, what lang.Text, pos policy.Pos, to []*policy.Branch, given []policy.Cond, when []*policy.Guard) {
	way := w.route(m, s.Name)
	for _, g := range when {
		w.justified(rep, what, g, way)
	}
	rest := append([]policy.Cond{}, given...)
	var last *policy.Branch
	closed := len(to) == 0
	for i, b := range to {
		if j := slices.IndexFunc(to, func(o *policy.Branch) bool { return o.State == b.State }); j < i {
			rep.found(b.Pos, "same_target", say("%s的两个分支都通向 %s，分了等于没分", "two branches of %s lead to %s: the split makes no difference", what, b.State),
				say("并成一个分支，或改正其中一个的去向", "make them one branch, or mend where one leads"), way)
		}
		w.justified(rep, what, b.When, way)
		c := condOf(b.When)
		if b.Else || c == nil {
			closed = true
			if b.Else && len(to) == 1 {
				rep.found(b.Pos, "lonely_else", say("%s只有一个“否则”，没有别的情形", "%s has an else and nothing else", what),
					say("写出别的情形，或把去向直接写在 to", "write the other cases, or say the state as to"), way)
			}
			if c == nil && !b.Else && len(to) > 1 {
				rep.found(b.Pos, "unguarded_branch", say("%s有几个分支，通向 %s 的分支没有条件", "%s has several branches, and the one to %s has no condition", what, b.State),
					say("写明 when，或写成 else", "give it a when, or make it the else"), way)
			}
			continue
		}
		for _, o := range to[i+1:] {
			if d := condOf(o.When); d != nil && !o.Else {
				w.overlap(rep, what, b, o, append(append([]policy.Cond{}, given...), c, d), way)
			}
		}
		rest, last = append(rest, policy.Not{Of: c}), b
	}
	if closed || last == nil {
		return
	}
	switch ans, model := w.sat(rest...); ans {
	case sat:
		zh, en := w.words(model)
		rep.found(pos, "gap", say("%s有遗漏：%s 时没有一个分支成立", "%s leaves a gap: with %s no branch holds", what, lang.T(zh, en)),
			say("补上这种情形，或把最后一个分支写成 else", "add this case, or make the last branch the else"), way)
	case unknown:
		rep.found(pos, "undecided", say("无法判定%s的分支是否覆盖所有情形", "whether the branches of %s cover all cases cannot be decided", what),
			say("把条件写成对数额、选项的直接比较，或把最后一个分支写成 else", "write the conditions as plain comparisons, or make the last branch the else"), way)
	}
}

func (w *world) overlap(rep *report, what lang.Text, a, b *policy.Branch, both []policy.Cond, way []string) {
	switch ans, model := w.sat(both...); ans {
	case sat:
		zh, en := w.words(model)
		rep.found(b.Pos, "overlap", say("%s有重叠：%s 时通向 %s 和 %s 的两个分支都成立", "%s overlaps: with %s both the branch to %s and the one to %s hold", what, lang.T(zh, en), a.State, b.State),
			say("改正条件的边界，使任何情形只有一个分支成立", "mend the bounds, so that in every case exactly one branch holds"), way)
	case unknown:
		rep.found(b.Pos, "undecided", say("无法判定%s通向 %s 和 %s 的两个分支是否重叠", "whether the branches of %s to %s and %s overlap cannot be decided", what, a.State, b.State),
			say("把条件写成对数额、选项的直接比较，或把后一个分支写成 else", "write the conditions as plain comparisons, or make the later branch the else"), way)
	}
}

// justified demands that a guard that cannot be decided says why.
func (w *world) justified(rep *report, what lang.Text, g *policy.Guard, way []string) {
	if g == nil || g.Expr == nil || !g.Opaque.IsZero() {
		return
	}
	if src, ok := opaque(g.Expr.Cond); ok {
		rep.found(g.Pos, "opaque", say("%s的条件“%s”无法判定，又没有说明理由", "the condition %[2]q of %[1]s cannot be decided and does not say why", what, src),
			say("改写成可判定的比较，或用 opaque 说明为什么不能", "write it as plain comparisons, or say in opaque why it cannot be"), way)
	}
}

func opaque(c policy.Cond) (source string, ok bool) {
	switch c := c.(type) {
	case policy.Opaque:
		return c.Source, true
	case policy.Not:
		return opaque(c.Of)
	case policy.And:
		return opaqueIn(c)
	case policy.Or:
		return opaqueIn(c)
	}
	return "", false
}

func opaqueIn(cs []policy.Cond) (string, bool) {
	for _, c := range cs {
		if src, ok := opaque(c); ok {
			return src, true
		}
	}
	return "", false
}
