package chain

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

//go:embed *.sql
var files embed.FS

// Migrations makes the tables of this package.
var Migrations = store.Migrations{Name: "chain", FS: files}

const (
	selectItems   = `SELECT kind, item, body FROM chain_items ORDER BY kind, item`
	selectVersion = `SELECT version FROM chain_items WHERE kind = $1 AND item = $2`
	selectLast    = `SELECT CAST(COALESCE(max(version), 0) AS BIGINT) FROM chain_changes WHERE kind = $1 AND item = $2`
	selectNewest  = `SELECT CAST(COALESCE(max(seq), 0) AS BIGINT) FROM chain_changes`
	selectPast    = `SELECT version, body, account, author, at, source FROM chain_changes WHERE kind = $1 AND item = $2 ORDER BY version DESC`
	upsertItem    = `INSERT INTO chain_items (kind, item, body, author, at, source, version) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (kind, item) DO UPDATE SET body = excluded.body, author = excluded.author, at = excluded.at, source = excluded.source, version = excluded.version`
	deleteItem   = `DELETE FROM chain_items WHERE kind = $1 AND item = $2`
	insertChange = `INSERT INTO chain_changes (kind, item, version, body, account, author, at, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
)

// Author is who changes the map.
type Author struct{ Account, Name string }

// Statement is one thing said of the map: exactly one of Node, Edge and Supply, with where it comes from. Gone takes it off the map.
type Statement struct {
	Node    *Node   `json:"node,omitempty"`
	Edge    *Edge   `json:"edge,omitempty"`
	Supply  *Supply `json:"supply,omitempty"`
	Gone    bool    `json:"gone,omitempty"`
	Source  string  `json:"source"`
	Version int64   `json:"version,omitempty"` // that was seen; 0: new, or whatever it is
}

// Past is one version of an item.
type Past struct {
	Version int64          `json:"version"`
	Gone    bool           `json:"gone"`
	Body    map[string]any `json:"body,omitempty"`
	Author  string         `json:"author"`
	At      time.Time      `json:"at"`
	Source  string         `json:"source"`
}

// key is the kind and the key of what is stated.
func (s *Statement) key() (kind, key string, body any) {
	switch {
	case s.Node != nil:
		return "node", s.Node.ID, s.Node
	case s.Edge != nil:
		return "edge", s.Edge.Key(), s.Edge
	case s.Supply != nil:
		return "supply", s.Supply.Key(), s.Supply
	}
	return "", "", nil
}

// Statements says a whole map; what names no source of its own is from the given one.
func (m Map) Statements(source string) []Statement {
	var list []Statement
	for k := range m.Nodes {
		list = append(list, Statement{Node: &m.Nodes[k], Source: source})
	}
	for k := range m.Edges {
		list = append(list, Statement{Edge: &m.Edges[k], Source: cmp.Or(m.Edges[k].Source, source)})
	}
	for k := range m.Supplies {
		list = append(list, Statement{Supply: &m.Supplies[k], Source: cmp.Or(m.Supplies[k].Source, source)})
	}
	return list
}

// Key tells edges apart: between two nodes there is one edge of a relation.
func (e Edge) Key() string { return e.From + "\x1f" + string(e.Is) + "\x1f" + e.To }

// Key tells supplies apart.
func (s Supply) Key() string { return s.Node + "\x1f" + s.Country + "\x1f" + s.Firm }

// ReadMap is the map as it is now, and the number of the newest change.
func ReadMap(tx *store.Tx) (m Map, newest int64, err error) {
	if _, err = store.One(tx, selectNewest, nil, &newest); err != nil {
		return m, 0, err
	}
	_, err = store.List(tx, func(scan func(...any) error) (struct{}, error) {
		var kind, key, body string
		if err := scan(&kind, &key, &body); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, m.add(kind, body)
	}, selectItems)
	return m, newest, err
}

// Newest is the number of the newest change: a map read at the same number is the same map.
func Newest(tx *store.Tx) (n int64, err error) {
	_, err = store.One(tx, selectNewest, nil, &n)
	return n, err
}

func (m *Map) add(kind, body string) (err error) {
	switch kind {
	case "node":
		var n Node
		err = json.Unmarshal([]byte(body), &n)
		m.Nodes = append(m.Nodes, n)
	case "edge":
		var e Edge
		err = json.Unmarshal([]byte(body), &e)
		m.Edges = append(m.Edges, e)
	case "supply":
		var s Supply
		err = json.Unmarshal([]byte(body), &s)
		m.Supplies = append(m.Supplies, s)
	}
	if err != nil {
		return fmt.Errorf("chain: a stored %s: %w", kind, err)
	}
	return nil
}

// Say changes the map by statements, all or none. The map after them is checked as a whole: an edge needs its nodes, and a node goes
// only when nothing hangs on it.
func Say(tx *store.Tx, who Author, list []Statement) error {
	for k := range list {
		if err := say(tx, who, &list[k]); err != nil {
			return err
		}
	}
	m, _, err := ReadMap(tx)
	if err != nil {
		return err
	}
	_, err = Build(m)
	return err
}

func say(tx *store.Tx, who Author, s *Statement) error {
	kind, key, body := s.key()
	if kind == "" {
		return refusal.New(refusal.Invalid, "chain.nothing", lang.T("没有写明节点、关系或供应", "Neither a node nor an edge nor a supply is stated"))
	}
	if s.Source == "" {
		return refusal.New(refusal.Invalid, "chain.source", lang.T("请写明依据或来源", "Say where this comes from")).At("source")
	}
	var now, last int64
	found, err := store.One(tx, selectVersion, []any{kind, key}, &now)
	if err != nil {
		return err
	}
	if s.Version != 0 && s.Version != now {
		return refusal.New(refusal.Conflict, "chain.stale", lang.T("别人刚刚修改过，请查看最新内容后再改", "Somebody else has just changed it; look at it again"))
	}
	if s.Gone && !found {
		return refusal.New(refusal.NotFound, "chain.gone", lang.T("图谱中没有这一项", "This is not on the map"))
	}
	if _, err := store.One(tx, selectLast, []any{kind, key}, &last); err != nil {
		return err
	}
	text := ""
	if s.Gone {
		_, err = tx.Exec(deleteItem, kind, key)
	} else {
		raw, bad := json.Marshal(body)
		if bad != nil {
			return bad
		}
		text = string(raw)
		_, err = tx.Exec(upsertItem, kind, key, text, who.Name, store.Micros(tx.Now()), s.Source, last+1)
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(insertChange, kind, key, last+1, text, who.Account, who.Name, store.Micros(tx.Now()), s.Source)
	return err
}

// History is every version of an item, newest first.
func History(tx *store.Tx, kind, key string) ([]Past, error) {
	return store.List(tx, func(scan func(...any) error) (p Past, err error) {
		var body, account string
		var at int64
		if err := scan(&p.Version, &body, &account, &p.Author, &at, &p.Source); err != nil {
			return p, err
		}
		p.At, p.Gone = store.Time(at), body == ""
		if p.Gone {
			return p, nil
		}
		return p, json.Unmarshal([]byte(body), &p.Body)
	}, selectPast, kind, key)
}
