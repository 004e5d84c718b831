package casework

import "sync"

// maxRecent cases are kept in memory, some 30 kB each.
const maxRecent = 1000

// recent keeps the cases that this process changed last, as they are after their last step. It is a shortcut and never the truth: what
// is taken from it is used only if the case's row, read in the step's own transaction, says that nothing has happened since.
type recent struct {
	mu    sync.Mutex // guards both; held for a few map operations, never while anything is read or written
	cases map[string]*dossier
	order []string // of putting, the oldest first; a case may stand in it several times
}

// take removes a case and gives it to the caller, nil where it is not here or not the same any more.
func (r *recent) take(id string, seq int64, leaf string) *dossier {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.cases[id]
	if d == nil {
		return nil
	}
	delete(r.cases, id)
	if d.row.seq != seq || d.row.leaf != leaf {
		return nil
	}
	return d
}

// put keeps a case after its step was committed. Nobody else may hold it.
func (r *recent) put(d *dossier) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cases == nil {
		r.cases = map[string]*dossier{}
	}
	r.cases[d.row.id] = d
	r.order = append(r.order, d.row.id)
	for len(r.cases) > maxRecent || len(r.order) > 4*maxRecent {
		delete(r.cases, r.order[0])
		r.order = r.order[1:]
	}
}
