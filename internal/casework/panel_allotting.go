package casework

import (
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Who of a panel reviews which of the parts of one case: where the rule lets a step say so (open: {pairs: …}), the same adviser proposes it.
// The proposals are the parts, the experts are those who accepted; the step then opens one opinion for each pair and no others.

// allotting is the step of a case that brings the people of a panel together with parts, and what it opens.
type allotting struct {
	policy.Open
	step *policy.Step
}

// allotNow is the step by which the actor may do that where the case stands.
func (w *viewer) allotNow() (a allotting, may bool) {
	for _, st := range w.d.state(w.d.snap.Case).Steps {
		if !w.takes(st) {
			continue
		}
		for _, e := range st.Do {
			if o, ok := e.(policy.Open); ok && o.Pairs != nil {
				return allotting{o, st}, true
			}
		}
	}
	return a, false
}

// readParts reads the parts of one case as proposals, with the people of its panel as experts.
func (as *assigning) readParts(tx *store.Tx, e *Engine, actor identity.Actor, id string) error {
	w, err := e.panelist(tx, actor, id)
	if err != nil {
		return err
	}
	w.n = as.names
	a, may := w.allotNow()
	draw, now := w.d.drawNow()
	if !may || !now || w.d.mech.Seat(a.Seat) == nil {
		return refusal.New(refusal.Closed, "panel.not_now", lang.T("现在不能安排评审分工，或者不由您办理", "Who reviews which cannot be settled now, or not by you"))
	}
	want, err := policy.Wanted(w.d.snap, w.d.snap.Case, draw.Draw)
	if err != nil {
		return err
	}
	least, err := policy.LeastOf(w.d.snap, w.d.snap.Case, a.Open)
	if err != nil {
		return err
	}
	least = max(as.q.Reviews, least)
	for _, h := range w.d.snap.Holders(w.d.snap.Case, a.Seat) {
		as.experts[h.Party] = len(as.people)
		as.people = append(as.people, as.names.party(h.Party))
	}
	var all []here
	if all, err = w.proposals(a, want); err != nil {
		return err
	}
	form, rows, _ := strings.Cut(a.Pairs.Rows, ".")
	for _, h := range all {
		row := AssignCase{Case: h.part.ID, Title: w.called(h.part), Step: a.step.Name, Form: form, Rows: rows, Column: a.Pairs.Who, ColumnOf: a.Pairs.Of, Of: h.of}
		row.Needs = max(least, len(h.work))
		as.cases = append(as.cases, row)
	}
	if len(all) == 0 || len(as.people) == 0 {
		return refusal.New(refusal.Insufficient, "panel.no_parts", lang.T("没有可以评审的申请，或者没有接受邀请的专家", "There is nothing to review, or no expert has accepted")).
			Mend(lang.T("先完成资格审查，等专家接受邀请", "Check the applications and wait for the experts to accept"))
	}
	return as.problem(tx, e, all)
}

// proposals are the parts to be reviewed, each with those of the panel who may review it.
func (w *viewer) proposals(a allotting, want policy.DrawPanel) (all []here, err error) {
	d := w.d
	var ids, everybody []string
	for _, h := range d.snap.Holders(d.snap.Case, a.Seat) {
		ids = append(ids, h.Party)
	}
	for _, h := range want.Apart {
		everybody = append(everybody, h.Party)
	}
	apartFrom := d.mech.Seat(a.Seat).ApartFrom
	vet, err := w.e.vet(w.tx, d.ed, d.snap.Now, ids, everybody, d.teams(apartFrom)...)
	if err != nil {
		return nil, err
	}
	barred, err := w.e.Register.AllBarred(w.tx, "judge", caldate.On(d.snap.Now))
	if err != nil {
		return nil, err
	}
	for _, r := range d.snap.Parts {
		if !a.takes(r) {
			continue
		}
		h := here{w: w, want: want, free: map[string]bool{}, part: r, of: applicantOf(d.mech.Part(a.Each), r)}
		apart := w.apartOf(apartFrom, r)
		one := *vet
		one.teams = nil
		for _, m := range vet.teams {
			if slices.Contains(apart, m.Org) {
				one.teams = append(one.teams, m)
			}
		}
		if h.found, err = one.check(d.row.id, apart, want.Vetoed, want.Waived); err != nil {
			return nil, err
		}
		var left []string
		h.work, left = d.snap.Paired(a.Open, r.ID)
		for _, x := range ids {
			_, no := barred[x]
			_, tied := against(h.found[x])
			h.free[x] = slices.Contains(h.work, x) || !no && !tied && !slices.Contains(left, x)
		}
		all = append(all, h)
	}
	return all, nil
}

// short tells whether any part has fewer people than it needs.
func (w *viewer) short(a allotting) (bool, error) {
	least, err := policy.LeastOf(w.d.snap, w.d.snap.Case, a.Open)
	return slices.ContainsFunc(w.d.snap.Parts, func(r *policy.Record) bool {
		live, _ := w.d.snap.Paired(a.Open, r.ID)
		return a.takes(r) && len(live) < least
	}), err
}

// takes tells whether a part is one of those that people are brought together with.
func (a allotting) takes(r *policy.Record) bool {
	return r.Part == a.Each && (len(a.In) == 0 || slices.Contains(a.In, r.State))
}

// apartOf are those of one part, and of the case, that whoever reviews the part must be apart from.
func (w *viewer) apartOf(seats []string, r *policy.Record) (apart []string) {
	for _, seat := range seats {
		part, name, inPart := strings.Cut(seat, ".")
		list := w.d.snap.Seats[seat]
		if inPart {
			if list = nil; part == r.Part {
				list = r.Seats[name]
			}
		}
		for _, h := range list {
			if h.Party != "" {
				apart = append(apart, h.Party)
			}
		}
	}
	return apart
}

// applicantOf is the party that sits in a part: of the first of its seats that has one.
func applicantOf(m *policy.Machine, r *policy.Record) string {
	for _, s := range m.Seats {
		for _, h := range r.Seats[s.Name] {
			if h.Party != "" {
				return h.Party
			}
		}
	}
	return ""
}

// busy is how many reviews elsewhere an expert has that are not over; within one case only the case itself counts.
func (as *assigning) busy(vet *vetting, x register.Party) (n int) {
	if as.q.Inside {
		return 0
	}
	return vet.open(x.ID, "")
}
