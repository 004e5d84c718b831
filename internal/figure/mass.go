package figure

import (
	"encoding/json"
	"slices"

	"kechuang/internal/caldate"
)

// A mass is one term of a sum over two times: it counts for every day from h on, to everyone who knows what was recorded up to k. What a
// stream comes to as of D as known on K is the sum of its masses with h ≤ D and k ≤ K, and so is every cut of it.
type mass struct {
	h, k          int64
	facts, amount int64
	vals          []string // of the stream's dimensions
}

// place is where a cell is; see 0002_rolls.sql.
type place struct {
	cut, grain, h, k int64
	a, b             string
}

type sum struct{ facts, amount int64 }

// leaf is one day, day of recording and value of every dimension; see 0004_leaves.sql.
type leaf struct {
	h, k int64
	vals [mostDims]string
}

// mostDims is how many dimensions a figure may have; the loader of packs holds it.
const mostDims = 6

// cells are sums by place, and the leaves beneath.
type cells struct {
	at     map[place]sum
	leaves map[leaf]sum
}

func newCells() cells { return cells{map[place]sum{}, map[leaf]sum{}} }

func addSum[K comparable](m map[K]sum, at K, s sum) {
	old := m[at]
	old.facts += s.facts
	old.amount += s.amount
	if old == (sum{}) {
		delete(m, at)
		return
	}
	m[at] = old
}

// put adds one mass in one cut: in years and months, and where it is fine in days too.
func (c cells) put(cut int64, a, b string, m mass, fine bool) {
	s := sum{m.facts, m.amount}
	add := func(grain, h, k int64) { addSum(c.at, place{cut, grain, h, k, a, b}, s) }
	add(1, yearOf(m.h), 0)
	add(2, monthOf(m.h), 0)
	if monthOf(m.h) != monthOf(m.k) {
		add(4, monthOf(m.h), monthOf(m.k))
	}
	if fine {
		add(3, m.h, 0)
	}
	if fine && m.h != m.k {
		add(5, m.h, m.k)
	}
}

// read is what a stream makes of a fact: the mass of its beginning; ok is false where the fact is none of its.
func (s spec) read(f Fact) (m mass, value string, ok bool) {
	sign := int64(1)
	if slices.Contains(s.Less, f.Kind) {
		sign = -1
	} else if !slices.Contains(s.Facts, f.Kind) {
		return m, "", false
	}
	for dim, values := range s.Where {
		if !slices.Contains(values, f.Dims[dim]) {
			return m, "", false
		}
	}
	m = mass{h: dayOf(f.Day), k: dayOf(caldate.On(f.At)), facts: sign, amount: sign * f.Amount}
	if f.Reverses != "" {
		m.facts = -sign // its amount is negative already
	}
	if s.Next && monthOf(m.k) > monthOf(m.h) {
		m.h = m.k
	}
	if s.Since > 0 && m.h < s.Since {
		return m, "", false
	}
	m.vals = make([]string, len(s.Dims))
	for i, d := range s.Dims {
		m.vals[i] = f.Dims[d]
	}
	return m, f.Dims[s.By], s.By == "" || f.Dims[s.By] != ""
}

// end is the mass that takes a fact off after its last day, for a stream of what is in force.
func (s spec) end(f Fact, m mass) (e mass, ends bool) {
	if !s.Ends || f.Until == "" {
		return e, false
	}
	e = m
	e.h = max(m.h, dayOf(f.Until.AddDays(1)))
	e.facts, e.amount = -m.facts, -m.amount
	return e, true
}

// ended is added to the id of a fact where its end stands beside it among what a distinct count has seen.
const ended = "/ended"

// pick is the values of a cut.
func pick(cut []int, vals []string) (a, b string) {
	if len(cut) > 0 {
		a = vals[cut[0]]
	}
	if len(cut) > 1 {
		b = vals[cut[1]]
	}
	return a, b
}

// plain is the cells of masses that simply add up.
func (s spec) plain(into cells, masses []mass) {
	for i, cut := range s.cuts() {
		for _, m := range masses {
			a, b := pick(cut, m.vals)
			into.put(int64(i), a, b, m, i == 0)
		}
	}
	for _, m := range masses {
		l := leaf{h: m.h, k: m.k}
		copy(l.vals[:], m.vals)
		addSum(into.leaves, l, sum{m.facts, m.amount})
	}
}

// sighting is a fact of one value of a distinct count.
type sighting struct {
	value string
	fact  string
	h, k  int64
	sign  int64
	vals  []string
}

func (x sighting) text() string {
	raw, _ := json.Marshal(x.vals)
	return string(raw)
}

// merge says that a value turned out to be another one, from a day on.
type merge struct {
	gone, kept string
	k          int64
}

// distinct is the cells of one group of values that are, or will be, one. In each cut and part it counts as many as there are values
// seen; where two become one, one less from the day on which that was found out.
func (s spec) distinct(into cells, seen []sighting, merges []merge, sign int64) {
	for i, cut := range s.cuts() {
		parts := map[[2]string][]sighting{}
		for _, x := range seen {
			a, b := pick(cut, x.vals)
			parts[[2]string{a, b}] = append(parts[[2]string{a, b}], x)
		}
		for ab, list := range parts {
			for _, m := range presence(list, merges) {
				m.facts *= sign
				into.put(int64(i), ab[0], ab[1], m, true)
			}
		}
	}
}

// presence is the masses of "how many of these values were seen" over both times: on the grid of all days at which anything changes it
// is worked out what is known, and the masses are its differences.
func presence(list []sighting, merges []merge) []mass {
	var hs, ks []int64
	for _, x := range list {
		hs, ks = append(hs, x.h), append(ks, x.k)
	}
	for _, m := range merges {
		ks = append(ks, m.k)
	}
	slices.Sort(hs)
	slices.Sort(ks)
	hs, ks = slices.Compact(hs), slices.Compact(ks)
	var out []mass
	before := make([]int64, len(hs)+1) // of the day of recording before
	for _, k := range ks {
		now := make([]int64, len(hs)+1)
		for i, h := range hs {
			now[i+1] = seenBy(list, merges, h, k)
			if d := now[i+1] - now[i] - before[i+1] + before[i]; d != 0 {
				out = append(out, mass{h: h, k: k, facts: d})
			}
		}
		before = now
	}
	return out
}

// seenBy counts values that stand above zero as of h as known on k.
func seenBy(list []sighting, merges []merge, h, k int64) int64 {
	net := map[string]int64{}
	for _, x := range list {
		if x.h <= h && x.k <= k {
			net[rootAt(x.value, merges, k)] += x.sign
		}
	}
	n := int64(0)
	for _, v := range net {
		if v > 0 {
			n++
		}
	}
	return n
}

// rootAt is what a value is known as on a day. Merges form no ring: what is gone was not gone before.
func rootAt(value string, merges []merge, k int64) string {
	for hops := 0; hops <= len(merges); hops++ {
		i := slices.IndexFunc(merges, func(m merge) bool { return m.gone == value && m.k <= k })
		if i < 0 {
			break
		}
		value = merges[i].kept
	}
	return value
}

// group is all values that are one with this value at any time.
func group(value string, merges []merge) []string {
	list := []string{value}
	for i := 0; i < len(list); i++ {
		for _, m := range merges {
			for _, next := range []string{m.gone, m.kept} {
				if (m.gone == list[i] || m.kept == list[i]) && !slices.Contains(list, next) {
					list = append(list, next)
				}
			}
		}
	}
	slices.Sort(list)
	return list
}

func (p place) compare(q place) int {
	for _, d := range []int64{p.cut - q.cut, p.grain - q.grain, p.h - q.h, p.k - q.k} {
		if d != 0 {
			return int(d)
		}
	}
	if p.a != q.a {
		if p.a < q.a {
			return -1
		}
		return 1
	}
	if p.b < q.b {
		return -1
	}
	return 1
}

func (l leaf) compare(m leaf) int {
	if d := l.h - m.h; d != 0 {
		return int(d)
	}
	if d := l.k - m.k; d != 0 {
		return int(d)
	}
	return slices.Compare(l.vals[:], m.vals[:])
}
