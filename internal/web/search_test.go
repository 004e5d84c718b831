package web_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/search"
	"kechuang/internal/web"
)

// chairs are everybody who searches.
var chairs = []string{nobody, enterprise, bidder, conflicted, district, auditor, officer, "dengji", "ranji", "gaoxiao", "guanli"}

func find(v *visitor, q, more string) search.Answer {
	v.t.Helper()
	return get[search.Answer](v, "/api/search?limit=200&q="+url.QueryEscape(q)+more)
}

func (v *visitor) enter(kind string, values map[string]any) string {
	v.t.Helper()
	status, body := v.send("POST", "/api/records", map[string]any{"kind": kind, "values": values})
	var p casework.RecordPage
	if err := json.Unmarshal(body, &p); status != 201 || err != nil {
		v.t.Fatalf("%d %s", status, body)
	}
	return p.Record.ID
}

// TestSearchFromEveryChair: whatever somebody finds they may open by the door of that thing, and nothing that is entered where they may not
// look changes what they are answered by a single byte.
func TestSearchFromEveryChair(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	public := keeper.enter("achievement", map[string]any{"title": "钛合金蜂窝夹层结构", "form": "发明专利", "summary": "用于机翼前缘", "ownership": "归甲方与鲸鲨公司共有"})
	queries := []string{"钛合金", "鲸鲨", "蜂窝夹层", "tHjFW", "类型:科技成果", "类型:技术合同", "类型:事项", "区:浑南 类型:企业", "燃机", "大学", "揭榜", "“夹层结构”", "zzzz没有", "成果形式:发明专利 钛"}
	before := map[string]string{}
	for _, name := range chairs {
		v := s.as(t, name)
		for _, q := range queries {
			a := find(v, q, "")
			for _, h := range a.Hits {
				path := map[string]string{search.Party: "/api/parties/", search.Record: "/api/records/", search.Case: "/api/cases/", search.Policy: "/api/mechanisms/"}[h.What] + h.ID
				if name == nobody && h.What != search.Policy {
					path = map[string]string{search.Record: "/api/hall/records/", search.Case: "/api/hall/"}[h.What] + h.ID
				}
				if status, body := v.send("GET", path, nil); status != 200 {
					t.Errorf("%q finds with %s %s %q and may not open it: %d %.100s", name, q, h.What, h.Title, status, body)
				}
			}
			raw, _ := json.Marshal(a)
			before[name+q] = string(raw)
		}
	}
	if a := find(s.as(t, nobody), "鲸鲨", ""); len(a.Hits) > 0 {
		t.Errorf("found by a field that is not public: %+v", a.Hits)
	}
	if a := find(keeper, "鲸鲨", ""); len(a.Hits) != 1 || a.Hits[0].ID != public || !strings.Contains(a.Hits[0].Text, "鲸鲨") || len(a.Hits[0].TextMarks) == 0 {
		t.Errorf("%+v", a.Hits)
	}
	// Now a hundred contracts that only their seller and offices see, full of the same words.
	for i := range 100 {
		keeper.enter("contract", map[string]any{"title": fmt.Sprintf("钛合金蜂窝夹层结构鲸鲨燃机大学揭榜 %d", i), "number": fmt.Sprintf("9925210102%06d", i), "seller": "party_demoranji", "buyer": "party_demodongda",
			"status": "有效", "kind": "技术开发", "field": "T03", "signed": "2025-01-02", "registered": "2025-01-03", "until": "2026-01-02", "amount": 100, "technical": 100})
	}
	for _, name := range chairs {
		if slices.Contains([]string{district, auditor, officer, "dengji", "ranji"}, name) {
			continue // they may see contracts, all or their own
		}
		for _, q := range queries {
			raw, _ := json.Marshal(find(s.as(t, name), q, ""))
			if string(raw) != before[name+q] {
				t.Errorf("%q is answered otherwise to %s since what they may not see was entered:\n%s\n%s", name, q, before[name+q], raw)
			}
		}
	}
	if a := find(s.as(t, "ranji"), "类型:技术合同 鲸鲨", ""); len(a.Hits) < 100 {
		t.Errorf("the seller finds %d of 100 contracts of its own", len(a.Hits))
	}
}

// TestSearchLanguage: conditions, phrases, exclusions, initials, and what is said of what is not understood.
func TestSearchLanguage(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	a := keeper.enter("achievement", map[string]any{"title": "超导磁体低温恒温器", "form": "发明专利", "status": "有效", "holder": "party_demodongda"})
	b := keeper.enter("achievement", map[string]any{"title": "低温超导恒温磁体", "form": "实用新型", "status": "失效"})
	for q, want := range map[string][]string{
		"超导 恒温": {a, b}, "“低温恒温器”": {a}, "超导 恒温 -恒温器": {b}, "超导 成果形式:实用": {b}, "超导 成果形式：发明": {a}, "超导 form:invention": {a}, "cdct": {a}, "CDCT": {a},
		"超導 恒溫 磁體 狀態:失效": {b}, "超导 权利人:东北大学": {a}, "超导 状态:没有这个": {}, "超导 颜色:红": {}, "类型:科技成果 超导磁体": {a}, "类型:事项 超导磁体": {},
	} {
		var got []string
		answer := find(keeper, q, "")
		for _, h := range answer.Hits {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", q, got, want)
		}
		if strings.Contains(q, "没有") != (len(answer.Notes) > 0) && !strings.Contains(q, "颜色") {
			t.Errorf("%s: notes %v", q, answer.Notes)
		}
	}
	same := keeper.enter("achievement", map[string]any{"title": "废旧锂离子电池带电破碎", "form": "发明专利"})
	for q, found := range map[string]bool{"锂电池 带电破碎": true, "“锂电池” 带电破碎": false} { // a word of the pack that means the same; what is quoted stands
		a := find(keeper, q, "")
		if (len(a.Hits) == 1 && a.Hits[0].ID == same && a.Hits[0].Marks[0] == search.Mark{Start: 2, End: 11}) != found {
			t.Errorf("%s: %+v", q, a.Hits)
		}
	}
	words := get[[]search.Suggestion](s.as(t, nobody), "/api/search/words?q="+url.QueryEscape("波纹管 成果形"))
	if len(words) == 0 || words[0].Text != "波纹管 成果形式:" {
		t.Errorf("%+v", words)
	}
	values := get[[]search.Suggestion](s.as(t, nobody), "/api/search/words?q="+url.QueryEscape("波纹管 成果形式:发"))
	if len(values) != 1 || values[0].Text != "波纹管 成果形式:发明专利 " {
		t.Errorf("%+v", values)
	}
}

// TestMergeFromOutside: a pair is proposed with its reason, a dry run changes nothing, then the old ids lead to the one that stays, and who
// acted for the one that went acts for it.
func TestMergeFromOutside(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	one := keeper.enter("achievement", map[string]any{"title": "石墨烯散热膜卷对卷制备", "form": "发明专利", "number": "ZL202110999001", "summary": "将氧化石墨烯浆料刮涂后卷对卷还原，得到厚度二十微米的散热膜，用于手机。"})
	two := keeper.enter("achievement", map[string]any{"title": "卷对卷制备石墨烯散热膜的方法", "form": "技术秘密", "summary": "得到厚度二十微米的散热膜，用于手机：将氧化石墨烯浆料刮涂后卷对卷还原。", "trl": 6})
	var pair search.Duplicate
	for _, d := range get[[]search.Duplicate](keeper, "/api/work/duplicates?kind=achievement") {
		if d.A.ID == min(one, two) && d.B.ID == max(one, two) {
			pair = d
		}
	}
	if len(pair.Reasons) == 0 || !strings.Contains(pair.Reasons[0].ZH, "相同，如") {
		t.Fatalf("the pair is not proposed, or without reason: %+v", pair)
	}
	ask := map[string]any{"what": "record", "stays": one, "goes": two, "reason": "同一成果两次录入", "dryRun": true}
	status, body := keeper.send("POST", "/api/merges", ask)
	if status != 200 || !has(body, `"beside":3`) {
		t.Fatalf("%d %s", status, body)
	}
	if get[casework.RecordPage](keeper, "/api/records/"+two).Record.ID != two {
		t.Fatal("a dry run merged them")
	}
	ask["dryRun"] = false
	if status, body := keeper.send("POST", "/api/merges", ask); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	page := get[casework.RecordPage](keeper, "/api/records/"+two)
	if page.Record.ID != one || string(page.Record.Values["trl"]) != "6" || len(page.Merged) != 1 {
		t.Errorf("%+v %+v", page.Record, page.Merged)
	}
	if a := find(s.as(t, nobody), two, "&what=record"); len(a.Hits) != 1 || a.Hits[0].ID != one {
		t.Errorf("the old id finds %+v", a.Hits)
	}
	if status, _ := s.as(t, officer).send("POST", "/api/merges", ask); status != 403 {
		t.Errorf("an officer who does not keep the register merges: %d", status)
	}

	// What a party is linked to, from a chair that may see it; sealed bids are not among it.
	links := get[casework.PartyLinks](s.as(t, officer), "/api/parties/party_demoranji/links")
	if len(links.Cases) == 0 || links.Money.Cases == 0 {
		t.Errorf("the poster's page links to %d cases, %d with money", len(links.Cases), links.Money.Cases)
	}
	for _, c := range links.Cases {
		if status, _ := s.as(t, officer).send("GET", "/api/cases/"+c.Case, nil); status != 200 {
			t.Errorf("linked to a case that may not be opened: %s", c.Title)
		}
	}
	bids := get[casework.PartyLinks](s.as(t, officer), "/api/parties/party_demodongda/links")
	for _, c := range bids.Cases {
		if c.State.Name == "open" {
			t.Errorf("the page of a bidder tells an officer that it has a sealed bid in %s", c.Title)
		}
	}
}

// TestCatalogue: public records with their public fields, for nobody in particular; to take away as well.
func TestCatalogue(t *testing.T) {
	s := theCity(t)
	keeper, nobody := s.as(t, "dengji"), s.as(t, nobody)
	id := keeper.enter("achievement", map[string]any{"title": "=cmd 离子液体电解质", "form": "发明专利", "holder": "party_demodongda", "ownership": "内部约定甲乙"})
	page := get[web.CataloguePage](nobody, "/api/hall/catalogue/achievement?q="+url.QueryEscape("离子液体 成果形式:发明"))
	if len(page.Items) != 1 || page.Items[0].ID != id || page.Names["party_demodongda"] != "东北大学" || len(page.Items[0].Marks) == 0 || page.Items[0].Values["ownership"] != nil {
		t.Fatalf("%+v", page)
	}
	for _, ext := range []string{"csv", "json"} {
		status, body := nobody.send("GET", "/api/hall/catalogue/achievement/download."+ext+"?q="+url.QueryEscape("离子液体"), nil)
		if status != 200 || !has(body, "离子液体电解质") || !has(body, "东北大学") || has(body, "内部约定") {
			t.Errorf("%s: %d %s", ext, status, body)
		}
		if ext == "csv" && !has(body, "'=cmd") {
			t.Errorf("a spreadsheet program would calculate %s", body)
		}
	}
	raw, _ := json.Marshal(get[casework.RecordPage](nobody, "/api/hall/records/"+id))
	if has(raw, "内部约定") || has(raw, "ownership") || !has(raw, "东北大学") {
		t.Errorf("%s", raw)
	}
	kinds := get[[]web.CatalogueKind](nobody, "/api/hall/catalogue")
	for _, k := range kinds {
		if k.Name == "contract" || k.Name == "integrity" {
			t.Errorf("%s is in the open catalogue", k.Name)
		}
	}
	if status, _ := nobody.send("GET", "/api/hall/records/"+keeper.enter("contract", map[string]any{"title": "不公开的合同", "number": "9925210102000900", "seller": "party_demoranji", "buyer": "party_demodongda",
		"status": "有效", "kind": "技术开发", "field": "T03", "signed": "2025-01-02", "registered": "2025-01-03", "until": "2026-01-02", "amount": 100, "technical": 100}), nil); status != 404 {
		t.Errorf("a contract is read by everyone: %d", status)
	}
}

// TestClaimOwner: a university claims an achievement that has no owner; whoever keeps the register decides.
func TestClaimOwner(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	id := keeper.enter("achievement", map[string]any{"title": "催化剂载体成型", "form": "技术秘密"})
	uni := s.as(t, "gaoxiao")
	page := get[casework.RecordPage](uni, "/api/records/"+id)
	if len(page.Claim) != 1 || page.Mine {
		t.Fatalf("%+v", page.Claim)
	}
	if status, body := uni.send("POST", "/api/records/"+id+"/ownership", map[string]string{"party": page.Claim[0].Party, "reason": "本校职务成果，证书附后"}); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	if status, _ := uni.send("POST", "/api/records/"+id+"/ownership", map[string]string{"party": "party_demodongda", "reason": "替别人"}); status != 403 {
		t.Errorf("claimed for another: %d", status)
	}
	for _, c := range get[[]casework.Contested](keeper, "/api/work/contested") {
		if c.Record.ID == id {
			status, body := keeper.send("POST", "/api/records/"+id+"/claims", map[string]any{"field": c.Claim.Field, "seq": c.Claim.Seq, "take": true})
			if status != 200 {
				t.Fatalf("%d %s", status, body)
			}
		}
	}
	if !get[casework.RecordPage](uni, "/api/records/"+id).Mine {
		t.Error("after the decision it is not the university's")
	}
}

// TestExportIsWhatIsShown: what a list's query finds is what its export holds, conditions and all.
func TestExportIsWhatIsShown(t *testing.T) {
	s := theCity(t)
	keeper := s.as(t, "dengji")
	for i, form := range []string{"发明专利", "实用新型", "发明专利"} {
		keeper.enter("achievement", map[string]any{"title": fmt.Sprintf("旋压收口装置 %d", i), "form": form})
	}
	q := url.QueryEscape("旋压收口 成果形式:发明")
	shown := get[web.RecordList](keeper, "/api/records?kind=achievement&q="+q)
	status, body := keeper.send("GET", "/api/sheets/record_achievement/export.csv?q="+q, nil)
	if lines := strings.Count(string(body), "\r\n"); status != 200 || len(shown.Items) != 2 || lines != 3 || has(body, "收口装置 1") {
		t.Errorf("%d: %d are shown, %d lines taken out:\n%s", status, len(shown.Items), lines, body)
	}
	parties := get[web.PartyPage](keeper, "/api/parties?kind=university&q="+url.QueryEscape("大学"))
	status, body = keeper.send("GET", "/api/sheets/party/export.csv?q="+url.QueryEscape("类型:高校 大学"), nil)
	if lines := strings.Count(string(body), "\r\n"); status != 200 || len(parties.Items) == 0 || lines != len(parties.Items)+1 {
		t.Errorf("%d: %d parties are shown, %d lines taken out", status, len(parties.Items), lines)
	}
}
