package register

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
)

// RecordKind says what records of one kind are like. The register does not know where kinds come from: they are given as plain values,
// today's at start-up (RegisterKinds), and an older one by whoever writes for a case that keeps older rules.
type RecordKind struct {
	Name      string        `json:"name"`
	Title     lang.Text     `json:"title"`
	Called    string        `json:"called"`          // the field that names a record
	Owner     string        `json:"owner,omitempty"` // the field of type party whose party a record is
	Status    string        `json:"status,omitempty"`
	Expires   string        `json:"expires,omitempty"`   // the field of type date on which a record runs out
	Readers   []string      `json:"readers,omitempty"`   // the offices that read its records whole; nil: every office
	Interests bool          `json:"interests,omitempty"` // its records say with whom people are tied: ties of people are for the same readers
	Public    bool          `json:"public,omitempty"`    // everyone may find one and read its public fields
	Rights    bool          `json:"rights,omitempty"`
	Offers    bool          `json:"offers,omitempty"` // needs are matched with its records
	Asks      bool          `json:"asks,omitempty"`   // its records are needs that wait
	Judges    *RecordJudges `json:"judges,omitempty"`
	Shares    bool          `json:"shares,omitempty"` // its cap table is kept in the ledger of shares
	Fields    []RecordField `json:"fields"`
	Unique    [][]string    `json:"unique,omitempty"`
	Bars      *RecordBars   `json:"bars,omitempty"`
	// Makers and MakerName are the rows field of those who made a record together, and its column of names: they are indexed.
	Makers    string `json:"makers,omitempty"`
	MakerName string `json:"makerName,omitempty"`
}

// RecordJudges names the fields of records that judge how well an offer fits a need.
type RecordJudges struct {
	Need  string `json:"need"`
	Offer string `json:"offer"`
	Level string `json:"level"`
}

// RecordBars names the fields of records that bar a party from acts.
type RecordBars struct {
	Party string `json:"party"`
	Acts  string `json:"acts,omitempty"`
	From  string `json:"from"`
	Until string `json:"until,omitempty"`
}

// RecordField is one field. Type is one of text, choice, flag, count, number, money, share, date, days, workdays, party, ref, document,
// record, node, rows.
type RecordField struct {
	Name     string        `json:"name"`
	Title    lang.Text     `json:"title"`
	Help     lang.Text     `json:"help,omitzero"`
	Type     string        `json:"type"`
	Optional bool          `json:"optional,omitempty"`
	Public   bool          `json:"public,omitempty"`
	Unit     string        `json:"unit,omitempty"`
	Max      int           `json:"max,omitempty"`
	Ident    string        `json:"ident,omitempty"`   // scheme of package ident
	Choices  []FieldChoice `json:"choices,omitempty"` // of a choice, and the codes of a ref
	Ref      string        `json:"ref,omitempty"`     // of a ref, its taxonomy; of a node, the list of chains by which it is looked up
	Within   string        `json:"within,omitempty"`  // of a node: the field that says in which chain it stands
	Party    string        `json:"party,omitempty"`
	Kind     string        `json:"kind,omitempty"` // of a record
	Rows     []RecordField `json:"rows,omitempty"`
}

// FieldChoice is one of what a field may hold.
type FieldChoice struct {
	Value string    `json:"value"`
	Title lang.Text `json:"title"`
}

// Field finds a field.
func (k *RecordKind) Field(name string) *RecordField {
	i := slices.IndexFunc(k.Fields, func(f RecordField) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &k.Fields[i]
}

// Values is fields by name, each as canonical JSON: money in fen, shares in ppm, numbers as texts, parties and records by id.
type Values map[string]json.RawMessage

// Text is a field that is written as a JSON text, "" where it is none.
func (v Values) Text(name string) (s string) {
	if json.Unmarshal(v[name], &s) != nil {
		return ""
	}
	return s
}

// Record is one thing that the register holds.
type Record struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"`
	Name     string    `json:"name"`
	Owner    string    `json:"owner,omitempty"` // party
	Status   string    `json:"status,omitempty"`
	Retired  bool      `json:"retired,omitempty"`
	Values   Values    `json:"values"`
	Revision int64     `json:"revision"`
	Changed  time.Time `json:"changed"`
}

// The places from which something is said of a record.
const (
	FromCase   = "case"
	FromImport = "import"
	FromPage   = "page"
)

// Source is who says something, and where.
type Source struct {
	Account  string `json:"account,omitempty"`
	Who      string `json:"who"`
	Party    string `json:"party,omitempty"`
	Office   string `json:"office,omitempty"`
	From     string `json:"from"` // FromCase, FromImport, FromPage
	Case     string `json:"case,omitempty"`
	Step     int64  `json:"step,omitempty"`
	Import   string `json:"import,omitempty"`
	Reason   string `json:"reason,omitempty"` // where they were asked for one
	Verified bool   `json:"verified"`         // by an office, or by whoever keeps the register
}

// The states of a claim.
const (
	Stands  = "stands"  // what the record says
	Past    = "past"    // was said, and something else was said later
	Beside  = "beside"  // contradicts what stands, and waits for a decision
	Refused = "refused" // was looked at and not taken
)

// Claim is what one source says of one field.
type Claim struct {
	Record   string          `json:"record"`
	Field    string          `json:"field"`
	Seq      int64           `json:"seq"`
	Revision int64           `json:"revision"`
	Value    json.RawMessage `json:"value"` // null empties the field
	State    string          `json:"state"`
	Source
	VerifiedBy string     `json:"verifiedBy,omitempty"`
	VerifiedAt *time.Time `json:"verifiedAt,omitempty"`
	At         time.Time  `json:"at"`
}

// SeenBy cuts a record to what the actor may see: all of it its owner, the offices that read its kind (every office where the kind names no
// readers), who keeps the register and auditors; its public fields everyone, where the kind is public; numbers that are a person's own as private.go
// says. seen is false where they may not know of it.
func (r Record) SeenBy(k *RecordKind, a identity.Actor) (cut Record, whole, seen bool) {
	if r.Owner != "" && a.ActsFor(r.Owner) || k.readBy(a) || a.Has(identity.RoleRegister) || a.Has(identity.RoleAuditor) {
		return r.HiddenFrom(k, a), true, true
	}
	if k == nil || !k.Public {
		return Record{}, false, false
	}
	values := Values{}
	for _, f := range k.Fields {
		if v, ok := r.Values[f.Name]; ok && !f.Private() && (f.Public || f.Name == k.Called || f.Name == k.Status) {
			values[f.Name] = v
		}
	}
	r.Values = values
	if k.Owner != "" && values[k.Owner] == nil {
		r.Owner = "" // whose it is, is not for everyone
	}
	return r, false, true
}

// readBy tells whether the actor sits in an office that reads records of the kind.
func (k *RecordKind) readBy(a identity.Actor) bool {
	if k == nil || len(k.Readers) == 0 {
		return len(a.Offices) > 0
	}
	return slices.ContainsFunc(k.Readers, a.InOffice)
}

// derive works out of the values what is kept beside them.
func (r *Record) derive(k *RecordKind) (words string) {
	r.Name, r.Owner, r.Status = r.Values.Text(k.Called), r.Values.Text(k.Owner), r.Values.Text(k.Status)
	var also []string
	for _, f := range k.Fields {
		if f.Type == "text" && f.Name != k.Called && !f.Private() && (f.Ident != "" || uniqueIn(k, f.Name)) {
			also = append(also, r.Values.Text(f.Name))
		}
	}
	return strings.Join(also, "\n")
}

func uniqueIn(k *RecordKind, field string) bool {
	return slices.ContainsFunc(k.Unique, func(u []string) bool { return slices.Contains(u, field) })
}

// keys are what may be only once; a key of which a part is empty is none.
func (r *Record) keys(k *RecordKind) map[string][]string {
	out := map[string][]string{}
	for _, u := range k.Unique {
		key := strings.Join(u, "+")
		whole := true
		for _, f := range u {
			v := strings.Trim(string(r.Values[f]), `"`)
			whole = whole && v != "" && v != "null"
			key += "\n" + nameKey(v)
		}
		if whole {
			out[key] = u
		}
	}
	return out
}

// bar is whom the record bars, nil where nobody.
func (r *Record) bar(k *RecordKind) *barRow {
	if k.Bars == nil || r.Retired || r.Values.Text(k.Bars.Party) == "" {
		return nil
	}
	return &barRow{r.ID, r.Values.Text(k.Bars.Party), r.Values.Text(k.Bars.Acts), caldate.Date(r.Values.Text(k.Bars.From)), caldate.Date(r.Values.Text(k.Bars.Until))}
}
