package same_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/match/same"
)

func fact(field, value string, telling bool) same.Fact {
	return same.Fact{Field: field, Title: lang.T(field, field), Value: value, Telling: telling}
}

// TestFind: each pair that is one is proposed with the reason, each that is two is not.
func TestFind(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b same.Entry
		want string // a part of a reason; "" is no proposal
	}{
		{"legal form", same.Entry{Name: "沈阳某阀门有限责任公司"}, same.Entry{Name: "沈阳市某阀门股份有限公司"}, "去掉组织形式"},
		{"width of brackets", same.Entry{Name: "华晨（沈阳）部件"}, same.Entry{Name: "华晨(沈阳)部件"}, "名称相同"},
		{"alias", same.Entry{Name: "中国科学院沈阳自动化研究所", Aliases: []string{"沈自所"}}, same.Entry{Name: "沈自所"}, "别名"},
		{"two codes are two", same.Entry{Name: "同名公司", Codes: map[string]string{"uscc": "91210112MA0P4XK17N"}}, same.Entry{Name: "同名公司", Codes: map[string]string{"uscc": "91210100MA0P4XK999"}}, ""},
		{"number written otherwise", same.Entry{Name: "方法甲", Codes: map[string]string{"number": "ZL 2021 1 0123456.7"}}, same.Entry{Name: "乙方法", Codes: map[string]string{"number": "ZL202110123456.7"}}, "编号相同"},
		{"people of one name", same.Entry{Name: "王伟", Person: true}, same.Entry{Name: "王伟", Person: true}, ""},
		{"one name and employer and telephone", same.Entry{Name: "王伟", Person: true, Facts: []same.Fact{fact("employer", "p1", false), fact("phone", "13800000000", true)}},
			same.Entry{Name: "王伟", Person: true, Facts: []same.Fact{fact("employer", "p1", false), fact("phone", "13800000000", true)}}, "phone相同"},
		{"a person and a firm", same.Entry{Name: "王伟", Person: true}, same.Entry{Name: "王伟"}, ""},
		{"telephone and half a name", same.Entry{Name: "沈阳光学仪器研究所", Facts: []same.Fact{fact("phone", "024-1", true)}}, same.Entry{Name: "沈阳光学仪器研究院", Facts: []same.Fact{fact("phone", "024 1", true)}}, "phone相同"},
		{"telephone alone", same.Entry{Name: "甲乙丙丁", Facts: []same.Fact{fact("phone", "024-1", true)}}, same.Entry{Name: "戊己庚辛", Facts: []same.Fact{fact("phone", "024-1", true)}}, ""},
		{"other words", same.Entry{Name: "波纹管试验装置", Text: "用于低温阀门的金属波纹管疲劳寿命试验装置，可在零下一百九十六摄氏度完成百万次循环，并自动记录开裂位置。"},
			same.Entry{Name: "阀门波纹管寿命试验", Text: "一种装置，自动记录开裂位置；可在零下一百九十六摄氏度完成百万次循环，适用于低温阀门的金属波纹管疲劳寿命试验。"}, "% 相同"},
		{"other things", same.Entry{Name: "车牌识别", Text: "停车场车牌识别管理系统，支持夜间和雨雪天气。"}, same.Entry{Name: "玄武岩纤维", Text: "玄武岩连续纤维的拉丝漏板及其制备方法，用于风电叶片。"}, ""},
	} {
		c.a.ID, c.b.ID = "1", "2"
		got := same.Find([]same.Entry{c.a, c.b})
		if c.want == "" {
			if len(got) > 0 {
				t.Errorf("%s: proposed: %+v", c.name, got)
			}
			continue
		}
		if len(got) != 1 || !slices.ContainsFunc(got[0].Reasons, func(r lang.Text) bool { return strings.Contains(r.ZH, c.want) }) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestCrowd: a key that everybody shares proposes nobody, and time does not grow with pairs.
func TestCrowd(t *testing.T) {
	var list []same.Entry
	for i := range 20_000 {
		list = append(list, same.Entry{ID: fmt.Sprint(i), Name: fmt.Sprintf("沈阳第%d机械有限公司", i), Facts: []same.Fact{fact("phone", "024-12345678", true), fact("region", "210112", false)}})
	}
	list = append(list, same.Entry{ID: "x", Name: "沈阳市第7机械股份有限公司"})
	if got := same.Find(list); len(got) != 1 || got[0].A != "7" || got[0].B != "x" {
		t.Errorf("%d pairs: %+v", len(got), got[:min(3, len(got))])
	}
}
