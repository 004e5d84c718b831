package demo

import (
	"slices"
	"testing"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
)

// TestTheLastYearOfTheCityIsForecast hides the last year of the reference city's bottlenecks and forecasts how many will be cracked, from
// what stood in the pipeline at its beginning; and does so for each half of it.
func TestTheLastYearOfTheCityIsForecast(t *testing.T) {
	b := bottlenecks()
	listed, cracked := slices.Index(b.head, "listed_on"), slices.Index(b.head, "cracked_on")
	const today = caldate.Date("2024-12-31")
	days := []caldate.Date{"2025-06-30", lastCracked}
	came := make([]int64, len(days))
	var known []figure.Journey
	for _, row := range b.rows {
		from, to := caldate.Date(row[listed]), caldate.Date(row[cracked])
		for i, d := range days {
			if to > today && to <= d {
				came[i]++
			}
		}
		if from > today {
			continue
		}
		j := figure.Journey{Stays: []figure.Stay{{State: "listed", From: figure.DayNumber(from)}}}
		if to != "" && to <= today {
			j.Stays[0].To = figure.DayNumber(to)
			j.Hits = []figure.Hit{{Day: j.Stays[0].To, Amount: 1}}
		}
		known = append(known, j)
	}
	for i, o := range figure.Forecast(known, today, days) {
		t.Logf("by %s: %d to %d (%d), came %d", o.At, o.Low, o.High, o.Mid, came[i])
		if came[i] < o.Low || came[i] > o.High {
			t.Errorf("by %s came %d, forecast was %d to %d", o.At, came[i], o.Low, o.High)
		}
		if o.High-o.Low > came[i] {
			t.Errorf("by %s the interval says nothing: %d to %d", o.At, o.Low, o.High)
		}
	}
}
