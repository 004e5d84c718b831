package broker_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kechuang/internal/broker"
	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/match"
	"kechuang/internal/match/sample"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

func kinds() []register.RecordKind {
	text := func(name string, public bool) register.RecordField {
		return register.RecordField{Name: name, Title: lang.T(name, name), Type: "text", Public: public, Optional: name != "title"}
	}
	return []register.RecordKind{
		{Name: "offer", Title: lang.T("供给", "Offer"), Called: "title", Public: true, Offers: true, Fields: []register.RecordField{text("title", true), text("secret", false)}},
		{Name: "need", Title: lang.T("需求", "Need"), Called: "title", Asks: true, Owner: "asker", Expires: "until",
			Fields: []register.RecordField{text("title", false), {Name: "asker", Title: lang.T("需求方", "Asker"), Type: "party"}, {Name: "until", Title: lang.T("等到", "Until"), Type: "date", Optional: true}}},
	}
}

type room struct {
	testing.TB
	db  *store.DB
	reg *register.Register
}

func newRoom(t testing.TB, db *store.DB) room {
	reg := register.New(db, nil)
	reg.RegisterKinds(kinds())
	return room{t, db, reg}
}

var keeper = identity.Actor{Account: "acc_keeper", Name: "登记员", Roles: []string{identity.RoleRegister}, Scopes: []string{identity.ScopeRead, identity.ScopeAct}}

var keptBy = register.Source{Who: "登记员", From: register.FromPage, Verified: true}

func (r room) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r room) enter(kind string, values map[string]string) (rec register.Record) {
	r.Helper()
	raw := register.Values{}
	for k, v := range values {
		raw[k], _ = json.Marshal(v) // a string
	}
	r.must(r.db.Write(r.Context(), func(tx *store.Tx) (err error) {
		rec, err = r.reg.EnterRecord(tx, r.reg.Kind(kind), keptBy, "", raw)
		return err
	}))
	return rec
}

// asks gives the titles that a broker finds for a need.
func (r room) asks(b *broker.Broker, title string) (titles []string) {
	r.Helper()
	e, err := b.Engine(r.Context())
	r.must(err)
	for _, m := range e.Match(match.Need{Title: title}, match.Asker{Today: caldate.On(r.db.Now())}, 20).Matches {
		titles = append(titles, m.Offer.Title)
	}
	return titles
}

// TestFollows: what was committed before a question is in its answer, what was retired or changed is not, and a broker that starts anew, as
// after a kill, answers the same; what is not public is found by nobody.
func TestFollows(t *testing.T) {
	storetest.Each(t, []store.Migrations{register.Migrations}, func(t *testing.T, db *store.DB) {
		r := newRoom(t, db)
		b := broker.New(db, r.reg, nil, nil)
		if got := r.asks(b, "波纹管"); len(got) > 0 {
			t.Errorf("an empty register offers %v", got)
		}
		first := r.enter("offer", map[string]string{"title": "金属波纹管疲劳试验", "secret": "玄武岩纤维"})
		second := r.enter("offer", map[string]string{"title": "波纹管焊接"})
		if got := r.asks(b, "波纹管"); len(got) != 2 {
			t.Errorf("two offers, found %v", got)
		}
		if got := r.asks(b, "玄武岩纤维"); len(got) > 0 {
			t.Errorf("found by what is not public: %v", got)
		}
		r.must(db.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := r.reg.RetireRecord(tx, r.reg.Kind("offer"), keptBy, first.ID); err != nil {
				return err
			}
			_, err := r.reg.UpdateRecord(tx, r.reg.Kind("offer"), keptBy, second.ID, register.Values{"title": json.RawMessage(`"波纹管液压成形"`)}, true)
			return err
		}))
		want := []string{"波纹管液压成形"}
		if got := r.asks(b, "波纹管"); !slices.Equal(got, want) {
			t.Errorf("after a change and a retirement: %v", got)
		}
		if got := r.asks(broker.New(db, r.reg, nil, nil), "波纹管"); !slices.Equal(got, want) {
			t.Errorf("a broker that starts anew: %v", got)
		}
	})
}

// TestSynonyms: words that the pack calls the same find each other, and an offer keeps its own words.
func TestSynonyms(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), register.Migrations)
	r := newRoom(t, db)
	pack := &policy.Pack{Taxonomies: map[string]*policy.Taxonomy{"synonyms": {Codes: []policy.Code{
		{Code: "A", Title: lang.T("金属波纹管", "Bellows")}, {Code: "A1", Title: lang.T("膨胀节", "Expansion joint"), Parent: "A"}}}}}
	r.enter("offer", map[string]string{"title": "膨胀节焊接工艺"})
	for _, c := range []struct {
		pack *policy.Pack
		want []string
	}{{nil, nil}, {pack, []string{"膨胀节焊接工艺"}}} {
		if got := r.asks(broker.New(db, r.reg, func() *policy.Pack { return c.pack }, nil), "金属波纹管"); !slices.Equal(got, c.want) {
			t.Errorf("found %v, want %v", got, c.want)
		}
	}
}

// desk keeps what was told.
type desk struct {
	told  map[string]casework.Told
	texts []string
	now   func() time.Time
}

func (d *desk) Told(context.Context) (map[string]casework.Told, error) { return d.told, nil }
func (d *desk) Tell(_ context.Context, need, _, latest string, text lang.Text) error {
	d.told[need] = casework.Told{Latest: latest, At: d.now()}
	d.texts = append(d.texts, text.ZH)
	return nil
}

// TestAlert: a need is told of what came after it, of each offer once, at most once a day, and what was put off is told the next day.
func TestAlert(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), register.Migrations)
	r := newRoom(t, db)
	now := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	db.SetClock(func() time.Time { return now })
	var owner register.Party
	r.must(db.Write(t.Context(), func(tx *store.Tx) (err error) {
		owner, err = r.reg.Put(tx, keeper, register.Party{Kind: register.Person, Name: "李示例"})
		return err
	}))
	b, d := broker.New(db, r.reg, nil, nil), &desk{told: map[string]casework.Told{}, now: func() time.Time { return now }}
	offer := func(title string) {
		now = now.Add(time.Minute)
		r.enter("offer", map[string]string{"title": title})
	}
	alert := func(what string, want int, last string) {
		t.Helper()
		if _, err := b.Alert(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if len(d.texts) != want || want > 0 && !strings.Contains(d.texts[want-1], last) {
			t.Errorf("%s: told %q, want %d with %q last", what, d.texts, want, last)
		}
	}
	offer("金属波纹管疲劳试验方法")
	now = now.Add(time.Minute)
	r.enter("need", map[string]string{"title": "金属波纹管疲劳试验", "asker": owner.ID})
	r.enter("need", map[string]string{"title": "金属波纹管疲劳试验", "asker": owner.ID, "until": "2026-03-01"})
	alert("what was there before is no news", 0, "")
	offer("金属波纹管疲劳试验装置")
	offer("养殖饲料配方")
	alert("one fits, the other need is over", 1, "疲劳试验装置")
	if strings.Contains(d.texts[0], "饲料") || strings.Contains(d.texts[0], "试验方法") {
		t.Errorf("told of what does not fit or is old: %s", d.texts[0])
	}
	alert("nothing new", 1, "装置")
	offer("金属波纹管疲劳试验平台")
	alert("a second time on one day", 1, "装置")
	now = now.Add(24 * time.Hour)
	alert("the day after", 2, "疲劳试验平台")
	if strings.Contains(d.texts[1], "装置") {
		t.Errorf("told twice: %s", d.texts[1])
	}
}

// BenchmarkVisible is from the commit of an offer to the answer that has it, beside 10 000 others.
func BenchmarkVisible(b *testing.B) {
	db := storetest.Open(b, storetest.URL(b, store.SQLite), register.Migrations)
	r := newRoom(b, db)
	for i := 0; i < 10_000; i += 1000 {
		r.must(db.Write(context.Background(), func(tx *store.Tx) error {
			for j := range 1000 {
				raw, _ := json.Marshal(sample.Record(i + j).Title)
				if _, err := r.reg.EnterRecord(tx, r.reg.Kind("offer"), keptBy, "", register.Values{"title": raw}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	began := time.Now()
	br := broker.New(db, r.reg, nil, nil)
	r.asks(br, "波纹管")
	b.ReportMetric(time.Since(began).Seconds(), "first-s")
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		title := fmt.Sprintf("全新%d号波纹管", n)
		r.enter("offer", map[string]string{"title": title})
		b.StartTimer()
		if !slices.Contains(r.asks(br, title), title) {
			b.Fatalf("%s is not in the next answer", title)
		}
	}
}
