package exchange

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Query asks for outside items; empty is any.
type Query struct {
	Text   string
	Kind   string
	Source string
	After  string // what the page before named
	Limit  int
}

// Sources are the instances that were ever harvested, with how it went.
func Sources(ctx context.Context, db *store.DB) (list []OutsideSource, err error) {
	err = db.Read(ctx, func(tx *store.Tx) error { list, err = sources(tx); return err })
	return list, err
}

// mark is the last item of a page.
type mark struct {
	Changed int64
	Source  string
	ID      string
}

// List gives outside items that are not gone, the last changed first; next is empty at the end.
func List(ctx context.Context, db *store.DB, q Query) (list []Outside, next string, err error) {
	var m mark
	if q.After != "" {
		raw, err := base64.RawURLEncoding.DecodeString(q.After)
		if err != nil || json.Unmarshal(raw, &m) != nil {
			return nil, "", refusal.New(refusal.Invalid, "exchange.after", lang.T("after 不是上一页给出的值", "after is not what the page before named")).At("after")
		}
	}
	if q.Limit <= 0 || q.Limit > 200 {
		q.Limit = 50
	}
	err = db.Read(ctx, func(tx *store.Tx) error {
		list, err = page(tx, q, m.Changed, m.Source, m.ID, q.Limit+1)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(list) > q.Limit {
		list = list[:q.Limit]
		last := list[q.Limit-1]
		raw, err := json.Marshal(mark{store.Micros(last.Item.Changed), last.Source, last.Item.ID})
		if err != nil {
			return nil, "", err
		}
		next = base64.RawURLEncoding.EncodeToString(raw)
	}
	return list, next, nil
}

// like is a pattern that finds the text anywhere.
func like(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return ""
	}
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text) + "%"
}
