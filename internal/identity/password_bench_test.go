package identity

import (
	"context"
	"testing"
)

// BenchmarkStrong is what one sign-in costs; the comment at Strong quotes it.
func BenchmarkStrong(b *testing.B) {
	s := New(nil, nil, Strong)
	for b.Loop() {
		if _, err := s.hash(context.Background(), "kechuang2025"); err != nil {
			b.Fatal(err)
		}
	}
}
