package policy

import (
	"kechuang/internal/caldate"
	"kechuang/internal/lang"
)

// Kind is what the register can hold beside parties: achievements, companies, contracts … Its records are made and changed by effects
// (enter, update, retire), by imports and by whoever keeps the register.
type Kind struct {
	Name    string       `json:"name"`
	Title   lang.Text    `json:"title"`
	Called  string       `json:"called"`            // the field that names a record (YAML: name)
	Owner   string       `json:"owner,omitempty"`   // the field, of type party, whose party a record is
	Status  string       `json:"status,omitempty"`  // the field, of type choice, that says how a record stands
	Expires string       `json:"expires,omitempty"` // the field, of type date, on which a record runs out
	Public  bool         `json:"public,omitempty"`  // everyone may find a record and read its public fields
	Rights  bool         `json:"rights,omitempty"`  // it is an asset whose title, use and income the ledger of rights keeps
	Shares  bool         `json:"shares,omitempty"`  // it is a company whose cap table the ledger of shares keeps
	Fields  []*Field     `json:"fields"`
	Unique  [][]string   `json:"unique,omitempty"`  // no two records have the same in these fields
	Offers  bool         `json:"offers,omitempty"`  // its records are offers: needs are matched with them
	Asks    bool         `json:"asks,omitempty"`    // its records are needs that wait for offers
	Judges  *Judges      `json:"judges,omitempty"`  // its records say how well an offer fits a need
	Bars    *Bars        `json:"bars,omitempty"`    // a record of this kind keeps a party from acts
	Readers []string     `json:"readers,omitempty"` // the offices that read its records, beside owners, keepers and auditors; nil: every office
	Experts *Experts     `json:"experts,omitempty"` // its records are the files of those who may judge
	Works   *Works       `json:"works,omitempty"`   // its records are what people made together
	Counts  []*KindCount `json:"counts,omitempty"`  // what a record counts for
	Pos     Pos          `json:"-"`
}

// Bars names the fields of a record that bars a party: whom, from which acts (all where no field says so), from when to when.
type Bars struct {
	Party string `json:"party"`
	Acts  string `json:"acts,omitempty"` // a choice, or a text, of apply, judge, sign, pay; "" bars from all
	From  string `json:"from"`
	Until string `json:"until,omitempty"`
}

// Experts names the fields of an expert's file: whose it is, on which day the interests were last confirmed, a CV in prose, and the rows of these interests with
// their columns: with whom, which kind of conflict, from when to when. Choices of such a kind are what the draw's mix asks about.
type Experts struct {
	Person    string `json:"person"`
	Confirmed string `json:"confirmed"`
	Resume    string `json:"resume,omitempty"`
	Interests string `json:"interests,omitempty"`
	With      string `json:"with,omitempty"`
	How       string `json:"how,omitempty"`
	From      string `json:"from,omitempty"`
	Until     string `json:"until,omitempty"`
}

// Works names the fields of a record that people made together: the rows of its makers with their columns (who, if the register has them; name;
// unit), the day, and which kind of conflict it makes between them: that of a choice, or else one for all.
type Works struct {
	Makers string            `json:"makers"`
	Person string            `json:"person"`
	Name   string            `json:"name"`
	Unit   string            `json:"unit"`
	On     string            `json:"on"`
	Form   string            `json:"form,omitempty"`
	As     map[string]string `json:"as,omitempty"` // value of Form → kind of conflict
	Else   string            `json:"else"`
}

// Judges names the fields of a record that judges a pair: the need, the offer, and the level from 1 (unrelated) to 4 (just what was needed).
type Judges struct {
	Need  string `json:"need"`
	Offer string `json:"offer"`
	Level string `json:"level"`
}

// Field finds a field.
func (k *Kind) Field(name string) *Field {
	return find(k.Fields, name, func(f *Field) string { return f.Name })
}

// Thing is a record of the register that a case is about: chosen in a form, or entered by the case itself.
type Thing struct {
	Name   string    `json:"name"`
	Title  lang.Text `json:"title"`
	Kind   string    `json:"kind"`
	From   string    `json:"from,omitempty"`   // "form.field" of type record that chooses it
	Filled bool      `json:"filled,omitempty"` // by the effect enter
	Pos    Pos       `json:"-"`
}

// Thing finds a thing of the case.
func (m *Mechanism) Thing(name string) *Thing {
	return find(m.Things, name, func(t *Thing) string { return t.Name })
}

// KindOf is the kind of a thing, nil where either is unknown.
func (p *Pack) KindOf(m *Mechanism, thing string) *Kind {
	if t := m.Thing(thing); t != nil {
		return p.Kinds[t.Kind]
	}
	return nil
}

// Form is the kind's fields as a form, by which values are read and written.
func (k *Kind) Form() *Form { return &Form{Name: k.Name, Title: k.Title, Fields: k.Fields} }

// Presumed is who holds all rights of a record until the ledger says otherwise, and the last day of protection: the record's owner, and
// its field “expires”.
func (k *Kind) Presumed(values Values) (owner string, expires caldate.Date) {
	owner, _ = values[k.Owner].(string)
	expires, _ = values["expires"].(caldate.Date)
	return owner, expires
}
