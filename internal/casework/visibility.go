package casework

import (
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/policy"
)

// Who sees what. Everything that leaves the engine passes through a sight; there is no other rule anywhere.
//
//  1. A case that was never handed in is its opener's alone, for ever: not the office's, not the auditor's.
//  2. A holder of a seat of the case sees the case's own forms, seats, money, papers, notices and history.
//  3. Who holds a seat in a part only (a bidder, an invited expert) sees of the case what is public, in any state, and their own part.
//  4. Everyone sees, while the case stands in a public state, the fields that are public, the notices, and what is revealed to the public.
//  5. Auditors (role "auditor") read every case that was handed in, under the seals of 7. Leaders read by their offices' seats.
//
// Of parts:
//
//  6. A part that somebody started and never handed in is theirs alone.
//  7. A sealed part is seen by its own seats only, and so is everything inside it; nobody else learns that it exists.
//  8. Its own seats see a part whole; who sits inside it (the expert of an opinion on a bid) sees it too, but not what else is inside,
// and no longer once what they sat in came to nothing (they recused).
//  9. Offices of the case and auditors see every part that is not sealed.
//
// 10. A form that is for offices (YAML: offices: true) is read by them, auditors, and the seat that filled it; others do not learn that it was.
// 11. Other seats of the case see parts in which they act, and parts that have no seats of their own (milestones); of parts that are for
// offices (offices: true) only offices and auditors learn that there are any.
// 12. What is revealed is seen by those it is revealed to, without what the mechanism takes out.
//
// Of what is decided of parts whose mechanism veils it (veil.go):
//
// 13. Until there is a notice of it, it is known to the case's offices and auditors. Everybody else sees the parts as they were when the
// veil fell, and of the case no form, page or reason of an office from then on, nor who took a seat by the choice.
//
// 14. Who judges in a panel that is blind to an applicant reads what is judged without what tells who that is, by whatever way (panel_blind.go).
//
// Of names: who sits in a panel is known to themselves, to the offices of the case that act for the panel or that the definition names
// (policy/known.go), and to auditors; every other person who sits in a part in their own name, to themselves, the case's offices and auditors. Everyone
// else reads the seat's title, and of forms, rulings, pages, draws and fees that name a panel's people nothing.

// level is how much of something is seen; larger sees all that smaller sees.
type level int

const (
	hidden   level = iota
	open           // what is public (the case), or what is revealed (a part)
	joined         // the case, by somebody who sits in a part only
	complete       // all
)

// sight is what somebody sees of one case.
type sight struct {
	d      *docket
	hats   []hat
	mine   map[string][]string // record → seats held there, the case's under its id
	office bool                // holds an office seat of the case
	reads  bool                // auditor
	party  bool                // holds a party's or filled seat of the case
	whole  level               // of the case
	blind  []string            // seats, or "part.seat", of whoever is judged by the one looking, who must not learn who they are
	judges bool                // … and sits in the panel: reads what is judged
}

// look works out what the hats see.
func (d *docket) look(hats []hat) *sight {
	s := &sight{d: d, hats: hats, mine: map[string][]string{}}
	for _, h := range hats {
		if h.behalf == "" && h.actor.Has(identity.RoleAuditor) {
			s.reads = true
		}
	}
	for _, seat := range d.mech.Seats {
		s.office = s.office || seat.Kind == policy.OfficeSeat && s.holds(seat.Name, d.snap.Seats[seat.Name])
	}
	for _, seat := range d.mech.Seats { // whoever is of an office sees who sits under a veil, even themselves
		if s.holds(seat.Name, s.seats(seat.Name)) {
			s.mine[d.row.id] = append(s.mine[d.row.id], seat.Name)
			s.party = s.party || seat.Kind == policy.PartySeat || seat.Kind == policy.FilledSeat
		}
	}
	inPart := false
	for _, r := range d.snap.Parts {
		for _, seat := range d.machine(r).Seats {
			if s.holds(seat.Name, r.Seats[seat.Name]) {
				s.mine[r.ID] = append(s.mine[r.ID], seat.Name)
				inPart = true
			}
		}
	}
	seated := len(s.mine[d.row.id]) > 0
	switch {
	case !d.row.shown:
		if slices.Contains(s.mine[d.row.id], d.mech.Opener) {
			s.whole = complete
		}
	case seated || s.reads:
		s.whole = complete
	case inPart:
		s.whole = joined
	case d.row.public:
		s.whole = open
	}
	s.blindfold()
	return s
}

// holds tells whether any of the hats sits among the holders; a delegation may be for one seat or one case only.
func (s *sight) holds(seat string, holders []policy.Holder) bool {
	for _, h := range s.hats {
		if h.covers(s.d.row.id, seat) && slices.ContainsFunc(holders, func(x policy.Holder) bool { return sits(h.actor, x) }) {
			return true
		}
	}
	return false
}

// covers tells whether a hat may be worn in this seat of this case.
func (h hat) covers(in, seat string) bool {
	return (h.in == "" || h.in == in) && (h.seat == "" || h.seat == seat)
}

// staff tells whether names and all unsealed parts are seen.
func (s *sight) staff() bool { return s.office || s.reads }

// knows tells whether the members of a panel are known by name: to auditors, and to the offices of the case that need it (policy.Seat.KnownTo).
func (s *sight) knows(panel string) bool {
	return s.reads || slices.ContainsFunc(s.mine[s.d.row.id], func(seat string) bool { return s.d.mech.KnowsPanel(panel, seat) })
}

// knowsPanels tells whether the members of every panel of the case are known.
func (s *sight) knowsPanels() bool {
	return s.staff() && !slices.ContainsFunc(s.d.mech.Seats, func(x *policy.Seat) bool { return x.Kind == policy.PanelSeat && !s.knows(x.Name) })
}

// record is how much of a record is seen; the reveals are those by which it is seen where that is the only way.
func (s *sight) record(r *policy.Record) (level, []policy.Reveal) {
	if r.Part == "" {
		return s.whole, nil
	}
	if s.whole == hidden {
		return hidden, nil
	}
	m := s.d.machine(r)
	if v := s.veil(r); v != nil && v.Parts[r.ID].State == "" { // began under the veil
		return hidden, nil
	}
	if len(s.mine[r.ID]) > 0 {
		return complete, nil
	}
	if m.Starts != nil && m.Starts.By != "" && !s.d.byID[r.ID].shown || s.d.sealed(r) {
		return hidden, nil
	}
	if m.Panel != "" && !s.knows(m.Panel) {
		return hidden, nil
	}
	if s.staff() || !m.Offices && (s.insider(r) || s.acts(m)) {
		return complete, nil
	}
	var by []policy.Reveal
	for _, v := range m.Reveal {
		if slices.Contains(v.When, s.d.snap.Case.State) && s.revealedTo(v.To, r) {
			by = append(by, v)
		}
	}
	if len(by) > 0 {
		return open, by
	}
	return hidden, nil
}

// sealed tells whether the record, or a part that it is inside, is sealed while the case stands where it does.
func (d *docket) sealed(r *policy.Record) bool {
	for p := r; p != nil && p.Part != ""; p = d.parent(p) {
		if d.sealedPart(d.machine(p)) {
			return true
		}
	}
	return false
}

func (d *docket) sealedPart(m *policy.Machine) bool {
	return slices.Contains(m.Sealed, d.snap.Case.State)
}

// insider tells whether a seat is held in a part inside the record. Whoever sat in one that came to nothing, as an expert who recused after
// reading, is none any more.
func (s *sight) insider(r *policy.Record) bool {
	for id := range s.mine {
		if own := s.d.byID[id].Record; own.Part != "" && s.d.state(own).Lost() {
			continue
		}
		for p := s.d.byID[id].Record; p != nil && p.Part != ""; p = s.d.parent(p) {
			if p.Parent == r.ID {
				return true
			}
		}
	}
	return false
}

// acts tells whether a seat of the case that is held acts in parts of this kind, or may see them because nobody else sits there.
func (s *sight) acts(m *policy.Machine) bool {
	held := s.mine[s.d.row.id]
	if len(held) == 0 {
		return false
	}
	if len(m.Seats) == 0 {
		return true
	}
	for _, st := range m.States {
		for _, sp := range st.Steps {
			for _, by := range sp.By {
				if slices.Contains(held, by) && !slices.ContainsFunc(m.Seats, func(x *policy.Seat) bool { return x.Name == by }) {
					return true
				}
			}
		}
	}
	return false
}

// revealedTo tells whether the one looking is who a reveal speaks of: the public, a seat of the case, a seat of a part around the record,
// or a seat in any part of a kind that is not around it.
func (s *sight) revealedTo(to string, r *policy.Record) bool {
	if to == "public" {
		return s.d.row.public || s.whole > open
	}
	part, seat := "", to
	if i := slices.Index([]byte(to), '.'); i >= 0 {
		part, seat = to[:i], to[i+1:]
	}
	around := false
	for p := r; p != nil && p.Part != ""; p = s.d.parent(p) {
		if (part == "" || part == p.Part) && slices.Contains(s.mine[p.ID], seat) {
			return true
		}
		around = around || p.Part == part
	}
	for id, seats := range s.mine {
		if part != "" && !around && s.d.byID[id].Part == part && slices.Contains(seats, seat) {
			return true
		}
	}
	return part == "" && slices.Contains(s.mine[s.d.row.id], seat)
}

// shows tells whether a form of a record is seen, and which of its fields are not.
func (s *sight) shows(r *policy.Record, form *policy.Form) (seen bool, keep func(f *policy.Field) bool) {
	all := func(*policy.Field) bool { return true }
	lv, by := s.record(r)
	for _, f := range s.d.forms {
		if f.record != r.ID || f.form != form.Name {
			continue
		}
		if tells := s.tells(r, f.seat); tells != nil {
			all = func(f *policy.Field) bool { return !tells(f) }
		}
		if s.veils(r, f.seq, f.seat) || form.Offices && !s.staff() && !slices.Contains(s.mine[r.ID], f.seat) && !slices.Contains(s.mine[s.d.row.id], f.seat) {
			return false, nil
		}
		if form.Panel != "" && !s.knows(form.Panel) && !slices.Contains(s.mine[r.ID], f.seat) {
			return false, nil
		}
	}
	switch {
	case lv == complete:
		return true, all
	case r.Part == "" && lv >= open && s.judges:
		return true, all
	case r.Part == "" && lv >= open:
		return slices.ContainsFunc(form.Fields, func(f *policy.Field) bool { return f.Public }), func(f *policy.Field) bool { return f.Public && all(f) }
	}
	for _, v := range by {
		if v.Form == form.Name {
			return true, func(f *policy.Field) bool { return all(f) && !slices.Contains(v.Without, f.Name) }
		}
	}
	return false, nil
}

// hushes tells whether a step is not spoken of, though its record is seen: it lies under a veil, is kept within the offices, or was done by somebody on a
// panel who must not be known: when each of them did what would tell them apart.
func (s *sight) hushes(r *policy.Record, st stepRow) bool {
	seat, _ := s.d.seatOf(r, st.seat)
	return r.Part != "" && s.veils(r, st.seq, st.seat) || s.keeps(r, st) || seat != nil && seat.Panel != "" && s.nameless(r)
}

// keeps tells whether a step filled a form that is kept within the case's offices, and whoever looks is of none: they do not learn that it
// was done.
func (s *sight) keeps(r *policy.Record, st stepRow) bool {
	if s.staff() {
		return false
	}
	for _, state := range s.d.machine(r).States {
		if step := state.Step(st.step); step != nil && step.Fill != "" {
			if form := s.d.form(r.Part, step.Fill); form != nil && form.Offices {
				return true
			}
		}
	}
	return false
}

// names tells whether the holders of a seat are seen by name. The record is seen already.
func (s *sight) names(r *policy.Record, seat *policy.Seat, h policy.Holder) bool {
	if s.staff() && (seat.Panel == "" || s.knows(seat.Panel)) {
		return true
	}
	for _, x := range s.hats {
		if x.covers(s.d.row.id, seat.Name) && sits(x.actor, h) {
			return true
		}
	}
	if confidential(seat) || s.blinds(r, seat.Name) {
		return false
	}
	lv, by := s.record(r)
	if r.Part != "" && lv == open {
		for _, v := range by {
			if slices.Contains(v.Without, seat.Name) || seat.Party == "person" {
				return false
			}
		}
	}
	return true
}

// confidential are seats whose holders are people in their own name: experts, and those who object.
func confidential(seat *policy.Seat) bool {
	return seat.Kind == policy.PanelSeat || seat.Party == "person"
}
