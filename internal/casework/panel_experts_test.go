package casework

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/identity"
	"kechuang/internal/panel"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// filedSample is the sample with files of experts, works of people, and rules of conflicts; panels have a financial expert, and nobody with an open
// invitation elsewhere.
func filedSample(t *testing.T) fstest.MapFS {
	t.Helper()
	pack := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("sample"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile("sample/" + name)
		text := strings.NewReplacer("{draw: {", "{draw: {open_most: 1, mix: {category: {财务: 1}}, ",
			"      route: {zh: 路线, en: Route, type: text, max: 2000}\n", "      route: {zh: 路线, en: Route, type: text, max: 2000}\n      chief: {zh: 负责人, en: Leader, type: text, max: 80, who: true, optional: true}\n").Replace(string(data))
		pack[name] = &fstest.MapFile{Data: []byte(text)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pack["conflicts.yaml"] = &fstest.MapFile{Data: []byte(`
other:     {title: {zh: 其他, en: Other}, severity: forbidden, basis: rule, clause: "", trust: A}
advice:    {title: {zh: 有偿咨询, en: Paid advice}, severity: forbidden, years: 3, basis: rule, clause: "", trust: A}
co_patent: {title: {zh: 合作专利, en: Common patent}, severity: forbidden, years: 3, basis: rule, clause: "", trust: A}
shareholding: {title: {zh: 持股, en: Shares}, severity: forbidden, basis: rule, clause: "", trust: A}
competitor: {title: {zh: 竞争, en: Competes}, severity: forbidden, basis: rule, clause: "", trust: A}
stale:     {title: {zh: 未按年确认, en: Not confirmed}, severity: forbidden, years: 1, basis: rule, clause: "", trust: A}
`)}
	pack["kinds/file.yaml"] = &fstest.MapFile{Data: []byte(`
file:
  zh: 专家档案
  en: File
  name: name
  owner: person
  unique: [person]
  experts: {person: person, confirmed: confirmed, resume: resume, interests: interests, with: other, how: relation, until: until}
  fields:
    name:      {zh: 姓名, en: Name, type: text, max: 80}
    person:    {zh: 本人, en: Person, type: party, party: person}
    category:  {zh: 类别, en: Category, type: choice, choices: {技术: {zh: 技术, en: Technical}, 财务: {zh: 财务, en: Financial}}}
    resume:    {zh: 简历, en: CV, type: text, max: 500, optional: true}
    confirmed: {zh: 确认日, en: Confirmed, type: date}
    interests:
      zh: 利害关系
      en: Interests
      type: rows
      optional: true
      rows:
        other:    {zh: 与谁, en: With, type: party, party: any}
        relation: {zh: 关系, en: Relation, type: choice, choices: {advice: {zh: 有偿咨询, en: Paid advice}}}
        until:    {zh: 止, en: Until, type: date, optional: true}
patent:
  zh: 专利
  en: Patent
  name: title
  works: {makers: makers, person: person, name: name, unit: unit, on: filed, else: co_patent}
  fields:
    title:  {zh: 名称, en: Title, type: text, max: 80}
    filed:  {zh: 申请日, en: Filed, type: date}
    makers:
      zh: 发明人
      en: Inventors
      type: rows
      rows:
        name:   {zh: 姓名, en: Name, type: text, max: 80}
        unit:   {zh: 单位, en: Unit, type: text, max: 80, optional: true}
        person: {zh: 本人, en: Person, type: party, party: person, optional: true}
`)}
	return pack
}

// TestExpertsFiles: who never stated interests, or not within the year, is not drawn; nor who states one with an applicant, nor who holds a patent with
// somebody whom the applicant names; the panel has its financial expert; and each reads how the own statement stands.
func TestExpertsFiles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		c := cityUnder(t, db, filedSample(t))
		id := c.published()
		c.act(c.jie1, Command{Case: id, Part: "bids", Step: "submit", Values: form(`{"price":"500万元","route":"三步走","chief":"霍去病"}`)})
		c.tick("2025-03-20")
		_, err := c.e.Act(c.ctx, c.jingban, Command{Case: id, Step: "draw"})
		c.refused(err, "panel.too_few")
		enter := func(kind string, v map[string]any) {
			t.Helper()
			values := register.Values{}
			for k, x := range v {
				values[k], _ = json.Marshal(x)
			}
			c.write(func(tx *store.Tx) error {
				k, err := c.e.pack.kind(kind)
				if err != nil {
					return err
				}
				_, err = c.e.Register.EnterRecord(tx, k, register.Source{Account: keeper.Account, Who: keeper.Name, From: register.FromPage, Verified: true}, "", values)
				return err
			})
		}
		var ids []string
		employer := ""
		person := func(name string) string {
			var id string
			c.write(func(tx *store.Tx) error {
				p, err := c.e.Register.Put(tx, keeper, register.Party{Kind: register.Person, Name: name, Employer: employer, Expert: true, Expertise: []string{"01"}})
				id = p.ID
				return err
			})
			ids = append(ids, id)
			return id
		}
		resume := ""
		file := func(name, category, confirmed string, interests ...map[string]any) string {
			id := person(name)
			v := map[string]any{"name": name, "person": id, "category": category, "confirmed": confirmed, "resume": resume}
			if len(interests) > 0 {
				v["interests"] = interests
			}
			enter("file", v)
			return id
		}
		good := []string{file("专家己", "技术", "2024-10-01"), file("专家庚", "财务", "2025-03-19")}
		stale, none := file("专家辛", "财务", "2024-03-01"), person("专家壬")
		advises := file("专家癸", "技术", "2025-01-01", map[string]any{"other": c.bidder1, "relation": "advice", "until": "2024-06-30"})
		former := file("专家子", "技术", "2025-01-01", map[string]any{"other": c.bidder1, "relation": "advice", "until": "2020-06-30"})
		inventor := file("专家丑", "技术", "2025-01-01")
		old := file("专家寅", "技术", "2025-01-01")
		resume = "现任某某大学教授。持有" + c.name(c.bidder1) + "5%的股份。"
		holder := file("专家卯", "技术", "2025-01-01")
		resume, employer = "", c.sister
		abroad := file("王建国", "技术", "2025-01-01")
		enter("patent", map[string]any{"title": "bellows", "filed": "2024-05-01", "makers": []map[string]any{{"name": "霍去病", "unit": "东北某大学"}, {"name": "WANG Jian-Guo", "unit": c.name(c.sister)}}})
		employer = c.bidder2
		rival := file("专家辰", "技术", "2025-01-01")
		another := c.published() // where the other bidder names an expert as its leader
		c.act(c.jie2, Command{Case: another, Part: "bids", Step: "submit", Values: form(`{"price":"500万元","route":"三步走","chief":"专家辰"}`)})
		patent := func(filed, who string) {
			enter("patent", map[string]any{"title": "波纹管 " + who, "filed": filed, "makers": []map[string]any{{"name": "霍去病", "unit": "东北某大学"}, {"name": who, "person": ids[slices.Index(ids, map[string]string{"专家丑": inventor, "专家寅": old}[who])]}}})
		}
		patent("2023-05-01", "专家丑")
		patent("2015-05-01", "专家寅")
		c.act(c.jingban, Command{Case: id, Step: "draw"})
		r, err := panel.Decode([]byte(c.view(c.jingban, id).Draws[0].File))
		c.ok(err)
		c.ok(r.Verify())
		why := map[string]string{}
		for _, x := range r.Excluded {
			why[x.Person] = x.Why.ZH
		}
		for who, want := range map[string]string{stale: "未按年确认", none: "从未申报", advises: "有偿咨询", inventor: "与霍去病合作", holder: "个人简历", abroad: "与霍去病合作", rival: "同一批次"} {
			if !strings.Contains(why[who], want) {
				t.Errorf("excluded for %q, want %q", why[who], want)
			}
		}
		for _, who := range append(good, former, old) {
			if why[who] != "" {
				t.Errorf("kept out by %q", why[who])
			}
		}
		if !slices.Contains(r.Drawn, good[1]) {
			t.Errorf("no financial expert among %v", r.Drawn)
		}
		c.tick("2025-04-20")
		there, err := c.e.Panel(c.ctx, c.jingban, another)
		c.ok(err)
		for _, x := range there.Pool {
			if slices.Contains(good, x.Party) && len(x.Findings) > 0 {
				t.Errorf("who judges in one case is taken for an applicant there: %+v", x.Findings)
			}
		}
		v, err := c.e.Panel(c.ctx, c.jingban, id)
		c.ok(err)
		if len(v.Mix) != 0 && v.Mix[0].Title.ZH != "财务" {
			t.Errorf("the desk tells the mix as %+v", v.Mix)
		}
		for who, over := range map[string]bool{good[0]: false, stale: true, none: true} {
			desk, err := c.e.Reviews(c.ctx, expertActor(who))
			c.ok(err)
			if desk.Interests == nil || desk.Interests.Over != over {
				t.Errorf("%s reads of the own statement %+v", who, desk.Interests)
			}
		}
	})
}

// name is what a party is called.
func (c *city) name(id string) (name string) {
	c.write(func(tx *store.Tx) error {
		p, err := c.e.Register.Get(tx, id)
		name = p.Name
		return err
	})
	return name
}

func expertActor(person string) identity.Actor {
	return identity.Actor{Account: "acc_" + person, Name: person, Person: person}
}

// TestDisclosedTogether: who disclosed a result together stands among its makers, where conflicts of interest are looked for.
func TestDisclosedTogether(t *testing.T) {
	w := played(t, "disclosure", "1-disclosure.txtar")
	e, _ := w.House()
	var works []conflict.Work
	err := w.db.Read(context.Background(), func(tx *store.Tx) (err error) {
		works, err = e.worksOf(tx, w.pack.Pack, []string{w.PartyID("李博士")}, nil)
		return err
	})
	if err != nil || len(works) != 1 || len(works[0].By) != 2 || works[0].By[0].Person != w.PartyID("白教授") || works[0].Kind != conflict.CoPatent || works[0].Date != "2025-03-03" {
		t.Errorf("%+v %v", works, err)
	}
}
