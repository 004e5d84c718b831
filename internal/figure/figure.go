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
	Day      caldate.Date      `json:"day"` // the civil day it counts on
	Case     string            `json:"case"`
	Record   string            `json:"record"`
	Seq      int64             `json:"seq"` // the step of the case that made it true
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
	if fact.Kind == "" || fact.Case == "" {
		return "", fmt.Errorf("figure: a fact needs its kind and its case: %+v", fact)
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

// Reverse takes a fact back by another one of the opposite amount, which counts on the day on which the fact did: it was never true, as is
// known from now on. A fact is reversed once, and a reversal is not reversed: what is true again is recorded again.
func (f *Facts) Reverse(tx *store.Tx, id, memo string, seq int64) (string, error) {
	return f.takeOff(tx, id, "", memo, seq)
}

// End takes a fact off from a day on: it was true until then, as a recognition that expires. It cannot end before it began.
func (f *Facts) End(tx *store.Tx, id string, day caldate.Date, memo string, seq int64) (string, error) {
	return f.takeOff(tx, id, day, memo, seq)
}

func (f *Facts) takeOff(tx *store.Tx, id string, day caldate.Date, memo string, seq int64) (string, error) {
	old, found, err := get(tx, id)
	if err != nil {
		return "", err
	}
	if !found {
		return "", refusal.New(refusal.NotFound, "figure.no_fact", lang.T("没有这条事实："+id, "There is no such fact: "+id))
	}
	if old.Reverses != "" {
		return "", refusal.New(refusal.Conflict, "figure.reversal", lang.T("冲正记录不能再冲正", "A reversal cannot be reversed")).
			Mend(lang.T("情况属实的，请重新记录", "What is true again is recorded again"))
	}
	taken, err := reversed(tx, id)
	if err != nil {
		return "", err
	}
	if taken {
		return "", refusal.New(refusal.Conflict, "figure.reversed", lang.T("该事实已经冲正或终止", "This fact is reversed or has ended already"))
	}
	if day != "" && day < old.Day {
		return "", refusal.New(refusal.Invalid, "figure.ends_before", lang.T("终止日 "+string(day)+" 早于开始日 "+string(old.Day), "It would end on "+string(day)+", before it began on "+string(old.Day))).
			Mend(lang.T("从来不属实的，请冲正", "What was never true is reversed"))
	}
	back := old
	back.At, back.Amount, back.Reverses, back.Memo, back.Seq = tx.Now(), -old.Amount, id, memo, seq
	if day != "" {
		back.Day = day
	}
	back.ID = ident.New("fact", back.At)
	return back.ID, insert(tx, back)
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
