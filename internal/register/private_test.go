package register_test

import (
	"bytes"
	"strings"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// TestPrivateNumbers: a citizen's number is read by the person and the keepers only. It is in no export and found by nobody's search, and
// what is exported with it hidden comes back without changing it.
func TestPrivateNumbers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const number, hidden = "11010519491231002X", "110*************2X"
		name, person, id := field("name", "text"), field("person", "party"), field("identity", "text")
		name.Optional, id.Ident = false, "resident"
		w.RegisterKinds([]register.RecordKind{{Name: "talent", Title: lang.T("人才", "Talent"), Called: "name", Owner: "person", Public: true, Unique: [][]string{{"identity"}},
			Fields: []register.RecordField{name, person, id}}})
		k := w.Kind("talent")
		p := w.mustPut(register.Party{Kind: register.Person, Name: "王某"})
		rec, err := w.enter(k, imported, values("name", "王某", "person", p.ID, "identity", number))
		w.must(err)
		for who, c := range map[string]struct {
			a    identity.Actor
			want string
		}{
			"the person": {identity.Actor{Account: "a", Parties: []identity.Member{{Party: p.ID}}}, number}, "a keeper": {keeper, number},
			"an office": {identity.Actor{Account: "b", Offices: []string{"x"}}, hidden}, "an auditor": {identity.Actor{Account: "c", Roles: []string{identity.RoleAuditor}}, hidden},
			"anybody": {identity.Actor{Account: "d"}, ""},
		} {
			cut, _, _ := rec.SeenBy(k, c.a)
			if got := cut.Values.Text("identity"); got != c.want {
				t.Errorf("%s reads %q, not %q", who, got, c.want)
			}
			claim := register.Claim{Value: rec.Values["identity"]}.HiddenFrom(rec, k.Field("identity"), c.a)
			if whole := strings.Contains(string(claim.Value), number); whole != (c.want == number) {
				t.Errorf("%s reads %s in the history", who, claim.Value)
			}
		}
		if list, _, err := w.SearchRecords(w.ctx, register.RecordQuery{Text: number}); err != nil || len(list) > 0 {
			t.Errorf("found by its number: %v %v", list, err)
		}
		var out bytes.Buffer
		w.must(w.Export(w.ctx, keeper, register.RecordSheet("talent"), "", register.CSV, &out))
		if s := out.String(); strings.Contains(s, number) || !strings.Contains(s, hidden) {
			t.Errorf("exported: %s", s)
		}
		imp, err := w.NewImport(w.ctx, keeper, register.RecordSheet("talent"), "人才.csv", out.Bytes())
		w.must(err)
		w.must(w.RunImport(w.ctx, imp.ID))
		if imp = w.state(imp.ID); imp.Good != 1 || imp.Bad != 0 {
			t.Fatalf("%+v %v", imp, w.said(imp))
		}
		imp = w.confirm(imp, true)
		var now register.Record
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) (err error) { now, err = w.GetRecord(tx, rec.ID); return err }))
		if now.Values.Text("identity") != number {
			t.Errorf("after its own export came back: %s", now.Values["identity"])
		}
		if _, err := w.enter(k, imported, values("name", "冒名", "identity", number)); err == nil || strings.Contains(err.Error(), number) {
			t.Errorf("the same number twice: %v", err)
		}
	})
}
