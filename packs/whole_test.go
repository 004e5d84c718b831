package packs

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEveryMechanismIsWhole: each is offered under a heading and in its users' words, has a page of the guide that is listed and names it, and
// its stories. That stories do every step, reach every end and are refused by every guard is TestScenarios; numbers with their sources is
// TestEveryNumberIsSourced.
func TestEveryMechanismIsWhole(t *testing.T) {
	t.Parallel()
	about := guided(t)
	for _, m := range load(t).Mechanisms {
		if m.Group == "" || m.Purpose.ZH == "" || m.Purpose.EN == "" {
			t.Errorf("%s has no heading or no purpose", m.Name)
		}
		if !slices.Contains(about, m.Title.ZH) {
			t.Errorf("no page of docs/guide that its list names is about %s (办理事项：%s)", m.Name, m.Title.ZH)
		}
		if files, err := filepath.Glob("shenyang/scenarios/" + m.Name + "/*.txtar"); err != nil || len(files) == 0 {
			t.Errorf("%s has no stories: %v", m.Name, err)
		}
		out := printed(m.Features(), "Make", "Enter", "Update")
		if !out["Make"] && !out["Enter"] && !out["Update"] {
			t.Errorf("%s leaves neither a document nor an entry of the register", m.Name)
		}
	}
}

func printed(does []string, names ...string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[n] = slices.Contains(does, n)
	}
	return out
}

// guided is the titles of the mechanisms that the pages of the guide are about.
func guided(t *testing.T) (titles []string) {
	t.Helper()
	list, err := os.ReadFile("../docs/guide/README.md")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^办理事项：(.*)。$`)
	for _, page := range regexp.MustCompile(`\]\((\w+\.md)\)`).FindAllStringSubmatch(string(list), -1) {
		text, err := os.ReadFile("../docs/guide/" + page[1])
		if err != nil {
			t.Fatal(err)
		}
		if found := line.FindSubmatch(text); found != nil {
			titles = append(titles, strings.Split(string(found[1]), "；")...)
		}
	}
	return titles
}
