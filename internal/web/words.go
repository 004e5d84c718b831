package web

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// words tells a mechanism as an officer would read it aloud: names become titles, parameters their values with their unit.
type words struct {
	pack *policy.Pack
	m    *policy.Mechanism
}

var (
	placeholder = regexp.MustCompile(`\{([a-z0-9_.]+)\}`)
	asked       = regexp.MustCompile(`\{([a-z0-9_]+)\.([a-z_]+)\((?:'([^']*)'[^}]*)?\)\}`)
	dotted      = regexp.MustCompile(`\b[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+\b`)
)

// path is the words for what an expression reads: a parameter with its value, a field of a form, an attribute of a seat.
func (w words) path(p string) lang.Text {
	head, rest, _ := strings.Cut(p, ".")
	if head == "param" {
		if v := w.pack.Params[rest]; v != nil {
			show := policy.Show(v.Value)
			return lang.T(v.Title.ZH+" "+show.ZH, v.Title.In(lang.EN)+" "+show.In(lang.EN))
		}
		return lang.T(p, p)
	}
	if f := w.m.Form(head); f != nil {
		if x := f.Field(rest); x != nil {
			return lang.T(f.Title.ZH+"的“"+x.Title.ZH+"”", "“"+x.Title.In(lang.EN)+"” of the "+f.Title.In(lang.EN))
		}
	}
	if head == "linked" {
		link, inner, _ := strings.Cut(rest, ".")
		form, field, _ := strings.Cut(inner, ".")
		if l := w.m.Link(link); l != nil && len(l.Mechanisms) == 1 && w.pack.Mechanism(l.Mechanisms[0]) != nil {
			if f := w.pack.Mechanism(l.Mechanisms[0]).Form(form); f != nil && f.Field(field) != nil {
				t := f.Field(field).Title
				return lang.T(l.Title.ZH+"的“"+t.ZH+"”", "“"+t.In(lang.EN)+"” of the "+l.Title.In(lang.EN))
			}
		}
	}
	if t := w.m.Thing(head); t != nil {
		if f := w.pack.Kinds[t.Kind].Field(rest); f != nil {
			return lang.T(t.Title.ZH+"的“"+f.Title.ZH+"”", "“"+f.Title.In(lang.EN)+"” of the "+t.Title.In(lang.EN))
		}
	}
	if rows := w.rows(head); rows != nil {
		for _, c := range rows.Rows {
			if c.Name == rest {
				return lang.T(rows.Title.ZH+"的“"+c.Title.ZH+"”", "“"+c.Title.In(lang.EN)+"” of the "+rows.Title.In(lang.EN))
			}
		}
	}
	if s := w.seatOf(p); s != nil {
		return s.Title
	}
	if s := w.seatOf(head); s != nil {
		if a, ok := attributes[rest]; ok {
			return lang.T(s.Title.ZH+a.ZH, s.Title.In(lang.EN)+" "+a.EN)
		}
	}
	return lang.T(p, p)
}

var attributes = map[string]lang.Text{
	"kind": lang.T("的类型", "kind"), "region": lang.T("的地区", "region"), "in_city": lang.T("在本市注册", "registered in the city"),
	"granted_this_year": lang.T("本年度已获市级资助", "granted this year"), "revenue": lang.T("上年营业收入", "last year's revenue"),
	"rd_share": lang.T("上年研发投入强度", "last year's R&D share"), "banned": lang.T("在惩戒期内", "barred"), "overdue": lang.T("逾期未办结事项数", "overdue cases"),
}

// rows is the table of a form by which a part was opened, row by row: the part is called as the table is.
func (w words) rows(name string) *policy.Field {
	for _, f := range w.m.Forms {
		if x := f.Field(name); x != nil && len(x.Rows) > 0 {
			return x
		}
	}
	return nil
}

// seatOf finds a seat of the case or of any part.
func (w words) seatOf(name string) *policy.Seat {
	if s := w.m.Seat(name); s != nil {
		return s
	}
	part, own, ok := strings.Cut(name, ".")
	for _, p := range w.m.Parts {
		for _, s := range p.Seats {
			if s.Name == name || (ok && p.Name == part && s.Name == own) {
				return s
			}
		}
	}
	return nil
}

func (w words) seat(name string) lang.Text {
	if s := w.seatOf(name); s != nil {
		return s.Title
	}
	return lang.T(name, name)
}

func (w words) seats(names []string) lang.Text { return joined(names, w.seat) }

func joined(names []string, each func(string) lang.Text) lang.Text {
	var zh, en []string
	for _, n := range names {
		t := each(n)
		zh, en = append(zh, t.ZH), append(en, t.In(lang.EN))
	}
	return lang.T(strings.Join(zh, "、"), strings.Join(en, ", "))
}

func (w words) state(machine *policy.Machine, name string) lang.Text {
	if machine != nil {
		if s := machine.State(name); s != nil {
			return s.Title
		}
	}
	return lang.T(name, name)
}

func (w words) part(name string) lang.Text {
	if p := w.m.Part(name); p != nil {
		return p.Title
	}
	return lang.T(name, name)
}

func (w words) fund(name string) lang.Text {
	if f := w.pack.Funds[name]; f != nil {
		return f.Title
	}
	return lang.T(name, name)
}

// expr is an expression with its names in words; its operators stay as they are written.
func (w words) expr(e *policy.Expr) lang.Text {
	if e == nil {
		return lang.Text{}
	}
	say := func(l lang.Tag) string {
		return dotted.ReplaceAllStringFunc(e.Source, func(p string) string { return w.path(p).In(l) })
	}
	return lang.T(say(lang.ZH), say(lang.EN))
}

// amounts and counts are what an expression may ask of money or of a part, in words.
var amounts = map[string]lang.Text{
	"paid": lang.T("已拨付额", "what is paid"), "held": lang.T("预留额", "what is held"),
	"owed": lang.T("尚欠额", "what is still owed"),
}

// answer is the words for a question to money or to a part, {pot.paid('grant')} or {bids.count('submitted')}; other questions are told by
// whom they are asked.
func (w words) answer(m []string) lang.Text {
	of, question, about := m[1], m[2], m[3]
	if of == "pot" {
		if t, ok := amounts[question]; ok {
			return t
		}
	}
	if p := w.m.Part(of); p != nil {
		if s := p.State(about); s != nil {
			return say("“%s”的%s数", "number of “%[2]s”, %[1]s", s.Title, p.Title)
		}
		return say("%s数", "number of %s", p.Title)
	}
	return w.path(of)
}

// sentence fills the placeholders of a text of the mechanism.
func (w words) sentence(t lang.Text) lang.Text {
	say := func(s string, l lang.Tag) string {
		s = asked.ReplaceAllStringFunc(s, func(m string) string { return "〔" + w.answer(asked.FindStringSubmatch(m)).In(l) + "〕" })
		return placeholder.ReplaceAllStringFunc(s, func(m string) string {
			p := m[1 : len(m)-1]
			if v := w.pack.Params[strings.TrimPrefix(p, "param.")]; v != nil && strings.HasPrefix(p, "param.") {
				return policy.Show(v.Value).In(l)
			}
			return "〔" + w.path(p).In(l) + "〕"
		})
	}
	if t.EN == "" {
		return lang.T(say(t.ZH, lang.ZH), "")
	}
	return lang.T(say(t.ZH, lang.ZH), say(t.EN, lang.EN))
}

// effect is what follows, in one sentence. The set of effects is closed; one that is not told here would read as its Go type,
// which TestEveryEffectHasWords refuses.
func (w words) effect(e policy.Effect) lang.Text {
	if v := reflect.ValueOf(e); v.Kind() == reflect.Pointer && !v.IsNil() {
		if inner, ok := v.Elem().Interface().(policy.Effect); ok {
			e = inner
		}
	}
	switch x := e.(type) {
	case policy.Hold, policy.Pay, policy.Release, policy.Claim, policy.Collect, policy.Forgive:
		return w.moneyEffect(x)
	case policy.Deed:
		return w.deed(x)
	case policy.Split:
		return w.split(x)
	case policy.Fees:
		return say("按件发放劳务费，每件 %s，依法代扣个人所得税", "pays fees, %s a piece, less the income tax that is withheld", w.expr(x.Amount))
	case policy.Open:
		return w.openEffect(x)
	case policy.Draw:
		n := w.expr(x.Size)
		if x.Veto != "" {
			return say("随机抽取“%s”%s 人并发出邀请，先排除有利害关系和申请人申请回避的", "draws %[2]s people for “%[1]s” at random, without conflicts of interest and those whom applicants ask to leave out, and invites them", w.seat(x.Seat), n)
		}
		return say("随机抽取“%s”%s 人并发出邀请，先回避利益冲突", "draws %[2]s people for “%[1]s” at random, without conflicts of interest, and invites them", w.seat(x.Seat), n)
	case policy.SeatHolder:
		return say("“%s”由%s就任", "“%s” is taken by %s", w.seat(x.Seat), w.path(x.From))
	case policy.Vacate:
		if x.Whose != "" {
			return say("本人退出“%s”席位", "leaves the seat “%s”", w.seat(x.Seat))
		}
		return say("清空“%s”席位", "empties the seat “%s”", w.seat(x.Seat))
	case policy.Choose:
		best, others := w.state(w.m.Part(x.Part), x.Best), w.state(w.m.Part(x.Part), x.Others)
		t := say("对“%s”排序，最优者转入“%s”，其余转入“%s”", "ranks “%s”: the best goes to “%s”, the others to “%s”", w.part(x.Part), best, others)
		return t
	case policy.Move:
		if x.Whose != "" {
			return say("本人的“%s”转入“%s”", "their “%s” goes to “%s”", w.part(x.Part), w.state(w.m.Part(x.Part), x.To))
		}
		return say("“%s”转入“%s”", "“%s” goes to “%s”", w.part(x.Part), w.state(w.m.Part(x.Part), x.To))
	case policy.Freeze:
		return say("固化公示内容：%s", "freezes what is shown: %s", joined(x.Content, w.content))
	case policy.NoteFact:
		title := lang.T(x.Fact, x.Fact)
		if f := w.pack.Facts[x.Fact]; f != nil {
			title = f.Title
		}
		return say("计入指标事实“%s”", "records the fact “%s”", title)
	case policy.Enter:
		return say("登记入库：%s", "enters in the register: %s", w.kind(x.Kind))
	case policy.Update:
		var fields []string
		if k := w.pack.KindOf(w.m, x.Thing); k != nil {
			for _, f := range k.Fields {
				if x.Set.Fields[f.Name] != nil || x.Set.Seats[f.Name] != "" || slices.Contains(x.Set.Empty, f.Name) || w.hasField(x.Form, f.Name) {
					fields = append(fields, f.Name)
				}
			}
		}
		return say("更新登记库中的“%s”：%s", "changes in the register “%s”: %s", w.thing(x.Thing), joined(fields, func(f string) lang.Text { return w.pack.KindOf(w.m, x.Thing).Field(f).Title }))
	case policy.Start:
		other := lang.T(x.Link, x.Link)
		if l := w.m.Link(x.Link); l != nil {
			other = l.Title
		}
		return say("发起联办事项“%s”，由%s办理", "starts a linked case, “%s”, for %s", other, joined(w.openerOf(x), w.seat))
	case policy.Retire:
		return say("注销登记库中的“%s”", "retires in the register “%s”", w.thing(x.Thing))
	case policy.Make:
		return say("生成文书《%s》", "makes the document “%s”", x.Title)
	case policy.Notify:
		return say("通知%s：%s", "tells %s: %s", w.seats(x.Seats), w.sentence(x.Text))
	case policy.Amend:
		return say("以《%s》修改《%s》，原内容留存", "amends “%[2]s” by “%[1]s”; the old content is kept", w.form(x.With), w.form(x.Form))
	}
	name := fmt.Sprintf("%T", e)
	return lang.T(name, name)
}

// openerOf is the seat of ours whose party opens what is started.
func (w words) openerOf(x policy.Start) []string {
	if l := w.m.Link(x.Link); l != nil && len(l.Mechanisms) > 0 {
		if o := w.pack.Mechanism(l.Mechanisms[0]); o != nil {
			return []string{x.Seats[o.Opener]}
		}
	}
	return nil
}

func (w words) kind(name string) lang.Text {
	if k := w.pack.Kinds[name]; k != nil {
		return k.Title
	}
	return lang.T(name, name)
}

func (w words) thing(name string) lang.Text {
	if t := w.m.Thing(name); t != nil {
		return t.Title
	}
	return lang.T(name, name)
}

func (w words) hasField(form, field string) bool {
	f := w.m.Form(form)
	return f != nil && f.Field(field) != nil
}

func (w words) moneyEffect(e policy.Effect) lang.Text {
	all := lang.T("全部余额", "all that is left")
	amount := func(x *policy.Expr) lang.Text {
		if x == nil {
			return all
		}
		return w.expr(x)
	}
	switch x := e.(type) {
	case policy.Hold:
		return say("从%s预留 %s", "holds %[2]s from %[1]s", w.fund(x.Fund), amount(x.Amount))
	case policy.Pay:
		if x.As.IsZero() {
			return say("向%s支付 %s", "pays %s %s", w.seat(x.To), amount(x.Amount))
		}
		return say("向%s支付%s %s", "pays %s the %s: %s", w.seat(x.To), x.As, amount(x.Amount))
	case policy.Release:
		return lang.T("余额退回资金池", "gives what is left back to the fund")
	case policy.Claim:
		if x.Interest != nil {
			return say("向%s追回 %s，并计收利息 %s", "claims back from %s: %s, with interest of %s", w.seat(x.From), amount(x.Amount), amount(x.Interest))
		}
		return say("向%s追回 %s", "claims back from %s: %s", w.seat(x.From), amount(x.Amount))
	case policy.Collect:
		return say("%s退回款项入账", "enters what %s paid back", w.seat(x.From))
	case policy.Forgive:
		return say("免除%s未退还的款项", "writes off what %s still owes", w.seat(x.From))
	}
	return lang.Text{}
}

func (w words) openEffect(x policy.Open) lang.Text {
	switch {
	case x.Rows != "":
		return say("按%s逐项建立“%s”", "opens one “%[2]s” for each row of %[1]s", w.path(x.Rows), w.part(x.Part))
	case x.Pairs != nil:
		return say("按%s为每个“%s”建立“%s”", "opens “%[3]s” in each of “%[2]s” as %[1]s says", w.path(x.Pairs.Rows), w.part(x.Each), w.part(x.Part))
	case x.Each != "":
		return say("为每个“%s”建立“%s”", "opens “%[2]s” in each of “%[1]s”", w.part(x.Each), w.part(x.Part))
	case x.Seat != "":
		return say("为每位%s建立“%s”", "opens one “%[2]s” for each %[1]s", w.seat(x.Seat), w.part(x.Part))
	}
	return say("建立“%s”", "opens “%s”", w.part(x.Part))
}

func (w words) form(name string) lang.Text {
	if f := w.m.Form(name); f != nil {
		return f.Title
	}
	if rows := w.rows(name); rows != nil {
		return rows.Title
	}
	return lang.T(name, name)
}

func (w words) content(name string) lang.Text {
	if strings.Contains(name, ".") {
		return w.path(name)
	}
	return w.form(name)
}

// say puts texts into a sentence of both languages.
func say(zh, en string, with ...lang.Text) lang.Text {
	a, b := make([]any, len(with)), make([]any, len(with))
	for i, t := range with {
		a[i], b[i] = t.ZH, t.In(lang.EN)
	}
	return lang.T(fmt.Sprintf(zh, a...), fmt.Sprintf(en, b...))
}
