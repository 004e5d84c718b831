package policy

import (
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/rights"
)

// Snapshot is one case as policy sees it: everything that a decision reads, and nothing else.
type Snapshot struct {
	Pack      *Pack
	Mechanism *Mechanism
	Now       time.Time
	Case      *Record
	Parts     []*Record           // all parts of the case, in the order they were opened
	Seats     map[string][]Holder // of the case
	Things    map[string]string   // records of the register that the case is about: thing → id
	Prefill   map[string]Values   // what stands in forms in advance, from the case that started this one
	Pots      map[string]Pot
	Rights    map[string]rights.State // of the things whose kind has rights, by the id of their record
	Tables    map[string]equity.Table // of the things whose kind has shares
	Taken     map[string][]Span       // days for which other cases have the things that are booked, by the id of their record
	Asked     map[string]Value        // answers to the mechanism's Asks for this step, by path ("poster.granted_this_year")
	Acts      []Act                   // what was done, oldest first: for separate
}

// Record is one running machine: the case (Part "") or one part.
type Record struct {
	ID       string
	Part     string // name of the part's machine
	Parent   string // ID of the record this one is inside: the case, or another part
	Number   int    // 1, 2 … within its case and part
	State    string
	Since    time.Time // when it entered the state
	Due      time.Time // zero: no deadline
	Opened   time.Time
	Forms    map[string]Values   // filled forms
	Seats    map[string][]Holder // a part's own seats
	Signed   []string            // seats that have signed the pending joint step
	Joint    *Joint              // the pending joint step, nil where none waits for signatures
	Revision int64
}

// Joint is a step that waits for more signatures, with the form that all of them sign.
type Joint struct {
	Step   string
	Values Values
}

// Holder is who sits: a party (and for people its own party), or an office.
type Holder struct {
	Party  string // id in the register, "" for an office
	Office string // office name, with its district code for district offices: "district/210112"
}

// Pot is a money account of the case.
type Pot struct {
	Fund string
	Held money.Fen            // what is left
	Paid map[string]money.Fen // by party
	Owed map[string]money.Fen // claims that are not collected, by party
	// Claimed is what of Paid was claimed back, collected or not, by party; interest is no part of it.
	Claimed map[string]money.Fen
}

// OutsideFund is where a pot's money is from that a party paid in: no fund of the city's.
const OutsideFund = "outside"

// Act is one step as the record of the case remembers it.
type Act struct {
	Record  string // ID
	Part    string // the record's machine, "" for the case
	State   string // where the record stood
	Step    string
	Seat    string
	Account string
	At      time.Time
}

// Intent is what somebody wants to do now.
type Intent struct {
	Record  string // ID of the record: the case or a part; "" with Part to start a new part
	Part    string // machine of the part to start
	Parent  string // the record that the new part starts inside; "" is the case
	Step    string // ClockStep for a deadline
	Seat    string // the seat in which the actor acts
	Account string // who acts
	Holder  Holder // on whose behalf
	Values  Values // the form, decoded by DecodeForm
	Reason  string
}

// ClockStep is the name of the step that a deadline takes, by the seat ClockSeat.
const (
	ClockStep = "deadline"
	ClockSeat = "clock"
)

// Outcome is what follows from an intent: the complete list of changes, for casework to carry out in one transaction.
type Outcome struct {
	Moves    []Transition
	Opened   []*Record // new parts, with ids left empty: casework gives them; "#k" in Moves, Fills and Parent is Opened[k]
	Fills    []Fill    // forms that are now filled
	Pending  []string  // joint step: seats that have signed after this act; the record has not moved
	Actions  []Action  // evaluated effects, in order
	Escalate string    // deadline: the seat to tell
	Reason   string
}

// Transition is one record's change of state.
type Transition struct {
	Record   string
	From, To string
	Step     string
	Since    time.Time // when the record entered the state in which it now stands: earlier than now where it stays
	Due      time.Time // deadline of the new state, zero for none
	End      bool
}

// Fill is a form of one record, now filled with these values.
type Fill struct {
	Record string
	Form   string
	Values Values
}

// Action is an evaluated effect.
type Action interface{ action() }

// The actions: effects with their amounts, parties and texts worked out. Draw and Enter are still requests, which casework
// carries out with the register at hand.
type (
	HoldMoney struct {
		Fund, Pot string
		Amount    money.Fen
	}
	PayMoney struct {
		Pot, Party string
		Amount     money.Fen
		As         lang.Text
	}
	// PayFee pays a person for work; the tax is withheld for the tax office. It is no grant.
	PayFee struct {
		Pot, Party string
		Net, Tax   money.Fen
		As         lang.Text
	}
	ReleaseMoney struct {
		Pot    string
		Amount money.Fen
	}
	// ReceiveMoney brings money of a party, from outside, into a pot.
	ReceiveMoney struct {
		Pot, Party string
		Amount     money.Fen
		As         lang.Text
	}
	// ActOnRights does a deed on the rights of the record that a thing is.
	ActOnRights struct {
		Thing string
		Deed  rights.Deed
	}
	// ActOnShares does a deed on the cap table of the record that a thing is.
	ActOnShares struct {
		Thing string
		Event equity.Event
		Deed  equity.Deed
	}
	ClaimMoney struct {
		Pot, Party string
		Amount     money.Fen
		Interest   money.Fen // owed besides what was paid
	}
	CollectMoney struct {
		Pot, Party string
		Amount     money.Fen
	}
	ForgiveMoney struct {
		Pot, Party string
		Amount     money.Fen
	}
	DrawPanel struct {
		Seat, Part, As string
		Count          int // how many more are to be invited
		UnitMost       int // of one employer, with those who are invited already; 0: no limit
		OutsideLeast   int // from outside the city, likewise
		OpenMost       int // who has so many open invitations elsewhere is left out; 0: no limit
		Mix            []MixWanted
		Field          string
		Apart          []Holder   // with whom nobody drawn may have a conflict
		Earlier        []string   // who had to do with it before and is not asked again
		Vetoed         [][]string // by applicant: whom they ask to leave out, in their order
		Named          []string   // who is invited, instead of a draw; empty draws
		Waived         []string   // ids of findings of conflict that were ruled not to count
		Rulings        bool       // a finding can be ruled not to count
		Rule           string     // the documents behind how many and what sort of people are wanted
	}
	TakeSeat struct {
		Seat   string
		Holder Holder
	}
	VacateSeat struct {
		Seat string
		Only []Holder // nobody else leaves; empty: everybody does
	}
	FreezeContent struct {
		Content Values // what is shown
		Days    int
	}
	RecordFact struct {
		Fact   string
		Amount int64 // fen for money, else a count
		Dims   map[string]string
		On     caldate.Date // the day it happened; empty: the day of the step
	}
	// EnterRegister makes a record; a Thing becomes it.
	EnterRegister struct {
		Kind, Thing string
		Fields      Values
		Renew       bool // one that is there already is changed instead
	}
	// UpdateRecord changes fields of the record that a thing is; an empty value (nil) empties one.
	UpdateRecord struct {
		Thing  string
		Fields Values
	}
	// StartCase opens a case of another mechanism.
	StartCase struct {
		Link, Mechanism, As string
		Opener              Holder
		Fill                map[string]Values // by form
	}
	// RetireRecord ends the record that a thing is: it is kept, and is chosen no more.
	RetireRecord struct{ Thing string }
	MakeDocument struct {
		Document string
		Title    lang.Text
	}
	NotifySeats struct {
		Seats []string
		Text  lang.Text
	}
)

func (HoldMoney) action()     {}
func (PayMoney) action()      {}
func (PayFee) action()        {}
func (ReceiveMoney) action()  {}
func (ActOnRights) action()   {}
func (ActOnShares) action()   {}
func (ReleaseMoney) action()  {}
func (ClaimMoney) action()    {}
func (CollectMoney) action()  {}
func (ForgiveMoney) action()  {}
func (DrawPanel) action()     {}
func (TakeSeat) action()      {}
func (VacateSeat) action()    {}
func (FreezeContent) action() {}
func (RecordFact) action()    {}
func (EnterRegister) action() {}
func (UpdateRecord) action()  {}
func (RetireRecord) action()  {}
func (StartCase) action()     {}
func (MakeDocument) action()  {}
func (NotifySeats) action()   {}

// Ask is something that a guard wants to know about a party and that casework must look up before Decide: the attribute of the
// holder of a seat (the closed list is Attributes), or a field of a thing (those of its kind).
type Ask struct {
	Seat      string // "poster", a part's seat "bidder" as seen from the record that acts, or a party field "agreement.tester"
	Attribute string // "granted_this_year"
	Other     string // the other seat, for related_to
	Fund      string // of granted_this_year: from this fund only; "" is from all
	Thing     string // a thing of the case; Seat is "" then, and Attribute a field of its kind
	Link      string // a link of the case; Attribute is "count('state', …)" or "form.field"
	Type      Type   // of a thing's or link's answer; "" of a seat's, which Attributes knows
}

// Path is the key of the answer in Snapshot.Asked: "poster.granted_this_year", "bidder.related_to(poster)".
func (a Ask) Path() string {
	if a.Thing != "" {
		return a.Thing + "." + a.Attribute
	}
	if a.Link != "" {
		return "linked." + a.Link + "." + a.Attribute
	}
	if a.Fund != "" {
		return a.Seat + "." + a.Attribute + "('" + a.Fund + "')"
	}
	if a.Other != "" {
		return a.Seat + "." + a.Attribute + "(" + a.Other + ")"
	}
	return a.Seat + "." + a.Attribute
}

// GrantedThisYear is the attribute that may name a fund.
const GrantedThisYear = "granted_this_year"

// RelatedTo is the attribute that is asked with another seat: whether any holder of the one is related to any holder of the other.
const RelatedTo = "related_to"

// SameAs is said beside another seat, too: whether one party sits in both. It needs no look-up.
const SameAs = "same_as"

// FillAttributes is what the register knows of a party that a field may fill itself from (fill: poster.contact).
var FillAttributes = map[string]Type{
	"name": TextType, "uscc": TextType, "address": TextType, "contact": TextType, "phone": TextType, "email": TextType,
	"legal_rep": TextType, "kind": TextType, "region": TextType, "revenue": MoneyType, "rd_share": ShareType, "id": PartyType,
}

// Attributes is what can be asked of a party, and the type of the answer.
var Attributes = map[string]Type{
	"kind":              TextType,  // enterprise, university, institute, person …
	"region":            TextType,  // GB/T 2260 code
	"in_city":           FlagType,  // registered in the pack's city
	"granted_this_year": MoneyType, // public money granted (held for and paid to) it this civil year, all mechanisms
	"revenue":           MoneyType, // last year's, as the register knows it; missing is zero
	"rd_share":          ShareType, // R&D spending over revenue, last year
	"banned":            FlagType,  // barred on this day
	"overdue":           CountType, // cases of its own past their deadline
}

// Option is one thing that a person could do on a record now, for the case page: with the reasons where it is refused.
type Option struct {
	Record  string
	Part    string // with Record "": starts a new part
	Parent  string // with Record "": the record that it starts inside, "" is the case
	Step    *Step
	Seat    string
	Holder  Holder // as whom
	Form    *Form
	Tells   lang.Text // the consequence, with amounts worked out where they do not depend on the form
	Refused []error   // *refusal.Refusal: why not now; empty when it may be done
}

// MixWanted is a Mix as a case stands.
type MixWanted struct {
	Field, Is string
	Least     int
}
