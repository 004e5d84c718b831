package web

import (
	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// deed is what a deed on rights, shares or outside money does, in one sentence.
func (w words) deed(d policy.Deed) lang.Text {
	thing := w.thing(d.Thing)
	from, to := w.givers(d), w.takers(d)
	amount := func(key string, none lang.Text) lang.Text {
		if x := d.Exprs[key]; x != nil {
			return w.expr(x)
		}
		return none
	}
	all := lang.T("全部", "all")
	switch d.Word {
	case "vest":
		return say("登记%s的权属，归%s", "enters the rights of %s for %s", thing, to)
	case "assign":
		return say("把%s的%s（%s）由%s转给%s", "assigns %[2]s of %[1]s (%[3]s) from %[4]s to %[5]s", thing, w.right(d), amount("share", all), from, to)
	case "revert":
		return say("%s把%s归还%s", "%s gives %s back to %s", from, thing, to)
	case "license":
		return say("%s把%s许可给%s", "%s licenses %s to %s", from, thing, to)
	case "end_license":
		return say("终止%s对%s的许可", "ends the licence of %s on %s", to, thing)
	case "pledge":
		return say("%s把%s质押给%s，担保 %s", "%s pledges %s to %s for %s", from, thing, to, amount("amount", lang.Text{}))
	case "discharge":
		return say("解除%s的质押", "discharges the pledge of %s", thing)
	case "enforce":
		return say("处置质押，%s归%s", "enforces the pledge: %s goes to %s", thing, to)
	case "expire":
		return say("%s的保护期到 %s 为止", "protection of %s ends on %s", thing, amount("on", lang.Text{}))
	case "receive":
		return say("收到%s支付的 %s", "receives %[2]s from %[1]s", from, amount("amount", lang.Text{}))
	}
	return w.shareDeed(d, thing, from, to, amount)
}

func (w words) shareDeed(d policy.Deed, thing, from, to lang.Text, amount func(string, lang.Text) lang.Text) lang.Text {
	all := lang.T("全部", "all")
	switch d.Word {
	case "found":
		return say("建立%s的股东名册：%s", "founds the cap table of %s: %s", thing, to)
	case "issue":
		return say("%s向%s增发股份", "%s issues shares to %s", thing, to)
	case "pool":
		return say("%s设期权池 %s 股", "%s sets %s shares aside in a pool", thing, amount("shares", all))
	case "grant_shares":
		return say("从期权池向%s授予 %s 股", "gives %[2]s shares of the pool to %[1]s", to, amount("shares", all))
	case "transfer_shares":
		return say("%s把%s的股份（%s）转给%s", "%s transfers shares of %s (%s) to %s", from, thing, amount("shares", all), to)
	case "convert":
		return say("把 %s 转为%s的股份，由%s持有", "converts %s into shares of %s for %s", amount("principal", lang.Text{}), thing, to)
	case "freeze_shares":
		return say("冻结%s在%s的股权", "freezes the shares of %s in %s", from, thing)
	case "unfreeze_shares":
		return say("解除%s在%s的股权冻结", "frees the shares of %s in %s", from, thing)
	case "buy_back_price":
		return say("按约定分档计算%s的股份（%s）的回购价", "works out the price to buy back shares of %s (%s)", thing, amount("shares", all))
	case "buy_back":
		return say("%s回购%s的股份（%s）", "%s buys the shares of %s back (%s)", thing, from, amount("shares", all))
	case "round":
		return say("登记%s的一轮融资，投前估值 %s", "enters a round of %s at %s before it", thing, amount("pre", lang.Text{}))
	case "exit":
		return say("%s退出%s", "%s leaves %s", from, thing)
	}
	return lang.T(d.Word, d.Word)
}

func (w words) givers(d policy.Deed) lang.Text {
	if s := d.Names["from"]; len(s) > 0 {
		return joined(s, w.seat)
	}
	return lang.T("全体权利人", "all holders")
}

func (w words) takers(d policy.Deed) lang.Text {
	if s := d.Names["to"]; len(s) > 0 {
		return joined(s, w.seat)
	}
	if s := d.Names["rows"]; len(s) > 0 {
		t := w.path(s[0])
		return lang.T(t.ZH+"所列各方", "those in "+t.In(lang.EN))
	}
	return lang.Text{}
}

func (w words) right(d policy.Deed) lang.Text {
	name := "all"
	if s := d.Names["right"]; len(s) > 0 {
		name = s[0]
	} else if x := d.Exprs["right"]; x != nil {
		return w.expr(x)
	}
	return map[string]lang.Text{"title": lang.T("所有权", "the title"), "use": lang.T("使用权", "the use"), "income": lang.T("收益权", "the income"), "all": lang.T("全部权利", "all rights")}[name]
}

// split is how income is divided, in one sentence.
func (w words) split(s policy.Split) lang.Text {
	var parts lang.Text
	for i, x := range s.Shares {
		t := x.Title
		if x.Share != nil {
			e := w.expr(x.Share)
			t = lang.T(t.ZH+" "+e.ZH, t.In(lang.EN)+" "+e.In(lang.EN))
		}
		if i > 0 {
			parts.ZH, parts.EN = parts.ZH+"、", parts.EN+", "
		}
		parts.ZH, parts.EN = parts.ZH+t.ZH, parts.EN+t.In(lang.EN)
	}
	return say("扣除成本后分配收益：%s", "splits the income after costs: %s", parts)
}
