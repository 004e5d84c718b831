package casework

import (
	"context"
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

type (
	// PartyLinks is what a party is linked to, as far as the reader may see it: nothing is counted that is not shown.
	PartyLinks struct {
		Cases   []Item            `json:"cases"`   // in which it sits, the latest first
		Records []RecordItem      `json:"records"` // that are its own or name it, the latest first
		Rests   []ChosenRecord    `json:"rests"`   // what it rests on in its cases: records that it chose in forms, of parts too, the latest first
		Units   []PartyRef        `json:"units"`   // parts and people of it
		Merged  []register.Merged `json:"merged"`  // under which ids it was entered before; to who keeps the register and auditors
		Money   MoneySum          `json:"money"`   // of those cases whose money the reader may see
		More    bool              `json:"more,omitempty"`
	}
	// PartyRef names a party.
	PartyRef struct {
		ID   string        `json:"id"`
		Name string        `json:"name"`
		Kind register.Kind `json:"kind"`
	}
	// MoneySum adds pots up, in fen.
	MoneySum struct {
		Paid  money.Fen `json:"paid"`
		Owed  money.Fen `json:"owed"`
		Cases int       `json:"cases"` // that the sums are of
	}
)

// maxLinked is how many cases, and how many records, a page of links shows.
const maxLinked = 100

// PartyLinks gives them.
func (e *Engine) PartyLinks(ctx context.Context, actor identity.Actor, id string) (p *PartyLinks, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	records, next, _, err := e.Register.Naming(ctx, id, "", "", maxLinked)
	if err != nil {
		return nil, err
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		p = &PartyLinks{Cases: []Item{}, Records: []RecordItem{}, Rests: []ChosenRecord{}, Units: []PartyRef{}, Merged: []register.Merged{}}
		party, err := e.Register.Get(tx, id)
		if err != nil {
			return err
		}
		if p.Units, err = e.unitsOf(tx, party.ID); err != nil {
			return err
		}
		if actor.Has(identity.RoleRegister) || actor.Has(identity.RoleAuditor) {
			if p.Merged, err = e.Register.Merges(tx, party.ID); err != nil {
				return err
			}
		}
		p.Records, err = e.seenRecords(tx, actor, records)
		p.More = next != "" && len(p.Records) == maxLinked
		if err != nil {
			return err
		}
		return e.casesWith(tx, actor, party.ID, p)
	})
	return p, err
}

func (e *Engine) unitsOf(tx *store.Tx, party string) ([]PartyRef, error) {
	list, err := e.Register.Belongings(tx, party)
	out := []PartyRef{}
	for _, u := range list[:min(len(list), maxLinked)] {
		out = append(out, PartyRef{u.ID, u.Name, u.Kind})
	}
	return out, err
}

// seenRecords cuts records to what the actor may see, and leaves out those they may not know of.
func (e *Engine) seenRecords(tx *store.Tx, actor identity.Actor, list []register.Record) ([]RecordItem, error) {
	items, n := []RecordItem{}, e.namer(tx)
	for _, rec := range list {
		cut, _, seen := rec.SeenBy(e.Register.Kind(rec.Kind), actor)
		if !seen {
			continue
		}
		item := RecordItem{Record: cut}
		if cut.Owner != "" {
			item.OwnerName = n.party(cut.Owner).Name
		}
		items = append(items, item)
	}
	return items, n.err
}

// casesWith adds the cases in which the actor may know that the party sits, with the money of those whose money they may see.
func (e *Engine) casesWith(tx *store.Tx, actor identity.Actor, party string, p *PartyLinks) error {
	ids, err := e.Register.KnownAs(tx, party)
	if err != nil {
		return err
	}
	hats, err := e.hats(tx, actor)
	if err != nil {
		return err
	}
	l := &lister{e: e, tx: tx, hats: hats, n: e.namer(tx)}
	var all []string
	for _, id := range ids {
		some, err := idsOf(tx, chair{holder: policy.Holder{Party: id}}, filter{limit: 3 * maxLinked})
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	slices.Reverse(all)
	for _, id := range all {
		if len(p.Cases) == maxLinked {
			p.More = true
			break
		}
		d, err := e.load(tx, id)
		if err != nil {
			return err
		}
		s := d.look(hats)
		if !s.knowsOf(ids) {
			continue
		}
		row, _, err := itemOf(tx, id)
		if err != nil {
			return err
		}
		item, err := l.line(row)
		if err != nil {
			return err
		}
		p.Cases = append(p.Cases, item)
		w := &viewer{e: e, tx: tx, d: d, s: s, n: l.n, actor: actor}
		if err := w.rests(ids, p); err != nil {
			return err
		}
		if s.whole == complete && (s.staff() || s.party) {
			p.Money.add(d.snap.Pots, ids)
		}
	}
	return l.n.err
}

func (m *MoneySum) add(pots map[string]policy.Pot, parties []string) {
	m.Cases++
	for _, pot := range pots {
		for _, id := range parties {
			m.Paid += pot.Paid[id]
			m.Owed += pot.Owed[id]
		}
	}
}

// addAll adds what a case's pots paid and are owed, to and by whomever.
func (m *MoneySum) addAll(pots map[string]policy.Pot) {
	m.Cases++
	for _, pot := range pots {
		for _, f := range pot.Paid {
			m.Paid += f
		}
		for _, f := range pot.Owed {
			m.Owed += f
		}
	}
}

// knowsOf tells whether the one looking may know that one of the parties sits in the case: it opened the case and they see it, or they see
// a seat, of the case or of a part, by its holder's name.
func (s *sight) knowsOf(parties []string) bool {
	if s.whole == hidden {
		return false
	}
	if slices.Contains(parties, s.d.row.party) && !s.blinds(s.d.snap.Case, s.d.mech.Opener) {
		return true
	}
	named := func(r *policy.Record, seat *policy.Seat, holders []policy.Holder) bool {
		return slices.ContainsFunc(holders, func(h policy.Holder) bool { return slices.Contains(parties, h.Party) && s.names(r, seat, h) })
	}
	if s.whole == complete {
		for _, seat := range s.d.mech.Seats {
			if named(s.d.snap.Case, seat, s.seats(seat.Name)) {
				return true
			}
		}
	}
	for _, r := range s.d.snap.Parts {
		if lv, _ := s.record(r); lv != complete {
			continue
		}
		for _, seat := range s.d.machine(r).Seats {
			if named(r, seat, r.Seats[seat.Name]) {
				return true
			}
		}
	}
	return false
}

type (
	// Contested is a claim that waits for a decision.
	Contested struct {
		Claim  register.Claim        `json:"claim"`
		Record register.Record       `json:"record"`
		Kind   lang.Text             `json:"kind"`
		Field  *register.RecordField `json:"field"`
		Names  map[string]string     `json:"names"` // of the parties and records that are spoken of by id
	}
	// DueItem is a record that runs out.
	DueItem struct {
		RecordItem
		Day  string `json:"day"`
		Past bool   `json:"past,omitempty"`
	}
)

// Contested gives the claims that wait for whoever keeps the register, oldest first.
func (e *Engine) Contested(ctx context.Context, actor identity.Actor) (out []Contested, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		out = []Contested{}
		claims, err := e.Register.Contested(tx, maxLinked)
		if err != nil {
			return err
		}
		n := e.namer(tx)
		for _, c := range claims {
			rec, err := e.Register.GetRecord(tx, c.Record)
			if err != nil {
				return err
			}
			k := e.Register.Kind(rec.Kind)
			if k == nil || k.Field(c.Field) == nil {
				continue
			}
			f := k.Field(c.Field)
			x := Contested{Claim: c.HiddenFrom(rec, f, actor), Record: rec.HiddenFrom(k, actor), Kind: k.Title, Field: f, Names: map[string]string{}}
			e.nameFields(n, []register.RecordField{*f}, register.Values{f.Name: c.Value}, x.Names)
			e.nameFields(n, []register.RecordField{*f}, rec.Values, x.Names)
			if c.Party != "" {
				x.Names[c.Party] = n.party(c.Party).Name
			}
			out = append(out, x)
		}
		return n.err
	})
	return out, err
}

// ClaimOwner says for a party that a record is its own; whoever keeps the register decides.
func (e *Engine) ClaimOwner(ctx context.Context, actor identity.Actor, id, party, reason string) (p *RecordPage, err error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		rec, err := e.Register.ClaimOwner(tx, actor, id, party, reason)
		if err != nil {
			return err
		}
		p, err = e.recordPage(tx, actor, rec)
		return err
	})
	return p, err
}

// VerifyRecord says that whoever keeps the register stands for all that stands of a record.
func (e *Engine) VerifyRecord(ctx context.Context, actor identity.Actor, id string, revision int64) (p *RecordPage, err error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		if err := e.Register.Verify(tx, actor, id, revision); err != nil {
			return err
		}
		p, err = e.recordPageOf(tx, actor, id)
		return err
	})
	return p, err
}
