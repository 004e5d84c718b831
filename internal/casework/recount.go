package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"kechuang/internal/figure"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// An edition may change what the records of a kind count for. What was entered before is then counted anew, in the background and by the
// new words: facts that the new counts do not know are taken back, what they know besides is recorded, on its day and known from now on.
// So a month that was frozen keeps its value, and says that it differs until it is restated.

// A piece is one transaction. On SQLite nobody else writes while it lasts, so it ends after so many records or so long, whichever is first;
// between two of them whoever waits comes first in this process, and another process, which only asks now and then, has a moment to do so.
const (
	recountPage = 200
	recountHold = 50 * time.Millisecond
	recountRest = 10 * time.Millisecond
)

// countedKind is a row of casework_counted.
type countedKind struct {
	kind, counts, next string
	at                 register.Place
}

// Recount counts anew where the edition in force says other than what was counted by, until nothing is left; it gives how many records it
// looked at. It goes in pieces, each of which says in the database how far it came: what is killed between two goes on there. Several
// processes may recount at once: they take turns. It costs nothing where nothing changed.
func (e *Engine) Recount(ctx context.Context) (looked int, err error) {
	ed := e.counting()
	if e.recounted.Load() == ed {
		return 0, nil
	}
	e.recounted.Store(nil) // whatever breaks it off, it is not known any more
	for _, name := range slices.Sorted(maps.Keys(ed.Kinds)) {
		raw, err := json.Marshal(ed.Kinds[name].Counts)
		if err != nil {
			return looked, err
		}
		for more := true; ; {
			n := 0
			err := e.DB.WriteSnapshot(ctx, func(tx *store.Tx) (err error) {
				n, more, err = e.recountSome(tx, ed, name, string(raw), recountPage)
				return err
			})
			if err != nil {
				return looked, err
			}
			if looked += n; !more {
				break
			}
			select {
			case <-ctx.Done():
				return looked, ctx.Err()
			case <-time.After(recountRest):
			}
		}
	}
	e.recounted.Store(ed)
	return looked, nil
}

// recountSome goes on with one kind, at most so many records; more tells that there may be some left.
func (e *Engine) recountSome(tx *store.Tx, ed *edition, kind, counts string, most int) (looked int, more bool, err error) {
	began := time.Now()
	if err := tx.Guard("casework/recount"); err != nil {
		return 0, false, err
	}
	row, found, err := getCounted(tx, kind)
	if err != nil || found && row.counts == counts && row.next == "" {
		return 0, false, err
	}
	if !found { // nothing was ever counted otherwise
		return 0, false, putCounted(tx, countedKind{kind: kind, counts: counts})
	}
	if row.next == "" {
		row.next, row.at = counts, register.Place{}
	} // else what was begun is ended first, though another edition came in force, or came back: nobody could tell the halves apart
	var old, next []*policy.KindCount
	if err := errors.Join(json.Unmarshal([]byte(row.counts), &old), json.Unmarshal([]byte(row.next), &next)); err != nil {
		return 0, false, err
	}
	list, err := e.Register.RecordsSince(tx, []string{kind}, row.at, most)
	if err != nil {
		return 0, false, err
	}
	for _, rec := range list {
		if looked > 0 && time.Since(began) > recountHold {
			break
		}
		if err := e.countAnew(tx, ed.Kinds[kind], old, next, rec); err != nil {
			return 0, false, err
		}
		row.at = register.Place{Changed: rec.Changed, ID: rec.ID}
		looked++
	}
	if more = looked == most || looked < len(list); !more {
		row = countedKind{kind: kind, counts: row.next}
		more = row.counts != counts
	}
	return looked, more, putCounted(tx, row)
}

// countAnew brings the facts of one record from how it was counted to how it is.
func (e *Engine) countAnew(tx *store.Tx, k *policy.Kind, old, next []*policy.KindCount, rec register.Record) error {
	v, err := countable(k, rec)
	if err != nil {
		return err
	}
	look := func(d policy.CountDim, id string) (string, error) {
		return e.countDim(tx, k.Field(d.Field), d.Attribute, id)
	}
	for _, x := range next {
		was := &policy.KindCount{}
		if i := slices.IndexFunc(old, func(o *policy.KindCount) bool { return o.Fact == x.Fact }); i >= 0 {
			was = old[i]
		}
		before, err := was.Of(v, look)
		if err != nil {
			return err
		}
		want, err := x.Of(v, look)
		if err != nil {
			return err
		}
		if before.Same(want) {
			continue // whatever became of it, it became by the same words
		}
		if err := e.restateRecord(tx, rec, x, was, before, want); err != nil {
			return err
		}
	}
	return nil
}

// restateRecord takes back what stands of a record and says it as it is counted now. What ended before keeps its days: a record does not say
// what it was.
func (e *Engine) restateRecord(tx *store.Tx, rec register.Record, x, was *policy.KindCount, before, want *policy.Counted) error {
	stands, err := e.Facts.OfRecord(tx, rec.ID)
	if err != nil {
		return err
	}
	stands = slices.DeleteFunc(stands, func(f figure.Fact) bool { return f.Kind != x.Fact })
	if len(stands) == 0 && want != nil {
		return e.recordAnew(tx, rec, x, *want)
	}
	for i, f := range stands {
		now, counts := want, want != nil
		if counts && (i < len(stands)-1 || before != nil && f.Until != before.Until) {
			kept := *want
			kept.Day, kept.Until = f.Day, f.Until
			now = &kept
		}
		if counts && now.Same(&policy.Counted{Day: f.Day, Until: f.Until, Amount: f.Amount, Dims: ownDims(x, f.Dims)}) {
			continue // counted by the new words already
		}
		if _, err := e.Facts.Reverse(tx, f.ID, "recount", f.Seq); err != nil {
			return err
		}
		if !counts {
			continue
		}
		again := figure.Fact{Kind: f.Kind, Amount: now.Amount, Day: now.Day, Until: now.Until, Case: f.Case, Record: f.Record, Seq: f.Seq, Memo: f.Memo, Dims: f.Dims}
		for _, d := range was.Dims {
			delete(again.Dims, d.Name)
		}
		maps.Copy(again.Dims, now.Dims)
		if _, err := e.Facts.Record(tx, again); err != nil {
			return err
		}
	}
	return nil
}

// recordAnew records a fact of a record that counts for the first time, with where it came from: the latest that said anything of it.
func (e *Engine) recordAnew(tx *store.Tx, rec register.Record, x *policy.KindCount, c policy.Counted) error {
	claims, err := e.Register.Claims(tx, rec.ID)
	if err != nil {
		return err
	}
	f := figure.Fact{Kind: x.Fact, Amount: c.Amount, Day: c.Day, Until: c.Until, Record: rec.ID, Seq: rec.Revision, Dims: c.Dims}
	f.Dims[policy.RecordDim] = rec.ID
	for _, said := range claims {
		if said.Field == x.From && said.State == register.Stands {
			f.Case, f.Memo = said.Source.Case, said.Source.Import
			f.Seq = cmp.Or(said.Source.Step, f.Seq)
		}
	}
	if f.Case != "" {
		row, _, err := getCase(tx, f.Case)
		if err != nil {
			return err
		}
		f.Dims["mechanism"] = row.mechanism
	}
	_, err = e.Facts.Record(tx, f)
	return err
}

func getCounted(tx *store.Tx, kind string) (row countedKind, found bool, err error) {
	row.kind = kind
	var changed int64
	found, err = store.One(tx, `SELECT counts, next, changed, record FROM casework_counted WHERE kind = $1`, []any{kind}, &row.counts, &row.next, &changed, &row.at.ID)
	row.at.Changed = store.Time(changed)
	return row, found, err
}

func putCounted(tx *store.Tx, row countedKind) error {
	_, err := tx.Exec(`INSERT INTO casework_counted (kind, counts, next, changed, record) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind) DO UPDATE SET counts = excluded.counts, next = excluded.next, changed = excluded.changed, record = excluded.record`,
		row.kind, row.counts, row.next, store.Micros(row.at.Changed), row.at.ID)
	return err
}
