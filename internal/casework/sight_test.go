package casework

import (
	"encoding/json"
	"strings"
	"testing"

	"kechuang/internal/identity"
)

// text is everything that a view says, for looking whether a name or an amount is anywhere in it.
func text(v *View) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func TestADraftIsItsAuthorsOnly(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		for _, who := range []identity.Actor{c.hunnan, c.jingban, c.lingdao, c.shenji, c.other, c.jie1} {
			c.hiddenFrom(who, id)
			if d, err := c.e.Desk(c.ctx, who); err != nil || len(d.Waiting)+len(d.Others)+len(d.Changed) > 0 {
				t.Errorf("%s has the draft on the desk: %+v %v", who.Account, d, err)
			}
		}
		if _, err := c.e.HallCase(c.ctx, id); err == nil {
			t.Error("the hall shows a draft")
		}
		// Withdrawn without ever being handed in, it stays theirs.
		c.want(c.act(c.qiye, Command{Case: id, Step: "withdraw"}), "withdrawn")
		c.hiddenFrom(c.shenji, id)
		c.view(c.qiye, id)
	})
}

func TestOthersSeeNothingOfACaseThatIsNotPublic(t *testing.T) {
	each(t, func(c *city) {
		id := c.open()
		c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)})
		for _, who := range []identity.Actor{c.other, c.jie1, c.people[0], {Account: "guest"}} {
			c.hiddenFrom(who, id)
		}
		for _, who := range []identity.Actor{c.hunnan, c.jingban, c.shenji} {
			if v := c.view(who, id); len(v.Forms) != 1 || len(v.Forms[0].Values) < 5 {
				t.Errorf("%s sees %d forms", who.Account, len(v.Forms))
			}
		}
		_, err := c.e.Act(c.ctx, c.other, Command{Case: id, Step: "withdraw", Reason: "x"})
		c.refused(err, "casework.not_found")
		c.refused(c.e.SaveDraft(c.ctx, c.other, DraftCommand{Case: id, Step: "submit", Values: form(`{}`)}), "casework.not_found")
	})
}

func TestThePublicSeesPublicFieldsOnly(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		v, err := c.e.HallCase(c.ctx, id)
		c.ok(err)
		s := text(v)
		if !strings.Contains(s, "高精度金属波纹管") || strings.Contains(s, "800000000") || strings.Contains(s, "王工") || len(v.History) > 0 || len(v.Documents) > 0 {
			t.Errorf("the public sees %s", s)
		}
		for _, f := range v.Forms {
			for _, field := range f.Form.Fields {
				if !field.Public {
					t.Errorf("the public is told of the field %s", field.Name)
				}
			}
		}
		items, _, err := c.e.Hall(c.ctx, HallQuery{})
		c.ok(err)
		if len(items) != 1 || items[0].Kind != "open" || items[0].Fields["call.close"] == nil || items[0].Fields["need.own"] != nil {
			t.Errorf("hall %+v", items)
		}
		// It is closed to the public when it leaves its public states.
		c.bid(c.jie1, id, "500万元")
		c.tick("2025-03-20")
		if _, err := c.e.HallCase(c.ctx, id); err == nil {
			t.Error("the hall shows a case that is being judged")
		}
		c.hiddenFrom(c.other, id)
		if v := c.view(c.jie1, id); strings.Contains(text(v), "800000000") {
			t.Error("a bidder sees what the poster has not made public")
		}
	})
}

// TestANoticeShowsThePublicOnlyWhatIsPublic: what is frozen may hold more than the public may read; its digest is of all of it.
func TestANoticeShowsThePublicOnlyWhatIsPublic(t *testing.T) {
	each(t, func(c *city) {
		id, _, _ := c.reviewed()
		c.act(c.jingban, Command{Case: id, Step: "rank"})
		whole := c.view(c.jingban, id).Notices[0]
		if whole.Partial || whole.Content["need.own"] == nil || !strings.Contains(string(whole.Content["need"]), `"contact"`) {
			t.Errorf("the officer sees %s", whole.Content)
		}
		full, err := json.Marshal(whole.Content)
		c.ok(err)
		if digestBytes(full) != whole.Digest {
			t.Error("the digest is not of all that was frozen")
		}
		for _, who := range []identity.Actor{c.qiye, c.hunnan, c.shenji} {
			if n := c.view(who, id).Notices[0]; n.Partial || n.Content["need.own"] == nil {
				t.Errorf("%s sees of the whole case's notice only %s", who.Account, n.Content)
			}
		}
		for _, who := range []identity.Actor{{}, c.other, c.jie2} { // jie1 was chosen and sits in the case now
			v, err := c.e.show(c.ctx, who, id, hidden)
			c.ok(err)
			n := v.Notices[0]
			if !n.Partial || n.Digest != whole.Digest || n.Content["need.own"] != nil || n.Content["need.title"] == nil {
				t.Errorf("%q sees %s, partial %t", who.Account, n.Content, n.Partial)
			}
			var need map[string]json.RawMessage
			c.ok(json.Unmarshal(n.Content["need"], &need))
			if need["own"] != nil || need["contact"] != nil || need["title"] == nil || need["targets"] == nil {
				t.Errorf("%q sees of a whole form %s", who.Account, n.Content["need"])
			}
			if string(n.Content["ranking"]) != string(whole.Content["ranking"]) {
				t.Errorf("%q sees of the ranking %s", who.Account, n.Content["ranking"])
			}
			if s := text(v); strings.Contains(s, "800000000") || strings.Contains(s, "王工") {
				t.Errorf("%q sees what is not public: %s", who.Account, s)
			}
		}
	})
}

// TestBidsAreSealed: until bids close nobody but the bidder knows that there is a bid, by no number, gap, revision or desk.
func TestBidsAreSealed(t *testing.T) {
	each(t, func(c *city) {
		id := c.published()
		others := []identity.Actor{c.qiye, c.hunnan, c.jingban, c.lingdao, c.shenji, c.jie2, c.other, {}}
		before := map[string]string{}
		look := func(who identity.Actor) string {
			v, err := c.e.show(c.ctx, who, id, hidden)
			c.ok(err)
			d := &Desk{}
			if !who.Anonymous() {
				d, err = c.e.Desk(c.ctx, who)
				c.ok(err)
			}
			list, _ := json.Marshal([]any{d.Waiting, d.Others, d.Changed, d.Messages})
			return text(v) + string(list)
		}
		for _, who := range others {
			look(who) // the first look begins a visit
			before[who.Account] = look(who)
		}
		bid1 := c.bid(c.jie1, id, "512万元")
		for _, who := range others {
			if after := look(who); after != before[who.Account] {
				i := 0
				for b := before[who.Account]; i < len(b) && i < len(after) && b[i] == after[i]; {
					i++
				}
				t.Errorf("%s sees that somebody bid: … %s", who.Account, after[max(0, i-80):min(len(after), i+80)])
			}
		}
		c.bid(c.jie2, id, "450万元")
		if v := c.view(c.jie2, id); len(v.Parts[0].Records) != 1 || v.Parts[0].Records[0].Number != 1 || !v.Parts[0].Sealed || v.Mine[0] != "bids#1.bidder" {
			t.Errorf("the second bidder learns of the first: %+v %v", v.Parts, v.Mine)
		}
		_, err := c.e.Act(c.ctx, c.jie2, Command{Case: id, Record: bid1, Step: "withdraw"})
		c.refused(err, "casework.not_found")
		_, err = c.e.Bundle(c.ctx, c.jingban, id)
		c.refused(err, "casework.bundle")
		c.tick("2025-03-20")
		if v := c.view(c.jingban, id); len(v.Parts) == 0 || len(v.Parts[0].Records) != 2 || !strings.Contains(text(v), "512000000") && !strings.Contains(text(v), "51200000000") {
			t.Error("the officer does not see the bids after they closed")
		}
		if v := c.view(c.jie2, id); strings.Contains(text(v), "5120000") {
			t.Error("a bidder sees another's price")
		}
		if v := c.view(c.qiye, id); !strings.Contains(text(v), "5120000") {
			t.Error("the poster does not see what is revealed to it")
		}
	})
}

func TestWhoReviewsIsKnownToTheOfficeOnly(t *testing.T) {
	each(t, func(c *city) {
		id, _, _ := c.reviewed()
		names := []string{"专家甲", "专家乙", "专家丙"}
		seen := func(who identity.Actor) (n int) {
			v, err := c.e.View(c.ctx, who, id)
			if err != nil {
				return 0
			}
			s := text(v)
			for _, name := range names {
				if strings.Contains(s, name) {
					n++
				}
			}
			return n
		}
		if seen(c.jingban) < 2 || seen(c.shenji) < 2 {
			t.Error("the officer and the auditor must see the panel")
		}
		for _, who := range []identity.Actor{c.qiye, c.jie1, c.jie2} {
			if n := seen(who); n != 0 {
				t.Errorf("%s sees %d experts by name", who.Account, n)
			}
		}
		for _, p := range c.people[:3] {
			if n := seen(p); n > 1 {
				t.Errorf("%s sees who else reviews (%d names)", p.Name, n)
			}
			if v, err := c.e.View(c.ctx, p, id); err == nil && len(v.Mine) > 1 {
				s := text(v)
				if !strings.Contains(s, "液压成形") {
					t.Errorf("%s does not see what they review", p.Name)
				}
				if strings.Contains(s, `"need.own"`) {
					t.Error("money")
				}
			}
		}
		if s := text(c.view(c.jie1, id)); strings.Contains(s, "可行") {
			t.Error("a bidder reads opinions before they are revealed")
		}
		c.act(c.jingban, Command{Case: id, Step: "rank"})
		if s := text(c.view(c.jie1, id)); !strings.Contains(s, "可行") || seen(c.jie1) != 0 {
			t.Errorf("the bidder must read the opinions on its bid, without names")
		}
		if s := text(c.view(c.qiye, id)); strings.Contains(s, "可行") {
			t.Error("the poster reads opinions that are revealed to bidders only")
		}
	})
}

func TestAnObjectorIsKnownToTheOfficeOnly(t *testing.T) {
	each(t, func(c *city) {
		id, _, _ := c.reviewed()
		object := ObjectCommand{Case: id, Part: "objections", Step: "object", Name: "张三", Phone: "13800138000", Number: "11010519491231002X",
			Values: form(`{"name":"张三","contact":"13800138000","ground":"成果不属实"}`), Key: "obj-1"}
		_, err := c.e.Object(c.ctx, object)
		c.refused(err, "casework.not_found") // nothing is on notice yet
		c.act(c.jingban, Command{Case: id, Step: "rank"})
		hall, err := c.e.HallCase(c.ctx, id)
		c.ok(err)
		if option(t, hall, "object").Form == nil || len(hall.Notices) != 1 {
			t.Errorf("the hall offers %+v", hall.Options)
		}
		for name, bad := range map[string]func(o *ObjectCommand){
			"casework.real_name": func(o *ObjectCommand) { o.Name = "匿" },
			"casework.phone":     func(o *ObjectCommand) { o.Phone = "无" },
			"casework.id_number": func(o *ObjectCommand) { o.Number = "110105194912310021" },
			"casework.sign_in":   func(o *ObjectCommand) { o.Part = "bids" },
		} {
			o := object
			bad(&o)
			_, err := c.e.Object(c.ctx, o)
			c.refused(err, name)
		}
		r, err := c.e.Object(c.ctx, object)
		c.ok(err)
		c.want(r, "filed")
		if again, err := c.e.Object(c.ctx, object); err != nil || !again.Repeated {
			t.Errorf("the same objection twice: %+v %v", again, err)
		}
		if !strings.Contains(text(c.view(c.jingban, id)), "张三") {
			t.Error("the officer must see who objects")
		}
		for _, who := range []identity.Actor{c.qiye, c.jie1, c.jie2, {}} {
			if v, err := c.e.show(c.ctx, who, id, hidden); err == nil && strings.Contains(text(v), "张三") {
				t.Errorf("%q sees who objected", who.Account)
			}
		}
		c.tick("2025-03-26") // five days after the ranking, an objection is open: it is looked into
		if v := c.view(c.jingban, id); v.State.Name != "announced.ruling" || v.Notices[0].State != "running" {
			t.Fatalf("state %s, notice %s", v.State.Name, v.Notices[0].State)
		}
		c.act(c.jingban, Command{Case: id, Record: r.Record, Step: "sustain", Values: form(`{"facts":"属实","reason":"材料不实"}`)})
		c.want(c.act(c.jingban, Command{Case: id, Step: "uphold", Reason: "异议成立"}), "judging")
		if v := c.view(c.jingban, id); v.Notices[0].State != "upheld" {
			t.Errorf("the notice is %s", v.Notices[0].State)
		}
	})
}
