package identity_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// directory is a register of three parties.
type directory map[string][2]string

func (d directory) Named(_ *store.Tx, id string) (string, string, bool, error) {
	p, ok := d[id]
	return p[0], p[1], ok, nil
}

// KnownAs knows that party_old went into party_a.
func (d directory) KnownAs(_ *store.Tx, id string) ([]string, error) {
	if id == "party_old" || id == "party_a" {
		return []string{"party_a", "party_old"}, nil
	}
	return []string{id}, nil
}

var parties = directory{"party_a": {"甲公司", "enterprise"}, "party_b": {"乙公司", "enterprise"}, "party_p": {"张专家", "person"}}

const password = "kechuang2025"

// world is a service with a clock that the test moves, and a first administrator of each kind.
type world struct {
	*identity.Service
	t      *testing.T
	db     *store.DB
	now    time.Time
	ctx    context.Context
	system identity.Actor
	guard  identity.Actor // admin.security
	audit  identity.Actor
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	storetest.Each(t, []store.Migrations{identity.Migrations}, func(t *testing.T, db *store.DB) {
		w := &world{t: t, db: db, now: time.Date(2025, 6, 30, 1, 0, 0, 0, time.UTC), ctx: context.Background()}
		db.SetClock(func() time.Time { return w.now })
		w.Service = identity.New(db, parties, identity.Cheap)
		fn(t, w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// staff founds the three administrators.
func (w *world) staff() {
	w.t.Helper()
	link, err := w.FirstLink(w.ctx)
	w.must(err)
	_, err = w.UseLink(w.ctx, link, identity.Choice{Login: "guanli", Name: "管理员", Password: password})
	w.must(err)
	w.system = w.actor("guanli")
	guard, audit := w.account("anquan", "", ""), w.account("shenjiyuan", "", "")
	w.must(w.GrantRole(w.ctx, w.system, guard, identity.RoleSecurity))
	w.must(w.GrantRole(w.ctx, w.system, audit, identity.RoleAudit))
	w.guard, w.audit = w.actor("anquan"), w.actor("shenjiyuan")
}

func (w *world) actor(login string) identity.Actor {
	w.t.Helper()
	s, err := w.SignIn(w.ctx, login, password)
	w.must(err)
	return s.Actor
}

// account makes an account and sets its password through its link.
func (w *world) account(login, party, role string) string {
	w.t.Helper()
	acc, link, err := w.CreateAccount(w.ctx, w.system, identity.NewAccount{Login: login, Name: login, Party: party, Role: role})
	w.must(err)
	_, err = w.UseLink(w.ctx, link, identity.Choice{Password: password})
	w.must(err)
	return acc.ID
}

func (w *world) refused(err error, id string) {
	w.t.Helper()
	if !refusal.Is(err, id) {
		w.t.Fatalf("want refusal %s, got %v", id, err)
	}
}

func TestFirstAdministrator(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		old, err := w.FirstLink(w.ctx)
		w.must(err)
		link, err := w.FirstLink(w.ctx)
		w.must(err)
		_, err = w.LookLink(w.ctx, old)
		w.refused(err, "identity.link") // a newer link voids the older
		info, err := w.LookLink(w.ctx, link)
		w.must(err)
		if info.Kind != "first" || info.Login != "" {
			t.Fatalf("%+v", info)
		}
		choice := identity.Choice{Login: "Ｇuanli ", Name: "管理员", Password: password}
		_, err = w.UseLink(w.ctx, link, identity.Choice{Login: "g!", Name: "", Password: "short"})
		for _, id := range []string{"identity.login", "identity.name", "identity.password.short"} {
			w.refused(err, id)
		}
		_, err = w.UseLink(w.ctx, link, choice)
		w.must(err)
		_, err = w.UseLink(w.ctx, link, choice)
		w.refused(err, "identity.link") // once
		if again, err := w.FirstLink(w.ctx); err != nil || again != "" {
			t.Fatalf("a second first link: %q %v", again, err)
		}
		a := w.actor("guanli") // the login was normalised
		if !a.Has(identity.RoleSystem) || len(a.Roles) != 1 {
			t.Fatalf("%+v", a)
		}
		w.now = w.now.Add(identity.FirstLife + time.Second)
		_, err = w.LookLink(w.ctx, "nonsense")
		w.refused(err, "identity.link")
	})
}

func TestLinksExpire(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		link, err := w.FirstLink(w.ctx)
		w.must(err)
		w.now = w.now.Add(identity.FirstLife)
		_, err = w.UseLink(w.ctx, link, identity.Choice{Login: "guanli", Name: "管理员", Password: password})
		w.refused(err, "identity.link")
	})
}

func TestSignInDoesNotTellWhoExists(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		_, link, err := w.CreateAccount(w.ctx, w.system, identity.NewAccount{Login: "weiyong", Name: "未用"})
		w.must(err)
		_ = link
		answers := map[string][]string{}
		for _, login := range []string{"guanli", "nobody", "weiyong"} { // known, unknown, invited
			for range identity.Failures + 2 {
				_, err := w.SignIn(w.ctx, login, "wrong-password-1")
				r := refusal.Of(err)
				if len(r) != 1 {
					t.Fatal(err)
				}
				answers[login] = append(answers[login], string(r[0].Kind)+r[0].ID+r[0].Text.ZH+r[0].Way.ZH)
			}
		}
		for _, login := range []string{"nobody", "weiyong"} {
			if fmt.Sprint(answers[login]) != fmt.Sprint(answers["guanli"]) {
				t.Errorf("%s: %v\nguanli: %v", login, answers[login], answers["guanli"])
			}
		}
	})
}

func TestLockOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		for range identity.Failures - 1 {
			_, err := w.SignIn(w.ctx, "guanli", "wrong")
			w.refused(err, "identity.wrong")
		}
		w.actor("guanli") // a success forgets the failures
		for i := range identity.Failures {
			_, err := w.SignIn(w.ctx, "guanli", "wrong")
			w.refused(err, map[bool]string{true: "identity.locked", false: "identity.wrong"}[i == identity.Failures-1])
		}
		_, err := w.SignIn(w.ctx, "guanli", password)
		w.refused(err, "identity.locked") // the right password too
		w.must(w.Unlock(w.ctx, w.guard, w.system.Account))
		w.actor("guanli")
		for range identity.Failures {
			w.SignIn(w.ctx, "guanli", "wrong")
		}
		w.now = w.now.Add(identity.Lock)
		w.actor("guanli") // the lock ends
		for range 3 * identity.Failures {
			_, err := w.SignIn(w.ctx, "guanli", "wrong")
			w.refused(err, "identity.wrong")
			w.now = w.now.Add(identity.Lock + time.Second) // failures far apart do not add up
		}
	})
}

func TestAddressLock(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := identity.WithClient(w.ctx, identity.Client{Address: "10.0.0.7"})
		for i := range identity.AddressFailures {
			_, err := w.SignIn(ctx, fmt.Sprint("nobody", i), "wrong")
			w.refused(err, "identity.wrong")
		}
		_, err := w.SignIn(ctx, "somebody", "wrong")
		w.refused(err, "identity.locked")
		_, err = w.SignIn(identity.WithClient(w.ctx, identity.Client{Address: "10.0.0.8"}), "somebody", "wrong")
		w.refused(err, "identity.wrong")
	})
}

// TestManyGuessesAtOnce sends guesses all at once: the lock that the first five make holds for the others, right or wrong.
func TestManyGuessesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		var wrong, locked, other int
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 24 {
			wg.Go(func() {
				_, err := w.SignIn(w.ctx, "guanli", "wrong")
				mu.Lock()
				defer mu.Unlock()
				switch {
				case refusal.Is(err, "identity.wrong"):
					wrong++
				case refusal.Is(err, "identity.locked"):
					locked++
				default:
					other++
				}
			})
		}
		wg.Wait()
		if wrong != identity.Failures-1 || other != 0 {
			t.Fatalf("wrong %d, locked %d, other %d", wrong, locked, other)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		s, err := w.SignIn(w.ctx, "guanli", password)
		w.must(err)
		_, err = w.ActorOf(w.ctx, s.Token)
		w.must(err)
		w.now = w.now.Add(identity.Idle + time.Second)
		_, err = w.ActorOf(w.ctx, s.Token)
		w.refused(err, "identity.session_ended")

		s, err = w.SignIn(w.ctx, "guanli", password)
		w.must(err)
		begun := w.now
		for w.now.Before(begun.Add(identity.Absolute - 20*time.Minute)) {
			w.now = w.now.Add(20 * time.Minute)
			_, err = w.ActorOf(w.ctx, s.Token)
			w.must(err)
		}
		w.now = begun.Add(identity.Absolute)
		_, err = w.ActorOf(w.ctx, s.Token)
		w.refused(err, "identity.session_ended") // used all the time, and ended all the same

		s, err = w.SignIn(w.ctx, "guanli", password)
		w.must(err)
		w.must(w.SignOut(w.ctx, s.Token))
		w.must(w.SignOut(w.ctx, s.Token))
		_, err = w.ActorOf(w.ctx, s.Token)
		w.refused(err, "identity.session_ended")
		_, err = w.ActorOf(w.ctx, "")
		w.refused(err, "identity.sign_in")
		w.must(w.Sweep(w.ctx))
	})
}

func TestSecretsAreKeptAsDigests(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		s, err := w.SignIn(w.ctx, "guanli", password)
		w.must(err)
		_, token, err := w.CreateToken(w.ctx, s.Actor, identity.NewToken{Name: "接口", Scopes: []string{"read"}, Days: 30})
		w.must(err)
		_, link, err := w.CreateAccount(w.ctx, w.system, identity.NewAccount{Login: "xin", Name: "新"})
		w.must(err)
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			for table, column := range map[string]string{"session": "digest", "access_token": "digest", "one_time_link": "digest", "account": "password"} {
				values, err := store.List(tx, func(scan func(...any) error) (v string, err error) { return v, scan(&v) }, `SELECT `+column+` FROM `+table+` ORDER BY 1`)
				if err != nil {
					return err
				}
				for _, v := range values {
					for _, secret := range []string{s.Token, token, link, password} {
						if strings.Contains(v, secret) {
							t.Errorf("%s.%s holds a secret", table, column)
						}
					}
				}
			}
			return nil
		}))
	})
}

func TestResetEndsEverything(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		id := w.account("jia", "party_a", "")
		s, err := w.SignIn(w.ctx, "jia", password)
		w.must(err)
		_, secret, err := w.CreateToken(w.ctx, s.Actor, identity.NewToken{Name: "t", Scopes: []string{"read"}, Days: 1})
		w.must(err)
		for range identity.Failures {
			w.SignIn(w.ctx, "jia", "wrong")
		}
		link, err := w.ResetLink(w.ctx, w.guard, id)
		w.must(err)
		_, err = w.UseLink(w.ctx, link, identity.Choice{Password: "另外一个密码2025"})
		w.must(err)
		_, err = w.ActorOf(w.ctx, s.Token)
		w.refused(err, "identity.session_ended")
		_, err = w.ActorOfToken(w.ctx, secret)
		w.refused(err, "identity.token")
		_, err = w.SignIn(w.ctx, "jia", password)
		w.refused(err, "identity.wrong") // no longer locked, and the old one is wrong
		s, err = w.SignIn(w.ctx, "jia", "另外一个密码2025")
		w.must(err)
		other, err := w.SignIn(w.ctx, "jia", "另外一个密码2025")
		w.must(err)
		w.refused(w.ChangePassword(w.ctx, s.Actor, s.Token, "不是它", password), "identity.password.old")
		w.refused(w.ChangePassword(w.ctx, s.Actor, s.Token, "另外一个密码2025", "jia"), "identity.password.short")
		w.must(w.ChangePassword(w.ctx, s.Actor, s.Token, "另外一个密码2025", password))
		_, err = w.ActorOf(w.ctx, s.Token)
		w.must(err)
		_, err = w.ActorOf(w.ctx, other.Token)
		w.refused(err, "identity.session_ended")
		op, err := w.OperatorLink(w.ctx, "jia")
		w.must(err)
		_, err = w.LookLink(w.ctx, op)
		w.must(err)
	})
}

// TestRenewedHash: an account whose hash was made at another cost gets a new one when it signs in.
func TestRenewedHash(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		hash := func() (h string) {
			w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
				_, err := store.One(tx, `SELECT password FROM account WHERE login = $1`, []any{"guanli"}, &h)
				return err
			}))
			return h
		}
		before := hash()
		dearer := identity.New(w.db, parties, identity.Cost{Memory: 128, Passes: 2, Threads: 1})
		if _, err := dearer.SignIn(w.ctx, "guanli", "wrong"); err == nil || hash() != before {
			t.Error("renewed for a wrong password")
		}
		_, err := dearer.SignIn(w.ctx, "guanli", password)
		w.must(err)
		if after := hash(); !strings.Contains(after, "m=128,t=2,p=1") {
			t.Error(after)
		}
		w.actor("guanli")
	})
}

func TestTokens(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		w.account("jia", "party_a", identity.MemberOwner)
		a := w.actor("jia")
		_, _, err := w.CreateToken(w.ctx, a, identity.NewToken{Days: 400, Scopes: []string{"rule"}})
		for _, id := range []string{"identity.token.name", "identity.token.days", "identity.token.scopes"} {
			w.refused(err, id)
		}
		tok, secret, err := w.CreateToken(w.ctx, a, identity.NewToken{Name: "只读", Scopes: []string{"read", "read"}, Days: 1})
		w.must(err)
		by, err := w.ActorOfToken(w.ctx, secret)
		w.must(err)
		if by.May("act") || !by.May("read") || !by.ActsFor("party_a") {
			t.Fatalf("%+v", by)
		}
		_, _, err = w.CreateToken(w.ctx, by, identity.NewToken{Name: "x", Scopes: []string{"act"}, Days: 1})
		w.refused(err, "identity.token_admin")
		list, err := w.Tokens(w.ctx, a)
		w.must(err)
		if len(list) != 1 || list[0].LastUsed == nil {
			t.Fatalf("%+v", list)
		}
		w.refused(w.RevokeToken(w.ctx, w.system, tok.ID), "identity.token.none") // somebody else's
		w.now = w.now.Add(24 * time.Hour)
		_, err = w.ActorOfToken(w.ctx, secret)
		w.refused(err, "identity.token")
		w.must(w.RevokeToken(w.ctx, a, tok.ID))
	})
}

func TestCheckPassword(t *testing.T) {
	for pw, want := range map[string]string{
		"kechuang2025": "", "科技创新局的密码1": "identity.password.short", "我们科技创新局的密码1": "", "short1": "identity.password.short", "1234567890123": "identity.password.plain",
		"abcdefghijklmn": "identity.password.plain", "aaaaaaaaaa1": "identity.password.repeated", "password123!": "identity.password.guessed",
		"xguanlix2025": "identity.password.guessed", "Admin@2025!": "identity.password.guessed", " kechuang2025": "identity.password.control",
		"kechuang\x002025": "identity.password.control", strings.Repeat("密码a1", 40): "identity.password.long", "": "identity.password.short",
		"12345678!@": "identity.password.guessed", "abc\xff12345678": "identity.password.control",
	} {
		err := identity.CheckPassword(pw, "guanli")
		if want == "" && err != nil || want != "" && !refusal.Is(err, want) {
			t.Errorf("%q: want %q, got %v", pw, want, err)
		}
	}
}
