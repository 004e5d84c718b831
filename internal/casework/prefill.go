package casework

import (
	"encoding/json"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

const (
	moneyZero = money.Fen(0)
	shareZero = share.PPM(0)
)

// prefill fills what is known already (填一次): from the register, for a field that says fill: poster.contact, or from a form that was
// filled before, for fill: need.title. Each value comes with where it is from. What may not be seen is not filled in.
func (w *viewer) prefill(r *policy.Record, form *policy.Form, own policy.Holder, ownSeat string) (values map[string]json.RawMessage, sources map[string]lang.Text) {
	values, sources = map[string]json.RawMessage{}, map[string]lang.Text{}
	for _, f := range form.Fields {
		if v := w.d.snap.Prefill[form.Name][f.Name]; v != nil && r.Part == "" {
			values[f.Name], sources[f.Name] = policy.EncodeValue(v), lang.T("由发起本事项的事项带入", "From the case that started this one")
			continue
		}
		from, what, ok := strings.Cut(f.Fill, ".")
		if !ok {
			continue
		}
		v, source := w.known(r, from, what, own, ownSeat)
		if v == nil {
			continue
		}
		values[f.Name], sources[f.Name] = policy.EncodeValue(v), source
	}
	return values, sources
}

// known is one value with its source: of a seat's party, or of a form of the record, of what it is inside, or of the case.
func (w *viewer) known(r *policy.Record, from, what string, own policy.Holder, ownSeat string) (policy.Value, lang.Text) {
	if _, attribute := policy.FillAttributes[what]; attribute {
		holders := w.holders(r, from)
		if from == ownSeat && own.Party != "" {
			holders = []policy.Holder{own}
		}
		if len(holders) > 0 && holders[0].Party != "" {
			v := w.attribute(holders[0].Party, what)
			if v == nil {
				return nil, lang.Text{}
			}
			name := w.n.party(holders[0].Party).Name
			return v, lang.T("登记库："+name, "Register: "+name)
		}
	}
	for p := r; p != nil; p = w.d.parent(p) {
		values, ok := p.Forms[from]
		def := w.d.form(p.Part, from)
		if !ok || def == nil {
			continue
		}
		seen, keep := w.s.shows(p, def)
		field := def.Field(what)
		if !seen || field == nil || !keep(field) || values[what] == nil {
			return nil, lang.Text{}
		}
		return values[what], def.Title
	}
	return nil, lang.Text{}
}

// holders is who is seen to sit in a seat, as a record names it.
func (w *viewer) holders(r *policy.Record, seat string) []policy.Holder {
	if _, home := w.d.seatOf(r, seat); home.Part == "" {
		return w.s.seats(seat)
	}
	return w.d.holders(r, seat)
}

// attribute is what the register knows of a party; nil where it knows nothing.
func (w *viewer) attribute(party, what string) policy.Value {
	p := w.n.party(party).SeenBy(w.actor)
	text := func(s string) policy.Value {
		if s == "" {
			return nil
		}
		return s
	}
	switch what {
	case "id":
		return text(p.ID)
	case "name":
		return text(p.Name)
	case "uscc":
		return text(p.USCC)
	case "address":
		return text(p.Address)
	case "contact":
		return text(p.Contact)
	case "phone":
		return text(p.Phone)
	case "email":
		return text(p.Email)
	case "legal_rep":
		return text(p.LegalRep)
	case "kind":
		return text(string(p.Kind))
	case "region":
		return text(p.Region)
	case "revenue":
		if p.Revenue != 0 {
			return p.Revenue
		}
	case "rd_share":
		if p.RDShare != 0 {
			return p.RDShare
		}
	}
	return nil
}
