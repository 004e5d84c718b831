package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/store"
)

// sitting is a part in which somebody sits in their own name.
type sitting struct {
	party, seat, in, record, mechanism, part, state string
	stands                                          string // where the case does
	ended                                           bool   // the case
	opened                                          time.Time
}

const sittingColumns = `SELECT s.party, s.seat, s.case_id, s.record_id, c.mechanism, r.part, r.state, c.state, c.ended, r.opened
	FROM casework_seats s JOIN casework_records r ON r.id = s.record_id JOIN casework_cases c ON c.id = s.case_id WHERE `

// sittings are the parts in which some parties sit that were opened since a time.
func sittings(tx *store.Tx, parties []string, since time.Time) ([]sitting, error) {
	if len(parties) == 0 {
		return nil, nil
	}
	marks, args := []string{}, []any{store.Micros(since)}
	for i, p := range parties {
		marks, args = append(marks, "$"+strconv.Itoa(i+2)), append(args, p)
	}
	return store.List(tx, scanSitting, sittingColumns+`r.opened >= $1 AND r.part <> '' AND s.party IN (`+strings.Join(marks, ", ")+`) ORDER BY r.opened, s.record_id`, args...)
}

// openSeats are the seats that some parties hold in open cases of a mechanism, the latest cases first.
func openSeats(tx *store.Tx, mechanism string, parties []string) (all []sitting, err error) {
	for some := range slices.Chunk(parties, 500) {
		marks, args := []string{}, []any{mechanism}
		for i, p := range some {
			marks, args = append(marks, "$"+strconv.Itoa(i+2)), append(args, p)
		}
		list, err := store.List(tx, scanSitting, sittingColumns+`c.mechanism = $1 AND NOT c.ended AND s.party IN (`+strings.Join(marks, ", ")+`) ORDER BY r.opened DESC, s.record_id`, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

func scanSitting(scan func(...any) error) (s sitting, err error) {
	var opened int64
	err = scan(&s.party, &s.seat, &s.in, &s.record, &s.mechanism, &s.part, &s.state, &s.stands, &s.ended, &opened)
	s.opened = store.Time(opened)
	return s, err
}
