package register

import (
	"encoding/json"
	"fmt"
	"strconv"

	"kechuang/internal/store"
)

const handedColumns = `id, kind, owner, name, state, revision, account, who, at, judge, judged, reason, record, body`

func scanHanded(scan func(...any) error) (h HandedIn, err error) {
	var body string
	var at, judged int64
	if err = scan(&h.ID, &h.Kind, &h.Owner, &h.Name, &h.State, &h.Revision, &h.Account, &h.Who, &at, &h.Judge, &judged, &h.Reason, &h.Record, &body); err != nil {
		return h, err
	}
	h.At = store.Time(at)
	if judged > 0 {
		t := store.Time(judged)
		h.Judged = &t
	}
	if err = json.Unmarshal([]byte(body), &h.Values); err != nil {
		return h, fmt.Errorf("register: what was handed in as %s: %w", h.ID, err)
	}
	return h, nil
}

func handedByID(tx *store.Tx, id string) (h HandedIn, found bool, err error) {
	if !possibleID(id) {
		return h, false, nil
	}
	list, err := store.List(tx, scanHanded, `SELECT `+handedColumns+` FROM record_handed WHERE id = $1`, id)
	if err != nil || len(list) == 0 {
		return h, false, err
	}
	return list[0], true, nil
}

func handedOf(tx *store.Tx, owners []string, limit int) ([]HandedIn, error) {
	marks, args := list(owners, 1)
	args = append(args, limit)
	return store.List(tx, scanHanded, `SELECT `+handedColumns+` FROM record_handed WHERE owner IN (`+marks+`) AND state <> 'withdrawn'
		ORDER BY id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
}

func handedWaiting(tx *store.Tx, limit int) ([]HandedIn, error) {
	return store.List(tx, scanHanded, `SELECT `+handedColumns+` FROM record_handed WHERE state = 'waiting' ORDER BY id LIMIT $1`, limit)
}

func countWaiting(tx *store.Tx, owner string) (n int, err error) {
	_, err = store.One(tx, `SELECT count(*) FROM record_handed WHERE owner = $1 AND state = 'waiting'`, []any{owner}, &n)
	return n, err
}

func putHanded(tx *store.Tx, h HandedIn) error {
	body, err := json.Marshal(h.Values)
	if err != nil {
		return err
	}
	judged := int64(0)
	if h.Judged != nil {
		judged = store.Micros(*h.Judged)
	}
	_, err = tx.Exec(`INSERT INTO record_handed (`+handedColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, revision = excluded.revision, account = excluded.account,
		who = excluded.who, at = excluded.at, judge = excluded.judge, judged = excluded.judged, reason = excluded.reason, record = excluded.record, body = excluded.body`,
		h.ID, h.Kind, h.Owner, h.Name, h.State, h.Revision, h.Account, h.Who, store.Micros(h.At), h.Judge, judged, h.Reason, h.Record, string(body))
	return err
}
