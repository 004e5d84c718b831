package casework

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// veiledPack is the sample pack in which the leader decides on the ranking before there is a notice of it, with a veil over the bids.
func veiledPack(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("sample")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	challenge := files["mechanisms/challenge.yaml"]
	text := string(challenge.Data)
	for _, change := range [][2]string{
		{"    reveal:\n      - {form: bid,", "    veiled: {from: [judging, ranked], until: [announced]}\n    reveal:\n      - {form: bid,"},
		{"when: [judging, announced,", "when: [judging, ranked, announced,"},
		{"  judging:\n    zh: 评审中\n    en: Judging\n", "  judging:\n    zh: 评审中\n    en: Judging\n    public: true\n"},
		{"to: announced\n      do:\n        - choose:", "to: ranked\n      do:\n        - choose:"},
		{"        - {freeze: {content: [ranking, need.title, need.own, need]}}\n", "        - {make: {document: need, zh: 排名表, en: Ranking}}\n"},
		{"  announced:\n    zh: 公示中", `  ranked:
    zh: 待审定
    en: Ranked
    public: true
    approve: {zh: 审定并公示, en: Approve, by: leader, to: announced, do: [{freeze: {content: [ranking, need.title]}}]}
    reject:  {zh: 不予通过, en: Reject, by: leader, say: true, to: judging, do: [{move: {part: bids, in: [chosen, passed], to: submitted}}]}
    deadline: {after: param.office_days, escalate: leader}
  announced:
    zh: 公示中`},
		{"      chosen: {zh: 入选, en: Chosen}\n", "      chosen: {zh: 入选, en: Chosen}\n      passed: {zh: 候补, en: In reserve}\n"},
		{"        withdraw: {zh: 撤回申请,", "        mark: {zh: 归集评分, en: Mark, by: officer, while: [judging], to: submitted}\n        withdraw: {zh: 撤回申请,"},
		{"best: chosen, others: passed_over", "best: chosen, others: passed"},
		{"      passed_over: {zh: 未入选, en: Passed over}\n", ""},
	} {
		if !strings.Contains(text, change[0]) {
			t.Fatalf("the sample pack has no %q", change[0])
		}
		text = strings.Replace(text, change[0], change[1], 1)
	}
	files["mechanisms/challenge.yaml"] = &fstest.MapFile{Data: []byte(text)}
	return files
}

// chairs is everybody who is not of an office of the case, the public and a colleague with one borrowed seat too.
func (c *city) chairs() map[string]identity.Actor {
	all := map[string]identity.Actor{"the public": {}, "the poster": c.qiye, "the first bidder": c.jie1, "the second bidder": c.jie2, "a stranger": c.other,
		"whom the solver lent the seat": {Account: "daiban", Name: "daiban"}, "whom the bidder lent all": {Account: "tongshi", Name: "tongshi"}}
	for i, p := range c.people {
		all[fmt.Sprintf("person %d", i+1)] = p
	}
	return all
}

// glimpse is all that somebody is told of a case by views, lists, desk and refusals, and of the pages that they can open.
func (c *city) glimpse(who identity.Actor, id string, bids ...string) string {
	c.t.Helper()
	var said []any
	v, err := c.e.show(c.ctx, who, id, hidden)
	said = append(said, v, fmt.Sprint(err))
	items, _, err := c.e.Hall(c.ctx, HallQuery{})
	said = append(said, items, fmt.Sprint(err))
	if !who.Anonymous() {
		for _, q := range []Query{{}, {Mine: true}, {Q: "波纹管"}} {
			items, _, err := c.e.List(c.ctx, who, q)
			said = append(said, items, fmt.Sprint(err))
		}
		d, err := c.e.Desk(c.ctx, who)
		c.ok(err)
		said = append(said, d)
	}
	if v != nil {
		for _, d := range v.Documents {
			_, err := c.e.Paper(c.ctx, who, id, d.Digest)
			c.ok(err)
		}
	}
	_, err = c.e.Bundle(c.ctx, who, id)
	said = append(said, fmt.Sprint(err))
	for _, bid := range bids {
		for _, step := range []string{"withdraw", "submit", "nothing"} {
			for revision := range int64(4) {
				_, err := c.e.Act(c.ctx, who, Command{Case: id, Record: bid, Step: step, Revision: revision})
				said = append(said, fmt.Sprint(err))
			}
			said = append(said, fmt.Sprint(c.e.SaveDraft(c.ctx, who, DraftCommand{Case: id, Record: bid, Step: step, Values: form(`{}`)})))
		}
	}
	out, err := json.Marshal(said)
	c.ok(err)
	return string(out)
}

// TestTheResultIsKnownAfterItsNotice: from the ranking to the notice of it nobody but the case's offices and auditors learns who was
// chosen and who was not, by any door, whatever is tried; a result that was rejected is never learnt; and with the notice all is known.
func TestTheResultIsKnownAfterItsNotice(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		c := cityUnder(t, db, veiledPack(t))
		id, bid1, bid2 := c.reviewed()
		lend := func(from identity.Actor, to, seat string) {
			_, err := c.e.Delegate(c.ctx, from, Delegation{To: to, Seat: seat, From: c.now.Add(time.Second), Until: c.now.AddDate(0, 3, 0)})
			c.ok(err)
		}
		lend(c.jie1, "daiban", "solver")
		lend(c.jie2, "tongshi", "")
		c.now = c.now.Add(time.Minute)
		secrets := []string{"chosen", "入选", "passed", "候补", "ranking", `"score"`, "东北某大学", "排名表", "不够好", "归集评分", `"solver"`}
		before, facade := map[string]string{}, map[string]string{}
		for name, who := range c.chairs() {
			c.glimpse(who, id) // the first look begins a visit
			before[name], facade[name] = c.glimpse(who, id, bid1, bid2), c.facade(who, id)
		}
		look := func(when string) {
			t.Helper()
			for name, who := range c.chairs() {
				after := c.glimpse(who, id, bid1, bid2)
				for _, w := range secrets {
					if n, m := strings.Count(after, w), strings.Count(before[name], w); n > m {
						at := strings.Index(after, w)
						t.Errorf("%s: %s reads %q: …%s…", when, name, w, after[max(0, at-200):min(len(after), at+100)])
					}
				}
				if len(c.seats(who, id)) != 0 {
					t.Errorf("%s: %s sees a solver", when, name)
				}
				if now := c.facade(who, id); now != facade[name] {
					t.Errorf("%s: to %s the bids have changed from\n%s\nto\n%s", when, name, facade[name], now)
				}
			}
			if items, _, err := c.e.List(c.ctx, c.actor("daiban"), Query{}); err != nil || len(items) > 0 {
				t.Errorf("%s: who was lent the seat of the chosen has the case in the list: %v", when, err)
			}
			if d, err := c.e.Desk(c.ctx, c.actor("daiban")); err != nil || len(d.Waiting)+len(d.Others)+len(d.Changed) > 0 {
				t.Errorf("%s: who was lent the seat of the chosen has the case on the desk: %v", when, err)
			}
			for name, who := range c.chairs() {
				if _, err := c.e.Paper(c.ctx, who, id, c.newest(id)); err == nil {
					t.Errorf("%s: %s opens the ranking on paper", when, name)
				}
			}
			for _, bid := range []string{bid1, bid2} { // the same words, whatever has become of the bid
				_, err := c.e.Act(c.ctx, c.actorOf(bid, bid1), Command{Case: id, Record: bid, Step: "withdraw"})
				c.refused(err, "casework.veiled")
			}
		}
		c.act(c.jingban, Command{Case: id, Record: bid2, Step: "mark"})
		c.want(c.act(c.jingban, Command{Case: id, Step: "rank"}), "ranked")
		look("after the ranking")
		for _, who := range []identity.Actor{c.jingban, c.lingdao, c.shenji} {
			if s := c.glimpse(who, id); !strings.Contains(s, `"chosen"`) || !strings.Contains(s, "排名表") || len(c.seats(who, id)) != 1 {
				t.Errorf("%s does not see what is to be decided: %s", who.Account, s)
			}
		}
		c.want(c.act(c.lingdao, Command{Case: id, Step: "reject", Reason: "东北某大学的方案不够好"}), "judging")
		look("after the ranking was rejected")
		c.want(c.act(c.jingban, Command{Case: id, Step: "rank"}), "ranked")
		c.want(c.act(c.lingdao, Command{Case: id, Step: "approve"}), "announced")
		for name, bid := range map[string]string{"chosen": bid1, "passed": bid2} {
			v := c.view(c.actorOf(bid, bid1), id)
			at := slices.IndexFunc(v.Parts, func(p PartView) bool { return p.Name == "bids" })
			if r := v.Parts[at].Records[0]; r.State.Name != name || v.Parts[at].Veiled {
				t.Errorf("after the notice a bidder sees the own bid %s, want %s", r.State.Name, name)
			}
		}
		if s := c.glimpse(identity.Actor{}, id); !strings.Contains(s, "ranking") || !strings.Contains(s, "东北某大学") {
			t.Errorf("after the notice the public does not read the result: %s", s)
		}
		if len(c.seats(c.jie1, id)) != 1 || !slices.Contains(c.view(c.jie1, id).Mine, "solver") {
			t.Error("after the notice the chosen one does not sit")
		}
		if v := c.view(c.actor("daiban"), id); len(v.Mine) != 1 {
			t.Errorf("who was lent the seat of the chosen sits as %v", v.Mine)
		}
		c.journal(id, len(c.view(c.jingban, id).History))
	})
}

// facade is the bids as somebody is shown them, with what could be done on them.
func (c *city) facade(who identity.Actor, id string) string {
	v, err := c.e.show(c.ctx, who, id, hidden)
	if err != nil {
		return ""
	}
	v.Parts = slices.DeleteFunc(v.Parts, func(p PartView) bool { return p.Name != "bids" })
	v.Options = slices.DeleteFunc(v.Options, func(o OptionView) bool { return o.Part != "bids" })
	out, err := json.Marshal([]any{v.Parts, v.Options})
	c.ok(err)
	return string(out)
}

// newest is the page that was made last.
func (c *city) newest(id string) string {
	c.t.Helper()
	list := c.view(c.jingban, id).Documents
	last := slices.MaxFunc(list, func(a, b DocumentView) int { return a.At.Compare(b.At) })
	return last.Digest
}

// seats is who somebody is shown as solver.
func (c *city) seats(who identity.Actor, id string) []HolderView {
	v, err := c.e.show(c.ctx, who, id, hidden)
	if err != nil {
		return nil
	}
	for _, s := range v.Seats {
		if s.Name == "solver" {
			return s.Holders
		}
	}
	return nil
}

func (c *city) actor(account string) identity.Actor {
	return identity.Actor{Account: account, Name: account}
}

// actorOf is who handed in a bid.
func (c *city) actorOf(bid, first string) identity.Actor {
	if bid == first {
		return c.jie1
	}
	return c.jie2
}
