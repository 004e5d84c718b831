package policy

import (
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// pairs are the holders and parts that an open effect brings together, as its rows say: {holder's party, part's id}. What names nobody of
// the seat or of the parts is refused, and so is a plan that leaves a part with too few.
func (r *run) pairs(rec *Record, e Open, parents []string, holders []Holder) (map[[2]string]bool, error) {
	if e.Pairs == nil {
		return nil, nil
	}
	form, field := cutPath(e.Pairs.Rows)
	v, ok := r.scope(rec).field(form, field)
	if !ok {
		return nil, asRefusal(&unfilled{e.Pairs.Rows})
	}
	rows, _ := v.([]Values)
	least, err := r.limit(rec, e.Pairs.Least)
	if err != nil {
		return nil, err
	}
	together, has := map[[2]string]bool{}, map[string]int{}
	at := r.m.Part(rec.Part)
	if at == nil {
		at = r.m.Case
	}
	seat := findSeat(r.m.seatsAt(at), e.Seat).Title
	var l refusal.List
	for i, row := range rows {
		who, _ := row[e.Pairs.Who].(string)
		of, _ := row[e.Pairs.Of].(string)
		if !slices.ContainsFunc(holders, func(h Holder) bool { return h.Party == who }) {
			l.Add(refusal.New(refusal.Invalid, "pairs.holder", lang.T(fmt.Sprintf("第 %d 行的人不在“%s”中", i+1, seat.ZH), fmt.Sprintf("row %d names somebody who is not of “%s”", i+1, seat.EN))))
			continue
		}
		found := false
		for _, id := range parents {
			if !r.s.sitsIn(id, of) {
				continue
			}
			if found = true; !together[[2]string{who, id}] {
				together[[2]string{who, id}] = true
				has[id]++
			}
		}
		if !found {
			l.Add(refusal.New(refusal.Invalid, "pairs.part", lang.T(fmt.Sprintf("第 %d 行的单位没有可以办理的“%s”", i+1, r.m.Part(e.Each).Title.ZH), fmt.Sprintf("row %d names a party without a part of “%s” to be treated", i+1, r.m.Part(e.Each).Title.EN))))
		}
	}
	for _, id := range parents {
		if n := max(least, 1); has[id] < n {
			l.Add(refusal.New(refusal.Insufficient, "pairs.few", lang.T(fmt.Sprintf("“%s”中有一件只安排了 %d 人，少于 %d 人", r.m.Part(e.Each).Title.ZH, has[id], n), fmt.Sprintf("one of “%s” is given %d people, fewer than %d", r.m.Part(e.Each).Title.EN, has[id], n))).
				Mend(lang.T("请按评审页面的分配方案补足", "Complete it by the assignment of the panel's page")))
		}
	}
	return together, l.Err()
}

// LeastOf is how many holders each part gets at least by an open effect with pairs.
func LeastOf(s *Snapshot, rec *Record, e Open) (int, error) {
	n, err := (&run{s: s, m: s.Mechanism}).limit(rec, e.Pairs.Least)
	return max(n, 1), err
}

// sitsIn tells whether a party holds a seat of a part.
func (s *Snapshot) sitsIn(part, party string) bool {
	for _, p := range s.Parts {
		if p.ID != part || party == "" {
			continue
		}
		for _, list := range p.Seats {
			if slices.ContainsFunc(list, func(h Holder) bool { return h.Party == party }) {
				return true
			}
		}
	}
	return false
}
