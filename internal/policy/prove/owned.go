package prove

import (
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// What the proof remembers of a thing: whether its rights, or its cap table, are entered, whether a pledge of this case lies on it, and
// from the third bit on whose shares this case keeps frozen, by the seat's place in the mechanism.
const (
	entered = 1
	pledged = 2
	frozen  = 4
)

// owned follows the rights of each thing, and the shares of each company, through every path: nothing is done with what nobody has yet,
// what is pledged or frozen does not move, and at every end it is discharged or enforced, and free. Shares that go to several by rows are
// of one whole.
func (w *world) owned(rep *report) {
	w.wholeRows(rep)
	for _, t := range w.mech.Things {
		if slices.ContainsFunc(w.all, func(a *act) bool { return len(deedsOn(a, t.Name)) > 0 }) {
			w.follow(rep, t)
		}
	}
}

// deedsOn are the deeds of an act on a thing.
func deedsOn(a *act, thing string) (out []policy.Deed) {
	for _, e := range a.do {
		if d, ok := e.(policy.Deed); ok && d.Thing == thing {
			out = append(out, d)
		}
	}
	return out
}

// wholeRows asks that rows which divide a right say so, so that a form with 99.9999 % is refused where it is filled.
func (w *world) wholeRows(rep *report) {
	said := map[string]bool{}
	ask := func(path string, at policy.Pos) {
		f := w.rows(path)
		if f == nil || said[path] {
			return
		}
		for _, c := range f.Rows {
			if c.Type == policy.ShareType && f.Whole != c.Name {
				said[path] = true
				rep.found(at, "not_whole", say("%s 的份额没有要求合计 100 %%", "the shares of %s need not sum to 100 %%", path),
					say("在这个字段写 whole: %s", "say whole: %s at the field", c.Name), nil)
			}
		}
	}
	for _, a := range w.all {
		for _, e := range a.do {
			switch e := e.(type) {
			case policy.Deed:
				if e.Word == "vest" || e.Word == "assign" {
					for _, p := range e.Paths() {
						ask(p, e.Pos)
					}
				}
			case policy.Split:
				for _, x := range e.Shares {
					if x.Rows != "" {
						ask(x.Rows, x.Pos)
					}
				}
			}
		}
	}
}

func (w *world) rows(path string) *policy.Field {
	for _, f := range w.mech.Forms {
		for _, x := range f.Fields {
			if f.Name+"."+x.Name == path {
				return x
			}
		}
	}
	return nil
}

// follow explores what becomes of one thing.
func (w *world) follow(rep *report, t *policy.Thing) {
	first := uint64(entered) // what is chosen in a form has a history of its own
	if t.Filled {
		first = 0
	}
	said := map[string]bool{}
	w.explore(first, func(a *act) bool { return len(deedsOn(a, t.Name)) > 0 }, func(x *walk, at int, a *act) (uint64, bool) {
		memo := x.visits[at].memo
		refuse := func(pos policy.Pos, code string, message, hint lang.Text) {
			if k := code + a.machine.Name + a.full() + a.to.Name; !said[k] {
				said[k] = true
				rep.found(pos, code, message, hint, x.path(at, a))
			}
		}
		for _, d := range deedsOn(a, t.Name) {
			var ok bool
			if memo, ok = w.done(t, memo, a, d, refuse); !ok {
				return 0, false
			}
		}
		if a.machine.Name == "" && a.to.End && memo&pledged != 0 {
			refuse(a.pos(), "pledged_at_end", say("到终点%s时，%s可能仍被质押", "at the end %s, %s may still be pledged", w.stateText(a.machine, a.to), titled(t.Title, t.Name)),
				say("在%s的 do 中加 discharge: %s，或在之前解除、处置", "add discharge: %[2]s to the do of %[1]s, or discharge or enforce it before", w.actText(a), t.Name))
		}
		if a.machine.Name == "" && a.to.End && memo&^(entered|pledged) != 0 {
			refuse(a.pos(), "frozen_at_end", say("到终点%s时，%s的股权可能仍被冻结", "at the end %s, shares of %s may still be frozen", w.stateText(a.machine, a.to), titled(t.Title, t.Name)),
				say("在%s的 do 中加 unfreeze_shares，或在之前解冻", "add unfreeze_shares to the do of %s, or free them before", w.actText(a)))
		}
		return memo, true
	})
}

// seatBits are the bits of the seats that a deed names.
func (w *world) seatBits(seats []string) (bits uint64) {
	for i, s := range w.mech.Seats {
		if slices.Contains(seats, s.Name) {
			bits |= frozen << i
		}
	}
	return bits
}

// done is what a deed makes of what is remembered.
func (w *world) done(t *policy.Thing, memo uint64, a *act, d policy.Deed, refuse func(policy.Pos, string, lang.Text, lang.Text)) (uint64, bool) {
	name := titled(t.Title, t.Name)
	begins := d.Word == "vest" || d.Word == "found" || d.Word == "issue"
	if !begins && memo&entered == 0 {
		refuse(d.Pos, "nothing_vested", say("%s处分%s，但走到这里时权属或股东名册可能还没有登记", "%s disposes of %s, whose rights or cap table may not have been entered by then", w.actText(a), name),
			say("先 vest（股权先 found）", "vest it first (found, for shares)"))
		return 0, false
	}
	if d.Word == "vest" && memo&entered != 0 && t.Filled {
		refuse(d.Pos, "vested_twice", say("%s再次登记%s的权属", "%s enters the rights of %s again", w.actText(a), name), say("只登记一次，以后用 assign", "enter them once, and assign them later"))
		return 0, false
	}
	switch d.Word {
	case "vest", "found", "issue":
		return memo | entered, true
	case "freeze_shares":
		return memo | w.seatBits(d.Names["from"]), true
	case "unfreeze_shares":
		if bits := w.seatBits(d.Names["from"]); memo&bits != bits {
			refuse(d.Pos, "unfreeze_nothing", say("%s解冻%s的股权，但走到这里时可能没有冻结", "%s frees shares of %s, which may not be frozen by then", w.actText(a), name),
				say("先 freeze_shares", "freeze_shares first"))
			return 0, false
		}
		return memo &^ w.seatBits(d.Names["from"]), true
	case "transfer_shares", "buy_back", "exit":
		if memo&w.seatBits(d.Names["from"]) != 0 && !slices.Contains(d.Names["how"], "liquidation") {
			refuse(d.Pos, "frozen_moves", say("%s处分%s的股权，而它正被冻结：总会被拒绝", "%s disposes of shares of %s while they are frozen: it will always be refused", w.actText(a), name),
				say("先 unfreeze_shares", "unfreeze_shares first"))
			return 0, false
		}
	case "pledge":
		if memo&pledged != 0 {
			refuse(d.Pos, "pledged_twice", say("%s再次质押%s", "%s pledges %s again", w.actText(a), name), say("先 discharge", "discharge it first"))
			return 0, false
		}
		return memo | pledged, true
	case "discharge", "enforce":
		if memo&pledged == 0 {
			refuse(d.Pos, "discharge_nothing", say("%s解除或处置%s的质押，但走到这里时可能没有质押", "%s ends the pledge of %s, which may not be pledged by then", w.actText(a), name),
				say("先 pledge", "pledge it first"))
			return 0, false
		}
		return memo &^ pledged, true
	case "assign", "revert", "license":
		if memo&pledged != 0 && len(d.Names["consent"]) == 0 {
			refuse(d.Pos, "pledged_moves", say("%s处分%s，而它正被质押：总会被拒绝", "%s disposes of %s while it is pledged: it will always be refused", w.actText(a), name),
				say("先 discharge，或在 consent 中写质权人的席位", "discharge it first, or name the pledgee's seat in consent"))
			return 0, false
		}
	}
	return memo, true
}
