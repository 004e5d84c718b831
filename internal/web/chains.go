package web

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"kechuang/internal/casework"
	"kechuang/internal/chain"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

type (
	// ChainItem is one industry chain of the pack and how much of it is mapped.
	ChainItem struct {
		Code  string    `json:"code"`
		Title lang.Text `json:"title"`
		Nodes int       `json:"nodes"`
	}
	// ChainNode is a node where it is drawn, with what the analysis says of it; the public sees no analysis.
	ChainNode struct {
		chain.Node
		Spot     chain.Spot        `json:"spot"`
		Assessed *chain.Assessment `json:"assessed,omitempty"`
		Supplies []chain.Supply    `json:"supplies,omitempty"`
	}
	// ChainView is a map as it is drawn.
	ChainView struct {
		Chain     string            `json:"chain"`
		Nodes     []ChainNode       `json:"nodes"`
		Arcs      []chain.Arc       `json:"arcs"`
		Edges     []chain.Edge      `json:"edges" doc:"as they were stated, with their sources"`
		Layers    int               `json:"layers"`
		Height    int               `json:"height"`
		Order     []string          `json:"order,omitempty" doc:"nodes by score, worst first"`
		Countries []chain.Loss      `json:"countries,omitempty"`
		Cycles    [][]string        `json:"cycles,omitempty"`
		Cuts      []string          `json:"cuts,omitempty"`
		Finals    []chain.Final     `json:"finals,omitempty"`
		Newest    int64             `json:"newest" doc:"number of the newest change"`
		MayEdit   bool              `json:"may_edit"`
		Leads     []policy.NodeLead `json:"leads,omitempty" doc:"for staff: where a node leads, by its name"`
	}
	// ChainStatements changes the map, all or nothing.
	ChainStatements struct {
		Statements []chain.Statement `json:"statements" minItems:"1" maxItems:"20000"`
	}
	// NodeItem is a node as a form offers it.
	NodeItem struct {
		ID     string    `json:"id"`
		Name   lang.Text `json:"name"`
		Chains []string  `json:"chains" doc:"codes of the list that was asked for, else those under which the map files it"`
		Stage  string    `json:"stage,omitempty"`
	}
	chainNodesQuery struct {
		Q     string `query:"q" maxLength:"100" doc:"part of a name or identifier"`
		ID    string `query:"id" maxLength:"200" doc:"this node alone, by its identifier"`
		List  string `query:"list" maxLength:"60" doc:"only nodes that stand in a chain of this taxonomy"`
		Chain string `query:"chain" maxLength:"60" doc:"only nodes that stand in this chain of it"`
		Limit int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	}
	// ChainFiles are tables to take in: name and content.
	ChainFiles struct {
		Files  map[string]string `json:"files,omitempty" doc:"tables (CSV) or a map (JSON), by name"`
		Books  map[string][]byte `json:"books,omitempty" doc:"workbooks (.xlsx) in base64, by name"`
		Source string            `json:"source" minLength:"1" maxLength:"300"`
		Try    bool              `json:"try,omitempty" doc:"only tell what would be taken in"`
	}
	// ChainTaken is how much was taken in: what is new or changed, and how much was there just so.
	ChainTaken struct {
		Nodes    int `json:"nodes"`
		Edges    int `json:"edges"`
		Supplies int `json:"supplies"`
		Same     int `json:"same" doc:"rows that the map has already"`
	}
)

// Staff see the analysis and keep the maps; the public sees what is marked public.
var chainStaff = access{roles: []string{"register", "auditor", "policy", "statistics"}, offices: true}

// Offices of the bureau and the register's keepers write.
var chainKeepers = access{roles: []string{"register"}, offices: true}

// home is where a pack whose region is a GB/T 2260 code stands.
const home = "CHN"

func (s *Server) chainRoutes() {
	handle(s, route{method: "GET", path: "/api/chains", id: "chains", tell: "The industry chains of the pack and how much of each is mapped", access: public},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]ChainItem], error) {
			return answer(s.chainList(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/chains/map", id: "chainMap", tell: "A chain drawn in layers; for staff with what is critical in it", access: public},
		func(ctx context.Context, who identity.Actor, in *struct {
			Chain string `query:"chain" doc:"code of a chain; without it all of them"`
		}) (*reply[*ChainView], error) {
			v, err := s.chainView(ctx, who, in.Chain)
			if err != nil {
				return nil, err
			}
			mine := *v // the analysis is shared
			mine.MayEdit = !who.Anonymous() && chainKeepers.allow(who, true) == nil
			if isStaff(who) {
				mine.Leads = s.cases.Seen().Overview.Nodes
			}
			return answer(&mine, nil)
		})
	handle(s, route{method: "GET", path: "/api/chains/nodes", id: "chainNodes", tell: "Nodes of the maps for a form to choose from: by name or identifier, those that begin with what was typed first; staff find all, others what is public", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *chainNodesQuery) (*reply[[]NodeItem], error) {
			return answer(s.chainNodes(ctx, who, in))
		})
	handle(s, route{method: "GET", path: "/api/chains/thread", id: "chainThread", tell: "What is done about a node: the records and cases that name it and what they led to, with their money", access: chainStaff},
		func(ctx context.Context, who identity.Actor, in *struct {
			Node string `query:"node" required:"true" doc:"id of a node"`
		}) (*reply[*casework.Thread], error) {
			return answer(s.cases.NodeThread(ctx, who, in.Node))
		})
	handle(s, route{method: "GET", path: "/api/chains/history", id: "chainHistory", tell: "Every version of a node, an edge or a supply, newest first", access: chainStaff},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Kind string `query:"kind" required:"true" enum:"node,edge,supply"`
			Key  string `query:"key" required:"true"`
		}) (*reply[[]chain.Past], error) {
			return answer(read(ctx, s, func(tx *store.Tx) ([]chain.Past, error) { return chain.History(tx, in.Kind, in.Key) }))
		})
	handle(s, route{method: "GET", path: "/api/chains/export", id: "chainExport", tell: "A chain as nodes, edges and supplies", access: chainStaff},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Chain string `query:"chain"`
		}) (*reply[chain.Map], error) {
			m, _, err := s.chainMap(ctx)
			return answer(m.Sub(in.Chain), err)
		})
	handle(s, route{method: "GET", path: "/api/chains/book.xlsx", id: "chainBook", tell: "A chain as a workbook of nodes, relations and supplies, which can be taken in again; or the empty template", access: chainStaff, media: xlsx},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Chain    string `query:"chain"`
			Template bool   `query:"template" doc:"the workbook to fill in"`
		}) (*file, error) {
			var m chain.Map
			if !in.Template {
				all, _, err := s.chainMap(ctx)
				if err != nil {
					return nil, err
				}
				m = all.Sub(in.Chain)
			}
			var b bytes.Buffer
			err := writeChainBook(&b, m)
			return &file{ContentType: xlsx, Disposition: attachment("产业链图谱" + in.Chain + ".xlsx"), Body: b.Bytes()}, err
		})
	handle(s, route{method: "POST", path: "/api/chains/statements", id: "chainSay", tell: "State nodes, edges and supplies, or take them off the map", access: chainKeepers, limit: fileLimit, status: 204},
		func(ctx context.Context, who identity.Actor, in *struct{ Body ChainStatements }) (*none, error) {
			return nil, s.chainSay(ctx, who, in.Body.Statements)
		})
	handle(s, route{method: "POST", path: "/api/chains/imports", id: "chainImport", tell: "Take in nodes, edges and supplies: a workbook, tables (CSV) or a map (JSON); what the map has already is left alone", access: chainKeepers, limit: fileLimit},
		func(ctx context.Context, who identity.Actor, in *struct{ Body ChainFiles }) (*reply[ChainTaken], error) {
			return answer(s.chainImport(ctx, who, in.Body))
		})
}

func isStaff(who identity.Actor) bool { return !who.Anonymous() && chainStaff.allow(who, false) == nil }

func (s *Server) chainMap(ctx context.Context) (m chain.Map, newest int64, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) (err error) {
		m, newest, err = chain.ReadMap(tx)
		return err
	})
	return m, newest, err
}

func (s *Server) chainList(ctx context.Context, who identity.Actor) ([]ChainItem, error) {
	p, err := s.cases.Current(ctx)
	if err != nil {
		return nil, err
	}
	m, _, err := s.chainMap(ctx)
	if err != nil {
		return nil, err
	}
	if !isStaff(who) {
		m = m.Open()
	}
	list := []ChainItem{}
	if t := p.Taxonomies["chains"]; t != nil {
		for _, c := range t.Codes {
			n := 0
			for k := range m.Nodes {
				if slices.Contains(m.Nodes[k].Chains, c.Code) {
					n++
				}
			}
			list = append(list, ChainItem{c.Code, c.Title, n})
		}
	}
	return list, nil
}

// analysed remembers the last analysis of each chain: it is made anew when the map or the pack has changed.
type analysed struct {
	mu   sync.Mutex
	made map[string]*ChainView // by chain, for staff
}

// chainView draws a chain. Staff see it with its analysis, the public only what is public.
func (s *Server) chainView(ctx context.Context, who identity.Actor, code string) (*ChainView, error) {
	m, newest, err := s.chainMap(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.cases.Current(ctx)
	if err != nil {
		return nil, err
	}
	if t := p.Taxonomies["chains"]; code != "" && (t == nil || !slices.ContainsFunc(t.Codes, func(c policy.Code) bool { return c.Code == code })) {
		return nil, refusal.New(refusal.NotFound, "chain.no_such", lang.T("没有这条产业链", "There is no such chain"))
	}
	if !isStaff(who) {
		g, err := chain.Build(m.Sub(code).Open())
		if err != nil {
			return nil, err
		}
		return drawn(g, code, newest), nil
	}
	state := p.Digest + "/" + cmp.Or(code, "*")
	s.chains.mu.Lock()
	defer s.chains.mu.Unlock()
	if v := s.chains.made[state]; v != nil && v.Newest == newest {
		return v, nil
	}
	rules, err := chainRules(p)
	if err != nil {
		return nil, err
	}
	g, err := chain.Build(m.Sub(code))
	if err != nil {
		return nil, err
	}
	v := drawn(g, code, newest)
	v.assess(g, chain.Analyse(g, rules))
	if s.chains.made == nil || len(s.chains.made) > 64 {
		s.chains.made = map[string]*ChainView{}
	}
	s.chains.made[state] = v
	return v, nil
}

func drawn(g *chain.Graph, code string, newest int64) *ChainView {
	d := chain.Lay(g)
	v := &ChainView{Chain: code, Nodes: []ChainNode{}, Arcs: d.Arcs, Edges: g.Map.Edges, Layers: d.Layers, Height: d.Height, Newest: newest}
	if v.Arcs == nil {
		v.Arcs = []chain.Arc{}
	}
	if v.Edges == nil {
		v.Edges = []chain.Edge{}
	}
	for k, n := range g.Map.Nodes {
		v.Nodes = append(v.Nodes, ChainNode{Node: n, Spot: d.Spots[k]})
	}
	return v
}

// assess puts the analysis beside the nodes.
func (v *ChainView) assess(g *chain.Graph, a *chain.Analysis) {
	for k := range a.Nodes {
		v.Nodes[g.Index(a.Nodes[k].Node)].Assessed = &a.Nodes[k]
		v.Order = append(v.Order, a.Nodes[k].Node)
	}
	for _, x := range g.Map.Supplies {
		k := g.Index(x.Node)
		v.Nodes[k].Supplies = append(v.Nodes[k].Supplies, x)
	}
	v.Countries, v.Cycles, v.Cuts, v.Finals = a.Countries, a.Cycles, a.Cuts, a.Finals
}

// chainRules are the weights of the pack in force.
func chainRules(p *policy.Pack) (chain.Rules, error) {
	return chain.ReadRules(home, func(name string) (int64, bool) {
		x := p.Params[name]
		if x == nil {
			return 0, false
		}
		v, ok := x.Value.(share.PPM)
		return int64(v), ok
	})
}

func (s *Server) chainSay(ctx context.Context, who identity.Actor, list []chain.Statement) error {
	p, err := s.cases.Current(ctx)
	if err != nil {
		return err
	}
	for k := range list {
		if n := list[k].Node; n != nil {
			if err := knownChains(p, n); err != nil {
				return err
			}
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return chain.Say(tx, chain.Author{Account: who.Account, Name: who.Name}, list)
	})
}

// knownChains refuses codes that the pack's taxonomy of chains does not hold, and nodes without a name.
func knownChains(p *policy.Pack, n *chain.Node) error {
	if strings.TrimSpace(n.ID) == "" || strings.TrimSpace(n.Name.ZH) == "" {
		return refusal.New(refusal.Invalid, "chain.unnamed", lang.T("请填写节点的编号和名称", "Give the node an identifier and a name")).At("name")
	}
	t := p.Taxonomies["chains"]
	for _, code := range n.Chains {
		if t == nil || !slices.ContainsFunc(t.Codes, func(c policy.Code) bool { return c.Code == code }) {
			return refusal.New(refusal.Invalid, "chain.no_such", lang.T("没有代码为“"+code+"”的产业链", "There is no chain with the code “"+code+"”")).At("chains").
				Mend(lang.T("请用政策包“重点产业链”分类中的代码", "Use a code of the pack's taxonomy of chains"))
		}
	}
	return nil
}

func (s *Server) chainImport(ctx context.Context, who identity.Actor, in ChainFiles) (ChainTaken, error) {
	there, _, err := s.chainMap(ctx)
	if err != nil {
		return ChainTaken{}, err
	}
	m, err := s.chainRead(ctx, in, there)
	if err != nil {
		return ChainTaken{}, err
	}
	m, same := m.News(there)
	taken := ChainTaken{len(m.Nodes), len(m.Edges), len(m.Supplies), same}
	if in.Try {
		return taken, s.chainTry(ctx, m, there)
	}
	return taken, s.chainSay(ctx, who, m.Statements(in.Source))
}

// chainRead reads what was handed in; the map that is there lends its names.
func (s *Server) chainRead(ctx context.Context, in ChainFiles, there chain.Map) (m chain.Map, err error) {
	files := map[string][]byte{}
	for name, text := range in.Files {
		files[name] = []byte(text)
	}
	if m, err = chain.Read(files); err != nil {
		return m, refusal.New(refusal.Invalid, "chain.unreadable", lang.T("文件读不懂："+err.Error(), "The files cannot be read: "+err.Error())).
			Mend(lang.T("请用本系统导出的表头", "Use the columns of our own export"))
	}
	p, err := s.cases.Current(ctx)
	for _, name := range slices.Sorted(maps.Keys(in.Books)) {
		if err != nil {
			break
		}
		var x chain.Map
		x, err = readChainBook(in.Books[name], there, p)
		m.Nodes, m.Edges, m.Supplies = append(m.Nodes, x.Nodes...), append(m.Edges, x.Edges...), append(m.Supplies, x.Supplies...)
	}
	return m, err
}

// chainTry says whether the map would hold with what is new in it.
func (s *Server) chainTry(ctx context.Context, m, there chain.Map) error {
	p, err := s.cases.Current(ctx)
	if err != nil {
		return err
	}
	for k := range m.Nodes {
		if err := knownChains(p, &m.Nodes[k]); err != nil {
			return err
		}
	}
	_, err = chain.Build(there.With(m))
	return err
}

// chainNodes finds what a field of type node offers.
func (s *Server) chainNodes(ctx context.Context, who identity.Actor, in *chainNodesQuery) ([]NodeItem, error) {
	p, err := s.cases.Current(ctx)
	if err != nil {
		return nil, err
	}
	staff, stands := isStaff(who), func(n *chain.Node) []string {
		if in.List == "" {
			return n.Chains
		}
		return p.OnList(in.List, n.Chains)
	}
	take := func(n *chain.Node) bool {
		at := stands(n)
		return (staff || n.Public) && (in.List == "" || len(at) > 0) && (in.Chain == "" || slices.Contains(at, in.Chain))
	}
	out := []NodeItem{}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		var list []chain.Node
		if in.ID == "" {
			list, err = chain.FindNodes(tx, in.Q, take, in.Limit)
		} else if n, found, wrong := chain.GetNode(tx, in.ID); found && (staff || n.Public) {
			list = []chain.Node{n}
		} else {
			err = wrong
		}
		for _, n := range list {
			out = append(out, NodeItem{n.ID, n.Name, append([]string{}, stands(&n)...), n.Stage})
		}
		return err
	})
	return out, err
}

// nodeTitles are what the nodes are called by which a figure is broken down.
func (s *Server) nodeTitles(tx *store.Tx, b figure.Breakdown, dim string, titles map[string]lang.Text) error {
	at := slices.Index(b.Dims, dim)
	if at < 0 {
		return nil
	}
	for _, part := range b.Parts {
		n, found, err := chain.GetNode(tx, part.Keys[at])
		if err != nil {
			return err
		}
		if found {
			titles[dim+"/"+n.ID] = n.Name
		}
	}
	return nil
}
