package figure

import (
	"maps"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Place is where a list of facts goes on: after the last one that was read. The zero value is the beginning.
type Place struct {
	Kind string       `json:"kind"`
	Day  caldate.Date `json:"day"`
	ID   string       `json:"id"`
}

// Behind are the facts behind a figure's value, or behind one part of it (dims and keys as in a breakdown), kind by kind in the order of
// their days; next is nil at the end. Of what is in force those that have ended are left out. What was taken back is there with what took it back: together they come to nothing. A figure of
// figures has no facts of its own.
func (b *Book) Behind(tx *store.Tx, name string, at At, dims, keys []string, after Place, limit int) (list []Fact, next *Place, err error) {
	d, err := b.Definition(name)
	if err != nil {
		return nil, nil, err
	}
	r := d.rule(at.Day)
	if len(r.Facts) == 0 {
		return nil, nil, refusal.New(refusal.Invalid, "figure.derived", lang.T("这个指标由其他指标算出，没有自己的事实", "This figure is worked out from others and has no facts of its own")).
			Mend(lang.T("请打开算出它的指标", "Open the figures it is worked out from"))
	}
	if len(dims) != len(keys) {
		return nil, nil, refusal.New(refusal.Invalid, "figure.dims", lang.T("分组与取值不对应", "Dimensions and values do not match"))
	}
	s := specOf(d, r)
	w := window{lo: d.lowest(dayOf(at.Day)), hi: dayOf(at.Day), known: never}
	if at.Known != "" {
		w.known = dayOf(at.Known)
	}
	list = []Fact{}
	for _, kind := range s.kinds() {
		from := Place{Kind: kind}
		if w.lo > 0 && !s.Next { // what counts later than it happened may lie anywhere before
			from.Day = dateOf(w.lo)
		}
		if after.Kind > kind {
			continue
		}
		if after.Kind == kind {
			from = after
		}
		for {
			page, err := factsAfter(tx, kind, Cursor{from.Day, from.ID}, 500)
			if err != nil {
				return nil, nil, err
			}
			for _, f := range page {
				from = Place{kind, f.Day, f.ID}
				m, _, ok := s.read(f)
				if e, ends := s.end(f, m); ends && w.has(e.h, e.k) {
					continue // it counts no more
				}
				if !ok || !w.has(m.h, m.k) || slices.ContainsFunc(dims, func(x string) bool { return f.Dims[x] != keys[slices.Index(dims, x)] }) {
					continue
				}
				if list = append(list, f); len(list) == limit {
					return list, &from, nil
				}
			}
			if len(page) < 500 || !s.Next && dayOf(page[len(page)-1].Day) > w.hi {
				break
			}
		}
	}
	return list, nil, nil
}

// Hits is what each case brought to a figure as of a day, for a forecast.
func (b *Book) Hits(tx *store.Tx, name string, at At) (map[string][]Hit, error) {
	d, err := b.Definition(name)
	if err != nil {
		return nil, err
	}
	r := d.rule(at.Day)
	s := specOf(d, r)
	out := map[string][]Hit{}
	facts, err := allOfKinds(tx, s.kinds())
	for _, f := range facts {
		m, _, ok := s.read(f)
		if !ok || m.h > dayOf(at.Day) {
			continue
		}
		n := m.facts
		if r.Way == Sum {
			n = m.amount
		}
		out[f.Case] = append(out[f.Case], Hit{Day: DayNumber(f.Day), Amount: n})
	}
	return out, err
}

// Paths is how each record went through the facts of some kinds as of a day, for a forecast: it stands at a fact from that day to the day of the
// next one, and what counts for the figure is what it brought. A record that brought something and has no later fact is through.
func (b *Book) Paths(tx *store.Tx, name string, at At, kinds []string) ([]Journey, error) {
	d, err := b.Definition(name)
	if err != nil {
		return nil, err
	}
	r := d.rule(at.Day)
	s := specOf(d, r)
	facts, err := allOfKinds(tx, kinds)
	if err != nil {
		return nil, err
	}
	w := window{hi: dayOf(at.Day), known: never}
	if at.Known != "" {
		w.known = dayOf(at.Known)
	}
	taken := map[string]bool{}
	for _, f := range facts {
		if f.Reverses != "" && dayOf(caldate.On(f.At)) <= w.known {
			taken[f.Reverses] = true
		}
	}
	of := map[string][]Fact{}
	for _, f := range facts {
		if f.Reverses == "" && !taken[f.ID] && w.has(dayOf(f.Day), dayOf(caldate.On(f.At))) {
			of[f.Record] = append(of[f.Record], f)
		}
	}
	var out []Journey
	for _, record := range slices.Sorted(maps.Keys(of)) {
		if j := s.path(r, of[record]); len(j.Hits) > 0 || slices.ContainsFunc(of[record], func(f Fact) bool { return !slices.Contains(s.kinds(), f.Kind) }) {
			out = append(out, j) // else it was another thing from its beginning: no pipeline leads from it to the figure
		}
	}
	return out, nil
}

// path is the journey of one record.
func (s spec) path(r Rule, facts []Fact) (j Journey) {
	brings := func(f Fact) (n int64, ok bool) {
		m, _, ok := s.read(f)
		if r.Way == Sum {
			return m.amount, ok
		}
		return m.facts, ok
	}
	slices.SortStableFunc(facts, func(a, b Fact) int {
		if c := strings.Compare(string(a.Day), string(b.Day)); c != 0 {
			return c
		}
		_, x := brings(a)
		_, y := brings(b)
		switch {
		case x == y:
			return strings.Compare(a.Kind, b.Kind)
		case x:
			return 1
		}
		return -1
	})
	for i, f := range facts {
		day := DayNumber(f.Day)
		if n := len(j.Stays); n > 0 {
			j.Stays[n-1].To = day
		}
		n, ok := brings(f)
		if ok {
			j.Hits = append(j.Hits, Hit{Day: day, Amount: n})
		}
		switch {
		case ok && i == 0 && len(facts) == 1: // it was not seen coming
			j.Stays = append(j.Stays, Stay{State: f.Kind, From: day, To: day})
		case ok && i == len(facts)-1:
		default:
			j.Stays = append(j.Stays, Stay{State: f.Kind, From: day})
		}
	}
	if n := len(j.Stays); n > 0 && len(j.Hits) > 0 && j.Stays[n-1].To == 0 {
		j.Stays[n-1].To = j.Stays[n-1].From // what it brought lies behind it
	}
	return j
}
