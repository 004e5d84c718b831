package figure

import (
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

// Aim is a figure before its next target.
type Aim struct {
	Target   Point     `json:"target"`
	From     Point     `json:"from"`              // where the pace begins: the baseline, or the target before
	Value    *int64    `json:"value"`             // on the day
	Pace     int64     `json:"pace"`              // where it should be on the day
	Gap      *int64    `json:"gap"`               // value less pace: below zero is behind
	Past     bool      `json:"past,omitempty"`    // the target's day has come
	Met      bool      `json:"met,omitempty"`     // it is reached
	Outlooks []Outlook `json:"outlook,omitempty"` // at the ends of the months until the target, what the figure may come to
}

// Aim is how a figure stands to the target that is due next on a day, or to its last one where all are past. Where the figure counts the
// year, the pace begins at nothing on 1 January. journeys, where there are any, are the cases that feed it. found is false without targets.
func (b *Book) Aim(tx *store.Tx, name string, at At, journeys []Journey) (aim Aim, found bool, err error) {
	d, err := b.Definition(name)
	if err != nil || len(d.Targets) == 0 {
		return aim, false, err
	}
	i := slices.IndexFunc(d.Targets, func(p Point) bool { return p.At >= at.Day })
	if i < 0 {
		i = len(d.Targets) - 1
	}
	aim.Target, aim.From = d.Targets[i], d.paceFrom(i)
	aim.Past = at.Day > aim.Target.At
	day := at
	if aim.Past {
		day.Day = aim.Target.At // what it was on the day that it was due
	}
	v, err := b.Value(tx, name, day)
	if err != nil {
		return aim, true, err
	}
	aim.Value, aim.Pace = v.Value, Pace(aim.From, aim.Target, day.Day)
	if v.Value != nil {
		gap := *v.Value - aim.Pace
		aim.Gap, aim.Met = &gap, *v.Value >= aim.Target.Value
	}
	if !aim.Past && !aim.Met && len(journeys) > 0 && v.Value != nil {
		aim.Outlooks = Forecast(journeys, at.Day, monthEndsUntil(at.Day, aim.Target.At))
		for i := range aim.Outlooks {
			o := &aim.Outlooks[i]
			o.Low, o.Mid, o.High = o.Low+*v.Value, o.Mid+*v.Value, o.High+*v.Value
		}
	}
	return aim, true, nil
}

// paceFrom is where the pace to the i-th target begins.
func (d *Definition) paceFrom(i int) Point {
	target := d.Targets[i]
	if d.Period == Year {
		return Point{0, dateOf(yearOf(dayOf(target.At))*10000 + 101)}
	}
	if i > 0 {
		return d.Targets[i-1]
	}
	if d.Baseline != nil {
		return *d.Baseline
	}
	return Point{0, dateOf((yearOf(dayOf(target.At))-1)*10000 + 1231)}
}

// monthEndsUntil are the ends of months after a day, and the last day.
func monthEndsUntil(from, to caldate.Date) (out []caldate.Date) {
	for m := monthOf(dayOf(from)); lastOf(m) < dayOf(to); m = addMonths(m, 1) {
		if lastOf(m) > dayOf(from) {
			out = append(out, dateOf(lastOf(m)))
		}
	}
	return append(out, to)
}
