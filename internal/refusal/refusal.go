// Package refusal is how the program says no: a sentence that names the field, the rule with its document, and the way out.
//
// Every error that a user can act on is a *Refusal or a List of them; every other error is internal, is logged, and is
// never shown. The web interface maps a Kind to an HTTP status in one place.
//
//	return refusal.New(refusal.Invalid, "need.own.floor",
//		lang.T("自筹资金 500万元,低于最低 800万元", "Own money of 5 million is below the floor of 8 million")).
//		At("need.own").By("南昌市……第六条").Mend(lang.T("请把自筹资金提高到 800万元以上", "Raise your own money"))
package refusal

import (
	"errors"
	"strings"

	"kechuang/internal/lang"
)

// Kind says what the refused can do about it.
type Kind string

// The kinds, and the HTTP status that each becomes.
const (
	Invalid      Kind = "invalid"      // 422: what was entered breaks a rule; mend it and send again
	Forbidden    Kind = "forbidden"    // 403: this person may not, whatever is entered
	SignIn       Kind = "sign_in"      // 401: nobody is signed in
	NotFound     Kind = "not_found"    // 404: it is not there, or this person may not know that it is
	Conflict     Kind = "conflict"     // 409: somebody else was faster; look again and decide anew
	Closed       Kind = "closed"       // 409: the case does not stand where this step begins
	TooLarge     Kind = "too_large"    // 413: more than can be taken at once
	TooMany      Kind = "too_many"     // 429: too often; wait
	Unavailable  Kind = "unavailable"  // 503: the system cannot just now; try again, nothing was done
	Insufficient Kind = "insufficient" // 422: there is not enough money, right or quota
)

// Refusal is one reason. ID is stable, lower-case and dotted; it never changes once released.
type Refusal struct {
	Kind  Kind      `json:"kind"`
	ID    string    `json:"id"`
	Field string    `json:"field,omitempty"` // path in the form, such as "need.targets[2].at_least"
	Text  lang.Text `json:"text"`            // what is wrong
	Rule  string    `json:"rule,omitempty"`  // the document and clause behind it, with its 文号
	Way   lang.Text `json:"way,omitzero"`    // what to do about it
}

// New is a refusal with its sentence.
func New(k Kind, id string, text lang.Text) *Refusal { return &Refusal{Kind: k, ID: id, Text: text} }

// At names the field.
func (r *Refusal) At(field string) *Refusal { r.Field = field; return r }

// By names the rule, with its document number.
func (r *Refusal) By(rule string) *Refusal { r.Rule = rule; return r }

// Mend says the way out.
func (r *Refusal) Mend(way lang.Text) *Refusal { r.Way = way; return r }

// Error is the Chinese sentence, with its rule and way out.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(r.Text.ZH)
	if r.Rule != "" {
		b.WriteString("（依据：" + r.Rule + "）")
	}
	if !r.Way.IsZero() {
		b.WriteString("。" + r.Way.ZH)
	}
	return b.String()
}

// List is every reason at once, in the order of the form.
type List []*Refusal

// Add appends a refusal and gives it back, so that it can be completed.
func (l *List) Add(r *Refusal) *Refusal { *l = append(*l, r); return r }

// Err is nil for an empty list, and the list otherwise.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error joins the sentences.
func (l List) Error() string {
	parts := make([]string, len(l))
	for i, r := range l {
		parts[i] = r.Error()
	}
	return strings.Join(parts, "；")
}

// Of finds the refusals in an error, however it is wrapped; nil means that the error is internal.
func Of(err error) List {
	if l, ok := errors.AsType[List](err); ok {
		return l
	}
	if r, ok := errors.AsType[*Refusal](err); ok {
		return List{r}
	}
	return nil
}

// Is tells whether the error holds a refusal of this id.
func Is(err error, id string) bool {
	for _, r := range Of(err) {
		if r.ID == id {
			return true
		}
	}
	return false
}
