package figure

import (
	"fmt"
	"strconv"
	"time"

	"kechuang/internal/caldate"
)

// Days, months and years are numbers here — 20250630, 202506, 2025 — so that they sort and compare in the database as they do in time.

func dayOf(d caldate.Date) int64 {
	n, err := strconv.ParseInt(string(d[:4])+string(d[5:7])+string(d[8:10]), 10, 64)
	if err != nil {
		panic("figure: a Date that Parse did not make: " + string(d))
	}
	return n
}

func dateOf(day int64) caldate.Date {
	return caldate.Date(fmt.Sprintf("%04d-%02d-%02d", day/10000, day/100%100, day%100))
}

func monthOf(day int64) int64 { return day / 100 }
func yearOf(day int64) int64  { return day / 10000 }

// lastOf is the last day of a month.
func lastOf(month int64) int64 {
	t := time.Date(int(month/100), time.Month(month%100)+1, 0, 0, 0, 0, 0, time.UTC)
	return month*100 + int64(t.Day())
}

// addMonths is the month n months later.
func addMonths(month int64, n int) int64 {
	m := month/100*12 + month%100 - 1 + int64(n)
	return m/12*100 + m%12 + 1
}

// yearBefore is the same day a year before; the end of a month stays one.
func yearBefore(day int64) int64 {
	m := monthOf(day) - 100
	if day == lastOf(monthOf(day)) {
		return lastOf(m)
	}
	return min(m*100+day%100, lastOf(m))
}

// monthRange reads "2025-06".
func monthNumber(text string) (int64, bool) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return 0, false
	}
	return int64(t.Year()*100 + int(t.Month())), true
}

func monthText(month int64) string { return fmt.Sprintf("%04d-%02d", month/100, month%100) }

// span is the grains that make up a time from the first of some month (0: from the beginning) to a day.
type span struct {
	grain, from, to int64
}

// spans covers lo to hi by whole years, whole months and the days of the last month.
func spans(lo, hi int64) []span {
	var out []span
	add := func(grain, from, to int64) {
		if from <= to {
			out = append(out, span{grain, from, to})
		}
	}
	y, m := yearOf(hi), monthOf(hi)
	firstYear := yearOf(lo)
	if lo%10000 > 101 { // begins within a year
		add(2, monthOf(lo), min(firstYear*100+12, lastWhole(hi)))
		firstYear++
	}
	lastYear := y - 1
	if hi%10000 == 1231 {
		lastYear = y
	}
	add(1, firstYear, lastYear)
	if lastYear < y && firstYear <= y {
		add(2, max(y*100+1, monthOf(lo)), lastWhole(hi))
	}
	if hi != lastOf(m) {
		add(3, max(m*100+1, lo), hi)
	}
	return out
}

// lastWhole is the last month that ends by the day.
func lastWhole(day int64) int64 {
	if day == lastOf(monthOf(day)) {
		return monthOf(day)
	}
	return addMonths(monthOf(day), -1)
}
