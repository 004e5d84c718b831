package panel

import (
	"fmt"
	"slices"
)

// table is a pool as the criteria see it: numbers for people, their units, and the quotas that each of them fills.
type table struct {
	c    Criteria
	unit []int    // of each person; -1: none, or units are not limited
	has  []uint64 // of each person, a bit for each quota
	what []int    // of each quota, a number for what it asks about: of one kind, nobody fills two
}

func newTable(pool []Candidate, c Criteria) *table {
	t := &table{c: c, unit: make([]int, len(pool)), has: make([]uint64, len(pool)), what: make([]int, len(c.Quotas))}
	for q := range c.Quotas {
		t.what[q] = slices.IndexFunc(c.Quotas, func(x Quota) bool { return x.What == c.Quotas[q].What })
	}
	units := map[string]int{}
	for i, p := range pool {
		if t.unit[i] = -1; c.UnitMost > 0 && p.Unit != "" {
			n, known := units[p.Unit]
			if !known {
				n = len(units)
				units[p.Unit] = n
			}
			t.unit[i] = n
		}
		for q, x := range c.Quotas {
			if p.Has[x.What] == x.Is {
				t.has[i] |= 1 << q
			}
		}
	}
	return t
}

// seating fills seats from a list in its order: the first who can be on a panel together, which is to say of all panels that keep the criteria
// the one that comes first in the order of the list.
type seating struct {
	*table
	from  []int
	left  [][]int32 // of each quota with a lower limit, how many from a place on fill it
	units map[int]int
	count []int // of each quota
	taken []int
	tries int
}

func (t *table) seat(holds, from []int) *seating {
	s := &seating{table: t, from: from, units: make(map[int]int, t.c.Size), count: make([]int, len(t.c.Quotas)), left: make([][]int32, len(t.c.Quotas))}
	for _, i := range holds {
		s.sit(i, 1)
	}
	for q, x := range t.c.Quotas {
		if x.Least == 0 {
			continue
		}
		s.left[q] = make([]int32, len(from)+1)
		for at := len(from) - 1; at >= 0; at-- {
			s.left[q][at] = s.left[q][at+1] + int32(t.has[from[at]]>>q&1)
		}
	}
	return s
}

// search is how many steps going back and forth may take; after that, each step is taken only if the rest can be filled.
const search = 2000

// first gives the people of the list who take the seats that are left; nil and false where nobody can.
func (t *table) first(holds, from []int) ([]int, bool) {
	s := t.seat(holds, from)
	seats := t.c.Size - len(holds)
	if s.fill(0, seats) {
		return s.taken, true
	}
	if s.tries <= search {
		return nil, false
	}
	return t.seat(holds, from).guided(seats)
}

// fill tries people in order and goes back where a choice leaves what cannot be filled.
func (s *seating) fill(at, seats int) bool {
	if seats == 0 {
		return s.complete()
	}
	for ; ; at++ {
		if s.tries++; len(s.from)-at < seats || s.tries > search || !s.hope(at, seats) {
			return false
		}
		i := s.from[at]
		if !s.may(i) {
			continue
		}
		s.sit(i, 1)
		s.taken = append(s.taken, i)
		if s.fill(at+1, seats-1) {
			return true
		}
		s.taken = s.taken[:len(s.taken)-1]
		s.sit(i, -1)
	}
}

// guided takes whoever leaves seats that can be filled: the same people as fill finds, without going back.
func (s *seating) guided(seats int) ([]int, bool) {
	if !s.feasible(0, seats) {
		return nil, false
	}
	for at := 0; seats > 0; at++ {
		i := s.from[at]
		if !s.may(i) {
			continue
		}
		s.sit(i, 1)
		if s.feasible(at+1, seats-1) {
			s.taken, seats = append(s.taken, i), seats-1
			continue
		}
		s.sit(i, -1)
	}
	return s.taken, true
}

func (s *seating) sit(i, n int) {
	if u := s.unit[i]; u >= 0 {
		s.units[u] += n
	}
	for q := range s.count {
		s.count[q] += n * int(s.has[i]>>q&1)
	}
}

// may tells whether the person breaks no upper limit.
func (s *seating) may(i int) bool {
	if u := s.unit[i]; u >= 0 && s.units[u] >= s.c.UnitMost {
		return false
	}
	for q, x := range s.c.Quotas {
		if x.Most > 0 && s.has[i]>>q&1 == 1 && s.count[q] >= x.Most {
			return false
		}
	}
	return true
}

// hope tells whether each lower limit by itself, and those of one kind together, can still be met by those who are left.
func (s *seating) hope(at, seats int) bool {
	var need [64]int
	for q, x := range s.c.Quotas {
		if short := x.Least - s.count[q]; short > 0 {
			if need[s.what[q]] += short; short > int(s.left[q][at]) || need[s.what[q]] > seats {
				return false
			}
		}
	}
	return true
}

func (s *seating) complete() bool {
	for q, x := range s.c.Quotas {
		if s.count[q] < x.Least {
			return false
		}
	}
	return true
}

// most is how many states of a panel half filled may be told apart: seats, and how far each quota is filled.
const most = 200_000

// states is how many there are under the criteria.
func (c Criteria) states() int {
	n := c.Size + 1
	for _, x := range c.Quotas {
		if n *= x.span(); n > most {
			return n
		}
	}
	return n
}

// span is how many numbers of people of a quota are told apart: up to its upper limit, or, where it has none, up to its lower.
func (q Quota) span() int { return max(q.Most, q.Least) + 1 }

// feasible tells whether the people of the list from a place on can fill the seats, beside those who sit already. It goes from unit to unit and keeps
// which states can be reached; units whose people are alike, and people who are, count no more often than there are seats.
func (s *seating) feasible(at, seats int) bool {
	type unit struct {
		room  int
		types map[uint64]int
	}
	units := map[int]*unit{}
	for _, i := range s.from[at:] {
		u := s.unit[i]
		if units[u] == nil {
			units[u] = &unit{room: seats, types: map[uint64]int{}}
			if u >= 0 {
				units[u].room = min(s.c.UnitMost-s.units[u], seats)
			}
		}
		if x := units[u]; x.types[s.has[i]] < x.room {
			x.types[s.has[i]]++
		}
	}
	reach := newStates(s, seats)
	alike := map[string]int{}
	for _, u := range sortedUnits(units) {
		x := units[u]
		types := sortedTypes(x.types)
		if x.room >= seats { // nobody's unit, or one that may fill all seats: person by person
			for _, t := range types {
				reach.add(map[uint64]int{t: x.types[t]}, x.types[t])
			}
			continue
		}
		key := fmt.Sprint(x.room, types, x.types)
		if alike[key]++; alike[key] <= seats && x.room > 0 {
			reach.add(x.types, x.room)
		}
	}
	return reach.full
}

func sortedUnits[T any](m map[int]T) (keys []int) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func sortedTypes(m map[uint64]int) (keys []uint64) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// states are the ways in which seats and quotas can be filled so far. A state is a number: quotas, each in its span, and last the seats.
type states struct {
	*seating
	seats int
	in    []bool
	list  []int // those that are in
	full  bool  // one of them has every seat taken and every quota met
}

func newStates(s *seating, seats int) *states {
	n := seats + 1
	for _, q := range s.c.Quotas {
		n *= q.span()
	}
	r := &states{seating: s, seats: seats, in: make([]bool, n)}
	count := slices.Clone(s.count)
	for q, x := range s.c.Quotas { // those who sit already may be more than an upper limit allows by now; nobody more comes
		if x.Most > 0 {
			count[q] = min(count[q], x.Most)
		}
	}
	r.reach(0, count)
	return r
}

// reach enters the state of so many seats taken and quotas filled, unless an upper limit is broken or the seats left cannot meet the lower ones. It
// gives the state; -1 for none.
func (r *states) reach(taken int, count []int) int {
	at := 0
	var need [64]int
	short := 0
	for q := len(count) - 1; q >= 0; q-- {
		x, n := r.c.Quotas[q], count[q]
		if x.Most == 0 {
			n = min(n, x.Least)
		} else if n > x.Most {
			return -1
		}
		need[r.what[q]] += max(x.Least-n, 0)
		short = max(short, need[r.what[q]])
		at = at*x.span() + n
	}
	if short > r.seats-taken {
		return -1
	}
	at = at*(r.seats+1) + taken
	if !r.in[at] {
		r.in[at], r.list = true, append(r.list, at)
	}
	r.full = r.full || taken == r.seats
	return at
}

// add takes up to room people of a unit into every state that is there already.
func (r *states) add(types map[uint64]int, room int) {
	order := sortedTypes(types)
	count := make([]int, len(r.c.Quotas))
	var take func(taken, from, room int)
	take = func(taken, from, room int) {
		if room == 0 || taken == r.seats {
			return
		}
		for n := from; n < len(order); n++ {
			t := order[n]
			if types[t] == 0 {
				continue
			}
			for q := range count {
				count[q] += int(t >> q & 1)
			}
			types[t]--
			if r.reach(taken+1, count) >= 0 {
				take(taken+1, n, room-1)
			}
			types[t]++
			for q := range count {
				count[q] -= int(t >> q & 1)
			}
		}
	}
	for _, at := range slices.Clone(r.list) {
		taken, rest := at%(r.seats+1), at/(r.seats+1)
		for q, x := range r.c.Quotas {
			count[q], rest = rest%x.span(), rest/x.span()
		}
		take(taken, 0, room)
		if r.full {
			return
		}
	}
}
