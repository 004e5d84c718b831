// Package figure keeps facts: single countable things that a step made true, dated, with the case and the step that made them.
// A fact is never changed and never deleted; what turned out wrong is reversed by another fact that names it and says why.
// So a count as of a past day can always be worked out again, and every count can be opened down to its facts.
//
//	err := facts.Record(tx, figure.Fact{Kind: "published_challenges", Amount: 1, Case: "case_…", Record: "case_…", Seq: 7})
//	n, err := facts.Count(tx, "published_challenges") // {Facts: 1, Sum: 1}
//
// Figures over facts — periods, targets, freezes, restatements — come above this; here is only what they count.
package figure

import (
	"fmt"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Fact is one countable thing. Record fills ID, At and Day where they are empty.
type Fact struct {
	ID       string            `json:"id"`
	Kind     string            `json:"kind"`   // of the pack's facts
	Amount   int64             `json:"amount"` // 1 for what is counted, fen for money; negative in a reversal
	At       time.Time         `json:"at"`
	Day      caldate.Date      `json:"day"`             // the civil day it counts on
	Until    caldate.Date      `json:"until,omitempty"` // the last day on which it holds, of what is in force; "" is without limit
	Case     string            `json:"case"`            // "" where no case made it true but an import or a keeper of the register
	Record   string            `json:"record"`          // the case, the part of it, or the record of the register that it is about
	Seq      int64             `json:"seq"`             // the step of the case that made it true; without a case the revision of the record
	Dims     map[string]string `json:"dims,omitempty"`
	Reverses string            `json:"reverses,omitempty"`
	Memo     string            `json:"memo,omitempty"`
}

// Total is what the facts of one kind come to, reversals taken off.
type Total struct {
	Facts int64 `json:"facts"` // recorded and not reversed
	Sum   int64 `json:"sum"`
}

// Facts is the book of facts; it has no state of its own, all is in the transaction's database.
type Facts struct{}

// New is the book of facts.
func New() *Facts { return &Facts{} }

// Record writes a fact for ever and gives its id.
func (f *Facts) Record(tx *store.Tx, fact Fact) (string, error) {
	if fact.Kind == "" || fact.Case == "" && fact.Record == "" {
		return "", fmt.Errorf("figure: a fact needs its kind, and its case or its record: %+v", fact)
	}
	if fact.At.IsZero() {
		fact.At = tx.Now()
	}
	if fact.Day == "" {
		fact.Day = caldate.On(fact.At)
	}
	fact.ID = ident.New("fact", fact.At)
	return fact.ID, insert(tx, fact)
}

// End says until when a fact held, as of a recognition that expires or is withdrawn: what is in force leaves it out from the day after, all
// else counts it as before. The fact is reversed and stands again with its last day, and so it can be ended anew. It gives the new one's id.
func (f *Facts) End(tx *store.Tx, id string, last caldate.Date, memo string, seq int64) (string, error) {
	old, err := f.standing(tx, id)
	if err != nil {
		return "", err
	}
	if last < old.Day {
		return "", refusal.New(refusal.Invalid, "figure.ends_before", lang.T("终止日 "+string(last)+" 早于开始日 "+string(old.Day), "It would end on "+string(last)+", before it began on "+string(old.Day))).
			Mend(lang.T("从来不属实的，请冲正", "What was never true is reversed"))
	}
	if _, err := f.Reverse(tx, id, memo, seq); err != nil {
		return "", err
	}
	old.At, old.Until, old.Memo, old.Seq = tx.Now(), last, memo, seq
	return f.Record(tx, old)
}

// Reverse takes a fact back by another one of the opposite amount, which counts on the day on which the fact did: it was never true, as is
// known from now on. A fact is reversed once, and a reversal is not reversed: what is true again is recorded again.
func (f *Facts) Reverse(tx *store.Tx, id, memo string, seq int64) (string, error) {
	back, err := f.standing(tx, id)
	if err != nil {
		return "", err
	}
	back.At, back.Amount, back.Reverses, back.Memo, back.Seq = tx.Now(), -back.Amount, id, memo, seq
	back.ID = ident.New("fact", back.At)
	return back.ID, insert(tx, back)
}

// standing is a fact that was not taken back.
func (f *Facts) standing(tx *store.Tx, id string) (old Fact, err error) {
	old, found, err := get(tx, id)
	if err != nil {
		return old, err
	}
	if !found {
		return old, refusal.New(refusal.NotFound, "figure.no_fact", lang.T("没有这条事实："+id, "There is no such fact: "+id))
	}
	if old.Reverses != "" {
		return old, refusal.New(refusal.Conflict, "figure.reversal", lang.T("冲正记录不能再冲正", "A reversal cannot be reversed")).
			Mend(lang.T("情况属实的，请重新记录", "What is true again is recorded again"))
	}
	taken, err := reversed(tx, id)
	if err != nil {
		return old, err
	}
	if taken {
		return old, refusal.New(refusal.Conflict, "figure.reversed", lang.T("该事实已经冲正或终止", "This fact is reversed or has ended already"))
	}
	return old, nil
}

// Get is one fact.
func (f *Facts) Get(tx *store.Tx, id string) (Fact, bool, error) { return get(tx, id) }

// Count is what the facts of a kind come to now.
func (f *Facts) Count(tx *store.Tx, kind string) (Total, error) { return count(tx, kind, "9999-12-31") }

// CountAsOf is what they came to at the end of a day, by the day on which each counts.
func (f *Facts) CountAsOf(tx *store.Tx, kind string, day caldate.Date) (Total, error) {
	return count(tx, kind, day)
}

// Counts is what all kinds come to now, by kind.
func (f *Facts) Counts(tx *store.Tx) (map[string]Total, error) { return counts(tx) }

// OfRecord is the facts that stand of one record of the register, by kind and day: those taken back are left out.
func (f *Facts) OfRecord(tx *store.Tx, id string) ([]Fact, error) { return standingOf(tx, id) }

// OfCase is the facts that one case's steps made true, oldest first.
func (f *Facts) OfCase(tx *store.Tx, id string) ([]Fact, error) { return ofCase(tx, id) }

// List is the facts of a kind, by day, after the given id's place; next is "" at the end.
func (f *Facts) List(tx *store.Tx, kind string, after Cursor, limit int) ([]Fact, error) {
	return factsAfter(tx, kind, after, limit)
}

// Cursor is a place in a list: the last fact that was read.
type Cursor struct {
	Day caldate.Date
	ID  string
}
