package register_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

func field(name, typ string) register.RecordField {
	return register.RecordField{Name: name, Title: lang.T(name, name), Type: typ, Optional: true}
}

// patents is a kind with a field of every type that a sheet can hold.
func patents() register.RecordKind {
	title, number, holder, status := field("title", "text"), field("number", "text"), field("holder", "party"), field("status", "choice")
	title.Optional, title.Public, title.Max = false, true, 80
	number.Ident = "patent_cn"
	status.Choices = []register.FieldChoice{{Value: "有效", Title: lang.T("有效", "In force")}, {Value: "失效", Title: lang.T("失效", "Lapsed")}}
	return register.RecordKind{Name: "patent", Title: lang.T("专利", "Patent"), Called: "title", Owner: "holder", Status: "status", Public: true, Unique: [][]string{{"number"}},
		Fields: []register.RecordField{title, number, holder, status, field("price", "money"), field("rate", "share"), field("pages", "count"),
			field("weight", "number"), field("granted", "date"), field("open", "flag")}}
}

func bans() register.RecordKind {
	why, who, acts := field("why", "text"), field("who", "party"), field("acts", "choice")
	acts.Choices = []register.FieldChoice{{Value: "apply", Title: lang.T("申请", "Apply")}, {Value: "apply+sign", Title: lang.T("申请和签约", "Apply and sign")}, {Value: "all", Title: lang.T("全部", "All")}}
	return register.RecordKind{Name: "ban", Title: lang.T("失信记录", "Ban"), Called: "why", Fields: []register.RecordField{why, who, acts, field("from", "date"), field("until", "date")},
		Bars: &register.RecordBars{Party: "who", Acts: "acts", From: "from", Until: "until"}}
}

func values(pairs ...any) register.Values {
	out := register.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		raw, err := json.Marshal(pairs[i+1])
		if err != nil {
			panic(err)
		}
		out[pairs[i].(string)] = raw
	}
	return out
}

func eachRecords(t *testing.T, fn func(t *testing.T, w *world, k *register.RecordKind)) {
	each(t, func(t *testing.T, w *world) {
		w.RegisterKinds([]register.RecordKind{patents(), bans()})
		fn(t, w, w.Kind("patent"))
	})
}

func (w *world) enter(k *register.RecordKind, src register.Source, v register.Values) (rec register.Record, err error) {
	err = w.db.Write(w.ctx, func(tx *store.Tx) error { rec, err = w.EnterRecord(tx, k, src, "", v); return err })
	return rec, err
}

func (w *world) update(k *register.RecordKind, src register.Source, id string, v register.Values, force bool) (rec register.Record, err error) {
	err = w.db.Write(w.ctx, func(tx *store.Tx) error { rec, err = w.UpdateRecord(tx, k, src, id, v, force); return err })
	return rec, err
}

func (w *world) claims(id string) (out []string) {
	w.t.Helper()
	w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
		out = nil
		list, err := w.Claims(tx, id)
		for _, c := range list {
			out = append(out, fmt.Sprintf("%s=%s %s %s", c.Field, c.Value, c.State, c.From))
		}
		return err
	}))
	return out
}

var (
	officer  = register.Source{Account: "acc_1", Who: "经办人", Office: "bureau", From: register.FromCase, Case: "case_1", Step: 3, Verified: true}
	imported = register.Source{Account: "acc_2", Who: "登记员", From: register.FromImport, Import: "imp_1"}
)

// TestRecordHistory: each field knows who said it, from where, and what stood before; the record says what stands.
func TestRecordHistory(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		rec, err := w.enter(k, officer, values("title", "波纹管", "price", 1_000_000))
		w.must(err)
		rec, err = w.update(k, imported, rec.ID, values("price", 1_000_000, "status", "有效"), false)
		w.must(err)
		rec, err = w.update(k, officer, rec.ID, values("price", 2_000_000, "status", nil), true)
		w.must(err)
		if rec.Revision != 3 || string(rec.Values["price"]) != "2000000" || rec.Values["status"] != nil || rec.Status != "" {
			t.Errorf("%+v", rec)
		}
		want := []string{"price=1000000 past case", `title="波纹管" stands case`, `status="有效" past import`, "price=2000000 stands case", "status=null stands case"}
		if got := w.claims(rec.ID); !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
}

// TestClaimsBeside: what contradicts a verified claim does not overwrite it; somebody decides, and both are kept.
func TestClaimsBeside(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		rec, err := w.enter(k, officer, values("title", "波纹管", "pages", 3))
		w.must(err)
		for _, n := range []int{4, 5} {
			if rec, err = w.update(k, imported, rec.ID, values("pages", n), false); err != nil || string(rec.Values["pages"]) != "3" {
				t.Fatalf("%v %v", err, rec.Values)
			}
		}
		settle := func(seq int64, take bool) error {
			return w.db.Write(w.ctx, func(tx *store.Tx) error { rec, err = w.Settle(tx, keeper, k, rec.ID, "pages", seq, take); return err })
		}
		w.must(settle(2, false))
		w.must(settle(3, true))
		if string(rec.Values["pages"]) != "5" {
			t.Errorf("%v", rec.Values)
		}
		w.refused(settle(3, true), "register.no_claim")
		want := []string{"pages=3 past case", `title="波纹管" stands case`, "pages=4 refused import", "pages=5 stands import"}
		if got := w.claims(rec.ID); !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
		err = w.db.Write(w.ctx, func(tx *store.Tx) error {
			_, err := w.Settle(tx, identity.Actor{Account: "x"}, k, rec.ID, "pages", 1, true)
			return err
		})
		w.refused(err, "register.forbidden")
	})
}

// TestRecordUnique: a number is registered once; a retired record gives it free.
func TestRecordUnique(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		number := ident.PatentWithCheck("202110123456")
		rec, err := w.enter(k, officer, values("title", "甲", "number", number))
		w.must(err)
		_, err = w.enter(k, officer, values("title", "乙", "number", number))
		w.refused(err, "register.record_taken")
		if l := refusal.Of(err); l[0].Field != "number" || !strings.Contains(l[0].Text.ZH, "甲") {
			t.Error(l)
		}
		w.must(w.db.Write(w.ctx, func(tx *store.Tx) error {
			again, err := w.RenewRecord(tx, k, officer, "", values("title", "丙", "number", number))
			if again.ID != rec.ID || again.Name != "丙" {
				t.Errorf("renewed %s as %s, was %s", again.ID, again.Name, rec.ID)
			}
			other, err2 := w.RenewRecord(tx, k, officer, "", values("title", "丁", "number", ident.PatentWithCheck("202110123499")))
			if other.ID == rec.ID {
				t.Error("another number renews the same record")
			}
			_, err3 := w.RenewRecord(tx, k, officer, "", values("title", "甲", "number", number))
			return errors.Join(err, err2, err3)
		}))
		_, err = w.enter(k, officer, values("title", "乙", "number", "202110123456.0"))
		w.refused(err, "register.field")
		w.must(w.db.Write(w.ctx, func(tx *store.Tx) error { _, err := w.RetireRecord(tx, k, officer, rec.ID); return err }))
		_, err = w.enter(k, officer, values("title", "乙", "number", number))
		w.must(err)
		_, err = w.update(k, officer, rec.ID, values("title", "丙"), true)
		w.refused(err, "register.retired")
	})
}

// TestRecordSearch finds by Chinese text, by number, by kind and by owner; a retired one is not found.
func TestRecordSearch(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		p := w.mustPut(firm(1, "甲公司"))
		number := ident.PatentWithCheck("202110123456")
		a, err := w.enter(k, officer, values("title", "高精度金属波纹管", "number", number, "holder", p.ID))
		w.must(err)
		_, err = w.enter(k, officer, values("title", "金属软管"))
		w.must(err)
		find := func(q register.RecordQuery) (names []string) {
			list, _, err := w.SearchRecords(w.ctx, q)
			w.must(err)
			for _, r := range list {
				names = append(names, r.Name)
			}
			return names
		}
		for _, c := range []struct {
			q    register.RecordQuery
			want []string
		}{
			{register.RecordQuery{Text: "波纹"}, []string{"高精度金属波纹管"}},
			{register.RecordQuery{Text: "金属"}, []string{"金属软管", "高精度金属波纹管"}},
			{register.RecordQuery{Text: number}, []string{"高精度金属波纹管"}},
			{register.RecordQuery{Owner: p.ID}, []string{"高精度金属波纹管"}},
			{register.RecordQuery{Kind: "ban"}, nil},
			{register.RecordQuery{}, []string{"金属软管", "高精度金属波纹管"}},
		} {
			if got := find(c.q); !slices.Equal(got, c.want) {
				t.Errorf("%+v: %v", c.q, got)
			}
		}
		w.must(w.db.Write(w.ctx, func(tx *store.Tx) error { _, err := w.RetireRecord(tx, k, officer, a.ID); return err }))
		if got := find(register.RecordQuery{Text: "波纹"}); len(got) > 0 {
			t.Error(got)
		}
	})
}

// TestBarred: a record bars a party from the acts it names, for its time.
func TestBarred(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, _ *register.RecordKind) {
		k := w.Kind("ban")
		p := w.mustPut(firm(1, "甲公司"))
		rec, err := w.enter(k, officer, values("why", "弄虚作假", "who", p.ID, "acts", "apply", "from", "2025-01-01", "until", "2025-12-31"))
		w.must(err)
		barred := func(act, day string) (yes bool) {
			w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
				_, _, yes, err = w.Barred(tx, p.ID, act, caldateOf(day))
				return err
			}))
			return yes
		}
		for day, want := range map[string]bool{"2024-12-31": false, "2025-01-01": true, "2025-12-31": true, "2026-01-01": false} {
			if barred("apply", day) != want {
				t.Error(day)
			}
		}
		if barred("pay", "2025-05-01") {
			t.Error("barred from what it does not name")
		}
		_, err = w.update(k, officer, rec.ID, values("acts", "apply+sign"), true)
		w.must(err)
		if !barred("apply", "2025-05-01") || !barred("sign", "2025-05-01") || barred("pay", "2025-05-01") {
			t.Error("a bar from two acts bars from both and from no other")
		}
		_, err = w.update(k, officer, rec.ID, values("until", nil, "acts", "all"), true)
		w.must(err)
		if !barred("pay", "2030-01-01") {
			t.Error("a bar without end ends")
		}
		w.must(w.db.Write(w.ctx, func(tx *store.Tx) error { _, err := w.RetireRecord(tx, k, officer, rec.ID); return err }))
		if barred("apply", "2025-05-01") {
			t.Error("a lifted bar bars")
		}
	})
}

// TestRecordSheetRoundTrip: what is exported goes in again and changes nothing, whatever the values.
func TestRecordSheetRoundTrip(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		p := w.mustPut(firm(1, "甲公司"))
		n := 0
		rapid.Check(t, func(t *rapid.T) {
			n++
			v := values("title", fmt.Sprintf("成果%d", n), "number", ident.PatentWithCheck(fmt.Sprintf("2021%d%07d", 1, n)), "holder", p.ID)
			some := func(name string, draw func() any) {
				if rapid.Bool().Draw(t, name+"?") {
					for f, raw := range values(name, draw()) {
						v[f] = raw
					}
				}
			}
			some("status", func() any { return rapid.SampledFrom([]string{"有效", "失效"}).Draw(t, "s") })
			some("price", func() any { return rapid.Int64Range(0, 1e14).Draw(t, "p") })
			some("rate", func() any { return rapid.Int64Range(0, 1e6).Draw(t, "r") })
			some("pages", func() any { return rapid.Int64Range(0, 1e9).Draw(t, "n") })
			some("weight", func() any { return rapid.SampledFrom([]string{"0.5", "12", "-3.25", "99.999999"}).Draw(t, "w") })
			some("granted", func() any { return rapid.SampledFrom([]string{"2020-02-29", "2025-06-30"}).Draw(t, "d") })
			some("open", func() any { return rapid.Bool().Draw(t, "o") })
			if _, err := w.enter(k, imported, v); err != nil {
				t.Fatal(err)
			}
		})
		for _, format := range []register.Format{register.CSV, register.XLSX} {
			var b bytes.Buffer
			w.must(w.Export(w.ctx, keeper, register.RecordSheet("patent"), "", format, &b))
			imp, err := w.NewImport(w.ctx, keeper, register.RecordSheet("patent"), "导出."+string(format), b.Bytes())
			w.must(err)
			w.must(w.RunImport(w.ctx, imp.ID))
			if imp = w.state(imp.ID); imp.Bad > 0 || imp.Good != int64(n) {
				t.Fatalf("%+v %v", imp, w.said(imp))
			}
			if said := w.said(imp); slices.ContainsFunc(said, func(s string) bool { return !strings.Contains(s, "不作修改") }) {
				t.Fatal(said[:min(len(said), 5)])
			}
		}
	})
}

// TestRecordImport enters, updates and refuses rows.
func TestRecordImport(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		p := w.mustPut(firm(1, "甲公司"))
		old, err := w.enter(k, officer, values("title", "旧成果", "number", ident.PatentWithCheck("202110000001"), "pages", 7))
		w.must(err)
		imp, err := w.NewImport(w.ctx, keeper, register.RecordSheet("patent"), "专利.csv", text(
			[]string{"title", "number", "holder", "price(万元)", "pages"},
			[]string{"新成果", "ZL" + ident.PatentWithCheck("202110000002"), "甲公司", "12.5", ""},
			[]string{"旧成果", ident.PatentWithCheck("202110000001"), "", "", "8"},
			[]string{"错号", "202110000003.9", "", "", ""},
			[]string{"无主", "", "没有的公司", "", ""},
			[]string{"重复", ident.PatentWithCheck("202110000002"), "", "", ""}))
		w.must(err)
		w.must(w.RunImport(w.ctx, imp.ID))
		imp = w.state(imp.ID)
		if imp.Good != 2 || imp.Bad != 3 {
			t.Fatalf("%+v %v", imp, w.said(imp))
		}
		imp = w.confirm(imp, true)
		if imp.Written != 2 {
			t.Fatalf("%+v %v", imp, w.said(imp))
		}
		list, _, err := w.SearchRecords(w.ctx, register.RecordQuery{Owner: p.ID})
		w.must(err)
		if len(list) != 1 || list[0].Name != "新成果" || string(list[0].Values["price"]) != "12500000" {
			t.Errorf("%+v", list)
		}
		if got := w.claims(old.ID); !slices.Contains(got, "pages=8 beside import") {
			t.Errorf("got %v", got)
		}
	})
}

// TestRecordSeen: what is public everyone reads; the rest is for the owner, offices and who keeps or audits the register.
func TestRecordSeen(t *testing.T) {
	k := patents()
	rec := register.Record{Kind: "patent", Owner: "party_1", Values: values("title", "甲", "price", 5)}
	for name, c := range map[string]struct {
		a     identity.Actor
		whole bool
	}{"owner": {identity.Actor{Account: "a", Parties: []identity.Member{{Party: "party_1"}}}, true}, "office": {identity.Actor{Account: "b", Offices: []string{"x"}}, true},
		"other": {identity.Actor{Account: "c"}, false}, "keeper": {keeper, true}} {
		cut, whole, seen := rec.SeenBy(&k, c.a)
		if !seen || whole != c.whole || (cut.Values["price"] != nil) != c.whole {
			t.Errorf("%s: %v %v %v", name, seen, whole, cut.Values)
		}
	}
	k.Public = false
	if _, _, seen := rec.SeenBy(&k, identity.Actor{Account: "c"}); seen {
		t.Error("a private kind is seen")
	}
}
