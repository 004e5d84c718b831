package prove

import (
	"slices"

	"kechuang/internal/policy"
)

// past lists the states of a part that are reached by no way but through an act for which event holds: whoever stands there has been
// through it. Acts that effects bring about count by their cause.
func (w *world) past(p *policy.Machine, event func(*act) bool) []string {
	all, without := w.inside(p, nil), w.inside(p, event)
	var out []string
	for _, s := range p.States {
		if all[s.Name] && !without[s.Name] {
			out = append(out, s.Name)
		}
	}
	return out
}

// inside gives the states of a part reachable from its beginning by its own acts, leaving out some.
func (w *world) inside(p *policy.Machine, except func(*act) bool) map[string]bool {
	seen := map[string]bool{}
	if len(p.States) == 0 {
		return seen
	}
	seen[p.Initial().Name] = true
	if p.OnClose != "" {
		seen[p.OnClose] = true
	}
	for changed := true; changed; {
		changed = false
		for _, a := range w.parts[p] {
			if a.possible && seen[a.from.Name] && !seen[a.to.Name] && (except == nil || !except(a)) {
				seen[a.to.Name], changed = true, true
			}
		}
	}
	return seen
}

// implied tells whether an act can only happen when some part stands in one of the states: its conditions say so, or it chooses
// among parts that stand there.
func (w *world) implied(a *act, part string, states []string) bool {
	if len(states) == 0 {
		return false
	}
	for _, e := range a.do {
		if c, ok := e.(policy.Choose); ok && c.Part == part && !slices.ContainsFunc(c.In, func(s string) bool { return !slices.Contains(states, s) }) {
			return true
		}
	}
	return len(a.conds) > 0 && w.implies(atLeastOne(part, states), a.conds...)
}

// once remembers what was found out of an act: the same act is met in many situations.
func once(find func(*act) bool) func(*act) bool {
	known := map[*act]bool{}
	return func(a *act) bool {
		found, ok := known[a]
		if !ok {
			found = find(a)
			known[a] = found
		}
		return found
	}
}
