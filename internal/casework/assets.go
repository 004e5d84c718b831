package casework

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/rights"
	"kechuang/internal/store"
)

// loadAssets puts into the snapshot how the rights and shares of the case's things stand now: of those that it has, and of those that the
// form being filled chooses. Other cases change them, so each act reads them anew.
func (e *Engine) loadAssets(tx *store.Tx, d *docket, in policy.Intent, fill string) error {
	d.snap.Rights, d.snap.Tables = map[string]rights.State{}, map[string]equity.Table{}
	if err := e.loadTaken(tx, d, in, fill); err != nil {
		return err
	}
	for _, t := range d.mech.Things {
		k := d.ed.Kinds[t.Kind]
		if k == nil || !k.Rights && !k.Shares {
			continue
		}
		for _, id := range d.thingIDs(t.Name, in, fill) {
			if err := e.loadAsset(tx, d, k, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// thingIDs is the records that a thing is: the case's, and the one that the form being filled chooses.
func (d *docket) thingIDs(name string, in policy.Intent, fill string) (ids []string) {
	t := d.mech.Thing(name)
	if t == nil {
		return nil
	}
	here := policy.Scope{Snapshot: d.snap}
	if r := d.byID[in.Record]; r != nil {
		here.Record = r.Record
	}
	if form, _, _ := strings.Cut(t.From, "."); form != "" && form == fill {
		here.Form, here.Values = fill, in.Values
	}
	for _, id := range []string{d.snap.Things[name], here.ThingID(name)} {
		if id != "" && id != policy.NewThing && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (e *Engine) loadAsset(tx *store.Tx, d *docket, k *policy.Kind, id string) (err error) {
	if k.Rights {
		if d.snap.Rights[id], err = e.rightsOf(tx, d.ed, k, id); err != nil {
			return err
		}
	}
	if k.Shares {
		d.snap.Tables[id], err = e.Ledger.Table(tx, id)
	}
	return err
}

// rightsOf is how a record's rights stand; where nobody has entered them, as the register says.
func (e *Engine) rightsOf(tx *store.Tx, ed *edition, k *policy.Kind, id string) (rights.State, error) {
	s, err := e.Ledger.Rights(tx, id)
	if err != nil || s.Vested() {
		return s, err
	}
	values, err := ed.recordValues(e, tx, k.Name, id)
	if err != nil {
		return s, err
	}
	owner, expires := k.Presumed(values)
	s.Presume(owner, expires)
	return s, nil
}

// assets does a deed on rights or shares, on how they stand now.
func (c *change) assets(a policy.Action) error {
	why := ledger.Why{Case: c.d.row.id, Step: fmt.Sprintf("%s#%d", c.stepName(), c.seq), Memo: c.stepMemo()}
	switch a := a.(type) {
	case policy.ActOnRights:
		id := c.d.snap.Things[a.Thing]
		k := c.d.ed.KindOf(c.d.mech, a.Thing)
		values, err := c.d.ed.recordValues(c.e, c.tx, k.Name, id)
		if err != nil {
			return err
		}
		done, err := c.e.Ledger.ChangeRights(c.tx, why, id, func(s *rights.State, act rights.Act) (rights.Change, error) {
			owner, expires := k.Presumed(values)
			s.Presume(owner, expires)
			return a.Deed.Do(s, act)
		})
		if err != nil {
			return err
		}
		return c.leafRights(id, a.Deed, done)
	case policy.ActOnShares:
		id := c.d.snap.Things[a.Thing]
		e := a.Event
		e.Kind = a.Deed.Kind()
		moves, err := c.e.Ledger.ChangeEquity(c.tx, why, id, e, a.Deed.Do)
		if err != nil {
			return err
		}
		l := leafDeed{Record: id, Act: e.Kind, Day: string(e.Day)}
		if e.Day == "" {
			l.Day = string(caldate.On(c.at))
		}
		for _, m := range moves {
			l.Moves = append(l.Moves, leafBooked{string(ledger.ShareAsset(id, m.Class)), string(ledger.ShareAccount(m.From, id)), string(ledger.ShareAccount(m.To, id)), m.Shares})
		}
		if len(moves) == 0 { // shares that are frozen or let go: whose, by digest
			raw, err := json.Marshal(a.Deed)
			if err != nil {
				return err
			}
			l.Digest = digestBytes(raw)
		}
		c.leaf.Deeds = append(c.leaf.Deeds, l)
	}
	return nil
}

// leafRights keeps what a deed moved, and what it said beside that, by digest.
func (c *change) leafRights(id string, deed rights.Deed, done rights.Change) error {
	_, act, _ := strings.Cut(fmt.Sprintf("%T", deed), ".")
	l := leafDeed{Record: id, Act: strings.ToLower(act)}
	for _, m := range done.Moves {
		l.Moves = append(l.Moves, leafBooked{string(ledger.RightAsset(m.Right, id)), string(ledger.HandAccount(m.From, id)), string(ledger.HandAccount(m.To, id)), int64(m.Share)})
	}
	raw, err := json.Marshal(deed)
	if err != nil {
		return err
	}
	l.Digest = digestBytes(raw)
	c.leaf.Deeds = append(c.leaf.Deeds, l)
	return nil
}
