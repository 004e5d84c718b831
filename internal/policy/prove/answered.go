package prove

import (
	"maps"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

func (r *reach) answered(rep *report) {
	for i, s := range r.w.mech.Case.States {
		if _, reached := r.first[s.Name]; reached && !s.End {
			r.answeredState(rep, s, r.w.out[i])
		}
	}
	for _, p := range r.w.mech.Parts {
		for _, s := range p.States {
			if d := s.Deadline; d != nil && r.has(p, s.Name) {
				r.refusableDeadline(rep, p, s, r.w.route(p, s.Name))
			}
		}
	}
	r.surely(rep)
}

// refusableDeadline reports a deadline that may be refused when it comes: the clock has nobody to ask.
func (r *reach) refusableDeadline(rep *report, m *policy.Machine, s *policy.State, way []string) {
	if why, ok := r.w.refusable(s.Deadline.Do, deadlineConds(s.Deadline)); ok {
		rep.found(s.Deadline.Pos, "deadline_refusable", say("状态%s的期限到了也可能办不成：%s", "the deadline of %s may be refused when it comes: %s", r.w.stateText(m, s), why),
			say("期限只做不会被拒绝的事，把付款、冻结交给有人办的步骤", "let a deadline do only what cannot be refused, and leave holding and paying to somebody's step"), way)
	}
}

func (r *reach) answeredState(rep *report, s *policy.State, acts []*act) {
	w, text := r.w, r.w.stateText(r.w.mech.Case, s)
	d := s.Deadline
	if d == nil {
		rep.found(s.Pos, "no_deadline", say("状态%s没有期限：没有人办理时无人过问", "the state %s has no deadline: nobody asks when nobody acts", text),
			say("写明 deadline：到期转往哪里(to)，或提醒谁(escalate)", "say a deadline: where it leads (to), or whom it tells (escalate)"), r.way(s.Name))
		return
	}
	moves := len(d.To) > 0 && !slices.ContainsFunc(d.To, func(b *policy.Branch) bool { return b.State == s.Name })
	if moves {
		r.refusableDeadline(rep, w.mech.Case, s, r.way(s.Name))
		return
	}
	if w.alwaysOut(s, acts) {
		return
	}
	hint := say("加一个不带条件（或条件只看本步所填表单）的出口，或让期限转走", "add a step out without a guard (or one over the form it fills only), or let the deadline move the case")
	if !slices.ContainsFunc(acts, func(a *act) bool { return a.step != nil && a.to != s && a.possible }) {
		rep.found(s.Pos, "no_exit", say("状态%s的期限不转走，也没有人能把它办下去", "the deadline of %s does not move it, and nobody has a step that does", text), hint, r.way(s.Name))
		return
	}
	rep.found(s.Pos, "guarded_exit", say("状态%s的期限不转走，而每个出口都可能被条件挡住：%s", "the deadline of %s does not move it, and every step out may be refused: %s", text, r.blocked(s, acts)),
		hint, r.way(s.Name))
}

func deadlineConds(d *policy.Deadline) []policy.Cond {
	if len(d.To) == 1 {
		return branchConds(d.To, d.To[0])
	}
	return nil
}

// refusable tells whether an effect may be refused when it is carried out, and which.
func (w *world) refusable(do []policy.Effect, conds []policy.Cond) (why lang.Text, ok bool) {
	for _, e := range do {
		switch e := e.(type) {
		case policy.Deed:
			if e.Refusable() {
				return say("权属或股权可能不允许这样处分", "the rights or shares may not allow it"), true
			}
		case policy.Split:
			if w.mech.Sure(e) {
				continue
			}
			return say("分配可能不成立", "the split may not be possible"), true
		case policy.Fees:
			return say("%s 中的余额可能不够发放劳务费", "the pot %s may hold less than the fees", e.Pot), true
		case policy.Hold:
			return say("资金 %s 可能不足", "the fund %s may not have enough", e.Fund), true
		case policy.Pay:
			if e.Amount != nil {
				return say("%s 中的余额可能不够支付", "the pot %s may hold less than is paid", e.Pot), true
			}
		case policy.Enter:
			if k := w.pack.Kinds[e.Kind]; k != nil && !e.Renew && w.rekeys(k, e.Form, e.Set, true) {
				return say("登记库中可能已有同样的%s", "the register may have the same %s already", titled(k.Title, k.Name)), true
			}
		case policy.Update:
			if k := w.pack.KindOf(w.mech, e.Thing); k != nil && w.rekeys(k, e.Form, e.Set, false) {
				return say("登记库中可能已有同样的%s", "the register may have the same %s already", titled(k.Title, k.Name)), true
			}
		case policy.Choose:
			if !w.implies(atLeastOne(e.Part, e.In), conds...) {
				return say("可能没有可供选择的 %s", "there may be no %s to choose from", e.Part), true
			}
		}
	}
	return lang.Text{}, false
}

// rekeys tells whether an effect writes what records of a kind are told apart by: of a new one all the fields of a key, for a key that
// is not whole is none; of one that is there any of them.
func (w *world) rekeys(k *policy.Kind, form string, set policy.Setting, anew bool) bool {
	writes := func(field string) bool {
		if set.Fields[field] != nil || set.Seats[field] != "" {
			return true
		}
		f := w.mech.Form(form)
		if p := w.mech.Part(form); p != nil && p.Row != nil {
			f = p.Row
		}
		return f != nil && f.Field(field) != nil
	}
	return slices.ContainsFunc(k.Unique, func(key []string) bool {
		if anew {
			return !slices.ContainsFunc(key, func(f string) bool { return !writes(f) })
		}
		return slices.ContainsFunc(key, writes)
	})
}

// atLeastOne says that a part stands in one of the states.
func atLeastOne(part string, in []string) policy.Cond {
	return policy.Compare{Left: policy.Term{Type: policy.CountType, Sum: map[string]int64{countPath(part, in): 1}}, Op: ">=", Value: 1}
}

func countPath(part string, in []string) string {
	quoted := make([]string, len(in))
	for i, s := range in {
		quoted[i] = "'" + s + "'"
	}
	return part + ".count(" + strings.Join(quoted, ",") + ")"
}

// alwaysOut tells whether, however the case stands, some step leads out of the state whose conditions the actor can satisfy: what
// the actor fills in now is the actor's to choose, time passes until later dates have come, and all else may be as it likes.
func (w *world) alwaysOut(s *policy.State, acts []*act) bool {
	stuck := policy.And{}
	for _, a := range acts {
		if a.step == nil || a.to == s || !a.possible {
			continue
		}
		if _, may := w.refusable(a.do, a.conds); may {
			continue
		}
		conds := w.exitConds(s, a)
		if len(conds) == 0 {
			return true // whatever the other steps ask
		}
		ways, ok := w.project(a, conds)
		if !ok {
			continue
		}
		stuck = append(stuck, policy.Not{Of: ways})
	}
	if len(stuck) == 0 {
		return false
	}
	ans, _ := w.sat(stuck)
	return ans == unsat
}

// exitConds is when a step leads out of the state: its guards, and its branch's condition only where another branch stays. That the
// branches cover all cases is the proof decided.
func (w *world) exitConds(s *policy.State, a *act) []policy.Cond {
	if slices.ContainsFunc(a.step.To, func(b *policy.Branch) bool { return b.State == s.Name }) {
		return a.conds
	}
	return w.stepConds(a.step)
}

// project gives the condition on everything but the actor's own form under which the actor can do the act. It may be narrower than
// the truth, never wider; ok is false where it cannot tell.
func (w *world) project(a *act, conds []policy.Cond) (policy.Cond, bool) {
	own := func(path string) bool {
		if a.fills() == "" {
			return false
		}
		for _, of := range []string{"has(", "count(", "sum(", "least(", "most("} {
			path = strings.TrimPrefix(path, of)
		}
		return strings.HasPrefix(path, a.fills()+".") && !strings.ContainsAny(path, "+*/")
	}
	ways := policy.Or{}
	s := &search{lg: w.logic, all: true}
	ans := s.run(w.formulas(conds, true), leaf{}, func(l leaf) answer {
		if got, _ := l.solve(w.logic); got == sat {
			if c, ok := l.without(w.logic, own); ok {
				ways = append(ways, c)
			}
		}
		return sat
	})
	return ways, ans != unknown && len(ways) > 0
}

// without drops the actor's own values from a conjunction that can hold: those of choices and flags because some value fits, those
// of numbers by elimination, exact or by the dark shadow.
func (l leaf) without(lg *logic, own func(string) bool) (policy.Cond, bool) {
	var and policy.And
	allowed, forbidden, flags, types := l.allowed(), l.forbidden(), l.flagged(), l.types()
	for _, p := range slices.Sorted(maps.Keys(allowed)) {
		if !own(p) {
			and = append(and, policy.Is{Term: term(p, policy.TextType), Values: allowed[p]})
		}
	}
	for _, p := range slices.Sorted(maps.Keys(forbidden)) {
		if !own(p) {
			and = append(and, policy.Not{Of: policy.Is{Term: term(p, policy.TextType), Values: forbidden[p]}})
		}
	}
	for _, p := range slices.Sorted(maps.Keys(flags)) {
		if own(p) {
			continue
		}
		var c policy.Cond = policy.Opaque{Source: p}
		if !flags[p] {
			c = policy.Not{Of: c}
		}
		and = append(and, c)
	}
	rows, names, ok := l.eliminateOwn(lg, own)
	for _, r := range rows {
		sum, t := map[string]int64{}, policy.NumberType
		for i, k := range r.coef {
			if k != 0 {
				sum[names[i]], t = k, types[names[i]]
			}
		}
		if len(sum) == 0 {
			ok = ok && r.max >= 0
			continue
		}
		and = append(and, policy.Compare{Left: policy.Term{Type: t, Sum: sum}, Op: "<=", Value: r.max})
	}
	return and, ok
}

func term(path string, t policy.Type) policy.Term {
	return policy.Term{Type: t, Sum: map[string]int64{path: 1}}
}

func (l leaf) eliminateOwn(lg *logic, own func(string) bool) (rows []row, names []string, ok bool) {
	defer func() {
		if e := recover(); e != nil {
			if _, is := e.(overflow); !is {
				panic(e)
			}
			rows, ok = nil, false
		}
	}()
	names, rows = l.matrix(lg)
	for v, n := range names {
		today := n == "today"
		if !today && !own(n) {
			continue
		}
		var lower, upper, rest []row
		for _, r := range rows {
			switch c := r.coef[v]; {
			case c < 0:
				lower = append(lower, r)
			case c > 0:
				upper = append(upper, r)
			default:
				rest = append(rest, r)
			}
		}
		switch {
		case today && len(upper) > 0: // once the day is past it stays past
			return nil, nil, false
		case today:
			rows = rest
		default:
			rows = append(rest, shadow(lower, upper, v, true)...)
		}
	}
	return rows, names, true
}

// blocked says when every step out is refused.
func (r *reach) blocked(s *policy.State, acts []*act) lang.Text {
	for _, a := range acts {
		if a.step == nil || a.to == s || !a.possible {
			continue
		}
		if why, may := r.w.refusable(a.do, a.conds); may {
			return why
		}
		if ans, m := r.w.sat(policy.Not{Of: policy.And(r.w.exitConds(s, a))}); ans == sat {
			zh, en := r.w.words(m)
			return say("例如 %s 时，%s办不了", "with %s, %s is refused", lang.T(zh, en), r.w.actText(a))
		}
	}
	return say("条件无法判定", "the conditions cannot be decided")
}
