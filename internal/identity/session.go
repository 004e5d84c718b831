package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// SignIn checks a login and password and begins a session.
//
// The hash is computed between two transactions, because it takes longer than everything else here together and a write holds
// the only writer of SQLite. So the second transaction looks again: a lock that others' failures made meanwhile holds for a
// right password too, which leaves an attacker with Failures guesses however many are sent at once.
func (s *Service) SignIn(ctx context.Context, login, password string) (*Session, error) {
	login = clip(normalLogin(login), 64)
	if len(password) > 4*MaxPassword {
		password = password[:4*MaxPassword] // longer ones are never right; the hash takes the same time
	}
	sources := []string{"login:" + login}
	if a := clientOf(ctx).Address; a != "" {
		sources = append(sources, "address:"+a)
	}
	var acc record
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		if err = checkLocks(tx, sources); err != nil {
			return err
		}
		acc, _, err = accountByLogin(tx, login)
		return err
	})
	if err != nil {
		return nil, err
	}
	right, stale, err := s.verify(ctx, acc.password, password)
	if err != nil {
		return nil, err
	}
	renewed := ""
	if right && stale {
		if renewed, err = s.hash(ctx, password); err != nil {
			return nil, err
		}
	}
	return s.settle(ctx, acc, attempt{login, sources, right, renewed})
}

// attempt is a sign-in whose hash is computed.
type attempt struct {
	login   string
	sources []string // what failures are counted by: the login, then the address
	right   bool
	renewed string // the hash at today's cost, where the old one was made at another
}

// settle is the second transaction of SignIn.
func (s *Service) settle(ctx context.Context, acc record, at attempt) (session *Session, err error) {
	var refused error // given after the commit: the failure is on record
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		session, refused = nil, nil
		if err := checkLocks(tx, at.sources); err != nil {
			return err
		}
		now, found, err := accountByLogin(tx, at.login)
		if err != nil {
			return err
		}
		if !at.right || !found || now.password != acc.password {
			refused, err = s.fail(tx, at.login, at.sources)
			return err
		}
		if now.State != Active {
			refused = refusal.New(refusal.Forbidden, "identity.disabled", lang.T("此账号已停用", "This account is disabled")).
				Mend(lang.T("请联系系统管理员", "Ask the system administrator"))
			return s.log(tx, Event{Kind: "sign_in.refused", Login: at.login, Subject: now.ID, Detail: "disabled"})
		}
		if at.renewed != "" {
			if err := setPassword(tx, now.ID, at.renewed); err != nil {
				return err
			}
		}
		session, err = s.begin(tx, now, at.sources[0])
		return err
	})
	if err != nil {
		return nil, err
	}
	return session, refused
}

// begin writes a session and forgets the failures of its login.
func (s *Service) begin(tx *store.Tx, acc record, source string) (*Session, error) {
	token, digest := secret("")
	expires := tx.Now().Add(Absolute)
	if err := insertSession(tx, digest, acc.ID, tx.Now(), expires); err != nil {
		return nil, err
	}
	if err := clearFailures(tx, source); err != nil {
		return nil, err
	}
	if err := signedIn(tx, acc.ID, tx.Now()); err != nil {
		return nil, err
	}
	actor, err := s.actor(tx, acc)
	if err != nil {
		return nil, err
	}
	return &Session{Token: token, Expires: expires, Actor: actor},
		s.log(tx, Event{Kind: "sign_in", Account: acc.ID, Login: acc.Login, OK: true})
}

// fail counts a failure of the login and of the address, and locks what has too many.
func (s *Service) fail(tx *store.Tx, login string, sources []string) (refused, err error) {
	limits := []int64{Failures, AddressFailures}
	left := int64(0)
	for i, source := range sources {
		n, latest, _, err := failuresOf(tx, source)
		if err != nil {
			return nil, err
		}
		if tx.Now().Sub(latest) > Lock {
			n = 0
		}
		n++
		locked := time.Time{}
		if n >= limits[i] {
			n, locked = 0, tx.Now().Add(Lock)
			if err := s.log(tx, Event{Kind: "sign_in.locked", Login: login, Detail: source}); err != nil {
				return nil, err
			}
		} else if i == 0 {
			left = limits[i] - n
		}
		if err := setFailures(tx, source, n, tx.Now(), locked); err != nil {
			return nil, err
		}
	}
	if err := s.log(tx, Event{Kind: "sign_in.refused", Login: login}); err != nil {
		return nil, err
	}
	if left == 0 {
		return checkLocks(tx, sources[:1]), nil
	}
	return refusal.New(refusal.SignIn, "identity.wrong", lang.T("账号或密码不正确", "The login or the password is not right")).
		Mend(lang.T(fmt.Sprintf("还可再试 %d 次，之后锁定 %d 分钟；忘记密码请联系安全管理员", left, minutes(Lock)),
			fmt.Sprintf("%d more tries before a lock of %d minutes; ask the security administrator for a reset link", left, minutes(Lock)))), nil
}

// checkLocks refuses while the login or the address is locked.
func checkLocks(tx *store.Tx, sources []string) error {
	for _, source := range sources {
		_, _, locked, err := failuresOf(tx, source)
		if err != nil {
			return err
		}
		if tx.Now().Before(locked) {
			m := minutes(locked.Sub(tx.Now()))
			return refusal.New(refusal.TooMany, "identity.locked", lang.T("连续输错次数过多，登录已暂时锁定", "Sign-in is locked after too many failures")).
				Mend(lang.T(fmt.Sprintf("请 %d 分钟后再试，或联系安全管理员", m), fmt.Sprintf("Try again in %d minutes, or ask the security administrator", m)))
		}
	}
	return nil
}

// SignOut ends a session; a session that is not there is signed out already.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		sess, found, err := sessionOf(tx, digestOf(token))
		if err != nil || !found {
			return err
		}
		if err := endSession(tx, sess.digest); err != nil {
			return err
		}
		return s.log(tx, Event{Kind: "sign_out", Account: sess.account, OK: true})
	})
}

// ActorOf tells who a session is. An ended one is a refusal of kind SignIn that says so.
func (s *Service) ActorOf(ctx context.Context, token string) (Actor, error) {
	if token == "" {
		return Actor{}, errSignIn()
	}
	var actor Actor
	stale := false
	digest := digestOf(token)
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		sess, found, err := sessionOf(tx, digest)
		if err != nil {
			return err
		}
		if !found || !tx.Now().Before(sess.expires) || tx.Now().Sub(sess.seen) > Idle {
			return refusal.New(refusal.SignIn, "identity.session_ended", lang.T("登录已超时", "The session has ended")).
				Mend(lang.T("请重新登录；已填写的内容会保留", "Sign in again; what you typed is kept"))
		}
		stale = tx.Now().Sub(sess.seen) >= touch
		actor, err = s.activeActor(tx, sess.account)
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	if stale {
		err = s.db.Write(ctx, func(tx *store.Tx) error { return touchSession(tx, digest, tx.Now()) })
		if err != nil && !unavailable(err) { // a database that cannot write just now may still be read
			return Actor{}, err
		}
	}
	return actor, nil
}

// ActorOfToken tells who a token is; what it may do is in its Scopes.
func (s *Service) ActorOfToken(ctx context.Context, token string) (Actor, error) {
	var actor Actor
	var stale string
	err := s.db.Read(ctx, func(tx *store.Tx) error {
		t, account, found, err := tokenByDigest(tx, digestOf(token))
		if err != nil {
			return err
		}
		if !found || !tx.Now().Before(t.Expires) {
			return refusal.New(refusal.SignIn, "identity.token", lang.T("接口令牌无效或已过期", "The token is not valid or has expired")).
				Mend(lang.T("请在“我的令牌”中新建", "Make a new one under “my tokens”"))
		}
		if t.LastUsed == nil || tx.Now().Sub(*t.LastUsed) >= touch {
			stale = t.ID
		}
		actor, err = s.activeActor(tx, account)
		actor.Token, actor.Scopes = t.ID, t.Scopes
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	if stale != "" {
		err = s.db.Write(ctx, func(tx *store.Tx) error { return touchToken(tx, stale, tx.Now()) })
		if err != nil && !unavailable(err) {
			return Actor{}, err
		}
	}
	return actor, nil
}

// ActorOfAccount is the actor that an account is now, for work that goes on without its request.
func (s *Service) ActorOfAccount(ctx context.Context, account string) (actor Actor, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		actor, err = s.activeActor(tx, account)
		return err
	})
	return actor, err
}

func (s *Service) activeActor(tx *store.Tx, account string) (Actor, error) {
	acc, found, err := accountByID(tx, account)
	if err != nil {
		return Actor{}, err
	}
	if !found || acc.State != Active {
		return Actor{}, errSignIn()
	}
	return s.actor(tx, acc)
}

// actor puts an account's hats on.
func (s *Service) actor(tx *store.Tx, acc record) (Actor, error) {
	if err := s.dress(tx, &acc.Account); err != nil {
		return Actor{}, err
	}
	a := Actor{Account: acc.ID, Name: acc.Name, Offices: acc.Offices, Roles: acc.Roles, Parties: []Member{}, Scopes: []string{ScopeRead, ScopeAct}}
	var err error
	if a.Person, err = s.today(tx, acc.Person, &a); err != nil {
		return a, err
	}
	for _, m := range acc.Parties {
		if m.Party, err = s.today(tx, m.Party, &a); err != nil {
			return a, err
		}
		if !slices.ContainsFunc(a.Parties, func(o Member) bool { return o.Party == m.Party }) {
			a.Parties = append(a.Parties, m)
		}
	}
	return a, nil
}

// today is the id under which a party is known now; the others it was known under are noted, because cases still name them.
func (s *Service) today(tx *store.Tx, party string, a *Actor) (string, error) {
	if party == "" {
		return "", nil
	}
	ids, err := s.parties.KnownAs(tx, party)
	if err != nil {
		return "", err
	}
	a.Once = append(a.Once, ids[1:]...)
	return ids[0], nil
}

// dress reads the hats of an account, with the names of its parties as they are today. A membership of a party that is gone is
// no hat.
func (s *Service) dress(tx *store.Tx, acc *Account) error {
	members, err := membersOf(tx, acc.ID)
	if err != nil {
		return err
	}
	acc.Parties = []Member{}
	for _, m := range members {
		name, kind, ok, err := s.parties.Named(tx, m.Party)
		if err != nil {
			return err
		}
		if ok {
			m.Name, m.Kind = name, kind
			acc.Parties = append(acc.Parties, m)
		}
	}
	if acc.Offices, err = officesOf(tx, acc.ID); err != nil {
		return err
	}
	acc.Roles, err = rolesOf(tx, acc.ID)
	return err
}

func unavailable(err error) bool {
	r, ok := errors.AsType[*refusal.Refusal](err)
	return ok && r.Kind == refusal.Unavailable
}
