package register

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// TieKind is how two parties are tied.
type TieKind string

// The kinds of ties that can be declared.
const (
	Kinship      TieKind = "kinship"      // 近亲属
	CoAuthor     TieKind = "co_author"    // 合作发表
	Supervisor   TieKind = "supervisor"   // 师生
	Shareholding TieKind = "shareholding" // 持股
	Dispute      TieKind = "dispute"      // 纠纷
	OtherTie     TieKind = "other"        // 其他可能影响公正的关系
)

// TieKinds gives each kind its name, in the order in which they are shown.
var TieKinds = []struct {
	Kind  TieKind
	Title lang.Text
}{{Kinship, lang.T("近亲属", "kinship")}, {CoAuthor, lang.T("论文或项目合作", "co-authorship")}, {Supervisor, lang.T("师生", "supervision")},
	{Shareholding, lang.T("持股或任职", "shareholding or office held")}, {Dispute, lang.T("纠纷", "dispute")}, {OtherTie, lang.T("其他利害关系", "other interest")}}

func (k TieKind) title() lang.Text {
	for _, t := range TieKinds {
		if t.Kind == k {
			return t.Title
		}
	}
	return lang.T(string(k), string(k))
}

// Tie is a declared interest between two parties. An empty From or To is open.
type Tie struct {
	ID      string       `json:"id"`
	Kind    TieKind      `json:"kind"`
	A       string       `json:"a"`
	B       string       `json:"b"`
	From    caldate.Date `json:"from,omitempty"`
	To      caldate.Date `json:"to,omitempty"`
	Note    string       `json:"note,omitempty"`
	Account string       `json:"account"`
	Who     string       `json:"who"`
	At      time.Time    `json:"at"`
}

// on tells whether the tie holds on the day; both ends are part of it.
func (t Tie) on(day caldate.Date) bool {
	return (t.From == "" || t.From <= day) && (t.To == "" || day <= t.To)
}

// other is the party at the other end.
func (t Tie) other(id string) string {
	if t.A == id {
		return t.B
	}
	return t.A
}

// Declare enters a tie. A party declares its own; whoever keeps the register any.
func (r *Register) Declare(tx *store.Tx, a identity.Actor, t Tie) (Tie, error) {
	if a.Anonymous() || !a.May(identity.ScopeAct) {
		return t, r.keeper(a)
	}
	if !a.Has(identity.RoleRegister) && !a.ActsFor(t.A) && !a.ActsFor(t.B) {
		return t, refusal.New(refusal.Forbidden, "register.forbidden", lang.T("只能申报与本人、本单位有关的关系", "One declares one's own ties only"))
	}
	var l refusal.List
	known := false
	for _, k := range TieKinds {
		known = known || k.Kind == t.Kind
	}
	if !known {
		l.Add(refusal.New(refusal.Invalid, "register.tie.kind", lang.T("请选择关系类型", "Choose the kind of tie")).At("kind"))
	}
	if t.Note = strings.TrimSpace(t.Note); utf8.RuneCountInString(t.Note) > maxText || !utf8.ValidString(t.Note) || strings.ContainsFunc(t.Note, unicode.IsControl) {
		l.Add(refusal.New(refusal.Invalid, "register.tie.note", lang.T("说明最多 200 个字，不含换行", "A note has at most 200 characters and no line breaks")).At("note"))
	}
	for _, d := range []struct {
		field string
		day   *caldate.Date
	}{{"from", &t.From}, {"to", &t.To}} {
		if *d.day == "" {
			continue
		}
		day, err := caldate.Parse(string(*d.day))
		if err != nil {
			l.Add(refusal.New(refusal.Invalid, "register.tie.date", lang.T(err.Error(), "This is not a date")).At(d.field))
		}
		*d.day = day
	}
	if t.From != "" && t.To != "" && t.To < t.From {
		l.Add(refusal.New(refusal.Invalid, "register.tie.period", lang.T("结束日期早于开始日期", "It ends before it begins")).At("to"))
	}
	if t.A == t.B {
		l.Add(refusal.New(refusal.Invalid, "register.tie.self", lang.T("请选择两个不同的主体", "Choose two different parties")).At("b"))
	}
	for _, end := range []struct{ field, id string }{{"a", t.A}, {"b", t.B}} {
		p, found, err := partyByID(tx, end.id)
		if err != nil {
			return t, err
		}
		if !found || p.Deleted {
			l.Add(errNone().At(end.field))
		}
	}
	if err := l.Err(); err != nil {
		return t, err
	}
	t.ID, t.Account, t.Who, t.At = ident.New("tie", tx.Now()), a.Account, a.Name, tx.Now()
	return t, insertTie(tx, t)
}

// EndTie says on which day a tie ended. Only whoever keeps the register does: nobody un-declares an interest of their own.
func (r *Register) EndTie(tx *store.Tx, a identity.Actor, id string, to caldate.Date) error {
	if err := r.keeper(a); err != nil {
		return err
	}
	t, found, err := tieByID(tx, id)
	if err != nil {
		return err
	}
	if !found {
		return refusal.New(refusal.NotFound, "register.tie.none", lang.T("没有这条关系", "There is no such tie"))
	}
	day, err := caldate.Parse(string(to))
	if err != nil || (t.From != "" && day < t.From) {
		return refusal.New(refusal.Invalid, "register.tie.period", lang.T("结束日期不是日期，或早于开始日期", "The end is not a date, or before the beginning")).At("to")
	}
	return endTie(tx, id, day)
}

// Ties lists the ties of a party, ended ones too, to itself, to offices, and to whoever keeps or audits the register; those of a person to such
// offices only as read the files in which people state their interests.
func (r *Register) Ties(tx *store.Tx, a identity.Actor, party string) ([]Tie, error) {
	reads := len(a.Offices) > 0
	if p, err := r.Get(tx, party); err == nil && p.Kind == Person {
		for _, k := range r.Kinds() {
			reads = reads && (!k.Interests || k.readBy(a))
		}
	}
	if !a.ActsFor(party) && !reads && !a.Has(identity.RoleRegister) && !a.Has(identity.RoleAuditor) {
		return nil, refusal.New(refusal.Forbidden, "register.forbidden", lang.T("无权查看此主体的利害关系", "One may not see this party's ties"))
	}
	return tiesOf(tx, party)
}
