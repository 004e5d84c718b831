package prove

import (
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

func (r *reach) separate(rep *report) {
	for _, rule := range r.w.mech.Rules {
		if rule.Kind != "separate" {
			continue
		}
		for i, a := range rule.Names {
			for _, b := range rule.Names[i+1:] {
				r.separatePair(rep, rule, a, b)
			}
		}
	}
}

func (r *reach) separatePair(rep *report, rule *policy.Rule, nameA, nameB string) {
	said := map[string]bool{}
	for _, a := range r.w.named(nameA) {
		for _, b := range r.w.named(nameB) {
			if a.step == nil || b.step == nil || a.step == b.step {
				continue
			}
			path, together := r.together(a, b)
			if !together {
				continue
			}
			for _, s := range a.by() {
				for _, t := range b.by() {
					code, why, hint := r.w.oneHolder(a, s, b, t)
					if code != "" && !said[code+why.ZH] {
						said[code+why.ZH] = true
						rep.found(rule.Pos, code, say("%s与%s可能由同一人办理：%s", "%s and %s may be one person's: %s", r.w.actText(a), r.w.actText(b), why), hint, path)
					}
				}
			}
		}
	}
}

// together tells whether both acts can happen in one case, and how.
func (r *reach) together(a, b *act) ([]string, bool) {
	if a.machine.Name != "" || b.machine.Name != "" {
		for _, x := range []*act{a, b} {
			if x.machine.Name != "" && !r.fires[x] {
				return nil, false
			}
		}
		return nil, true
	}
	const doneA, doneB = 1, 2
	var path []string
	r.w.explore(0, func(*act) bool { return false }, func(x *walk, at int, e *act) (uint64, bool) {
		m := x.visits[at].memo
		if e.step == a.step && e.from == a.from {
			m |= doneA
		}
		if e.step == b.step && e.from == b.from {
			m |= doneB
		}
		if m == doneA|doneB && path == nil {
			path = x.path(at, e)
		}
		return m, path == nil
	})
	return path, path != nil
}

// oneHolder tells why two seats may be held by one person, or says nothing.
func (w *world) oneHolder(a *act, s string, b *act, t string) (code string, why, hint lang.Text) {
	seatA, ownerA := w.seat(a.machine, s)
	seatB, ownerB := w.seat(b.machine, t)
	if seatA == nil || seatB == nil {
		return "", why, hint
	}
	if seatA == seatB {
		return "same_seat", say("两步都由%s办理", "both are by %s", titled(seatA.Title, s)), say("换一个席位办理其中一步", "let another seat do one of them")
	}
	officeA, officeB := seatA.Kind == policy.OfficeSeat, seatB.Kind == policy.OfficeSeat
	switch {
	case officeA && officeB:
		if seatA.Office == seatB.Office && (seatA.Of == seatB.Of || seatA.Of == "" || seatB.Of == "") {
			return "same_office", say("%s和%s是同一个处室(%s)", "%s and %s are one office (%s)", titled(seatA.Title, s), titled(seatB.Title, t), seatA.Office),
				say("让其中一步由另一个处室办理", "let another office do one of them")
		}
		return "", why, hint
	case officeA != officeB:
		return "", why, hint // an office is not a party of the case: casework refuses an account that acted before
	}
	if w.fills(seatB, ownerB, seatA, ownerA) {
		seatA, ownerA, s, seatB, ownerB, t = seatB, ownerB, t, seatA, ownerA, s
	}
	if w.fills(seatA, ownerA, seatB, ownerB) {
		return "filled_from", say("%s由%s转任", "%s and %s are the same holder: one is filled from the other", titled(seatA.Title, s), titled(seatB.Title, t)),
			say("让其中一步由别的席位办理", "let another seat do one of them")
	}
	if w.apart(seatA, ownerA, seatB, ownerB, 0) {
		return "", why, hint
	}
	return "not_apart", say("%s和%s没有写明回避(apart_from)", "%s and %s are not apart_from each other", titled(seatA.Title, s), titled(seatB.Title, t)),
		say("在其中一个席位上写明 apart_from", "say apart_from at one of the seats")
}

// source is a seat from which another is filled.
type source struct {
	seat  *policy.Seat
	owner *policy.Machine
}

// sources are the seats from which a seat is filled, by effects; complete is false where somebody may also come to sit there by a
// form or by starting the part.
func (w *world) sources(seat *policy.Seat, owner *policy.Machine) (out []source, complete bool) {
	if seat.SameAs != "" {
		return []source{{w.mech.Seat(seat.SameAs), nil}}, true
	}
	complete = seat.From == "" && (owner == nil || owner.Starts == nil || owner.Starts.By != seat.Name)
	add := func(s *policy.Seat, o *policy.Machine) {
		if s == nil {
			complete = false
		} else if x := (source{s, o}); !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for _, a := range w.all {
		for _, e := range a.do {
			switch e := e.(type) {
			case policy.SeatHolder:
				if owner == nil && e.Seat == seat.Name {
					add(w.seat(a.machine, e.From))
				}
			case policy.Choose:
				if owner == nil && e.Seat == seat.Name {
					add(w.seat(w.mech.Part(e.Part), e.From))
				}
			case policy.Open:
				if owner != nil && e.Part == owner.Name && e.As == seat.Name {
					add(w.seat(a.machine, e.Seat))
				}
			case policy.Draw: // nobody is drawn who may not sit in the panel's seat
				if owner != nil && e.Part == owner.Name && e.As == seat.Name {
					add(w.seat(a.machine, e.Seat))
				}
			}
		}
	}
	return out, complete
}

func (w *world) fills(seat *policy.Seat, owner *policy.Machine, from *policy.Seat, fromOwner *policy.Machine) bool {
	all, _ := w.sources(seat, owner)
	return slices.Contains(all, source{from, fromOwner})
}

// apart tells whether the holders of two seats are kept apart: by a word at either seat, or because all seats that one of them is
// filled from are apart from the other.
func (w *world) apart(a *policy.Seat, ownerA *policy.Machine, b *policy.Seat, ownerB *policy.Machine, depth int) bool {
	if w.says(a, ownerA, b, ownerB) || w.says(b, ownerB, a, ownerA) || w.drawnAnew(a, ownerA, b, ownerB) {
		return true
	}
	if depth > 3 {
		return false
	}
	through := func(x *policy.Seat, ownerX *policy.Machine, y *policy.Seat, ownerY *policy.Machine) bool {
		all, complete := w.sources(x, ownerX)
		return complete && len(all) > 0 && !slices.ContainsFunc(all, func(s source) bool { return !w.apart(s.seat, s.owner, y, ownerY, depth+1) })
	}
	return through(a, ownerA, b, ownerB) || through(b, ownerB, a, ownerA)
}

// drawnAnew tells whether nobody who is drawn for one of two parts was ever asked in the other, whichever is drawn first.
func (w *world) drawnAnew(a *policy.Seat, ownerA *policy.Machine, b *policy.Seat, ownerB *policy.Machine) bool {
	if ownerA == nil || ownerB == nil || ownerA == ownerB {
		return false
	}
	draws := 0
	for _, x := range w.all {
		for _, e := range x.do {
			d, ok := e.(policy.Draw)
			switch {
			case !ok:
			case d.Part == ownerA.Name && d.As == a.Name:
				if draws++; !slices.Contains(d.NewTo, ownerB.Name) {
					return false
				}
			case d.Part == ownerB.Name && d.As == b.Name:
				if draws++; !slices.Contains(d.NewTo, ownerA.Name) {
					return false
				}
			}
		}
	}
	return draws >= 2
}

func (w *world) says(a *policy.Seat, ownerA *policy.Machine, b *policy.Seat, ownerB *policy.Machine) bool {
	return slices.ContainsFunc(a.ApartFrom, func(n string) bool {
		m := w.mech.Case
		if ownerA != nil {
			m = ownerA
		}
		s, o := w.seat(m, n)
		return s == b && o == ownerB
	})
}

// named finds the acts a rule speaks of: "step", "state.step", "part.step", "part.state.step". Exits and effects are not among them.
func (w *world) named(name string) []*act {
	var out []*act
	for _, a := range w.all {
		names := []string{a.name(), a.full()}
		if p := a.machine.Name; p != "" {
			names = []string{a.name(), p + "." + a.name(), a.full(), p + "." + a.full()}
		}
		if slices.Contains(names, name) {
			out = append(out, a)
		}
	}
	return out
}
