package portfolio

import (
	"cmp"
	"context"
	"math/bits"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/refusal"
)

// Choose finds the plan that is worth most. A question that is malformed, or whose limits contradict each other, is refused with
// everything that is wrong (see Conflict for the latter). When the context ends first, the best plan so far comes with its gap; when
// there is none by then, that is refused too.
func Choose(ctx context.Context, q *Question, o Options) (*Plan, error) {
	o = o.withDefaults()
	m, err := modelOf(q)
	if err != nil {
		return nil, err
	}
	a, err := zeroone.Solve(ctx, m.p, zeroone.Options{Work: o.Work})
	switch {
	case err != nil:
		return nil, err
	case a.X == nil && a.Proved:
		return nil, m.contradiction(ctx, o)
	case a.X == nil:
		return nil, refusal.New(refusal.Unavailable, "portfolio.no_time", lang.T("在规定时间内没有找到符合全部限制的方案，也没有证明不存在", "No plan within all limits was found in time, nor was it proved that there is none")).
			Mend(lang.T("请延长求解时间，或者放宽部分限制", "Allow more time, or loosen a limit"))
	}
	return m.plan(a), nil
}

// plan reads an answer.
func (m *model) plan(a *zeroone.Answer) *Plan {
	p := &Plan{Value: a.Value, Bound: a.Bound, Proved: a.Proved, Work: a.Work, taken: map[int]int{}, Chosen: []Award{}}
	for k, in := range a.X {
		if r := m.item[k]; in {
			l := m.lot(r)
			p.taken[r.candidate] = r.lot
			p.Chosen = append(p.Chosen, Award{m.q.Candidates[r.candidate].ID, r.lot + 1, l.cost(), m.p.Values[k]})
			p.Spent += l.cost()
		}
	}
	for _, aim := range m.q.Aims {
		t := AimTotal{Aim: aim.ID}
		for c, l := range p.taken {
			t.Value += m.q.Candidates[c].Lots[l].Scores[aim.ID].Value
		}
		p.Totals = append(p.Totals, t)
	}
	slices.SortStableFunc(p.Chosen, func(a, b Award) int { return cmp.Compare(b.Value, a.Value) })
	p.Digest = digest(m.q, p.Chosen)
	p.Limits = m.uses(a.X, p)
	return p
}

// start is the plan as a choice of items, to begin another search with.
func (m *model) start(p *Plan) []bool {
	x := make([]bool, len(m.item))
	for _, c := range p.Chosen {
		if i, ok := m.at[c.Candidate]; ok && c.Lot >= 1 && c.Lot <= len(m.q.Candidates[i].Lots) {
			x[m.first[i]+c.Lot-1] = true
		}
	}
	return x
}

// uses says how far each limit is used.
func (m *model) uses(x []bool, p *Plan) []LimitUse {
	list := []LimitUse{}
	for _, l := range m.limits {
		u := LimitUse{ID: l.id, Name: l.name, Kind: l.kind, Unit: l.unit, Least: l.least, Most: l.most}
		for _, i := range l.rows {
			r := &m.p.Rows[i]
			used := r.Activity(x)
			u.Used = used
			u.Tight = u.Tight || tight(r, used, x)
		}
		switch {
		case l.unit == "ppm":
			u.Used = m.share(l.id, p)
		case l.kind == "budget":
			u.Used += *l.most - m.p.Rows[l.rows[0]].Hi // what is spent already counts
		case l.kind == "dependency":
			u.Used = 0
		}
		list = append(list, u)
	}
	return list
}

// tight tells whether a row stops any change: nothing that is left would fit, or nothing that is in could go.
func tight(r *zeroone.Row, used int64, x []bool) bool {
	more, less := false, false
	for k, j := range r.Items {
		c := r.Coef[k]
		if x[j] {
			c = -c
		}
		more = more || (c > 0 && used+c > r.Hi)
		less = less || (c < 0 && used+c < r.Lo)
	}
	return more || less
}

// share of the plan's money that a quota's candidates get, in ppm, rounded down.
func (m *model) share(id string, p *Plan) int64 {
	i := slices.IndexFunc(m.q.Quotas, func(x Quota) bool { return x.ID == id })
	var in, all money.Fen
	for c, l := range p.taken {
		cost := m.q.Candidates[c].Lots[l].cost()
		all += cost
		if m.q.Quotas[i].covers(&m.q.Candidates[c]) {
			in += cost
		}
	}
	if all == 0 {
		return 0
	}
	return ppm(int64(in), int64(all))
}

// cost of a lot in all years and from all sources.
func (l *Lot) cost() money.Fen {
	sum := money.Fen(0)
	for _, c := range l.Costs {
		sum += c.Fen
	}
	return sum
}

// costs of a lot that fall under the budget.
func (b *Budget) costs(l *Lot) money.Fen {
	sum := money.Fen(0)
	for _, c := range l.Costs {
		if (len(b.Years) == 0 || slices.Contains(b.Years, c.Year)) && (len(b.Sources) == 0 || slices.Contains(b.Sources, c.Source)) {
			sum += c.Fen
		}
	}
	return sum
}

// ppm is a/b in millionths, rounded down, for 0 ≤ a and 0 < b; more than the largest int64 is that.
func ppm(a, b int64) int64 {
	hi, lo := bits.Mul64(uint64(a), 1_000_000)
	if hi >= uint64(b) {
		return 1<<63 - 1
	}
	q, _ := bits.Div64(hi, lo, uint64(b))
	return int64(min(q, 1<<63-1))
}
