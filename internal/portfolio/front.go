package portfolio

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/refusal"
)

// Frontier is the best compromises between two aims: for each point, no plan reaches more of the one without less of the other.
type Frontier struct {
	A        string       `json:"a"`
	B        string       `json:"b"`
	Points   []Compromise `json:"points"`   // A falls, B rises
	Complete bool         `json:"complete"` // these are all there are
	Proved   bool         `json:"proved"`   // each point is proved to be one
}

// Compromise is one compromise.
type Compromise struct {
	A      int64   `json:"a"`
	B      int64   `json:"b"`
	Chosen []Award `json:"chosen"`
	Proved bool    `json:"proved"`
}

// Front finds the compromises between the scores of two aims within the question's limits, exactly (ε-constraint method, Haimes 1971): the
// most of A for at least so much of B, then the most of B for that A. Where there are more than most points, it gives as many spread over the
// range.
func Front(ctx context.Context, q *Question, a, b string, most int, o Options) (*Frontier, error) {
	o = o.withDefaults()
	for _, id := range []string{a, b} {
		if !slices.ContainsFunc(q.Aims, func(x Goal) bool { return x.ID == id }) {
			return nil, refusal.New(refusal.Invalid, "portfolio.no_such_aim", lang.T("没有目标“"+id+"”", "There is no aim “"+id+"”"))
		}
	}
	if a == b || most < 2 {
		return nil, refusal.New(refusal.Invalid, "portfolio.front", lang.T("请选择两个不同的目标，至少画两个点", "Choose two different aims and at least two points"))
	}
	free := *q // a floor would cut the front off
	free.Aims = slices.Clone(q.Aims)
	for i := range free.Aims {
		if free.Aims[i].ID == a || free.Aims[i].ID == b {
			free.Aims[i].Least = nil
		}
	}
	m, err := modelOf(&free)
	if err != nil {
		return nil, err
	}
	s := &sweep{m: m, ctx: ctx, o: o, a: m.scores(a), b: m.scores(b)}
	f := &Frontier{A: a, B: b, Points: []Compromise{}, Proved: true}
	low, ok, err := s.point(-zeroone.None)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, m.contradiction(ctx, o)
	}
	s.a, s.b = s.b, s.a
	high, _, err := s.point(-zeroone.None)
	if err != nil {
		return nil, err
	}
	high.A, high.B = high.B, high.A
	s.a, s.b = s.b, s.a
	f.Points = append(f.Points, low)
	if high.B > low.B {
		f.Points = append(f.Points, high)
		if err := s.fill(f, most, span{low.B + 1, high.B - 1}); err != nil {
			return nil, err
		}
	} else {
		f.Complete = true
	}
	slices.SortFunc(f.Points, func(x, y Compromise) int { return cmp.Compare(x.B, y.B) })
	for _, p := range f.Points {
		f.Proved = f.Proved && p.Proved
	}
	f.Complete = f.Complete && f.Proved
	return f, ctx.Err()
}

// sweep solves one point after another.
type sweep struct {
	m    *model
	ctx  context.Context
	o    Options
	a, b []int64 // scores by item
}

func (m *model) scores(aim string) []int64 {
	list := make([]int64, len(m.item))
	for k, r := range m.item {
		list[k] = m.lot(r).Scores[aim].Value
	}
	return list
}

// span is a range of B in which there may be more points.
type span struct{ from, to int64 }

// fill looks for points in the middle of the widest span that is not searched, until there are enough or no span is left.
func (s *sweep) fill(f *Frontier, most int, all span) error {
	open := []span{all}
	for tries := 0; len(open) > 0 && len(f.Points) < most && tries < 4*most; tries++ {
		k := 0
		for i, x := range open {
			if x.to-x.from > open[k].to-open[k].from {
				k = i
			}
		}
		at := open[k]
		open = slices.Delete(open, k, k+1)
		if at.from > at.to {
			tries--
			continue
		}
		floor := at.from + (at.to-at.from)/2
		p, ok, err := s.point(floor)
		if err != nil {
			return err
		}
		if ok && p.B <= at.to {
			f.Points = append(f.Points, p)
			open = append(open, span{p.B + 1, at.to})
		}
		open = append(open, span{at.from, floor - 1})
	}
	open = slices.DeleteFunc(open, func(x span) bool { return x.from > x.to })
	f.Complete = len(open) == 0
	return nil
}

// point is the most of A for at least floor of B, with the most of B for it; false when there is none.
func (s *sweep) point(floor int64) (Compromise, bool, error) {
	first, err := s.solve(s.a, s.b, floor, nil)
	if err != nil || first.X == nil {
		return Compromise{}, false, err
	}
	second, err := s.solve(s.b, s.a, first.Value, first.X)
	if err != nil || second.X == nil {
		return Compromise{}, false, err
	}
	plan := s.m.plan(second)
	p := Compromise{B: second.Value, Chosen: plan.Chosen, Proved: first.Proved && second.Proved}
	for k, in := range second.X {
		if in {
			p.A += s.a[k]
		}
	}
	return p, true, nil
}

func (s *sweep) solve(values, kept []int64, floor int64, start []bool) (*zeroone.Answer, error) {
	p := &zeroone.Problem{Values: values, Rows: slices.Clip(s.m.p.Rows)}
	if floor != -zeroone.None {
		p.Rows = append(p.Rows, s.m.rowOf(kept, floor))
	}
	a, err := zeroone.Solve(s.ctx, p, zeroone.Options{Work: s.o.Smaller, Start: start, Quick: true})
	if err != nil {
		return nil, fmt.Errorf("portfolio: a point of the front: %w", err)
	}
	return a, nil
}

// rowOf asks for at least so much of some score.
func (m *model) rowOf(score []int64, least int64) zeroone.Row {
	r := zeroone.Row{Lo: least, Hi: zeroone.None}
	for k, v := range score {
		if v != 0 {
			r.Items, r.Coef = append(r.Items, int32(k)), append(r.Coef, v)
		}
	}
	return r
}
