package casework

import (
	"time"

	"kechuang/internal/store"
)

const (
	// The latest cases of a mechanism, each with its own moves in order.
	selectMoves = `SELECT s.case_id, s.to_state, s.at FROM casework_steps s
		WHERE s.case_id IN (SELECT id FROM casework_cases WHERE mechanism = $1 AND opened < $2 ORDER BY opened DESC, id LIMIT $3)
		AND s.record_id = s.case_id AND s.at < $2 ORDER BY s.case_id, s.seq`
	selectStepAt = `SELECT step, seat, from_state, who, leaf FROM casework_steps WHERE case_id = $1 AND seq = $2`
	selectMade   = `SELECT digest FROM casework_papers WHERE case_id = $1 AND seq = $2 ORDER BY digest`
)

// move is a case entering a state.
type move struct {
	in, to string
	at     time.Time
}

func movesOf(tx *store.Tx, mechanism string, before time.Time, most int) ([]move, error) {
	return store.List(tx, func(scan func(...any) error) (m move, err error) {
		var at int64
		err = scan(&m.in, &m.to, &at)
		m.at = store.Time(at)
		return m, err
	}, selectMoves, mechanism, store.Micros(before), most)
}

func stepAt(tx *store.Tx, in string, seq int64) (s stepRow, found bool, err error) {
	found, err = store.One(tx, selectStepAt, []any{in, seq}, &s.step, &s.seat, &s.from, &s.who, &s.leaf)
	return s, found, err
}

func papersOf(tx *store.Tx, in string, seq int64) ([]string, error) {
	list, err := store.List(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) }, selectMade, in, seq)
	if list == nil {
		list = []string{}
	}
	return list, err
}
