// Package trial tries an edited pack before anyone relies on it: is it typed, do the eight proofs hold, do its stories still go as
// they are written, and what does it change? It writes nothing; whoever wants the edition in force takes the answer to casework.
//
//	edited, _, err := trial.Apply(inForce, []trial.Edit{{File: "parameters.yaml", Text: text}})
//	t, err := trial.Try(inForce, edited)
//	t.OK()          // every proof holds, every story goes as written, and what was changed has a new version
//	t.Differences   // “公示期 › 数值: 5 → 7”
//
// Only mechanisms that the edit can touch are proved and played: a change of one mechanism's own files touches that one, any other
// change (parameters, blocks, lists) touches all.
package trial

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/compare"
	"kechuang/internal/policy/diag"
	"kechuang/internal/policy/play"
	"kechuang/internal/policy/prove"
	"kechuang/internal/refusal"
)

// Edit is one file as it shall be; an edit that drops it has no text.
type Edit struct {
	File string `json:"file" doc:"path within the pack, such as mechanisms/jiebang.yaml"`
	Text string `json:"text,omitempty"`
	Drop bool   `json:"drop,omitempty"`
}

// The limits of an edit: a whole pack could be replaced, but not by something that no pack has ever been.
const (
	maxEdits = 500
	maxText  = 4 << 20
)

// kinds are the endings of the files that a pack is made of.
var kinds = []string{".yaml", ".txtar", ".html"}

// Apply gives the pack with the edits made, and its files as a zip in which the same pack always has the same bytes. A refusal names
// the file.
func Apply(base fs.FS, edits []Edit) (fs.FS, []byte, error) {
	if len(edits) > maxEdits {
		return nil, nil, refused(fmt.Sprint(len(edits)), "一次修改的文件太多", "Too many files are edited at once")
	}
	files := map[string][]byte{}
	err := fs.WalkDir(base, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(base, name)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	for _, e := range edits {
		switch {
		case !fs.ValidPath(e.File) || !slices.Contains(kinds, path.Ext(e.File)) || strings.Count(e.File, "/") > 2:
			return nil, nil, refused(e.File, "政策包里没有这样的文件", "A pack holds no such file")
		case len(e.Text) > maxText:
			return nil, nil, refused(e.File, "文件超过 4 MB", "The file is larger than 4 MB")
		case e.Drop:
			delete(files, e.File)
		default:
			files[e.File] = []byte(e.Text)
		}
	}
	return pack(files)
}

func refused(file, zh, en string) error {
	return refusal.New(refusal.Invalid, "trial.file", lang.T(zh+"："+file, en+": "+file)).At("edits").
		Mend(lang.T("文件名形如 mechanisms/jiebang.yaml、parameters.yaml、templates/notice.html", "Names look like mechanisms/jiebang.yaml, parameters.yaml, templates/notice.html"))
}

func pack(files map[string][]byte) (fs.FS, []byte, error) {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			return nil, nil, err
		}
		if _, err := f.Write(files[name]); err != nil {
			return nil, nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	return r, out.Bytes(), err
}

// Trial is what came out.
type Trial struct {
	Pack        *policy.Pack         `json:"-"` // of the edited pack; its mechanisms may be used only where Findings is empty
	Digest      string               `json:"digest"`
	Version     string               `json:"version"`
	Findings    diag.List            `json:"findings" doc:"what keeps the pack from being typed"`
	Mechanisms  []Tried              `json:"mechanisms" doc:"those that the edit can touch"`
	Played      int                  `json:"played" doc:"stories"`
	Failed      []Story              `json:"failed" doc:"stories that no longer go as they are written"`
	Stale       []Stale              `json:"stale" doc:"what was changed under its old version"`
	Differences []compare.Difference `json:"differences"`
}

// Tried is the verdict on one mechanism.
type Tried struct {
	Name     string          `json:"name"`
	Title    lang.Text       `json:"title"`
	Version  string          `json:"version"`
	OK       bool            `json:"ok"`
	Verdicts []prove.Verdict `json:"verdicts"`
}

// Story is a scenario that did not go as it is written.
type Story struct {
	File  string `json:"file"`
	Title string `json:"title"`
	Line  int    `json:"line"`
	Why   string `json:"why"`
	// Act and Says tell it where a line went otherwise: what was done, and what came of it instead.
	Act  string    `json:"act,omitempty"`
	Says lang.Text `json:"says,omitzero"`
}

// Stale is something whose content changed while its version did not.
type Stale struct {
	File    string    `json:"file"`
	Title   lang.Text `json:"title"`
	Version string    `json:"version"`
}

// OK tells whether the edition may be put in force.
func (t *Trial) OK() bool {
	return len(t.Findings) == 0 && len(t.Failed) == 0 && len(t.Stale) == 0 && len(t.Differences) > 0 &&
		!slices.ContainsFunc(t.Mechanisms, func(m Tried) bool { return !m.OK })
}

// Try holds an edited pack against the one it comes from.
func Try(base, edited fs.FS) (*Trial, error) {
	p, findings := policy.Load(edited)
	t := &Trial{Pack: p, Digest: p.Digest, Version: p.Version, Findings: findings, Mechanisms: []Tried{}, Failed: []Story{}, Stale: []Stale{}}
	if t.Findings == nil {
		t.Findings = diag.List{}
	}
	var err error
	if t.Differences, err = compare.Packs(base, edited); err != nil {
		return nil, err
	}
	if t.Differences == nil {
		t.Differences = []compare.Difference{}
	}
	if len(findings) > 0 {
		return t, nil // what the words of an untyped pack mean is not certain
	}
	only, all := t.touched()
	for _, m := range p.Mechanisms {
		if all || only[m.Name] {
			t.prove(m)
		}
	}
	t.stale(base)
	return t, t.play(edited, only, all)
}

// touched are the mechanisms that the differences can reach; all of them where something was changed that they share.
func (t *Trial) touched() (only map[string]bool, all bool) {
	only = map[string]bool{}
	for _, d := range t.Differences {
		folder, rest, _ := strings.Cut(d.File, "/")
		name, _, _ := strings.Cut(strings.TrimSuffix(rest, ".yaml"), "/")
		switch folder {
		case "mechanisms", "scenarios":
			only[name] = true
		case "templates":
		default:
			all = true
		}
	}
	return only, all
}

func (t *Trial) prove(m *policy.Mechanism) {
	v := Tried{Name: m.Name, Title: m.Title, Version: m.Version, OK: true, Verdicts: prove.Prove(t.Pack, m)}
	for _, x := range v.Verdicts {
		v.OK = v.OK && x.OK
	}
	t.Mechanisms = append(t.Mechanisms, v)
}

// stale finds what was changed without a new version: a mechanism in its own file, the pack in anything else that rules read.
func (t *Trial) stale(base fs.FS) {
	old, findings := policy.Load(base)
	if len(findings) > 0 {
		return
	}
	shared := false
	changed := map[string]bool{}
	for _, d := range t.Differences {
		folder, _, _ := strings.Cut(d.File, "/")
		changed[d.File] = true
		shared = shared || (folder != "mechanisms" && folder != "scenarios" && folder != "templates")
	}
	for _, m := range t.Pack.Mechanisms {
		if was := old.Mechanism(m.Name); was != nil && changed[m.Pos.File] && was.Version == m.Version {
			t.Stale = append(t.Stale, Stale{m.Pos.File, m.Title, m.Version})
		}
	}
	if shared && old.Version == t.Pack.Version {
		t.Stale = append(t.Stale, Stale{"pack.yaml", t.Pack.Title, t.Pack.Version})
	}
}

func (t *Trial) play(edited fs.FS, only map[string]bool, all bool) error {
	list, err := play.Load(edited, t.Pack)
	if err != nil {
		t.Failed = append(t.Failed, Story{Why: err.Error()})
		return nil
	}
	for _, f := range list {
		if !all && !only[f.Mechanism] {
			continue
		}
		for _, r := range play.Run(f, func() play.World { return play.NewInterpreter() }) {
			t.Played++
			if r.Err != nil {
				s := Story{File: r.File, Title: r.Title, Line: r.Line, Why: r.Err.Error()}
				if o, ok := errors.AsType[*play.Otherwise](r.Err); ok {
					s.Act, s.Says = o.Said, o.Text
				}
				t.Failed = append(t.Failed, s)
			}
		}
	}
	return nil
}
