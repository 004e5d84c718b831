package play

import (
	"strings"

	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

// register answers what policy asks about the parties of a stage.
type register struct {
	parties map[string]*Party // by identifier
	related map[[2]string]bool
	w       World
}

func newRegister(st *Stage, w World) *register {
	r := &register{parties: map[string]*Party{}, related: map[[2]string]bool{}, w: w}
	for i := range st.Parties {
		r.parties[w.PartyID(st.Parties[i].Name)] = &st.Parties[i]
	}
	for _, t := range st.Related {
		a, b := w.PartyID(t[0]), w.PartyID(t[1])
		r.related[[2]string{a, b}], r.related[[2]string{b, a}] = true, true
	}
	return r
}

func (r *register) tied(a, b string) bool {
	return a != "" && (a == b || r.related[[2]string{a, b}])
}

// answers is the register's answer to each ask, for an intent on a record.
func (r *register) answers(s *policy.Snapshot, list []policy.Ask, rec *policy.Record, in policy.Intent) map[string]policy.Value {
	out := map[string]policy.Value{}
	for _, a := range list {
		if a.Thing != "" || a.Link != "" {
			if a.Thing != "" {
				out[a.Path()] = r.ofThing(s, a, rec, in)
			} else {
				out[a.Path()] = r.ofLink(s, a, rec, in)
			}
			continue
		}
		var who []policy.Holder
		form, field, dotted := strings.Cut(a.Seat, ".")
		values := in.Values
		if values == nil && rec != nil && rec.Joint != nil { // who signs what others entered
			values = rec.Joint.Values
		}
		if named := s.Mechanism.NamedBy(a.Seat, filling(s.Mechanism, rec, in)); named != "" {
			party, _ := values[named].(string)
			who = []policy.Holder{{Party: party}}
		} else if dotted && s.Mechanism.Thing(form) != nil {
			party, _ := r.ofThing(s, policy.Ask{Thing: form, Attribute: field}, rec, in).(string)
			who = []policy.Holder{{Party: party}}
		} else if f := s.Mechanism.Form(form); dotted && f != nil {
			v, ok := values[field]
			for at := rec; !ok && at != nil; at = s.Up(at) {
				v, ok = at.Forms[form][field]
			}
			if party, isParty := v.(string); isParty {
				who = []policy.Holder{{Party: party}}
			}
		} else {
			who = s.EveryHolder(rec, a.Seat)
		}
		out[a.Path()] = r.answer(s, a, who, rec)
	}
	return out
}

// filling is the form that an intent fills, "" for none.
func filling(m *policy.Mechanism, rec *policy.Record, in policy.Intent) string {
	if rec == nil || m.Machine(rec.Part) == nil || m.Machine(rec.Part).State(rec.State) == nil {
		return ""
	}
	if step := m.Machine(rec.Part).State(rec.State).Step(in.Step); step != nil {
		return step.Fill
	}
	return ""
}

// ofThing is a field of the record that a thing is, as the act sees it; nil where there is none.
func (r *register) ofThing(s *policy.Snapshot, a policy.Ask, rec *policy.Record, in policy.Intent) policy.Value {
	held, err := r.w.Record(asActed(s, rec, in).ThingID(a.Thing))
	if err != nil || held == nil {
		return nil
	}
	return held.Values[a.Attribute]
}

// ofLink is what is asked of linked cases, as the act sees them.
func (r *register) ofLink(s *policy.Snapshot, a policy.Ask, rec *policy.Record, in policy.Intent) policy.Value {
	links, err := r.w.Links()
	if err != nil {
		return nil
	}
	ids := links[a.Link]
	if chosen := asActed(s, rec, in).LinkCase(a.Link); chosen != "" {
		ids = []string{chosen}
	}
	n := int64(0)
	var field policy.Value
	for _, id := range ids {
		o, err := r.w.Case(id)
		if err != nil || o == nil {
			continue
		}
		if a.CountsLinked(o.Case.State) {
			n++
		}
		if form, name, ok := strings.Cut(a.Attribute, "."); ok && o.Case.Forms[form] != nil {
			field = o.Case.Forms[form][name]
		}
	}
	if strings.HasPrefix(a.Attribute, "count(") {
		return n
	}
	return field
}

// asActed is what an expression sees while a step is done.
func asActed(s *policy.Snapshot, rec *policy.Record, in policy.Intent) *policy.Scope {
	return &policy.Scope{Snapshot: s, Record: rec, Form: fillOf(s, rec, in), Values: in.Values}
}

// fillOf is the form that the intent's step fills.
func fillOf(s *policy.Snapshot, rec *policy.Record, in policy.Intent) string {
	if m := s.Mechanism.Machine(rec.Part); m != nil && m.State(rec.State) != nil {
		if step := m.State(rec.State).Step(in.Step); step != nil {
			return step.Fill
		}
	}
	return ""
}

func (r *register) answer(s *policy.Snapshot, a policy.Ask, who []policy.Holder, rec *policy.Record) policy.Value {
	if a.Attribute == policy.RelatedTo {
		for _, h := range who {
			for _, o := range s.EveryHolder(rec, a.Other) {
				if r.tied(h.Party, o.Party) {
					return true
				}
			}
		}
		return false
	}
	var p *Party
	if len(who) > 0 {
		p = r.parties[who[0].Party]
	}
	if a.Attribute == "granted_this_year" && p != nil {
		sum, _ := p.Attr[a.Attribute].(money.Fen)
		if a.Fund != "" { // what was granted before the story came from no fund of the pack
			sum = 0
		}
		for _, m := range s.Pack.Mechanisms {
			cases, _ := r.w.Cases(m.Name)
			for _, id := range cases {
				if o, err := r.w.Case(id); err == nil && o != nil {
					for _, pot := range o.Pots {
						if a.Fund == "" || pot.Fund == a.Fund {
							sum += pot.Paid[who[0].Party]
						}
					}
				}
			}
		}
		return sum
	}
	return attribute(p, a.Attribute)
}

// attribute is what is known of a party; one that says nothing is a sound enterprise of the city.
func attribute(p *Party, name string) policy.Value {
	if p != nil {
		switch {
		case name == "kind":
			return p.Kind
		case name == "region":
			return p.Region
		case p.Attr[name] != nil:
			return p.Attr[name]
		}
	}
	switch policy.Attributes[name] {
	case policy.TextType:
		return ""
	case policy.CountType:
		return int64(0)
	case policy.ShareType:
		return share.PPM(200_000)
	case policy.MoneyType:
		if name == "revenue" {
			return 10 * money.Yi
		}
		return money.Fen(0)
	}
	return name == "in_city"
}
