package casework

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/policy/trial"
)

func keeperOfPolicy(account string) identity.Actor {
	return identity.Actor{Account: account, Name: account, Roles: []string{identity.RolePolicy}}
}

// higher is the sample pack with a floor of 900万元 instead of 100万元, under a new version. Its stories say what they said.
func higher(c *city) []trial.Edit {
	swap := func(file, old, new string) trial.Edit {
		b, err := os.ReadFile("sample/" + file)
		c.ok(err)
		text := strings.Replace(string(b), old, new, 1)
		if text == string(b) {
			c.t.Fatalf("%s does not hold %q", file, old)
		}
		return trial.Edit{File: file, Text: text}
	}
	return []trial.Edit{swap("parameters.yaml", "value: 100万元", "value: 900万元"), swap("pack.yaml", `version: "1"`, `version: "2"`)}
}

func (c *city) later(d time.Duration) { c.now = c.now.Add(d) }

// floor is what a new case says to a need of 800万元: refused where the floor is 900万元.
func (c *city) floor() bool {
	c.t.Helper()
	r, err := c.e.Open(c.ctx, c.qiye, OpenCommand{Mechanism: "challenge"})
	c.ok(err)
	_, err = c.e.Act(c.ctx, c.qiye, Command{Case: r.Case, Step: "submit", Values: form(needForm)})
	if err != nil && !strings.Contains(err.Error(), "900万元") {
		c.t.Fatal(err)
	}
	return err != nil
}

// TestPolicyChangesThroughTwoPeople: one proposes, another adopts; from the day on, what is opened is under it, and what runs is not.
func TestPolicyChangesThroughTwoPeople(t *testing.T) {
	each(t, func(c *city) {
		one, two := keeperOfPolicy("zhengce1"), keeperOfPolicy("zhengce2")
		running := c.open()
		day := caldate.On(c.now).AddDays(2)
		r, err := c.e.Propose(c.ctx, one, EditionCommand{Edits: higher(c), From: day, Note: "提高下限", Key: "k1"})
		c.ok(err)
		again, err := c.e.Propose(c.ctx, one, EditionCommand{Edits: higher(c), From: day, Note: "提高下限", Key: "k1"})
		c.ok(err)
		if again.Record != r.Record {
			t.Error("the same request twice made two editions")
		}
		_, err = c.e.Adopt(c.ctx, one, EditionDecision{ID: r.Record})
		c.refused(err, "casework.edition_own")
		if c.floor() {
			t.Error("a proposal is in force")
		}
		_, err = c.e.Adopt(c.ctx, two, EditionDecision{ID: r.Record, Reason: "同意"})
		c.ok(err)
		_, err = c.e.Adopt(c.ctx, two, EditionDecision{ID: r.Record})
		c.refused(err, "casework.edition_decided")
		if c.floor() {
			t.Error("it is in force before its day")
		}
		c.later(48 * time.Hour)
		if !c.floor() {
			t.Error("it is not in force on its day")
		}
		if _, err := c.e.Act(c.ctx, c.qiye, Command{Case: running, Step: "submit", Values: form(needForm)}); err != nil {
			t.Errorf("a running case keeps its rules: %v", err)
		}
		next, err := New(c.ctx, c.e.Config) // another process, or this one after a restart
		c.ok(err)
		c.ok(next.CheckEditions(c.ctx))
		if p, err := next.Current(c.ctx); err != nil || p.Version != "2" {
			t.Errorf("after a restart: %v %v", p, err)
		}
		list, err := c.e.Editions(c.ctx, identity.Actor{})
		if err != nil || len(list) != 1 || !list[0].InForce || list[0].By != "" {
			t.Errorf("what everyone sees: %+v %v", list, err)
		}
		bundle, err := c.e.Journal.Bundle(c.ctx, r.Case)
		if err != nil || !strings.Contains(string(bundle), "propose") || !strings.Contains(string(bundle), "adopted") {
			t.Errorf("both acts are in the journal: %v", err)
		}
	})
}

func TestWhatMayNotComeInForce(t *testing.T) {
	each(t, func(c *city) {
		one, two := keeperOfPolicy("zhengce1"), keeperOfPolicy("zhengce2")
		for name, bad := range map[string]struct {
			actor   identity.Actor
			command EditionCommand
			want    string
		}{
			"nobody":           {identity.Actor{}, EditionCommand{Edits: higher(c), Note: "x"}, "casework.sign_in"},
			"an officer":       {c.jingban, EditionCommand{Edits: higher(c), Note: "x"}, "casework.policy"},
			"an enterprise":    {c.qiye, EditionCommand{Edits: higher(c), Note: "x"}, "casework.policy"},
			"an auditor":       {c.shenji, EditionCommand{Edits: higher(c), Note: "x"}, "casework.policy"},
			"no reason":        {one, EditionCommand{Edits: higher(c), Note: "  "}, "casework.edition_note"},
			"the past":         {one, EditionCommand{Edits: higher(c), Note: "x", From: "2025-03-02"}, "casework.edition_from"},
			"no date":          {one, EditionCommand{Edits: higher(c), Note: "x", From: "明天"}, "casework.edition_from"},
			"no difference":    {one, EditionCommand{Note: "x"}, "edition.same"},
			"the old version":  {one, EditionCommand{Edits: higher(c)[:1], Note: "x"}, "edition.version"},
			"not typed":        {one, EditionCommand{Edits: []trial.Edit{{File: "parameters.yaml", Text: "a: 1"}}, Note: "x"}, "edition.untyped"},
			"out of the house": {one, EditionCommand{Edits: []trial.Edit{{File: "../x.yaml", Text: "a: 1"}}, Note: "x"}, "trial.file"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.e.Propose(c.ctx, bad.actor, bad.command)
				c.refused(err, bad.want)
			})
		}
		r, err := c.e.Propose(c.ctx, one, EditionCommand{Edits: higher(c), Note: "甲"})
		c.ok(err)
		other := higher(c)
		other[0].Text = strings.Replace(other[0].Text, "value: 900万元", "value: 700万元", 1)
		s, err := c.e.Propose(c.ctx, one, EditionCommand{Edits: other, Note: "乙"})
		c.ok(err)
		_, err = c.e.Adopt(c.ctx, two, EditionDecision{ID: r.Record})
		c.ok(err)
		_, err = c.e.Adopt(c.ctx, two, EditionDecision{ID: s.Record})
		c.refused(err, "casework.edition_overtaken")
		_, err = c.e.Withdraw(c.ctx, one, EditionDecision{ID: s.Record, Reason: "已过时"})
		c.ok(err)
		_, err = c.e.Adopt(c.ctx, two, EditionDecision{ID: "edition_none"})
		c.refused(err, "casework.no_edition")
		if list, err := c.e.Editions(context.Background(), c.qiye); err != nil || len(list) != 1 {
			t.Errorf("an enterprise sees only what came in force: %v %v", list, err)
		}
		if p, err := c.e.Current(c.ctx); err != nil || p.Version != "2" {
			t.Errorf("in force at once: %v %v", p, err)
		}
	})
}
