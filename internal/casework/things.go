package casework

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// recordKinds is the kinds of a pack as the register takes them.
func recordKinds(p *policy.Pack) []register.RecordKind {
	var out []register.RecordKind
	for _, name := range sortedKeys(p.Kinds) {
		out = append(out, recordKind(p, p.Kinds[name]))
	}
	return out
}

func recordKind(p *policy.Pack, k *policy.Kind) register.RecordKind {
	x := register.RecordKind{Name: k.Name, Title: k.Title, Called: k.Called, Owner: k.Owner, Status: k.Status, Expires: k.Expires, Public: k.Public, Rights: k.Rights, Shares: k.Shares,
		Fields: recordFields(p, k.Fields), Unique: k.Unique, Readers: k.Readers, Interests: k.Experts != nil && k.Experts.Interests != ""}
	x.Offers, x.Asks = k.Offers, k.Asks
	if k.Judges != nil {
		j := register.RecordJudges(*k.Judges)
		x.Judges = &j
	}
	if k.Works != nil {
		x.Makers, x.MakerName = k.Works.Makers, k.Works.Name
	}
	if k.Bars != nil {
		b := register.RecordBars(*k.Bars)
		x.Bars = &b
	}
	return x
}

func recordFields(p *policy.Pack, fields []*policy.Field) []register.RecordField {
	var out []register.RecordField
	for _, f := range fields {
		x := register.RecordField{Name: f.Name, Title: f.Title, Help: f.Help, Type: string(f.Type), Optional: f.Optional, Public: f.Public, Unit: f.Unit,
			Max: f.Max, Ident: f.Ident, Ref: f.Ref, Within: f.Within, Party: f.Party, Kind: f.Kind, Rows: recordFields(p, f.Rows)}
		for _, c := range f.Choices {
			x.Choices = append(x.Choices, register.FieldChoice{Value: c.Value, Title: c.Title})
		}
		if t := p.Taxonomies[f.Ref]; t != nil && f.Type == policy.RefType {
			for _, c := range t.Codes {
				x.Choices = append(x.Choices, register.FieldChoice{Value: c.Code, Title: c.Title})
			}
		}
		out = append(out, x)
	}
	return out
}

// kind is one kind of an edition as the register takes it; each edition makes it once.
func (ed *edition) kind(name string) (*register.RecordKind, error) {
	if k, ok := ed.kinds.Load(name); ok {
		return k.(*register.RecordKind), nil
	}
	def := ed.Kinds[name]
	if def == nil {
		return nil, fmt.Errorf("casework: the pack %s has no kind %q", ed.Digest, name)
	}
	k := recordKind(ed.Pack, def)
	ed.kinds.Store(name, &k)
	return &k, nil
}

func (d *docket) loadThings(tx *store.Tx) error {
	d.snap.Things = map[string]string{}
	if len(d.mech.Things) == 0 {
		return nil
	}
	all, err := things(tx, d.row.id)
	for _, t := range all {
		if t.current && t.thing != "" {
			d.snap.Things[t.thing] = t.record
		}
	}
	return err
}

// bind makes a record what a thing of the case is.
func (c *change) bind(thing, record string) error {
	if thing != "" {
		c.d.snap.Things[thing] = record
	}
	return setThing(c.tx, thingRow{in: c.d.row.id, thing: thing, record: record, seq: c.seq})
}

// chooseThings makes things what a form that was just filled chooses.
func (c *change) chooseThings([]string) error {
	for _, t := range c.d.mech.Things {
		form, field, ok := strings.Cut(t.From, ".")
		if !ok || !c.filled(form) {
			continue
		}
		if id, _ := c.d.snap.Case.Forms[form][field].(string); id != "" && id != c.d.snap.Things[t.Name] {
			if err := c.bind(t.Name, id); err != nil {
				return err
			}
			c.leaf.Entered = append(c.leaf.Entered, leafEntry{Kind: t.Kind, Act: "choose", Record: id})
		}
	}
	return nil
}

// source is who says what this step enters: an office stands for it.
func (c *change) source() register.Source {
	return register.Source{Account: c.who.actor.Account, Who: c.who.actor.Name, Party: c.who.holder.Party, Office: c.who.holder.Office,
		From: register.FromCase, Case: c.d.row.id, Step: c.seq, Verified: c.who.holder.Office != ""}
}

// entry makes, changes or ends a record of the register, in the step's transaction and in its leaf.
func (c *change) entry(a policy.Action) error {
	l := leafEntry{}
	var fields policy.Values
	var rec register.Record
	thing := ""
	switch a := a.(type) {
	case policy.EnterRegister:
		l.Kind, l.Act, fields, thing = a.Kind, "enter", a.Fields, a.Thing
	case policy.UpdateRecord:
		l.Act, fields, thing = "update", a.Fields, a.Thing
	case policy.RetireRecord:
		l.Act, thing = "retire", a.Thing
	}
	if l.Kind == "" {
		l.Kind = c.d.mech.Thing(thing).Kind
	}
	k, err := c.d.ed.kind(l.Kind)
	if err != nil {
		return err
	}
	values := register.Values{}
	for name, v := range policy.Settled(fields, c.d.snap.Things) {
		values[name] = policy.EncodeValue(v)
	}
	reg, id := c.e.Register, c.d.snap.Things[thing]
	switch l.Act {
	case "enter":
		enter := reg.EnterRecord
		if a.(policy.EnterRegister).Renew {
			enter = reg.RenewRecord
		}
		rec, err = enter(c.tx, k, c.source(), "", values)
		if err == nil {
			err = c.bind(thing, rec.ID)
		}
	case "update":
		rec, err = reg.UpdateRecord(c.tx, k, c.source(), id, values, true)
	case "retire":
		rec, err = reg.RetireRecord(c.tx, k, c.source(), id)
	}
	if err != nil {
		return err
	}
	raw, err := json.Marshal(values)
	l.Record, l.Digest = rec.ID, digestBytes(raw)
	c.leaf.Entered = append(c.leaf.Entered, l)
	return err
}

// recordValues reads a record as the edition's kind knows it; nil where it is not there.
func (ed *edition) recordValues(e *Engine, tx *store.Tx, kind, id string) (policy.Values, error) {
	if id == "" || id == policy.NewThing {
		return nil, nil
	}
	rec, err := e.Register.GetRecord(tx, id)
	if notFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(rec.Values)
	if err != nil {
		return nil, err
	}
	return ed.Kinds[kind].Form().ReadValues(raw)
}

// ofThing is a field of the record that a thing is, as the act sees it; nil where it is empty.
func (e *Engine) ofThing(tx *store.Tx, d *docket, in policy.Intent, fill string, a policy.Ask) (policy.Value, error) {
	sc := &policy.Scope{Snapshot: d.snap}
	if r := d.byID[in.Record]; r != nil {
		sc.Record = r.Record
	}
	t := d.mech.Thing(a.Thing)
	if form, _, _ := strings.Cut(t.From, "."); form != "" && form == fill {
		sc.Form, sc.Values = fill, in.Values
	}
	values, err := d.ed.recordValues(e, tx, t.Kind, sc.ThingID(a.Thing))
	return values[a.Attribute], err
}

// checkRecord takes a record of the right kind that is not retired, that the actor may know of, and that its seat's party owns where the
// form asks for that.
func (e *Engine) checkRecord(tx *store.Tx, d *docket, who doer, f *policy.Field, path, id string, problems *refusal.List) error {
	rec, err := e.Register.GetRecord(tx, id)
	if err != nil && !notFound(err) {
		return err
	}
	k, kerr := d.ed.kind(f.Kind)
	if kerr != nil {
		return kerr
	}
	_, _, seen := rec.SeenBy(k, who.actor)
	if err != nil || rec.Retired || rec.Kind != f.Kind || !seen && !slices.Contains(sortedValues(d.snap.Things), id) {
		problems.Add(refusal.New(refusal.Invalid, "casework.no_record",
			lang.T("“"+f.Title.ZH+"”所选的一项不在登记库中，或已注销", "What was chosen for “"+f.Title.EN+"” is not in the register, or retired"))).At(path).
			Mend(lang.T("请重新选择；没有的请先登记", "Choose again; enter it in the register first if it is missing"))
		return nil
	}
	if f.Owner == "" {
		return nil
	}
	holders := d.snap.Seats[f.Owner]
	if who.seat == f.Owner {
		holders = []policy.Holder{who.holder}
	}
	if !slices.Contains(holders, policy.Holder{Party: rec.Owner}) {
		title := d.seatTitle(f.Owner)
		problems.Add(refusal.New(refusal.Forbidden, "casework.not_owner",
			lang.T("“"+f.Title.ZH+"”所选的“"+rec.Name+"”不属于"+title.ZH, "“"+rec.Name+"”, chosen for “"+f.Title.EN+"”, is not of "+title.EN))).At(path).
			Mend(lang.T("请选择本单位的一项；权利人登记有误的，请先更正登记库", "Choose one of your own; if the register is wrong, have it corrected first"))
	}
	return nil
}

func sortedValues(m map[string]string) []string {
	var out []string
	for _, k := range sortedKeys(m) {
		out = append(out, m[k])
	}
	return out
}

// links are shown to whoever sees the case whole.
func (w *viewer) links(v *View) error {
	if w.s.whole < complete {
		return nil
	}
	all, err := links(w.tx, w.d.row.id)
	if err != nil {
		return err
	}
	for _, l := range all {
		d, err := w.e.load(w.tx, l.other)
		if err != nil {
			return err
		}
		s := d.look(w.s.hats)
		x := LinkView{Link: l.link, Case: l.other, Mechanism: d.mech.Title}
		if def := w.d.mech.Link(l.link); def != nil {
			x.Title = def.Title
		}
		switch {
		case len(s.blind) > 0:
			continue
		case s.whole > hidden:
			st := stateRef(d.state(d.snap.Case))
			x.Label, x.State, x.Seen = d.row.title, &st, true
		case !d.row.shown:
			continue
		}
		v.Links = append(v.Links, x)
	}
	return nil
}

// ThingView is a record of the register that the case is about.
type ThingView struct {
	Name   string    `json:"name"`
	Title  lang.Text `json:"title"`
	Kind   string    `json:"kind"`
	Record string    `json:"record"`
	Label  string    `json:"label"` // what the record is called
	Status string    `json:"status,omitempty"`
}

// things are shown to whoever sees the case whole; to others those of public kinds.
func (w *viewer) things(v *View) error {
	for _, t := range w.d.mech.Things {
		id := w.d.snap.Things[t.Name]
		k := w.d.ed.Kinds[t.Kind]
		if id == "" || w.s.whole < complete && !k.Public || len(w.s.blind) > 0 {
			continue
		}
		rec, err := w.e.Register.GetRecord(w.tx, id)
		if err != nil {
			return err
		}
		v.Things = append(v.Things, ThingView{Name: t.Name, Title: t.Title, Kind: t.Kind, Record: id, Label: rec.Name, Status: rec.Status})
	}
	return nil
}
