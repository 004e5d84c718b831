package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
)

func cutPath(path string) (string, string) {
	a, b, _ := strings.Cut(path, ".")
	return a, b
}

// effects works the effects out in order; each sees what those before it have done.
func (r *run) effects(rec *Record, do []Effect, to *Branch) error {
	for _, e := range do {
		rec = r.own(rec)
		var err error
		switch e := e.(type) {
		case Hold, Pay, Release, Claim, Collect, Forgive:
			err = r.moneyEffect(rec, e)
		case Open:
			err = r.openParts(rec, e)
		case Draw:
			err = r.draw(rec, e)
		case SeatHolder:
			err = r.seatHolder(rec, e)
		case Vacate:
			r.vacate(rec, e)
		case Choose:
			err = r.choose(rec, e)
		case Move:
			err = r.moveParts(rec, e)
		case Freeze:
			r.freeze(rec, e, to)
		case Amend:
			err = r.amend(rec, e)
		case Deed:
			err = r.s.Pack.citeWith(r.deed(rec, e), e.lawOf(r.s.Pack))
		case Split:
			err = r.s.Pack.citeWith(r.split(rec, e), e.lawOf(r.s.Pack))
		case Fees:
			err = r.fees(rec, e)
		case Enter:
			err = r.enter(rec, e)
		case Update:
			err = r.update(rec, e)
		case Retire:
			err = r.retire(rec, e)
		case Start:
			err = r.startCase(rec, e)
		default:
			err = r.note(rec, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *run) do(a Action) { r.out.Actions = append(r.out.Actions, a) }

func (r *run) scope(rec *Record) *Scope { return &Scope{Snapshot: r.s, Record: rec} }

// amount works a money expression out; it may not be negative.
func (r *run) amount(rec *Record, x *Expr) (money.Fen, error) {
	v, err := x.Eval(r.scope(rec))
	if err != nil {
		return 0, asRefusal(err)
	}
	f, ok := v.(money.Fen)
	if !ok {
		return 0, fmt.Errorf("policy: %q is not an amount", x.Source)
	}
	if f < 0 || f > money.Max {
		return 0, refusal.New(refusal.Invalid, "amount.range", lang.T("金额 "+f.String()+" 不能是负数，也不能超出范围", "the amount "+yuanEN(f)+" is negative or too large")).
			Mend(lang.T("请核对填写的金额", "check the amounts that were entered"))
	}
	return f, nil
}

// payee is the one party in a seat.
func (r *run) payee(rec *Record, seat string) (string, error) {
	var parties []string
	for _, h := range r.s.Holders(rec, seat) {
		if h.Party != "" {
			parties = append(parties, h.Party)
		}
	}
	if len(parties) == 1 {
		return parties[0], nil
	}
	title := lang.T(seat, seat)
	if s := r.m.seatByPath(seat); s != nil {
		title = s.Title
	}
	return "", refusal.New(refusal.Closed, "seat.not_one", lang.T(fmt.Sprintf("“%s”现有 %d 家，款项只能付给确定的一家", title.ZH, len(parties)), fmt.Sprintf("“%s” is held by %d parties; money goes to exactly one", title.In(lang.EN), len(parties))))
}

func short(pot string, has, needs money.Fen) error {
	return refusal.New(refusal.Insufficient, "pot.short", lang.T("“"+pot+"”只有 "+has.String()+"，不足 "+needs.String(), "“"+pot+"” has "+yuanEN(has)+", less than "+yuanEN(needs))).
		Mend(lang.T("请核对金额，或先办理变更", "check the amount, or have it amended first"))
}

func (r *run) moneyEffect(rec *Record, e Effect) error {
	switch e := e.(type) {
	case Hold:
		f, err := r.amount(rec, e.Amount)
		if err != nil || f == 0 {
			return err
		}
		p := r.s.Pots[e.Pot]
		if p.Held, err = money.Add(p.Held, f); err != nil {
			return asRefusal(errTooLarge)
		}
		p.Fund = e.Fund
		r.s.Pots[e.Pot] = p
		r.do(HoldMoney{e.Fund, e.Pot, f})
	case Release:
		p := r.s.Pots[e.Pot]
		if p.Held == 0 {
			return nil
		}
		r.do(ReleaseMoney{e.Pot, p.Held})
		p.Held = 0
		r.s.Pots[e.Pot] = p
	case Pay:
		return r.pay(rec, e)
	case Claim:
		return r.claim(rec, e)
	case Collect:
		owed := func(p Pot, party string) money.Fen { return p.Owed[party] }
		return r.debt(rec, e.Pot, e.From, e.Amount, owed, func(p *Pot, party string, f money.Fen) {
			p.Owed = addMoney(p.Owed, party, -f)
			r.do(CollectMoney{e.Pot, party, f})
		})
	case Forgive:
		owed := func(p Pot, party string) money.Fen { return p.Owed[party] }
		return r.debt(rec, e.Pot, e.From, nil, owed, func(p *Pot, party string, f money.Fen) {
			p.Owed = addMoney(p.Owed, party, -f)
			r.do(ForgiveMoney{e.Pot, party, f})
		})
	}
	return nil
}

func (r *run) pay(rec *Record, e Pay) error {
	p := r.s.Pots[e.Pot]
	f := p.Held
	if e.Amount != nil {
		var err error
		if f, err = r.amount(rec, e.Amount); err != nil {
			return err
		}
	}
	if f == 0 {
		return nil
	}
	if f > p.Held {
		return short(e.Pot, p.Held, f)
	}
	party, err := r.payee(rec, e.To)
	if err != nil {
		return err
	}
	p.Held -= f
	p.Paid = addMoney(p.Paid, party, f)
	r.s.Pots[e.Pot] = p
	r.do(PayMoney{e.Pot, party, f, e.As})
	return nil
}

// claim makes a party owe what a pot paid it, and interest besides where that is said. Interest alone is owed only by whom the pot paid.
func (r *run) claim(rec *Record, e Claim) error {
	var interest money.Fen
	if e.Interest != nil {
		var err error
		if interest, err = r.amount(rec, e.Interest); err != nil {
			return err
		}
	}
	unclaimed := func(p Pot, party string) money.Fen { return p.Paid[party] - p.Claimed[party] }
	owe := func(p *Pot, party string, f money.Fen) {
		p.Claimed = addMoney(p.Claimed, party, f)
		p.Owed = addMoney(p.Owed, party, f+interest)
		r.do(ClaimMoney{e.Pot, party, f, interest})
		interest = 0
	}
	if err := r.debt(rec, e.Pot, e.From, e.Amount, unclaimed, owe); err != nil || interest == 0 {
		return err
	}
	party, err := r.payee(rec, e.From)
	if p := r.s.Pots[e.Pot]; err == nil && p.Paid[party] > 0 {
		owe(&p, party, 0)
		r.s.Pots[e.Pot] = p
	}
	return err
}

// debt works out claims, collections and write-offs: all of them where no amount is said, and never more than most.
func (r *run) debt(rec *Record, pot, seat string, x *Expr, most func(Pot, string) money.Fen, do func(*Pot, string, money.Fen)) error {
	party, err := r.payee(rec, seat)
	if err != nil {
		return err
	}
	p := r.s.Pots[pot]
	f := most(p, party)
	if x != nil {
		want, err := r.amount(rec, x)
		if err != nil {
			return err
		}
		if want > f {
			return refusal.New(refusal.Invalid, "debt.more", lang.T("金额 "+want.String()+" 多于 "+f.String(), "the amount "+yuanEN(want)+" is more than "+yuanEN(f))).
				Mend(lang.T("请核对金额", "check the amount"))
		}
		f = want
	}
	if f <= 0 {
		return nil
	}
	do(&p, party, f)
	r.s.Pots[pot] = p
	return nil
}

// openParts makes one part for each row, each holder of a seat, each part of another kind, or their product.
func (r *run) openParts(rec *Record, e Open) error {
	parents := []string{rec.ID}
	if e.Each != "" {
		parents = nil
		for _, p := range r.scope(rec).parts(e.Each) {
			if len(e.In) == 0 || slices.Contains(e.In, p.State) {
				parents = append(parents, p.ID)
			}
		}
	} else if p := r.m.Part(e.Part); p != nil && p.Of == "" {
		parents = []string{r.s.Case.ID}
	}
	holders := []Holder{{}}
	if e.Seat != "" {
		if holders = r.s.Holders(rec, e.Seat); len(holders) == 0 {
			return refusal.New(refusal.Closed, "seat.empty", lang.T("席位“"+e.Seat+"”还没有人", "nobody sits in “"+e.Seat+"” yet"))
		}
	}
	rows := []Values{nil}
	if e.Rows != "" {
		form, field := cutPath(e.Rows)
		v, ok := r.scope(rec).field(form, field)
		if !ok {
			return asRefusal(&unfilled{e.Rows})
		}
		rows, _ = v.([]Values)
	}
	together, err := r.pairs(rec, e, parents, holders)
	if err != nil {
		return err
	}
	for _, parent := range parents {
		for _, h := range holders {
			if e.Pairs != nil && !together[[2]string{h.Party, parent}] {
				continue
			}
			for _, row := range rows {
				seats, forms := map[string][]Holder{}, map[string]Values{}
				if e.Seat != "" {
					seats[e.As] = []Holder{h}
				}
				if row != nil {
					forms[e.Part] = row
					r.m.Part(e.Part).seatRow(seats, row)
				}
				r.open(e.Part, parent, seats, forms)
			}
		}
	}
	return nil
}

// seatRow seats whom a row names: the part's seats with from: part.column.
func (m *Machine) seatRow(seats map[string][]Holder, row Values) {
	for _, s := range m.Seats {
		form, column := cutPath(s.From)
		if party, _ := row[column].(string); form == m.Name && party != "" {
			seats[s.Name] = []Holder{{Party: party}}
		}
	}
}

// draw asks for as many people as are still wanted; the invited who have not come to nothing count.
func (r *run) draw(rec *Record, e Draw) error {
	d, err := r.wanted(rec, e)
	if err != nil {
		return err
	}
	if d.Count <= 0 {
		return refusal.New(refusal.Closed, "draw.enough", lang.T("已邀请的人数已经足够", "enough people have been invited")).
			Mend(lang.T("有人谢绝或者逾期后可以补充抽取", "more can be drawn when somebody declines"))
	}
	if e.Named != "" {
		if d.Named, err = r.invitees(rec, e.Named); err != nil {
			return err
		}
		if len(d.Named) > d.Count {
			return refusal.New(refusal.Invalid, "draw.too_many", lang.T(fmt.Sprintf("写了 %d 人，只差 %d 人", len(d.Named), d.Count), fmt.Sprintf("%d people are named and %d are wanted", len(d.Named), d.Count))).
				Mend(lang.T("减少人数", "name fewer people"))
		}
	}
	r.do(d)
	return nil
}

// Wanted is what a draw asks for as a case stands: how many more people, apart from whom, by which criteria. Count is 0 where enough are
// invited; Named is left out.
func Wanted(s *Snapshot, rec *Record, e Draw) (DrawPanel, error) {
	return (&run{s: s, m: s.Mechanism}).wanted(rec, e)
}

func (r *run) wanted(rec *Record, e Draw) (DrawPanel, error) {
	d := DrawPanel{Seat: e.Seat, Part: e.Part, As: e.As}
	v, err := e.Size.Eval(r.scope(rec))
	if err != nil {
		return d, asRefusal(err)
	}
	want, _ := v.(int64)
	p := r.m.Part(e.Part)
	for _, x := range r.s.Parts {
		if st := p.State(x.State); x.Part == e.Part && st != nil && !st.Lost() {
			want--
		}
	}
	d.Count = int(max(0, min(want, 1000)))
	asked := []*Expr{e.Size}
	for _, limit := range []struct {
		from *Expr
		to   *int
	}{{e.UnitMost, &d.UnitMost}, {e.OutsideLeast, &d.OutsideLeast}, {e.OpenMost, &d.OpenMost}} {
		if *limit.to, err = r.limit(rec, limit.from); err != nil {
			return d, err
		}
		if *limit.to > 0 && limit.to != &d.OpenMost {
			asked = append(asked, limit.from)
		}
	}
	for _, x := range e.Mix {
		least, err := r.limit(rec, x.Least)
		if err != nil {
			return d, err
		}
		if least > 0 {
			d.Mix = append(d.Mix, MixWanted{x.Field, x.Is, least})
			asked = append(asked, x.Least)
		}
	}
	if e.Field != "" {
		form, field := cutPath(e.Field)
		v, _ := r.scope(rec).field(form, field)
		d.Field, _ = v.(string)
	}
	for _, other := range r.m.Seat(e.Seat).ApartFrom {
		for _, h := range r.s.EveryHolder(rec, other) {
			if h.Party != "" && !slices.Contains(d.Apart, h) {
				d.Apart = append(d.Apart, h)
			}
		}
	}
	d.Earlier, d.Vetoed, d.Waived = r.askedIn(e.NewTo), r.vetoed(e.Veto), r.waived(e.Waived)
	d.Rulings, d.Rule = e.Waived != nil, r.s.Pack.citeAll(asked)
	return d, nil
}

// limit is what an expression comes to as a number of people; nil is 0.
func (r *run) limit(rec *Record, x *Expr) (int, error) {
	if x == nil {
		return 0, nil
	}
	v, err := x.Eval(r.scope(rec))
	if err != nil {
		return 0, asRefusal(err)
	}
	n, _ := v.(int64)
	return int(max(0, min(n, 1000))), nil
}

// Reads are the expressions of a draw; nil stands for what it does not say.
func (e Draw) Reads() []*Expr {
	all := []*Expr{e.Size, e.UnitMost, e.OutsideLeast, e.OpenMost}
	for _, x := range e.Mix {
		all = append(all, x.Least)
	}
	return all
}

// invitees are the parties of a rows field.
func (r *run) invitees(rec *Record, path string) (list []string, err error) {
	form, field := cutPath(path)
	v, ok := r.scope(rec).field(form, field)
	if !ok {
		return nil, asRefusal(&unfilled{path})
	}
	rows, _ := v.([]Values)
	column := NamedColumn(r.m.fieldAt(path))
	for _, row := range rows {
		if p, _ := row[column].(string); p != "" && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list, nil
}

// waived are the findings that were ruled not to count.
func (r *run) waived(w *Waived) (ids []string) {
	if w == nil {
		return nil
	}
	form, field := cutPath(w.Finding)
	for _, x := range r.s.Parts {
		if x.Part == w.Part && slices.Contains(w.In, x.State) {
			if id, _ := x.Forms[form][field].(string); id != "" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// askedIn is everybody who ever held a seat in one of these parts.
func (r *run) askedIn(parts []string) (people []string) {
	for _, p := range r.s.Parts {
		if !slices.Contains(parts, p.Part) {
			continue
		}
		for _, seat := range keys(p.Seats) {
			for _, h := range p.Seats[seat] {
				if h.Party != "" && !slices.Contains(people, h.Party) {
					people = append(people, h.Party)
				}
			}
		}
	}
	slices.Sort(people)
	return people
}

// vetoed is whom each applicant asks to leave out: one list for every record that has the form.
func (r *run) vetoed(path string) (lists [][]string) {
	f := r.m.fieldAt(path)
	if f == nil {
		return nil
	}
	form, field := cutPath(path)
	for _, rec := range append([]*Record{r.s.Case}, r.s.Parts...) {
		rows, _ := rec.Forms[form][field].([]Values)
		var list []string
		for _, row := range rows {
			if party, _ := row[columnsOf(f, PartyType)[0]].(string); party != "" {
				list = append(list, party)
			}
		}
		if len(list) > 0 {
			lists = append(lists, list)
		}
	}
	return lists
}

// take puts a holder into a seat of the case; a seat that is not a panel holds one, and is emptied first.
func (r *run) take(seat string, h Holder) {
	have := r.s.Seats[seat]
	if slices.Contains(have, h) {
		return
	}
	if s := r.m.Seat(seat); s != nil && s.Kind != PanelSeat && len(have) > 0 {
		r.do(VacateSeat{Seat: seat})
		have = nil
	}
	r.s.Seats[seat] = append(slices.Clone(have), h)
	r.do(TakeSeat{seat, h})
}

func (r *run) seatHolder(rec *Record, e SeatHolder) error {
	seat := r.m.Seat(e.Seat)
	form, field := cutPath(e.From)
	if f := r.m.Form(form); e.Thing != "" || f != nil && f.Field(field) != nil {
		v, ok := r.scope(rec).field(form, field)
		if e.Thing != "" {
			var err error
			if v, err = r.scope(rec).asked(Ask{Thing: e.Thing, Attribute: field, Type: PartyType}); err != nil {
				return asRefusal(err)
			}
			ok = true
		}
		party, _ := v.(string)
		if !ok || party == "" {
			return asRefusal(&unfilled{e.From})
		}
		h := Holder{Party: party}
		if err := mayTake(r.s, rec, seat, h, e.From); err != nil {
			return err
		}
		r.take(e.Seat, h)
		return nil
	}
	from := r.s.EveryHolder(rec, e.From)
	if len(from) == 0 {
		return refusal.New(refusal.Closed, "seat.empty", lang.T("席位“"+e.From+"”还没有人", "nobody sits in “"+e.From+"” yet"))
	}
	for _, h := range from {
		if err := mayTake(r.s, rec, seat, h, e.From); err != nil {
			return err
		}
		r.take(e.Seat, h)
	}
	return nil
}

// vacate empties a seat, or takes whoever acts off it.
func (r *run) vacate(rec *Record, e Vacate) {
	v := VacateSeat{Seat: e.Seat}
	if e.Whose != "" {
		if v.Only = rec.Seats[e.Whose]; len(v.Only) == 0 {
			return
		}
	}
	r.s.Vacate(v)
	r.do(v)
}

// Vacate takes some holders off a seat of the case, or all of them.
func (s *Snapshot) Vacate(v VacateSeat) {
	left := slices.DeleteFunc(slices.Clone(s.Seats[v.Seat]), func(h Holder) bool { return len(v.Only) == 0 || slices.Contains(v.Only, h) })
	if s.Seats[v.Seat] = left; len(left) == 0 {
		delete(s.Seats, v.Seat)
	}
}

func (r *run) moveParts(rec *Record, e Move) error {
	for _, p := range r.scope(rec).parts(e.Part) {
		if slices.Contains(e.In, p.State) && (e.Whose == "" || p.seats(rec.Seats[e.Whose])) {
			if err := r.move(p, e.To, r.in.Step, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// freeze gathers what the notice shows, and for how many days: until the deadline of the state that is entered.
func (r *run) freeze(rec *Record, e Freeze, to *Branch) {
	content := Values{}
	for _, c := range e.Content {
		form, field := cutPath(c)
		v, ok := r.scope(rec).form(form)
		if !ok {
			continue
		}
		if field != "" {
			content[c] = v[field]
		} else {
			content[c] = []Values{v}
		}
	}
	days := 0
	if m := r.m.Machine(rec.Part); m != nil && m.State(to.State) != nil {
		next := *rec
		next.State, next.Since = to.State, r.s.Now
		if due := r.due(&next, m.State(to.State)); !due.IsZero() {
			days = int(due.Sub(caldate.On(r.s.Now).End()) / (24 * time.Hour))
		}
	}
	r.do(FreezeContent{Content: content, Days: days})
}

// amend writes the filled fields of one form over those of another.
func (r *run) amend(rec *Record, e Amend) error {
	with, ok := r.scope(rec).form(e.With)
	if !ok {
		return asRefusal(&unfilled{e.With})
	}
	for at, depth := rec, 0; at != nil && depth < 8; at, depth = r.s.Up(at), depth+1 {
		old, ok := at.Forms[e.Form]
		if !ok {
			continue
		}
		form := r.m.FormIn(at.Part, e.Form)
		values := Values{}
		for k, v := range old {
			values[k] = v
		}
		for k, v := range with {
			if v != nil && form != nil && form.Field(k) != nil {
				values[k] = v
			}
		}
		r.fill(r.own(at), e.Form, values)
		return r.named(r.own(at), e.Form, e.With, values)
	}
	return asRefusal(&unfilled{e.Form})
}

// note works out what is left for others to carry out: facts, register entries, documents and messages.
func (r *run) note(rec *Record, e Effect) error {
	eval := func(m map[string]*Expr) (Values, error) {
		out := Values{}
		for _, k := range keys(m) {
			v, err := m[k].Eval(r.scope(rec))
			if err != nil {
				return nil, asRefusal(err)
			}
			out[k] = v
		}
		return out, nil
	}
	switch e := e.(type) {
	case NoteFact:
		n := int64(1)
		if e.Amount != nil {
			v, err := e.Amount.Eval(r.scope(rec))
			if err != nil {
				return asRefusal(err)
			}
			n, _ = toInt(v)
		}
		values, err := eval(e.Dims)
		if err != nil {
			return err
		}
		dims := map[string]string{}
		for k, v := range values {
			dims[k] = Show(v).ZH
		}
		day := caldate.Date("")
		if e.On != nil {
			v, err := e.On.Eval(r.scope(rec))
			if err != nil {
				return asRefusal(err)
			}
			day, _ = v.(caldate.Date)
		}
		r.do(RecordFact{e.Fact, n, dims, day})
	case Make:
		r.do(MakeDocument{e.Document, e.Title})
	case Notify:
		text, _ := e.text.say(r.scope(rec))
		r.do(NotifySeats{e.Seats, text})
	default:
		return fmt.Errorf("policy: an effect %T that is not known", e)
	}
	return nil
}
