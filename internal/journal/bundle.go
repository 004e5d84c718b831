package journal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/store"
)

// The formats that leave the house; docs/spec/journal.md.
const (
	bundleFormat = "kechuang.bundle.v1"
	logFormat    = "kechuang.log.v1"
)

// bundle is one case, for somebody who has nothing else. The leaves come last, so that they can be checked as they are read.
type bundle struct {
	Format     string       `json:"format"`
	Case       string       `json:"case"`
	Key        string       `json:"key"`        // the log's public key; compare it with one from another source
	Checkpoint string       `json:"checkpoint"` // signed
	Head       string       `json:"head"`       // signed: how many leaves the case has at that checkpoint, and the last one's digest
	Since      *since       `json:"since,omitempty"`
	Leaves     []bundleLeaf `json:"leaves"`
}

// since proves that an older log is the beginning of the checkpoint's.
type since struct {
	Size  int64       `json:"size"`
	Proof []tlog.Hash `json:"proof"`
}

type bundleLeaf struct {
	Index  int64       `json:"index"`
	Digest string      `json:"digest"`
	Proof  []tlog.Hash `json:"proof"`
	Record string      `json:"record"`
}

// headText is what Head signs. A bundle that lacks the last steps of a case would otherwise look whole.
func headText(c Checkpoint, caseID string, leaves int64, digest string) string {
	return fmt.Sprintf("%s\n%s head\n%d\n%s\n%d\n%s\n", c.Origin, bundleFormat, c.Size, caseID, leaves, digest)
}

// Bundle seals what waits and gives one case as a file that VerifyBundle checks. older is the size of a checkpoint that the reader
// kept from before, of which the bundle then proves that this log is its continuation.
func (j *Journal) Bundle(ctx context.Context, caseID string, older ...int64) ([]byte, error) {
	sealed, err := j.sealAll(ctx)
	if err != nil {
		return nil, err
	}
	var b bundle
	err = j.db.Read(ctx, func(tx *store.Tx) error {
		b = bundle{Format: bundleFormat, Case: caseID, Key: j.key.Verifier(), Leaves: []bundleLeaf{}}
		c, err := latest(tx)
		if err != nil {
			return err
		}
		if c.Note == "" {
			c = sealed
		}
		b.Checkpoint = c.Note
		leaves, err := storedOf(tx, caseID)
		if err != nil {
			return err
		}
		r := newReader(tx)
		last := ""
		for _, l := range leaves {
			if l.index < 0 { // written since the seal
				break
			}
			proof, err := tlog.ProveRecord(c.Size, l.index, r)
			if err != nil {
				return err
			}
			b.Leaves = append(b.Leaves, bundleLeaf{Index: l.index, Digest: l.digest, Proof: proof, Record: l.record})
			last = l.digest
		}
		if len(older) > 0 && older[0] > 0 && older[0] <= c.Size {
			proof, err := tlog.ProveTree(c.Size, older[0], r)
			if err != nil {
				return err
			}
			b.Since = &since{older[0], proof}
		}
		head, err := note.Sign(&note.Note{Text: headText(c, caseID, int64(len(b.Leaves)), last)}, j.key.signer)
		b.Head = string(head)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(b); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// exportPage is how many leaves are read at once; each page is a transaction of its own, so that a long export holds nothing up.
// That is sound because what is sealed never changes.
const exportPage = 16 * tileWidth

// Export seals what waits and writes the whole log to w. A million leaves take some seconds.
func (j *Journal) Export(ctx context.Context, w io.Writer) (Checkpoint, error) {
	c, err := j.sealAll(ctx)
	if err != nil {
		return c, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	writeLogHeader(out, j.key.Verifier(), c)
	for from := int64(0); from < c.Size; from += exportPage {
		to := min(from+exportPage, c.Size)
		var page []stored
		if err := j.db.Read(ctx, func(tx *store.Tx) error { page, err = storedFrom(tx, from, to); return err }); err != nil {
			return c, err
		}
		if err := writeBlocks(out, page); err != nil {
			return c, err
		}
	}
	return c, out.Flush()
}

func writeLogHeader(w *bufio.Writer, key string, c Checkpoint) {
	fmt.Fprintf(w, "%s\nkey %s\ncheckpoint %d\n%s", logFormat, key, len(c.Note), c.Note)
}

// writeBlocks writes leaves that begin at a multiple of 256: before each 256 the root of their subtree, which tells a reader in
// which 256 something is wrong.
func writeBlocks(w *bufio.Writer, page []stored) error {
	for len(page) > 0 {
		block := page[:min(tileWidth, len(page))]
		page = page[len(block):]
		var f frontier
		for _, s := range block {
			h, err := hashOf(s.digest)
			if err != nil {
				return err
			}
			f.add(h)
		}
		root := f.root()
		fmt.Fprintf(w, "block %d %x\n", block[0].index/tileWidth, root[:])
		for _, s := range block {
			writeLeaf(w, s)
		}
	}
	return nil
}

// writeLeaf writes one leaf: its place, its digest, its length, and the record itself.
func writeLeaf(w *bufio.Writer, s stored) {
	w.WriteString("leaf ")
	w.WriteString(strconv.FormatInt(s.index, 10))
	w.WriteByte(' ')
	w.WriteString(s.digest)
	w.WriteByte(' ')
	w.WriteString(strconv.Itoa(len(s.record)))
	w.WriteByte('\n')
	w.WriteString(s.record)
	w.WriteByte('\n')
}
