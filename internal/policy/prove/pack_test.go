package prove

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"kechuang/internal/policy"
	"kechuang/packs"
)

// TestShenyang proves the pack that ships.
func TestShenyang(t *testing.T) {
	t.Parallel()
	pack, typed := policy.Load(packs.Shenyang())
	if len(typed) > 0 {
		t.Fatalf("not typed:\n%v", typed)
	}
	for _, m := range pack.Mechanisms {
		for _, v := range Prove(pack, m) {
			if !v.OK {
				t.Errorf("%s: %s fails\n%v", m.Name, v.Proof, v.Findings)
			}
		}
	}
}

// BenchmarkShenyang is what `kechuang check` does: DESIGN promises less than 200 ms a mechanism.
func BenchmarkShenyang(b *testing.B) {
	for b.Loop() {
		pack, _ := policy.Load(packs.Shenyang())
		for _, m := range pack.Mechanisms {
			Prove(pack, m)
		}
	}
}

// TestNothingIdle holds for the pack that ships: every number it declares is read by a rule.
func TestNothingIdle(t *testing.T) {
	t.Parallel()
	pack, typed := policy.Load(packs.Shenyang())
	if len(typed) > 0 {
		t.Fatalf("not typed:\n%v", typed)
	}
	if list := Idle(pack); len(list) > 0 {
		t.Errorf("declared and never used:\n%v", list)
	}
	pack.Params["made_up"] = &policy.Param{Name: "made_up"}
	if list := Idle(pack); len(list) != 1 || list[0].Code != "idle_param" {
		t.Errorf("an idle parameter went unnoticed: %v", list)
	}
}

// TestSameReportEveryTime runs the proofs of everything in the corpus again: a report that changes between runs cannot be compared.
func TestSameReportEveryTime(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first := judge(t, filesOf(a))
		for range 2 {
			if again := judge(t, filesOf(a)); !reflect.DeepEqual(first, again) {
				t.Errorf("%s: first\n%v\nthen\n%v", name, first, again)
			}
		}
	}
}
