package policy

import (
	"maps"
	"slices"

	"kechuang/internal/lang"
)

// Overview is what the cockpit shows beside the figures themselves: chains by risk, money by stage and source, and the way from need to output.
// It names figures; what they come to is theirs.
type Overview struct {
	Chains  *ChainsView    `json:"chains,omitempty"`
	Sources []NamedTitle   `json:"sources,omitempty"` // of money, in their order
	Money   []MoneyStage   `json:"money,omitempty"`
	Flow    []OverviewStep `json:"flow,omitempty"`
	Nodes   []NodeLead     `json:"nodes,omitempty"` // where the nodes of chain maps lead
}

// NodeLead is where a node of a chain map leads: to the records of a kind, or the cases of a mechanism, that name it.
type NodeLead struct {
	NamedTitle
	Kind      string `json:"kind,omitempty"`
	Mechanism string `json:"mechanism,omitempty"`
	Pos       Pos    `json:"-"`
}

// ChainsView says by which figures chains are compared: what is open of a chain is what was listed and is not closed yet.
type ChainsView struct {
	Taxonomy string   `json:"taxonomy"` // also the dimension by which the figures are broken down
	Dim      string   `json:"dim"`
	Groups   string   `json:"groups,omitempty"` // a taxonomy whose maps say which codes belong together
	Listed   string   `json:"listed"`
	Closed   string   `json:"closed"`
	Beside   []string `json:"beside,omitempty"`
}

// NamedTitle is a name with its title.
type NamedTitle struct {
	Name  string    `json:"name"`
	Title lang.Text `json:"title"`
}

// MoneyStage is a stage at which money enters, with a figure for each source that has one.
type MoneyStage struct {
	NamedTitle
	Figures map[string]string `json:"figures"` // source → figure
}

// OverviewStep is one stage on the way from need to output.
type OverviewStep struct {
	NamedTitle
	Figure string `json:"figure"`
}

// loadOverview reads overview.yaml.
func (l *loader) loadOverview() {
	for _, e := range l.gather("overview", false) {
		switch e.name {
		case "chains":
			t := l.table(e.value, "taxonomy", "dim", "groups", "listed", "closed", "beside")
			l.pack.Overview.Chains = &ChainsView{Taxonomy: t.need("taxonomy"), Dim: t.need("dim"), Groups: t.text("groups"), Listed: t.need("listed"), Closed: t.need("closed"), Beside: t.names("beside")}
			l.later(func() { l.checkChainsView(t) })
		case "sources":
			for _, x := range l.entries(e.value).list {
				l.pack.Overview.Sources = append(l.pack.Overview.Sources, NamedTitle{x.name, l.both(x.value)})
			}
		case "money":
			for _, x := range l.entries(e.value).list {
				l.moneyStage(x)
			}
		case "flow":
			for _, x := range l.entries(e.value).list {
				t := l.table(x.value, "zh", "en", "figure")
				s := OverviewStep{NamedTitle{x.name, t.title()}, t.need("figure")}
				l.overviewFigure(t, "figure", s.Figure)
				l.pack.Overview.Flow = append(l.pack.Overview.Flow, s)
			}
		case "nodes":
			for _, x := range l.entries(e.value).list {
				l.nodeLead(x)
			}
		default:
			l.problem(e.key, "unknown_key", lang.T("这里不认识“"+e.name+"”", "“"+e.name+"” is not known here"), meant(e.name, []string{"chains", "sources", "money", "flow", "nodes"}))
		}
	}
}

func (l *loader) nodeLead(x entry) {
	t := l.table(x.value, "zh", "en", "kind", "mechanism")
	lead := NodeLead{NamedTitle{x.name, t.title()}, t.text("kind"), t.text("mechanism"), x.key.pos()}
	if (lead.Kind == "") == (lead.Mechanism == "") {
		l.finding(lead.Pos, "node_lead", lang.T("登记种类（kind）和机制（mechanism）写一个，且只写一个", "say one of kind and mechanism"), lang.Text{})
	}
	l.pack.Overview.Nodes = append(l.pack.Overview.Nodes, lead)
}

// checkNodes looks for the kinds and mechanisms to which nodes lead, once all are loaded.
func (l *loader) checkNodes() {
	var mechanisms []string
	for _, m := range l.pack.Mechanisms {
		mechanisms = append(mechanisms, m.Name)
	}
	for _, n := range l.pack.Overview.Nodes {
		if n.Kind != "" && l.pack.Kinds[n.Kind] == nil {
			l.unknown(n.Pos, "unknown_kind", "登记种类", "kind of record", n.Kind, keys(l.pack.Kinds))
		}
		if n.Mechanism != "" && !slices.Contains(mechanisms, n.Mechanism) {
			l.unknown(n.Pos, "unknown_mechanism", "机制", "mechanism", n.Mechanism, mechanisms)
		}
	}
}

func (l *loader) moneyStage(x entry) {
	words := []string{"zh", "en"}
	for _, s := range l.pack.Overview.Sources {
		words = append(words, s.Name)
	}
	t := l.table(x.value, words...)
	s := MoneyStage{NamedTitle{x.name, t.title()}, map[string]string{}}
	for _, source := range words[2:] {
		if name := t.text(source); name != "" {
			s.Figures[source] = name
			l.overviewFigure(t, source, name)
		}
	}
	l.pack.Overview.Money = append(l.pack.Overview.Money, s)
}

func (l *loader) overviewFigure(t table, word, name string) {
	if l.pack.Figures[name] == nil {
		l.unknown(t.pos(word), "unknown_figure", "指标", "figure", name, slices.Sorted(maps.Keys(l.pack.Figures)))
	}
}

func (l *loader) checkChainsView(t table) {
	v := l.pack.Overview.Chains
	for _, word := range []string{"taxonomy", "groups"} {
		if name := t.text(word); name != "" && l.pack.Taxonomies[name] == nil {
			l.unknown(t.pos(word), "unknown_taxonomy", "分类", "taxonomy", name, keys(l.pack.Taxonomies))
		}
	}
	for _, name := range append([]string{v.Listed, v.Closed}, v.Beside...) {
		f := l.pack.Figures[name]
		if f == nil {
			l.unknown(t.pos("listed"), "unknown_figure", "指标", "figure", name, keys(l.pack.Figures))
		} else if !slices.ContainsFunc(f.Breakdown, func(d FigureDim) bool { return d.Name == v.Dim }) {
			l.finding(t.pos("dim"), "missing_dim", lang.T("指标“"+name+"”没有按“"+v.Dim+"”分组", "the figure “"+name+"” is not broken down by “"+v.Dim+"”"), lang.Text{})
		}
	}
}
