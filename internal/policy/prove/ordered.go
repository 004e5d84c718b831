package prove

import (
	"slices"
	"strings"

	"kechuang/internal/policy"
)

func (w *world) ordered(rep *report) {
	w.frozen(rep)
	w.veiled(rep)
	for _, rule := range w.mech.Rules {
		if rule.Kind != "before" {
			continue
		}
		for i := 1; i < len(rule.Names); i++ {
			w.before(rep, rule, w.event(rule.Names[i-1]), w.event(rule.Names[i]))
		}
	}
}

// frozen checks that whatever leads into a notice fixes what the notice shows: nobody can object to what may still change.
func (w *world) frozen(rep *report) {
	host := func(s *policy.State) string {
		name, _, _ := strings.Cut(s.Name, ".")
		return name
	}
	notices := map[string]bool{}
	for _, a := range w.all {
		if a.machine.Name == "" && a.branch.Exit == "stands" {
			notices[host(a.from)] = true
		}
	}
	said := map[*policy.Step]bool{}
	for _, a := range w.all {
		if a.machine.Name != "" || !a.possible || !notices[host(a.to)] || host(a.from) == host(a.to) || said[a.step] {
			continue
		}
		if !slices.ContainsFunc(a.do, func(e policy.Effect) bool { f, ok := e.(policy.Freeze); return ok && len(f.Content) > 0 }) {
			said[a.step] = true
			rep.found(a.pos(), "notice_of_nothing", say("%s进入公示，却没有固定公示的内容", "%s leads into a notice and freezes nothing for it to show", w.actText(a)),
				say("在 do 中加 freeze: {content: [表单]}", "add freeze: {content: [form]} to its do"), w.route(w.mech.Case, a.from.Name))
		}
	}
}

// veiled checks that a choice which goes on notice is not known before: unless the step that chooses gives notice, it leads under the
// veil of the parts that it chooses among.
func (w *world) veiled(rep *report) {
	shows := func(a *act) bool {
		return slices.ContainsFunc(a.do, func(e policy.Effect) bool {
			f, ok := e.(policy.Freeze)
			return ok && slices.ContainsFunc(f.Content, func(c string) bool { head, _, _ := strings.Cut(c, "."); return head == policy.Ranking })
		})
	}
	if !slices.ContainsFunc(w.all, shows) {
		return // no notice of it is ever given
	}
	said := map[*policy.Step]bool{}
	for _, a := range w.all {
		if a.machine.Name != "" || !a.possible || shows(a) || said[a.step] {
			continue
		}
		for _, e := range a.do {
			c, ok := e.(policy.Choose)
			if !ok || w.mech.Part(c.Part) == nil || slices.Contains(w.mech.Veiled(w.mech.Part(c.Part)), a.to.Name) || !w.goesOn(c, a.to, shows) {
				continue
			}
			said[a.step] = true
			rep.found(a.pos(), "known_before_notice", say("%s选出的结果，公示之前就看得到", "what %s chooses is known before its notice", w.actText(a)),
				say("在部分“%s”中加 veiled: {from: [%s], until: [公示的状态]}", "add to the part “%s”: veiled: {from: [%s], until: [the state of the notice]}", c.Part, a.to.Name),
				w.route(w.mech.Case, a.from.Name))
		}
	}
}

// goesOn tells whether what a choice came to is what a notice shows: there is a way to it on which nothing is chosen among the same parts
// anew. A first cut whose survivors are judged again is no result yet.
func (w *world) goesOn(c policy.Choose, from *policy.State, shows func(*act) bool) bool {
	again := func(a *act) bool {
		return slices.ContainsFunc(a.do, func(e policy.Effect) bool { x, ok := e.(policy.Choose); return ok && x.Part == c.Part })
	}
	seen, next := map[*policy.State]bool{from: true}, []*policy.State{from}
	for len(next) > 0 {
		at := next[0]
		next = next[1:]
		for _, a := range w.all {
			if a.machine.Name != "" || !a.possible || a.from != at || again(a) {
				continue
			}
			if shows(a) {
				return true
			}
			if !seen[a.to] {
				seen[a.to], next = true, append(next, a.to)
			}
		}
	}
	return false
}

// event is what a name of a before rule stands for: acts, effects of a kind, or leaving a block by an exit.
type event struct {
	name   string
	acts   []*act
	effect bool
}

func (w *world) event(name string) event {
	e := event{name: name, acts: w.named(name)}
	e.effect = len(e.acts) == 0 && slices.Contains(policy.RuleEffects(), name)
	return e
}

func (e event) isStep(a *act) bool {
	return slices.ContainsFunc(e.acts, func(b *act) bool {
		return b.step == a.step && b.deadline == a.deadline && b.from == a.from && b.machine == a.machine
	})
}

func (e event) isEffect(x policy.Effect) bool { return e.effect && effectKind(x) == e.name }

// isExit tells whether an act leaves a block by the named exit, "stands" or "announced.stands".
func (e event) isExit(a *act) bool {
	if a.branch == nil || a.branch.Exit == "" || len(e.acts) > 0 || e.effect {
		return false
	}
	use, exit, ok := cutLast(e.name)
	return a.branch.Exit == exit && (!ok || a.from.Name == use || strings.HasPrefix(a.from.Name, use+"."))
}

func cutLast(s string) (before, after string, ok bool) {
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return "", s, false
}

func (e event) in(a *act) bool {
	return e.isStep(a) || e.isExit(a) || slices.ContainsFunc(a.do, e.isEffect)
}

// before reports every way to the second event that has not been through the first.
func (w *world) before(rep *report, rule *policy.Rule, first, second event) {
	happened := map[string][]string{} // part → states that only parts stand in that have been through the first
	for _, p := range w.mech.Parts {
		happened[p.Name] = w.past(p, func(a *act) bool {
			if a.cause != nil {
				return first.in(a.cause)
			}
			return first.in(a)
		})
	}
	proves := once(func(a *act) bool {
		return slices.ContainsFunc(w.mech.Parts, func(p *policy.Machine) bool { return w.implied(a, p.Name, happened[p.Name]) })
	})
	said := map[*policy.Step]bool{}
	w.explore(0, second.in, func(x *walk, at int, a *act) (uint64, bool) {
		done := x.visits[at].memo != 0 || a.machine.Name != "" && slices.Contains(happened[a.machine.Name], a.from.Name)
		done = done || proves(a)
		if w.reaches(a, first, second, &done) {
			if !said[a.step] {
				said[a.step] = true
				rep.found(rule.Pos, "skipped", say("可以不经过 %s 就走到 %s", "%[2]s can be reached without %[1]s", first.name, second.name),
					say("让每条通向 %[2]s 的路径都先经过 %[1]s", "let every path to %[2]s go through %[1]s first", first.name, second.name), x.path(at, a))
			}
			return 0, false
		}
		if done {
			return 1, true
		}
		return 0, true
	})
}

// reaches goes through the moments of an act — the step itself, its effects in order, the exit it leaves by — and tells whether the
// second event comes before the first.
func (w *world) reaches(a *act, first, second event, done *bool) bool {
	if second.isStep(a) && !*done {
		return true
	}
	*done = *done || first.isStep(a)
	for _, e := range a.do {
		if second.isEffect(e) && !*done {
			return true
		}
		*done = *done || first.isEffect(e)
	}
	if second.isExit(a) && !*done {
		return true
	}
	*done = *done || first.isExit(a)
	return false
}
