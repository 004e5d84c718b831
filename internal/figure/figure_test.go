package figure

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

func each(t *testing.T, do func(t *testing.T, db *store.DB, f *Facts)) {
	storetest.Each(t, []store.Migrations{Migrations}, func(t *testing.T, db *store.DB) { do(t, db, New()) })
}

func write(t *testing.T, db *store.DB, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Write(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestCountFollowsRecordAndReverse(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		now := time.Date(2025, 3, 31, 15, 59, 0, 0, time.UTC) // 23:59 in Shanghai
		db.SetClock(func() time.Time { return now })
		var first string
		write(t, db, func(tx *store.Tx) (err error) {
			first, err = f.Record(tx, Fact{Kind: "signed", Amount: 1, Case: "case_1", Record: "case_1", Seq: 4, Dims: map[string]string{"region": "210112"}})
			return err
		})
		now = now.Add(2 * time.Minute) // the next civil day
		write(t, db, func(tx *store.Tx) error {
			_, err := f.Record(tx, Fact{Kind: "signed", Amount: 1, Case: "case_2", Record: "case_2", Seq: 4})
			return err
		})
		write(t, db, func(tx *store.Tx) error {
			_, err := f.Reverse(tx, first, "签约无效", 9)
			return err
		})
		write(t, db, func(tx *store.Tx) error {
			for _, c := range []struct { // the first was never true, as is known now
				day  caldate.Date
				want Total
			}{{"2025-03-30", Total{}}, {"2025-03-31", Total{}}, {"2025-04-01", Total{1, 1}}} {
				got, err := f.CountAsOf(tx, "signed", c.day)
				if err != nil || got != c.want {
					t.Errorf("as of %s: %+v %v, want %+v", c.day, got, err, c.want)
				}
			}
			all, err := f.Counts(tx)
			if err != nil || all["signed"] != (Total{1, 1}) {
				t.Errorf("counts: %+v %v", all, err)
			}
			of, err := f.OfCase(tx, "case_1")
			if err != nil || len(of) != 2 || of[0].Dims["region"] != "210112" || of[1].Reverses != first || of[1].Amount != -1 {
				t.Errorf("facts of case_1: %+v %v", of, err)
			}
			page, err := f.List(tx, "signed", Cursor{}, 2)
			if err != nil || len(page) != 2 {
				t.Fatalf("first page: %v %v", page, err)
			}
			rest, err := f.List(tx, "signed", Cursor{page[1].Day, page[1].ID}, 2)
			if err != nil || len(rest) != 1 {
				t.Errorf("second page: %v %v", rest, err)
			}
			return nil
		})
	})
}

func TestAFactIsReversedOnce(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		var id, back string
		write(t, db, func(tx *store.Tx) (err error) {
			if id, err = f.Record(tx, Fact{Kind: "signed", Amount: 1, Case: "case_1"}); err != nil {
				return err
			}
			back, err = f.Reverse(tx, id, "误记", 2)
			return err
		})
		for what, want := range map[string]string{id: "figure.reversed", back: "figure.reversal", "fact_none": "figure.no_fact"} {
			err := db.Write(context.Background(), func(tx *store.Tx) error { _, err := f.Reverse(tx, what, "再次", 3); return err })
			if !refusal.Is(err, want) {
				t.Errorf("reversing %s: %v, want %s", what, err, want)
			}
		}
		if err := db.Write(context.Background(), func(tx *store.Tx) error { _, err := f.Record(tx, Fact{Kind: "signed"}); return err }); err == nil {
			t.Error("a fact without a case was recorded")
		}
		undone := errors.New("undone")
		db.Write(context.Background(), func(tx *store.Tx) error {
			f.Record(tx, Fact{Kind: "signed", Amount: 1, Case: "case_9"})
			return undone
		})
		write(t, db, func(tx *store.Tx) error {
			if got, _ := f.Count(tx, "signed"); got != (Total{0, 0}) {
				t.Errorf("count %+v: a fact of a transaction that failed is still there", got)
			}
			return nil
		})
	})
}

// TestFactsOfARecordAreFoundByIt: SQLite's planner took the index on reverses, and so every change of a record read all facts.
func TestFactsOfARecordAreFoundByIt(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), Migrations)
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		steps, err := store.List(tx, func(scan func(...any) error) (step string, err error) {
			var id, parent, unused int64
			return step, scan(&id, &parent, &unused, &step)
		}, `EXPLAIN QUERY PLAN `+selectOfRecord, "rec_1")
		if err == nil && !strings.Contains(strings.Join(steps, "\n"), "SEARCH f USING INDEX figure_facts_record") {
			t.Errorf("the plan is\n%s", strings.Join(steps, "\n"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
