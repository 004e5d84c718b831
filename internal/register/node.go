package register

import (
	"bytes"
	"encoding/json"
	"maps"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// nodes looks up what a field of type node holds: a node of the chain maps, which the register knows only by its identifier.
type nodes struct {
	find func(tx *store.Tx, f *RecordField, said string, beside Values) (id string, no *refusal.Refusal, err error)
	name func(tx *store.Tx, id string) (lang.Text, bool, error)
}

// NodesIn says who finds the node that somebody means, by identifier or name, with the reason where the field does not take it, and what a node is
// called. Without, any text is taken. At start-up only.
func (r *Register) NodesIn(find func(tx *store.Tx, f *RecordField, said string, beside Values) (id string, no *refusal.Refusal, err error), name func(tx *store.Tx, id string) (lang.Text, bool, error)) {
	r.nodes = nodes{find, name}
}

// NodeName is what a node is called; what was typed where it is none.
func (r *Register) NodeName(tx *store.Tx, id string) (lang.Text, error) {
	if r.nodes.name != nil && id != "" {
		if name, found, err := r.nodes.name(tx, id); found || err != nil {
			return name, err
		}
	}
	return lang.T(id, id), nil
}

// settleNodes gives values with the identifiers of the nodes that they name, and refuses what is no node. What a record says already is not
// asked about again: a text from the time when the field was one stays.
func (r *Register) settleNodes(tx *store.Tx, k *RecordKind, old, said Values) (Values, error) {
	var l refusal.List
	out := said
	for i := range k.Fields {
		f := &k.Fields[i]
		name := said.Text(f.Name)
		if f.Type != "node" || name == "" || r.nodes.find == nil || bytes.Equal(compact(said[f.Name]), value(old, f.Name)) {
			continue
		}
		beside := maps.Clone(old)
		if beside == nil {
			beside = Values{}
		}
		maps.Copy(beside, said)
		if was := old.Text(f.Name); was != "" {
			called, err := r.NodeName(tx, was)
			if err != nil {
				return nil, err
			}
			if called.ZH == name { // as our own export writes it, whoever else is called so
				name = was
			}
		}
		id, no, err := r.nodes.find(tx, f, name, beside)
		if err != nil {
			return nil, err
		}
		if no != nil {
			l = append(l, no)
			continue
		}
		raw, err := json.Marshal(id)
		if err != nil {
			return nil, err
		}
		out = maps.Clone(out)
		out[f.Name] = raw
	}
	return out, l.Err()
}

// NodeNames are what the nodes that a record names are called, by identifier.
func (r *Register) NodeNames(tx *store.Tx, k *RecordKind, values Values) (map[string]lang.Text, error) {
	var out map[string]lang.Text
	for _, f := range k.Fields {
		id := values.Text(f.Name)
		if f.Type != "node" || id == "" {
			continue
		}
		name, err := r.NodeName(tx, id)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = map[string]lang.Text{}
		}
		out[id] = name
	}
	return out, nil
}
