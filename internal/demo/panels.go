package demo

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
)

// panelTales show a panel at each of its stages: being gathered, with an invitation open, sharing its bids, at the chair's, and judged again
// by others after an appeal.
var panelTales = []tale{
	{name: "inviting", poster: "ranji", district: "shenbei", need: liner, play: func(s *story) {
		s.submit(60, -360)
		s.publish(58, 6, -360)
		s.bid(22, "jiebang4", "1120万元", "110万元", -340)
		s.admit(3, "jiebang4")
		s.when(2, func() error { return s.draw("jingban") })
		s.when(1, s.answers)
	}},
	{name: "sharing", poster: "jiqiren", district: "hunnan", need: skin, play: func(s *story) {
		s.submit(59, -350)
		s.publish(57, 9, -350)
		for i, login := range []string{"jiebang1", "jiebang2", "jiebang3", "jiebang4"} {
			s.bid(25-2*i, login, fmt.Sprintf("%d万元", 1020-15*i), fmt.Sprintf("%d万元", 90+20*i), -330)
		}
		s.admit(6, "jiebang1", "jiebang2", "jiebang3", "jiebang4")
		s.when(5, func() error { return s.asks("jingban", sharers...) })
		s.when(4, s.allAccept)
	}},
	{name: "meeting", poster: "hangkong", district: "shenbei", need: lightning, play: func(s *story) {
		s.submit(94, -340)
		s.publish(92, 48, -340)
		bidders := []string{"jiebang1", "jiebang2", "jiebang3", "jiebang4"}
		for i, login := range bidders {
			s.bid(70-3*i, login, fmt.Sprintf("%d万元", 1090-25*i), fmt.Sprintf("%d万元", 80+30*i), -310)
		}
		s.admit(40, bidders...)
		s.when(38, func() error { return s.asks("jingban", sharers...) })
		s.when(36, s.allAccept)
		s.allot(35, map[string][]string{
			"jiebang1": {"zhuanjia3", "zhuanjia7", "zhuanjia8", "zhuanjia9"},
			"jiebang2": {"zhuanjia3", "zhuanjia8", "zhuanjia9", "zhuanjia14"},
			"jiebang3": {"zhuanjia3", "zhuanjia7", "zhuanjia9", "zhuanjia14"},
			"jiebang4": {"zhuanjia7", "zhuanjia8", "zhuanjia14"},
		})
		s.marks(30)
		s.rank(7)
	}},
	{name: "file", poster: "zhuanjia1", mechanism: "expert_file", play: func(s *story) {
		s.when(300, func() error {
			if err := s.open(); err != nil {
				return err
			}
			return s.act(s.poster, "submit", values{"name": s.b.actors[s.poster].Name, "resume": "机器人与智能装备可靠性（示例）。",
				"interests": []values{{"other": "party_demochuneng", "relation": "advice", "since": "2025-09-01", "note": "示例：技术顾问"}}, "honest": true})
		})
		s.when(298, func() error { return s.act("chengxin", "admit", values{"category": "技术", "rank": "正高级"}) })
		s.remark(290, "优秀", "评价意见具体，有依据，按时提交（示例）。")
		s.remark(15, "称职", "有一次评审意见过于简短，经提醒后补充（示例）。")
		s.when(9, func() error {
			list, err := s.records(s.poster, "remarks", "stated")
			if err != nil || len(list) == 0 {
				return fmt.Errorf("%s: no remark waits for an answer (%w)", s.name, err)
			}
			return s.on(s.poster, list[0].ID, "reply", values{"text": "当日系统提示字数已满，意见的第二段另作附件提交，提醒之前已经补全（示例）。"})
		})
	}},
	{name: "appealed", poster: "faming2", mechanism: "talent_evaluation", play: func(s *story) {
		s.when(75, func() error { return s.candidate("示例发明人李工 高温合金涂层界面") })
		s.when(68, func() error { return s.draw("rencai") })
		s.when(66, s.allAccept)
		s.when(65, func() error { return s.act("rencai", "convene", nil) })
		s.when(60, func() error { return s.sheets(52) })
		s.when(55, func() error { return s.act("rencai", "conclude", nil) })
		s.when(50, func() error {
			return s.act("lingdao", "refuse", values{"reason": "同行认为代表作的个人贡献说明不足，综合各方意见，不予认定（示例）。", "minutes": s.paper("lingdao", "集体审议纪要")})
		})
		s.when(40, func() error {
			return s.act(s.poster, "appeal", values{"ground": "一位评审专家把共同发明人的工作算作重复，附发明人分工证明（示例）。", "evidence": s.paper(s.poster, "发明人分工证明")})
		})
		s.when(20, func() error {
			return s.act("fuhe", "overturn", values{"facts": "分工证明属实，第一次评价没有看到（示例）。", "reason": "由没有参加过的专家重新评价（示例）。"})
		})
		s.when(2, func() error { return s.draw("rencai") })
		s.when(1, func() error { return s.first("invitations", "invited", "accept") })
	}},
}

// sharers are the experts of F8 whom nothing ties to a bidder.
var sharers = []string{"zhuanjia3", "zhuanjia7", "zhuanjia8", "zhuanjia9", "zhuanjia14"}

// answers is how the invitations of a draw are answered: the first accepts, the second declines and the next of the draw is asked for them.
func (s *story) answers() error {
	if err := s.first("invitations", "invited", "accept"); err != nil {
		return err
	}
	if err := s.first("invitations", "invited", "decline"); err != nil {
		return err
	}
	return s.draw("jingban")
}

// draw draws experts, on what the journal was sealed to before, as the running city seals it all the time.
func (s *story) draw(officer string) error {
	if _, err := s.b.Cases.Journal.Seal(s.b.ctx); err != nil {
		return err
	}
	return s.act(officer, "draw", nil)
}

func (s *story) allAccept() error {
	return s.eachExpert("invitations", "invited", func(login, record string, _ int) error { return s.on(login, record, "accept", nil) })
}

// first lets the first expert who has a part in a state do a step on it.
func (s *story) first(part, state, step string) error {
	return s.eachExpert(part, state, func(login, record string, n int) error {
		if n > 0 {
			return nil
		}
		return s.on(login, record, step, nil)
	})
}

// asks invites experts by name, as an assignment of many cases to many experts came to.
func (s *story) asks(officer string, logins ...string) error {
	var rows []values
	for _, login := range logins {
		rows = append(rows, values{"expert": PersonOf(login)})
	}
	return s.act(officer, "assign", values{"experts": rows})
}

// allot starts the review, each bid before its own experts.
func (s *story) allot(ago int, whom map[string][]string) {
	s.when(ago, func() error {
		var rows []values
		for _, bidder := range slices.Sorted(maps.Keys(whom)) {
			for _, login := range whom[bidder] {
				rows = append(rows, values{"expert": PersonOf(login), "applicant": s.b.actors[bidder].Parties[0].Party})
			}
		}
		return s.act("jingban", "allot", values{"pairs": rows})
	})
}

// contested asks for rulings on what speaks against two experts: the first is ruled not to stand, the second waits for the leader.
func (s *story) contested(ago int, granted, asked string) {
	s.when(ago, func() error {
		v, err := s.b.Cases.Panel(s.b.ctx, s.b.actors["jingban"], s.id)
		if err != nil {
			return err
		}
		var rows []values
		for _, login := range []string{granted, asked} {
			i := slices.IndexFunc(v.Pool, func(x casework.PanelExpert) bool { return x.Party == PersonOf(login) })
			if i < 0 || len(v.Pool[i].Findings) == 0 {
				return fmt.Errorf("%s: nothing speaks against %s", s.name, login)
			}
			for _, f := range v.Pool[i].Findings {
				rows = append(rows, values{"expert": PersonOf(login), "finding": f.ID, "relation": f.Text.ZH, "why": "已于上年调离，附任免文件（示例）。"})
			}
		}
		return s.act("jingban", "dispute", values{"items": rows})
	})
	s.when(ago-1, func() error {
		list, err := s.records("lingdao", "waivers", "asked")
		if err != nil || len(list) == 0 {
			return fmt.Errorf("%s: nothing is to be ruled on (%w)", s.name, err)
		}
		_, err = s.send("lingdao", casework.Command{Record: list[0].ID, Step: "set_aside", Reason: "任免文件属实，不影响公正评审（示例）。"}, nil)
		return err
	})
}

// marks lets experts who share bids give their opinions: one of them is harsh throughout, and about one bid they are of two minds.
func (s *story) marks(ago int) {
	given := map[string][]int{"zhuanjia3": {34, 30, 35}, "zhuanjia7": {36, 29, 20}, "zhuanjia8": {33, 36, 24}, "zhuanjia9": {26, 27, 28}, "zhuanjia14": {35, 17, 30}}
	at := map[string]int{}
	s.when(ago, func() error {
		return s.eachExpert("opinions", "pending", func(login, record string, n int) error {
			technique := given[login][at[login]]
			at[login]++
			v := s.opinion(n)
			v["technique"], v["delivery"] = technique, technique/2
			if technique < 21 {
				v["team"], v["economy"] = 12, 10
				v["reasons"] = "雷击附着试验只做了小样件，放大到整机蒙皮没有依据（示例）。"
			}
			return s.on(login, record, "score", v)
		})
	})
}

// remark says how an expert worked in the year of that day.
func (s *story) remark(ago int, grade, facts string) {
	s.when(ago, func() error {
		return s.act("chengxin", "remark", values{"items": []values{{"year": s.date(ago).Year(), "grade": grade, "facts": facts}}})
	})
}

// fees pays the experts of a review that was ranked.
func (s *story) fees(ago int) {
	s.when(ago, func() error {
		list, err := s.records("caiwu", "payouts", "due")
		if err != nil || len(list) == 0 {
			return fmt.Errorf("%s: no fees are due (%w)", s.name, err)
		}
		return s.on("caiwu", list[0].ID, "pay_experts", values{"number": "示例-评-" + s.name})
	})
}

// remit hands in what was withheld of the fees of a day's month, when it is over.
func (s *story) remit(ago, of int) {
	s.when(ago, func() error {
		month := string(s.date(of)[:7])
		m, err := s.b.Cases.Fees(s.b.ctx, s.b.actors["caiwu"], month)
		if err != nil {
			return err
		}
		_, err = s.b.Cases.Remit(s.b.ctx, s.b.actors["caiwu"], casework.RemitCommand{Month: month, Amount: m.Tax, Number: "示例完税凭证", Key: "demo-remit-" + s.name})
		return err
	})
}

// begun keeps half an opinion of an expert, as the page does while it is typed.
func (s *story) begun(ago int, login string) {
	s.when(ago, func() error {
		list, err := s.records(login, "opinions", "pending")
		if err != nil || len(list) == 0 {
			return fmt.Errorf("%s: %s has nothing to score (%w)", s.name, login, err)
		}
		raw, err := json.Marshal(values{"technique": 31, "team": 16, "comment": "识别算法的样本量偏少，建议补充盲样；另外"})
		if err != nil {
			return err
		}
		return s.b.Cases.SaveDraft(s.b.ctx, s.b.actors[login], casework.DraftCommand{Case: s.id, Record: list[0].ID, Step: "score", Values: raw})
	})
}

// candidate brings an evaluation of somebody at the university to where peers are drawn: a statement, one work, the institution's word.
func (s *story) candidate(title string) error {
	if err := s.open(); err != nil {
		return err
	}
	err := s.act(s.poster, "submit", values{"title": title, "name": s.b.actors[s.poster].Name, "unit": "party_demohuagong", "scheme": s.b.scheme, "field": "F8",
		"summary": "围绕装备表面防护开展应用研究，成果已在本地企业使用（示例）。", "users": []values{{"user": "party_demobolang", "what": "涂层工艺（示例）"}}, "honest": true})
	if err != nil {
		return err
	}
	work, err := s.send(s.poster, casework.Command{Part: "works", Step: "add"}, values{"title": title + "：工艺规程", "type": "报告", "contribution": "提出工艺窗口并完成验证（示例）。", "proof": s.paper(s.poster, "工艺规程")})
	if err != nil {
		return err
	}
	if err := s.act(s.poster, "hand_in", nil); err != nil {
		return err
	}
	if err := s.on("gaoxiao", work.Record, "verify", nil); err != nil {
		return err
	}
	return s.act("gaoxiao", "confirm", values{"moral": true, "opinion": "代表作属实，师德和科研诚信没有问题（示例）。"})
}

// sheets lets peers mark an evaluation, around so many points of a hundred.
func (s *story) sheets(points int) error {
	return s.eachExpert("opinions", "pending", func(login, record string, n int) error {
		return s.on(login, record, "score", values{"value": points - 4*n, "ability": points + 3*n, "contribution": points - 2,
			"comment": "应用成效清楚，本人在团队中的具体贡献还需要说明（示例）。"})
	})
}

// evaluated is an evaluation of last year, from the statement to the entry, whose peers were invited by name and paid.
func (b *builder) evaluated(begin caldate.Date) (err error) {
	b.scheme, err = b.entry("talent_scheme", map[string]any{"title": "应用研究人才评价方案（示例）", "unit": "party_demohuagong", "category": "应用开发", "purpose": "职称",
		"value": 400_000, "ability": 200_000, "contribution": 400_000, "users": 1, "works": 2, "status": "施行", "from": "2025-01-01", "until": "2027-12-31"})
	if err != nil {
		return err
	}
	s := &story{b: b, tale: tale{name: "evaluated", poster: "faming", mechanism: "talent_evaluation"}}
	for _, do := range []struct {
		day  int
		what func() error
	}{
		{0, func() error { return s.candidate("示例发明人王工 化工装备耐蚀涂层") }},
		{1, func() error { return s.asks("rencai", "zhuanjia1", "zhuanjia3", "zhuanjia9") }},
		{2, s.allAccept},
		{2, func() error { return s.act("rencai", "convene", nil) }},
		{6, func() error { return s.sheets(84) }},
		{7, func() error { return s.act("rencai", "conclude", nil) }},
		{8, func() error {
			list, err := s.records("qiye", "users", "asked")
			if err != nil || len(list) == 0 {
				return fmt.Errorf("%s: no user is asked (%w)", s.name, err)
			}
			return s.on("qiye", list[0].ID, "judge", values{"solved": true, "mark": 86, "comment": "换热器管板寿命延长一倍（示例）。"})
		}},
		{9, func() error {
			return s.act("lingdao", "decide", values{"class": "良好", "until": "2028-04-30", "reason": "工艺规程已在本地企业使用（示例）。", "minutes": s.paper("lingdao", "集体审议纪要")})
		}},
		{20, func() error { return s.act(s.poster, "accept", nil) }},
		{22, func() error { return s.act("caiwu", "pay_experts", values{"number": "示例-评-001"}) }},
		{23, func() error { return s.act("rencai", "register", nil) }},
	} {
		b.clock.Store(max(b.clock.Load(), begin.AddDays(do.day).Start().Add(9*time.Hour).UnixMicro()))
		if _, err := b.Cases.Tick(b.ctx); err != nil {
			return err
		}
		if err := do.what(); err != nil {
			return err
		}
	}
	return nil
}
