package policy

import "kechuang/internal/lang"

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
	// Claim makes the party in a seat owe money back to a pot's fund. Amount nil means all that the pot has paid that party and that was not
	// claimed before. Interest is what it owes besides: interest, a fee for the use of the money, a penalty; nil is none.
	Claim struct {
		Pot, From string
		Amount    *Expr
		Interest  *Expr
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
		// Pairs says which of the holders and parts come together, where not all of them do: as an assignment came to.
		Pairs *Pairs
		Pos   Pos
	}
	// Pairs is a rows field with a holder and a party that sits in a part in each row. Every one of the parts gets at least so many holders,
	// and never none; those that are at work in it already count, and get no second one.
	Pairs struct {
		Rows   string   // "allotment.pairs"
		Who    string   // its column of type party with the holder
		Of     string   // its column of type party with whoever sits in the part
		Least  *Expr    // nil is one
		Barred []string // states of what is opened: who has one there in such a state gets no other, such as whoever recused
	}
	// Draw invites people to a panel: conflict-free, random, replayable; each drawn person gets a part with the seat As.
	Draw struct {
		Seat  string // the panel seat they will fill once they accept
		Part  string // the part opened for each, "invitations"
		As    string // that part's own seat
		Size  *Expr  // how many are wanted: the drawn who have not declined are counted against it
		Field string // "need.field": the expertise asked for, "" for any
		// What the panel must be, with those who are invited already; nil: no limit.
		UnitMost     *Expr // most people of one employer
		OutsideLeast *Expr // least people from outside the city
		OpenMost     *Expr // whoever has so many invitations elsewhere that are not over is left out
		Mix          []Mix // least people of one kind each
		// Whom not to invite, whoever they are.
		NewTo []string // parts: whoever was asked there, or held a seat in one
		Veto  string   // "bid.veto": whom the applicants ask to leave out, a rows field with a column of type party
		// Named is a rows field whose column of type party says who is invited, instead of a draw: as an assignment of many proposals
		// to many experts came to. Nobody who may not be drawn is invited that way either.
		Named  string
		Waived *Waived
		Pos    Pos
	}
	// Waived are the parts in which it was ruled that a finding of conflict does not count: they stand in one of In, and the text Finding
	// of their form is the finding's id.
	Waived struct {
		Part    string
		In      []string
		Finding string // "waiver.finding"
	}
	// SeatHolder puts the holder of one seat into another: an expert who accepted, a chosen bidder, a party named in a form or by a record.
	SeatHolder struct {
		Seat  string
		From  string // "expert" of this part, "bids.bidder" of the chosen part, "form.field", "thing.field"
		Thing string // the thing whose field From is, "" for none
		Pos   Pos
	}
	// Vacate empties a panel or filled seat, before it is filled anew (YAML: vacate: experts); with Whose, only whoever sits there leaves it.
	Vacate struct {
		Seat  string
		Whose string // a seat of the part that acts
		Pos   Pos
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
	// Move sends parts that stand in one of In to another state, without an act of their own; with Whose, only those in which whoever sits
	// there has a seat too.
	Move struct {
		Part  string
		In    []string
		To    string
		Whose string // a seat of the part that acts
		Pos   Pos
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
		On     *Expr            // of type date: the day it happened, where that is not the day of the step
		Pos    Pos
	}
	// Enter makes a record of the register; a Thing becomes it. Fields come from the form's fields of the same names, and then from Set.
	Enter struct {
		Kind, Thing string
		Form        string
		Set         Setting
		Renew       bool // where the register has one that it would be the like of (unique), that one is changed and becomes the thing
		Pos         Pos
	}
	// Update changes the record that a thing is.
	Update struct {
		Thing string
		Form  string
		Set   Setting
		Pos   Pos
	}
	// Start opens a case of another mechanism for its opener, filled in advance and linked both ways.
	Start struct {
		Link  string
		As    string                      // by what link the other case knows this one; "" where it has none
		Seats map[string]string           // their seat → ours
		Fill  map[string]map[string]*Expr // their form → field → what stands in it in advance
		Pos   Pos
	}
	// Retire ends the record that a thing is (YAML: retire: patent).
	Retire struct {
		Thing string
		Pos   Pos
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

// Setting is what fields of a record become: expressions, and for fields of type party the names of seats.
type Setting struct {
	Fields map[string]*Expr
	Seats  map[string]string
	Empty  []string // fields that are emptied
}

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
func (Update) effect()     {}
func (Retire) effect()     {}
func (Start) effect()      {}
func (Make) effect()       {}
func (Notify) effect()     {}
func (Amend) effect()      {}

// Mix asks that at least so many people of a panel have a value in a field of their expert's file.
type Mix struct {
	Field, Is string
	Least     *Expr
}
