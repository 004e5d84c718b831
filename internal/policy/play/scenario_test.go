package play_test

import (
	"testing"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/packs"
)

// TestScenarios plays the reference pack's own scenarios on the interpreter.
func TestScenarios(t *testing.T) {
	t.Parallel()
	fsys := packs.Shenyang()
	p, list := policy.Load(fsys)
	if len(list) > 0 {
		t.Fatal(list)
	}
	files, err := play.Load(fsys, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, r := range play.Run(f, func() play.World { return play.NewInterpreter() }) {
			if r.Err != nil {
				t.Error(r)
			}
		}
	}
}
