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
}

func newRegister(st *Stage, id func(string) string) *register {
	r := &register{parties: map[string]*Party{}, related: map[[2]string]bool{}}
	for i := range st.Parties {
		r.parties[id(st.Parties[i].Name)] = &st.Parties[i]
	}
	for _, t := range st.Related {
		a, b := id(t[0]), id(t[1])
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
		var who []policy.Holder
		form, field, dotted := strings.Cut(a.Seat, ".")
		if f := s.Mechanism.Form(form); dotted && f != nil {
			v, ok := in.Values[field]
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
		for _, pot := range s.Pots {
			sum += pot.Paid[who[0].Party]
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
