package demo

import (
	"fmt"
	"maps"
	"slices"

	"kechuang/internal/casework"
	"kechuang/internal/refusal"
)

// need is what a tale is about.
type need struct {
	title, product, dimension, chain, node, field, background, scene string // node: of the chain's map, "" where it has none
	metric, sense, value, unit, method                               string
	total, own, fiscal                                               string
}

// needForm fills the statement of need.
func (s *story) needForm(due int) values {
	n := s.need
	v := values{"title": n.title, "product": n.product, "dimension": n.dimension, "chain": n.chain, "field": n.field, "background": n.background,
		"targets": []values{{"metric": n.metric, "sense": n.sense, "value": n.value, "unit": n.unit, "method": n.method}},
		"total":   n.total, "own": n.own, "fiscal": n.fiscal, "other": "0元", "proof": s.paper(s.poster, "自筹资金证明"), "due": s.date(due),
		"pay_terms": "签约后先付三成，按里程碑支付其余", "ownership": "共有", "scene": n.scene, "first_use": true, "contact": "示例联系人",
		"phone": "024-0000000", "honest": true}
	if n.node != "" {
		v["node"] = n.node
	}
	return v
}

// submit opens the case and submits the need.
func (s *story) submit(ago, due int) {
	s.when(ago, func() error {
		if err := s.open(); err != nil {
			return err
		}
		return s.act(s.poster, "submit", s.needForm(due))
	})
}

// publish brings a submitted need to an open challenge, two days a step from ago on; bids close on closes.
func (s *story) publish(ago, closes, due int) {
	s.when(ago, func() error {
		return s.act(s.district, "recommend", values{"visited": true, "opinion": "已到企业核实，需求真实，自筹资金已落实，同意推荐（示例）。"})
	})
	s.when(ago-2, func() error {
		return s.act("jingban", "condense", values{"title": s.need.title, "summary": s.need.background + "现面向全国征集解决方案。",
			"targets": []values{{"metric": s.need.metric, "sense": s.need.sense, "value": s.need.value, "unit": s.need.unit, "method": s.need.method}},
			"price":   s.need.total, "due": s.date(due), "solved": false, "search": s.paper("jingban", "查新报告")})
	})
	s.when(ago-4, func() error {
		expert := func(n string) values {
			return values{"name": "示例论证专家" + n, "unit": "示例单位" + n, "title": "教授"}
		}
		return s.act("jingban", "argue", values{"experts": []values{expert("甲"), expert("乙"), expert("丙")}, "real": true, "measurable": true, "fair": true,
			"conclusion": "通过", "opinion": "需求真实、指标可测、金额和时限合理（示例）。", "minutes": s.paper("jingban", "论证会纪要")})
	})
	s.when(ago-5, func() error { return s.act("lingdao", "confirm", nil) })
	s.when(ago-6, func() error {
		return s.act("jingban", "publish", values{"bids_close": s.date(closes), "note": "请在截止日前在线提交（示例）。"})
	})
}

// bid submits a bid.
func (s *story) bid(ago int, login, price, own string, due int) {
	s.when(ago, func() error {
		v := values{"lead": "示例负责人", "team": []values{{"name": "示例成员甲", "unit": "本单位", "duty": "总体设计"}, {"name": "示例成员乙", "unit": "本单位", "duty": "试验验证"}},
			"route": "拟采用分步验证的技术路线：先在样件上确认机理，再放大到整件，最后上机考核（示例）。", "basis": "已完成相关预研，有试验平台（示例）。", "trl": "4",
			"price": price, "own": own, "due": s.date(due), "proposal": s.paper(login, "实施方案"), "unrelated": true, "honest": true}
		r, err := s.send(login, casework.Command{Part: "bids", Step: "submit"}, v)
		if err == nil {
			s.bids[login] = r.Record
		}
		return err
	})
}

// admit checks the bids.
func (s *story) admit(ago int, admitted ...string) {
	s.when(ago, func() error {
		for login, record := range ordered(s.bids) {
			var err error
			if contains(admitted, login) {
				err = s.on("jingban", record, "admit", nil)
			} else {
				_, err = s.send("jingban", casework.Command{Record: record, Step: "refuse", Reason: "实施方案缺少关键试验条件说明，不符合榜单要求（示例）。"}, nil)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// convene checks the bids, draws a panel, lets everyone who was drawn accept, and starts the review.
func (s *story) convene(ago int, admitted ...string) {
	s.admit(ago, admitted...)
	s.when(ago, func() error {
		if err := s.draw("jingban"); err != nil {
			return err
		}
		if err := s.eachExpert("invitations", "invited", func(login, record string, _ int) error { return s.on(login, record, "accept", nil) }); err != nil {
			return err
		}
		return s.act("jingban", "convene", nil)
	})
}

// eachExpert lets every expert who has a part in a state do something on it. They look for themselves: nobody else may see who was
// asked for an opinion while the opinions are sealed.
func (s *story) eachExpert(part, state string, do func(login, record string, n int) error) error {
	n := 0
	for _, p := range people {
		list, err := s.records(p.id, part, state)
		if refusal.Is(err, "casework.not_found") {
			continue // was not drawn
		}
		if err != nil {
			return err
		}
		for _, r := range list {
			if err := do(p.id, r.ID, n); err != nil {
				return err
			}
			n++
		}
	}
	if n == 0 {
		return fmt.Errorf("%s: no %s stands in %s", s.name, part, state)
	}
	return nil
}

// score lets experts give their opinions; only these where some are named.
func (s *story) score(ago int, only ...string) {
	s.when(ago, func() error {
		return s.eachExpert("opinions", "pending", func(login, record string, n int) error {
			if len(only) > 0 && !contains(only, login) {
				return nil
			}
			return s.on(login, record, "score", s.opinion(n))
		})
	})
}

// opinion is the n-th that is given; of a story with a critic the fourth is far below the others, with its reasons.
func (s *story) opinion(n int) values {
	if s.critic && n == 3 {
		return values{"technique": 14, "team": 15, "delivery": 9, "economy": 12,
			"comment": "流场均匀度只有仿真结果，没有同量级试验段的实测数据，工期也偏紧（示例）。",
			"reasons": "核心指标缺少实测依据，按评分细则技术项只能给较低分；补充风速场测试报告后可以再议（示例）。"}
	}
	comments := []string{
		"路线可行，建议补充长周期考核方案（示例）。",
		"团队有同类产品经验，关键工艺的稳定性需要在里程碑中单独考核（示例）。",
		"指标明确，测试方法写得清楚；建议把第三方检测提前到样机阶段（示例）。",
		"报价合理，用户单位的试用条件应在合同中写明（示例）。",
	}
	return values{"technique": 36 - 3*(n%4), "team": 17 - n%3, "delivery": 16, "economy": 15 + n%3, "comment": comments[n%len(comments)]}
}

// rank closes the scores and ranks.
func (s *story) rank(ago int) {
	s.when(ago, func() error {
		list, err := s.records("jingban", "bids", "eligible")
		if err != nil {
			return err
		}
		for _, r := range list {
			if err := s.on("jingban", r.ID, "collect", nil); err != nil {
				return err
			}
		}
		return s.act("jingban", "rank", nil)
	})
}

// approve gives public notice of the ranking.
func (s *story) approve(ago int) {
	s.when(ago, func() error {
		return s.act("lingdao", "approve", values{"meeting": "示例：局长办公会", "held_on": s.date(ago), "opinion": "同意评审结果，予以公示（示例）。"})
	})
}

// milestone is one line of an agreement.
type milestone struct {
	name, amount string
	due          int // days before today
}

// sign has the three parties sign the agreement, and the start money paid some days later. Of an agreement of the last days only the
// poster has signed.
func (s *story) sign(ago, due int, grant string, lines ...milestone) {
	v := func() values {
		var rows []values
		for _, m := range lines {
			rows = append(rows, values{"name": m.name, "metric": s.need.metric, "sense": s.need.sense, "value": s.need.value, "unit": s.need.unit, "due": s.date(m.due), "amount": m.amount})
		}
		return values{"total": s.need.total, "grant": grant, "due": s.date(due), "lead": "示例负责人", "route": "见实施方案（示例）", "ownership": "共有",
			"tester": "party_demojiance", "milestones": rows, "pledge": s.paper(s.poster, "军令状"), "text": s.paper(s.poster, "协议文本")}
	}
	s.when(ago, func() error { return s.act(s.poster, "sign", v()) })
	if ago < 4 {
		return // the others have yet to sign
	}
	s.when(ago, func() error {
		solver, err := s.solver()
		if err != nil {
			return err
		}
		return s.act(solver, "sign", nil)
	})
	s.when(ago-1, func() error { return s.act("jingban", "sign", nil) })
	s.when(ago-4, func() error {
		return s.act("caiwu", "start", values{"deposit": s.need.own, "slip": s.paper("caiwu", "银行回单"), "voucher": "示例-001"})
	})
}

// solver is the account of whoever sits in the solver's seat.
func (s *story) solver() (string, error) {
	v, err := s.b.Cases.View(s.b.ctx, s.b.actors["jingban"], s.id)
	if err != nil {
		return "", err
	}
	for _, seat := range v.Seats {
		if seat.Name == "solver" && len(seat.Holders) > 0 {
			for login := range s.bids {
				if s.b.actors[login].ActsFor(seat.Holders[0].Party) {
					return login, nil
				}
			}
		}
	}
	return "", fmt.Errorf("%s: nobody sits in the solver's seat", s.name)
}

// reach reports, checks and pays the first milestone that is still under way.
func (s *story) reach(ago int) {
	var record, solver string
	s.when(ago, func() error {
		list, err := s.records("jingban", "milestones", "pending", "late")
		if err != nil || len(list) == 0 {
			return fmt.Errorf("%s: no milestone is under way (%w)", s.name, err)
		}
		if solver, err = s.solver(); err != nil {
			return err
		}
		record = list[0].ID
		return s.on(solver, record, "report", values{"value": s.need.value, "summary": "按计划完成本阶段任务，实测达到约定值（示例）。", "spent": "180万元", "evidence": s.paper(solver, "里程碑佐证材料")})
	})
	s.when(ago-2, func() error {
		return s.on("jingban", record, "pass", values{"met": true, "opinion": "现场核查属实，同意通过（示例）。"})
	})
	s.when(ago-4, func() error {
		return s.on("caiwu", record, "pay", values{"number": "示例-" + record[len(record)-4:]})
	})
}

// ordered walks a map in the order of its keys, so that every build does the same in the same order.
func ordered(m map[string]string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
