package casework

import (
	"testing"

	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// BenchmarkSteps is a sample of `kechuang bench steps`: through the engine, and the same rows by bare SQL.
func BenchmarkSteps(b *testing.B) {
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		for _, clients := range []int{1, 16} {
			b.Run(string(dialect)+"/"+map[int]string{1: "1", 16: "16"}[clients], func(b *testing.B) {
				db := storetest.Open(b, storetest.URL(b, dialect))
				r, err := NewRuler(b.Context(), db, clients)
				if err != nil {
					b.Fatal(err)
				}
				bare, err := r.Bare(b.Context(), max(b.N, 400))
				if err != nil {
					b.Fatal(err)
				}
				real, err := r.Engine(b.Context(), max(b.N, 400))
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(real.PerSecond, "steps/s")
				b.ReportMetric(bare.PerSecond, "bare/s")
				b.ReportMetric(real.PerSecond/bare.PerSecond, "of_bare")
				b.ReportMetric(real.Runs, "runs/step")
				b.ReportMetric(bare.Runs, "bare_runs/step")
				b.ReportMetric(float64(real.P99.Microseconds())/1000, "p99_ms")
			})
		}
	}
}

// TestMeasure: what is measured is really done, and leaves the books and desks right.
func TestMeasure(t *testing.T) {
	storetest.Each(t, nil, func(t *testing.T, db *store.DB) {
		r, err := NewRuler(t.Context(), db, 3)
		if err != nil {
			t.Fatal(err)
		}
		for name, run := range map[string]func() (Speed, error){
			"engine": func() (Speed, error) { return r.Engine(t.Context(), 24) },
			"bare":   func() (Speed, error) { return r.Bare(t.Context(), 24) },
		} {
			if s, err := run(); err != nil || s.Steps != 24 || s.PerSecond <= 0 || s.P99 < s.Median {
				t.Errorf("%s: %+v %v", name, s, err)
			}
		}
	})
}

// TestGrow: the copies are cases like any other, and a small database grows.
func TestGrow(t *testing.T) {
	storetest.Each(t, nil, func(t *testing.T, db *store.DB) {
		r, err := NewRuler(t.Context(), db, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int64{10, 100} {
			g, err := r.Grow(t.Context(), n, 8)
			if err != nil || g.Cases < n || g.Hall == 0 {
				t.Fatalf("%+v %v", g, err)
			}
		}
	})
}
