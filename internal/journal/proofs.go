package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/store"
)

// proofsFormat is the file of Proofs; docs/spec/journal.md.
const proofsFormat = "kechuang.proofs.v1"

// proofs are leaves of one log at one checkpoint, without their records: for somebody who may know of the steps and not read all of them.
type proofs struct {
	Format     string       `json:"format"`
	Key        string       `json:"key"`
	Checkpoint string       `json:"checkpoint"`
	Leaves     []provedLeaf `json:"leaves"`
}

type provedLeaf struct {
	Index  int64       `json:"index"`
	Digest string      `json:"digest"`
	Proof  []tlog.Hash `json:"proof"`
}

// Proofs seals what waits and proves leaves by their digests, as a file that VerifyProofs checks. A digest that the log does not have is
// an error.
func (j *Journal) Proofs(ctx context.Context, digests []string) ([]byte, error) {
	if _, err := j.sealAll(ctx); err != nil {
		return nil, err
	}
	p := proofs{Format: proofsFormat, Key: j.key.Verifier(), Leaves: []provedLeaf{}}
	err := j.db.Read(ctx, func(tx *store.Tx) error {
		p.Leaves = []provedLeaf{}
		c, err := latest(tx)
		if err != nil {
			return err
		}
		p.Checkpoint = c.Note
		r := newReader(tx)
		for _, d := range digests {
			e, _, found, err := leafByDigest(tx, d)
			if err == nil && (!found || e.Index < 0 || e.Index >= c.Size) {
				err = fmt.Errorf("journal: %s is not in the log", d)
			}
			if err != nil {
				return err
			}
			proof, err := tlog.ProveRecord(c.Size, e.Index, r)
			if err != nil {
				return err
			}
			p.Leaves = append(p.Leaves, provedLeaf{e.Index, d, proof})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", " ")
	err = e.Encode(p)
	return out.Bytes(), err
}

// VerifyProofs checks a file made by Proofs, offline; of the key as in VerifyBundle.
func VerifyProofs(in io.Reader, key string) (r Report, err error) {
	var p proofs
	d := json.NewDecoder(in)
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return r, fmt.Errorf("journal: the proofs: %w", err)
	}
	if p.Format != proofsFormat {
		return r, errors.New("journal: the file holds no proofs of kechuang")
	}
	r.Format = p.Format
	c, ok := r.checkpoint(p.Checkpoint, p.Key, key)
	if !ok {
		return r, nil
	}
	for _, l := range p.Leaves {
		r.Leaves++
		h, err := hashOf(l.Digest)
		if err == nil {
			err = CheckInclusion(l.Index, c.Size, c.Root, h, l.Proof)
		}
		if err != nil {
			r.problem("changed", l.Index, "", 0, fmt.Sprintf("第 %d 条存证不在日志的第 %d 位上", r.Leaves, l.Index),
				fmt.Sprintf("Leaf %d is not at index %d of the log", r.Leaves, l.Index))
		}
	}
	return r, nil
}

// OpenSigned gives the text of a note that Sign signed, or why the signature does not hold.
func OpenSigned(signed, key string) (string, error) { return openNote(signed, key) }
