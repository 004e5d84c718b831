package casework

import (
	"context"
	"slices"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/rights"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// AssetHead is whose rights or shares a page is of.
type AssetHead struct {
	Record string `json:"record"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Whole  bool   `json:"whole" doc:"all is shown; else only what everyone may read: who holds title, or shares, today"`
}

// RightsPage is how the rights of a record stand on a day, and all that happened to them.
type RightsPage struct {
	AssetHead
	On       string        `json:"on"`
	Expires  string        `json:"expires,omitempty"`
	Presumed bool          `json:"presumed" doc:"nobody has entered them: the register's owner"`
	Holdings []HoldingView `json:"holdings"`
	Liens    []LienView    `json:"liens" doc:"licences and pledges in force on the day"`
	History  []RightsEvent `json:"history"`
}

// HoldingView is a share of a right in a hand.
type HoldingView struct {
	Right   string    `json:"right"`
	Party   string    `json:"party"`
	Name    string    `json:"name"`
	Share   share.PPM `json:"share"`
	Until   string    `json:"until,omitempty"`
	Pledged bool      `json:"pledged,omitempty"`
}

// LienView is a licence or a pledge.
type LienView struct {
	Kind       string    `json:"kind"`
	Scope      string    `json:"scope,omitempty"`
	Giver      string    `json:"giver"`
	Holder     string    `json:"holder"`
	Number     string    `json:"number,omitempty"`
	Amount     money.Fen `json:"amount,omitempty"`
	Field      string    `json:"field,omitempty"`
	Territory  string    `json:"territory,omitempty"`
	From       string    `json:"from"`
	Until      string    `json:"until,omitempty"`
	Case       string    `json:"case,omitempty"`
	Record     string    `json:"record,omitempty"`
	RecordName string    `json:"record_name,omitempty"`
	Ended      string    `json:"ended,omitempty"`
	Ending     string    `json:"ending,omitempty"`
}

// RightsEvent is one thing that happened.
type RightsEvent struct {
	At    time.Time  `json:"at"`
	Kind  string     `json:"kind"`
	Case  string     `json:"case,omitempty"`
	Moves []MoveView `json:"moves"`
	Lien  *LienView  `json:"lien,omitempty"`
}

// MoveView is a share going from one to another.
type MoveView struct {
	What   string `json:"what" doc:"title, use, income, or a class of shares"`
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Amount int64  `json:"amount" doc:"ppm, or whole shares"`
}

// SharesPage is a company's cap table on a day, and all that happened to it.
type SharesPage struct {
	AssetHead
	On      string        `json:"on"`
	Total   int64         `json:"total"`
	Pool    int64         `json:"pool" doc:"set aside and not issued"`
	Holders []StakeView   `json:"holders"`
	History []SharesEvent `json:"history"`
}

// StakeView is what a holder has.
type StakeView struct {
	Party  string    `json:"party"`
	Name   string    `json:"name"`
	Shares int64     `json:"shares"`
	Stake  share.PPM `json:"stake" doc:"of all issued, rounded down"`
	Frozen bool      `json:"frozen,omitempty" doc:"a case keeps them where they are"`
}

// SharesEvent is one event of a company.
type SharesEvent struct {
	Day       string     `json:"day"`
	Kind      string     `json:"kind"`
	Name      string     `json:"name,omitempty"`
	Case      string     `json:"case,omitempty"`
	Valuation money.Fen  `json:"valuation,omitempty"`
	State     money.Fen  `json:"state" doc:"fiscal and state money paid in"`
	Social    money.Fen  `json:"social" doc:"other money paid in"`
	Moves     []MoveView `json:"moves"`
	Of        []string   `json:"of,omitempty" doc:"whose shares were frozen, or let go"`
}

// asset is a record that the actor may know of, with how much of it: whoever holds something of it sees all.
func (e *Engine) asset(tx *store.Tx, actor identity.Actor, id string, fits func(*register.RecordKind) bool, holds func() (bool, error)) (AssetHead, error) {
	none := refusal.New(refusal.NotFound, "register.no_record", lang.T("登记库中没有这一项", "The register has no such record"))
	rec, err := e.Register.GetRecord(tx, id)
	if err != nil {
		return AssetHead{}, err
	}
	k := e.Register.Kind(rec.Kind)
	if k == nil || !fits(k) {
		return AssetHead{}, none
	}
	_, whole, seen := rec.SeenBy(k, actor)
	if !whole {
		if whole, err = holds(); err != nil {
			return AssetHead{}, err
		}
		if !whole {
			_, _, whole, err = e.casesAbout(tx, actor, id)
		}
	}
	if err == nil && !seen && !whole {
		err = none
	}
	return AssetHead{Record: id, Name: rec.Name, Kind: rec.Kind, Whole: whole}, err
}

// RightsOn is the page of a record's rights; on is a day, "" for today.
func (e *Engine) RightsOn(ctx context.Context, actor identity.Actor, id, on string) (p *RightsPage, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		now, err := e.Ledger.Rights(tx, id)
		if err != nil {
			return err
		}
		head, err := e.asset(tx, actor, id, func(k *register.RecordKind) bool { return k.Rights }, func() (bool, error) {
			held := func(party string) bool { return actor.ActsFor(party) }
			return slices.ContainsFunc(now.Lots, func(l rights.Lot) bool { return held(l.Party) }) ||
				slices.ContainsFunc(now.Liens, func(l rights.Lien) bool { return held(l.Holder) || held(l.Giver) }), nil
		})
		if err != nil {
			return err
		}
		p, err = e.rightsPage(tx, head, now, on)
		return err
	})
	return p, err
}

func (e *Engine) rightsPage(tx *store.Tx, head AssetHead, now rights.State, on string) (*RightsPage, error) {
	p := &RightsPage{AssetHead: head, Holdings: []HoldingView{}, Liens: []LienView{}, History: []RightsEvent{}}
	today := caldate.On(tx.Now())
	day, err := dayOf(on, today)
	if err != nil {
		return nil, err
	}
	if !head.Whole {
		day = today
	}
	s := now
	if day != today {
		if s, err = e.Ledger.RightsAt(tx, head.Record, day.End().Add(-time.Microsecond)); err != nil {
			return nil, err
		}
	} else if !s.Vested() {
		k := e.pack.Kinds[head.Kind]
		if k != nil {
			if s, err = e.rightsOf(tx, e.pack, k, head.Record); err != nil {
				return nil, err
			}
		}
	}
	n := e.namer(tx)
	p.On, p.Expires, p.Presumed = string(day), string(s.Expires), s.Presumed
	until := map[string]string{}
	for _, t := range s.Terms {
		until[t.ID] = string(t.Until)
	}
	for _, l := range s.Lots {
		if head.Whole || l.Right == rights.Title {
			p.Holdings = append(p.Holdings, HoldingView{string(l.Right), l.Party, n.party(l.Party).Name, l.Share, until[l.Term], l.Lien != "" && head.Whole})
		}
	}
	if !head.Whole {
		return p, nil
	}
	for _, l := range append(s.InForce(rights.LicenceLien, day), s.InForce(rights.PledgeLien, day)...) {
		p.Liens = append(p.Liens, lienView(n, l))
	}
	events, err := e.Ledger.RightHistory(tx, head.Record)
	for _, x := range events {
		v := RightsEvent{At: x.At, Kind: x.Kind, Case: x.Case, Moves: []MoveView{}}
		for _, m := range x.Moves {
			mv := MoveView{What: string(m.Right), To: n.party(m.To.Party).Name, Amount: int64(m.Share)}
			if m.From.Party != "" {
				mv.From = n.party(m.From.Party).Name
			}
			v.Moves = append(v.Moves, mv)
		}
		if x.Lien != nil {
			l := lienView(n, *x.Lien)
			v.Lien = &l
		}
		p.History = append(p.History, v)
	}
	return p, err
}

func dayOf(on string, today caldate.Date) (caldate.Date, error) {
	if on == "" {
		return today, nil
	}
	d, err := caldate.Parse(on)
	if err != nil {
		return "", refusal.New(refusal.Invalid, "date.bad", lang.T(err.Error(), "“"+on+"” is not a date")).At("on")
	}
	return min(d, today), nil
}

func lienView(n *namer, l rights.Lien) LienView {
	return LienView{Kind: l.Kind, Scope: l.Scope, Giver: n.party(l.Giver).Name, Holder: n.party(l.Holder).Name, Number: l.Number, Amount: l.Amount, Field: l.Field,
		Territory: l.Territory, From: string(l.From), Until: string(l.Until), Case: l.Case}
}

// SharesOn is the page of a company's shares; on is a day, "" for today.
func (e *Engine) SharesOn(ctx context.Context, actor identity.Actor, id, on string) (p *SharesPage, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		head, events, err := e.companyOf(tx, actor, id)
		if err != nil {
			return err
		}
		day, err := dayOf(on, caldate.On(tx.Now()))
		if err != nil {
			return err
		}
		p = &SharesPage{AssetHead: head, On: string(day), Holders: []StakeView{}, History: []SharesEvent{}}
		n := e.namer(tx)
		t := equity.At(dated(events), day)
		p.Total, p.Pool = t.Total(), t.Diluted()-t.Total()
		for _, h := range t.Holders() {
			p.Holders = append(p.Holders, StakeView{h.Party, n.party(h.Party).Name, h.Shares, t.Stake(h.Party), head.Whole && t.Frozen(h.Party)})
		}
		for _, x := range events {
			if head.Whole {
				p.History = append(p.History, sharesEvent(n, x))
			}
		}
		return nil
	})
	return p, err
}

// companyOf is a company with all that happened to its shares.
func (e *Engine) companyOf(tx *store.Tx, actor identity.Actor, id string) (AssetHead, []ledger.EquityEvent, error) {
	events, err := e.Ledger.EquityHistory(tx, id)
	if err != nil {
		return AssetHead{}, nil, err
	}
	head, err := e.asset(tx, actor, id, func(k *register.RecordKind) bool { return k.Shares }, func() (bool, error) {
		t := equity.At(dated(events), "")
		return slices.ContainsFunc(t.Lots, func(l equity.Lot) bool { return actor.ActsFor(l.Party) }), nil
	})
	return head, events, err
}

func dated(events []ledger.EquityEvent) (out []equity.Dated) {
	for _, x := range events {
		out = append(out, x.Dated)
	}
	return out
}

func sharesEvent(n *namer, x ledger.EquityEvent) SharesEvent {
	v := SharesEvent{Day: string(x.Day), Kind: x.Kind, Name: x.Name, Case: x.Case, Valuation: x.Valuation, Moves: []MoveView{}}
	for _, p := range x.Of {
		v.Of = append(v.Of, n.party(p).Name)
	}
	for _, m := range x.Moves {
		mv := MoveView{What: m.Class, Amount: m.Shares}
		if m.From.Party != "" {
			mv.From = n.party(m.From.Party).Name
		}
		if m.To.Party != "" {
			mv.To = n.party(m.To.Party).Name
		}
		v.Moves = append(v.Moves, mv)
		switch m.Source {
		case equity.Fiscal, equity.State:
			v.State += m.Paid
		default:
			v.Social += m.Paid
		}
	}
	return v
}

// ShareFuture is a future of a company to try: perhaps a round first, then the terms.
type ShareFuture struct {
	Name  string
	Pre   money.Fen // of the company before the round, or before conversion
	Raise money.Fen // 0: no round
	Terms equity.Terms
}

// TryShares works futures out on a company as it stands, for whoever sees all of it. Nothing is changed.
func (e *Engine) TryShares(ctx context.Context, actor identity.Actor, id, party string, futures []ShareFuture) (out []equity.Answer, names map[string]string, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		head, events, err := e.companyOf(tx, actor, id)
		if err != nil {
			return err
		}
		if !head.Whole {
			return refusal.New(refusal.Forbidden, "equity.whole", lang.T("只有股东、经办处室和审计可以测算", "Only its holders, offices and auditors may try"))
		}
		t := equity.At(dated(events), "")
		if len(t.Lots) == 0 {
			return refusal.New(refusal.Closed, "equity.empty", lang.T("还没有股东名册", "There is no cap table yet"))
		}
		var list []equity.Scenario
		for _, f := range futures {
			s := equity.Scenario{Name: f.Name, Day: caldate.On(tx.Now()), Terms: f.Terms}
			if f.Raise > 0 {
				s.Round = &equity.NewRound{Pre: f.Pre, Investor: "new", Money: f.Raise, Source: equity.Social}
			}
			list = append(list, s)
		}
		out = equity.WhatIf(t, party, list)
		n := e.namer(tx)
		names = map[string]string{"new": "新投资人", "public": "公共持股人"}
		for _, a := range out {
			for _, h := range a.Before.Holders() {
				names[h.Party] = n.party(h.Party).Name
			}
			if names[a.Scenario.Name] == "" && party != "public" {
				names[party] = n.party(party).Name
			}
		}
		for i := range out {
			out[i].Refused = e.pack.CiteLaw(out[i].Refused)
		}
		return nil
	})
	return out, names, err
}

// SharesOCF is the company's history as an Open Cap Format package, by file name.
func (e *Engine) SharesOCF(ctx context.Context, actor identity.Actor, id string) (files map[string][]byte, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		head, events, err := e.companyOf(tx, actor, id)
		if err != nil {
			return err
		}
		if !head.Whole {
			return refusal.New(refusal.Forbidden, "equity.whole", lang.T("只有股东、经办处室和审计可以导出", "Only its holders, offices and auditors may export it"))
		}
		n, names := e.namer(tx), map[string]string{}
		for _, d := range events {
			for _, m := range d.Moves {
				for _, h := range []equity.Hand{m.From, m.To} {
					if h.Party != "" {
						names[h.Party] = n.party(h.Party).Name
					}
				}
			}
		}
		files, err = equity.ExportOCF(head.Name, dated(events), names, caldate.On(tx.Now()))
		return err
	})
	return files, err
}

// Pledges is the pledge file: every pledge, for offices and auditors; their own for everyone else.
func (e *Engine) Pledges(ctx context.Context, actor identity.Actor) (out []LienView, err error) {
	out = []LienView{}
	parties := []string{""}
	if len(actor.Offices) == 0 && !actor.Has(identity.RoleAuditor) {
		parties = nil
		for _, m := range actor.Parties {
			parties = append(parties, m.Party)
		}
		if actor.Person != "" {
			parties = append(parties, actor.Person)
		}
		parties = append(parties, actor.Once...)
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		n, seen := e.namer(tx), map[string]bool{}
		for _, party := range parties {
			list, err := e.Ledger.Liens(tx, rights.PledgeLien, party, 500)
			if err != nil {
				return err
			}
			for _, l := range list {
				if seen[l.ID] {
					continue
				}
				seen[l.ID] = true
				v := lienView(n, l.Lien)
				v.Record, v.Ending = l.Thing, l.Ending
				if rec, err := e.Register.GetRecord(tx, l.Thing); err == nil {
					v.RecordName = rec.Name
				}
				if !l.Ended.IsZero() {
					v.Ended = string(caldate.On(l.Ended))
				}
				out = append(out, v)
			}
		}
		return nil
	})
	return out, err
}
