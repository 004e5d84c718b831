package demo

import (
	"cmp"
	"fmt"
	"math"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
)

var (
	attackPaths = []string{"龙头企业自主研发", "联合攻关", "揭榜挂帅", "带土移植", "基础研究"}
	crackLevels = []string{"样机通过", "用户验证", "用户验证", "批量应用"}
	evidences   = []string{"第三方检测报告", "用户应用证明", "用户应用证明", "首笔销售合同和发票"}
)

// lastCracked is the last day of which the made records tell.
const lastCracked = caldate.Date("2025-12-30")

// bottlenecks: 265 were cracked by the middle of 2025; what came later is made up like the rest.
func bottlenecks() table {
	t := rowsOf("title", "number", "chain", "product", "dimension", "path", "undertaker", "status", "level", "listed_on", "cracked_on", "evidence", "node")
	d := diceFor(40)
	named := map[string]string{"高性能金属波纹管": "bellows", "超大型盾构机主轴承": "mainbearing", "太行110重型燃气轮机": "turbine", "150万吨乙烯三机": "crackgas"}
	n := 0
	one := func(title, chain, product, dimension, path, undertaker string, listed caldate.Date, cracked, level, evidence string) {
		n++
		status := "已攻克"
		switch {
		case cracked == "" && path == "":
			status = "已列入清单"
		case cracked == "":
			status = "攻关中"
		}
		t.add(title, fmt.Sprintf("%s-325-%04d", made, n), chain, product, dimension, path, undertaker, status, level, string(listed), cracked, evidence, cmp.Or(named[title], nodeOf(chain, n)))
	}
	one("高性能金属波纹管", "C02", "部件", "进口产品国产替代", "龙头企业自主研发", namedCode("沈阳仪表科学研究院"), "2023-03-20", "2024-06-28", "批量应用", "用户应用证明")
	one("超大型盾构机主轴承", "C03", "部件", "关键技术受制于人", "联合攻关", namedCode("中国科学院金属研究所"), "2023-03-20", "2023-10-20", "用户验证", "首台（套）认定")
	one("太行110重型燃气轮机", "C05", "整机", "关键技术受制于人", "联合攻关", namedCode("示例燃气轮机研制单位"), "2023-03-20", "2023-12-26", "用户验证", "首台（套）认定")
	one("150万吨乙烯三机", "C02", "整机", "进口产品国产替代", "联合攻关", namedCode("沈鼓集团"), "2023-03-20", "2023-11-30", "批量应用", "首台（套）认定")
	// The first lists were long, others come at an even pace. Each goes its way in its own time: one in eight never gets there. As many are
	// drawn as it takes for 265 to be cracked by the middle of 2025; nothing else is fitted, so that a forecast can be tried on them.
	for known := 4; known < 265; {
		listed := d.day("2022-10-10", "2023-06-30")
		if d.IntN(100) < 45 {
			listed = d.day("2023-07-01", "2025-11-30")
		}
		day := listed.AddDays(50 + int(220*math.Exp(0.55*d.NormFloat64())))
		path, cracked, level, evidence := pick(d, attackPaths), "", "", ""
		switch waits := d.IntN(8); {
		case waits == 0 && d.IntN(2) == 0:
			path = "" // nobody has taken it on
		case waits == 0 || day > lastCracked:
		default:
			i := d.IntN(len(crackLevels))
			cracked, level, evidence = string(day), crackLevels[i], evidences[i]
			if day <= "2025-06-30" {
				known++
			}
		}
		one(fmt.Sprintf("%s关键技术%04d", made, n), pick(d, chainCodes), pick(d, []string{"整机", "部件", "部件", "附件"}), pick(d, []string{"关键技术受制于人", "进口产品国产替代"}),
			path, firmCode(d.IntN(firms)), listed, cracked, level, evidence)
	}
	return t
}

// firstSets: the three that the press names, and others of the province.
func firstSets() table {
	t := rowsOf("title", "model", "maker", "class", "reach", "chain", "number", "status", "recognised_on", "valid_until", "bottleneck", "node")
	d := diceFor(41)
	t.add("超大型盾构机主轴承", "见认定文件", namedCode("中国科学院金属研究所"), "核心系统或者部件", "国内首台（套）", "C03", "", "有效", "2023-11-10", "", "超大型盾构机主轴承", "mainbearing")
	t.add("太行110重型燃气轮机", "太行110", namedCode("示例燃气轮机研制单位"), "整机", "国内首台（套）", "C05", "", "有效", "2024-01-20", "", "太行110重型燃气轮机", "turbine")
	t.add("150万吨/年乙烯装置用压缩机组（三机）", "150万吨/年", namedCode("沈鼓集团"), "成套装备", "国内首台（套）", "C02", "", "有效", "2023-12-20", "", "150万吨乙烯三机", "crackgas")
	for i := range 46 {
		t.add(fmt.Sprintf("%s首台套装备%03d", made, i+1), fmt.Sprintf("%s-%03d", made, i+1), firmCode(d.IntN(firms)), pick(d, []string{"整机", "成套装备", "核心系统或者部件"}), "省内首台（套）",
			pick(d, chainCodes), fmt.Sprintf("%s-STS-%03d", made, i+1), "有效", string(d.day("2022-03-01", "2025-11-30")), "", "", "")
	}
	return t
}

// benefits: the C919, the forecast of composite forming, and the flash calcination of magnesite.
func benefits() table {
	t := rowsOf("title", "undertaker", "project", "mechanism", "product", "chain", "basis", "applied", "year", "units", "output", "metric", "change", "capacity", "evidence")
	for i, what := range []string{"复合材料壁板快速成形", "尾翼装配变形控制", "后机身自动铺放", "热塑性长桁连续成形"} {
		project := fmt.Sprintf("C919 揭榜项目%d：%s（%s名称）", i+1, what, made)
		t.add(what+"装机应用", namedCode(compositeN), project, "揭榜挂帅", "C919", "C12", "实际", fmt.Sprintf("202%d-0%d-18", 4+i/2, 3+2*i%6), "", "", "", "", "", "", made+"装机应用记录")
	}
	t.add("复合材料成形 2025 年产值预测", namedCode(compositeN), "C919 揭榜项目1：复合材料壁板快速成形（"+made+"名称）", "揭榜挂帅", "C919", "C12", "预测", "", "2025-06-30", "59", yuan(59*500*money.Wan), "", "", "", made+"排产计划")
	const project = "菱镁矿闪速轻烧"
	t.add("闪速轻烧能耗下降", "沈阳化工大学", project, "定向研发", "菱镁矿", "C10", "实际", "2025-05-20", "", "", "", "能耗", "33%", "", made+"标定报告")
	t.add("闪速轻烧粉尘下降", "沈阳化工大学", project, "定向研发", "菱镁矿", "C10", "实际", "2025-05-20", "", "", "", "粉尘", "95%", "", made+"监测报告")
	t.add("闪速轻烧产能", "沈阳化工大学", project, "定向研发", "菱镁矿", "C10", "实际", "2025-05-20", "", "", "", "", "", "400000", made+"投产验收单")
	return t
}
