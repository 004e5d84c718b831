package web

import (
	"context"
	"slices"
	"strings"

	"kechuang/internal/broker"
	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/match"
	"kechuang/internal/register"
)

type (
	// NeedText is a need as it is typed.
	NeedText struct {
		Title string   `json:"title" maxLength:"200"`
		Text  string   `json:"text,omitempty" maxLength:"50000"`
		Field string   `json:"field,omitempty" doc:"code of the technology field"`
		Chain string   `json:"chain,omitempty" doc:"code of the industry chain"`
		Ready int      `json:"ready,omitempty" minimum:"0" maximum:"9" doc:"technology readiness that is wanted at least"`
		Kinds []string `json:"kinds,omitempty" doc:"of offers: kinds of records, expert, team; none is all"`
	}
	// MatchView is one offer that may answer the need, and why.
	MatchView struct {
		Record  string      `json:"record,omitempty" doc:"of the register"`
		Party   string      `json:"party,omitempty" doc:"an expert or a team"`
		Kind    string      `json:"kind"`
		Title   string      `json:"title"`
		Level   float64     `json:"level" doc:"expected level: 4 strong to 1 unrelated"`
		Shares  []ShareView `json:"shares" doc:"what each signal did to it, the largest first"`
		Reasons []lang.Text `json:"reasons"`
		Missing []lang.Text `json:"missing"`
		Fresh   bool        `json:"fresh,omitempty" doc:"it was offered after the need was entered"`
	}
	// ShareView is one signal's part.
	ShareView struct {
		Signal string  `json:"signal"`
		Value  float64 `json:"value"`
	}
	// MatchAnswer is what is told about a need.
	MatchAnswer struct {
		Matches []MatchView `json:"matches"`
		Advice  []lang.Text `json:"advice" doc:"what the need should say and does not"`
		Path    match.Path  `json:"path" doc:"simple, complex or not_real: a proposal, a person decides"`
		Why     lang.Text   `json:"why"`
	}
	// WaitingNeed is a need of the register that waits, with the offers for it.
	WaitingNeed struct {
		Record  string      `json:"record"`
		Title   string      `json:"title"`
		Owner   string      `json:"owner,omitempty"`
		Matches []MatchView `json:"matches"`
	}
	// PlanRequest asks whom to bring together over all needs that wait.
	PlanRequest struct {
		Capacity int64 `json:"capacity" minimum:"1" maximum:"100" doc:"introductions that one offering party takes at once"`
		Each     int64 `json:"each,omitempty" minimum:"0" maximum:"10" doc:"introductions of one need; 0 is one"`
	}
	// Planned is one introduction of the plan.
	Planned struct {
		Need       string  `json:"need"`
		NeedTitle  string  `json:"needTitle"`
		Offer      string  `json:"offer"`
		OfferTitle string  `json:"offerTitle"`
		Level      float64 `json:"level"`
	}
)

// matchRoutes bring needs and offers together.
func (s *Server) matchRoutes() {
	handle(s, route{method: "POST", path: "/api/match", id: "match", tell: "Which offers of the register may answer a need, and why; what the need should say", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *struct{ Body NeedText }) (*reply[MatchAnswer], error) {
			e, err := s.broker.Engine(ctx)
			if err != nil {
				return nil, err
			}
			n := match.Need{Title: in.Body.Title, Text: in.Body.Text, Field: in.Body.Field, Node: in.Body.Chain, Ready: in.Body.Ready}
			a := e.Match(n, s.asker(who, in.Body.Kinds), 20)
			return answer(MatchAnswer{Advice: a.Advice, Path: a.Triage.Path, Why: a.Triage.Why, Matches: each(a.Matches, matchView)}, nil)
		})
	handle(s, route{method: "GET", path: "/api/match/needs", id: "waitingNeeds", tell: "Needs that wait and that I may see, with the offers for them; what was offered since is marked", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]WaitingNeed], error) {
			return answer(s.waitingNeeds(ctx, who))
		})
	handle(s, route{method: "POST", path: "/api/match/plan", id: "planMatches", tell: "Whom to bring together over all needs that wait, so that nobody is swamped", access: access{roles: []string{identity.RoleRegister}, offices: true}},
		func(ctx context.Context, who identity.Actor, in *struct{ Body PlanRequest }) (*reply[[]Planned], error) {
			return answer(s.plan(ctx, who, in.Body))
		})
}

func (s *Server) asker(who identity.Actor, kinds []string) match.Asker {
	a := match.Asker{Today: caldate.On(s.now()), Kinds: kinds}
	if len(who.Offices) > 0 || who.Has(identity.RoleRegister) || who.Has(identity.RoleAuditor) {
		a.Cleared = broker.Cleared
	}
	return a
}

func matchView(m match.Match) MatchView {
	v := MatchView{Record: m.Offer.ID, Kind: m.Offer.Kind, Title: m.Offer.Title, Level: m.Level, Reasons: m.Reasons, Missing: m.Missing,
		Shares: each(m.Shares, func(x match.Share) ShareView { return ShareView(x) })}
	if strings.HasPrefix(m.Offer.ID, "party_") {
		v.Record, v.Party = "", m.Offer.ID
	}
	return v
}

// related is the level from which an offer is worth showing for a need that waits.
const related = 1.5

// mostNeeds is how many needs that wait are looked at, the newest.
const mostNeeds = 200

// eachNeed visits the needs that wait and that somebody may see, with their matches.
func (s *Server) eachNeed(ctx context.Context, who identity.Actor, do func(k *register.RecordKind, rec register.Record, a match.Answer)) error {
	e, err := s.broker.Engine(ctx)
	if err != nil {
		return err
	}
	seen := map[string]int{} // by kind
	return s.broker.Waiting(ctx, func(k *register.RecordKind, rec register.Record) bool {
		if cut, whole, _ := rec.SeenBy(k, who); whole {
			seen[k.Name]++
			do(k, cut, e.Match(broker.NeedOf(k, cut), s.asker(who, nil), 5))
		}
		return seen[k.Name] < mostNeeds
	})
}

func (s *Server) waitingNeeds(ctx context.Context, who identity.Actor) ([]WaitingNeed, error) {
	out := []WaitingNeed{}
	err := s.eachNeed(ctx, who, func(_ *register.RecordKind, rec register.Record, a match.Answer) {
		w := WaitingNeed{Record: rec.ID, Title: rec.Name, Owner: rec.Owner, Matches: []MatchView{}}
		for _, m := range a.Matches {
			if v := matchView(m); m.Level >= related {
				v.Fresh = v.Record > rec.ID // ids sort by the time at which they were made
				w.Matches = append(w.Matches, v)
			}
		}
		out = append(out, w)
	})
	return out, err
}

func (s *Server) plan(ctx context.Context, who identity.Actor, r PlanRequest) ([]Planned, error) {
	var pairs []match.Pairing
	titles := map[string]string{}
	err := s.eachNeed(ctx, who, func(_ *register.RecordKind, rec register.Record, a match.Answer) {
		titles[rec.ID] = rec.Name
		for _, m := range a.Matches {
			titles[m.Offer.ID] = m.Offer.Title
			party := m.Offer.Party
			if party == "" {
				party = m.Offer.ID
			}
			pairs = append(pairs, match.Pairing{Need: rec.ID, Offer: m.Offer.ID, Party: party, Level: m.Level})
		}
	})
	if err != nil {
		return nil, err
	}
	planned, err := match.Plan(pairs, max(r.Each, 1), r.Capacity, related)
	slices.SortStableFunc(planned, func(a, b match.Pairing) int { return strings.Compare(b.Need, a.Need) }) // the newest need first
	return each(planned, func(p match.Pairing) Planned {
		return Planned{p.Need, titles[p.Need], p.Offer, titles[p.Offer], p.Level}
	}), err
}
