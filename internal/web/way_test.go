package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/web"
)

// TestHeaders looks at what goes with every answer.
func TestHeaders(t *testing.T) {
	v := theCity(t).as(t, "")
	for _, path := range []string{"/", "/api/session", "/openapi.json", "/api/nothing", "/missing.js"} {
		res := v.ask("GET", path, nil)
		res.Body.Close()
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "same-origin"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("GET %s: %s is %q, want %q", path, name, got, want)
			}
		}
		if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "script-src") {
			t.Errorf("GET %s: the content policy is %q", path, csp)
		}
		if !strings.HasPrefix(res.Header.Get("X-Request-Id"), "req_") {
			t.Errorf("GET %s: no request id", path)
		}
	}
}

// TestCookie looks at the session's cookie: no script reads it, no other site sends it, and over TLS it is for TLS only.
func TestCookie(t *testing.T) {
	s := theCity(t)
	v := s.as(t, "")
	res := v.ask("POST", "/api/session", map[string]string{"login": "dengji", "password": "kechuang2025"})
	res.Body.Close()
	c := res.Cookies()
	if len(c) != 1 || !c[0].HttpOnly || c[0].SameSite != http.SameSiteLaxMode || c[0].Secure || c[0].Path != "/" {
		t.Fatalf("the cookie is %+v", c)
	}
	tls := httptest.NewTLSServer(s.handler)
	defer tls.Close()
	res, err := tls.Client().Post(tls.URL+"/api/session", "application/json", strings.NewReader(`{"login":"dengji","password":"kechuang2025"}`))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if c := res.Cookies(); len(c) != 1 || !c[0].Secure {
		t.Errorf("over TLS the cookie is %+v", c)
	}
}

// TestCrossOrigin refuses what another site sends, and lets through what is no browser's.
func TestCrossOrigin(t *testing.T) {
	v := theCity(t).as(t, "qiye")
	status, body := v.send("DELETE", "/api/me/tokens/tok_x", nil, "Sec-Fetch-Site", "cross-site")
	if p := problem(t, body); status != http.StatusForbidden || p.Refusals[0].ID != "request.cross_origin" {
		t.Errorf("from another site: %d %s", status, body)
	}
	if status, body := v.send("DELETE", "/api/me/tokens/tok_x", nil); status != http.StatusNotFound {
		t.Errorf("from no browser: %d %s", status, body)
	}
}

// TestTooLarge tries a text of 5 MB, a body that lies about its length, and a file beyond the limit: each is refused in words.
func TestTooLarge(t *testing.T) {
	s := theCity(t)
	v := s.as(t, "qiye")
	draft := get[web.CasePage](v, "/api/cases?state=draft").Items[0].Case
	long := strings.Repeat("长", 5<<20/3)
	for name, body := range map[string]any{
		"declared": map[string]any{"values": map[string]string{"background": long}},
		"streamed": io.MultiReader(strings.NewReader(`{"values":{"background":"`), strings.NewReader(long), strings.NewReader(`"}}`)),
	} {
		status, answer := v.send("POST", "/api/cases/"+draft+"/steps/submit", body, "Idempotency-Key", "too-large-1")
		if p := problem(t, answer); status != http.StatusRequestEntityTooLarge || p.Refusals[0].ID != "request.too_large" || p.Refusals[0].Way.ZH == "" {
			t.Errorf("%s: %d %s", name, status, answer)
		}
	}
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", "大文件.pdf")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(make([]byte, 51<<20))
	w.Close()
	status, answer := v.send("POST", "/api/documents", &form, "Content-Type", w.FormDataContentType())
	if status != http.StatusRequestEntityTooLarge {
		t.Errorf("a file of 51 MB: %d %s", status, answer)
	}
}

// TestMalformed sends what is not JSON, lacks what is required, or has what is not known: all of it is told, in both languages.
func TestMalformed(t *testing.T) {
	v := theCity(t).as(t, "qiye")
	for _, c := range []struct {
		body, zh, en, field string
		status              int
	}{
		{`{"mechanism":`, "请求的格式不正确", "malformed", "", 400},
		{`{}`, "缺少必填项 mechanism", "required property mechanism", "", 422},
		{`{"mechanism": 7}`, "应为文字", "string", "mechanism", 422},
		{`{"mechanism": "jiebang", "party": "x", "colour": "red"}`, "没有这一项", "unexpected property", "colour", 422},
	} {
		status, body := v.send("POST", "/api/cases", strings.NewReader(c.body), "Idempotency-Key", "malformed-1")
		p := problem(t, body)
		if status != c.status || len(p.Refusals) == 0 || !strings.Contains(p.Refusals[0].Text.ZH, c.zh) || !strings.Contains(p.Refusals[0].Text.EN, c.en) || p.Refusals[0].Field != c.field {
			t.Errorf("%s: %d %s", c.body, status, body)
		}
	}
	if status, body := v.send("POST", "/api/cases", map[string]string{"mechanism": "jiebang"}); status != 422 || !has(body, "Idempotency-Key") {
		t.Errorf("without a key: %d %s", status, body)
	}
}

// TestLanguage gives title and detail in the language asked for; refusals carry both.
func TestLanguage(t *testing.T) {
	v := theCity(t).as(t, "")
	_, body := v.send("GET", "/api/desk", nil)
	if p := problem(t, body); p.Title != "请先登录" || p.Status != 401 || p.Type != "urn:kechuang:refusal:sign_in" {
		t.Errorf("zh: %s", body)
	}
	_, body = v.send("GET", "/api/desk", nil, "Accept-Language", "en-GB,en;q=0.9")
	if p := problem(t, body); p.Title != "Please sign in" || p.Refusals[0].Text.ZH == "" || p.Refusals[0].Text.EN == "" {
		t.Errorf("en: %s", body)
	}
}

// TestPages serves the one page for every path without an extension, files as files, and compresses.
func TestPages(t *testing.T) {
	v := theCity(t).as(t, "")
	for path, want := range map[string]string{"/": "科创", "/cases/case_x": "科创", "/hall": "科创", "/favicon.svg": "<svg/>"} {
		if status, body := v.send("GET", path, nil); status != 200 || !has(body, want) {
			t.Errorf("GET %s: %d %s", path, status, body)
		}
	}
	if status, _ := v.send("GET", "/assets/old-12345678.js", nil); status != 404 {
		t.Errorf("a file that is not there: %d", status)
	}
	res := v.ask("GET", "/assets/index-BK3f9a_x.js", nil, "Accept-Encoding", "gzip")
	defer res.Body.Close()
	z, err := gzip.NewReader(res.Body)
	if err != nil || res.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Fatalf("a hashed file: %v %v", res.Header, err)
	}
	if body, err := io.ReadAll(z); err != nil || len(body) != 1600 {
		t.Errorf("unpacked %d bytes, %v", len(body), err)
	}
	res2 := v.ask("GET", "/", nil)
	res2.Body.Close()
	res3 := v.ask("GET", "/", nil, "If-None-Match", res2.Header.Get("ETag"))
	res3.Body.Close()
	if res2.Header.Get("Cache-Control") != "no-cache" || res3.StatusCode != http.StatusNotModified {
		t.Errorf("the page: %v, then %d", res2.Header, res3.StatusCode)
	}
}

// TestUnbuilt names the command where the interface was not built.
func TestUnbuilt(t *testing.T) {
	w := httptest.NewRecorder()
	web.Pages(fstest.MapFS{".keep": {}}).ServeHTTP(w, httptest.NewRequest("GET", "/cases", nil))
	if w.Code != 200 || !strings.Contains(w.Body.String(), "make run") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestLimits stops guessing passwords from one address, and tells when to come back.
func TestLimits(t *testing.T) {
	s, err := open(built)
	if err != nil {
		t.Fatal(err)
	}
	announced := s.caseIn(t, "announced")
	v := s.as(t, "")
	statuses := map[int]int{}
	for i := range 35 {
		status, _ := v.send("POST", "/api/session", map[string]string{"login": fmt.Sprintf("nobody%d", i), "password": "wrong-password"})
		statuses[status]++
	}
	if statuses[401] != 30 || statuses[429] != 5 {
		t.Errorf("35 guesses were answered %v", statuses)
	}
	statuses = map[int]int{}
	path := "/api/hall/" + announced + "/steps/object"
	for i := range 12 {
		body := maps.Clone(objection)
		body["dryRun"] = i == 0 // trying it out is not counted
		status, _ := v.send("POST", path, body, "Idempotency-Key", fmt.Sprintf("limits-test-%d", i))
		statuses[status]++
	}
	if statuses[201] != 11 || statuses[429] != 1 {
		t.Errorf("12 objections were answered %v", statuses)
	}
}

// TestInternal shows nothing of an error that nobody can act on but its number.
func TestInternal(t *testing.T) {
	p := web.ProblemOf(context.Background(), errors.New("dial tcp 10.0.0.5:5432: password for user kechuang"))
	raw, err := json.Marshal(p)
	if err != nil || p.Status != 500 || strings.Contains(string(raw), "10.0.0.5") || len(p.Refusals) != 0 {
		t.Errorf("%s", raw)
	}
}

// TestMetrics are for this machine only.
func TestMetrics(t *testing.T) {
	v := theCity(t).as(t, "")
	v.send("GET", "/api/session", nil)
	if status, body := v.send("GET", "/metrics", nil); status != 200 || !has(body, `kechuang_http_requests_total{route="GET /api/session",status="200"}`) {
		t.Errorf("%d %.300s", status, body)
	}
	if status, _ := v.send("GET", "/metrics", nil, "X-Forwarded-For", "203.0.113.9"); status != 404 {
		t.Errorf("for a visitor behind a proxy: %d", status)
	}
}

// TestTokens lets a program in within its scopes, and never into administration.
func TestTokens(t *testing.T) {
	s := theCity(t)
	status, body := s.as(t, "guanli").send("POST", "/api/me/tokens", map[string]any{"name": "只读", "scopes": []string{"read"}, "days": 7})
	var fresh web.FreshToken
	if err := json.Unmarshal(body, &fresh); status != 201 || err != nil || fresh.Secret == "" {
		t.Fatalf("%d %s", status, body)
	}
	program := s.as(t, "")
	bearer := "Bearer " + fresh.Secret
	for _, c := range []struct {
		method, path string
		status       int
		id           string
	}{
		{"GET", "/api/me", 200, ""}, {"GET", "/api/cases", 200, ""},
		{"POST", "/api/cases", 403, "token.scope"}, {"GET", "/api/admin/accounts", 403, "token.session_only"}, {"GET", "/api/me/tokens", 403, "token.session_only"},
	} {
		status, body := program.send(c.method, c.path, nil, "Authorization", bearer)
		if status != c.status || (c.id != "" && problem(t, body).Refusals[0].ID != c.id) {
			t.Errorf("%s %s by a token: %d %s", c.method, c.path, status, body)
		}
	}
	if status, _ := program.send("GET", "/api/hall", nil, "Authorization", "Bearer kct_wrong"); status != 401 {
		t.Errorf("a wrong token reads the hall: %d", status)
	}
	if status, _ := s.as(t, "guanli").send("DELETE", "/api/me/tokens/"+fresh.ID, nil); status != 204 {
		t.Errorf("revoking: %d", status)
	}
	if status, _ := program.send("GET", "/api/me", nil, "Authorization", bearer); status != 401 {
		t.Errorf("a revoked token: %d", status)
	}
}

// TestEndedSession reads public pages as everybody does, and is told to sign in elsewhere.
func TestEndedSession(t *testing.T) {
	v := theCity(t).as(t, "")
	old := []string{"Cookie", "kechuang_session=long-gone"}
	if status, body := v.send("GET", "/api/hall", nil, old...); status != 200 {
		t.Errorf("the hall: %d %s", status, body)
	}
	status, body := v.send("GET", "/api/desk", nil, old...)
	if p := problem(t, body); status != 401 || p.Refusals[0].ID != "identity.session_ended" {
		t.Errorf("the desk: %d %s", status, body)
	}
}
