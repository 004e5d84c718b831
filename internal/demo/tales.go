package demo

import (
	"encoding/json"

	"kechuang/internal/casework"
)

// tales are the cases of the city. Between them every page of the interface has something to show: drafts, sealed bids, opinions to
// give, a notice with an objection, milestones and payments, a reward, a closing without fault, money that is being paid back.
var tales = []tale{
	{name: "passed", poster: "qiye", district: "hunnan", need: bellows, play: func(s *story) {
		s.listed(330, -30)
		s.publish(313, 269, -30)
		s.bid(290, "jiebang1", "1150万元", "120万元", 0)
		s.bid(275, "jiebang2", "1180万元", "60万元", 0)
		s.convene(266, "jiebang1", "jiebang2")
		s.score(263)
		s.rank(261)
		s.fees(256)
		s.remit(224, 256)
		s.approve(259)
		s.sign(239, 0, "200万元", milestone{"样件疲劳考核", "60万元", 190}, milestone{"小批量装机", "40万元", 120})
		s.reach(200)
		s.reach(130)
		s.finishWell(112)
		s.used()
	}},
	{name: "exempted", poster: "hangkong", district: "shenbei", need: composite, play: func(s *story) {
		s.submit(310, 20)
		s.publish(308, 264, 20)
		s.bid(280, "jiebang4", "1100万元", "80万元", 40)
		s.bid(275, "jiebang2", "1240万元", "150万元", 40)
		s.convene(261, "jiebang4", "jiebang2")
		s.score(258)
		s.rank(256)
		s.approve(254)
		s.sign(234, 40, "160万元", milestone{"工艺窗口确认", "30万元", 180}, milestone{"首件交付", "30万元", 80})
		s.reach(190)
		s.failWithoutFault(140)
	}},
	{name: "recovering", poster: "ranji", district: "shenbei", need: blade, play: func(s *story) {
		s.submit(260, -60)
		s.publish(258, 214, -60)
		s.bid(230, "jiebang4", "1300万元", "50万元", -30)
		s.convene(211, "jiebang4")
		s.score(208)
		s.rank(206)
		s.approve(204)
		s.sign(184, -60, "180万元", milestone{"涂层样件", "80万元", 60})
		s.failWithFault(110)
	}},
	{name: "running", poster: "yasuoji", district: "tiexi", need: seal, play: func(s *story) {
		s.submit(215, -260)
		s.publish(213, 169, -260)
		s.bid(190, "jiebang3", "1500万元", "200万元", -200)
		s.bid(185, "jiebang4", "1450万元", "100万元", -220)
		s.convene(166, "jiebang3", "jiebang4")
		s.score(163)
		s.rank(161)
		s.approve(159)
		s.sign(139, -200, "260万元", milestone{"原理样机", "60万元", 80}, milestone{"工程样机", "60万元", -40}, milestone{"现场考核", "40万元", -150})
		s.reach(90)
	}},
	{name: "accepting", poster: "jiqiren", district: "hunnan", need: gripper, play: func(s *story) {
		s.submit(300, -60)
		s.publish(298, 254, -60)
		s.bid(270, "jiebang3", "1080万元", "130万元", -40)
		s.convene(251, "jiebang3")
		s.score(248)
		s.rank(246)
		s.approve(244)
		s.sign(224, -40, "150万元", milestone{"样机", "30万元", 160}, milestone{"产线试用", "20万元", 90})
		s.reach(170)
		s.reach(100)
		s.complete(8)
	}},
	{name: "signing", poster: "yasuoji", district: "tiexi", need: bearing, play: func(s *story) {
		s.submit(92, -380)
		s.publish(90, 46, -380)
		s.bid(60, "jiebang1", "1340万元", "150万元", -350)
		s.bid(52, "jiebang3", "1390万元", "120万元", -360)
		s.convene(43, "jiebang1", "jiebang3")
		s.score(40)
		s.rank(31)
		s.fees(29)
		s.approve(28)
		s.sign(2, -350, "240万元", milestone{"台架样机", "80万元", -120}, milestone{"工业现场考核", "60万元", -300})
	}},
	{name: "announced", poster: "jiqiren", district: "hunnan", need: reducer, play: func(s *story) {
		s.submit(88, -300)
		s.publish(86, 44, -300)
		s.bid(60, "jiebang1", "1080万元", "90万元", -280)
		s.bid(58, "jiebang3", "1120万元", "160万元", -290)
		s.bid(55, "jiebang4", "990万元", "20万元", -290)
		s.convene(40, "jiebang1", "jiebang3")
		s.score(36)
		s.rank(12)
		s.approve(2)
		s.when(1, func() error { return s.object() })
	}},
	{name: "ranked", poster: "hangkong", district: "shenbei", need: tunnel, critic: true, play: func(s *story) {
		s.submit(80, -340)
		s.publish(78, 34, -340)
		s.bid(50, "jiebang2", "1210万元", "100万元", -310)
		s.bid(45, "jiebang4", "1190万元", "140万元", -320)
		s.convene(31, "jiebang2", "jiebang4")
		s.score(27)
		s.rank(5)
	}},
	{name: "scoring", poster: "qiye", district: "hunnan", need: welding, play: func(s *story) {
		s.submit(72, -330)
		s.publish(70, 20, -330)
		s.bid(40, "jiebang1", "1020万元", "110万元", -300)
		s.bid(30, "jiebang2", "1010万元", "70万元", -310)
		s.convene(9, "jiebang1", "jiebang2")
		s.score(5, "zhuanjia3")
		s.begun(2, "zhuanjia1")
	}},
	{name: "judging", poster: "yasuoji", district: "tiexi", need: impeller, play: func(s *story) {
		s.submit(66, -340)
		s.publish(64, 8, -340)
		s.bid(30, "jiebang1", "1260万元", "120万元", -310)
		s.bid(24, "jiebang4", "1230万元", "90万元", -320)
		s.admit(4, "jiebang1", "jiebang4")
		s.contested(3, "zhuanjia14", "zhuanjia13")
	}},
	{name: "judging too", poster: "jiqiren", district: "hunnan", need: drive, play: func(s *story) {
		s.submit(64, -330)
		s.publish(62, 7, -330)
		s.bid(26, "jiebang3", "1120万元", "140万元", -300)
		s.admit(3, "jiebang3")
	}},
	{name: "untaken", poster: "jiqiren", district: "hunnan", need: sensor, play: func(s *story) {
		s.submit(70, -200)
		s.publish(68, 14, -200)
	}},
	{name: "open", poster: "ranji", district: "shenbei", need: casting, play: func(s *story) {
		s.submit(26, -400)
		s.publish(24, -25, -400)
		s.bid(8, "jiebang1", "1900万元", "260万元", -380)
		s.bid(4, "jiebang3", "1850万元", "210万元", -390)
	}},
	{name: "submitted", poster: "hangkong", district: "shenbei", need: forming, play: func(s *story) { s.submit(3, -365) }},
	{name: "waiting", poster: "qiye", district: "hunnan", need: flange, play: func(s *story) { s.submit(2, -365) }},
	{name: "draft", poster: "qiye", district: "hunnan", need: hose, play: func(s *story) {
		s.when(1, func() error {
			if err := s.open(); err != nil {
				return err
			}
			raw, err := json.Marshal(values{"title": s.need.title, "chain": s.need.chain, "background": s.need.background})
			if err != nil {
				return err
			}
			return s.b.Cases.SaveDraft(s.b.ctx, s.b.actors[s.poster], casework.DraftCommand{Case: s.id, Step: "submit", Values: raw})
		})
	}},
}

// complete asks for acceptance.
func (s *story) complete(ago int) {
	s.when(ago, func() error {
		solver, err := s.solver()
		if err != nil {
			return err
		}
		return s.act(solver, "complete", values{"summary": "全部里程碑完成，指标达到协议约定（示例）。", "report": s.paper(solver, "科技报告"), "accounts": s.paper(solver, "经费决算")})
	})
}

// finishWell completes, tests, accepts and rewards.
func (s *story) finishWell(ago int) {
	s.complete(ago)
	s.when(ago-14, func() error {
		return s.act("jiance", "examine", values{"results": []values{{"metric": s.need.metric, "value": s.need.value, "unit": s.need.unit, "met": true}}, "met": true, "report": s.paper("jiance", "检测报告")})
	})
	s.when(ago-30, func() error {
		return s.act(s.poster, "try", values{"used_from": s.date(ago - 10), "scene": s.need.scene, "satisfied": true, "opinion": "装机使用正常，满足要求（示例）。", "report": s.paper(s.poster, "用户试用报告")})
	})
	s.when(ago-36, func() error {
		return s.act("jingban", "accept", values{"conclusion": "通过", "opinion": "达到考核指标，同意通过验收（示例）。", "minutes": s.paper("jingban", "验收会纪要")})
	})
	s.when(ago-40, func() error {
		return s.act("jingban", "assess", values{"paid": "1000万元", "slips": s.paper("jingban", "支付凭证"), "amount": "180万元"})
	})
	s.when(ago-42, func() error { return s.act("lingdao", "grant", nil) })
	s.when(ago-45, func() error { return s.act("caiwu", "reward", values{"number": "示例-900"}) })
}

// failWithoutFault stops for a reason of technique and is exempted.
func (s *story) failWithoutFault(ago int) {
	s.stop(ago, "关键工艺路线经三轮试验证明不可行（示例）。", values{"facts": "调阅全部试验记录，三轮试验均按方案实施，结果不达标（示例）。", "cause": "技术路线", "records": true, "honest": true})
	s.when(ago-8, func() error {
		solver, err := s.solver()
		if err != nil {
			return err
		}
		return s.act(solver, "defend", values{"text": "已穷尽可行方案，原始记录完整，愿公开失败数据（示例）。"})
	})
	s.when(ago-15, func() error {
		return s.act("lingdao", "exempt", values{"opinion": "程序合规、记录完整、无谋取私利，属技术路线失败，予以免责（示例）。", "minutes": s.paper("lingdao", "免责审议纪要")})
	})
}

// failWithFault stops for poor management; the start money is to be paid back, and a part of it was.
func (s *story) failWithFault(ago int) {
	s.stop(ago, "逾期未开展约定工作（示例）。", values{"facts": "项目启动后未组建团队，资金未按用途使用（示例）。", "cause": "管理不力", "records": false, "honest": true})
	s.when(ago-14, func() error {
		return s.act("lingdao", "recover", values{"amount": "100万元", "days": 180, "opinion": "组织管理不力，追回启动资金（示例）。", "minutes": s.paper("lingdao", "追回审议纪要")})
	})
	s.when(ago-60, func() error {
		return s.act("caiwu", "collect", values{"amount": "40万元", "slip": s.paper("caiwu", "缴款凭证")})
	})
}

func (s *story) stop(ago int, reason string, finding values) {
	s.when(ago, func() error { return s.say("jingban", "stop", reason) })
	s.when(ago-5, func() error {
		finding["evidence"] = s.paper("jingban", "核查材料")
		return s.act("jingban", "inspect", finding)
	})
}

// object files an objection as a member of the public does, under a real name and without an account.
func (s *story) object() error {
	raw, err := json.Marshal(values{"name": "示例异议人", "contact": "13000000000", "ground": "拟揭榜方的报价中试验费用偏低，请核查是否具备考核条件（示例）。"})
	if err != nil {
		return err
	}
	s.b.later()
	_, err = s.b.Cases.Object(s.b.ctx, casework.ObjectCommand{Case: s.id, Part: "objections", Step: "object", Name: "示例异议人", Phone: "13000000000", Values: raw, Key: "demo-" + s.name + "-object"})
	return err
}

// What the tales are about. Topics are of the kinds that the city's published lists have; numbers are made up.
var (
	bellows = need{title: "高压大位移金属波纹管疲劳寿命提升", product: "部件", dimension: "国产替代", chain: "C02", node: "bellows", field: "F8", background: "高压阀门用金属波纹管长期依赖进口，国产件疲劳寿命不足。",
		scene: "核电与石化高压阀门", metric: "疲劳寿命", sense: "不低于", value: "20000", unit: "次", method: "GB/T 12777 规定的疲劳试验（示例）", total: "1200万元", own: "1000万元", fiscal: "200万元"}
	composite = need{title: "大尺寸复合材料壁板快速成形", product: "部件", dimension: "受制于人", chain: "C12", node: "forming", field: "F4", background: "大尺寸壁板固化周期长、变形大，制约交付。",
		scene: "民机尾段壁板", metric: "固化周期", sense: "不高于", value: "6", unit: "小时", method: "首件工艺评定（示例）", total: "1300万元", own: "1140万元", fiscal: "160万元"}
	blade = need{title: "燃机热端叶片长寿命涂层", product: "部件", dimension: "受制于人", chain: "C05", node: "coating", field: "F8", background: "热端叶片涂层服役寿命短，检修频繁。",
		scene: "重型燃机热端部件", metric: "热循环寿命", sense: "不低于", value: "1500", unit: "次", method: "1150℃ 热循环试验（示例）", total: "1400万元", own: "1220万元", fiscal: "180万元"}
	seal = need{title: "离心压缩机高参数干气密封", product: "部件", dimension: "国产替代", chain: "C02", node: "gasseal", field: "F8", background: "高压比工况下干气密封泄漏量大。",
		scene: "乙烯装置离心压缩机", metric: "泄漏量", sense: "不高于", value: "1.5", unit: "Nm³/h", method: "模拟工况台架试验（示例）", total: "1600万元", own: "1340万元", fiscal: "260万元"}
	reducer = need{title: "协作机器人高精度减速器寿命试验与提升", product: "部件", dimension: "国产替代", chain: "C06", node: "harmonic", field: "F8", background: "减速器满载寿命离散大，影响整机交付。",
		scene: "六轴协作机器人", metric: "额定寿命", sense: "不低于", value: "8000", unit: "小时", method: "满载加速寿命试验（示例）", total: "1150万元", own: "950万元", fiscal: "200万元"}
	tunnel = need{title: "大型风洞试验段气流均匀性控制", product: "部件", dimension: "受制于人", chain: "C12", field: "F8", background: "试验段气流偏角大，型号试验数据修正量大。",
		scene: "民机型号风洞试验", metric: "气流偏角", sense: "不高于", value: "0.1", unit: "°", method: "流场校测（示例）", total: "1250万元", own: "1090万元", fiscal: "160万元"}
	welding = need{title: "航空发动机薄壁波纹管激光焊接缺陷在线识别", product: "整机", dimension: "国产替代", chain: "C12", field: "F3", background: "0.2 mm 薄壁环缝焊接缺陷靠人工抽检。",
		scene: "航空发动机波纹管组件生产线", metric: "缺陷检出率", sense: "不低于", value: "99.5", unit: "%", method: "盲样比对（示例）", total: "1050万元", own: "900万元", fiscal: "150万元"}
	gripper = need{title: "机器人末端快换装置可靠性提升", product: "附件", dimension: "国产替代", chain: "C06", field: "F8", background: "末端快换装置重复定位精度衰减快。",
		scene: "汽车焊装线机器人", metric: "快换寿命", sense: "不低于", value: "500000", unit: "次", method: "连续快换寿命试验（示例）", total: "1100万元", own: "950万元", fiscal: "150万元"}
	impeller = need{title: "闭式三元叶轮整体增材制造质量控制", product: "部件", dimension: "受制于人", chain: "C02", node: "impeller", field: "F8", background: "闭式叶轮流道内表面粗糙度和变形难以控制。",
		scene: "离心压缩机叶轮", metric: "流道表面粗糙度", sense: "不高于", value: "3.2", unit: "μm", method: "剖切与内窥检测（示例）", total: "1300万元", own: "1100万元", fiscal: "200万元"}
	drive = need{title: "重载机器人关节驱动器温升控制", product: "部件", dimension: "国产替代", chain: "C06", node: "drive", field: "F8", background: "重载工况下驱动器温升高、降额多。",
		scene: "重载搬运机器人", metric: "连续工况温升", sense: "不高于", value: "45", unit: "K", method: "满载温升试验（示例）", total: "1150万元", own: "1000万元", fiscal: "150万元"}
	bearing = need{title: "高速离心压缩机磁悬浮轴承控制系统", product: "部件", dimension: "受制于人", chain: "C02", node: "magbearing", field: "F8", background: "磁悬浮轴承控制器在喘振工况下易失稳。",
		scene: "空分装置压缩机", metric: "失稳转速裕度", sense: "不低于", value: "15", unit: "%", method: "超速与喘振台架试验（示例）", total: "1400万元", own: "1160万元", fiscal: "240万元"}
	sensor = need{title: "机器人关节六维力传感器", product: "附件", dimension: "国产替代", chain: "C19", node: "torque", field: "F1", background: "小型六维力传感器串扰大、温漂大。",
		scene: "协作机器人关节", metric: "维间串扰", sense: "不高于", value: "1", unit: "%FS", method: "标定台测试（示例）", total: "1000万元", own: "850万元", fiscal: "150万元"}
	casting = need{title: "燃机大型机匣薄壁铸件尺寸稳定性控制", product: "部件", dimension: "受制于人", chain: "C05", node: "casting", field: "F8", background: "大型薄壁机匣铸造变形大，返修率高。",
		scene: "重型燃机机匣", metric: "关键尺寸合格率", sense: "不低于", value: "95", unit: "%", method: "三坐标全检（示例）", total: "2000万元", own: "1700万元", fiscal: "300万元"}
	forming = need{title: "热塑性复合材料连续成形装备", product: "整机", dimension: "受制于人", chain: "C12", node: "forming", field: "F8", background: "热塑性型材连续成形装备依赖进口。",
		scene: "民机长桁生产", metric: "成形速度", sense: "不低于", value: "2", unit: "m/min", method: "连续生产考核（示例）", total: "1800万元", own: "1500万元", fiscal: "300万元"}
	flange = need{title: "超低温阀门波纹管组件密封可靠性", product: "部件", dimension: "国产替代", chain: "C09", node: "bellows", field: "F8", background: "液氢工况下波纹管组件泄漏率不稳定。",
		scene: "液氢储运阀门", metric: "氦质谱泄漏率", sense: "不高于", value: "0.000001", unit: "Pa·m³/s", method: "-253℃ 氦质谱检漏（示例）", total: "1000万元", own: "850万元", fiscal: "150万元"}
	liner = need{title: "燃机火焰筒冷却孔精密加工", product: "部件", dimension: "国产替代", chain: "C05", field: "F8", background: "火焰筒气膜冷却孔数量多、角度大，孔型一致性差。",
		scene: "重型燃机燃烧室", metric: "孔流量偏差", sense: "不高于", value: "5", unit: "%", method: "逐孔流量试验（示例）", total: "1200万元", own: "1040万元", fiscal: "160万元"}
	skin = need{title: "机器人柔性触觉皮肤耐久性提升", product: "附件", dimension: "国产替代", chain: "C06", field: "F8", background: "触觉皮肤反复弯折后灵敏度衰减快。",
		scene: "人机协作机器人", metric: "弯折寿命", sense: "不低于", value: "100000", unit: "次", method: "往复弯折试验（示例）", total: "1050万元", own: "900万元", fiscal: "150万元"}
	lightning = need{title: "复合材料蒙皮雷击防护一体化成形", product: "部件", dimension: "受制于人", chain: "C12", field: "F8", background: "雷击防护网与蒙皮分步成形，周期长、增重大。",
		scene: "民机复合材料蒙皮", metric: "雷击附着试验通过率", sense: "不低于", value: "95", unit: "%", method: "SAE ARP5416 试验（示例）", total: "1150万元", own: "990万元", fiscal: "160万元"}
	hose = need{title: "半导体设备用超洁净金属软管", chain: "C15", background: "超洁净软管颗粒脱落超标。"}
)
