package identity_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

func TestRolesAreKeptApart(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		x := w.account("someone", "", "")
		kinds := []string{identity.RoleSystem, identity.RoleSecurity, identity.RoleAudit}
		w.must(w.GrantRole(w.ctx, w.guard, x, identity.RoleFinance))
		for _, first := range kinds {
			w.must(w.GrantRole(w.ctx, w.guard, x, first))
			for _, second := range kinds {
				if second != first {
					w.refused(w.GrantRole(w.ctx, w.guard, x, second), "identity.apart")
				}
			}
			w.must(w.RevokeRole(w.ctx, w.guard, x, first))
		}
		w.refused(w.GrantRole(w.ctx, w.system, x, identity.RoleSecurity), "identity.forbidden") // there is one already
		w.refused(w.GrantRole(w.ctx, w.system, x, identity.RoleAuditor), "identity.forbidden")
		w.refused(w.GrantRole(w.ctx, w.guard, w.guard.Account, identity.RoleFinance), "identity.self")
		w.refused(w.GrantRole(w.ctx, w.guard, x, "king"), "identity.role")
		w.refused(w.RevokeRole(w.ctx, w.guard, w.system.Account, identity.RoleSystem), "identity.last_admin")
		w.refused(w.Disable(w.ctx, w.system, w.guard.Account), "identity.last_admin")
		w.refused(w.RevokeRole(w.ctx, w.guard, x, identity.RoleAuditor), "identity.no_hat")
	})
}

func TestHats(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		owner := w.account("jia", "party_a", identity.MemberOwner)
		w.must(w.GrantOffice(w.ctx, w.guard, owner, "district/210112"))
		a := w.actor("jia")
		if !a.Owns("party_a") || !a.ActsFor("party_a") || a.ActsFor("party_b") || !a.InOffice("district/210112") || a.Parties[0].Name != "甲公司" {
			t.Fatalf("%+v", a)
		}
		acc, link, err := w.CreateAccount(w.ctx, a, identity.NewAccount{Login: "jia2", Name: "甲二", Party: "party_a"})
		w.must(err)
		_, err = w.UseLink(w.ctx, link, identity.Choice{Password: password})
		w.must(err)
		agent := w.actor("jia2")
		if !agent.ActsFor("party_a") || agent.Owns("party_a") {
			t.Fatalf("%+v", agent)
		}
		for _, n := range []identity.NewAccount{{Login: "x1", Name: "x", Party: "party_b"}, {Login: "x2", Name: "x"}, {Login: "x3", Name: "x", Party: "party_a", Person: "party_p"}} {
			_, _, err := w.CreateAccount(w.ctx, a, n)
			w.refused(err, "identity.forbidden")
		}
		_, _, err = w.CreateAccount(w.ctx, agent, identity.NewAccount{Login: "x4", Name: "x", Party: "party_a"})
		w.refused(err, "identity.forbidden")
		_, _, err = w.CreateAccount(w.ctx, w.system, identity.NewAccount{Login: "x5", Name: "x", Party: "party_p"})
		w.refused(err, "identity.no_party") // a person has no agents
		_, _, err = w.CreateAccount(w.ctx, w.system, identity.NewAccount{Login: "JIA2", Name: "x"})
		w.refused(err, "identity.login_taken")
		list, _, err := w.Accounts(w.ctx, a, identity.AccountQuery{Party: "party_a"})
		w.must(err)
		if len(list) != 2 {
			t.Fatalf("%+v", list)
		}
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			for what, got := range map[string]func() ([]identity.Holder, error){
				"office": func() ([]identity.Holder, error) { return w.InOffice(tx, "district/210112") },
				"party":  func() ([]identity.Holder, error) { return w.ForParty(tx, "party_a") },
			} {
				h, err := got()
				if err != nil || len(h) != map[string]int{"office": 1, "party": 2}[what] {
					t.Errorf("%s: %v %v", what, h, err)
				}
			}
			return nil
		}))
		w.refused(w.RevokeMember(w.ctx, agent, owner, "party_a"), "identity.forbidden")
		w.must(w.RevokeMember(w.ctx, a, acc.ID, "party_a"))
		if w.actor("jia2").ActsFor("party_a") {
			t.Fatal("taken away and still there")
		}
		w.must(w.Disable(w.ctx, w.system, owner))
		_, err = w.SignIn(w.ctx, "jia", password)
		w.refused(err, "identity.disabled") // who knows the password may know this
		_, err = w.SignIn(w.ctx, "jia", "wrong")
		w.refused(err, "identity.wrong")
		w.must(w.Enable(w.ctx, w.system, owner))
		w.actor("jia")
	})
}

// TestOutside tries every administrative door as everybody who must not pass it.
func TestOutside(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		victim := w.account("victim", "party_b", "")
		w.account("jia", "party_a", identity.MemberOwner)
		ordinary := w.actor("jia")
		token, secret, err := w.CreateToken(w.ctx, w.system, identity.NewToken{Name: "t", Scopes: []string{"read", "act"}, Days: 1})
		w.must(err)
		byToken, err := w.ActorOfToken(w.ctx, secret)
		w.must(err)
		if byToken.Token != token.ID || !byToken.May("act") {
			t.Fatalf("%+v", byToken)
		}
		type door struct {
			name string
			role string
			call func(a identity.Actor) error
		}
		doors := []door{
			{"create", identity.RoleSystem, func(a identity.Actor) error {
				_, _, err := w.CreateAccount(w.ctx, a, identity.NewAccount{Login: "zz", Name: "z", Party: "party_b"})
				return err
			}},
			{"member", identity.RoleSystem, func(a identity.Actor) error { return w.GrantMember(w.ctx, a, victim, "party_a", "agent") }},
			{"unmember", identity.RoleSystem, func(a identity.Actor) error { return w.RevokeMember(w.ctx, a, victim, "party_b") }},
			{"disable", identity.RoleSystem, func(a identity.Actor) error { return w.Disable(w.ctx, a, victim) }},
			{"enable", identity.RoleSystem, func(a identity.Actor) error { return w.Enable(w.ctx, a, victim) }},
			{"office", identity.RoleSecurity, func(a identity.Actor) error { return w.GrantOffice(w.ctx, a, victim, "bureau.leaders") }},
			{"unoffice", identity.RoleSecurity, func(a identity.Actor) error { return w.RevokeOffice(w.ctx, a, victim, "bureau.leaders") }},
			{"role", identity.RoleSecurity, func(a identity.Actor) error { return w.GrantRole(w.ctx, a, victim, identity.RoleAuditor) }},
			{"unrole", identity.RoleSecurity, func(a identity.Actor) error { return w.RevokeRole(w.ctx, a, victim, identity.RoleAuditor) }},
			{"unlock", identity.RoleSecurity, func(a identity.Actor) error { return w.Unlock(w.ctx, a, victim) }},
			{"reset", identity.RoleSecurity, func(a identity.Actor) error { _, err := w.ResetLink(w.ctx, a, victim); return err }},
			{"log", identity.RoleAudit, func(a identity.Actor) error { _, _, err := w.SecurityLog(w.ctx, a, identity.EventQuery{}); return err }},
			{"list", "any administrator", func(a identity.Actor) error { _, _, err := w.Accounts(w.ctx, a, identity.AccountQuery{}); return err }},
			{"account", "", func(a identity.Actor) error { _, err := w.Account(w.ctx, a, victim); return err }},
		}
		for _, d := range doors {
			for name, a := range map[string]identity.Actor{"anonymous": {}, "ordinary": ordinary, "system": w.system, "security": w.guard, "audit": w.audit, "token": byToken} {
				admin := a.Has(identity.RoleSystem) || a.Has(identity.RoleSecurity) || a.Has(identity.RoleAudit)
				if a.Has(d.role) && name != "token" || admin && (d.role == "any administrator" && name != "token" || d.role == "") {
					continue
				}
				err := d.call(a)
				var r *refusal.Refusal
				if !errors.As(err, &r) || (r.Kind != refusal.Forbidden && r.Kind != refusal.SignIn && r.Kind != refusal.NotFound) {
					t.Errorf("%s as %s: %v", d.name, name, err)
				}
			}
		}
		after, err := w.ActorOfAccount(w.ctx, victim)
		w.must(err)
		if len(after.Roles) != 0 || len(after.Offices) != 0 || !after.ActsFor("party_b") || after.ActsFor("party_a") {
			t.Fatalf("something passed: %+v", after)
		}
	})
}

func TestSecurityLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.ctx
		w.ctx = identity.WithClient(ctx, identity.Client{Address: "10.1.2.3", Agent: "测试\x00浏览器"})
		w.staff()
		w.SignIn(w.ctx, "guanli", "wrong")
		x := w.account("jia", "party_a", "")
		w.must(w.GrantOffice(w.ctx, w.guard, x, "bureau.leaders"))
		events, _, err := w.SecurityLog(w.ctx, w.audit, identity.EventQuery{Limit: 1000})
		w.must(err)
		kinds := map[string]int{}
		for i, e := range events {
			kinds[e.Kind]++
			if e.Address != "10.1.2.3" || e.Agent != "测试浏览器" || (i > 0 && e.ID > events[i-1].ID) {
				t.Errorf("%+v", e)
			}
			if strings.Contains(fmt.Sprint(e), password) {
				t.Errorf("a password in the log: %+v", e)
			}
		}
		for _, k := range []string{"account.first", "sign_in", "sign_in.refused", "account.created", "role.granted", "password.set", "office.granted"} {
			if kinds[k] == 0 {
				t.Errorf("no %s in %v", k, kinds)
			}
		}
		var paged int
		for after := ""; ; {
			page, next, err := w.SecurityLog(w.ctx, w.audit, identity.EventQuery{After: after, Limit: 3})
			w.must(err)
			paged += len(page)
			if after = next; next == "" {
				break
			}
		}
		if paged != len(events) {
			t.Errorf("%d paged of %d", paged, len(events))
		}
		about, _, err := w.SecurityLog(w.ctx, w.audit, identity.EventQuery{Account: x})
		w.must(err)
		if len(about) < 3 {
			t.Errorf("%+v", about)
		}
		w.now = w.now.Add(183 * 24 * time.Hour) // six months later all is still there
		w.must(w.Sweep(w.ctx))
		kept, _, err := w.SecurityLog(w.ctx, w.audit, identity.EventQuery{Limit: 1000})
		w.must(err)
		if len(kept) != len(events) {
			t.Errorf("kept %d of %d", len(kept), len(events))
		}
	})
}

// TestBrokenText: what comes from an address or a form and cannot be kept is refused in words on both databases, never an internal
// error.
func TestBrokenText(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.staff()
		for _, s := range []string{"\x00", "a\x00b", "\xff\xfe"} {
			errs := map[string]error{}
			_, errs["sign in"] = w.SignIn(w.ctx, s, s)
			_, errs["session"] = w.ActorOf(w.ctx, s)
			_, errs["token"] = w.ActorOfToken(w.ctx, s)
			_, errs["link"] = w.LookLink(w.ctx, s)
			_, errs["account"] = w.Account(w.ctx, w.system, s)
			_, _, errs["accounts"] = w.Accounts(w.ctx, w.system, identity.AccountQuery{Find: s, After: s, Party: s})
			_, _, errs["log"] = w.SecurityLog(w.ctx, w.audit, identity.EventQuery{Kind: s, After: s})
			errs["office"] = w.RevokeOffice(w.ctx, w.guard, w.system.Account, s)
			errs["member"] = w.GrantMember(w.ctx, w.system, w.guard.Account, s, "agent")
			errs["revoke"] = w.RevokeToken(w.ctx, w.system, s)
			_, _, errs["create"] = w.CreateAccount(w.ctx, w.system, identity.NewAccount{Login: s, Name: s, Party: s})
			for door, err := range errs {
				if refusal.Of(err) == nil {
					t.Errorf("%s %q: %v", door, s, err)
				}
			}
		}
	})
}
