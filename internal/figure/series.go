package figure

import (
	"kechuang/internal/store"
)

// MonthValue is a figure at the end of a month, as known now; nothing where it cannot be said.
type MonthValue struct {
	Month string `json:"month"` // 2025-06
	Value *int64 `json:"value"`
}

// Series is a figure at the ends of the last months up to a day, by the definition of that day; the last one is the day's own month, as of
// the day.
func (b *Book) Series(tx *store.Tx, name string, at At, months int) ([]MonthValue, error) {
	d, err := b.Definition(name)
	if err != nil {
		return nil, err
	}
	day := dayOf(at.Day)
	to := lastWhole(day)
	from := addMonths(monthOf(day), 1-months)
	ends, err := b.monthEnds(tx, d, d.rule(at.Day), from, to)
	if err != nil {
		return nil, err
	}
	var out []MonthValue
	for m := from; m <= to; m = addMonths(m, 1) {
		out = append(out, MonthValue{monthText(m), ends[m]})
	}
	if to < monthOf(day) {
		v, err := b.Value(tx, name, At{Day: at.Day})
		if err != nil {
			return nil, err
		}
		out = append(out, MonthValue{monthText(monthOf(day)), v.Value})
	}
	return out, nil
}

// monthEnds is a figure's value at the end of each month, by one rule, as known now.
func (b *Book) monthEnds(tx *store.Tx, d *Definition, r Rule, from, to int64) (map[int64]*int64, error) {
	out := map[int64]*int64{}
	if r.Way == Count || r.Way == Sum || r.Way == Distinct {
		sums, err := b.sumsAtEnds(tx, d, r, from, to)
		for m, s := range sums {
			n := r.take(s)
			out[m] = &n
		}
		return out, err
	}
	var of []map[int64]*int64
	for _, name := range r.Figures {
		p, err := b.Definition(name)
		if err != nil {
			return nil, err
		}
		first := from
		if r.Way == Growth {
			first = from - 100
		}
		ends, err := b.monthEnds(tx, p, p.rule(dateOf(lastOf(to))), first, to)
		if err != nil {
			return nil, err
		}
		of = append(of, ends)
	}
	for m := from; m <= to; m = addMonths(m, 1) {
		switch r.Way {
		case Ratio:
			out[m], _ = over(of[0][m], of[1][m], scale(b.defs[r.Figures[0]].Unit, b.defs[r.Figures[1]].Unit))
		case Growth:
			if now, before := of[0][m], of[0][m-100]; now != nil && before != nil {
				diff := *now - *before
				out[m], _ = share(&diff, before)
			}
		case Adding:
			all := int64(0)
			for _, ends := range of {
				if ends[m] != nil {
					all += *ends[m]
				}
			}
			out[m] = &all
		}
	}
	return out, nil
}

// sumsAtEnds reads the months of a stream once and adds them up.
func (b *Book) sumsAtEnds(tx *store.Tx, d *Definition, r Rule, from, to int64) (map[int64]sum, error) {
	if from > to {
		return nil, nil
	}
	s := specOf(d, r)
	id, ready, err := b.stream(tx, s)
	if err != nil {
		return nil, err
	}
	months := map[int64]sum{}
	lowest := monthOf(d.lowest(lastOf(from)))
	if ready {
		if months, err = monthsOf(tx, id, lowest, to); err != nil {
			return nil, err
		}
	}
	facts, err := tail(tx, s.kinds(), 1<<40)
	if err == nil && !ready {
		facts, err = allOfKinds(tx, s.kinds())
		id = -1
	}
	if err != nil {
		return nil, err
	}
	waiting, _, err := stream{id: id, spec: s, ready: ready}.change(tx, facts)
	if err != nil {
		return nil, err
	}
	for p, x := range waiting.at {
		if p.cut == 0 && p.grain == 2 {
			had := months[p.h]
			months[p.h] = sum{had.facts + x.facts, had.amount + x.amount}
		}
	}
	out := map[int64]sum{}
	for m := from; m <= to; m = addMonths(m, 1) {
		low := monthOf(d.lowest(lastOf(m)))
		var total sum
		for h, x := range months {
			if h >= low && h <= m {
				total.facts += x.facts
				total.amount += x.amount
			}
		}
		out[m] = total
	}
	return out, nil
}
