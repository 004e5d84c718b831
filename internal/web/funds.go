package web

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

type (
	// Fund is the city's money for one purpose, in fen: appropriated + interest = free + held + paid.
	Fund struct {
		Name         string      `json:"name"`
		Title        lang.Text   `json:"title"`
		Public       bool        `json:"public" doc:"public money: nothing is paid before approval and a notice that stood"`
		Appropriated money.Fen   `json:"appropriated" doc:"ever, of all years"`
		Free         money.Fen   `json:"free" doc:"promised to nobody"`
		Held         money.Fen   `json:"held"`
		Paid         money.Fen   `json:"paid"`
		Owed         money.Fen   `json:"owed" doc:"claimed back and not yet collected"`
		Interest     money.Fen   `json:"interest" doc:"came in besides what was appropriated: interest and penalties on what was claimed back"`
		Years        []FundYear  `json:"years"`
		Months       []FundMonth `json:"months" doc:"months in which money moved, oldest first"`
	}
	// FundMonth is what moved in one month of the Shanghai calendar.
	FundMonth struct {
		Month string    `json:"month" example:"2026-01"`
		Held  money.Fen `json:"held" doc:"promised, less what was released or paid"`
		Paid  money.Fen `json:"paid"`
		Back  money.Fen `json:"back" doc:"claimed back, and it came"`
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
	// Posting is one transfer of a fund's money.
	Posting struct {
		ID     string    `json:"id"`
		At     time.Time `json:"at"`
		Kind   string    `json:"kind"`
		From   lang.Text `json:"from"`
		To     lang.Text `json:"to"`
		Amount int64     `json:"amount" doc:"fen"`
		Case   string    `json:"case,omitempty"`
		Party  string    `json:"party,omitempty"`
		Memo   lang.Text `json:"memo"`
	}
	// PostingPage is one page of postings, newest first.
	PostingPage struct {
		Items []Posting `json:"items"`
		Next  string    `json:"next,omitempty"`
	}
)

var treasury = access{roles: []string{"finance", "auditor", "admin.audit"}, offices: true}

func (s *Server) fundRoutes() {
	handle(s, route{method: "GET", path: "/api/funds", id: "funds", tell: "The funds: appropriated, held, paid, free", access: treasury},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]Fund], error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) ([]Fund, error) { return s.funds(tx, p) }))
		})
	handle(s, route{method: "POST", path: "/api/funds/{name}/appropriations", id: "appropriate", tell: "Put a year's budget into a fund", access: access{roles: []string{"finance"}, session: true}, status: 201},
		func(ctx context.Context, who identity.Actor, in *struct {
			Name string `path:"name"`
			Key  string `header:"Idempotency-Key" required:"true" minLength:"8" maxLength:"100"`
			Body Appropriation
		}) (*reply[Fund], error) {
			_, err := s.cases.Appropriate(ctx, who, casework.AppropriateCommand{Fund: in.Name, Year: in.Body.Year, Amount: in.Body.Amount, Memo: in.Body.Memo, Key: in.Key})
			if err != nil {
				return nil, err
			}
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			return answer(read(ctx, s, func(tx *store.Tx) (Fund, error) { return s.fund(tx, p.Funds[in.Name]) }))
		})
	handle(s, route{method: "GET", path: "/api/funds/{name}/postings", id: "fundPostings", tell: "Every transfer of a fund, newest first", access: treasury},
		func(ctx context.Context, _ identity.Actor, in *struct {
			Name  string `path:"name"`
			After int64  `query:"after"`
			Limit int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
		}) (*reply[PostingPage], error) {
			return answer(read(ctx, s, func(tx *store.Tx) (PostingPage, error) {
				list, next, err := s.ledger.Page(tx, in.Name, in.After, in.Limit)
				page := PostingPage{Items: each(list, postingView)}
				if next > 0 {
					page.Next = strconv.FormatInt(next, 10)
				}
				return page, err
			}))
		})
}

func postingView(t ledger.Transfer) Posting {
	return Posting{t.ID, t.At, t.Kind, t.From.Title(), t.To.Title(), t.Amount, t.Case, t.Party, t.Memo}
}

func (s *Server) funds(tx *store.Tx, p *policy.Pack) ([]Fund, error) {
	var list []Fund
	for _, f := range sorted(p.Funds, func(f *policy.Fund) string { return f.Name }) {
		v, err := s.fund(tx, f)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

func (s *Server) fund(tx *store.Tx, f *policy.Fund) (Fund, error) {
	st, err := s.ledger.Fund(tx, f.Name)
	if err != nil {
		return Fund{}, err
	}
	v := Fund{Name: f.Name, Title: f.Title, Public: f.Public, Appropriated: st.Appropriated, Free: st.Free, Held: st.Held, Paid: st.Paid, Owed: st.Owed, Interest: st.Interest()}
	months, err := s.ledger.Months(tx, f.Name)
	if err != nil {
		return v, err
	}
	for _, m := range months {
		v.Months = append(v.Months, FundMonth(m))
	}
	budgets, err := s.ledger.Accounts(tx, "budget/")
	for _, b := range budgets {
		year, fund, _ := strings.Cut(strings.TrimPrefix(string(b.Account), "budget/"), "/")
		if n, bad := strconv.Atoi(year); bad == nil && fund == f.Name {
			v.Years = append(v.Years, FundYear{n, money.Fen(-b.Balance)})
		}
	}
	return v, err
}
