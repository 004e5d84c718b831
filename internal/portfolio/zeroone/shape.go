package zeroone

// shape is a problem made ready for the search: every row finite, divided by its greatest common divisor and not redundant, what a
// single row decides decided, one more row that counts the items, and the columns beside the rows.
type shape struct {
	n, m   int
	value  []int64 // n, divided by unit
	unit   int64   // greatest common divisor of all values
	base   int64   // value of what is fixed to 1, undivided
	lo, hi []int64 // m, of what the free items may use

	ptr  []int32 // columns: entries of item j are ptr[j]..ptr[j+1]
	row  []int32
	coef []int64

	from    []int32 // row of the problem behind each row here
	div     []int64 // what it was divided by
	count   int     // the row that counts items, or -1
	origin  []int32 // item of the problem behind each item here
	fixed   []int8  // of the problem: 0, 1, or -1 where the item is here
	settled []decision
	packing bool // no row has a lower limit that binds or a negative coefficient: leaving out is always allowed
}

// reduce makes the shape of p in which the items with fix ≥ 0 have that value. It reports false when no choice is left.
func reduce(p *Problem, fix []int8) (*shape, bool) {
	s := &shape{fixed: make([]int8, len(p.Values)), count: -1}
	copy(s.fixed, fix)
	lo, hi, ok := s.settle(p)
	if !ok {
		return s, false
	}
	at := make([]int32, len(p.Values))
	for j, f := range s.fixed {
		at[j] = -1
		if f < 0 {
			at[j] = int32(len(s.origin))
			s.origin = append(s.origin, int32(j))
			s.unit = gcd(s.unit, p.Values[j])
		} else if f == 1 {
			s.base += p.Values[j]
		}
	}
	s.n = len(s.origin)
	s.unit = max(s.unit, 1)
	s.value = make([]int64, s.n)
	for j, o := range s.origin {
		s.value[j] = p.Values[o] / s.unit
	}
	return s, s.rows(p, at, lo, hi)
}

// settle fixes what one row alone decides, again and again, and gives the rows' limits less what is fixed. Rows without a limit
// get their extremes.
func (s *shape) settle(p *Problem) (lo, hi []int64, ok bool) {
	lo, hi = make([]int64, len(p.Rows)), make([]int64, len(p.Rows))
	for again := true; again; {
		again = false
		for i := range p.Rows {
			u := s.use(&p.Rows[i])
			for k, j := range p.Rows[i].Items {
				c := p.Rows[i].Coef[k]
				if s.fixed[j] >= 0 || c == 0 {
					continue
				}
				v, sign := forced(u, c)
				if v < 0 {
					continue
				}
				again = true
				s.fixed[j] = v
				s.settled = append(s.settled, decision{int32(i), j, sign})
				u.hi, u.lo = u.hi-c*int64(v), u.lo-c*int64(v)
				u.least, u.greatest = u.least-min(c, 0), u.greatest-max(c, 0)
			}
			if u.hi < u.least || u.lo > u.greatest {
				return nil, nil, false
			}
			lo[i], hi[i] = max(u.lo, u.least), min(u.hi, u.greatest)
		}
	}
	return lo, hi, true
}

// forced is the value that a row leaves an item of coefficient c, whatever the others do, -1 when it leaves both; sign is 1 where its upper
// limit forces it, -1 where the lower one does.
func forced(u usage, c int64) (v int8, sign int64) {
	switch {
	case u.least+max(c, 0) > u.hi: // taking it breaks the row
		return 0, 1
	case u.greatest+min(c, 0) < u.lo:
		return 0, -1
	case u.least+max(-c, 0) > u.hi: // leaving it does
		return 1, 1
	case u.greatest+min(-c, 0) < u.lo:
		return 1, -1
	}
	return -1, 0
}

// decision is an item that one row decides, in the order in which they were found.
type decision struct {
	row, item int32
	sign      int64
}

// usage is what the free items of a row can sum to, and the limits less what its fixed ones use.
type usage struct{ least, greatest, lo, hi int64 }

func (s *shape) use(r *Row) usage {
	var u usage
	used := int64(0)
	for k, j := range r.Items {
		switch c := r.Coef[k]; {
		case s.fixed[j] == 1:
			used += c
		case s.fixed[j] == 0:
		case c < 0:
			u.least += c
		default:
			u.greatest += c
		}
	}
	// An absent limit lies one beyond what can be reached, so that it never decides anything.
	u.lo, u.hi = u.least-1, u.greatest+1
	if r.Lo != -None {
		u.lo = r.Lo - used
	}
	if r.Hi != None {
		u.hi = r.Hi - used
	}
	return u
}

// rows lays down the rows that can still bind, each divided by its greatest common divisor, and the one that counts. It reports
// false when a row can no longer be kept.
func (s *shape) rows(p *Problem, at []int32, lo, hi []int64) bool {
	type entry struct {
		item, row int32
		coef      int64
	}
	var list []entry
	s.packing = true
	for i := range p.Rows {
		var least, greatest, g int64
		from := len(list)
		for k, j := range p.Rows[i].Items {
			if c := p.Rows[i].Coef[k]; at[j] >= 0 && c != 0 {
				list = append(list, entry{at[j], int32(s.m), c})
				least, greatest, g = least+min(c, 0), greatest+max(c, 0), gcd(g, c)
			}
		}
		if lo[i] <= least && hi[i] >= greatest {
			list = list[:from]
			continue
		}
		for k := from; k < len(list); k++ {
			list[k].coef /= g
		}
		l, h := ceilDiv(lo[i], g), floorDiv(hi[i], g)
		if l > h {
			return false
		}
		s.packing = s.packing && least == 0 && l <= 0
		s.lo, s.hi = append(s.lo, l), append(s.hi, h)
		s.from, s.div = append(s.from, int32(i)), append(s.div, g)
		s.m++
	}
	if s.m > 0 && s.n > 1 {
		s.count = s.m
		for j := range s.n {
			list = append(list, entry{int32(j), int32(s.m), 1})
		}
		s.lo, s.hi = append(s.lo, 0), append(s.hi, int64(s.n))
		s.m++
	}
	s.ptr = make([]int32, s.n+1)
	for _, e := range list {
		s.ptr[e.item+1]++
	}
	for j := range s.n {
		s.ptr[j+1] += s.ptr[j]
	}
	s.row, s.coef = make([]int32, len(list)), make([]int64, len(list))
	next := make([]int32, s.n)
	for _, e := range list {
		k := s.ptr[e.item] + next[e.item]
		s.row[k], s.coef[k] = e.row, e.coef
		next[e.item]++
	}
	return true
}

// whole is the choice over the problem's items that x over the shape's items stands for.
func (s *shape) whole(x []int8) []bool {
	all := make([]bool, len(s.fixed))
	for j, f := range s.fixed {
		all[j] = f == 1
	}
	for j, o := range s.origin {
		all[o] = x[j] == 1
	}
	return all
}
