package play

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"slices"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// Filler makes forms up: values of the right types, mended until the form's checks and other guards hold, as far as it can.
//
// A check is mended on its Cond: a comparison by setting one field of the form to what the others leave for it, a choice by choosing,
// a flag by setting it; where that is not possible, by making up anew the fields that it speaks of. Checks that speak of nothing in the form are left as they are, and the step is refused.
type Filler struct {
	Rand    *rand.Rand
	Stage   *Stage
	PartyID func(name string) string

	RecordID func(name string) string
	Cases    func(mechanism string) []string // that may be chosen, by id
	Whim     float64                         // how often an optional field is filled and a free value is unusual; 0 is always the plain value
}

// Fill makes up what given does not say, so that the form's checks and the guards hold. The snapshot must hold the answers that the checks ask for.
func (f *Filler) Fill(sc *policy.Scope, form *policy.Form, guards []*policy.Guard, given policy.Values) policy.Values {
	values := policy.Values{}
	for _, x := range form.Fields {
		if v, ok := given[x.Name]; ok {
			values[x.Name] = v
		} else if v := sc.Snapshot.Prefill[form.Name][x.Name]; v != nil && sc.Record == sc.Snapshot.Case {
			values[x.Name] = v
		} else if !x.Optional || f.Rand.Float64() < f.Whim {
			values[x.Name] = f.value(sc, x, form.Name, values)
		}
	}
	m := mender{f: f, form: form, values: values, given: given}
	m.sc = *sc
	m.sc.Form, m.sc.Values = form.Name, values
	for range 60 {
		if !m.mendFirst(append(slices.Clone(form.Checks), guards...)) {
			break
		}
	}
	return values
}

func (f *Filler) value(sc *policy.Scope, x *policy.Field, form string, beside policy.Values) policy.Value {
	plain := f.Whim == 0 || f.Rand.Float64() < 0.7
	switch x.Type {
	case policy.TextType:
		if x.Ident != "" {
			return Number(x.Ident, 1+f.pick(999_999))
		}
		s := []rune(x.Title.ZH)
		if x.Max > 0 && len(s) > x.Max {
			s = s[:x.Max]
		}
		return string(s)
	case policy.ChoiceType:
		return x.Choices[f.pick(len(x.Choices))].Value
	case policy.FlagType:
		return plain || f.Rand.IntN(2) == 0
	case policy.CountType:
		if f.Whim > 0 && plain {
			return int64(100) // as for numbers below
		}
		return int64(1 + f.pick(9))
	case policy.NumberType:
		if plain {
			return policy.Decimal(100_000_000) // a full mark: checks bring it down to what is allowed
		}
		return policy.Decimal(1_000_000 * f.pick(100))
	case policy.MoneyType:
		return f.amount(sc)
	case policy.ShareType:
		return share.PPM(10_000 * (1 + f.pick(100)))
	case policy.DateType:
		return caldate.On(sc.Snapshot.Now).AddDays(60 + f.pick(600))
	case policy.DaysType:
		return policy.Days(1 + f.pick(30))
	case policy.WorkdaysType:
		return policy.Workdays(1 + f.pick(30))
	case policy.PartyType:
		return f.party(sc, x, form)
	case policy.RecordType:
		return f.record(sc, x, beside)
	case policy.CaseType:
		for _, m := range x.Cases {
			if list := f.Cases(m); len(list) > 0 {
				return list[f.pick(len(list))]
			}
		}
		return nil
	case policy.RefType:
		codes := sc.Snapshot.Pack.Taxonomies[x.Ref].Codes
		if len(codes) == 0 {
			return nil
		}
		return codes[f.pick(len(codes))].Code
	case policy.NodeType:
		return f.node(sc, x, beside)
	case policy.DocumentType:
		return Document(form + "." + x.Name + ".pdf")
	case policy.RowsType:
		return f.rows(sc, x, form)
	}
	return nil
}

// pick is 0 where nothing is unusual.
func (f *Filler) pick(n int) int {
	if f.Whim == 0 || n <= 1 {
		return 0
	}
	return f.Rand.IntN(n)
}

// amount is one of the amounts that the pack speaks of, or a part of one.
func (f *Filler) amount(sc *policy.Scope) money.Fen {
	if f.Whim == 0 {
		return 100 * money.Wan
	}
	return money.Fen(1+f.Rand.Int64N(3000)) * money.Wan / money.Fen(1+f.Rand.Int64N(3))
}

// seatOf is the seat which a field fills; any will do where it fills none.
func seatOf(m *policy.Mechanism, path string) *policy.Seat {
	for _, s := range m.Seats {
		if s.From == path {
			return s
		}
	}
	var found *policy.Seat
	m.EachEffect(func(x *policy.Machine, _ *policy.State, step *policy.Step, e policy.Effect) {
		if to, ok := e.(policy.SeatHolder); ok && found == nil && x == m.Case && step != nil && to.Thing == "" && to.From == path && m.Seat(to.Seat) != nil {
			found = m.Seat(to.Seat)
		}
	})
	if found == nil {
		return &policy.Seat{}
	}
	return found
}

// party is somebody of the right kind; now and then somebody who has a seat in the case already, or owns what the form asks for too, as people
// mostly name those whom they work with.
func (f *Filler) party(sc *policy.Scope, x *policy.Field, form string) policy.Value {
	seat, near := seatOf(sc.Snapshot.Mechanism, form+"."+x.Name), map[string]bool{}
	switch {
	case f.Whim > 0 && f.Rand.IntN(4) == 0:
		for _, holders := range sc.Snapshot.Seats {
			for _, h := range holders {
				near[h.Party] = true
			}
		}
	case f.Whim > 0 && f.Rand.IntN(2) == 0:
		f.owners(sc, form, near)
	}
	var list, known []string
	for _, p := range f.Stage.Parties {
		if policy.KindFits(x.Party, p.Kind) && seat.Takes(p.Kind) {
			if near[f.PartyID(p.Name)] {
				known = append(known, p.Name)
			}
			list = append(list, p.Name)
		}
	}
	if len(list) == 0 {
		return nil
	}
	if len(known) > 0 {
		list = known
	}
	i := f.pick(len(list))
	if f.Whim == 0 {
		i = len(list) - 1 // the first ones are the opener and the bidders
	}
	return f.PartyID(list[i])
}

// owners are those whose records a field of the form could choose.
func (f *Filler) owners(sc *policy.Scope, form string, near map[string]bool) {
	def := sc.Snapshot.Mechanism.Form(form)
	if def == nil {
		return
	}
	for _, x := range def.Fields {
		k := sc.Snapshot.Pack.Kinds[x.Kind]
		if x.Type != policy.RecordType || x.Optional || k == nil {
			continue
		}
		for _, r := range f.Stage.Records {
			if owner, _ := r.Values[k.Owner].(string); r.Kind == x.Kind && owner != "" {
				near[f.PartyID(owner)] = true
			}
		}
	}
}

// Document is a file that exists in name only.
func Document(name string) policy.Document {
	sum := sha256.Sum256([]byte(name))
	return policy.Document{Digest: hex.EncodeToString(sum[:]), Name: name, Size: int64(len(name))}
}

func (f *Filler) rows(sc *policy.Scope, x *policy.Field, form string) []policy.Values {
	n := max(x.Min, 1)
	if f.Whim > 0 {
		n += f.Rand.IntN(3)
	}
	if x.Max > 0 {
		n = min(n, x.Max)
	}
	var rows []policy.Values
	for range n {
		row := policy.Values{}
		for _, c := range x.Rows {
			if !c.Optional || f.Rand.Float64() < f.Whim {
				row[c.Name] = f.value(sc, c, form, row)
			}
		}
		rows = append(rows, row)
	}
	f.whole(x, rows)
	return rows
}

// whole makes the column that must come to 100 % come to it.
func (f *Filler) whole(x *policy.Field, rows []policy.Values) {
	if x.Whole == "" {
		return
	}
	weights := make([]share.PPM, len(rows))
	for i := range weights {
		weights[i] = share.PPM(1 + f.pick(9))
	}
	parts, err := share.Split(int64(share.Whole), weights)
	if err != nil {
		return
	}
	for i := range parts {
		rows[i][x.Whole] = share.PPM(parts[i])
	}
}
