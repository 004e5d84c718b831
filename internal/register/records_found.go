package register

import (
	"context"
	"strings"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/store"
)

// RecordQuery is what somebody looks for.
type RecordQuery struct {
	Text    string
	Kind    string          // "" is any
	Owner   string          // party; with a text it cuts what is found
	Retired bool            // these too
	By      *identity.Actor // whom the list without a text is for; nil sees everything
	After   string
	Limit   int
}

// SearchRecords finds records by any part of their names, numbers or id, as Search finds parties.
func (r *Register) SearchRecords(ctx context.Context, q RecordQuery) (list []Record, next string, err error) {
	if q.Limit <= 0 {
		q.Limit = defaultPage
	}
	q.Limit = min(q.Limit, maxPage)
	words := wordsOf(q.Text)
	if len(words) == 0 && strings.TrimSpace(q.Text) != "" {
		return []Record{}, "", nil
	}
	if len(words) == 0 {
		err = r.db.Read(ctx, func(tx *store.Tx) (err error) {
			list, err = recordPage(tx, q.Kind, q.Owner, q.After, q.Retired, q.Limit+1, r.sightOf(q.By))
			return err
		})
		if len(list) > q.Limit {
			list = list[:q.Limit]
			next = list[q.Limit-1].ID
		}
		return list, next, err
	}
	from, err := readCursor(q.After)
	if err != nil {
		return nil, "", err
	}
	if err := r.things.follow(ctx, r.db); err != nil {
		return nil, "", err
	}
	hits := r.things.search(words, Kind(q.Kind), from, q.Limit+1)
	if len(hits) > q.Limit {
		hits = hits[:q.Limit]
		next = writeCursor(hits[q.Limit-1])
	}
	list, err = r.fetchRecords(ctx, hits, q.Owner)
	return list, next, err
}

// sight is which records somebody may know of: those of open kinds, and their own.
type sight struct{ kinds, owners []string }

// sightOf says it as Record.SeenBy does; nil is everything.
func (r *Register) sightOf(a *identity.Actor) *sight {
	if a == nil || len(a.Offices) > 0 || a.Has(identity.RoleRegister) || a.Has(identity.RoleAuditor) {
		return nil
	}
	s := &sight{kinds: []string{""}, owners: []string{"none"}}
	for _, k := range r.Kinds() {
		if k.Public {
			s.kinds = append(s.kinds, k.Name)
		}
	}
	for _, m := range a.Parties {
		s.owners = append(s.owners, m.Party)
	}
	if a.Person != "" {
		s.owners = append(s.owners, a.Person)
	}
	return s
}

func (r *Register) fetchRecords(ctx context.Context, hits []hit, owner string) ([]Record, error) {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.id
	}
	byID := map[string]Record{}
	err := r.db.Read(ctx, func(tx *store.Tx) error {
		all, err := recordsByID(tx, ids)
		for _, rec := range all {
			byID[rec.ID] = rec
		}
		return err
	})
	list := make([]Record, 0, len(hits))
	for _, id := range ids {
		if rec, ok := byID[id]; ok && !rec.Retired && (owner == "" || rec.Owner == owner) {
			list = append(list, rec)
		}
	}
	return list, err
}

// FindRecord gives the record of a kind that somebody means by its id, by what is unique of it, or by a name that only one has.
func (r *Register) FindRecord(tx *store.Tx, k *RecordKind, what string) (rec Record, found bool, err error) {
	what = strings.TrimSpace(what)
	if strings.HasPrefix(what, "rec_") {
		rec, found, err = recordByID(tx, what)
		return rec, found && !rec.Retired && rec.Kind == k.Name, err
	}
	for _, u := range k.Unique {
		if len(u) != 1 {
			continue
		}
		v := what
		if scheme, ok := ident.Named(k.Field(u[0]).Ident); ok {
			v = scheme.Normal(v)
		}
		if rec, found, err = recordByKey(tx, k.Name, u[0]+"\n"+nameKey(v)); found || err != nil {
			return rec, found, err
		}
	}
	list, err := recordsByName(tx, k.Name, what)
	if err != nil || len(list) != 1 {
		return Record{}, false, err
	}
	return list[0], true, nil
}

// CountRecords gives the number of records that are not retired, by kind.
func (r *Register) CountRecords(tx *store.Tx) (map[string]int64, error) { return countRecords(tx) }
