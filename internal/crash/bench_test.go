package crash_test

import (
	"testing"

	"kechuang/internal/crash"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// BenchmarkStep plays made-up cases: a leaf, and money in eight of nine steps.
func BenchmarkStep(b *testing.B) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		for _, tt := range []struct {
			name    string
			clients int
			funds   int
		}{{"1 client", 1, 1}, {"16 clients, one fund", 16, 1}, {"16 clients, 16 funds", 16, 16}} {
			b.Run(string(d)+"/"+tt.name, func(b *testing.B) {
				r, err := crash.Measure(b.Context(), storetest.URL(b, d), tt.clients, tt.funds, b.N)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(r.PerSecond, "steps/s")
				b.ReportMetric(r.RunsPerStep, "runs/step")
				b.ReportMetric(float64(r.P99.Microseconds())/1000, "p99-ms")
			})
		}
	}
}
