package share_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/share"
)

func ExampleSplit() {
	parts, _ := share.Split(100_000_001, []share.PPM{900_000, 100_000})
	fmt.Println(parts)
	// Output: [90000001 10000000]
}

func TestParse(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]share.PPM{"90%": 900_000, "90 %": 900_000, "９０％": 900_000, "0.0001%": 1, "33.3333%": 333_333, "100%": share.Whole, "0%": 0, " 7.5% ": 75_000} {
		if got, err := share.Parse(s); err != nil || got != want {
			t.Errorf("%q: got %d %v, want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "%", "0.9", "九成", "1.00001%", "-5%", "5%%", "1.%", "1e2%", "9999999999%"} {
		if got, err := share.Parse(s); err == nil || !strings.Contains(err.Error(), "比例") {
			t.Errorf("%q: got %d %v", s, got, err)
		}
	}
}

func TestWrittenIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := share.PPM(rapid.Int64Range(0, 10_000_000).Draw(t, "ppm"))
		if got, err := share.Parse(p.String()); err != nil || got != p {
			t.Fatalf("%d is written %s and read %d %v", p, p, got, err)
		}
	})
}

// TestSplitIsExact: the parts sum to the amount, each is within one unit of its quota, and equal weights differ by one at most.
func TestSplitIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(-1e16, 1e16).Draw(t, "amount")
		var weights []share.PPM
		for _, w := range rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), 1, 20).Draw(t, "weights") {
			weights = append(weights, share.PPM(w))
		}
		parts, err := share.Split(amount, weights)
		var all share.PPM
		for _, w := range weights {
			all += w
		}
		if (err != nil) != (all == 0) {
			t.Fatalf("weights sum to %d: %v", all, err)
		}
		if err != nil {
			return
		}
		var sum int64
		for i, p := range parts {
			sum += p
			for j, q := range parts {
				if weights[i] == weights[j] && (p-q > 1 || q-p > 1) {
					t.Fatalf("equal weights get %d and %d", p, q)
				}
				if weights[i] > weights[j] && ((amount > 0 && p < q) || (amount < 0 && p > q)) {
					t.Fatalf("the heavier gets less: %v %v", weights, parts)
				}
			}
			if weights[i] == 0 && p != 0 {
				t.Fatalf("a weight of nothing gets %d", p)
			}
		}
		if sum != amount {
			t.Fatalf("the parts of %d sum to %d", amount, sum)
		}
	})
	if _, err := share.Split(5, []share.PPM{-1, 2}); err == nil {
		t.Error("a negative weight is taken")
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount int64
		p      share.PPM
		want   int64
	}{{100, 200_000, 20}, {99, 500_000, 49}, {-99, 500_000, -49}, {1e18, 1_000_000, 1e18}, {9e18, 999_999, 8_999_991_000_000_000_000}} {
		if got := share.Of(c.amount, c.p); got != c.want {
			t.Errorf("%d of %s: got %d, want %d", c.amount, c.p, got, c.want)
		}
	}
}
