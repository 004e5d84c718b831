package identity

import (
	"fmt"
	"strings"
	"time"

	"kechuang/internal/store"
)

// record is an account with its password hash, which never leaves this package.
type record struct {
	Account
	password string
}

const accountColumns = `id, login, name, person, password, state, created, last_sign_in, revision`

func scanAccount(scan func(...any) error) (r record, err error) {
	var created, last int64
	err = scan(&r.ID, &r.Login, &r.Name, &r.Person, &r.password, &r.State, &created, &last, &r.Revision)
	r.Created, r.LastSignIn = store.Time(created), optional(last)
	return r, err
}

func optional(us int64) *time.Time {
	if us == 0 {
		return nil
	}
	t := store.Time(us)
	return &t
}

func first[T any](list []T, err error) (v T, found bool, _ error) {
	if err != nil || len(list) == 0 {
		return v, false, err
	}
	return list[0], true, nil
}

func accountByLogin(tx *store.Tx, login string) (record, bool, error) {
	return first(store.List(tx, scanAccount, `SELECT `+accountColumns+` FROM account WHERE login = $1 ORDER BY id`, login))
}

func accountByID(tx *store.Tx, id string) (record, bool, error) {
	return first(store.List(tx, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = $1 ORDER BY id`, id))
}

func insertAccount(tx *store.Tx, a record) error {
	_, err := tx.Exec(`INSERT INTO account (id, login, name, find, person, password, state, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.ID, a.Login, a.Name, a.Login+"\n"+strings.ToLower(a.Name), a.Person, a.password, string(a.State), store.Micros(a.Created))
	return err
}

func setPassword(tx *store.Tx, id, password string) error {
	_, err := tx.Exec(`UPDATE account SET password = $1 WHERE id = $2`, password, id)
	return err
}

func setState(tx *store.Tx, id string, state State) error {
	_, err := tx.Exec(`UPDATE account SET state = $1, revision = revision + 1 WHERE id = $2`, string(state), id)
	return err
}

func signedIn(tx *store.Tx, id string, at time.Time) error {
	_, err := tx.Exec(`UPDATE account SET last_sign_in = $1 WHERE id = $2`, store.Micros(at), id)
	return err
}

// listAccounts finds accounts whose login or name holds find, of one party, office or role where these are not empty.
func listAccounts(tx *store.Tx, q AccountQuery) ([]record, error) {
	find := ""
	if q.Find != "" {
		find = "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(q.Find)) + "%"
	}
	return store.List(tx, scanAccount, `SELECT `+accountColumns+` FROM account
		WHERE id > $1 AND ($2 = '' OR find LIKE $2 ESCAPE '\')
		AND ($3 = '' OR id IN (SELECT account FROM account_member WHERE party = $3))
		AND ($4 = '' OR id IN (SELECT account FROM account_office WHERE office = $4))
		AND ($5 = '' OR id IN (SELECT account FROM account_role WHERE role = $5))
		AND ($6 = '' OR person = $6)
		ORDER BY id LIMIT $7`, q.After, find, q.Party, q.Office, q.Role, q.Person, q.Limit)
}

func one(scan func(...any) error) (s string, err error) { return s, scan(&s) }

func membersOf(tx *store.Tx, account string) ([]Member, error) {
	return store.List(tx, func(scan func(...any) error) (m Member, err error) { return m, scan(&m.Party, &m.Role) },
		`SELECT party, role FROM account_member WHERE account = $1 ORDER BY party`, account)
}

func officesOf(tx *store.Tx, account string) ([]string, error) {
	return store.List(tx, one, `SELECT office FROM account_office WHERE account = $1 ORDER BY office`, account)
}

func rolesOf(tx *store.Tx, account string) ([]string, error) {
	return store.List(tx, one, `SELECT role FROM account_role WHERE account = $1 ORDER BY role`, account)
}

// holders counts the accounts that have a role; active ones only where asked.
func holders(tx *store.Tx, role string, active bool) (n int64, err error) {
	_, err = store.One(tx, `SELECT count(*) FROM account_role r JOIN account a ON a.id = r.account
		WHERE r.role = $1 AND ($2 = 0 OR a.state = 'active')`, []any{role, flag(active)}, &n)
	return n, err
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func putMember(tx *store.Tx, account, party, role string) error {
	_, err := tx.Exec(`INSERT INTO account_member (account, party, role) VALUES ($1, $2, $3)
		ON CONFLICT (account, party) DO UPDATE SET role = excluded.role`, account, party, role)
	return err
}

func dropMember(tx *store.Tx, account, party string) (int64, error) {
	return tx.Exec(`DELETE FROM account_member WHERE account = $1 AND party = $2`, account, party)
}

func putOffice(tx *store.Tx, account, office string) error {
	_, err := tx.Exec(`INSERT INTO account_office (account, office) VALUES ($1, $2) ON CONFLICT DO NOTHING`, account, office)
	return err
}

func dropOffice(tx *store.Tx, account, office string) (int64, error) {
	return tx.Exec(`DELETE FROM account_office WHERE account = $1 AND office = $2`, account, office)
}

func putRole(tx *store.Tx, account, role string) error {
	_, err := tx.Exec(`INSERT INTO account_role (account, role) VALUES ($1, $2) ON CONFLICT DO NOTHING`, account, role)
	return err
}

func dropRole(tx *store.Tx, account, role string) (int64, error) {
	return tx.Exec(`DELETE FROM account_role WHERE account = $1 AND role = $2`, account, role)
}

// session rows

type sessionRow struct {
	digest, account        string
	created, seen, expires time.Time
}

func sessionOf(tx *store.Tx, digest string) (r sessionRow, found bool, err error) {
	var created, seen, expires int64
	found, err = store.One(tx, `SELECT digest, account, created, seen, expires FROM session WHERE digest = $1`, []any{digest},
		&r.digest, &r.account, &created, &seen, &expires)
	r.created, r.seen, r.expires = store.Time(created), store.Time(seen), store.Time(expires)
	return r, found, err
}

func insertSession(tx *store.Tx, digest, account string, now, expires time.Time) error {
	_, err := tx.Exec(`INSERT INTO session (digest, account, created, seen, expires) VALUES ($1, $2, $3, $3, $4)`,
		digest, account, store.Micros(now), store.Micros(expires))
	return err
}

func touchSession(tx *store.Tx, digest string, now time.Time) error {
	_, err := tx.Exec(`UPDATE session SET seen = $1 WHERE digest = $2 AND seen < $1`, store.Micros(now), digest)
	return err
}

func endSession(tx *store.Tx, digest string) error {
	_, err := tx.Exec(`DELETE FROM session WHERE digest = $1`, digest)
	return err
}

// endSessions ends all sessions of an account but the one to keep.
func endSessions(tx *store.Tx, account, keep string) error {
	_, err := tx.Exec(`DELETE FROM session WHERE account = $1 AND digest <> $2`, account, keep)
	return err
}

// failures of signing in

func failuresOf(tx *store.Tx, source string) (n int64, latest, locked time.Time, err error) {
	var l, k int64
	_, err = store.One(tx, `SELECT failures, latest, locked FROM sign_in_failure WHERE source = $1`, []any{source}, &n, &l, &k)
	return n, store.Time(l), store.Time(k), err
}

func setFailures(tx *store.Tx, source string, n int64, latest, locked time.Time) error {
	_, err := tx.Exec(`INSERT INTO sign_in_failure (source, failures, latest, locked) VALUES ($1, $2, $3, $4)
		ON CONFLICT (source) DO UPDATE SET failures = excluded.failures, latest = excluded.latest, locked = excluded.locked`,
		source, n, store.Micros(latest), store.Micros(locked))
	return err
}

func clearFailures(tx *store.Tx, source string) error {
	_, err := tx.Exec(`DELETE FROM sign_in_failure WHERE source = $1`, source)
	return err
}

// links

type linkRow struct {
	kind, account string
	expires       time.Time
}

func linkOf(tx *store.Tx, digest string) (r linkRow, found bool, err error) {
	var expires int64
	found, err = store.One(tx, `SELECT kind, account, expires FROM one_time_link WHERE digest = $1`, []any{digest}, &r.kind, &r.account, &expires)
	r.expires = store.Time(expires)
	return r, found, err
}

func insertLink(tx *store.Tx, digest, kind, account string, now, expires time.Time) error {
	_, err := tx.Exec(`INSERT INTO one_time_link (digest, kind, account, created, expires) VALUES ($1, $2, $3, $4, $5)`,
		digest, kind, account, store.Micros(now), store.Micros(expires))
	return err
}

// dropLinks voids every link of an account; the first link has the account "".
func dropLinks(tx *store.Tx, account string) error {
	_, err := tx.Exec(`DELETE FROM one_time_link WHERE account = $1`, account)
	return err
}

// tokens

const tokenColumns = `id, name, scopes, created, expires, last_used, account`

type tokenRow struct {
	Token
	account string
}

func scanToken(scan func(...any) error) (t tokenRow, err error) {
	var scopes string
	var created, expires, used int64
	err = scan(&t.ID, &t.Name, &scopes, &created, &expires, &used, &t.account)
	t.Scopes, t.Created, t.Expires, t.LastUsed = strings.Fields(scopes), store.Time(created), store.Time(expires), optional(used)
	return t, err
}

func tokenByDigest(tx *store.Tx, digest string) (Token, string, bool, error) {
	t, found, err := first(store.List(tx, scanToken, `SELECT `+tokenColumns+` FROM access_token WHERE digest = $1 ORDER BY id`, digest))
	return t.Token, t.account, found, err
}

func tokensOf(tx *store.Tx, account string) ([]Token, error) {
	rows, err := store.List(tx, scanToken, `SELECT `+tokenColumns+` FROM access_token WHERE account = $1 ORDER BY id DESC`, account)
	list := make([]Token, len(rows))
	for i, r := range rows {
		list[i] = r.Token
	}
	return list, err
}

func insertToken(tx *store.Tx, t Token, digest, account string) error {
	_, err := tx.Exec(`INSERT INTO access_token (id, digest, account, name, scopes, created, expires) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		t.ID, digest, account, t.Name, strings.Join(t.Scopes, " "), store.Micros(t.Created), store.Micros(t.Expires))
	return err
}

func touchToken(tx *store.Tx, id string, now time.Time) error {
	_, err := tx.Exec(`UPDATE access_token SET last_used = $1 WHERE id = $2 AND last_used < $1`, store.Micros(now), id)
	return err
}

// dropTokens takes one token of an account away, or all of them where id is empty.
func dropTokens(tx *store.Tx, account, id string) (int64, error) {
	return tx.Exec(`DELETE FROM access_token WHERE account = $1 AND ($2 = '' OR id = $2)`, account, id)
}

// the security log

func insertEvent(tx *store.Tx, e Event) error {
	_, err := tx.Exec(`INSERT INTO security_event (id, at, kind, account, login, subject, address, agent, detail, ok)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.ID, store.Micros(e.At), e.Kind, e.Account, e.Login, e.Subject, e.Address, e.Agent, e.Detail, e.OK)
	return err
}

func listEvents(tx *store.Tx, q EventQuery) ([]Event, error) {
	to := int64(1<<63 - 1)
	if !q.To.IsZero() {
		to = store.Micros(q.To)
	}
	return store.List(tx, func(scan func(...any) error) (e Event, err error) {
		var at int64
		err = scan(&e.ID, &at, &e.Kind, &e.Account, &e.Login, &e.Subject, &e.Address, &e.Agent, &e.Detail, &e.OK)
		e.At = store.Time(at)
		return e, err
	}, `SELECT id, at, kind, account, login, subject, address, agent, detail, ok FROM security_event
		WHERE ($1 = '' OR id < $1) AND ($2 = '' OR kind = $2) AND ($3 = '' OR account = $3 OR subject = $3) AND at >= $4 AND at < $5
		ORDER BY id DESC LIMIT $6`, q.After, q.Kind, q.Account, store.Micros(q.From), to, q.Limit)
}

// sweep deletes what has ended: sessions, links, tokens, old failures, and events older than the log is kept.
func sweep(tx *store.Tx, now time.Time) error {
	for _, d := range []struct {
		what   string
		before time.Time
	}{
		{`DELETE FROM session WHERE expires <= $1`, now},
		{`DELETE FROM session WHERE seen < $1`, now.Add(-Idle - touch)},
		{`DELETE FROM one_time_link WHERE expires <= $1`, now},
		{`DELETE FROM access_token WHERE expires <= $1`, now.Add(-30 * 24 * time.Hour)},
		{`DELETE FROM sign_in_failure WHERE latest < $1`, now.Add(-Lock)},
		{`DELETE FROM security_event WHERE at < $1`, now.Add(-KeepEvents)},
	} {
		if _, err := tx.Exec(d.what, store.Micros(d.before)); err != nil {
			return fmt.Errorf("identity: sweep: %w", err)
		}
	}
	return nil
}

// accountsBy gives the active accounts that hold a hat.
func accountsBy(tx *store.Tx, table hatTable, value string) ([]Holder, error) {
	return store.List(tx, func(scan func(...any) error) (h Holder, err error) { return h, scan(&h.Account, &h.Name) },
		string(table), value)
}

// hatTable is the query of one kind of hat.
type hatTable string

const (
	byOffice hatTable = `SELECT a.id, a.name FROM account_office o JOIN account a ON a.id = o.account WHERE o.office = $1 AND a.state = 'active' ORDER BY a.id`
	byParty  hatTable = `SELECT a.id, a.name FROM account_member m JOIN account a ON a.id = m.account WHERE m.party = $1 AND a.state = 'active' ORDER BY a.id`
	byPerson hatTable = `SELECT a.id, a.name FROM account a WHERE a.person = $1 AND a.person <> '' AND a.state = 'active' ORDER BY a.id`
)
