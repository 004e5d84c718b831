package casework

import (
	"bytes"
	"strings"
	"testing"

	"kechuang/internal/journal"
	"kechuang/internal/money"
	"kechuang/internal/store"
)

// TestWholeCase plays a case from the need to the payment, with everything on the way.
func TestWholeCase(t *testing.T) {
	each(t, func(c *city) {
		id, bid1, _ := c.reviewed()
		c.want(c.act(c.jingban, Command{Case: id, Step: "rank"}), "announced")
		v := c.view(c.jingban, id)
		if len(v.Notices) != 1 || v.Notices[0].State != "running" || len(v.Draws) != 1 || v.Draws[0].Excluded != 2 || v.Draws[0].Pool != 5 {
			t.Fatalf("notices %+v draws %+v", v.Notices, v.Draws)
		}
		if d := v.Draws[0]; d.Wrong != "" || d.Leaf == "" || d.Drawn != 2 {
			t.Errorf("the draw does not replay: %+v", d)
		}
		c.write(func(tx *store.Tx) error { // somebody swaps the drawn
			_, err := tx.Exec(`UPDATE casework_draws SET result = replace(result, '"drawn":[', '"drawn":["party_friend",') WHERE case_id = $1`, id)
			return err
		})
		if d := c.view(c.jingban, id).Draws[0]; d.Wrong == "" {
			t.Error("a draw with somebody swapped in replays")
		}
		if n := c.tick("2025-03-26"); n != 1 {
			t.Fatalf("%d deadlines, want the end of the notice", n)
		}
		sign := form(`{"grant":"300万元","due":"2025-12-31","stones":[{"name":"样机","portion":"40%"},{"name":"小批","portion":"60%"}]}`)
		r := c.act(c.qiye, Command{Case: id, Step: "sign", Values: sign})
		if r.State.Name != "signing" || len(r.Pending) != 1 {
			t.Fatalf("after the first signature: %+v", r)
		}
		c.act(c.jie1, Command{Case: id, Step: "sign"})
		c.want(c.act(c.jingban, Command{Case: id, Step: "sign"}), "running")
		if p := c.snapshot(id).Pots["grant"]; p.Held != 300*money.Wan {
			t.Fatalf("pot %+v", p)
		}
		for _, o := range c.view(c.jingban, id).Options {
			if o.Step == "done" {
				c.want(c.act(c.jingban, Command{Case: id, Record: o.Record, Step: "done"}), "met")
			}
		}
		c.want(c.act(c.lingdao, Command{Case: id, Step: "pay"}), "done")
		v = c.view(c.qiye, id)
		if len(v.Money.Pots) != 1 || v.Money.Pots[0].Paid != int64(300*money.Wan) || v.Money.Pots[0].Held != 0 {
			t.Fatalf("money %+v", v.Money)
		}
		if v.Notices[0].State != "stood" {
			t.Errorf("the notice is %s", v.Notices[0].State)
		}
		c.facts(map[string]int64{"published": 1, "signed": int64(300 * money.Wan)})
		c.journal(id, len(c.view(c.jingban, id).History))
		_ = bid1
	})
}

func (c *city) facts(want map[string]int64) {
	c.t.Helper()
	c.ok(c.db.Read(c.ctx, func(tx *store.Tx) error {
		for kind, n := range want {
			got, err := c.e.Facts.Count(tx, kind)
			if err != nil || got.Sum != n {
				c.t.Errorf("fact %s: %+v %v, want %d", kind, got, err, n)
			}
		}
		return nil
	}))
}

// journal wants so many leaves of a case, and a bundle that verifies.
func (c *city) journal(id string, steps int) {
	c.t.Helper()
	b, err := c.e.Journal.Bundle(c.ctx, id)
	c.ok(err)
	report, err := journal.VerifyBundle(bytes.NewReader(b), c.e.Journal.Key())
	if err != nil {
		c.t.Fatalf("the bundle does not verify: %v %+v", err, report)
	}
	if n := strings.Count(string(b), "kechuang.record.v1"); n != steps {
		c.t.Errorf("%d leaves in the bundle, %d steps in the history", n, steps)
	}
}
