package packs

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"kechuang/internal/policy"
	"kechuang/internal/policy/diag"
	"kechuang/internal/policy/play"
	"kechuang/internal/policy/prove"
)

// manuals are the pages whose snippets are run; each begins with the tutorial's pack.
var manuals = map[string]int{"../docs/mechanism-language.md": 15, "../docs/figures.md": 4}

// snippet is one fenced piece of the manual. Its first line says what is claimed of it:
//
//	```yaml file=PATH               merged into PATH of the tutorial's pack, which then loads and is proved
//	```yaml file=PATH breaks=PROOF  the same on a copy, which then fails that proof; text fences after it are sentences that are said
//	```yaml from=PATH               stands in that file of packs/shenyang, word for word, but for its indentation
//	```txtar file=PATH              stories, played on the interpreter
//	```text                         after a breaking snippet: part of what is said
type snippet struct {
	from  string
	line  int
	lang  string
	words map[string]string
	text  string
}

func snippets(t *testing.T, manual string) []snippet {
	t.Helper()
	source, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	var out []snippet
	var open *snippet
	for i, line := range strings.Split(string(source), "\n") {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && open == nil:
			f := strings.Fields(info + " none")
			open = &snippet{from: manual, line: i + 1, lang: f[0], words: map[string]string{}}
			for _, w := range f[1:] {
				key, value, _ := strings.Cut(w, "=")
				open.words[key] = value
			}
		case fence:
			out = append(out, *open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		}
	}
	if open != nil {
		t.Fatalf("%s:%d: the fence is never closed", manual, open.line)
	}
	return out
}

// tutorial is packs/shenyang without its own mechanisms and the overview that leads to them, which the manual's snippets are merged into.
func tutorial(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(Shenyang(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "mechanisms/") || strings.HasPrefix(name, "scenarios/") || name == "overview.yaml" {
			return err
		}
		data, err := fs.ReadFile(Shenyang(), name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// merged puts one YAML text over another: mappings are joined, everything else is replaced.
func merged(t *testing.T, under, over []byte) []byte {
	t.Helper()
	var a, b yaml.Node
	if err := yaml.Unmarshal(over, &b); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(under, &a); err != nil || len(a.Content) == 0 {
		return over
	}
	join(a.Content[0], b.Content[0])
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(&a); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func join(a, b *yaml.Node) {
	for i := 0; i+1 < len(b.Content); i += 2 {
		key, value := b.Content[i], b.Content[i+1]
		at := slices.IndexFunc(a.Content, func(n *yaml.Node) bool { return n.Value == key.Value })
		for at >= 0 && at%2 == 1 { // a value that looks like the key
			next := slices.IndexFunc(a.Content[at+1:], func(n *yaml.Node) bool { return n.Value == key.Value })
			if next < 0 {
				at = -1
				break
			}
			at += 1 + next
		}
		switch {
		case at < 0:
			a.Content = append(a.Content, key, value)
		case a.Content[at+1].Kind == yaml.MappingNode && value.Kind == yaml.MappingNode && !isStep(value):
			join(a.Content[at+1], value)
		default:
			a.Content[at+1] = value
		}
	}
}

// isStep tells a step, which a snippet writes whole.
func isStep(n *yaml.Node) bool {
	return slices.ContainsFunc(n.Content, func(k *yaml.Node) bool { return k.Value == "by" })
}

// proved is everything that is found in a pack, typed first.
func proved(files fs.FS) diag.List {
	pack, found := policy.Load(files)
	if len(found) > 0 {
		return found
	}
	for _, m := range pack.Mechanisms {
		for _, v := range prove.Prove(pack, m) {
			found = append(found, v.Findings...)
		}
	}
	return found
}

// TestManual runs every snippet of the manuals.
func TestManual(t *testing.T) {
	t.Parallel()
	for manual, least := range manuals {
		t.Run(path.Base(manual), func(t *testing.T) {
			t.Parallel()
			runManual(t, manual, least)
		})
	}
}

func runManual(t *testing.T, manual string, least int) {
	pack := tutorial(t)
	var said string
	ran := 0
	for _, s := range snippets(t, manual) {
		file := s.words["file"]
		switch {
		case s.lang == "yaml" && s.words["from"] != "":
			excerpt(t, s)
			ran++
		case s.lang == "yaml" && file == "":
			t.Errorf("%s:%d: the yaml snippet says neither file= nor from=", manual, s.line)
		case s.lang == "yaml":
			over := pack
			if s.words["breaks"] != "" {
				over = fstest.MapFS{}
				for k, v := range pack {
					over[k] = v
				}
			}
			var under []byte
			if f := pack[file]; f != nil {
				under = f.Data
			}
			over[file] = &fstest.MapFile{Data: merged(t, under, []byte(s.text))}
			found := proved(over)
			said = found.String()
			checkProofs(t, s, found)
			ran++
		case s.lang == "txtar":
			playStories(t, s, pack)
			ran++
		case s.lang == "text" && said != "":
			if !strings.Contains(squashed(said), squashed(s.text)) {
				t.Errorf("%s:%d: nobody says\n%s\nbut\n%s", manual, s.line, s.text, said)
			}
		}
	}
	if ran < least {
		t.Errorf("only %d snippets were found", ran)
	}
}

func playStories(t *testing.T, s snippet, files fs.FS) {
	t.Helper()
	pack, found := policy.Load(files)
	if len(found) > 0 {
		t.Fatal(found)
	}
	f, err := play.Parse(s.words["file"], []byte(s.text), pack, path.Base(path.Dir(s.words["file"])))
	if err != nil || len(f.Scenarios) == 0 {
		t.Fatalf("%s:%d: %d stories, %v", s.from, s.line, len(f.Scenarios), err)
	}
	for _, r := range play.Run(f, func() play.World { return play.NewInterpreter() }) {
		if r.Err != nil {
			t.Errorf("%s:%d: %v", s.from, s.line, r)
		}
	}
}

func checkProofs(t *testing.T, s snippet, found diag.List) {
	t.Helper()
	broken := s.words["breaks"]
	if broken == "" {
		if len(found) > 0 {
			t.Errorf("%s:%d: the snippet does not hold:\n%s", s.from, s.line, found)
		}
		return
	}
	if len(found) == 0 {
		t.Errorf("%s:%d: the snippet should fail %q and does not", s.from, s.line, broken)
	}
	for _, f := range found {
		if f.Proof != broken {
			t.Errorf("%s:%d: the snippet should fail %q only, and:\n%s", s.from, s.line, broken, f)
		}
	}
}

var space = regexp.MustCompile(`\s+`)

// squashed leaves out spaces, and reads ASCII and Chinese punctuation alike.
func squashed(s string) string {
	return strings.NewReplacer(",", "，", ";", "；", ":", "：", "(", "（", ")", "）").Replace(space.ReplaceAllString(s, ""))
}

// excerpt looks for a quotation in the pack.
func excerpt(t *testing.T, s snippet) {
	t.Helper()
	data, err := fs.ReadFile(Shenyang(), s.words["from"])
	if err != nil {
		t.Errorf("%s:%d: %v", s.from, s.line, err)
		return
	}
	strip := func(text string) []string {
		var out []string
		for _, l := range strings.Split(text, "\n") {
			if l = strings.TrimSpace(l); l != "" {
				out = append(out, l)
			}
		}
		return out
	}
	want, have := strip(s.text), strip(string(data))
	for i := 0; i+len(want) <= len(have); i++ {
		if slices.Equal(have[i:i+len(want)], want) {
			return
		}
	}
	t.Errorf("%s:%d: %s does not say this any more:\n%s", s.from, s.line, s.words["from"], s.text)
}
