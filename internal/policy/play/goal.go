package play

import (
	"slices"

	"kechuang/internal/policy"
)

// goal is a step that the player would like to see done once in this case. Left to chance, steps far from the common way are never done,
// and what is never done is never looked at: every second case has a goal, each step of the mechanism in turn.
type goal struct {
	part, state, step string
	far               map[string]map[string]int // machine → state → moves to where the step can be done
	refused           int                       // how often the step was refused
}

// patience is how often a step that is a goal may be refused before the player thinks of something else.
const patience = 12

// is tells whether a choice is what the goal asks for.
func (g *goal) is(c choice) bool {
	return c.rec.Part == g.part && c.from.Name == g.state && c.step.Name == g.step
}

// goalOf gives the n-th case its goal, nil for none.
func goalOf(m *policy.Mechanism, n uint64) *goal {
	if n%2 == 0 {
		return nil
	}
	var all []*goal
	for _, x := range append([]*policy.Machine{m.Case}, m.Parts...) {
		for _, s := range x.States {
			for _, st := range s.Steps {
				all = append(all, &goal{part: x.Name, state: s.Name, step: st.Name})
			}
		}
	}
	g := all[n/2%uint64(len(all))]
	x := m.Machine(g.part)
	g.far = map[string]map[string]int{g.part: distances(x, func(s *policy.State) bool { return s.Name == g.state })}
	if g.part != "" {
		while := windows(m, x, g)
		g.far[""] = distances(m.Case, func(s *policy.State) bool { return slices.Contains(while, s.Name) })
	}
	return g
}

// windows is the states of the case in which a part's step can be done or, where it does not say, those in which such a part comes to be.
func windows(m *policy.Mechanism, x *policy.Machine, g *goal) []string {
	if st := x.State(g.state).Step(g.step); len(st.While) > 0 {
		return st.While
	}
	var out []string
	if x.Starts != nil {
		out = append(out, x.Starts.While...)
	}
	for _, s := range m.Case.States {
		for _, st := range s.Steps {
			if slices.ContainsFunc(st.Do, func(e policy.Effect) bool { return opens(e, x.Name) }) {
				for _, b := range st.To {
					out = append(out, b.State)
				}
			}
		}
		if d := s.Deadline; d != nil && slices.ContainsFunc(d.Do, func(e policy.Effect) bool { return opens(e, x.Name) }) {
			out = append(out, s.Name)
		}
	}
	return out
}

func opens(e policy.Effect, part string) bool {
	switch e := e.(type) {
	case policy.Open:
		return e.Part == part
	case policy.Draw:
		return e.Part == part
	}
	return false
}

// gladly is how gladly a step is taken on the way to the goal; ok is false where the goal has nothing to say about it.
func (g *goal) gladly(c choice) (glad float64, ok bool) {
	far := g.far[c.rec.Part]
	if far == nil {
		return 0, false
	}
	if g.is(c) {
		return 1, true
	}
	here, known := far[c.from.Name]
	if !known {
		return 0, false
	}
	best, stays := here+1, false
	for _, b := range c.step.To {
		if d, ok := far[b.State]; ok {
			best = min(best, d)
		}
		stays = stays || b.State == c.from.Name
	}
	switch {
	case best < here:
		return 1, true
	case stays && best <= here:
		return 0, false
	}
	return 0.1, true
}

// branch is the way that leads nearest to the goal, nil where it has nothing to say.
func (g *goal) branch(c choice) (best *policy.Branch) {
	far := g.far[c.rec.Part]
	nearest := 0
	for _, b := range c.step.To {
		if d, ok := far[b.State]; ok && (best == nil || d < nearest) {
			best, nearest = b, d
		}
	}
	return best
}
