package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/search"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// noCases is a city without cases.
type noCases struct{}

func (noCases) Seen() *policy.Pack { return nil }
func (noCases) CaseMarks(*store.Tx, string, int) ([]store.Mark, error) {
	return nil, nil
}
func (noCases) CaseMarksSince(*store.Tx, int64) ([]store.Mark, error)    { return nil, nil }
func (noCases) CaseDocs(*store.Tx, []string) ([]casework.CaseDoc, error) { return nil, nil }
func (noCases) CaseLines(*store.Tx, identity.Actor, []string) ([]casework.Item, error) {
	return nil, nil
}
func (noCases) ChairsOf(*store.Tx, identity.Actor) ([]string, error) { return nil, nil }

var keeper = identity.Actor{Account: "acc_keeper", Name: "登记员", Roles: []string{identity.RoleRegister}, Scopes: []string{identity.ScopeRead, identity.ScopeAct}}

func things() register.RecordKind {
	return register.RecordKind{Name: "thing", Title: lang.T("事物", "Thing"), Called: "title", Public: true,
		Fields: []register.RecordField{{Name: "title", Title: lang.T("名称", "Title"), Type: "text", Public: true}}}
}

func enter(t testing.TB, db *store.DB, reg *register.Register, title string) (rec register.Record) {
	t.Helper()
	raw, err := json.Marshal(title)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *store.Tx) (err error) {
		rec, err = reg.EnterRecord(tx, reg.Kind("thing"), register.Source{Who: "登记员", From: register.FromPage, Verified: true}, "", register.Values{"title": raw})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func found(t testing.TB, f *search.Finder, q string) int {
	t.Helper()
	a, err := f.Search(context.Background(), keeper, search.Query{Text: q, Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return len(a.Hits)
}

// TestFollows: what was committed before a search is found by it, what was retired is not; a finder that starts anew, as after a kill, and
// one of another process find the same; and one that is asked while it reads gives a part of the truth and never more.
func TestFollows(t *testing.T) {
	storetest.Each(t, []store.Migrations{register.Migrations}, func(t *testing.T, db *store.DB) {
		reg := register.New(db, nil)
		reg.RegisterKinds([]register.RecordKind{things()})
		f := search.New(db, reg, noCases{})
		if err := f.Load(t.Context()); err != nil { // the first search waits for it only a moment
			t.Fatal(err)
		}
		var last register.Record
		for i := range 60 {
			last = enter(t, db, reg, fmt.Sprintf("金属波纹管 %d", i))
			if n := found(t, f, "波纹管"); n != i+1 {
				t.Fatalf("%d of %d are found at once", n, i+1)
			}
		}
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := reg.RetireRecord(tx, reg.Kind("thing"), register.Source{Who: "登记员", From: register.FromPage}, last.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := found(t, f, "波纹管"); n != 59 {
			t.Errorf("%d are found after one of 60 was retired", n)
		}
		anew := search.New(db, reg, noCases{})
		if err := anew.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := found(t, anew, "波纹管"); n != 59 {
			t.Errorf("a finder that starts anew finds %d", n)
		}
	})
}

// TestAskedWhileRead: many ask while the index is read for the first time and while others write.
func TestAskedWhileRead(t *testing.T) {
	storetest.Each(t, []store.Migrations{register.Migrations}, func(t *testing.T, db *store.DB) {
		reg := register.New(db, nil)
		reg.RegisterKinds([]register.RecordKind{things()})
		const many = 120
		for i := range many {
			enter(t, db, reg, fmt.Sprintf("低温阀门 %d", i))
		}
		f := search.New(db, reg, noCases{})
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				for range 20 {
					a, err := f.Search(t.Context(), keeper, search.Query{Text: "低温阀门", Limit: 200})
					if err != nil || len(a.Hits) > many || len(a.Hits) < many && !a.Building {
						t.Errorf("%d hits, building %v: %v", len(a.Hits), a.Building, err)
						return
					}
				}
			})
		}
		group.Go(func() {
			for i := range 20 {
				enter(t, db, reg, fmt.Sprintf("另一种东西 %d", i))
			}
		})
		group.Wait()
		if n := found(t, f, "另一种东西"); n != 20 {
			t.Errorf("%d of 20 that were written meanwhile are found", n)
		}
	})
}

// TestBadQueries: nothing that somebody types breaks a search.
func TestBadQueries(t *testing.T) {
	storetest.Each(t, []store.Migrations{register.Migrations}, func(t *testing.T, db *store.DB) {
		reg := register.New(db, nil)
		reg.RegisterKinds([]register.RecordKind{things()})
		f := search.New(db, reg, noCases{})
		for _, q := range []string{"", " ", ":", "类型:", ":平台", "\x00", "\xff", "-", "--波", "“", "类型:平台 类型:成果", "名称:%'\"", "🙂", "a:b:c", "类型:“"} {
			if _, err := f.Search(t.Context(), keeper, search.Query{Text: q}); err != nil {
				t.Errorf("%q: %v", q, err)
			}
			f.Suggest(q)
		}
	})
}
