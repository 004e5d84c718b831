package match_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/match"
)

// TestPlan: nobody is swamped, no need gets more than it asks for, and no other plan is worth more (tried by hand on small ones).
func TestPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		needs, parties := rapid.IntRange(1, 4).Draw(t, "needs"), rapid.IntRange(1, 3).Draw(t, "parties")
		capacity := int64(rapid.IntRange(1, 2).Draw(t, "capacity"))
		var pairs []match.Pairing
		for n := range needs {
			for p := range parties {
				pairs = append(pairs, match.Pairing{Need: fmt.Sprint("n", n), Offer: fmt.Sprint("o", p), Party: fmt.Sprint("p", p), Level: float64(rapid.IntRange(10, 40).Draw(t, "level")) / 10})
			}
		}
		got, err := match.Plan(pairs, 1, capacity, 1.5)
		if err != nil {
			t.Fatal(err)
		}
		perNeed, perParty, worth := map[string]int64{}, map[string]int64{}, 0.0
		for _, p := range got {
			perNeed[p.Need]++
			perParty[p.Party]++
			worth += p.Level - 1.5
			if p.Level <= 1.5 || perNeed[p.Need] > 1 || perParty[p.Party] > capacity {
				t.Fatalf("%+v", got)
			}
		}
		if best := bestPlan(pairs, capacity, needs, 0, map[string]int64{}); best-worth > 1e-5 {
			t.Fatalf("worth %.3f, but %.3f is there: %+v", worth, best, got)
		}
	})
}

// bestPlan tries everything.
func bestPlan(pairs []match.Pairing, capacity int64, needs, n int, used map[string]int64) float64 {
	if n == needs {
		return 0
	}
	best := bestPlan(pairs, capacity, needs, n+1, used)
	for _, p := range pairs {
		if p.Need == fmt.Sprint("n", n) && p.Level > 1.5 && used[p.Party] < capacity {
			used[p.Party]++
			best = max(best, p.Level-1.5+bestPlan(pairs, capacity, needs, n+1, used))
			used[p.Party]--
		}
	}
	return best
}
