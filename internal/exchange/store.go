package exchange

import (
	"embed"
	"encoding/json"
	"time"

	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations makes the tables of this package.
var Migrations = store.Migrations{Name: "exchange", FS: files}

// OutsideSource is an instance that is harvested.
type OutsideSource struct {
	Base      string            `json:"base"`
	City      OpenCity          `json:"city"`
	Resume    string            `json:"-"`
	Tags      map[string]string `json:"-"` // address → ETag
	Harvested time.Time         `json:"harvested,omitzero"`
	Failed    time.Time         `json:"failed,omitzero"` // later than Harvested: the last try failed
	Failure   string            `json:"failure,omitempty"`
	Items     int64             `json:"items"` // that are not gone
}

// Outside is an item of another instance as it is kept here.
type Outside struct {
	Source string    `json:"source"`
	Item   OpenItem  `json:"item"`
	First  time.Time `json:"first"` // seen at first
	Seen   time.Time `json:"seen"`  // seen changed last
}

const sourceColumns = `base, city, about, resume, tags, harvested, failed, failure`

func scanSource(scan func(...any) error) (s OutsideSource, err error) {
	var city, about, tags string
	var harvested, failed int64
	if err = scan(&s.Base, &city, &about, &s.Resume, &tags, &harvested, &failed, &s.Failure, &s.Items); err != nil {
		return s, err
	}
	s.Harvested, s.Failed = store.Time(harvested), store.Time(failed)
	if err = json.Unmarshal([]byte(about), &s.City); err != nil {
		return s, err
	}
	return s, json.Unmarshal([]byte(tags), &s.Tags)
}

func sources(tx *store.Tx) ([]OutsideSource, error) {
	return store.List(tx, scanSource, `SELECT `+sourceColumns+`, (SELECT count(*) FROM exchange_item i WHERE i.source = exchange_source.base AND NOT i.gone) FROM exchange_source ORDER BY base`)
}

func sourceOf(tx *store.Tx, base string) (s OutsideSource, found bool, err error) {
	list, err := store.List(tx, scanSource, `SELECT `+sourceColumns+`, CAST(0 AS BIGINT) FROM exchange_source WHERE base = $1`, base)
	if err != nil || len(list) == 0 {
		return s, false, err
	}
	return list[0], true, nil
}

func putSource(tx *store.Tx, s OutsideSource) error {
	about, err := json.Marshal(s.City)
	if err != nil {
		return err
	}
	if s.Tags == nil {
		s.Tags = map[string]string{}
	}
	tags, err := json.Marshal(s.Tags)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO exchange_source (`+sourceColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (base) DO UPDATE SET city = excluded.city, about = excluded.about, resume = excluded.resume, tags = excluded.tags,
			harvested = excluded.harvested, failed = excluded.failed, failure = excluded.failure`,
		s.Base, s.City.ID, string(about), s.Resume, string(tags), store.Micros(s.Harvested), store.Micros(s.Failed), s.Failure)
	return err
}

// seen is what a source's item was when it was last kept.
type seen struct {
	revision int64
	digest   string
	gone     bool
	first    int64
}

func itemSeen(tx *store.Tx, source, id string) (s seen, found bool, err error) {
	list, err := store.List(tx, func(scan func(...any) error) (s seen, err error) {
		return s, scan(&s.revision, &s.digest, &s.gone, &s.first)
	},
		`SELECT revision, digest, gone, first FROM exchange_item WHERE source = $1 AND id = $2`, source, id)
	if err != nil || len(list) == 0 {
		return s, false, err
	}
	return list[0], true, nil
}

func putItem(tx *store.Tx, source string, i OpenItem, first, now int64) error {
	body, err := json.Marshal(i)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO exchange_item (source, id, kind, name, gone, revision, changed, first, seen, digest, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (source, id) DO UPDATE SET kind = excluded.kind, name = excluded.name, gone = excluded.gone, revision = excluded.revision, changed = excluded.changed,
			seen = excluded.seen, digest = excluded.digest, body = excluded.body`,
		source, i.ID, i.Kind, i.Name, i.Gone, i.Revision, store.Micros(i.Changed), first, now, i.Digest, string(body))
	return err
}

// callsOf is the ids of a source's calls that are open as far as is known here.
func callsOf(tx *store.Tx, source string) ([]string, error) {
	return store.List(tx, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT id FROM exchange_item WHERE source = $1 AND kind = $2 AND NOT gone`, source, CallKind)
}

func closeItem(tx *store.Tx, source, id string, now int64) error {
	_, err := tx.Exec(`UPDATE exchange_item SET gone = TRUE, seen = $3 WHERE source = $1 AND id = $2`, source, id, now)
	return err
}

// page lists outside items, the last changed first. Text is found in names, whatever the case of its letters.
func page(tx *store.Tx, q Query, before int64, beforeSource, beforeID string, limit int) ([]Outside, error) {
	return store.List(tx, func(scan func(...any) error) (o Outside, err error) {
		var body string
		var first, seen int64
		if err = scan(&o.Source, &body, &first, &seen); err != nil {
			return o, err
		}
		o.First, o.Seen = store.Time(first), store.Time(seen)
		return o, json.Unmarshal([]byte(body), &o.Item)
	}, `SELECT source, body, first, seen FROM exchange_item WHERE NOT gone AND ($1 = '' OR kind = $1) AND ($2 = '' OR source = $2) AND ($3 = '' OR lower(name) LIKE $3 ESCAPE '!')
		AND (CAST($4 AS BIGINT) = 0 OR changed < $4 OR (changed = $4 AND (source > $5 OR (source = $5 AND id > $6))))
		ORDER BY changed DESC, source, id LIMIT $7`, q.Kind, q.Source, like(q.Text), before, beforeSource, beforeID, limit)
}
