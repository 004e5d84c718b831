package casework

import (
	"encoding/json"
	"time"

	"kechuang/internal/lang"
)

// What is asked of the engine. Every command that changes something carries an idempotency key: the same key with the same content
// acts once and is answered the same again; with another content it is refused.
type (
	// OpenCommand opens a case.
	OpenCommand struct {
		Mechanism string `json:"mechanism"`
		Party     string `json:"party,omitempty"` // for whom; empty where the account acts for one party only
		Key       string `json:"-"`
	}
	// Command is one act.
	Command struct {
		Case     string          `json:"case"`
		Record   string          `json:"record,omitempty"` // the case or a part; empty is the case, or with Part a new part
		Part     string          `json:"part,omitempty"`   // starts a new part of this kind …
		Parent   string          `json:"parent,omitempty"` // … inside this record; empty is the case
		Party    string          `json:"party,omitempty"`  // for whom a new part is started; empty where there is one choice
		Step     string          `json:"step"`
		Seat     string          `json:"seat,omitempty"`     // in which seat; empty where one is held
		Revision int64           `json:"revision,omitempty"` // of the record as it was seen; 0 does not look
		Values   json.RawMessage `json:"values,omitempty"`   // the form
		Reason   string          `json:"reason,omitempty"`
		DryRun   bool            `json:"dryRun,omitempty"` // say what would follow and do nothing
		Drawn    Witnessed       `json:"drawn,omitzero"`   // of a step that draws a panel
		Key      string          `json:"-"`
	}
	// Witnessed is what those present at a draw saw, and said after that: nobody who knew the seed beforehand knew it.
	Witnessed struct {
		Fingerprint string `json:"fingerprint,omitempty" maxLength:"64" doc:"of pool and criteria, as the panel's page shows it; if they are others by now, nothing is drawn"`
		Said        string `json:"said,omitempty" maxLength:"200" doc:"a number or words that those present said after they saw the fingerprint; the order depends on it"`
	}
	// DraftCommand keeps what was typed so far.
	DraftCommand struct {
		Case   string          `json:"case"`
		Record string          `json:"record,omitempty"`
		Part   string          `json:"part,omitempty"`
		Step   string          `json:"step"`
		Values json.RawMessage `json:"values"`
	}
	// ObjectCommand is a part started by a member of the public under their real name, without signing in.
	ObjectCommand struct {
		Case   string          `json:"case"`
		Part   string          `json:"part"`
		Step   string          `json:"step"`
		Name   string          `json:"name"`
		Number string          `json:"number,omitempty"` // 身份证号 or 统一社会信用代码; may also stand in the form
		Phone  string          `json:"phone"`
		Values json.RawMessage `json:"values"`
		Reason string          `json:"reason,omitempty"`
		DryRun bool            `json:"dryRun,omitempty"`
		Key    string          `json:"-"`
	}
	// Query asks for a list of cases.
	Query struct {
		Q         string // words of the title
		Mechanism string
		State     string
		Mine      bool // only where the actor sits, for those who may read more
		After     string
		Limit     int
	}
	// HallQuery asks for a page of the public hall.
	HallQuery struct {
		Q         string
		Mechanism string
		Kind      string // open, notice, result, or empty for all
		After     string
		Limit     int
	}
	// HallItem is one public case: a call that is open, a notice that runs, or a result.
	HallItem struct {
		Case      string                     `json:"case"`
		Kind      string                     `json:"kind"` // open, notice, result, other
		Mechanism MechanismRef               `json:"mechanism"`
		Title     string                     `json:"title"`
		State     StateRef                   `json:"state"`
		Since     time.Time                  `json:"since"`
		Due       *time.Time                 `json:"due,omitempty"`
		Workdays  *int                       `json:"workdays,omitempty"`
		Fields    map[string]json.RawMessage `json:"fields"` // "form.field", public ones only
		Waits     lang.Text                  `json:"waits,omitzero"`
	}
	// Delegation lets another account act in one's seats for a time.
	Delegation struct {
		ID    string    `json:"id"`
		Case  string    `json:"case,omitempty"` // empty: every case
		Seat  string    `json:"seat,omitempty"` // empty: every seat
		To    string    `json:"to"`             // account
		From  time.Time `json:"from"`
		Until time.Time `json:"until"`
	}
)

// Limits of what is taken at once.
const (
	maxKey    = 100
	maxReason = 2000    // characters
	maxValues = 4 << 20 // bytes of one form
	maxPage   = 200
)
