package play

import (
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// defaultNodes is a chain map with one node that stands in every chain by which the pack's forms look nodes up, and one that stands in the
// first of each; none where no form asks for a node.
func defaultNodes(p *policy.Pack) []policy.ChainNode {
	var every, first []string
	asked := false
	var look func(fields []*policy.Field)
	look = func(fields []*policy.Field) {
		for _, f := range fields {
			look(f.Rows)
			if f.Type != policy.NodeType {
				continue
			}
			asked = true
			if t := p.Taxonomies[f.Ref]; t != nil && len(t.Codes) > 0 && !slices.Contains(first, t.Codes[0].Code) {
				first = append(first, t.Codes[0].Code)
				for _, c := range t.Codes {
					every = append(every, c.Code)
				}
			}
		}
	}
	for _, m := range p.Mechanisms {
		for _, f := range m.Forms {
			look(f.Fields)
		}
	}
	for _, k := range p.Kinds {
		look(k.Fields)
	}
	slices.Sort(first)
	if !asked {
		return nil
	}
	return []policy.ChainNode{node("节点甲", every), node("节点乙", first)}
}

func node(name string, chains []string) policy.ChainNode {
	return policy.ChainNode{ID: name, Name: lang.T(name, name), Chains: chains}
}

// nodes puts what the world says of chain maps before what stands there anyway.
func (f *File) nodes(data []byte, said map[string][]string) {
	var out []policy.ChainNode
	for _, name := range order(data, "nodes", said) {
		out = append(out, node(name, said[name]))
	}
	f.Stage.Nodes = append(out, f.Stage.Nodes...)
}

// node is a node of the stage that a field takes, beside what the form says already.
func (f *Filler) node(sc *policy.Scope, x *policy.Field, beside policy.Values) policy.Value {
	var list []string
	for i := range f.Stage.Nodes {
		if n := &f.Stage.Nodes[i]; sc.Snapshot.Pack.TakesNode(x, "", n.ID, n, beside) == nil {
			list = append(list, n.ID)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[f.pick(len(list))]
}

// onMap refuses nodes that the stage's chain maps do not have, or have in another chain.
func (w *Interpreter) onMap(path string, fields []*policy.Field, values policy.Values) refusal.List {
	var list refusal.List
	for _, f := range fields {
		if rows, ok := values[f.Name].([]policy.Values); ok {
			for i, row := range rows {
				list = append(list, w.onMap(fmt.Sprintf("%s%s[%d].", path, f.Name, i), f.Rows, row)...)
			}
		}
		said, _ := values[f.Name].(string)
		if f.Type != policy.NodeType || said == "" {
			continue
		}
		var found *policy.ChainNode
		if i := slices.IndexFunc(w.stage.Nodes, func(n policy.ChainNode) bool { return n.ID == said }); i >= 0 {
			found = &w.stage.Nodes[i]
		}
		if no := w.s.Pack.TakesNode(f, path+f.Name, said, found, values); no != nil {
			list = append(list, no)
		}
	}
	return list
}
