// Package match brings needs and offers together, in both directions, and says why. It advises: it writes nothing and asks no clock.
//
//	e := match.New(model, match.Weights{SameNode: 0.8})
//	e.Put(match.Offer{ID: "a1", Kind: "成果", Title: "金属波纹管疲劳试验装置", Node: "密封件"})
//	e.Learn()
//	a := e.Match(match.Need{Title: "低温阀门用波纹管寿命试验", Text: "……"}, match.Asker{Today: day}, 10)
//	a.Matches[0].Reasons // 都提到：波纹管、试验
//	a.Advice             // 请写明要达到的指标，如……
//
// Candidates come from the index (package index), their order from the judged model (package judge), corrected by what is known
// beyond words: the node of the chain, the field, the region, readiness. Finding what was said before is package twin, the search
// language package query, a city's own embedding endpoint package embed.
//
// What an asker may not see is in indexes that are not asked: it is not shown, not counted, and moves no statistic. Vocabulary and
// vectors are learnt from what everybody may see.
package match

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/match/index"
	"kechuang/internal/match/judge"
)

// Offer is an achievement, a team, an expert, a pilot base, an instrument, a facility or a fund.
type Offer struct {
	ID, Kind, Title, Text string
	Party                 string // who offers
	Node, Field, Region   string // of the chain, of technology, where; empty is unknown
	Ready                 int    // technology readiness 1 to 9; 0 is unknown
	Secrecy               int    // 0 is for everybody; higher ones for askers who are cleared as high
	Busy                  bool   // takes nothing new
	Expires               caldate.Date
	Conflicts             []string // parties with whom it may not be brought together
}

// Need of an enterprise, in its own words.
type Need struct {
	ID, Title, Text     string
	Party               string
	Node, Field, Region string
	Ready               int // readiness it wants at least; 0 is any
}

// Asker is for whom the matches are.
type Asker struct {
	Cleared int
	Today   caldate.Date
	Kinds   []string // of offers; none is all
}

// Weights are log-odds that facts add to what the words say; they are a pack's to set.
type Weights struct {
	SameNode, SameField, SameRegion float64
	LessReady                       float64 // for every level that is missing; negative
	Endpoint                        float64 // for a cosine that is 1 above the mean of the candidates
}

// Match is one offer for the need.
type Match struct {
	Offer   Offer
	Level   float64 // expected, 1 unrelated to 4 strong
	Shares  []Share // of every signal, the largest first
	Reasons []lang.Text
	Missing []lang.Text
}

// Share of a signal in the log-odds that the pair is related at all.
type Share struct {
	Signal string
	Value  float64
}

// Engine may be used from many goroutines, while it changes.
type Engine struct {
	model   *judge.Model
	weights Weights

	mu     sync.RWMutex // guards everything below
	offers map[string]Offer
	levels map[int]*index.Index // by secrecy
	room   *judge.Room
	words  []string
	same   *strings.Replacer // of words that mean the same; nil where none are known

	vectors Vectors              // of the city's own endpoint; nil where there is none
	nearby  map[string][]float32 // offer → its vector
}

// Vectors gives a vector of length 1 for every text, or an error: then the signal is off and everything else goes on.
type Vectors func(ctx context.Context, texts []string) ([][]float32, error)

// UseEndpoint switches the endpoint's signal on, before the first Learn. A text is only ever data to it.
func (e *Engine) UseEndpoint(v Vectors) { e.vectors = v }

// New engine without offers. Words are terms of the deployment: names of the register, nodes of chains, terms of the pack.
func New(model *judge.Model, weights Weights, words ...string) *Engine {
	return &Engine{model: model, weights: weights, offers: map[string]Offer{}, levels: map[int]*index.Index{}, words: words}
}

// Alike says which words mean the same: of each list the first is taken for all. Before the first Put.
func (e *Engine) Alike(lists [][]string) {
	var pairs [][2]string
	for _, list := range lists {
		for _, w := range list[min(1, len(list)):] {
			if w != "" && w != list[0] {
				pairs = append(pairs, [2]string{w, list[0]})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b [2]string) int { return cmp.Compare(len(b[0]), len(a[0])) }) // the longest word that fits
	var flat []string
	for _, p := range pairs {
		flat = append(flat, p[0], p[1])
	}
	e.same = strings.NewReplacer(flat...)
}

// plain is a text with one word for each that means the same.
func (e *Engine) plain(text string) string {
	if e.same == nil {
		return text
	}
	return e.same.Replace(text)
}

func (e *Engine) plainly(o Offer) Offer {
	o.Title, o.Text = e.plain(o.Title), e.plain(o.Text)
	return o
}

// Know further words, from the next Learn on.
func (e *Engine) Know(words ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.words = append(e.words, words...)
}

// Put an offer, or replace it. It can be found at once.
func (e *Engine) Put(o Offer) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if old, ok := e.offers[o.ID]; ok && old.Secrecy != o.Secrecy {
		e.levels[old.Secrecy].Delete(o.ID)
	}
	x := e.levels[o.Secrecy]
	if x == nil {
		x = index.New(index.Field{Name: "title", Weight: 3}, index.Field{Name: "text", Weight: 1}, index.Field{Name: "kind", Facet: true})
		e.levels[o.Secrecy] = x
	}
	x.Put(o.ID, []string{e.plain(o.Title), e.plain(o.Text), o.Kind})
	e.offers[o.ID] = o
}

// Delete an offer.
func (e *Engine) Delete(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if o, ok := e.offers[id]; ok {
		e.levels[o.Secrecy].Delete(id)
		delete(e.offers, id)
	}
}

// Learn vocabulary, rarity and vectors anew from what is public. It takes about a second for ten thousand offers; matches go on
// meanwhile with what was known.
func (e *Engine) Learn() {
	e.mu.RLock()
	var public []Offer
	for _, o := range e.offers {
		if o.Secrecy == 0 {
			public = append(public, o)
		}
	}
	words := slices.Clone(e.words)
	e.mu.RUnlock()
	slices.SortFunc(public, func(a, b Offer) int { return cmp.Compare(a.ID, b.ID) })
	var titles []string
	var texts []judge.Need
	for _, o := range public {
		titles = append(titles, e.plain(o.Title))
		if o.Text != "" {
			texts = append(texts, judge.Need{ID: o.ID, Content: e.plain(o.Text)})
		}
	}
	room := judge.NewRoom(e.model, texts, titles, words)
	nearby := e.embed(public)
	e.mu.Lock()
	e.room, e.nearby = room, nearby
	e.mu.Unlock()
}

// Answer to one need.
type Answer struct {
	Matches []Match
	Advice  []lang.Text // what the need should say and does not
	Triage  Triage
}

// candidates is how many offers are judged: beyond them words have nothing in common with the need.
const candidates = 60

// Match finds the offers for a need, at most limit.
func (e *Engine) Match(n Need, a Asker, limit int) Answer {
	if e.learnt() == nil {
		e.Learn()
	}
	out := Answer{Advice: Advise(n)}
	n.Title, n.Text = e.plain(n.Title), e.plain(n.Text)
	offers := e.find(n, a)
	titles := make([]string, len(offers))
	for i, o := range offers {
		titles[i] = e.plain(o.Title)
	}
	near := e.near(n, offers)
	for i, j := range e.learnt().Judge(judge.Need{ID: n.ID, Title: n.Title, Content: n.Text}, titles) {
		m := e.explain(n, e.plainly(offers[i]), j, near[offers[i].ID])
		if len(m.Reasons) == 0 && near[offers[i].ID] <= 0 {
			continue // nobody could say why
		}
		m.Offer = offers[i] // in its own words
		out.Matches = append(out.Matches, m)
	}
	slices.SortStableFunc(out.Matches, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(a.Offer.ID, b.Offer.ID))
	})
	out.Matches = out.Matches[:min(limit, len(out.Matches))]
	out.Triage = triage(n, out)
	return out
}

// embed asks the endpoint for the vectors of public offers; nil where it fails: what is secret is never sent.
func (e *Engine) embed(public []Offer) map[string][]float32 {
	if e.vectors == nil || len(public) == 0 {
		return nil
	}
	texts := make([]string, len(public))
	for i, o := range public {
		texts[i] = o.Title + "\n" + o.Text
	}
	ctx, cancel := context.WithTimeout(context.Background(), learnPatience)
	defer cancel()
	got, err := e.vectors(ctx, texts)
	if err != nil || len(got) != len(public) {
		return nil
	}
	out := map[string][]float32{}
	for i, o := range public {
		out[o.ID] = got[i]
	}
	return out
}

// How long the endpoint is waited for: while somebody types a need, and while everything is learnt.
const (
	matchPatience = 800 * time.Millisecond
	learnPatience = 5 * time.Minute
)

// near says for each offer how much closer to the need it is, by the endpoint's vectors, than the offers are on the mean; nothing where
// the endpoint does not answer.
func (e *Engine) near(n Need, offers []Offer) map[string]float64 {
	e.mu.RLock()
	nearby := e.nearby
	e.mu.RUnlock()
	if e.vectors == nil || nearby == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), matchPatience)
	defer cancel()
	got, err := e.vectors(ctx, []string{n.Title + "\n" + n.Text})
	if err != nil || len(got) != 1 {
		return nil
	}
	out, sum := map[string]float64{}, 0.0
	for _, o := range offers {
		if v := nearby[o.ID]; len(v) == len(got[0]) {
			dot := 0.0
			for i := range v {
				dot += float64(v[i]) * float64(got[0][i])
			}
			out[o.ID] = dot
			sum += dot
		}
	}
	for id := range out {
		out[id] -= sum / float64(len(out))
	}
	return out
}

// Learnt tells that vocabulary and vectors are there.
func (e *Engine) Learnt() bool { return e.learnt() != nil }

// Len is the number of offers.
func (e *Engine) Len() int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return len(e.offers)
}

func (e *Engine) learnt() *judge.Room {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.room
}

// find candidates in the indexes that the asker may see.
func (e *Engine) find(n Need, a Asker) []Offer {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var hits []index.Hit
	for level, x := range e.levels {
		if level > a.Cleared {
			continue
		}
		hits = append(hits, x.Search(index.Query{Like: n.Title + "\n" + n.Title + "\n" + n.Text, Keep: func(id string) bool { return fits(e.offers[id], n, a) }}, candidates).Hits...)
	}
	slices.SortFunc(hits, func(a, b index.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	var out []Offer
	for _, h := range hits[:min(candidates, len(hits))] {
		out = append(out, e.offers[h.ID])
	}
	return out
}

// fits says whether an offer may be brought together with the need at all.
func fits(o Offer, n Need, a Asker) bool {
	switch {
	case o.Busy,
		o.Expires != "" && o.Expires < a.Today,
		n.Party != "" && (o.Party == n.Party || slices.Contains(o.Conflicts, n.Party)),
		len(a.Kinds) > 0 && !slices.Contains(a.Kinds, o.Kind):
		return false
	}
	return true
}
