package policy

import (
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// pairs are the holders and parts that an open effect brings together, as its rows say: {holder's party, part's id}. What names nobody of
// the seat or of the parts is refused, and so are a second one for who is at work there or may not be any more, and a plan that leaves a part
// with too few.
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
	least, err := LeastOf(r.s, rec, e)
	if err != nil {
		return nil, err
	}
	p := pairing{r: r, e: e, parents: parents, holders: holders, together: map[[2]string]bool{}, has: map[string]int{}}
	for _, id := range parents {
		live, _ := r.s.Paired(e, id)
		p.has[id] = len(live)
	}
	for i, row := range rows {
		p.add(rec, i+1, row)
	}
	p.enough(least)
	return p.together, p.refused.Err()
}

// pairing is a plan as it is read.
type pairing struct {
	r        *run
	e        Open
	parents  []string
	holders  []Holder
	together map[[2]string]bool
	has      map[string]int // by part, those that are at work there with those that the plan adds
	refused  refusal.List
}

// add reads a row of the plan.
func (p *pairing) add(rec *Record, n int, row Values) {
	e, m := p.e, p.r.m
	who, _ := row[e.Pairs.Who].(string)
	of, _ := row[e.Pairs.Of].(string)
	no := func(code, zh, en string) {
		p.refused.Add(refusal.New(refusal.Invalid, code, lang.T(fmt.Sprintf("第 %d 行的%s", n, zh), fmt.Sprintf("row %d names %s", n, en))).At(e.Pairs.Rows))
	}
	if !slices.ContainsFunc(p.holders, func(h Holder) bool { return h.Party == who }) {
		at := m.Part(rec.Part)
		if at == nil {
			at = m.Case
		}
		seat := findSeat(m.seatsAt(at), e.Seat).Title
		no("pairs.holder", "人不在“"+seat.ZH+"”中", "somebody who is not of “"+seat.EN+"”")
		return
	}
	found := false
	for _, id := range p.parents {
		if !p.r.s.sitsIn(id, of) {
			continue
		}
		found = true
		live, barred := p.r.s.Paired(e, id)
		switch pair := [2]string{who, id}; {
		case slices.Contains(live, who):
			no("pairs.again", "人已经在办这一件", "somebody who is at work on this one already")
		case slices.Contains(barred, who):
			no("pairs.barred", "人已经退出这一件，不能再安排", "somebody who has left this one and cannot be given it again")
		case !p.together[pair]:
			p.together[pair] = true
			p.has[id]++
		}
	}
	if title := m.Part(e.Each).Title; !found {
		no("pairs.part", "单位没有可以办理的“"+title.ZH+"”", "a party without a part of “"+title.EN+"” to be treated")
	}
}

// enough refuses a plan that leaves a part with fewer than it needs.
func (p *pairing) enough(least int) {
	title := p.r.m.Part(p.e.Each).Title
	for _, id := range p.parents {
		if has := p.has[id]; has < least {
			p.refused.Add(refusal.New(refusal.Insufficient, "pairs.few", lang.T(fmt.Sprintf("“%s”中有一件只安排了 %d 人，少于 %d 人", title.ZH, has, least), fmt.Sprintf("one of “%s” is given %d people, fewer than %d", title.EN, has, least))).
				At(p.e.Pairs.Rows).Mend(lang.T("请按评审页面的分配方案补足", "Complete it by the assignment of the panel's page")))
		}
	}
}

// Paired are those who have what an open effect with pairs opens inside a part: who is at work there, and who may not be any more.
func (s *Snapshot) Paired(e Open, inside string) (live, barred []string) {
	m := s.Mechanism.Part(e.Part)
	for _, p := range s.Parts {
		if p.Part != e.Part || p.Parent != inside {
			continue
		}
		st := m.State(p.State)
		for _, h := range p.Seats[e.As] {
			switch {
			case slices.Contains(e.Pairs.Barred, p.State):
				barred = append(barred, h.Party)
			case !st.Lost():
				live = append(live, h.Party)
			}
		}
	}
	return live, barred
}

// LeastOf is how many holders each part gets at least by an open effect with pairs.
func LeastOf(s *Snapshot, rec *Record, e Open) (int, error) {
	n, err := (&run{s: s, m: s.Mechanism}).limit(rec, e.Pairs.Least)
	return max(n, 1), err
}

// sitsIn tells whether a party holds a seat of a part.
func (s *Snapshot) sitsIn(part, party string) bool {
	return party != "" && slices.ContainsFunc(s.Parts, func(p *Record) bool { return p.ID == part && p.seats([]Holder{{Party: party}}) })
}

// seats tells whether any of some holders sits in a record.
func (r *Record) seats(holders []Holder) bool {
	for _, list := range r.Seats {
		if slices.ContainsFunc(list, func(h Holder) bool { return slices.Contains(holders, h) }) {
			return true
		}
	}
	return false
}
