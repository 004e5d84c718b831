package prove

import "kechuang/internal/policy"

// despite proves that a ban is not got round: who may open a case or start a part although barred from applying gets nothing by it that an
// application would give.
func (w *world) despite(rep *report) {
	barred := func(a *act, seat string) bool {
		s, home := w.seat(a.machine, seat)
		if s == nil {
			return false
		}
		if home != nil && home.Name != "" {
			return home.Starts != nil && home.Starts.DespiteBans && home.Starts.By == s.Name
		}
		return w.mech.DespiteBans && s.Name == w.mech.Opener
	}
	for _, a := range w.all {
		for _, e := range a.do {
			seats, at := w.gains(e)
			for _, seat := range seats {
				if barred(a, seat) {
					rep.found(at, "despite_ban", say("%s让%s有所得，而这个席位受限制的主体也能坐（despite_bans）", "%s gives something to %s, where whoever is barred may sit (despite_bans)", w.actText(a), w.seatText(seat)),
						say("去掉 despite_bans，或者不要给这个席位", "drop despite_bans, or give it nothing"), nil)
				}
			}
		}
	}
}

// gains are the seats whose holders an effect gives money, rights or shares, the chosen one's seat, or a case of their own.
func (w *world) gains(e policy.Effect) ([]string, policy.Pos) {
	switch e := e.(type) {
	case policy.Pay:
		return []string{e.To}, e.Pos
	case policy.Choose:
		return []string{e.Part + "." + e.From}, e.Pos
	case policy.Start:
		l := w.mech.Link(e.Link)
		if l == nil || len(l.Mechanisms) == 0 {
			return nil, e.Pos
		}
		if other := w.pack.Mechanism(l.Mechanisms[0]); other != nil {
			return []string{e.Seats[other.Opener]}, e.Pos
		}
	case policy.Spoken:
		return e.Needs(), e.Where()
	}
	return nil, policy.Pos{}
}
