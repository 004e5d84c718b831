package web

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/match"
	"kechuang/internal/match/judge"
	"kechuang/internal/register"
)

type (
	// NeedText is a need as it is typed.
	NeedText struct {
		Title string `json:"title" maxLength:"200"`
		Text  string `json:"text,omitempty" maxLength:"50000"`
		Field string `json:"field,omitempty" doc:"code of the technology field"`
		Chain string `json:"chain,omitempty" doc:"code of the industry chain"`
		Ready int    `json:"ready,omitempty" minimum:"0" maximum:"9" doc:"technology readiness that is wanted at least"`
	}
	// MatchView is one record of the register that may answer the need, and why.
	MatchView struct {
		Record  string      `json:"record"`
		Kind    string      `json:"kind"`
		Title   string      `json:"title"`
		Level   float64     `json:"level" doc:"expected level: 4 strong to 1 unrelated"`
		Shares  []ShareView `json:"shares" doc:"what each signal did to it, the largest first"`
		Reasons []lang.Text `json:"reasons"`
		Missing []lang.Text `json:"missing"`
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
)

// matched is the match engine over what the register tells everybody. It is made on the first question and made again when it is
// older than matchedFor: matching is advice, and a record that is a minute old may be missing from it.
type matched struct {
	mu     sync.Mutex // guards both below; held while the engine is made, so that it is made once
	engine *match.Engine
	made   time.Time
}

const matchedFor = time.Minute

// mostOffers is how many records are read into the engine; beyond it the newest are missed, and the engine must follow the register
// instead of being made again.
const mostOffers = 200_000

// matchRoutes bring needs and offers together.
func (s *Server) matchRoutes() {
	handle(s, route{method: "POST", path: "/api/match", id: "match", tell: "Which public records of the register may answer a need, and why; what the need should say", access: signedIn},
		func(ctx context.Context, _ identity.Actor, in *struct{ Body NeedText }) (*reply[MatchAnswer], error) {
			e, err := s.offers(ctx)
			if err != nil {
				return nil, err
			}
			n := match.Need{Title: in.Body.Title, Text: in.Body.Text, Field: in.Body.Field, Node: in.Body.Chain, Ready: in.Body.Ready}
			a := e.Match(n, match.Asker{Today: caldate.On(s.now())}, 10)
			out := MatchAnswer{Advice: a.Advice, Path: a.Triage.Path, Why: a.Triage.Why, Matches: []MatchView{}}
			for _, m := range a.Matches {
				v := MatchView{Record: m.Offer.ID, Kind: m.Offer.Kind, Title: m.Offer.Title, Level: m.Level, Reasons: m.Reasons, Missing: m.Missing}
				for _, share := range m.Shares {
					v.Shares = append(v.Shares, ShareView(share))
				}
				out.Matches = append(out.Matches, v)
			}
			return answer(out, nil)
		})
}

// offers is the engine over all records of public kinds that have rights, for that is what can be licensed or assigned; with their
// public fields only.
func (s *Server) offers(ctx context.Context) (*match.Engine, error) {
	s.matched.mu.Lock()
	defer s.matched.mu.Unlock()
	if s.matched.engine != nil && s.now().Sub(s.matched.made).Abs() < matchedFor {
		return s.matched.engine, nil
	}
	model, err := judge.Shipped()
	if err != nil {
		return nil, err
	}
	e := match.New(model, match.Weights{})
	read := 0
	for _, k := range s.register.Kinds() {
		for after := ""; k.Public && k.Rights && read < mostOffers; {
			list, next, err := s.register.SearchRecords(ctx, register.RecordQuery{Kind: k.Name, After: after, Limit: 200})
			if err != nil {
				return nil, err
			}
			for _, rec := range list {
				e.Put(offerOf(k, rec))
			}
			if read += len(list); next == "" {
				break
			}
			after = next
		}
	}
	e.Learn()
	s.matched.engine, s.matched.made = e, s.now()
	return e, nil
}

// offerOf reads a record's public fields: its name is the title, its other texts are the text; chain, field, trl and expires mean what
// they say wherever a kind has them.
func offerOf(k *register.RecordKind, rec register.Record) match.Offer {
	o := match.Offer{ID: rec.ID, Kind: k.Name}
	for _, f := range k.Fields {
		raw, ok := rec.Values[f.Name]
		if !ok || !f.Public {
			continue
		}
		var text string
		if json.Unmarshal(raw, &text) != nil {
			if f.Name == "trl" {
				_ = json.Unmarshal(raw, &o.Ready) // not a number: readiness is not known
			}
			continue
		}
		switch {
		case f.Name == k.Called:
			o.Title = text
		case f.Type == "text":
			o.Text += text + "\n"
		case f.Name == "chain":
			o.Node = text
		case f.Name == "field":
			o.Field = text
		case f.Name == "expires" && f.Type == "date":
			o.Expires = caldate.Date(text)
		}
	}
	return o
}
