package casework

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

func TestTheSameRequestActsOnce(t *testing.T) {
	each(t, func(c *city) {
		first, err := c.e.Open(c.ctx, c.qiye, OpenCommand{Mechanism: "challenge", Key: "open-1"})
		c.ok(err)
		again, err := c.e.Open(c.ctx, c.qiye, OpenCommand{Mechanism: "challenge", Key: "open-1"})
		c.ok(err)
		if again.Case != first.Case || !again.Repeated || first.Repeated {
			t.Fatalf("%+v and %+v", first, again)
		}
		cmd := Command{Case: first.Case, Step: "submit", Values: form(needForm), Key: "submit-1"}
		one := c.act(c.qiye, cmd)
		two := c.act(c.qiye, cmd)
		if two.Leaf != one.Leaf || !two.Repeated {
			t.Fatalf("%+v and %+v", one, two)
		}
		cmd.Values = form(strings.Replace(needForm, "800", "900", 1))
		_, err = c.e.Act(c.ctx, c.qiye, cmd)
		c.refused(err, "casework.key_reused")
		if n := len(c.view(c.qiye, first.Case).History); n != 2 {
			t.Errorf("%d steps, want 2", n)
		}
		// Another account may use the same key for its own.
		c.want(c.act(c.hunnan, Command{Case: first.Case, Step: "recommend", Key: "submit-1"}), "recommended")
	})
}

func TestEightAtOnceActOnce(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		revision := c.view(c.hunnan, id).Revision
		db := c.db
		now := c.now
		var mu sync.Mutex
		db.SetClock(func() time.Time { mu.Lock(); defer mu.Unlock(); now = now.Add(time.Millisecond); return now })
		for _, key := range []string{"", "same"} {
			var wg sync.WaitGroup
			var did, repeated, lost int
			for range 8 {
				wg.Go(func() {
					step := Command{Case: id, Step: "recommend", Revision: revision, Key: key}
					who := c.hunnan
					if key != "" {
						step, who = Command{Case: id, Step: "publish", Values: form(callForm), Key: key}, c.jingban
					}
					r, err := c.e.Act(context.Background(), who, step)
					mu.Lock()
					defer mu.Unlock()
					switch {
					case err == nil && r.Repeated:
						repeated++
					case err == nil:
						did++
					case refusal.Is(err, "casework.stale"), refusal.Is(err, "casework.closed"):
						lost++
					default:
						t.Errorf("neither done nor refused: %v", err)
					}
				})
			}
			wg.Wait()
			if did != 1 || key == "" && lost != 7 || key != "" && repeated != 7 {
				t.Errorf("key %q: done %d times, repeated %d, lost %d", key, did, repeated, lost)
			}
		}
		c.audit()
		c.journal(id, 4)
	})
}

func TestTheLoserIsToldWhoWasFaster(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		old := c.view(c.hunnan, id).Revision
		c.act(c.hunnan, Command{Case: id, Step: "send_back", Revision: old, Reason: "请补充指标"})
		_, err := c.e.Act(c.ctx, c.hunnan, Command{Case: id, Step: "recommend", Revision: old})
		c.refused(err, "casework.stale")
		text := refusal.Of(err)[0].Text
		if !strings.Contains(text.ZH, "hunnan") || !strings.Contains(text.ZH, "退回") || !strings.Contains(text.ZH, "填报") || text.EN == "" {
			t.Errorf("the loser reads %q", text)
		}
		if refusal.Of(err)[0].Kind != refusal.Conflict {
			t.Errorf("kind %s", refusal.Of(err)[0].Kind)
		}
	})
}

func TestASendBackKeepsWhatWasTyped(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		c.ok(c.e.SaveDraft(c.ctx, c.qiye, DraftCommand{Case: id, Step: "submit", Values: form(`{"title":"半份"}`)}))
		if d := option(t, c.view(c.qiye, id), "submit").Draft; string(d["title"]) != `"半份"` {
			t.Fatalf("draft %s", d)
		}
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		c.act(c.hunnan, Command{Case: id, Step: "send_back", Reason: "补充"})
		o := option(t, c.view(c.qiye, id), "submit")
		if string(o.Draft["own"]) != "80000000000" && string(o.Draft["own"]) != "800000000" {
			t.Errorf("after the send-back the draft is %s", o.Draft)
		}
		// The register fills in what it knows, and says so.
		if string(o.Values["contact"]) != `"王工"` || !strings.Contains(o.Sources["contact"].ZH, "登记库") {
			t.Errorf("filled %s from %v", o.Values, o.Sources)
		}
		// A refused step keeps what was typed.
		_, err := c.e.Act(c.ctx, c.qiye, Command{Case: id, Step: "submit", Values: form(strings.Replace(needForm, "800万元", "8万元", 1))})
		if err == nil || !strings.Contains(err.Error(), "示科发〔2025〕1号") || !strings.Contains(err.Error(), "100万元") {
			t.Fatalf("a need below the floor: %v", err)
		}
		if d := option(t, c.view(c.qiye, id), "submit").Draft; string(d["own"]) != `"8万元"` {
			t.Errorf("what was typed into the refused step is gone: %s", d)
		}
	})
}

func option(t *testing.T, v *View, step string) OptionView {
	t.Helper()
	for _, o := range v.Options {
		if o.Step == step {
			return o
		}
	}
	t.Fatalf("%s cannot be done; options %+v", step, v.Options)
	return OptionView{}
}

func TestDryRunDoesNothing(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		r := c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm), DryRun: true, Key: "k"})
		c.want(r, "submitted")
		if v := c.view(c.qiye, id); v.State.Name != "draft" || len(v.History) != 1 || len(v.Documents) != 0 {
			t.Fatalf("after a dry run: %s, %d steps", v.State.Name, len(v.History))
		}
		if r := c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm), Key: "k"}); r.Repeated {
			t.Error("a dry run used the key up")
		}
	})
}

func TestWhoMayNot(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		_, err := c.e.Act(c.ctx, identity.Actor{}, Command{Case: id, Step: "submit"})
		c.refused(err, "casework.sign_in")
		reader := c.qiye
		reader.Token, reader.Scopes = "tok_1", []string{"read"}
		_, err = c.e.Act(c.ctx, reader, Command{Case: id, Step: "submit"})
		c.refused(err, "casework.scope")
		_, err = c.e.Act(c.ctx, c.other, Command{Case: id, Step: "submit", Values: form(needForm)})
		c.refused(err, "casework.not_found")
		_, err = c.e.Open(c.ctx, c.jie1, OpenCommand{Mechanism: "challenge"})
		c.refused(err, "casework.not_for_you") // a university does not post
		_, err = c.e.Open(c.ctx, c.qiye, OpenCommand{Mechanism: "none"})
		c.refused(err, "casework.no_mechanism")
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		_, err = c.e.Act(c.ctx, c.qiye, Command{Case: id, Step: "recommend"})
		c.refused(err, "seat.holder")
		_, err = c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "publish", Values: form(callForm)})
		c.refused(err, "casework.closed")
		_, err = c.e.Act(c.ctx, c.hunnan, Command{Case: id, Step: "send_back"})
		c.refused(err, "reason.missing")
		// One person with both hats may not do two acts that are kept separate.
		both := identity.Actor{Account: "qiye", Name: "qiye", Offices: []string{"district/210112"}}
		_, err = c.e.Act(c.ctx, both, Command{Case: id, Step: "recommend"})
		c.refused(err, "rule.separate")
		// Another district's office has no seat.
		c.hiddenFrom(identity.Actor{Account: "dadong", Offices: []string{"district/210104"}}, id)
	})
}

func TestRelatedPartiesAreKeptApart(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		_, err := c.e.Act(c.ctx, c.mei, Command{Case: id, Part: "bids", Step: "submit", Values: form(`{"price":"1万元","route":"x"}`)})
		c.refused(err, "casework.related")
		if text := refusal.Of(err)[0].Text.ZH; !strings.Contains(text, "发榜方") || !strings.Contains(text, "配件") {
			t.Errorf("the refused reads %q", text)
		}
		_, err = c.e.Act(c.ctx, c.qiye, Command{Case: id, Part: "bids", Step: "submit", Values: form(`{"price":"1万元","route":"x"}`)})
		c.refused(err, "casework.related")
		c.bid(c.jie1, id, "500万元")
		_, err = c.e.Act(c.ctx, c.jie1, Command{Case: id, Part: "bids", Step: "submit", Values: form(`{"price":"1万元","route":"x"}`)})
		c.refused(err, "part.limit")
	})
}

// TestDrawLeavesOutWhoHasAConflict: of five experts one works for a bidder and one for a sister of the poster.
func TestDrawLeavesOutWhoHasAConflict(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		for _, p := range c.people[3:] {
			c.hiddenFrom2(p, id)
		}
		// One declines: the substitute of the draw is asked, and nobody is drawn anew.
		for _, p := range c.people[:3] {
			if v, err := c.e.View(c.ctx, p, id); err == nil {
				c.act(p, Command{Case: id, Record: option(t, v, "recuse").Record, Step: "recuse", Reason: "与申请方有合作"})
				break
			}
		}
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		if v := c.view(c.jingban, id); len(v.Draws) != 1 {
			t.Errorf("%d draws, want 1 with its substitute", len(v.Draws))
		}
		c.answer(id, 2)
		for _, p := range c.people[:3] {
			if v, err := c.e.View(c.ctx, p, id); err == nil {
				if o := v.Options; len(o) > 0 && o[0].Step == "decline" {
					t.Error("somebody is still invited")
				}
			}
		}
		_, err := c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw"})
		if err == nil {
			t.Error("a third draw found nobody wanting and did something")
		}
	})
}

// hiddenFrom2 wants that somebody sees the case at most as the public does.
func (c *city) hiddenFrom2(who identity.Actor, id string) {
	c.t.Helper()
	v, err := c.e.View(c.ctx, who, id)
	if err != nil {
		c.refused(err, "casework.not_found")
		return
	}
	if len(v.Mine) > 0 {
		c.t.Fatalf("%s holds %v", who.Account, v.Mine)
	}
}

func TestNobodyGoesBelowTheFund(t *testing.T) {
	each(t, func(c *city) {
		id, _, _ := c.reviewed()
		c.act(c.jingban, Command{Case: id, Step: "rank"})
		c.tick("2025-03-26")
		sign := func(grant string) json.RawMessage {
			return form(`{"grant":"` + grant + `","due":"2025-12-31","stones":[{"name":"样机","portion":"100%"}]}`)
		}
		_, err := c.e.Act(c.ctx, c.qiye, Command{Case: id, Step: "sign", Values: sign("501万元")})
		if err == nil || !strings.Contains(err.Error(), "500万元") {
			t.Fatalf("above the yearly cap: %v", err)
		}
		c.write(func(tx *store.Tx) error { // somebody else holds nearly all of the fund
			return c.e.Ledger.Hold(tx, ledgerWhy("case_other"), "grants", "grant", "", 999*money.Wan)
		})
		c.act(c.qiye, Command{Case: id, Step: "sign", Values: sign("2万元")})
		c.act(c.jie1, Command{Case: id, Step: "sign"})
		_, err = c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "sign"})
		c.refused(err, "ledger.insufficient")
		v := c.view(c.qiye, id)
		if o := option(t, v, "sign"); v.State.Name != "signing" || len(o.Signed) != 2 {
			t.Errorf("after the refused last signature: %s, signed %v", v.State.Name, o.Signed)
		}
		c.audit()
		// Another form: what was signed before is signed no more.
		_, err = c.e.Act(c.ctx, c.jie1, Command{Case: id, Step: "sign"})
		c.refused(err, "joint.signed")
		r := c.act(c.jie1, Command{Case: id, Step: "sign", Values: sign("1万元")})
		if len(r.Pending) != 1 {
			t.Errorf("after refilling, signed %v", r.Pending)
		}
		c.act(c.qiye, Command{Case: id, Step: "sign"})
		c.want(c.act(c.jingban, Command{Case: id, Step: "sign"}), "running")
	})
}

func TestAmendmentKeepsTheOldVersion(t *testing.T) {
	each(t, func(c *city) {
		id, _, _ := c.reviewed()
		c.act(c.jingban, Command{Case: id, Step: "rank"})
		c.tick("2025-03-26")
		c.act(c.qiye, Command{Case: id, Step: "sign", Values: form(`{"grant":"2万元","due":"2025-12-31","stones":[{"name":"样机","portion":"100%"}]}`)})
		c.act(c.jie1, Command{Case: id, Step: "sign"})
		c.act(c.jingban, Command{Case: id, Step: "sign"})
		c.act(c.jie1, Command{Case: id, Step: "propose", Values: form(`{"due":"2026-06-30"}`)})
		c.want(c.act(c.jingban, Command{Case: id, Step: "agree"}), "running")
		c.ok(c.db.Read(c.ctx, func(tx *store.Tx) error {
			all, err := forms(tx, id, true)
			n := 0
			for _, f := range all {
				if f.form == "agreement" {
					n++
					if f.current != (n == 2) || strings.Contains(string(f.vals), "2026-06-30") != f.current {
						t.Errorf("version %d current %v: %s", f.version, f.current, f.vals)
					}
				}
			}
			if n != 2 {
				t.Errorf("%d versions of the agreement, want 2", n)
			}
			return err
		}))
		if due := c.view(c.jie1, id).Due; due == nil || due.Format("2006-01") != "2026-06" {
			t.Errorf("the deadline is %v after the amendment", due)
		}
	})
}
