package broker

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/lang"
	"kechuang/internal/match"
	"kechuang/internal/register"
)

// Desk takes messages about needs that wait, and remembers what each was told last.
type Desk interface {
	Told(ctx context.Context) (map[string]casework.Told, error)
	Tell(ctx context.Context, need, party string, latest string, text lang.Text) error
}

// Nobody is swamped: a need is told of what probably fits, at most once a day, by name of the best few, and of each offer once.
const (
	worthTelling = 2.0 // expected level
	tellAgain    = 20 * time.Hour
	namedOffers  = 3
)

// pass is what the last round of alerts looked at.
type pass struct {
	latest string // offer
	putOff bool   // a need was told too lately
}

// Alert tells the owners of needs that wait what was offered since they were last told, and gives how many were told. It costs next to
// nothing while nothing new is offered.
func (b *Broker) Alert(ctx context.Context, desk Desk) (told int, err error) {
	e, err := b.Engine(ctx)
	if err != nil {
		return 0, err
	}
	b.mu.Lock()
	now := pass{latest: b.latest}
	idle := b.passed == now // and nobody was put off
	b.mu.Unlock()
	if idle {
		return 0, nil
	}
	before, err := desk.Told(ctx)
	if err != nil {
		return 0, err
	}
	today := caldate.On(b.db.Now())
	var failed error
	err = b.Waiting(ctx, func(k *register.RecordKind, rec register.Record) bool {
		last := before[rec.ID]
		if rec.Owner == "" || max(rec.ID, last.Latest) >= now.latest || expired(k, rec, today) {
			return true
		}
		if b.db.Now().Sub(last.At) < tellAgain {
			now.putOff = true
			return true
		}
		text, any := news(NeedOf(k, rec), e, today, max(rec.ID, last.Latest))
		if !any {
			return true
		}
		told++
		failed = desk.Tell(ctx, rec.ID, rec.Owner, now.latest, text)
		return failed == nil
	})
	if err == nil {
		err = failed
	}
	if err == nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.passed = now
	}
	return told, err
}

func expired(k *register.RecordKind, rec register.Record, today caldate.Date) bool {
	until := offerOf(open(k), rec).Expires
	return until != "" && until < today
}

// news are the offers made after one that probably fit the need, as the asker may see them.
func news(n match.Need, e *match.Engine, today caldate.Date, after string) (lang.Text, bool) {
	var names []string
	for _, m := range e.Match(n, match.Asker{Today: today}, 20).Matches {
		if m.Level >= worthTelling && m.Offer.ID > after && m.Offer.Kind != Team && m.Offer.Kind != Expert {
			names = append(names, m.Offer.Title)
		}
	}
	if len(names) == 0 {
		return lang.Text{}, false
	}
	best := names[:min(namedOffers, len(names))]
	more := lang.T("", "")
	if rest := len(names) - len(best); rest > 0 {
		more = lang.T(fmt.Sprintf("等 %d 项", len(names)), fmt.Sprintf(" and %d more", rest))
	}
	return lang.T("新登记的供给可能解决这个难题："+strings.Join(best, "；")+more.ZH+"。请到“供需对接”查看理由。",
		"Newly offered and may answer this need: "+strings.Join(best, "; ")+more.EN+". See why under Matching."), true
}
