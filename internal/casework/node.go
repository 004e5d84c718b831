package casework

import (
	"kechuang/internal/chain"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// A field of type node holds the identifier of a node of the chain maps. What was typed there when the field was a text is kept and shown as
// it was typed; it is asked for anew when the form is filled again.

// checkNode takes a node that the maps have and that stands where the field asks, by identifier or by name, and leaves its identifier.
func (e *Engine) checkNode(tx *store.Tx, d *docket, who doer, f *policy.Field, path, said string, v policy.Values, problems *refusal.List) error {
	n, found, err := chain.Named(tx, said)
	if err != nil {
		return err
	}
	var node *policy.ChainNode
	if found && (n.Public || seesMaps(who.actor)) || found && d.names(f, n.ID) {
		node = &policy.ChainNode{ID: n.ID, Name: n.Name, Chains: n.Chains}
		v[f.Name] = n.ID
	}
	if no := d.ed.TakesNode(f, path, said, node, v); no != nil {
		*problems = append(*problems, no)
	}
	return nil
}

// seesMaps tells who sees nodes of chain maps that are not public: who holds an office, and who keeps or audits.
func seesMaps(a identity.Actor) bool {
	for _, role := range []string{identity.RoleRegister, identity.RoleAuditor, identity.RolePolicy, identity.RoleFigures} {
		if a.Has(role) {
			return true
		}
	}
	return len(a.Offices) > 0
}

// names tells whether a form of the case names the node already: whoever goes on with it need not see the map.
func (d *docket) names(f *policy.Field, id string) bool {
	for _, values := range d.snap.Prefill {
		if values[f.Name] == policy.Value(id) {
			return true
		}
	}
	for _, r := range d.byID {
		for _, values := range r.Forms {
			if values[f.Name] == policy.Value(id) {
				return true
			}
		}
	}
	return false
}

// node is what a node is called; what was typed where it is none.
func (n *namer) node(id string) lang.Text {
	x, found, err := chain.GetNode(n.tx, id)
	if err != nil && n.err == nil {
		n.err = err
	}
	if !found {
		return lang.T(id, id)
	}
	return x.Name
}

// registerNode finds a node for the register, whose records name nodes too.
func (e *Engine) registerNode(tx *store.Tx, f *register.RecordField, said string, beside register.Values) (id string, no *refusal.Refusal, err error) {
	n, found, err := chain.Named(tx, said)
	if err != nil {
		return said, nil, err
	}
	var node *policy.ChainNode
	if found {
		node, said = &policy.ChainNode{ID: n.ID, Name: n.Name, Chains: n.Chains}, n.ID
	}
	field := &policy.Field{Name: f.Name, Title: f.Title, Type: policy.NodeType, Ref: f.Ref, Within: f.Within}
	return said, e.seen.Load().TakesNode(field, f.Name, said, node, policy.Values{f.Within: beside.Text(f.Within)}), nil
}

func nodeName(tx *store.Tx, id string) (lang.Text, bool, error) {
	n, found, err := chain.GetNode(tx, id)
	return n.Name, found, err
}
