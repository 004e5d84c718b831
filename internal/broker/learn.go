package broker

import (
	"context"
	"strconv"

	"kechuang/internal/match/judge"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// enough is how many judgements of the deployment's own a model is learnt from; below, what ships serves better.
const (
	enoughJudged = 300
	mostJudged   = 200_000 // are read
)

// judge is what was learnt from the deployment's own judgements, or what ships.
func (b *Broker) judge() (*judge.Model, error) {
	if b.model != nil {
		return b.model, nil
	}
	return judge.Shipped()
}

// learn learns anew where there are enough judgements, and more than when it was done last. It takes minutes: it goes on beside, and the
// next engine has it.
func (b *Broker) learn(ctx context.Context) error {
	needs, judged, err := b.judgements(ctx)
	if err != nil || len(judged) < enoughJudged || len(judged) <= b.learnt+b.learnt/20 {
		return err
	}
	b.learnt = len(judged)
	go func() {
		learnt := judge.Train(needs, judged)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.model, b.engine = learnt, nil // the next question makes an engine with it
	}()
	return nil
}

// judgements are the records of kinds that judge pairs, with the needs that they speak of: outcomes of introductions.
func (b *Broker) judgements(ctx context.Context) (needs []judge.Need, judged []judge.Pair, err error) {
	seen := map[string]bool{}
	for _, k := range b.register.Kinds() {
		if k.Judges == nil {
			continue
		}
		var records []register.Record
		err := b.Records(ctx, k, func(rec register.Record) bool { records = append(records, rec); return len(records) < mostJudged })
		if err != nil {
			return nil, nil, err
		}
		err = b.db.Read(ctx, func(tx *store.Tx) error {
			for _, rec := range records {
				pair, need, ok, err := b.judgement(tx, k, rec)
				if err != nil {
					return err
				}
				if !ok {
					continue
				}
				judged = append(judged, pair)
				if !seen[need.ID] {
					seen[need.ID] = true
					needs = append(needs, need)
				}
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return needs, judged, nil
}

func (b *Broker) judgement(tx *store.Tx, k *register.RecordKind, rec register.Record) (p judge.Pair, n judge.Need, ok bool, err error) {
	of := rec.Values.Text // no text: there is no such pair
	level, err := strconv.ParseFloat(of(k.Judges.Level), 64)
	if err != nil || level < 1 || level > 4 {
		return p, n, false, nil
	}
	rows, err := b.register.RecordRows(tx, []string{of(k.Judges.Need), of(k.Judges.Offer)})
	if err != nil || len(rows) != 2 {
		return p, n, false, err
	}
	need, offer := rows[0], rows[1]
	if need.ID != of(k.Judges.Need) {
		need, offer = offer, need
	}
	asks := b.register.Kind(need.Kind)
	if asks == nil {
		return p, n, false, nil
	}
	m := NeedOf(asks, need)
	return judge.Pair{ID: rec.ID, Achievement: offer.ID, Need: need.ID, Words: offer.Name, Level: level}, judge.Need{ID: m.ID, Title: m.Title, Content: m.Text}, true, nil
}
