package portfolio

import (
	"context"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/portfolio/zeroone"
)

// LimitCost is what one limit costs the plan.
type LimitCost struct {
	ID   string    `json:"id"`
	Name lang.Text `json:"name"`
	Kind string    `json:"kind"`
	// Gain is what the best plan would be worth more if this limit alone were given up; AtMost what it can be worth more at most. They are
	// equal when both plans are proved.
	Gain   int64 `json:"gain"`
	AtMost int64 `json:"at_most"`
	// Next is, for a budget, what the plan would be worth more with so much more money in it.
	Next []NextMoney `json:"next,omitempty"`
}

// NextMoney is what more money in one budget would bring.
type NextMoney struct {
	More   money.Fen `json:"more"`
	Gain   int64     `json:"gain"`
	Exact  bool      `json:"exact"`
	Chosen []string  `json:"chosen"` // who comes in
	Gone   []string  `json:"gone"`   // who goes out
}

// Costs says what each limit costs, and what each budget's next money (more, several amounts) would bring, by solving each anew.
func Costs(ctx context.Context, q *Question, p *Plan, more []money.Fen, o Options) ([]LimitCost, error) {
	o = o.withDefaults()
	m, err := modelOf(q)
	if err != nil {
		return nil, err
	}
	kept := slices.Repeat([]bool{true}, len(m.limits))
	start := m.start(p)
	list := make([]LimitCost, 0, len(m.limits))
	for i := range m.limits {
		l := &m.limits[i]
		c := LimitCost{ID: l.id, Name: l.name, Kind: l.kind}
		kept[i] = false
		a, err := zeroone.Solve(ctx, m.without(kept, m.p.Values), zeroone.Options{Work: o.Smaller, Start: start, Quick: true})
		kept[i] = true
		if err != nil {
			return nil, err
		}
		c.Gain, c.AtMost = max(a.Value-p.Value, 0), max(a.Bound-p.Value, 0)
		if l.kind == "budget" {
			for _, f := range more {
				n, err := m.next(ctx, l, p, start, f, o)
				if err != nil {
					return nil, err
				}
				c.Next = append(c.Next, n)
			}
		}
		list = append(list, c)
	}
	return list, ctx.Err()
}

// next solves with more money in one budget.
func (m *model) next(ctx context.Context, l *limit, p *Plan, start []bool, more money.Fen, o Options) (NextMoney, error) {
	rows := slices.Clone(m.p.Rows)
	rows[l.rows[0]].Hi += int64(more)
	a, err := zeroone.Solve(ctx, &zeroone.Problem{Values: m.p.Values, Rows: rows}, zeroone.Options{Work: o.Smaller, Start: start, Quick: true})
	if err != nil {
		return NextMoney{}, err
	}
	n := NextMoney{More: more, Gain: max(a.Value-p.Value, 0), Exact: a.Proved && p.Proved, Chosen: []string{}, Gone: []string{}}
	d := Compare(p, m.plan(a))
	for _, c := range d.In {
		n.Chosen = append(n.Chosen, c.Candidate)
	}
	for _, c := range d.Out {
		n.Gone = append(n.Gone, c.Candidate)
	}
	return n, nil
}

// Difference is what changed from one plan to another.
type Difference struct {
	In    []Award   `json:"in"`
	Out   []Award   `json:"out"`
	Moved []Award   `json:"moved"` // the same candidate at another lot: as it is now
	Value int64     `json:"value"`
	Spent money.Fen `json:"spent"`
}

// Compare says how b differs from a.
func Compare(a, b *Plan) Difference {
	d := Difference{In: []Award{}, Out: []Award{}, Moved: []Award{}, Value: b.Value - a.Value, Spent: b.Spent - a.Spent}
	lot := map[string]int{}
	for _, c := range a.Chosen {
		lot[c.Candidate] = c.Lot
	}
	for _, c := range b.Chosen {
		was, had := lot[c.Candidate]
		switch {
		case !had:
			d.In = append(d.In, c)
		case was != c.Lot:
			d.Moved = append(d.Moved, c)
		}
		delete(lot, c.Candidate)
	}
	for _, c := range a.Chosen {
		if _, gone := lot[c.Candidate]; gone {
			d.Out = append(d.Out, c)
		}
	}
	return d
}
