package play

import (
	"maps"

	"kechuang/internal/caldate"
	"kechuang/internal/policy"
)

// enterCounted makes, changes or ends a record, and what it counts for with it.
func (w *Interpreter) enterCounted(a policy.Action) {
	thing := ""
	switch a := a.(type) {
	case policy.UpdateRecord:
		thing = a.Thing
	case policy.RetireRecord:
		thing = a.Thing
	}
	var was policy.Values
	if h := w.thing(thing); h != nil {
		was = maps.Clone(h.Values)
	}
	if id := w.enter(a); id != "" {
		w.count(id, was, caldate.On(w.s.Now))
	}
}

// count brings what a record counts for to what it says. Nobody asks the interpreter for dimensions of facts.
func (w *Interpreter) count(id string, was policy.Values, today caldate.Date) {
	h := w.held[id]
	k := w.stage.Pack.Kinds[h.Kind]
	if k == nil {
		return
	}
	now := h.Values
	if h.Retired {
		now = nil
	}
	for _, c := range k.Counts {
		nothing := func(policy.CountDim, string) (string, error) { return "", nil }
		before, _ := c.Of(was, nothing)
		want, _ := c.Of(now, nothing)
		at := [2]string{id, c.Fact}
		stands := w.stands[at]
		back, anew := c.Change(stands, before, want, today)
		if back {
			w.facts[c.Fact] -= stands.Amount
			delete(w.stands, at)
		}
		for i := range anew {
			w.facts[c.Fact] += anew[i].Amount
			w.stands[at] = &anew[i]
		}
	}
}
