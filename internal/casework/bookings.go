package casework

import (
	"kechuang/internal/caldate"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

const (
	dropBookings = `DELETE FROM casework_bookings WHERE case_id = $1`
	putBooking   = `INSERT INTO casework_bookings (case_id, thing, record, from_day, until_day) VALUES ($1, $2, $3, $4, $5)`
	bookingsOf   = `SELECT case_id, from_day, until_day FROM casework_bookings WHERE record = $1 AND until_day >= $2 AND from_day <= $3 ORDER BY from_day, case_id`
	foreverAgo   = "0001-01-01"
	foreverOn    = "9999-12-31"
)

type bookingRow struct {
	in string
	policy.Span
}

func scanBooking(scan func(...any) error) (b bookingRow, err error) {
	var from, until string
	err = scan(&b.in, &from, &until)
	b.From, b.Until = caldate.Date(from), caldate.Date(until)
	return b, err
}

// bookings is who has a record on any of these days; what is read may be relied on until the transaction ends.
func bookings(tx *store.Tx, record string, from, until caldate.Date) ([]bookingRow, error) {
	return store.List(tx, scanBooking, bookingsOf, record, string(from), string(until))
}

// loadTaken puts the days on which other cases have the things that are booked into the snapshot. Two cases that book one record at the
// same time wait for each other.
func (e *Engine) loadTaken(tx *store.Tx, d *docket, in policy.Intent, fill string) error {
	d.snap.Taken = map[string][]policy.Span{}
	for _, b := range d.mech.Books {
		for _, id := range d.thingIDs(b.Thing, in, fill) {
			if _, there := d.snap.Taken[id]; there {
				continue
			}
			if err := tx.Guard("booking/" + id); err != nil {
				return err
			}
			rows, err := bookings(tx, id, foreverAgo, foreverOn)
			if err != nil {
				return err
			}
			d.snap.Taken[id] = nil
			for _, r := range rows {
				if r.in != d.row.id {
					d.snap.Taken[id] = append(d.snap.Taken[id], r.Span)
				}
			}
		}
	}
	return nil
}

// book keeps what the case has taken now.
func (c *change) book([]string) error {
	if len(c.d.mech.Books) == 0 {
		return nil
	}
	if _, err := c.tx.Exec(dropBookings, c.d.row.id); err != nil {
		return err
	}
	for _, t := range c.d.snap.Booked() {
		if err := c.tx.Guard("booking/" + t.Record); err != nil {
			return err
		}
		if _, err := c.tx.Exec(putBooking, c.d.row.id, t.Thing, t.Record, string(t.From), string(t.Until)); err != nil {
			return err
		}
	}
	return nil
}
