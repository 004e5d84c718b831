package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/web"
)

func (v *visitor) hand(t *testing.T, want int, method, path string, body any) (p casework.HandedPage) {
	t.Helper()
	status, raw := v.send(method, path, body)
	if status != want {
		t.Fatalf("%s %s %s: %d %s, want %d", v.name, method, path, status, raw, want)
	}
	if status < 300 {
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// TestHandedIn: an owner enters a record of its own; until it is taken nobody else knows of it and no count has it; refused with a reason
// it is mended and handed in again with everything that was typed; taken, it is a record that its owner said and staff stands for.
func TestHandedIn(t *testing.T) {
	s := theCity(t)
	owner, other, keeper, auditor := s.as(t, "ranji"), s.as(t, bidder), s.as(t, "dengji"), s.as(t, auditor)
	values := map[string]any{"title": "烟道余热深度回收装置", "form": "发明专利", "summary": "自行登记试验蓝鳍", "holder": "party_demoranji"}
	achievements := func() int64 {
		for _, k := range get[[]struct {
			Name  string
			Count int64
		}](keeper, "/api/kinds") {
			if k.Name == "achievement" {
				return k.Count
			}
		}
		return -1
	}
	before := achievements()
	h := owner.hand(t, 201, "POST", "/api/handed", map[string]any{"kind": "achievement", "values": values})
	if h.State != "waiting" || !h.Mine || h.Decide || h.Name != "烟道余热深度回收装置" {
		t.Errorf("%+v", h)
	}
	door := "/api/handed/" + h.ID
	for _, v := range []*visitor{owner, other, keeper, auditor, s.as(t, nobody)} {
		if a := find(v, "烟道余热深度回收", ""); len(a.Hits) > 0 {
			t.Errorf("%s finds what waits: %+v", v.name, a.Hits)
		}
	}
	if achievements() != before {
		t.Error("what waits is counted")
	}
	other.hand(t, 404, "GET", door, nil)
	s.as(t, nobody).hand(t, 401, "GET", door, nil)
	other.hand(t, 404, "PUT", door, map[string]any{"revision": h.Revision, "values": values})
	owner.hand(t, 403, "POST", door+"/decision", map[string]any{"revision": h.Revision, "take": true})
	auditor.hand(t, 403, "POST", door+"/decision", map[string]any{"revision": h.Revision, "take": true})
	if got := get[[]casework.HandedPage](other, "/api/handed?waiting=true"); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	if got := get[[]casework.HandedPage](keeper, "/api/handed?waiting=true"); len(got) != 1 || got[0].ID != h.ID || !got[0].Decide {
		t.Errorf("%+v", got)
	}
	if p := auditor.hand(t, 200, "GET", door, nil); p.Decide || p.Mine {
		t.Errorf("%+v", p)
	}
	keeper.hand(t, http.StatusUnprocessableEntity, "POST", door+"/decision", map[string]any{"revision": h.Revision, "take": false, "reason": " "})
	refused := keeper.hand(t, 200, "POST", door+"/decision", map[string]any{"revision": h.Revision, "take": false, "reason": "请补充专利号"})
	if refused.State != "refused" || refused.Reason != "请补充专利号" || refused.Values.Text("summary") != "自行登记试验蓝鳍" {
		t.Errorf("nothing that was typed may be lost: %+v", refused)
	}
	desk := get[casework.Desk](owner, "/api/desk")
	if len(desk.Messages) == 0 || desk.Messages[0].Handed != h.ID || !strings.Contains(desk.Messages[0].Text.ZH, "请补充专利号") {
		t.Errorf("the owner is told why: %+v", desk.Messages)
	}
	owner.hand(t, http.StatusConflict, "PUT", door, map[string]any{"revision": h.Revision, "values": values}) // an older revision
	values["summary"] = "自行登记试验蓝鳍，已补充"
	again := owner.hand(t, 200, "PUT", door, map[string]any{"revision": refused.Revision, "values": values})
	keeper.hand(t, http.StatusConflict, "POST", door+"/decision", map[string]any{"revision": refused.Revision, "take": true}) // not what was read
	taken := keeper.hand(t, 200, "POST", door+"/decision", map[string]any{"revision": again.Revision, "take": true})
	p := get[casework.RecordPage](owner, "/api/records/"+taken.Record)
	if p.Record.Owner != "party_demoranji" || p.Record.Name != "烟道余热深度回收装置" || achievements() != before+1 {
		t.Errorf("%+v", p.Record)
	}
	for _, c := range p.Claims {
		if !c.Verified || c.Party != "party_demoranji" || c.VerifiedBy == "" {
			t.Errorf("its owner said it and staff stands for it: %+v", c)
		}
	}
	if a := find(owner, "烟道余热深度回收", ""); len(a.Hits) != 1 {
		t.Errorf("%+v", a.Hits)
	}
	owner.hand(t, http.StatusConflict, "PUT", door, map[string]any{"revision": taken.Revision, "values": values})
}

// TestHandedInRefusals: only one's own, only kinds that one may hand in, nothing that is there already, nothing half filled.
func TestHandedInRefusals(t *testing.T) {
	s := theCity(t)
	owner := s.as(t, "ranji")
	good := map[string]any{"title": "高温密封试验装置", "form": "发明专利", "holder": "party_demoranji"}
	with := func(name string, v any) map[string]any {
		out := map[string]any{}
		for k, x := range good {
			out[k] = x
		}
		out[name] = v
		return out
	}
	for what, c := range map[string]struct {
		status int
		kind   string
		values map[string]any
	}{
		"another's":           {403, "achievement", with("holder", "party_demodongda")},
		"nobody's":            {403, "achievement", map[string]any{"title": "高温密封试验装置", "form": "发明专利"}},
		"an integrity entry":  {403, "integrity", map[string]any{"subject": "party_demoranji"}},
		"a kind that is none": {404, "nothing", good},
		"half filled":         {422, "achievement", map[string]any{"holder": "party_demoranji"}},
		"much too long":       {422, "achievement", with("summary", strings.Repeat("余热", 25_000))},
	} {
		if status, body := owner.send("POST", "/api/handed", map[string]any{"kind": c.kind, "values": c.values}); status != c.status && !(c.status == 403 && status == 422) {
			t.Errorf("%s: %d %s", what, status, body)
		}
	}
	h := owner.hand(t, 201, "POST", "/api/handed", map[string]any{"kind": "achievement", "values": good})
	if got := get[[]casework.HandedPage](owner, "/api/handed"); len(got) == 0 || got[0].ID != h.ID {
		t.Errorf("%+v", got)
	}
	gone := owner.hand(t, 200, "POST", "/api/handed/"+h.ID+"/withdrawal", map[string]any{"revision": h.Revision})
	s.as(t, "dengji").hand(t, http.StatusConflict, "POST", "/api/handed/"+h.ID+"/decision", map[string]any{"revision": gone.Revision, "take": true})
	for _, x := range get[[]casework.HandedPage](owner, "/api/handed") {
		if x.ID == h.ID {
			t.Errorf("withdrawn and still listed: %+v", x)
		}
	}
	if status, _ := owner.send("GET", "/api/handed/%00x", nil); status != 404 {
		t.Errorf("%d", status)
	}
}

// TestListOfRecords: behind hundreds of records that an enterprise may not see, its list begins with those that it may.
func TestListOfRecords(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	seen := keeper.enter("achievement", map[string]any{"title": "石墨换热器防垢方法", "form": "发明专利", "holder": "party_demodongda"})
	for i := range 60 {
		keeper.enter("contract", map[string]any{"title": fmt.Sprintf("看不见的合同 %d", i), "number": fmt.Sprintf("8825210102%06d", i), "seller": "party_demoranji", "buyer": "party_demodongda",
			"status": "有效", "kind": "技术开发", "field": "T03", "signed": "2025-01-02", "registered": "2025-01-03", "until": "2026-01-02", "amount": 100, "technical": 100})
	}
	list := get[web.RecordList](s.as(t, bidder), "/api/records?limit=20")
	if len(list.Items) == 0 || list.Items[0].ID != seen {
		t.Errorf("%d items, the newest that may be seen is %s: %+v", len(list.Items), seen, list.Items)
	}
	for _, r := range list.Items {
		if r.Kind == "contract" && r.Owner != "" {
			t.Errorf("%+v", r)
		}
	}
	if list := get[web.RecordList](s.as(t, "ranji"), "/api/records?limit=20"); len(list.Items) != 20 || list.Items[0].Kind != "contract" {
		t.Errorf("the seller lists its own: %+v", list.Items)
	}
}
