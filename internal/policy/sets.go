package policy

import (
	"strconv"

	"kechuang/internal/equity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// Set is what another place's document sets for the same thing (parameter_sets/NAME.yaml): numbers under the names that this pack's
// mechanisms would call them by, with worked examples. What-if pages offer them, so that a city sees what its neighbours' terms would do,
// beside its own: a set may take numbers from the pack's parameters.
type Set struct {
	Name     string        `json:"name"`
	Title    lang.Text     `json:"title"`
	Params   []*Param      `json:"params"` // in the order of the file
	Examples []*SetExample `json:"examples"`
	Pos      Pos           `json:"-"`
}

// SetExample is a worked example: holders, the grant and the value it converts at, and what comes of it.
type SetExample struct {
	Title     lang.Text  `json:"title"`
	Holders   []SetStake `json:"holders"`
	Principal money.Fen  `json:"principal"`
	Pre       money.Fen  `json:"pre"` // of the company before conversion
	Shares    int64      `json:"shares"`
	Bound     string     `json:"bound"` // price, cap, largest or floor; a refusal's id where it is refused
	Pos       Pos        `json:"-"`
}

// SetStake is what a holder has before.
type SetStake struct {
	Party  string `json:"party"`
	Shares int64  `json:"shares"`
}

func (l *loader) loadSet(n node, _ []byte) {
	t := l.table(n, "set", "title", "takes", "parameters", "examples", "note")
	s := &Set{Name: t.need("set"), Title: t.both("title"), Pos: n.pos()}
	takes, _ := t.get("takes")
	for _, e := range l.entries(takes).list {
		from := l.pack.Params[l.scalar(e.value)]
		if from == nil {
			l.unknown(e.value.pos(), "unknown_param", "参数", "parameter", l.scalar(e.value), keys(l.pack.Params))
			continue
		}
		taken := *from
		taken.Name, taken.Pos = e.name, e.key.pos()
		s.Params = append(s.Params, &taken)
	}
	params, _ := t.get("parameters")
	for _, e := range l.entries(params).list {
		s.Params = append(s.Params, l.param(e))
	}
	for _, x := range l.itemsOf(t, "examples") {
		et := l.table(x, "zh", "en", "holders", "principal", "pre", "shares", "bound")
		ex := &SetExample{Title: et.title(), Shares: l.whole(et, "shares"), Bound: et.need("bound"), Pos: x.pos()}
		for _, m := range []struct {
			key string
			to  *money.Fen
		}{{"principal", &ex.Principal}, {"pre", &ex.Pre}} {
			f, err := money.Parse(et.need(m.key))
			if err != nil {
				l.finding(et.pos(m.key), "bad_value", lang.T(err.Error(), "not an amount"), lang.Text{})
			}
			*m.to = f
		}
		holders, _ := et.get("holders")
		table := l.entries(holders)
		for _, h := range table.list {
			ex.Holders = append(ex.Holders, SetStake{h.name, l.whole(table, h.name)})
		}
		s.Examples = append(s.Examples, ex)
	}
	l.pack.Sets = append(l.pack.Sets, s)
}

// whole reads a number of shares.
func (l *loader) whole(t table, name string) int64 {
	n, err := strconv.ParseInt(t.need(name), 10, 64)
	if err != nil || n < 0 || n > equity.MaxShares {
		l.finding(t.pos(name), "bad_value", lang.T("“"+name+"”应是股数", "“"+name+"” is a number of shares"), lang.Text{})
	}
	return n
}

// Terms are the set's terms of conversion, for a principal at the value of the company before it.
func (s *Set) Terms(principal, pre money.Fen, team []string) equity.Terms {
	t := equity.Terms{Principal: principal, Basis: equity.ByAppraisal, Valuation: pre}
	for _, p := range s.Params {
		switch v := p.Value.(type) {
		case share.PPM:
			switch p.Name {
			case "discount":
				t.Discount = v
			case "stake_cap":
				t.Cap = v
			case "team_floor":
				t.Floor, t.FloorOf = v, team
			}
		case bool:
			switch p.Name {
			case "not_largest":
				t.NotLargest = v
			case "trim":
				t.Trim = v
			}
		case money.Fen:
			if p.Name == "project_cap" {
				t.Principal = min(t.Principal, v)
			}
		}
	}
	return t
}

// Set is the parameter set of a name, nil where there is none.
func (p *Pack) Set(name string) *Set {
	return find(p.Sets, name, func(s *Set) string { return s.Name })
}

// Bands are the set's spans of years in which the team may buy back, at a yearly rate that the agreement says; none where the set does
// not tell.
func (s *Set) Bands(rate share.PPM) []equity.Band {
	years := map[string]int64{}
	for _, p := range s.Params {
		if n, ok := p.Value.(int64); ok {
			years[p.Name] = n
		}
	}
	list := []equity.Band{{Years: int(years["buy_back_free_years"])}, {Years: int(years["buy_back_rate_years"]), Rate: rate}, {Market: true}}
	if equity.CheckBands(list) != nil {
		return nil
	}
	return list
}

// Apply works an example out on a company of its own: the first holder is the team.
func (s *Set) Apply(x *SetExample) (equity.Conversion, error) {
	var t equity.Table
	var rows []equity.Row
	for _, h := range x.Holders {
		rows = append(rows, equity.Row{Party: h.Party, Shares: h.Shares})
	}
	e := equity.Event{Day: "2026-01-01"}
	if _, err := t.Issue(e, rows); err != nil {
		return equity.Conversion{}, err
	}
	return t.Convert(e, "公共持股人", s.Terms(x.Principal, x.Pre, []string{x.Holders[0].Party}))
}
