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

// exactly is up to how many different sets of people leaving the least is found for certain: 2¹⁴ × 14 steps on the way.
const exactly = 14

// Agenda orders a meeting so that people leave the room as rarely as can be: proposals for which the same people leave come one after
// another, and the sets of people follow each other so that as few as possible get up. It gives the order, how often somebody gets up
// (out and in again is one), and whether that is proved to be the least.
//
// Everybody who leaves comes back, so that the number is half the length of a round trip from the full room through all sets of people
// and back, where the way from one to the next is how many go out or come in: a travelling salesman's problem with distances that obey
// the triangle inequality. Up to fourteen sets it is solved by the dynamic programme of Held and Karp (1962); beyond that by the nearest
// neighbour, mended by turning and moving runs (2-opt, or-opt) as long as that helps.
func Agenda(items []Item) (ordered []Item, exits int, least bool) {
	list := slices.Clone(items)
	for i := range list {
		list[i].Leaves = distinct(slices.Clone(list[i].Leaves))
	}
	slices.SortStableFunc(list, func(a, b Item) int {
		return cmp.Or(cmp.Compare(len(a.Leaves), len(b.Leaves)), slices.Compare(a.Leaves, b.Leaves), cmp.Compare(a.Proposal, b.Proposal))
	})
	rooms := [][]Item{{}} // that have the same people outside; the first is the full room
	for i, it := range list {
		if i > 0 && slices.Equal(it.Leaves, list[i-1].Leaves) || i == 0 && len(it.Leaves) == 0 {
			rooms[len(rooms)-1] = append(rooms[len(rooms)-1], it)
		} else {
			rooms = append(rooms, []Item{it})
		}
	}
	t := trip{far: between(rooms)}
	if least = len(rooms)-1 <= exactly; least {
		t.shortest()
	} else {
		t.nearest()
		t.mend()
	}
	for _, r := range t.order {
		ordered = append(ordered, rooms[r]...)
	}
	return ordered, t.length() / 2, least
}

// Exits counts how often somebody leaves the room in the order given.
func Exits(list []Item) (n int) {
	var before []string
	for _, it := range list {
		for _, p := range it.Leaves {
			if !slices.Contains(before, p) {
				n++
			}
		}
		before = it.Leaves
	}
	return n
}

// between are the distances of all rooms: how many go out or come in from one to the other.
func between(rooms [][]Item) [][]int {
	outside := make([]map[string]bool, len(rooms))
	for i, room := range rooms {
		outside[i] = map[string]bool{}
		for _, it := range room {
			for _, p := range it.Leaves {
				outside[i][p] = true
			}
		}
	}
	far := make([][]int, len(rooms))
	for i, a := range outside {
		far[i] = make([]int, len(rooms))
		for j, b := range outside {
			both := 0
			for p := range a {
				if b[p] {
					both++
				}
			}
			far[i][j] = len(a) + len(b) - 2*both
		}
	}
	return far
}

// trip is a round trip through all rooms from room 0.
type trip struct {
	far   [][]int
	order []int
}

func (t *trip) length() (n int) {
	for i, a := range t.order {
		n += t.far[a][t.order[(i+1)%len(t.order)]]
	}
	return n
}

// shortest finds the shortest: best[set][last] is the shortest way from room 0 through a set of the others that ends in last.
func (t *trip) shortest() {
	n := len(t.far) - 1
	if n == 0 {
		t.order = []int{0}
		return
	}
	best, from := make([][]int, 1<<n), make([][]int, 1<<n)
	for set := 1; set < 1<<n; set++ {
		best[set], from[set] = make([]int, n), make([]int, n)
		for last := range n {
			rest := set &^ (1 << last)
			if rest == set {
				continue
			}
			best[set][last], from[set][last] = t.far[0][last+1], -1
			for prev, first := 0, true; prev < n && rest != 0; prev++ {
				if rest>>prev&1 == 0 {
					continue
				}
				if way := best[rest][prev] + t.far[prev+1][last+1]; first || way < best[set][last] {
					best[set][last], from[set][last], first = way, prev, false
				}
			}
		}
	}
	set, last := 1<<n-1, 0
	for i := range n {
		if best[set][i]+t.far[i+1][0] < best[set][last]+t.far[last+1][0] {
			last = i
		}
	}
	for set != 0 {
		t.order = append(t.order, last+1)
		set, last = set&^(1<<last), from[set][last]
	}
	t.order = append(t.order, 0)
	slices.Reverse(t.order)
}

// nearest goes to whichever room is nearest next.
func (t *trip) nearest() {
	t.order = make([]int, len(t.far))
	for i := range t.order {
		t.order[i] = i
	}
	for i := 1; i < len(t.order); i++ {
		at := t.far[t.order[i-1]]
		next := i
		for j := i + 1; j < len(t.order); j++ {
			if at[t.order[j]] < at[t.order[next]] {
				next = j
			}
		}
		t.order[i], t.order[next] = t.order[next], t.order[i]
	}
}

// mend turns runs round and moves short ones elsewhere, until neither shortens the trip. Room 0 stays first.
func (t *trip) mend() {
	for better := true; better; {
		better = t.turn()
		for size := 1; size <= 3; size++ {
			better = t.move(size) || better
		}
	}
}

// at is the i-th room; behind the last comes the first again.
func (t *trip) at(i int) int { return t.order[i%len(t.order)] }

// turn reverses the runs i..j whose reversal shortens the trip.
func (t *trip) turn() (better bool) {
	for i := 1; i < len(t.order); i++ {
		for j := i + 1; j < len(t.order); j++ {
			a, b, c, d := t.order[i-1], t.order[i], t.order[j], t.at(j+1)
			if t.far[a][c]+t.far[b][d] < t.far[a][b]+t.far[c][d] {
				slices.Reverse(t.order[i : j+1])
				better = true
			}
		}
	}
	return better
}

// move puts runs of a size between two other rooms where that shortens the trip.
func (t *trip) move(size int) (better bool) {
	for from := 1; from+size <= len(t.order); from++ {
		first, last := t.order[from], t.order[from+size-1]
		saved := t.far[t.order[from-1]][first] + t.far[last][t.at(from+size)] - t.far[t.order[from-1]][t.at(from+size)]
		for to := range t.order { // between to and the one behind it
			if to >= from-1 && to < from+size {
				continue
			}
			a, b := t.order[to], t.at(to+1)
			if t.far[a][first]+t.far[last][b]-t.far[a][b] >= saved {
				continue
			}
			run := slices.Clone(t.order[from : from+size])
			t.order = slices.Delete(t.order, from, from+size)
			if to > from {
				to -= size
			}
			t.order = slices.Insert(t.order, to+1, run...)
			better = true
			break
		}
	}
	return better
}
