package web_test

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"kechuang/internal/exchange"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/web"
)

// TestTwoInstances: one city reads over HTTP what another lays open, what changed since, and what went; nothing that is not public
// crosses, and nothing of it gets into the register of the one that reads.
func TestTwoInstances(t *testing.T) {
	t.Parallel()
	theirs := theCity(t)
	ours, err := raise(built, false)
	if err != nil {
		t.Fatal(err)
	}
	keeper, us := theirs.as(t, "dengji"), ours.as(t, nobody)
	h := &exchange.Harvester{DB: ours.db, Now: time.Now}
	harvest := func() exchange.Report {
		t.Helper()
		r, err := h.Harvest(t.Context(), theirs.url+"/")
		if err != nil || len(r.Refused) > 0 {
			t.Fatal(r.Refused, err)
		}
		return r
	}
	if r := harvest(); r.New < 3 || r.City.ID != "shenyang" {
		t.Fatalf("at first: %+v", r)
	}
	bases := get[web.OutsidePage](us, "/api/hall/outside?kind=pilot_base&q="+url.QueryEscape("精密仪表"))
	if len(bases.Items) != 1 || bases.Items[0].Source != theirs.url || bases.Items[0].Item.Names["party_demoyibiao"] != "沈阳某仪表研究院" {
		t.Fatalf("%+v", bases)
	}
	if calls := get[web.OutsidePage](us, "/api/hall/outside?kind=call"); len(calls.Items) == 0 {
		t.Error("no open call came over")
	}
	if page := get[web.CataloguePage](us, "/api/hall/catalogue/pilot_base"); len(page.Items) != 0 {
		t.Errorf("what is another city's got into the catalogue: %+v", page.Items)
	}

	id := keeper.enter("achievement", map[string]any{"title": "外传测试催化剂", "form": "技术秘密", "number": "WC-1", "holder": "party_demodongda", "ownership": "内部约定丙丁"})
	hidden := keeper.enter("contract", map[string]any{"title": "外传测试合同", "number": "9925210102000901", "seller": "party_demoranji", "buyer": "party_demodongda",
		"status": "有效", "kind": "技术开发", "field": "T03", "signed": "2025-01-02", "registered": "2025-01-03", "until": "2026-01-02", "amount": 100, "technical": 100})
	if r := harvest(); r.New < 1 {
		t.Fatalf("after a new record: %+v", r)
	}
	_, raw := us.send("GET", "/api/hall/outside?limit=200&q="+url.QueryEscape("外传测试"), nil)
	if !has(raw, id) || has(raw, hidden) || has(raw, "内部约定") {
		t.Errorf("%s", raw)
	}

	err = theirs.db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := theirs.register.RetireRecord(tx, theirs.register.Kind("achievement"), register.Source{Who: "登记库管理员", From: register.FromPage, Verified: true}, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if r := harvest(); r.Gone < 1 {
		t.Errorf("after it was retired: %+v", r)
	}
	if page := get[web.OutsidePage](us, "/api/hall/outside?q="+url.QueryEscape("外传测试")); len(page.Items) != 0 {
		t.Errorf("still shown: %+v", page.Items)
	}
	sources := get[[]exchange.OutsideSource](us, "/api/hall/outside/sources")
	if len(sources) != 1 || sources[0].Base != theirs.url || sources[0].Items == 0 || sources[0].Harvested.IsZero() || sources[0].City.Title.ZH == "" {
		t.Errorf("%+v", sources)
	}
}

// TestFollowing: records come in the order of their change, in pages that join, with an ETag that answers 304 to whoever has them.
func TestFollowing(t *testing.T) {
	s := theCity(t)
	nobody := s.as(t, nobody)
	whole := get[exchange.Page](nobody, "/api/exchange/records")
	if len(whole.Items) < 2 {
		t.Fatalf("%d items", len(whole.Items))
	}
	var joined []exchange.OpenItem
	for from := ""; ; {
		page := get[exchange.Page](nobody, "/api/exchange/records?limit=1&from="+url.QueryEscape(from))
		joined = append(joined, page.Items...)
		if from = page.Next; from == "" {
			break
		}
		if len(joined) > 500 {
			t.Fatal("it does not come to an end")
		}
	}
	for i, item := range whole.Items {
		if i > 0 && item.Changed.Before(whole.Items[i-1].Changed) {
			t.Errorf("item %d was changed before the one before it", i)
		}
		if i >= len(joined) || joined[i].ID != item.ID && joined[i].Changed.Before(item.Changed) {
			t.Fatalf("pages of one item do not join to the page of all at %d", i)
		}
	}
	at := "/api/exchange/records?limit=1"
	res := nobody.ask("GET", at, nil)
	res.Body.Close()
	tag := res.Header.Get("ETag")
	if status, body := nobody.send("GET", at, nil, "If-None-Match", tag); tag == "" || status != 304 || len(body) > 0 {
		t.Errorf("%q is answered %d with %d bytes", tag, status, len(body))
	}
	if status, _ := nobody.send("GET", at, nil, "If-None-Match", `"other"`); status != 200 {
		t.Errorf("another tag: %d", status)
	}
	about := get[exchange.OpenCity](nobody, "/api/exchange")
	raw, _ := json.Marshal(about)
	if about.Format != exchange.Format || has(raw, `"integrity"`) || has(raw, `"ownership"`) || !has(raw, `"pilot_base"`) {
		t.Errorf("%s", raw)
	}
}
