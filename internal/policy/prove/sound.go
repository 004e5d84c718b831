package prove

import (
	"slices"

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
}

func (w *world) reachable() *reach {
	r := &reach{w: w, first: map[string]int{}, fires: map[*act]bool{}, exists: map[string]bool{}}
	r.x = w.explore(0, nil, func(*walk, int, *act) (uint64, bool) { return 0, true })
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
	w := r.w
	if r.x.cut || len(w.partBit) > maxPartStates {
		rep.found(w.mech.Pos, "too_large", say("流程过大，无法逐一检查", "the mechanism is too large to be explored"),
			say("拆成几个机制", "split it into several mechanisms"), nil)
		return
	}
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
			if a.possible && !r.fires[a] && (i == 0 || acts[i-1].step != a.step) {
				rep.found(a.pos(), "never_in_window", say("%s限定的事项状态里，不会有处于 %s 的%s", "%s is confined to case states in which no %[3]s stands in %[2]s", w.actText(a), s.Name, titled(p.Title, p.Name)),
					say("改正 while 中的状态", "mend the states of while"), w.route(p, s.Name))
			}
		}
	}
}
