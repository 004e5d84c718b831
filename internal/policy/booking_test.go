package policy

import (
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
)

// TestMost compares the busiest day with counting day by day.
func TestMost(t *testing.T) {
	t.Parallel()
	day := func(n int) caldate.Date { return caldate.Date("2025-02-20").AddDays(n) }
	rapid.Check(t, func(t *rapid.T) {
		var spans []Span
		for range rapid.IntRange(0, 8).Draw(t, "spans") {
			from := rapid.IntRange(0, 30).Draw(t, "from")
			spans = append(spans, Span{day(from), day(from + rapid.IntRange(0, 10).Draw(t, "days"))})
		}
		first := rapid.IntRange(0, 30).Draw(t, "first")
		last := first + rapid.IntRange(0, 15).Draw(t, "length")
		want := int64(0)
		for n := first; n <= last; n++ {
			k := int64(0)
			for _, s := range spans {
				if s.From <= day(n) && s.Until >= day(n) {
					k++
				}
			}
			want = max(want, k)
		}
		if got := most(spans, day(first), day(last)); got != want {
			t.Fatalf("%v from %s until %s: %d and not %d", spans, day(first), day(last), got, want)
		}
	})
}
