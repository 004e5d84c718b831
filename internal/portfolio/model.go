package portfolio

import (
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/portfolio/zeroone"
	"kechuang/internal/refusal"
)

// model is a question as a 0/1 problem: one item a candidate and lot, one row or more a limit.
type model struct {
	q      *Question
	p      *zeroone.Problem
	item   []ref // what each item stands for
	first  []int // the first item of each candidate
	at     map[string]int
	limits []limit
}

type ref struct{ candidate, lot int }

// limit is one rule of the question and the rows that hold it.
type limit struct {
	id, kind, unit string
	name           lang.Text
	rows           []int
	least, most    *int64 // in unit, as asked
	den            int64  // rows of a share were multiplied by it
}

// modelOf checks a question and makes its model; what is malformed or too large is refused.
func modelOf(q *Question) (*model, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	m := build(q)
	return m, m.check()
}

// build makes the model of a question that Check found well formed.
func build(q *Question) *model {
	m := &model{q: q, p: &zeroone.Problem{}, at: map[string]int{}}
	for i := range q.Candidates {
		c := &q.Candidates[i]
		m.at[c.ID] = i
		m.first = append(m.first, len(m.item))
		for l := range c.Lots {
			m.item = append(m.item, ref{i, l})
			m.p.Values = append(m.p.Values, q.value(&c.Lots[l]))
		}
	}
	pins := map[string]*Pin{}
	for i := range q.Pins {
		pins[q.Pins[i].Candidate] = &q.Pins[i]
	}
	for i := range q.Candidates {
		m.candidate(i, pins[q.Candidates[i].ID])
	}
	for i := range q.Aims {
		m.floor(&q.Aims[i])
	}
	for i := range q.Budgets {
		b := &q.Budgets[i]
		left := int64(b.Limit - b.Spent)
		top := int64(b.Limit)
		m.add(limit{id: b.ID, kind: "budget", unit: "fen", name: b.Name, most: &top},
			m.row(-zeroone.None, left, func(r ref) int64 { return int64(b.costs(m.lot(r))) }))
	}
	for i := range q.Quotas {
		m.quota(&q.Quotas[i])
	}
	for i := range q.Exclusions {
		x := &q.Exclusions[i]
		m.add(limit{id: x.ID, kind: "exclusion", unit: "count", name: x.Name, most: &x.AtMost},
			m.row(-zeroone.None, x.AtMost, m.among(x.Candidates, 1)))
	}
	for i := range q.Needs {
		m.needs(&q.Needs[i])
	}
	return m
}

// value of a lot, by the question's weights.
func (q *Question) value(l *Lot) int64 {
	sum := int64(0)
	for _, a := range q.Aims {
		sum += a.Weight * l.Scores[a.ID].Value
	}
	return sum
}

func (m *model) lot(r ref) *Lot { return &m.q.Candidates[r.candidate].Lots[r.lot] }

// row makes a row by what each item uses of it.
func (m *model) row(lo, hi int64, use func(ref) int64) zeroone.Row {
	r := zeroone.Row{Lo: lo, Hi: hi}
	for k, x := range m.item {
		if c := use(x); c != 0 {
			r.Items, r.Coef = append(r.Items, int32(k)), append(r.Coef, c)
		}
	}
	return r
}

// add keeps a limit with its rows.
func (m *model) add(l limit, rows ...zeroone.Row) {
	for _, r := range rows {
		l.rows = append(l.rows, len(m.p.Rows))
		m.p.Rows = append(m.p.Rows, r)
	}
	m.limits = append(m.limits, l)
}

// among uses f for each lot of some candidates.
func (m *model) among(ids []string, f int64) func(ref) int64 {
	in := map[int]bool{}
	for _, id := range ids {
		in[m.at[id]] = true
	}
	return func(r ref) int64 {
		if in[r.candidate] {
			return f
		}
		return 0
	}
}

// candidate adds what holds of one candidate alone: one lot at most, what was promised, what a person said.
func (m *model) candidate(i int, pin *Pin) {
	c := &m.q.Candidates[i]
	from := func(lot int, lo, hi int64) zeroone.Row { // over its own lots from that one on
		r := zeroone.Row{Lo: lo, Hi: hi}
		for l := max(lot, 1); l <= len(c.Lots); l++ {
			r.Items, r.Coef = append(r.Items, int32(m.first[i]+l-1)), append(r.Coef, 1)
		}
		return r
	}
	zero, one := int64(0), int64(1)
	if len(c.Lots) > 1 {
		m.p.Rows = append(m.p.Rows, from(1, -zeroone.None, 1))
	}
	if c.Committed > 0 {
		m.add(limit{id: "committed:" + c.ID, kind: "committed", unit: "count", least: &one,
			name: lang.T("已承诺资助“"+c.Name+"”", "“"+c.Name+"” is promised already")}, from(c.Committed, 1, zeroone.None))
	}
	switch {
	case pin == nil:
	case pin.In:
		m.add(limit{id: "pin:" + c.ID, kind: "pin", unit: "count", least: &one,
			name: lang.T("指定资助“"+c.Name+"”", "“"+c.Name+"” is pinned in")}, from(pin.Lot, 1, zeroone.None))
	default:
		m.add(limit{id: "pin:" + c.ID, kind: "pin", unit: "count", most: &zero,
			name: lang.T("指定不资助“"+c.Name+"”", "“"+c.Name+"” is pinned out")}, from(1, -zeroone.None, 0))
	}
}

func (m *model) quota(x *Quota) {
	l := limit{id: x.ID, kind: "quota", unit: "count", name: x.Name, least: x.Least, most: x.Most, den: 1}
	lo, hi := -int64(zeroone.None), int64(zeroone.None)
	if x.Least != nil {
		lo = *x.Least
	}
	if x.Most != nil {
		hi = *x.Most
	}
	in := func(r ref) bool { return x.covers(&m.q.Candidates[r.candidate]) }
	switch x.Measure {
	case Count:
		m.add(l, m.row(lo, hi, func(r ref) int64 { return flag(in(r)) }))
	case Money:
		l.unit = "fen"
		m.add(l, m.row(lo, hi, func(r ref) int64 { return flag(in(r)) * int64(m.lot(r).cost()) }))
	case Share:
		l.unit = "ppm"
		var rows []zeroone.Row
		unit := m.costUnit()
		side := func(ppm int64, least bool) {
			g := divisor(ppm, 1_000_000)
			num, den := ppm/g, 1_000_000/g
			row := m.row(-zeroone.None, zeroone.None, func(r ref) int64 {
				c := int64(m.lot(r).cost()) / unit
				return flag(in(r))*den*c - num*c
			})
			if least {
				row.Lo = 0
			} else {
				row.Hi = 0
			}
			rows = append(rows, row)
		}
		if x.Least != nil {
			side(*x.Least, true)
		}
		if x.Most != nil {
			side(*x.Most, false)
		}
		m.add(l, rows...)
	}
}

// floor asks for what the plan must reach in an aim.
func (m *model) floor(a *Goal) {
	if a.Least == nil {
		return
	}
	name := lang.T("“"+a.Name.ZH+"”不低于"+points(*a.Least, 1), "“"+a.Name.In(lang.EN)+"” at least "+points(*a.Least, 1))
	m.add(limit{id: "aim:" + a.ID, kind: "aim", unit: "points", name: name, least: a.Least}, m.rowOf(m.scores(a.ID), *a.Least))
}

// costUnit divides every lot's cost, so that shares stay small numbers.
func (m *model) costUnit() int64 {
	g := int64(0)
	for _, r := range m.item {
		g = divisor(g, int64(m.lot(r).cost()))
	}
	return max(g, 1)
}

func (m *model) needs(d *Dependency) {
	l := limit{id: d.ID, kind: "dependency", unit: "count", name: d.Name}
	self := m.among([]string{d.Candidate}, 1)
	var rows []zeroone.Row
	for _, other := range d.All {
		if other != d.Candidate {
			f := m.among([]string{other}, -1)
			rows = append(rows, m.row(-zeroone.None, 0, func(r ref) int64 { return self(r) + f(r) }))
		}
	}
	if len(d.Any) > 0 && !slices.Contains(d.Any, d.Candidate) {
		f := m.among(d.Any, -1)
		rows = append(rows, m.row(-zeroone.None, 0, func(r ref) int64 { return self(r) + f(r) }))
	}
	m.add(l, rows...)
}

// covers tells whether the quota counts the candidate.
func (x *Quota) covers(c *Candidate) bool {
	if len(x.Codes) == 0 {
		return true
	}
	return slices.ContainsFunc(c.Tags[x.Dim], func(code string) bool { return slices.Contains(x.Codes, code) })
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// check makes sure that the model is not too large and its numbers can be added up.
func (m *model) check() error {
	if n := len(m.p.Rows); n > mostRows {
		return refusal.New(refusal.TooLarge, "portfolio.too_many_limits", lang.T(fmt.Sprintf("限制和分档的项目共 %d 条，最多 %d 条", n, mostRows),
			fmt.Sprintf("%d limits and candidates with several lots; at most %d can be handled", n, mostRows))).
			Mend(lang.T("请先按链条或区县分开，或者去掉一些档次", "Divide the question by chain or district first, or leave out some lots"))
	}
	if err := m.p.Check(); err != nil {
		return refusal.New(refusal.TooLarge, "portfolio.too_large", lang.T("金额或评分太大，无法精确相加",
			"Amounts or scores are too large to be added up exactly: "+err.Error())).
			Mend(lang.T("请检查金额单位和评分", "Check the units of amounts and scores"))
	}
	return nil
}

// mostRows is how many rows a question may have: the search keeps a table of rows × rows.
const mostRows = 4000
