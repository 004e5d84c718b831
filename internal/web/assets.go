package web

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"kechuang/internal/casework"
	"kechuang/internal/equity"
	"kechuang/internal/identity"
	"kechuang/internal/income"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

type (
	assetInput struct {
		ID string `path:"id"`
		On string `query:"on" doc:"a day, 2026-03-02; today where it is missing"`
	}
	// ShareTrial asks what terms would come to on a company as it stands.
	ShareTrial struct {
		Party   string        `json:"party" maxLength:"64" doc:"id of the holder that converts; empty for a public holder that has nothing yet"`
		Futures []ShareFuture `json:"futures" minItems:"1" maxItems:"12"`
	}
	// ShareFuture is one future: perhaps a round first, then a conversion by a set of parameters or by terms.
	ShareFuture struct {
		Name       string    `json:"name" maxLength:"60"`
		Set        string    `json:"set,omitempty" doc:"name of a parameter set; its numbers come before those below"`
		Pre        money.Fen `json:"pre" minimum:"1" doc:"value of the company before, fen"`
		Raise      money.Fen `json:"raise" minimum:"0" doc:"new money of a round at that value first, fen"`
		Principal  money.Fen `json:"principal" minimum:"1" doc:"of the grant, fen"`
		Discount   share.PPM `json:"discount" minimum:"0" maximum:"999999" doc:"where the set has none of its own"`
		Rate       share.PPM `json:"rate,omitempty" minimum:"0" maximum:"999999" doc:"yearly interest where the team buys back, ppm"`
		Cap        share.PPM `json:"cap" minimum:"0" maximum:"999999" doc:"of the public stake; 0 for none"`
		NotLargest bool      `json:"not_largest"`
		Floor      share.PPM `json:"floor" minimum:"0" maximum:"1000000" doc:"of the largest holder's stake before, as the team's; 0 for none"`
		Trim       bool      `json:"trim" doc:"convert less beyond a limit, instead of refusing"`
	}
	// ShareAnswer is what comes of a future.
	ShareAnswer struct {
		Name      string               `json:"name"`
		Before    []casework.StakeView `json:"before"`
		After     []casework.StakeView `json:"after"`
		Shares    int64                `json:"shares"`
		Wanted    int64                `json:"wanted" doc:"by the price alone"`
		Bound     lang.Text            `json:"bound" doc:"what bound the number"`
		Price     money.Fen            `json:"price" doc:"a share after the discount, rounded down, fen"`
		Converted money.Fen            `json:"converted"`
		Left      money.Fen            `json:"left"`
		Stake     share.PPM            `json:"stake"`
		BuyBack   []BuyBackBand        `json:"buy_back" doc:"what all of the new shares would cost the team, by spans of years; empty where the terms do not tell"`
		Refused   []*refusal.Refusal   `json:"refused"`
	}
	// BuyBackBand is a span of days in which the shares cost the team so much.
	BuyBackBand struct {
		From   string    `json:"from"`
		Until  string    `json:"until,omitempty" doc:"the last day; none for ever"`
		Market bool      `json:"market" doc:"at the market's price"`
		First  money.Fen `json:"first" doc:"on the first day, fen"`
		Last   money.Fen `json:"last" doc:"on the last day, fen"`
	}
	// ParameterSet is a place's terms.
	ParameterSet struct {
		Name    string      `json:"name"`
		Title   lang.Text   `json:"title"`
		Numbers []SetNumber `json:"numbers"`
	}
	// SetNumber is one number of a set, with its source.
	SetNumber struct {
		Name  string    `json:"name"`
		Title lang.Text `json:"title"`
		Value lang.Text `json:"value"`
		Basis string    `json:"basis"`
		Trust string    `json:"trust" doc:"how sure the source is: L, V, D, K or A"`
	}
	// Waterfall asks how an income would be split.
	Waterfall struct {
		Gross  money.Fen       `json:"gross" minimum:"1"`
		Costs  []WaterfallCost `json:"costs" maxItems:"50"`
		Reward share.PPM       `json:"reward" minimum:"0" maximum:"1000000" doc:"share of the net that goes to people; the rest stays with the unit"`
		Floor  share.PPM       `json:"floor" minimum:"0" maximum:"1000000" doc:"the least that the reward may be"`
		Unit   string          `json:"unit" maxLength:"80"`
		People []WaterfallPart `json:"people" minItems:"1" maxItems:"200"`
	}
	// WaterfallCost is a permitted cost.
	WaterfallCost struct {
		Name   string    `json:"name" maxLength:"80"`
		Amount money.Fen `json:"amount"`
	}
	// WaterfallPart is somebody's part of the reward.
	WaterfallPart struct {
		Name  string    `json:"name" maxLength:"80"`
		Share share.PPM `json:"share"`
	}
	// WaterfallAnswer is how it would be split.
	WaterfallAnswer struct {
		Gross money.Fen         `json:"gross"`
		Costs money.Fen         `json:"costs"`
		Net   money.Fen         `json:"net"`
		Paid  []WaterfallAmount `json:"paid"`
	}
	// WaterfallAmount is what one gets.
	WaterfallAmount struct {
		Name   string    `json:"name"`
		Unit   bool      `json:"unit"`
		Amount money.Fen `json:"amount"`
	}
)

// assetRoutes are the rights of achievements, the shares of companies, pledges and waterfalls.
func (s *Server) assetRoutes() {
	handle(s, route{method: "GET", path: "/api/records/{id}/rights", id: "rights", tell: "Who holds the title, use and income of an achievement on a day; licences, pledges and history for whoever holds something of it", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *assetInput) (*reply[*casework.RightsPage], error) {
			return answer(s.cases.RightsOn(ctx, who, in.ID, in.On))
		})
	handle(s, route{method: "GET", path: "/api/records/{id}/shares", id: "shares", tell: "The cap table of a company on a day, with its events for whoever holds shares", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *assetInput) (*reply[*casework.SharesPage], error) {
			return answer(s.cases.SharesOn(ctx, who, in.ID, in.On))
		})
	handle(s, route{method: "POST", path: "/api/records/{id}/shares/try", id: "tryShares", tell: "What grant-to-equity terms would come to on a company as it stands; nothing is changed", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID   string `path:"id"`
			Body ShareTrial
		}) (*reply[[]ShareAnswer], error) {
			return answer(s.tryShares(ctx, who, in.ID, in.Body))
		})
	handle(s, route{method: "GET", path: "/api/records/{id}/shares/ocf", id: "sharesOCF", tell: "A company's shares as an Open Cap Format package", access: signedIn, media: "application/zip"},
		func(ctx context.Context, who identity.Actor, in *struct {
			ID string `path:"id"`
		}) (*file, error) {
			files, err := s.cases.SharesOCF(ctx, who, in.ID)
			if err != nil {
				return nil, err
			}
			return packed("cap-table.ocf.zip", files)
		})
	handle(s, route{method: "GET", path: "/api/records/{id}/fund", id: "fundBook", tell: "A fund's book: commitments, calls, investments, exits and distributions by partner and kind of money, traced", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *recordInput) (*reply[*casework.FundPage], error) {
			return answer(s.cases.Fund(ctx, who, in.ID))
		})
	handle(s, route{method: "GET", path: "/api/splits", id: "splits", tell: "The incomes that were split in cases that I see whole, latest first", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]casework.PastSplit], error) {
			return answer(s.cases.Splits(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/pledges", id: "pledges", tell: "Pledges: all of them for offices and auditors, their own for everybody else", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]casework.LienView], error) {
			return answer(s.cases.Pledges(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/parameter-sets", id: "parameterSets", tell: "This city's and other places' terms for grants that become equity, with their sources", access: signedIn},
		func(ctx context.Context, _ identity.Actor, _ *none) (*reply[[]ParameterSet], error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			return answer(parameterSets(p), nil)
		})
	handle(s, route{method: "POST", path: "/api/waterfalls", id: "tryWaterfall", tell: "How an income would be split, to the fen; refused below the floor with its article", access: signedIn},
		func(ctx context.Context, _ identity.Actor, in *struct{ Body Waterfall }) (*reply[WaterfallAnswer], error) {
			p, err := s.cases.Current(ctx)
			if err != nil {
				return nil, err
			}
			a, err := in.Body.split()
			return answer(a, p.CiteLaw(err))
		})
}

func parameterSets(p *policy.Pack) []ParameterSet {
	out := []ParameterSet{}
	for _, x := range p.Sets {
		v := ParameterSet{Name: x.Name, Title: x.Title, Numbers: []SetNumber{}}
		for _, n := range x.Params {
			num := SetNumber{Name: n.Name, Title: n.Title, Value: policy.Show(n.Value), Trust: n.Trust}
			if b := p.Basis[n.Basis]; b != nil {
				num.Basis = b.Cite(n.Clause)
			}
			v.Numbers = append(v.Numbers, num)
		}
		out = append(out, v)
	}
	return out
}

func packed(name string, files map[string][]byte) (*file, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(n)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(files[n]); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return &file{ContentType: "application/zip", Disposition: fmt.Sprintf("attachment; filename=%q", name), Body: b.Bytes()}, nil
}

// split works the waterfall out.
func (w Waterfall) split() (WaterfallAnswer, error) {
	const reward, unit = "reward", "unit"
	t := income.Terms{Gross: w.Gross, Floors: []income.Floor{{Of: reward, Least: w.Floor}}}
	for _, c := range w.Costs {
		t.Costs = append(t.Costs, income.Cost{Name: c.Name, Amount: c.Amount})
	}
	r := income.Share{Name: reward, Title: lang.T("奖酬", "Reward"), Share: w.Reward}
	for i, p := range w.People {
		if w.Reward > 0 {
			r.To = append(r.To, income.Part{Party: fmt.Sprintf("%d %s", i, p.Name), Share: p.Share})
		}
	}
	u := income.Share{Name: unit, Title: lang.T("单位留成", "Unit"), Share: share.Whole - w.Reward}
	if u.Share > 0 {
		u.To = []income.Part{{Party: unit, Share: share.Whole}}
	}
	t.Shares = []income.Share{r, u}
	done, err := income.Split(t)
	if err != nil {
		return WaterfallAnswer{}, err
	}
	a := WaterfallAnswer{Gross: done.Gross, Costs: done.Costs, Net: done.Net, Paid: []WaterfallAmount{}}
	for _, p := range done.Paid {
		x := WaterfallAmount{Name: w.Unit, Unit: p.Share == unit, Amount: p.Amount}
		if !x.Unit {
			_, x.Name, _ = cutFirst(p.Party)
		}
		a.Paid = append(a.Paid, x)
	}
	return a, nil
}

// cutFirst cuts the number off a name that was made unique by it.
func cutFirst(s string) (string, string, bool) {
	for i := range s {
		if s[i] == ' ' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

func (s *Server) tryShares(ctx context.Context, who identity.Actor, id string, in ShareTrial) ([]ShareAnswer, error) {
	p, err := s.cases.Current(ctx)
	if err != nil {
		return nil, err
	}
	page, err := s.cases.SharesOn(ctx, who, id, "")
	if err != nil {
		return nil, err
	}
	party := in.Party
	if party == "" {
		party = "public"
	}
	var team []string
	for _, h := range page.Holders {
		if h.Party != party && team == nil {
			team = []string{h.Party}
		}
	}
	var futures []casework.ShareFuture
	for _, f := range in.Futures {
		futures = append(futures, casework.ShareFuture{Name: f.Name, Pre: f.Pre, Raise: f.Raise, Terms: f.terms(p, team)})
	}
	list, names, err := s.cases.TryShares(ctx, who, id, party, futures)
	if err != nil {
		return nil, err
	}
	out := []ShareAnswer{}
	for _, a := range list {
		v := answerView(a, names)
		f := in.Futures[len(out)]
		if set := p.Set(f.Set); set != nil && a.Refused == nil {
			v.BuyBack = buyBack(a, set.Bands(f.Rate))
		}
		out = append(out, v)
	}
	return out, nil
}

// buyBack is what all of a conversion's shares would cost the team, on the first and the last day of each band.
func buyBack(a equity.Answer, bands []equity.Band) []BuyBackBand {
	out := []BuyBackBand{}
	x := equity.BuyOut{Principal: a.Conversion.Converted, Per: a.Conversion.Shares, Since: a.After.Day, Bands: bands, Market: 1}
	for day := x.Since; day != ""; {
		p, err := x.Price(x.Per, x.Per, day)
		if err != nil {
			return out
		}
		b := BuyBackBand{From: string(day), Until: string(p.Until), Market: p.Market}
		day = ""
		if !p.Market {
			b.First, b.Last = p.Amount, p.Amount
		}
		if p.Until != "" {
			if last, err := x.Price(x.Per, x.Per, p.Until); err == nil && !p.Market {
				b.Last = last.Amount
			}
			day = p.Until.AddDays(1)
		}
		out = append(out, b)
	}
	return out
}

// terms are the future's own, over those of its set. With a round the price is the round's.
func (f ShareFuture) terms(p *policy.Pack, team []string) equity.Terms {
	t := equity.Terms{Principal: f.Principal, Basis: equity.ByAppraisal, Valuation: f.Pre, Discount: f.Discount, Cap: f.Cap, NotLargest: f.NotLargest, Floor: f.Floor, FloorOf: team, Trim: f.Trim}
	if s := p.Set(f.Set); s != nil {
		if t = s.Terms(f.Principal, f.Pre, team); t.Discount == 0 {
			t.Discount = f.Discount
		}
	}
	if f.Raise > 0 {
		t.Basis = equity.ByRound
	}
	return t
}

func answerView(a equity.Answer, names map[string]string) ShareAnswer {
	stakes := func(t equity.Table) []casework.StakeView {
		out := []casework.StakeView{}
		for _, h := range t.Holders() {
			out = append(out, casework.StakeView{Party: h.Party, Name: names[h.Party], Shares: h.Shares, Stake: t.Stake(h.Party)})
		}
		return out
	}
	v := ShareAnswer{Name: a.Scenario.Name, Before: stakes(a.Before), After: stakes(a.After), Shares: a.Conversion.Shares, Wanted: a.Conversion.Wanted,
		Converted: a.Conversion.Converted, Left: a.Conversion.Left, Stake: a.Conversion.Stake, BuyBack: []BuyBackBand{}, Refused: []*refusal.Refusal{}}
	if a.Conversion.Price.Den > 0 {
		v.Price = money.Fen(a.Conversion.Price.Num / a.Conversion.Price.Den)
	}
	if a.Refused != nil {
		v.Refused = refusal.Of(a.Refused)
		v.After = v.Before
	} else {
		v.Bound = equity.BoundTitle(a.Conversion.Bound)
	}
	return v
}
