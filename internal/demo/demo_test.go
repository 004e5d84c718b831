package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/chain"
	"kechuang/internal/demo"
	"kechuang/internal/figure"
	"kechuang/internal/figure/outside"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
	"kechuang/packs"
)

var sets = []store.Migrations{identity.Migrations, register.Migrations, ledger.Migrations, figure.Migrations, outside.Migrations, journal.Migrations, casework.Migrations, chain.Migrations}

func furnish(t *testing.T, db *store.DB) (demo.City, *ledger.Ledger, *journal.Journal) {
	t.Helper()
	key, err := journal.LoadKey(filepath.Join(t.TempDir(), "key"), "kechuang.test")
	if err != nil {
		t.Fatal(err)
	}
	led, jou, reg := ledger.New(), journal.New(db, key), register.New(db, nil)
	people := identity.New(db, reg, identity.Cheap)
	engine, err := casework.New(context.Background(), casework.Config{DB: db, Files: packs.Shenyang(), Register: reg, Ledger: led, Journal: jou,
		Facts: figure.New(), Hats: people.ActorOfAccount})
	if err != nil {
		t.Fatal(err)
	}
	return demo.City{DB: db, People: people, Register: reg, Cases: engine, Now: time.Now}, led, jou
}

// TestBuild builds the city on both engines: every tale stands where it was meant to, the books balance, and building again does nothing.
func TestBuild(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		c, led, jou := furnish(t, db)
		began := time.Now()
		made, err := demo.Build(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		if !made {
			t.Error("an empty city was not built")
		}
		t.Logf("built in %v", time.Since(began))
		auditor := identity.Actor{Account: "auditor", Roles: []string{identity.RoleAuditor}}
		items, _, err := c.Cases.List(ctx, auditor, casework.Query{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, i := range items {
			got[i.State.Name]++
		}
		want := map[string]int{"passed": 1, "exempted": 1, "recovering": 1, "running": 1, "announced": 1, "judging.scoring": 1, "no_taker": 1, "signing": 1, "accepting": 1, "open": 2, "submitted": 3,
			"waiting": 2, "performed": 1, "verified": 1, "planning": 1}
		for state, n := range want {
			if got[state] != n {
				t.Errorf("%d cases stand in %s, want %d; all: %v", got[state], state, n, got)
			}
		}
		session, err := c.People.SignIn(ctx, "qiye", demo.Password)
		if err != nil {
			t.Fatal(err)
		}
		mine, _, err := c.Cases.List(ctx, session.Actor, casework.Query{State: "draft"})
		if err != nil || len(mine) != 1 {
			t.Errorf("qiye has %d drafts, want 1 (%v)", len(mine), err)
		}
		if err := db.Read(ctx, led.Audit); err != nil {
			t.Error(err)
		}
		if _, err := jou.Seal(ctx); err != nil {
			t.Error(err)
		}
		if made, err := demo.Build(ctx, c); made || err != nil {
			t.Errorf("building again: made %v, %v", made, err)
		}
	})
}
