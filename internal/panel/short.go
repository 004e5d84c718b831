package panel

import (
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// tooFew says what the eligible cannot meet, with numbers, and the smallest changes of which each alone would do; where none does, one set of changes
// of which none can be spared.
func (r *Record) tooFew() error {
	zh, en := []string{fmt.Sprintf("专家库 %d 人，因回避等原因排除 %d 人，可抽取 %d 人，需要 %d 人", len(r.Pool), len(r.Excluded), len(r.Order), r.Criteria.Size-len(r.Holds))},
		[]string{fmt.Sprintf("%d in the pool, %d excluded, %d eligible, %d needed", len(r.Pool), len(r.Excluded), len(r.Order), r.Criteria.Size-len(r.Holds))}
	for _, x := range r.Criteria.Quotas {
		n := 0
		for _, id := range slices.Concat(r.Holds, r.Order) {
			if r.candidate(id).Has[x.What] == x.Is {
				n++
			}
		}
		if n < x.Least {
			zh, en = append(zh, fmt.Sprintf("%s需要 %d 人，只有 %d 人", x.name().ZH, x.Least, n)), append(en, fmt.Sprintf("%d %s are needed, there are %d", x.Least, x.name().EN, n))
		}
	}
	if m := r.Criteria.UnitMost; m > 0 {
		units, can := map[string]int{}, 0
		for _, id := range slices.Concat(r.Holds, r.Order) {
			if u := r.candidate(id).Unit; u == "" || units[u] < m {
				units[u]++
				can++
			}
		}
		if can < r.Criteria.Size {
			zh, en = append(zh, fmt.Sprintf("每个单位至多 %d 人，最多只能组成 %d 人", m, can)), append(en, fmt.Sprintf("with at most %d of a unit there are %d", m, can))
		}
	}
	return refusal.New(refusal.Insufficient, "panel.too_few", lang.T(strings.Join(zh, "；"), strings.Join(en, "; "))).Mend(r.way())
}

// name is what the people of a quota are called.
func (q Quota) name() lang.Text {
	if q.Title.ZH != "" {
		return lang.T("“"+q.Title.ZH+"”", q.Title.In(lang.EN))
	}
	return lang.T(fmt.Sprintf("“%s=%s”", q.What, q.Is), fmt.Sprintf("%s=%s", q.What, q.Is))
}

// change is one limit loosened.
type change struct {
	text lang.Text
	c    Criteria
	more []Candidate // who would have to come
	back []string    // who is left out and would have to be let in
}

// way tells what would do.
func (r *Record) way() lang.Text {
	var zh, en []string
	for _, kind := range r.changes() {
		for _, c := range kind {
			if r.works(c.c, c.more, c.back) {
				zh, en = append(zh, c.text.ZH), append(en, c.text.In(lang.EN))
				break
			}
		}
	}
	if len(zh) > 0 {
		return lang.T("改动以下任一项即可抽取："+strings.Join(zh, "；"), "Any one of these would do: "+strings.Join(en, "; "))
	}
	for _, c := range r.together() {
		zh, en = append(zh, c.text.ZH), append(en, c.text.In(lang.EN))
	}
	return lang.T("需要同时改动："+strings.Join(zh, "；"), "All of these together would do: "+strings.Join(en, "; "))
}

// works tells whether a panel could be drawn under other criteria, with more people, or with some back who are left out.
func (r *Record) works(c Criteria, more []Candidate, back []string) bool {
	if c.Size <= len(r.Holds) {
		return false
	}
	pool := slices.Concat(r.Pool, more)
	t := newTable(pool, c)
	from := slices.Concat(r.numbers(r.Order), r.numbers(back))
	for i := range more {
		from = append(from, len(r.Pool)+i)
	}
	_, ok := t.first(r.numbers(r.Holds), from)
	return ok
}

// changes are, for each limit, its loosenings from the least on.
func (r *Record) changes() (kinds [][]change) {
	c := r.Criteria
	var size, unit, people []change
	for n := c.Size - 1; n > len(r.Holds); n-- {
		size = append(size, change{text: lang.T(fmt.Sprintf("人数由 %d 人改为 %d 人", c.Size, n), fmt.Sprintf("%d people instead of %d", n, c.Size)), c: c.sized(n)})
	}
	for n := c.UnitMost + 1; c.UnitMost > 0 && n <= c.Size; n++ {
		with := c
		with.UnitMost = n
		unit = append(unit, change{text: lang.T(fmt.Sprintf("每个单位至多 %d 人（现为 %d 人）", n, c.UnitMost), fmt.Sprintf("at most %d of a unit instead of %d", n, c.UnitMost)), c: with})
	}
	kinds = append(kinds, size, unit)
	for q, x := range c.Quotas {
		var least, upper []change
		for n := x.Least - 1; n >= 0; n-- {
			least = append(least, change{text: lang.T(fmt.Sprintf("%s至少 %d 人（现为 %d 人）", x.name().ZH, n, x.Least), fmt.Sprintf("at least %d %s instead of %d", n, x.name().EN, x.Least)), c: c.with(q, n, x.Most)})
		}
		for n := x.Most + 1; x.Most > 0 && n <= c.Size; n++ {
			upper = append(upper, change{text: lang.T(fmt.Sprintf("%s至多 %d 人（现为 %d 人）", x.name().ZH, n, x.Most), fmt.Sprintf("at most %d %s instead of %d", n, x.name().EN, x.Most)), c: c.with(q, x.Least, n)})
		}
		kinds = append(kinds, least, upper)
	}
	for n := 1; n <= c.Size; n++ { // people of units of their own who fill no quota, or one
		people = append(people, change{text: lang.T(fmt.Sprintf("补充其他单位的专家 %d 人", n), fmt.Sprintf("%d more experts of other units", n)), c: c, more: strangers(n, nil)})
		for _, x := range c.Quotas {
			if x.Least > 0 {
				people = append(people, change{text: lang.T(fmt.Sprintf("补充其他单位的%s %d 人", x.name().ZH, n), fmt.Sprintf("%d more %s of other units", n, x.name().EN)), c: c, more: strangers(n, map[string]string{x.What: x.Is})})
			}
		}
	}
	return append(kinds, r.rulings(), people)
}

// rulings let people in whose exclusion somebody can lift, one more each time.
func (r *Record) rulings() (list []change) {
	var may []string
	for _, x := range r.Excluded {
		if x.Liftable {
			may = append(may, x.Person)
		}
	}
	for n := range may {
		list = append(list, change{text: lang.T(fmt.Sprintf("被排除的 %d 人须经批准，提请裁定，其中 %d 人可以参加", len(may), n+1), fmt.Sprintf("a ruling that %d of the %d may take part who are left out until it is approved", n+1, len(may))),
			c: r.Criteria, back: may[:n+1]})
	}
	return list
}

func strangers(n int, has map[string]string) (more []Candidate) {
	for i := range n {
		more = append(more, Candidate{ID: fmt.Sprint("~", i), Unit: fmt.Sprint("~", i), Has: has})
	}
	return more
}

// sized is the criteria for fewer people; a quota that asks for more than all is left as it is, and cannot be met.
func (c Criteria) sized(n int) Criteria {
	c.Size = n
	return c
}

func (c Criteria) with(quota, least, most int) Criteria {
	c.Quotas = slices.Clone(c.Quotas)
	c.Quotas[quota].Least, c.Quotas[quota].Most = least, most
	return c
}

// together loosens everything, and takes back every change that can be spared, the smallest of each kind being what is left.
func (r *Record) together() (list []change) {
	kinds := r.changes()
	level := make([]int, len(kinds)) // of each kind, how many steps it is loosened
	at := func() (c Criteria, more []Candidate, back []string) {
		c = r.Criteria
		c.Quotas = slices.Clone(c.Quotas)
		for k, n := range level {
			if n == 0 {
				continue
			}
			x := kinds[k][n-1]
			if x.c.Size != r.Criteria.Size {
				c.Size = x.c.Size
			}
			if x.c.UnitMost != r.Criteria.UnitMost {
				c.UnitMost = x.c.UnitMost
			}
			for q, was := range r.Criteria.Quotas {
				if now := x.c.Quotas[q]; now.Least != was.Least {
					c.Quotas[q].Least = now.Least
				} else if now.Most != was.Most {
					c.Quotas[q].Most = now.Most
				}
			}
			more, back = append(more, x.more...), append(back, x.back...)
		}
		return c, more, back
	}
	for k := range kinds {
		level[k] = len(kinds[k])
	}
	for k := range slices.Backward(kinds) { // people who would have to be found are spared first
		for level[k] > 0 {
			level[k]--
			if !r.works(at()) {
				level[k]++
				break
			}
		}
	}
	for k, n := range level {
		if n > 0 {
			list = append(list, kinds[k][n-1])
		}
	}
	return list
}
