package casework

import (
	"encoding/json"
	"slices"

	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// options is what the actor can do now, and what not and why, with the forms filled from what is known.
func (w *viewer) options(v *View) error {
	if w.actor.Anonymous() {
		return w.visitorOptions(v)
	}
	own, err := drafts(w.tx, w.actor.Account, w.d.row.id)
	if err != nil {
		return err
	}
	imported, err := drafts(w.tx, shared, w.d.row.id)
	if err != nil {
		return err
	}
	list, err := w.possible()
	if err != nil {
		return err
	}
	for _, o := range list {
		ov, err := w.option(o)
		if err != nil {
			return err
		}
		k := draftKey{record: o.Record, part: o.Part, step: o.Step.Name}
		if k.record != "" {
			k.part = ""
		}
		if k.record == w.d.row.id {
			k.record = ""
		}
		ov.Draft = draftOf(own[k], imported[k])
		if r := w.d.byID[o.Record]; r != nil && ov.Draft == nil && o.Form != nil && r.Joint == nil {
			if filled, before := r.Forms[o.Form.Name]; before { // sent back: what was filled in is where the next attempt begins
				if seen, _ := w.s.shows(r.Record, o.Form); seen {
					ov.Draft = fieldsOf(filled)
				}
			}
		}
		v.Options = append(v.Options, ov)
	}
	return nil
}

// possible asks policy, with what its guards want to know of parties looked up for each record that a step could be done on.
func (w *viewer) possible() ([]policy.Option, error) {
	d := w.d
	who := policy.Who{Account: w.actor.Account, Parties: w.starters(), Holds: func(h policy.Holder) bool {
		return slices.ContainsFunc(w.s.hats, func(x hat) bool { return x.covers(d.row.id, x.seat) && sits(x.actor, h) })
	}}
	if err := w.e.loadAssets(w.tx, d, policy.Intent{}, ""); err != nil {
		return nil, err
	}
	first := policy.Options(d.snap, who)
	var list []policy.Option
	again := map[string][]policy.Option{}
	for _, o := range first {
		if !w.may(o) {
			continue
		}
		asks := d.mech.Asks(o.Step)
		if o.Record == "" || len(asks) == 0 {
			list = append(list, o)
			continue
		}
		better, done := again[o.Record]
		if !done {
			in := policy.Intent{Record: o.Record, Seat: o.Seat, Holder: o.Holder}
			for _, step := range d.state(d.byID[o.Record].Record).Steps {
				if err := w.e.ask(w.tx, d, in, step.Fill, d.mech.Asks(step)); err != nil {
					return nil, err
				}
			}
			better = policy.Options(d.snap, who)
			again[o.Record] = better
		}
		i := slices.IndexFunc(better, func(x policy.Option) bool {
			return x.Record == o.Record && x.Step == o.Step && x.Seat == o.Seat
		})
		if i >= 0 {
			o = better[i]
		}
		list = append(list, o)
	}
	return list, nil
}

// may tells whether an option is on something that is seen, in a seat that is the actor's here.
func (w *viewer) may(o policy.Option) bool {
	if !slices.ContainsFunc(w.s.hats, func(x hat) bool { return x.covers(w.d.row.id, o.Seat) && sits(x.actor, o.Holder) }) {
		return false
	}
	if o.Record == "" {
		return true
	}
	r := w.d.byID[o.Record]
	if r == nil {
		return false
	}
	lv, _ := w.s.record(r.Record)
	return lv > hidden && (r.Part == "" || w.s.veil(r.Record) == nil)
}

// starters are the parties for which the actor may start parts: those that fit the seat of some part.
func (w *viewer) starters() []policy.Holder {
	var list []policy.Holder
	add := func(party, kind string) {
		h := policy.Holder{Party: party}
		if party != "" && !slices.Contains(list, h) && slices.ContainsFunc(w.d.mech.Parts, func(m *policy.Machine) bool {
			return m.Starts != nil && m.Starts.By != "" && m.Seat(m.Starts.By) != nil && m.Seat(m.Starts.By).Takes(kind)
		}) {
			list = append(list, h)
		}
	}
	for _, x := range w.s.hats {
		for _, m := range x.actor.Parties {
			add(m.Party, m.Kind)
		}
		add(x.actor.Person, "person")
	}
	return list
}

func (w *viewer) option(o policy.Option) (OptionView, error) {
	ov := OptionView{Record: o.Record, Step: o.Step.Name, Title: o.Step.Title, Tells: o.Tells, Seat: o.Seat, Form: o.Form, Say: o.Step.Say}
	rec := w.d.snap.Case
	if o.Record == "" {
		ov.Part = o.Part
		ov.Parent = o.Parent
		if p := w.d.byID[o.Parent]; p != nil {
			rec = p.Record
		}
		ov.Party = o.Holder.Party
	} else if r := w.d.byID[o.Record]; r != nil {
		rec = r.Record
		if r.Part != "" {
			ov.Part, ov.Number = r.Part, w.number(r.Record)
		}
	}
	ov.Of = w.optionOf(ov.Part, o.Seat)
	if o.Step.All {
		ov.Needed = o.Step.By
		if rec.Joint != nil && rec.Joint.Step == o.Step.Name {
			ov.Signed = rec.Signed
		}
	}
	if o.Form != nil {
		ov.Values, ov.Sources = w.prefill(rec, o.Form, o.Holder, o.Seat)
		if rec.Joint != nil && rec.Joint.Step == o.Step.Name && rec.Joint.Values != nil {
			ov.Values = fieldsOf(rec.Joint.Values) // what is signed is what the first signer filled in
		}
	}
	for _, err := range o.Refused {
		l := refusal.Of(err)
		if len(l) == 0 {
			return ov, err
		}
		ov.Refused = append(ov.Refused, l...)
	}
	return ov, nil
}

// optionOf tells what the part and the seat of an option are called.
func (w *viewer) optionOf(part, seat string) (of OptionOf) {
	def := w.d.mech.Seat(seat)
	if m := w.d.mech.Part(part); m != nil {
		of.Part = m.Title
		if own := m.Seat(seat); own != nil {
			def = own
		}
	}
	if def != nil {
		of.Seat = def.Title
	}
	return of
}

// visitorOptions is what somebody can do without an account: object.
func (w *viewer) visitorOptions(v *View) error {
	for _, m := range w.d.mech.Parts {
		if !w.d.forVisitors(m) || !slices.Contains(m.Starts.While, w.d.row.state) {
			continue
		}
		for _, sp := range m.Initial().Steps {
			if slices.Contains(sp.By, m.Starts.By) && sp.Fill != "" {
				v.Options = append(v.Options, OptionView{Part: m.Name, Step: sp.Name, Title: sp.Title, Tells: sp.Tells, Seat: m.Starts.By, Of: w.optionOf(m.Name, m.Starts.By),
					Form: w.d.mech.Form(sp.Fill), Say: sp.Say})
			}
		}
	}
	return nil
}

// draftOf is the first draft that there is.
func draftOf(texts ...json.RawMessage) map[string]json.RawMessage {
	for _, t := range texts {
		var m map[string]json.RawMessage
		if len(t) > 0 && json.Unmarshal(t, &m) == nil {
			return m
		}
	}
	return nil
}

func fieldsOf(v policy.Values) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	for k, x := range v {
		if x != nil {
			m[k] = policy.EncodeValue(x)
		}
	}
	return m
}
