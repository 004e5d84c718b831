package casework

import (
	"strings"
	"testing"

	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// TestEveryBidderIsTold: a message to "part.seat" reaches whoever sits there in any record of the part, once each, and the host not.
func TestEveryBidderIsTold(t *testing.T) {
	w := played(t, "scenario", "1-scenario.txtar")
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
