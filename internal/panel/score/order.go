package score

import (
	"cmp"
	"slices"
)

// Item is a proposal to be discussed, with those of the panel who must leave the room for it.
type Item struct {
	Proposal string
	Leaves   []string
}

// Agenda orders a meeting so that people leave the room as rarely as can be found: proposals for which the same people leave come one
// after another. It gives the order and how often somebody gets up: out and in again is one.
//
// It begins with the nearest neighbour from the proposal with fewest leaving, and mends by moving runs (or-opt) while that helps:
// the least is a shortest tour, which for a meeting's length this finds or nearly finds.
func Agenda(items []Item) (ordered []Item, exits int) {
	list := slices.Clone(items)
	slices.SortStableFunc(list, func(a, b Item) int {
		return cmp.Or(cmp.Compare(len(a.Leaves), len(b.Leaves)), cmp.Compare(a.Proposal, b.Proposal))
	})
	for i := 1; i < len(list); i++ {
		best := i
		for j := i + 1; j < len(list); j++ {
			if fresh(list[i-1], list[j]) < fresh(list[i-1], list[best]) {
				best = j
			}
		}
		list[i], list[best] = list[best], list[i]
	}
	for better := true; better; {
		better = false
		now := Exits(list)
		for size := 1; size <= 3 && !better; size++ {
			for from := 0; from+size <= len(list) && !better; from++ {
				run := slices.Clone(list[from : from+size])
				rest := append(slices.Clone(list[:from]), list[from+size:]...)
				for at := 0; at <= len(rest); at++ {
					try := slices.Concat(rest[:at], run, rest[at:])
					if Exits(try) < now {
						list, better = try, true
						break
					}
				}
			}
		}
	}
	return list, Exits(list)
}

// fresh is how many leave for b who were in the room for a.
func fresh(a, b Item) int {
	n := 0
	for _, p := range b.Leaves {
		if !slices.Contains(a.Leaves, p) {
			n++
		}
	}
	return n
}

// Exits counts how often somebody leaves the room.
func Exits(list []Item) int {
	n := 0
	for i := range list {
		if i == 0 {
			n += len(list[0].Leaves)
		} else {
			n += fresh(list[i-1], list[i])
		}
	}
	return n
}
