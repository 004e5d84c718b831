package lives

import (
	"fmt"
	"strings"

	"kechuang/internal/panel/conflict"
)

// unit is a unit that there is, with all the ways in which people write it.
type unit struct {
	org      conflict.Org
	abbrs    []string // what people say
	former   string
	english  string
	acronym  string
	schools  []string
	holds    int    // the unit whose shares it holds; 0: none
	head     int    // its legal representative among the people; -1: nobody who is known
	kind     string // university, institute, company, hospital
	combined bool   // an umbrella
}

// real are units as they are called, were called and are called for short: name | short | former name | English | acronym. Names that
// are easily taken for one another are here on purpose: 东大 is two universities, 自动化所 two institutes, 医大一院 no part of 医大.
const real = `东北大学|东大|东北工学院|Northeastern University|NEU
东南大学|东大|南京工学院|Southeast University|SEU
大连理工大学|大工|大连工学院|Dalian University of Technology|DUT
沈阳工业大学|沈工大|沈阳机电学院|Shenyang University of Technology|SUT
沈阳理工大学|沈理工|沈阳工业学院|Shenyang Ligong University|SYLU
沈阳化工大学|沈化大|沈阳化工学院|Shenyang University of Chemical Technology|SYUCT
沈阳航空航天大学|沈航|沈阳航空工业学院|Shenyang Aerospace University|SAU
沈阳建筑大学|沈建大|沈阳建筑工程学院|Shenyang Jianzhu University|SJZU
沈阳农业大学|沈农|沈阳农学院|Shenyang Agricultural University|SYAU
沈阳药科大学|沈药|沈阳药学院|Shenyang Pharmaceutical University|SPU
沈阳大学|沈大||Shenyang University|SYU
沈阳师范大学|沈师|沈阳师范学院|Shenyang Normal University|SYNU
中国医科大学|医大||China Medical University|CMU
辽宁大学|辽大||Liaoning University|LNU
辽宁工程技术大学|辽工大|阜新矿业学院|Liaoning Technical University|LNTU
辽宁工业大学|辽工|辽宁工学院|Liaoning University of Technology|LUT
辽宁科技大学|辽科大|鞍山钢铁学院|University of Science and Technology Liaoning|USTL
大连海事大学|海大|大连海运学院|Dalian Maritime University|DMU
大连交通大学|大交大|大连铁道学院|Dalian Jiaotong University|DJTU
大连大学|连大||Dalian University|DLU
哈尔滨工业大学|哈工大||Harbin Institute of Technology|HIT
哈尔滨工程大学|哈工程|哈尔滨船舶工程学院|Harbin Engineering University|HEU
吉林大学|吉大||Jilin University|JLU
北京航空航天大学|北航|北京航空学院|Beihang University|BUAA
北京科技大学|北科大|北京钢铁学院|University of Science and Technology Beijing|USTB
北京理工大学|北理工|北京工业学院|Beijing Institute of Technology|BIT
北京工业大学|北工大||Beijing University of Technology|BJUT
上海交通大学|上海交大||Shanghai Jiao Tong University|SJTU
西安交通大学|西安交大||Xi'an Jiaotong University|XJTU
华中科技大学|华科|华中理工大学|Huazhong University of Science and Technology|HUST
中国科学院沈阳自动化研究所|沈阳自动化所||Shenyang Institute of Automation, Chinese Academy of Sciences|SIA
中国科学院自动化研究所|中科院自动化所||Institute of Automation, Chinese Academy of Sciences|CASIA
中国科学院金属研究所|金属所||Institute of Metal Research, Chinese Academy of Sciences|IMR
中国科学院大连化学物理研究所|大化所||Dalian Institute of Chemical Physics, Chinese Academy of Sciences|DICP
中国科学院沈阳应用生态研究所|沈阳生态所|中国科学院林业土壤研究所|Institute of Applied Ecology, Chinese Academy of Sciences|IAE
中国科学院沈阳计算技术研究所|沈阳计算所||Shenyang Institute of Computing Technology, Chinese Academy of Sciences|SICT
中国科学院计算技术研究所|中科院计算所||Institute of Computing Technology, Chinese Academy of Sciences|ICT
中国科学院长春应用化学研究所|长春应化所||Changchun Institute of Applied Chemistry, Chinese Academy of Sciences|CIAC
中国科学院长春光学精密机械与物理研究所|长春光机所||Changchun Institute of Optics, Fine Mechanics and Physics|CIOMP
中国医科大学附属第一医院|医大一院||The First Hospital of China Medical University|FHCMU
中国医科大学附属盛京医院|盛京医院||Shengjing Hospital of China Medical University|SJH
沈阳化工研究院有限公司|沈阳院|化工部沈阳化工研究院|Shenyang Research Institute of Chemical Industry|SYRICI
沈阳铸造研究所有限公司|沈铸所|机械工业部沈阳铸造研究所|Shenyang Research Institute of Foundry|SRIF
沈阳鼓风机集团股份有限公司|沈鼓集团|沈阳鼓风机厂|Shenyang Blower Works Group|SBW
沈阳新松机器人自动化股份有限公司|新松公司||SIASUN Robot and Automation|SIASUN
沈阳机床股份有限公司|沈阳机床|沈阳第一机床厂|Shenyang Machine Tool|SMTCL
特变电工沈阳变压器集团有限公司|沈变公司|沈阳变压器厂|TBEA Shenyang Transformer Group|TBEA
东软集团股份有限公司|东软|东大阿尔派软件股份有限公司|Neusoft Corporation|NEUSOFT
东软医疗系统股份有限公司|东软医疗||Neusoft Medical Systems|NMS
北方重工集团有限公司|北方重工|沈阳重型机器厂|Northern Heavy Industries Group|NHI`

var (
	schools  = strings.Fields("机械工程学院 信息科学与工程学院 材料科学与工程学院 化学工程学院 计算机科学与工程学院 自动化系 管理学院 资源与土木工程学院")
	labs     = strings.Fields("机器人学国家重点实验室 先进材料研究部 智能检测课题组 光电信息研究室 工业控制网络研究室")
	shops    = strings.Fields("技术中心 研发中心 设计部 第一事业部 中央研究院")
	cities   = strings.Fields("沈阳 大连 鞍山 营口 锦州 铁岭 抚顺 苏州 深圳 天津")
	trades   = strings.Fields("机电 新材料 精密铸造 数控装备 软件 生物制药 环保科技 光电科技 能源 仪器仪表 阀门 泵业 轴承 传感技术 航空零部件")
	syllable = []rune("恒泰昌瑞盛源宏远鸿达卓越博睿蓝天祥和金辰隆兴鑫诚润华信科迈拓")
)

// found makes the units: the real ones, and companies in groups, with subsidiaries and holdings among them.
func (m *maker) found(companies int) {
	cas := unit{org: conflict.Org{ID: "o0000", Name: "中国科学院", Aliases: []string{"中科院"}, USCC: "C0000", Umbrella: true}, combined: true, head: -1}
	m.units = append(m.units, cas)
	for _, line := range strings.Split(real, "\n") {
		f := strings.Split(line, "|")
		u := unit{abbrs: strings.Fields(f[1]), former: f[2], english: f[3], acronym: f[4], head: -1}
		u.org.Name = f[0]
		switch {
		case strings.HasSuffix(f[0], "大学"):
			u.kind, u.schools = "university", schools
		case strings.HasPrefix(f[0], "中国科学院"):
			u.kind, u.schools, u.org.Parent = "institute", labs, "o0000"
			u.abbrs = append(u.abbrs, strings.NewReplacer("中国科学院", "中科院", "研究所", "所").Replace(f[0]))
		case strings.HasSuffix(f[0], "医院"):
			u.kind, u.schools = "hospital", []string{"心内科", "影像科"}
		default:
			u.kind, u.schools = "company", shops
		}
		if strings.HasPrefix(f[0], "东软") {
			u.org.Group = "东软集团"
		}
		m.add(u)
	}
	used := map[string]bool{}
	for n := 0; n < companies; {
		brand := string([]rune{pick(m.r, syllable), pick(m.r, syllable)})
		if used[brand] {
			if len(used) > 600 {
				brand += string(pick(m.r, syllable))
			}
			if used[brand] {
				continue
			}
		}
		used[brand] = true
		family := 1
		if m.r.IntN(4) == 0 {
			family = 2 + m.r.IntN(3)
		}
		first := len(m.units)
		for i := range family {
			city, trade := pick(m.r, cities), pick(m.r, trades)
			for used[city+brand+trade] {
				city, trade = pick(m.r, cities), pick(m.r, trades)
			}
			used[city+brand+trade] = true
			u := unit{kind: "company", schools: shops, head: -1, abbrs: []string{city + brand + trade, brand + trade}}
			u.org.Name = city + brand + trade + pick(m.r, []string{"有限公司", "股份有限公司", "有限责任公司"})
			if family > 1 && i > 0 {
				if m.r.IntN(2) == 0 {
					u.org.Parent = m.units[first].org.ID // a subsidiary, a legal person of its own
				} else {
					u.org.Group = brand + "集团"
					m.units[first].org.Group = brand + "集团"
				}
			} else if family == 1 && first > 60 && m.r.IntN(5) == 0 {
				if other := 50 + m.r.IntN(first-50); m.units[other].kind == "company" {
					u.holds = other
				}
			}
			m.add(u)
			n++
		}
	}
}

// add registers a unit: what the register knows of the ways to write it is most of them, and not all.
func (m *maker) add(u unit) {
	u.org.ID, u.org.USCC = fmt.Sprintf("o%04d", len(m.units)), fmt.Sprintf("C%04d", len(m.units))
	for _, a := range u.abbrs {
		if len([]rune(a)) <= 4 && m.r.IntN(10) < 7 {
			u.org.Aliases = append(u.org.Aliases, a)
		}
	}
	for _, a := range []string{u.former, u.english, u.acronym} {
		if a != "" && m.r.IntN(10) < 8 {
			u.org.Aliases = append(u.org.Aliases, a)
		}
	}
	m.units = append(m.units, u)
}

// traditional are characters that somebody from elsewhere writes.
var traditional = strings.NewReplacer("东", "東", "阳", "陽", "学", "學", "业", "業", "国", "國", "机", "機", "张", "張", "刘", "劉", "陈", "陳", "赵", "趙", "吴", "吳", "孙", "孫", "马", "馬", "华", "華", "丽", "麗", "军", "軍", "伟", "偉", "强", "強", "杨", "楊", "连", "連", "宁", "寧", "电", "電", "医", "醫", "药", "藥", "建筑", "建築", "农", "農", "软", "軟")

// write is a unit as somebody writes it, with a department or without.
func (m *maker) write(i int, department string) string {
	u := m.units[i]
	name := u.org.Name
	switch k := m.r.IntN(100); {
	case k < 15 && len(u.abbrs) > 0:
		name = pick(m.r, u.abbrs)
	case k < 20 && u.former != "":
		name = u.former
	case k < 24:
		name = traditional.Replace(name)
	case k < 27: // full width, and spaces
		name = strings.Join(strings.Split(name, ""), " ")
	case k < 31: // a wrong character, or one that is missing
		r := []rune(name)
		at := 1 + m.r.IntN(len(r)-2)
		if m.r.IntN(2) == 0 {
			r[at] = pick(m.r, syllable)
			name = string(r)
		} else {
			name = string(r[:at]) + string(r[at+1:])
		}
	case k < 36 && u.kind == "company":
		name = strings.NewReplacer("股份有限公司", "公司", "有限责任公司", "公司", "有限公司", "公司").Replace(name)
	case k < 40 && u.kind == "company":
		name = strings.NewReplacer("股份有限公司", "（集团）股份有限公司", "有限公司", "有限责任公司").Replace(name)
	}
	if department == "" {
		return name
	}
	switch m.r.IntN(4) {
	case 0:
		return name + "（" + department + "）"
	case 1:
		return name + " " + department
	case 2:
		return department + "，" + name
	}
	return name + department
}

// foreign is a unit as a paper in English writes it.
func (m *maker) foreign(i int) string {
	u := m.units[i]
	switch {
	case u.english == "":
		return m.write(i, "")
	case m.r.IntN(4) == 0:
		return u.acronym
	case m.r.IntN(2) == 0:
		return "School of Engineering, " + u.english + ", Shenyang 110819, China"
	}
	return u.english
}
