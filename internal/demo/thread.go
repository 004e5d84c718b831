package demo

import (
	"errors"
	"fmt"

	"kechuang/internal/casework"
	"kechuang/internal/register"
)

// The story of the bellows is the whole thread of one technology: a bottleneck that is listed, the challenge that attacks it (tales.go),
// and what came of the result: an order to a pilot base with its technology contract, a first set, a landing, output year by year.

// beside is a case of the same matter that somebody else opens, or that another case started.
func (s *story) beside(name, poster, mechanism string) *story {
	return &story{b: s.b, tale: tale{name: s.name + " " + name, poster: poster, district: s.district, need: s.need, mechanism: mechanism}, bids: map[string]string{}}
}

// next is the case that this one started by a link, as somebody sees it; another does its steps.
func (s *story) next(login, link, mechanism string) (*story, error) {
	v, err := s.b.Cases.View(s.b.ctx, s.b.actors[login], s.id)
	if err != nil {
		return nil, fmt.Errorf("%s: %s looks: %w", s.name, login, err)
	}
	for _, l := range v.Links {
		if l.Link == link {
			x := s.beside(link, login, mechanism)
			x.id = l.Case
			return x, nil
		}
	}
	return nil, fmt.Errorf("%s: no %s was started", s.name, link)
}

// listed has the need reported as a bottleneck, argued and listed, and posted as a challenge; the poster hands in the need.
func (s *story) listed(ago, due int) {
	var b *story
	n := s.need
	s.when(ago, func() error {
		b = s.beside("325", s.poster, "bottleneck")
		return errors.Join(b.open(), b.act(s.poster, "submit", values{"title": n.title, "chain": n.chain, "node": n.node, "field": n.field, "product": n.product, "dimension": n.dimension,
			"replaces": "进口同类产品（示例）", "imports": "3000万元", "gap": n.background, "users": n.scene, "honest": true}))
	})
	s.when(ago-1, func() error {
		if err := b.act("jingban", "sort", values{"title": n.title, "chain": n.chain, "node": n.node, "product": n.product, "dimension": n.dimension, "solved": false, "search": s.paper("jingban", "查新报告")}); err != nil {
			return err
		}
		return b.argued("jingban", "lingdao")
	})
	s.when(ago-14, func() error {
		if err := b.act("jingban", "list", values{"number": "示例-325-01", "meeting": "示例：局长办公会"}); err != nil {
			return err
		}
		return b.act("lingdao", "post", values{"undertaker": "party_demobolang", "reason": "用户明确、指标可测，面向全国张榜（示例）。", "due": s.date(due)})
	})
	s.when(ago-15, func() error {
		c, err := b.next(s.poster, "challenge", "jiebang")
		if err != nil {
			return err
		}
		s.id, s.bids = c.id, map[string]string{}
		return s.act(s.poster, "submit", s.needForm(due))
	})
	s.when(60, func() error { return b.cracked(s.poster) })
	var f *story
	s.when(57, func() (err error) {
		if f, err = b.next(s.poster, "first_set", "first_set"); err != nil {
			return err
		}
		return f.firstSet()
	})
	s.when(40, func() error {
		return f.act("gongxin", "recognise", values{"number": "示例-STS-01", "reach": "省内", "valid_until": s.date(-700)})
	})
}

// argued draws a panel, lets it vote, and has the leader give public notice of what it says.
func (s *story) argued(officer, leader string) error {
	if err := s.draw(officer); err != nil {
		return err
	}
	if err := s.eachExpert("invitations", "invited", func(login, record string, _ int) error { return s.on(login, record, "accept", nil) }); err != nil {
		return err
	}
	if err := s.act(officer, "convene", nil); err != nil {
		return err
	}
	err := s.eachExpert("votes", "pending", func(login, record string, _ int) error {
		return s.on(login, record, "vote", values{"agree": true, "reason": "差距和用户清楚，同意（示例）。"})
	})
	if err != nil {
		return err
	}
	if err := s.act(officer, "conclude", nil); err != nil {
		return err
	}
	return s.act(leader, "approve", nil)
}

// cracked has the bottleneck recognised as cracked, and a first set asked for.
func (s *story) cracked(login string) error {
	if err := s.act(login, "claim", values{"level": "用户验证", "evidence": "用户证明", "issuer": "用户单位（示例）", "dated": s.date(70), "summary": "达到榜单指标，装机使用正常（示例）。", "paper": s.paper(login, "用户应用证明")}); err != nil {
		return err
	}
	if err := s.act("jingban", "verify", values{"genuine": true, "reached": true, "opinion": "已向出具单位核实（示例）。"}); err != nil {
		return err
	}
	if err := s.act("lingdao", "recognise", nil); err != nil {
		return err
	}
	return s.act(login, "equip", nil)
}

// firstSet asks for the recognition, which is argued; its notice runs.
func (s *story) firstSet() error {
	n, by := s.need, s.poster
	err := s.act(by, "submit", values{"title": n.title, "model": "示例-BW-1", "class": "部件", "chain": n.chain, "node": n.node, "field": n.field, "novelty": n.background,
		"search": s.paper(by, "查新报告"), "rights": s.paper(by, "知识产权证明"), "test": s.paper(by, "检测报告"), "user": "party_demoyasuoji", "contract": s.paper(by, "销售合同和发票"),
		"price": "260万元", "used": s.paper(by, "用户使用报告"), "honest": true})
	if err != nil {
		return err
	}
	if err := s.act("gongxin", "accept", nil); err != nil {
		return err
	}
	return s.argued("gongxin", "gongxinfuze")
}

// used carries the result on: into a company, to a pilot base, whose contract is examined, to a landing, and to output.
func (s *story) used() {
	var p, c *story
	s.when(62, func() error {
		result, err := s.result()
		if err != nil {
			return err
		}
		c = s.beside("作价", s.poster, "conversion")
		return errors.Join(c.open(), c.act(s.poster, "submit", values{"title": s.need.title + "作价入股", "patent": result, "mode": "作价投资", "pricing": "协议定价", "price": "300万元", "partner": "沈阳某透平压缩机有限公司",
			"related": false, "owners": true, "value": s.paper(s.poster, "评估报告"), "minutes": s.paper(s.poster, "集体决策纪要")}))
	})
	s.when(58, func() error {
		result, err := s.result()
		if err != nil {
			return err
		}
		p = s.beside("中试", s.poster, "pilot_order")
		return p.ordersPilot(s.id, result)
	})
	s.when(50, func() error { return p.registersContract() })
	s.when(46, func() error { return p.registers() })
	s.when(44, func() error { return c.founds() })
	s.when(30, func() error {
		f := s.beside("投贷", s.poster, "linked_deal")
		return f.raises()
	})
	s.when(20, func() error { return p.piloted() })
	s.when(15, func() error { return p.tried(s.poster) })
	s.when(12, func() error { return p.landed("hunnan") })
	s.when(12, func() error {
		r := s.beside("成效", s.poster, "benefit_report")
		return r.reportsOutput(s.id)
	})
}

// result is the achievement that the case entered.
func (s *story) result() (string, error) {
	v, err := s.b.Cases.View(s.b.ctx, s.b.actors[s.poster], s.id)
	if err != nil {
		return "", err
	}
	for _, t := range v.Things {
		if t.Name == "result" {
			return t.Record, nil
		}
	}
	return "", fmt.Errorf("%s: no achievement was entered", s.name)
}

// founded is the company that makes the product.
const founded = "沈阳某波纹管元件有限公司"

// founds signs the deal and founds the company, into which the partner pays money.
func (s *story) founds() error {
	if err := s.act(s.poster, "offer", values{"buyer": "party_demoyasuoji", "price": "300万元", "scope": "不适用", "until": "2041-05-18", "region": "中国", "text": s.paper(s.poster, "作价投资协议")}); err != nil {
		return err
	}
	for _, who := range []string{s.poster, "yasuoji"} {
		if err := s.act(who, "sign", nil); err != nil {
			return err
		}
	}
	if err := s.b.put(register.Party{ID: "party_demoyuanjian", Kind: register.Enterprise, Name: founded, USCC: code("1", "210112", "DEMQ00026"), Region: "210112"}); err != nil {
		return err
	}
	return s.act(s.poster, "found", values{"name": founded, "uscc": code("1", "210112", "DEMQ00026"), "capital": "500万元", "unit_shares": 1_200_000,
		"team":    []values{{"person": PersonOf("faming"), "shares": 1_800_000}},
		"others":  []values{{"party": "party_demoyasuoji", "shares": 2_000_000, "paid": "200万元"}},
		"licence": s.paper(s.poster, "营业执照"), "moved": s.paper(s.poster, "权属变更证明")})
}

// raises brings the company the institute's money for new shares, and on its strength a loan.
func (s *story) raises() error {
	company, err := s.called("company", founded)
	if err != nil {
		return err
	}
	terms := values{"due": s.date(-600), "shares": 50_000, "strike": "2元", "expires": s.date(-1200), "gain": "八二分（示例）", "text": s.paper(s.poster, "投贷联动协议")}
	paid := values{"day": s.date(30), "slip": s.paper("chanyanyuan", "缴款凭证")}
	return errors.Join(s.open(),
		s.act(s.poster, "submit", values{"title": founded + "扩产融资", "company": company, "borrower": "party_demoyuanjian", "investor": "party_demochanyan", "bank": "party_demoyinhang", "holder": "party_demojijin",
			"equity": "300万元", "loan": "500万元", "use": "建设生产线（示例）", "plan": s.paper(s.poster, "商业计划"), "honest": true}),
		s.act("chanyanyuan", "invest", values{"amount": "300万元", "price": "2元", "shares": 1_500_000, "held_on": s.date(30), "minutes": s.paper("chanyanyuan", "投资决策纪要")}),
		s.act("yinhang", "approve", values{"amount": "500万元", "rate": "4%", "cites": "股权投资已决定（示例）", "report": s.paper("yinhang", "审贷报告")}),
		s.act(s.poster, "sign", terms), s.act("chanyanyuan", "sign", nil), s.act("jijin", "sign", nil), s.act("yinhang", "sign", nil),
		s.act("chanyanyuan", "pay_in", paid), s.act(s.poster, "pay_in", nil),
		s.act("yinhang", "draw", values{"number": "示例-JJ-01", "slip": s.paper("yinhang", "借款凭证")}))
}

// The base of this host takes the order.
const pilotHost, pilotBase = "yibiao", "精密仪表中试基地（示例）"

// ordersPilot goes from the inquiry to the contract.
func (s *story) ordersPilot(source, achievement string) error {
	base, err := s.called("pilot_base", pilotBase)
	if err != nil {
		return err
	}
	n := s.need
	targets := []values{{"metric": n.metric, "sense": n.sense, "value": n.value, "unit": n.unit}}
	contract := values{"kind": "技术服务", "amount": "80万元", "due": s.date(10), "materials": "客户", "targets": targets, "rights": "归客户", "secrecy": true,
		"duty": "各自负责本方场地的安全和废物处置（示例）。", "insurance": true, "text": s.paper(s.poster, "中试服务合同")}
	return errors.Join(s.open(),
		s.act(s.poster, "inquire", values{"title": n.title + "小批量中试", "host": "party_demoyibiao", "base": base, "goal": "小批量试制", "field": n.field, "chain": n.chain, "trl": 6,
			"source": source, "achievement": achievement, "detail": "小批量试制并做疲劳考核（示例）。", "hazard": "无", "budget": "100万元"}),
		s.act(pilotHost, "find", values{"hazard": "无", "route": "分三批试制，每批抽样考核（示例）。"}),
		s.act(pilotHost, "offer", values{"mode": "固定总价", "price": "80万元", "batches": 3, "due": s.date(10), "listed": true, "until": s.date(40)}),
		s.act(s.poster, "take", nil),
		s.act(s.poster, "sign", contract),
		s.act(pilotHost, "sign", nil))
}

// called is the record of a kind that has a name.
func (s *story) called(kind, name string) (string, error) {
	list, _, err := s.b.Cases.Records(s.b.ctx, keeper, register.RecordQuery{Kind: kind, Text: name})
	if err != nil || len(list) == 0 {
		return "", fmt.Errorf("%s: the register has no %s called %s (%w)", s.name, kind, name, err)
	}
	return list[0].ID, nil
}

// registersContract hands the pilot contract in as a technology contract; it is found to be one, and waits for the head of the registry.
func (s *story) registersContract() error {
	if err := s.act(pilotHost, "register", nil); err != nil {
		return err
	}
	t, err := s.next(pilotHost, "registration", "tech_contract")
	if err != nil {
		return err
	}
	n := s.need
	return errors.Join(
		t.act(pilotHost, "submit", values{"title": n.title + "小批量中试", "kind": "技术服务", "buyer": "party_demobolang", "field": "T05", "goal": "10", "property": "未涉及", "plan": "计划外",
			"signed": s.date(58), "until": s.date(10), "amount": "80万元", "technical": "80万元", "payment": "一次总付", "related": false,
			"body": "乙方按甲方图样小批量试制金属波纹管，并按约定方法考核疲劳寿命（示例）。", "text": s.paper(pilotHost, "合同文本"), "once": true, "honest": true}),
		t.act("dengjiyuan", "accept", values{"identity": true, "written": true, "local": true}),
		t.act("dengjiyuan", "examine", values{"verdict": "予以登记", "kind": "技术服务", "technical": "80万元", "search": "未发现相同合同（示例）", "duplicate": false, "opinion": "标的明确，属于技术服务（示例）。"}))
}

// piloted reports the order, settles it, and asks for the landing to be verified.
func (s *story) piloted() error {
	n := s.need
	if _, err := s.send(pilotHost, casework.Command{Part: "batches", Step: "enter"}, values{"day": s.date(30), "inputs": "按图样（示例）", "output": "合格（示例）", "good": true, "record": s.paper(pilotHost, "原始记录")}); err != nil {
		return err
	}
	err := errors.Join(
		s.act(pilotHost, "report", values{"results": []values{{"metric": n.metric, "value": n.value, "met": true}}, "trl": 8, "advice": "可以产业化", "paper": s.paper(pilotHost, "中试报告")}),
		s.act(s.poster, "accept", values{"opinion": "达到约定指标（示例）。", "paper": s.paper(s.poster, "验收单")}),
		s.act(pilotHost, "settle", values{"received": "80万元", "slip": s.paper(pilotHost, "到账凭证")}),
		s.act(s.poster, "rate", values{"stars": 5}),
		s.act(pilotHost, "try", nil),
		s.act(s.poster, "land", nil))
	if err != nil {
		return err
	}
	t, err := s.next(pilotHost, "scene", "scenario")
	if err != nil {
		return err
	}
	err = t.act(pilotHost, "submit", values{"title": n.title + "首用", "kind": "生产制造", "field": n.field, "chain": n.chain, "district": "210112", "need": n.background, "given": "阀门考核台架和运行数据（示例）。", "money": "100万元",
		"closes": s.date(-40), "goals": []values{{"metric": n.metric, "now": "8000", "wanted": n.value, "unit": n.unit}}, "safe": true})
	if err != nil {
		return err
	}
	l, err := s.next(s.poster, "landing", "landing")
	if err != nil {
		return err
	}
	base, err := s.called("pilot_base", pilotBase)
	if err != nil {
		return err
	}
	return l.act(s.poster, "submit", values{"title": n.title + "生产线", "kind": "孵化落地", "firm": "party_demobolang", "base": base, "field": n.field, "chain": n.chain, "district": "210112", "address": "浑南区示例路 1 号",
		"licence": s.paper(s.poster, "营业执照"), "output": "900万元", "jobs": 24, "proof": s.paper(s.poster, "社保证明"), "honest": true})
}

// reportsOutput tracks the use, and reports what was made.
func (s *story) reportsOutput(source string) error {
	n := s.need
	err := errors.Join(s.open(),
		s.act(s.poster, "submit", values{"source": source, "title": n.title + "应用", "project": n.title, "mechanism": "揭榜挂帅", "product": n.scene, "chain": n.chain, "user": "party_demoyasuoji",
			"applied": s.date(70), "until": s.date(-700), "honest": true}),
		s.act("yasuoji", "confirm", nil))
	if err != nil {
		return err
	}
	r, err := s.send(s.poster, casework.Command{Part: "reports", Step: "report"}, values{"basis": "实际", "year": s.date(13), "units": 1200, "output": "900万元", "evidence": "合同示例-01", "proof": s.paper(s.poster, "财务报表")})
	if err != nil {
		return err
	}
	return s.on("zhuanhua", r.Record, "verify", values{"genuine": true, "opinion": "已与应用单位核对（示例）。"})
}
