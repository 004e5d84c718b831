package casework

import (
	"io/fs"
	"strings"
	"testing"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/store"
	"kechuang/packs"
)

// TestEveryBidderIsTold: a message to "part.seat" reaches whoever sits there in any record of the part, once each, and the host not.
func TestEveryBidderIsTold(t *testing.T) {
	files := packs.Shenyang()
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	raw, err := fs.ReadFile(files, "scenarios/scenario/1-scenario.txtar")
	if err != nil {
		t.Fatal(err)
	}
	f, err := play.Parse("1-scenario.txtar", raw, pack, "scenario")
	if err != nil {
		t.Fatal(err)
	}
	w := theatreOf(t, pack, files, store.SQLite)
	if line, err := play.RunOne(f, f.Scenarios[0], w); err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	for name, want := range map[string]int{"仪表公司": 1, "传感公司": 1, "沈阳地铁集团": 0} {
		err := w.e.DB.Read(t.Context(), func(tx *store.Tx) error {
			list, err := messagesOf(tx, chair{holder: policy.Holder{Party: w.PartyID(name)}}, 50)
			n := 0
			for _, m := range list {
				if strings.Contains(m.text.ZH, "的方案已选定") {
					n++
				}
			}
			if n != want {
				t.Errorf("%s is told %d times, want %d", name, n, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
