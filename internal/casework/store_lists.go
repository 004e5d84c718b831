package casework

import (
	"strings"
	"time"

	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// filter is what a list of cases is narrowed to; empty fields do not narrow.
type filter struct {
	q, mechanism, state string
	after               string // cases before this id: ids sort by time, the latest first
	live                bool   // not ended
	limit               int
}

// like is the pattern of words of a title; LIKE's own signs mean themselves.
func (f filter) like() string {
	if f.q == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(f.q)) + "%"
}

const narrow = ` ($2 = '' OR c.mechanism = $2) AND ($3 = '' OR c.state = $3) AND ($4 = '' OR lower(c.title) LIKE $4 ESCAPE '\') AND (NOT $5 OR NOT c.ended)`

// The lists of a chair walk the seats' index from the latest case backwards, so that a page costs the same among a thousand cases and
// among a million.
const (
	idsOfParty = `SELECT s.case_id FROM casework_seats s JOIN casework_cases c ON c.id = s.case_id
		WHERE s.party = $6 AND s.party <> '' AND s.case_id < $1 AND` + narrow + ` AND ($7 = '' OR s.seat = $7) AND ($8 = '' OR s.case_id = $8)
		GROUP BY s.case_id ORDER BY s.case_id DESC LIMIT $9`
	idsOfOffice = `SELECT s.case_id FROM casework_seats s JOIN casework_cases c ON c.id = s.case_id
		WHERE s.office = $6 AND s.office <> '' AND s.case_id < $1 AND` + narrow + ` AND ($7 = '' OR s.seat = $7) AND ($8 = '' OR s.case_id = $8)
		GROUP BY s.case_id ORDER BY s.case_id DESC LIMIT $9`
	idsOfAll    = `SELECT c.id FROM casework_cases c WHERE c.id < $1 AND` + narrow + ` AND c.shown ORDER BY c.id DESC LIMIT $6`
	idsOfPublic = `SELECT h.case_id FROM casework_hall h JOIN casework_cases c ON c.id = h.case_id
		WHERE h.case_id < $1 AND` + narrow + ` AND c.public AND c.shown ORDER BY h.case_id DESC LIMIT $6`
)

// below is the id that a page begins below; the first page begins below what no id is.
func (f filter) below() string {
	if f.after == "" {
		return "~"
	}
	return f.after
}

func oneText(scan func(...any) error) (s string, err error) { return s, scan(&s) }

// chair is one party or office that somebody sits as, perhaps in one seat or one case only (a delegation).
type chair struct {
	holder   policy.Holder
	seat, in string
}

func idsOf(tx *store.Tx, c chair, f filter) ([]string, error) {
	query, who := idsOfParty, c.holder.Party
	if c.holder.Office != "" {
		query, who = idsOfOffice, c.holder.Office
	}
	return store.List(tx, oneText, query, f.below(), f.mechanism, f.state, f.like(), f.live, who, c.seat, c.in, int64(f.limit))
}

func allIDs(tx *store.Tx, f filter, public bool) ([]string, error) {
	query := idsOfAll
	if public {
		query = idsOfPublic
	}
	return store.List(tx, oneText, query, f.below(), f.mechanism, f.state, f.like(), f.live, int64(f.limit))
}

// itemRow is what a line of a list needs.
type itemRow struct {
	caseRow
	since, due time.Time
}

const selectItem = `SELECT c.id, c.mechanism, c.version, c.pack, c.title, c.party, c.state, c.public, c.shown, c.ended, c.opened, c.last_at,
	c.seq, c.leaf, c.seed, c.veil, r.since, r.due FROM casework_cases c JOIN casework_records r ON r.id = c.id WHERE c.id = $1`

func itemOf(tx *store.Tx, id string) (i itemRow, found bool, err error) {
	all, err := store.List(tx, func(scan func(...any) error) (i itemRow, err error) {
		var since, due int64
		i.caseRow, err = scanCase(func(into ...any) error { return scan(append(into, &since, &due)...) })
		i.since, i.due = store.Time(since), store.Time(due)
		return i, err
	}, selectItem, id)
	if err != nil || len(all) == 0 {
		return i, false, err
	}
	return all[0], true, nil
}

// deskRow is one record that waits for somebody.
type deskRow struct {
	in, record, part, seat, steps string
	number                        int64
	state                         string
	due                           int64
}

const deskColumns = `SELECT w.case_id, w.record_id, r.part, w.seat, w.steps, r.number, r.state, w.due
	FROM casework_waits w JOIN casework_records r ON r.id = w.record_id WHERE `

const (
	waitsOfParty = deskColumns + `w.party = $1 AND w.party <> '' AND ($2 = '' OR w.seat = $2) AND ($3 = '' OR w.case_id = $3)
		ORDER BY w.due, w.record_id LIMIT $4`
	waitsOfOffice = deskColumns + `w.office = $1 AND w.office <> '' AND ($2 = '' OR w.seat = $2) AND ($3 = '' OR w.case_id = $3)
		ORDER BY w.due, w.record_id LIMIT $4`
	seatsWaitedFor = `SELECT DISTINCT seat FROM casework_waits WHERE spread = $1 AND record_id = $2 ORDER BY seat`
)

func waitsOf(tx *store.Tx, c chair, limit int) ([]deskRow, error) {
	query, who := waitsOfParty, c.holder.Party
	if c.holder.Office != "" {
		query, who = waitsOfOffice, c.holder.Office
	}
	return store.List(tx, func(scan func(...any) error) (d deskRow, err error) {
		return d, scan(&d.in, &d.record, &d.part, &d.seat, &d.steps, &d.number, &d.state, &d.due)
	}, query, who, c.seat, c.in, int64(limit))
}

// waitedFor is the seats that a record waits for.
func waitedFor(tx *store.Tx, record string) ([]string, error) {
	return store.List(tx, oneText, seatsWaitedFor, spread(record), record)
}

const (
	stepsOfParty = `SELECT ` + stepColumns + ` FROM casework_steps t WHERE t.at > $1 AND t.account <> $2 AND EXISTS
		(SELECT 1 FROM casework_seats s WHERE s.case_id = t.case_id AND s.party = $3 AND s.party <> '') ORDER BY t.at DESC, t.case_id, t.seq DESC LIMIT $4`
	stepsOfOffice = `SELECT ` + stepColumns + ` FROM casework_steps t WHERE t.at > $1 AND t.account <> $2 AND EXISTS
		(SELECT 1 FROM casework_seats s WHERE s.case_id = t.case_id AND s.office = $3 AND s.office <> '') ORDER BY t.at DESC, t.case_id, t.seq DESC LIMIT $4`
)

func stepsSince(tx *store.Tx, c chair, since time.Time, account string, limit int) ([]stepRow, error) {
	query, who := stepsOfParty, c.holder.Party
	if c.holder.Office != "" {
		query, who = stepsOfOffice, c.holder.Office
	}
	return store.List(tx, scanStep, query, store.Micros(since), account, who, int64(limit))
}

const (
	messageColumns   = `SELECT id, case_id, record_id, seq, seat, party, office, zh, en, at FROM casework_messages WHERE `
	messagesOfParty  = messageColumns + `party = $1 AND party <> '' ORDER BY id DESC LIMIT $2`
	messagesOfOffice = messageColumns + `office = $1 AND office <> '' ORDER BY id DESC LIMIT $2`
)

func messagesOf(tx *store.Tx, c chair, limit int) ([]messageRow, error) {
	query, who := messagesOfParty, c.holder.Party
	if c.holder.Office != "" {
		query, who = messagesOfOffice, c.holder.Office
	}
	return store.List(tx, func(scan func(...any) error) (m messageRow, err error) {
		var at int64
		err = scan(&m.id, &m.in, &m.record, &m.seq, &m.seat, &m.party, &m.office, &m.text.ZH, &m.text.EN, &at)
		m.at = store.Time(at)
		return m, err
	}, query, who, int64(limit))
}

const (
	selectSeen = `SELECT before, latest FROM casework_seen WHERE account = $1`
	upsertSeen = `INSERT INTO casework_seen (account, before, latest) VALUES ($1, $2, $3)
		ON CONFLICT (account) DO UPDATE SET before = excluded.before, latest = excluded.latest`
)

// seen is when somebody looked at their desk: the visit before this one, and the latest look.
func seen(tx *store.Tx, account string) (before, latest time.Time, err error) {
	var b, l int64
	_, err = store.One(tx, selectSeen, []any{account}, &b, &l)
	return store.Time(b), store.Time(l), err
}

func setSeen(tx *store.Tx, account string, before, latest time.Time) error {
	return tx.Send(upsertSeen, account, store.Micros(before), store.Micros(latest))
}

const (
	countOverdue = `SELECT count(*) FROM casework_cases c JOIN casework_records r ON r.id = c.id
		WHERE c.party = $1 AND NOT c.ended AND r.due > 0 AND r.due < $2`
	openCaseOfParty = `SELECT c.title FROM casework_seats s JOIN casework_cases c ON c.id = s.case_id
		WHERE s.party = $1 AND s.party <> '' AND NOT c.ended ORDER BY c.id LIMIT 1`
)

// overdue is how many cases of a party's own are past their deadline.
func overdue(tx *store.Tx, party string, now time.Time) (n int64, err error) {
	_, err = store.One(tx, countOverdue, []any{party, store.Micros(now)}, &n)
	return n, err
}

func openCaseOf(tx *store.Tx, party string) (title string, found bool, err error) {
	found, err = store.One(tx, openCaseOfParty, []any{party}, &title)
	return title, found, err
}
