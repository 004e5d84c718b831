package prove

import "kechuang/internal/policy"

// retired proves that no act changes a record after it has ended it: the register refuses that, and the act could never be done.
func (w *world) retired(rep *report) {
	for _, a := range w.all {
		over := map[string]bool{}
		for _, e := range a.do {
			switch e := e.(type) {
			case policy.Retire:
				over[e.Thing] = true
			case policy.Update:
				if over[e.Thing] {
					rep.found(e.Pos, "updates_retired", say("%s先注销了“%s”，又修改它，这一步办不成", "%s ends “%s” and then changes it, which is refused", w.actText(a), e.Thing),
						say("先 update，后 retire", "put update before retire"), nil)
				}
			}
		}
	}
}
