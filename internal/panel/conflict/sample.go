package conflict

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"kechuang/internal/caldate"
)

// Sample is a made-up world whose truth is known: biographies and works as people write them, with short names of units, slips of
// the pen, people of one name, missing identifiers; and applications, with every conflict that there really is.
type Sample struct {
	World        World
	Applications []Application
	Truth        map[Truth]bool
}

// Truth is a conflict that there is.
type Truth struct {
	Application, Expert string
	Kind                Kind
}

// SampleDay is the today of samples.
const SampleDay caldate.Date = "2026-06-30"

// SampleRules are like those of a pack.
var SampleRules = Rules{{Kind: Self, Severity: Forbidden}, {Kind: SameUnit, Severity: Forbidden}, {Kind: SameGroup, Severity: Approval}, {Kind: Kinship, Severity: Forbidden},
	{Kind: Supervisor, Severity: Forbidden}, {Kind: CoAuthor, Severity: Forbidden, Years: 3}, {Kind: CoProject, Severity: Forbidden, Years: 3}, {Kind: CoPatent, Severity: Forbidden, Years: 3},
	{Kind: Shareholding, Severity: Forbidden}, {Kind: Advice, Severity: Forbidden, Years: 3}, {Kind: Competitor, Severity: Forbidden}, {Kind: Veto, Severity: Approval, Count: 3}}

// sampler makes a sample; orgOf and name are the truth.
type sampler struct {
	r       *rand.Rand
	s       *Sample
	orgOf   []int   // of each person
	leads   [][]int // of each application, its people
	byTruth [][]int // of each work, its people
}

// MakeSample makes people, a unit for each forty of them, works, ties, and applications.
func MakeSample(people, applications int, seed uint64) *Sample {
	m := &sampler{r: rand.New(rand.NewPCG(seed, 5)), s: &Sample{Truth: map[Truth]bool{}}}
	m.units(max(people/40, 12))
	m.persons(people)
	m.noise(people)
	for i := range applications {
		m.application(i)
	}
	m.truth()
	return m.s
}

var (
	places   = strings.Split("沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 长春 吉林 哈尔滨 北京 上海 武汉 西安 成都 南京 合肥 广州 深圳 杭州", " ")
	fields   = strings.Split("自动化 金属 计算技术 机械 化工 材料 电力 航空 生物 医药 农业 环境 光电 轻工 矿冶 仪器 测控 微电子 机器人 数控 新能源 核能 海洋 食品 通信 软件", " ")
	brands   = strings.Split("远大 新松 华晨 东软 三生 沈鼓 北方 天成 博众 中科 瑞丰 恒力 鼎盛 宏图 兴华 联创 精工 星河 佳和 泰富 金瑞 东风 启明 凯达 安泰 创维", " ")
	surnames = []rune("王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")
	given    = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文辉力鑫宇浩然雪梅博志国庆海波晨阳瑞雨泽思远嘉怡俊峰立新春生玉兰红卫东永康正林健成")
)

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func (m *sampler) units(n int) {
	w := &m.s.World
	w.Orgs = append(w.Orgs, Org{ID: "org_cas", Name: "中国科学院", Aliases: []string{"CAS"}, USCC: "cas", Umbrella: true})
	seen := map[string]bool{}
	for len(w.Orgs) < n {
		i := len(w.Orgs)
		o := Org{ID: fmt.Sprintf("org_%05d", i), USCC: fmt.Sprintf("uscc%014d", i)}
		place, field, brand := pick(m.r, places), pick(m.r, fields), pick(m.r, brands)
		switch m.r.IntN(4) {
		case 0:
			o.Name, o.Parent, o.Aliases = "中国科学院"+place+field+"研究所", "org_cas", []string{fmt.Sprintf("S%dIA", i)}
		case 1:
			o.Name = place + field + "大学"
		case 2:
			o.Name = place + "市" + field + "研究院有限公司"
		default:
			o.Name = place + brand + field + "股份有限公司"
			if m.r.IntN(3) == 0 {
				o.Group = brand + "集团"
			}
		}
		if k := orgKey(o.Name); !seen[k] {
			seen[k] = true
			w.Orgs = append(w.Orgs, o)
		} else if n > len(places)*len(fields)*2 { // a large sample needs more names than there are
			o.Name = fmt.Sprintf("%s%d号", o.Name, i)
			w.Orgs = append(w.Orgs, o)
		}
	}
}

func (m *sampler) persons(n int) {
	w := &m.s.World
	for i := range n {
		p := Person{ID: fmt.Sprintf("p_%06d", i), Expert: m.r.IntN(10) < 7}
		name := []rune{pick(m.r, surnames), pick(m.r, given)}
		if m.r.IntN(5) > 0 {
			name = append(name, pick(m.r, given))
		}
		p.Name = string(name)
		if m.r.IntN(10) < 4 {
			p.ORCID = fmt.Sprintf("0000-0001-%04d-%04d", i/10000, i%10000)
		}
		at := m.r.IntN(len(w.Orgs)-1) + 1
		p.Posts = []Post{{Org: m.written(at), From: "2015-01-01"}}
		w.People, m.orgOf = append(w.People, p), append(m.orgOf, at)
	}
}

// written is a unit as somebody writes it.
func (m *sampler) written(i int) string {
	o := m.s.World.Orgs[i]
	switch k := m.r.IntN(20); {
	case k < 5:
		return o.ID
	case k < 9:
		return o.Name
	case k < 11 && len(o.Aliases) > 0:
		return o.Aliases[0]
	case k < 15:
		return strings.NewReplacer("中国科学院", "中科院", "研究所", "所", "研究院", "院", "股份有限公司", "", "有限公司", "").Replace(o.Name)
	case k < 17:
		return " " + strings.ReplaceAll(o.Name, "大学", "大学　") + "（" + pick(m.r, fields) + "学院）"
	case k < 18: // a slip in one character
		r := []rune(o.Name)
		r[2+m.r.IntN(len(r)-4)] = pick(m.r, given)
		return string(r)
	}
	return o.Name
}

// mention is a person as a work or an application writes them.
func (m *sampler) mention(i int) Mention {
	p := m.s.World.People[i]
	switch k := m.r.IntN(20); {
	case k < 4:
		return Mention{Person: p.ID, Name: p.Name}
	case k < 8 && p.ORCID != "":
		return Mention{Name: p.Name, ORCID: p.ORCID}
	case k < 9: // a slip in the last character
		r := []rune(p.Name)
		r[len(r)-1] = pick(m.r, given)
		return Mention{Name: string(r), Org: m.s.World.Orgs[m.orgOf[i]].Name}
	}
	return Mention{Name: p.Name, Org: m.written(m.orgOf[i])}
}

// work adds a work of these people and remembers who they are.
func (m *sampler) work(kind Kind, by ...int) {
	w := Work{ID: fmt.Sprintf("w_%06d", len(m.s.World.Works)), Kind: kind, Title: pick(m.r, fields) + "若干问题研究", Date: caldate.Date(fmt.Sprintf("%d-%02d-15", 2020+m.r.IntN(7), 1+m.r.IntN(6)))}
	for _, i := range by {
		w.By = append(w.By, m.mention(i))
	}
	m.s.World.Works = append(m.s.World.Works, w)
	m.byTruth = append(m.byTruth, by)
}

func (m *sampler) noise(n int) {
	for range n {
		by := []int{m.r.IntN(n)}
		for range 1 + m.r.IntN(3) {
			by = append(by, m.r.IntN(n))
		}
		slices.Sort(by)
		m.work(pick(m.r, []Kind{CoAuthor, CoAuthor, CoProject, CoPatent}), slices.Compact(by)...)
	}
}

// application adds one with some people of a unit, and plants ties to experts.
func (m *sampler) application(n int) {
	s := m.s
	lead := m.r.IntN(len(s.World.People))
	people := []int{lead, m.r.IntN(len(s.World.People))}
	a := Application{ID: fmt.Sprintf("a_%05d", n), Call: fmt.Sprintf("call_%d", n%20), Orgs: []string{m.written(m.orgOf[lead])}}
	for _, i := range people {
		a.People = append(a.People, Mention{Person: s.World.People[i].ID, Name: s.World.People[i].Name})
	}
	for range 3 {
		m.work(pick(m.r, []Kind{CoAuthor, CoProject, CoPatent}), lead, m.r.IntN(len(s.World.People)))
	}
	other := m.r.IntN(len(s.World.People))
	k := pick(m.r, []Kind{Kinship, Supervisor})
	s.World.Ties = append(s.World.Ties, Tie{Kind: k, A: s.World.People[other].ID, B: s.World.People[lead].ID, Source: "本人申报"},
		Tie{Kind: pick(m.r, []Kind{Shareholding, Advice}), A: s.World.People[m.r.IntN(len(s.World.People))].ID, B: s.World.Orgs[m.orgOf[lead]].ID, Source: "公示信息", From: "2024-01-01"})
	for range m.r.IntN(3) {
		a.Veto = append(a.Veto, s.World.People[m.r.IntN(len(s.World.People))].ID)
	}
	s.Applications = append(s.Applications, a)
	m.leads = append(m.leads, people)
}
