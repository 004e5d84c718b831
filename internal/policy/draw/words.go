package draw

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// Sizes in pixels. Chinese at 13 px is the smallest that stays readable on a phone at full width.
const (
	small  = 11.5
	normal = 13.0
	large  = 15.0
)

// width estimates how wide a text is: a Chinese character is as wide as the font is high; Latin letters by class, a little wide
// rather than narrow, since the reader's font is not known here.
func width(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case r >= 0x2E80:
			w += 1
		case strings.ContainsRune("iljtf.,:;'|!() ", r):
			w += 0.34
		case r >= 'A' && r <= 'Z' || r == 'm' || r == 'w':
			w += 0.74
		default:
			w += 0.57
		}
	}
	return w * size
}

// fit shortens a text to a width.
func fit(s string, size, max float64) string {
	if width(s, size) <= max {
		return s
	}
	for len(s) > 0 && width(s+"…", size) > max {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.TrimRight(s, " ，、") + "…"
}

// speaker finds the words of one language.
type speaker struct {
	mech *policy.Mechanism
	l    lang.Tag
}

func (s speaker) pick(zh, en string) string { return lang.T(zh, en).In(s.l) }

func (s speaker) seat(at *policy.Machine, name string) string {
	for m := at; m != nil && m.Name != ""; m = s.mech.Part(m.Of) {
		if i := slices.IndexFunc(m.Seats, func(x *policy.Seat) bool { return x.Name == name }); i >= 0 {
			return m.Seats[i].Title.In(s.l)
		}
	}
	if x := s.mech.Seat(name); x != nil {
		return x.Title.In(s.l)
	}
	return name
}

func (s speaker) seats(at *policy.Machine, step *policy.Step) string {
	join := s.pick(" / ", " / ")
	if step.All {
		join = " + "
	}
	names := make([]string, len(step.By))
	for i, n := range step.By {
		names[i] = s.seat(at, n)
	}
	return strings.Join(names, join)
}

// EveryText says how often a deadline comes again.
func EveryText(e *policy.Every) (zh, en string) {
	switch {
	case e.On != "":
		return "每年 " + e.On, "every year on " + e.On
	case e.Months%12 == 0 && e.Months > 12:
		return fmt.Sprintf("每 %d 年", e.Months/12), fmt.Sprintf("every %d years", e.Months/12)
	case e.Months == 12:
		return "每年", "every year"
	case e.Months > 0:
		return fmt.Sprintf("每 %d 个月", e.Months), fmt.Sprintf("every %d months", e.Months)
	}
	return fmt.Sprintf("每 %d 天", e.Days), fmt.Sprintf("every %d days", e.Days)
}

// period says when a deadline comes.
func (s speaker) period(d *policy.Deadline) string {
	switch v := d.Period.(type) {
	case policy.Days:
		return s.pick(fmt.Sprintf("%d 天内", v), fmt.Sprintf("within %d days", v))
	case policy.Workdays:
		return s.pick(fmt.Sprintf("%d 个工作日内", v), fmt.Sprintf("within %d working days", v))
	}
	if v, ok := d.Period.(policy.Months); ok {
		return s.pick(fmt.Sprintf("%d 个月内", v), fmt.Sprintf("within %d months", v))
	}
	if e := d.Every; e != nil {
		zh, en := EveryText(e)
		return s.pick(zh, en)
	}
	form, field, _ := strings.Cut(d.At, ".")
	f := s.mech.Form(form)
	for _, m := range s.mech.Parts {
		if m.Row != nil && m.Row.Name == form {
			f = m.Row
		}
	}
	if f != nil && f.Field(field) != nil {
		t := f.Field(field).Title
		return s.pick("至"+t.ZH, "until "+t.In(lang.EN))
	}
	return s.pick("期限", "deadline")
}
