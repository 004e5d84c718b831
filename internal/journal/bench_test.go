package journal_test

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"kechuang/internal/journal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// BenchmarkVerify checks a whole log of 50 000 records; BenchmarkVerify/sha256 hashes the same bytes and does nothing else. The
// million is `kechuang bench verify`.
func BenchmarkVerify(b *testing.B) {
	const leaves = 50_000
	key := newKey(b)
	var log bytes.Buffer
	size, err := journal.SampleLog(&log, key, leaves)
	must(b, err)
	b.Run("whole log", func(b *testing.B) {
		b.SetBytes(size)
		for b.Loop() {
			r, err := journal.VerifyBundle(bytes.NewReader(log.Bytes()), key.Verifier())
			if err != nil || !r.OK() || r.Leaves != leaves {
				b.Fatal(err, r)
			}
		}
		b.ReportMetric(float64(b.N)*leaves/b.Elapsed().Seconds(), "records/s")
	})
	b.Run("sha256", func(b *testing.B) {
		b.SetBytes(size)
		each := log.Bytes()[:size/leaves]
		for b.Loop() {
			for range leaves {
				sha256.Sum256(each)
			}
		}
		b.ReportMetric(float64(b.N)*leaves/b.Elapsed().Seconds(), "records/s")
	})
}

// BenchmarkSeal gives 2 048 leaves their index and signs.
func BenchmarkSeal(b *testing.B) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		b.Run(string(d), func(b *testing.B) {
			db := storetest.Open(b, storetest.URL(b, d), sets...)
			j := journal.New(db, newKey(b))
			n := 0
			for b.Loop() {
				b.StopTimer()
				fill(b, db, j, 50, 2048)
				n += 2048
				b.StartTimer()
				_, err := j.Seal(b.Context())
				must(b, err)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "leaves/s")
		})
	}
}
