package web_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kechuang/internal/dossier"
)

// TestDossier: whoever sees a case gets its thread as one archive that is checked offline; it holds what they may read on its pages and no
// more, nobody else gets it, and any file of it that is changed, dropped or added is named.
func TestDossier(t *testing.T) {
	s := theCity(t)
	id := s.caseIn(t, "passed")
	archive := ordered(t, s, auditor, id)
	r, err := dossier.Verify(bytes.NewReader(archive), int64(len(archive)), s.journal.Key())
	if err != nil || !r.OK() || !r.Trusted || r.Case != id || r.Cases < 2 || r.Leaves < 20 || r.Tied < 10 {
		t.Fatalf("%+v %v", r, err)
	}
	t.Run("a file that is changed is named", func(t *testing.T) { tampered(t, s, archive) })
	t.Run("nobody else's", func(t *testing.T) {
		mine := get[[]dossier.Dossier](s.as(t, auditor), "/api/cases/"+id+"/dossiers")
		if len(mine) != 1 || mine[0].Digest == "" || mine[0].Size != int64(len(archive)) {
			t.Fatalf("%+v", mine)
		}
		for _, path := range []string{"/api/dossiers/" + mine[0].ID, "/api/dossiers/" + mine[0].ID + "/archive.zip"} {
			if status, _ := s.as(t, officer).send("GET", path, nil); status != http.StatusNotFound {
				t.Errorf("another one is answered %d at %s", status, path)
			}
		}
	})
	t.Run("no more than the pages", func(t *testing.T) { within(t, s, id) })
}

// ordered orders a dossier and waits for it.
func ordered(t *testing.T, s *site, login, id string) []byte {
	t.Helper()
	v := s.as(t, login)
	status, body := v.send("POST", "/api/cases/"+id+"/dossiers", nil)
	var d dossier.Dossier
	if err := json.Unmarshal(body, &d); err != nil || status != http.StatusAccepted {
		t.Fatalf("%d %s", status, body)
	}
	for range 200 {
		if d = get[dossier.Dossier](v, "/api/dossiers/"+d.ID); d.State == "done" || d.State == "failed" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	status, archive := v.send("GET", "/api/dossiers/"+d.ID+"/archive.zip", nil)
	if d.State != "done" || status != http.StatusOK || int64(len(archive)) != d.Size {
		t.Fatalf("%+v, then %d with %d bytes", d, status, len(archive))
	}
	return archive
}

// within looks for every file of a solver's archive on the pages that the solver may read.
func within(t *testing.T, s *site, id string) {
	v := s.as(t, "jiebang1") // the solver
	archive := ordered(t, s, "jiebang1", id)
	r, err := dossier.Verify(bytes.NewReader(archive), int64(len(archive)), s.journal.Key())
	if err != nil || !r.OK() || r.Leaves == 0 {
		t.Fatalf("%+v %v", r, err)
	}
	_, page := v.send("GET", "/api/cases/"+id, nil)
	var m struct {
		Files []struct{ Name, Digest, What string }
	}
	if err := json.Unmarshal(unzipped(t, archive)["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, f := range m.Files {
		kinds[f.What]++
		switch f.What {
		case "document":
			if status, _ := v.send("GET", "/api/documents/"+f.Digest+"?case="+id, nil); status != http.StatusOK {
				t.Errorf("%s is not theirs to read: %d", f.Name, status)
			}
		case "paper":
			if status, _ := v.send("GET", "/api/cases/"+id+"/papers/"+f.Digest, nil); status != http.StatusOK {
				t.Errorf("%s is not theirs to read: %d", f.Name, status)
			}
		case "form":
			if !bytes.Contains(page, []byte(f.Digest)) {
				t.Errorf("%s is not on their page", f.Name)
			}
		}
		if strings.HasSuffix(f.Name, ".bundle.json") {
			t.Error("the whole bundle names who judged")
		}
	}
	if kinds["document"] == 0 || kinds["paper"] == 0 || kinds["form"] == 0 || kinds["proof"] != 1 {
		t.Errorf("%v", kinds)
	}
}

// tampered changes, drops and adds every file of an archive, one at a time.
func tampered(t *testing.T, s *site, archive []byte) {
	files := unzipped(t, archive)
	check := func(what, name, kind string, files map[string][]byte) {
		t.Helper()
		made := zipped(t, files)
		r, err := dossier.Verify(bytes.NewReader(made), int64(len(made)), s.journal.Key())
		if err != nil && name != "manifest.json" {
			t.Errorf("%s %s: %v", what, name, err)
			return
		}
		named := slices.ContainsFunc(r.Problems, func(p dossier.Problem) bool { return p.File == name && (kind == "" || p.Kind == kind) })
		if err == nil && !named {
			t.Errorf("%s %s: %+v", what, name, r.Problems)
		}
	}
	for name, body := range files {
		changed := maps.Clone(files)
		changed[name] = append(bytes.Clone(body), '\n')
		kind := "changed"
		if name == "manifest.sig" {
			kind = ""
		}
		check("changing", name, kind, changed)
		delete(changed, name)
		check("dropping", name, "", changed)
	}
	more := maps.Clone(files)
	more["补充材料.pdf"] = []byte("%PDF")
	check("adding", "补充材料.pdf", "added", more)

	// Whoever changes a form and writes its new digest into the manifest has no signature for it, and the journal does not know the form.
	for name, body := range files {
		if strings.Contains(name, "表单/") {
			old, forged := sum(body), append(bytes.Clone(body), ' ')
			files = maps.Clone(files)
			files[name] = forged
			files["manifest.json"] = bytes.ReplaceAll(files["manifest.json"], []byte(old), []byte(sum(forged)))
			check("forging", "manifest.json", "changed", files)
			check("forging", name, "loose", files)
			return
		}
	}
	t.Error("the archive holds no form")
}

func unzipped(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func zipped(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		out, err := z.Create(name)
		if err == nil {
			_, err = out.Write(body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sum(body []byte) string {
	h := sha256.Sum256(body)
	return hex.EncodeToString(h[:])
}
