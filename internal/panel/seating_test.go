package panel

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// small draws a pool and criteria so small that every panel can be tried.
func small(t *rapid.T) (pool []Candidate, c Criteria) {
	for i := range rapid.IntRange(1, 9).Draw(t, "people") {
		p := Candidate{ID: fmt.Sprintf("p%d", i), Unit: rapid.SampledFrom([]string{"", "u1", "u2", "u3"}).Draw(t, "unit"), Has: map[string]string{}}
		for _, what := range []string{"kind", "outside", "rank"} {
			p.Has[what] = rapid.SampledFrom([]string{"a", "b"}).Draw(t, what)
		}
		pool = append(pool, p)
	}
	c = Criteria{Size: rapid.IntRange(1, 5).Draw(t, "size"), UnitMost: rapid.IntRange(0, 3).Draw(t, "most of a unit")}
	for _, what := range []string{"kind", "kind", "outside", "rank"} {
		if rapid.Bool().Draw(t, "quota") {
			q := Quota{What: what, Is: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "is"), Least: rapid.IntRange(0, 3).Draw(t, "least")}
			if rapid.Bool().Draw(t, "upper") {
				q.Most = max(q.Least, rapid.IntRange(1, 4).Draw(t, "most"))
			}
			c.Quotas = append(c.Quotas, q)
		}
	}
	return pool, c
}

// brute tries every panel in the order of the list and gives the first that keeps the criteria, by a check of its own.
func brute(pool []Candidate, c Criteria, holds, from []int) []int {
	var found, taken []int
	var try func(at int)
	try = func(at int) {
		if found != nil {
			return
		}
		if len(taken) == c.Size-len(holds) {
			r := &Record{Criteria: c, Pool: pool}
			for _, i := range slices.Concat(holds, taken) {
				r.Panel = append(r.Panel, pool[i].ID)
			}
			if keeps(r) == nil {
				found = append([]int{}, taken...)
			}
			return
		}
		for n := at; n < len(from); n++ {
			taken = append(taken, from[n])
			try(n + 1)
			taken = taken[:len(taken)-1]
		}
	}
	try(0)
	return found
}

// TestTheFirstPanelIsFound: where a panel can be, the first in the order is found, both by going back and forth and by looking ahead; where none can
// be, both say so. Holders sit already.
func TestTheFirstPanelIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pool, c := small(t)
		if c.check() != nil {
			return
		}
		order := rapid.Permutation(make([]int, len(pool))).Draw(t, "")
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		cut := rapid.IntRange(0, min(2, len(order), c.Size-1)).Draw(t, "holders")
		holds, from := order[:cut], order[cut:]
		tab := newTable(pool, c)
		for n, i := range holds { // whoever sits already keeps the upper limits; see TestWhoSitsStays
			if !tab.seat(holds[:n], nil).may(i) {
				return
			}
		}
		want := brute(pool, c, holds, from)
		got, ok := tab.first(holds, from)
		if ok != (want != nil) || ok && !slices.Equal(got, want) {
			t.Fatalf("%v, %v; by trying all: %v", got, ok, want)
		}
		ahead, ok := tab.seat(holds, from).guided(c.Size - len(holds))
		if ok != (want != nil) || ok && !slices.Equal(ahead, want) {
			t.Fatalf("looking ahead: %v, %v; by trying all: %v", ahead, ok, want)
		}
	})
}

// TestWhoSitsStays: two who sit are of one unit by now, and more than an upper limit allows; the rest is drawn, and nobody like them comes.
func TestWhoSitsStays(t *testing.T) {
	t.Parallel()
	c := Criteria{Size: 4, UnitMost: 1, Quotas: []Quota{{What: "kind", Is: "technical", Most: 1}}}
	r, err := convene("x", Seed{1}, "", city(), nil, c, "p00", "p01")
	if err != nil || len(r.Panel) != 4 {
		t.Fatal(err)
	}
	tab := newTable(r.Pool, c)
	ahead, ok := tab.seat(r.numbers(r.Holds), r.numbers(r.Order)).guided(2)
	if !ok || !slices.Equal(r.ids(ahead), r.Drawn) {
		t.Errorf("%v, looking ahead %v", r.Drawn, r.ids(ahead))
	}
	for _, id := range r.Drawn {
		if p := r.candidate(id); p.Unit == "u0" || p.Has["kind"] == "technical" {
			t.Errorf("%+v came", p)
		}
	}
}

// TestARefusalSaysWhatWouldDo: each of the changes that a refusal names makes a panel possible, and nothing less of the same kind does.
func TestARefusalSaysWhatWouldDo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pool, c := small(t)
		f, err := Ask{For: "x", Pool: pool, Criteria: c}.Fix()
		if err != nil {
			return
		}
		_, err = f.Convene(Seed{rapid.Byte().Draw(t, "seed")}, "", "")
		if err == nil {
			return
		}
		way := refusal.Of(err)[0].Way.ZH
		if way == "" {
			t.Fatalf("%v names no way out", err)
		}
		r := f.r
		r.Order = r.ids(f.free)
		alone := 0
		for _, kind := range r.changes() {
			for n, x := range kind {
				named := strings.Contains(way, x.text.ZH)
				works := brute(slices.Concat(r.Pool, x.more), x.c, nil, f.freeAnd(len(x.more))) != nil
				if named && works {
					alone++
				}
				if strings.HasPrefix(way, "改动以下任一项") && named && (!works || n > 0 && len(x.more) == 0 && brute(r.Pool, kind[n-1].c, nil, f.free) != nil) {
					t.Fatalf("%s is named in %s", x.text.ZH, way)
				}
				if works && alone == 0 && strings.HasPrefix(way, "需要同时") {
					t.Fatalf("%s alone would do, but it says %s", x.text.ZH, way)
				}
			}
		}
	})
}

func (f *Fixed) freeAnd(more int) []int {
	all := slices.Clone(f.free)
	for i := range more {
		all = append(all, len(f.r.Pool)+i)
	}
	return all
}

// TestHardCriteria: quotas that nearly exclude one another, units of one person of each kind: going back and forth alone would not end.
func TestHardCriteria(t *testing.T) {
	t.Parallel()
	var pool []Candidate
	for i := range 400 {
		pool = append(pool, Candidate{ID: fmt.Sprintf("p%03d", i), Unit: fmt.Sprintf("u%d", i%40), Has: map[string]string{"kind": fmt.Sprint(i % 5), "rank": fmt.Sprint(i / 5 % 4), "outside": fmt.Sprint(i / 20 % 2)}})
	}
	c := Criteria{Size: 20, UnitMost: 1, Quotas: []Quota{{What: "kind", Is: "0", Least: 8, Most: 8}, {What: "kind", Is: "1", Least: 8, Most: 8}, {What: "rank", Is: "3", Least: 4, Most: 4}, {What: "outside", Is: "1", Least: 10, Most: 10}}}
	r, err := convene("x", Seed{4}, "b", pool, nil, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := keeps(r); err != nil {
		t.Fatal(err)
	}
	c.Quotas[0].Least, c.Quotas[0].Most, c.Quotas[1].Least, c.Quotas[1].Most = 9, 9, 9, 9 // there are only 16 units of these kinds
	if _, err := convene("x", Seed{4}, "b", pool, nil, c); !refusal.Is(err, "panel.too_few") {
		t.Fatalf("%v", err)
	}
}

// TestWaysAreToldInWords: the bad pools, with what would do.
func TestWaysAreToldInWords(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Criteria{
		"每个单位至多 2 人（现为 1 人）":   {Size: 3, UnitMost: 1},
		"人数由 7 人改为 6 人":        {Size: 7, UnitMost: 0},
		"“财务专家”至少 1 人（现为 2 人）": {Size: 3, Quotas: []Quota{{What: "kind", Is: "financial", Title: lang.T("财务专家", "financial experts"), Least: 2}}},
		"补充其他单位的专家 1 人":        {Size: 3, UnitMost: 1},
	} {
		_, err := convene("x", Seed{}, "", city()[:6], nil, c)
		if l := refusal.Of(err); len(l) != 1 || !strings.Contains(l[0].Way.ZH, want) {
			t.Errorf("want %s, got %v: %v", want, err, l)
		}
	}
}
