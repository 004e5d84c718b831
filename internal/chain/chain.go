// Package chain is the graph of an industry chain and what is critical in it: segments, products and technologies; what goes into what;
// who supplies it, from which country, with what share; what can stand in for it and who works on it.
//
//	g, err := chain.Build(m)                   // a Map checked and indexed; cycles are allowed
//	a := chain.Analyse(g, chain.Rules{…})       // every node: reach, concentration, distance to a domestic substitute, score
//	g.Fails([]int{k}, nil)                     // what fails downstream if a node fails
//	g.Blackout("NLD", 500_000)                 // … if a country stops delivering
//	chain.Lay(g)                                // a layered drawing
//
// Nothing here assumes that the graph has no cycle. Shares are int64 ppm; a score is the sum of its parts times the pack's weights, and each
// part is shown. The analysis is pure; maps are kept with author, source and history by store.go.
package chain

import (
	"cmp"
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// Map is an industry chain as people write it down.
type Map struct {
	Nodes    []Node   `json:"nodes"`
	Edges    []Edge   `json:"edges"`
	Supplies []Supply `json:"supplies,omitempty"`
}

// Kind is what a node is.
type Kind string

// The kinds of nodes.
const (
	Segment    Kind = "segment"    // 环节
	Product    Kind = "product"    // 产品
	Technology Kind = "technology" // 技术
)

// Node is one thing of a chain. It may stand in several chains.
type Node struct {
	ID     string    `json:"id"`
	Name   lang.Text `json:"name"`
	Kind   Kind      `json:"kind"`
	Class  string    `json:"class,omitempty"`  // of a product: whole (整机), part (部件), accessory (附件)
	Chains []string  `json:"chains,omitempty"` // codes of the pack's taxonomy of chains
	Stage  string    `json:"stage,omitempty"`  // 上游, 中游, 下游 or a name of one's own
	// TRL now and wanted, 1 to 9 (GB/T 22900); 0 where nobody has said.
	TRL    int    `json:"trl,omitempty"`
	Target int    `json:"target,omitempty"`
	Final  bool   `json:"final,omitempty"`  // what the chain is there for
	Public bool   `json:"public,omitempty"` // may be shown to everybody
	Note   string `json:"note,omitempty"`
}

// Relation is what an edge says.
type Relation string

// The relations. From and To read as a sentence: "From goes into To".
const (
	GoesInto     Relation = "goes_into"   // To needs From
	KindOf       Relation = "kind_of"     // From is a kind of To, which needs it as well
	PartOf       Relation = "part_of"     // From belongs to the segment To; nothing follows for supply
	Substitutes  Relation = "substitutes" // From can stand in for To wherever To is needed
	ResearchedBy Relation = "researched"  // To works on From: To is a party, not a node
)

// Edge joins two nodes, with where the knowledge comes from.
type Edge struct {
	From   string   `json:"from"`
	To     string   `json:"to"`
	Is     Relation `json:"is"`
	Weight int64    `json:"weight,omitempty"`
	Source string   `json:"source,omitempty"`
	Public bool     `json:"public,omitempty"`
}

// Supply says that somebody delivers a node to the world: a firm (with its country) or a country as a whole (Firm empty).
type Supply struct {
	Node    string `json:"node"`
	Firm    string `json:"firm,omitempty"`
	Country string `json:"country"`
	PPM     *int64 `json:"ppm,omitempty"`   // share of the world's supply, nil where it is not known
	Minor   bool   `json:"minor,omitempty"` // known to be negligible
	Source  string `json:"source,omitempty"`
}

// Graph is a map with its indices: node k needs one member of each of Needs[k] (the first is what goes in, the others stand in for it).
type Graph struct {
	Map      Map
	at       map[string]int
	needs    [][]group
	feeds    [][]int32 // node → nodes that need it or something that it stands in for
	into     [][]int32 // node → what goes into it, without stand-ins
	out      [][]int32 // the same, turned round
	standIns [][]int32 // node → what can stand in for it
	research []int     // how many work on it
	supplies [][]int32 // node → supplies
	final    []bool
}

type group struct{ members []int32 }

const mostNodes, mostEdges = 1_000_000, 10_000_000

// Build checks a map and indexes it. Everything that is wrong is said at once, up to a hundred findings.
func Build(m Map) (*Graph, error) {
	if len(m.Nodes) > mostNodes || len(m.Edges) > mostEdges {
		return nil, refusal.New(refusal.TooLarge, "chain.too_large", lang.T("图谱太大：最多 100 万个节点、1000 万条边", "The map is too large: at most a million nodes and ten million edges"))
	}
	g := &Graph{Map: m, at: make(map[string]int, len(m.Nodes))}
	var list refusal.List
	bad := func(field, id, zh, en string) {
		if len(list) < 100 {
			list.Add(refusal.New(refusal.Invalid, "chain."+id, lang.T(zh, en)).At(field))
		}
	}
	for k, n := range m.Nodes {
		field := fmt.Sprintf("nodes[%d]", k)
		if _, twice := g.at[n.ID]; twice || n.ID == "" {
			bad(field+".id", "node", "节点“"+n.ID+"”没有编号或编号重复；一个节点属于多条产业链时，写一次，在 chains 中列出各链", "Node “"+n.ID+"” has no identifier, or one that is used twice; a node of several chains is written once and lists them")
			continue
		}
		if n.TRL < 0 || n.TRL > 9 || n.Target < 0 || n.Target > 9 {
			bad(field+".trl", "trl", "节点“"+n.ID+"”的技术成熟度应为 1 到 9 级", "The readiness of node “"+n.ID+"” must be 1 to 9")
		}
		g.at[n.ID] = k
	}
	g.connect(bad)
	g.supply(bad)
	if err := list.Err(); err != nil {
		return nil, err
	}
	g.finals()
	return g, nil
}

// connect makes the adjacency lists. An edge that is written twice counts once, and nothing feeds itself.
func (g *Graph) connect(bad func(field, id, zh, en string)) {
	n := len(g.Map.Nodes)
	g.needs, g.feeds, g.into, g.out = make([][]group, n), make([][]int32, n), make([][]int32, n), make([][]int32, n)
	g.standIns, g.research = make([][]int32, n), make([]int, n)
	for k, e := range g.Map.Edges {
		field := fmt.Sprintf("edges[%d]", k)
		from, known := g.at[e.From]
		if !known {
			bad(field+".from", "unknown", "边的起点“"+e.From+"”不是图中的节点", "The edge's start “"+e.From+"” is no node of the map")
			continue
		}
		if e.Is == ResearchedBy {
			g.research[from]++
			continue
		}
		to, known := g.at[e.To]
		if !known {
			bad(field+".to", "unknown", "边的终点“"+e.To+"”不是图中的节点", "The edge's end “"+e.To+"” is no node of the map")
			continue
		}
		switch e.Is {
		case GoesInto, KindOf:
			if from != to {
				g.into[to] = append(g.into[to], int32(from))
			}
		case Substitutes:
			if from != to {
				g.standIns[to] = append(g.standIns[to], int32(from))
			}
		case PartOf:
		default:
			bad(field+".is", "relation", "边的关系“"+string(e.Is)+"”不认识", "The relation “"+string(e.Is)+"” of the edge is not known")
		}
	}
	for k := range g.into {
		slices.Sort(g.standIns[k])
		g.standIns[k] = slices.Compact(g.standIns[k])
	}
	for k := range g.into {
		slices.Sort(g.into[k])
		g.into[k] = slices.Compact(g.into[k])
		for _, v := range g.into[k] {
			g.out[v] = append(g.out[v], int32(k))
			members := []int32{v}
			for _, w := range g.standIns[v] {
				if int(w) != k {
					members = append(members, w)
				}
			}
			for _, w := range members {
				g.feeds[w] = append(g.feeds[w], int32(k))
			}
			g.needs[k] = append(g.needs[k], group{members})
		}
	}
	for k := range g.feeds {
		slices.Sort(g.feeds[k])
		g.feeds[k] = slices.Compact(g.feeds[k])
	}
}

func (g *Graph) supply(bad func(field, id, zh, en string)) {
	g.supplies = make([][]int32, len(g.Map.Nodes))
	for k, s := range g.Map.Supplies {
		field := fmt.Sprintf("supplies[%d]", k)
		v, known := g.at[s.Node]
		if !known {
			bad(field+".node", "unknown", "供应的节点“"+s.Node+"”不在图中", "The supplied node “"+s.Node+"” is not in the map")
			continue
		}
		if s.PPM != nil && (*s.PPM < 0 || *s.PPM > 1_000_000) {
			bad(field+".ppm", "share", "“"+s.Node+"”的供应份额应在 0 到 100% 之间", "A share in the supply of “"+s.Node+"” must be 0 to 100%")
		}
		g.supplies[v] = append(g.supplies[v], int32(k))
	}
}

// finals are the nodes marked so; without any, those that go into nothing; without those (all is one cycle), none.
func (g *Graph) finals() {
	g.final = make([]bool, len(g.Map.Nodes))
	marked := false
	for k, n := range g.Map.Nodes {
		g.final[k] = n.Final
		marked = marked || n.Final
	}
	if marked {
		return
	}
	for k := range g.final {
		g.final[k] = len(g.out[k]) == 0 && len(g.into[k]) > 0
	}
}

// Index of a node, or −1.
func (g *Graph) Index(id string) int {
	if k, ok := g.at[id]; ok {
		return k
	}
	return -1
}

// Sub is the part of a map that belongs to one chain; an empty code means all.
func (m Map) Sub(chain string) Map {
	if chain == "" {
		return m
	}
	in := map[string]bool{}
	var sub Map
	for _, n := range m.Nodes {
		if slices.Contains(n.Chains, chain) {
			in[n.ID] = true
			sub.Nodes = append(sub.Nodes, n)
		}
	}
	for _, e := range m.Edges {
		if in[e.From] && (in[e.To] || e.Is == ResearchedBy) {
			sub.Edges = append(sub.Edges, e)
		}
	}
	for _, s := range m.Supplies {
		if in[s.Node] {
			sub.Supplies = append(sub.Supplies, s)
		}
	}
	return sub
}

// Open is what of a map everybody may see: public nodes, and public edges between them. Supplies and research are not public.
func (m Map) Open() Map {
	in := map[string]bool{}
	var open Map
	for _, n := range m.Nodes {
		if n.Public {
			in[n.ID] = true
			n.Note = ""
			open.Nodes = append(open.Nodes, n)
		}
	}
	for _, e := range m.Edges {
		if e.Public && e.Is != ResearchedBy && in[e.From] && in[e.To] {
			open.Edges = append(open.Edges, e)
		}
	}
	return open
}

// sorted orders node numbers by their identifiers.
func (g *Graph) sorted(list []int32) []string {
	ids := make([]string, len(list))
	for k, v := range list {
		ids[k] = g.Map.Nodes[v].ID
	}
	slices.SortFunc(ids, cmp.Compare[string])
	return ids
}
