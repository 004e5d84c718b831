package casework

import (
	"encoding/json"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
)

// The views are what one actor may see of a case, already cut to their seats: what they may not see is not there, not counted and
// not guessable. They are the JSON of the API.
type (
	// View is a case page.
	View struct {
		ID        string            `json:"id"`
		Mechanism MechanismRef      `json:"mechanism"`
		Title     string            `json:"title"`
		State     StateRef          `json:"state"`
		Revision  int64             `json:"revision"`
		Opened    time.Time         `json:"opened"`
		Due       *time.Time        `json:"due,omitempty"`
		Workdays  *int              `json:"workdays,omitempty"` // working days left until Due
		Then      lang.Text         `json:"then,omitzero"`      // what happens at Due if nobody acts
		Seats     []SeatView        `json:"seats"`
		Mine      []string          `json:"mine"`    // the seats that the actor holds, "bids#2.bidder" inside parts
		Things    []ThingView       `json:"things"`  // records of the register that it is about
		Links     []LinkView        `json:"links"`   // cases that it started, follows, or is followed by
		Forms     []FormView        `json:"forms"`   // of the case
		Options   []OptionView      `json:"options"` // what the actor can do, and what not and why
		Parts     []PartView        `json:"parts"`
		Money     MoneyView         `json:"money"`
		Documents []DocumentView    `json:"documents"`
		Notices   []NoticeView      `json:"notices"`
		Draws     []DrawView        `json:"draws"`
		History   []HistoryView     `json:"history"`
		Names     map[string]string `json:"names,omitempty"` // of the parties and records that the view speaks of by id
	}
	// LinkView is another case that this one knows. One that the actor may not see is there by its mechanism and number.
	LinkView struct {
		Link      string    `json:"link"`
		Title     lang.Text `json:"title,omitzero"` // of the link
		Case      string    `json:"case"`
		Mechanism lang.Text `json:"mechanism"`
		Label     string    `json:"label,omitempty"`
		State     *StateRef `json:"state,omitempty"`
		Seen      bool      `json:"seen"`
	}
	// MechanismRef names a mechanism and the version that the case is pinned to.
	MechanismRef struct {
		Name    string    `json:"name"`
		Version string    `json:"version"`
		Title   lang.Text `json:"title"`
	}
	// StateRef is where something stands.
	StateRef struct {
		Name   string    `json:"name"`
		Title  lang.Text `json:"title"`
		End    bool      `json:"end"`
		Good   bool      `json:"good"`
		Public bool      `json:"public"`
	}
	// SeatView is who sits where.
	SeatView struct {
		Name    string       `json:"name"`
		Title   lang.Text    `json:"title"`
		Holders []HolderView `json:"holders"`
	}
	// HolderView is one holder; Party is a link into the register.
	HolderView struct {
		Party  string `json:"party,omitempty"`
		Office string `json:"office,omitempty"`
		Name   string `json:"name"`
	}
	// FormView is a filled form; fields that the actor may not see are left out of Values.
	FormView struct {
		Record string                     `json:"record"`
		Form   *policy.Form               `json:"form"`
		Values map[string]json.RawMessage `json:"values"`
		By     string                     `json:"by"`
		At     time.Time                  `json:"at"`
		Digest string                     `json:"digest"`
	}
	// OptionView is one thing to do.
	OptionView struct {
		Record  string                     `json:"record,omitempty"` // the case or a part; empty with Part: start a new part
		Part    string                     `json:"part,omitempty"`
		Number  int                        `json:"number,omitempty"` // of the part
		Parent  string                     `json:"parent,omitempty"` // with Part: the record that the new part starts inside
		Party   string                     `json:"party,omitempty"`  // with Part: for whom it would be started
		Step    string                     `json:"step"`
		Title   lang.Text                  `json:"title"`
		Tells   lang.Text                  `json:"tells,omitzero"`
		Seat    string                     `json:"seat"`
		Of      OptionOf                   `json:"of"` // what part and seat are called: the view may hold no record that has them
		Form    *policy.Form               `json:"form,omitempty"`
		Values  map[string]json.RawMessage `json:"values,omitempty"`  // filled from the register and earlier forms
		Sources map[string]lang.Text       `json:"sources,omitempty"` // where each filled value is from
		Draft   map[string]json.RawMessage `json:"draft,omitempty"`   // what the actor typed last
		Say     bool                       `json:"say"`               // a reason is asked for
		Signed  []string                   `json:"signed,omitempty"`  // joint step: who has
		Needed  []string                   `json:"needed,omitempty"`  // joint step: who has to
		Refused refusal.List               `json:"refused,omitempty"` // why it cannot be done now
	}
	// OptionOf is what an option's part and seat are called.
	OptionOf struct {
		Part lang.Text `json:"part,omitzero"`
		Seat lang.Text `json:"seat,omitzero"`
	}
	// PartView is the parts of one kind that the actor may see.
	PartView struct {
		Name    string       `json:"name"`
		Title   lang.Text    `json:"title"`
		Records []RecordView `json:"records"`
		Sealed  bool         `json:"sealed"` // there may be more than is shown
		Veiled  bool         `json:"veiled"` // what was decided of them lately is not shown
	}
	// RecordView is one part.
	RecordView struct {
		ID       string     `json:"id"`
		Parent   string     `json:"parent"`
		Number   int        `json:"number"`
		State    StateRef   `json:"state"`
		Since    time.Time  `json:"since"`
		Due      *time.Time `json:"due,omitempty"`
		Revision int64      `json:"revision"`
		Seats    []SeatView `json:"seats"`
		Forms    []FormView `json:"forms"`
	}
	// MoneyView is the case's money: pots and postings, in fen.
	MoneyView struct {
		Pots     []PotView     `json:"pots"`
		Postings []PostingView `json:"postings"`
	}
	// PotView is one pot.
	PotView struct {
		Name string `json:"name"`
		Fund string `json:"fund"`
		Held int64  `json:"held"`
		Paid int64  `json:"paid"`
		Owed int64  `json:"owed"`
	}
	// PostingView is one transfer.
	PostingView struct {
		ID     string    `json:"id"`
		At     time.Time `json:"at"`
		Kind   string    `json:"kind"` // hold, pay, release, claim, collect, forgive, reverse
		From   string    `json:"from"`
		To     string    `json:"to"`
		Amount int64     `json:"amount"`
		Memo   lang.Text `json:"memo"`
		Step   string    `json:"step"`
	}
	// DocumentView is a file or a page made from the case.
	DocumentView struct {
		Digest string    `json:"digest"`
		Name   string    `json:"name"`
		Title  lang.Text `json:"title,omitzero"`
		Size   int64     `json:"size"`
		Made   bool      `json:"made"` // by the system, printable at /api/cases/{id}/papers/{digest}
		At     time.Time `json:"at"`
	}
	// NoticeView is a public notice. The digest is of all that was frozen, which is more than Content where Partial is set: who does
	// not see the whole case is shown its public fields only.
	NoticeView struct {
		ID      string                     `json:"id"`
		Title   string                     `json:"title"`
		From    time.Time                  `json:"from"`
		To      time.Time                  `json:"to"`
		Digest  string                     `json:"digest"`
		Content map[string]json.RawMessage `json:"content"`
		Partial bool                       `json:"partial,omitempty"`
		State   string                     `json:"state"` // running, stood, upheld, dropped
	}
	// DrawView is one draw of a panel, for replay.
	DrawView struct {
		ID         string    `json:"id"`
		At         time.Time `json:"at"`
		Seed       string    `json:"seed"`
		Commitment string    `json:"commitment"`
		Beacon     string    `json:"beacon,omitempty"` // the journal's checkpoint that the order depends on
		Pool       int       `json:"pool"`
		Excluded   int       `json:"excluded"`
		Drawn      int       `json:"drawn"`
		Leaf       string    `json:"leaf"`            // the earlier journal leaf in which the seed was committed to
		Wrong      string    `json:"wrong,omitempty"` // what a replay finds wrong; empty: the same seed draws the same people

		Explained []lang.Text             `json:"explained,omitempty"` // in ten lines, with names
		Changes   []register.ExpertChange `json:"changes"`             // of the register's experts after the seed was committed to and before the draw; the first hundred
		Changed   int                     `json:"changed"`             // how many there are
		File      string                  `json:"file,omitempty"`      // what `kechuang replay-draw` reads
	}
	// HistoryView is one step that was done.
	HistoryView struct {
		Seq    int64     `json:"seq"` // within the case
		At     time.Time `json:"at"`
		Record string    `json:"record"`
		Part   string    `json:"part,omitempty"`
		Number int       `json:"number,omitempty"`
		Step   string    `json:"step"`
		Title  lang.Text `json:"title"`
		Seat   lang.Text `json:"seat"`
		Who    string    `json:"who"` // hidden where the rule hides it
		From   lang.Text `json:"from,omitzero"`
		To     lang.Text `json:"to,omitzero"`
		Reason string    `json:"reason,omitempty"`
		Leaf   string    `json:"leaf"`            // digest of the journal leaf
		Index  *int64    `json:"index,omitempty"` // in the journal, once sealed
	}
	// Item is one line of a list of cases or of a desk.
	Item struct {
		Case      string       `json:"case"`
		Mechanism MechanismRef `json:"mechanism"`
		Title     string       `json:"title"`
		State     StateRef     `json:"state"`
		Party     string       `json:"party"` // name of the opener
		Due       *time.Time   `json:"due,omitempty"`
		Workdays  *int         `json:"workdays,omitempty"`
		Since     time.Time    `json:"since"`
		Opened    time.Time    `json:"opened"`
		Do        []DoRef      `json:"do,omitempty"`   // what the actor can do
		Waits     lang.Text    `json:"waits,omitzero"` // for whom it waits
	}
	// DoRef is one act that waits for the actor.
	DoRef struct {
		Record string    `json:"record"`
		Part   string    `json:"part,omitempty"`
		Number int       `json:"number,omitempty"`
		Step   string    `json:"step"`
		Title  lang.Text `json:"title"`
	}
	// Desk is what everyone sees first.
	Desk struct {
		Waiting []Item        `json:"waiting"` // for me, by deadline
		Others  []Item        `json:"others"`  // I wait for
		Changed []HistoryItem `json:"changed"` // since I was last here
		// Messages are what mechanisms tell me, the latest first.
		Messages []MessageView `json:"messages"`
		// Taxes are the months whose withheld tax is to be handed in, for finance: those whose month is over, the oldest first.
		Taxes []FeeMonth `json:"taxes,omitempty"`
	}
	// MessageView is one message from a case, or about a record of the register.
	MessageView struct {
		ID     string    `json:"id"`
		Case   string    `json:"case,omitempty"`
		Record string    `json:"record,omitempty"`
		Handed string    `json:"handed,omitempty"` // of what was handed in to the register and was refused
		Title  string    `json:"title"`
		Text   lang.Text `json:"text"`
		At     time.Time `json:"at"`
	}
	// HistoryItem is a step with its case.
	HistoryItem struct {
		Case  string      `json:"case"`
		Title string      `json:"title"`
		Step  HistoryView `json:"step"`
	}
	// Receipt is the answer to a step that was done.
	Receipt struct {
		Case     string   `json:"case"`
		Record   string   `json:"record"`
		State    StateRef `json:"state"`
		Revision int64    `json:"revision"`
		Leaf     string   `json:"leaf"`
		Pending  []string `json:"pending,omitempty"` // joint step: who has signed
		Repeated bool     `json:"repeated"`          // the same request was done before; this is its answer
	}
)
