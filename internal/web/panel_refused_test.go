package web_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"mime/multipart"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/web"
	"kechuang/packs"
)

// evaluation is somebody's evaluation by peers, from the statement on.
type evaluation struct{ *leaving }

const candidate, institution, convenor = "faming2", "gaoxiao", "rencai"

// paper uploads a document of somebody's and gives what a form says of it.
func (l *leaving) paper(who, name string) json.RawMessage {
	l.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name+".pdf")
	if err != nil {
		l.t.Fatal(err)
	}
	part.Write([]byte("%PDF-1.4\n" + name + "\n%%EOF\n"))
	w.Close()
	status, body := l.as(l.t, who).send("POST", "/api/documents", &form, "Content-Type", w.FormDataContentType())
	if status != 201 {
		l.t.Fatalf("%d %s", status, body)
	}
	return body
}

// state opens an evaluation in a field and hands in the statement.
func state(t *testing.T, s *site, field string) evaluation {
	t.Helper()
	page := get[struct{ Items []struct{ ID string } }](s.as(t, institution), "/api/records?kind=talent_scheme")
	var r casework.Receipt
	_, body := s.as(t, candidate).send("POST", "/api/cases", map[string]string{"mechanism": "talent_evaluation"}, "Idempotency-Key", "evaluation-"+field+t.Name())
	if err := json.Unmarshal(body, &r); err != nil || r.Case == "" || len(page.Items) == 0 {
		t.Fatalf("%v %s", err, body)
	}
	l := evaluation{&leaving{s, t, r.Case, 0}}
	l.must(candidate, "submit", map[string]any{"values": map[string]any{"title": "示例发明人李工 涂层", "name": "示例发明人李工", "unit": "party_demohuagong", "scheme": page.Items[0].ID, "field": field,
		"summary": "围绕装备表面防护开展应用研究。", "users": []map[string]any{{"user": "party_demobolang", "what": "涂层工艺"}}, "honest": true}})
	return l
}

// reach brings an evaluation from its statement to where peers are drawn.
func (l evaluation) reach() {
	l.t.Helper()
	l.must(candidate, "add", map[string]any{"part": "works", "values": map[string]any{"title": "工艺规程", "type": "报告", "contribution": "提出工艺窗口并完成验证。", "proof": l.paper(candidate, "工艺规程")}})
	l.must(candidate, "hand_in", map[string]any{})
	l.must(institution, "verify", map[string]any{"record": l.records(institution, "works")[0].ID})
	l.must(institution, "confirm", map[string]any{"values": map[string]any{"moral": true, "opinion": "属实。"}})
}

func (l *leaving) records(who, part string) (list []casework.RecordView) {
	l.t.Helper()
	for _, p := range get[casework.View](l.as(l.t, who), "/api/cases/"+l.id).Parts {
		if p.Name == part {
			list = append(list, p.Records...)
		}
	}
	return list
}

// refused does a step that is refused for one reason, which says what is wrong in both languages; it gives the reason.
func (l *leaving) refused(who, step string, body map[string]any, status int, id string) *refusal.Refusal {
	l.t.Helper()
	got, answer := l.act(who, step, body)
	if got != status {
		l.t.Fatalf("%s by %s: %d %.600s", step, who, got, answer)
	}
	for _, r := range problem(l.t, answer).Refusals {
		if r.ID == id && r.Text.ZH != "" && r.Text.EN != "" {
			return r
		}
	}
	l.t.Fatalf("%s by %s: %.600s", step, who, answer)
	return nil
}

// says fails where a refusal lacks one of the words that it has to say, in either language, its rule or its way out.
func says(t *testing.T, r *refusal.Refusal, words ...string) {
	t.Helper()
	all := strings.Join([]string{r.Text.ZH, r.Text.EN, r.Way.ZH, r.Way.EN, r.Rule}, "\n")
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("%q is not said: %s", w, all)
		}
	}
	if r.Way.ZH == "" || r.Way.EN == "" || r.Rule == "" {
		t.Errorf("no rule or no way out: %s", all)
	}
}

func (l *leaving) draft(who, step string) string {
	l.t.Helper()
	for _, o := range get[casework.View](l.as(l.t, who), "/api/cases/"+l.id).Options {
		if o.Step == step {
			raw, _ := json.Marshal(o.Draft)
			return string(raw)
		}
	}
	l.t.Fatalf("%s is not offered %s", who, step)
	return ""
}

// invitations are those of the panel, by state; experts by login.
func (l *leaving) invitations() map[string][]string {
	l.t.Helper()
	by := map[string][]string{}
	for _, x := range get[casework.PanelView](l.as(l.t, convenor), "/api/panels/"+l.id).Invitations {
		by[x.State.Name] = append(by[x.State.Name], login(x.Party))
	}
	return by
}

// answer lets an invited expert do a step on the invitation.
func (l *leaving) answer(who, step string) {
	l.t.Helper()
	for _, x := range get[casework.PanelView](l.as(l.t, convenor), "/api/panels/"+l.id).Invitations {
		if login(x.Party) == who && x.State.Name == "invited" {
			l.must(who, step, map[string]any{"record": x.Record})
			return
		}
	}
	l.t.Fatalf("%s is not invited", who)
}

// change edits people of the register.
func change(t *testing.T, s *site, edit func(*register.Party), logins ...string) {
	t.Helper()
	err := s.db.Write(t.Context(), func(tx *store.Tx) error {
		for _, name := range logins {
			p, err := s.register.Get(tx, "party_demo"+name)
			if err != nil {
				return err
			}
			edit(&p)
			if _, err := s.register.Put(tx, identity.Actor{Account: "keeper", Name: "登记员", Roles: []string{identity.RoleRegister}}, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func vetoed(logins ...string) map[string]any {
	var rows []map[string]any
	for _, x := range logins {
		rows = append(rows, map[string]any{"person": "party_demo" + x, "why": "学术观点长期对立"})
	}
	return map[string]any{"values": map[string]any{"people": rows}}
}

func named(logins ...string) map[string]any {
	var rows []map[string]any
	for _, x := range logins {
		rows = append(rows, map[string]any{"expert": "party_demo" + x})
	}
	return map[string]any{"values": map[string]any{"experts": rows}}
}

var peerSheet = map[string]any{"value": 40, "ability": 45, "contribution": 42, "comment": "本人的贡献说明不足"}

// another is a city of the demo whose panels the tests of this file change: not the others'.
var another = sync.OnceValues(func() (*site, error) { return open(built) })

func anotherCity(t *testing.T) *site {
	t.Helper()
	s, err := another()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestVetoesAndAppeal follows one evaluation through what goes wrong with it: a veto list of everyone, one that leaves too few, an expert who declines,
// one who leaves after reading, an opinion given twice, and an appeal, after which nobody comes back who had to do with the first review.
func TestVetoesAndAppeal(t *testing.T) {
	l := state(t, anotherCity(t), "F4")
	r := l.refused(candidate, "veto", vetoed("zhuanjia2", "zhuanjia3", "zhuanjia5", "zhuanjia6", "zhuanjia10", "zhuanjia14"), 422, "rule.avoid.people")
	if says(t, r, "提出了 6 人，最多 3 人", "6 are named, at most 3", "国务院令第794号"); r.Field != "avoid.people" || !strings.Contains(l.draft(candidate, "veto"), "zhuanjia14") {
		t.Errorf("refused at %q, and kept is %s", r.Field, l.draft(candidate, "veto"))
	}
	l.must(candidate, "veto", vetoed("zhuanjia2", "zhuanjia3", "zhuanjia5"))
	l.reach()
	for _, who := range []string{nobody, institution, bidder, "zhuanjia2", "zhuanjia10", "guanli"} {
		if _, body := l.as(t, who).send("GET", "/api/cases/"+l.id, nil); has(body, "学术观点长期对立") || has(body, "zhuanjia3") {
			t.Errorf("%q reads whom the candidate asks to leave out", who)
		}
	}
	l.vetoesCount()
	first := l.firstReview()
	l.must(convenor, "conclude", map[string]any{})
	l.must("lingdao", "refuse", map[string]any{"values": map[string]any{"reason": "贡献说明不足。", "minutes": l.paper("lingdao", "集体审议纪要")}})
	l.must(candidate, "appeal", map[string]any{"values": map[string]any{"ground": "分工证明没有看到。", "evidence": l.paper(candidate, "分工证明")}})
	l.must("fuhe", "overturn", map[string]any{"values": map[string]any{"facts": "分工证明属实。", "reason": "由没有参加过的专家重新评价。"}})
	for _, who := range first {
		tells(t, l.refused(convenor, "assign", named(who), 422, "panel.named"))
	}
	change(t, l.site, func(p *register.Party) { p.Expertise = append(p.Expertise, "F4") }, "zhuanjia1", "zhuanjia4", "zhuanjia8", "zhuanjia11")
	l.must(convenor, "draw", map[string]any{})
	again := l.invitations()["invited"]
	if len(again) != 3 || slices.ContainsFunc(again, func(x string) bool { return slices.Contains(first, x) }) {
		t.Errorf("%v had to do with the first review, and %v are asked now", first, again)
	}
}

// tells fails where a refusal has no way out.
func tells(t *testing.T, r *refusal.Refusal) {
	t.Helper()
	if r.Way.ZH == "" || r.Way.EN == "" {
		t.Errorf("no way out: %+v", r)
	}
}

// vetoesCount: the vetoes leave two; the refusal says so and what would do, and a ruling on one of them does. A veto bars a person and nobody else.
func (l evaluation) vetoesCount() {
	t := l.t
	t.Helper()
	r := l.refused(convenor, "draw", map[string]any{}, 422, "panel.too_few")
	says(t, r, "专家库 6 人", "可抽取 2 人，需要 3 人", "2 eligible, 3 needed", "人数由 3 人改为 2 人", "提请裁定，其中 1 人可以参加", "补充其他单位的专家 1 人", "2 people instead of 3", "a ruling that 1 of the 3", "国务院令第794号")
	v := get[casework.PanelView](l.as(t, convenor), "/api/panels/"+l.id)
	for _, x := range v.Pool {
		switch login(x.Party) {
		case "zhuanjia2", "zhuanjia3", "zhuanjia5":
			if x.Severity != "approval" || len(x.Findings) != 1 || x.Findings[0].Kind != "veto" || x.Findings[0].Rule == "" {
				t.Errorf("a veto: %+v", x)
			}
		case "zhuanjia10", "zhuanjia14":
			if x.Severity != "" {
				t.Errorf("whom nobody vetoed: %+v", x)
			}
		}
	}
	x := expertOf(v, "party_demozhuanjia2")
	l.must(convenor, v.Dispute, map[string]any{"values": map[string]any{"items": []map[string]any{{"expert": x.Party, "finding": x.Findings[0].ID, "relation": x.Findings[0].Text.ZH, "why": "同领域专家不足"}}}})
	l.must("lingdao", "set_aside", map[string]any{"record": l.records("lingdao", "waivers")[0].ID, "reason": "同领域专家不足，予以邀请"})
	l.must(convenor, "draw", map[string]any{})
	if got := l.invitations()["invited"]; len(got) != 3 || !slices.Contains(got, "zhuanjia2") {
		t.Errorf("after the ruling %v are asked", got)
	}
}

// firstReview is judged by those who neither declined nor left; it gives everybody who had to do with it.
func (l evaluation) firstReview() (all []string) {
	t := l.t
	t.Helper()
	l.answer("zhuanjia10", "decline")
	change(t, l.site, func(p *register.Party) { p.Expertise = append(p.Expertise, "F4") }, "zhuanjia7", "zhuanjia9")
	l.must(convenor, "draw", map[string]any{})
	for _, who := range l.invitations()["invited"] {
		l.answer(who, "accept")
	}
	l.must(convenor, "convene", map[string]any{})
	gone := "zhuanjia14"
	l.must(gone, "recuse", map[string]any{"record": l.work(gone)[0].Record, "reason": "读后发现有合作"})
	l.must(convenor, "draw", map[string]any{})
	l.answer(l.invitations()["invited"][0], "join")
	for _, who := range l.invitations()["accepted"] {
		l.onceOnly(who, l.work(who)[0].Record)
	}
	for _, list := range l.invitations() {
		all = append(all, list...)
	}
	if len(all) != 5 {
		t.Fatalf("%v had to do with the review", all)
	}
	return all
}

// onceOnly gives an opinion, and tries to change it, to take it back, to keep a draft over it, and to give it by the same request again.
func (l evaluation) onceOnly(who, record string) {
	t := l.t
	t.Helper()
	body := map[string]any{"record": record, "values": peerSheet}
	path, key := "/api/cases/"+l.id+"/steps/score", "once-"+record
	for range 2 { // a request that is repeated is one
		if status, answer := l.as(t, who).send("POST", path, body, "Idempotency-Key", key); status != 200 {
			t.Fatalf("%d %s", status, answer)
		}
	}
	better := maps.Clone(peerSheet)
	better["value"] = 99
	for _, step := range []string{"score", "recuse"} {
		r := l.refused(who, step, map[string]any{"record": record, "values": better, "reason": "改主意了"}, 409, "casework.closed")
		tells(t, r)
	}
	for _, other := range []string{convenor, candidate, "lingdao", bidder} {
		if status, answer := l.act(other, "score", map[string]any{"record": record, "values": better}); status < 400 || status >= 500 {
			t.Errorf("%q changes an opinion: %d %s", other, status, answer)
		}
	}
	if status, answer := l.as(t, who).send("PUT", "/api/cases/"+l.id+"/drafts/score", map[string]any{"record": record, "values": better}); status != 409 {
		t.Errorf("a draft over a locked opinion: %d %s", status, answer)
	}
	if list := l.work(who); len(list) > 0 {
		t.Errorf("%s is asked again: %+v", who, list)
	}
}

// TestLimitsThatCannotBeMet: everybody in conflict, everybody of one unit, a share from outside the city that is larger than the panel. The draw says
// at the officer's door which limit it is, of which rule, and the least change that would do.
func TestLimitsThatCannotBeMet(t *testing.T) {
	s := anotherCity(t)
	all := []string{"zhuanjia6", "zhuanjia11", "zhuanjia12"}
	at := func(unit string) func(*register.Party) {
		return func(p *register.Party) { p.Expertise, p.Employer = []string{"F5"}, "party_demo"+unit }
	}
	change(t, s, at("huagong"), all...)
	l := state(t, s, "F5")
	l.reach()
	says(t, l.refused(convenor, "draw", map[string]any{}, 422, "panel.too_few"), "专家库 3 人，因回避等原因排除 3 人，可抽取 0 人，需要 3 人", "3 excluded, 0 eligible, 3 needed", "补充其他单位的专家 3 人", "3 more experts of other units")
	change(t, s, at("dalian"), all...)
	says(t, l.refused(convenor, "draw", map[string]any{}, 422, "panel.too_few"), "每个单位至多 1 人，最多只能组成 1 人", "with at most 1 of a unit there are 1", "每个单位至多 3 人（现为 1 人）", "人数由 3 人改为 1 人", "补充其他单位的专家 2 人", "at most 3 of a unit instead of 1")
	says(t, l.refused(convenor, "assign", named("zhuanjia6", "zhuanjia11"), 422, "panel.quota_unit"), "每个单位至多 1 人", "At most 1 of a unit")
	for i, unit := range []string{"dalian", "shengwu", "ruanjian"} {
		change(t, s, at(unit), all[i])
	}
	l.must(convenor, "draw", map[string]any{})

	// A city whose rules contradict each other.
	harsh, err := under(stricter(t, "panel_outside_least", "value: 0", "value: 5"), s.db, s.key, built, false, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	l = state(t, harsh, "F8")
	l.reach()
	says(t, l.refused(convenor, "draw", map[string]any{}, 422, "panel.quota"), "市外专家”至少 5 人，评审组只有 3 人", "At least 5 experts from outside the city are asked for on a panel of 3", "评审组由 3 人改为 5 人", "下限由 5 人改为 3 人", "Have 5 on the panel instead of 3")
}

// stricter is the pack with one parameter changed.
func stricter(t *testing.T, param, old, new string) fstest.MapFS {
	t.Helper()
	pack, changed := fstest.MapFS{}, 0
	err := fs.WalkDir(packs.Shenyang(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(packs.Shenyang(), name)
		lines := strings.Split(string(data), "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, param+":") && strings.HasPrefix(name, "parameters") {
				lines[i], changed = strings.Replace(line, old, new, 1), changed+1
			}
		}
		pack[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
		return err
	})
	if err != nil || changed != 1 {
		t.Fatalf("%v: %s was changed %d times", err, param, changed)
	}
	return pack
}

// TestRemark: what is said of an expert's work is read by that expert, by those who keep the files, and by auditors; the expert may answer once, and
// nobody for them.
func TestRemark(t *testing.T) {
	s := anotherCity(t)
	page := get[web.CasePage](s.as(t, "zhuanjia1"), "/api/cases?mechanism=expert_file")
	if len(page.Items) == 0 {
		t.Fatal("zhuanjia1 has no file")
	}
	l := &leaving{s, t, page.Items[0].Case, 100}
	const said, replied = "有两次没有按时提交意见", "当时已书面请假"
	remark := map[string]any{"values": map[string]any{"items": []map[string]any{{"year": 2026, "grade": "称职", "facts": said}}}}
	for _, who := range []string{"zhuanjia1", "lingdao", auditor, officer, "zhuanjia2", bidder, nobody} {
		if status, body := l.act(who, "remark", remark); status < 400 || status >= 500 {
			t.Errorf("%q remarks on an expert: %d %s", who, status, body)
		}
	}
	l.must("chengxin", "remark", remark)
	list := l.records("zhuanjia1", "remarks")
	i := slices.IndexFunc(list, func(r casework.RecordView) bool { return r.State.Name == "stated" })
	if i < 0 {
		t.Fatalf("%+v", list)
	}
	record := list[i].ID
	reply := map[string]any{"record": record, "values": map[string]any{"text": replied}}
	for _, who := range []string{"zhuanjia2", "chengxin", "lingdao", auditor, officer, nobody} {
		if status, body := l.act(who, "reply", reply); status < 400 || status >= 500 {
			t.Errorf("%q answers in the expert's place: %d %s", who, status, body)
		}
	}
	l.refused("zhuanjia1", "reply", map[string]any{"record": record, "values": map[string]any{"text": "  "}}, 422, "form.missing")
	l.must("zhuanjia1", "reply", reply)
	for _, step := range []string{"reply", "accept"} {
		tells(t, l.refused("zhuanjia1", step, map[string]any{"record": record, "values": map[string]any{"text": "再说一次"}}, 409, "casework.closed"))
	}
	knows := []string{"zhuanjia1", "chengxin", "lingdao", auditor}
	for _, who := range append([]string{nobody, enterprise, bidder, "zhuanjia2", officer, convenor, district, "dengji", "guanli", "tongji", "caiwu"}, knows...) {
		for _, path := range []string{"/api/cases/" + l.id, "/api/hall/" + l.id, "/api/cases/" + l.id + "/bundle", "/api/cases/" + l.id + "/thread", "/api/parties/party_demozhuanjia1", "/api/parties/party_demozhuanjia1/history",
			"/api/reviews", "/api/desk", "/api/records?kind=expert&limit=100", "/api/search?q=" + url.QueryEscape("没有按时提交意见")} {
			_, body := l.as(t, who).send("GET", path, nil)
			if may := slices.Contains(knows, who); !may && (has(body, said) || has(body, replied)) || may && path == "/api/cases/"+l.id && (!has(body, said) || !has(body, replied)) {
				t.Errorf("%q reads the remark in %s: %v, should be %v", who, path, !may, may)
			}
		}
	}
	l.must("lingdao", "uphold", map[string]any{"record": record, "reason": "请假未获批准"})
	l.refused("zhuanjia1", "reply", reply, 409, "casework.ended")
}
