package mutate

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestSample breaks the mechanism that ships a few times; KECHUANG_MUTANTS=500 makes the whole run.
func TestSample(t *testing.T) {
	count := 60
	if s := os.Getenv("KECHUANG_MUTANTS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		count = n
	}
	report, err := Run(os.DirFS("../../../../packs/shenyang"), Options{Mechanism: "jiebang", Seed: 1, Count: count})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(report)
	if len(report.Mutants) != count {
		t.Errorf("%d mutants, not %d", len(report.Mutants), count)
	}
	for _, m := range report.Holes() {
		t.Errorf("a hole? line %d, %s %s: %s", m.Line, m.Op, m.Where, m.Change)
	}
}

func TestSameSeedSameMutants(t *testing.T) {
	t.Parallel()
	fsys := os.DirFS("../../../../packs/shenyang")
	a, err := Run(fsys, Options{Mechanism: "jiebang", Seed: 7, Count: 8})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Run(fsys, Options{Mechanism: "jiebang", Seed: 7, Count: 8})
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Mutants {
		if a.Mutants[i] != b.Mutants[i] {
			t.Errorf("%v and %v", a.Mutants[i], b.Mutants[i])
		}
	}
}

func TestUnknownMechanism(t *testing.T) {
	t.Parallel()
	_, err := Run(os.DirFS("../../../../packs/shenyang"), Options{Mechanism: "nothing", Count: 1})
	if err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("got %v", err)
	}
}
