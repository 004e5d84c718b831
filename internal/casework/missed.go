package casework

import (
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Missed is where deadlines have passed and nobody acted: how many cases or parts of a mechanism stand so in one state, and since when.
type Missed struct {
	Mechanism string    `json:"mechanism"`
	Title     lang.Text `json:"title"`
	State     lang.Text `json:"state"`
	Count     int64     `json:"count"`
	Since     time.Time `json:"since" doc:"the first deadline that passed"`
}

// A record misses its deadline when the clock told somebody of it and the record still stands where it stood.
const selectMissed = `SELECT c.mechanism, r.part, r.state, count(DISTINCT s.record_id), min(s.at) FROM casework_steps s
	JOIN casework_records r ON r.id = s.record_id AND r.state = s.to_state AND r.since <= s.at
	JOIN casework_cases c ON c.id = s.case_id
	WHERE s.seat = 'clock' AND s.from_state = s.to_state AND NOT c.ended GROUP BY c.mechanism, r.part, r.state ORDER BY 4 DESC, c.mechanism, r.part, r.state LIMIT 20`

// Missed lists them, the most first.
func (e *Engine) Missed(tx *store.Tx) ([]Missed, error) {
	type row struct {
		mechanism, part, state string
		n, at                  int64
	}
	rows, err := store.List(tx, func(scan func(...any) error) (r row, err error) {
		return r, scan(&r.mechanism, &r.part, &r.state, &r.n, &r.at)
	}, selectMissed)
	out := []Missed{}
	for _, r := range rows {
		x := Missed{Mechanism: r.mechanism, Title: lang.T(r.mechanism, r.mechanism), State: lang.T(r.state, r.state), Count: r.n, Since: store.Time(r.at)}
		if m := e.Seen().Mechanism(r.mechanism); m != nil {
			x.Title = m.Title
			if machine := m.Machine(r.part); machine != nil && machine.State(r.state) != nil {
				x.State = machine.State(r.state).Title
			}
		}
		out = append(out, x)
	}
	return out, err
}
