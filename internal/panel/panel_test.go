package panel

import (
	"fmt"
	"slices"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

func people(n int) []string {
	p := make([]string, n)
	for i := range p {
		p[i] = fmt.Sprintf("party_%03d", i)
	}
	return p
}

// TestDrawIsGolden pins the algorithm: a seed published years ago must draw the same people for ever.
func TestDrawIsGolden(t *testing.T) {
	d, err := Draw(people(6), nil, Seed{1, 2, 3}, 2)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(d.Drawn, d.Substitutes)
	const want = "[party_002 party_001] [party_005 party_004 party_003 party_000]"
	if got != want {
		t.Errorf("drew %s, want %s", got, want)
	}
}

func TestDrawNeverTakesTheExcluded(t *testing.T) {
	pool := people(12)
	bad := []Exclusion{{Person: pool[3], Why: lang.T("同一单位", "same employer")}, {Person: pool[7], Why: lang.T("近亲属", "kin")}, {Person: "stranger", Why: lang.T("", "")}}
	for i := range 200 {
		d, err := Draw(pool, bad, Seed{byte(i), 9}, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range append(slices.Clone(d.Drawn), d.Substitutes...) {
			if p == pool[3] || p == pool[7] {
				t.Fatalf("draw %d took %s who is excluded", i, p)
			}
		}
		if len(d.Drawn) != 3 || len(d.Substitutes) != 7 || len(d.Excluded) != 2 {
			t.Fatalf("draw %d: %d drawn, %d substitutes, %d excluded", i, len(d.Drawn), len(d.Substitutes), len(d.Excluded))
		}
	}
}

// TestDrawIsFair draws 3 of 10 ten thousand times: everyone must be drawn about 3 000 times (six standard deviations allowed).
func TestDrawIsFair(t *testing.T) {
	pool, count := people(10), map[string]int{}
	for i := range 10_000 {
		d, err := Draw(pool, nil, Seed{byte(i), byte(i >> 8)}, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range d.Drawn {
			count[p]++
		}
	}
	for p, n := range count {
		if n < 2725 || n > 3275 {
			t.Errorf("%s was drawn %d times of 10000, expected about 3000", p, n)
		}
	}
}

func TestDrawDoesNotDependOnTheOrderOfThePool(t *testing.T) {
	pool := people(8)
	a, _ := Draw(pool, nil, Seed{5}, 3)
	slices.Reverse(pool)
	b, _ := Draw(append(pool, pool[0]), nil, Seed{5}, 3)
	if !slices.Equal(a.Drawn, b.Drawn) {
		t.Errorf("%v and %v", a.Drawn, b.Drawn)
	}
}

func TestTooFewIsARefusal(t *testing.T) {
	_, err := Draw(people(4), []Exclusion{{Person: "party_000", Why: lang.T("回避", "conflict")}}, Seed{}, 4)
	if !refusal.Is(err, "panel.too_few") {
		t.Fatalf("got %v", err)
	}
}

func TestReplayFindsWhatWasChanged(t *testing.T) {
	fresh := func() *Result {
		d, err := Draw(people(9), []Exclusion{{Person: "party_004", Why: lang.T("回避", "conflict")}}, Seed{7}, 3)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if err := Replay(fresh()); err != nil {
		t.Fatalf("a true draw: %v", err)
	}
	for name, tamper := range map[string]func(*Result){
		"another seed":         func(r *Result) { r.Seed = Seed{8}.String() },
		"not a seed":           func(r *Result) { r.Seed = "七" },
		"somebody swapped in":  func(r *Result) { r.Drawn[0] = r.Substitutes[4] },
		"somebody left out":    func(r *Result) { r.Pool = slices.DeleteFunc(r.Pool, func(p string) bool { return p == r.Drawn[0] }) },
		"somebody let in":      func(r *Result) { r.Excluded = nil },
		"substitutes resorted": func(r *Result) { slices.Reverse(r.Substitutes) },
	} {
		r := fresh()
		tamper(r)
		if Replay(r) == nil {
			t.Errorf("%s: replay says the draw is true", name)
		}
	}
}

func ExampleDraw() {
	seed := Seed{42}
	d, _ := Draw([]string{"party_a", "party_b", "party_c"}, []Exclusion{{Person: "party_b", Why: lang.T("与发榜方同一单位", "works for the poster")}}, seed, 1)
	fmt.Println(len(d.Drawn), len(d.Substitutes), Replay(d))
	// Output: 1 1 <nil>
}
