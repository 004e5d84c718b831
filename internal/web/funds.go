package web

import (
	"context"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
)

type (
	// Fund is the city's money for one purpose, in fen.
	Fund struct {
		Name   string     `json:"name"`
		Title  lang.Text  `json:"title"`
		Public bool       `json:"public" doc:"public money: nothing is paid before approval and a notice that stood"`
		Free   money.Fen  `json:"free" doc:"not held by any case"`
		Held   money.Fen  `json:"held"`
		Paid   money.Fen  `json:"paid"`
		Owed   money.Fen  `json:"owed" doc:"claimed back and not yet collected"`
		Years  []FundYear `json:"years"`
	}
	// FundYear is what one year's budget put in.
	FundYear struct {
		Year         int       `json:"year"`
		Appropriated money.Fen `json:"appropriated"`
	}
	// Appropriation puts a year's budget into a fund.
	Appropriation struct {
		Year   int       `json:"year" minimum:"2000" maximum:"2200"`
		Amount money.Fen `json:"amount" minimum:"1" doc:"fen"`
		Memo   string    `json:"memo" minLength:"1" maxLength:"500" doc:"the document that says so, with its 文号"`
	}
)

var treasury = access{roles: []string{"finance", "auditor", "admin.audit"}, offices: true}

func (s *Server) fundRoutes() {
	handle(s, route{method: "GET", path: "/api/funds", id: "funds", tell: "The funds: appropriated, held, paid, free", access: treasury},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]Fund], error) {
			return answer(s.money.Funds(ctx))
		})
	handle(s, route{method: "POST", path: "/api/funds/{name}/appropriations", id: "appropriate", tell: "Put a year's budget into a fund", access: access{roles: []string{"finance"}, session: true}, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Name string `path:"name"`
			Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
			Body Appropriation
		}) (*reply[*Fund], error) {
			return answer(s.money.Appropriate(ctx, who, in.Name, in.Body.Year, in.Body.Amount, in.Body.Memo, in.Key))
		})
}
