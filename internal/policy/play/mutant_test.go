package play_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
)

// TestMutantsNeverFall breaks the small mechanism at random: a line is dropped, doubled or swapped, a word stands for another. Load
// says what is wrong; what it calls typed is played, where it may get stuck or strand money (the other proofs find that), but where
// nothing may ever be answered but a refusal.
func TestMutantsNeverFall(t *testing.T) {
	t.Parallel()
	const name = "mechanisms/aid.yaml"
	files := fstest.MapFS{}
	for _, f := range []string{"pack.yaml", "basis.yaml", "parameters.yaml", "funds.yaml", "offices.yaml", "facts.yaml", "calendar/2025.yaml", "taxonomies/chains.yaml", "blocks/notice.yaml", name} {
		data, err := os.ReadFile("../testdata/small/" + f)
		if err != nil {
			t.Fatal(err)
		}
		files[f] = &fstest.MapFile{Data: data}
	}
	lines := strings.Split(string(files[name].Data), "\n")
	words := strings.Fields(strings.NewReplacer("{", " ", "}", " ", ",", " ", "[", " ", "]", " ", ":", " ", "'", " ", "(", " ", ")", " ").Replace(string(files[name].Data)))
	typed := 0
	rapid.Check(t, func(t *rapid.T) {
		changed := append([]string(nil), lines...)
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			i := rapid.IntRange(0, len(changed)-1).Draw(t, "line")
			switch rapid.IntRange(0, 4).Draw(t, "how") {
			case 0:
				changed = append(changed[:i:i], changed[i+1:]...)
			case 1:
				changed = append(changed[:i:i], append([]string{changed[i]}, changed[i:]...)...)
			case 2:
				j := rapid.IntRange(0, len(changed)-1).Draw(t, "other")
				changed[i], changed[j] = changed[j], changed[i]
			default:
				if own := strings.Fields(changed[i]); len(own) > 0 {
					old := strings.Trim(own[rapid.IntRange(0, len(own)-1).Draw(t, "word")], "{}[],:'()")
					if old != "" {
						changed[i] = strings.Replace(changed[i], old, rapid.SampledFrom(words).Draw(t, "new"), 1)
					}
				}
			}
		}
		mutant := fstest.MapFS{}
		for k, v := range files {
			mutant[k] = v
		}
		mutant[name] = &fstest.MapFile{Data: []byte(strings.Join(changed, "\n"))}
		p, list := policy.Load(mutant)
		for _, f := range list {
			if f.Line < 1 || f.Message.ZH == "" || f.Message.EN == "" {
				t.Fatalf("an incomplete finding: %+v", f)
			}
		}
		if len(list) > 0 || len(p.Mechanisms) == 0 {
			return
		}
		typed++
		for seed := range uint64(4) {
			_, err := play.Random(play.NewInterpreter(), play.DefaultStage(p, p.Mechanisms[0]), seed)
			if f, ok := errors.AsType[*play.Failure](err); ok && (f.Rule == "fault" || f.Rule == "changed") {
				t.Fatal(err)
			} else if !ok && err != nil {
				t.Fatal(err)
			}
		}
	})
	t.Logf("%d mutants were typed, and played", typed)
}
