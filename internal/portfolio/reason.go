package portfolio

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/portfolio/zeroone"
)

// Reason says why a candidate is in the plan or not.
type Reason struct {
	Candidate string `json:"candidate"`
	Chosen    bool   `json:"chosen"`
	Lot       int    `json:"lot,omitempty"`
	// By is what the plan's value falls by when the decision on this candidate is turned over and the rest chosen anew: without it, when it is
	// chosen; with it, when not. So it is also how many more points an unchosen one would need. Exact tells whether both are proved;
	// otherwise By is what was found, and the truth is at least AtLeast.
	By      int64 `json:"by"`
	AtLeast int64 `json:"at_least"`
	Exact   bool  `json:"exact"`
	// Impossible: turned over, no plan keeps within the limits (it is promised, pinned, too large, excluded …).
	Impossible bool `json:"impossible,omitempty"`
	Unknown    bool `json:"unknown,omitempty"` // the time did not suffice to turn it over
	// Score is the candidate's own value at its best lot, and Prices what that lot uses up of each limit at the limit's price, largest first:
	// a score below the sum of its prices is why it is not chosen.
	Score  int64     `json:"score"`
	Prices []Price   `json:"prices,omitempty"`
	Text   lang.Text `json:"text"`
}

// Price is what a lot uses of a limit, in points of value.
type Price struct {
	Limit  string `json:"limit"`
	Points int64  `json:"points"`
}

// Reasons gives the reason for each candidate, in the order of the question. Each is a question of its own, answered exactly where it can be.
func Reasons(ctx context.Context, q *Question, p *Plan, o Options) ([]Reason, error) {
	o = o.withDefaults()
	m, err := modelOf(q)
	if err != nil {
		return nil, err
	}
	start := m.start(p)
	root, err := zeroone.Solve(ctx, m.p, zeroone.Options{Work: 1, Start: start})
	if err != nil {
		return nil, err
	}
	list := make([]Reason, 0, len(q.Candidates))
	for i := range q.Candidates {
		r, err := m.reason(ctx, i, start, p, &root.Root, o)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, ctx.Err()
}

// reason turns the decision on one candidate over.
func (m *model) reason(ctx context.Context, i int, start []bool, p *Plan, root *zeroone.Certificate, o Options) (Reason, error) {
	c := &m.q.Candidates[i]
	r := Reason{Candidate: c.ID}
	item := m.first[i]
	for l := range c.Lots {
		if start[m.first[i]+l] {
			r.Chosen, r.Lot, item = true, l+1, m.first[i]+l
		}
	}
	if !r.Chosen {
		for l := range c.Lots {
			if m.left(m.first[i]+l, root) > m.left(item, root) {
				item = m.first[i] + l
			}
		}
	}
	r.Score = m.p.Values[item]
	r.Prices = m.prices(item, root)
	row := m.row(1, zeroone.None, m.among([]string{c.ID}, 1))
	if r.Chosen {
		row.Lo, row.Hi = -zeroone.None, 0
	}
	turned := &zeroone.Problem{Values: m.p.Values, Rows: append(slices.Clip(m.p.Rows), row)}
	a, err := zeroone.Solve(ctx, turned, zeroone.Options{Work: o.Smaller, Start: m.repaired(start, i, r.Chosen), Quick: true})
	if err != nil {
		return r, err
	}
	switch {
	case a.X == nil && a.Proved:
		r.Impossible, r.Exact = true, true
	case a.X == nil:
		r.Unknown = true
	default:
		r.By, r.AtLeast = max(p.Value-a.Value, 0), max(p.Value-a.Bound, 0)
		r.Exact = a.Proved && p.Proved
	}
	r.Text = m.say(&r)
	return r, nil
}

// repaired is the plan without a candidate that was in it: a choice to begin with. Where one is to come in there is none at hand.
func (m *model) repaired(start []bool, i int, chosen bool) []bool {
	if !chosen {
		return nil
	}
	x := slices.Clone(start)
	for l := range m.q.Candidates[i].Lots {
		x[m.first[i]+l] = false
	}
	return x
}

// left is an item's value less what it uses at the root's prices.
func (m *model) left(item int, root *zeroone.Certificate) int64 {
	v := m.p.Values[item]
	for _, x := range m.prices(item, root) {
		v -= x.Points
	}
	return v
}

// prices is what an item uses of each limit at the root's prices.
func (m *model) prices(item int, root *zeroone.Certificate) []Price {
	var list []Price
	for _, l := range m.limits {
		points := 0.0
		for _, i := range l.rows {
			r := &m.p.Rows[i]
			if k, ok := slices.BinarySearch(r.Items, int32(item)); ok {
				points += float64(root.Prices[i]) / float64(int64(1)<<root.Shift) * float64(r.Coef[k])
			}
		}
		if v := int64(points); v != 0 {
			list = append(list, Price{l.id, v})
		}
	}
	slices.SortStableFunc(list, func(a, b Price) int { return cmp.Compare(b.Points, a.Points) })
	return list
}

// say puts the reason into words.
func (m *model) say(r *Reason) lang.Text {
	most, mostEN := "", ""
	if len(r.Prices) > 0 && r.Prices[0].Points > 0 {
		for _, l := range m.limits {
			if l.id == r.Prices[0].Limit {
				most, mostEN = "，占用最多的是“"+l.name.ZH+"”", "; what it uses most of is “"+l.name.In(lang.EN)+"”"
			}
		}
	}
	about, aboutEN, by := "", "", points(r.By, m.q.Scale)
	if !r.Exact {
		about, aboutEN = "至多", "at most "
	}
	switch {
	case r.Impossible && r.Chosen:
		return lang.T("入选：去掉它就无法满足全部限制", "Chosen: without it the limits cannot be kept")
	case r.Impossible:
		return lang.T("未入选：选它就无法满足全部限制", "Not chosen: with it the limits cannot be kept")
	case r.Unknown:
		return lang.T("在规定时间内没有算出", "Not found out in time")
	case r.Chosen && r.By == 0:
		return lang.T("入选：不选它也有总分相同的方案", "Chosen: there are plans without it that are worth the same")
	case r.Chosen:
		return lang.T(fmt.Sprintf("入选：去掉它，重新选出的方案总分%s少 %s 分", about, by), fmt.Sprintf("Chosen: the best plan without it is worth %s%s points less", aboutEN, by))
	case r.By == 0:
		return lang.T("未入选：选它也有总分相同的方案", "Not chosen: there are plans with it that are worth the same")
	}
	return lang.T(fmt.Sprintf("未入选：%s差 %s 分%s", about, by, most), fmt.Sprintf("Not chosen: short of it by %s%s points%s", aboutEN, by, mostEN))
}

// points writes a value in units of scale, with at most two decimals.
func points(v, scale int64) string {
	scale = max(scale, 1)
	s := fmt.Sprint(v / scale)
	if rest := v % scale * 100 / scale; rest != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%02d", rest), "0")
	}
	return s
}
