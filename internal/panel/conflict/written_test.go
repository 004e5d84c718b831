package conflict

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/caldate"
)

// TestUnitsAsWritten goes through the ways in which people write units, and what must not be taken for one.
func TestUnitsAsWritten(t *testing.T) {
	t.Parallel()
	o := newOrgs([]Org{
		{ID: "cas", Name: "中国科学院", USCC: "0", Umbrella: true},
		{ID: "sia", Name: "中国科学院沈阳自动化研究所", Aliases: []string{"Shenyang Institute of Automation, Chinese Academy of Sciences"}, USCC: "1", Parent: "cas"},
		{ID: "ia", Name: "中国科学院自动化研究所", USCC: "2", Parent: "cas"},
		{ID: "neu", Name: "东北大学", Aliases: []string{"东大", "Northeastern University", "东北工学院"}, USCC: "3"},
		{ID: "seu", Name: "东南大学", USCC: "4"},
		{ID: "sut", Name: "沈阳工业大学", USCC: "5"},
		{ID: "sylu", Name: "沈阳理工大学", Aliases: []string{"沈阳工业学院"}, USCC: "6"},
		{ID: "cmu", Name: "中国医科大学", USCC: "7"},
		{ID: "soft", Name: "东软集团股份有限公司", Aliases: []string{"东软"}, USCC: "8"},
		{ID: "med", Name: "东软医疗系统股份有限公司", USCC: "9"},
		{ID: "sbwg", Name: "沈阳鼓风机集团有限公司", USCC: "10"},
		{ID: "sbw", Name: "沈阳鼓风机集团股份有限公司", USCC: "11"},
	}, false)
	for text, want := range map[string]string{
		"沈阳自动化所": "sia likely", "中科院沈阳自动化所": "sia likely", "SIA": "sia likely", "Shenyang Institute of Automation, Chinese Academy of Sciences": "sia likely",
		"中科院自动化所": "ia likely", "中國科學院瀋陽自動化研究所": "sia likely", "沈阳工业大學": "sut likely", "沈 阳 工 业 大 学": "sut likely", "沈阳工业大学（材料科学与工程学院）": "sut likely 材料科学与工程学院",
		"School of Metallurgy, Northeastern University, Shenyang 110819, China": "neu likely schoolofmetallurgyshenyang110819china", "材料学院，东北大学": "neu likely 材料学院", "东北大学 自动化系": "neu likely 自动化系",
		"沈工大": "", "Shenyang University of Technology": "", "Shenyang Industrial University": "sut likely", "IAA": "", "IA": "", "School of Science, Shenyang Univ. of Technology": "", "China Medical University": "cmu likely", "Dept. of X, China Medical University, Shenyang, China": "cmu likely deptofxshenyangchina",
		"Institute of Automation, Chinese Academy of Sciences": "ia likely chineseacademyofsciences", "中医大": "cmu likely", "中医大管理学院": "cmu likely 管理学院", "沈阳工业学院": "sylu likely", "沈阳工业学院管理学院": "sylu likely 管理学院", "东北工学院": "neu likely",
		"东大": "neu possible", "沈阳工业太学": "sut possible", "沈阳自功化研究所": "", "中国科学院沈阳自功化研究所": "sia possible",
		"中国医科大学附属第一医院": "", "化学工程学院": "", "东软医疗研究院": "", "东软研发中心": "soft likely 研发中心", "东软医疗": "med likely",
		"沈阳鼓风机集团有限公司": "sbwg likely", "沈阳鼓风机集团股份有限公司": "sbw likely", "沈阳鼓风机集团公司": "", "中国科学院": "cas likely", "": "", "　": "", "（）": "", "所": "",
	} {
		got := ""
		if p, ok := o.find(text); ok {
			got = strings.TrimSpace(fmt.Sprint(o.list[p.org].ID, " ", p.sure, " ", p.department))
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// TestInitials: of institutes whose English names nobody registered.
func TestInitials(t *testing.T) {
	t.Parallel()
	o := newOrgs([]Org{{ID: "cas", Name: "中国科学院", USCC: "0", Umbrella: true}, {ID: "sia", Name: "中国科学院沈阳自动化研究所", USCC: "1", Parent: "cas"}, {ID: "imr", Name: "中国科学院金属研究所", USCC: "2", Parent: "cas"},
		{ID: "dicp", Name: "中国科学院大连化学物理研究所", USCC: "3", Parent: "cas"}, {ID: "dut", Name: "大连理工大学", USCC: "4"}, {ID: "sut", Name: "沈阳工业大学", USCC: "5"}, {ID: "sylu", Name: "沈阳理工大学", USCC: "6"}}, false)
	for text, want := range map[string]string{"SIA": "sia", "IMR": "imr", "DICP": "dicp", "DUT": "dut", "SUT": "", "XYZ": "", "Dalian University of Technology": "dut", "Institute of Metal Research, CAS": "imr"} {
		got := ""
		if p, ok := o.find(text); ok {
			got = o.list[p.org].ID
			if len(text) < 5 && p.sure != Possible {
				t.Errorf("%s is %s", text, p.sure)
			}
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

// TestPeopleAsWritten: who is meant, and how sure that is.
func TestPeopleAsWritten(t *testing.T) {
	t.Parallel()
	o := newOrgs([]Org{{ID: "neu", Name: "东北大学", Aliases: []string{"Northeastern University"}, USCC: "1"}, {ID: "sut", Name: "沈阳工业大学", USCC: "2"}}, false)
	p := newPeople([]Person{
		{ID: "jg", Name: "李建国", Posts: []Post{{Org: "东北大学"}}},
		{ID: "w1", Name: "王伟", Born: 1970, Posts: []Post{{Org: "东北大学自动化系", From: "2000-01-01"}}},
		{ID: "w2", Name: "王伟", Born: 1985, Posts: []Post{{Org: "东北大学管理学院", From: "2015-01-01"}}},
		{ID: "w3", Name: "王伟", Posts: []Post{{Org: "沈阳工业大学"}}},
		{ID: "zeng", Name: "曾静", Posts: []Post{{Org: "neu"}}},
		{ID: "ou", Name: "欧阳喆", Posts: []Post{{Org: "neu"}}},
		{ID: "lv", Name: "吕建军", Posts: []Post{{Org: "neu"}}},
		{ID: "aili", Name: "艾力·买买提", Posts: []Post{{Org: "neu"}}},
		{ID: "orcid", Name: "赵敏", ORCID: "0000-1", Posts: []Post{{Org: "neu"}}},
	}, o)
	for _, c := range []struct {
		m    Mention
		day  caldate.Date
		want string
	}{
		{Mention{Name: "李建国", Org: "东北大学"}, "", "jg likely"},
		{Mention{Name: "李　建 国", Org: "东北大學"}, "", "jg likely"},
		{Mention{Name: "李建囯", Org: "东北大学"}, "", "jg possible"},
		{Mention{Name: "李健国", Org: "东北大学"}, "", "jg possible"},
		{Mention{Name: "季建国", Org: "东北大学"}, "", "jg possible"},
		{Mention{Name: "李建国", Org: "沈阳工业大学"}, "", ""},
		{Mention{Name: "李建国"}, "", "jg possible"},
		{Mention{Name: "Jianguo Li", Org: "Northeastern University"}, "", "jg likely"},
		{Mention{Name: "LI Jian-Guo", Org: "Northeastern University"}, "", "jg likely"},
		{Mention{Name: "Li, J.G.", Org: "Northeastern University"}, "", "jg possible"},
		{Mention{Name: "J. Li", Org: "Northeastern University"}, "", "jg possible"},
		{Mention{Name: "Ouyang Zhe", Org: "Northeastern University"}, "", "ou likely"},
		{Mention{Name: "Jing Zeng", Org: "Northeastern University"}, "", "zeng possible"},
		{Mention{Name: "Lyu Jianjun", Org: "Northeastern University"}, "", "lv likely"},
		{Mention{Name: "Lü Jianjun", Org: "Northeastern University"}, "", "lv likely"},
		{Mention{Name: "王伟", Org: "东北大学自动化系"}, "", "w1 likely"},
		{Mention{Name: "王伟", Org: "东北大学"}, "", "w1 possible w2 possible"},
		{Mention{Name: "王伟", Org: "东北大学"}, "2008-05-01", "w1 likely"},
		{Mention{Name: "王伟", Org: "东北大学", Born: 1985}, "", "w2 likely"},
		{Mention{Name: "王 伟", Org: "沈工大"}, "", "w3 likely"},
		{Mention{Name: "王伟"}, "", ""},
		{Mention{Name: "艾力•买买提", Org: "东北大学"}, "", "aili likely"},
		{Mention{Name: "赵敏", ORCID: "0000-2", Org: "东北大学"}, "", ""},
		{Mention{Name: "赵敏", ORCID: "0000-1"}, "", "orcid certain"},
		{Mention{}, "", ""},
	} {
		var got []string
		for _, x := range p.find(c.m, nil, c.day) {
			got = append(got, fmt.Sprint(p.list[x.person].ID, " ", x.sure))
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v on %q is %v, want %s", c.m, c.day, got, c.want)
		}
	}
}

// TestSpellings: every way to write a name that find understands is one by which works are looked up.
func TestSpellings(t *testing.T) {
	t.Parallel()
	all := Spellings("李建国")
	for _, written := range []string{"Li Jianguo", "Jian-Guo LI", "Li, J.", "J.G. Li", "J. Li"} {
		if !slices.Contains(all, plain(written)) {
			t.Errorf("%s is not among %v", written, all)
		}
	}
	if got := Spellings("艾力·买买提"); len(got) > 60 || Spellings("") != nil || Spellings("Smith") != nil {
		t.Errorf("%v", got)
	}
}

// TestBiographies: posts, teachers, kin, shares and advice are read; studies, talks and prizes are none.
func TestBiographies(t *testing.T) {
	t.Parallel()
	o := newOrgs([]Org{{ID: "neu", Name: "东北大学", Aliases: []string{"东北工学院"}, USCC: "1"}, {ID: "imr", Name: "中国科学院金属研究所", USCC: "2"}, {ID: "sut", Name: "沈阳工业大学", USCC: "3"}, {ID: "co", Name: "沈阳远大机电有限责任公司", USCC: "4"}}, false)
	for cv, want := range map[string]string{
		"王伟，男，1975年5月生，教授，博士生导师。1997年毕业于东北工学院，获学士学位。":                        "",
		"现任沈阳工业大学材料科学与工程学院教授。":                                               "sut -",
		"1999.07-2008.06，中国科学院金属研究所，副研究员；2008年7月至今任东北大学教授，兼任沈阳远大机电有限公司技术顾问。": "imr 1999-07-01-2008-06-30, neu 2008-07-01-, advice co",
		"曾任东北大学讲师（2001.03—2004.02）。":                                         "neu 2001-03-01-2004-02-29",
		"2010年至今在中科院金属所工作，任研究员。":                                             "imr 2010-01-01-",
		"现任材料学院，东北大学教授。":                                                     "neu -",
		"2004年于东北大学获博士学位（导师：李建国）。":                                           "supervisor 李建国 neu",
		"博士毕业于中国科学院金属研究所，师从张伟研究员。":                                           "supervisor 张伟 imr",
		"指导博士生赵敏、钱程等多名。":                                                     "supervisor 赵敏",
		"配偶赵敏，现任职于沈阳工业大学。":                                                   "kinship 赵敏 sut",
		"持有沈阳远大机电有限责任公司5%股份。":                                                "shareholding co",
		"应邀到东北大学讲学。获沈阳工业大学优秀奖。成果应用于沈阳远大机电有限公司。":                              "",
		"":      "",
		"。；\n，": "",
	} {
		l := readBiography(cv, o)
		var got []string
		id := func(text string) string {
			if at, ok := o.find(text); ok {
				return o.list[at.org].ID
			}
			return text
		}
		for _, p := range l.posts {
			got = append(got, fmt.Sprintf("%s %s-%s", id(p.Org), p.From, p.To))
		}
		for _, c := range l.claims {
			got = append(got, strings.TrimSpace(strings.ReplaceAll(fmt.Sprint(c.kind, " ", c.with.Name, " ", id(c.with.Org)), "  ", " ")))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", cv, strings.Join(got, ", "), want)
		}
	}
}

// TestWindowsAtTheirEdges: three years to the day still count, the day before does not; a leap day has an edge too; a date that is only a year may count.
func TestWindowsAtTheirEdges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		today, on caldate.Date
		want      Severity
	}{
		{"2026-06-30", "2023-06-30", Forbidden}, {"2026-06-30", "2023-06-29", ""}, {"2026-06-30", "2026-06-30", Forbidden}, {"2026-06-30", "2026-07-01", ""},
		{"2024-02-29", "2021-02-28", Forbidden}, {"2024-02-29", "2021-02-27", ""}, {"2027-02-28", "2024-02-29", Forbidden}, {"2027-03-01", "2024-02-29", ""},
		{"2026-06-30", "2023", Warn}, {"2026-06-30", "2022", ""}, {"2026-06-30", "2025", Forbidden}, {"2026-06-30", "2023-06", Warn}, {"2026-06-30", "2023-07", Forbidden}, {"2026-06-30", "", Warn},
	} {
		w := World{People: []Person{{ID: "x", Name: "甲", Expert: true}, {ID: "y", Name: "乙"}}, Works: []Work{{ID: "w", Kind: CoAuthor, Date: c.on, By: []Mention{{Person: "x"}, {Person: "y"}}}}}
		if got := Worst(New(w, rules, c.today).Check(Application{ID: "a", People: []Mention{{Person: "y"}}})["x"]); got != c.want {
			t.Errorf("a paper of %q is %q on %s, want %q", c.on, got, c.today, c.want)
		}
		if c.on == "" || len(c.on) < 10 || c.on > c.today {
			continue
		}
		w = World{People: w.People, Orgs: []Org{{ID: "o", Name: "沈阳某某有限公司", USCC: "1"}}, Ties: []Tie{{Kind: Advice, A: "x", B: "o", From: "2001-01-01", To: c.on}}}
		if got := Worst(New(w, rules, c.today).Check(Application{ID: "a", Orgs: []string{"o"}})["x"]); got != c.want {
			t.Errorf("advice until %q is %q on %s, want %q", c.on, got, c.today, c.want)
		}
	}
}

// TestTwoSteps: a firm that holds shares in the applicant, and one with the same head; the head as expert; kin declared by the other side.
func TestTwoSteps(t *testing.T) {
	t.Parallel()
	w := World{
		Orgs: []Org{{ID: "a", Name: "沈阳甲机电有限公司", USCC: "1", LegalRep: "head"}, {ID: "b", Name: "沈阳乙投资有限公司", USCC: "2"}, {ID: "c", Name: "沈阳丙软件有限公司", USCC: "3", LegalRep: "head"}, {ID: "d", Name: "沈阳丁软件有限公司", USCC: "4", LegalRep: "孙立"}},
		People: []Person{{ID: "x", Name: "甲一", Posts: []Post{{Org: "b"}}, Expert: true}, {ID: "y", Name: "乙一", Posts: []Post{{Org: "c"}}, Expert: true}, {ID: "head", Name: "周全", Expert: true},
			{ID: "kin", Name: "吴敏", Expert: true}, {ID: "lead", Name: "郑和"}, {ID: "sun", Name: "孙立", Expert: true}},
		Ties: []Tie{{Kind: Shareholding, A: "b", B: "a", Source: "公示"}, {Kind: Kinship, A: "lead", B: "kin", Source: "申请人申报"}},
	}
	found := New(w, rules, today).Check(Application{ID: "1", Orgs: []string{"a"}, People: []Mention{{Person: "lead"}}})
	for id, want := range map[string]Kind{"x": SameGroup, "y": SameGroup, "head": Shareholding, "kin": Kinship} {
		if len(found[id]) != 1 || found[id][0].Kind != want || found[id][0].Sure != Certain || len(found[id][0].Evidence) == 0 {
			t.Errorf("%s: %+v", id, found[id])
		}
	}
	if got := New(w, rules, today).Check(Application{ID: "2", Orgs: []string{"d"}})["sun"]; len(got) != 1 || got[0].Severity != Warn {
		t.Errorf("a legal representative of whom only the name is known: %+v", got)
	}
}
