package play_test

import (
	"os"
	"testing"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
)

// TestSmallScenarios plays the small pack's scenarios, which touch every effect and every kind of line.
func TestSmallScenarios(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS("../testdata/small")
	p, list := policy.Load(fsys)
	if len(list) > 0 {
		t.Fatal(list)
	}
	files, err := play.Load(fsys, p)
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		for _, r := range play.Run(f, func() play.World { return play.NewInterpreter() }) {
			if r.Err != nil {
				t.Error(r)
			}
		}
	}
}
