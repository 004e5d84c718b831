package prove

import (
	"slices"
	"strings"

	"kechuang/internal/policy"
)

// reach is what can be reached at all, found once and used by several proofs.
type reach struct {
	w      *world
	x      *walk
	first  map[string]int  // case state → the visit that reached it first
	parts  bits            // part states that some part can reach
	fires  map[*act]bool   // part acts that can happen
	exists map[string]bool // parts that come to be
	stands []bits          // by case state: the part states that some part may stand in then
}

func (w *world) reachable() *reach {
	r := &reach{w: w, first: map[string]int{}, fires: map[*act]bool{}, exists: map[string]bool{}}
	r.x = w.explore(0, nil, func(*walk, int, *act) (uint64, bool) { return 0, true })
	r.stands = make([]bits, len(w.mech.Case.States))
	for i, v := range r.x.visits {
		name := w.mech.Case.States[v.state].Name
		if _, ok := r.first[name]; !ok {
			r.first[name] = i
		}
		for k := range v.parts {
			r.parts[k] |= v.parts[k]
		}
		if w.mech.Case.States[v.state].End {
			continue
		}
		for k := range v.parts {
			r.stands[v.state][k] |= v.parts[k]
		}
		for _, p := range w.mech.Parts {
			for _, a := range w.parts[p] {
				if a.cause == nil && r.x.enabled(v.node, a) {
					r.fires[a] = true
				}
			}
		}
	}
	for _, p := range w.mech.Parts {
		if len(p.States) > 0 && r.has(p, p.Initial().Name) {
			r.exists[p.Name] = true
			if p.OnClose != "" {
				r.parts.set(w.partBit[p.Name+"."+p.OnClose])
			}
		}
	}
	return r
}

func (r *reach) has(p *policy.Machine, state string) bool {
	i, ok := r.w.partBit[p.Name+"."+state]
	return ok && r.parts.has(i)
}

// way is the shortest way of the case to a state.
func (r *reach) way(state string) []string {
	if i, ok := r.first[state]; ok {
		return r.x.path(i, nil)
	}
	return nil
}

func (r *reach) sound(rep *report) {
	r.w.retired(rep)
	w := r.w
	live := endsReached(w.mech.Case, slices.Concat(w.out...))
	for i, s := range w.mech.Case.States {
		_, reached := r.first[s.Name]
		switch {
		case !reached:
			rep.found(s.Pos, "unreachable", say("没有任何路径能到达状态%s", "no path reaches the state %s", w.stateText(w.mech.Case, s)),
				say("让某个步骤或期限通向它，或删去它", "let a step or deadline lead to it, or drop it"), nil)
			continue
		case !live[s]:
			rep.found(s.Pos, "no_way_out", say("从状态%s走不到任何终点", "from the state %s no end can be reached", w.stateText(w.mech.Case, s)),
				say("加一个通向终点的步骤或期限", "add a step or deadline that leads towards an end"), r.way(s.Name))
		}
		r.dead(rep, w.out[i], r.way(s.Name))
	}
	for _, p := range w.mech.Parts {
		r.soundPart(rep, p)
	}
	r.lasting(rep)
	r.idle(rep)
	for _, a := range w.all {
		w.undone(rep, a)
	}
}

// undone reports a choice whose best part the same act moves on: whoever was chosen would be passed over at once.
func (w *world) undone(rep *report, a *act) {
	for i, e := range a.do {
		c, ok := e.(policy.Choose)
		if !ok {
			continue
		}
		for _, later := range a.do[i+1:] {
			if m, ok := later.(policy.Move); ok && m.Part == c.Part && slices.Contains(m.In, c.Best) {
				rep.found(m.Pos, "choice_undone", say("%s刚选入 %s 的，又被同一步移到 %s", "what %s has just chosen into %s it moves on to %s", w.actText(a), c.Best, m.To),
					say("把 move 写在 choose 之前", "write the move before the choose"), nil)
			}
		}
	}
}

// endsReached marks the states from which an end can be reached.
func endsReached(m *policy.Machine, acts []*act) map[*policy.State]bool {
	live := map[*policy.State]bool{}
	for _, s := range m.States {
		live[s] = s.End
	}
	for changed := true; changed; {
		changed = false
		for _, a := range acts {
			if a.possible && live[a.to] && !live[a.from] {
				live[a.from], changed = true, true
			}
		}
	}
	return live
}

// dead reports steps whose guards, and branches whose conditions, can never hold.
func (r *reach) dead(rep *report, acts []*act, way []string) {
	for i, a := range acts {
		if a.cause != nil || a.possible {
			continue
		}
		siblings := slices.DeleteFunc(slices.Clone(acts), func(b *act) bool { return b.step != a.step || b.deadline != a.deadline || b.from != a.from })
		if slices.ContainsFunc(siblings, func(b *act) bool { return b.possible }) {
			rep.found(a.branch.Pos, "dead_branch", say("%s通向 %s 的分支永远不会成立", "the branch of %s to %s can never be taken", r.w.actText(a), a.to.Name),
				say("改正条件，或删去这个分支", "mend the condition or drop the branch"), way)
			continue
		}
		if i == 0 || acts[i-1].step != a.step || acts[i-1].deadline != a.deadline {
			rep.found(a.pos(), "dead_step", say("%s的条件不可能同时成立，这一步永远办不了", "the conditions of %s can never hold together: the step is dead", r.w.actText(a)),
				say("改正条件，或删去这一步", "mend the conditions or drop the step"), way)
		}
	}
}

func (r *reach) soundPart(rep *report, p *policy.Machine) {
	w := r.w
	if !r.exists[p.Name] {
		rep.found(p.Pos, "part_never_begins", say("没有任何路径会产生%s", "no path ever opens the part %s", titled(p.Title, p.Name)),
			say("加上 starts，或在某一步的 do 中用 open 打开它", "give it starts, or open it in the do of a step"), nil)
		return
	}
	for _, s := range p.States {
		if !r.has(p, s.Name) {
			rep.found(s.Pos, "unreachable", say("没有任何路径能到达状态%s", "no path reaches the state %s", w.stateText(p, s)),
				say("让某个步骤、期限或 choose、move 通向它，或删去它", "let a step, a deadline, or choose or move lead to it, or drop it"), nil)
			continue
		}
		acts := slices.DeleteFunc(slices.Clone(w.parts[p]), func(a *act) bool { return a.from != s || a.cause != nil })
		r.dead(rep, acts, w.route(p, s.Name))
		for i, a := range acts {
			if a.possible && (i == 0 || acts[i-1].step != a.step) {
				r.windows(rep, p, s, a)
			}
		}
	}
}

// windows reports the case states that a step's while names for nothing: no part can stand there then.
func (r *reach) windows(rep *report, p *policy.Machine, s *policy.State, a *act) {
	w := r.w
	if !r.fires[a] {
		rep.found(a.pos(), "never_in_window", say("%s限定的事项状态里，不会有处于 %s 的%s", "%s is confined to case states in which no %[3]s stands in %[2]s", w.actText(a), s.Name, titled(p.Title, p.Name)),
			say("改正 while 中的状态", "mend the states of while"), w.route(p, s.Name))
		return
	}
	if a.step == nil {
		return
	}
	for _, name := range a.step.While {
		if i, ok := w.states[name]; ok && !r.stands[i].has(w.partBit[p.Name+"."+s.Name]) {
			rep.found(a.pos(), "idle_window", say("%s的 while 里有 %s，而那时不会有处于 %s 的%s", "the while of %s names %s, but no %[4]s stands in %[3]s then", w.actText(a), name, s.Name, titled(p.Title, p.Name)),
				say("从 while 中删去 %s", "take %s out of while", name), w.route(p, s.Name))
		}
	}
}

// idle reports what is declared and never used: somebody meant something by it.
func (r *reach) idle(rep *report) {
	w := r.w
	seats, forms := map[string]bool{w.mech.Opener: true}, map[string]bool{}
	use := func(names ...string) {
		for _, n := range names {
			seats[n] = true
			if _, own, ok := strings.Cut(n, "."); ok {
				seats[own] = true
			}
		}
	}
	for _, a := range w.all {
		use(a.by()...)
		forms[a.fills()] = true
		for _, e := range a.do {
			use(effectSeats(e)...)
			use(effectSources(e)...)
		}
	}
	for _, m := range append([]*policy.Machine{w.mech.Case}, w.mech.Parts...) {
		if m.Starts != nil {
			use(m.Starts.By)
		}
		for _, s := range m.States {
			if s.Deadline != nil {
				use(s.Deadline.Escalate)
			}
		}
		for _, rv := range m.Reveal {
			use(rv.To)
		}
		for _, s := range m.Seats {
			use(s.SameAs) // whoever holds it acts in the part
		}
	}
	for _, s := range w.mech.Seats {
		use(s.Of)
	}
	for _, s := range w.mech.Seats {
		if !seats[s.Name] {
			rep.found(s.Pos, "idle_seat", say("席位%s从不办理、收款或接到提醒", "the seat %s never acts, is never paid and is never told", titled(s.Title, s.Name)),
				say("让它办理一个步骤，或删去它", "let it do a step, or drop it"), nil)
		}
	}
	for _, t := range w.mech.Things {
		entered := slices.ContainsFunc(w.all, func(a *act) bool {
			return slices.ContainsFunc(a.do, func(e policy.Effect) bool { x, ok := e.(policy.Enter); return ok && x.Thing == t.Name })
		})
		if t.Filled && !entered {
			rep.found(t.Pos, "idle_thing", say("事物%s从没有登记", "the thing %s is never entered", titled(t.Title, t.Name)),
				say("在某一步的 do 中写 enter: {thing: %s, …}，或删去它", "enter it in the do of a step (thing: %s), or drop it", t.Name), nil)
		}
	}
	for _, f := range w.mech.Forms {
		if !forms[f.Name] && !f.Made {
			rep.found(f.Pos, "idle_form", say("表单%s没有一个步骤填写", "no step fills the form %s", titled(f.Title, f.Name)),
				say("在某一步写 fill: %s，或删去它", "say fill: %s at a step, or drop it", f.Name), nil)
		}
	}
}
