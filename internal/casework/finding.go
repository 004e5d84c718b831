package casework

import (
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// CaseDoc is what a search may know of a case: what everybody reads who may see it at all.
type CaseDoc struct {
	ID        string
	Title     string
	Mechanism string
	Heading   lang.Text // what the mechanism is called
	Public    bool
	Shown     bool     // it was handed in
	Chairs    []string // who sits in it or its parts, see ChairsOf; of a draft its opener only
	Seq       int64    // of the last step
	Changed   int64    // microseconds
}

// CaseMarks gives marks of cases by id, those after one.
func (e *Engine) CaseMarks(tx *store.Tx, after string, limit int) ([]store.Mark, error) {
	return caseMarks(tx, after, limit)
}

// CaseMarksSince gives marks of cases whose last step was at a moment or later.
func (e *Engine) CaseMarksSince(tx *store.Tx, micros int64) ([]store.Mark, error) {
	return caseMarksSince(tx, micros)
}

// CaseDocs reads cases for a search.
func (e *Engine) CaseDocs(tx *store.Tx, ids []string) (out []CaseDoc, err error) {
	for _, id := range ids {
		row, found, err := getCase(tx, id)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		_, m, err := e.rules(tx, row)
		if err != nil {
			return nil, err
		}
		d := CaseDoc{ID: id, Title: row.title, Mechanism: m.Name, Heading: m.Title, Public: row.public && row.shown, Shown: row.shown,
			Seq: row.seq, Changed: store.Micros(row.lastAt)}
		if row.shown {
			d.Chairs, err = chairsIn(tx, id)
		} else if row.party != "" {
			d.Chairs = []string{chairOf(policy.Holder{Party: row.party})}
		} else if seat := m.Seat(m.Opener); seat != nil {
			d.Chairs = []string{chairOf(policy.Holder{Office: seat.Office})}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func chairOf(h policy.Holder) string {
	if h.Office != "" {
		return "o:" + h.Office
	}
	return "p:" + h.Party
}

// ChairsOf is who somebody sits as, for those who act for them too, in the words of CaseDoc.Chairs.
func (e *Engine) ChairsOf(tx *store.Tx, actor identity.Actor) ([]string, error) {
	hats, err := e.hats(tx, actor)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range (&lister{e: e, tx: tx, hats: hats}).chairs() {
		if name := chairOf(c.holder); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out, nil
}

// CaseLines gives those of the cases that the actor may see, in the order asked for. It is the last word on who sees what: an index may
// be late.
func (e *Engine) CaseLines(tx *store.Tx, actor identity.Actor, ids []string) (out []Item, err error) {
	hats, err := e.hats(tx, actor)
	if err != nil {
		return nil, err
	}
	l := &lister{e: e, tx: tx, hats: hats, n: e.namer(tx)}
	for _, id := range ids {
		d, err := e.load(tx, id)
		if notFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		s := d.look(hats)
		if s.whole == hidden {
			continue
		}
		row, found, err := itemOf(tx, id)
		if err != nil {
			return nil, err
		}
		if seated, err := l.seated(row.caseRow); err != nil || !found || !seated {
			if err != nil {
				return nil, err
			}
			continue
		}
		item, err := l.line(row)
		if err != nil {
			return nil, err
		}
		if s.whole < complete {
			item.Party = "" // who opened it may not be for everybody
		}
		out = append(out, item)
	}
	return out, l.n.err
}
