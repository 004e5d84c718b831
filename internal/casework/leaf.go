package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"kechuang/internal/journal"
)

// leafBody is what the journal keeps of a step: enough to prove who did what, when, under which rules and with which consequences,
// and nothing that is private — forms, papers and notices are there by digest. Its JSON is hashed, so fields are only ever added, at the
// end, with omitempty; leafVersion grows when the meaning of one changes. docs/spec/journal.md describes what is around it.
type leafBody struct {
	V          int         `json:"v"`
	Pack       string      `json:"pack,omitempty"` // on the first leaf: the rules that the case is pinned to, by digest
	Mechanism  string      `json:"mechanism,omitempty"`
	Version    string      `json:"version,omitempty"`
	Record     string      `json:"record"`
	Part       string      `json:"part,omitempty"`
	Step       string      `json:"step"`
	Seat       string      `json:"seat"`
	Party      string      `json:"party,omitempty"`
	Office     string      `json:"office,omitempty"`
	Behalf     string      `json:"behalf,omitempty"` // the account that was stood in for
	From       string      `json:"from,omitempty"`
	To         string      `json:"to"`
	Reason     string      `json:"reason,omitempty"` // by digest
	Over       string      `json:"over,omitempty"`   // what a signature is over: the digest of the form
	Signed     []string    `json:"signed,omitempty"` // who has signed and is waited for by others
	Moves      []leafMove  `json:"moves,omitempty"`
	Opened     []leafPart  `json:"opened,omitempty"`
	Forms      []leafForm  `json:"forms,omitempty"`
	Seats      []leafSeat  `json:"seats,omitempty"`
	Money      []leafMoney `json:"money,omitempty"`
	Facts      []leafFact  `json:"facts,omitempty"`
	Notices    []leafPaper `json:"notices,omitempty"`
	Papers     []leafPaper `json:"papers,omitempty"`
	Draws      []leafDraw  `json:"draws,omitempty"`
	Entered    []leafEntry `json:"entered,omitempty"`
	Commitment string      `json:"commitment,omitempty"` // to the seed of the case's next draw
	Deeds      []leafDeed  `json:"deeds,omitempty"`      // on rights and shares
	Linked     []leafLink  `json:"linked,omitempty"`     // cases that were linked with this one
}

const leafVersion = 1

type (
	leafMove struct {
		Record string `json:"record"`
		From   string `json:"from"`
		To     string `json:"to"`
	}
	leafPart struct {
		Record string `json:"record"`
		Part   string `json:"part"`
		Parent string `json:"parent"`
		State  string `json:"state"`
	}
	leafForm struct {
		Record  string `json:"record"`
		Form    string `json:"form"`
		Version int64  `json:"version"`
		Digest  string `json:"digest"`
	}
	leafSeat struct {
		Record string `json:"record"`
		Seat   string `json:"seat"`
		Party  string `json:"party,omitempty"`
		Office string `json:"office,omitempty"`
		Left   bool   `json:"left,omitempty"` // this one went, and nobody else
	}
	leafMoney struct {
		Kind   string `json:"kind"`
		Fund   string `json:"fund,omitempty"`
		Pot    string `json:"pot"`
		Party  string `json:"party,omitempty"`
		Amount int64  `json:"amount"`        // fen
		Tax    int64  `json:"tax,omitempty"` // withheld beside it, fen
	}
	leafDeed struct {
		Record string       `json:"record"`
		Act    string       `json:"act"`
		Day    string       `json:"day,omitempty"` // that a change of shares is dated with
		Moves  []leafBooked `json:"moves,omitempty"`
		Digest string       `json:"digest,omitempty"` // of the deed on rights as it was said
	}
	leafBooked struct {
		Asset  string `json:"asset"`
		From   string `json:"from"`
		To     string `json:"to"`
		Amount int64  `json:"amount"` // ppm or shares
	}
	leafFact struct {
		ID     string            `json:"id"`
		Kind   string            `json:"kind"`
		Amount int64             `json:"amount"`
		Dims   map[string]string `json:"dims,omitempty"`
		On     string            `json:"on,omitempty"` // the day it happened, where that is not the step's
	}
	leafPaper struct {
		ID     string `json:"id"`
		Digest string `json:"digest"`
	}
	leafDraw struct {
		ID         string `json:"id"`
		Seed       string `json:"seed"`
		Commitment string `json:"commitment"`
		Result     string `json:"result"` // digest of pool, exclusions and people
	}
	leafLink struct {
		Link string `json:"link"` // by what name this case knows the other
		Case string `json:"case"`
	}
	leafEntry struct {
		Kind   string `json:"kind"`
		Digest string `json:"digest"`           // of the fields that were said
		Act    string `json:"act,omitempty"`    // enter, update, retire, choose
		Record string `json:"record,omitempty"` // of the register
	}
)

// writeLeaf adds the step to the journal, chained to the case's last leaf.
func (c *change) writeLeaf() error {
	l := &c.leaf
	l.V, l.Record, l.Part, l.Step, l.Seat = leafVersion, c.rec.ID, c.rec.Part, c.stepName(), c.who.seat
	l.Party, l.Office, l.Behalf = c.who.holder.Party, c.who.holder.Office, c.who.behalf
	l.From, l.To = c.from, c.rec.State
	if c.in.Reason != "" {
		l.Reason = digestBytes([]byte(c.in.Reason))
	}
	body, err := json.Marshal(l)
	if err != nil {
		return err
	}
	account := c.who.actor.Account
	if account == "" {
		account = "anonymous"
	}
	c.d.row.leaf, err = c.e.Journal.Append(c.tx, journal.Leaf{Case: c.d.row.id, Seq: c.seq, Step: c.stepName(), Account: account, At: c.at, Body: body, Prev: c.d.row.leaf})
	return err
}

func digestBytes(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
