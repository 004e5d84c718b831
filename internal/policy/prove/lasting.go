package prove

import (
	"slices"
	"strings"

	"kechuang/internal/policy"
)

// lasting finds what blocks a case for good: a part stands in a state that it never leaves by itself — an objection that was upheld —
// and conditions ask whether there is one. The flow may lead from there to where that is an answer; but where it goes on as if nothing
// had happened, to a state from which the purpose (or any end) could be reached without that part and cannot be reached with it, some
// effect has been forgotten that moves the part on.
func (r *reach) lasting(rep *report) {
	for _, p := range r.w.mech.Parts {
		for _, s := range p.States {
			if r.has(p, s.Name) && !slices.ContainsFunc(r.w.parts[p], func(a *act) bool { return a.cause == nil && a.from == s }) {
				r.lastingState(rep, p, s)
			}
		}
	}
}

// What lasting remembers: whether some part stands in the state.
const (
	nobody   = 0
	somebody = 1
)

func (r *reach) lastingState(rep *report, p *policy.Machine, s *policy.State) {
	w := r.w
	asks := map[*act]bool{}
	for _, a := range w.all {
		if mentions(a.conds, func(path string) bool {
			return strings.Contains(path, ".count(") && slices.Contains(w.expand(path), p.Name+"#"+s.Name)
		}) {
			asks[a] = true
		}
	}
	if len(asks) == 0 {
		return
	}
	there, none := atLeastOne(p.Name, []string{s.Name}), policy.Not{Of: atLeastOne(p.Name, []string{s.Name})}
	can := map[*act][2]bool{}
	for a := range asks {
		with, _ := w.sat(append(slices.Clone(a.conds), there)...)
		without, _ := w.sat(append(slices.Clone(a.conds), none)...)
		can[a] = [2]bool{without != unsat, with != unsat}
	}
	arrives := func(a *act) bool { return a.machine == p && a.to == s }
	x := w.explore(nobody, arrives, func(x *walk, at int, a *act) (uint64, bool) {
		memo := x.visits[at].memo
		if asks[a] && !can[a][memo] {
			return 0, false
		}
		switch {
		case arrives(a):
			memo = somebody
		case takes(a.do, p.Name, s.Name):
			memo = nobody
		}
		return memo, true
	})
	ends := x.reaches(func(c *policy.State) bool { return c.End })
	good := x.reaches(func(c *policy.State) bool { return c.Good })
	for i, v := range x.visits {
		if v.memo != somebody || v.by == nil || v.by.machine.Name != "" || asks[v.by] {
			continue
		}
		without := slices.IndexFunc(x.visits, func(o visit) bool { return o.state == v.state && o.memo == nobody })
		if without < 0 {
			continue
		}
		state := w.mech.Case.States[v.state]
		if ends[without] && !ends[i] || good[without] && !good[i] {
			rep.found(v.by.pos(), "blocked_for_good", say("有%s处于 %s 之后，走到%s就再也达不到目的，因为没有一步把它移走", "once a %s stands in %s, the case goes on to %s and can never reach its purpose: nothing moves it on", titled(p.Title, p.Name), s.Name, w.stateText(w.mech.Case, state)),
				say("在回头的步骤里加 move: {part: %s, in: [%s], to: …}", "add move: {part: %s, in: [%s], to: …} to the step that leads back", p.Name, s.Name), x.path(i, nil))
			return
		}
	}
}

// mentions tells whether conditions compare a path of a kind.
func mentions(conds []policy.Cond, kind func(path string) bool) bool {
	return slices.ContainsFunc(conds, func(c policy.Cond) bool {
		switch c := c.(type) {
		case policy.And:
			return mentions(c, kind)
		case policy.Or:
			return mentions(c, kind)
		case policy.Not:
			return mentions([]policy.Cond{c.Of}, kind)
		case policy.Compare:
			for p := range c.Left.Sum {
				if kind(p) {
					return true
				}
			}
		}
		return false
	})
}

// takes tells whether effects move every part out of the state.
func takes(do []policy.Effect, part, state string) bool {
	return slices.ContainsFunc(do, func(e policy.Effect) bool {
		switch e := e.(type) {
		case policy.Move:
			return e.Part == part && slices.Contains(e.In, state) && e.To != state && e.Whose == ""
		case policy.Choose:
			return e.Part == part && slices.Contains(e.In, state) && e.Best != state && e.Others != state
		}
		return false
	})
}

// reaches marks the situations from which a state of a kind can be reached.
func (x *walk) reaches(kind func(*policy.State) bool) []bool {
	out := make([]bool, len(x.visits))
	for i, v := range x.visits {
		out[i] = kind(x.w.mech.Case.States[v.state])
	}
	for changed := true; changed; {
		changed = false
		for i := len(x.visits) - 1; i >= 0; i-- {
			if !out[i] && slices.ContainsFunc(x.edges[i], func(e edge) bool { return out[e.to] }) {
				out[i], changed = true, true
			}
		}
	}
	return out
}
