package play_test

import (
	"io/fs"
	"os"
	"testing"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/packs"
)

// TestRandomCases plays random cases of the reference pack and of the small pack through the interpreter. That a step is never done
// would mean that the player knows no way there, and that the invariants say nothing about it: it must come to nearly all of them.
func TestRandomCases(t *testing.T) {
	t.Parallel()
	cases := uint64(400)
	if testing.Short() {
		cases = 50
	}
	for _, files := range []fs.FS{packs.Shenyang(), os.DirFS("../testdata/small")} {
		p, list := policy.Load(files)
		if len(list) > 0 {
			t.Fatal(list)
		}
		for _, m := range p.Mechanisms {
			t.Run(p.ID+"/"+m.Name, func(t *testing.T) {
				t.Parallel()
				ends, acts, turns := map[string]int{}, map[string]int{}, 0
				for seed := range cases {
					if turns > 20_000 { // a fund's case has hundreds of them
						break
					}
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
				var never []string
				steps := 0
				for _, x := range append([]*policy.Machine{m.Case}, m.Parts...) {
					for _, s := range x.States {
						for _, st := range s.Steps {
							if steps++; acts[s.Name+"."+st.Name] == 0 {
								never = append(never, s.Name+"."+st.Name)
							}
						}
					}
				}
				t.Logf("%d cases, %d turns, ends %v, never done %v", cases, turns, ends, never)
				if !testing.Short() && len(never)*4 > steps { // nearly all of them miss a step or two
					t.Errorf("%d of %d steps were never done", len(never), steps)
				}
			})
		}
	}
}
