package casework

import (
	"maps"
	"slices"
	"sync"

	"kechuang/internal/policy"
)

// maxRecent cases are kept in memory, some 30 kB each.
const maxRecent = 1000

// recent keeps the cases that this process changed last, as they are after their last step. It is a shortcut and never the truth: what
// is taken from it is used only if the case's row, read in the step's own transaction, says that nothing has happened since.
type recent struct {
	mu    sync.Mutex // guards both; held for a few map operations, never while anything is read or written
	cases map[string]*docket
	order []string // of putting, the oldest first; a case may stand in it several times
}

// find gives a copy of a case, nil where it is not here or not the same any more.
func (r *recent) find(id string, seq int64, leaf string) *docket {
	r.mu.Lock()
	d := r.cases[id]
	r.mu.Unlock()
	if d == nil || d.row.seq != seq || d.row.leaf != leaf {
		return nil
	}
	return d.copy()
}

// peek is a case as this process left it last, to look at and not to touch; nil where it is not here. It may have moved on since.
func (r *recent) peek(id string) *docket {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cases[id]
}

// put keeps a case after its step was committed; from then on nobody changes it.
func (r *recent) put(d *docket) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cases == nil {
		r.cases = map[string]*docket{}
	}
	r.cases[d.row.id] = d
	r.order = append(r.order, d.row.id)
	for len(r.cases) > maxRecent || len(r.order) > 4*maxRecent {
		delete(r.cases, r.order[0])
		r.order = r.order[1:]
	}
}

// copy is a docket that a step may change. What is never changed in place (values of forms, acts, steps) is shared.
func (d *docket) copy() *docket {
	c := *d
	snap := *d.snap
	c.snap = &snap
	c.byID = make(map[string]*recordRow, len(d.byID))
	own := func(old *policy.Record) *policy.Record {
		row, rec := *d.byID[old.ID], *old
		rec.Forms, rec.Seats, rec.Signed = maps.Clone(old.Forms), maps.Clone(old.Seats), slices.Clip(old.Signed)
		row.Record = &rec
		c.byID[rec.ID] = &row
		return &rec
	}
	snap.Case = own(d.snap.Case)
	snap.Parts = nil
	for _, p := range d.snap.Parts {
		snap.Parts = append(snap.Parts, own(p))
	}
	snap.Seats, snap.Pots, snap.Acts = maps.Clone(d.snap.Seats), maps.Clone(d.snap.Pots), slices.Clip(d.snap.Acts)
	snap.Things = maps.Clone(d.snap.Things)
	c.forms, c.steps = slices.Clone(d.forms), slices.Clip(d.steps)
	return &c
}
