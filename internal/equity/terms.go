package equity

import (
	"math/big"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// Kinds of trigger.
const (
	OnRound     = "round"     // an outside round of at least so much
	OnRevenue   = "revenue"   // a year's revenue of at least so much
	OnValuation = "valuation" // a valuation of at least so much
	OnStatus    = "status"    // a status in a register, such as national high-tech enterprise
	OnDate      = "date"      // the window's last day, whatever else happened
)

// Trigger is one event that makes a grant convert.
type Trigger struct {
	Kind    string
	AtLeast money.Fen
	Status  string
}

// Seen is what is known of a company on a day.
type Seen struct {
	Day                       caldate.Date
	Round, Revenue, Valuation money.Fen
	Statuses                  []string
}

// Window is the days in which triggers count.
type Window struct {
	From, Until caldate.Date
}

// What a window says.
const (
	Waiting   = "waiting"
	Triggered = "triggered"
	Closed    = "closed" // over without a trigger: extended, repaid or written off
)

// Look tells how a window stands on a day, and by which trigger.
func (w Window) Look(triggers []Trigger, s Seen) (string, *Trigger) {
	if s.Day < w.From {
		return Waiting, nil
	}
	if s.Day <= w.Until {
		for i, t := range triggers {
			if t.met(s) {
				return Triggered, &triggers[i]
			}
		}
		return Waiting, nil
	}
	for i, t := range triggers {
		if t.Kind == OnDate {
			return Triggered, &triggers[i]
		}
	}
	return Closed, nil
}

func (t Trigger) met(s Seen) bool {
	switch t.Kind {
	case OnRound:
		return s.Round >= t.AtLeast && s.Round > 0
	case OnRevenue:
		return s.Revenue >= t.AtLeast && s.Revenue > 0
	case OnValuation:
		return s.Valuation >= t.AtLeast && s.Valuation > 0
	case OnStatus:
		for _, x := range s.Statuses {
			if x == t.Status {
				return true
			}
		}
	}
	return false
}

// Interest is simple interest by days over 365, rounded half up to the fen. Nothing accrues before from.
func Interest(principal money.Fen, rate share.PPM, from, to caldate.Date) money.Fen {
	if to <= from || rate <= 0 || principal <= 0 {
		return 0
	}
	days := int64(to.Start().Sub(from.Start()).Hours()) / 24
	n := new(big.Int).Mul(big.NewInt(int64(principal)), big.NewInt(int64(rate)))
	n.Mul(n, big.NewInt(days))
	d := big.NewInt(int64(share.Whole) * 365)
	n.Add(n, new(big.Int).Div(d, big.NewInt(2)))
	return money.Fen(n.Div(n, d).Int64())
}

// Settlement is how a grant ends that does not convert.
type Settlement struct {
	Unspent    money.Fen // given back, whatever the reason
	Repay      money.Fen // principal and interest that is still owed
	WrittenOff money.Fen // lost with diligence: nobody owes it
	Recover    money.Fen // lost by fault: claimed back
}

// Settle divides what was paid: what is unspent comes back; of the rest, diligent work that failed is written off, anything else is
// recovered. Repayment by agreement is Repay of what was spent, with interest.
func Settle(paid, unspent money.Fen, failed, diligent bool, interest money.Fen) Settlement {
	s := Settlement{Unspent: min(paid, max(0, unspent))}
	spent := paid - s.Unspent
	switch {
	case !failed:
		s.Repay = spent + max(0, interest)
	case diligent:
		s.WrittenOff = spent
	default:
		s.Recover = spent
	}
	return s
}

// Scenario is a future to try: perhaps a round first, then the terms.
type Scenario struct {
	Name  string
	Day   caldate.Date
	Round *NewRound
	Terms Terms
}

// NewRound is outside money at a value of the company before it.
type NewRound struct {
	Pre      money.Fen
	Investor string
	Money    money.Fen
	Source   string
	Class    string
}

// Answer is what becomes of a scenario: the tables before and after it, or why it cannot be.
type Answer struct {
	Scenario   Scenario
	Price      Ratio // of the round, fen a share
	Before     Table
	After      Table
	Conversion Conversion
	Refused    error
}

// WhatIf tries scenarios on a table, each on its own. Nothing is changed.
func WhatIf(t Table, party string, list []Scenario) []Answer {
	out := make([]Answer, len(list))
	for i, s := range list {
		a := Answer{Scenario: s, Before: t.Clone(), After: t.Clone()}
		if s.Day == "" {
			s.Day = t.Day
		}
		if s.Round != nil {
			_, price, err := a.After.Round(Event{Day: s.Day}, *s.Round)
			if a.Price, a.Refused = price, err; err != nil {
				out[i] = a
				continue
			}
			if s.Terms.Basis == ByRound && s.Terms.Price.zero() {
				s.Terms.Price = price
			}
		}
		a.Conversion, a.Refused = a.After.Convert(Event{Day: s.Day}, party, s.Terms)
		out[i] = a
	}
	return out
}

// Round issues shares for new money at the value before it over all shares with the pools. What is left of the money is less than the
// price of a share.
func (t *Table) Round(e Event, r NewRound) ([]Move, Ratio, error) {
	price, err := t.PriceOf(r.Pre)
	if err != nil {
		return nil, Ratio{}, err
	}
	moves, err := Raising{r.Pre, []Row{{Party: r.Investor, Class: r.Class, Paid: r.Money, Source: r.Source}}}.Do(t, e)
	return moves, price, err
}
