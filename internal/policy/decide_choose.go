package policy

import (
	"cmp"
	"slices"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// candidate is one part that is ranked.
type candidate struct {
	rec   *Record
	score Value
	keys  []int64 // score and ties, higher is better
	at    time.Time
}

// choose ranks the parts in one of the states: by score, then the ties in order, then the earlier handed in, then the lower number.
// The ranking is filled as a form of the case, the best and the others move, and the best ones' party takes the seat.
func (r *run) choose(rec *Record, e Choose) error {
	list, err := r.candidates(rec, e)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return refusal.New(refusal.Closed, "choose.none", lang.T("没有可以排序的一项", "there is nothing to choose from"))
	}
	count := int64(1)
	if e.Count != nil {
		v, err := e.Count.Eval(r.scope(rec))
		if err != nil {
			return asRefusal(err)
		}
		count, _ = v.(int64)
	}
	if e.Seat != "" && len(r.s.Seats[e.Seat]) > 0 {
		delete(r.s.Seats, e.Seat)
		r.do(VacateSeat{Seat: e.Seat})
	}
	machine := r.m.Part(e.Part)
	var rows []Values
	for i, c := range list {
		best := int64(i) < count
		row := Values{"number": int64(c.rec.Number), "score": scored(c.score), "chosen": best}
		if holders := c.rec.Seats[rankedSeat(machine, e)]; len(holders) > 0 {
			row["party"] = holders[0].Party
		}
		rows = append(rows, row)
		to := e.Others
		if best {
			to = e.Best
		}
		if err := r.move(c.rec, to, r.in.Step, true); err != nil {
			return err
		}
		if best && e.Seat != "" {
			for _, h := range c.rec.Seats[e.From] {
				r.s.Seats[e.Seat] = append(slices.Clone(r.s.Seats[e.Seat]), h)
				r.do(TakeSeat{e.Seat, h})
			}
		}
	}
	r.fill(r.own(r.s.Case), Ranking, Values{"rows": rows})
	return nil
}

// scored is a score of any kind as the number that the ranking shows: money in yuan, a share as a part of one.
func scored(v Value) Decimal {
	switch v := v.(type) {
	case money.Fen:
		return Decimal(int64(v) * (million / 100))
	case share.PPM:
		return Decimal(v)
	case int64:
		return Decimal(v * million)
	}
	d, _ := v.(Decimal)
	return d
}

// rankedSeat is the seat whose party the ranking names: the one that is chosen from, or the one that starts the part.
func rankedSeat(m *Machine, e Choose) string {
	if e.From == "" && m.Starts != nil {
		return m.Starts.By
	}
	return e.From
}

func (r *run) candidates(rec *Record, e Choose) ([]candidate, error) {
	var list []candidate
	machine := r.m.Part(e.Part)
	for _, p := range r.scope(rec).parts(e.Part) {
		if !slices.Contains(e.In, p.State) {
			continue
		}
		c := candidate{rec: p, at: r.handedIn(machine, p)}
		for i, x := range append([]*Expr{e.By}, e.Ties...) {
			v, err := x.Eval(&Scope{Snapshot: r.s, Record: p})
			if err != nil {
				return nil, asRefusal(err)
			}
			if i == 0 {
				c.score = v
			}
			n, _ := toInt(v)
			c.keys = append(c.keys, n)
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(slices.Compare(b.keys, a.keys), a.at.Compare(b.at), cmp.Compare(a.rec.Number, b.rec.Number))
	})
	return list, nil
}

// handedIn is when the party that started a part last acted in it: a bid that was handed in anew counts from then.
func (r *run) handedIn(m *Machine, rec *Record) time.Time {
	at := rec.Opened
	for _, a := range r.s.Acts {
		if m.Starts != nil && a.Record == rec.ID && a.Seat == m.Starts.By && a.At.After(at) {
			at = a.At
		}
	}
	return at
}
