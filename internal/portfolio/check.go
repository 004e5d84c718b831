package portfolio

import (
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
)

// checker collects what is wrong with a question as data.
type checker struct {
	q    *Question
	at   map[string]int // candidates by ID
	list refusal.List
}

func (c *checker) bad(field, id, zh, en string) {
	c.list.Add(refusal.New(refusal.Invalid, "portfolio."+id, lang.T(zh, en)).At(field))
}

// Check says everything that is wrong with the question: names that are missing or doubled, amounts out of range, references to nothing.
func (q *Question) Check() error {
	c := &checker{q: q, at: map[string]int{}}
	c.aims()
	for i := range q.Candidates {
		c.candidate(i)
	}
	for i, b := range q.Budgets {
		if b.Limit < 0 || b.Limit > money.Max || b.Spent < 0 || b.Spent > money.Max {
			c.bad(fmt.Sprintf("budgets[%d]", i), "amount", "预算“"+b.Name.ZH+"”的金额超出范围", "The amount of budget “"+b.Name.In(lang.EN)+"” is out of range")
		}
	}
	for i := range q.Quotas {
		c.quota(i)
	}
	for i, x := range q.Exclusions {
		field := fmt.Sprintf("exclusions[%d]", i)
		c.known(field, x.Candidates...)
		if x.AtMost < 0 {
			c.bad(field+".at_most", "at_most", "互斥“"+x.Name.ZH+"”最多可选的项数不能为负", "Exclusion “"+x.Name.In(lang.EN)+"” allows a negative number")
		}
	}
	for i, d := range q.Needs {
		c.known(fmt.Sprintf("needs[%d]", i), append(append([]string{d.Candidate}, d.All...), d.Any...)...)
	}
	pinned := map[string]bool{}
	for i, p := range q.Pins {
		field := fmt.Sprintf("pins[%d]", i)
		c.known(field, p.Candidate)
		if pinned[p.Candidate] {
			c.bad(field, "pin_twice", "“"+p.Candidate+"”被指定了两次", "“"+p.Candidate+"” is pinned twice")
		}
		if at, ok := c.at[p.Candidate]; ok && (p.Lot < 0 || p.Lot > len(q.Candidates[at].Lots)) {
			c.bad(field+".lot", "pin_lot", "指定“"+p.Candidate+"”的档次不存在", "“"+p.Candidate+"” is pinned to a lot that does not exist")
		}
		pinned[p.Candidate] = true
	}
	c.ids()
	return c.list.Err()
}

func (c *checker) aims() {
	seen := map[string]bool{}
	for i, a := range c.q.Aims {
		if a.ID == "" || seen[a.ID] {
			c.bad(fmt.Sprintf("aims[%d]", i), "aim", "目标“"+a.ID+"”没有编号或编号重复", "Aim “"+a.ID+"” has no identifier, or one that is used twice")
		}
		if a.Weight < 0 || a.Weight > 1_000_000 {
			c.bad(fmt.Sprintf("aims[%d].weight", i), "weight", "目标“"+a.ID+"”的权重应在 0 到 1 000 000 之间", "The weight of aim “"+a.ID+"” must be 0 to 1 000 000")
		}
		if a.Least != nil && (*a.Least < -1e15 || *a.Least > 1e15) {
			c.bad(fmt.Sprintf("aims[%d].least", i), "least", "目标“"+a.ID+"”的下限超出范围", "The floor of aim “"+a.ID+"” is out of range")
		}
		seen[a.ID] = true
	}
	if c.q.Scale < 0 || c.q.Scale > 1_000_000 {
		c.bad("scale", "scale", "分值单位应在 0 到 1 000 000 之间", "The scale must be 0 to 1 000 000")
	}
	if len(c.q.Aims) == 0 {
		c.bad("aims", "no_aim", "没有目标，无法比较", "Without an aim nothing can be compared")
	}
}

func (c *checker) candidate(i int) {
	p := &c.q.Candidates[i]
	field := fmt.Sprintf("candidates[%d]", i)
	if _, twice := c.at[p.ID]; twice || p.ID == "" {
		c.bad(field, "candidate", "备选项目“"+p.ID+"”没有编号或编号重复", "Candidate “"+p.ID+"” has no identifier, or one that is used twice")
	}
	c.at[p.ID] = i
	if len(p.Lots) == 0 {
		c.bad(field+".lots", "no_lot", "备选项目“"+p.ID+"”没有资助档次", "Candidate “"+p.ID+"” has no lot")
	}
	if p.Committed < 0 || p.Committed > len(p.Lots) {
		c.bad(field+".committed", "committed", "备选项目“"+p.ID+"”的已承诺档次不存在", "The committed lot of candidate “"+p.ID+"” does not exist")
	}
	for k, l := range p.Lots {
		at := fmt.Sprintf("%s.lots[%d]", field, k)
		sum := money.Fen(0)
		for _, x := range l.Costs {
			s, err := money.Add(sum, x.Fen)
			if x.Fen < 0 || err != nil {
				c.bad(at+".costs", "amount", "备选项目“"+p.ID+"”的金额超出范围", "An amount of candidate “"+p.ID+"” is out of range")
				break
			}
			sum = s
		}
		for aim, s := range l.Scores {
			if !slices.ContainsFunc(c.q.Aims, func(a Goal) bool { return a.ID == aim }) {
				c.bad(at+".scores", "no_such_aim", "备选项目“"+p.ID+"”对不存在的目标“"+aim+"”打了分", "Candidate “"+p.ID+"” has a score for “"+aim+"”, which is no aim")
			}
			if s.Value < -1e9 || s.Value > 1e9 || s.Spread < 0 || s.Spread > 1e9 {
				c.bad(at+".scores", "score", "备选项目“"+p.ID+"”的评分超出 ±10 亿", "A score of candidate “"+p.ID+"” is beyond ±10⁹")
			}
		}
	}
}

func (c *checker) quota(i int) {
	x := &c.q.Quotas[i]
	field := fmt.Sprintf("quotas[%d]", i)
	if !slices.Contains([]Measure{Count, Money, Share}, x.Measure) {
		c.bad(field+".measure", "measure", "限额“"+x.Name.ZH+"”的计量方式应为项数、金额或占比", "Quota “"+x.Name.In(lang.EN)+"” must measure count, money or share")
	}
	top := int64(money.Max)
	if x.Measure == Share {
		top = 1_000_000
	}
	for _, v := range []*int64{x.Least, x.Most} {
		if v != nil && (*v < 0 || *v > top) {
			c.bad(field, "quota", "限额“"+x.Name.ZH+"”的数值超出范围", "The limit of quota “"+x.Name.In(lang.EN)+"” is out of range")
		}
	}
	if x.Least == nil && x.Most == nil {
		c.bad(field, "no_limit", "限额“"+x.Name.ZH+"”既无下限也无上限", "Quota “"+x.Name.In(lang.EN)+"” has neither a lower nor an upper limit")
	}
}

func (c *checker) known(field string, ids ...string) {
	for _, id := range ids {
		if _, ok := c.at[id]; !ok {
			c.bad(field, "unknown", "备选项目“"+id+"”不存在", "There is no candidate “"+id+"”")
		}
	}
}

// ids looks for limits with the same or no identifier: costs and conflicts name them by it.
func (c *checker) ids() {
	seen := map[string]bool{}
	one := func(field string, i int, id string) {
		if id == "" || seen[id] {
			c.bad(fmt.Sprintf("%s[%d].id", field, i), "limit", "限制“"+id+"”没有编号或编号重复", "Limit “"+id+"” has no identifier, or one that is used twice")
		}
		seen[id] = true
	}
	for i, x := range c.q.Budgets {
		one("budgets", i, x.ID)
	}
	for i, x := range c.q.Quotas {
		one("quotas", i, x.ID)
	}
	for i, x := range c.q.Exclusions {
		one("exclusions", i, x.ID)
	}
	for i, x := range c.q.Needs {
		one("needs", i, x.ID)
	}
}
