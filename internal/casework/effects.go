package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/figure"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// act carries out the effects, in the order of the mechanism.
func (c *change) act([]string) error {
	for _, a := range c.out.Actions {
		if err := c.one(a); err != nil {
			return err
		}
	}
	if c.out.Escalate != "" {
		st := c.d.state(c.rec).Title
		return c.tell(c.out.Escalate, lang.T("“"+c.d.row.title+"”在“"+st.ZH+"”环节已到期，请督促办理",
			"“"+c.d.row.title+"” is past its deadline in “"+st.EN+"”; please see that it is done"))
	}
	return nil
}

func (c *change) one(a policy.Action) error {
	switch a := a.(type) {
	case policy.HoldMoney, policy.PayMoney, policy.PayFee, policy.ReleaseMoney, policy.ClaimMoney, policy.CollectMoney, policy.ForgiveMoney, policy.ReceiveMoney:
		return c.money(a)
	case policy.ActOnRights, policy.ActOnShares:
		return c.d.ed.CiteLaw(c.assets(a))
	case policy.DrawPanel:
		return c.draw(a)
	case policy.TakeSeat:
		return c.takeSeat(a.Seat, a.Holder)
	case policy.VacateSeat:
		return c.vacate(a)
	case policy.FreezeContent:
		return c.freeze(a)
	case policy.RecordFact:
		id, err := c.e.Facts.Record(c.tx, figure.Fact{Kind: a.Fact, Amount: a.Amount, At: c.at, Case: c.d.row.id, Record: c.rec.ID, Seq: c.seq, Day: a.On, Dims: c.factDims(a.Dims)})
		c.leaf.Facts = append(c.leaf.Facts, leafFact{ID: id, Kind: a.Fact, Amount: a.Amount, Dims: a.Dims, On: string(a.On)})
		return err
	case policy.EnterRegister, policy.UpdateRecord, policy.RetireRecord:
		return c.entry(a)
	case policy.StartCase:
		return c.startCase(a)
	case policy.MakeDocument:
		return c.make(a)
	case policy.NotifySeats:
		for _, seat := range a.Seats {
			if err := c.tell(seat, a.Text); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("casework: policy asks for %T, which this program cannot do", a)
}

// money moves it. Policy has worked the amounts out; the ledger refuses what is not there.
func (c *change) money(a policy.Action) error {
	l, tx := c.e.Ledger, c.tx
	why := ledger.Why{Case: c.d.row.id, Step: fmt.Sprintf("%s#%d", c.stepName(), c.seq)}
	m := leafMoney{}
	var err error
	switch a := a.(type) {
	case policy.HoldMoney:
		why.Memo = c.stepMemo()
		m = leafMoney{Kind: ledger.KindHold, Fund: a.Fund, Pot: a.Pot, Party: c.payee(a.Pot), Amount: int64(a.Amount)}
		err = l.Hold(tx, why, a.Fund, a.Pot, m.Party, a.Amount)
	case policy.PayMoney:
		if err := c.e.barred(tx, a.Party, "pay", c.at); err != nil {
			return err
		}
		if why.Memo = a.As; why.Memo.IsZero() {
			why.Memo = c.stepMemo()
		}
		m = leafMoney{Kind: ledger.KindPay, Pot: a.Pot, Party: a.Party, Amount: int64(a.Amount)}
		_, err = l.Pay(tx, why, a.Pot, a.Party, a.Amount)
	case policy.PayFee:
		if err := c.e.barred(tx, a.Party, "pay", c.at); err != nil {
			return err
		}
		if why.Memo = a.As; why.Memo.IsZero() {
			why.Memo = c.stepMemo()
		}
		m = leafMoney{Kind: ledger.KindFee, Pot: a.Pot, Party: a.Party, Amount: int64(a.Net), Tax: int64(a.Tax)}
		err = l.PayFee(tx, why, a.Pot, a.Party, a.Net, a.Tax)
	case policy.ReceiveMoney:
		if why.Memo = a.As; why.Memo.IsZero() {
			why.Memo = c.stepMemo()
		}
		m = leafMoney{Kind: ledger.KindReceive, Pot: a.Pot, Party: a.Party, Amount: int64(a.Amount)}
		err = l.Receive(tx, why, a.Pot, a.Party, a.Amount)
	case policy.ReleaseMoney:
		why.Memo = c.stepMemo()
		m = leafMoney{Kind: ledger.KindRelease, Pot: a.Pot, Amount: int64(a.Amount)}
		_, err = l.Release(tx, why, a.Pot)
	case policy.ClaimMoney:
		why.Memo = c.stepMemo()
		m = leafMoney{Kind: ledger.KindClaim, Pot: a.Pot, Party: a.Party, Amount: int64(a.Amount)}
		if a.Amount > 0 {
			_, err = l.Claim(tx, why, a.Pot, a.Party, a.Amount)
		}
		if a.Interest > 0 && err == nil {
			if a.Amount > 0 {
				c.leaf.Money = append(c.leaf.Money, m)
			}
			m = leafMoney{Kind: ledger.KindInterest, Pot: a.Pot, Party: a.Party, Amount: int64(a.Interest)}
			err = l.Interest(tx, why, a.Pot, a.Party, a.Interest)
		}
	case policy.CollectMoney:
		why.Memo = c.stepMemo()
		m = leafMoney{Kind: ledger.KindCollect, Pot: a.Pot, Party: a.Party, Amount: int64(a.Amount)}
		_, err = l.Collect(tx, why, a.Pot, a.Party, a.Amount)
	case policy.ForgiveMoney:
		why.Memo = c.stepMemo()
		m = leafMoney{Kind: ledger.KindForgive, Pot: a.Pot, Party: a.Party, Amount: int64(a.Amount)}
		_, err = l.Forgive(tx, why, a.Pot, a.Party)
	}
	c.leaf.Money = append(c.leaf.Money, m)
	c.d.moneyMoved = true
	if refusal.Is(err, "ledger.insufficient") {
		return c.short(refusal.Of(err))
	}
	return err
}

// short says which fund has not enough in the words of the pack.
func (c *change) short(l refusal.List) error {
	var said refusal.List
	for _, r := range l {
		copied := *r
		if name, ok := strings.CutPrefix(r.Field, "fund/"); ok && c.d.ed.Funds[name] != nil {
			t := c.d.ed.Funds[name].Title
			copied.Text = lang.T("“"+t.ZH+"”余额不足："+after(r.Text.ZH, "现有"), t.EN+" is short: "+r.Text.EN)
			copied.Way = lang.T("请核减金额，或待资金到位后办理", "Reduce the amount, or wait until the fund has more")
		}
		said = append(said, &copied)
	}
	return said
}

// after is a text from a word on, or all of it.
func after(s, word string) string {
	if i := strings.Index(s, word); i >= 0 {
		return s[i:]
	}
	return s
}

// stepMemo is what the step is called, for the book.
func (c *change) stepMemo() lang.Text {
	return c.d.stepTitle(stepRow{record: c.rec.ID, step: c.in.Step, from: c.from})
}

// payee is the party that a pot's money will go to, where the mechanism pays one seat only: what is held for it counts as granted.
func (c *change) payee(pot string) string {
	if p, ok := c.d.snap.Pots[pot]; ok && p.Fund != "" {
		return c.d.potParty[pot]
	}
	seat := ""
	one := true
	c.d.mech.EachEffect(func(_ *policy.Machine, _ *policy.State, _ *policy.Step, e policy.Effect) {
		if p, ok := e.(policy.Pay); ok && p.Pot == pot {
			one = one && (seat == "" || seat == p.To)
			seat = p.To
		}
	})
	if holders := c.d.snap.Seats[seat]; one && len(holders) == 1 {
		return holders[0].Party
	}
	return ""
}

// loadPots puts the money of the case into the snapshot, in policy's words.
func (e *Engine) loadPots(tx *store.Tx, d *docket) error {
	if !d.money() {
		return nil
	}
	all, err := e.Ledger.Pots(tx, d.row.id)
	if err != nil {
		return err
	}
	d.snap.Pots, d.potParty = map[string]policy.Pot{}, map[string]string{}
	for name, p := range all {
		d.snap.Pots[name] = policy.Pot{Fund: p.Fund, Held: p.Held, Paid: p.Paid, Owed: p.Owed, Claimed: p.Claimed}
		d.potParty[name] = p.Party
	}
	return nil
}

// money tells whether the mechanism holds any.
func (d *docket) money() (yes bool) {
	d.mech.EachEffect(func(_ *policy.Machine, _ *policy.State, _ *policy.Step, e policy.Effect) {
		if _, ok := e.(policy.Hold); ok {
			yes = true
		}
		if d, ok := e.(policy.Deed); ok && d.Pot != "" {
			yes = true
		}
	})
	return yes
}

// vacate empties a seat, or takes some people off it.
func (c *change) vacate(v policy.VacateSeat) error {
	c.d.snap.Vacate(v)
	if len(v.Only) == 0 {
		c.leaf.Seats = append(c.leaf.Seats, leafSeat{Record: c.d.row.id, Seat: v.Seat}) // nobody
		return clearSeat(c.tx, c.d.row.id, v.Seat)
	}
	for _, h := range v.Only {
		c.leaf.Seats = append(c.leaf.Seats, leafSeat{Record: c.d.row.id, Seat: v.Seat, Party: h.Party, Office: h.Office, Left: true})
		if err := leaveSeat(c.tx, seatRow{c.d.row.id, v.Seat, h}); err != nil {
			return err
		}
	}
	return nil
}

// takeSeat puts a holder into a seat of the case. A panel's seat takes many; every other seat takes the new holder in place of the old.
func (c *change) takeSeat(name string, h policy.Holder) error {
	seat := c.d.mech.Seat(name)
	if seat == nil {
		return fmt.Errorf("casework: policy fills a seat %q that the mechanism does not know", name)
	}
	have := c.d.snap.Seats[name]
	if slices.Contains(have, h) {
		return nil
	}
	if err := c.e.apart(c.tx, c.d, c.d.mech.Case, nil, name, h); err != nil {
		return err
	}
	if seat.Kind != policy.PanelSeat && len(have) > 0 {
		if err := clearSeat(c.tx, c.d.row.id, name); err != nil {
			return err
		}
		have = nil
	}
	c.d.snap.Seats[name] = inOrder(append(slices.Clone(have), h))
	c.leaf.Seats = append(c.leaf.Seats, leafSeat{Record: c.d.row.id, Seat: name, Party: h.Party, Office: h.Office})
	return addSeat(c.tx, c.d.row.id, seatRow{c.d.row.id, name, h})
}

// inOrder sorts holders as the database does, so that a case in memory is the case that would be read.
func inOrder(list []policy.Holder) []policy.Holder {
	slices.SortFunc(list, func(a, b policy.Holder) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Office, b.Office))
	})
	return list
}

// nominate fills the seats of offices: of the city's at once, of a district's once the party that it is of is known.
func (c *change) nominate([]string) error {
	for _, seat := range c.d.mech.Seats {
		if seat.Kind != policy.OfficeSeat || len(c.d.snap.Seats[seat.Name]) > 0 {
			continue
		}
		h, ok, err := c.e.office(c.tx, c.d, seat)
		if err != nil {
			return err
		}
		if ok {
			if err := c.takeSeat(seat.Name, h); err != nil {
				return err
			}
		}
	}
	return nil
}

// filled tells whether this step filled a form of the case.
func (c *change) filled(form string) bool {
	return slices.ContainsFunc(c.leaf.Forms, func(f leafForm) bool { return f.Record == c.d.row.id && f.Form == form })
}

// office is who holds an office seat: the office itself, or the district's of the party that the seat is of.
func (e *Engine) office(tx *store.Tx, d *docket, seat *policy.Seat) (policy.Holder, bool, error) {
	def := d.ed.Offices[seat.Office]
	if def == nil || !def.District {
		return policy.Holder{Office: seat.Office}, true, nil
	}
	of := d.snap.Seats[seat.Of]
	if len(of) == 0 {
		return policy.Holder{}, false, nil
	}
	p, err := e.Register.Get(tx, of[0].Party)
	if err != nil {
		return policy.Holder{}, false, err
	}
	return policy.Holder{Office: seat.Office + "/" + p.Region}, true, nil
}

// tell leaves a message with every holder of a seat, or of "part.seat" in all its records, each once.
func (c *change) tell(seat string, text lang.Text) error {
	told, holders := map[policy.Holder]bool{}, c.d.holders(c.rec, seat)
	if strings.Contains(seat, ".") {
		holders = c.d.snap.EveryHolder(c.rec, seat)
	}
	for _, h := range holders {
		if told[h] {
			continue
		}
		told[h] = true
		m := messageRow{id: ident.New("msg", c.at), in: c.d.row.id, record: c.rec.ID, seat: seat, seq: c.seq, party: h.Party, office: h.Office, text: text, at: c.at}
		if err := addMessage(c.tx, m); err != nil {
			return err
		}
	}
	return nil
}

// keeper is who enters parties in the register for the engine itself: those who object, and those of a stage.
var keeper = identity.Actor{Account: "casework", Name: "科创", Roles: []string{identity.RoleRegister}}
