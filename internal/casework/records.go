package casework

import (
	"context"
	"encoding/json"
	"slices"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Records of the register as somebody may see them, with the cases behind them. What the register does not know (which cases, who may
// see those) is known here, and so a record has its page from here.
type (
	// RecordItem is one line of a list.
	RecordItem struct {
		register.Record
		OwnerName string `json:"ownerName,omitempty"`
	}
	// RecordPage is a record with everything around it.
	RecordPage struct {
		Record    register.Record      `json:"record"`
		Kind      *register.RecordKind `json:"kind"`
		OwnerName string               `json:"ownerName,omitempty"`
		Names     map[string]string    `json:"names"`  // of the parties, records and cases that it speaks of by id
		Claims    []register.Claim     `json:"claims"` // what was said of it, newest first; empty for who sees its public fields only
		Cases     []LinkView           `json:"cases"`  // that made it or are about it, as far as the reader may see them
		Named     []RecordItem         `json:"named"`  // other records that name it, as far as the reader may see them
		Merged    []register.Merged    `json:"merged"` // under which ids it was entered before
		Money     MoneySum             `json:"money"`  // of the cases whose money the reader may see
		Whole     bool                 `json:"whole"`
		Claim     []identity.Member    `json:"claim"`  // the reader's parties that may claim it
		Mine      bool                 `json:"mine"`   // the reader may say what is different
		Keeper    bool                 `json:"keeper"` // the reader may decide between what is said
	}
)

// Records finds records, each cut to what the actor may see.
func (e *Engine) Records(ctx context.Context, actor identity.Actor, q register.RecordQuery) (items []RecordItem, next string, err error) {
	if actor.Anonymous() {
		return nil, "", errSignIn
	}
	q.By = &actor
	list, next, err := e.Register.SearchRecords(ctx, q)
	if err != nil {
		return nil, "", err
	}
	items = []RecordItem{}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		items, err = e.seenRecords(tx, actor, list)
		return err
	})
	return items, next, err
}

// Record is a record's page. Who sits in a case that is about it sees it whole.
func (e *Engine) Record(ctx context.Context, actor identity.Actor, id string) (p *RecordPage, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = e.recordPageOf(tx, actor, id)
		return err
	})
	return p, err
}

func (e *Engine) recordPageOf(tx *store.Tx, actor identity.Actor, id string) (*RecordPage, error) {
	rec, err := e.Register.GetRecord(tx, id)
	if err != nil {
		return nil, err
	}
	return e.recordPage(tx, actor, rec)
}

// HallRecord is the page that everyone may read of a record of a public kind.
func (e *Engine) HallRecord(ctx context.Context, id string) (p *RecordPage, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		if p, err = e.recordPageOf(tx, identity.Actor{}, id); err != nil {
			return err
		}
		p.Cases = slices.DeleteFunc(p.Cases, func(c LinkView) bool { return !c.Seen })
		k := *p.Kind
		k.Fields = slices.DeleteFunc(slices.Clone(k.Fields), func(f register.RecordField) bool { return !f.Public && f.Name != k.Called && f.Name != k.Status })
		p.Kind = &k
		return nil
	})
	return p, err
}

func (e *Engine) recordPage(tx *store.Tx, actor identity.Actor, rec register.Record) (*RecordPage, error) {
	k := e.Register.Kind(rec.Kind)
	if k == nil {
		return nil, errNoKind(rec.Kind)
	}
	cases, paid, party, err := e.casesAbout(tx, actor, rec.ID)
	if err != nil {
		return nil, err
	}
	cut, whole, seen := rec.SeenBy(k, actor)
	if party {
		cut, whole, seen = rec.HiddenFrom(k, actor), true, true
	}
	if !seen {
		return nil, refusal.New(refusal.NotFound, "register.no_record", lang.T("登记库中没有这一项", "The register has no such record"))
	}
	n := e.namer(tx)
	claim := []identity.Member{}
	if k.Owner != "" && !rec.Retired {
		for _, m := range actor.Parties {
			if m.Party != rec.Owner {
				claim = append(claim, m)
			}
		}
	}
	p := &RecordPage{Money: paid, Named: []RecordItem{}, Merged: []register.Merged{}, Claim: claim, Record: cut, Kind: k, Names: map[string]string{}, Claims: []register.Claim{}, Cases: cases, Whole: whole,
		Keeper: actor.Has(identity.RoleRegister), Mine: actor.Has(identity.RoleRegister) || rec.Owner != "" && actor.ActsFor(rec.Owner)}
	if cut.Owner != "" {
		p.OwnerName = n.party(cut.Owner).Name
	}
	e.nameFields(n, k.Fields, cut.Values, p.Names)
	naming, err := e.Register.NamedIn(tx, rec.ID, maxLinked)
	if err != nil {
		return nil, err
	}
	if p.Named, err = e.seenRecords(tx, actor, naming); err != nil {
		return nil, err
	}
	if whole {
		if p.Merged, err = e.Register.Merges(tx, rec.ID); err != nil {
			return nil, err
		}
		claims, err := e.Register.Claims(tx, rec.ID)
		if err != nil {
			return nil, err
		}
		for i := len(claims) - 1; i >= 0; i-- {
			c := claims[i]
			if c.Party != "" {
				p.Names[c.Party] = n.party(c.Party).Name
			}
			if c.Office != "" {
				p.Names[c.Office] = n.office(e.Seen(), c.Office).ZH
			}
			if f := k.Field(c.Field); f != nil {
				e.nameFields(n, []register.RecordField{*f}, register.Values{f.Name: c.Value}, p.Names)
			}
			p.Claims = append(p.Claims, c.HiddenFrom(rec, k.Field(c.Field), actor))
		}
	}
	return p, n.err
}

// nameFields notes what the parties and records are called that values name.
func (e *Engine) nameFields(n *namer, fields []register.RecordField, values map[string]json.RawMessage, names map[string]string) {
	for _, f := range fields {
		var id string
		if json.Unmarshal(values[f.Name], &id) != nil || id == "" {
			continue
		}
		switch f.Type {
		case "party":
			names[id] = n.party(id).Name
		case "record":
			names[id] = n.record(id)
		}
	}
}

// aboutAny is the cases that a record is a thing of under any id that it was ever entered with.
func (e *Engine) aboutAny(tx *store.Tx, record string) ([]thingRow, error) {
	ids, err := e.Register.KnownAs(tx, record)
	var out []thingRow
	for _, id := range ids {
		if err == nil {
			var some []thingRow
			some, err = about(tx, id)
			out = append(out, some...)
		}
	}
	return out, err
}

// casesAbout is the cases that a record is a thing of, as the actor may see them; party tells that they sit in one.
func (e *Engine) casesAbout(tx *store.Tx, actor identity.Actor, record string) (list []LinkView, sum MoneySum, party bool, err error) {
	rows, err := e.aboutAny(tx, record)
	if err != nil {
		return nil, sum, false, err
	}
	hats, err := e.hats(tx, actor)
	if err != nil {
		return nil, sum, false, err
	}
	list = []LinkView{}
	seen := map[string]bool{}
	for _, t := range rows {
		if seen[t.in] || len(list) >= maxThread {
			continue
		}
		seen[t.in] = true
		d, err := e.load(tx, t.in)
		if err != nil {
			return nil, sum, false, err
		}
		s := d.look(hats)
		x := LinkView{Case: t.in, Mechanism: d.mech.Title, Link: t.thing}
		if def := d.mech.Thing(t.thing); def != nil {
			x.Title = def.Title
		}
		switch {
		case len(s.blind) > 0:
			continue // whose record it is would tell whose case it is
		case s.whole > hidden:
			st := stateRef(d.state(d.snap.Case))
			x.Label, x.State, x.Seen = d.row.title, &st, true
			party = party || s.whole == complete
			if s.whole == complete && (s.staff() || s.party) {
				sum.addAll(d.snap.Pots)
			}
		case !d.row.shown:
			continue
		}
		list = append(list, x)
	}
	return list, sum, party, nil
}

// PutRecord enters or changes a record by hand: the values are read as a form of the kind, with every problem at its field. Only the
// fields that are given are changed; null empties one.
func (e *Engine) PutRecord(ctx context.Context, actor identity.Actor, kind, id string, revision int64, raw json.RawMessage) (p *RecordPage, err error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	def := e.Seen().Kinds[kind]
	if def == nil {
		return nil, errNoKind(kind)
	}
	values, err := e.readRecord(def, raw, id == "")
	if err != nil {
		return nil, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		k, err := e.seen.Load().kind(kind)
		if err != nil {
			return err
		}
		rec, err := e.Register.PutRecord(tx, actor, k, id, revision, values)
		if err != nil {
			return err
		}
		p, err = e.recordPage(tx, actor, rec)
		return err
	})
	return p, err
}

// readRecord reads what was typed; of a change only what is given is looked at.
func (e *Engine) readRecord(def *policy.Kind, raw json.RawMessage, anew bool) (register.Values, error) {
	form := def.Form()
	var given map[string]json.RawMessage
	if err := json.Unmarshal(raw, &given); err != nil {
		return nil, refusal.New(refusal.Invalid, "casework.json", lang.T("提交的内容不是有效的 JSON", "What was sent is not valid JSON"))
	}
	if !anew {
		part := *form
		part.Fields = nil
		for _, f := range form.Fields {
			if v, ok := given[f.Name]; ok {
				g := *f
				g.Optional = g.Optional || string(v) == "null"
				part.Fields = append(part.Fields, &g)
			}
		}
		form = &part
	}
	values, problems := form.DecodeForm(raw, &policy.Scope{Snapshot: &policy.Snapshot{Pack: e.Seen()}})
	if err := problems.Err(); err != nil {
		return nil, err
	}
	out := register.Values{}
	for _, f := range form.Fields {
		if v, ok := values[f.Name]; ok {
			out[f.Name] = policy.EncodeValue(v)
		} else if _, ok := given[f.Name]; ok {
			out[f.Name] = json.RawMessage("null")
		}
	}
	return out, nil
}

// Settle decides between what stands of a field and a claim beside it.
func (e *Engine) Settle(ctx context.Context, actor identity.Actor, id, field string, seq int64, take bool) (p *RecordPage, err error) {
	if err := mayAct(actor); err != nil {
		return nil, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		rec, err := e.Register.GetRecord(tx, id)
		if err != nil {
			return err
		}
		k := e.Register.Kind(rec.Kind)
		if k == nil {
			return errNoKind(rec.Kind)
		}
		if rec, err = e.Register.Settle(tx, actor, k, id, field, seq, take); err != nil {
			return err
		}
		p, err = e.recordPage(tx, actor, rec)
		return err
	})
	return p, err
}

func errNoKind(kind string) error {
	return refusal.New(refusal.NotFound, "casework.no_kind", lang.T("没有这个登记种类："+kind, "There is no such kind of record: "+kind))
}
