package policy

import (
	"errors"
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
)

// Scope is what an expression is evaluated in.
type Scope struct {
	Snapshot *Snapshot
	Record   *Record   // the record the expression belongs to; nil is the case
	Values   Values    // the form being filled now, nil outside a step
	Form     string    // its name
	Fee      money.Fen // what a person earned, in the tax of fees
}

// Eval works an expression out: && and || stop at the first operand that decides. An error is a refusal where a person can mend it
// (a form that is not filled yet, an amount beyond all bounds) and internal otherwise.
func (x *Expr) Eval(sc *Scope) (Value, error) {
	if x.eval == nil {
		return nil, fmt.Errorf("policy: %q was not compiled", x.Source)
	}
	return x.eval(sc)
}

// At works out one path of the expression's Cond ("need.own", "bids.count('submitted')") in a scope.
func (x *Expr) At(sc *Scope, path string) (Value, error) {
	if t := x.root.find(path); t != nil {
		return t.run(sc)
	}
	return nil, fmt.Errorf("policy: %q does not read %s", x.Source, path)
}

func (t *term) find(path string) *term {
	if t == nil || t.text == path {
		return t
	}
	for _, a := range t.args {
		if f := a.find(path); f != nil {
			return f
		}
	}
	return nil
}

// errTooLarge is an amount that does not fit; nothing is ever rounded or wrapped round instead.
var errTooLarge = refusal.New(refusal.Invalid, "amount.too_large", lang.T("计算结果超出可以表示的范围", "the result is larger than can be held")).
	Mend(lang.T("请核对填写的金额与数量", "check the amounts and numbers that were entered"))

// errNotAsked is a guard that wants to know what casework has not looked up.
var errNotAsked = errors.New("policy: not asked of the register")

// unfilled is a form or field that is read before it is there.
type unfilled struct{ path string }

func (u *unfilled) Error() string { return "policy: " + u.path + " is not filled" }

// asRefusal turns an error of evaluation into what a person is told.
func asRefusal(err error) error {
	if u, ok := errors.AsType[*unfilled](err); ok {
		return refusal.New(refusal.Closed, "form.unfilled", lang.T("“"+u.path+"”还没有填写", "“"+u.path+"” has not been filled in yet")).
			Mend(lang.T("请先完成填写它的步骤", "do the step that fills it first"))
	}
	return err
}

func (sc *Scope) today() caldate.Date { return caldate.On(sc.Snapshot.Now) }

// record is the record that the expression belongs to.
func (sc *Scope) record() *Record {
	if sc.Record != nil {
		return sc.Record
	}
	return sc.Snapshot.Case
}

// Up is the record that one is inside of; nil for the case.
func (s *Snapshot) Up(r *Record) *Record {
	if r == nil || r.Part == "" {
		return nil
	}
	if p := s.Record(r.Parent); p != nil && p != r {
		return p
	}
	return s.Case
}

// Record is the record of an ID, nil where there is none.
func (s *Snapshot) Record(id string) *Record {
	if s.Case != nil && (id == s.Case.ID || id == "") {
		return s.Case
	}
	for _, p := range s.Parts {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// form is a filled form as the record sees it: the one being filled, its own, or that of what it is inside of.
func (sc *Scope) form(name string) (Values, bool) {
	if sc.Form == name && sc.Values != nil {
		return sc.Values, true
	}
	for r, depth := sc.record(), 0; r != nil && depth < 8; r, depth = sc.Snapshot.Up(r), depth+1 {
		if v, ok := r.Forms[name]; ok && v != nil {
			return v, true
		}
	}
	return nil, false
}

func (sc *Scope) field(form, name string) (Value, bool) {
	v, ok := sc.form(form)
	return v[name], ok
}

// asked is the register's answer.
func (sc *Scope) asked(a Ask) (Value, error) {
	v, ok := sc.Snapshot.Asked[a.Path()]
	if (a.Thing != "" || a.Link != "") && ok {
		if v == nil {
			v = zero(a.Type)
		}
		if v == nil {
			return nil, &unfilled{a.Path()}
		}
		if !fits(a.Type, v) {
			return nil, fmt.Errorf("policy: the answer to %s is a %s and not a %s", a.Path(), typeOf(v), a.Type)
		}
		return v, nil
	}
	if !ok || v == nil {
		return nil, fmt.Errorf("%w: %s", errNotAsked, a.Path())
	}
	want := FlagType
	if a.Attribute != RelatedTo {
		want = Attributes[a.Attribute]
	}
	if got := typeOf(v); got != want {
		return nil, fmt.Errorf("policy: the answer to %s is a %s and not a %s", a.Path(), got, want)
	}
	return v, nil
}

// NamedBy is the field of a form that names who takes a seat when the form is filled: while it is being filled, that party is spoken of
// already. It is "" where the form names nobody for the seat.
func (m *Mechanism) NamedBy(seat, form string) string {
	if s := m.Seat(seat); s != nil && s.From != "" && form != "" {
		if from, field := cutPath(s.From); from == form {
			return field
		}
	}
	return ""
}

// holders is who sits in a seat as the record sees it.
func (sc *Scope) holders(seat string) []Holder {
	if field := sc.Snapshot.Mechanism.NamedBy(seat, sc.Form); field != "" && sc.Values != nil {
		party, _ := sc.Values[field].(string)
		return []Holder{{Party: party}}
	}
	return sc.Snapshot.Holders(sc.record(), seat)
}

// Holders is who sits in a seat as a record sees it: the record's own seats, those of what it is inside of, and the case's.
func (s *Snapshot) Holders(r *Record, seat string) []Holder {
	for depth := 0; r != nil && depth < 8; r, depth = s.Up(r), depth+1 {
		if h, ok := r.Seats[seat]; ok && r.Part != "" {
			return h
		}
	}
	return s.Seats[seat]
}

// parts is the records of one part: those inside the record's own where the part lives inside one of its kind, and all otherwise.
func (sc *Scope) parts(name string) []*Record {
	of := ""
	if p := sc.Snapshot.Mechanism.Part(name); p != nil {
		of = p.Of
	}
	inside := ""
	for r, depth := sc.record(), 0; of != "" && r != nil && depth < 8; r, depth = sc.Snapshot.Up(r), depth+1 {
		if r.Part == of {
			inside = r.ID
			break
		}
	}
	var out []*Record
	for _, p := range sc.Snapshot.Parts {
		if p.Part == name && (inside == "" || p.Parent == inside) {
			out = append(out, p)
		}
	}
	return out
}
