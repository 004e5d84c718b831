package policy

import (
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
)

// Pos is a place in a file of the pack; every part of the model keeps its own, so that a finding can point at it.
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

// Pack is one city's policy as data, read from a folder by Load.
type Pack struct {
	ID         string
	Title      lang.Text
	Version    string
	Region     string // GB/T 2260 code of the city, such as "210100"
	Basis      map[string]*Basis
	Params     map[string]*Param
	Funds      map[string]*Fund
	Offices    map[string]*Office
	Facts      map[string]*FactKind // what effects may record
	Taxonomies map[string]*Taxonomy
	Calendar   *caldate.Calendar
	Mechanisms []*Mechanism // sorted by name
	Digest     string       // SHA-256 over the pack's files, hex; a case is pinned to it
}

// Mechanism finds a mechanism by name; nil where there is none.
func (p *Pack) Mechanism(name string) *Mechanism {
	for _, m := range p.Mechanisms {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Basis is a document that rules come from.
type Basis struct {
	Key    string       `json:"key"`
	Issuer string       `json:"issuer"`
	Number string       `json:"number"` // 文号, such as 沈科发〔2024〕6号; empty where it is not known
	Title  string       `json:"title"`
	Level  string       `json:"level"` // 国家, 省, 市, 区, or 本系统 for our own assumption
	From   caldate.Date `json:"from,omitempty"`
	To     caldate.Date `json:"to,omitempty"`
	Status string       `json:"status"` // 有效, 延期, 废止, 试行, 待核实
	Pos    Pos          `json:"-"`
}

// Cite is the document as a refusal names it: 《title》（文号）clause.
func (b *Basis) Cite(clause string) string {
	s := "《" + b.Title + "》"
	if b.Number != "" {
		s += "（" + b.Number + "）"
	}
	return s + clause
}

// Param is one number of a rule with its source. Guards and effects call it param.<name>.
type Param struct {
	Name   string    `json:"name"`
	Title  lang.Text `json:"title"`
	Type   Type      `json:"type"`
	Value  Value     `json:"value"`
	Basis  string    `json:"basis"`  // key of the document
	Clause string    `json:"clause"` // 第六条, or empty
	Trust  string    `json:"trust"`  // L, V, D, K or A: how sure the source is (domain.md §0.1)
	Note   lang.Text `json:"note,omitzero"`
	Pos    Pos       `json:"-"`
}

// Fund is a pot of the city's money that effects may hold from.
type Fund struct {
	Name   string    `json:"name"`
	Title  lang.Text `json:"title"`
	Public bool      `json:"public"` // public money: nothing is paid before approval by another seat and a notice that stood
	Notice bool      `json:"notice"` // false only for a fund whose law asks for no notice
	Pos    Pos       `json:"-"`
}

// Office is a place in the administration that fills seats, such as bureau.major_projects or a district's science office.
type Office struct {
	Name     string    `json:"name"`
	Title    lang.Text `json:"title"`
	District bool      `json:"district"` // one of these exists in every district; a seat of it says of whom
	Pos      Pos       `json:"-"`
}

// FactKind is something countable that a step can make true.
type FactKind struct {
	Name  string    `json:"name"`
	Title lang.Text `json:"title"`
	Unit  string    `json:"unit"` // 项, 家, 元 …
	Pos   Pos       `json:"-"`
}

// Taxonomy is a versioned list of codes that fields of type ref choose from (chains, districts, technology fields).
type Taxonomy struct {
	Name  string    `json:"name"`
	Title lang.Text `json:"title"`
	Codes []Code    `json:"codes"`
}

// Code is one entry of a taxonomy.
type Code struct {
	Code   string    `json:"code"`
	Title  lang.Text `json:"title"`
	Parent string    `json:"parent,omitempty"`
}

// Mechanism is one procedure. Its case is the machine Case; many small machines may live inside it (Parts).
type Mechanism struct {
	Name    string
	Version string
	Title   lang.Text
	Purpose lang.Text // why somebody would open it, in their words
	Basis   []string  // keys of documents
	About   string    // the field whose value titles the case, "need.title"
	Opener  string    // the seat that opens the case
	Seats   []*Seat
	Forms   []*Form
	Case    *Machine
	Parts   []*Machine // in the order of the file
	Rules   []*Rule
	Source  []byte // the definition as it was written
	Pos     Pos
}

// Seat finds a seat of the case, nil where there is none. A part's own seats are on its Machine.
func (m *Mechanism) Seat(name string) *Seat {
	return find(m.Seats, name, func(s *Seat) string { return s.Name })
}

// Form finds a form.
func (m *Mechanism) Form(name string) *Form {
	return find(m.Forms, name, func(f *Form) string { return f.Name })
}

// Part finds a part.
func (m *Mechanism) Part(name string) *Machine {
	return find(m.Parts, name, func(p *Machine) string { return p.Name })
}

// Machine is the case's machine for the name "" and a part's otherwise.
func (m *Mechanism) Machine(name string) *Machine {
	if name == "" {
		return m.Case
	}
	return m.Part(name)
}

// SeatKind says how a seat is filled.
type SeatKind string

// The kinds of seat.
const (
	PartySeat  SeatKind = "party"  // an organisation or person: the opener, or named in a form (From)
	OfficeSeat SeatKind = "office" // whoever sits in the office; Of gives the party whose district it is
	PanelSeat  SeatKind = "panel"  // people, seated by a draw and their acceptance (effect seat)
	FilledSeat SeatKind = "filled" // filled by an effect: the chosen bidder, the tester
)

// Seat is who may act in one case.
type Seat struct {
	Name      string    `json:"name"`
	Title     lang.Text `json:"title"`
	Kind      SeatKind  `json:"kind"`
	Party     string    `json:"party,omitempty"`      // enterprise, university, person, any …: the kind of party that may sit here
	Office    string    `json:"office,omitempty"`     // for OfficeSeat
	Of        string    `json:"of,omitempty"`         // the seat whose district the office is of
	From      string    `json:"from,omitempty"`       // "form.field" of type party that names the holder
	ApartFrom []string  `json:"apart_from,omitempty"` // seats, or "part.seat", whose holders may not sit here, nor anyone related to them
	Pos       Pos       `json:"-"`
}

// Form is what a step asks for. Fields keep their order.
type Form struct {
	Name   string    `json:"name"`
	Title  lang.Text `json:"title"`
	Fields []*Field  `json:"fields"`
	Made   bool      `json:"made,omitempty"` // filled by an effect and never by a person: "ranking", the row of a part
	Checks []*Guard  `json:"-"`              // rules over this form's fields, the parameters and what is asked of the parties
	Pos    Pos       `json:"-"`
}

// Field finds a field.
func (f *Form) Field(name string) *Field {
	return find(f.Fields, name, func(x *Field) string { return x.Name })
}

// Type is the type of a field, a parameter or an expression. Money is not a number and a date is not a text.
type Type string

// The types, and the Go type of a Value of each.
const (
	TextType     Type = "text"     // string
	ChoiceType   Type = "choice"   // string, one of Field.Choices
	FlagType     Type = "flag"     // bool
	CountType    Type = "count"    // int64
	NumberType   Type = "number"   // Decimal: millionths in an int64
	MoneyType    Type = "money"    // money.Fen
	ShareType    Type = "share"    // share.PPM
	DateType     Type = "date"     // caldate.Date
	DaysType     Type = "days"     // Days: calendar days
	WorkdaysType Type = "workdays" // Workdays: working days
	PartyType    Type = "party"    // string, the id of a party of the register
	RefType      Type = "ref"      // string, a code of the taxonomy Field.Ref
	DocumentType Type = "document" // Document
	RowsType     Type = "rows"     // []Values, each with Field.Rows as its fields
)

// Value is one of: string, bool, int64, Decimal, money.Fen, share.PPM, caldate.Date, Days, Workdays, Document, []Values; nil means
// not filled.
type Value any

// Values is a filled form or row.
type Values map[string]Value

// Decimal is an exact decimal with six places: 99.99 is 99_990_000. In JSON it is a string, "99.99".
type Decimal int64

// Days is a number of calendar days.
type Days int64

// Workdays is a number of working days.
type Workdays int64

// Document is an uploaded file: its digest is its identity.
type Document struct {
	Digest string `json:"digest"` // SHA-256, hex
	Name   string `json:"name"`
	Size   int64  `json:"size"`
}

// Field is one question of a form.
type Field struct {
	Name     string    `json:"name"`
	Title    lang.Text `json:"title"`
	Help     lang.Text `json:"help,omitzero"`
	Type     Type      `json:"type"`
	Optional bool      `json:"optional,omitempty"`
	Public   bool      `json:"public,omitempty"` // shown to everyone while the case stands in a public state
	Unit     string    `json:"unit,omitempty"`
	Max      int       `json:"max,omitempty"`      // text: characters; rows: how many
	Min      int       `json:"min,omitempty"`      // rows: how many
	Choices  []Choice  `json:"choices,omitempty"`  // for choice
	Ref      string    `json:"ref,omitempty"`      // taxonomy of a ref
	Party    string    `json:"party,omitempty"`    // kind of party of a party field
	Rows     []*Field  `json:"rows,omitempty"`     // columns
	Negative bool      `json:"negative,omitempty"` // money, share and count: may be below zero
	Whole    string    `json:"whole,omitempty"`    // rows: the column of type share that must sum to 100 %
	Fill     string    `json:"fill,omitempty"`     // where the register or an earlier form fills it from: "poster.name", "need.total"
	Pos      Pos       `json:"-"`
}

// Choice is one value of a choice field.
type Choice struct {
	Value string    `json:"value"`
	Title lang.Text `json:"title"`
}

// Machine is a flow of states: the case's own (Name ""), or a part's, many of which run inside one case.
type Machine struct {
	Name    string
	Title   lang.Text
	States  []*State // the first is where it begins
	Seats   []*Seat  // a part's own seats, such as bidder
	Row     *Form    // parts opened by rows: the row as a made form of the part's name; nil for others
	Of      string   // a part inside another part: the outer part's name
	Starts  *Starts  // parts only: how one comes to be
	OnClose string   // parts only: the end that an unfinished part takes when the case ends
	Sealed  []string // parts only: case states in which its forms are seen by its own seats only
	Reveal  []Reveal // who else sees what of it, and when
	Pos     Pos
}

// State finds a state.
func (m *Machine) State(name string) *State {
	return find(m.States, name, func(s *State) string { return s.Name })
}

// Initial is where the machine begins.
func (m *Machine) Initial() *State { return m.States[0] }

// Starts says how a part comes to be: by somebody's own act while the case stands in one of While, or only by an open effect (By "").
type Starts struct {
	By    string   // the part's own seat that the starter takes
	While []string // case states
	Limit int      // how many one party may have that are not withdrawn; 0 is no limit
	Pos   Pos
}

// Reveal opens a part's forms to more seats from a case state on.
type Reveal struct {
	Form    string
	To      string   // a seat, "part.seat" for the seat of the part this one is inside, or "public"
	When    []string // case states
	Without []string // fields or seats that stay hidden, such as the expert's name
}

// State is where a machine stands.
type State struct {
	Name     string
	Title    lang.Text
	End      bool
	Good     bool // of ends: the purpose was reached
	Public   bool // the case and its public fields are readable without signing in
	Steps    []*Step
	Deadline *Deadline
	Block    string // the block this state was expanded from, "" where written out
	Pos      Pos
}

// Step finds a step.
func (s *State) Step(name string) *Step {
	return find(s.Steps, name, func(x *Step) string { return x.Name })
}

// Step is one act by one seat. A case's step is known by its name in its state; names are unique within a machine unless the
// acts are the same kind of act from two states.
type Step struct {
	Name  string
	Title lang.Text
	Tells lang.Text // the consequence in words, "将向揭榜方支付启动资金 {param.start_money}"
	By    []string  // seats, any of which may act; "clock" for deadlines is implied and never written here
	All   bool      // every seat in By must act, in any order; the first fills the form, the last moves the case
	Fill  string    // form to fill, "" for none
	Say   bool      // a reason is asked for, and everyone who is affected reads it
	While []string  // parts only: the case states in which it may be done; empty: any that is not an end
	When  []*Guard  // all must hold
	To    []*Branch // one without a guard, or several that are proved to cover everything once
	Do    []Effect  // in this order, in the same transaction
	Pos   Pos

	tells *sentence
}

// Branch is one way a step or deadline can lead.
type Branch struct {
	When  *Guard // nil: always, or else
	Else  bool
	State string // the state to go to; "" or "stay" is refused: a step that stays names its own state
	Exit  string // the exit of a block by which it leaves, such as "stands"; "" for branches that were written out
	Pos   Pos
}

// Deadline says what happens if nobody acts. Exactly one of After, AfterParam and At is set.
type Deadline struct {
	After    Value     // Days or Workdays after entering the state
	Param    string    // a parameter of type days or workdays
	Period   Value     // how long either of these is; nil with At
	At       string    // a date field, "need.bids_close": the end of that day
	To       []*Branch // where the case goes; empty with Escalate
	Escalate string    // the seat that is told, and told again every period, while the case stays
	Do       []Effect
	Pos      Pos
}

// Rule is one line of the mechanism's rules, proved on every path.
type Rule struct {
	Kind  string   // before, separate, money, answered
	Names []string // steps "state.step", "step" or, for before, effects "pay", "hold"
	Pos   Pos
}

// Guard is a condition with the sentence that a refusal says.
type Guard struct {
	Expr    *Expr     // of type flag
	Because lang.Text // what is wrong when it does not hold; {param.x} and {form.field} are replaced
	Way     lang.Text // what to do about it
	Field   string    // the field it is about, "need.own"
	Opaque  lang.Text // why it cannot be decided, demanded where Expr.Cond is opaque
	Basis   string    // key of the document; where empty, that of the parameters it speaks of
	Clause  string
	Pos     Pos

	because, way *sentence
}

// Expr is a compiled expression. Cond is set for expressions of type flag.
type Expr struct {
	Source string
	Type   Type
	Cond   Cond  // the small typed form on which overlap and gaps are decided; Opaque where it does not lower
	Refs   []Ref // what it reads, sorted
	Pos    Pos

	root  *term
	eval  func(*Scope) (Value, error)
	reads []string // forms that must have been filled before it is evaluated
	asks  []Ask
}

// Ref is one thing that an expression reads: "need.own", "param.own_floor", "poster.granted_this_year", "bids.submitted".
type Ref struct {
	Path string
	Type Type
}

// Effect is one of the closed set below.
type Effect interface{ effect() }

// The effects. Amounts are expressions of type money; pots are names of the case's own money accounts, made by Hold.
type (
	// Hold moves money from a fund into a pot of the case, where it can only be paid, released or stay held. Refused when the
	// fund has not enough.
	Hold struct {
		Fund, Pot string
		Amount    *Expr
		Pos       Pos
	}
	// Pay moves money from a pot to the party in a seat. Amount nil means all that is left. Refused when the pot holds less.
	Pay struct {
		Pot, To string
		Amount  *Expr
		As      lang.Text // what for, "启动资金"
		Pos     Pos
	}
	// Release gives what is left in a pot back to its fund; nothing left is fine.
	Release struct {
		Pot string
		Pos Pos
	}
	// Claim makes the party in a seat owe money back to a pot's fund. Amount nil means all that the pot has paid that party.
	Claim struct {
		Pot, From string
		Amount    *Expr
		Pos       Pos
	}
	// Collect enters money that the debtor paid back, against the claim, into the pot's fund. Amount nil means all that is still owed.
	Collect struct {
		Pot, From string
		Amount    *Expr
		Pos       Pos
	}
	// Forgive writes off what is still owed.
	Forgive struct {
		Pot, From string
		Pos       Pos
	}
	// Open makes parts: one for each row of a rows field, each holder of a seat, or the product with each part of another kind
	// that stands in a state.
	Open struct {
		Part string
		Rows string   // "agreement.milestones": the row becomes the part's form of the part's name
		Seat string   // "experts": one a holder, who takes the part's seat As
		As   string   // the part's own seat that the holder takes
		Each string   // "bids": inside each of these parts …
		In   []string // … that stands in one of these states
		Pos  Pos
	}
	// Draw invites people to a panel: conflict-free, random, replayable; each drawn person gets a part with the seat As.
	Draw struct {
		Seat  string // the panel seat they will fill once they accept
		Part  string // the part opened for each, "invitations"
		As    string // that part's own seat
		Size  *Expr  // how many are wanted: the drawn who have not declined are counted against it
		Field string // "need.field": the expertise asked for, "" for any
		Pos   Pos
	}
	// SeatHolder puts the holder of one seat into another: an expert who accepted, a chosen bidder, a party named in a form.
	SeatHolder struct {
		Seat string
		From string // "expert" of this part, "bids.bidder" of the chosen part, "form.field"
		Pos  Pos
	}
	// Vacate empties a panel or filled seat, before it is filled anew (YAML: vacate: experts).
	Vacate struct {
		Seat string
		Pos  Pos
	}
	// Choose ranks parts that stand in a state and sends the best one way and the others another.
	Choose struct {
		Part   string
		In     []string
		By     *Expr   // evaluated in each part: a number, higher is better
		Ties   []*Expr // in order; higher is better; then the earlier submitted
		Best   string  // state of the best
		Others string  // state of the others
		Seat   string  // the case's seat that the best one's party takes
		From   string  // the part's seat that it is taken from
		Count  *Expr   // how many are best; nil is one
		Pos    Pos
	}
	// Move sends parts that stand in one of In to another state, without an act of their own.
	Move struct {
		Part string
		In   []string
		To   string
		Pos  Pos
	}
	// Freeze fixes what is shown in a notice: the fields' contents are digested and any change after it is found.
	Freeze struct {
		Content []string // "need", "ranking", "agreement.grant" …
		Pos     Pos
	}
	// NoteFact records a fact (YAML: record).
	NoteFact struct {
		Fact   string
		Amount *Expr            // nil counts one
		Dims   map[string]*Expr // breakdowns, such as chain and district
		Pos    Pos
	}
	// Enter puts something in the register: an achievement, a contract.
	Enter struct {
		Kind   string
		Fields map[string]*Expr
		Pos    Pos
	}
	// Make prints a document from the case, from the pack's template of that name.
	Make struct {
		Document string
		Title    lang.Text
		Pos      Pos
	}
	// Notify tells the holders of seats.
	Notify struct {
		Seats []string
		Text  lang.Text
		Pos   Pos

		text *sentence
	}
	// Amend replaces the fields of one form by those of another that was filled and approved; the old version is kept.
	Amend struct {
		Form, With string
		Pos        Pos
	}
)

func (Hold) effect()       {}
func (Pay) effect()        {}
func (Release) effect()    {}
func (Claim) effect()      {}
func (Collect) effect()    {}
func (Forgive) effect()    {}
func (Open) effect()       {}
func (Draw) effect()       {}
func (SeatHolder) effect() {}
func (Vacate) effect()     {}
func (Choose) effect()     {}
func (Move) effect()       {}
func (Freeze) effect()     {}
func (NoteFact) effect()   {}
func (Enter) effect()      {}
func (Make) effect()       {}
func (Notify) effect()     {}
func (Amend) effect()      {}

// Snapshot is one case as policy sees it: everything that a decision reads, and nothing else.
type Snapshot struct {
	Pack      *Pack
	Mechanism *Mechanism
	Now       time.Time
	Case      *Record
	Parts     []*Record           // all parts of the case, in the order they were opened
	Seats     map[string][]Holder // of the case
	Pots      map[string]Pot
	Asked     map[string]Value // answers to the mechanism's Asks for this step, by path ("poster.granted_this_year")
	Acts      []Act            // what was done, oldest first: for separate
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
}

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
	ReleaseMoney struct {
		Pot    string
		Amount money.Fen
	}
	ClaimMoney struct {
		Pot, Party string
		Amount     money.Fen
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
		Field          string
		Apart          []Holder // with whom nobody drawn may have a conflict
	}
	TakeSeat struct {
		Seat   string
		Holder Holder
	}
	VacateSeat    struct{ Seat string }
	FreezeContent struct {
		Content Values // what is shown
		Days    int
	}
	RecordFact struct {
		Fact   string
		Amount int64 // fen for money, else a count
		Dims   map[string]string
	}
	EnterRegister struct {
		Kind   string
		Fields Values
	}
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
func (MakeDocument) action()  {}
func (NotifySeats) action()   {}

// Ask is something that a guard wants to know about a party and that casework must look up before Decide: the attribute of the
// holder of a seat. The closed list of attributes is Attributes.
type Ask struct {
	Seat      string // "poster", a part's seat "bidder" as seen from the record that acts, or a party field "agreement.tester"
	Attribute string // "granted_this_year"
	Other     string // the other seat, for related_to
}

// Path is the key of the answer in Snapshot.Asked: "poster.granted_this_year", "bidder.related_to(poster)".
func (a Ask) Path() string {
	if a.Other != "" {
		return a.Seat + "." + a.Attribute + "(" + a.Other + ")"
	}
	return a.Seat + "." + a.Attribute
}

// RelatedTo is the attribute that is asked with another seat: whether any holder of the one is related to any holder of the other.
const RelatedTo = "related_to"

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

func find[T any](list []*T, name string, key func(*T) string) *T {
	for _, x := range list {
		if key(x) == name {
			return x
		}
	}
	return nil
}
