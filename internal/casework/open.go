package casework

import (
	"context"
	"fmt"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// openStep is the first line of every case's history; no mechanism has a step of this name.
const openStep = "open"

// importerSeat is the seat in which cases are opened for others, from a workbook.
const importerSeat = "importer"

// Open makes a case in its first state, under the pack as it is now. The opener's draft is nobody else's to see.
func (e *Engine) Open(ctx context.Context, actor identity.Actor, c OpenCommand) (*Receipt, error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	return e.once(ctx, actor.Account, c.Key, c, false, func(tx *store.Tx) (*Receipt, error) {
		ed, m, seat, err := e.opener(tx, c.Mechanism)
		if err != nil {
			return nil, err
		}
		hats, err := e.hats(tx, actor)
		if err != nil {
			return nil, err
		}
		who := doer{actor: actor, seat: m.Opener}
		if seat.Kind == policy.OfficeSeat {
			if !actor.InOffice(seat.Office) {
				return nil, refusal.New(refusal.Forbidden, "casework.not_for_you",
					lang.T("“"+m.Title.ZH+"”由"+seat.Title.ZH+"发起", "“"+m.Title.EN+"” is opened by "+seat.Title.EN))
			}
			who.holder = policy.Holder{Office: seat.Office}
		} else if who.holder.Party, who.behalf, err = choose(hats, seat, c.Party, ""); err != nil {
			return nil, err
		}
		if !m.DespiteBans {
			if err := e.barred(tx, who.holder.Party, "apply", tx.Now()); err != nil {
				return nil, ed.CiteLaw(err)
			}
		}
		return e.openFor(tx, ed, m, who, who.holder, m.Title.ZH)
	})
}

// opener finds a mechanism of the edition in force and the seat that opens its cases.
func (e *Engine) opener(tx *store.Tx, mechanism string) (*edition, *policy.Mechanism, *policy.Seat, error) {
	ed, err := e.current(tx)
	if err != nil {
		return nil, nil, nil, err
	}
	m := ed.Mechanism(mechanism)
	if m == nil {
		return nil, nil, nil, refusal.New(refusal.NotFound, "casework.no_mechanism", lang.T("没有这项机制："+mechanism, "There is no such mechanism: "+mechanism))
	}
	seat := m.Seat(m.Opener)
	if seat == nil {
		return nil, nil, nil, fmt.Errorf("casework: %s is opened by a seat that it has not", mechanism)
	}
	return ed, m, seat, nil
}

// openFor opens a case whose opener is the holder; who does it may be somebody else (the importer).
func (e *Engine) openFor(tx *store.Tx, ed *edition, m *policy.Mechanism, who doer, holder policy.Holder, title string) (*Receipt, error) {
	return e.openWith(tx, opening{ed: ed, m: m, who: who, holder: holder, title: title})
}

// opening is a case to be opened.
type opening struct {
	ed      *edition
	m       *policy.Mechanism
	who     doer
	holder  policy.Holder
	title   string
	prefill map[string]policy.Values // what stands in its forms in advance
	linked  []leafLink               // by what it is started
}

func (e *Engine) openWith(tx *store.Tx, o opening) (*Receipt, error) {
	ed, m, who, holder, title := o.ed, o.m, o.who, o.holder, o.title
	if err := e.alive(tx, holder.Party); err != nil {
		return nil, err
	}
	at := tx.Now()
	seed := e.newSeed()
	id := ident.New("case", at)
	d := &docket{ed: ed, mech: m, byID: map[string]*recordRow{}}
	d.row = caseRow{id: id, mechanism: m.Name, version: m.Version, pack: ed.Digest, title: title, party: holder.Party,
		state: m.Case.Initial().Name, opened: at, lastAt: at, seed: seed.String()}
	d.snap = &policy.Snapshot{Pack: ed.Pack, Mechanism: m, Now: at, Seats: map[string][]policy.Holder{}, Things: map[string]string{}, Pots: map[string]policy.Pot{}, Asked: map[string]policy.Value{}}
	if len(o.prefill) > 0 {
		d.snap.Prefill = o.prefill
	}
	rec := policy.NewRecord(d.snap, "", "", nil, nil)
	rec.ID, rec.Due = id, rec.Due.UTC()
	row := &recordRow{Record: rec, shown: m.Case.Initial().Public}
	d.add(row)
	d.row.public, d.row.shown = m.Case.Initial().Public, row.shown
	if err := d.drape(m.Case.Initial(), 1); err != nil {
		return nil, err
	}
	if err := addCase(tx, d.row); err != nil {
		return nil, err
	}
	if err := addRecord(tx, id, *row); err != nil {
		return nil, err
	}
	c := &change{e: e, tx: tx, d: d, who: who, in: policy.Intent{Record: id, Step: openStep, Seat: who.seat, Account: who.actor.Account, Holder: who.holder},
		out: &policy.Outcome{}, at: at, seq: 1, rec: rec, touched: map[string]bool{}, created: map[string]bool{}}
	for _, form := range sortedKeys(o.prefill) {
		if err := addPrefill(tx, id, form, policy.EncodeValues(o.prefill[form])); err != nil {
			return nil, err
		}
	}
	c.leaf = leafBody{Linked: o.linked, Pack: ed.Digest, Mechanism: m.Name, Version: m.Version, Commitment: seed.Commitment()}
	if err := c.takeSeat(m.Opener, holder); err != nil {
		return nil, err
	}
	if err := c.nominate(nil); err != nil {
		return nil, err
	}
	if err := c.writeRecords(); err != nil {
		return nil, err
	}
	if err := c.writeWaits(nil); err != nil {
		return nil, err
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	tx.After(func() { e.recent.put(d) })
	return &Receipt{Case: id, Record: id, State: stateRef(m.Case.Initial()), Revision: rec.Revision, Leaf: d.row.leaf}, nil
}

// alive refuses a party that was deleted from the register.
func (e *Engine) alive(tx *store.Tx, party string) error {
	if party == "" {
		return nil
	}
	p, err := e.Register.Get(tx, party)
	if err != nil {
		return err
	}
	if p.Deleted {
		return refusal.New(refusal.Closed, "casework.party_deleted", lang.T("主体“"+p.Name+"”已从登记库中删除，不能再办理", "“"+p.Name+"” was deleted from the register and cannot act any more")).
			Mend(lang.T("如属误删，请联系登记库管理员恢复", "If that was a mistake, ask the keeper of the register"))
	}
	return nil
}

// Busy tells the register why a party may not be deleted: it sits in a case that has not ended.
func (e *Engine) Busy(tx *store.Tx, party string) (*refusal.Refusal, error) {
	title, found, err := openCaseOf(tx, party)
	if err != nil || !found {
		return nil, err
	}
	return refusal.New(refusal.Conflict, "casework.party_busy", lang.T("该主体正在参与事项“"+title+"”，不能删除", "The party sits in the case “"+title+"” and cannot be deleted")).
		Mend(lang.T("请在事项办结后再删除", "Delete it when the case has ended")), nil
}

func stateRef(s *policy.State) StateRef {
	return StateRef{Name: s.Name, Title: s.Title, End: s.End, Good: s.Good, Public: s.Public}
}
