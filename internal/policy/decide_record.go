package policy

import (
	"fmt"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// NewThing is what a thing is, inside one decision, once enter has made it and before it has an id. Where an action speaks of its id, that
// is written "#new/patent": whoever carries actions out gives it one and puts it there (Settled).
const NewThing = "#new"

// Settled is values with the ids of things in the place of what stood for them while they were being decided.
func Settled(v Values, things map[string]string) Values {
	out := Values{}
	for name, x := range v {
		if s, ok := x.(string); ok {
			if thing, new := strings.CutPrefix(s, NewThing+"/"); new {
				x = things[thing]
			}
		}
		out[name] = x
	}
	return out
}

// settle works out what the fields of a record become.
func (r *run) settle(rec *Record, k *Kind, form string, set Setting) (Values, error) {
	out := Values{}
	if from, ok := r.scope(rec).form(form); ok && form != "" {
		for _, f := range k.Fields {
			if v := from[f.Name]; v != nil {
				out[f.Name] = v
			}
		}
	} else if form != "" {
		return nil, asRefusal(&unfilled{form})
	}
	for _, name := range keys(set.Fields) {
		v, err := set.Fields[name].Eval(r.scope(rec))
		if err != nil {
			return nil, asRefusal(err)
		}
		if f := k.Field(name); f != nil {
			v = coerced(f.Type, v)
		}
		if v == "" {
			v = nil
		}
		out[name] = v
	}
	for _, name := range keys(set.Seats) {
		party, err := r.onlyParty(rec, set.Seats[name])
		if err != nil {
			return nil, err
		}
		out[name] = party
	}
	for _, name := range set.Empty {
		out[name] = nil
	}
	return out, nil
}

// onlyParty is the one party in a seat.
func (r *run) onlyParty(rec *Record, seat string) (string, error) {
	holders := r.s.Holders(rec, seat)
	if len(holders) == 1 && holders[0].Party != "" {
		return holders[0].Party, nil
	}
	title := lang.T(seat, seat)
	if s := r.m.seatByPath(seat); s != nil {
		title = s.Title
	}
	return "", refusal.New(refusal.Closed, "seat.not_one", lang.T(fmt.Sprintf("“%s”现有 %d 家，这里要有确定的一家", title.ZH, len(holders)), fmt.Sprintf("“%s” is held by %d parties; exactly one is needed here", title.In(lang.EN), len(holders))))
}

// coerced makes a plain count what the field takes: nothing of its kind, or a number.
func coerced(t Type, v Value) Value {
	n, ok := v.(int64)
	switch {
	case !ok || t == CountType:
		return v
	case t == NumberType:
		return Decimal(n * million)
	}
	return fromInt(t, n)
}

// knows lets later expressions of the same act read what a record has become.
func (r *run) knows(thing string, k *Kind, values Values, all bool) {
	for _, f := range k.Fields {
		if v, ok := values[f.Name]; ok || all {
			r.s.Asked[thing+"."+f.Name] = v
		}
	}
}

func (r *run) enter(rec *Record, e Enter) error {
	k := r.s.Pack.Kinds[e.Kind]
	if k == nil {
		return fmt.Errorf("policy: there is no kind %q", e.Kind)
	}
	values, err := r.settle(rec, k, e.Form, e.Set)
	if err != nil {
		return err
	}
	if e.Thing != "" {
		r.s.Things[e.Thing] = NewThing
		r.knows(e.Thing, k, values, true)
	}
	r.do(EnterRegister{e.Kind, e.Thing, values, e.Renew})
	return nil
}

// bound refuses to change what is not there.
func (r *run) bound(rec *Record, thing string) (*Kind, error) {
	k := r.s.Pack.KindOf(r.m, thing)
	if k == nil {
		return nil, fmt.Errorf("policy: %s has no thing %q", r.m.Name, thing)
	}
	if r.scope(rec).ThingID(thing) == "" {
		title := r.m.Thing(thing).Title
		return nil, refusal.New(refusal.Closed, "thing.empty", lang.T("还没有选定或者登记“"+title.ZH+"”", "“"+title.In(lang.EN)+"” has not been chosen or entered yet"))
	}
	return k, nil
}

func (r *run) update(rec *Record, e Update) error {
	k, err := r.bound(rec, e.Thing)
	if err != nil {
		return err
	}
	values, err := r.settle(rec, k, e.Form, e.Set)
	if err != nil {
		return err
	}
	r.knows(e.Thing, k, values, false)
	r.do(UpdateRecord{e.Thing, values})
	return nil
}

func (r *run) retire(rec *Record, e Retire) error {
	if _, err := r.bound(rec, e.Thing); err != nil {
		return err
	}
	r.do(RetireRecord{e.Thing})
	return nil
}
