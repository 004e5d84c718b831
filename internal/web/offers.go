package web

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/match"
	"kechuang/internal/match/judge"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// matched is the match engine over what the register holds of offers. It is made on the first question and made again when it is older
// than matchedFor and something was committed since: matching is advice, and an offer that is a minute old may be missing from it.
type matched struct {
	mu      sync.Mutex // guards everything below; held while the engine is made, so that it is made once
	engine  *match.Engine
	made    time.Time
	commits int64
	model   *judge.Model // learnt from the deployment's own judgements; nil while there are too few
	learnt  int          // from so many
}

const matchedFor = time.Minute

// mostOffers is how many records are read into the engine; beyond it the newest are missed, and the engine must follow the register
// instead of being made again.
const mostOffers = 200_000

// Kinds of offers that are parties and not records.
const (
	expertOffer = "expert"
	teamOffer   = "team"
)

// cleared is the level of secrecy of what only those may see who read the register whole.
const cleared = 1

// weights are log-odds that facts beyond words add; they are this program's own (docs/decisions/0011-matching.md).
var weights = match.Weights{SameNode: 0.8, SameField: 0.4, SameRegion: 0.2, LessReady: -0.3, Endpoint: 3}

// offers is the engine over the records of kinds that are offers, with their public fields only, over experts, and over teams: parties
// with public results.
func (s *Server) offers(ctx context.Context) (*match.Engine, error) {
	s.matched.mu.Lock()
	defer s.matched.mu.Unlock()
	commits := s.db.Stats().Writes
	fresh := s.now().Sub(s.matched.made).Abs() < matchedFor || commits == s.matched.commits
	if s.matched.engine != nil && fresh {
		return s.matched.engine, nil
	}
	model, err := s.model(ctx)
	if err != nil {
		return nil, err
	}
	e := match.New(model, weights)
	if s.vectors != nil {
		e.UseEndpoint(s.vectors)
	}
	results := map[string][]string{} // party → titles of its public results
	read := 0
	for _, k := range s.register.Kinds() {
		if !k.Public || !k.Offers {
			continue
		}
		err := s.eachRecord(ctx, k, func(rec register.Record) bool {
			o := offerOf(k, rec)
			e.Put(o)
			if k.Rights && o.Party != "" {
				results[o.Party] = append(results[o.Party], o.Title)
			}
			read++
			return read < mostOffers
		})
		if err != nil {
			return nil, err
		}
	}
	if err := s.partyOffers(ctx, e, results); err != nil {
		return nil, err
	}
	e.Learn()
	s.matched.engine, s.matched.made, s.matched.commits = e, s.now(), commits
	return e, nil
}

// eachRecord visits the records of a kind, newest first, while do says so.
func (s *Server) eachRecord(ctx context.Context, k *register.RecordKind, do func(register.Record) bool) error {
	for after := ""; ; {
		list, next, err := s.register.SearchRecords(ctx, register.RecordQuery{Kind: k.Name, After: after, Limit: 200})
		if err != nil {
			return err
		}
		for _, rec := range list {
			if !do(rec) {
				return nil
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// partyOffers puts experts, whose expertise is for those only who read the register whole, and teams.
func (s *Server) partyOffers(ctx context.Context, e *match.Engine, results map[string][]string) error {
	for after := ""; ; {
		list, next, err := s.register.Search(ctx, "", "", after, 200)
		if err != nil {
			return err
		}
		for _, p := range list {
			switch titles := results[p.ID]; {
			case p.Kind == register.Person && p.Expert && len(p.Expertise) > 0:
				e.Put(match.Offer{ID: p.ID, Kind: expertOffer, Title: p.Name + "：" + strings.Join(p.Expertise, "、"), Party: p.ID, Region: p.Region, Secrecy: cleared})
			case p.Kind != register.Person && len(titles) > 1:
				slices.Sort(titles)
				e.Put(match.Offer{ID: p.ID, Kind: teamOffer, Title: p.Name, Text: strings.Join(titles, "\n"), Party: p.ID, Region: p.Region})
			}
		}
		if after = next; next == "" {
			return nil
		}
	}
}

// offerOf reads a record's public fields: its name is the title, its other texts and the names of its choices are the text; chain, field,
// district, trl and the day on which its kind runs out mean what they say wherever a kind has them.
func offerOf(k *register.RecordKind, rec register.Record) match.Offer {
	o := match.Offer{ID: rec.ID, Kind: k.Name}
	for i := range k.Fields {
		f := &k.Fields[i]
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
		case f.Name == k.Owner:
			o.Party = text
		case f.Name == "chain":
			o.Node = text
		case f.Name == "field":
			o.Field = text
		case f.Name == "district":
			o.Region = text
		case f.Name == k.Expires && f.Type == "date":
			o.Expires = caldate.Date(text)
		}
	}
	return o
}

// needOf reads a record that asks.
func needOf(k *register.RecordKind, rec register.Record) match.Need {
	o := offerOf(open(k), rec)
	return match.Need{ID: rec.ID, Title: o.Title, Text: o.Text, Party: o.Party, Node: o.Node, Field: o.Field, Region: o.Region, Ready: o.Ready}
}

// open is a kind with every field public: for reading what is not shown.
func open(k *register.RecordKind) *register.RecordKind {
	all := *k
	all.Fields = slices.Clone(k.Fields)
	for i := range all.Fields {
		all.Fields[i].Public = true
	}
	return &all
}

// enough is how many judgements of the deployment's own a model is learnt from; below, what ships serves better.
const enoughJudged = 300

// model is what ships, or with enough judgements of the deployment's own what was learnt from these. Learning takes minutes: it goes on
// beside, and the next engine has it.
func (s *Server) model(ctx context.Context) (*judge.Model, error) {
	shipped, err := judge.Shipped()
	if err != nil {
		return nil, err
	}
	needs, judged, err := s.judgements(ctx)
	if err != nil || len(judged) < enoughJudged {
		return shipped, err
	}
	if len(judged) > s.matched.learnt {
		s.matched.learnt = len(judged)
		go func() {
			learnt := judge.Train(needs, judged)
			s.matched.mu.Lock()
			defer s.matched.mu.Unlock()
			s.matched.model = learnt
		}()
	}
	if s.matched.model != nil {
		return s.matched.model, nil
	}
	return shipped, nil
}

// judgements are the records of kinds that judge pairs, with the needs that they speak of: outcomes of introductions.
func (s *Server) judgements(ctx context.Context) (needs []judge.Need, judged []judge.Pair, err error) {
	seen := map[string]bool{}
	for _, k := range s.register.Kinds() {
		if k.Judges == nil {
			continue
		}
		var records []register.Record
		err := s.eachRecord(ctx, k, func(rec register.Record) bool { records = append(records, rec); return len(records) < mostOffers })
		if err != nil {
			return nil, nil, err
		}
		err = s.db.Read(ctx, func(tx *store.Tx) error {
			for _, rec := range records {
				pair, need, ok, err := s.judgement(tx, k, rec)
				if err != nil {
					return err
				}
				if !ok {
					continue
				}
				judged = append(judged, pair)
				if !seen[need.ID] {
					seen[need.ID] = true
					needs = append(needs, need)
				}
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return needs, judged, nil
}

func (s *Server) judgement(tx *store.Tx, k *register.RecordKind, rec register.Record) (p judge.Pair, n judge.Need, ok bool, err error) {
	text := func(field string) (v string) {
		_ = json.Unmarshal(rec.Values[field], &v) // no text: there is no such pair
		return v
	}
	level, err := strconv.ParseFloat(text(k.Judges.Level), 64)
	if err != nil || level < 1 || level > 4 {
		return p, n, false, nil
	}
	rows, err := s.register.RecordRows(tx, []string{text(k.Judges.Need), text(k.Judges.Offer)})
	if err != nil || len(rows) != 2 {
		return p, n, false, err
	}
	need, offer := rows[0], rows[1]
	if need.ID != text(k.Judges.Need) {
		need, offer = offer, need
	}
	asks := s.register.Kind(need.Kind)
	if asks == nil {
		return p, n, false, nil
	}
	m := needOf(asks, need)
	return judge.Pair{ID: rec.ID, Achievement: offer.ID, Need: need.ID, Words: offer.Name, Level: level}, judge.Need{ID: m.ID, Title: m.Title, Content: m.Text}, true, nil
}
