package casework

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// Object starts a part of a public notice for a visitor who gives their real name, without an account. A person is entered in the
// register for them; their name is seen by the offices of the case and nobody else. What else a mechanism lets people start (a bid)
// needs an account.
func (e *Engine) Object(ctx context.Context, c ObjectCommand) (*Receipt, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return e.once(ctx, "", c.Key, c, c.DryRun, func(tx *store.Tx) (*Receipt, error) {
		d, err := e.load(tx, c.Case)
		if err != nil {
			return nil, err
		}
		if !d.row.public || !d.row.shown {
			return nil, errNotFound
		}
		m := d.mech.Part(c.Part)
		if m == nil || !d.forVisitors(m) {
			return nil, errSignIn
		}
		step := m.Initial().Step(c.Step)
		if step == nil || !slices.Contains(step.By, m.Starts.By) {
			return nil, errNotFound
		}
		p, err := e.Register.Put(tx, keeper, register.Party{Kind: register.Person, Name: strings.TrimSpace(c.Name), Phone: c.Phone})
		if err != nil {
			return nil, err
		}
		who := doer{actor: identity.Actor{Account: p.ID, Name: p.Name, Person: p.ID}, seat: m.Starts.By, holder: policy.Holder{Party: p.ID}}
		r, err := e.begin(tx, d, m, who, Command{Part: c.Part, Step: c.Step, Values: c.Values, Reason: c.Reason}, step)
		return r, err
	})
}

// forVisitors tells whether a part may be started without an account: it hangs on a notice, all of whose states are public, and its
// seat is open to any person.
func (d *docket) forVisitors(m *policy.Machine) bool {
	if m.Starts == nil || m.Starts.By == "" || len(m.Starts.While) == 0 {
		return false
	}
	for _, name := range m.Starts.While {
		if st := d.mech.Case.State(name); st == nil || st.Block != "notice" || !st.Public {
			return false
		}
	}
	for _, s := range m.Seats {
		if s.Name == m.Starts.By {
			return s.Takes("person")
		}
	}
	return false
}

// check asks for a real name, a phone that can be called, and a number that is one where it is given.
func (c ObjectCommand) check() error {
	var l refusal.List
	if n := utf8.RuneCountInString(strings.TrimSpace(c.Name)); n < 2 || n > 60 {
		l.Add(refusal.New(refusal.Invalid, "casework.real_name", lang.T("请填写真实姓名或单位名称（2 至 60 字）", "Give your real name (2 to 60 characters)"))).At("name")
	}
	if digits := strings.Map(onlyDigits, width.Narrow.String(c.Phone)); len(digits) < 7 || len(digits) > 15 {
		l.Add(refusal.New(refusal.Invalid, "casework.phone", lang.T("请填写能够接通的电话号码", "Give a phone number that can be called"))).At("phone")
	}
	if number := c.number(); number != "" && ident.CheckResident(number) != nil && ident.CheckUSCC(number) != nil {
		l.Add(refusal.New(refusal.Invalid, "casework.id_number", lang.T("证件号码不是有效的身份证号或统一社会信用代码", "This is neither a resident identity number nor a unified social credit code"))).At("number")
	}
	if err := (Command{Values: c.Values, Reason: c.Reason}).check(); err != nil {
		return err
	}
	return l.Err()
}

// number is the identity number, from the command or from a field of the form that is called so.
func (c ObjectCommand) number() string {
	if c.Number != "" {
		return ident.NormalUSCC(c.Number)
	}
	var values map[string]any
	if json.Unmarshal(c.Values, &values) != nil {
		return ""
	}
	for _, name := range []string{"id_number", "uscc", "number"} {
		if s, ok := values[name].(string); ok {
			return ident.NormalUSCC(s)
		}
	}
	return ""
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}
