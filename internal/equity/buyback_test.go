package equity_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

var bands = []equity.Band{{Years: 3}, {Years: 5, Rate: 31_000}, {Market: true}}

// TestBuyOut works the bands out by hand: three years at the principal, to the fifth with interest, then the market's price.
func TestBuyOut(t *testing.T) {
	t.Parallel()
	x := equity.BuyOut{Principal: 100 * money.Wan, Per: 100_000, Since: "2024-02-29", Bands: bands, Market: 300 * money.Wan}
	for _, c := range []struct {
		day  caldate.Date
		band int
		want money.Fen
	}{
		{"2024-02-29", 1, 100 * money.Wan},
		{"2027-02-28", 1, 100 * money.Wan},          // where a month has no such day, its last one (民法典 第二百零二条)
		{"2027-03-01", 2, 100_000_000 + 9_308_493},  // 1096 days: 100 000 000 × 3.1 % × 1096 ÷ 365 = 9 308 493.15
		{"2029-02-28", 2, 100_000_000 + 15_508_493}, // 1826 days
		{"2029-03-01", 3, 300 * money.Wan},
	} {
		p, err := x.Price(100_000, 100_000, c.day)
		if err != nil || p.Band != c.band || p.Amount != c.want {
			t.Errorf("on %s: band %d for %d (%v), want band %d for %d", c.day, p.Band, p.Amount, err, c.band, c.want)
		}
	}
	for name, c := range map[string]struct {
		held, shares int64
		day          caldate.Date
		change       func(*equity.BuyOut)
		want         string
	}{
		"none":              {100, 0, "2025-01-01", nil, "equity.nothing"},
		"more than held":    {99, 100, "2025-01-01", nil, "equity.short"},
		"more than came":    {100_001, 100_001, "2025-01-01", nil, "equity.short"},
		"before":            {100, 1, "2024-02-28", nil, "equity.backdated"},
		"no market price":   {100, 1, "2030-01-01", func(x *equity.BuyOut) { x.Market = 0 }, "equity.market"},
		"no principal":      {100, 1, "2025-01-01", func(x *equity.BuyOut) { x.Principal = 0 }, "equity.principal"},
		"no bands":          {100, 1, "2025-01-01", func(x *equity.BuyOut) { x.Bands = nil }, "equity.bands"},
		"an end":            {100, 1, "2025-01-01", func(x *equity.BuyOut) { x.Bands = bands[:2] }, "equity.bands"},
		"not in time":       {100, 1, "2025-01-01", func(x *equity.BuyOut) { x.Bands = []equity.Band{bands[1], bands[0], bands[2]} }, "equity.bands"},
		"for ever at first": {100, 1, "2025-01-01", func(x *equity.BuyOut) { x.Bands = []equity.Band{{}, bands[2]} }, "equity.bands"},
	} {
		y := x
		if c.change != nil {
			c.change(&y)
		}
		if _, err := y.Price(c.held, c.shares, c.day); !refusal.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// TestBuyOutParts buys in random parts on random days: each price is what a second calculation comes to, which counts days one by one and
// works in fractions, and the principals of all parts come to the whole.
func TestBuyOutParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := equity.BuyOut{Principal: money.Fen(rapid.Int64Range(1, 1_000_000_000).Draw(t, "principal")), Per: rapid.Int64Range(1, 1_000_000).Draw(t, "per"), Since: "2026-03-02",
			Bands: []equity.Band{{Years: 3}, {Years: 5, Rate: share.PPM(rapid.Int64Range(0, 100_000).Draw(t, "rate"))}, {Market: true}}, Market: 77}
		held, day, days := x.Per, x.Since, int64(0)
		var principals money.Fen
		for held > 0 {
			n := rapid.Int64Range(1, held).Draw(t, "shares")
			for more := rapid.IntRange(0, 600).Draw(t, "days"); more > 0; more-- {
				day, days = day.AddDays(1), days+1
			}
			p, err := x.Price(held, n, day)
			if err != nil {
				t.Fatal(err)
			}
			band := 3
			switch { // 2029-03-02 is the 1096th day after, 2031-03-02 the 1826th
			case days <= 1096:
				band = 1
			case days <= 1826:
				band = 2
			}
			interest := new(big.Rat)
			if band == 2 {
				interest.Mul(big.NewRat(int64(p.Principal)*days, 365), big.NewRat(int64(x.Bands[1].Rate), 1_000_000))
			}
			want := fmt.Sprintf("%d %s", band, new(big.Rat).Add(big.NewRat(int64(p.Principal), 1), interest).FloatString(0))
			if band == 3 {
				want = "3 77"
			}
			if got := fmt.Sprintf("%d %d", p.Band, p.Amount); got != want {
				t.Fatalf("%d of %d after %d days: %s, want %s", n, held, days, got, want)
			}
			principals += p.Principal
			held -= n
		}
		if principals != x.Principal {
			t.Fatalf("the parts come to %d of %d", principals, x.Principal)
		}
	})
}

// TestFreeze: frozen shares stay where they are until the case that froze them lets go, whatever another case says; the history tells the
// same.
func TestFreeze(t *testing.T) {
	t.Parallel()
	x := *table(t, equity.Row{Party: "团队", Shares: 600}, equity.Row{Party: "基金", Shares: 400})
	var history []equity.Dated
	do := func(kase string, d equity.Deed) error {
		before := x.Clone()
		e := equity.Event{Kind: d.Kind(), Day: "2026-03-02", Case: kase}
		moves, err := d.Do(&x, e)
		if err != nil {
			x = before
			return err
		}
		h := equity.Dated{Event: e, Moves: moves}
		switch d := d.(type) {
		case equity.Freezing:
			h.Of = d.Parties
		case equity.Unfreezing:
			h.Of = d.Parties
		}
		history = append(history, h)
		return nil
	}
	first := x.Clone()
	team, other := "团队", "基金"
	sell := equity.Selling{From: team, Row: equity.Row{Party: other, Shares: 1}}
	for i, c := range []struct {
		kase string
		do   equity.Deed
		want string
	}{
		{"a", equity.Freezing{Parties: []string{"nobody"}}, "equity.nothing"},
		{"a", equity.Freezing{Parties: []string{team}}, ""},
		{"a", equity.Freezing{Parties: []string{team}}, ""}, // once more is once
		{"b", equity.Freezing{Parties: []string{team}}, ""},
		{"c", sell, "equity.frozen"},
		{"c", equity.BuyingBack{Row: equity.Row{Party: team, Shares: 1}}, "equity.frozen"},
		{"c", equity.Selling{From: other, Row: equity.Row{Party: team, Shares: 1}}, ""},
		{"c", equity.Unfreezing{Parties: []string{team}}, ""}, // froze nothing
		{"a", equity.Unfreezing{Parties: []string{team}}, ""},
		{"a", sell, "equity.frozen"}, // b still keeps them
		{"b", equity.Unfreezing{Parties: []string{team}}, ""},
		{"a", sell, ""},
		{"a", equity.Freezing{Parties: []string{team}}, ""},
		{"a", equity.Exiting{How: equity.ByLiquidation, From: team}, ""},
		{"a", equity.Unfreezing{Parties: []string{team}}, ""},
	} {
		if err := do(c.kase, c.do); (c.want == "") != (err == nil) || (c.want != "" && !refusal.Is(err, c.want)) {
			t.Errorf("%d: %v, want %q", i, err, c.want)
		}
		if err := x.Check(); err != nil {
			t.Error(err)
		}
	}
	again := first
	for _, d := range history {
		again = replay(again, d)
	}
	if fmt.Sprint(again.Lots, again.Freezes) != fmt.Sprint(x.Lots, x.Freezes) {
		t.Errorf("the history gives %v and not %v", again, x)
	}
}

// replay puts an event on a table as At does.
func replay(t equity.Table, d equity.Dated) equity.Table {
	start := equity.Dated{Event: equity.Event{Day: t.Day}}
	for _, l := range t.Lots {
		start.Moves = append(start.Moves, equity.Move{Class: l.Class, To: l.Hand, Shares: l.Shares})
	}
	list := []equity.Dated{start}
	for _, f := range t.Freezes {
		list = append(list, equity.Dated{Event: equity.Event{Kind: equity.KindFreeze, Day: t.Day, Case: f.Case}, Of: []string{f.Party}})
	}
	return equity.At(append(list, d), "")
}
