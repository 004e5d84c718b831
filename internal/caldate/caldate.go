// Package caldate is civil dates and working days (工作日) in Shanghai time, by calendar data and never by guess.
//
//	cal.AddWorkdays(d, 5) // five working days after d, holidays (放假) and make-up days (调休) counted as the State Council's notice says
//
// A period counts from the day after its trigger and ends at the end of its last day, Shanghai time.
package caldate

import (
	"fmt"
	"time"

	"golang.org/x/text/width"
)

// Shanghai is the zone of every civil date here.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// Date is a civil day, written 2025-06-30.
type Date string

// On is the civil day of an instant.
func On(t time.Time) Date { return Date(t.In(Shanghai).Format(time.DateOnly)) }

// Parse checks a date; full-width digits, 2025/6/30, 2025.6.30 and 2025年6月30日 are understood, and 2025-02-30 is not a date.
func Parse(s string) (Date, error) {
	n := width.Narrow.String(s)
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"} {
		if t, err := time.ParseInLocation(layout, n, Shanghai); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return On(t), nil
		}
	}
	return "", fmt.Errorf("“%s”不是日期，请写成 2025-06-30", s)
}

// Start is the first instant of the day; End the first instant after it.
func (d Date) Start() time.Time {
	y, m, day, ok := d.split()
	t := time.Date(y, time.Month(m), day, 0, 0, 0, 0, Shanghai)
	if !ok || t.Day() != day || int(t.Month()) != m {
		panic("caldate: a Date that Parse did not make: " + string(d))
	}
	return t
}

// split reads the digits where they always stand; deadlines are counted day by day, and time.Parse took half of that.
func (d Date) split() (year, month, day int, ok bool) {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return 0, 0, 0, false
	}
	number := func(s Date) (n int) {
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				ok = false
			}
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	ok = true
	return number(d[:4]), number(d[5:7]), number(d[8:]), ok
}

// End is the first instant after the day.
func (d Date) End() time.Time { return d.AddDays(1).Start() }

// AddDays is the day n calendar days later.
func (d Date) AddDays(n int) Date { return On(d.Start().AddDate(0, 0, n)) }

// AddMonths is the same day n months later, or the last day of that month where it has no such day.
func (d Date) AddMonths(n int) Date {
	y, m, day, _ := d.split()
	first := time.Date(y, time.Month(m+n), 1, 12, 0, 0, 0, Shanghai)
	last := first.AddDate(0, 1, -1).Day()
	return On(first.AddDate(0, 0, min(day, last)-1))
}

// Year is the civil year.
func (d Date) Year() int { return d.Start().Year() }

// Calendar knows which days are worked. Days outside the years it covers follow the plain week.
type Calendar struct {
	holidays map[Date]string // days off that are not weekends, or weekends inside a holiday, by name
	makeUps  map[Date]bool   // weekend days that are worked
	years    map[int]string  // year → 文号 of the notice
}

// NewCalendar is an empty calendar: Monday to Friday are worked.
func NewCalendar() *Calendar {
	return &Calendar{map[Date]string{}, map[Date]bool{}, map[int]string{}}
}

// AddYear enters one year's notice: days off by name and make-up working days.
func (c *Calendar) AddYear(year int, basis string, holidays map[Date]string, makeUps []Date) {
	c.years[year] = basis
	for d, name := range holidays {
		c.holidays[d] = name
	}
	for _, d := range makeUps {
		c.makeUps[d] = true
	}
}

// Covers tells whether the year's notice is in the data, and its 文号.
func (c *Calendar) Covers(year int) (basis string, ok bool) { basis, ok = c.years[year]; return }

// Empty tells that the notice of no year is known: every weekday counts as worked.
func (c *Calendar) Empty() bool { return len(c.years) == 0 }

// IsWorkday tells whether the day is worked.
func (c *Calendar) IsWorkday(d Date) bool {
	if c.makeUps[d] {
		return true
	}
	if _, off := c.holidays[d]; off {
		return false
	}
	wd := d.Start().Weekday()
	return wd != time.Saturday && wd != time.Sunday
}

// AddWorkdays is the n-th working day after d.
func (c *Calendar) AddWorkdays(d Date, n int) Date {
	for n > 0 {
		d = d.AddDays(1)
		if c.IsWorkday(d) {
			n--
		}
	}
	return d
}

// WorkdaysBetween counts the working days after from, up to and with to; negative when to is before from.
func (c *Calendar) WorkdaysBetween(from, to Date) int {
	if to < from {
		return -c.WorkdaysBetween(to, from)
	}
	n := 0
	for d := from; d < to; {
		d = d.AddDays(1)
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}
