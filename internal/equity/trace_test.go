package equity

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/money"
)

// TestTrace: a fund of three sources that calls twice; the second investment is paid from what is left of the first call and the second.
func TestTrace(t *testing.T) {
	var tr Trace
	gov, state, social := Purse{"引导基金", Fiscal}, Purse{"国投", State}, Purse{"民投", Social}
	for p, n := range map[Purse]money.Fen{gov: 300, state: 200, social: 500} {
		tr.In(p, n)
	}
	first := tr.Out("甲", 500)
	if got := amounts(first); got[gov] != 150 || got[state] != 100 || got[social] != 250 {
		t.Errorf("the first investment is of %v", first)
	}
	tr.In(social, 500) // a call to the social partner alone: 150, 100, 750 are there
	if got := amounts(tr.Out("乙", 500)); got[gov] != 75 || got[state] != 50 || got[social] != 375 {
		t.Errorf("the second investment is of %v", got)
	}
	if got := amounts(tr.Back("甲", 1001)); got[gov] != 300 || got[state] != 200 || got[social] != 501 {
		t.Errorf("what the first gave back is %v", got)
	}
	tr.Refund(social, 375)
	if got := amounts(tr.Pool()); got[gov] != 75 || got[state] != 50 || got[social] != 0 {
		t.Errorf("left are %v", got)
	}
	if got := amounts(tr.Out("丙", 200)); got[Purse{}] != 75 {
		t.Errorf("what nobody paid in is said to be of %v", got)
	}
}

// TestTraceKeepsEveryFen: whatever is paid in, spent and given back, portions sum to the amount, and nobody's pool goes below nothing.
func TestTraceKeepsEveryFen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tr Trace
		in, out := money.Fen(0), money.Fen(0)
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			amount := money.Fen(rapid.Int64Range(0, 1_000_000_000_00).Draw(t, "amount"))
			purse := Purse{fmt.Sprint(rapid.IntRange(0, 4).Draw(t, "party")), rapid.SampledFrom([]string{Fiscal, State, Social}).Draw(t, "source")}
			use := fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "use"))
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				tr.In(purse, amount)
				in += amount
			case 1:
				got := money.Fen(0)
				for _, x := range tr.Out(use, amount) {
					if got += x.Amount; x.Amount < 0 {
						t.Fatalf("a negative portion: %+v", x)
					}
				}
				if got != amount {
					t.Fatalf("%d of %d are traced", got, amount)
				}
				out += min(amount, in-out)
			case 2:
				got := money.Fen(0)
				for _, x := range tr.Back(use, amount) {
					got += x.Amount
				}
				if got != amount {
					t.Fatalf("%d of %d that came back are traced", got, amount)
				}
			}
			left := money.Fen(0)
			for _, x := range tr.Pool() {
				if x.Purse == (Purse{}) {
					continue
				}
				if left += x.Amount; x.Amount < 0 {
					t.Fatalf("%+v has less than nothing in the pool", x)
				}
			}
			if left != in-out {
				t.Fatalf("%d are in the pool, %d came in and %d went out", left, in, out)
			}
		}
	})
}

func amounts(list []Portion) map[Purse]money.Fen {
	out := map[Purse]money.Fen{}
	for _, x := range list {
		out[x.Purse] += x.Amount
	}
	return out
}
