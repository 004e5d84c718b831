package demo

import (
	"fmt"

	"kechuang/internal/caldate"
)

const (
	firms      = 2900 // of the city
	strangers  = 160  // from other provinces
	schools    = 42   // universities and institutes that sell technology
	baseHosts  = 75   // operators of pilot bases
	made       = "示例" // every body that is made up says so in its name
	instituteN = "沈阳产业技术研究院"
	compositeN = "中航沈飞民用飞机有限责任公司"
	labName    = "辽宁材料实验室"
)

func firmName(i int) string   { return fmt.Sprintf("沈阳%s科技企业%04d有限公司", made, i+1) }
func firmCode(i int) string   { return code("1", "210100", fmt.Sprintf("DMF%06d", i+1)) }
func farCode(i int) string    { return code("1", "110000", fmt.Sprintf("DMW%06d", i+1)) }
func schoolCode(i int) string { return code("2", "210100", fmt.Sprintf("DMU%06d", i+1)) }
func hostCode(i int) string   { return code("1", "210100", fmt.Sprintf("DMB%06d", i+1)) }

// named are bodies that the public sources name. That they exist is all that is claimed of them; their codes are made up.
var named = []struct{ kind, name, region, number string }{
	{"企业", compositeN, "210113", "DMN000001"},
	{"科研院所", instituteN, "210112", "DMN000002"},
	{"科研院所", "沈阳仪表科学研究院", "210104", "DMN000003"},
	{"科研院所", "太行实验室辽宁研究中心", "210112", "DMN000004"},
	{"科研院所", "辽河实验室", "210112", "DMN000005"},
	{"科研院所", "中国科学院金属研究所", "210103", "DMN000006"},
	{"企业", "沈鼓集团", "210106", "DMN000007"},
	{"企业", "示例燃气轮机研制单位", "210112", "DMN000008"},
	{"企业", "示例菱镁煅烧企业", "210000", "DMN000009"},
}

func namedCode(name string) string {
	for _, n := range named {
		if n.name == name {
			return code("1", "210100", n.number)
		}
	}
	panic("demo: nobody is named " + name)
}

// parties are the firms, universities and operators of which the other sheets speak.
func parties() table {
	t := rowsOf("kind", "name", "uscc", "region", "synthetic")
	for _, n := range named {
		t.add(n.kind, n.name, namedCode(n.name), n.region, "是")
	}
	d := diceFor(1)
	for i := range firms {
		t.add("企业", firmName(i), firmCode(i), d.district(), "是")
	}
	for i := range strangers {
		t.add("企业", fmt.Sprintf("外地%s采购企业%03d有限公司", made, i+1), farCode(i), pick(d, []string{"110000", "310000", "320000", "440000", "370000", "210000"}), "是")
	}
	for i := range schools {
		kind, what := "高校", "大学"
		if i%3 == 2 {
			kind, what = "科研院所", "研究院"
		}
		t.add(kind, fmt.Sprintf("%s%s%02d", made, what, i+1), schoolCode(i), d.district(), "是")
	}
	for i := range baseHosts {
		t.add("企业", fmt.Sprintf("沈阳%s中试运营企业%02d有限公司", made, i+1), hostCode(i), d.district(), "是")
	}
	return t
}

// platforms: 1710 recognitions stand at the end of 2024, 79 of them national; others ended before, or came later.
func platforms() table {
	t := rowsOf("name", "number", "level", "type", "host", "subfield", "field", "chain", "district", "authority", "document", "recognised", "until", "status", "people", "management", "transfer")
	d := diceFor(2)
	n := 0
	one := func(name, level, typ, host, authority string, from caldate.Date, until, status, own string) {
		n++
		t.add(name, fmt.Sprintf("%s-PT-%05d", made, n), level, typ, host, "", pick(d, fieldCodes), pick(d, chainCodes), d.district(), authority, "", string(from), until, status, own, own, own)
	}
	one("沈阳材料科学国家研究中心", "国家级", "P03", namedCode("中国科学院金属研究所"), "科技部", "2017-11-01", "", "运行", "否")
	one("超大型深部工程灾害物理模拟设施", "国家级", "P04", "东北大学", "国家发展改革委", "2023-12-20", "", "运行", "否")
	one("太行实验室辽宁研究中心", "省级", "P05", namedCode("太行实验室辽宁研究中心"), "省政府", "2023-06-01", "", "运行", "否")
	one("辽河实验室", "省级", "P05", namedCode("辽河实验室"), "省政府", "2021-12-01", "", "运行", "否")
	one(labName, "省级", "P05", labName, "省政府", "2021-12-01", "", "运行", "是")
	t.add("金属波纹管与弹性元件工程研究中心（"+made+"）", made+"-PT-90001", "国家级", "P08", namedCode("沈阳仪表科学研究院"), "金属波纹管", "F8", "C02", "210112", "国家有关部门", "", "2016-05-20", "", "运行", "否", "否", "否")
	national, provincial, municipal := 79-3, 781-3, 850
	for _, l := range []struct {
		level, authority string
		types            []string
		n                int
	}{
		{"国家级", "国家有关部门", []string{"P02", "P06", "P08", "P09", "P09", "P14"}, national},
		{"省级", "省有关厅局", []string{"P02", "P02", "P06", "P08", "P09", "P11", "P13", "P14", "P15", "P16"}, provincial},
		{"市级", "市科技局", []string{"P02", "P06", "P06", "P07", "P08", "P11", "P12", "P13", "P14", "P15", "P17"}, municipal},
	} {
		host := func(typ string) string {
			if typ == "P02" || typ == "P16" {
				return schoolCode(d.IntN(schools))
			}
			return firmCode(d.IntN(firms))
		}
		for i := range l.n { // in force at the end of 2024, and later
			typ := pick(d, l.types)
			one(fmt.Sprintf("%s%s创新平台%04d", made, l.level, i+1), l.level, typ, host(typ), l.authority, d.day("2015-01-10", "2024-12-28"), "", "运行", "否")
		}
		for i := range l.n / 14 { // ended before
			typ := pick(d, l.types)
			from := d.day("2012-01-10", "2018-12-28")
			one(fmt.Sprintf("%s%s到期平台%04d", made, l.level, i+1), l.level, typ, host(typ), l.authority, from, string(d.day("2020-01-01", "2024-06-30")), "运行", "否")
		}
		for i := range l.n / 20 { // recognised after
			typ := pick(d, l.types)
			one(fmt.Sprintf("%s%s新认定平台%04d", made, l.level, i+1), l.level, typ, host(typ), l.authority, d.day("2025-01-05", "2025-12-28"), "", "运行", "否")
		}
	}
	return t
}

// institutes are those inside the laboratory.
func institutes() table {
	t := rowsOf("name", "platform", "form", "host", "field", "founded", "status")
	for i, name := range []string{"第一", "第二", "第三", "第四", "第五", "第六"} {
		t.add("颠覆性技术"+name+"研究所（"+made+"名称）", labName, "颠覆性技术研究所", labName, pick(diceFor(uint64(30+i)), fieldCodes), fmt.Sprintf("202%d-0%d-15", 2+i%3, 1+i), "运行")
	}
	t.add("共性技术支撑平台", labName, "共性技术支撑平台", labName, "F4", "2022-06-01", "运行")
	t.add("产学研与国际合作平台", labName, "产学研与国际合作平台", labName, "F5", "2022-06-01", "运行")
	return t
}

// researchers: 312 on the staff at the end of 2025, others left before or joined after.
func researchers() table {
	t := rowsOf("name", "number", "unit", "platform", "institute", "title", "joined", "left")
	d := diceFor(4)
	titles := []string{"正高级", "副高级", "副高级", "中级", "中级", "中级", "初级"}
	names := []string{"第一", "第二", "第三", "第四", "第五", "第六"}
	one := func(i int, joined, left string) {
		institute := ""
		if i%3 > 0 {
			institute = "颠覆性技术" + pick(d, names) + "研究所（" + made + "名称）"
		}
		t.add(fmt.Sprintf("%s科研人员%03d", made, i), fmt.Sprintf("%s-%04d", made, i), labName, labName, institute, pick(d, titles), joined, left)
	}
	for i := range 312 {
		one(i+1, string(d.day("2021-12-01", "2025-12-20")), "")
	}
	for i := range 41 {
		from := d.day("2021-12-01", "2023-06-30")
		one(313+i, string(from), string(from.AddDays(200+d.IntN(500))))
	}
	for i := range 24 {
		one(354+i, string(d.day("2026-01-05", "2026-09-30")), "")
	}
	return t
}
