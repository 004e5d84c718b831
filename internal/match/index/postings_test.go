package index

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestListsComeBack writes lists of every shape and reads them whole, and from any place.
func TestListsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		mean := rapid.SampledFrom([]int{1, 2, 9, 300, 70_000, 9_000_000}).Draw(t, "distance")
		often := rapid.SampledFrom([]int{1, 2, 50, 1000}).Draw(t, "often")
		var list []posting
		doc := uint32(0)
		for range rapid.IntRange(1, 3*block+7).Draw(t, "size") {
			doc += uint32(chance.IntN(mean))
			p := posting{doc, 1}
			if chance.IntN(often) == 0 {
				p.times = uint32(chance.IntN(300) + 1)
			}
			list = append(list, p)
			if doc++; doc > 1<<31 {
				break
			}
		}
		written := append(appendList([]byte("before"), list), "behind"...)[len("before"):]
		var got []posting
		for c := readList(written, len(list)); c.doc != gone; c.next() {
			got = append(got, posting{c.doc, c.times})
		}
		for i := range list {
			list[i].times = min(list[i].times, mostTimes)
		}
		if !slices.Equal(got, list) {
			t.Fatalf("wrote %v, read %v", list, got)
		}
		c, want := readList(written, len(list)), list
		for len(want) > 0 {
			n := rapid.IntRange(0, len(want)).Draw(t, "skip")
			if n == len(want) {
				if c.seek(want[n-1].doc + 1); c.doc != gone {
					t.Fatalf("behind the last %d stands %d", want[n-1].doc, c.doc)
				}
				return
			}
			if c.seek(want[n].doc - uint32(chance.IntN(2)&int(min(want[n].doc, 1)))); c.doc > want[n].doc {
				t.Fatalf("sought %d, stands on %d", want[n].doc, c.doc)
			}
			if c.seek(want[n].doc); c.doc != want[n].doc || c.times != want[n].times {
				t.Fatalf("sought %v, stands on %d ×%d", want[n], c.doc, c.times)
			}
			want = want[n:]
			if n == 0 {
				c.next()
				want = want[1:]
			}
		}
	})
}
