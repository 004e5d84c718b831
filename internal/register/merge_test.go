package register_test

import (
	"slices"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

func (w *world) mergeParties(stays, goes string) (p register.Party, err error) {
	err = w.db.Write(w.ctx, func(tx *store.Tx) error {
		p, err = w.MergeParties(tx, keeper, stays, goes, "营业执照为同一份")
		return err
	})
	return p, err
}

func (w *world) mergeRecords(stays, goes string) (rec register.Record, err error) {
	err = w.db.Write(w.ctx, func(tx *store.Tx) error {
		rec, err = w.MergeRecords(tx, keeper, stays, goes, "专利号相同")
		return err
	})
	return rec, err
}

// TestMergeParties: the one that stays takes names, people, records, ties and bars; the id that went reads as the other everywhere, and
// goes on doing so when the one that stays goes into a third.
func TestMergeParties(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		a, b := w.mustPut(firm(1, "沈阳波纹管有限公司")), firm(2, "沈阳波纹管股份公司")
		b.USCC, b.Kind, b.Phone, b.Aliases = "", register.Other, "024-88886666", []string{"沈波"}
		b = w.mustPut(b)
		expert := w.mustPut(register.Party{Kind: register.Person, Name: "王工", Employer: b.ID})
		other := w.mustPut(firm(3, "沈阳阀门有限公司"))
		rec, err := w.enter(k, officer, values("title", "波纹管成形方法", "holder", b.ID))
		w.must(err)
		_, err = w.enter(w.Kind("ban"), officer, values("why", "数据造假", "who", b.ID, "acts", "apply", "from", "2025-01-01"))
		w.must(err)
		w.must(w.db.Write(w.ctx, func(tx *store.Tx) error {
			_, err := w.Declare(tx, keeper, register.Tie{Kind: register.Shareholding, A: b.ID, B: other.ID})
			return err
		}))

		merged, err := w.mergeParties(a.ID, b.ID)
		w.must(err)
		if merged.ID != a.ID || merged.Phone != b.Phone || !slices.Equal(merged.Aliases, []string{"沈阳波纹管股份公司", "沈波"}) {
			t.Fatalf("%+v", merged)
		}
		for _, q := range []string{"沈波", "波纹管股份", b.ID} {
			if got := w.search(q); q != b.ID && !slices.Equal(got, []string{a.Name}) {
				t.Errorf("%s finds %v", q, got)
			}
		}
		last := w.mustPut(firm(4, "沈阳新波纹管有限公司"))
		last.USCC = ""
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			p, err := w.Get(tx, b.ID)
			if err != nil || p.ID != a.ID || p.Deleted {
				t.Errorf("the old id gives %+v, %v", p, err)
			}
			if e, _ := w.Get(tx, expert.ID); e.Employer != a.ID {
				t.Errorf("the expert works for %s", e.Employer)
			}
			if r, _ := w.GetRecord(tx, rec.ID); r.Owner != a.ID {
				t.Errorf("the record is %s's", r.Owner)
			}
			for _, id := range []string{a.ID, b.ID} {
				if _, _, barred, err := w.Barred(tx, id, "apply", "2025-06-30"); err != nil || !barred {
					t.Errorf("%s is not barred any more: %v", id, err)
				}
				if _, related, err := w.Related(tx, id, other.ID); err != nil || !related {
					t.Errorf("%s is not tied to the other any more: %v", id, err)
				}
				if _, related, err := w.Related(tx, expert.ID, id); err != nil || !related {
					t.Errorf("the expert is not tied to %s: %v", id, err)
				}
			}
			ids, err := w.KnownAs(tx, b.ID)
			if err != nil || !slices.Equal(ids, []string{a.ID, b.ID}) {
				t.Errorf("known as %v, %v", ids, err)
			}
			return nil
		}))
		_, err = w.put(keeper, register.Party{ID: b.ID, Kind: b.Kind, Name: "改名", Revision: b.Revision})
		w.refused(err, "register.merged")
	})
}

// TestMergeRefused names what cannot be one.
func TestMergeRefused(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		a, b := w.mustPut(firm(1, "甲公司")), w.mustPut(firm(2, "乙公司"))
		unit := w.mustPut(register.Party{Kind: register.Other, Name: "甲公司研究院", Parent: a.ID})
		person := w.mustPut(register.Party{Kind: register.Person, Name: "王工"})
		for _, c := range []struct{ stays, goes, id string }{
			{a.ID, b.ID, "register.merge.codes"}, {a.ID, a.ID, "register.merge.parties"}, {a.ID, unit.ID, "register.merge.parties"},
			{unit.ID, a.ID, "register.merge.parties"}, {a.ID, person.ID, "register.merge.parties"}, {a.ID, "party_none", "register.none"},
		} {
			_, err := w.mergeParties(c.stays, c.goes)
			w.refused(err, c.id)
		}
		err := w.db.Write(w.ctx, func(tx *store.Tx) error {
			_, err := w.MergeParties(tx, identity.Actor{Account: "acc_x", Offices: []string{"bureau.leaders"}}, a.ID, unit.ID, "像")
			return err
		})
		w.refused(err, "register.forbidden")
		w.HoldsIn(func(_ *store.Tx, id string) (*refusal.Refusal, error) {
			return refusal.New(refusal.Conflict, "test.holds", lang.T("持有股权", "holds shares")), nil
		})
		copied := firm(1, "甲 公司")
		copied.USCC, copied.Kind = "", register.Other
		copied = w.mustPut(copied)
		_, err = w.mergeParties(a.ID, copied.ID)
		w.refused(err, "test.holds")
		err = w.db.Write(w.ctx, func(tx *store.Tx) error { return w.MarkDistinct(tx, keeper, a.ID, b.ID, " ") })
		w.refused(err, "register.merge.reason")
	})
}

// TestMergeRecords: what one lacks is taken, what both say differently waits for a decision, and the old id and number find the one
// that stays.
func TestMergeRecords(t *testing.T) {
	eachRecords(t, func(t *testing.T, w *world, k *register.RecordKind) {
		a, err := w.enter(k, officer, values("title", "波纹管成形方法", "price", 1_000_000))
		w.must(err)
		b, err := w.enter(k, imported, values("title", "一种波纹管成形方法", "number", "202110123456.7", "pages", 12))
		w.must(err)
		rec, err := w.mergeRecords(a.ID, b.ID)
		w.must(err)
		if rec.ID != a.ID || string(rec.Values["pages"]) != "12" || rec.Name != "波纹管成形方法" {
			t.Fatalf("%+v", rec)
		}
		if got := w.claims(a.ID); !slices.Contains(got, `title="一种波纹管成形方法" beside import`) || !slices.Contains(got, `pages=12 stands import`) {
			t.Errorf("%v", got)
		}
		_, err = w.enter(k, imported, values("title", "又一份", "number", "202110123456.7"))
		w.refused(err, "register.record_taken")
		list, _, err := w.SearchRecords(w.ctx, register.RecordQuery{Text: "202110123456"})
		if err != nil || len(list) != 1 || list[0].ID != a.ID {
			t.Errorf("the number finds %+v, %v", list, err)
		}
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			if got, err := w.GetRecord(tx, b.ID); err != nil || got.ID != a.ID {
				t.Errorf("the old id gives %+v, %v", got, err)
			}
			return nil
		}))
		_, err = w.update(k, officer, b.ID, values("price", 2_000_000), true) // a case that speaks of the old id
		w.must(err)
		c, err := w.enter(k, officer, values("title", "第三份"))
		w.must(err)
		_, err = w.mergeRecords(c.ID, a.ID)
		w.must(err)
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			if got, err := w.GetRecord(tx, b.ID); err != nil || got.ID != c.ID {
				t.Errorf("after a second merge the oldest id gives %+v, %v", got, err)
			}
			return nil
		}))
	})
}

// TestWork: what runs out, what nobody stands for, who claims a record, and what names a party.
func TestWork(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kind := patents()
		kind.Expires = "granted"
		w.RegisterKinds([]register.RecordKind{kind})
		k := w.Kind("patent")
		a, b := w.mustPut(firm(1, "甲公司")), w.mustPut(firm(2, "乙公司"))
		for i, day := range []string{"2025-07-01", "2025-05-01", "2027-01-01", ""} {
			v := values("title", "专利"+string(rune('一'+i)), "holder", a.ID)
			if day != "" {
				v["granted"] = values("x", day)["x"]
			}
			_, err := w.enter(k, []register.Source{officer, imported}[i%2], v)
			w.must(err)
		}
		due, next, err := w.Expiring(w.ctx, "", "2025-12-31", "", 1)
		if err != nil || len(due) != 1 || due[0].Day != "2025-05-01" || next == "" {
			t.Fatalf("%+v %q %v", due, next, err)
		}
		rest, next, err := w.Expiring(w.ctx, "patent", "2025-12-31", next, 10)
		if err != nil || len(rest) != 1 || rest[0].Day != "2025-07-01" || next != "" {
			t.Errorf("%+v %q %v", rest, next, err)
		}
		open, _, err := w.Unverified(w.ctx, "", "", 10)
		if err != nil || len(open) != 2 {
			t.Fatalf("%d records have a field nobody stands for: %v", len(open), err)
		}
		w.must(w.db.Write(w.ctx, func(tx *store.Tx) error { return w.Verify(tx, keeper, open[0].ID, open[0].Revision) }))
		if open, _, err = w.Unverified(w.ctx, "", "", 10); err != nil || len(open) != 1 {
			t.Errorf("%d after one was verified: %v", len(open), err)
		}
		_, _, counts, err := w.Naming(w.ctx, a.ID, "", "", 10)
		if err != nil || counts["patent"] != 4 {
			t.Errorf("%v %v", counts, err)
		}
		owner := identity.Actor{Account: "acc_b", Name: "乙公司经办人", Parties: []identity.Member{{Party: b.ID, Role: "agent"}}, Scopes: []string{identity.ScopeRead, identity.ScopeAct}}
		claim := func(a identity.Actor, id, party string) error {
			return w.db.Write(w.ctx, func(tx *store.Tx) error { _, err := w.ClaimOwner(tx, a, id, party, "受让所得"); return err })
		}
		w.must(claim(owner, due[0].ID, b.ID))
		w.refused(claim(owner, due[0].ID, b.ID), "register.owner.waits")
		w.refused(claim(owner, due[0].ID, a.ID), "register.owner.not_yours")
		w.must(w.db.Write(w.ctx, func(tx *store.Tx) error {
			list, err := w.Contested(tx, 10)
			if err != nil || len(list) != 1 || list[0].Reason != "受让所得" {
				t.Fatalf("%+v %v", list, err)
			}
			rec, err := w.Settle(tx, keeper, k, due[0].ID, list[0].Field, list[0].Seq, true)
			if rec.Owner != b.ID {
				t.Errorf("%+v", rec)
			}
			return err
		}))
	})
}
