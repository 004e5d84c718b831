package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/casework"
	"kechuang/internal/panel"
	"kechuang/internal/panel/assign"
	"kechuang/internal/register"
)

// leaving is a panel of the demo at work, and those who act in the story of experts who go.
type leaving struct {
	*site
	t  *testing.T
	id string
	n  int // of acts
}

func (l *leaving) act(who, step string, body map[string]any) (int, []byte) {
	l.t.Helper()
	l.n++
	return l.as(l.t, who).send("POST", "/api/cases/"+l.id+"/steps/"+step, body, "Idempotency-Key", fmt.Sprint("leaving-", l.id, l.n))
}

func (l *leaving) must(who, step string, body map[string]any) {
	l.t.Helper()
	if status, answer := l.act(who, step, body); status != 200 {
		l.t.Fatalf("%s by %s: %d %.600s", step, who, status, answer)
	}
}

func (l *leaving) panel() casework.PanelView {
	l.t.Helper()
	return get[casework.PanelView](l.as(l.t, officer), "/api/panels/"+l.id)
}

// work are somebody's pieces of work in the case.
func (l *leaving) work(who string) (list []casework.ReviewItem) {
	l.t.Helper()
	for _, r := range get[casework.Reviews](l.as(l.t, who), "/api/reviews").Now {
		if r.Case == l.id && r.Kind == "work" {
			list = append(list, r)
		}
	}
	return list
}

// papers are the proposals of the bids that somebody can open.
func (l *leaving) papers(who string, all []string) (list []string) {
	l.t.Helper()
	for _, d := range all {
		if status, _ := l.as(l.t, who).send("GET", "/api/documents/"+d+"?case="+l.id, nil); status == 200 {
			list = append(list, d)
		}
	}
	return list
}

// proposals are the papers of the bids, by the record of the bid.
func (l *leaving) proposals() (list []string) {
	for _, p := range get[casework.View](l.as(l.t, officer), "/api/cases/"+l.id).Parts {
		for _, r := range p.Records {
			for _, f := range r.Forms {
				if p.Name == "bids" && f.Form.Name == "bid" {
					list = append(list, digestIn(l.t, f.Values["proposal"]))
				}
			}
		}
	}
	return list
}

// learn gives experts of the demo one more field.
func learn(t *testing.T, s *site, field string, logins ...string) {
	t.Helper()
	change(t, s, func(p *register.Party) { p.Expertise = append(p.Expertise, field) }, logins...)
}

func login(party string) string { return strings.TrimPrefix(party, "party_demo") }

var rubric = map[string]any{"technique": 30, "team": 15, "delivery": 15, "economy": 15, "comment": "路线可行"}

// TestExpertLeavesAfterReading: an expert who has read the bids recuses from one of them: that one is closed to them, the other is not, the officer
// gives it one more expert and nobody else's review changes. Another leaves the panel altogether: everything is closed to them, what they gave is void,
// and the next by the order of the draw comes. Draw and assignment still prove themselves; why somebody went is read by the offices only.
func TestExpertLeavesAfterReading(t *testing.T) {
	s, err := open(built) // its panel changes: not the others' city
	if err != nil {
		t.Fatal(err)
	}
	learn(t, s, "F3", "zhuanjia9", "zhuanjia11", "zhuanjia12")
	l := &leaving{s, t, s.caseIn(t, "judging.scoring"), 0}
	papers := l.proposals()
	members := l.panel().Invitations
	if len(members) != 3 || len(papers) != 2 {
		t.Fatalf("%d members, %d papers", len(members), len(papers))
	}
	slices.SortStableFunc(members, func(a, b casework.PanelInvited) int { return len(l.work(login(b.Party))) - len(l.work(login(a.Party))) })
	first, second, third := login(members[0].Party), login(members[1].Party), login(members[2].Party)
	if n := l.papers(first, papers); len(n) != 2 || len(l.work(first)) != 2 {
		t.Fatalf("%s reads %d of the bids and has %d to review", first, len(n), len(l.work(first)))
	}
	if left := l.work(second); len(left) > 0 {
		l.must(second, "score", map[string]any{"record": left[0].Record, "values": rubric})
	}

	const why = "读后发现与该申请方负责人合作发表过论文"
	if status, body := l.act(first, "recuse", map[string]any{"record": l.work(first)[0].Record}); status != 422 || !has(body, "理由") {
		t.Errorf("recused without saying why: %d %.300s", status, body)
	}
	l.must(first, "recuse", map[string]any{"record": l.work(first)[0].Record, "reason": why})
	if n := l.papers(first, papers); len(n) != 1 || len(l.work(first)) != 1 {
		t.Errorf("after recusing from one bid %s reads %d and has %d to review", first, len(n), len(l.work(first)))
	}
	l.replaced(first)

	l.must(second, "step_down", map[string]any{"record": members[1].Record, "reason": why})
	if n := l.papers(second, papers); len(n) > 0 || len(l.work(second)) > 0 {
		t.Errorf("after leaving the panel %s reads %d bids and has %d to review", second, len(n), len(l.work(second)))
	}
	if _, body := l.as(t, second).send("GET", "/api/cases/"+l.id, nil); has(body, papers[0]) || has(body, papers[1]) {
		t.Errorf("who left still reads the bids: %s", body)
	}
	if status, body := l.act(second, "score", map[string]any{"record": members[1].Record, "values": rubric}); status < 400 {
		t.Errorf("who left gives a review: %.200s", body)
	}
	l.replaced(second)
	for _, who := range []string{nobody, enterprise, bidder, third, "hunnan", "zhuanjia9", "lingdao", auditor, officer} {
		knows := who == auditor || who == officer || who == "lingdao"
		if _, body := l.as(t, who).send("GET", "/api/cases/"+l.id, nil); has(body, why) != knows {
			t.Errorf("%q reads why experts went: %v, should be %v", who, !knows, knows)
		}
	}
}

// replaced draws the next, lets them accept, and gives them what is missing: nobody else's review is touched.
func (l *leaving) replaced(gone string) {
	t := l.t
	t.Helper()
	before := l.panel()
	if before.Stage != "reviewing" || before.Wanted != 1 || !before.May || before.Allot == "" {
		t.Errorf("the desk offers no replacement: %+v", before.PanelItem)
	}
	l.must(officer, "draw", map[string]any{})
	after := l.panel()
	var new casework.PanelInvited
	for _, x := range after.Invitations {
		if x.State.Name == "invited" {
			new = x
		}
	}
	if new.Party == "" || login(new.Party) == gone {
		t.Fatalf("nobody new is invited: %+v", after.Invitations)
	}
	for _, d := range after.Draws {
		r, err := panel.Decode([]byte(d.File))
		if err == nil {
			err = r.Verify()
		}
		if err != nil || d.Wrong != "" {
			t.Errorf("the proof is lost: %v %s", err, d.Wrong)
		}
	}
	if n := l.work(login(new.Party)); len(n) > 0 {
		t.Errorf("the new expert has work before accepting: %+v", n)
	}
	l.must(login(new.Party), "accept", map[string]any{"record": new.Record})
	var a casework.AssignAnswer
	decode(t, l.site, officer, map[string]any{"cases": []string{l.id}, "inside": true, "objective": "fair", "most": 5}, &a)
	if a.Impossible != nil {
		t.Fatalf("%+v", a.Impossible)
	}
	sheet, err := assign.DecodeSheet([]byte(a.File))
	if err == nil {
		err = sheet.Verify()
	}
	if err != nil {
		t.Error(err)
	}
	var pairs []map[string]any
	held := map[string]int{}
	for _, x := range after.Invitations {
		held[x.Party] = len(l.work(login(x.Party)))
	}
	for _, c := range a.Cases {
		if len(c.Gets) != 3 {
			t.Errorf("%s has %d reviews", c.Title, len(c.Gets))
		}
		for _, x := range c.Gets {
			if !x.Kept {
				pairs = append(pairs, map[string]any{c.Column: x.Party, c.ColumnOf: c.Of})
				held[x.Party]++
			}
			if login(x.Party) == gone && !x.Kept {
				t.Errorf("%s is given back what they left", gone)
			}
		}
	}
	c := a.Cases[0]
	l.must(officer, c.Step, map[string]any{"values": map[string]any{c.Rows: pairs}})
	for party, n := range held {
		if now := len(l.work(login(party))); now != n {
			t.Errorf("%s has %d to review and should have %d", party, now, n)
		}
	}
	if v := l.panel(); v.Allot != "" || v.Wanted != 0 || slices.ContainsFunc(v.Invitations, func(x casework.PanelInvited) bool { return x.State.Name == "invited" }) {
		t.Errorf("afterwards the desk still wants something: %+v", v.PanelItem)
	}
}
