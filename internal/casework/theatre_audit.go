package casework

import (
	"bytes"
	"context"
	"fmt"

	"kechuang/internal/journal"
	"kechuang/internal/store"
)

// Audit looks at what must always hold of the case that was played: the ledger's sums, and the journal, which must hold one leaf for
// every step of the history and verify as a bundle from the first.
func (w *Theatre) Audit() error {
	ctx := context.Background()
	bundle, err := w.e.Journal.Bundle(ctx, w.id)
	if err != nil {
		return err
	}
	if report, err := journal.VerifyBundle(bytes.NewReader(bundle), w.key.Verifier()); err != nil {
		return fmt.Errorf("casework: the journal does not verify: %w (%+v)", err, report)
	}
	return w.db.Read(ctx, func(tx *store.Tx) error {
		if err := w.e.Ledger.Audit(tx); err != nil {
			return err
		}
		return w.e.auditCase(tx, w.id)
	})
}

// auditCase compares what is kept of a case in several places: its history with its leaves, and the desks with the case.
func (e *Engine) auditCase(tx *store.Tx, id string) error {
	d, err := e.load(tx, id)
	if err != nil {
		return err
	}
	leaves, err := e.Journal.Of(tx, id)
	if err != nil {
		return err
	}
	if len(leaves) != len(d.steps) || int64(len(leaves)) != d.row.seq {
		return fmt.Errorf("casework: %d leaves for %d steps, the last is numbered %d", len(leaves), len(d.steps), d.row.seq)
	}
	for i, s := range d.steps {
		if l := leaves[i]; l.Digest != s.leaf || l.Seq != s.seq || l.Step != s.step || !l.At.Equal(s.at) {
			return fmt.Errorf("casework: step %d is not what its leaf says: %+v", s.seq, l)
		}
	}
	return checkWaits(tx, d)
}

// checkWaits compares the desks, which are kept up to date at every step, with what they would be worked out anew.
func checkWaits(tx *store.Tx, d *docket) error {
	kept, err := allWaits(tx, d.row.id)
	if err != nil {
		return err
	}
	want := d.waits()
	if len(kept) != len(want) {
		return fmt.Errorf("casework: %d rows on the desks, %d people are waited for", len(kept), len(want))
	}
	for _, k := range kept {
		if x := want[waitKey{k.record, k.seat, k.holder}]; x != k {
			return fmt.Errorf("casework: on the desk %+v, waited for %+v", k, x)
		}
	}
	return nil
}
