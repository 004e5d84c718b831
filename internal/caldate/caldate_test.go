package caldate_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
)

// may2025 is the part of 国办发明电〔2024〕12号 around 1 May 2025.
func may2025() *caldate.Calendar {
	c := caldate.NewCalendar()
	c.AddYear(2025, "国办发明电〔2024〕12号", map[caldate.Date]string{"2025-05-01": "劳动节", "2025-05-02": "劳动节", "2025-05-03": "劳动节", "2025-05-04": "劳动节", "2025-05-05": "劳动节"},
		[]caldate.Date{"2025-04-27"})
	return c
}

func TestParse(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]caldate.Date{"2025-06-30": "2025-06-30", "2025/6/3": "2025-06-03", "2025.6.3": "2025-06-03", "２０２５年６月３日": "2025-06-03", "20250603": "2025-06-03", "2024-02-29": "2024-02-29"} {
		if got, err := caldate.Parse(s); err != nil || got != want {
			t.Errorf("%q: got %s %v, want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"", "2025-02-29", "2025-02-30", "2025-13-01", "1899-12-31", "2201-01-01", "明天", "25-1-1", "2025-06-30T00:00:00Z"} {
		if got, err := caldate.Parse(s); err == nil {
			t.Errorf("%q is read as %s", s, got)
		}
	}
}

// TestShanghai: a day begins and ends in Shanghai, whatever the zone of the instant.
func TestShanghai(t *testing.T) {
	t.Parallel()
	d := caldate.Date("2025-06-30")
	if got := d.End().Sub(d.Start()); got != 24*time.Hour {
		t.Errorf("a day has %s", got)
	}
	if got := caldate.On(time.Date(2025, 6, 29, 16, 0, 0, 0, time.UTC)); got != d {
		t.Errorf("16:00 UTC is %s", got)
	}
	if got := caldate.On(d.End().Add(-time.Microsecond)); got != d {
		t.Errorf("the last instant is on %s", got)
	}
	if got := caldate.On(d.End()); got != "2025-07-01" {
		t.Errorf("the end is on %s", got)
	}
}

func TestWorkdays(t *testing.T) {
	t.Parallel()
	c := may2025()
	for _, k := range []struct {
		from caldate.Date
		n    int
		want caldate.Date
	}{{"2025-04-30", 1, "2025-05-06"}, {"2025-04-25", 1, "2025-04-27"}, {"2025-04-25", 5, "2025-05-06"}, {"2025-05-03", 1, "2025-05-06"}, {"2025-05-09", 1, "2025-05-12"}, {"2025-05-09", 0, "2025-05-09"}} {
		if got := c.AddWorkdays(k.from, k.n); got != k.want {
			t.Errorf("%s and %d working days is %s, want %s", k.from, k.n, got, k.want)
		}
	}
	if basis, ok := c.Covers(2025); !ok || basis != "国办发明电〔2024〕12号" {
		t.Errorf("2025 is covered by %q %v", basis, ok)
	}
	if _, ok := c.Covers(2024); ok {
		t.Error("2024 is not in the data")
	}
}

// TestWorkdaysProperties: what is counted forward is counted back, and a period ends on a day that is worked.
func TestWorkdaysProperties(t *testing.T) {
	t.Parallel()
	c := may2025()
	rapid.Check(t, func(t *rapid.T) {
		from := caldate.Date("2025-03-01").AddDays(rapid.IntRange(0, 120).Draw(t, "from"))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		to := c.AddWorkdays(from, n)
		if !c.IsWorkday(to) {
			t.Fatalf("%s is not worked", to)
		}
		if got := c.WorkdaysBetween(from, to); got != n {
			t.Fatalf("%d working days after %s is %s, but between them are %d", n, from, to, got)
		}
		if got := c.WorkdaysBetween(to, from); got != -n {
			t.Fatalf("backwards they are %d", got)
		}
		m := rapid.IntRange(1, 60).Draw(t, "m")
		if a, b := c.AddWorkdays(to, m), c.AddWorkdays(from, n+m); a != b {
			t.Fatalf("%d and %d working days one after the other end on %s, together on %s", n, m, a, b)
		}
	})
}

func TestAddDaysProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := caldate.Date("1990-01-01").AddDays(rapid.IntRange(0, 60_000).Draw(t, "d"))
		n := rapid.IntRange(-5000, 5000).Draw(t, "n")
		if got := d.AddDays(n).AddDays(-n); got != d {
			t.Fatalf("%s and %d days there and back is %s", d, n, got)
		}
		if got, err := caldate.Parse(string(d)); err != nil || got != d {
			t.Fatalf("%s is read as %s %v", d, got, err)
		}
	})
}
