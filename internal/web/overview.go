package web

import (
	"cmp"
	"context"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

type (
	// OverviewFigure is a figure's value with what it is.
	OverviewFigure struct {
		Name   string    `json:"name"`
		Title  lang.Text `json:"title"`
		Unit   string    `json:"unit"`
		Period string    `json:"period"`
		Value  *int64    `json:"value"`
	}
	// OverviewChain is one chain with what is open of it.
	OverviewChain struct {
		Code   string    `json:"code"`
		Title  lang.Text `json:"title"`
		Group  string    `json:"group,omitempty"`
		Listed int64     `json:"listed"`
		Open   int64     `json:"open" doc:"listed and not closed"`
		Risk   int64     `json:"risk" doc:"open over listed, parts per million"`
		Beside []int64   `json:"beside" doc:"values of the figures beside, in their order"`
	}
	// OverviewGroup is chains that belong together.
	OverviewGroup struct {
		Code  string    `json:"code"`
		Title lang.Text `json:"title"`
		Open  int64     `json:"open"`
		Risk  int64     `json:"risk"`
	}
	// OverviewMoney is one stage of money.
	OverviewMoney struct {
		Title lang.Text         `json:"title"`
		Cells []*OverviewFigure `json:"cells" doc:"in the order of sources; null where no money of that source enters"`
	}
	// OverviewPage is what the cockpit shows beside the figures.
	OverviewPage struct {
		Day     caldate.Date        `json:"day"`
		Listed  *OverviewFigure     `json:"listed,omitempty"`
		Closed  *OverviewFigure     `json:"closed,omitempty"`
		Beside  []OverviewFigure    `json:"beside"`
		Chains  []OverviewChain     `json:"chains" doc:"most open first"`
		Groups  []OverviewGroup     `json:"groups" doc:"most open first"`
		Sources []policy.NamedTitle `json:"sources"`
		Money   []OverviewMoney     `json:"money"`
		Flow    []OverviewFlow      `json:"flow"`
		Missed  []casework.Missed   `json:"missed" doc:"now, whatever the day"`
	}
	// OverviewFlow is one stage on the way from need to output.
	OverviewFlow struct {
		Title  lang.Text      `json:"title"`
		Figure OverviewFigure `json:"figure"`
	}
)

func (s *Server) overviewRoutes() {
	handle(s, route{method: "GET", path: "/api/overview", id: "overview", tell: "The cockpit beside its figures: chains by risk, money by stage and source, from need to output, deadlines missed", access: counters},
		func(ctx context.Context, _ identity.Actor, in *FigureDay) (*reply[OverviewPage], error) {
			at, err := s.figureAt(in.Day, in.Known)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) (OverviewPage, error) { return s.overview(tx, at) }))
		})
}

func (s *Server) overview(tx *store.Tx, at figure.At) (p OverviewPage, err error) {
	pack := s.cases.Seen()
	v := pack.Overview
	p = OverviewPage{Day: at.Day, Beside: []OverviewFigure{}, Chains: []OverviewChain{}, Groups: []OverviewGroup{}, Sources: v.Sources, Money: []OverviewMoney{}, Flow: []OverviewFlow{}}
	if p.Sources == nil {
		p.Sources = []policy.NamedTitle{}
	}
	if v.Chains != nil {
		if err := s.overviewChains(tx, at, pack, v.Chains, &p); err != nil {
			return p, err
		}
	}
	for _, stage := range v.Money {
		m := OverviewMoney{Title: stage.Title}
		for _, source := range v.Sources {
			var cell *OverviewFigure
			if name := stage.Figures[source.Name]; name != "" {
				f, err := s.overviewFigure(tx, name, at)
				if err != nil {
					return p, err
				}
				cell = &f
			}
			m.Cells = append(m.Cells, cell)
		}
		p.Money = append(p.Money, m)
	}
	for _, step := range v.Flow {
		f, err := s.overviewFigure(tx, step.Figure, at)
		if err != nil {
			return p, err
		}
		p.Flow = append(p.Flow, OverviewFlow{step.Title, f})
	}
	p.Missed, err = s.cases.Missed(tx)
	return p, err
}

func (s *Server) overviewFigure(tx *store.Tx, name string, at figure.At) (OverviewFigure, error) {
	f := s.cases.Seen().Figures[name]
	v, err := s.cases.Book().Value(tx, name, at)
	return OverviewFigure{name, f.Title, f.Unit, string(f.Period), v.Value}, err
}

// overviewChains compares the chains, and the groups that a taxonomy makes of them.
func (s *Server) overviewChains(tx *store.Tx, at figure.At, pack *policy.Pack, v *policy.ChainsView, p *OverviewPage) error {
	by := map[string]map[string]int64{}
	for _, name := range append([]string{v.Listed, v.Closed}, v.Beside...) {
		b, err := s.cases.Book().Breakdown(tx, name, at, v.Dim)
		if err != nil {
			return err
		}
		by[name] = map[string]int64{}
		for _, part := range b.Parts {
			by[name][part.Keys[0]] = part.Value
		}
	}
	listed, err := s.overviewFigure(tx, v.Listed, at)
	if err != nil {
		return err
	}
	closed, err := s.overviewFigure(tx, v.Closed, at)
	if err != nil {
		return err
	}
	p.Listed, p.Closed = &listed, &closed
	for _, name := range v.Beside {
		f, err := s.overviewFigure(tx, name, at)
		if err != nil {
			return err
		}
		p.Beside = append(p.Beside, f)
	}
	groupOf := map[string]string{}
	if g := pack.Taxonomies[v.Groups]; g != nil {
		for _, m := range g.Maps {
			for code, chains := range m.Codes {
				for _, c := range chains {
					if m.To == v.Taxonomy {
						groupOf[c] = code
					}
				}
			}
		}
	}
	sums := map[string]*OverviewChain{}
	for _, c := range pack.Taxonomies[v.Taxonomy].Codes {
		x := OverviewChain{Code: c.Code, Title: c.Title, Group: groupOf[c.Code], Listed: by[v.Listed][c.Code], Beside: []int64{}}
		x.Open = max(x.Listed-by[v.Closed][c.Code], 0)
		x.Risk = partOf(x.Open, x.Listed)
		for _, name := range v.Beside {
			x.Beside = append(x.Beside, by[name][c.Code])
		}
		p.Chains = append(p.Chains, x)
		if x.Group != "" {
			if sums[x.Group] == nil {
				sums[x.Group] = &OverviewChain{}
			}
			sums[x.Group].Open += x.Open
			sums[x.Group].Listed += x.Listed
		}
	}
	slices.SortStableFunc(p.Chains, func(a, b OverviewChain) int { return cmp.Or(cmp.Compare(b.Open, a.Open), cmp.Compare(b.Risk, a.Risk)) })
	if g := pack.Taxonomies[v.Groups]; g != nil {
		for _, c := range g.Codes {
			if sum := sums[c.Code]; sum != nil {
				p.Groups = append(p.Groups, OverviewGroup{c.Code, c.Title, sum.Open, partOf(sum.Open, sum.Listed)})
			}
		}
	}
	slices.SortStableFunc(p.Groups, func(a, b OverviewGroup) int { return cmp.Or(cmp.Compare(b.Open, a.Open), cmp.Compare(b.Risk, a.Risk)) })
	return nil
}

// partOf is a over b in parts per million, 0 of nothing.
func partOf(a, b int64) int64 {
	if b == 0 {
		return 0
	}
	return a * 1_000_000 / b
}
