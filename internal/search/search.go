// Package search finds anything that a person may see: parties, records of the register, cases, and the policy; and it proposes what was
// entered twice. It advises: it writes nothing.
//
//	f := search.New(db, reg, cases)
//	a, err := f.Search(ctx, actor, search.Query{Text: `类型:平台 级别:国家 "金属波纹管" 区:浑南`, Limit: 20})
//	for _, h := range a.Hits { fmt.Println(h.What, h.Title, h.Marks) }
//
// One index (package match/index, in memory) holds everything that can be found. It follows the tables by their marks: what this process
// or another commits is seen by the next search after at most a second, and what was changed while it was away when it starts again. While
// it is read for the first time, a search gives what is there already and says so.
//
// What an asker may not see is neither shown nor counted, and moves nothing. Each thing is in the index once for every audience that may
// read different words of it (guests read public fields, offices all); the audience is a condition like any other. The order of hits comes
// from the query and the hit alone (index.Query.Plain). There are no totals. What is shown has been asked again of whoever decides what
// may be seen (register.Record.SeenBy, casework's sight), because an index may be a second late.
package search

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/match/index"
	"kechuang/internal/match/query"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// The kinds of things that can be found.
const (
	Party  = "party"
	Record = "record"
	Case   = "case"
	Policy = "policy"
)

// Cases is what a search needs of casework.
type Cases interface {
	Seen() *policy.Pack
	CaseMarks(tx *store.Tx, after string, limit int) ([]store.Mark, error)
	CaseMarksSince(tx *store.Tx, micros int64) ([]store.Mark, error)
	CaseDocs(tx *store.Tx, ids []string) ([]casework.CaseDoc, error)
	CaseLines(tx *store.Tx, actor identity.Actor, ids []string) ([]casework.Item, error)
	ChairsOf(tx *store.Tx, actor identity.Actor) ([]string, error)
}

// Finder may be used from many goroutines.
type Finder struct {
	db       *store.DB
	register *register.Register
	cases    Cases
	index    *index.Index
	twice    twice

	mu      sync.Mutex // guards reading the tables into the index, and everything below
	sources []*source
	digest  string // of the pack whose policy is in the index
	same    atomic.Pointer[query.Synonyms]
	waking  store.Waking
	loaded  atomic.Bool
}

// New finder; nothing is read yet.
func New(db *store.DB, reg *register.Register, cases Cases) *Finder {
	f := &Finder{db: db, register: reg, cases: cases, index: index.New(
		index.Field{Name: "name", Weight: 8}, index.Field{Name: "also", Weight: 5}, index.Field{Name: "initials", Weight: 3, Cut: beginnings},
		index.Field{Name: "text", Weight: 1}, index.Field{Name: "is", Facet: true}, index.Field{Name: "for", Facet: true})}
	f.sources = []*source{f.parties(), f.records(), f.caseSource()}
	return f
}

// Decided says that somebody decided about a pair: what is proposed is compared anew.
func (f *Finder) Decided() { f.twice.stale() }

// Query is what is looked for.
type Query struct {
	Text  string
	What  string // "" is anything
	Kind  string // of party, or record
	Limit int
	Skip  int // so many of the best are on earlier pages
}

// Hit is one thing that was found.
type Hit struct {
	What      string    `json:"what" enum:"party,record,case,policy"`
	ID        string    `json:"id"`
	Kind      string    `json:"kind,omitempty"`
	KindTitle lang.Text `json:"kindTitle"`
	Title     string    `json:"title"`
	Marks     []Mark    `json:"marks"`          // where the title has the words
	Text      string    `json:"text,omitempty"` // a piece around the words, where the title has none of them
	TextMarks []Mark    `json:"textMarks"`
	Note      string    `json:"note,omitempty"` // whose it is, or how it stands

	Record *register.Record `json:"-"` // cut to what the asker may see
	Party  *register.Party  `json:"-"`
	Case   *casework.Item   `json:"-"`
}

// Mark is a stretch of a text, in units of UTF-16 as browsers count.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Answer to a query.
type Answer struct {
	Hits     []Hit       `json:"hits"`
	More     bool        `json:"more"`
	Notes    []lang.Text `json:"notes"`    // what of the query was not understood
	Building bool        `json:"building"` // the index is being read: there may be more
}

// Search gives the best hits that the actor may see.
func (f *Finder) Search(ctx context.Context, actor identity.Actor, q Query) (Answer, error) {
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	building, err := f.follow(ctx)
	if err != nil {
		return Answer{}, err
	}
	v := f.vocabulary()
	parsed := f.parse(q.Text, v)
	a := Answer{Hits: []Hit{}, Notes: append([]lang.Text{}, parsed.Notes...), Building: building}
	ask, notes, err := f.question(ctx, actor, q, parsed, v)
	a.Notes = append(a.Notes, notes...)
	if err != nil || ask == nil {
		return a, err
	}
	err = f.db.Read(ctx, func(tx *store.Tx) error {
		a.Hits, a.More, err = f.page(tx, actor, q, parsed, *ask, v)
		return err
	})
	return a, err
}

// All gives every hit that the actor may see, at most limit, for taking away.
func (f *Finder) All(ctx context.Context, actor identity.Actor, q Query, each func(tx *store.Tx, h Hit) error) error {
	if _, err := f.follow(ctx); err != nil {
		return err
	}
	v := f.vocabulary()
	parsed := f.parse(q.Text, v)
	ask, _, err := f.question(ctx, actor, q, parsed, v)
	if err != nil {
		return err
	}
	found := f.index.Search(*ask, q.Limit).Hits
	return f.db.Read(ctx, func(tx *store.Tx) error {
		seen := map[string]bool{}
		for part := range slices.Chunk(found, 200) {
			shown, err := f.show(tx, actor, part, parsed, v)
			if err != nil {
				return err
			}
			for _, h := range shown {
				if seen[h.What+" "+h.ID] {
					continue
				}
				seen[h.What+" "+h.ID] = true
				if err := each(tx, h); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// mostIDs is how many hits an export holds.
const mostIDs = 1 << 20

// IDs gives the ids of everything that a query finds.
func (f *Finder) IDs(ctx context.Context, actor identity.Actor, what, kind, text string) (ids []string, err error) {
	err = f.All(ctx, actor, Query{Text: text, What: what, Kind: kind, Limit: mostIDs}, func(_ *store.Tx, h Hit) error {
		ids = append(ids, h.ID)
		return nil
	})
	return ids, err
}

// page reads hits, best first, until the page is full: some fall out, because an index may be late and a phrase must stand as it is.
func (f *Finder) page(tx *store.Tx, actor identity.Actor, q Query, p query.Parsed, ask index.Query, v *vocabulary) (hits []Hit, more bool, err error) {
	hits = []Hit{}
	const most = 4000 // looked at for one page
	seen, skipped := map[string]bool{}, 0
	for want := 2 * (q.Skip + q.Limit + 1); ; want *= 4 {
		found := f.index.Search(ask, min(want, most)).Hits
		hits, seen, skipped = []Hit{}, map[string]bool{}, 0
		for part := range slices.Chunk(found, 200) {
			shown, err := f.show(tx, actor, part, p, v)
			if err != nil {
				return nil, false, err
			}
			for _, h := range shown {
				key := h.What + " " + h.ID
				if seen[key] {
					continue
				}
				seen[key] = true
				if skipped < q.Skip {
					skipped++
					continue
				}
				if len(hits) == q.Limit {
					return hits, true, nil
				}
				hits = append(hits, h)
			}
		}
		if len(found) < min(want, most) || want >= most {
			return hits, false, nil
		}
	}
}

// parse understands what was typed; words that mean the same in the pack stand for each other.
func (f *Finder) parse(typed string, v *vocabulary) query.Parsed {
	p := query.Parse(typed, v.fields())
	if same := f.same.Load(); same != nil {
		p.Widen(*same)
	}
	return p
}

// audience is the marks by which the actor is let in, in the words of the index's field “for”.
func (f *Finder) audience(ctx context.Context, actor identity.Actor) ([]index.Facet, error) {
	names := []string{"public"}
	if !actor.Anonymous() {
		var chairs []string
		err := f.db.Read(ctx, func(tx *store.Tx) (err error) {
			chairs, err = f.cases.ChairsOf(tx, actor)
			return err
		})
		if err != nil {
			return nil, err
		}
		names = append(append(names, "members"), chairs...)
		if staff(actor) {
			names = append(names, "staff")
		} else {
			names = append(names, "guests")
		}
		if actor.Has(identity.RoleAuditor) {
			names = append(names, "auditors")
		}
	} else {
		names = append(names, "visitors")
	}
	out := make([]index.Facet, len(names))
	for i, n := range names {
		out[i] = index.Facet{Field: "for", Value: n}
	}
	return out, nil
}

// staff read the register whole.
func staff(a identity.Actor) bool {
	return len(a.Offices) > 0 || a.Has(identity.RoleRegister) || a.Has(identity.RoleAuditor)
}

// question makes the index's query; nil where nothing was asked.
func (f *Finder) question(ctx context.Context, actor identity.Actor, q Query, p query.Parsed, v *vocabulary) (*index.Query, []lang.Text, error) {
	who, err := f.audience(ctx, actor)
	if err != nil {
		return nil, nil, err
	}
	ask := &index.Query{Words: slices.Clone(p.Words), Others: p.Others, Not: p.Not, OneOf: [][]index.Facet{who}, Plain: true}
	if q.What != "" {
		ask.OneOf = append(ask.OneOf, []index.Facet{{Field: "is", Value: "what " + q.What}})
	}
	if q.Kind != "" {
		ask.OneOf = append(ask.OneOf, []index.Facet{{Field: "is", Value: "kind " + q.Kind}})
	}
	var notes []lang.Text
	for field, typed := range p.Facets {
		values, err := f.values(ctx, v, field, typed)
		if err != nil {
			return nil, nil, err
		}
		if len(values) == 0 {
			notes = append(notes, lang.T("“"+field+"”没有“"+typed+"”这一项", "“"+field+"” has no “"+typed+"”"))
			values = []index.Facet{{Field: "is", Value: "nothing is this"}}
		}
		ask.OneOf = append(ask.OneOf, values)
	}
	slices.SortFunc(notes, func(a, b lang.Text) int { return strings.Compare(a.ZH, b.ZH) })
	return ask, notes, nil
}
