package prove

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
)

var update = flag.Bool("update", false, "rewrite what the corpus says of messages and paths; the proof and the code stay as they were written")

// load reads a small pack: the files of testdata/base with those of the archive over them.
func load(t testing.TB, files map[string][]byte) (*policy.Pack, diag.List) {
	t.Helper()
	fsys := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("testdata/base"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata/base", name))
		fsys[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return policy.Load(fsys)
}

func filesOf(a *txtar.Archive) map[string][]byte {
	out := map[string][]byte{}
	for _, f := range a.Files {
		out[f.Name] = f.Data
	}
	return out
}

// judge gives all findings by proof; what Load finds is typed, and nothing more is proved then.
func judge(t testing.TB, files map[string][]byte) map[string]diag.List {
	t.Helper()
	out := map[string]diag.List{}
	pack, typed := load(t, files)
	if len(typed) > 0 {
		out[Typed] = typed
		return out
	}
	for _, m := range pack.Mechanisms {
		for _, v := range Prove(pack, m) {
			if !v.OK {
				out[v.Proof] = append(out[v.Proof], v.Findings...)
			}
		}
	}
	return out
}

// TestBroken runs the corpus of broken mechanisms: each fails exactly the proof it was written to fail, and says so where it is.
func TestBroken(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(names) < 60 {
		t.Fatalf("the corpus has %d files (%v), and at least 60 are promised", len(names), err)
	}
	perProof := map[string]int{}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := header(a.Comment)
		perProof[want["proof"]]++
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			got := judge(t, filesOf(a))
			if proofs := slices.Sorted(maps.Keys(got)); !slices.Equal(proofs, []string{want["proof"]}) {
				t.Fatalf("fails %v, was written to fail %s\n%v", proofs, want["proof"], got)
			}
			findings := got[want["proof"]]
			i := slices.IndexFunc(findings, func(f diag.Finding) bool { return f.Code == want["code"] })
			if i < 0 {
				t.Fatalf("no finding has the code %s:\n%v", want["code"], findings)
			}
			f := findings[i]
			complete(t, f)
			if *update {
				want["says"], want["path"] = f.Message.ZH, strings.Join(f.Path, " ")
				a.Comment = rewrite(a.Comment, want)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want["says"] == "" || !strings.Contains(f.Message.ZH, want["says"]) {
				t.Errorf("says %q, and should say %q", f.Message.ZH, want["says"])
			}
			if p := strings.Join(f.Path, " "); p != want["path"] {
				t.Errorf("path %q, want %q", p, want["path"])
			}
		})
	}
	for _, p := range Proofs {
		if perProof[p.Name] < 5 {
			t.Errorf("%d broken mechanisms for %s; at least 5 are promised", perProof[p.Name], p.Name)
		}
	}
}

// complete demands of a finding what every reader needs: a place, both languages, and, beyond typed, a hint.
func complete(t *testing.T, f diag.Finding) {
	t.Helper()
	if f.File == "" || f.Line == 0 || f.Col == 0 {
		t.Errorf("a finding without a place: %+v", f)
	}
	if f.Message.ZH == "" || f.Message.EN == "" || f.Proof != Typed && (f.Hint.ZH == "" || f.Hint.EN == "") {
		t.Errorf("a finding without words: %+v", f)
	}
	for _, s := range []string{f.Message.ZH, f.Message.EN, f.Hint.ZH, f.Hint.EN} {
		if strings.Contains(s, "%!") || strings.Contains(s, "\x00") {
			t.Errorf("badly formatted: %q", s)
		}
	}
}

// TestSound demands silence over mechanisms that are right: a false alarm teaches people not to listen.
func TestSound(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/sound/*.txtar")
	if err != nil || len(names) < 10 {
		t.Fatalf("the corpus has %d sound mechanisms (%v), and at least 10 are promised", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range slices.Sorted(maps.Keys(judge(t, filesOf(a)))) {
				t.Errorf("%s fails:\n%v", p, judge(t, filesOf(a))[p])
			}
		})
	}
}

// header reads the lines "key: value" of an archive's comment.
func header(comment []byte) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(string(comment)) {
		if k, v, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && slices.Contains([]string{"proof", "code", "says", "path"}, k) {
			out[k] = strings.TrimSpace(v)
		}
	}
	return out
}

func rewrite(comment []byte, values map[string]string) []byte {
	var b strings.Builder
	for line := range strings.Lines(string(comment)) {
		k, _, ok := strings.Cut(line, ":")
		if v, known := values[k]; ok && known {
			line = strings.TrimSpace(k+": "+v) + "\n"
		}
		b.WriteString(line)
	}
	return []byte(b.String())
}
