package web

import (
	"context"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/search"
	"kechuang/internal/store"
)

type (
	// PartyPage is one page of a list.
	PartyPage struct {
		Items []register.Party `json:"items"`
		Next  string           `json:"next,omitempty"`
	}
	// PartyView is a party with the names of what it is tied to, cut to what the reader may see.
	PartyView struct {
		register.Party
		ParentName   string `json:"parentName,omitempty"`
		EmployerName string `json:"employerName,omitempty"`
		RegionName   string `json:"regionName,omitempty"`
		Mine         bool   `json:"mine" doc:"the reader may change it: everything, or their own party's own fields"`
	}
	// RegisterWords is what the register's forms choose from.
	RegisterWords struct {
		Kinds   []register.KindTitle `json:"kinds"`
		Ties    []TieTitle           `json:"ties"`
		Regions []register.Region    `json:"regions"`
	}
	// TieTitle is a kind of tie with its name.
	TieTitle struct {
		Kind  register.TieKind `json:"kind"`
		Title lang.Text        `json:"title"`
	}
	// NewTie declares an interest between two parties.
	NewTie struct {
		Kind  register.TieKind `json:"kind" enum:"kinship,co_author,supervisor,shareholding,dispute,other"`
		Other string           `json:"other" doc:"id of the other party"`
		From  caldate.Date     `json:"from,omitempty"`
		To    caldate.Date     `json:"to,omitempty"`
		Note  string           `json:"note,omitempty" maxLength:"500"`
	}
	partyInput struct {
		ID string `path:"id"`
	}
)

func (s *Server) partyRoutes() {
	handle(s, route{method: "GET", path: "/api/parties", id: "parties", tell: "List parties, or search them in the language of /api/search; where nothing fits, names that are alike", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			Q     string `query:"q" maxLength:"200"`
			Kind  string `query:"kind"`
			After string `query:"after"`
			Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
		}) (*reply[PartyPage], error) {
			if in.Q != "" && (in.After == "" || places.MatchString(in.After)) {
				found, next, err := s.found(ctx, who, search.Query{Text: in.Q, What: search.Party, Kind: in.Kind, Limit: in.Limit}, in.After)
				if err != nil || len(found) > 0 {
					return answer(PartyPage{each(found, func(h search.Hit) register.Party { return *h.Party }), next}, err)
				}
			} // nothing has it all: the register gives names that are alike
			list, next, err := s.register.Search(ctx, in.Q, register.Kind(in.Kind), in.After, in.Limit)
			return answer(PartyPage{each(list, func(p register.Party) register.Party { return p.SeenBy(who) }), next}, err)
		})
	handle(s, route{method: "POST", path: "/api/parties", id: "createParty", tell: "Enter a party", access: roles("register"), status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body register.Party }) (*reply[register.Party], error) {
			in.Body.ID, in.Body.Revision = "", 0
			return s.putParty(ctx, who, in.Body)
		})
	handle(s, route{method: "GET", path: "/api/parties/{id}", id: "party", tell: "A party, cut to what I may see", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *partyInput) (*reply[PartyView], error) {
			return answer(s.party(ctx, who, in.ID))
		})
	handle(s, route{method: "PUT", path: "/api/parties/{id}", id: "putParty", tell: "Change a party; from a stale page it is refused", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body register.Party
		}) (*reply[register.Party], error) {
			in.Body.ID = in.ID
			return s.putParty(ctx, who, in.Body)
		})
	handle(s, route{method: "DELETE", path: "/api/parties/{id}", id: "deleteParty", tell: "Take a party out of the register; refused while it sits in open cases", access: roles("register"), status: 204},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID       string `path:"id"`
			Revision int64  `query:"revision" required:"true"`
		}) (*none, error) {
			return nil, s.db.Write(ctx, func(tx *store.Tx) error { return s.register.Delete(tx, who, in.ID, in.Revision) })
		})
	handle(s, route{method: "GET", path: "/api/register", id: "registerWords", tell: "Kinds of party, kinds of tie, regions", access: signedIn},
		func(context.Context, identity.Actor, *none) (*reply[RegisterWords], error) {
			w := RegisterWords{Kinds: register.Kinds, Regions: s.register.Regions()}
			for _, t := range register.TieKinds {
				w.Ties = append(w.Ties, TieTitle{t.Kind, t.Title})
			}
			return &reply[RegisterWords]{w}, nil
		})
	s.partyPast()
}

// partyPast is a party's history and its declared ties: for itself, offices, the register's keepers and auditors.
func (s *Server) partyPast() {
	handle(s, route{method: "GET", path: "/api/parties/{id}/history", id: "partyHistory", tell: "Who changed what of a party, newest first", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *partyInput) (*reply[[]register.Change], error) {
			if !mayLook(who, in.ID) {
				return nil, errNotYours()
			}
			list, err := read(ctx, s, func(tx *store.Tx) ([]register.Change, error) { return s.register.History(tx, in.ID) })
			return answer(list, err)
		})
	handle(s, route{method: "GET", path: "/api/parties/{id}/ties", id: "ties", tell: "The declared interests of a party", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *partyInput) (*reply[[]register.Tie], error) {
			return answer(read(ctx, s, func(tx *store.Tx) ([]register.Tie, error) { return s.register.Ties(tx, who, in.ID) }))
		})
	handle(s, route{method: "POST", path: "/api/parties/{id}/ties", id: "declareTie", tell: "Declare an interest between two parties", access: signedIn, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body NewTie
		}) (*reply[register.Tie], error) {
			b := in.Body
			var out register.Tie
			err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
				out, err = s.register.Declare(tx, who, register.Tie{Kind: b.Kind, A: in.ID, B: b.Other, From: b.From, To: b.To, Note: b.Note})
				return err
			})
			return answer(out, err)
		})
}

func (s *Server) putParty(ctx context.Context, who identity.Actor, p register.Party) (*reply[register.Party], error) {
	var out register.Party
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		out, err = s.register.Put(tx, who, p)
		return err
	})
	return answer(out, err)
}

func (s *Server) party(ctx context.Context, who identity.Actor, id string) (PartyView, error) {
	return read(ctx, s, func(tx *store.Tx) (PartyView, error) {
		p, err := s.register.Get(tx, id)
		if err != nil {
			return PartyView{}, err
		}
		v := PartyView{Party: p.SeenBy(who), Mine: who.Has(identity.RoleRegister) || who.ActsFor(id)}
		if p.Region != "" {
			v.RegionName = s.register.RegionName(p.Region)
		}
		for _, other := range []struct {
			id   string
			name *string
		}{{v.Parent, &v.ParentName}, {v.Employer, &v.EmployerName}} {
			if other.id != "" {
				if *other.name, _, _, err = s.register.Named(tx, other.id); err != nil {
					return PartyView{}, err
				}
			}
		}
		return v, nil
	})
}

// mayLook tells whether somebody may read what became of a party: itself, offices, keepers of the register, auditors.
func mayLook(who identity.Actor, party string) bool {
	return who.ActsFor(party) || len(who.Offices) > 0 || who.Has(identity.RoleRegister) || who.Has(identity.RoleAuditor)
}

func errNotYours() error {
	return refusal.New(refusal.Forbidden, "party.history", lang.T("只有本单位、主管部门和审计人员可以查看变更记录", "Only the party itself, offices and auditors see its history"))
}

// read runs a query on one snapshot and gives its answer.
func read[T any](ctx context.Context, s *Server, f func(tx *store.Tx) (T, error)) (T, error) {
	var out T
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		out, err = f(tx)
		return err
	})
	return out, err
}
