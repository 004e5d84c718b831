package packs

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
)

// TestNationalLiesBelow: what the folder has hides what is national, the rest is there, and a pack that does not ask gets nothing.
func TestNationalLiesBelow(t *testing.T) {
	t.Parallel()
	own := fstest.MapFS{
		"pack.yaml":           {Data: []byte("id: x\nbase: national # as most do\n")},
		"calendar/2025.yaml":  {Data: []byte("ours")},
		"templates/slip.html": {Data: []byte("slip")},
	}
	dir := Open(own)
	if b, err := fs.ReadFile(dir, "calendar/2025.yaml"); err != nil || string(b) != "ours" {
		t.Errorf("the city's own calendar reads %q, %v", b, err)
	}
	if names, err := fs.Glob(dir, "templates/*.html"); err != nil || !slices.Equal(names, []string{"templates/page.html", "templates/review_decision.html", "templates/slip.html"}) {
		t.Errorf("templates are %v, %v", names, err)
	}
	all, err := Files(dir)
	if err != nil || string(all["calendar/2025.yaml"]) != "ours" || len(all["calendar/2026.yaml"]) == 0 || len(all["basis/national.yaml"]) == 0 {
		t.Errorf("the files are %d, %v", len(all), err)
	}
	if _, err := fs.ReadDir(dir, "nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is in neither: %v", err)
	}
	own["pack.yaml"] = &fstest.MapFile{Data: []byte("id: x\n")}
	if all, err := Files(Open(own)); err != nil || len(all) != 3 {
		t.Errorf("a pack that stands alone has %d files, %v", len(all), err)
	}
}

// TestBaseIsChecked: a base that is not there, or that nobody knows, is a finding with its place and a way out.
func TestBaseIsChecked(t *testing.T) {
	t.Parallel()
	for base, code := range map[string]string{"national": "missing_base", "provincial": "unknown_base"} {
		_, list := policy.Load(fstest.MapFS{
			"basis.yaml":      {Data: []byte("x: {issuer: 某局, title: 某办法, level: 市}\n")},
			"parameters.yaml": {Data: []byte("p: {title: {zh: 甲, en: A}, type: count, value: 1, basis: x, clause: \"\", trust: V}\n")},
			"pack.yaml":       {Data: []byte("id: x\nversion: \"1\"\ntitle: {zh: 甲, en: A}\nregion: \"210100\"\nbase: " + base + "\n")},
		})
		if !slices.ContainsFunc(list, func(f diag.Finding) bool { return f.Code == code && f.Line == 5 && f.Hint.ZH != "" }) {
			t.Errorf("base: %s is not told as %s:\n%v", base, code, list)
		}
	}
}
