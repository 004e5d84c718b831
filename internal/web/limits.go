package web

import (
	"context"
	"sync"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// limits holds how often one address may try what costs or what can be guessed: 20 sign-ins and 10 objections in ten minutes.
// The counts are this process's own: behind a balancer of n processes the limit is n times as high, which is still no guess.
type limits struct {
	mu    sync.Mutex // guards seen
	now   func() time.Time
	seen  map[string][]time.Time
	sweep time.Time
}

const (
	limitWindow   = 10 * time.Minute
	signInLimit   = 20
	objectLimit   = 10
	limitedPlaces = 100_000 // addresses kept at most; beyond that the oldest windows are dropped first
)

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, seen: map[string][]time.Time{}}
}

func (l *limits) signIn(ctx context.Context) error {
	return l.take("sign-in", addressOf(ctx), signInLimit)
}
func (l *limits) objection(ctx context.Context) error {
	return l.take("object", addressOf(ctx), objectLimit)
}

func (l *limits) take(what, address string, most int) error {
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
	l.seen[key] = append(times, now)
	return nil
}
