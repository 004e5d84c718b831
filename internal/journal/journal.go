// Package journal keeps every step for ever, in a way that anyone can check and nobody can change unseen, the operator included.
//
// A step writes its leaf in its own transaction (Append). A leaf names the leaf before it in its case, so the steps of a case are
// a chain. A loop gives leaves their index in one tree over all cases and signs its root (Seal): the format of Go's checksum
// database. What leaves the house is a bundle: the leaves of a case with their proofs, or the whole log; VerifyBundle checks
// either with nothing but the log's public key, and names what was changed, dropped or reordered.
//
//	digest, err := j.Append(tx, journal.Leaf{Case: "case_1", Step: "publish", Account: "acc_7", At: tx.Now(), Body: body})
//	checkpoint, err := j.Seal(ctx)
//	bundle, err := j.Bundle(ctx, "case_1")
//	report, err := journal.VerifyBundle(bytes.NewReader(bundle), key.Verifier())
//
// The bytes are described in docs/spec/journal.md. What the journal cannot do: keep the operator from never writing a step down,
// or from showing two logs to two people who never compare checkpoints. So publish checkpoints.
package journal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/store"
)

// Journal is the log of one database.
type Journal struct {
	db  *store.DB
	key *Key
}

// New is the journal of a database, signed by the key.
func New(db *store.DB, key *Key) *Journal { return &Journal{db, key} }

// Key is the log's public key, to be published.
func (j *Journal) Key() string { return j.key.Verifier() }

// Sign signs a text with the log's key, as a note that its verifier opens. The text ends with a line break.
func (j *Journal) Sign(text string) (string, error) {
	signed, err := note.Sign(&note.Note{Text: text}, j.key.signer)
	return string(signed), err
}

// CheckSigned tells whether a signed text is this log's own.
func (j *Journal) CheckSigned(signed string) error {
	v, err := note.NewVerifier(j.key.Verifier())
	if err != nil {
		return err
	}
	_, err = note.Open([]byte(signed), note.VerifierList(v))
	return err
}

// Append writes a leaf in the transaction of its step and gives its digest. A leaf without Seq comes after the last of its case; a
// caller that knows both passes Seq and Prev. Two steps of one case at once cannot both have the same place: one runs again.
func (j *Journal) Append(tx *store.Tx, l Leaf) (digest string, err error) {
	if l.Seq == 0 {
		seq, prev, err := lastOf(tx, l.Case)
		if err != nil {
			return "", err
		}
		l.Seq, l.Prev = seq+1, prev
	}
	record, err := l.Encode()
	if err != nil {
		return "", err
	}
	digest = Digest(record)
	return digest, insertLeaf(tx, l.Case, l.Seq, digest, record)
}

// sealSize is how many leaves are sealed in one transaction, so that a long queue does not hold up steps on SQLite.
const sealSize = 2048

// Seal gives every leaf that waits its index, in the order in which they were written, and signs the new root. It gives the latest
// checkpoint; one of size 0 and no note where nothing was ever written. Several processes may seal at once: they take turns.
func (j *Journal) Seal(ctx context.Context) (c Checkpoint, err error) {
	for {
		var sealed int
		err := j.db.Write(ctx, func(tx *store.Tx) error {
			c, sealed, err = j.sealSome(tx)
			return err
		})
		// A crash before this commit leaves the leaves waiting, with no index given and no root signed; the next Seal does the
		// same again. After it, the indices and the checkpoint are both there: there is never one without the other.
		if err != nil || sealed < sealSize {
			return c, err
		}
	}
}

func (j *Journal) sealSome(tx *store.Tx) (c Checkpoint, sealed int, err error) {
	tx.Settled()
	size, key, err := lockState(tx)
	if err != nil {
		return c, 0, err
	}
	if key != "" && key != j.key.Verifier() {
		return c, 0, fmt.Errorf("journal: this database's log is signed by the key %s, not by %s: find the right key", key, j.key.Verifier())
	}
	waiting, err := pending(tx, sealSize)
	if err != nil {
		return c, 0, err
	}
	if len(waiting) == 0 {
		c, err = latest(tx)
		return c, 0, err
	}
	if err := insertIndex(tx, size, waiting); err != nil {
		return c, 0, err
	}
	grown := size + int64(len(waiting))
	if err := growTiles(tx, size, grown); err != nil {
		return c, 0, err
	}
	root, err := tlog.TreeHash(grown, newReader(tx))
	if err != nil {
		return c, 0, err
	}
	c, err = Checkpoint{Size: grown, Root: root, At: tx.Now()}.signed(j.key)
	if err != nil {
		return c, 0, err
	}
	return c, len(waiting), errors.Join(
		deletePending(tx, waiting[len(waiting)-1].n), setState(tx, grown, j.key.Verifier()), insertCheckpoint(tx, c))
}

// sealAll is Seal, and of a log in which nothing was ever written a signed checkpoint all the same: what leaves the house is signed.
func (j *Journal) sealAll(ctx context.Context) (Checkpoint, error) {
	c, err := j.Seal(ctx)
	if err != nil || c.Note != "" {
		return c, err
	}
	root, err := tlog.TreeHash(0, nil)
	if err != nil {
		return c, err
	}
	return Checkpoint{Root: root, At: j.db.Now()}.signed(j.key)
}

// Run seals every so often until the context ends. Errors are given to report and the loop goes on: leaves wait safely.
func (j *Journal) Run(ctx context.Context, every time.Duration, report func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if _, err := j.Seal(ctx); err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Latest is the latest checkpoint.
func (j *Journal) Latest(ctx context.Context) (c Checkpoint, err error) {
	err = j.db.Read(ctx, func(tx *store.Tx) error { c, err = latest(tx); return err })
	return c, err
}

// Beacon names the latest checkpoint, by size and root: what nobody could know before its leaves were written. Empty before the first.
func (j *Journal) Beacon(tx *store.Tx) (string, error) {
	c, err := latest(tx)
	if err != nil || c.Size == 0 {
		return "", err
	}
	return fmt.Sprintf("%d %s", c.Size, base64Hash(c.Root)), nil
}

// SignedAt tells when a beacon became the latest checkpoint; found is false where this log never had such a one.
func (j *Journal) SignedAt(tx *store.Tx, beacon string) (at time.Time, found bool, err error) {
	return signedAt(tx, beacon)
}

// Entry is a leaf in lists, with its index once it is sealed.
type Entry struct {
	Leaf
	Digest string
	Index  int64 // -1 while it waits
}

// Of are the leaves of a case, in order.
func (j *Journal) Of(tx *store.Tx, caseID string) ([]Entry, error) { return leavesOf(tx, caseID) }

// Page is the sealed leaves of the whole log with indices below before (0: from the end), latest first.
func (j *Journal) Page(tx *store.Tx, before int64, limit int) ([]Entry, error) {
	return leavesBefore(tx, before, limit)
}

// Proof is that one leaf stands in the log.
type Proof struct {
	Entry      Entry
	Record     string
	Checkpoint Checkpoint
	Hashes     []tlog.Hash
}

// ErrUnsealed says that a leaf has no index yet; sealing comes within seconds.
var ErrUnsealed = errors.New("journal: the leaf is not sealed yet")

// Prove gives the proof of a leaf by its digest; found is false where there is no such leaf.
func (j *Journal) Prove(ctx context.Context, digest string) (p Proof, found bool, err error) {
	err = j.db.Read(ctx, func(tx *store.Tx) error {
		p.Entry, p.Record, found, err = leafByDigest(tx, digest)
		if err != nil || !found {
			return err
		}
		if p.Checkpoint, err = latest(tx); err != nil {
			return err
		}
		if p.Entry.Index < 0 || p.Entry.Index >= p.Checkpoint.Size {
			return ErrUnsealed
		}
		p.Hashes, err = tlog.ProveRecord(p.Checkpoint.Size, p.Entry.Index, newReader(tx))
		return err
	})
	return p, found, err
}

// Consistency proves that the log of an older size is the beginning of the latest one.
func (j *Journal) Consistency(ctx context.Context, older int64) (c Checkpoint, proof []tlog.Hash, err error) {
	err = j.db.Read(ctx, func(tx *store.Tx) error {
		if c, err = latest(tx); err != nil {
			return err
		}
		if older < 0 || older > c.Size {
			return fmt.Errorf("journal: the log has %d leaves, not %d", c.Size, older)
		}
		if older == 0 {
			return nil
		}
		proof, err = tlog.ProveTree(c.Size, older, newReader(tx))
		return err
	})
	return c, proof, err
}
