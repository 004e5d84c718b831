package register

import (
	"bytes"
	"encoding/json"
	"maps"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
)

// A number that belongs to one person (公民身份号码) is read whole by that person and by whoever keeps the register. Everyone else who sees
// the record sees it hidden, and so does every export; nobody finds a record by it. What is hidden and comes back changes nothing.

// Private tells whether a field holds such a number.
func (f *RecordField) Private() bool {
	s, ok := ident.Named(f.Ident)
	return ok && s.Private
}

// readsPrivate tells whether the actor reads the private numbers of a record.
func (r Record) readsPrivate(a identity.Actor) bool {
	return r.Owner != "" && a.ActsFor(r.Owner) || a.Has(identity.RoleRegister)
}

// HiddenFrom hides the private numbers of a record from whoever may not read them.
func (r Record) HiddenFrom(k *RecordKind, a identity.Actor) Record {
	if k == nil || r.readsPrivate(a) {
		return r
	}
	return r.hidden(k)
}

func (r Record) hidden(k *RecordKind) Record {
	cloned := false
	for i := range k.Fields {
		f := &k.Fields[i]
		if _, ok := r.Values[f.Name]; !ok || !f.Private() {
			continue
		}
		if !cloned {
			r.Values, cloned = maps.Clone(r.Values), true
		}
		r.Values[f.Name] = hide(r.Values[f.Name])
	}
	return r
}

// HiddenFrom hides what a claim says of a private number of the record.
func (c Claim) HiddenFrom(r Record, f *RecordField, a identity.Actor) Claim {
	if f != nil && f.Private() && !r.readsPrivate(a) {
		c.Value = hide(c.Value)
	}
	return c
}

func hide(raw json.RawMessage) json.RawMessage {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return raw
	}
	out, _ := json.Marshal(ident.Hide(s))
	return out
}

// unhidden leaves out of what is said of a record the private numbers that are still hidden as the record has them.
func (r Record) unhidden(k *RecordKind, values Values) Values {
	for i := range k.Fields {
		f := &k.Fields[i]
		v, said := values[f.Name]
		was, had := r.Values[f.Name]
		if said && had && f.Private() && bytes.Equal(compact(v), compact(hide(was))) {
			values = maps.Clone(values)
			delete(values, f.Name)
		}
	}
	return values
}
