package prove

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"kechuang/internal/policy"
)

const shenyang = "../../../packs/shenyang"

// TestShenyang proves the pack that ships.
func TestShenyang(t *testing.T) {
	t.Parallel()
	pack, typed := policy.Load(os.DirFS(shenyang))
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

// TestShenyangIsQuick holds the promise of DESIGN: reading and proving a mechanism takes less than 200 ms, on average over the pack.
func TestShenyangIsQuick(t *testing.T) {
	best, mechanisms := time.Hour, 0
	for range 5 {
		start := time.Now()
		pack, _ := policy.Load(os.DirFS(shenyang))
		for _, m := range pack.Mechanisms {
			Prove(pack, m)
		}
		mechanisms = len(pack.Mechanisms)
		best = min(best, time.Since(start))
	}
	t.Logf("load and prove: %v", best)
	if best > time.Duration(mechanisms)*200*time.Millisecond {
		t.Errorf("load and prove took %v", best)
	}
}

func BenchmarkShenyang(b *testing.B) {
	for b.Loop() {
		pack, _ := policy.Load(os.DirFS(shenyang))
		for _, m := range pack.Mechanisms {
			Prove(pack, m)
		}
	}
}

// TestNothingIdle holds for the pack that ships: every number it declares is read by a rule.
func TestNothingIdle(t *testing.T) {
	t.Parallel()
	pack, typed := policy.Load(os.DirFS(shenyang))
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
