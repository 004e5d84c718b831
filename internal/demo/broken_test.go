package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kechuang/internal/demo"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestBrokenOff breaks the building off at many moments and builds again: it waits for nobody, and either makes the whole city,
// where nothing was there yet, or says that there is half of one and touches nothing.
func TestBrokenOff(t *testing.T) {
	halves := 0
	for _, after := range []time.Duration{0, 5, 20, 80, 150, 250, 350, 450} {
		db := storetest.Open(t, storetest.URL(t, store.SQLite), sets...)
		c, led, _ := furnish(t, db)
		ctx, cancel := context.WithTimeout(context.Background(), after*time.Millisecond)
		_, first := demo.Build(ctx, c)
		cancel()
		ctx, cancel = context.WithTimeout(context.Background(), 5*time.Minute) // far more than any machine needs; whoever waits runs into it
		made, err := demo.Build(ctx, c)
		switch {
		case errors.Is(err, demo.ErrHalf):
			halves++
			if first == nil || made {
				t.Errorf("after %d ms: half a city, and the first build said %v, the second %v", after, first, made)
			}
		case err != nil:
			t.Errorf("broken off after %d ms: %v", after, err)
		case made == (first == nil):
			t.Errorf("after %d ms: first %v, made again %v", after, first, made)
		}
		if _, err := c.Cases.Tick(ctx); err != nil { // today's deadlines over a half city end too
			t.Errorf("broken off after %d ms: deadlines: %v", after, err)
		}
		if err := db.Read(ctx, led.Audit); err != nil {
			t.Errorf("broken off after %d ms: %v", after, err)
		}
		cancel()
	}
	if halves == 0 {
		t.Error("no build was broken off in the middle")
	}
}
