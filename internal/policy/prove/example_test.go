package prove_test

import (
	"fmt"
	"testing/fstest"

	"kechuang/internal/policy"
	"kechuang/internal/policy/prove"
)

// A mechanism in which a step may be left undone for ever.
func Example() {
	pack, typed := policy.Load(fstest.MapFS{
		"pack.yaml":       {Data: []byte("id: small\nversion: \"1\"\ntitle: {zh: 小, en: Small}\nregion: \"210100\"\n")},
		"basis.yaml":      {Data: []byte("rule: {issuer: 某局, number: 某发〔2024〕1号, title: 某办法, level: 本系统, status: 有效}\n")},
		"parameters.yaml": {Data: []byte("{}\n")}, "funds.yaml": {Data: []byte("{}\n")}, "facts.yaml": {Data: []byte("{}\n")},
		"offices.yaml": {Data: []byte("bureau: {title: {zh: 业务处, en: Bureau}}\n")},
		"mechanisms/leave.yaml": {Data: []byte(`mechanism: leave
version: "1"
title: {zh: 请示, en: A request}
purpose: {zh: 举例, en: An example}
basis: [rule]
about: request.title
opener: asker
seats:
  asker:   {zh: 申请人, en: Asker, party: any}
  officer: {zh: 经办人, en: Officer, office: bureau}
forms:
  request: {zh: 申请, en: Request, fields: {title: {zh: 事由, en: Subject, type: text, max: 80}}}
flow:
  draft:
    zh: 填报
    en: Draft
    ask: {zh: 提交, en: Ask, by: asker, fill: request, to: asked}
    deadline: {after: 30 days, to: closed}
  asked:
    zh: 待答复
    en: Asked
    answer: {zh: 答复, en: Answer, by: officer, to: closed}
ends:
  closed: {zh: 已办结, en: Closed, good: true}
`)},
	})
	if len(typed) > 0 {
		fmt.Println(typed)
		return
	}
	for _, v := range prove.Prove(pack, pack.Mechanisms[0]) {
		if !v.OK {
			fmt.Println(v.Findings)
		}
	}
	// Output:
	// mechanisms/leave.yaml:19:3  answered  状态“待答复”（asked）没有期限：没有人办理时无人过问
	//   可达路径: draft ─ask→ asked
	//   修改建议: 写明 deadline：到期转往哪里(to)，或提醒谁(escalate)
}
