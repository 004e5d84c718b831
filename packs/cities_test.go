package packs

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/policy/prove"
)

// others are the small packs of other cities, each a challenge rule or a rule of grants that become equity that differs from the
// reference city's. They are written with the language alone: no Go code knows them.
var others = []string{"nanchang", "tianfu", "zhejiang", "dongguan", "liandong"}

// TestOtherCities proves every other city's pack, asks for the source of its numbers, and plays its stories.
func TestOtherCities(t *testing.T) {
	t.Parallel()
	for _, city := range others {
		t.Run(city, func(t *testing.T) {
			t.Parallel()
			stands(t, Open(os.DirFS(city)))
		})
	}
}

// TestStart: what `kechuang pack new` writes holds as it is.
func TestStart(t *testing.T) {
	t.Parallel()
	files, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	for name, data := range files {
		dir[name] = &fstest.MapFile{Data: data}
	}
	stands(t, Open(dir))
}

// stands is what a pack must be to be used: proved, sourced, nothing idle, and as its stories say.
func stands(t *testing.T, dir fs.FS) {
	t.Helper()
	pack, findings := policy.Load(dir)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	if idle := prove.Idle(pack); len(idle) > 0 {
		t.Errorf("declared and used by nothing:\n%s", idle)
	}
	sourced(t, pack)
	for _, m := range pack.Mechanisms {
		for _, v := range prove.Prove(pack, m) {
			if !v.OK {
				t.Errorf("%s is not %s:\n%s", m.Name, v.Proof, v.Findings)
			}
		}
	}
	list, err := play.Load(dir, pack)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range list {
		for _, sc := range f.Scenarios {
			n++
			if line, err := play.RunOne(f, sc, play.NewInterpreter()); err != nil {
				t.Errorf("%s:%d: %s: %v", f.Name, line, sc.Title, err)
			}
		}
	}
	if n < 5 {
		t.Errorf("only %d stories", n)
	}
}
