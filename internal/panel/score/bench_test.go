package score

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func BenchmarkAggregate(b *testing.B) {
	for _, size := range []struct{ experts, proposals, each int }{{7, 40, 7}, {30, 200, 5}, {300, 1000, 5}} {
		r := rand.New(rand.NewPCG(1, 2))
		var sheets []Sheet
		for q := range size.proposals {
			for _, e := range r.Perm(size.experts)[:size.each] {
				sheets = append(sheets, Sheet{fmt.Sprint("e", e), fmt.Sprint("q", q), Points(60e6 + r.IntN(40)*1e6)})
			}
		}
		for _, way := range []Way{TrimmedMean, MeanRank, Calibrated} {
			b.Run(fmt.Sprintf("%dx%d/%s", size.experts, size.proposals, way), func(b *testing.B) {
				for b.Loop() {
					if _, err := Aggregate(sheets, way); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkAgenda(b *testing.B) {
	for _, n := range []int{10, 40, 200} {
		r := rand.New(rand.NewPCG(1, 2))
		var items []Item
		for q := range n {
			it := Item{Proposal: fmt.Sprint(q)}
			for e := range 15 {
				if r.IntN(5) == 0 {
					it.Leaves = append(it.Leaves, fmt.Sprint(e))
				}
			}
			items = append(items, it)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Agenda(items)
			}
		})
	}
}
