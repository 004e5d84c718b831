package play_test

import (
	"os"
	"testing"
	"time"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
)

// TestRandomCases plays random cases of every mechanism of the reference pack through the interpreter.
func TestRandomCases(t *testing.T) {
	t.Parallel()
	p, list := policy.Load(os.DirFS("../../../packs/shenyang"))
	if len(list) > 0 {
		t.Fatal(list)
	}
	for _, m := range p.Mechanisms {
		ends, acts, turns := map[string]int{}, map[string]int{}, 0
		began := time.Now()
		const n = 300
		for seed := range uint64(n) {
			r, err := play.Random(play.NewInterpreter(), play.DefaultStage(p, m), seed)
			if err != nil {
				t.Fatal(err)
			}
			ends[r.End]++
			turns += r.Turns
			for a, k := range r.Acts {
				acts[a] += k
			}
		}
		t.Logf("%s: %d cases, %d turns in %v, ends %v", m.Name, n, turns, time.Since(began), ends)
		for _, s := range m.Case.States {
			for _, st := range s.Steps {
				if acts[s.Name+"."+st.Name] == 0 {
					t.Logf("never done: %s.%s", s.Name, st.Name)
				}
			}
		}
	}
}
