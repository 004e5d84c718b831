package casework

import (
	"context"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// A thread is everything that belongs together: cases that started or follow one another, and the records of the register that they
// made or are about.
type (
	// Thread is the graph around one case, as an actor may see it.
	Thread struct {
		Nodes   []ThreadNode   `json:"nodes"` // the case itself first, then the nearest
		Edges   []ThreadEdge   `json:"edges"`
		Money   []ThreadMoney  `json:"money"`          // of all nodes, by source
		Results []ThreadResult `json:"results"`        // what all cases came to, by kind of fact
		More    bool           `json:"more,omitempty"` // it goes on beyond what is shown
	}
	// ThreadNode is a case, or a record.
	ThreadNode struct {
		ID        string         `json:"id"`
		What      string         `json:"what" enum:"case,record"`
		Kind      string         `json:"kind"` // mechanism or kind of record
		KindTitle lang.Text      `json:"kindTitle"`
		Group     lang.Text      `json:"group,omitzero"` // what one comes for: the heading of the mechanism
		Title     string         `json:"title,omitempty"`
		Owner     string         `json:"owner,omitempty"` // who opened the case, or whose the record is, by name
		State     *StateRef      `json:"state,omitempty"`
		Status    string         `json:"status,omitempty"` // of a record
		Asset     string         `json:"asset,omitempty" enum:"rights,shares"`
		Opened    *time.Time     `json:"opened,omitempty"` // a record: when the thread first came to it
		Last      *time.Time     `json:"last,omitempty"`   // the last step, or change
		Steps     int            `json:"steps,omitempty"`  // that the actor may see
		Money     []ThreadMoney  `json:"money,omitempty"`
		Events    []ThreadEvent  `json:"events,omitempty"` // the steps that mattered, oldest first
		Results   []ThreadResult `json:"results,omitempty"`
		Seen      bool           `json:"seen"` // false: that there is such a case is all that may be known
	}
	// ThreadEdge is a link.
	ThreadEdge struct {
		From  string    `json:"from"`
		To    string    `json:"to"`
		Title lang.Text `json:"title,omitzero"`
	}
)

// maxThread is how many cases and records a thread shows.
const maxThread = 120

// Thread gives what belongs together with a case. A case that the actor may not see is there by its mechanism and number only, and not at
// all where nobody has handed it in; records are those that the actor may see.
func (e *Engine) Thread(ctx context.Context, actor identity.Actor, id string) (t *Thread, err error) {
	return e.weave(ctx, actor, id, maxThread)
}

// weave goes from case to case, until it has come to so many cases and records.
func (e *Engine) weave(ctx context.Context, actor identity.Actor, id string, most int) (*Thread, error) {
	return e.woven(ctx, actor, most, func(w *weaver) error {
		d, err := e.load(w.tx, id)
		if err != nil {
			return err
		}
		if d.look(w.hats).whole == hidden {
			return errNotFound
		}
		w.queue = []string{id}
		w.at[id] = true
		return nil
	})
}

// woven is the thread of what begin reaches, and of all that belongs to it.
func (e *Engine) woven(ctx context.Context, actor identity.Actor, most int, begin func(*weaver) error) (t *Thread, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		w := &weaver{e: e, tx: tx, most: most, hats: hats, n: e.namer(tx), at: map[string]bool{}}
		if err := begin(w); err != nil {
			return err
		}
		if err := w.follow(); err != nil {
			return err
		}
		t = &w.thread
		t.tidy()
		t.sum()
		return nil
	})
	return t, err
}

// weaver walks from case to case.
type weaver struct {
	e      *Engine
	tx     *store.Tx
	most   int
	hats   []hat
	n      *namer
	thread Thread
	queue  []string
	at     map[string]bool
}

func (w *weaver) reach(id string) {
	if w.at[id] {
		return
	}
	if w.at[id] = true; len(w.at) > w.most {
		w.thread.More = true
		return
	}
	w.queue = append(w.queue, id)
}

// visit shows one case with its links and things; of a case that is not seen nothing is followed.
func (w *weaver) visit(id string) error {
	d, err := w.e.load(w.tx, id)
	if err != nil {
		return err
	}
	s := d.look(w.hats)
	n := ThreadNode{ID: id, What: "case", Kind: d.mech.Name, KindTitle: d.mech.Title}
	if len(s.blind) > 0 && len(w.thread.Nodes) > 0 {
		return nil // what leads to it would tell whose it is
	}
	if s.whole == hidden {
		if d.row.shown {
			w.thread.Nodes = append(w.thread.Nodes, n)
		}
		return nil
	}
	st := stateRef(d.state(d.snap.Case))
	n.Title, n.State, n.Opened, n.Last, n.Seen = d.row.title, &st, &d.row.opened, &d.row.lastAt, true
	n.Group = groupTitle(d)
	if s.whole == complete || !confidential(d.mech.Seat(d.mech.Opener)) && !s.blinds(d.snap.Case, d.mech.Opener) {
		n.Owner = w.n.party(d.row.party).Name
	}
	if err := w.tell(&n, d, s); err != nil {
		return err
	}
	w.thread.Nodes = append(w.thread.Nodes, n)
	if s.whole < complete {
		return nil
	}
	all, err := links(w.tx, id)
	if err != nil {
		return err
	}
	for _, l := range all {
		title := lang.Text{}
		if def := d.mech.Link(l.link); def != nil {
			title = def.Title
		}
		w.thread.Edges = append(w.thread.Edges, ThreadEdge{From: id, To: l.other, Title: title})
		w.reach(l.other)
	}
	return w.records(d)
}

// records shows what the case made or is about, and reaches the other cases of the same records. Who sees a case whole sees the records
// that it is about, as on the record's own page.
func (w *weaver) records(d *docket) error {
	all, err := things(w.tx, d.row.id)
	if err != nil {
		return err
	}
	for _, t := range all {
		title := lang.Text{}
		if def := d.mech.Thing(t.thing); def != nil {
			title = def.Title
		}
		edge, at := ThreadEdge{From: d.row.id, To: t.record, Title: title}, d.stepAt(t.seq)
		if w.at[t.record] { // a company that is in every round is asked for once
			w.thread.Edges = append(w.thread.Edges, edge)
			w.thread.cameTo(t.record, at)
			continue
		}
		rec, err := w.e.Register.GetRecord(w.tx, t.record)
		if err != nil {
			return err
		}
		k := w.e.Register.Kind(rec.Kind)
		if k == nil {
			continue
		}
		w.thread.Edges = append(w.thread.Edges, edge)
		w.at[t.record] = true
		if err := w.record(k, rec, at); err != nil {
			return err
		}
		others, err := w.e.aboutAny(w.tx, rec.ID)
		if err != nil {
			return err
		}
		for _, o := range others {
			w.reach(o.in)
		}
	}
	return nil
}

// tidy leaves out edges to what is not shown, and of two that say the same in both directions the one that says less.
func (t *Thread) tidy() {
	shown := map[string]bool{}
	for _, n := range t.Nodes {
		shown[n.ID] = true
	}
	edges := []ThreadEdge{}
	for i, x := range t.Edges {
		keep := shown[x.From] && shown[x.To]
		for j, y := range t.Edges {
			back := x.From == y.To && x.To == y.From
			keep = keep && !(back && (x.Title.IsZero() && !y.Title.IsZero() || x.Title.IsZero() == y.Title.IsZero() && j < i))
			keep = keep && !(x.From == y.From && x.To == y.To && j < i)
		}
		if keep {
			edges = append(edges, x)
		}
	}
	if t.Edges = edges; t.Nodes == nil {
		t.Nodes = []ThreadNode{}
	}
}

// cameTo notes that a case had to do with a record at a moment: the earliest is when the thread came to it.
func (t *Thread) cameTo(record string, at time.Time) {
	for i := range t.Nodes {
		if n := &t.Nodes[i]; n.ID == record && at.Before(*n.Opened) {
			n.Opened = &at
		}
	}
}
