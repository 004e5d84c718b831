package casework

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/store"
)

// TestDeadlineInWorkingDays: three working days from Thursday 3 April 2025, over 清明 (Friday to Sunday off): Monday, Tuesday, Wednesday.
func TestDeadlineInWorkingDays(t *testing.T) {
	each(t, func(c *city) {
		c.now = time.Date(2025, 4, 3, 2, 0, 0, 0, time.UTC)
		id := c.open()
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		v := c.view(c.hunnan, id)
		if v.Due == nil || v.Due.Format(time.RFC3339) != "2025-04-09T16:00:00Z" || *v.Workdays != 3 {
			t.Fatalf("due %v in %d working days", v.Due, *v.Workdays)
		}
		if n := c.tick("2025-04-08"); n != 0 {
			t.Errorf("%d deadlines before the day", n)
		}
		// Nobody recommends: the officer is told, and told again three working days later; the case stays.
		if n := c.tick("2025-04-09"); n != 1 {
			t.Errorf("%d deadlines on the day", n)
		}
		if n, err := c.e.Tick(c.ctx); n != 0 || err != nil {
			t.Errorf("told again at once: %d %v", n, err)
		}
		if n := c.tick("2025-04-14"); n != 0 { // counted from the day after the 10th, on which it was told
			t.Errorf("%d deadlines too early", n)
		}
		if n := c.tick("2025-04-15"); n != 1 {
			t.Errorf("%d deadlines three working days later", n)
		}
		d, err := c.e.Desk(c.ctx, c.jingban)
		c.ok(err)
		if len(d.Messages) != 2 || !strings.Contains(d.Messages[0].Text.ZH, "到期") {
			t.Errorf("the officer was told %+v", d.Messages)
		}
		v = c.view(c.hunnan, id)
		if v.State.Name != "submitted" || len(v.History) != 4 || v.History[3].Who != "系统（到期）" {
			t.Errorf("state %s, history %+v", v.State.Name, v.History)
		}
		if d, _ := c.e.Desk(c.ctx, c.hunnan); len(d.Waiting) != 1 || len(d.Waiting[0].Do) != 2 {
			t.Errorf("the district's desk: %+v", d.Waiting)
		}
	})
}

// TestClockBack: a clock that is put back makes nothing act twice, and no step is dated before another.
func TestClockBack(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		closed := c.now
		c.now = time.Date(2025, 3, 10, 0, 0, 0, 0, time.UTC)
		for range 3 {
			if n, err := c.e.Tick(c.ctx); n != 0 || err != nil {
				t.Fatalf("with the clock back: %d %v", n, err)
			}
		}
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		steps := c.view(c.jingban, id).History
		for i := 1; i < len(steps); i++ {
			if steps[i].At.Before(steps[i-1].At) {
				t.Errorf("step %d at %v, the one before at %v", i+1, steps[i].At, steps[i-1].At)
			}
		}
		if last := steps[len(steps)-1].At; last.Before(closed.Add(-time.Minute)) {
			t.Errorf("the step is dated %v, the case was at %v already", last, closed)
		}
		c.now = closed
		if n, err := c.e.Tick(c.ctx); n != 0 || err != nil {
			t.Errorf("when the clock is right again: %d %v", n, err)
		}
	})
}

// TestManyTickAtOnce: six processes run the deadlines of twenty cases; each is acted on once.
func TestManyTickAtOnce(t *testing.T) {
	each(t, func(c *city) {
		const cases = 20
		for range cases {
			c.open()
		}
		at := c.now.Add(91 * 24 * time.Hour)
		c.db.SetClock(func() time.Time { return at })
		var wg sync.WaitGroup
		var mu sync.Mutex
		total := 0
		for range 6 {
			wg.Go(func() {
				n, err := c.e.Tick(context.Background())
				mu.Lock()
				defer mu.Unlock()
				if total += n; err != nil {
					t.Errorf("a process that ticks: %v", err)
				}
			})
		}
		wg.Wait()
		if total != cases {
			t.Errorf("%d deadlines acted on, want %d", total, cases)
		}
		items, _, err := c.e.List(c.ctx, c.qiye, Query{State: "lapsed", Limit: 100})
		if err != nil || len(items) != cases {
			t.Errorf("%d cases lapsed %v", len(items), err)
		}
	})
}

func TestDelegation(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		stand := identity.Actor{Account: "daiban", Name: "代办人"}
		c.hiddenFrom(stand, id)
		day := 24 * time.Hour
		_, err := c.e.Delegate(c.ctx, c.hunnan, Delegation{To: "hunnan", From: c.now, Until: c.now.Add(day)})
		c.refused(err, "casework.delegate_self")
		_, err = c.e.Delegate(c.ctx, c.hunnan, Delegation{To: "daiban", From: c.now, Until: c.now.Add(-day)})
		c.refused(err, "casework.delegation_time")
		_, err = c.e.Delegate(c.ctx, c.other, Delegation{Case: id, To: "daiban", From: c.now, Until: c.now.Add(day)})
		c.refused(err, "casework.not_found")
		g, err := c.e.Delegate(c.ctx, c.hunnan, Delegation{Case: id, Seat: "district", To: "daiban", From: c.now.Add(day), Until: c.now.Add(3 * day)})
		c.ok(err)
		c.hiddenFrom(stand, id) // it has not begun
		c.now = c.now.Add(2 * day)
		if d, err := c.e.Desk(c.ctx, stand); err != nil || len(d.Waiting) != 1 {
			t.Errorf("on the desk of who stands in: %+v %v", d, err)
		}
		// Who stands in for two may not do for one what is kept separate from what the other did.
		_, err = c.e.Delegate(c.ctx, c.jingban, Delegation{To: "daiban", From: c.now, Until: c.now.Add(9 * day)})
		c.ok(err)
		c.want(c.act(stand, Command{Case: id, Step: "recommend"}), "recommended")
		_, err = c.e.Act(c.ctx, stand, Command{Case: id, Step: "publish", Values: form(callForm)})
		c.refused(err, "rule.separate")
		// Nor does who was stood in for: the act was theirs too.
		both := c.hunnan
		both.Offices = append([]string{"bureau.cases"}, both.Offices...)
		_, err = c.e.Act(c.ctx, both, Command{Case: id, Step: "publish", Values: form(callForm)})
		c.refused(err, "rule.separate")
		h := c.view(c.jingban, id).History
		if last := h[len(h)-1]; !strings.Contains(last.Who, "代办") || !strings.Contains(last.Who, "科技局") {
			t.Errorf("the history says %q", last.Who)
		}
		if l, err := c.e.Delegations(c.ctx, c.hunnan, id); err != nil || len(l) != 1 || l[0].ID != g.ID {
			t.Errorf("delegations %+v %v", l, err)
		}
		c.refused(c.e.Revoke(c.ctx, c.jingban, g.ID), "casework.no_delegation")
		c.ok(c.e.Revoke(c.ctx, c.hunnan, g.ID))
		c.now = c.now.Add(20 * day)
		c.hiddenFrom(stand, id) // all over
	})
}

// TestWhatIsLentIsWhatOneHasToday: somebody who lost an office lends nothing of it any more.
func TestWhatIsLentIsWhatOneHasToday(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		_, err := c.e.Delegate(c.ctx, c.hunnan, Delegation{To: "daiban", From: c.now, Until: c.now.Add(time.Hour)})
		c.ok(err)
		stand := identity.Actor{Account: "daiban", Name: "代办人"}
		c.view(stand, id)
		c.e.Hats = func(context.Context, string) (identity.Actor, error) { return identity.Actor{Account: "hunnan"}, nil }
		c.hiddenFrom(stand, id)
	})
}

// TestDeletedParty: a party in an open case cannot be deleted, and one that was deleted acts no more.
func TestDeletedParty(t *testing.T) {
	each(t, func(c *city) {
		r, err := c.e.Open(c.ctx, c.other, OpenCommand{Mechanism: "challenge"})
		c.ok(err)
		id := r.Case
		remove := func(party string) error {
			return c.db.Write(c.ctx, func(tx *store.Tx) error {
				p, err := c.e.Register.Get(tx, party)
				if err != nil {
					return err
				}
				return c.e.Register.Delete(tx, keeper, party, p.Revision)
			})
		}
		c.refused(remove(c.stranger), "casework.party_busy")
		c.act(c.other, Command{Case: id, Step: "withdraw"})
		c.ok(remove(c.stranger))
		_, err = c.e.Open(c.ctx, c.other, OpenCommand{Mechanism: "challenge"})
		c.refused(err, "casework.party_deleted")
		if v := c.view(c.other, id); v.Seats[0].Holders[0].Name != "无关企业" {
			t.Errorf("the old case names %+v", v.Seats[0])
		}
	})
}

// TestTheCaseKeepsItsRules: a case goes on under the pack it was opened under, after the city changed it.
func TestTheCaseKeepsItsRules(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		dir := t.TempDir()
		c.ok(os.CopyFS(dir, os.DirFS("sample")))
		file := dir + "/parameters.yaml"
		b, err := os.ReadFile(file)
		c.ok(err)
		c.ok(os.WriteFile(file, []byte(strings.Replace(string(b), "value: 100万元", "value: 900万元", 1)), 0o600))
		conf := c.e.Config
		conf.Files = os.DirFS(dir)
		next, err := New(c.ctx, conf)
		c.ok(err)
		c.ok(next.CheckEditions(c.ctx))
		if next.Pack().Digest == c.e.Pack().Digest {
			t.Fatal("the pack was not changed")
		}
		r, err := next.Open(c.ctx, c.qiye, OpenCommand{Mechanism: "challenge"})
		c.ok(err)
		_, err = next.Act(c.ctx, c.qiye, Command{Case: r.Case, Step: "submit", Values: form(needForm)})
		if err == nil || !strings.Contains(err.Error(), "900万元") {
			t.Errorf("the new case under the new rule: %v", err)
		}
		if _, err := next.Act(c.ctx, c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)}); err != nil {
			t.Errorf("the old case under the old rule: %v", err)
		}
	})
}

func TestBadInput(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		long := strings.Repeat("长", 2_000_000)
		for name, c2 := range map[string]struct{ form, want string }{
			"not JSON":              {`{"title":`, ""},
			"a list":                {`[1]`, ""},
			"three decimals":        {strings.Replace(needForm, "800万元", "10000000000.123元", 1), ""},
			"negative":              {strings.Replace(needForm, "800万元", "-800万元", 1), ""},
			"far too much":          {strings.Replace(needForm, "800万元", "99999999999999亿元", 1), ""},
			"a number that is text": {strings.Replace(needForm, `"0.12"`, `"约0.12"`, 1), ""},
			"a code that is none":   {strings.Replace(needForm, `"01"`, `"99"`, 1), ""},
			"no rows":               {strings.Replace(needForm, `[{"metric":"壁厚","value":"0.12"}]`, `[]`, 1), ""},
			"a long text":           {strings.Replace(needForm, "王工", long, 1), ""},
			"a document of nobody":  {strings.Replace(needForm, `"contact"`, `"proof":{"digest":"`+strings.Repeat("a", 64)+`","name":"x","size":1},"contact"`, 1), "casework.no_document"},
		} {
			_, err := c.e.Act(c.ctx, c.qiye, Command{Case: id, Step: "submit", Values: form(c2.form)})
			if err == nil || len(refusals(err)) == 0 {
				t.Errorf("%s: %v", name, err)
			} else if c2.want != "" {
				c.refused(err, c2.want)
			}
		}
		full := strings.Replace(needForm, "800万元", "８００万元", 1) // full-width digits are understood
		c.want(c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(full)}), "submitted")
	})
}

func TestDocuments(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		doc, err := c.e.PutDocument(c.ctx, c.qiye, `C:\证明.pdf`, strings.NewReader("资金证明"))
		c.ok(err)
		if doc.Name != "证明.pdf" || doc.Size != 12 {
			t.Errorf("%+v", doc)
		}
		with := func() string {
			return strings.Replace(needForm, `"contact"`, `"proof":{"digest":"`+doc.Digest+`","name":"证明.pdf","size":1},"contact"`, 1)
		}
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(with())})
		if _, body, err := c.e.Document(c.ctx, c.hunnan, id, doc.Digest); err != nil || string(body) != "资金证明" {
			t.Errorf("the district reads %q %v", body, err)
		}
		for _, who := range []identity.Actor{c.other, {}} {
			if _, _, err := c.e.Document(c.ctx, who, id, doc.Digest); err == nil {
				t.Errorf("%q reads the proof", who.Account)
			}
		}
		papers := c.view(c.qiye, id).Documents
		if len(papers) != 1 || !papers[0].Made {
			t.Fatalf("papers %+v", papers)
		}
		page, err := c.e.Paper(c.ctx, c.qiye, id, papers[0].Digest)
		c.ok(err)
		for _, want := range []string{"沈阳波纹管有限公司", "800万元", "捌佰万元整", "新材料", "〔2025〕1号", "示科发〔2025〕1号", "data:image/png;base64,", "@page"} {
			if !strings.Contains(string(page), want) {
				t.Errorf("the page does not say %s", want)
			}
		}
		if digestBytes(page) != papers[0].Digest {
			t.Error("the page is not what its digest says")
		}
		_, err = c.e.Paper(c.ctx, c.other, id, papers[0].Digest)
		c.refused(err, "casework.not_found")
	})
}
