package web_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/web"
)

// TestSealed looks at an open challenge with two sealed bids through everybody's eyes: nobody sees a bid but its own bidder, nor a
// name, a price, a number or a trace in the history by which it could be guessed.
func TestSealed(t *testing.T) {
	s := theCity(t)
	open := s.caseIn(t, "open")
	// What only the bids and those who know of them hold.
	secrets := map[string][]string{"jiebang1": {"party_demodongda", "东北大学", "1900万元", "190000000000"}, "jiebang3": {"party_demozidonghua", "自动化研究所", "1850万元", "185000000000"}}
	for _, name := range []string{nobody, enterprise, bidder, "jiebang2", "jiebang3", conflicted, district, auditor, officer, "lingdao", "ranji", "shenbei", "dengji", "guanli"} {
		v := s.as(t, name)
		pages := []string{"/api/hall/" + open, "/api/hall", "/api/hall?q=" + "1900"}
		if name != nobody {
			pages = append(pages, "/api/cases/"+open, "/api/cases?limit=200", "/api/desk", "/api/journal/entries?limit=1000")
		}
		for _, path := range pages {
			status, body := v.send("GET", path, nil)
			if status != 200 {
				t.Errorf("GET %s by %q: %d %s", path, name, status, body)
				continue
			}
			body = cutTo(t, path, open, body)
			for owner, words := range secrets {
				if owner == name {
					continue
				}
				for _, w := range words {
					if has(body, w) {
						t.Errorf("GET %s by %q holds %q of a sealed bid", path, name, w)
					}
				}
			}
		}
	}
	own := get[casework.View](s.as(t, bidder), "/api/cases/"+open)
	if n := count(own, "bids"); n != 1 {
		t.Errorf("the bidder sees %d bids, want the own one", n)
	}
	if n := count(get[casework.View](s.as(t, officer), "/api/cases/"+open), "bids"); n != 0 {
		t.Errorf("the officer sees %d sealed bids", n)
	}
}

// TestVeiled looks at a challenge that is ranked, and of which there is no notice yet, through everybody's eyes: who was chosen is known
// to the case's offices and to auditors.
func TestVeiled(t *testing.T) {
	s := theCity(t)
	ranked := s.caseIn(t, "ranked")
	truth := get[casework.View](s.as(t, officer), "/api/cases/"+ranked)
	states := map[string]string{}
	for _, p := range truth.Parts {
		for _, r := range p.Records {
			states[r.ID] = r.State.Name
		}
	}
	insiders := map[string]bool{auditor: true, officer: true, "lingdao": true, "caiwu": true, "shenbei": true}
	names := []string{nobody, enterprise, bidder, "jiebang2", "jiebang3", "jiebang4", "hangkong", "jiqiren", conflicted, "zhuanjia1", "zhuanjia2", "zhuanjia3",
		auditor, officer, "lingdao", "caiwu", "shenbei", "dengji"}
	for _, name := range names {
		v := s.as(t, name)
		var seen []byte
		for _, path := range []string{"/api/cases/" + ranked, "/api/hall/" + ranked, "/api/cases?limit=200", "/api/cases?q=%E9%A3%8E%E6%B4%9E", "/api/hall?q=%E9%A3%8E%E6%B4%9E", "/api/desk",
			"/api/cases/" + ranked + "/bundle", "/api/cases/" + ranked + "/diagram.svg"} {
			status, body := v.send("GET", path, nil)
			if status == 200 && strings.HasPrefix(path, "/api/cases?") || status == 200 && (path == "/api/desk" || strings.HasPrefix(path, "/api/hall?")) {
				body = cutTo(t, path, ranked, body)
			}
			seen = append(seen, body...)
		}
		told := false
		for _, w := range []string{`"name":"ranking"`, `"name":"chosen"`, `"name":"reserve"`, "归集评分", "评审意见书", "得分"} {
			told = told || has(seen, w)
			if has(seen, w) && !insiders[name] {
				t.Errorf("%q reads %q before there is a notice of it", name, w)
			}
		}
		if insiders[name] != told {
			t.Errorf("%q sees the ranking: %t, want %t", name, told, insiders[name])
		}
		if name == nobody || insiders[name] {
			continue
		}
		if status, _ := v.send("GET", "/api/cases/"+ranked, nil); status != 200 {
			continue
		}
		view := get[casework.View](v, "/api/cases/"+ranked)
		for _, seat := range view.Seats {
			if seat.Name == "solver" && len(seat.Holders) > 0 {
				t.Errorf("%s sees who is the solver", name)
			}
		}
		for record, state := range states {
			if state != "chosen" && state != "reserve" {
				continue
			}
			for _, step := range []string{"withdraw", "submit", "collect"} {
				status, body := v.send("POST", "/api/cases/"+ranked+"/steps/"+step, map[string]any{"record": record, "dryRun": true}, "Idempotency-Key", "veil-"+name+record+step)
				if want := map[bool]int{true: 409, false: 404}[sees(view, record)]; status != want || has(body, "拟揭榜") || has(body, "候补") {
					t.Errorf("%s tries %s on a bid that is %s: %d, want %d: %s", name, step, state, status, want, body)
				}
			}
		}
	}
}

func sees(v casework.View, record string) bool {
	for _, p := range v.Parts {
		for _, r := range p.Records {
			if r.ID == record {
				return true
			}
		}
	}
	return false
}

// cutTo leaves of a list what is about the case: the same names stand rightly in other cases.
func cutTo(t *testing.T, path, id string, body []byte) []byte {
	t.Helper()
	var page struct {
		Items, Waiting, Others, Changed []json.RawMessage
	}
	if err := json.Unmarshal(body, &page); err != nil {
		t.Fatal(err)
	}
	if path == "/api/cases/"+id || path == "/api/hall/"+id {
		return body
	}
	var kept []byte
	for _, list := range [][]json.RawMessage{page.Items, page.Waiting, page.Others, page.Changed} {
		for _, item := range list {
			if has(item, id) {
				kept = append(kept, item...)
			}
		}
	}
	return kept
}

func count(v casework.View, part string) int {
	for _, p := range v.Parts {
		if p.Name == part {
			return len(p.Records)
		}
	}
	return 0
}

// TestExperts looks at a review under way: an expert sees the bids and the own opinion and nobody else's; bidders see neither who
// judges nor how; the officer sees no opinion before it is collected; an expert in conflict was not drawn.
func TestExperts(t *testing.T) {
	s := theCity(t)
	id := s.caseIn(t, "judging.scoring")
	drawn := 0
	for n := 1; n <= 14; n++ {
		login := fmt.Sprintf("zhuanjia%d", n)
		view := get[casework.View](s.as(t, login), "/api/cases/"+id)
		opinions := count(view, "opinions")
		if opinions > 0 {
			drawn++
		}
		switch login {
		case "zhuanjia5", "zhuanjia7", "zhuanjia10": // work for a bidder or the poster, or hold a bidder's shares
			if opinions > 0 || len(view.Mine) > 0 {
				t.Errorf("%s has a conflict and was drawn", login)
			}
		default:
			if opinions != 0 && opinions != 2 {
				t.Errorf("%s sees %d opinions, want the own two", login, opinions)
			}
		}
	}
	if drawn != 3 {
		t.Errorf("%d experts were drawn, want 3", drawn)
	}
	for _, login := range []string{bidder, "jiebang2", enterprise, officer, auditor, "lingdao", ""} {
		path := "/api/cases/" + id
		if login == "" {
			path = "/api/hall/" + id
		}
		status, body := s.as(t, login).send("GET", path, nil)
		if status != 200 {
			t.Fatalf("%s: %d %s", login, status, body)
		}
		var view casework.View
		if err := json.Unmarshal(body, &view); err != nil {
			t.Fatal(err)
		}
		if n := count(view, "opinions"); n != 0 || has(body, "路线可行") {
			t.Errorf("%q sees %d opinions before they are collected", login, n)
		}
		if (login == bidder || login == "jiebang2" || login == "") && has(body, "示例专家") {
			t.Errorf("%q sees the name of an expert", login)
		}
	}
}

// TestOpinionsReturned gives the bidders of a challenge that was announced their opinions, without names.
func TestOpinionsReturned(t *testing.T) {
	s := theCity(t)
	id := s.caseIn(t, "announced")
	status, body := s.as(t, bidder).send("GET", "/api/cases/"+id, nil)
	if status != 200 || !has(body, "路线可行") {
		t.Errorf("the bidder does not read the opinions: %d", status)
	}
	if has(body, "示例专家") || has(body, "party_demozhuanjia") {
		t.Error("the bidder reads who gave the opinions")
	}
	if status, body := s.as(t, "jiebang4").send("GET", "/api/cases/"+id, nil); status != 200 || has(body, "路线可行") {
		t.Errorf("a bidder who was not admitted reads opinions: %d", status)
	}
}

// TestObjectorHidden keeps the name of who objected from everybody but the bureau.
func TestObjectorHidden(t *testing.T) {
	s := theCity(t)
	id := s.caseIn(t, "announced")
	for _, c := range []struct {
		login string
		sees  bool
	}{{"lingdao", true}, {officer, true}, {bidder, false}, {enterprise, false}, {"jiqiren", false}, {conflicted, false}, {"", false}} {
		path := "/api/cases/" + id
		if c.login == "" {
			path = "/api/hall/" + id
		}
		status, body := s.as(t, c.login).send("GET", path, nil)
		if status != 200 || has(body, "示例异议人") != c.sees {
			t.Errorf("%q: %d, sees the objector: %v, want %v", c.login, status, has(body, "示例异议人"), c.sees)
		}
	}
}

// TestPartyCut shows strangers who a party is, and not how to reach it or what it earns.
func TestPartyCut(t *testing.T) {
	s := theCity(t)
	for _, c := range []struct {
		login string
		sees  bool
	}{{"ranji", true}, {officer, true}, {"dengji", true}, {auditor, true}, {enterprise, false}, {bidder, false}, {conflicted, false}} {
		p := get[web.PartyView](s.as(t, c.login), "/api/parties/party_demoranji")
		if (p.Phone != "") != c.sees || (p.Revenue != 0) != c.sees || p.Name == "" {
			t.Errorf("%s sees phone %q and revenue %d of another enterprise, want %v", c.login, p.Phone, p.Revenue, c.sees)
		}
		list := get[web.PartyPage](s.as(t, c.login), "/api/parties?q=%E7%87%83%E6%B0%94")
		if len(list.Items) != 1 || (list.Items[0].Phone != "") != c.sees {
			t.Errorf("%s finds %+v", c.login, list.Items)
		}
	}
}

// TestLogCut gives the public the digests of the journal, and auditors what they are of.
func TestLogCut(t *testing.T) {
	s := theCity(t)
	for login, full := range map[string]bool{"": false, enterprise: false, officer: false, auditor: true} {
		page := get[web.LogPage](s.as(t, login), "/api/journal/entries?limit=5")
		if len(page.Items) != 5 || (page.Items[0].Case != "") != full || page.Items[0].Digest == "" {
			t.Errorf("%q reads %+v", login, page.Items[0])
		}
		for _, e := range page.Items {
			if told := e.Told; (told != nil) != full || full && (told.Title.ZH == "" || told.Step.ZH == "" || told.Step.ZH == e.Step) {
				t.Errorf("%q reads in words %+v of %+v", login, told, e)
			}
		}
	}
}
