package packs

import (
	"fmt"
	"testing"

	"kechuang/internal/caldate"
	"kechuang/internal/policy"
	"kechuang/internal/policy/prove"
)

func load(t *testing.T) *policy.Pack {
	t.Helper()
	pack, findings := policy.Load(Shenyang())
	if len(findings) > 0 {
		t.Fatalf("the pack does not load:\n%s", findings)
	}
	return pack
}

// TestShenyangIsProved is the promise that the reference city's mechanisms may be used.
func TestShenyangIsProved(t *testing.T) {
	t.Parallel()
	pack := load(t)
	if pack.Mechanism("jiebang") == nil {
		t.Fatal("the pack has no 揭榜挂帅")
	}
	if idle := prove.Idle(pack); len(idle) > 0 {
		t.Errorf("declared and used by nothing:\n%s", idle)
	}
	for _, m := range pack.Mechanisms {
		for _, v := range prove.Prove(pack, m) {
			if !v.OK {
				t.Errorf("%s is not %s:\n%s", m.Name, v.Proof, v.Findings)
			}
		}
	}
}

// TestEveryNumberIsSourced keeps numbers honest: each names a document of the pack and says how sure the source is, and what was
// not read in the original does not call itself in force.
func TestEveryNumberIsSourced(t *testing.T) {
	t.Parallel()
	sourced(t, load(t))
}

func sourced(t *testing.T, pack *policy.Pack) {
	t.Helper()
	for name, p := range pack.Params {
		switch p.Trust {
		case "L", "V", "D", "K", "A":
		default:
			t.Errorf("parameter %s has trust %q", name, p.Trust)
		}
		b := pack.Basis[p.Basis]
		if p.Trust == "A" && b.Level != "本系统" {
			t.Errorf("parameter %s is our assumption but cites %s", name, b.Cite(p.Clause))
		}
		if p.Trust == "V" && b.Status == "有效" {
			t.Errorf("parameter %s was seen as a copy only, but %s is called 有效", name, b.Cite(""))
		}
		if p.Trust != "L" && p.Note.IsZero() {
			t.Errorf("parameter %s is not read from a law and has no note", name)
		}
	}
	for key, b := range pack.Basis {
		if b.Number == "" && b.Level != "本系统" && b.Status != "待核实" {
			t.Errorf("document %s has no 文号 and is not marked 待核实", key)
		}
	}
}

// TestCalendar compares sums that the State Council's notices imply: a year's working days, and days that are easy to get wrong.
func TestCalendar(t *testing.T) {
	t.Parallel()
	cal := load(t).Calendar
	for year, want := range map[int]int{2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		basis, ok := cal.Covers(year)
		if !ok || basis == "" {
			t.Errorf("%d is not covered", year)
		}
		got := 0
		for d := caldate.Date(fmt.Sprintf("%d-01-01", year)); d.Year() == year; d = d.AddDays(1) {
			if cal.IsWorkday(d) {
				got++
			}
		}
		if got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
	for day, work := range map[caldate.Date]bool{
		"2024-02-09": true, // 除夕: not a holiday that year, only recommended
		"2024-02-18": true, "2024-10-12": true, "2025-01-26": true, "2025-10-08": false, "2026-02-23": false, "2026-02-28": true, "2026-01-02": false,
	} {
		if cal.IsWorkday(day) != work {
			t.Errorf("%s: working day is %v, want %v", day, !work, work)
		}
	}
}
