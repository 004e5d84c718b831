package play_test

import (
	"slices"
	"testing"

	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
)

// TestDefaultStage: whatever kind of party a form asks for, the stage has one; else random cases would stop at the first form.
func TestDefaultStage(t *testing.T) {
	t.Parallel()
	stage := play.DefaultStage(&policy.Pack{Region: "360100"}, &policy.Mechanism{})
	for _, kind := range policy.PartyKinds {
		if kind != "any" && kind != "organisation" && !slices.ContainsFunc(stage.Parties, func(p play.Party) bool { return p.Kind == kind }) {
			t.Errorf("nobody on the stage is a %s", kind)
		}
	}
}
