package casework

import (
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/identity"
	"kechuang/internal/panel"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
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
		for _, line := range v.Draws[0].Explained {
			if strings.Contains(line.ZH+line.EN, id) || strings.Contains(line.ZH+line.EN, "party_") || strings.Contains(line.EN, "、") {
				t.Errorf("a lay auditor reads %q, %q", line.ZH, line.EN)
			}
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

// TestADrawCannotBeSteered plays whoever would like another panel. A dry run says nothing of it; what those present said counts only over the pool
// that they saw; a draw that was made stays, and the next is told as the second.
func TestADrawCannotBeSteered(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		for range 2 {
			r, err := c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw", DryRun: true})
			c.ok(err)
			said, err := json.Marshal(r)
			if c.ok(err); strings.Contains(string(said), "party_") {
				t.Errorf("a dry run tells of the panel: %s", said)
			}
		}
		if v := c.view(c.jingban, id); len(v.Draws) > 0 {
			t.Fatal("a dry run drew")
		}
		look := func() string {
			v, err := c.e.Panel(c.ctx, c.jingban, id)
			c.ok(err)
			return v.Fingerprint
		}
		seen := look()
		_, err := c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw", Drawn: Witnessed{Said: "三十六"}})
		c.refused(err, "panel.unseen")
		_, err = c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw", Drawn: Witnessed{Fingerprint: seen, Said: strings.Repeat("一", 201)}})
		c.refused(err, "panel.said")
		c.write(func(tx *store.Tx) error { // somebody is slipped into the pool after it was shown
			_, err := c.e.Register.Put(tx, keeper, register.Party{Kind: register.Person, Name: "专家庚", Expert: true, Expertise: []string{"01"}})
			return err
		})
		_, err = c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw", Drawn: Witnessed{Fingerprint: seen, Said: "三十六"}})
		c.refused(err, "panel.moved")
		if now := look(); now == seen || now == "" || now != look() {
			t.Fatalf("the fingerprint was %q and is %q", seen, now)
		}
		_, err = c.e.Journal.Seal(c.ctx)
		c.ok(err)
		c.act(c.jingban, Command{Case: id, Step: "draw", Drawn: Witnessed{Fingerprint: look(), Said: " 监督员：三十六 "}})
		if d := c.view(c.jingban, id).Draws[0]; d.Beacon == "" || d.Wrong != "" {
			t.Errorf("a checkpoint of the journal is %q: %s", d.Beacon, d.Wrong)
		}
		if d := c.view(c.jingban, id).Draws[0]; d.Changed != 1 || d.Changes[0].Name != "专家庚" || d.Changes[0].Who == "" {
			t.Errorf("whoever was slipped into the pool is not told: %+v", d.Changes)
		}
		first, err := panel.Decode([]byte(c.view(c.jingban, id).Draws[0].File))
		c.ok(err)
		if c.ok(first.Verify()); first.Said != "监督员：三十六" || first.Round != 1 || first.Version != 3 {
			t.Errorf("%+v", first)
		}
		for range 9 { // friends decline until nobody of the order is left
			for _, p := range c.people {
				if v, err := c.e.View(c.ctx, p, id); err == nil && slices.ContainsFunc(v.Options, func(o OptionView) bool { return o.Step == "recuse" }) {
					c.act(p, Command{Case: id, Record: option(t, v, "recuse").Record, Step: "recuse", Reason: "没有时间"})
				}
			}
			if _, err := c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw"}); err != nil {
				break
			}
		}
		v := c.view(c.jingban, id)
		last, err := panel.Decode([]byte(v.Draws[0].File))
		c.ok(err)
		if c.ok(last.Verify()); last.Seed != first.Seed || len(last.Left) == 0 || last.Left[0].Why.ZH == "" || v.Draws[0].Leaf == "" || v.Draws[0].Wrong != "" {
			t.Errorf("the draw does not tell who left and who came: %+v", v.Draws[0])
		}
	})
}

// TestASentAwayPanelIsDrawnAnew: an office that sends a panel away does not get those who are next in its order, which is known by now; another seed,
// committed to before, draws; both draws stay, and the second says that it is the second.
func TestASentAwayPanelIsDrawnAnew(t *testing.T) {
	t.Parallel()
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		pack := fstest.MapFS{}
		err := fs.WalkDir(os.DirFS("sample"), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile("sample/" + name)
			pack[name] = &fstest.MapFile{Data: []byte(strings.NewReplacer(
				"      declined: {zh: 已谢绝, en: Declined}\n", "      declined: {zh: 已谢绝, en: Declined}\n      dismissed: {zh: 已解聘, en: Dismissed}\n",
				"    begin:\n      zh: 开始评审\n", "    send_away: {zh: 重新组织, en: Start again, by: officer, say: true, to: judging, do: [{move: {part: invitations, in: [invited, accepted], to: dismissed}}]}\n    begin:\n      zh: 开始评审\n",
			).Replace(string(data)))}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		c := cityUnder(t, db, pack)
		c.write(func(tx *store.Tx) error {
			for _, name := range []string{"专家己", "专家庚", "专家辛", "专家壬", "专家癸"} {
				if _, err := c.e.Register.Put(tx, keeper, register.Party{Kind: register.Person, Name: name, Expert: true, Expertise: []string{"01"}}); err != nil {
					return err
				}
			}
			return nil
		})
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		c.act(c.jingban, Command{Case: id, Step: "send_away", Reason: "换一批"})
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		v := c.view(c.jingban, id)
		if len(v.Draws) != 2 {
			t.Fatalf("%d draws", len(v.Draws))
		}
		var records []*panel.Record
		for _, d := range v.Draws {
			r, err := panel.Decode([]byte(d.File))
			c.ok(err)
			c.ok(r.Verify())
			if d.Wrong != "" || d.Leaf == "" {
				t.Errorf("%+v", d)
			}
			records = append(records, r)
		}
		if first, second := records[0], records[1]; first.Seed == second.Seed || first.Round != 1 || second.Round != 2 || len(first.Left) > 0 {
			t.Errorf("%+v\n%+v", first, second)
		}
	})
}

// TestAnotherRecordIsFound: one that is true in itself, of the same seed, is not what the journal says; nor has the journal its checkpoint.
func TestAnotherRecordIsFound(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		c.write(func(tx *store.Tx) error {
			all, err := draws(tx, id)
			c.ok(err)
			r, _, err := all[0].decode()
			c.ok(err)
			fixed, err := panel.Ask{For: r.For, Round: r.Round, Pool: r.Pool, Excluded: r.Excluded, Criteria: r.Criteria}.Fix()
			c.ok(err)
			seed, err := panel.ParseSeed(r.Seed)
			c.ok(err)
			forged, err := fixed.Convene(seed, "7 Ft1B4mvzV0gf9d3M=", "")
			c.ok(err)
			body, err := json.Marshal(forged)
			c.ok(err)
			return tx.Send(`UPDATE casework_draws SET result = $1 WHERE id = $2`, string(body), all[0].id)
		})
		if d := c.view(c.jingban, id).Draws[0]; !strings.Contains(d.Wrong, "存证所载的结果") {
			t.Errorf("the proof says %q", d.Wrong)
		}
		c.write(func(tx *store.Tx) error {
			for beacon, want := range map[string]bool{"7 Ft1B4mvzV0gf9d3M=": false, "": false, "一": false} {
				if _, known, err := c.e.Journal.SignedAt(tx, beacon); known != want || err != nil {
					t.Errorf("the journal had the checkpoint %q: %v, %v", beacon, known, err)
				}
			}
			return nil
		})
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

// TestDrawKeepsItsCriteria: a mechanism that wants somebody from outside the city is refused a panel without, and gets one with.
func TestDrawKeepsItsCriteria(t *testing.T) {
	t.Parallel()
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		pack := fstest.MapFS{}
		changed := 0
		err := fs.WalkDir(os.DirFS("sample"), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile("sample/" + name)
			with := strings.ReplaceAll(string(data), "{draw: {", "{draw: {unit_most: 1, outside_least: 1, ")
			if with != string(data) {
				changed++
			}
			pack[name] = &fstest.MapFile{Data: []byte(with)}
			return err
		})
		if err != nil || changed == 0 {
			t.Fatalf("%v: %d files draw", err, changed)
		}
		c := cityUnder(t, db, pack)
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		_, err = c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw"})
		c.refused(err, "panel.too_few")
		if !strings.Contains(err.Error(), "市外专家") {
			t.Errorf("the refusal does not say what is missing: %v", err)
		}
		var guest string
		c.write(func(tx *store.Tx) error {
			p, err := c.e.Register.Put(tx, keeper, register.Party{Kind: register.Person, Name: "专家庚", Region: "310000", Expert: true, Expertise: []string{"01"}})
			guest = p.ID
			return err
		})
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		r, err := panel.Decode([]byte(c.view(c.jingban, id).Draws[0].File))
		c.ok(err)
		if c.ok(r.Verify()); !slices.Contains(r.Drawn, guest) || r.Criteria.UnitMost != 1 {
			t.Errorf("drawn %v without the guest %s, criteria %+v", r.Drawn, guest, r.Criteria)
		}
	})
}

// TestNoCountTellsOfThePanel: what applicants and the public read of a case is the same before anybody answers an invitation, after, and while some have
// given opinions: no number, revision, time or line of the history tells how many there are or how far they have come.
func TestNoCountTellsOfThePanel(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		c.bid(c.jie1, id, "500万元")
		c.bid(c.jie2, id, "450万元")
		c.tick("2025-03-20")
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		outside := []identity.Actor{c.jie1, c.jie2, c.qiye}
		look := func() (all []string) {
			for _, who := range outside {
				d, err := c.e.Desk(c.ctx, who)
				c.ok(err)
				desk, err := json.Marshal(d)
				c.ok(err)
				all = append(all, text(c.view(who, id))+string(desk))
			}
			return all
		}
		same := func(when string, before []string) {
			t.Helper()
			for i, now := range look() {
				if now != before[i] {
					t.Errorf("%s, %s reads something else:\n%s\n%s", when, outside[i].Account, before[i], now)
				}
			}
		}
		invited := look()
		c.answer(id, 1)
		same("after one has accepted", invited)
		c.answer(id, 2)
		c.act(c.jingban, Command{Case: id, Step: "begin"})
		begun := look()
		for _, p := range c.people {
			v, err := c.e.View(c.ctx, p, id)
			if err != nil {
				continue
			}
			for _, o := range v.Options {
				if o.Step == "score" {
					c.act(p, Command{Case: id, Record: o.Record, Step: "score", Values: form(`{"score":80,"comment":"可行"}`)})
					same("after an opinion", begun)
				}
			}
		}
	})
}
