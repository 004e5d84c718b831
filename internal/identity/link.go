package identity

import (
	"context"
	"strings"
	"time"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// FirstLink makes the one-time link for the first administrator, and voids the one made before. It is "" as soon as there is a
// system administrator.
func (s *Service) FirstLink(ctx context.Context) (link string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		link = ""
		n, err := holders(tx, RoleSystem, false)
		if err != nil || n > 0 {
			return err
		}
		link, err = s.newLink(tx, "first", "", FirstLife)
		return err
	})
	return link, err
}

// ResetLink makes a link behind which somebody sets a new password. The security administrator makes it and hands it over; for
// an account that was never used it is a new invitation, which the system administrator may make too.
func (s *Service) ResetLink(ctx context.Context, a Actor, account string) (link string, err error) {
	if err := seated(a); err != nil {
		return "", err
	}
	err = s.change(ctx, a, account, Event{Kind: "link.reset"}, func(tx *store.Tx, acc record) error {
		if !a.Has(RoleSecurity) && (acc.State != Invited || !a.Has(RoleSystem)) {
			return mustRole(a, RoleSecurity)
		}
		link, err = s.anyLink(tx, acc)
		return err
	})
	if err != nil {
		return "", err
	}
	return link, nil
}

// OperatorLink is ResetLink for whoever runs the program on its machine, when no security administrator can sign in. It is on
// record like every other.
func (s *Service) OperatorLink(ctx context.Context, login string) (link string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		acc, found, err := accountByLogin(tx, normalLogin(login))
		if err != nil {
			return err
		}
		if !found {
			return errNoAccount()
		}
		if link, err = s.anyLink(tx, acc); err != nil {
			return err
		}
		return s.log(tx, Event{Kind: "link.reset", Subject: acc.ID, Detail: "operator", OK: true})
	})
	return link, err
}

func (s *Service) anyLink(tx *store.Tx, acc record) (string, error) {
	switch acc.State {
	case Disabled:
		return "", refusal.New(refusal.Conflict, "identity.disabled", lang.T("此账号已停用", "This account is disabled")).
			Mend(lang.T("请先由系统管理员启用", "The system administrator enables it first"))
	case Invited:
		return s.newLink(tx, "invite", acc.ID, InviteLife)
	default:
		return s.newLink(tx, "reset", acc.ID, ResetLife)
	}
}

// newLink voids the account's earlier links: of several that lie about only the last one works.
func (s *Service) newLink(tx *store.Tx, kind, account string, life time.Duration) (string, error) {
	if err := dropLinks(tx, account); err != nil {
		return "", err
	}
	token, digest := secret("")
	return token, insertLink(tx, digest, kind, account, tx.Now(), tx.Now().Add(life))
}

// LookLink shows what a link is for.
func (s *Service) LookLink(ctx context.Context, token string) (info LinkInfo, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		_, acc, l, err := s.link(tx, token)
		info = LinkInfo{Kind: l.kind, Login: acc.Login, Name: acc.Name, Expires: l.expires}
		return err
	})
	if err != nil {
		return LinkInfo{}, err
	}
	return info, nil
}

// link finds a link that still works, with its account ("" for the first).
func (s *Service) link(tx *store.Tx, token string) (digest string, acc record, l linkRow, err error) {
	digest = digestOf(token)
	l, found, err := linkOf(tx, digest)
	if err != nil {
		return "", acc, l, err
	}
	if found && tx.Now().Before(l.expires) {
		if l.kind == "first" {
			return digest, acc, l, nil
		}
		acc, found, err = accountByID(tx, l.account)
		if err != nil || (found && acc.State != Disabled) {
			return digest, acc, l, err
		}
	}
	return "", acc, l, refusal.New(refusal.NotFound, "identity.link", lang.T("链接无效、已使用或已过期", "The link is not valid, was used or has expired")).
		Mend(lang.T("请联系管理员重新发送", "Ask an administrator for a new one"))
}

// UseLink sets the password behind a link, which then works no more. The first link makes the account too. A reset ends all
// sessions and tokens of the account, because whoever knew the old password may have opened them.
func (s *Service) UseLink(ctx context.Context, token string, c Choice) (account string, err error) {
	c.Login, c.Name = normalLogin(c.Login), strings.TrimSpace(c.Name)
	info, err := s.LookLink(ctx, token) // before the hash, so that a wrong link costs nothing
	if err != nil {
		return "", err
	}
	var l refusal.List
	login := info.Login
	if info.Kind == "first" {
		login = c.Login
		for _, r := range []*refusal.Refusal{checkLogin(c.Login), checkName(c.Name)} {
			if r != nil {
				l.Add(r)
			}
		}
	}
	if err := l.Err(); err != nil {
		return "", append(l, refusal.Of(CheckPassword(c.Password, login))...)
	}
	if err := CheckPassword(c.Password, login); err != nil {
		return "", err
	}
	hash, err := s.hash(ctx, c.Password)
	if err != nil {
		return "", err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		_, acc, lk, err := s.link(tx, token)
		if err != nil {
			return err
		}
		if lk.kind == "first" {
			account, err = s.firstAdmin(tx, c, hash)
			return err
		}
		account = acc.ID
		if err := setPassword(tx, account, hash); err != nil {
			return err
		}
		if err := setState(tx, account, Active); err != nil {
			return err
		}
		if err := clearFailures(tx, "login:"+acc.Login); err != nil {
			return err
		}
		if err := s.throwOut(tx, account); err != nil {
			return err
		}
		return s.log(tx, Event{Kind: "password.set", Account: account, Subject: account, Detail: lk.kind, OK: true})
	})
	if err != nil {
		return "", err
	}
	return account, nil
}

func (s *Service) firstAdmin(tx *store.Tx, c Choice, hash string) (string, error) {
	if n, err := holders(tx, RoleSystem, false); err != nil {
		return "", err
	} else if n > 0 {
		return "", refusal.New(refusal.Closed, "identity.first_taken", lang.T("首个管理员已经建立", "The first administrator exists already"))
	}
	if _, found, err := accountByLogin(tx, c.Login); err != nil {
		return "", err
	} else if found {
		return "", refusal.New(refusal.Conflict, "identity.login_taken", lang.T("账号“"+c.Login+"”已被使用", "The login "+c.Login+" is taken")).At("login")
	}
	acc := record{Account: Account{ID: ident.New("acc", tx.Now()), Login: c.Login, Name: c.Name, State: Active, Created: tx.Now(), Revision: 1}, password: hash}
	if err := insertAccount(tx, acc); err != nil {
		return "", err
	}
	if err := putRole(tx, acc.ID, RoleSystem); err != nil {
		return "", err
	}
	if err := dropLinks(tx, ""); err != nil {
		return "", err
	}
	return acc.ID, s.log(tx, Event{Kind: "account.first", Account: acc.ID, Subject: acc.ID, Login: acc.Login, Detail: RoleSystem, OK: true})
}

// ChangePassword sets one's own password; session is the one that stays, all others end. Wrong old passwords count as failures
// of signing in, so that a session left open is no way to try them all.
func (s *Service) ChangePassword(ctx context.Context, a Actor, session, old, fresh string) error {
	if err := seated(a); err != nil {
		return err
	}
	var acc record
	err := s.db.Read(ctx, func(tx *store.Tx) (err error) {
		var found bool
		if acc, found, err = accountByID(tx, a.Account); err == nil && !found {
			return errSignIn()
		}
		if err != nil {
			return err
		}
		return checkLocks(tx, []string{"login:" + acc.Login})
	})
	if err != nil {
		return err
	}
	if err := CheckPassword(fresh, acc.Login); err != nil {
		return err
	}
	if fresh == old {
		return refusal.New(refusal.Invalid, "identity.password.same", lang.T("新密码与原密码相同", "The new password is the old one")).At("password")
	}
	right, _, err := s.verify(ctx, acc.password, old)
	if err != nil {
		return err
	}
	hash, err := s.hash(ctx, fresh)
	if err != nil {
		return err
	}
	var refused error
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		refused = nil
		now, _, err := accountByID(tx, a.Account)
		if err != nil {
			return err
		}
		if !right || now.password != acc.password {
			if _, err := s.fail(tx, acc.Login, []string{"login:" + acc.Login}); err != nil {
				return err
			}
			refused = refusal.New(refusal.Invalid, "identity.password.old", lang.T("原密码不正确", "The old password is not right")).At("old")
			return nil
		}
		if err := setPassword(tx, a.Account, hash); err != nil {
			return err
		}
		if err := endSessions(tx, a.Account, digestOf(session)); err != nil {
			return err
		}
		return s.log(tx, Event{Kind: "password.changed", Account: a.Account, Subject: a.Account, OK: true})
	})
	if err != nil {
		return err
	}
	return refused
}
