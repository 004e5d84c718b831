package casework

import (
	"testing"

	"kechuang/internal/panel"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/packs"
)

// TestReplacementsKeepTheProof: one declines, the substitute comes by the order of the draw, and the file that is handed out says so
// and is true on another machine; a bidder and an expert see none of it.
func TestReplacementsKeepTheProof(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		first, err := panel.Decode([]byte(c.view(c.jingban, id).Draws[0].File))
		c.ok(err)
		for _, p := range c.people {
			if v, err := c.e.View(c.ctx, p, id); err == nil && len(v.Mine)+len(v.Options) > 0 {
				if len(v.Draws) > 0 {
					t.Errorf("the expert %s sees the draw", p.Account)
				}
				c.act(p, Command{Case: id, Record: option(t, v, "recuse").Record, Step: "recuse", Reason: "与申请方有合作"})
				break
			}
		}
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		v := c.view(c.jingban, id)
		if len(v.Draws) != 1 || v.Draws[0].Wrong != "" || len(v.Draws[0].Explained) == 0 || len(v.Draws[0].Explained) > 10 {
			t.Fatalf("%+v", v.Draws)
		}
		r, err := panel.Decode([]byte(v.Draws[0].File))
		c.ok(err)
		c.ok(r.Verify())
		if len(r.Left) != 1 || r.Left[0].For != r.Order[len(r.Drawn)] || r.Seed != first.Seed || len(r.Excluded) == 0 {
			t.Errorf("left %+v, order %v, drawn %v", r.Left, r.Order, r.Drawn)
		}
		for _, who := range []string{"jie1", "qiye"} {
			actor := c.jie1
			if who == "qiye" {
				actor = c.qiye
			}
			if v := c.view(actor, id); len(v.Draws) > 0 {
				t.Errorf("%s sees the draw", who)
			}
		}
	})
}

// TestThePacksConflictsAreKnown: every kind of the pack is one that is looked for.
func TestThePacksConflictsAreKnown(t *testing.T) {
	t.Parallel()
	known := map[conflict.Kind]bool{}
	for _, k := range conflict.Kinds {
		known[k] = true
	}
	p, findings := policy.Load(packs.Shenyang())
	if len(findings) > 0 || len(p.Conflicts) < 10 {
		t.Fatalf("%d kinds of conflicts in the pack, %v", len(p.Conflicts), findings)
	}
	for _, r := range p.Conflicts {
		if !known[conflict.Kind(r.Kind)] {
			t.Errorf("%s: nobody looks for this kind", r.Kind)
		}
	}
}
