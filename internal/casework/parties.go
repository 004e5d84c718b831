package casework

import (
	"fmt"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// apart refuses a holder who is related to somebody the seat has to be apart from, found in the register before they sit down.
// m is the machine that the seat is of, r the part where it is one that exists already.
func (e *Engine) apart(tx *store.Tx, d *docket, m *policy.Machine, r *policy.Record, seat string, h policy.Holder) error {
	def := d.mech.Seat(seat)
	if m.Name != "" {
		def = nil
		for _, s := range m.Seats {
			if s.Name == seat {
				def = s
			}
		}
	}
	if def == nil || h.Party == "" {
		return nil
	}
	if r == nil {
		r = d.snap.Case
	}
	for _, other := range def.ApartFrom {
		for _, o := range d.everyone(r, other) {
			if o.Party == "" {
				continue
			}
			why, related, err := e.tied(tx, d, h.Party, o.Party)
			if err != nil {
				return err
			}
			if related {
				return e.tooClose(tx, d, def, other, h, why)
			}
		}
	}
	return nil
}

func (e *Engine) tooClose(tx *store.Tx, d *docket, seat *policy.Seat, other string, h policy.Holder, why lang.Text) error {
	p, err := e.Register.Get(tx, h.Party)
	if err != nil {
		return err
	}
	title := d.seatTitle(other)
	return refusal.New(refusal.Forbidden, "casework.related", lang.T(
		p.Name+"不能担任“"+seat.Title.ZH+"”：与"+title.ZH+"有利害关系（"+why.ZH+"）",
		p.Name+" cannot be "+seat.Title.EN+": it is tied to "+title.EN+" ("+why.EN+")")).
		Mend(lang.T("请更换与其无利害关系的主体；登记信息有误的，请先更正登记库", "Choose somebody without such a tie; if the register is wrong, have it corrected first"))
}

// everyone is all holders of a seat, in whatever record: "poster", or "bids.bidder" for those of all bids that are not withdrawn.
func (d *docket) everyone(r *policy.Record, seat string) []policy.Holder {
	part, name, inPart := strings.Cut(seat, ".")
	if !inPart {
		return d.holders(r, seat)
	}
	var all []policy.Holder
	for _, p := range d.snap.Parts {
		if p.Part == part {
			all = append(all, p.Seats[name]...)
		}
	}
	return all
}

// seatTitle is the title of "poster" or "bids.bidder".
func (d *docket) seatTitle(seat string) lang.Text {
	if part, name, ok := strings.Cut(seat, "."); ok {
		if m := d.mech.Part(part); m != nil {
			for _, s := range m.Seats {
				if s.Name == name {
					return s.Title
				}
			}
		}
	}
	if s := d.mech.Seat(seat); s != nil {
		return s.Title
	}
	return lang.T(seat, seat)
}

// ask looks up what the guards of a step want to know about parties.
func (e *Engine) ask(tx *store.Tx, d *docket, in policy.Intent, fill string, asks []policy.Ask) error {
	for _, a := range asks {
		v, err := e.answer(tx, d, in, fill, a)
		if err != nil {
			return err
		}
		d.snap.Asked[a.Path()] = v
	}
	return e.loadAssets(tx, d, in, fill)
}

// subjects is whom an ask speaks of, as the act sees them: the holders of a seat ("poster", "bids.bidder"), whoever starts a part, or
// the party that a form names ("agreement.tester"), the one being filled first.
func (d *docket) subjects(in policy.Intent, fill, path string) []policy.Holder {
	rec := d.snap.Case
	if r := d.byID[in.Record]; r != nil {
		rec = r.Record
	}
	if in.Record == "" && path == in.Seat {
		return []policy.Holder{in.Holder}
	}
	values := in.Values
	if values == nil && rec.Joint != nil { // who signs what others entered
		values = rec.Joint.Values
	}
	if field := d.mech.NamedBy(path, fill); field != "" {
		party, _ := values[field].(string)
		return []policy.Holder{{Party: party}}
	}
	form, field, dotted := strings.Cut(path, ".")
	if dotted && d.mech.Part(form) == nil {
		if form == fill {
			party, _ := values[field].(string)
			return []policy.Holder{{Party: party}}
		}
		for r := rec; r != nil; r = d.parent(r) {
			if v, ok := r.Forms[form]; ok {
				party, _ := v[field].(string)
				return []policy.Holder{{Party: party}}
			}
		}
		return nil
	}
	return d.everyone(rec, path)
}

// answer is one attribute of whoever sits in a seat; of several holders the first, and of nobody the type's empty value.
func (e *Engine) answer(tx *store.Tx, d *docket, in policy.Intent, fill string, a policy.Ask) (policy.Value, error) {
	if a.Thing != "" {
		return e.ofThing(tx, d, in, fill, a)
	}
	if a.Link != "" {
		return e.ofLink(tx, d, in, fill, a)
	}
	holders := d.subjects(in, fill, a.Seat)
	if thing, field, ok := strings.Cut(a.Seat, "."); ok && d.mech.Thing(thing) != nil { // the party that a record names
		v, err := e.ofThing(tx, d, in, fill, policy.Ask{Thing: thing, Attribute: field})
		if err != nil {
			return nil, err
		}
		party, _ := v.(string)
		holders = []policy.Holder{{Party: party}}
	}
	if a.Attribute == policy.RelatedTo {
		for _, x := range holders {
			for _, y := range d.subjects(in, fill, a.Other) {
				if x.Party == "" || y.Party == "" {
					continue
				}
				if _, related, err := e.tied(tx, d, x.Party, y.Party); err != nil || related {
					return related, err
				}
			}
		}
		return false, nil
	}
	if len(holders) == 0 || holders[0].Party == "" {
		return zero(policy.Attributes[a.Attribute]), nil
	}
	if e.asked != nil {
		if v, ok := e.asked(holders[0].Party, a.Attribute); ok {
			return v, nil
		}
	}
	p, err := e.Register.Get(tx, holders[0].Party)
	if err != nil {
		return nil, err
	}
	switch a.Attribute {
	case "kind":
		return string(p.Kind), nil
	case "region":
		return p.Region, nil
	case "in_city":
		return strings.HasPrefix(p.Region, strings.TrimSuffix(d.ed.Region, "00")), nil
	case "revenue":
		return p.Revenue, nil
	case "rd_share":
		return p.RDShare, nil
	case "banned":
		if e.Banned == nil {
			_, _, barred, err := e.Register.Barred(tx, p.ID, "", caldate.On(d.snap.Now))
			return barred, err
		}
		return e.Banned(tx, p.ID, caldate.On(d.snap.Now))
	case "overdue":
		return sumOver(e, tx, p.ID, func(id string) (int64, error) { return overdue(tx, id, d.snap.Now) })
	case "granted_this_year":
		return sumOver(e, tx, p.ID, func(id string) (money.Fen, error) {
			return e.Ledger.GrantedInYear(tx, id, caldate.On(d.snap.Now).Year(), a.Fund)
		})
	}
	return nil, fmt.Errorf("casework: policy asks for the attribute %q, which nobody knows", a.Attribute)
}

// sumOver adds something up over every id that a party was ever entered with.
func sumOver[N int64 | money.Fen](e *Engine, tx *store.Tx, party string, of func(id string) (N, error)) (sum N, err error) {
	ids, err := e.Register.KnownAs(tx, party)
	for _, id := range ids {
		n := N(0)
		if err == nil {
			n, err = of(id)
		}
		sum += n
	}
	return sum, err
}

// barred refuses what a record of the register keeps a party from: to apply, to judge, to sign, to be paid.
func (e *Engine) barred(tx *store.Tx, party, act string, at time.Time) error {
	if party == "" {
		return nil
	}
	by, until, barred, err := e.Register.Barred(tx, party, act, caldate.On(at))
	if err != nil || !barred {
		return err
	}
	p, err := e.Register.Get(tx, party)
	if err != nil {
		return err
	}
	what := map[string]lang.Text{"apply": lang.T("申请", "apply"), "judge": lang.T("参加评审", "judge"), "sign": lang.T("签约", "sign"), "pay": lang.T("接受拨款", "be paid")}[act]
	zh, en := "", ""
	if until != "" {
		zh, en = "，至 "+string(until)+" 止", ", until "+string(until)
	}
	return refusal.New(refusal.Forbidden, "casework.barred", lang.T(p.Name+"现在不能"+what.ZH+"：“"+by.Name+"”尚在期限内"+zh, p.Name+" may not "+what.EN+" now: “"+by.Name+"” is in force"+en)).
		Mend(lang.T("期满或者经批准解除后再办理；记录有误的，请向登记库管理人员提出异议", "Come back when it has run out or was lifted; if the record is wrong, object to those who keep the register"))
}

func zero(t policy.Type) policy.Value {
	switch t {
	case policy.FlagType:
		return false
	case policy.CountType:
		return int64(0)
	case policy.MoneyType:
		return moneyZero
	case policy.ShareType:
		return shareZero
	}
	return ""
}

// checkValues refuses what only the database can know to be wrong: documents that nobody uploaded, and parties that are not in the
// register or were deleted.
func (e *Engine) checkValues(tx *store.Tx, d *docket, who doer, form *policy.Form, values policy.Values) error {
	var problems refusal.List
	var walk func(prefix string, fields []*policy.Field, v policy.Values) error
	walk = func(prefix string, fields []*policy.Field, v policy.Values) error {
		for _, f := range fields {
			path := prefix + f.Name
			switch x := v[f.Name].(type) {
			case policy.Document:
				if err := e.checkDocument(tx, d, who, f, path, v, x, &problems); err != nil {
					return err
				}
			case string:
				var err error
				switch {
				case x == "":
				case f.Type == policy.PartyType:
					err = e.checkParty(tx, f, path, x, &problems)
				case f.Type == policy.RecordType:
					err = e.checkRecord(tx, d, who, f, path, x, &problems)
				case f.Type == policy.NodeType:
					err = e.checkNode(tx, d, who, f, path, x, v, &problems)
				case f.Type == policy.CaseType:
					err = e.checkCase(tx, who, f, path, x, &problems)
				}
				if err != nil {
					return err
				}
			case []policy.Values:
				for i, row := range x {
					if err := walk(fmt.Sprintf("%s[%d].", path, i), f.Rows, row); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	if err := walk(form.Name+".", form.Fields, values); err != nil {
		return err
	}
	return problems.Err()
}

// checkDocument takes a document that the actor uploaded or that the case holds already, with the size that is stored.
func (e *Engine) checkDocument(tx *store.Tx, d *docket, who doer, f *policy.Field, path string, v policy.Values, doc policy.Document, problems *refusal.List) error {
	size, found, err := blobSize(tx, doc.Digest)
	if err != nil {
		return err
	}
	name, mine, err := uploadName(tx, doc.Digest, who.actor.Account)
	if err != nil {
		return err
	}
	if !found || !mine && !d.holdsDocument(doc.Digest) {
		problems.Add(refusal.New(refusal.Invalid, "casework.no_document",
			lang.T("附件“"+f.Title.ZH+"”尚未上传", "The attachment “"+f.Title.EN+"” was not uploaded"))).At(path).
			Mend(lang.T("请重新上传该附件", "Upload it again"))
		return nil
	}
	doc.Size = size
	if doc.Name == "" {
		doc.Name = name
	}
	v[f.Name] = doc
	return nil
}

// holdsDocument tells whether a form of the case names the document.
func (d *docket) holdsDocument(digest string) bool {
	for _, f := range d.forms {
		if strings.Contains(string(f.vals), digest) {
			return true
		}
	}
	// What waits for signatures names documents too: who signs after a change need not upload the others' again.
	for _, r := range d.byID {
		if r.Joint != nil && strings.Contains(string(policy.EncodeValues(r.Joint.Values)), digest) {
			return true
		}
	}
	return false
}

func (e *Engine) checkParty(tx *store.Tx, f *policy.Field, path, id string, problems *refusal.List) error {
	p, err := e.Register.Get(tx, id)
	if err != nil && len(refusal.Of(err)) == 0 {
		return err
	}
	switch {
	case err != nil || p.Deleted:
		problems.Add(refusal.New(refusal.Invalid, "casework.no_party",
			lang.T("“"+f.Title.ZH+"”所选的主体不在登记库中，或已被删除", "The party chosen for “"+f.Title.EN+"” is not in the register, or was deleted"))).At(path).
			Mend(lang.T("请重新选择；没有的请先在登记库中登记", "Choose again; enter it in the register first if it is missing"))
	case !policy.KindFits(f.Party, string(p.Kind)):
		kind := register.Kind(f.Party).Title()
		problems.Add(refusal.New(refusal.Invalid, "casework.party_kind",
			lang.T("“"+f.Title.ZH+"”应为"+kind.ZH+"，"+p.Name+"不是", "“"+f.Title.EN+"” must be of kind "+kind.EN+"; "+p.Name+" is not"))).At(path)
	}
	return nil
}
