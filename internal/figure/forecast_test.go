package figure

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

// pipeline makes cases at random: some months of application, half a year of review, a year of work; three in ten fail on the way. With surge
// more cases come in the last months before the year that is hidden.
func pipeline(rng *rand.Rand, from, to int, surge int) []Journey {
	var out []Journey
	for day := from; day < to; day += 1 + rng.IntN(4) {
		n := 1
		if surge > 0 && day > to-365-150 && day < to-365 {
			n = surge
		}
		for range n {
			var j Journey
			at := day
			for _, s := range []struct {
				name          string
				least, spread int
				fails         float64
			}{{"draft", 5, 60, 0.1}, {"review", 30, 120, 0.15}, {"running", 120, 300, 0.08}} {
				j.Stays = append(j.Stays, Stay{s.name, at, at + s.least + rng.IntN(s.spread)})
				at = j.Stays[len(j.Stays)-1].To
				if rng.Float64() < s.fails {
					at = 0
					break
				}
			}
			if at > 0 {
				j.Hits = []Hit{{at, 1}}
			}
			out = append(out, j)
		}
	}
	return out
}

// hidden is what was known on a day, and what the rest brought by another.
func hidden(all []Journey, today, until int) (known []Journey, then int64, before int64) {
	for _, j := range all {
		for _, h := range j.Hits {
			if h.Day > today && h.Day <= until {
				then += h.Amount
			}
			if h.Day > today-365 && h.Day <= today {
				before += h.Amount
			}
		}
		if j.Stays[0].From > today {
			continue
		}
		var k Journey
		for _, s := range j.Stays {
			if s.From > today {
				break
			}
			if s.To > today {
				s.To = 0
			}
			k.Stays = append(k.Stays, s)
		}
		for _, h := range j.Hits {
			if h.Day <= today {
				k.Hits = append(k.Hits, h)
			}
		}
		known = append(known, k)
	}
	return known, then, before
}

// TestTheLastYearIsForecast hides the last of four years, forecasts it and compares: the interval that should hold eight times in ten does
// so, and where the pipeline filled up lately the forecast is nearer than last year's number, which is what a straight line says.
func TestTheLastYearIsForecast(t *testing.T) {
	const cities = 40
	today, until := DayNumber("2024-12-31"), DayNumber("2025-12-31")
	for _, c := range []struct {
		name  string
		surge int
	}{{"steady", 0}, {"filled up", 3}} {
		inside, off, lineOff := 0, 0.0, 0.0
		for seed := range cities {
			all := pipeline(rand.New(rand.NewPCG(uint64(seed), 7)), DayNumber("2021-06-01"), until, c.surge)
			known, then, before := hidden(all, today, until)
			o := Forecast(known, "2024-12-31", []caldate.Date{"2025-06-30", "2025-12-31"})
			if o[0].Mid > o[1].Mid || o[1].Low > o[1].Mid || o[1].Mid > o[1].High {
				t.Fatalf("%+v", o)
			}
			if then >= o[1].Low && then <= o[1].High {
				inside++
			}
			off += math.Abs(float64(then-o[1].Mid)) / cities
			lineOff += math.Abs(float64(then-before)) / cities
		}
		t.Logf("%s: %d of %d inside the interval; off by %.1f, a straight line by %.1f", c.name, inside, cities, off, lineOff)
		if inside < cities*65/100 || inside > cities*97/100 {
			t.Errorf("%s: %d of %d cities inside an interval of 80 %%", c.name, inside, cities)
		}
		if c.surge > 0 && off*2 > lineOff {
			t.Errorf("%s: the forecast is off by %.1f, a straight line by %.1f", c.name, off, lineOff)
		}
	}
}

func TestForecastOfLittle(t *testing.T) {
	if o := Forecast(nil, "2025-01-01", []caldate.Date{"2025-12-31"}); len(o) != 1 || o[0].High != 0 {
		t.Errorf("from nothing: %+v", o)
	}
	one := []Journey{{Stays: []Stay{{State: "draft", From: DayNumber("2024-12-01")}}}}
	if o := Forecast(one, "2025-01-01", []caldate.Date{"2025-12-31"}); o[0].High != 0 {
		t.Errorf("nobody ever left the state: %+v", o)
	}
	many := pipeline(rand.New(rand.NewPCG(1, 7)), DayNumber("2022-06-01"), DayNumber("2024-12-31"), 0)
	a := Forecast(many, "2025-01-01", []caldate.Date{"2025-12-31"})
	slices.Reverse(many)
	if b := Forecast(many, "2025-01-01", []caldate.Date{"2025-12-31"}); a[0] != b[0] {
		t.Error("another order gives another answer")
	}
	if a, b := Forecast(one, "2025-01-01", []caldate.Date{"2025-12-31"}), Forecast(one, "2025-01-01", []caldate.Date{"2025-12-31"}); a[0] != b[0] {
		t.Error("the same input gives two answers")
	}
}

// TestDaysAndPace are small and exact.
func TestDaysAndPace(t *testing.T) {
	if DateOfNumber(DayNumber("2025-06-30")) != "2025-06-30" || DayNumber("1970-01-02") != 1 {
		t.Error("days do not count")
	}
	from, to := Point{265, "2025-06-30"}, Point{300, "2025-12-31"}
	for day, want := range map[caldate.Date]int64{"2025-01-01": 265, "2025-06-30": 265, "2025-09-30": 282, "2025-12-31": 300, "2026-02-01": 300} {
		if got := Pace(from, to, day); got != want {
			t.Errorf("pace on %s: %d, want %d", day, got, want)
		}
	}
	for _, c := range []struct{ day, want int64 }{{20240229, 20230228}, {20250228, 20240229}, {20250630, 20240630}, {20250615, 20240615}} {
		if got := yearBefore(c.day); got != c.want {
			t.Errorf("a year before %d: %d, want %d", c.day, got, c.want)
		}
	}
}

// TestATargetInThePast is compared with its own day, and not forecast.
func TestATargetInThePast(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		defs := sample()
		defs[3].Targets, defs[3].Baseline = []Point{{3, "2025-03-31"}, {9, "2025-12-31"}}, &Point{0, "2024-12-31"}
		d := newDesk(t, db, f, defs)
		for _, day := range []caldate.Date{"2025-02-01", "2025-05-01"} {
			d.record("signed", 1, day, map[string]string{"district": "D1"})
		}
		journeys := []Journey{{Stays: []Stay{{"draft", DayNumber("2025-01-01"), DayNumber("2025-02-01")}}, Hits: []Hit{{DayNumber("2025-02-01"), 1}}},
			{Stays: []Stay{{State: "draft", From: DayNumber("2025-06-01")}}}}
		d.do(func(tx *store.Tx) error {
			a, found, err := d.b.Aim(tx, "ever", At{Day: "2025-06-10"}, journeys)
			if err != nil || !found || a.Target.Value != 9 || a.From.Value != 3 || *a.Value != 2 || *a.Gap >= 0 || a.Past || len(a.Outlooks) != 7 {
				t.Errorf("before the second target: %+v %v", a, err)
			}
			a, _, err = d.b.Aim(tx, "ever", At{Day: "2026-01-10"}, journeys)
			if err != nil || !a.Past || a.Met || *a.Value != 2 || a.Outlooks != nil {
				t.Errorf("after the last target: %+v %v", a, err)
			}
			_, found, err = d.b.Aim(tx, "signed", At{Day: "2026-01-10"}, nil)
			if found {
				t.Error("a target that is not there")
			}
			return err
		})
	})
}
