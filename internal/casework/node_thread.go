package casework

import (
	"context"
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

const (
	dropNodes    = `DELETE FROM casework_nodes WHERE record_id = $1 AND form = $2`
	insertNode   = `INSERT INTO casework_nodes (node, case_id, record_id, form) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
	selectAtNode = `SELECT DISTINCT case_id FROM casework_nodes WHERE node = $1 ORDER BY case_id DESC LIMIT $2`
)

// NodeThread is what the city does about a node of a chain map: the records and cases that name it, what those led to, and the records
// that name these, with the money and the results of all, as the actor may see them.
func (e *Engine) NodeThread(ctx context.Context, actor identity.Actor, node string) (*Thread, error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	if err := e.Register.CatchUp(ctx); err != nil {
		return nil, err
	}
	return e.woven(ctx, actor, maxThread, func(w *weaver) error {
		records, err := w.naming(actor, node)
		if err != nil {
			return err
		}
		if err := w.seeds(node); err != nil {
			return err
		}
		for len(records) > 0 { // what names what was found belongs to it too: the first set of a bottleneck
			next := records[0]
			records = records[1:]
			more, err := w.naming(actor, next)
			if err != nil {
				return err
			}
			records = append(records, more...)
		}
		return nil
	})
}

// naming shows the records that name something, where the actor may see them, reaches their cases, and gives those that are new.
func (w *weaver) naming(actor identity.Actor, id string) (found []string, err error) {
	list, err := w.e.Register.NamedIn(w.tx, id, maxLinked)
	if err != nil {
		return nil, err
	}
	for _, rec := range list {
		k := w.e.Register.Kind(rec.Kind)
		if _, _, seen := rec.SeenBy(k, actor); !seen || k == nil || w.at[rec.ID] {
			continue
		}
		if len(w.at) >= w.most {
			w.thread.More = true
			break
		}
		w.at[rec.ID] = true
		found = append(found, rec.ID)
		if err := w.record(k, rec, rec.Changed); err != nil {
			return nil, err
		}
		about, err := w.e.aboutAny(w.tx, rec.ID)
		if err != nil {
			return nil, err
		}
		for _, a := range about {
			w.reach(a.in)
		}
	}
	return found, nil
}

// seeds reaches the cases whose forms name the node: those that the actor sees whole, for the form may not be for everybody.
func (w *weaver) seeds(node string) error {
	ids, err := store.List(w.tx, oneText, selectAtNode, node, maxThread)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d, err := w.e.load(w.tx, id)
		if err != nil {
			return err
		}
		if d.look(w.hats).whole == complete {
			w.reach(id)
		}
	}
	return nil
}

// follow goes from case to case until nothing is left, or enough was shown.
func (w *weaver) follow() error {
	for len(w.queue) > 0 {
		next := w.queue[0]
		w.queue = w.queue[1:]
		if err := w.visit(next); err != nil {
			return err
		}
	}
	return w.n.err
}

// nodesOf is the nodes that the values of some fields name.
func nodesOf(fields []*policy.Field, values policy.Values) (out []string) {
	for _, f := range fields {
		switch v := values[f.Name].(type) {
		case string:
			if f.Type == policy.NodeType && v != "" {
				out = append(out, v)
			}
		case []policy.Values:
			for _, row := range v {
				out = append(out, nodesOf(f.Rows, row)...)
			}
		}
	}
	return out
}

// asksNode tells whether a form has a field for a node.
func asksNode(fields []*policy.Field) bool {
	return slices.ContainsFunc(fields, func(f *policy.Field) bool { return f.Type == policy.NodeType || asksNode(f.Rows) })
}

// keepNodes notes which nodes a form names now.
func keepNodes(tx *store.Tx, in, record string, f *policy.Form, values policy.Values) error {
	if f == nil || !asksNode(f.Fields) {
		return nil
	}
	if err := tx.Send(dropNodes, record, f.Name); err != nil {
		return err
	}
	for _, node := range nodesOf(f.Fields, values) {
		if err := tx.Send(insertNode, node, in, record, f.Name); err != nil {
			return err
		}
	}
	return nil
}
