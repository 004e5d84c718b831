package casework

import (
	"context"
	"encoding/json"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// HandedPage is a record that an owner handed in, with what its fields are called and name.
type HandedPage struct {
	register.HandedIn
	KindTitle lang.Text            `json:"kindTitle"`
	OwnerName string               `json:"ownerName"`
	Form      *register.RecordKind `json:"form,omitempty"` // on its own page; a list tells no fields
	Names     map[string]string    `json:"names"`          // of the parties and records that are spoken of by id
	Mine      bool                 `json:"mine"`           // the reader may change and withdraw it
	Decide    bool                 `json:"decide"`         // the reader may take or refuse it
}

// HandIn enters a record for a party of the actor's, to wait for review; with an id it is said anew.
func (e *Engine) HandIn(ctx context.Context, actor identity.Actor, kind, id string, revision int64, raw json.RawMessage) (p *HandedPage, err error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	if id != "" {
		before, err := e.HandedIn(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		kind = before.Kind
	}
	def := e.Seen().Kinds[kind]
	if def == nil {
		return nil, errNoKind(kind)
	}
	values, err := e.readRecord(def, raw, true)
	if err != nil {
		return nil, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		k, err := e.seen.Load().kind(kind)
		if err != nil {
			return err
		}
		h, err := e.Register.HandIn(tx, actor, k, id, revision, values)
		if err != nil {
			return err
		}
		p, err = e.handedPage(tx, actor, h, true)
		return err
	})
	return p, err
}

// HandedIn is one that was handed in, for its owner and those who keep the register.
func (e *Engine) HandedIn(ctx context.Context, actor identity.Actor, id string) (p *HandedPage, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		h, err := e.Register.Handed(tx, actor, id)
		if err != nil {
			return err
		}
		p, err = e.handedPage(tx, actor, h, true)
		return err
	})
	return p, err
}

// HandedList lists what the actor's parties handed in, the latest first; with waiting, what waits for those who keep the register, the
// oldest first.
func (e *Engine) HandedList(ctx context.Context, actor identity.Actor, waiting bool) (out []HandedPage, err error) {
	out = []HandedPage{}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		var list []register.HandedIn
		if waiting {
			if !actor.Has(identity.RoleRegister) && !actor.Has(identity.RoleAuditor) {
				return nil
			}
			list, err = e.Register.HandedWaiting(tx, maxLinked)
		} else {
			var mine []string
			for _, m := range actor.Parties {
				mine = append(mine, m.Party)
			}
			list, err = e.Register.HandedBy(tx, mine, maxLinked)
		}
		if err != nil {
			return err
		}
		for _, h := range list {
			p, err := e.handedPage(tx, actor, h, false)
			if err != nil {
				return err
			}
			out = append(out, *p)
		}
		return nil
	})
	return out, err
}

// JudgeHanded takes or refuses what was handed in, and tells its owner.
func (e *Engine) JudgeHanded(ctx context.Context, actor identity.Actor, id string, revision int64, take bool, reason string) (p *HandedPage, err error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		h, err := e.Register.Handed(tx, actor, id)
		if err != nil {
			return err
		}
		k := e.Register.Kind(h.Kind)
		if k == nil {
			return errNoKind(h.Kind)
		}
		if h, err = e.Register.JudgeHanded(tx, actor, k, id, revision, take, reason); err != nil {
			return err
		}
		m := messageRow{id: ident.New("msg", tx.Now()), record: h.ID, party: h.Owner, at: tx.Now(),
			text: lang.T("退回，理由："+h.Reason+"。修改后可以重新提交", "Refused: "+h.Reason+". Mend it and hand it in again")}
		if take {
			m.text = lang.T("已审核通过，登记在您单位名下", "Taken into the register as your party's")
		}
		if err := addMessage(tx, m); err != nil {
			return err
		}
		p, err = e.handedPage(tx, actor, h, true)
		return err
	})
	return p, err
}

// WithdrawHanded takes back what waits or was refused.
func (e *Engine) WithdrawHanded(ctx context.Context, actor identity.Actor, id string, revision int64) (p *HandedPage, err error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		h, err := e.Register.WithdrawHanded(tx, actor, id, revision)
		if err != nil {
			return err
		}
		p, err = e.handedPage(tx, actor, h, true)
		return err
	})
	return p, err
}

func (e *Engine) handedPage(tx *store.Tx, actor identity.Actor, h register.HandedIn, whole bool) (*HandedPage, error) {
	n := e.namer(tx)
	open := h.State == register.Waiting || h.State == register.Returned
	p := &HandedPage{HandedIn: h, OwnerName: n.party(h.Owner).Name, Names: map[string]string{}, Mine: open && actor.ActsFor(h.Owner),
		Decide: h.State == register.Waiting && actor.Has(identity.RoleRegister) && !actor.ActsFor(h.Owner) && actor.Account != h.Account}
	k := e.Register.Kind(h.Kind)
	if k == nil {
		p.KindTitle = lang.T(h.Kind, h.Kind)
		return p, n.err
	}
	p.KindTitle = k.Title
	if whole {
		p.Form = k
		e.nameFields(n, k.Fields, h.Values, p.Names)
	}
	return p, n.err
}
