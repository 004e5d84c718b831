package casework

import (
	"context"
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

type (
	// Calendar is the days of a record that cases have taken.
	Calendar struct {
		Booked   bool      `json:"booked" doc:"false: no mechanism books records of this kind"`
		Bookings []Booking `json:"bookings"`
	}
	// Booking is days that one case has; whose, only for whoever may see the case.
	Booking struct {
		From      caldate.Date `json:"from"`
		Until     caldate.Date `json:"until"`
		Mechanism lang.Text    `json:"mechanism"`
		Case      string       `json:"case,omitempty"`
		Label     string       `json:"label,omitempty"`
		Client    string       `json:"client,omitempty"` // who opened the case, by name
		State     *StateRef    `json:"state,omitempty"`
		Seen      bool         `json:"seen"`
	}
)

// longestCalendar is how many days a calendar shows at once.
const longestCalendar = 400

// Calendar gives who has a record from one day until another. That a day is taken is seen by whoever sees the record.
func (e *Engine) Calendar(ctx context.Context, actor identity.Actor, record string, from, until caldate.Date) (*Calendar, error) {
	if !isDay(from) || !isDay(until) || until < from || until > from.AddDays(longestCalendar) {
		return nil, refusal.New(refusal.Invalid, "calendar.range", lang.T(fmt.Sprintf("起止日期不对，一次最多看 %d 天", longestCalendar), fmt.Sprintf("give a first and a last day, %d days apart at most", longestCalendar))).At("until")
	}
	page, err := e.Record(ctx, actor, record)
	if err != nil {
		return nil, err
	}
	c := &Calendar{Bookings: []Booking{}}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		ed, err := e.current(tx)
		if err != nil {
			return err
		}
		for _, m := range ed.Mechanisms {
			for _, b := range m.Books {
				c.Booked = c.Booked || m.Thing(b.Thing).Kind == page.Kind.Name
			}
		}
		rows, err := bookings(tx, record, from, until)
		if err != nil {
			return err
		}
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		n := e.namer(tx)
		for _, r := range rows {
			d, err := e.load(tx, r.in)
			if err != nil {
				return err
			}
			b := Booking{From: r.From, Until: r.Until, Mechanism: d.mech.Title}
			if s := d.look(hats); s.whole > hidden && len(s.blind) == 0 {
				st := stateRef(d.state(d.snap.Case))
				b.Seen, b.Case, b.Label, b.State = true, r.in, d.row.title, &st
				for _, h := range d.snap.Seats[d.mech.Opener] {
					b.Client = n.holder(d.ed.Pack, h).ZH
				}
			}
			c.Bookings = append(c.Bookings, b)
		}
		return n.err
	})
	return c, err
}

func isDay(d caldate.Date) bool {
	_, err := caldate.Parse(string(d))
	return err == nil
}
