package web

import (
	"context"
	"math"
	"sync"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/match/twin"
)

// AlikeView is a case that says in other words what this one says: advice, on which nothing is written.
type AlikeView struct {
	casework.LinkView
	Share int    `json:"share" doc:"per cent of the shorter text that stands in the other"`
	Here  string `json:"here" doc:"the longest passage that overlaps, in this case"`
	There string `json:"there,omitempty" doc:"and in the other; empty for who may not read that case"`
}

// mostAlike is how many are shown.
const mostAlike = 5

// alikes keeps a finder of twins for each form that says by what its like is found. Each follows the database by what was filled last.
type alikes struct {
	mu    sync.Mutex // guards books
	books map[string]*alikeBook
}

type alikeBook struct {
	mu    sync.Mutex // guards all below; held while it follows
	find  *twin.Finder
	texts map[string]string // by case
	since int64
}

func (a *alikes) book(form casework.AlikeForm) *alikeBook {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := form.Mechanism + " " + form.Form
	if a.books == nil {
		a.books = map[string]*alikeBook{}
	}
	b := a.books[key]
	if b == nil {
		b = &alikeBook{texts: map[string]string{}}
		b.find = twin.New(func(id string) string { return b.texts[id] })
		a.books[key] = b
	}
	return b
}

// followPage is how many fillings are read at once.
const followPage = 5000

// follow reads what was filled since it was last asked.
func (b *alikeBook) follow(ctx context.Context, s *Server, f casework.AlikeForm) error {
	for {
		list, err := s.cases.FilledSince(ctx, f.Mechanism, f.Form, b.since, followPage)
		if err != nil {
			return err
		}
		for _, x := range list {
			if b.texts[x.Case] != x.Text {
				b.texts[x.Case] = x.Text
				b.find.Put(x.Case, x.Text)
			}
			b.since = max(b.since, x.At)
		}
		if len(list) < followPage {
			return nil
		}
	}
}

func (s *Server) alikeRoutes() {
	handle(s, route{method: "GET", path: "/api/bench", id: "bench", tell: "What waits for my judgement with reasons by clause, by deadline", access: signedIn},
		func(ctx context.Context, who identity.Actor, _ *none) (*reply[[]casework.BenchItem], error) {
			return answer(s.cases.Bench(ctx, who))
		})
	handle(s, route{method: "GET", path: "/api/cases/{id}/alike", id: "alike", tell: "Cases that say the same in other words, with the passages that overlap, for who examines the case", access: signedIn},
		func(ctx context.Context, who identity.Actor, in *caseInput) (*reply[[]AlikeView], error) {
			return answer(s.alike(ctx, who, in.ID))
		})
}

func (s *Server) alike(ctx context.Context, who identity.Actor, id string) ([]AlikeView, error) {
	forms, err := s.cases.AlikeForms(ctx, who, id)
	if err != nil {
		return nil, err
	}
	out := []AlikeView{}
	for _, f := range forms {
		found, err := s.twins(ctx, f, id)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, t := range found {
			ids = append(ids, t.ID)
		}
		cases, whole, err := s.cases.AlikeCases(ctx, who, ids)
		if err != nil {
			return nil, err
		}
		for i, t := range found {
			v := AlikeView{LinkView: cases[i], Share: int(math.Round(t.Share * 100)), Here: f.Text[t.Here.Start:t.Here.End]}
			if whole[t.ID] {
				v.There = t.text[t.There.Start:t.There.End]
			}
			out = append(out, v)
		}
	}
	return out, nil
}

// likeness is a twin with the text that it was found in.
type likeness struct {
	twin.Twin
	text string
}

// twins are other cases whose form of the same name says the same, most alike first.
func (s *Server) twins(ctx context.Context, f casework.AlikeForm, id string) (out []likeness, err error) {
	b := s.alikes.book(f)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.follow(ctx, s, f); err != nil {
		return nil, err
	}
	for _, t := range b.find.Find(f.Text, mostAlike+1) {
		if t.ID != id && len(out) < mostAlike {
			out = append(out, likeness{t, b.texts[t.ID]})
		}
	}
	return out, nil
}
