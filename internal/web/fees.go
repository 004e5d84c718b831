package web

import (
	"bytes"
	"context"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/money"
	"kechuang/internal/register"
)

// purse are who read whom the city paid for judging.
var purse = access{roles: []string{identity.RoleFinance, identity.RoleAuditor}}

// RemittedTax is what was handed in to the tax office.
type RemittedTax struct {
	Amount money.Fen `json:"amount" minimum:"1" doc:"fen: all that is left of the month"`
	Number string    `json:"number" minLength:"1" maxLength:"100" doc:"of the tax receipt"`
}

func (s *Server) feeRoutes() {
	handle(s, route{method: "GET", path: "/api/fees", id: "feeMonths", tell: "Fees month by month: paid, tax withheld, handed in, by when", access: purse},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]casework.FeeMonth], error) {
			return answer(s.cases.FeeMonths(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/fees/{month}", id: "fees", tell: "The fees of a month: who was paid what for which case, and the tax withheld", access: purse},
		func(ctx context.Context, who identity.Actor, in *monthInput) (*reply[casework.FeeMonth], error) {
			return answer(s.cases.Fees(ctx, who, in.Month))
		})
	handle(s, route{method: "GET", path: "/api/fees/{month}/book", id: "feeBook", tell: "The fees of a month as a workbook", access: purse, media: xlsx},
		func(ctx context.Context, who identity.Actor, in *monthInput) (*file, error) {
			m, err := s.cases.Fees(ctx, who, in.Month)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			t := m.Table()
			err = register.WriteTable(&b, t.Title, t.Head, t.Rows)
			return &file{ContentType: xlsx, Disposition: attachment(t.Title + ".xlsx"), Body: b.Bytes()}, err
		})
	handle(s, route{method: "POST", path: "/api/fees/{month}/remittances", id: "remitTax", tell: "Enter that the tax withheld in a month was handed in to the tax office", access: access{roles: []string{identity.RoleFinance}, session: true}, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Month string `path:"month"`
			Key   string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
			Body  RemittedTax
		}) (*reply[casework.FeeMonth], error) {
			if _, err := s.cases.Remit(ctx, who, casework.RemitCommand{Month: in.Month, Amount: in.Body.Amount, Number: in.Body.Number, Key: in.Key}); err != nil {
				return nil, err
			}
			return answer(s.cases.Fees(ctx, who, in.Month))
		})
}

type monthInput struct {
	Month string `path:"month" example:"2026-01"`
}
