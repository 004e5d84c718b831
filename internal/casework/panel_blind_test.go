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
	"kechuang/internal/policy"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// blindSample is the sample with a panel that is blind to bidders, and a bid that has a document, a list of people and a field that tells.
func blindSample(t *testing.T) fstest.MapFS {
	t.Helper()
	pack, changed := fstest.MapFS{}, 0
	err := fs.WalkDir(os.DirFS("sample"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile("sample/" + name)
		with := strings.NewReplacer(
			"panel: technical, apart_from: [poster, bids.bidder]}", "panel: technical, apart_from: [poster, bids.bidder], blind: [bids.bidder]}",
			"      route: {zh: 路线, en: Route, type: text, max: 2000}\n", `      route: {zh: 路线, en: Route, type: text, max: 2000}
      chief: {zh: 负责人, en: Leader, type: text, max: 80, who: true, optional: true}
      team:
        zh: 团队
        en: Team
        type: rows
        optional: true
        rows:
          name: {zh: 姓名, en: Name, type: text, max: 80, who: true}
          role: {zh: 分工, en: Task, type: text, max: 80}
      paper: {zh: 附件, en: Paper, type: document, optional: true}
`).Replace(string(data))
		if with != string(data) {
			changed++
		}
		pack[name] = &fstest.MapFile{Data: []byte(with)}
		return err
	})
	if err != nil || changed != 1 {
		t.Fatalf("%v: %d files changed", err, changed)
	}
	return pack
}

// TestBlindReview: experts read what they judge and never who handed it in, on no page, list, file, thread or party's page, before they accept and
// after; everybody else sees what they saw.
func TestBlindReview(t *testing.T) {
	t.Parallel()
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		c := cityUnder(t, db, blindSample(t))
		id := c.published()
		var name string
		c.write(func(tx *store.Tx) error {
			p, err := c.e.Register.Get(tx, c.jie1.Parties[0].Party)
			name = p.Name
			return err
		})
		digest, err := c.e.PutDocument(c.ctx, c.jie1, "盖章申请书.pdf", strings.NewReader("%PDF-1.4 signed"))
		c.ok(err)
		offer := `{"price":"500万元","route":"%ROUTE%","chief":"霍去病","team":[{"name":"卫青","role":"总装"}],"paper":{"digest":"` + digest.Digest + `","name":"盖章申请书.pdf"}}`
		for _, tells := range []string{"由" + name + "实施", "霍去病牵头", "卫青负责总装"} {
			_, err := c.e.Act(c.ctx, c.jie1, Command{Case: id, Part: "bids", Step: "submit", Values: form(strings.Replace(offer, "%ROUTE%", tells, 1))})
			c.refused(err, "casework.blind")
		}
		c.act(c.jie1, Command{Case: id, Part: "bids", Step: "submit", Values: form(strings.Replace(offer, "%ROUTE%", "三步走", 1))})
		c.tick("2025-03-20")
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		secret := []string{name, c.jie1.Parties[0].Party, "霍去病", "卫青", digest.Digest, "盖章申请书"}
		blind := func(when string, who identity.Actor) {
			t.Helper()
			v := c.view(who, id)
			desk, err := c.e.Desk(c.ctx, who)
			c.ok(err)
			mine, _, err := c.e.List(c.ctx, who, Query{})
			c.ok(err)
			reviews, err := c.e.Reviews(c.ctx, who)
			c.ok(err)
			thread, err := c.e.Thread(c.ctx, who, id)
			c.ok(err)
			all, err := json.Marshal([]any{v, desk, mine, reviews, thread})
			c.ok(err)
			for _, s := range secret {
				if strings.Contains(string(all), s) {
					t.Errorf("%s, %s reads %q in %s", when, who.Account, s, all)
				}
			}
			if _, _, err := c.e.Document(c.ctx, who, id, digest.Digest); err == nil {
				t.Errorf("%s, %s opens the bid's paper", when, who.Account)
			}
			about, err := c.e.PartyLinks(c.ctx, who, c.jie1.Parties[0].Party)
			if err == nil && slices.ContainsFunc(about.Cases, func(x Item) bool { return x.Case == id }) {
				t.Errorf("%s, the bidder's page lists the case to %s", when, who.Account)
			}
		}
		var judges []identity.Actor
		for _, p := range c.people {
			if _, err := c.e.View(c.ctx, p, id); err == nil {
				judges = append(judges, p)
				blind("invited", p)
			}
		}
		c.answer(id, 2)
		c.act(c.jingban, Command{Case: id, Step: "begin"})
		read := 0
		for _, p := range judges {
			blind("judging", p)
			if s := text(c.view(p, id)); strings.Contains(s, "三步走") && strings.Contains(s, "总装") && strings.Contains(s, `"score"`) {
				read++
			}
		}
		if read != 2 {
			t.Errorf("%d of two experts can read the bid and score it", read)
		}
		for _, who := range []identity.Actor{c.jingban, c.jie1} {
			if s := text(c.view(who, id)); !strings.Contains(s, name) || !strings.Contains(s, "卫青") {
				t.Errorf("%s does not see who bids", who.Account)
			}
		}
	})
}

// TestBlindNeedsASecret: a panel cannot be blind where everybody reads who applies, nor be blind to an office.
func TestBlindNeedsASecret(t *testing.T) {
	t.Parallel()
	for seat, want := range map[string]string{"bids.bidder": "", "officer": "blind_seat", "poster": "blind_public", "nobody": "unknown_seat"} {
		pack := blindSample(t)
		for _, f := range pack {
			f.Data = []byte(strings.ReplaceAll(string(f.Data), "blind: [bids.bidder]", "blind: ["+seat+"]"))
		}
		_, findings := policy.Load(pack)
		var codes []string
		for _, f := range findings {
			codes = append(codes, f.Code)
		}
		if want == "" && len(findings) > 0 || want != "" && !slices.Contains(codes, want) {
			t.Errorf("blind to %s: %v, want %q", seat, findings, want)
		}
	}
}
