package policy

import (
	"fmt"
	"math/big"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/rights"
	"kechuang/internal/share"
)

// act is whose doing it is, for rights.
func (r *run) doing() rights.Act {
	return rights.Act{Case: r.s.Case.ID, Today: caldate.On(r.s.Now), NewID: func() string { r.made++; return fmt.Sprintf("#%d", r.made) }}
}

// deed works one out on how things stand, and leaves it as an action for the ledger.
func (r *run) deed(rec *Record, d Deed) error {
	switch {
	case d.Word == "receive":
		return r.receive(rec, d)
	case deeds[d.Word][0].kind == aThing:
		return r.rightDeed(rec, d)
	}
	return r.shareDeed(rec, d)
}

// receive brings money of a party into a pot.
func (r *run) receive(rec *Record, d Deed) error {
	f, err := r.amount(rec, d.Exprs["amount"])
	if err != nil || f == 0 {
		return err
	}
	party, err := r.payee(rec, d.one("from"))
	if err != nil {
		return err
	}
	p := r.s.Pots[d.Pot]
	if p.Held, err = money.Add(p.Held, f); err != nil {
		return asRefusal(errTooLarge)
	}
	p.Fund = OutsideFund
	r.s.Pots[d.Pot] = p
	r.do(ReceiveMoney{d.Pot, party, f, d.As})
	return nil
}

// thingNow is the record that a thing is; refused where there is none.
func (r *run) thingNow(rec *Record, thing string) (string, error) {
	if _, err := r.bound(rec, thing); err != nil {
		return "", err
	}
	return r.scope(rec).ThingID(thing), nil
}

// rightsOf is how a thing's rights stand, by the id of its record.
func (r *run) rightsOf(rec *Record, thing string) (rights.State, string, error) {
	id, err := r.thingNow(rec, thing)
	if err != nil {
		return rights.State{}, "", err
	}
	s, ok := r.s.Rights[id]
	if !ok && id != NewThing {
		return s, id, fmt.Errorf("%w: the rights of %s", errNotAsked, thing)
	}
	return s.Clone(), id, nil
}

func (r *run) rightDeed(rec *Record, d Deed) error {
	s, id, err := r.rightsOf(rec, d.Thing)
	if err != nil {
		return err
	}
	deed, err := r.toRight(rec, d)
	if err != nil {
		return err
	}
	if _, err := deed.Do(&s, r.doing()); err != nil {
		return err
	}
	r.s.Rights[id] = s
	r.do(ActOnRights{d.Thing, deed})
	return nil
}

// toRight works the deed's seats and expressions out.
func (r *run) toRight(rec *Record, d Deed) (rights.Deed, error) {
	x := &filling{r: r, rec: rec, d: d}
	var deed rights.Deed
	switch d.Word {
	case "vest":
		deed = rights.Vesting{Expires: asked[caldate.Date](x, "expires"), To: x.parts()}
	case "assign":
		right := rights.Right(x.word("right"))
		if right == "" {
			right = rights.All
		}
		deed = rights.Assignment{Right: right, From: x.parties("from"), To: x.parts(), Share: asked[share.PPM](x, "share"), Until: asked[caldate.Date](x, "until"), Consent: x.parties("consent")}
	case "revert":
		from := x.parties("from")
		if len(from) == 0 {
			for _, p := range x.parts() {
				from = append(from, p.Party)
			}
		}
		deed = rights.Reversion{From: from, To: x.party("to"), Consent: x.parties("consent")}
	case "license":
		deed = rights.Licence{Scope: x.word("scope"), Giver: x.party("from"), Holder: x.party("to"), Field: asked[string](x, "field"), Territory: asked[string](x, "territory"),
			Until: asked[caldate.Date](x, "until"), Consent: x.parties("consent")}
	case "end_license":
		deed = rights.LicenceEnd{Holder: x.party("to")}
	case "pledge":
		deed = rights.Pledge{Giver: x.party("from"), Holder: x.party("to"), Number: asked[string](x, "number"), Amount: asked[money.Fen](x, "amount"), Until: asked[caldate.Date](x, "until"), Consent: x.parties("consent")}
	case "discharge":
		deed = rights.Discharging{}
	case "enforce":
		deed = rights.Enforcement{To: x.party("to")}
	case "expire":
		deed = rights.Expiry{Day: asked[caldate.Date](x, "on")}
	default:
		return nil, fmt.Errorf("policy: a deed %q that is not known", d.Word)
	}
	return deed, x.err
}

func (r *run) shareDeed(rec *Record, d Deed) error {
	id, err := r.thingNow(rec, d.Thing)
	if err != nil {
		return err
	}
	t, ok := r.s.Tables[id]
	if !ok && id != NewThing {
		return fmt.Errorf("%w: the cap table of %s", errNotAsked, d.Thing)
	}
	if d.Word == "buy_back_price" {
		return r.price(rec, d, t)
	}
	t = t.Clone()
	deed, e, err := r.toShares(rec, d)
	if err != nil {
		return err
	}
	e.Kind = deed.Kind()
	before := t.Clone()
	given := e
	if e.Day == "" {
		e.Day = caldate.On(r.s.Now)
	} else if e.Day > caldate.On(r.s.Now) {
		return refusal.New(refusal.Invalid, "equity.future", lang.T("变动日期 "+string(e.Day)+" 还没有到", string(e.Day)+" is yet to come")).
			Mend(lang.T("请用实际办理的日期", "use the day on which it is done"))
	}
	if _, err := deed.Do(&t, e); err != nil {
		return err
	}
	r.s.Tables[id] = t
	r.do(ActOnShares{d.Thing, given, deed})
	r.tell(before, t, e, deed, d)
	return nil
}

// toShares works the deed's seats and expressions out.
func (r *run) toShares(rec *Record, d Deed) (equity.Deed, equity.Event, error) {
	x := &filling{r: r, rec: rec, d: d}
	e := equity.Event{Day: asked[caldate.Date](x, "on"), Name: asked[string](x, "name"), Case: r.s.Case.ID}
	row := equity.Row{Class: asked[string](x, "class"), Shares: asked[int64](x, "shares"), Paid: asked[money.Fen](x, "paid"), Source: x.word("source")}
	var deed equity.Deed
	switch d.Word {
	case "found":
		deed = equity.Founding{Rows: x.shareRows(row)}
	case "issue":
		deed = equity.Issuing{Rows: x.shareRows(row)}
	case "pool":
		deed = equity.Pooling{Pool: optionPool, Class: row.Class, Shares: row.Shares}
	case "grant_shares":
		row.Party = x.party("to")
		deed = equity.Granting{Pool: optionPool, Row: row}
	case "transfer_shares":
		row.Party = x.party("to")
		deed = equity.Selling{From: x.party("from"), Row: row}
	case "buy_back":
		row.Party = x.party("from")
		deed = equity.BuyingBack{Row: row}
	case "freeze_shares":
		deed = equity.Freezing{Parties: x.parties("from")}
	case "unfreeze_shares":
		deed = equity.Unfreezing{Parties: x.parties("from")}
	case "convert":
		deed = equity.Converting{Party: x.party("to"), Terms: x.terms(row.Class)}
	case "round":
		e.Valuation = asked[money.Fen](x, "pre")
		deed = equity.Raising{Pre: e.Valuation, Rows: x.shareRows(row)}
	case "exit":
		row.Paid = asked[money.Fen](x, "proceeds")
		if d.one("to") != "" {
			row.Party = x.party("to")
		}
		deed = equity.Exiting{How: x.word("how"), From: x.party("from"), Row: row}
	default:
		return nil, e, fmt.Errorf("policy: a deed %q that is not known", d.Word)
	}
	return deed, e, x.err
}

// optionPool is the one pool that mechanisms speak of.
const optionPool = "options"

// tell fills the form that says what came of a conversion or a round.
func (r *run) tell(before, after equity.Table, e equity.Event, deed equity.Deed, d Deed) {
	if d.Result == "" {
		return
	}
	yuan := func(p equity.Ratio) Decimal { // a share, in yuan
		if p.Den == 0 {
			return 0
		}
		n := new(big.Int).Mul(big.NewInt(p.Num), big.NewInt(million/100))
		return Decimal(n.Quo(n, big.NewInt(p.Den)).Int64())
	}
	values := Values{"total": after.Total()}
	switch deed := deed.(type) {
	case equity.Converting:
		c, err := before.Convert(e, deed.Party, deed.Terms)
		if err != nil {
			return // it has just come through
		}
		values["shares"], values["wanted"], values["price"], values["stake"] = c.Shares, c.Wanted, yuan(c.Price), c.Stake
		values["bound"], values["converted"], values["left"] = equity.BoundTitle(c.Bound).ZH, c.Converted, c.Left
		values["day"] = e.Day
	case equity.Raising:
		price, _ := before.PriceOf(deed.Pre)
		var all, social, state money.Fen
		for _, row := range deed.Rows {
			all += row.Paid
			switch row.Source {
			case equity.Social:
				social += row.Paid
			case equity.State, equity.Fiscal:
				state += row.Paid
			}
		}
		values["price"], values["shares"], values["money"], values["social"], values["state"] = yuan(price), after.Total()-before.Total(), all, social, state
	}
	r.fill(r.own(r.s.Case), d.Result, values)
}

// filling works out what a deed's keys say; the first error stays.
type filling struct {
	r   *run
	rec *Record
	d   Deed
	err error
}

func (x *filling) keep(err error) {
	if x.err == nil {
		x.err = err
	}
}

// evalAs works an expression out as a value of a Go type.
func evalAs[T any](r *run, rec *Record, e *Expr) (T, error) {
	var zero T
	v, err := e.Eval(r.scope(rec))
	if err != nil {
		return zero, asRefusal(err)
	}
	t, ok := v.(T)
	if !ok && v != nil {
		return zero, fmt.Errorf("policy: %q is a %T and not a %T", e.Source, v, zero)
	}
	return t, nil
}

// asked is what a key's expression says, the zero value where it is not there.
func asked[T any](x *filling, key string) T {
	var zero T
	e := x.d.Exprs[key]
	if e == nil {
		return zero
	}
	v, err := evalAs[T](x.r, x.rec, e)
	x.keep(err)
	return v
}

// word is one of a closed list, said in the mechanism or chosen in a form.
func (x *filling) word(key string) string {
	if w := x.d.one(key); w != "" {
		return w
	}
	return english(asked[string](x, key))
}

// english is the language's word for what officers choose in forms.
func english(s string) string {
	if w, ok := map[string]string{"所有权": "title", "使用权": "use", "收益权": "income", "全部": "all", "独占": "exclusive", "排他": "sole", "普通": "ordinary",
		"财政": "fiscal", "国资": "state", "社会": "social", "团队": "team", "融资价": "round", "评估值": "appraisal", "约定价": "fixed", "转让": "transfer", "回购": "buy_back", "清算": "liquidation"}[s]; ok {
		return w
	}
	return s
}

func (x *filling) party(key string) string {
	p, err := x.r.payee(x.rec, x.d.one(key))
	x.keep(err)
	return p
}

func (x *filling) parties(key string) (out []string) {
	for _, s := range x.d.Names[key] {
		p, err := x.r.payee(x.rec, s)
		x.keep(err)
		out = append(out, p)
	}
	return out
}

// parts are those to whom rights go.
func (x *filling) parts() []rights.Part {
	if x.d.one("to") != "" && x.d.one("rows") == "" {
		return []rights.Part{{Party: x.party("to"), Share: share.Whole}}
	}
	list, f, err := x.r.rowsAt(x.rec, x.d.one("rows"))
	if x.keep(err); f == nil {
		return nil
	}
	var out []rights.Part
	for _, row := range list {
		party, _ := row[columnsOf(f, PartyType)[0]].(string)
		s, _ := row[columnsOf(f, ShareType)[0]].(share.PPM)
		out = append(out, rights.Part{Party: party, Share: s})
	}
	return out
}

// shareRows are those who get new shares: a seat, or rows with a party and shares, or a party and money; a choice says the purse.
func (x *filling) shareRows(one equity.Row) []equity.Row {
	if x.d.one("to") != "" {
		one.Party = x.party("to")
		return []equity.Row{one}
	}
	list, f, err := x.r.rowsAt(x.rec, x.d.one("rows"))
	if x.keep(err); f == nil {
		return nil
	}
	var out []equity.Row
	for _, row := range list {
		n := equity.Row{Class: one.Class, Source: one.Source}
		n.Party, _ = row[columnsOf(f, PartyType)[0]].(string)
		for _, c := range f.Rows {
			switch v := row[c.Name].(type) {
			case int64:
				n.Shares = v
			case money.Fen:
				n.Paid = v
			case string:
				if w := english(v); c.Type == ChoiceType && slices.Contains([]string{equity.Fiscal, equity.State, equity.Social, equity.Team}, w) {
					n.Source = w
				}
			}
		}
		out = append(out, n)
	}
	return out
}

// terms are those of a conversion.
func (x *filling) terms(class string) equity.Terms {
	per := asked[int64](x, "per")
	if per == 0 {
		per = 1
	}
	return equity.Terms{Principal: asked[money.Fen](x, "principal"), Basis: x.word("basis"), Price: equity.Per(asked[money.Fen](x, "price"), per), Valuation: asked[money.Fen](x, "valuation"),
		Currency: yuanIs(asked[string](x, "currency")), Discount: asked[share.PPM](x, "discount"), Cap: asked[share.PPM](x, "cap"), Public: x.parties("public"), NotLargest: asked[bool](x, "not_largest"),
		Floor: asked[share.PPM](x, "floor"), FloorOf: x.parties("floor_of"), Trim: asked[bool](x, "trim"), Class: class}
}

// yuanIs takes what officers write for yuan.
func yuanIs(s string) string {
	if slices.Contains([]string{"人民币", "元", "RMB"}, s) {
		return "CNY"
	}
	return s
}

// rowsAt are the rows of "form.field" with the field, or no field where nothing was filled and nothing had to be.
func (r *run) rowsAt(rec *Record, path string) ([]Values, *Field, error) {
	if path == "" {
		return nil, nil, nil
	}
	form, name := cutPath(path)
	v, ok := r.scope(rec).field(form, name)
	if !ok {
		return nil, nil, asRefusal(&unfilled{path})
	}
	list, _ := v.([]Values)
	return list, r.m.fieldAt(path), nil
}
