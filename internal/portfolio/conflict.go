package portfolio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/refusal"
)

// Conflict is a set of limits that cannot all be kept, none of which is superfluous in it: without any one of them the others could be.
type Conflict struct {
	Limits []WayOut `json:"limits"`
	// Sure is false when the time did not suffice to show that each of them is needed.
	Sure bool `json:"sure"`
}

// WayOut is one limit of a conflict, and the way out through it.
type WayOut struct {
	ID   string    `json:"id"`
	Name lang.Text `json:"name"`
	Kind string    `json:"kind"`
	Unit string    `json:"unit"`
	// Alone tells whether loosening this one limit is enough; Needed is what its upper (lower) limit would have to be then, nil where it
	// can only be given up.
	Alone  bool   `json:"alone"`
	Upper  bool   `json:"upper"`
	Asked  int64  `json:"asked"`
	Needed *int64 `json:"needed,omitempty"`
}

// Error is the conflict as one sentence.
func (c *Conflict) Error() string { return c.refusal().Error() }

// Unwrap is the conflict as a refusal with its ways out.
func (c *Conflict) Unwrap() error { return c.refusal() }

func (c *Conflict) refusal() *refusal.Refusal {
	var zh, en, wayZH, wayEN []string
	for _, w := range c.Limits {
		zh, en = append(zh, "“"+w.Name.ZH+"”"), append(en, "“"+w.Name.In(lang.EN)+"”")
		switch {
		case !w.Alone:
		case w.Needed == nil:
			wayZH, wayEN = append(wayZH, "取消“"+w.Name.ZH+"”"), append(wayEN, "give up “"+w.Name.In(lang.EN)+"”")
		default:
			wayZH = append(wayZH, fmt.Sprintf("把“%s”由%s改为%s", w.Name.ZH, amount(w.Asked, w.Unit), amount(*w.Needed, w.Unit)))
			wayEN = append(wayEN, fmt.Sprintf("change “%s” from %s to %s", w.Name.In(lang.EN), amount(w.Asked, w.Unit), amount(*w.Needed, w.Unit)))
		}
	}
	r := refusal.New(refusal.Insufficient, "portfolio.contradiction", lang.T(
		"没有方案能同时满足这些限制："+strings.Join(zh, "、"), "No plan can keep all of these limits: "+strings.Join(en, ", ")))
	if len(wayZH) > 0 {
		r.Mend(lang.T("可以任选其一："+strings.Join(wayZH, "；"), "Any one of these is enough: "+strings.Join(wayEN, "; ")))
	} else {
		r.Mend(lang.T("需要同时放宽其中多项", "Several of them must be loosened together"))
	}
	return r
}

// amount writes a number of a limit's unit.
func amount(v int64, unit string) string {
	switch unit {
	case "fen":
		return money.Fen(v).String()
	case "ppm":
		return fmt.Sprintf("%d.%04d%%", v/10_000, v%10_000)
	}
	return fmt.Sprint(v)
}

// ConflictOf finds the conflict in an error of Choose, nil when it is another.
func ConflictOf(err error) *Conflict {
	c, _ := errors.AsType[*Conflict](err)
	return c
}

// contradiction finds a smallest set of limits that cannot be kept, by leaving out one after another (deletion filter, Chinneck and Dravnieks
// 1991), and what each of them would have to be.
func (m *model) contradiction(ctx context.Context, o Options) *Conflict {
	kept := make([]bool, len(m.limits))
	for i := range kept {
		kept[i] = true
	}
	c := &Conflict{Sure: true}
	for i := range m.limits {
		kept[i] = false
		possible, sure := m.possible(ctx, kept, o)
		if possible || !sure {
			kept[i] = true
			c.Sure = c.Sure && sure
		}
	}
	all := slices.Repeat([]bool{true}, len(m.limits))
	for i := range m.limits {
		if kept[i] {
			all[i] = false
			c.Limits = append(c.Limits, m.way(ctx, i, all, o))
			all[i] = true
		}
	}
	return c
}

// without is the model's problem with only these limits, and values of one's own.
func (m *model) without(kept []bool, values []int64) *zeroone.Problem {
	out := map[int]bool{}
	for i, l := range m.limits {
		if !kept[i] {
			for _, r := range l.rows {
				out[r] = true
			}
		}
	}
	p := &zeroone.Problem{Values: values}
	for i, r := range m.p.Rows {
		if !out[i] {
			p.Rows = append(p.Rows, r)
		}
	}
	return p
}

func (m *model) possible(ctx context.Context, kept []bool, o Options) (possible, sure bool) {
	a, err := zeroone.Solve(ctx, m.without(kept, make([]int64, len(m.item))), zeroone.Options{Work: o.Smaller, Quick: true})
	if err != nil {
		return false, false
	}
	return a.X != nil, a.X != nil || a.Proved
}

// way says what a limit would have to be for all the others to be kept.
func (m *model) way(ctx context.Context, i int, others []bool, o Options) WayOut {
	l := &m.limits[i]
	w := WayOut{ID: l.id, Name: l.name, Kind: l.kind, Unit: l.unit}
	w.Alone, _ = m.possible(ctx, others, o)
	if !w.Alone || (l.kind != "budget" && l.kind != "quota") || l.unit == "ppm" {
		return w
	}
	r := &m.p.Rows[l.rows[0]]
	reach := func(sign, lo, hi int64) (int64, bool) { // the other side of the limit stays
		values := make([]int64, len(m.item))
		for k, j := range r.Items {
			values[j] = sign * r.Coef[k]
		}
		p := m.without(others, values)
		p.Rows = append(p.Rows, zeroone.Row{Lo: lo, Hi: hi, Items: r.Items, Coef: r.Coef})
		a, err := zeroone.Solve(ctx, p, zeroone.Options{Work: o.Smaller, Quick: true})
		if err != nil || a.X == nil {
			return 0, false
		}
		return sign * a.Value, true
	}
	spent := int64(0)
	if l.kind == "budget" {
		spent = *l.most - r.Hi
	}
	if l.most != nil {
		if need, ok := reach(-1, r.Lo, zeroone.None); ok && need > r.Hi {
			need += spent
			w.Upper, w.Asked, w.Needed = true, *l.most, &need
			return w
		}
	}
	if l.least != nil {
		if need, ok := reach(1, -zeroone.None, r.Hi); ok && need < r.Lo {
			w.Asked, w.Needed = *l.least, &need
		}
	}
	return w
}
