package chain

import (
	"cmp"
	"fmt"
	"slices"

	"kechuang/internal/lang"
)

// Rules are the pack's: what counts how much, and where home is. Weights are ppm and need not sum to a million; the score is divided by their sum.
type Rules struct {
	Home string `json:"home"` // country, "" where nobody's view is taken: then foreign and substitute do not count

	Concentration int64 `json:"concentration"`
	Foreign       int64 `json:"foreign"`
	Reach         int64 `json:"reach"`
	Substitute    int64 `json:"substitute"`
	Maturity      int64 `json:"maturity"`

	Nearly int64 `json:"nearly"` // ppm from which one holds nearly all of the supply
	Halt   int64 `json:"halt"`   // ppm of the supply that a node cannot lose
	Enough int64 `json:"enough"` // ppm of the supply from which home is said to deliver
	High   int64 `json:"high"`   // score from which the risk is high …
	Middle int64 `json:"middle"` // … and from which it is middling
}

// ReadRules takes the rules from a pack's parameters: chain_concentration and so on, each a share in ppm. home is the country of the pack.
func ReadRules(home string, ppm func(name string) (int64, bool)) (Rules, error) {
	r := Rules{Home: home}
	for _, p := range []struct {
		name string
		to   *int64
	}{
		{"concentration", &r.Concentration}, {"foreign", &r.Foreign}, {"reach", &r.Reach}, {"substitute", &r.Substitute}, {"maturity", &r.Maturity},
		{"nearly", &r.Nearly}, {"halt", &r.Halt}, {"enough", &r.Enough},
		{"high", &r.High}, {"middle", &r.Middle},
	} {
		v, ok := ppm("chain_" + p.name)
		if !ok {
			return r, fmt.Errorf("chain: the pack has no share chain_%s", p.name)
		}
		*p.to = v
	}
	return r, nil
}

// ScorePart is one part of a score, with what it is made of.
type ScorePart struct {
	Name   string    `json:"name"`
	Value  int64     `json:"value"`  // ppm of the worst there can be
	Weight int64     `json:"weight"` // ppm of the score
	Points int64     `json:"points"` // ppm: value × weight
	Known  bool      `json:"known"`  // false: there is no data, and it counts nothing
	Why    lang.Text `json:"why"`
}

// Assessment is one node's.
type Assessment struct {
	Node   string        `json:"node"`
	Score  int64         `json:"score"` // ppm
	Risk   string        `json:"risk"`  // high, middle, low; unknown without data on supply
	Parts  []ScorePart   `json:"parts"`
	Supply Concentration `json:"supply"`
	Reach  int           `json:"reach"`       // nodes that fail with it
	Exact  bool          `json:"reach_exact"` // false: at least so many
	// Ladder says how far a substitute from home is: 0 home delivers; 1 home delivers what can stand in; 2 home delivers little; 3 somebody works on
	// it; 4 nothing is known; −1 without data.
	Ladder int `json:"ladder"`
	// Held tells whether one country or firm holds nearly all of the supply; Abroad whether that is not home.
	Held   bool     `json:"held"`
	Abroad bool     `json:"abroad"`
	Blocks []string `json:"blocks,omitempty"` // what fails with it, nearest first, of the worst nodes only
}

// Analysis is a whole chain's.
type Analysis struct {
	Nodes     []Assessment `json:"nodes"` // worst first
	Countries []Loss       `json:"countries"`
	Cycles    [][]string   `json:"cycles"`
	Cuts      []string     `json:"cuts"`
	Finals    []Final      `json:"finals"`
}

// Final is something that the chain is there for, and what every way to it passes through.
type Final struct {
	Node   string   `json:"node"`
	Single []string `json:"single"`
}

// most of the lists that an analysis gives whole.
const (
	mostBlocks = 100 // nodes that say what they block …
	mostNamed  = 200 // … by so many names, nearest first
	mostFinals = 20
)

// Analyse assesses every node, worst first.
func Analyse(g *Graph, r Rules) *Analysis {
	a := &Analysis{Cycles: g.Cycles(), Cuts: g.CutNodes(), Countries: []Loss{}, Finals: []Final{}}
	reach, exact := g.Reach()
	holding := map[string]bool{}
	for k := range g.Map.Nodes {
		x := g.assess(k, reach[k], exact[k], &r)
		for _, c := range x.Supply.Countries {
			if c.Name != "" && c.PPM > r.Halt {
				holding[c.Name] = true
			}
		}
		a.Nodes = append(a.Nodes, x)
	}
	slices.SortStableFunc(a.Nodes, func(x, y Assessment) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(y.Reach, x.Reach), cmp.Compare(x.Node, y.Node))
	})
	s := &Scratch{}
	for k := range a.Nodes[:min(mostBlocks, len(a.Nodes))] {
		for _, v := range g.Fails([]int{g.at[a.Nodes[k].Node]}, s) {
			if len(a.Nodes[k].Blocks) < mostNamed {
				a.Nodes[k].Blocks = append(a.Nodes[k].Blocks, g.Map.Nodes[v].ID)
			}
		}
	}
	for c := range holding {
		a.Countries = append(a.Countries, g.Blackout(c, r.Halt))
	}
	slices.SortFunc(a.Countries, func(x, y Loss) int {
		return cmp.Or(cmp.Compare(len(y.Direct)+len(y.Follows), len(x.Direct)+len(x.Follows)), cmp.Compare(x.Country, y.Country))
	})
	idom := g.dominators()
	for k, final := range g.final {
		if final && len(a.Finals) < mostFinals {
			a.Finals = append(a.Finals, Final{g.Map.Nodes[k].ID, g.single(idom, k)})
		}
	}
	return a
}

// assess makes the parts of one node's score.
func (g *Graph) assess(k, reach int, exact bool, r *Rules) Assessment {
	n := &g.Map.Nodes[k]
	x := Assessment{Node: n.ID, Supply: g.Concentration(k), Reach: reach, Exact: exact, Ladder: -1}
	top := x.Supply.Top()
	home := x.Supply.from(r.Home)
	x.Held = r.Nearly > 0 && top.PPM >= r.Nearly
	x.Abroad = x.Held && r.Home != "" && home < r.Nearly
	x.Parts = append(x.Parts, g.concentrationPart(&x, top, r))
	if r.Home != "" {
		x.Parts = append(x.Parts, ScorePart{Name: "foreign", Weight: r.Foreign, Known: x.Supply.Known, Value: flag(x.Supply.Known) * (1_000_000 - home),
			Why: lang.T("国内份额 "+percent(home), "share of home "+percent(home))})
	}
	others := int64(max(len(g.Map.Nodes)-1, 1))
	x.Parts = append(x.Parts, ScorePart{Name: "reach", Weight: r.Reach, Known: true, Value: int64(reach) * 1_000_000 / others,
		Why: lang.T(fmt.Sprintf("断供会使其余 %d 个节点中的 %d 个停下", others, reach), fmt.Sprintf("stops %d of the other %d nodes", reach, others))})
	if r.Home != "" {
		if x.Supply.Known {
			x.Ladder = g.ladder(k, home, r)
		}
		x.Parts = append(x.Parts, ScorePart{Name: "substitute", Weight: r.Substitute, Known: x.Ladder >= 0, Value: int64(max(x.Ladder, 0)) * 250_000, Why: rungs[x.Ladder+1]})
	}
	p := ScorePart{Name: "maturity", Weight: r.Maturity, Known: n.TRL > 0 && n.Target > 0, Why: lang.T("未填技术成熟度", "readiness is not stated")}
	if p.Known {
		p.Value = int64(max(n.Target-n.TRL, 0)) * 125_000
		p.Why = lang.T(fmt.Sprintf("技术成熟度 %d 级，目标 %d 级", n.TRL, n.Target), fmt.Sprintf("readiness %d, wanted %d", n.TRL, n.Target))
	}
	x.Parts = append(x.Parts, p)
	x.total()
	switch {
	case !x.Supply.Known:
		x.Risk = "unknown"
	case x.Score >= r.High:
		x.Risk = "high"
	case x.Score >= r.Middle:
		x.Risk = "middle"
	default:
		x.Risk = "low"
	}
	return x
}

func (g *Graph) concentrationPart(x *Assessment, top Holding, r *Rules) ScorePart {
	p := ScorePart{Name: "concentration", Weight: r.Concentration, Known: x.Supply.Known, Value: max(x.Supply.CountryHHI, x.Supply.FirmHHI)}
	switch {
	case !p.Known:
		p.Why = lang.T("没有供应数据", "no data on supply")
	case x.Supply.Estimated:
		p.Why = lang.T("最大供应方 "+top.Name+" 约 "+percent(top.PPM)+"（份额未公布，按平均估计）", "largest supplier "+top.Name+", about "+percent(top.PPM)+" (shares not stated, taken as equal)")
	default:
		p.Why = lang.T("最大供应方 "+top.Name+" "+percent(top.PPM), "largest supplier "+top.Name+", "+percent(top.PPM))
	}
	return p
}

// total weighs the parts. Points sum to the score exactly.
func (x *Assessment) total() {
	sum := int64(0)
	for _, p := range x.Parts {
		sum += p.Weight
	}
	if sum == 0 {
		return
	}
	for k := range x.Parts {
		p := &x.Parts[k]
		p.Points = p.Value * p.Weight / sum
		x.Score += p.Points
	}
}

var rungs = []lang.Text{
	lang.T("没有供应数据", "no data on supply"), lang.T("国内有供应", "home delivers"), lang.T("国内有可替代的产品", "home delivers what can stand in"),
	lang.T("国内只有少量供应", "home delivers little"), lang.T("有单位在研", "somebody works on it"), lang.T("没有已知的替代", "nothing known can stand in"),
}

// ladder is how far a substitute from home is.
func (g *Graph) ladder(k int, home int64, r *Rules) int {
	if home >= max(r.Enough, 1) {
		return 0
	}
	for _, w := range g.standIns[k] {
		c := g.Concentration(int(w))
		if c.from(r.Home) >= max(r.Enough, 1) {
			return 1
		}
	}
	little := home > 0 || slices.ContainsFunc(g.supplies[k], func(i int32) bool { return g.Map.Supplies[i].Country == r.Home })
	switch {
	case little:
		return 2
	case g.research[k] > 0:
		return 3
	}
	return 4
}

func (g *Graph) single(idom []int32, target int) []string {
	list := []string{}
	for v := idom[target]; v >= 0 && v != int32(len(g.Map.Nodes)); v = idom[v] {
		list = append(list, g.Map.Nodes[v].ID)
	}
	slices.Reverse(list)
	return list
}

func percent(ppm int64) string {
	if ppm%10_000 == 0 {
		return fmt.Sprintf("%d%%", ppm/10_000)
	}
	return fmt.Sprintf("%d.%02d%%", ppm/10_000, ppm%10_000/100)
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
