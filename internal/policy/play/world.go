package play

import (
	"encoding/json"
	"time"

	"kechuang/internal/money"
	"kechuang/internal/policy"
)

// World is where a case is played. Every method acts on the one case that Begin opened, until Open or Switch.
type World interface {
	// Begin makes parties, funds and clock, and opens the case.
	Begin(Stage) error
	// Snapshot is the case as it stands; Asked may be empty.
	Snapshot() (*policy.Snapshot, error)
	// Do carries one act out, or gives its refusal.
	Do(Act) error
	// Advance moves the clock, running every deadline on the way at its time, the earliest first.
	Advance(to time.Time) error
	// PartyID is a party's identifier, by the name that the stage gives it.
	PartyID(name string) string
	// Open opens a case of a mechanism of the pack for a party, by its name; from now on that case is the one that is played.
	Open(mechanism, party string) error
	// Switch plays the n-th case of a mechanism from now on, in the order in which they were opened, from 1.
	Switch(mechanism string, n int) error
	// Cases is the identifiers of the cases of a mechanism, in the order in which they were opened.
	Cases(mechanism string) ([]string, error)
	// Case is any case as it stands; nil where there is none.
	Case(id string) (*policy.Snapshot, error)
	// Links is the cases that the one played is linked with, by link, in the order in which they were linked.
	Links() (map[string][]string, error)
	// RecordID is the identifier of a record of the register, by the name that the stage gives it.
	RecordID(name string) string
	// Record is a record of the register as it stands; nil where there is none.
	Record(id string) (*Held, error)
	// Records is how many records of each kind there are that are not retired.
	Records() (map[string]int, error)
	// Fund is what a fund has left.
	Fund(name string) (money.Fen, error)
	// Facts is what was recorded since Begin: the sums by name.
	Facts() (map[string]int64, error)
}

// Stage is what a case is played on.
type Stage struct {
	Pack      *policy.Pack
	Mechanism *policy.Mechanism
	Now       time.Time
	Opener    string // name of the party that opens the case
	Parties   []Party
	Related   [][2]string // names of parties that have a tie
	Records   []Record
	Nodes     []policy.ChainNode // of the chain maps; their identifier is their name
	Stakes    []Stake            // in rights and shares of records, beyond what the register presumes
	Cases     []Before
	Funds     map[string]money.Fen
	Seed      uint64 // of draws
}

// Party is somebody on the stage: what the register would know.
type Party struct {
	Name   string
	Kind   string
	Region string
	Fields []string // a person's expertise; none is any
	Attr   map[string]policy.Value
}

// Record is something that the register of the stage holds. Its values name parties and records as the stage does.
type Record struct {
	Name   string
	Kind   string
	Values policy.Values
}

// Before is a case of another mechanism that stands where it stands when the story begins.
type Before struct {
	Mechanism string
	State     string
	Opener    string
	Forms     map[string]policy.Values
	Link      string // by which the case that is played knows it from the beginning; "" where a form chooses it
}

// Held is a record as a world holds it.
type Held struct {
	Kind    string
	Values  policy.Values
	Retired bool
}

// Act is an intent with its form as it was sent.
type Act struct {
	Record  string
	Part    string // with Record "": starts a part
	Parent  string
	Step    string
	Seat    string
	Account string
	Holder  policy.Holder
	Values  json.RawMessage // nil where the step fills no form
	Reason  string
}
