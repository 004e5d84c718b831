package casework

import (
	"maps"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// Aim is how a figure stands to its target, with what its pipeline may still bring.
func (e *Engine) Aim(tx *store.Tx, name string, at figure.At) (figure.Aim, bool, error) {
	d, err := e.Book().Definition(name)
	if err != nil || len(d.Targets) == 0 {
		return figure.Aim{}, false, err
	}
	journeys, err := e.journeys(tx, d, at)
	if err != nil {
		return figure.Aim{}, true, err
	}
	return e.Book().Aim(tx, name, at, journeys)
}

// mostJourneys is how many of the latest cases a forecast reads; more say nothing new and take longer.
const mostJourneys = 5000

// journeys is how the cases and the records of the register went that bring something to the figure, as of a day. A figure of figures has
// none of its own.
func (e *Engine) journeys(tx *store.Tx, d *figure.Definition, at figure.At) ([]figure.Journey, error) {
	var kinds []string
	for _, r := range d.Rules {
		kinds = append(kinds, r.Facts...)
	}
	if len(kinds) == 0 {
		return nil, nil
	}
	hits, err := e.Book().Hits(tx, d.Name, at)
	if err != nil {
		return nil, err
	}
	out, err := e.recordJourneys(tx, d, at, kinds)
	if err != nil {
		return nil, err
	}
	for _, m := range e.Seen().Mechanisms {
		if !Records(m, kinds) {
			continue
		}
		moves, err := movesOf(tx, m.Name, at.Day.End(), mostJourneys)
		if err != nil {
			return nil, err
		}
		out = append(out, journeysOf(m, moves, hits)...)
	}
	return out, nil
}

// Records tells whether a step of the mechanism records a fact of one of these kinds.
func Records(m *policy.Mechanism, kinds []string) (yes bool) {
	m.EachEffect(func(_ *policy.Machine, _ *policy.State, _ *policy.Step, x policy.Effect) {
		n, ok := x.(policy.NoteFact)
		yes = yes || ok && slices.Contains(kinds, n.Fact)
	})
	return yes
}

// journeysOf puts the moves of cases, which come case by case and in order, together.
func journeysOf(m *policy.Mechanism, moves []move, hits map[string][]figure.Hit) (out []figure.Journey) {
	last := ""
	for _, v := range moves {
		day := figure.DayNumber(caldate.On(v.at))
		if v.in != last {
			out = append(out, figure.Journey{Hits: hits[v.in]})
			last = v.in
		}
		j := &out[len(out)-1]
		if n := len(j.Stays); n > 0 {
			if j.Stays[n-1].State == v.to {
				continue
			}
			if j.Stays[n-1].To == 0 {
				j.Stays[n-1].To = day
			}
		}
		if st := m.Case.State(v.to); st != nil && !st.End {
			j.Stays = append(j.Stays, figure.Stay{State: v.to, From: day})
		}
	}
	return out
}

// recordJourneys is how the records of the register went whose kinds count what the figure does, by the days that their facts say: of a
// bottleneck, when it was listed and when it was cracked. What came about by a case and by an import is told alike, for a record has its facts
// from either; what was entered late has its day and not that of its entry.
func (e *Engine) recordJourneys(tx *store.Tx, d *figure.Definition, at figure.At, kinds []string) (out []figure.Journey, err error) {
	for _, name := range slices.Sorted(maps.Keys(e.Seen().Kinds)) {
		var stages []string
		feeds := false
		for _, x := range e.Seen().Kinds[name].Counts {
			stages = append(stages, x.Fact)
			feeds = feeds || slices.Contains(kinds, x.Fact)
		}
		if !feeds {
			continue
		}
		list, err := e.Book().Paths(tx, d.Name, at, stages)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// Hindsight is a forecast beside what came.
type Hindsight struct {
	figure.Outlook
	Came   int64 // between the two days
	Before int64 // in as many days before
}

// Inside tells whether what came lies within the interval.
func (h Hindsight) Inside() bool { return h.Came >= h.Low && h.Came <= h.High }

// Hindsight hides what came after a day, forecasts it and compares. ok is false for what is no count or sum of events, and where nothing
// came either before or after.
func (e *Engine) Hindsight(tx *store.Tx, name string, from, until caldate.Date) (h Hindsight, ok bool, err error) {
	d, err := e.Book().Definition(name)
	if err != nil || d.Period == figure.InForce {
		return h, false, err
	}
	if way := d.Rules[len(d.Rules)-1].Way; way != figure.Count && way != figure.Sum {
		return h, false, nil
	}
	after, err := e.journeys(tx, d, figure.At{Day: until})
	if err != nil {
		return h, false, err
	}
	journeys, err := e.journeys(tx, d, figure.At{Day: from})
	if err != nil || len(journeys) == 0 {
		return h, false, err
	}
	days := figure.DayNumber(until) - figure.DayNumber(from)
	if h.Came, h.Before = came(after, from), came(journeys, from.AddDays(-days)); h.Came == 0 || h.Before == 0 {
		return h, false, nil
	}
	h.Outlook = figure.Forecast(journeys, from, []caldate.Date{until})[0]
	return h, true, nil
}

// came is what journeys brought after a day.
func came(journeys []figure.Journey, after caldate.Date) (n int64) {
	for _, j := range journeys {
		for _, hit := range j.Hits {
			if hit.Day > figure.DayNumber(after) {
				n += hit.Amount
			}
		}
	}
	return n
}
