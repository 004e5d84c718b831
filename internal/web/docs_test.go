package web_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestDocumented holds docs/api.md to the API: every operation is there with its line, and none that is not.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Summary string `json:"summary"`
			Access  string `json:"x-access"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(mustDoc(t), &doc); err != nil {
		t.Fatal(err)
	}
	n := 0
	for path, ops := range doc.Paths {
		for method, op := range ops {
			n++
			line := "| `" + strings.ToUpper(method) + " " + path + "` | " + op.Summary + " | " + op.Access + " |"
			if !strings.Contains(string(text), line) {
				t.Errorf("docs/api.md lacks the line\n%s", line)
			}
		}
	}
	if lines := strings.Count(string(text), "\n| `"); lines != n {
		t.Errorf("docs/api.md lists %d operations, the API has %d", lines, n)
	}
}
