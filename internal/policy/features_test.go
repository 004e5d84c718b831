package policy_test

import (
	"os"
	"slices"
	"testing"

	"kechuang/internal/policy"
)

// What the small pack's challenge uses is known, and what it does not use is not named.
func TestFeatures(t *testing.T) {
	t.Parallel()
	pack, findings := policy.Load(os.DirFS("testdata/small"))
	if len(findings) > 0 {
		t.Fatal(findings[0])
	}
	uses := map[string][]string{}
	for _, m := range pack.Mechanisms {
		uses[m.Name] = m.Features()
	}
	for feature, by := range map[string]string{"convert": "venture", "convert.not_largest": "venture", "Fees": "peer", "Draw.NewTo": "peer"} {
		for name, list := range uses {
			if got := slices.Contains(list, feature); got != (name == by) {
				t.Errorf("%s uses %s: %v", name, feature, got)
			}
		}
	}
}
