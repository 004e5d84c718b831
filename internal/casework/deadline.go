package casework

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// batch is how many deadlines are looked up at once; each is still a transaction of its own.
const batch = 100

// inOneTick is how often one record's deadlines may follow one another in one tick. States whose deadlines have all passed are gone through
// at once, a few at most; more is a mechanism that leads in a circle, which would never end.
const inOneTick = 50

// Tick does what is due, by the seat "clock", through the same door as everybody, and tells how many deadlines it acted on.
//
// Any number of processes may tick at once: each deadline is looked at again inside its own serializable transaction, and who comes
// second finds the record moved on and leaves it. A clock that was put back finds nothing due that it has acted on, because acting
// moved the record and its deadline; and no step is dated before the case's last one.
//
// Crash story: between two deadlines nothing is lost, the rest is due at the next tick; inside one, its transaction is gone and it is
// due still. One deadline that fails (money that is not there) does not stop the others; it is tried again at every tick. So is a record that was due again and again in one tick:
// a tick always ends.
func (e *Engine) Tick(ctx context.Context) (int, error) {
	acted := 0
	var failed []error
	stuck, times := map[string]bool{}, map[string]int{}
	for {
		var due []dueRow
		err := e.DB.Read(ctx, func(tx *store.Tx) (err error) {
			due, err = dueRecords(tx, tx.Now(), batch+len(stuck))
			return err
		})
		if err != nil {
			return acted, errors.Join(append(failed, err)...)
		}
		fresh := 0
		for _, d := range due {
			if stuck[d.record] {
				continue
			}
			fresh++
			did, err := e.expire(ctx, d)
			switch {
			case err != nil && ctx.Err() != nil:
				return acted, errors.Join(append(failed, err)...)
			case err != nil:
				stuck[d.record] = true
				slog.Error("casework: a deadline could not be acted on", "case", d.in, "record", d.record, "error", err)
				failed = append(failed, fmt.Errorf("casework: deadline of %s: %w", d.record, err))
			case did:
				acted++
				if times[d.record]++; times[d.record] == inOneTick {
					stuck[d.record] = true
					failed = append(failed, fmt.Errorf("casework: %s was due %d times in one tick; its deadlines lead in a circle", d.record, inOneTick))
				}
			default:
				stuck[d.record] = true // somebody else was faster, or the clock went back: not again in this tick
			}
		}
		if fresh == 0 {
			if err := dropAlarms(ctx, e.DB); err != nil {
				failed = append(failed, err)
			}
			return acted, errors.Join(failed...)
		}
	}
}

// expire acts on one deadline, if it still is one.
func (e *Engine) expire(ctx context.Context, due dueRow) (did bool, err error) {
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		did = false
		d, err := e.take(tx, due.in)
		if err != nil {
			return err
		}
		r := d.byID[due.record]
		if r == nil || r.Due.IsZero() || !r.Due.Equal(due.due) || r.Due.After(tx.Now()) {
			return nil
		}
		who := clock()
		in := policy.Intent{Record: r.ID, Step: policy.ClockStep, Seat: policy.ClockSeat, Account: policy.ClockSeat}
		if err := e.ask(tx, d, in, "", d.mech.AsksDeadline(d.state(r.Record).Deadline)); err != nil {
			return err
		}
		out, err := policy.Decide(d.snap, in)
		if err != nil {
			return err
		}
		if _, err := e.carry(tx, d, who, in, out); err != nil {
			return err
		}
		did = true
		return nil
	})
	return did, err
}
