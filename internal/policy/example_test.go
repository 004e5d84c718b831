package policy_test

import (
	"fmt"
	"os"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// A pack is read, and an enterprise hands in an application that breaks a rule, and then one that does not.
func Example() {
	pack, list := policy.Load(os.DirFS("testdata/small"))
	if len(list) > 0 {
		fmt.Print(list)
		return
	}
	m := pack.Mechanism("aid")
	s := &policy.Snapshot{Pack: pack, Mechanism: m, Now: caldate.Date("2025-04-28").Start(), Seats: map[string][]policy.Holder{"asker": {{Party: "甲厂"}}}}
	s.Case = policy.NewRecord(s, "", "", nil, nil)

	step := m.Case.State("draft").Step("submit")
	fmt.Println("to look up:", m.Asks(step)[0].Path())
	s.Asked = map[string]policy.Value{"asker.in_city": true}

	form := m.Form(step.Fill)
	for _, own := range []string{"19万元", "２０万元"} {
		typed := `{"title":"一件小事","kind":"新","chain":"C1","total":"100万元","own":"` + own + `","due":"2025-12-31","split":[{"who":"甲厂","portion":"100%"}]}`
		values, no := form.DecodeForm([]byte(typed), &policy.Scope{Snapshot: s})
		if len(no) > 0 {
			fmt.Println(no)
			continue
		}
		out, err := policy.Decide(s, policy.Intent{Record: s.Case.ID, Step: "submit", Seat: "asker", Account: "甲", Holder: policy.Holder{Party: "甲厂"}, Values: values})
		if err != nil {
			fmt.Println(err)
			return
		}
		move := out.Moves[0]
		fmt.Println(move.From, "→", move.To, "due", caldate.On(move.Due.Add(-1)))
	}
	// Output:
	// to look up: asker.in_city
	// 自筹 19万元,不足总额 100万元 的 20%（依据：《小额资助办法》（小科发〔2025〕1号）第六条）。提高自筹
	// draft → submitted due 2025-05-08
}

// Everything that is wrong with a definition is said at once, in Chinese and in English.
func ExampleLoad() {
	files := small(nil)
	files["mechanisms/aid.yaml"].Data = []byte(`
mechanism: aid
version: "1"
title: {zh: 小额资助, en: Small aid}
purpose: {zh: 我要办一件小事, en: A small thing}
basis: [rule]
about: ask.title
opener: asker
seats: {asker: {zh: 申请方, en: Asker, party: enterprise}}
forms: {ask: {zh: 申请表, en: Application, fields: {title: {zh: 名称, en: Title, type: text}, total: {zh: 总额, en: Total, type: money}}}}
flow:
  draft:
    zh: 填报
    en: Drafting
    submit:
      zh: 提交
      en: Submit
      by: aksr
      fill: ask
      when: [{is: ask.total <= 3000000, because: {zh: 太多, en: Too much}}]
      to: dnoe
ends: {done: {zh: 办结, en: Done}}
`)
	_, list := policy.Load(files)
	fmt.Println(list.In(lang.ZH))
	fmt.Println(list[0].In(lang.EN))
	// Output:
	// mechanisms/aid.yaml:15:5  typed  没有名为“aksr”的席位
	//   修改建议: 是不是想写“asker”？
	// mechanisms/aid.yaml:20:19  typed  “ask.total”是金额，“3000000”是个数，不能用“<=”放在一起
	//   修改建议: 金额写成 money('100万元')、param.… 或表单中的金额
	// mechanisms/aid.yaml:21:11  typed  没有名为“dnoe”的状态
	//   修改建议: 是不是想写“done”？
	// mechanisms/aid.yaml:15:5  typed  there is no seat named “aksr”
	//   how to mend it: did you mean “asker”?
}
