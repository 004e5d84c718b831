package policy

import (
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// ChainNode is a node of a chain map as a form needs it: who keeps the maps says what it is called and in which chains it stands.
type ChainNode struct {
	ID     string
	Name   lang.Text
	Chains []string // codes of the list of chains under which the map files it
}

// OnList is what codes are on another list of the pack: themselves where the list has them, else what the mappings of their own lists say.
func (p *Pack) OnList(list string, codes []string) []string {
	to := p.Taxonomies[list]
	var out []string
	add := func(code string) {
		if to != nil && to.has(code) && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	for _, c := range codes {
		add(c)
		for _, name := range keys(p.Taxonomies) {
			if x := p.Taxonomies[name]; name != list && x.has(c) {
				for _, m := range x.Maps {
					if m.To == list {
						for _, other := range m.Codes[c] {
							add(other)
						}
					}
				}
			}
		}
	}
	return out
}

// TakesNode says why a field does not take a node; nil where it does. node is nil where the maps have none like it, beside what else the form
// or row says.
func (p *Pack) TakesNode(f *Field, path, said string, node *ChainNode, beside Values) *refusal.Refusal {
	no := func(id, zh, en, wayZH, wayEN string) *refusal.Refusal {
		return refusal.New(refusal.Invalid, "form."+id, lang.T("“"+f.Title.ZH+"”："+zh, "“"+f.Title.In(lang.EN)+"”: "+en)).At(path).By(p.listTitle(f.Ref)).Mend(lang.T(wayZH, wayEN))
	}
	if node == nil {
		return no("no_node", "产业链图谱上没有“"+said+"”", "the chain map has no “"+said+"”",
			"从图谱的节点中选择；图谱上没有的，先在产业链页添加节点，或者请登记库管理人员添加", "Choose a node of the map; one that is missing is added on the page of chains first, or by those who keep the register")
	}
	if f.Ref == "" {
		return nil
	}
	stands := p.OnList(f.Ref, node.Chains)
	if len(stands) == 0 {
		return no("node_of_no_chain", "“"+node.Name.ZH+"”不在这一版的任何一条产业链上", "“"+node.Name.In(lang.EN)+"” stands in no chain of this list",
			"选择这一版图谱上的节点，或者在产业链页写明它属于哪条产业链", "Choose a node of this list, or say on the page of chains to which chain it belongs")
	}
	chain, _ := beside[f.Within].(string)
	if f.Within == "" || chain == "" || slices.Contains(stands, chain) {
		return nil
	}
	return no("node_of_other_chain", "“"+node.Name.ZH+"”不在所选的产业链上，它在"+strings.Join(p.titles(f.Ref, stands, lang.ZH), "、"),
		"“"+node.Name.In(lang.EN)+"” does not stand in the chain that was chosen but in "+strings.Join(p.titles(f.Ref, stands, lang.EN), ", "),
		"改选节点，或者改选产业链", "Choose another node, or another chain")
}

// listTitle names the list by which a node is looked up, with its version.
func (p *Pack) listTitle(list string) string {
	t := p.Taxonomies[list]
	switch {
	case t == nil:
		return ""
	case t.Version == "" || strings.Contains(t.Title.ZH, t.Version):
		return t.Title.ZH
	}
	return t.Title.ZH + "（" + t.Version + "）"
}

func (p *Pack) titles(list string, codes []string, in lang.Tag) []string {
	var out []string
	for _, c := range p.Taxonomies[list].Codes {
		if slices.Contains(codes, c.Code) {
			out = append(out, c.Title.In(in))
		}
	}
	return out
}

// within demands that the chain in which a node has to stand is asked for before it, as a code of the same list.
func (l *loader) within(t table, f *Field, before []*Field) {
	if f.Within == "" {
		return
	}
	x := find(before, f.Within, func(f *Field) string { return f.Name })
	if f.Ref == "" || x == nil || x.Type != RefType || x.Ref != f.Ref {
		l.finding(t.pos("within"), "within", lang.T("within 写的是同一张表里在它前面、取自同一分类（ref）的代码字段，“"+f.Within+"”不是", "within names a field of type ref with the same ref that stands before it in the form; “"+f.Within+"” is none"),
			lang.T("把产业链写在节点前面，两个字段写同一个 ref", "put the chain before the node and give both the same ref"))
	}
}
