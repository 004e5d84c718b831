package broker

import (
	"context"
	"encoding/json"
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

// judge is what ships, or with enough judgements of the deployment's own what was learnt from these. Learning takes minutes: it goes on
// beside, and the next engine has it.
func (b *Broker) judge(ctx context.Context) (*judge.Model, error) {
	shipped, err := judge.Shipped()
	if err != nil {
		return nil, err
	}
	needs, judged, err := b.judgements(ctx)
	if err != nil || len(judged) < enoughJudged {
		return shipped, err
	}
	if len(judged) > b.learnt+b.learnt/20 {
		b.learnt = len(judged)
		go func() {
			learnt := judge.Train(needs, judged)
			b.mu.Lock()
			defer b.mu.Unlock()
			b.model, b.engine = learnt, nil // the next question makes an engine with it
		}()
	}
	if b.model != nil {
		return b.model, nil
	}
	return shipped, nil
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
	text := func(field string) (v string) {
		_ = json.Unmarshal(rec.Values[field], &v) // no text: there is no such pair
		return v
	}
	level, err := strconv.ParseFloat(text(k.Judges.Level), 64)
	if err != nil || level < 1 || level > 4 {
		return p, n, false, nil
	}
	rows, err := b.register.RecordRows(tx, []string{text(k.Judges.Need), text(k.Judges.Offer)})
	if err != nil || len(rows) != 2 {
		return p, n, false, err
	}
	need, offer := rows[0], rows[1]
	if need.ID != text(k.Judges.Need) {
		need, offer = offer, need
	}
	asks := b.register.Kind(need.Kind)
	if asks == nil {
		return p, n, false, nil
	}
	m := NeedOf(asks, need)
	return judge.Pair{ID: rec.ID, Achievement: offer.ID, Need: need.ID, Words: offer.Name, Level: level}, judge.Need{ID: m.ID, Title: m.Title, Content: m.Text}, true, nil
}
