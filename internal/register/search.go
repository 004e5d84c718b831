package register

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// Limits of searching.
const (
	maxQuery = 200 // characters; what is beyond is not looked at
	maxWords = 8
	maxPage  = 200

	defaultPage = 50
)

// Search finds parties by any part of their names, aliases, codes or id, best first; words are apart by blanks and all of them
// must be there. Where nothing has them all, similar names are given. Without a query it lists all, newest first. kind "" is any.
// next is the after of the next page, "" at the end.
func (r *Register) Search(ctx context.Context, query string, kind Kind, after string, limit int) (list []Party, next string, err error) {
	if limit <= 0 {
		limit = defaultPage
	}
	limit = min(limit, maxPage)
	words := wordsOf(query)
	if len(words) == 0 && strings.TrimSpace(query) != "" {
		return []Party{}, "", nil // only signs
	}
	if len(words) == 0 {
		err = r.db.Read(ctx, func(tx *store.Tx) error {
			list, err = pageOf(tx, string(kind), after, limit+1)
			return err
		})
		if len(list) > limit {
			list = list[:limit]
			next = list[limit-1].ID
		}
		return list, next, err
	}
	from, err := readCursor(after)
	if err != nil {
		return nil, "", err
	}
	if err := r.index.follow(ctx, r.db); err != nil {
		return nil, "", err
	}
	hits := r.index.search(words, kind, from, limit+1)
	if len(hits) > limit {
		hits = hits[:limit]
		next = writeCursor(hits[limit-1])
	}
	list, err = r.fetch(ctx, hits)
	return list, next, err
}

// fetch reads the parties of hits in their order; one deleted since the index was read is left out.
func (r *Register) fetch(ctx context.Context, hits []hit) ([]Party, error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.id
	}
	byID := map[string]Party{}
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		parties, err := partiesByID(tx, ids)
		for _, p := range parties {
			byID[p.ID] = p
		}
		return err
	})
	list := make([]Party, 0, len(hits))
	for _, id := range ids {
		if p, ok := byID[id]; ok && !p.Deleted {
			list = append(list, p)
		}
	}
	return list, err
}

func wordsOf(query string) []string {
	if runes := []rune(query); len(runes) > maxQuery {
		query = string(runes[:maxQuery])
	}
	var words []string
	for _, w := range strings.Fields(norm.NFKC.String(query)) {
		if w = plain(w); w != "" && len(words) < maxWords {
			words = append(words, w)
		}
	}
	return words
}

func writeCursor(h hit) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %s", h.score, h.length, h.id))
}

func readCursor(s string) (h hit, err error) {
	if s == "" {
		return h, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		_, err = fmt.Sscanf(string(b), "%d %d %s", &h.score, &h.length, &h.id)
	}
	if err != nil || h.score <= 0 {
		return h, refusal.New(refusal.Invalid, "register.cursor", lang.T("翻页位置无效，请重新搜索", "The place to go on from is not valid; search again")).At("after")
	}
	return h, nil
}
