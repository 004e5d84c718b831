package figure

import (
	"slices"

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
