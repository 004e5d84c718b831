package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// maxDelegation is how long one may be stood in for at a time.
const maxDelegation = 366 * 24 * time.Hour

// Delegate lets another account act in one's seats from one day to another: in one case or all, in one seat or all.
//
// What is lent is what one may do for organisations and in offices; never what one is (an expert reviews in person), never a role, and
// never what was lent by somebody else. A rule that keeps two acts apart counts an act in somebody's stead as an act of both.
func (e *Engine) Delegate(ctx context.Context, actor identity.Actor, g Delegation) (*Delegation, error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	if err := g.check(actor); err != nil {
		return nil, err
	}
	err := e.DB.Write(ctx, func(tx *store.Tx) error {
		if !g.Until.After(tx.Now()) || g.Until.Sub(later(g.From, tx.Now())) > maxDelegation {
			return refusal.New(refusal.Invalid, "casework.delegation_time", lang.T("代办期限应在将来一年之内", "Somebody may stand in for at most a year, and not in the past")).At("until")
		}
		if g.Case != "" {
			d, err := e.load(tx, g.Case)
			if err != nil {
				return err
			}
			s := d.look([]hat{{actor: actor}})
			if s.whole == hidden {
				return errNotFound
			}
			if len(s.mine) == 0 {
				return refusal.New(refusal.Forbidden, "casework.no_seat", lang.T("您在该事项中没有席位，无可委托", "You hold no seat in this case"))
			}
		}
		hats, err := json.Marshal(lent(actor))
		if err != nil {
			return err
		}
		g.ID = ident.New("delegation", tx.Now())
		return addDelegation(tx, delegationRow{id: g.ID, in: g.Case, seat: g.Seat, from: actor.Account, fromName: actor.Name, hats: string(hats),
			to: g.To, starts: g.From, ends: g.Until, at: tx.Now()})
	})
	if err != nil {
		return nil, err
	}
	return &g, nil
}

func (g Delegation) check(actor identity.Actor) error {
	switch {
	case g.To == "" || g.To == actor.Account:
		return refusal.New(refusal.Invalid, "casework.delegate_self", lang.T("请选择代办人，且不能是本人", "Choose who stands in; it cannot be yourself")).At("to")
	case !g.Until.After(g.From):
		return refusal.New(refusal.Invalid, "casework.delegation_time", lang.T("代办结束时间应晚于开始时间", "It must end after it begins")).At("until")
	}
	return nil
}

// lent is the part of an actor that somebody else may wear.
func lent(a identity.Actor) identity.Actor {
	return identity.Actor{Account: a.Account, Name: a.Name, Parties: a.Parties, Offices: a.Offices}
}

// delegator is what the one who delegated may do today, at most what was lent.
func (e *Engine) delegator(ctx context.Context, d delegationRow) (identity.Actor, error) {
	var then identity.Actor
	if err := json.Unmarshal([]byte(d.hats), &then); err != nil {
		return then, fmt.Errorf("casework: delegation %s: %w", d.id, err)
	}
	if e.Hats == nil {
		return then, nil
	}
	now, err := e.Hats(ctx, d.from)
	if err != nil {
		if len(refusal.Of(err)) > 0 { // the account is gone or disabled: nothing is lent any more
			return identity.Actor{Account: d.from}, nil
		}
		return then, err
	}
	still := identity.Actor{Account: d.from, Name: d.fromName}
	for _, p := range then.Parties {
		if now.ActsFor(p.Party) {
			still.Parties = append(still.Parties, p)
		}
	}
	for _, o := range then.Offices {
		if now.InOffice(o) {
			still.Offices = append(still.Offices, o)
		}
	}
	return still, nil
}

// Revoke ends a delegation of one's own at once.
func (e *Engine) Revoke(ctx context.Context, actor identity.Actor, id string) error {
	if err := mayAct(actor); err != nil {
		return err
	}
	return e.DB.Write(ctx, func(tx *store.Tx) error {
		ok, err := endDelegation(tx, id, actor.Account, tx.Now())
		if err == nil && !ok {
			err = refusal.New(refusal.NotFound, "casework.no_delegation", lang.T("没有这项委托，或已结束", "There is no such delegation, or it has ended"))
		}
		return err
	})
}

// Delegations are the actor's own that have not ended: those for one case and those for all, or all of them where case is empty.
func (e *Engine) Delegations(ctx context.Context, actor identity.Actor, in string) ([]Delegation, error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	list := []Delegation{}
	err := e.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := delegating(tx, actor.Account, tx.Now())
		for _, r := range rows {
			if in == "" || r.in == "" || r.in == in {
				list = append(list, Delegation{ID: r.id, Case: r.in, Seat: r.seat, To: r.to, From: r.starts, Until: r.ends})
			}
		}
		return err
	})
	return list, err
}
