package web_test

import (
	"net/http"
	"testing"
)

// TestDatabaseGone answers, while the database is away, that it cannot just now — in words, with 503, and without a stack — and still
// serves the pages.
func TestDatabaseGone(t *testing.T) {
	s, err := open(built)
	if err != nil {
		t.Fatal(err)
	}
	qiye, nobody := s.as(t, "qiye"), s.as(t, "")
	if status, body := nobody.send("GET", "/api/health", nil); status != 200 {
		t.Fatalf("healthy: %d %s", status, body)
	}
	s.db.Close()
	if status, body := nobody.send("GET", "/api/health", nil); status != http.StatusServiceUnavailable || !has(body, `"store":false`) {
		t.Errorf("health: %d %s", status, body)
	}
	for _, c := range []struct {
		v    *visitor
		path string
	}{{qiye, "/api/desk"}, {qiye, "/api/cases"}, {nobody, "/api/hall"}, {nobody, "/api/journal"}} {
		status, body := c.v.send("GET", c.path, nil)
		if p := problem(t, body); status != http.StatusServiceUnavailable || len(p.Refusals) != 1 || p.Refusals[0].Text.ZH == "" {
			t.Errorf("GET %s: %d %s", c.path, status, body)
		}
	}
	status, body := qiye.send("POST", "/api/cases", map[string]string{"mechanism": "jiebang"}, "Idempotency-Key", "gone-test-1")
	if status != http.StatusServiceUnavailable {
		t.Errorf("opening a case: %d %s", status, body)
	}
	for _, path := range []string{"/", "/api/mechanisms", "/api/site", "/openapi.json"} {
		if status, body := nobody.send("GET", path, nil); status != 200 {
			t.Errorf("GET %s: %d %.100s", path, status, body)
		}
	}
}
