package web

import (
	"context"

	"kechuang/internal/identity"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

type (
	// Party is an organisation or a person of the register. What only staff and the party itself may read is left out for others.
	Party struct {
		ID        string    `json:"id,omitempty"`
		Kind      string    `json:"kind" enum:"enterprise,university,institute,hospital,pilot_base,agency,fund,bank,government,person,other"`
		Name      string    `json:"name" maxLength:"200"`
		USCC      string    `json:"uscc,omitempty" maxLength:"40" doc:"统一社会信用代码"`
		Region    string    `json:"region,omitempty" maxLength:"6" doc:"GB/T 2260"`
		Parent    string    `json:"parent,omitempty"`
		Aliases   []string  `json:"aliases,omitempty"`
		Address   string    `json:"address,omitempty"`
		Contact   string    `json:"contact,omitempty"`
		Phone     string    `json:"phone,omitempty"`
		Email     string    `json:"email,omitempty"`
		LegalRep  string    `json:"legal_rep,omitempty"`
		Revenue   money.Fen `json:"revenue,omitempty" doc:"fen, last year"`
		RDShare   share.PPM `json:"rd_share,omitempty" doc:"ppm, last year"`
		Expertise []string  `json:"expertise,omitempty"`
		Employer  string    `json:"employer,omitempty" doc:"of a person: id of a party"`
		Expert    bool      `json:"expert,omitempty"`
		Synthetic bool      `json:"synthetic,omitempty" doc:"made up for the reference city"`
		Revision  int64     `json:"revision,omitempty"`
		Deleted   bool      `json:"deleted,omitempty"`
		Full      bool      `json:"full,omitempty" readOnly:"true" doc:"nothing was left out"`
	}
	// PartyQuery asks for a list of parties.
	PartyQuery struct {
		Q     string `query:"q" maxLength:"200" doc:"name, alias, code"`
		Kind  string `query:"kind"`
		After string `query:"after"`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
	// PartyPage is one page of a list.
	PartyPage struct {
		Items []Party `json:"items"`
		Next  string  `json:"next,omitempty"`
	}
	partyInput struct {
		ID string `path:"id"`
	}
)

func (s *Server) partyRoutes() {
	handle(s, route{method: "GET", path: "/api/parties", id: "parties", tell: "Search the register", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *PartyQuery) (*reply[*PartyPage], error) {
			return answer(s.parties.Search(ctx, who, *in))
		})
	handle(s, route{method: "POST", path: "/api/parties", id: "createParty", tell: "Enter a party", access: roles("register"), status: 201},
		func(ctx context.Context, who identity.Actor, in *struct{ Body Party }) (*reply[*Party], error) {
			in.Body.ID, in.Body.Revision = "", 0
			return answer(s.parties.Put(ctx, who, in.Body))
		})
	handle(s, route{method: "GET", path: "/api/parties/{id}", id: "party", tell: "A party", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *partyInput) (*reply[*Party], error) {
			return answer(s.parties.Get(ctx, who, in.ID))
		})
	handle(s, route{method: "PUT", path: "/api/parties/{id}", id: "putParty", tell: "Change a party; from a stale page it is refused", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body Party
		}) (*reply[*Party], error) {
			in.Body.ID = in.ID
			return answer(s.parties.Put(ctx, who, in.Body))
		})
	handle(s, route{method: "DELETE", path: "/api/parties/{id}", id: "deleteParty", tell: "Take a party out of the register; refused while it sits in open cases", access: roles("register"), status: 204},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID       string `path:"id"`
			Revision int64  `query:"revision" required:"true"`
		}) (*none, error) {
			return nil, s.parties.Delete(ctx, who, in.ID, in.Revision)
		})
}
