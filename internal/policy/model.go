package policy

import (
	"kechuang/internal/caldate"
	"kechuang/internal/lang"
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
	Figures    map[string]*Figure
	Series     map[string]*Series // statistics that others publish
	Reference  []Reference        // published values that the reference city must come to
	Overview   Overview           `json:"overview"` // what the cockpit shows beside figures
	Taxonomies map[string]*Taxonomy
	Sets       []*Set              // terms of other places, to compare with
	Articles   map[string]*Article // the law behind refusals of the ledgers
	Kinds      map[string]*Kind    // what the register holds beside parties
	Calendar   *caldate.Calendar
	Conflicts  []*ConflictRule
	Groups     []Group      // what people come for, in the order in which it is offered
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

// Group gathers mechanisms that people look for together, such as 成果与权益.
type Group struct {
	Name  string    `json:"name"`
	Title lang.Text `json:"title"`
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
	Name    string    `json:"name"`
	Title   lang.Text `json:"title"`
	Type    Type      `json:"type"`
	Value   Value     `json:"value"`
	Basis   string    `json:"basis"`             // key of the document
	Clause  string    `json:"clause"`            // 第六条, or empty
	Trust   string    `json:"trust"`             // L, V, D, K or A: how sure the source is (domain.md §0.1)
	Adviser string    `json:"adviser,omitempty"` // who reads it where no rule does: chain, portfolio …
	Note    lang.Text `json:"note,omitzero"`
	Pos     Pos       `json:"-"`
}

// ConflictRule is one kind of conflict of interest, how grave it is, and how far back it reaches (see panel/conflict for the kinds).
type ConflictRule struct {
	Kind     string    `json:"kind"`
	Title    lang.Text `json:"title"`
	Severity string    `json:"severity"`        // forbidden, approval or warn
	Years    int       `json:"years,omitempty"` // 0: as long as it lasts
	Count    int       `json:"count,omitempty"`
	Basis    string    `json:"basis"`
	Clause   string    `json:"clause"`
	Trust    string    `json:"trust"`
	Note     lang.Text `json:"note,omitzero"`
	Pos      Pos       `json:"-"`
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
	Name    string        `json:"name"`
	Title   lang.Text     `json:"title"`
	Version string        `json:"version,omitempty"` // whose list it is, such as "2024"
	Codes   []Code        `json:"codes"`
	Maps    []TaxonomyMap `json:"maps,omitempty"`
}

// TaxonomyMap says what codes of one list are in another: an older version, or one that is finer.
type TaxonomyMap struct {
	To    string              `json:"to"`
	Codes map[string][]string `json:"codes"`
	Pos   Pos                 `json:"-"`
}

// Code is one entry of a taxonomy.
type Code struct {
	Code   string    `json:"code"`
	Title  lang.Text `json:"title"`
	Parent string    `json:"parent,omitempty"`
}

// synonyms is the list of a pack in which a code with a parent is another word for it.
const synonyms = "synonyms"

// Synonyms are lists of words that mean the same, in each the usual word first.
func (p *Pack) Synonyms() (same [][]string) {
	list := p.Taxonomies[synonyms]
	if list == nil {
		return nil
	}
	at := map[string]int{}
	for _, c := range list.Codes {
		if c.Parent == "" {
			at[c.Code] = len(same)
			same = append(same, []string{c.Title.ZH})
		}
	}
	for _, c := range list.Codes {
		if i, ok := at[c.Parent]; ok {
			same[i] = append(same[i], c.Title.ZH)
		}
	}
	return same
}

// Mechanism is one procedure. Its case is the machine Case; many small machines may live inside it (Parts).
type Mechanism struct {
	Name        string
	Version     string
	Title       lang.Text
	Purpose     lang.Text // why somebody would open it, in their words
	Group       string    // under which heading it is offered; empty: under none
	Basis       []string  // keys of documents
	About       string    // the field whose value titles the case, "need.title"
	Opener      string    // the seat that opens the case
	DespiteBans bool      // whoever is barred from applying may open it all the same: it is no application, such as a report of misconduct
	Seats       []*Seat
	Things      []*Thing // records of the register that a case is about
	Links       []*Link  // other cases that a case starts, or follows
	Books       []*Booking
	Forms       []*Form
	Case        *Machine
	Parts       []*Machine // in the order of the file
	Rules       []*Rule
	Source      []byte // the definition as it was written
	Pos         Pos
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

// HandsIn tells whether a step of the case is how its opener hands in what was drafted: out of the first state, with a form. It is an
// application as the opening itself is, so whoever may not apply may not do it either; what may be opened despite bans is none.
func (m *Mechanism) HandsIn(state, seat string, step *Step) bool {
	return !m.DespiteBans && state == m.Case.Initial().Name && seat == m.Opener && step.Fill != ""
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
	Except    []string  `json:"except,omitempty"`     // kinds of party that Party would let in and that may not sit here
	Office    string    `json:"office,omitempty"`     // for OfficeSeat
	Of        string    `json:"of,omitempty"`         // the seat whose district the office is of
	From      string    `json:"from,omitempty"`       // "form.field" of type party that names the holder
	ApartFrom []string  `json:"apart_from,omitempty"` // seats, or "part.seat", whose holders may not sit here, nor anyone related to them
	SameAs    string    `json:"same_as,omitempty"`    // parts only: a seat of the case; only who holds it may sit here
	Blind     []string  `json:"blind,omitempty"`      // panels only: seats, or "part.seat", whose holders they judge without learning who they are
	KnownTo   []string  `json:"known_to,omitempty"`   // panels only: the offices' seats that know its members by name
	Panel     string    `json:"-"`                    // the panel whose people sit here, in the case or in a part; "" elsewhere
	Pos       Pos       `json:"-"`
}

// Form is what a step asks for. Fields keep their order.
type Form struct {
	Name   string    `json:"name"`
	Title  lang.Text `json:"title"`
	Fields []*Field  `json:"fields"`
	Made   bool      `json:"made,omitempty"` // filled by an effect and never by a person: "ranking", the row of a part
	// Offices alone, auditors and whoever filled it read it: a list that names experts, or whom somebody asks to leave out.
	Offices bool     `json:"offices,omitempty"`
	Panel   string   `json:"-"` // the panel whose people it names
	Alike   []string `json:"-"` // text fields by which the like is looked for among what was filled before
	Checks  []*Guard `json:"-"` // rules over this form's fields, the parameters and what is asked of the parties
	Pos     Pos      `json:"-"`
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
	MonthsType   Type = "months"   // Months: calendar months; of parameters and periods only
	PartyType    Type = "party"    // string, the id of a party of the register
	RefType      Type = "ref"      // string, a code of the taxonomy Field.Ref
	NodeType     Type = "node"     // string, the id of a node of a chain map
	DocumentType Type = "document" // Document
	CaseType     Type = "case"     // string, the id of a case that this one is linked with
	RecordType   Type = "record"   // string, the id of a record of the register of the kind Field.Kind
	RowsType     Type = "rows"     // []Values, each with Field.Rows as its fields
)

// Value is one of: string, bool, int64, Decimal, money.Fen, share.PPM, caldate.Date, Days, Workdays, Months, Document, []Values; nil means
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

// Months is a number of calendar months: a period of them ends on the day of the same number, or on the last of a month that has none.
type Months int64

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
	Ref      string    `json:"ref,omitempty"`      // taxonomy of a ref; of a node: the list of chains by which it is looked up
	Within   string    `json:"within,omitempty"`   // of a node: the ref field beside it that says in which chain it stands
	Party    string    `json:"party,omitempty"`    // kind of party of a party field
	Kind     string    `json:"kind,omitempty"`     // kind of record of a record field
	Cases    []string  `json:"cases,omitempty"`    // of a case field: the mechanisms whose cases may be chosen
	Ends     []string  `json:"ends,omitempty"`     // of a case field: the states in which they may stand; empty is any
	Owner    string    `json:"owner,omitempty"`    // of a record field: the seat whose party must own it
	Ident    string    `json:"ident,omitempty"`    // of a text: the scheme (package ident) of the number that it is; YAML: identifier
	Rows     []*Field  `json:"rows,omitempty"`     // columns
	Negative bool      `json:"negative,omitempty"` // money, share and count: may be below zero
	Whole    string    `json:"whole,omitempty"`    // rows: the column of type share that must sum to 100 %
	Full     string    `json:"full,omitempty"`     // of a mark, a count or number: the parameter that is its full mark
	FullMark string    `json:"fullMark,omitempty"` // what that parameter is
	Who      bool      `json:"who,omitempty"`      // it tells who applies: a blind panel does not read it
	Fill     string    `json:"fill,omitempty"`     // where the register or an earlier form fills it from: "poster.name", "need.total"
	Pos      Pos       `json:"-"`
}

// Choice is one value of a choice field.
type Choice struct {
	Value string    `json:"value"`
	Title lang.Text `json:"title"`
	Cite  string    `json:"cite,omitempty"` // 《…》（文号）第…条: the clause that makes it a reason
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
	Offices bool     // parts only: within the case's offices; nobody else but auditors learns that there is one (YAML: offices: true)
	Veil    *Veil    // parts only: while what is decided of it is not for anybody but the case's offices; nil: never
	Reveal  []Reveal // who else sees what of it, and when
	Panel   string   // parts only: the panel of whose people it speaks, as rulings on conflicts do; read by who knows the panel
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
	By          string   // the part's own seat that the starter takes
	While       []string // case states
	Limit       int      // how many one party may have that are not withdrawn; 0 is no limit
	DespiteBans bool     // whoever is barred from applying may start it all the same: it is no application
	Pos         Pos
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

// Lost tells whether a machine that stands here came to nothing: an end that is not good.
func (s *State) Lost() bool { return s != nil && s.End && !s.Good }

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

// Every is how often a deadline comes again: after so many months or days, or each year on a day.
type Every struct {
	Months int
	Days   int
	On     string // "03-31"
}

// Deadline says what happens if nobody acts. Exactly one of After, AfterParam, At and Every is set.
type Deadline struct {
	Every    *Every    // it does Do each time, while the record stays
	Until    string    // with Every: the date field after which it leads to To
	After    Value     // Days, Workdays or Months after entering the state
	Param    string    // a parameter of type days, workdays or months
	Period   Value     // how long either of these is; nil with At and Every
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

func find[T any](list []*T, name string, key func(*T) string) *T {
	for _, x := range list {
		if key(x) == name {
			return x
		}
	}
	return nil
}
