package demo

import (
	"fmt"

	"kechuang/internal/money"
)

// funds: five of the institute, 616 million in all, and two of others.
func funds() table {
	t := rowsOf("name", "form", "manager", "status", "number", "size", "fiscal", "state", "social", "called", "registered", "until")
	d := diceFor(50)
	one := func(name, manager, registered string, size money.Fen) {
		fiscal := size * 2 / 10
		state := size * 3 / 10
		t.add(name, "有限合伙", manager, "投资期", fmt.Sprintf("SDEMO%d", len(t.rows)+1), yuan(size), yuan(fiscal), yuan(state), yuan(size-fiscal-state), yuan(size/2), registered, "2031-12-31")
	}
	for i, size := range d.spread(6*money.Yi+1600*money.Wan, 5, 0.5) {
		one(fmt.Sprintf("%s产研院基金%d号", made, i+1), namedCode(instituteN), fmt.Sprintf("202%d-0%d-20", 1+i, 2+i), size)
	}
	one(made+"科技创新母基金", "沈阳某科技创新投资基金", "2022-05-10", 10*money.Yi)
	one(made+"装备产业基金", "沈阳某科技创新投资基金", "2023-09-10", 4*money.Yi)
	return t
}

// centres: 35 run at the end of 2025, three ended before.
func centres() table {
	t := rowsOf("title", "firm", "institute", "chain", "budget", "signed", "until", "status")
	d := diceFor(51)
	for i := range 38 {
		from, until := d.day("2021-06-01", "2025-12-10"), ""
		if i >= 35 {
			from, until = d.day("2021-06-01", "2022-06-01"), "2024-06-30"
		}
		t.add(fmt.Sprintf("%s联合创新中心%02d", made, i+1), firmCode(i*7), namedCode(instituteN), pick(d, chainCodes), yuan(money.Fen(200+d.IntN(1200))*money.Wan), string(from), until, "运行")
	}
	return t
}

// rounds: social money drawn into pilot bases comes to a hundred million by the end of 2025; firms raised more.
func rounds() table {
	t := rowsOf("title", "founder", "target", "closed", "state", "social", "team")
	d := diceFor(52)
	for i, social := range d.spread(money.Yi, 9, 0.6) {
		t.add(fmt.Sprintf("%s中试基地增资%02d", made, i+1), hostCode(i), "中试基地", string(d.day("2023-03-01", "2025-12-10")), yuan(money.Fen(300+d.IntN(500))*money.Wan), yuan(social), "0元")
	}
	for i, social := range d.spread(3*money.Yi+6000*money.Wan, 24, 0.8) {
		t.add(fmt.Sprintf("%s科技企业增资%02d", made, i+1), firmCode(i*11), "科技企业", string(d.day("2023-03-01", "2025-12-10")), yuan(money.Fen(200+d.IntN(800))*money.Wan), yuan(social), yuan(money.Fen(d.IntN(200))*money.Wan))
	}
	return t
}

// assignments of 沈阳化工大学: 108 in three years, 33 of them converted, title given at 90 %.
func assignments() table {
	t := rowsOf("title", "unit", "mode", "share", "effective", "status", "converted", "way", "amount")
	d := diceFor(53)
	t.add("王娜团队涂层专利", "沈阳化工大学", "部分所有权", "90%", "2023-05-18", "已转化", "2024-09-12", "作价投资", "600万元")
	amounts := d.spread(8600*money.Wan, 32, 0.9)
	for i := range 107 {
		mode, part := "部分所有权", "90%"
		if i%13 == 12 {
			mode, part = "长期使用权", "100%"
		}
		from := d.day("2021-01-10", "2023-12-20")
		if i < 32 {
			t.add(fmt.Sprintf("%s赋权成果%03d", made, i+1), "沈阳化工大学", mode, part, string(from), "已转化", string(from.AddDays(200+d.IntN(500))), pick(d, []string{"转让", "许可", "许可"}), yuan(amounts[i]))
			continue
		}
		t.add(fmt.Sprintf("%s赋权成果%03d", made, i+1), "沈阳化工大学", mode, part, string(from), "生效", "", "", "")
	}
	return t
}

// results that the sources name, of open cooperation.
func results() table {
	t := rowsOf("title", "form", "holder", "field")
	t.add("生物混合硅藻微纳米机器人", "其他", "中国科学院沈阳自动化研究所", "F2")
	t.add("微生物制氢杂化系统", "其他", "东北大学", "F6")
	return t
}

// tracks that the sources name.
func tracks() table {
	t := rowsOf("title", "class", "field", "lead", "stage", "horizon", "opened_on", "trl")
	for i, x := range []struct{ title, class, field, stage string }{
		{"磁悬浮飞轮储能与动力电池", "战略性新兴产业", "F6", "场景试点"}, {"生物医药", "战略性新兴产业", "F2", "孵化培育"}, {"人工智能算力", "战略性新兴产业", "F1", "场景试点"},
		{"量子信息", "未来产业", "F1", "前瞻布局"}, {"类脑智能", "未来产业", "F1", "种子培育"}, {"基因编辑", "未来产业", "F2", "种子培育"},
	} {
		t.add(x.title, x.class, x.field, schoolCode(i*2), x.stage, "2030-12-31", fmt.Sprintf("2024-0%d-15", i+2), number(3+i%5))
	}
	return t
}

// agreements with the seven cities of the circle, the zone, Beijing and Shanghai.
func agreements() table {
	t := rowsOf("title", "lead", "partner", "circle", "kind", "signed_on", "until", "status")
	for i, city := range []string{"鞍山市", "抚顺市", "本溪市", "阜新市", "辽阳市", "铁岭市", "沈抚示范区"} {
		t.add("沈阳都市圈科技合作协议（"+city+"）", instituteN, city+"科技主管部门", city, "战略合作", fmt.Sprintf("2024-0%d-20", i+1), "2028-12-31", "有效")
	}
	t.add("京沈合作（北京）离岸创新中心", "沈阳市科学技术局", "北京合作方", "北京市", "离岸创新中心", "2019-06-20", "2028-12-31", "有效")
	t.add("沪沈技术转移合作", "沈阳市科学技术局", "上海合作方", "上海市", "成果转化对接", "2023-06-20", "2028-12-31", "有效")
	return t
}

// labs with partners on the Belt and Road.
func labs() table {
	t := rowsOf("title", "host", "partner", "country", "circle", "field", "approved_on", "until", "status")
	for i, c := range []string{"白俄罗斯", "乌克兰", "巴西", "泰国", "塞尔维亚"} {
		host := schoolCode(i)
		if i == 0 {
			host = "东北大学"
		}
		t.add(made+"“一带一路”联合实验室（"+c+"）", host, made+"合作单位", c, "一带一路国家", pick(diceFor(uint64(60+i)), fieldCodes), "2022-06-20", "2027-12-31", "运行")
	}
	return t
}
