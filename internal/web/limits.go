package web

import (
	"context"
	"sync"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// limits holds how often one address may fail at what can be guessed — passwords, one-time links — and how many objections it may
// file. The counts are this process's own: behind a balancer of n processes the limit is n times as high, which is still no guess;
// identity counts failures too, in the database, by login and by address.
type limits struct {
	mu    sync.Mutex // guards seen and sweep
	now   func() time.Time
	seen  map[string][]time.Time
	sweep time.Time
}

const (
	limitWindow   = 10 * time.Minute
	guessLimit    = 30
	objectLimit   = 10
	limitedPlaces = 100_000 // addresses kept at most; beyond that those whose window has passed are dropped at once
)

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, seen: map[string][]time.Time{}}
}

// guess runs something whose refusals are counted, and refuses to run it where there were too many.
func (l *limits) guess(ctx context.Context, try func() error) error {
	if err := l.take("guess", addressOf(ctx), guessLimit, false); err != nil {
		return err
	}
	err := try()
	if err != nil && len(refusal.Of(err)) > 0 {
		l.take("guess", addressOf(ctx), guessLimit, true)
	}
	return err
}

// objection counts one objection.
func (l *limits) objection(ctx context.Context) error {
	return l.take("object", addressOf(ctx), objectLimit, true)
}

func (l *limits) take(what, address string, most int, count bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, key := l.now(), what+" "+address
	if now.Sub(l.sweep) > limitWindow || len(l.seen) > limitedPlaces {
		for k, times := range l.seen {
			if now.Sub(times[len(times)-1]) > limitWindow {
				delete(l.seen, k)
			}
		}
		l.sweep = now
	}
	times := l.seen[key]
	for len(times) > 0 && now.Sub(times[0]) > limitWindow {
		times = times[1:]
	}
	if len(times) >= most {
		return refusal.New(refusal.TooMany, "request.too_often", lang.T("尝试过于频繁", "Too many attempts")).
			Mend(lang.T("请十分钟后再试", "Please try again in ten minutes"))
	}
	if count {
		l.seen[key] = append(times, now)
	}
	return nil
}
