package figure

import (
	"context"
	"strings"
	"testing"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// desk is a database with the sample's figures and a clock that a test moves.
type desk struct {
	t   *testing.T
	db  *store.DB
	f   *Facts
	b   *Book
	now time.Time
}

func newDesk(t *testing.T, db *store.DB, f *Facts, defs []Definition) *desk {
	d := &desk{t: t, db: db, f: f, b: NewBook(defs)}
	db.SetClock(func() time.Time { return d.now })
	d.on("2025-06-10")
	return d
}

// on puts the clock on nine in the morning of a day.
func (d *desk) on(day caldate.Date) { d.now = day.Start().Add(9 * time.Hour) }

func (d *desk) do(fn func(tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.Write(context.Background(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) refused(id string, fn func(tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.Write(context.Background(), fn); !refusal.Is(err, id) {
		d.t.Errorf("%v, want the refusal %s", err, id)
	}
}

func (d *desk) record(kind string, amount int64, day caldate.Date, dims map[string]string) (id string) {
	d.t.Helper()
	d.do(func(tx *store.Tx) (err error) {
		id, err = d.f.Record(tx, Fact{Kind: kind, Amount: amount, Case: "case_1", Day: day, Dims: dims})
		return err
	})
	return id
}

func (d *desk) value(name string, at At, want int64) {
	d.t.Helper()
	d.do(func(tx *store.Tx) error {
		v, err := d.b.Value(tx, name, at)
		if err == nil && (v.Value == nil || *v.Value != want) {
			d.t.Errorf("%s at %+v is %v, want %d", name, at, text(v.Value), want)
		}
		return err
	})
}

func text(n *int64) any {
	if n == nil {
		return "nothing"
	}
	return *n
}

func (d *desk) freeze(month string) (f Freeze) {
	d.t.Helper()
	d.do(func(tx *store.Tx) (err error) {
		f, err = d.b.Freeze(tx, month, "acc", func(s string) (string, error) { return s + "\n— sig\n", nil })
		return err
	})
	return f
}

func (d *desk) alerts(name string, at At) (kinds string) {
	d.do(func(tx *store.Tx) error {
		list, err := d.b.Alerts(tx, name, at)
		for _, a := range list {
			if a.Text.ZH == "" || a.Text.EN == "" {
				d.t.Errorf("an alert in one language: %+v", a)
			}
			kinds += a.Kind + " " + a.Month + ";"
		}
		return err
	})
	return kinds
}

// TestABackdatedFactLeavesTheFrozenMonth: what was reported stays, the alert names the month, and a restatement stands beside it.
func TestABackdatedFactLeavesTheFrozenMonth(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		d := newDesk(t, db, f, sample())
		d.record("signed", 500, "2025-06-10", map[string]string{"chain": "C1", "district": "D1"})
		d.refused("figure.month_open", func(tx *store.Tx) error { _, err := d.b.Freeze(tx, "2025-06", "acc", nil); return err })
		d.on("2025-07-02")
		frozen := d.freeze("2025-06")
		if !strings.Contains(frozen.Body, `"figure":"signed"`) || !strings.Contains(frozen.Body, `"keys":["C1"]`) {
			t.Errorf("body %s", frozen.Body)
		}
		d.refused("figure.frozen", func(tx *store.Tx) error { _, err := d.b.Freeze(tx, "2025-05", "acc", nil); return err })
		d.refused("figure.no_drift", func(tx *store.Tx) error { _, err := d.b.Restate(tx, "signed", "2025-06", "无", "acc"); return err })
		d.refused("figure.not_frozen", func(tx *store.Tx) error { _, err := d.b.Restate(tx, "signed", "2025-04", "无", "acc"); return err })

		d.on("2025-07-20")
		d.record("signed", 300, "2025-06-28", map[string]string{"chain": "C1", "district": "D2"})
		d.value("amount", At{Day: "2025-06-30"}, 800)
		d.value("amount", At{Day: "2025-06-30", Known: "2025-07-02"}, 500)
		if got := d.alerts("amount", At{Day: "2025-07-20"}); got != "drift 2025-06;" {
			t.Errorf("alerts %q", got)
		}
		d.refused("figure.reason", func(tx *store.Tx) error { _, err := d.b.Restate(tx, "amount", "2025-06", " ", "acc"); return err })
		d.do(func(tx *store.Tx) error {
			r, err := d.b.Restate(tx, "amount", "2025-06", "补录 6 月 28 日合同", "acc")
			if err == nil && (*r.Was != 500 || *r.Now != 800) {
				t.Errorf("restated %d to %d", *r.Was, *r.Now)
			}
			return err
		})
		if got := d.alerts("amount", At{Day: "2025-07-20"}); got != "" {
			t.Errorf("alerts after restating %q", got)
		}
		d.do(func(tx *store.Tx) error {
			list, err := d.b.Reported(tx, "amount")
			if err == nil && (len(list) != 1 || *list[0].Value != 500 || len(list[0].Restatements) != 1 || *list[0].Now != 800) {
				t.Errorf("reported %+v", list)
			}
			all, _ := d.b.Freezes(tx)
			return d.b.CheckFreeze(tx, all[0])
		})
	})
}

// TestATouchedFreezeIsFound changes what was frozen behind the program's back.
func TestATouchedFreezeIsFound(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		d := newDesk(t, db, f, sample())
		d.record("signed", 500, "2025-06-10", nil)
		d.on("2025-07-02")
		frozen := d.freeze("2025-06")
		d.do(func(tx *store.Tx) error { return d.b.CheckFreeze(tx, frozen) })
		changed := frozen
		changed.Body = strings.Replace(frozen.Body, `"value":500`, `"value":900`, 1)
		d.do(func(tx *store.Tx) error {
			if d.b.CheckFreeze(tx, changed) == nil {
				t.Error("a changed body passes")
			}
			changed.Digest = digest([]byte(changed.Body))
			if d.b.CheckFreeze(tx, changed) == nil {
				t.Error("a changed body with its digest passes")
			}
			if _, err := tx.Exec(`UPDATE figure_frozen SET value = 900 WHERE figure = 'amount'`); err != nil {
				return err
			}
			if d.b.CheckFreeze(tx, frozen) == nil {
				t.Error("a changed value passes")
			}
			return nil
		})
	})
}

// TestADefinitionChangedInMidYear: each day's value by its version, year on year by one of them, and an alert that says so.
func TestADefinitionChangedInMidYear(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		defs := sample()
		defs[0].Rules = []Rule{{Version: "1", Way: Count, Facts: []string{"signed"}},
			{Version: "2", From: "2025-07-01", Way: Count, Facts: []string{"signed"}, Where: map[string][]string{"chain": {"C1"}}}}
		d := newDesk(t, db, f, defs)
		for _, x := range []struct{ day, chain string }{{"2024-03-01", "C1"}, {"2024-03-02", "C2"}, {"2024-03-03", "C2"}, {"2025-03-01", "C1"}, {"2025-03-02", "C1"}, {"2025-03-03", "C2"}} {
			d.record("signed", 1, caldate.Date(x.day), map[string]string{"chain": x.chain})
		}
		d.on("2025-08-01")
		d.value("signed", At{Day: "2025-06-30"}, 3)
		d.value("signed", At{Day: "2025-07-31"}, 2)
		d.do(func(tx *store.Tx) error {
			g, err := d.b.Growth(tx, "signed", At{Day: "2025-07-31"})
			if err == nil && (*g.Value != 1_000_000 || g.Parts[1].Version != "2") { // from 1 to 2, both by version 2
				t.Errorf("growth %+v", g)
			}
			return err
		})
		if got := d.alerts("signed", At{Day: "2025-07-31"}); got != "definition ;" {
			t.Errorf("alerts %q", got)
		}
		d.freeze("2025-06")
		d.do(func(tx *store.Tx) error {
			list, err := d.b.Reported(tx, "signed")
			if err == nil && (list[0].Version != "1" || list[0].Drift || list[0].Gone) {
				t.Errorf("June by version 1: %+v", list[0])
			}
			return err
		})
		d.b = NewBook(sample()) // a pack that knows neither version
		if got := d.alerts("signed", At{Day: "2025-07-31"}); got != "gone 2025-06;" {
			t.Errorf("alerts %q", got)
		}
	})
}

// TestMergedRecords: two firms were one; what was known before stays, and the frozen month is told about.
func TestMergedRecords(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		d := newDesk(t, db, f, sample())
		d.record("served", 1, "2025-06-02", map[string]string{"firm": "A", "chain": "C1"})
		d.record("served", 1, "2025-06-03", map[string]string{"firm": "B", "chain": "C1"})
		if _, err := d.b.Roll(context.Background(), d.db); err != nil {
			t.Fatal(err)
		}
		d.record("served", 1, "2025-06-04", map[string]string{"firm": "B", "chain": "C2"})
		d.on("2025-07-02")
		d.freeze("2025-06")
		d.on("2025-07-05")
		d.do(func(tx *store.Tx) error {
			return d.b.Merge(tx, "firm", "B", "A", "acc", "同一统一社会信用代码")
		})
		d.refused("figure.merged", func(tx *store.Tx) error { return d.b.Merge(tx, "firm", "A", "B", "acc", "反向") })
		d.refused("figure.merged", func(tx *store.Tx) error { return d.b.Merge(tx, "firm", "B", "C", "acc", "再并") })
		d.value("firms", At{Day: "2025-06-30"}, 1)
		d.value("firms", At{Day: "2025-06-30", Known: "2025-07-02"}, 2)
		d.value("all_firms", At{Day: "2025-07-31"}, 1)
		if got := d.alerts("firms", At{Day: "2025-07-05"}); got != "drift 2025-06;" {
			t.Errorf("alerts %q", got)
		}
		d.do(func(tx *store.Tx) error {
			by, err := d.b.Breakdown(tx, "firms", At{Day: "2025-06-30"}, "chain")
			if err == nil && (by.Overlap.IsZero() || by.Sum != 2 || *by.Value.Value != 1) {
				t.Errorf("by chain: %+v", by)
			}
			return err
		})
	})
}

// TestNothingIsDividedByZero, and what overlaps or differs in kind is not added.
func TestNothingIsDividedByZero(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		d := newDesk(t, db, f, sample())
		d.record("signed", 500, "2025-06-10", map[string]string{"chain": "C1"})
		d.do(func(tx *store.Tx) error {
			for _, name := range []string{"rate", "growth"} {
				v, err := d.b.Value(tx, name, At{Day: "2025-06-30"})
				if err != nil || v.Value != nil || v.Why.IsZero() || len(v.Parts) != 2 {
					t.Errorf("%s: %+v %v", name, v, err)
				}
			}
			if v, err := d.b.Add(tx, []string{"signed"}, At{Day: "2025-06-30"}); err != nil || *v.Value != 1 {
				t.Errorf("one figure alone: %+v %v", v, err)
			}
			return nil
		})
		d.refused("figure.overlap", func(tx *store.Tx) error {
			_, err := d.b.Add(tx, []string{"pilot", "amount"}, At{Day: "2025-06-30"})
			return err
		})
		d.refused("figure.unlike", func(tx *store.Tx) error {
			_, err := d.b.Add(tx, []string{"signed", "amount"}, At{Day: "2025-06-30"})
			return err
		})
		d.refused("figure.none", func(tx *store.Tx) error { _, err := d.b.Value(tx, "no such", At{Day: "2025-06-30"}); return err })
		d.refused("figure.dims", func(tx *store.Tx) error {
			_, err := d.b.Breakdown(tx, "signed", At{Day: "2025-06-30"}, "firm")
			return err
		})
	})
}

// TestTwoReportsOfOneFigure, and a whole that is not its parts.
func TestTwoReportsOfOneFigure(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		defs := sample()
		defs[1].Parts = []string{"pilot"}
		d := newDesk(t, db, f, defs)
		d.record("signed", 500, "2025-06-10", map[string]string{"chain": "C1"})
		d.do(func(tx *store.Tx) error {
			for source, value := range map[string]int64{"统计公报": 500, "新闻报道": 600} {
				if _, err := d.b.Report(tx, Report{Figure: "amount", Day: "2025-06-30", Value: value, Source: source}, "acc"); err != nil {
					return err
				}
			}
			return nil
		})
		if got := d.alerts("amount", At{Day: "2025-06-30"}); got != "reports 2025-06-30;reports 2025-06-30;" {
			t.Errorf("alerts %q", got)
		}
		d.record("signed", 70, "2025-06-11", map[string]string{"chain": "C2"})
		if got := d.alerts("amount", At{Day: "2025-06-30"}); !strings.HasPrefix(got, "parts ;") {
			t.Errorf("alerts %q", got)
		}
	})
}

// TestShare rounds half away from zero and takes amounts of any size.
func TestShare(t *testing.T) {
	for _, c := range []struct{ a, b, want int64 }{{1, 3, 333_333}, {2, 3, 666_667}, {-1, 3, -333_333}, {1, -2, -500_000}, {4_691_900_000_000 - 3_420_000_000_000, 3_420_000_000_000, 371_901}} {
		if got, _ := share(&c.a, &c.b); got == nil || *got != c.want {
			t.Errorf("%d / %d = %v, want %d", c.a, c.b, text(got), c.want)
		}
	}
	zero := int64(0)
	if got, why := share(&zero, &zero); got != nil || why.IsZero() {
		t.Error("0 / 0 has a value")
	}
}

// TestSeries gives month ends and the day itself.
func TestSeries(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		d := newDesk(t, db, f, sample())
		for _, day := range []caldate.Date{"2024-11-05", "2024-12-31", "2025-01-01", "2025-02-10", "2025-03-10"} {
			d.record("signed", 100, day, map[string]string{"district": "D1"})
		}
		for _, rolled := range []bool{false, true} {
			if rolled {
				if _, err := d.b.Roll(context.Background(), d.db); err != nil {
					t.Fatal(err)
				}
			}
			d.do(func(tx *store.Tx) error {
				for name, want := range map[string][]any{
					"signed": {int64(1), int64(2), int64(1), int64(2), int64(2)}, "ever": {int64(1), int64(2), int64(3), int64(4), int64(4)},
					"growth": {"nothing", "nothing", "nothing", "nothing", "nothing"}} {
					list, err := d.b.Series(tx, name, At{Day: "2025-03-09"}, 5)
					if err != nil {
						return err
					}
					for i, m := range list {
						if text(m.Value) != want[i] {
							t.Errorf("%s rolled %v, %s: %v, want %v", name, rolled, m.Month, text(m.Value), want[i])
						}
					}
				}
				return nil
			})
		}
	})
}
