package casework

import (
	"context"
	"encoding/json"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// shared is the account under which a draft is kept that belongs to whoever holds the seat: what was imported for them.
const shared = "*"

// SaveDraft keeps what somebody typed and has not sent yet. Nobody else sees it; it is gone when the step is done.
// Nothing of it is checked but that it is a JSON object of bearable size: half a form is what a draft is.
func (e *Engine) SaveDraft(ctx context.Context, actor identity.Actor, c DraftCommand) error {
	if err := mayAct(actor); err != nil {
		return err
	}
	if len(c.Values) > maxValues {
		return (Command{Values: c.Values}).check()
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(c.Values, &object); err != nil {
		return refusal.New(refusal.Invalid, "casework.json", lang.T("草稿不是有效的 JSON 对象", "The draft is not a JSON object")).At("values")
	}
	return e.DB.Write(ctx, func(tx *store.Tx) error {
		d, err := e.load(tx, c.Case)
		if err != nil {
			return err
		}
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		s := d.look(hats)
		if s.whole == hidden {
			return errNotFound
		}
		k := draftKey{step: c.Step}
		if c.Record != "" || c.Part == "" {
			r, err := d.reach(s, c.Record)
			if err != nil {
				return err
			}
			if d.state(r).Step(c.Step) == nil {
				return d.closed(r, c.Step)
			}
			if r.Part != "" {
				k.record = r.ID
			}
		} else {
			m := d.mech.Part(c.Part)
			if m == nil || m.Starts == nil || m.Initial().Step(c.Step) == nil {
				return errNotFound
			}
			k.part = c.Part
		}
		return putDraft(tx, actor.Account, c.Case, k, c.Values, tx.Now())
	})
}

// keep saves what was typed into a step that was refused; that it could not be kept is not worth a second refusal.
func (e *Engine) keep(ctx context.Context, actor identity.Actor, c Command) {
	if len(c.Values) == 0 || c.DryRun {
		return
	}
	_ = e.SaveDraft(ctx, actor, DraftCommand{Case: c.Case, Record: c.Record, Part: c.Part, Step: c.Step, Values: c.Values})
}
