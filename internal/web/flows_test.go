package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/register"
	"kechuang/internal/web"
)

// TestFirstAdministrator goes the way of a new city: the one-time link, the first account, the second administrator, an account for an
// owner, each behind a link that works once.
func TestFirstAdministrator(t *testing.T) {
	s := theCity(t)
	admin := s.as(t, "guanli")
	status, body := admin.send("POST", "/api/admin/accounts", map[string]string{"login": "xinren", "name": "新人", "party": "party_demodalian", "as": "owner"})
	var made web.AccountLink
	if err := json.Unmarshal(body, &made); status != 201 || err != nil || made.Account.State != "invited" || !strings.HasPrefix(made.Link, "/setup/") {
		t.Fatalf("%d %s", status, body)
	}
	link := "/api" + made.Link
	visitor := s.as(t, "")
	if l := get[web.SetupLink](visitor, link); l.Purpose != "invite" || l.Login != "xinren" {
		t.Errorf("the link says %+v", l)
	}
	if status, body := visitor.send("POST", link, map[string]string{"password": "123"}); status != 422 || problem(t, body).Refusals[0].Field != "password" {
		t.Errorf("a weak password: %d %s", status, body)
	}
	if status, body := visitor.send("POST", link, map[string]string{"password": "kechuang2025"}); status != 204 {
		t.Fatalf("%d %s", status, body)
	}
	if status, _ := visitor.send("POST", link, map[string]string{"password": "kechuang2026"}); status != 404 {
		t.Errorf("the link works twice: %d", status)
	}
	owner := s.as(t, "xinren")
	if status, body := owner.send("POST", "/api/admin/accounts", map[string]string{"login": "tongshi", "name": "同事", "party": "party_demodalian", "as": "agent"}); status != 201 {
		t.Errorf("an owner makes an account for their own party: %d %s", status, body)
	}
	if status, _ := owner.send("POST", "/api/admin/accounts", map[string]string{"login": "bieren", "name": "别人", "party": "party_demobolang"}); status != 403 {
		t.Errorf("an owner makes an account for another party: %d", status)
	}
	// Roles are another administrator's to give, and nobody's own.
	if status, _ := admin.send("POST", "/api/admin/accounts/"+made.Account.ID+"/grants", map[string]string{"role": "auditor"}); status != 403 {
		t.Errorf("admin.system gives a role: %d", status)
	}
	if status, body := s.as(t, "anquan").send("POST", "/api/admin/accounts/"+made.Account.ID+"/grants", map[string]string{"role": "auditor"}); status != 200 || !has(body, `"auditor"`) {
		t.Errorf("admin.security gives a role: %d %s", status, body)
	}
	if status, _ := admin.send("POST", "/api/admin/accounts/"+made.Account.ID+"/disable", nil); status != 200 {
		t.Errorf("disabling: %d", status)
	}
	if status, _ := owner.send("GET", "/api/me", nil); status != 401 {
		t.Errorf("a disabled account's session goes on: %d", status)
	}
	log := get[web.SecurityPage](s.as(t, "shenjiguan"), "/api/admin/security-log?account="+made.Account.ID)
	kinds := map[string]bool{}
	for _, e := range log.Items {
		kinds[e.Kind] = true
		if e.Named == "" || e.Kind == "role.granted" && (e.About == "" || e.Told.ZH != "审计人员") {
			t.Errorf("the security log is not in words: %+v", e)
		}
	}
	for _, k := range []string{"account.created", "password.set", "sign_in", "role.granted", "account.disabled"} {
		if !kinds[k] {
			t.Errorf("the security log lacks %s: %v", k, kinds)
		}
	}
}

// TestAppropriation enters a budget once, however often it is sent, and puts it on record.
func TestAppropriation(t *testing.T) {
	s := theCity(t)
	caiwu := s.as(t, "caiwu")
	before := get[[]web.Fund](caiwu, "/api/funds")[0]
	for range 2 {
		status, body := caiwu.send("POST", "/api/funds/challenge/appropriations", map[string]any{"year": 2026, "amount": 12_345_00, "memo": "示例预算(虚构)"}, "Idempotency-Key", "budget-test-1")
		if status != 201 {
			t.Fatalf("%d %s", status, body)
		}
	}
	after := get[[]web.Fund](caiwu, "/api/funds")[0]
	if after.Appropriated-before.Appropriated != 12_345_00 || after.Free-before.Free != 12_345_00 {
		t.Errorf("appropriated %v, then %v", before, after)
	}
	if after.Appropriated != after.Free+after.Held+after.Paid {
		t.Errorf("the fund does not add up: %+v", after)
	}
	page := get[web.PostingPage](caiwu, "/api/funds/challenge/postings?limit=3")
	if len(page.Items) != 3 || page.Items[0].Kind != "appropriate" || page.Items[0].Amount != 12_345_00 {
		t.Errorf("the postings begin with %+v", page.Items)
	}
	if status, body := caiwu.send("POST", "/api/funds/none/appropriations", map[string]any{"year": 2026, "amount": 1, "memo": "x"}, "Idempotency-Key", "budget-test-2"); status != 404 {
		t.Errorf("a fund that is not: %d %s", status, body)
	}
	if status, body := caiwu.send("POST", "/api/funds/challenge/appropriations", map[string]any{"year": 2026, "amount": 1, "memo": " "}, "Idempotency-Key", "budget-test-3"); status != 422 {
		t.Errorf("a budget without a paper: %d %s", status, body)
	}
}

// TestImport brings a table in: checked in the background, messages by row, a marked copy, and entered when confirmed.
func TestImport(t *testing.T) {
	s := theCity(t)
	dengji := s.as(t, "dengji")
	if status, body := dengji.send("GET", "/api/sheets/party/template.xlsx", nil); status != 200 || !bytes.HasPrefix(body, []byte("PK")) {
		t.Fatalf("the template: %d", status)
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", "单位.csv")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(part, "主体类型,名称,统一社会信用代码,所在区县\n其他,示例协会甲,,210102\n企业,示例公司乙,123,210102\n")
	w.Close()
	status, body := dengji.send("POST", "/api/sheets/party/imports", &form, "Content-Type", w.FormDataContentType())
	var imp register.Import
	if err := json.Unmarshal(body, &imp); status != 202 || err != nil {
		t.Fatalf("%d %s", status, body)
	}
	if err := s.register.RunImport(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if imp = get[register.Import](dengji, "/api/imports/"+imp.ID); imp.State != register.Checked || imp.Good != 1 || imp.Bad != 1 {
		t.Fatalf("checked: %+v", imp)
	}
	messages := get[[]register.Message](dengji, "/api/imports/"+imp.ID+"/messages")
	if len(messages) == 0 || messages[0].Line != 3 || !messages[0].Error {
		t.Errorf("messages: %+v", messages)
	}
	if status, body := s.as(t, "qiye").send("GET", "/api/imports/"+imp.ID, nil); status != 404 {
		t.Errorf("somebody else's import: %d %s", status, body)
	}
	if status, body := dengji.send("POST", "/api/imports/"+imp.ID+"/confirm", map[string]bool{"skipBad": false}); status != 422 {
		t.Errorf("confirming with a bad row: %d %s", status, body)
	}
	if status, body := dengji.send("GET", "/api/imports/"+imp.ID+"/marked.xlsx", nil); status != 200 || !bytes.HasPrefix(body, []byte("PK")) {
		t.Errorf("the marked copy: %d %.100s", status, body)
	}
	if status, body := dengji.send("POST", "/api/imports/"+imp.ID+"/confirm", map[string]bool{"skipBad": true}); status != 202 {
		t.Fatalf("confirming: %d %s", status, body)
	}
	if err := s.register.RunImport(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	if found := get[web.PartyPage](dengji, "/api/parties?q=%E7%A4%BA%E4%BE%8B%E5%8D%8F%E4%BC%9A"); len(found.Items) != 1 {
		t.Errorf("found %+v", found.Items)
	}
	if status, body := dengji.send("GET", "/api/sheets/party/export.csv?q=%E7%A4%BA%E4%BE%8B%E5%8D%8F%E4%BC%9A", nil); status != 200 || !has(body, "示例协会甲") {
		t.Errorf("the export: %d %s", status, body)
	}
}

// TestStep opens a case and hands it in over HTTP: dry first, with a wrong amount, from a stale page, and twice.
func TestStep(t *testing.T) {
	s := theCity(t)
	qiye := s.as(t, "qiye")
	status, body := qiye.send("POST", "/api/cases", map[string]string{"mechanism": "jiebang"}, "Idempotency-Key", "step-test-open")
	var opened casework.Receipt
	if err := json.Unmarshal(body, &opened); status != 201 || err != nil {
		t.Fatalf("%d %s", status, body)
	}
	var again casework.Receipt
	_, body = qiye.send("POST", "/api/cases", map[string]string{"mechanism": "jiebang"}, "Idempotency-Key", "step-test-open")
	if err := json.Unmarshal(body, &again); err != nil || again.Case != opened.Case || !again.Repeated {
		t.Errorf("the same request twice: %s", body)
	}
	path := "/api/cases/" + opened.Case
	act := func(key string, more map[string]any) (int, []byte) {
		return qiye.send("POST", path+"/steps/submit", more, "Idempotency-Key", key)
	}
	// Every bad value at once is told at its field.
	status, body = act("step-test-1", map[string]any{"values": map[string]any{"total": "100亿元.123", "own": "-5万元", "due": "2026-02-30", "colour": "red"}})
	fields := map[string]bool{}
	for _, r := range problem(t, body).Refusals {
		fields[r.Field] = true
	}
	if status != 422 || !fields["need.total"] || !fields["need.own"] || !fields["need.due"] || !fields["need.title"] || !fields["need.colour"] {
		t.Errorf("%d, refused at %v", status, fields)
	}
	if status, body := qiye.send("PUT", path+"/drafts/submit", map[string]any{"values": map[string]any{"title": "草稿里的名称"}}); status != 204 {
		t.Fatalf("the draft: %d %s", status, body)
	}
	view := get[casework.View](qiye, path)
	kept := false
	for _, o := range view.Options {
		kept = kept || (o.Step == "submit" && string(o.Draft["title"]) == `"草稿里的名称"`)
	}
	if !kept {
		t.Error("the draft is not on the case page")
	}
	if status, body := act("step-test-2", map[string]any{"revision": 99, "values": map[string]any{}}); status != 409 && status != 422 {
		t.Errorf("from a page of the future: %d %s", status, body)
	}
	if status, body := qiye.send("POST", path+"/steps/withdraw", map[string]any{"dryRun": true}, "Idempotency-Key", "step-test-3"); status != 200 || get[casework.View](qiye, path).State.Name != "draft" {
		t.Errorf("a dry run: %d %s", status, body)
	}
	status, body = qiye.send("POST", path+"/steps/withdraw", map[string]any{}, "Idempotency-Key", "step-test-4")
	var r casework.Receipt
	if err := json.Unmarshal(body, &r); status != 200 || err != nil || r.State.Name != "withdrawn" || !r.State.End {
		t.Fatalf("withdrawing: %d %s", status, body)
	}
	if status, body := qiye.send("GET", "/api/journal/proof/"+r.Leaf, nil); status != 503 || problem(t, body).Refusals[0].ID != "journal.unsealed" {
		t.Errorf("a leaf that is not sealed yet: %d %s", status, body)
	}
	if _, err := s.journal.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := get[web.LogProof](qiye, "/api/journal/proof/"+r.Leaf); p.Index < 1 || len(p.Hashes) == 0 {
		t.Errorf("the proof: %+v", p)
	}
	if status, body := qiye.send("POST", path+"/steps/submit", map[string]any{}, "Idempotency-Key", "step-test-5"); status != 409 {
		t.Errorf("a step on a case that has ended: %d %s", status, body)
	}
}

// TestBundle checks an exported bundle as a reader does, and finds a change in it.
func TestBundle(t *testing.T) {
	s := theCity(t)
	path := "/api/cases/" + s.caseIn(t, "passed") + "/bundle"
	status, body := s.as(t, "shenji").send("GET", path, nil)
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	r, err := journal.VerifyBundle(bytes.NewReader(body), s.journal.Key())
	if err != nil || !r.OK() || r.Leaves < 20 {
		t.Fatalf("%+v %v", r, err)
	}
	changed := bytes.Replace(body, []byte(`step submit`), []byte(`step forged`), 1)
	if bytes.Equal(changed, body) {
		t.Fatal("nothing was changed")
	}
	if r, err := journal.VerifyBundle(bytes.NewReader(changed), s.journal.Key()); err != nil || r.OK() || r.Problems[0].Kind != "changed" {
		t.Errorf("a forged step: %+v %v", r, err)
	}
}

// TestDelegation lets a colleague act, and ends it.
func TestDelegation(t *testing.T) {
	s := theCity(t)
	accounts := get[web.AccountPage](s.as(t, "guanli"), "/api/admin/accounts?q=tiexi").Items
	hunnan := s.as(t, "hunnan")
	status, body := hunnan.send("POST", "/api/cases/-/delegations", map[string]any{"to": accounts[0].ID, "from": time.Now(), "until": time.Now().Add(48 * time.Hour)})
	var d casework.Delegation
	if err := json.Unmarshal(body, &d); status != 201 || err != nil {
		t.Fatalf("%d %s", status, body)
	}
	waiting := func() bool {
		for _, i := range get[casework.Desk](s.as(t, "tiexi"), "/api/desk").Waiting {
			if i.Title == "超低温阀门波纹管组件密封可靠性" {
				return true
			}
		}
		return false
	}
	if !waiting() {
		t.Error("the substitute's desk lacks what waits for the one they stand in for")
	}
	if status, body := hunnan.send("DELETE", "/api/delegations/"+d.ID, nil); status != 204 {
		t.Errorf("%d %s", status, body)
	}
	if waiting() {
		t.Error("it still waits for them after the end")
	}
}

// TestMechanismInWords reads the mechanism's page: titles for names, values for parameters, sources, and every proof.
func TestMechanismInWords(t *testing.T) {
	s := theCity(t)
	m := get[web.Mechanism](s.as(t, ""), "/api/mechanisms/jiebang")
	if len(m.Proofs) != 8 || len(m.Params) < 30 || len(m.Machines) < 5 || m.Machines[0].Name != "" {
		t.Fatalf("%d proofs, %d parameters, %d machines", len(m.Proofs), len(m.Params), len(m.Machines))
	}
	for _, p := range m.Proofs {
		if !p.OK || p.Title.ZH == "" {
			t.Errorf("proof %+v", p)
		}
	}
	for _, p := range m.Params {
		if p.Cite == "" || p.Text.ZH == "" {
			t.Errorf("the parameter %s has no source or no value: %+v", p.Name, p)
		}
	}
	raw, err := json.Marshal(m.Machines)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"从市科技计划专项资金(揭榜挂帅)预留", "向揭榜方支付启动资金", "生成文书", "个工作日内未办，提醒"} {
		if !has(raw, want) && !has(raw, strings.NewReplacer("(", "（", ")", "）").Replace(want)) {
			t.Errorf("the words lack %q", want)
		}
	}
	for _, code := range []string{"policy.", "param.", "%!"} {
		for _, machine := range m.Machines {
			for _, st := range machine.States {
				for _, step := range st.Steps {
					for _, do := range step.Do {
						if strings.Contains(do.ZH, code) || strings.Contains(do.EN, code) {
							t.Errorf("%s.%s says %q", st.Name, step.Name, do)
						}
					}
					if strings.Contains(step.Tells.ZH, "{") {
						t.Errorf("%s.%s tells %q", st.Name, step.Name, step.Tells.ZH)
					}
				}
			}
		}
	}
}

// TestAtOnce sends the same step many times at once: it is done once, and everybody who sent that request gets its answer; those who
// sent another one about the same page are told that somebody was faster.
func TestAtOnce(t *testing.T) {
	s := theCity(t)
	qiye := s.as(t, "qiye")
	_, body := qiye.send("POST", "/api/cases", map[string]string{"mechanism": "jiebang"}, "Idempotency-Key", "at-once-open")
	var opened casework.Receipt
	if err := json.Unmarshal(body, &opened); err != nil {
		t.Fatal(err)
	}
	path := "/api/cases/" + opened.Case + "/steps/withdraw"
	type result struct {
		status int
		body   []byte
	}
	results := make([]result, 12)
	var wg sync.WaitGroup
	for n := range results {
		wg.Go(func() {
			key := "at-once-same"
			if n%3 == 0 {
				key = fmt.Sprintf("at-once-other-%d", n)
			}
			results[n].status, results[n].body = qiye.send("POST", path, map[string]any{"revision": opened.Revision}, "Idempotency-Key", key)
		})
	}
	wg.Wait()
	leaves, first := map[string]int{}, 0
	for n, r := range results {
		var got casework.Receipt
		switch {
		case r.status == 200 && json.Unmarshal(r.body, &got) == nil:
			leaves[got.Leaf]++
			if !got.Repeated {
				first++
			}
		case r.status != 409:
			t.Errorf("request %d: %d %s", n, r.status, r.body)
		}
	}
	if len(leaves) != 1 || first != 1 {
		t.Errorf("%d leaves, %d of them fresh, want one: %v", len(leaves), first, leaves)
	}
}

// TestColleagues lists who sits where I sit, and nobody else.
func TestColleagues(t *testing.T) {
	s := theCity(t)
	if list := get[[]identity.Holder](s.as(t, "jingban"), "/api/me/colleagues"); len(list) != 0 {
		t.Errorf("the only officer has colleagues: %+v", list)
	}
	accounts := get[web.AccountPage](s.as(t, "guanli"), "/api/admin/accounts?q=shenbei").Items
	if status, body := s.as(t, "anquan").send("POST", "/api/admin/accounts/"+accounts[0].ID+"/grants", map[string]string{"office": "bureau.finance"}); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	if list := get[[]identity.Holder](s.as(t, "caiwu"), "/api/me/colleagues"); len(list) != 1 || list[0].Account != accounts[0].ID {
		t.Errorf("finance has the colleagues %+v", list)
	}
}
