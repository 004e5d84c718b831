package web_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/panel/assign"
)

// forming are the two cases of the demo whose panels the demo asked nobody for: with two bidders, and with one.
func forming(t *testing.T, s *site) (two, one casework.PanelView) {
	t.Helper()
	for _, p := range get[[]casework.PanelItem](s.as(t, officer), "/api/panels") {
		switch p.Title {
		case "闭式三元叶轮整体增材制造质量控制":
			two = get[casework.PanelView](s.as(t, officer), "/api/panels/"+p.Case)
		case "重载机器人关节驱动器温升控制":
			one = get[casework.PanelView](s.as(t, officer), "/api/panels/"+p.Case)
		}
	}
	if two.Case == "" || one.Case == "" {
		t.Fatal("the demo has no panels to be formed")
	}
	return two, one
}

func expertOf(v casework.PanelView, party string) casework.PanelExpert {
	for _, x := range v.Pool {
		if x.Party == party {
			return x
		}
	}
	return casework.PanelExpert{}
}

// TestPanels: the officer's desk shows who could judge and what speaks against each, with evidence and the rule; nobody outside the
// offices of the case learns anything of it.
func TestPanels(t *testing.T) {
	s := theCity(t)
	two, one := forming(t, s)
	tied := expertOf(two, "party_demozhuanjia5") // works for 东北大学, which bids
	if tied.Severity != "forbidden" || len(tied.Findings) == 0 || tied.Findings[0].Rule == "" || !tied.Findings[0].Counts || len(tied.Findings[0].Evidence) == 0 {
		t.Errorf("zhuanjia5 works for a bidder: %+v", tied)
	}
	if x := expertOf(one, "party_demozhuanjia5"); x.Party == "" || x.Severity == "forbidden" {
		t.Errorf("zhuanjia5 has nothing to do with the other case: %+v", x)
	}
	for _, name := range []string{nobody, enterprise, bidder, "jiebang3", "jiebang4", "yasuoji", "jiqiren", conflicted, "zhuanjia1", "dengji", "guanli"} {
		v := s.as(t, name)
		for _, path := range []string{"/api/panels/" + two.Case, "/api/panels/" + one.Case, "/api/meeting?case=" + two.Case} {
			if status, body := v.send("GET", path, nil); status != 404 && status != 401 {
				t.Errorf("GET %s by %q: %d %.200s", path, name, status, body)
			}
		}
		if status, body := v.send("GET", "/api/panels", nil); status == 200 && strings.TrimSpace(string(body)) != "[]" {
			t.Errorf("%q sees panels: %.200s", name, body)
		}
		if status, _ := v.send("POST", "/api/panels/assign", map[string]any{"cases": []string{two.Case}, "objective": "total", "most": 3}); status != 404 && status != 401 {
			t.Errorf("%q may assign: %d", name, status)
		}
	}
	if all := get[[]casework.PanelItem](s.as(t, auditor), "/api/panels"); len(all) < 5 || slices.ContainsFunc(all, func(p casework.PanelItem) bool { return p.May }) {
		t.Errorf("the auditor sees %d panels, or may draw", len(all))
	}
}

// TestAssign: many cases at once; the file proves itself, a changed byte is found; the invitations are a step of each case; and what was
// filled in for it is for the offices only.
func TestAssign(t *testing.T) {
	s := theCity(t)
	two, one := forming(t, s)
	ask := map[string]any{"cases": []string{two.Case, one.Case}, "objective": "fair", "most": 6, "reviews": 2}
	status, body := s.as(t, officer).send("POST", "/api/panels/assign", ask)
	var a casework.AssignAnswer
	if err := json.Unmarshal(body, &a); status != 200 || err != nil || a.Impossible != nil || a.File == "" {
		t.Fatalf("%d %v %.400s", status, err, body)
	}
	sheet, err := assign.DecodeSheet([]byte(a.File))
	if err != nil {
		t.Fatal(err)
	}
	if err := sheet.Verify(); err != nil {
		t.Error(err)
	}
	if _, err := assign.DecodeSheet([]byte(strings.Replace(a.File, `"needs":2`, `"needs":1`, 1))); err == nil {
		t.Error("a changed byte is not found")
	}
	for i, c := range a.Cases {
		view := map[string]casework.PanelView{two.Case: two, one.Case: one}[c.Case]
		if len(c.Gets) != 2 {
			t.Errorf("%s gets %d experts", c.Title, len(c.Gets))
		}
		for _, x := range c.Gets {
			if expertOf(view, x.Party).Severity == "forbidden" {
				t.Errorf("case %d gets %s in spite of a conflict", i, x.Name)
			}
		}
	}
	for who, want := range map[string]int{"lingdao": 409, auditor: 409} { // who sees the panel and does not bring it together
		if status, _ := s.as(t, who).send("POST", "/api/panels/assign", ask); status != want {
			t.Errorf("%s assigns: %d", who, status)
		}
	}
	rows := []map[string]any{}
	for _, x := range a.Cases[1].Gets {
		rows = append(rows, map[string]any{a.Cases[1].Column: x.Party})
	}
	act := func(c casework.AssignCase, rows []map[string]any, key string) (int, []byte) {
		return s.as(t, officer).send("POST", "/api/cases/"+c.Case+"/steps/"+c.Step, map[string]any{"values": map[string]any{c.Rows: rows}}, "Idempotency-Key", key)
	}
	if status, body := act(a.Cases[0], []map[string]any{{a.Cases[0].Column: "party_demozhuanjia5"}}, "assign-conflicted"); two.Case == a.Cases[0].Case && (status != 422 || !has(body, "不能邀请")) {
		t.Errorf("an expert in conflict is invited: %d %s", status, body)
	}
	if status, body := act(a.Cases[1], rows, "assign-for-test"); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	invited := a.Cases[1].Gets[0].Party
	for _, name := range []string{nobody, enterprise, "jiqiren", "jiebang3", "jiebang1", "zhuanjia14", "dengji"} {
		for _, path := range []string{"/api/cases/" + a.Cases[1].Case, "/api/hall/" + a.Cases[1].Case} {
			_, body := s.as(t, name).send("GET", path, nil)
			if has(body, invited) && !strings.HasSuffix(invited, name) || has(body, `"assignment"`) {
				t.Errorf("%q reads in %s who was invited", name, path)
			}
		}
	}
	login := strings.TrimPrefix(invited, "party_demo")
	r := get[casework.Reviews](s.as(t, login), "/api/reviews")
	if i := slices.IndexFunc(r.Now, func(x casework.ReviewItem) bool { return x.Case == a.Cases[1].Case }); i < 0 || r.Now[i].Kind != "invitation" || len(r.Now[i].Do) < 3 {
		t.Errorf("the expert's desk: %+v", r.Now)
	}
	for _, name := range []string{officer, auditor, bidder} {
		if r := get[casework.Reviews](s.as(t, name), "/api/reviews"); len(r.Now)+len(r.Past)+len(r.Years) > 0 {
			t.Errorf("%s has reviews", name)
		}
	}
}

// TestDispute: a finding is disputed by the officer and ruled on by the leader; ruled not to stand, it keeps nobody out, and stays on record.
func TestDispute(t *testing.T) {
	s := theCity(t)
	two, _ := forming(t, s)
	who := expertOf(two, "party_demozhuanjia4") // has published with 东北大学
	if who.Severity != "forbidden" {
		t.Fatalf("%+v", who)
	}
	for i, f := range who.Findings {
		if f.Severity == "warn" {
			continue
		}
		items := []map[string]any{{"expert": who.Party, "finding": f.ID, "relation": f.Text.ZH, "why": "署名单位有误，已由期刊更正"}}
		if status, body := s.as(t, officer).send("POST", "/api/cases/"+two.Case+"/steps/"+two.Dispute, map[string]any{"values": map[string]any{"items": items}}, "Idempotency-Key", "dispute-"+f.ID); status != 200 {
			t.Fatalf("%d: %d %s", i, status, body)
		}
	}
	for _, name := range []string{"yasuoji", bidder, "jiebang4", "zhuanjia4", "zhuanjia1"} {
		_, body := s.as(t, name).send("GET", "/api/cases/"+two.Case, nil)
		if has(body, "署名单位有误") || has(body, `"waivers"`) || has(body, `"dispute"`) {
			t.Errorf("%s reads the dispute: %s", name, body)
		}
	}
	view := get[casework.View](s.as(t, "lingdao"), "/api/cases/"+two.Case)
	for _, p := range view.Parts {
		if p.Name != "waivers" {
			continue
		}
		for _, r := range p.Records {
			if r.State.Name != "asked" { // the demo's own
				continue
			}
			if status, body := s.as(t, "lingdao").send("POST", "/api/cases/"+two.Case+"/steps/set_aside", map[string]any{"record": r.ID, "reason": "期刊更正说明属实"}, "Idempotency-Key", "rule-"+r.ID); status != 200 {
				t.Fatalf("%d %s", status, body)
			}
		}
	}
	again := expertOf(get[casework.PanelView](s.as(t, officer), "/api/panels/"+two.Case), who.Party)
	if again.Severity == "forbidden" || len(again.Findings) < len(who.Findings) || again.Findings[0].Counts {
		t.Errorf("after the ruling: %+v", again)
	}
}

// TestMeeting: the sheets are there once they are unsealed, and not before; the agenda is there always.
func TestMeeting(t *testing.T) {
	s := theCity(t)
	sealed := get[casework.Meeting](s.as(t, officer), "/api/meeting?case="+s.caseIn(t, "judging.scoring"))
	if !sealed.Sealed || len(sealed.Sheets)+len(sealed.Orders) > 0 || sealed.Pending > 0 || len(sealed.Agenda) != 2 {
		t.Errorf("while opinions are sealed: %+v", sealed)
	}
	m := get[casework.Meeting](s.as(t, "lingdao"), "/api/meeting?case="+s.caseIn(t, "announced"))
	if m.Sealed || len(m.Orders) != 3 || len(m.Sheets) != 6 || len(m.Experts) != 3 || m.Full != 100 || len(m.Agenda) != 2 || len(m.Criteria) != 4 {
		t.Errorf("%+v", m)
	}
	both := get[casework.Meeting](s.as(t, "shenji"), "/api/meeting?case="+s.caseIn(t, "announced")+"&case="+s.caseIn(t, "judging.scoring"))
	if len(both.Cases) != 2 || len(both.Agenda) != 4 {
		t.Errorf("a meeting about two cases: %+v", both)
	}
}

// TestAllot: the bids of one case are shared among the experts who accepted; the plan proves itself, only the officer may ask for it and do it, and each
// expert then has the bids that are theirs and no others.
func TestAllot(t *testing.T) {
	s, err := open(built) // its panel is at work afterwards: not the others' city
	if err != nil {
		t.Fatal(err)
	}
	two, _ := forming(t, s)
	act := func(who, step string, body map[string]any, key string) (int, []byte) {
		return s.as(t, who).send("POST", "/api/cases/"+two.Case+"/steps/"+step, body, "Idempotency-Key", "allot-"+key)
	}
	must := func(status int, body []byte) {
		t.Helper()
		if status != 200 {
			t.Fatalf("%d %.600s", status, body)
		}
	}
	for _, p := range get[casework.View](s.as(t, officer), "/api/cases/"+two.Case).Parts {
		for _, r := range p.Records {
			if p.Name == "bids" && r.State.Name == "submitted" {
				must(act(officer, "admit", map[string]any{"record": r.ID}, "admit-"+r.ID))
			}
		}
	}
	ask := map[string]any{"cases": []string{two.Case}, "objective": "fair", "most": 9, "reviews": 4}
	var named casework.AssignAnswer
	decode(t, s, officer, ask, &named)
	if named.Impossible != nil || len(named.Cases[0].Gets) != 4 {
		t.Fatalf("four experts by name: %+v", named)
	}
	rows := []map[string]any{}
	for _, x := range named.Cases[0].Gets {
		rows = append(rows, map[string]any{named.Cases[0].Column: x.Party})
	}
	must(act(officer, named.Cases[0].Step, map[string]any{"values": map[string]any{named.Cases[0].Rows: rows}}, "invite"))
	for _, x := range get[casework.PanelView](s.as(t, officer), "/api/panels/"+two.Case).Invitations {
		if x.State.Name == "invited" {
			must(act(strings.TrimPrefix(x.Party, "party_demo"), "accept", map[string]any{"record": x.Record}, x.Record))
		}
	}
	if v := get[casework.PanelView](s.as(t, officer), "/api/panels/"+two.Case); v.Allot == "" || v.Accepted < 4 {
		t.Fatalf("the desk offers no sharing out: %+v", v.PanelItem)
	}
	if v := get[casework.PanelView](s.as(t, auditor), "/api/panels/"+two.Case); v.Allot != "" {
		t.Error("the auditor is offered to share out")
	}
	inside := map[string]any{"cases": []string{two.Case}, "inside": true, "objective": "fair", "most": 2, "reviews": 3}
	for who, want := range map[string]int{nobody: 401, enterprise: 404, bidder: 404, "zhuanjia1": 404, "hunnan": 404, "lingdao": 409, auditor: 409} {
		if status, body := s.as(t, who).send("POST", "/api/panels/assign", inside); status != want {
			t.Errorf("%q asks who reviews which: %d %.200s", who, status, body)
		}
	}
	var a casework.AssignAnswer
	decode(t, s, officer, inside, &a)
	if a.Impossible != nil || len(a.Cases) != 2 || len(a.Cases[0].Gets) != 3 || len(a.Cases[1].Gets) != 3 {
		t.Fatalf("%+v", a)
	}
	out := a.Cases[0].Gets[0].Party
	inside["forbids"] = []map[string]any{{"case": a.Cases[0].Case, "party": out}}
	inside["pins"] = []map[string]any{{"case": a.Cases[1].Case, "party": out}}
	decode(t, s, officer, inside, &a)
	if a.Impossible != nil || len(a.Costs) != 2 || slices.ContainsFunc(a.Cases[0].Gets, func(x casework.AssignedHere) bool { return x.Party == out }) {
		t.Fatalf("forbidden, and reviews it: %+v", a)
	}
	sheet, err := assign.DecodeSheet([]byte(a.File))
	if err != nil {
		t.Fatal(err)
	}
	if err := sheet.Verify(); err != nil {
		t.Error(err)
	}
	var pairs []map[string]any
	load := map[string]int{}
	for _, c := range a.Cases {
		for _, x := range c.Gets {
			pairs = append(pairs, map[string]any{c.Column: x.Party, c.ColumnOf: c.Of})
			load[x.Party]++
		}
	}
	c := a.Cases[0]
	if status, body := act(bidder, c.Step, map[string]any{"values": map[string]any{c.Rows: pairs}}, "bidder"); status < 400 {
		t.Errorf("a bidder shares out: %d %.200s", status, body)
	}
	if status, body := act(officer, c.Step, map[string]any{"values": map[string]any{c.Rows: pairs[1:]}}, "few"); status != 422 || !has(body, "少于 3 人") {
		t.Errorf("a bid with two experts: %d %.300s", status, body)
	}
	must(act(officer, c.Step, map[string]any{"values": map[string]any{c.Rows: pairs}}, "go"))
	for _, x := range a.Experts {
		login, n := strings.TrimPrefix(x.Party, "party_demo"), 0
		for _, r := range get[casework.Reviews](s.as(t, login), "/api/reviews").Now {
			if r.Case == two.Case && r.Kind == "work" {
				n++
			}
		}
		if n != load[x.Party] {
			t.Errorf("%s has %d bids to review, %d were settled", x.Name, n, load[x.Party])
		}
	}
	for _, name := range []string{nobody, enterprise, bidder, "jiebang3", "jiebang4", "zhuanjia11"} {
		_, body := s.as(t, name).send("GET", "/api/cases/"+two.Case, nil)
		if has(body, `"allotment"`) || has(body, out) {
			t.Errorf("%q reads who reviews which", name)
		}
	}
}

func decode(t *testing.T, s *site, who string, ask map[string]any, into *casework.AssignAnswer) {
	t.Helper()
	status, body := s.as(t, who).send("POST", "/api/panels/assign", ask)
	*into = casework.AssignAnswer{}
	if err := json.Unmarshal(body, into); status != 200 || err != nil {
		t.Fatalf("%d %v %.400s", status, err, body)
	}
}
