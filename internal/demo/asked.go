package demo

import (
	"fmt"

	"kechuang/internal/casework"
)

// asked are the tales of what people ask for and wait for: needs that look for somebody who can solve them, and a contract that is to be
// registered, and a funding plan that is to be worked out. What answers the needs stands in the register: a pilot base, an instrument and, in the city at its full size, a platform.
var asked = []tale{
	{name: "need bellows", poster: "qiye", mechanism: "introduction", need: need{title: "低温阀门金属波纹管疲劳寿命试验"}, play: func(s *story) {
		s.seeks(24, "直接对接", values{"field": "F8", "chain": "C02", "node": "bellows", "trl": 6,
			"text": "-196℃ 工况下的金属波纹管循环 5000 次后出现微裂纹，要求疲劳寿命不低于 20000 次。本单位没有低温疲劳试验条件，想找能承接小批量试制和疲劳考核的单位（示例）。"})
	}},
	{name: "need blade", poster: "ranji", mechanism: "introduction", need: need{title: "燃机叶片断口微区成分和组织分析"}, play: func(s *story) {
		s.seeks(12, "经理人", values{"field": "F4", "chain": "C05",
			"text": "热端叶片涂层剥落后断口的微区成分、组织不清楚，需要场发射扫描电镜观察断口并分析成分，空间分辨率优于 1 nm，一批 20 件（示例）。"})
	}},
	{name: "contract waits", poster: "gaoxiao", mechanism: "tech_contract", need: need{title: "菱镁矿闪速煅烧工艺包设计"}, play: func(s *story) {
		s.when(1, func() error {
			if err := s.open(); err != nil {
				return err
			}
			return s.act(s.poster, "submit", values{"title": s.need.title, "kind": "技术开发", "buyer": "party_demomeikuang", "field": "T05", "goal": "10", "property": "技术秘密", "plan": "计划外",
				"signed": s.date(9), "until": s.date(-300), "amount": "120万元", "technical": "96万元", "payment": "分期支付", "related": false,
				"body": "乙方为甲方开发菱镁矿闪速煅烧工艺包，交付工艺流程图、物料衡算和主要设备数据表，技术秘密归双方共有（示例）。", "text": s.paper(s.poster, "合同文本"), "once": true, "honest": true})
		})
	}},
	{name: "money to plan", poster: "jihua", mechanism: "funding_plan", need: need{title: "揭榜挂帅项目资金安排方案"}, play: func(s *story) {
		s.when(2, func() error {
			if err := s.open(); err != nil {
				return err
			}
			return s.act(s.poster, "begin", values{"title": s.need.title, "year": s.date(0).Year(), "fund": "市科技计划专项资金（揭榜挂帅）（示例）", "budget": "3000万元", "paper": s.paper(s.poster, "预算批复文件")})
		})
	}},
}

// seeks hands a need in and has it accepted some days later; from then on it waits in the register.
func (s *story) seeks(ago int, path string, v values) {
	s.when(ago, func() error {
		v["title"], v["until"] = s.need.title, s.date(ago-180)
		if err := s.open(); err != nil {
			return err
		}
		return s.act(s.poster, "submit", v)
	})
	s.when(ago-3, func() error {
		return s.act("zhuanhua", "accept", values{"path": path, "opinion": "问题真实、指标明确，受理并登记等待对接（示例）。"})
	})
}

// registers has the head of the registry register the contract that came of an order.
func (s *story) registers() error {
	t, err := s.next(pilotHost, "registration", "tech_contract")
	if err != nil {
		return err
	}
	return t.act("dengjizhang", "register", values{"number": fmt.Sprintf("%d210100%06d", s.date(0).Year(), 1)})
}

// tried publishes the scenario, for which a proposal is handed in; it goes on collecting them.
func (s *story) tried(by string) error {
	t, err := s.next(pilotHost, "scene", "scenario")
	if err != nil {
		return err
	}
	if err := t.act("zhuanhua", "publish", values{"number": "示例-CJ-01"}); err != nil {
		return err
	}
	_, err = t.send(by, casework.Command{Part: "proposals", Step: "offer"}, values{"title": s.need.title + "组件", "trl": 8, "price": "80万元", "days": 60, "detail": "在考核台架上装机试用三个月，每周报告泄漏率和循环次数（示例）。"})
	return err
}

// landed has the district visit the line and the bureau verify that it is there.
func (s *story) landed(district string) error {
	l, err := s.next(s.poster, "landing", "landing")
	if err != nil {
		return err
	}
	if err := l.act(district, "inspect", values{"day": s.date(12), "visitors": []values{{"name": "示例核验员甲", "unit": "区科技部门（示例）"}, {"name": "示例核验员乙", "unit": "区科技部门（示例）"}},
		"licensed": true, "located": true, "working": true, "verdict": "属实", "note": "生产线已投产，执照、场地、社保一致（示例）。", "photos": s.paper(district, "现场照片")}); err != nil {
		return err
	}
	return l.act("zhuanhua", "verify", values{"until": s.date(-700), "opinion": "核验材料齐全，确认落地（示例）。"})
}
