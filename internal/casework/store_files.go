package casework

import (
	"encoding/json"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// Packs.

const (
	selectPack = `SELECT files FROM casework_packs WHERE digest = $1`
	insertPack = `INSERT INTO casework_packs (digest, pack, version, at, files) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	listPacks  = `SELECT digest FROM casework_packs WHERE digest NOT IN (SELECT digest FROM casework_editions WHERE state <> 'adopted') ORDER BY at, digest`
)

func getPack(tx *store.Tx, digest string) (files []byte, found bool, err error) {
	found, err = store.One(tx, selectPack, []any{digest}, &files)
	return files, found, err
}

func addPack(tx *store.Tx, digest, id, version string, files []byte) error {
	_, err := tx.Exec(insertPack, digest, id, version, store.Micros(tx.Now()), files)
	return err
}

func packDigests(tx *store.Tx) ([]string, error) {
	return store.List(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) }, listPacks)
}

// Notices and draws.

type noticeRow struct {
	id, record            string
	seq                   int64
	state, title, content string
	digest                string
	from, to              time.Time
	status                string
}

const (
	noticeColumns = `id, record_id, seq, state, title, content, digest, from_at, to_at, status`
	selectNotices = `SELECT ` + noticeColumns + ` FROM casework_notices WHERE case_id = $1 ORDER BY seq, id`
	insertNotice  = `INSERT INTO casework_notices (` + noticeColumns + `, case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	closeNotices  = `UPDATE casework_notices SET status = $1 WHERE case_id = $2 AND record_id = $3 AND status = 'running'`
)

func notices(tx *store.Tx, id string) ([]noticeRow, error) {
	return store.List(tx, func(scan func(...any) error) (n noticeRow, err error) {
		var from, to int64
		err = scan(&n.id, &n.record, &n.seq, &n.state, &n.title, &n.content, &n.digest, &from, &to, &n.status)
		n.from, n.to = store.Time(from), store.Time(to)
		return n, err
	}, selectNotices, id)
}

func addNotice(tx *store.Tx, in string, n noticeRow) error {
	return tx.Send(insertNotice, n.id, n.record, n.seq, n.state, n.title, n.content, n.digest, store.Micros(n.from), store.Micros(n.to), n.status, in)
}

func endNotices(tx *store.Tx, in, record, status string) error {
	return tx.Send(closeNotices, status, in, record)
}

type drawRow struct {
	id, record, seat, part string
	seq                    int64
	result                 json.RawMessage
	at                     time.Time
}

const (
	selectDraws = `SELECT id, record_id, seq, seat, part, result, at FROM casework_draws WHERE case_id = $1 ORDER BY seq, id`
	insertDraw  = `INSERT INTO casework_draws (id, record_id, seq, seat, part, result, at, case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
)

func draws(tx *store.Tx, id string) ([]drawRow, error) {
	return store.List(tx, func(scan func(...any) error) (d drawRow, err error) {
		var at int64
		var result string
		err = scan(&d.id, &d.record, &d.seq, &d.seat, &d.part, &result, &at)
		d.result, d.at = json.RawMessage(result), store.Time(at)
		return d, err
	}, selectDraws, id)
}

func addDraw(tx *store.Tx, in string, d drawRow) error {
	return tx.Send(insertDraw, d.id, d.record, d.seq, d.seat, d.part, string(d.result), store.Micros(d.at), in)
}

// Files.

const (
	insertBlob   = `INSERT INTO casework_blobs (digest, size, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	selectBlob   = `SELECT size, body FROM casework_blobs WHERE digest = $1`
	selectSize   = `SELECT size FROM casework_blobs WHERE digest = $1`
	insertUpload = `INSERT INTO casework_uploads (digest, account, name, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (digest, account) DO UPDATE SET name = excluded.name`
	selectUpload = `SELECT name FROM casework_uploads WHERE digest = $1 AND account = $2`
	paperColumns = `digest, record_id, seq, document, number, zh, en, at`
	selectPapers = `SELECT ` + paperColumns + ` FROM casework_papers WHERE case_id = $1 ORDER BY seq, digest`
	insertPaper  = `INSERT INTO casework_papers (` + paperColumns + `, case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	nextNumber   = `INSERT INTO casework_numbers (document, year, last) VALUES ($1, $2, 1)
		ON CONFLICT (document, year) DO UPDATE SET last = casework_numbers.last + 1 RETURNING last`
)

func addBlob(tx *store.Tx, digest string, body []byte) error {
	return tx.Send(insertBlob, digest, int64(len(body)), body)
}

func getBlob(tx *store.Tx, digest string) (body []byte, found bool, err error) {
	var size int64
	found, err = store.One(tx, selectBlob, []any{digest}, &size, &body)
	return body, found, err
}

func blobSize(tx *store.Tx, digest string) (size int64, found bool, err error) {
	found, err = store.One(tx, selectSize, []any{digest}, &size)
	return size, found, err
}

func addUpload(tx *store.Tx, digest, account, name string) error {
	return tx.Send(insertUpload, digest, account, name, store.Micros(tx.Now()))
}

func uploadName(tx *store.Tx, digest, account string) (name string, found bool, err error) {
	found, err = store.One(tx, selectUpload, []any{digest, account}, &name)
	return name, found, err
}

type paperRow struct {
	digest, record, document string
	seq, number              int64
	title                    lang.Text
	at                       time.Time
}

func papers(tx *store.Tx, id string) ([]paperRow, error) {
	return store.List(tx, func(scan func(...any) error) (p paperRow, err error) {
		var at int64
		err = scan(&p.digest, &p.record, &p.seq, &p.document, &p.number, &p.title.ZH, &p.title.EN, &at)
		p.at = store.Time(at)
		return p, err
	}, selectPapers, id)
}

func addPaper(tx *store.Tx, in string, p paperRow) error {
	return tx.Send(insertPaper, p.digest, p.record, p.seq, p.document, p.number, p.title.ZH, p.title.EN, store.Micros(p.at), in)
}

func takeNumber(tx *store.Tx, document string, year int) (n int64, err error) {
	tx.Line(numberLine(document))
	_, err = store.One(tx, nextNumber, []any{document, int64(year)}, &n)
	return n, err
}

// Messages.

type messageRow struct {
	id, in, record, seat string
	seq                  int64
	party, office        string
	text                 lang.Text
	at                   time.Time
}

const insertMessage = `INSERT INTO casework_messages (id, case_id, record_id, seq, seat, party, office, zh, en, at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

func addMessage(tx *store.Tx, m messageRow) error {
	return tx.Send(insertMessage, m.id, m.in, m.record, m.seq, m.seat, m.party, m.office, m.text.ZH, m.text.EN, store.Micros(m.at))
}

// Delegations.

type delegationRow struct {
	id, in, seat       string
	from, fromName, to string
	hats               string
	starts, ends, at   time.Time
	revoked            time.Time
}

const (
	delegationColumns = `id, case_id, seat, from_account, from_name, hats, to_account, starts, ends, at, revoked`
	insertDelegation  = `INSERT INTO casework_delegations (` + delegationColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	selectDelegated   = `SELECT ` + delegationColumns + ` FROM casework_delegations
		WHERE to_account = $1 AND ends > $2 AND starts <= $2 AND revoked = 0 ORDER BY id`
	selectDelegating = `SELECT ` + delegationColumns + ` FROM casework_delegations WHERE from_account = $1 AND ends > $2 AND revoked = 0 ORDER BY id`
	revokeDelegation = `UPDATE casework_delegations SET revoked = $1 WHERE id = $2 AND from_account = $3 AND revoked = 0`
)

func scanDelegation(scan func(...any) error) (d delegationRow, err error) {
	var starts, ends, at, revoked int64
	err = scan(&d.id, &d.in, &d.seat, &d.from, &d.fromName, &d.hats, &d.to, &starts, &ends, &at, &revoked)
	d.starts, d.ends, d.at, d.revoked = store.Time(starts), store.Time(ends), store.Time(at), store.Time(revoked)
	return d, err
}

func delegated(tx *store.Tx, to string, now time.Time) ([]delegationRow, error) {
	return store.List(tx, scanDelegation, selectDelegated, to, store.Micros(now))
}

func delegating(tx *store.Tx, from string, now time.Time) ([]delegationRow, error) {
	return store.List(tx, scanDelegation, selectDelegating, from, store.Micros(now))
}

func addDelegation(tx *store.Tx, d delegationRow) error {
	return tx.Send(insertDelegation, d.id, d.in, d.seat, d.from, d.fromName, d.hats, d.to, store.Micros(d.starts), store.Micros(d.ends),
		store.Micros(d.at), store.Micros(d.revoked))
}

func endDelegation(tx *store.Tx, id, from string, at time.Time) (bool, error) {
	n, err := tx.Exec(revokeDelegation, store.Micros(at), id, from)
	return n == 1, err
}

// What needs that wait were told of offers.

func allTold(tx *store.Tx) (map[string]Told, error) {
	told := map[string]Told{}
	_, err := store.List(tx, func(scan func(...any) error) (struct{}, error) {
		var need, latest string
		var at int64
		err := scan(&need, &latest, &at)
		told[need] = Told{latest, store.Time(at)}
		return struct{}{}, err
	}, `SELECT need, latest, at FROM casework_told`)
	return told, err
}

// putTold remembers the youngest offer; first is false where it, or a younger one, is known already.
func putTold(tx *store.Tx, need, latest string) (first bool, err error) {
	n, err := tx.Exec(`INSERT INTO casework_told (need, latest, at) VALUES ($1, $2, $3)
		ON CONFLICT (need) DO UPDATE SET latest = excluded.latest, at = excluded.at WHERE casework_told.latest < excluded.latest`,
		need, latest, store.Micros(tx.Now()))
	return n > 0, err
}
