package register

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/store"
)

func scanParty(scan func(...any) error) (p Party, err error) {
	var body string
	if err = scan(&body); err != nil {
		return p, err
	}
	if err = json.Unmarshal([]byte(body), &p); err != nil {
		return p, fmt.Errorf("register: a party's row: %w", err)
	}
	return p, nil
}

// partyByID takes an id from anywhere, that of a party that went into another too: it is the other now. So one that no party can have (PostgreSQL refuses such bytes) is simply not found.
func partyByID(tx *store.Tx, id string) (p Party, found bool, err error) {
	if !possibleID(id) {
		return p, false, nil
	}
	list, err := store.List(tx, scanParty, `SELECT body FROM party WHERE id = $1 ORDER BY id`, id)
	if err != nil || len(list) == 0 {
		return p, false, err
	}
	if list[0].Deleted {
		if stays, err := mergedInto(tx, id); err != nil || stays != "" {
			if err != nil {
				return p, false, err
			}
			return partyByID(tx, stays)
		}
	}
	return list[0], true, nil
}

// partiesByID gives those that are there, in no particular order.
func partiesByID(tx *store.Tx, ids []string) ([]Party, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids, 1)
	return store.List(tx, scanParty, `SELECT body FROM party WHERE id IN (`+marks+`) ORDER BY id`, args...)
}

// list makes "$n, $n+1, …" and its arguments.
func list(values []string, n int) (marks string, args []any) {
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(n+i))
		args = append(args, v)
	}
	return b.String(), args
}

func partiesByUSCC(tx *store.Tx, uscc string) ([]Party, error) {
	return store.List(tx, scanParty, `SELECT body FROM party WHERE uscc = $1 AND NOT deleted ORDER BY id`, uscc)
}

func partiesByName(tx *store.Tx, key string) ([]Party, error) {
	return store.List(tx, scanParty, `SELECT p.body FROM party_name n JOIN party p ON p.id = n.party
		WHERE n.name = $1 AND NOT p.deleted ORDER BY p.id`, key)
}

// belongings gives a few of the parties that name this one as parent or employer.
func belongings(tx *store.Tx, id string) ([]Party, error) {
	return store.List(tx, scanParty, `SELECT body FROM party WHERE (parent = $1 OR employer = $1) AND NOT deleted ORDER BY id LIMIT 3`, id)
}

func expertsIn(tx *store.Tx, field string) ([]Party, error) {
	if field == "" {
		return store.List(tx, scanParty, `SELECT body FROM party WHERE kind = 'person' AND expert AND NOT deleted ORDER BY id`)
	}
	return store.List(tx, scanParty, `SELECT p.body FROM party_field f JOIN party p ON p.id = f.party
		WHERE f.field = $1 AND p.expert AND NOT p.deleted ORDER BY p.id`, field)
}

// pageOf is parties that are there, newest first, for lists without a query.
func pageOf(tx *store.Tx, kind, before string, limit int) ([]Party, error) {
	return store.List(tx, scanParty, `SELECT body FROM party WHERE NOT deleted AND ($1 = '' OR kind = $1 OR $1 = 'organisation' AND kind <> 'person') AND ($2 = '' OR id < $2)
		ORDER BY id DESC LIMIT $3`, kind, before, limit)
}

// putParty writes a party's row and what is kept beside it for finding.
func putParty(tx *store.Tx, p Party) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO party (id, kind, name, uscc, region, parent, employer, expert, deleted, revision, changed, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, uscc = excluded.uscc, region = excluded.region,
		parent = excluded.parent, employer = excluded.employer, expert = excluded.expert, deleted = excluded.deleted,
		revision = excluded.revision, changed = excluded.changed, body = excluded.body`,
		p.ID, string(p.Kind), p.Name, p.USCC, p.Region, p.Parent, p.Employer, p.Expert, p.Deleted, p.Revision, store.Micros(tx.Now()), string(body)); err != nil {
		return err
	}
	if p.Revision > 1 {
		for _, table := range []string{"party_name", "party_field"} {
			if _, err := tx.Exec(`DELETE FROM `+table+` WHERE party = $1`, p.ID); err != nil {
				return err
			}
		}
	}
	for _, name := range append([]string{p.Name}, p.Aliases...) {
		if key := nameKey(name); key != "" {
			if _, err := tx.Exec(`INSERT INTO party_name (name, party) VALUES ($1, $2) ON CONFLICT DO NOTHING`, key, p.ID); err != nil {
				return err
			}
		}
	}
	for _, field := range p.Expertise {
		if _, err := tx.Exec(`INSERT INTO party_field (field, party) VALUES ($1, $2) ON CONFLICT DO NOTHING`, plain(field), p.ID); err != nil {
			return err
		}
	}
	return nil
}

func insertHistory(tx *store.Tx, p Party, a identity.Actor, act string) error {
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO party_history (party, revision, at, account, who, act, body) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.ID, p.Revision, store.Micros(tx.Now()), a.Account, a.Name, act, string(body))
	return err
}

type historyRow struct {
	Change
	body Party
}

// historyOf gives revisions, oldest first.
func historyOf(tx *store.Tx, id string) ([]historyRow, error) {
	return store.List(tx, func(scan func(...any) error) (h historyRow, err error) {
		var at int64
		var body string
		if err = scan(&h.Revision, &at, &h.Account, &h.Who, &h.Act, &body); err != nil {
			return h, err
		}
		h.At = store.Time(at)
		return h, json.Unmarshal([]byte(body), &h.body)
	}, `SELECT revision, at, account, who, act, body FROM party_history WHERE party = $1 ORDER BY revision`, id)
}

// peopleChanged are the persons of whom something was changed after a time.
func peopleChanged(tx *store.Tx, after time.Time) ([]string, error) {
	return store.List(tx, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT id FROM party WHERE changed > $1 AND kind = $2 ORDER BY changed, id`, store.Micros(after), string(Person))
}

// following the table for the index

// mark is what tells whether an index has a party as it is.
func scanMark(scan func(...any) error) (m store.Mark, err error) {
	return m, scan(&m.ID, &m.Revision, &m.Changed)
}

func marksAfter(tx *store.Tx, id string, limit int) ([]store.Mark, error) {
	return store.List(tx, scanMark, `SELECT id, revision, changed FROM party WHERE id > $1 ORDER BY id LIMIT $2`, id, limit)
}

func marksSince(tx *store.Tx, changed int64) ([]store.Mark, error) {
	return store.List(tx, scanMark, `SELECT id, revision, changed FROM party WHERE changed >= $1 ORDER BY changed, id`, changed)
}

// named is what the index keeps of a party.
type named struct {
	ID, Name, USCC string
	Kind           Kind
	Aliases        []string
	Deleted        bool
	Revision       int64
}

func namesByID(tx *store.Tx, ids []string) ([]named, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := list(ids, 1)
	return store.List(tx, func(scan func(...any) error) (n named, err error) {
		var body string
		if err = scan(&body); err != nil {
			return n, err
		}
		return n, json.Unmarshal([]byte(body), &n)
	}, `SELECT body FROM party WHERE id IN (`+marks+`) ORDER BY id`, args...)
}

// ties

const tieColumns = `id, kind, a, b, from_day, to_day, note, account, who, at`

func scanTie(scan func(...any) error) (t Tie, err error) {
	var from, to string
	var at int64
	err = scan(&t.ID, &t.Kind, &t.A, &t.B, &from, &to, &t.Note, &t.Account, &t.Who, &at)
	t.From, t.To, t.At = caldate.Date(from), caldate.Date(to), store.Time(at)
	return t, err
}

func tieByID(tx *store.Tx, id string) (t Tie, found bool, err error) {
	ties, err := store.List(tx, scanTie, `SELECT `+tieColumns+` FROM party_tie WHERE id = $1 ORDER BY id`, id)
	if err != nil || len(ties) == 0 {
		return t, false, err
	}
	return ties[0], true, nil
}

func tiesOf(tx *store.Tx, party string) ([]Tie, error) {
	return store.List(tx, scanTie, `SELECT `+tieColumns+` FROM party_tie WHERE a = $1 OR b = $1 ORDER BY id`, party)
}

// tiesOfAny gives the ties that have one of the parties at an end.
func tiesOfAny(tx *store.Tx, parties []string) ([]Tie, error) {
	if len(parties) == 0 {
		return nil, nil
	}
	marks, args := list(parties, 1)
	return store.List(tx, scanTie, `SELECT `+tieColumns+` FROM party_tie WHERE a IN (`+marks+`) OR b IN (`+marks+`) ORDER BY id`, args...)
}

func insertTie(tx *store.Tx, t Tie) error {
	_, err := tx.Exec(`INSERT INTO party_tie (id, kind, a, b, from_day, to_day, note, account, who, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.ID, string(t.Kind), t.A, t.B, string(t.From), string(t.To), t.Note, t.Account, t.Who, store.Micros(t.At))
	return err
}

func endTie(tx *store.Tx, id string, to caldate.Date) error {
	_, err := tx.Exec(`UPDATE party_tie SET to_day = $1 WHERE id = $2`, string(to), id)
	return err
}
