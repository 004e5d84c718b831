package casework

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"kechuang/internal/chain"
	"kechuang/internal/equity"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/register"
	"kechuang/internal/rights"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// before opens a case and puts it where the stage says that it stands: the one thing on a stage that nobody did.
func (w *Theatre) before(b play.Before) error {
	if err := w.Open(b.Mechanism, b.Opener); err != nil {
		return err
	}
	return w.db.Write(context.Background(), func(tx *store.Tx) error {
		d, err := w.e.load(tx, w.id)
		if err != nil {
			return err
		}
		for _, k := range sortedWaits(d.waits()) {
			if err := dropWait(tx, d.waits()[k]); err != nil {
				return err
			}
		}
		r := d.byID[w.id]
		r.State, r.Due, r.shown = b.State, time.Time{}, true
		r.Revision++
		for _, form := range sortedKeys(b.Forms) {
			raw := policy.EncodeValues(b.Forms[form])
			f := formRow{record: w.id, form: form, version: 1, current: true, vals: raw, digest: digestBytes(raw), account: keeper.Account, who: keeper.Name, seat: d.mech.Opener, seq: 1, at: w.now}
			if err := addForm(tx, w.id, f); err != nil {
				return err
			}
		}
		st := d.state(r.Record)
		d.row.state, d.row.public, d.row.ended, d.row.shown = st.Name, st.Public, st.End, true
		was := d.row.seq
		for _, k := range sortedWaits(d.waits()) {
			if err := setWait(tx, w.id, d.waits()[k]); err != nil {
				return err
			}
		}
		if err := setRecord(tx, *r); err != nil {
			return err
		}
		w.e.recent = recent{}
		return setCase(tx, d.row, was)
	})
}

// populate enters the stage: parties with the attributes that are said of them, their ties, and the funds.
func (w *Theatre) populate(tx *store.Tx) error {
	if err := addPack(tx, w.stage.Pack.Digest, w.stage.Pack.ID, w.stage.Pack.Version, []byte{}); err != nil {
		return err
	}
	for i := range w.stage.Parties {
		p := &w.stage.Parties[i]
		id := w.PartyID(p.Name)
		w.kinds[id], w.extra[id] = p.Kind, p
		if _, err := w.e.Register.Put(tx, keeper, w.party(id, p, i)); err != nil {
			return fmt.Errorf("casework: the stage's party %s: %w", p.Name, err)
		}
		if granted, ok := p.Attr["granted_this_year"].(money.Fen); ok && granted > 0 {
			why := ledger.Why{Case: "case_before_" + id, Step: "before"}
			if err := w.e.Ledger.Appropriate(tx, ledger.Why{}, "before", w.now.Year(), granted); err != nil {
				return err
			}
			if err := w.e.Ledger.Hold(tx, why, "before", "grant", id, granted); err != nil {
				return err
			}
		}
	}
	for _, t := range w.stage.Related {
		tie := register.Tie{Kind: register.OtherTie, A: w.PartyID(t[0]), B: w.PartyID(t[1])}
		if _, err := w.e.Register.Declare(tx, keeper, tie); err != nil {
			return err
		}
	}
	if err := w.enterNodes(tx); err != nil {
		return err
	}
	for _, r := range w.stage.Records {
		if err := w.enterRecord(tx, r); err != nil {
			return err
		}
	}
	if err := w.enterStakes(tx); err != nil {
		return err
	}
	for _, name := range sortedKeys(w.stage.Funds) {
		if f := w.stage.Funds[name]; f > 0 {
			if err := w.e.Ledger.Appropriate(tx, ledger.Why{}, name, w.now.Year(), f); err != nil {
				return err
			}
		}
	}
	return nil
}

// party is a party of the register for one of the stage. What the stage does not say is a sound enterprise of the city, as in play.
func (w *Theatre) party(id string, p *play.Party, i int) register.Party {
	q := register.Party{ID: id, Kind: register.Kind(p.Kind), Name: p.Name, Region: p.Region, Synthetic: true, Revenue: 10 * money.Yi, RDShare: 200_000}
	if q.Region == "" {
		q.Region = w.stage.Pack.Region[:4] + "12"
	}
	if v, ok := p.Attr["revenue"].(money.Fen); ok {
		q.Revenue = v
	}
	if v, ok := p.Attr["rd_share"].(share.PPM); ok {
		q.RDShare = v
	}
	if q.Kind == register.Person {
		q.Revenue, q.RDShare, q.Expert = 0, 0, true
		if q.Expertise = p.Fields; len(q.Expertise) == 0 {
			q.Expertise = w.everyField()
		}
		return q
	}
	q.USCC = madeCode(int64(i) + 1)
	return q
}

// enterNodes draws the chain map of the stage.
func (w *Theatre) enterNodes(tx *store.Tx) error {
	var list []chain.Statement
	for _, n := range w.stage.Nodes {
		list = append(list, chain.Statement{Node: &chain.Node{ID: n.ID, Name: n.Name, Kind: chain.Product, Chains: n.Chains, Public: true}, Source: "stage"})
	}
	return chain.Say(tx, chain.Author{Account: keeper.Account, Name: keeper.Name}, list)
}

// RecordID is made of the name, as a party's is.
func (w *Theatre) RecordID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return fmt.Sprintf("rec_%x", sum[:10])
}

// enterRecord puts a record of the stage into the register, verified by whoever keeps it.
func (w *Theatre) enterRecord(tx *store.Tx, r play.Record) error {
	k, err := w.pack.kind(r.Kind)
	if err != nil {
		return err
	}
	values := register.Values{}
	for name, v := range r.Values {
		switch f := w.pack.Kinds[r.Kind].Field(name); f.Type {
		case policy.PartyType:
			v = w.PartyID(v.(string))
		case policy.RecordType:
			v = w.RecordID(v.(string))
		}
		values[name] = policy.EncodeValue(v)
	}
	src := register.Source{Account: keeper.Account, Who: keeper.Name, From: register.FromPage, Verified: true}
	if _, err := w.e.Register.EnterRecord(tx, k, src, w.RecordID(r.Name), values); err != nil {
		return fmt.Errorf("casework: the stage's record %s: %w", r.Name, err)
	}
	return nil
}

// enterStakes enters who holds rights and shares of records on the stage.
func (w *Theatre) enterStakes(tx *store.Tx) error {
	why := ledger.Why{Step: "stage"}
	for _, r := range w.stage.Records {
		parts, rows := play.StakesOf(w.stage, r.Name)
		for i := range parts {
			parts[i].Party = w.PartyID(parts[i].Party)
		}
		for i := range rows {
			rows[i].Party = w.PartyID(rows[i].Party)
		}
		if len(parts) > 0 {
			if _, err := w.e.Ledger.ChangeRights(tx, why, w.RecordID(r.Name), rights.Vesting{To: parts}.Do); err != nil {
				return err
			}
		}
		if len(rows) > 0 {
			if _, err := w.e.Ledger.ChangeEquity(tx, why, w.RecordID(r.Name), equity.Event{Kind: equity.KindIssue}, equity.Issuing{Rows: rows}.Do); err != nil {
				return err
			}
		}
	}
	return nil
}
