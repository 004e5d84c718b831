package play

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
)

// clock is +31 days, +5 workdays, +6 months or +2 years (until the end of the last of them, so that a period of as many has run out), a date (its
// morning), or due.
func (s *stager) clock(when string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	today := caldate.On(snap.Now)
	var n int
	var unit string
	if when == "due" {
		rec := nextDue(snap)
		if rec == nil {
			return errors.New("nothing has a deadline")
		}
		return s.w.Advance(rec.Due)
	}
	if k, _ := fmt.Sscanf(when, "+%d %s", &n, &unit); k == 2 {
		switch strings.TrimSuffix(unit, "s") {
		case "day":
			return s.w.Advance(today.AddDays(n).End())
		case "workday":
			return s.w.Advance(snap.Pack.Calendar.AddWorkdays(today, n).End())
		case "month":
			return s.w.Advance(today.AddMonths(n).End())
		case "year":
			return s.w.Advance(today.AddMonths(12 * n).End())
		}
	}
	day, err := caldate.Parse(when)
	if err != nil {
		return fmt.Errorf("clock: %q is neither +N days, +N workdays, +N months, +N years, a date nor due", when)
	}
	return s.w.Advance(day.Start().Add(9 * time.Hour))
}

func (s *stager) state(want string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	if snap.Case.State != want {
		return otherwise("事项现在到了“%s”，原来写的是“%s”", "the case stands in %s and not in %s", snap.Case.State, want)
	}
	return nil
}

// parts is “bids submitted 2, withdrawn 1”.
func (s *stager) parts(text string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	name, list, _ := strings.Cut(text, " ")
	p := snap.Mechanism.Part(name)
	if p == nil {
		return fmt.Errorf("there are no parts %q", name)
	}
	counts := map[string]int{}
	for _, r := range snap.Parts {
		if r.Part == name {
			counts[r.State]++
		}
	}
	for _, item := range strings.Split(list, ",") {
		var state string
		var n int
		if k, _ := fmt.Sscanf(strings.TrimSpace(item), "%s %d", &state, &n); k != 2 || p.State(state) == nil {
			return fmt.Errorf("parts: %q is not “state count”", item)
		}
		if counts[state] != n {
			return otherwise("部分 %s：现在有 %d 个在“%s”，原来写的是 %d 个（%v）", "%s: %d stand in %s and not %d (%v)", name, counts[state], state, n, counts)
		}
	}
	return nil
}

func (s *stager) facts(text string) error {
	have, err := s.w.Facts()
	if err != nil {
		return err
	}
	for _, item := range strings.Split(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(item), " ")
		if s.st.Pack.Facts[name] == nil {
			return fmt.Errorf("there is no fact %q", name)
		}
		var n int64
		if _, err := fmt.Sscanf(value, "%d", &n); err != nil || strings.ContainsAny(value, "元万亿") {
			fen, err := money.Parse(strings.TrimSpace(value))
			if err != nil {
				return err
			}
			n = int64(fen)
		}
		if have[name] != n {
			return otherwise("事实 %s 现在是 %d，原来写的是 %d", "fact %s is %d and not %d", name, have[name], n)
		}
	}
	return nil
}

// money is fund.NAME, pot.NAME, paid.PARTY and owed.PARTY with amounts.
func (s *stager) money(text string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	for _, item := range strings.Split(text, ",") {
		what, amount, _ := strings.Cut(strings.TrimSpace(item), " ")
		kind, name, _ := strings.Cut(what, ".")
		if amount == "unchanged" {
			amount = "0元"
		}
		want, err := money.Parse(strings.TrimPrefix(strings.TrimSpace(amount), "+"))
		if err != nil {
			return err
		}
		var have money.Fen
		switch kind {
		case "fund":
			if have, err = s.w.Fund(name); err != nil {
				return err
			}
			have -= s.funds[name]
		case "pot":
			have = snap.Pots[name].Held
		case "paid":
			for _, p := range snap.Pots {
				have += p.Paid[s.w.PartyID(name)]
			}
		case "owed":
			for _, p := range snap.Pots {
				have += p.Owed[s.w.PartyID(name)]
			}
		case "withheld":
			for _, p := range snap.Pots {
				have += p.Paid[policy.Withheld]
			}
		default:
			return fmt.Errorf("money: %q is none of fund, pot, paid, owed, withheld", what)
		}
		if have != want {
			return otherwise("%s 现在是 %s，原来写的是 %s", "%s is %s and not %s", what, have, want)
		}
	}
	return nil
}

func (s *stager) seat(text string) error {
	snap, err := s.w.Snapshot()
	if err != nil {
		return err
	}
	name, list, _ := strings.Cut(text, " ")
	var want []string
	for _, p := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '、' }) {
		want = append(want, s.w.PartyID(p))
	}
	var have []string
	for _, h := range snap.Seats[name] {
		have = append(have, h.Party+h.Office)
	}
	slices.Sort(want)
	slices.Sort(have)
	if !slices.Equal(want, have) {
		return otherwise("席位 %s 现在由 %v 担任，原来写的是 %v", "seat %s is held by %v and not by %v", name, have, want)
	}
	return nil
}
