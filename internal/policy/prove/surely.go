package prove

import (
	"slices"

	"kechuang/internal/policy"
)

// surely checks that from every state people, or the clock, can bring the case to an end whatever it is like: at each state, however
// forms were filled, parts stand and money flows, some act that nothing can refuse leads nearer to an end. States whose ways out lead
// only round and round, by conditions that a form filled long ago decides, have no such act. Where an earlier rule of the proof, or
// sound, has something to say of the mechanism, that comes first.
func (r *reach) surely(rep *report) {
	if len(rep.list) > 0 {
		return
	}
	w := r.w
	sure := map[*policy.State]bool{}
	for _, s := range w.mech.Case.States {
		sure[s] = s.End
	}
	for changed := true; changed; {
		changed = false
		for i, s := range w.mech.Case.States {
			if !sure[s] && w.nearer(w.out[i], sure) {
				sure[s], changed = true, true
			}
		}
	}
	live := endsReached(w.mech.Case, slices.Concat(w.out...))
	for _, s := range w.mech.Case.States {
		if _, reached := r.first[s.Name]; reached && live[s] && !sure[s] {
			rep.found(s.Pos, "round_and_round", say("从状态%s起，有的事项会一直兜圈子：每条通向终点的路都可能被条件挡住", "from the state %s some cases go round for ever: every way to an end may be barred by a condition", w.stateText(w.mech.Case, s)),
				say("在圈子里加一个不带条件、通向终点的步骤或期限", "add a step or deadline without a condition that leads towards an end"), r.way(s.Name))
			return
		}
	}
}

// nearer tells whether, whatever the case is like, one of the acts leads to a state that is sure already.
func (w *world) nearer(acts []*act, sure map[*policy.State]bool) bool {
	stuck := policy.And{}
	for _, a := range acts {
		if !a.possible || !sure[a.to] {
			continue
		}
		conds := a.conds
		if !slices.ContainsFunc(acts, func(b *act) bool { return b.step == a.step && b.deadline == a.deadline && !sure[b.to] }) {
			conds = nil // all branches are as good, and that they cover everything is the proof decided
			if a.step != nil {
				conds = w.stepConds(a.step)
			}
		}
		if _, may := w.refusable(a.do, conds); may {
			continue
		}
		if ways, ok := w.project(a, conds); ok {
			stuck = append(stuck, policy.Not{Of: ways})
		}
	}
	if len(stuck) == 0 {
		return false
	}
	ans, _ := w.sat(stuck)
	return ans == unsat
}
