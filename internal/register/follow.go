package register

import (
	"time"

	"kechuang/internal/store"
)

// PartyMarks gives marks of parties by id, those after one, for reading the register whole.
func (r *Register) PartyMarks(tx *store.Tx, after string, limit int) ([]store.Mark, error) {
	return marksAfter(tx, after, limit)
}

// PartyMarksSince gives marks of parties that were changed at a moment or later. A transaction may be committed after one that began
// later: whoever follows reads again what is younger than the longest transaction.
func (r *Register) PartyMarksSince(tx *store.Tx, micros int64) ([]store.Mark, error) {
	return marksSince(tx, micros)
}

// RecordMarks is as PartyMarks.
func (r *Register) RecordMarks(tx *store.Tx, after string, limit int) ([]store.Mark, error) {
	return recordMarksAfter(tx, after, limit)
}

// RecordMarksSince is as PartyMarksSince.
func (r *Register) RecordMarksSince(tx *store.Tx, micros int64) ([]store.Mark, error) {
	return recordMarksSince(tx, micros)
}

// Parties gives parties by id as they stand in their own rows, deleted or merged ones too.
func (r *Register) Parties(tx *store.Tx, ids []string) ([]Party, error) { return partiesByID(tx, ids) }

// RecordRows gives records by id as they stand in their own rows, retired or merged ones too.
func (r *Register) RecordRows(tx *store.Tx, ids []string) ([]Record, error) {
	return recordsByID(tx, ids)
}

// Formerly gives the records that went into one, as they were.
func (r *Register) Formerly(tx *store.Tx, id string) ([]Record, error) { return formerly(tx, id) }

// Place is how far a follower has read in the order of the last change.
type Place struct {
	Changed time.Time
	ID      string
}

// RecordsSince gives records of some kinds after a place, in the order of their last change, retired ones too.
func (r *Register) RecordsSince(tx *store.Tx, kinds []string, from Place, limit int) ([]Record, error) {
	if len(kinds) == 0 {
		return nil, nil
	}
	return recordsSince(tx, kinds, store.Micros(from.Changed), from.ID, limit)
}
