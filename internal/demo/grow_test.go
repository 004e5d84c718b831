package demo_test

import (
	"context"
	"testing"

	"kechuang/internal/demo"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestReferenceFigures builds the reference city at its full size and compares every reference figure with what its records come to. Growing
// again does nothing.
func TestReferenceFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("the full city takes half a minute")
	}
	db := storetest.Open(t, storetest.URL(t, store.SQLite), sets...)
	c, led, _ := furnish(t, db)
	ctx := context.Background()
	if _, err := demo.Build(ctx, c); err != nil {
		t.Fatal(err)
	}
	if err := demo.Grow(ctx, c, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Cases.Book().Roll(ctx, db); err != nil {
		t.Fatal(err)
	}
	list, err := c.Cases.Compare(ctx)
	if err != nil || len(list) < 30 {
		t.Fatalf("%d reference figures: %v", len(list), err)
	}
	for _, r := range list {
		if !r.Fed || !r.Equal {
			got := int64(-1)
			if r.Computed != nil {
				got = *r.Computed
			}
			t.Errorf("%s %s: %d, published is %d (%d facts)", r.ID, r.Title.ZH, got, r.Value, r.Facts)
		}
	}
	if err := db.Read(ctx, func(tx *store.Tx) error { // the last year hidden, and forecast from what stood in the pipeline
		h, ok, err := c.Cases.Hindsight(tx, "technologies_cracked", "2024-12-31", "2025-12-31")
		if t.Logf("technologies cracked in 2025: %d to %d, came %d", h.Low, h.High, h.Came); !ok || !h.Inside() || h.High-h.Low > h.Came {
			t.Errorf("%+v", h)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	var before map[string]int64
	count := func() (n map[string]int64) {
		if err := db.Read(ctx, func(tx *store.Tx) (err error) { n, err = c.Register.CountRecords(tx); return err }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if before = count(); before["contract"] != 30_000 {
		t.Errorf("%d contracts", before["contract"])
	}
	if err := demo.Grow(ctx, c, nil); err != nil {
		t.Error(err)
	}
	for kind, n := range count() {
		if n != before[kind] {
			t.Errorf("growing again made %d of %s more", n-before[kind], kind)
		}
	}
	if err := db.Read(ctx, led.Audit); err != nil {
		t.Error(err)
	}
}
