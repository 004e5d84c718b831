package casework

import (
	"context"
	"time"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Told is what the owner of a need that waits was told last of offers.
type Told struct {
	Latest string // the youngest offer that was known then
	At     time.Time
}

// Told gives what was told, by need.
func (e *Engine) Told(ctx context.Context) (told map[string]Told, err error) {
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		told, err = allTold(tx)
		return err
	})
	return told, err
}

// Tell leaves a message about a need with the party that asks, and remembers the youngest offer that was known. Whoever comes second with
// the same offer, in this process or another, tells nothing.
func (e *Engine) Tell(ctx context.Context, need, party, latest string, text lang.Text) error {
	return e.DB.Write(ctx, func(tx *store.Tx) error {
		first, err := putTold(tx, need, latest)
		if err != nil || !first {
			return err
		}
		return addMessage(tx, messageRow{id: ident.New("msg", tx.Now()), record: need, party: party, text: text, at: tx.Now()})
	})
}
