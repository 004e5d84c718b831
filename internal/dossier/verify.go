package dossier

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"kechuang/internal/journal"
	"kechuang/internal/lang"
)

// Report is what Verify found.
type Report struct {
	Format   string    `json:"format"`
	Case     string    `json:"case"`
	Title    string    `json:"title"`
	Made     time.Time `json:"made"`
	Key      string    `json:"key"`
	Trusted  bool      `json:"trusted"` // the key was given by the reader, and not only by the archive itself
	Files    int64     `json:"files"`
	Bytes    int64     `json:"bytes"`
	Cases    int64     `json:"cases"` // with a proof
	Leaves   int64     `json:"leaves"`
	Tied     int64     `json:"tied"` // files whose digest is in a leaf of the journal
	Problems []Problem `json:"problems"`
	More     int64     `json:"more,omitempty"` // problems beyond the first hundred
}

// OK tells whether nothing is wrong.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Problem is one thing that is wrong, and with which file.
type Problem struct {
	Kind string    `json:"kind"` // changed, dropped, added, forged, loose, or of a proof: those of the journal
	File string    `json:"file"`
	Text lang.Text `json:"text"`
}

const maxProblems = 100

func (r *Report) problem(kind, file, zh, en string) {
	if len(r.Problems) >= maxProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, Problem{kind, file, lang.T(zh, en)})
}

// largest is the most that one file of an archive may unpack to: it is read whole.
const largest = 1 << 30

// Is tells whether a file begins as a dossier does, which is as any zip does.
func Is(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// Verify checks an archive offline. key is the journal's public key from a source other than the archive; with "" its own is used and the
// report says that it is not trusted. The error says that it cannot be read at all.
func Verify(in io.ReaderAt, size int64, key string) (Report, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return Report{}, fmt.Errorf("dossier: %w", err)
	}
	v := &verifier{files: map[string]*zip.File{}, hexes: map[string]map[string]bool{}}
	for _, f := range z.File {
		if v.files[f.Name] != nil {
			v.r.problem("added", f.Name, "同名文件有两个", "There are two files of this name")
		}
		v.files[f.Name] = f
	}
	m, err := v.manifest(key)
	if err != nil {
		return v.r, err
	}
	for _, x := range m.Files {
		if err := v.file(x); err != nil {
			return v.r, err
		}
	}
	v.added(m)
	v.ties(m)
	return v.r, nil
}

type verifier struct {
	r     Report
	files map[string]*zip.File
	hexes map[string]map[string]bool // of a case: "leaf <digest>" that a whole proof holds, "form <digest>" that a form or the page names
	whole []string                   // cases with a whole proof
}

// manifest reads the list and checks its signature. A list that is not signed is still used: it may tell what else is wrong.
func (v *verifier) manifest(key string) (m manifest, err error) {
	body, err := v.read(manifestName)
	if err != nil {
		return m, errors.New("dossier: the archive has no manifest: it is no dossier of kechuang")
	}
	if err := json.Unmarshal(body, &m); err != nil || m.Format != format {
		return m, fmt.Errorf("dossier: the manifest is not of the format %s", format)
	}
	r := &v.r
	r.Format, r.Case, r.Title, r.Made, r.Key, r.Trusted = m.Format, m.Case, m.Title, m.Made, key, key != ""
	if key == "" {
		r.Key = m.Key
	} else if m.Key != key {
		r.problem("forged", manifestName, "清单中的公钥与您提供的公钥不同", "The manifest's public key is not the one you gave")
	}
	signed, err := v.read(signatureName)
	if err != nil {
		r.problem("dropped", signatureName, "清单没有签名", "The manifest has no signature")
		return m, nil
	}
	text, err := journal.OpenSigned(string(signed), r.Key)
	switch {
	case err != nil:
		r.problem("forged", signatureName, "清单的签名不成立："+err.Error(), "The manifest's signature does not hold: "+err.Error())
	case text != signedText(digestOf(body)):
		r.problem("changed", manifestName, "清单被改动过", "The manifest was changed")
	}
	return m, nil
}

func (v *verifier) read(name string) ([]byte, error) {
	f := v.files[name]
	if f == nil {
		return nil, fmt.Errorf("no file %s", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	body, err := io.ReadAll(io.LimitReader(in, largest+1))
	if err == nil && len(body) > largest {
		err = errors.New("too large")
	}
	return body, err
}

var hex64 = regexp.MustCompile(`[0-9a-f]{64}`)

// file checks one file of the list.
func (v *verifier) file(x listed) error {
	if v.files[x.Name] == nil {
		v.r.problem("dropped", x.Name, "清单中有这个文件，卷宗里没有", "The manifest names it and it is not there")
		return nil
	}
	body, err := v.read(x.Name)
	v.r.Files++
	v.r.Bytes += int64(len(body))
	if err != nil || digestOf(body) != x.Digest {
		v.r.problem("changed", x.Name, "文件被改动过，与清单的摘要不符", "It was changed: its digest is not the manifest's")
		return nil
	}
	switch x.What {
	case "proof":
		return v.proof(x, body)
	case "form", "case":
		v.note(x.Of, "form ", body)
	}
	return nil
}

// note remembers all digests that a text of a case speaks of.
func (v *verifier) note(of, as string, body []byte) {
	if v.hexes[of] == nil {
		v.hexes[of] = map[string]bool{}
	}
	for _, h := range hex64.FindAll(body, -1) {
		v.hexes[of][as+string(h)] = true
	}
}

// proof checks what the journal says of a case.
func (v *verifier) proof(x listed, body []byte) error {
	check := func(r io.Reader, key string) (journal.Report, error) { return journal.VerifyBundle(r, key) }
	whole := !strings.HasSuffix(x.Name, ".proofs.json")
	if !whole {
		check = journal.VerifyProofs
	}
	r, err := check(bytes.NewReader(body), v.r.Key)
	if err != nil {
		v.r.problem("changed", x.Name, "存证无法读取："+err.Error(), "The proof cannot be read: "+err.Error())
		return nil
	}
	v.r.Cases++
	v.r.Leaves += r.Leaves
	for _, p := range r.Problems {
		v.r.problem(p.Kind, x.Name, p.Text.ZH, p.Text.EN)
	}
	if whole && r.OK() && r.Case != x.Of {
		v.r.problem("forged", x.Name, "这是另一事项的存证", "It is the proof of another case")
	}
	if whole {
		v.whole = append(v.whole, x.Of)
		v.note(x.Of, "leaf ", body)
	}
	return nil
}

// added names what the list does not.
func (v *verifier) added(m manifest) {
	named := map[string]bool{manifestName: true, signatureName: true}
	for _, x := range m.Files {
		named[x.Name] = true
	}
	var extra []string
	for name := range v.files {
		if !named[name] && !strings.HasSuffix(name, "/") {
			extra = append(extra, path.Clean(name))
		}
	}
	slices.Sort(extra)
	for _, name := range extra {
		v.r.problem("added", name, "清单中没有这个文件", "The manifest does not name it")
	}
}

// ties looks for each file's digest where its case's own records must have it.
func (v *verifier) ties(m manifest) {
	for _, x := range m.Files {
		switch {
		case x.Sealed && slices.Contains(v.whole, x.Of):
			if !v.hexes[x.Of]["leaf "+x.Digest] {
				v.r.problem("loose", x.Name, "事项的存证里没有这份内容", "The case's proof does not hold this content")
				continue
			}
			v.r.Tied++
		case x.What == "document":
			if !v.hexes[x.Of]["form "+x.Digest] {
				v.r.problem("loose", x.Name, "事项的表单里没有提到这个附件", "No form of the case names this attachment")
			}
		}
	}
}
