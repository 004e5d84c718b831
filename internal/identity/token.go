package identity

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// maxTokens is how many tokens one account keeps.
const maxTokens = 20

// CreateToken makes a token for one's own account. It wears the account's hats, within its scopes, until it expires; it manages
// no accounts. The secret is given once.
func (s *Service) CreateToken(ctx context.Context, a Actor, n NewToken) (t Token, secretText string, err error) {
	if err := seated(a); err != nil {
		return t, "", err
	}
	n.Name = strings.TrimSpace(n.Name)
	var l refusal.List
	if c := utf8.RuneCountInString(n.Name); c < 1 || c > 50 || clip(n.Name, 50) != n.Name {
		l.Add(refusal.New(refusal.Invalid, "identity.token.name", lang.T("令牌名称须为 1 至 50 个字", "A token's name has 1 to 50 characters")).At("name"))
	}
	if n.Days < 1 || n.Days > maxDays {
		l.Add(refusal.New(refusal.Invalid, "identity.token.days", lang.T("有效期须为 1 至 366 天", "A token lives 1 to 366 days")).At("days"))
	}
	slices.Sort(n.Scopes)
	n.Scopes = slices.Compact(n.Scopes)
	if len(n.Scopes) == 0 || slices.ContainsFunc(n.Scopes, func(sc string) bool { return sc != ScopeRead && sc != ScopeAct }) {
		l.Add(refusal.New(refusal.Invalid, "identity.token.scopes", lang.T("权限范围只能是查看（read）和办理（act），至少选一项", "Scopes are read and act, at least one")).At("scopes"))
	}
	if err := l.Err(); err != nil {
		return t, "", err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		mine, err := tokensOf(tx, a.Account)
		if err != nil {
			return err
		}
		if len(mine) >= maxTokens {
			return refusal.New(refusal.Conflict, "identity.token.many", lang.T("每个账号最多 20 个令牌", "An account has at most 20 tokens")).
				Mend(lang.T("请先删除不用的令牌", "Delete those that are not used"))
		}
		var digest string
		secretText, digest = secret("kct_")
		t = Token{ID: ident.New("tok", tx.Now()), Name: n.Name, Scopes: n.Scopes, Created: tx.Now(), Expires: tx.Now().Add(time.Duration(n.Days) * 24 * time.Hour)}
		if err := insertToken(tx, t, digest, a.Account); err != nil {
			return err
		}
		return s.log(tx, Event{Kind: "token.created", Account: a.Account, Subject: a.Account, Detail: detail(t.ID, strings.Join(t.Scopes, "+"), t.Name), OK: true})
	})
	if err != nil {
		return Token{}, "", err
	}
	return t, secretText, nil
}

// Tokens lists one's own tokens, newest first.
func (s *Service) Tokens(ctx context.Context, a Actor) (list []Token, err error) {
	if err := seated(a); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		list, err = tokensOf(tx, a.Account)
		return err
	})
	return list, err
}

// RevokeToken ends one of one's own tokens.
func (s *Service) RevokeToken(ctx context.Context, a Actor, id string) error {
	if err := seated(a); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := dropTokens(tx, a.Account, id)
		if err != nil {
			return err
		}
		if n == 0 || id == "" {
			return refusal.New(refusal.NotFound, "identity.token.none", lang.T("没有这个令牌", "There is no such token"))
		}
		return s.log(tx, Event{Kind: "token.revoked", Account: a.Account, Subject: a.Account, Detail: id, OK: true})
	})
}
