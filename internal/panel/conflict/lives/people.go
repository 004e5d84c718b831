package lives

import (
	"fmt"
	"strings"

	"kechuang/internal/caldate"
)

// person is somebody whose life is known.
type person struct {
	id           string
	name         string
	latin        []string // family name and given name's syllables, as papers write them
	born         int
	posts        []post
	field        string
	orcid, email string
	expert       bool
	student      int // of whom; -1: of nobody who is known
	said         []string
}

// post is where somebody works or worked.
type post struct {
	unit     int
	school   string
	from, to caldate.Date
}

// characters with their sounds, and with what they are mistaken for in typing (sound or shape): sur: family names with weights.
var (
	family = []struct {
		char, latin string
		weight      int
	}{{"王", "Wang", 72}, {"李", "Li", 72}, {"张", "Zhang", 68}, {"刘", "Liu", 54}, {"陈", "Chen", 45}, {"杨", "Yang", 31}, {"黄", "Huang", 22}, {"赵", "Zhao", 23}, {"吴", "Wu", 20}, {"周", "Zhou", 20},
		{"徐", "Xu", 15}, {"孙", "Sun", 15}, {"马", "Ma", 13}, {"朱", "Zhu", 13}, {"胡", "Hu", 12}, {"郭", "Guo", 12}, {"何", "He", 11}, {"林", "Lin", 11}, {"高", "Gao", 10}, {"罗", "Luo", 10},
		{"郑", "Zheng", 9}, {"梁", "Liang", 9}, {"谢", "Xie", 7}, {"宋", "Song", 7}, {"唐", "Tang", 6}, {"许", "Xu", 6}, {"韩", "Han", 6}, {"邓", "Deng", 5}, {"冯", "Feng", 5}, {"曹", "Cao", 5},
		{"曾", "Zeng", 4}, {"单", "Shan", 1}, {"仇", "Qiu", 1}, {"欧阳", "Ouyang", 1}, {"上官", "Shangguan", 1}, {"吕", "Lyu", 4}, {"尉迟", "Yuchi", 1}}
	given = []struct{ char, latin, slip string }{{"伟", "wei", "炜"}, {"芳", "fang", "方"}, {"娜", "na", "娅"}, {"敏", "min", "玟"}, {"静", "jing", "婧"}, {"丽", "li", "莉"}, {"强", "qiang", "彊"},
		{"磊", "lei", "蕾"}, {"军", "jun", "君"}, {"洋", "yang", "阳"}, {"勇", "yong", "永"}, {"艳", "yan", "燕"}, {"杰", "jie", "洁"}, {"涛", "tao", "滔"}, {"明", "ming", "鸣"}, {"超", "chao", "朝"},
		{"秀", "xiu", "岫"}, {"霞", "xia", "遐"}, {"平", "ping", "苹"}, {"刚", "gang", "钢"}, {"桂", "gui", "佳"}, {"英", "ying", "瑛"}, {"华", "hua", "桦"}, {"建", "jian", "健"}, {"国", "guo", "囯"},
		{"庆", "qing", "厌"}, {"海", "hai", "每"}, {"波", "bo", "渡"}, {"晨", "chen", "辰"}, {"志", "zhi", "智"}, {"浩", "hao", "皓"}, {"宇", "yu", "字"}, {"然", "ran", "燃"}, {"雪", "xue", "雷"},
		{"喆", "zhe", "哲"}, {"堃", "kun", "坤"}, {"昇", "sheng", "升"}, {"峰", "feng", "峯"}, {"珺", "jun", "君"}, {"琳", "lin", "玲"}, {"鹏", "peng", "朋"}, {"欣", "xin", "心"}, {"东", "dong", "冬"},
		{"文", "wen", "雯"}, {"斌", "bin", "彬"}, {"立", "li", "力"}, {"新", "xin", "欣"}, {"春", "chun", "椿"}, {"玉", "yu", "王"}, {"红", "hong", "虹"}, {"卫", "wei", "为"}, {"成", "cheng", "诚"}}
	others = []string{"艾力·买买提", "阿不都热合曼·吐尔逊", "乌兰图雅", "巴特尔", "金哲洙", "扎西·多吉"}
	fields = strings.Fields("机器人控制 金属材料 化工过程 计算机视觉 电力装备 航空发动机 制药工程 环境工程 机械设计 光电检测")
)

// born makes somebody; a share of the people bear a name that somebody else has already.
func (m *maker) born(i int) {
	p := person{id: fmt.Sprintf("p%06d", i), born: 1955 + m.r.IntN(40), field: pick(m.r, fields), expert: m.r.IntN(10) < 7, student: -1}
	switch k := m.r.IntN(100); {
	case k < 1:
		p.name = pick(m.r, others)
	default:
		at := m.r.IntN(m.weight)
		for _, f := range family {
			if at -= f.weight; at < 0 {
				p.name, p.latin = f.char, []string{f.latin}
				break
			}
		}
		for range 1 + min(m.r.IntN(4), 1) {
			g := pick(m.r, given)
			p.name, p.latin = p.name+g.char, append(p.latin, g.latin)
		}
	}
	if m.r.IntN(10) < 4 {
		p.orcid = fmt.Sprintf("0000-0002-%04d-%04d", i/10000, i%10000)
	}
	if m.r.IntN(10) < 3 {
		p.email = fmt.Sprintf("user%d@example.edu.cn", i)
	}
	unit := m.anyUnit()
	if m.r.IntN(60) == 0 && i > 10 { // the same name at the same unit
		twin := m.people[m.r.IntN(i)]
		p.name, p.latin, unit = twin.name, twin.latin, twin.posts[0].unit
	}
	start := min(p.born+28+m.r.IntN(8), 2024)
	p.posts = []post{{unit: unit, school: pick(m.r, m.units[unit].schools), from: day(start, 7, 1)}}
	if m.r.IntN(3) == 0 { // worked elsewhere before
		p.posts = append(p.posts, post{unit: m.anyUnit(), from: day(start-6, 7, 1), to: day(start, 6, 30)})
	}
	if m.r.IntN(6) == 0 { // moved lately
		moved := pick(m.r, []caldate.Date{"2022-08-31", "2024-06-29", "2024-06-30", "2025-03-01", "2026-01-31"})
		p.posts[0].from = moved.AddDays(1)
		p.posts = append(p.posts, post{unit: m.anyUnit(), from: day(2012, 7, 1), to: moved})
	}
	if m.r.IntN(12) == 0 { // two posts at once
		p.posts = append(p.posts, post{unit: m.anyUnit(), from: day(2021, 1, 1)})
	}
	m.people = append(m.people, p)
}

// anyUnit is one that people work for: three of four at those that are known by name.
func (m *maker) anyUnit() int {
	if m.r.IntN(4) > 0 {
		return 1 + m.r.IntN(min(50, len(m.units)-1))
	}
	return 1 + m.r.IntN(len(m.units)-1)
}

func day(y, mo, d int) caldate.Date { return caldate.Date(fmt.Sprintf("%04d-%02d-%02d", y, mo, d)) }

// sign is somebody's name as somebody writes it; latin tells whether it is in letters.
func (m *maker) sign(p person, letters bool) string {
	if letters && p.latin != nil {
		f, g := p.latin[0], strings.Join(p.latin[1:], "")
		g = strings.ToUpper(g[:1]) + g[1:]
		switch m.r.IntN(5) {
		case 0:
			return f + " " + g
		case 1:
			return g + " " + f
		case 2:
			return strings.ToUpper(f) + ", " + strings.Join(p.latin[1:], "-")
		case 3:
			return g[:1] + ". " + f
		}
		return g + " " + strings.ToUpper(f)
	}
	r := []rune(p.name)
	switch k := m.r.IntN(100); {
	case k < 6 && len(r) == 2:
		return string(r[0]) + "　" + string(r[1])
	case k < 9:
		return traditional.Replace(p.name)
	case k < 14 && p.latin != nil: // mistyped
		for _, g := range given {
			if g.char == string(r[len(r)-1]) {
				return string(r[:len(r)-1]) + g.slip
			}
		}
	case k < 16 && strings.Contains(p.name, "·"):
		return strings.ReplaceAll(p.name, "·", pick(m.r, []string{"•", ".", "．", ""}))
	}
	return p.name
}

// biography tells a life in prose, as CVs do. What is not a post must not be taken for one: degrees, guests, prizes of other units.
func (m *maker) biography(p person) string {
	s := []string{fmt.Sprintf("%s，%d年%d月生，%s，主要从事%s研究", p.name, p.born, 1+m.r.IntN(12), pick(m.r, []string{"教授", "研究员", "高级工程师", "博士生导师"}), p.field)}
	alma := 1 + m.r.IntN(30)
	s = append(s, pick(m.r, []string{
		fmt.Sprintf("%d年毕业于%s，获学士学位", p.born+22, m.write(alma, "")),
		fmt.Sprintf("本科就读于%s", m.write(alma, "")),
		fmt.Sprintf("%d年获%s工学博士学位", p.born+28, m.write(alma, "")),
	}))
	if p.student >= 0 {
		t := m.people[p.student]
		at := m.units[t.posts[0].unit].org.Name
		s = append(s, pick(m.r, []string{
			fmt.Sprintf("博士毕业于%s，师从%s%s", at, t.name, pick(m.r, []string{"教授", "研究员", "院士", ""})),
			fmt.Sprintf("%d年于%s获博士学位（导师：%s）", p.born+28, at, t.name),
			fmt.Sprintf("%d年至%d年在%s攻读博士学位，导师%s教授", p.born+25, p.born+28, at, t.name),
		}))
	}
	for i := len(p.posts) - 1; i >= 0; i-- {
		q := p.posts[i]
		from, to := string(q.from[:4]), "至今"
		title := pick(m.r, []string{"教授", "副教授", "研究员", "高级工程师", "讲师", "工程师"})
		if q.to != "" {
			to = fmt.Sprintf("至%s年%s月", q.to[:4], strings.TrimPrefix(string(q.to[5:7]), "0"))
			s = append(s, pick(m.r, []string{
				fmt.Sprintf("%s年%s月%s任%s%s", from, strings.TrimPrefix(string(q.from[5:7]), "0"), to, m.write(q.unit, q.school), title),
				fmt.Sprintf("曾任%s%s（%s.%s—%s.%s）", m.write(q.unit, q.school), title, from, q.from[5:7], q.to[:4], q.to[5:7]),
				fmt.Sprintf("%s.%s-%s.%s，%s，%s", from, q.from[5:7], q.to[:4], q.to[5:7], m.write(q.unit, q.school), title)}))
			continue
		}
		s = append(s, pick(m.r, []string{
			fmt.Sprintf("现任%s%s", m.write(q.unit, q.school), title),
			fmt.Sprintf("%s年至今在%s工作，任%s", from, m.write(q.unit, q.school), title),
			fmt.Sprintf("%s.%s—至今，%s，%s", from, q.from[5:7], m.write(q.unit, q.school), title)}))
	}
	s = append(s, p.said...)
	if m.r.IntN(4) == 0 {
		s = append(s, fmt.Sprintf("应邀到%s讲学", m.units[1+m.r.IntN(30)].org.Name))
	}
	if m.r.IntN(4) == 0 {
		s = append(s, fmt.Sprintf("成果应用于%s", m.units[1+m.r.IntN(len(m.units)-1)].org.Name))
	}
	return strings.Join(s, pick(m.r, []string{"。", "；", "。\n"})) + "。"
}
