package mutate

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"kechuang/packs"
)

// TestSample breaks the mechanism that ships a few times; KECHUANG_MUTANTS=500 makes the whole run, which takes two minutes.
func TestSample(t *testing.T) {
	count := 30
	if s := os.Getenv("KECHUANG_MUTANTS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		count = n
	}
	fsys := packs.Shenyang()
	players, silent, err := Players(fsys, 3)
	if err != nil {
		t.Fatal(err)
	}
	if silent > 0 {
		t.Logf("%d scenarios fail on the pack as it is and tell nothing here", silent)
	}
	report, err := Run(fsys, Options{Mechanism: "jiebang", Seed: 1, Count: count, Play: players})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(report)
	if len(report.Mutants) != count {
		t.Errorf("%d mutants, not %d", len(report.Mutants), count)
	}
	if report.Caught()*2 < count {
		t.Errorf("only %d of %d were noticed", report.Caught(), count)
	}
	for _, m := range report.Holes() {
		t.Errorf("a hole? line %d, %s %s: %s %s", m.Line, m.Op, m.Where, m.Change, m.Caught)
	}
}

func TestSameSeedSameMutants(t *testing.T) {
	t.Parallel()
	fsys := packs.Shenyang()
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
	_, err := Run(packs.Shenyang(), Options{Mechanism: "nothing", Count: 1})
	if err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("got %v", err)
	}
}
