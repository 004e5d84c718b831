package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/store"
)

// Growth is how fast things are among so many cases. Medians, but for the speed of steps.
type Growth struct {
	Cases int64         `json:"cases"`
	Steps Speed         `json:"steps"`
	View  time.Duration `json:"view"` // one case page
	List  time.Duration `json:"list"` // the first page of an office that sits in every case
	Hall  time.Duration `json:"hall"` // the first page of the public hall
	Desk  time.Duration `json:"desk"` // of a client with few cases
}

// Grow fills the database with copies of one published case until there are at least so many, and measures again.
func (r *Ruler) Grow(ctx context.Context, cases int64, steps int) (g Growth, err error) {
	model, err := r.model(ctx)
	if err != nil {
		return g, err
	}
	for {
		if err := r.e.DB.Read(ctx, func(tx *store.Tx) error { g.Cases, err = caseCount(tx); return err }); err != nil {
			return g, err
		}
		if g.Cases >= cases {
			break
		}
		if err := r.e.DB.Write(ctx, func(tx *store.Tx) error { return double(tx, model, fmt.Sprintf("~%d", r.rounds)) }); err != nil {
			return g, err
		}
		r.rounds++
	}
	if g.Steps, err = r.Engine(ctx, steps); err != nil {
		return g, err
	}
	officer := identity.Actor{Account: "officer", Name: "经办人", Offices: []string{"bureau.cases"}}
	client := identity.Actor{Account: "client", Name: "客户", Parties: []identity.Member{{Party: r.parties[r.clients-1], Kind: "enterprise"}}}
	for _, m := range []struct {
		into *time.Duration
		do   func() error
	}{
		{&g.View, func() error { _, err := r.e.View(ctx, officer, model); return err }},
		{&g.List, func() error { _, _, err := r.e.List(ctx, officer, Query{}); return err }},
		{&g.Hall, func() error { _, _, err := r.e.Hall(ctx, HallQuery{Limit: 20}); return err }},
		{&g.Desk, func() error { _, err := r.e.Desk(ctx, client); return err }},
	} {
		if *m.into, err = median(11, m.do); err != nil {
			return g, err
		}
	}
	return g, nil
}

// model is a case that was published by the engine and is copied; it belongs to a party of its own, so that no client has a million.
func (r *Ruler) model(ctx context.Context) (string, error) {
	if r.copied != "" {
		return r.copied, nil
	}
	one, err := NewRuler(ctx, r.e.DB, 1)
	if err != nil {
		return "", err
	}
	if _, err := one.Engine(ctx, 4); err != nil {
		return "", err
	}
	poster := identity.Actor{Account: "model", Parties: []identity.Member{{Party: one.parties[0], Kind: "enterprise"}}}
	items, _, err := r.e.List(ctx, poster, Query{})
	if err != nil || len(items) != 1 {
		return "", fmt.Errorf("casework: the model case: %d found: %w", len(items), err)
	}
	r.copied = items[0].Case
	return r.copied, nil
}

func median(n int, do func() error) (time.Duration, error) {
	var all []time.Duration
	for range n {
		at := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		all = append(all, time.Since(at))
	}
	slices.Sort(all)
	return all[n/2], nil
}
