package assign

import "slices"

// Cost is what one wish or limit takes from the total: how much greater it would be without it.
type Cost struct {
	What  string // pin, forbid, unit, mix
	Pair  Pair   // of a pin or a forbid
	Kind  string // of a mix
	Costs Score
}

// Costs solves the problem again without each pin, forbid and limit.
func Costs(p *Problem) ([]Cost, error) {
	base, err := Total(p)
	if err != nil {
		return nil, err
	}
	var costs []Cost
	without := func(c Cost, change func(*Problem)) error {
		q := *p
		change(&q)
		a, err := Total(&q)
		if err != nil {
			return err
		}
		c.Costs = a.Total - base.Total
		costs = append(costs, c)
		return nil
	}
	for i, w := range p.Pins {
		if err := without(Cost{What: "pin", Pair: w}, func(q *Problem) { q.Pins = slices.Delete(slices.Clone(p.Pins), i, i+1) }); err != nil {
			return nil, err
		}
	}
	for i, w := range p.Forbids {
		if err := without(Cost{What: "forbid", Pair: w}, func(q *Problem) { q.Forbids = slices.Delete(slices.Clone(p.Forbids), i, i+1) }); err != nil {
			return nil, err
		}
	}
	if p.UnitMost > 0 {
		if err := without(Cost{What: "unit"}, func(q *Problem) { q.UnitMost = 0 }); err != nil {
			return nil, err
		}
	}
	for i, x := range p.Mix {
		if err := without(Cost{What: "mix", Kind: x.Kind}, func(q *Problem) { q.Mix = slices.Delete(slices.Clone(p.Mix), i, i+1) }); err != nil {
			return nil, err
		}
	}
	return costs, nil
}
