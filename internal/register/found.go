package register

import (
	"context"
	"slices"
	"strconv"

	"kechuang/internal/identity"
	"kechuang/internal/store"
)

// FindWith says who finds what a query in a list means, so that an export holds exactly what the list shows. what is "party" or "record",
// kind that of a record. At start-up only; without it the register's own search does.
func (r *Register) FindWith(find func(ctx context.Context, a identity.Actor, what, kind, query string) (ids []string, err error)) {
	r.find = find
}

// foundBy is what the query finds, nil where nobody was said to find it, or nothing is asked.
func (r *Register) foundBy(ctx context.Context, a identity.Actor, what, kind, query string) ([]string, error) {
	if r.find == nil || query == "" {
		return nil, nil
	}
	ids, err := r.find(ctx, a, what, kind, query)
	if ids == nil {
		ids = []string{}
	}
	return ids, err
}

// partyPage is a page of an export: of what was found, or of the register's own search.
func (r *Register) partyPage(ctx context.Context, found []string, query, after string) (page []Party, next string, err error) {
	if found == nil {
		return r.Search(ctx, query, "", after, maxPage)
	}
	ids, next := pageOfIDs(found, after)
	hits := make([]hit, len(ids))
	for i, id := range ids {
		hits[i].id = id
	}
	list, err := r.fetch(ctx, hits)
	return list, next, err
}

// recordPageOf is as partyPage.
func (r *Register) recordPageOf(ctx context.Context, k *RecordKind, found []string, query, after string) (page []Record, next string, err error) {
	if found == nil {
		return r.SearchRecords(ctx, RecordQuery{Text: query, Kind: k.Name, After: after, Limit: maxPage})
	}
	ids, next := pageOfIDs(found, after)
	err = r.db.Read(ctx, func(tx *store.Tx) error {
		page, err = recordsByID(tx, ids)
		slices.SortFunc(page, func(a, b Record) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
		return err
	})
	return page, next, err
}

func pageOfIDs(found []string, after string) (ids []string, next string) {
	start, _ := strconv.Atoi(after) // of our own making
	start = min(start, len(found))
	end := min(start+maxPage, len(found))
	if end < len(found) {
		next = strconv.Itoa(end)
	}
	return found[start:end], next
}
