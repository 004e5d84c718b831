package match

import (
	"cmp"
	"slices"

	"kechuang/internal/flow"
)

// Pairing is a need that may be brought together with an offer.
type Pairing struct {
	Need, Offer, Party string // Party is who offers, and whose capacity is used up
	Level              float64
}

// Plan introductions over many needs at once, so that nobody is swamped: every need gets at most each introductions, every offering party
// at most capacity, and the sum of what levels are above worth is the largest that there is (least-cost flow, with its proof checked).
// Pairs at or below worth are not planned. The answer is in the order of needs, the best first.
func Plan(pairs []Pairing, each, capacity int64, worth float64) ([]Pairing, error) {
	pairs = slices.DeleteFunc(slices.Clone(pairs), func(p Pairing) bool { return p.Level <= worth })
	if len(pairs) == 0 || each <= 0 || capacity <= 0 {
		return []Pairing{}, nil
	}
	slices.SortFunc(pairs, func(a, b Pairing) int {
		return cmp.Or(cmp.Compare(a.Need, b.Need), cmp.Compare(b.Level, a.Level), cmp.Compare(a.Offer, b.Offer))
	})
	needs, parties := map[string]int{}, map[string]int{}
	for _, p := range pairs {
		needs[p.Need], parties[p.Party] = 0, 0
	}
	total := each * int64(len(needs))
	n := flow.New(len(needs)+len(parties)+2, len(pairs)+2*len(needs)+len(parties))
	sink := n.Node(-total)
	for _, id := range sorted(needs) {
		needs[id] = n.Node(each)
		n.Arc(needs[id], sink, 0, each, 0) // it may go without
	}
	for _, id := range sorted(parties) {
		parties[id] = n.Node(0)
		n.Arc(parties[id], sink, 0, capacity, 0)
	}
	arcs := make([]int, len(pairs))
	for i, p := range pairs {
		arcs[i] = n.Arc(needs[p.Need], parties[p.Party], 0, 1, -int64((p.Level-worth)*1e6))
	}
	a, err := n.Solve()
	if err != nil {
		return nil, err
	}
	if err := n.Verify(a); err != nil {
		return nil, err
	}
	out := []Pairing{}
	for i, p := range pairs {
		if a.Flow[arcs[i]] > 0 {
			out = append(out, p)
		}
	}
	return out, nil
}

func sorted(m map[string]int) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
