package dossier

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
)

// Write makes the dossier of a case's thread, as the actor may see it; step is told how many cases and records are done. It gives how many
// files the manifest lists.
func Write(ctx context.Context, out io.Writer, source Source, actor identity.Actor, caseID string, j *journal.Journal, made time.Time, step func(done, total int) error) (files int, err error) {
	thread, err := source.Thread(ctx, actor, caseID)
	if err != nil {
		return 0, err
	}
	w := newWriter(out, caseID, thread.Nodes[0].Title, j.Key(), made)
	if err := source.Contents(ctx, actor, caseID, step, w.add); err != nil {
		return 0, err
	}
	return w.finish(j.Sign)
}

// writer writes one archive.
type writer struct {
	zip  *zip.Writer
	m    manifest
	used map[string]bool
}

func newWriter(w io.Writer, caseID, title, key string, made time.Time) *writer {
	return &writer{zip: zip.NewWriter(w), used: map[string]bool{}, m: manifest{Format: format, Case: caseID, Title: title, Made: made.UTC().Truncate(time.Second), Key: key, Files: []listed{}}}
}

// add writes a file and lists it.
func (w *writer) add(c casework.Content) error {
	name := c.Name
	if c.Folder != "" {
		name = c.Folder + "/" + name
	}
	for n := 2; w.used[name]; n++ { // two forms of one title
		name = strings.TrimSuffix(name, fmt.Sprintf("~%d", n-1)) + fmt.Sprintf("~%d", n)
	}
	w.used[name] = true
	w.m.Files = append(w.m.Files, listed{Name: name, Digest: digestOf(c.Body), Size: int64(len(c.Body)), What: c.What, Of: c.Of, Title: c.Title.ZH, Sealed: c.Sealed})
	return w.write(name, c.Body)
}

func (w *writer) write(name string, body []byte) error {
	out, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.m.Made})
	if err == nil {
		_, err = out.Write(body)
	}
	return err
}

// finish writes the index, the manifest and its signature, and gives how many files there are beside the last two.
func (w *writer) finish(sign func(text string) (string, error)) (files int, err error) {
	var page bytes.Buffer
	if err := index.Execute(&page, w.m); err != nil {
		return 0, err
	}
	if err := w.add(casework.Content{Name: indexName, What: "index", Body: page.Bytes()}); err != nil {
		return 0, err
	}
	var list bytes.Buffer
	e := json.NewEncoder(&list)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(w.m); err != nil {
		return 0, err
	}
	signed, err := sign(signedText(digestOf(list.Bytes())))
	if err != nil {
		return 0, err
	}
	if err := w.write(manifestName, list.Bytes()); err != nil {
		return 0, err
	}
	if err := w.write(signatureName, []byte(signed)); err != nil {
		return 0, err
	}
	return len(w.m.Files), w.zip.Close()
}

func digestOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
