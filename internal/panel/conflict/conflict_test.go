package conflict

import (
	"fmt"
	"testing"

	"kechuang/internal/caldate"
)

var rules = Rules{{Kind: Self, Severity: Forbidden}, {Kind: SameUnit, Severity: Forbidden, Basis: "条例", Clause: "回避条款"}, {Kind: SameSchool, Severity: Forbidden}, {Kind: SameGroup, Severity: Approval},
	{Kind: FormerUnit, Severity: Approval, Years: 2}, {Kind: Kinship, Severity: Forbidden}, {Kind: Supervisor, Severity: Forbidden}, {Kind: CoAuthor, Severity: Forbidden, Years: 3},
	{Kind: CoProject, Severity: Approval, Years: 3}, {Kind: Shareholding, Severity: Forbidden}, {Kind: Advice, Severity: Forbidden, Years: 3}, {Kind: Competitor, Severity: Forbidden},
	{Kind: Overused, Severity: Warn, Years: 1, Count: 2}, {Kind: Veto, Severity: Approval, Count: 3}, {Kind: Stale, Severity: Approval, Years: 1}}

// world is small and has one of each difficulty.
func world() World {
	return World{
		Orgs: []Org{
			{ID: "cas", Name: "中国科学院", USCC: "u0", Umbrella: true},
			{ID: "sia", Name: "中国科学院沈阳自动化研究所", Aliases: []string{"SIA"}, USCC: "u1", Parent: "cas"},
			{ID: "imr", Name: "中国科学院金属研究所", USCC: "u2", Parent: "cas"},
			{ID: "neu", Name: "东北大学", USCC: "u3"},
			{ID: "cs", Name: "东北大学计算机学院", Parent: "neu"},
			{ID: "a", Name: "沈阳远大机电有限公司", USCC: "u4", Group: "远大"},
			{ID: "b", Name: "沈阳远大压缩机股份有限公司", USCC: "u5", Group: "远大"},
		},
		People: []Person{
			{ID: "zhang", Name: "张伟", Posts: []Post{{Org: "中科院沈阳自动化所"}}, Expert: true, Disclosed: "2026-01-10"},
			{ID: "zhang2", Name: "张伟", Posts: []Post{{Org: "东北大学"}}, Expert: true},
			{ID: "li", Name: "李建国", ORCID: "0000-1", Posts: []Post{{Org: "imr"}}, Expert: true, Disclosed: "2024-01-01"},
			{ID: "wang", Name: "王芳", Posts: []Post{{Org: "东北大学（计算机学院）"}}, Expert: true},
			{ID: "zhao", Name: "赵磊", Posts: []Post{{Org: "b"}, {Org: "imr", To: "2025-03-01"}}, Expert: true},
			{ID: "chen", Name: "陈静", Posts: []Post{{Org: "a"}}},
			{ID: "sun", Name: "孙浩", Posts: []Post{{Org: "cs"}}},
		},
		Works: []Work{
			{ID: "w1", Title: "机器人", Kind: CoAuthor, Date: "2024-05-01", By: []Mention{{Name: "张伟", Org: "SIA"}, {Person: "chen"}}},
			{ID: "w2", Title: "合金", Kind: CoAuthor, Date: "2022-05-01", By: []Mention{{Name: "李建国", ORCID: "0000-1"}, {Person: "chen"}}},
			{ID: "w3", Title: "压缩机", Kind: CoProject, Date: "2025-05-01", By: []Mention{{Name: "李建囯", Org: "中国科学院金属研究所"}, {Person: "chen"}}},
			{ID: "w4", Title: "别人", Kind: CoAuthor, Date: "2025-05-01", By: []Mention{{Name: "李建国", ORCID: "0000-2"}, {Person: "sun"}}},
		},
		Ties: []Tie{{Kind: Kinship, A: "wang", B: "chen", Source: "本人申报", From: "2000-01-01"}, {Kind: Advice, A: "zhang2", B: "a", From: "2020-01-01", To: "2022-01-01", Source: "合同"},
			{Kind: Advice, A: "li", B: "a", From: "2023-01-01", To: "2024-01-01", Source: "合同"}, {Kind: Shareholding, A: "wang", B: "a", From: "2019-01-01", To: "2020-01-01", Source: "公示"}},
		Uses: []Use{{"wang", "2026-02-01"}, {"wang", "2026-03-01"}, {"wang", "2026-04-01"}, {"zhao", "2024-01-01"}},
	}
}

const today caldate.Date = "2026-06-30"

// TestWhatIsFound goes through aliases, same names, windows, groups, umbrellas, slips, and what ended.
func TestWhatIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a    Application
		want map[string]string // expert: kinds with severity and certainty
	}{
		"a unit by its short name": {Application{ID: "1", Orgs: []string{"沈阳自动化所(中科院)", "中国科学院沈阳自动化研究所"}}, map[string]string{"zhang": "same_unit forbidden likely"}},
		"a unit by its initials":   {Application{ID: "2", Orgs: []string{"SIA"}}, map[string]string{"zhang": "same_unit forbidden likely"}},
		"a slip in the unit":       {Application{ID: "3", Orgs: []string{"中国科学院沈阳自功化研究所"}}, map[string]string{"zhang": "same_unit warn possible"}},
		"the academy ties nobody":  {Application{ID: "4", Orgs: []string{"中国科学院"}}, map[string]string{}},
		"a department":             {Application{ID: "5", Orgs: []string{"东北大学计算机学院"}}, map[string]string{"wang": "same_school forbidden likely, same_unit forbidden likely", "zhang2": "same_unit forbidden likely"}},
		"a group":                  {Application{ID: "6", Orgs: []string{"沈阳远大机电有限责任公司"}}, map[string]string{"zhao": "same_group approval likely", "li": "advice forbidden likely"}},
		"a person": {Application{ID: "7", People: []Mention{{Person: "chen"}}}, map[string]string{
			"zhang": "co_author forbidden likely", "li": "advice forbidden certain, co_project approval likely", "wang": "kinship forbidden certain", "zhao": "same_group approval certain"}},
		"another of the name":   {Application{ID: "8", People: []Mention{{Person: "sun"}}}, map[string]string{"wang": "same_school forbidden likely, same_unit forbidden likely", "zhang2": "same_unit forbidden likely"}},
		"who left last year":    {Application{ID: "9", Orgs: []string{"imr"}}, map[string]string{"li": "same_unit forbidden certain", "zhao": "former_unit approval certain"}},
		"three vetoes count":    {Application{ID: "10", Veto: []string{"zhang", "zhang2", "li", "wang"}}, map[string]string{"zhang": "veto approval certain", "zhang2": "veto approval certain", "li": "veto approval certain"}},
		"a unit nobody knows":   {Application{ID: "11", Orgs: []string{"火星大学", "", "　"}}, map[string]string{}},
		"takes part":            {Application{ID: "12", People: []Mention{{Name: "李建国", ORCID: "0000-1"}}}, map[string]string{"li": "same_unit forbidden certain, self forbidden certain", "zhao": "former_unit approval certain"}},
		"a veto list of ghosts": {Application{ID: "13", Veto: []string{"nobody"}}, map[string]string{}},
	} {
		found := New(world(), rules, today).Check(c.a)
		for id, fs := range found {
			got := ""
			for i, x := range fs {
				if i > 0 {
					got += ", "
				}
				got += fmt.Sprint(x.Kind, " ", x.Severity, " ", x.Sure)
			}
			if got != c.want[id] {
				t.Errorf("%s: %s: %s, want %s", name, id, got, c.want[id])
			}
		}
		for id := range c.want {
			if len(found[id]) == 0 {
				t.Errorf("%s: nothing against %s, want %s", name, id, c.want[id])
			}
		}
	}
}

// TestCompetitors: whoever applies in a call does not judge the others of it, but may judge another call.
func TestCompetitors(t *testing.T) {
	t.Parallel()
	f := New(world(), rules, today)
	mine := Application{ID: "x", Call: "2026-1", People: []Mention{{Person: "li"}}}
	f.Enter([]Application{mine})
	if got := f.Check(Application{ID: "y", Call: "2026-1", Orgs: []string{"neu"}})["li"]; len(got) != 1 || got[0].Kind != Competitor || got[0].Evidence[0] != "x" {
		t.Errorf("%+v", got)
	}
	if got := f.Check(Application{ID: "z", Call: "2026-2", Orgs: []string{"neu"}})["li"]; len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestStanding: too many panels within the year, and interests that were not confirmed.
func TestStanding(t *testing.T) {
	t.Parallel()
	f := New(world(), rules, today)
	for id, want := range map[string]int{"zhang": 0, "li": 1, "wang": 2, "zhao": 1, "nobody": 0} {
		if got := f.Standing(id); len(got) != want {
			t.Errorf("%s: %+v", id, got)
		}
	}
}

// TestRulings: a disputed finding that does not stand weighs no more, is kept, and has the same ID next time.
func TestRulings(t *testing.T) {
	t.Parallel()
	a := Application{ID: "7", People: []Mention{{Person: "chen"}}}
	one := New(world(), rules, today).Check(a)["zhang"]
	again := New(world(), rules, today).Check(a)["zhang"]
	if len(one) != 1 || one[0].ID != again[0].ID || Worst(one) != Forbidden || one[0].Rule.Years != 3 || len(one[0].Evidence) != 1 {
		t.Fatalf("%+v", one)
	}
	ruled := WithRulings(again, []Ruling{{Finding: one[0].ID, By: "office", Why: "同名不同人，已核对身份证件"}})
	if Worst(ruled) != "" || len(ruled) != 1 || ruled[0].Ruling == nil {
		t.Errorf("%+v", ruled)
	}
	if Worst(WithRulings(again, []Ruling{{Finding: one[0].ID, Stands: true}})) != Forbidden {
		t.Error("a finding that stands weighs")
	}
}

// TestNoRuleNoFinding: what the pack does not ask for is not looked for.
func TestNoRuleNoFinding(t *testing.T) {
	t.Parallel()
	if got := New(world(), nil, today).Check(Application{ID: "7", People: []Mention{{Person: "chen"}}}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestSample: on made-up biographies whose truth is known, nothing sure is wrong more often than once in a hundred, and of what there is at most
// one in ten is missed.
func TestSample(t *testing.T) {
	t.Parallel()
	s := MakeSample(2000, 80, 3)
	f := New(s.World, SampleRules, SampleDay)
	f.Enter(s.Applications)
	sure, all := s.Grade(f)
	if sure.Precision() < 0.99 || all.Recall() < 0.96 || sure.Recall() < 0.9 || sure.True < 1000 {
		t.Errorf("sure %+v, with possible %+v", sure, all)
	}
}
