package equity

import (
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
)

// The refusals of this package. The ids are for good; the pack's articles.yaml says which article stands behind each.

func no(id, zh, en, wayZH, wayEN string) *refusal.Refusal {
	return refusal.New(refusal.Invalid, id, lang.T(zh, en)).Mend(lang.T(wayZH, wayEN))
}

func refuseEnded() *refusal.Refusal {
	return no("equity.ended", "这家公司已经清算，股权不能再变动", "The company is liquidated: nothing moves any more", "请核对公司", "Check the company")
}

func refuseBackdated(day, last caldate.Date) *refusal.Refusal {
	return no("equity.backdated", fmt.Sprintf("%s 早于最近一次股权变动的日期 %s，不能倒签", day, last),
		fmt.Sprintf("%s is before the last change of the cap table on %s: nothing is dated back", day, last),
		"请用实际办理的日期；确有遗漏的，先冲正后来的变动", "Use the day on which it is done; where something was left out, reverse what came later first")
}

func refuseNothing() *refusal.Refusal {
	return no("equity.nothing", "股东名册里不能有零股或没有名称的股东", "A cap table has no holder of nothing and no shares of nobody",
		"请删去这一行，或者填写股数", "Remove the row or enter the number of shares")
}

func refuseTooMany() *refusal.Refusal {
	return no("equity.many", "股数超出可以登记的范围", "That is more shares than can be entered", "请核对股数和价格", "Check the number of shares and the price")
}

func refuseSelf() *refusal.Refusal {
	return no("equity.self", "出让方与受让方是同一方", "Giver and taker are the same", "请核对双方", "Check the two parties")
}

func refuseShort(have, want int64) *refusal.Refusal {
	return no("equity.short", fmt.Sprintf("现有 %d 股，不足 %d 股", have, want), fmt.Sprintf("There are %d shares, fewer than %d", have, want),
		"请在股东名册核对", "See the cap table")
}

func refusePrincipal(f money.Fen) *refusal.Refusal {
	return no("equity.principal", "可转股的本金是 "+f.String()+"，只有实际拨付的资金才能转股", "The principal is "+f.In(money.Yuan, 2)+" yuan: only money that was paid converts",
		"请核对已拨付金额", "Check what was paid")
}

func refuseCurrency(c string) *refusal.Refusal {
	return no("equity.currency", "评估或定价用的是“"+c+"”，账本只认人民币", "The appraisal or price is in “"+c+"”; the ledger is in yuan",
		"请按评估基准日的汇率出具人民币评估值", "Have the value stated in yuan at the rate of the appraisal's day")
}

func refuseTerms() *refusal.Refusal {
	return no("equity.terms", "转股条款不成立：折扣和比例应在 0 与 100 % 之间", "The terms do not hold: discount and shares lie between 0 and 100 %", "请核对条款", "Check the terms")
}

func refusePrice() *refusal.Refusal {
	return no("equity.price", "没有可用的价格或估值", "There is no price or valuation to go by", "请填写本轮价格、评估值或约定价格", "Enter the round's price, the appraisal or the agreed price")
}

func refuseBasis(b string) *refusal.Refusal {
	return no("equity.basis", "定价依据“"+b+"”不是融资价、评估值或约定价", "“"+b+"” is neither a round nor an appraisal nor a fixed price", "请选择定价依据", "Choose the basis of the price")
}

func refuseNoShare(bound string) *refusal.Refusal {
	return no("equity.none", "按条款一股也转不成（受限于"+BoundTitle(bound).ZH+"）", "Not one share comes of it (bound by "+BoundTitle(bound).EN+")", "请改为归还本金或者延期", "Have it repaid or extended instead")
}

func refuseLimit(bound string, most, wanted int64, x Terms) *refusal.Refusal {
	zh, en := fmt.Sprintf("按价格应转 %d 股，", wanted), fmt.Sprintf("The price gives %d shares; ", wanted)
	switch bound {
	case BoundCap:
		zh += fmt.Sprintf("而公共持股不得超过 %s，最多 %d 股", x.Cap, most)
		en += fmt.Sprintf("the public stake may be %s at most, which is %d", x.Cap, most)
	case BoundLargest:
		zh += fmt.Sprintf("转股后会成为第一大股东，最多 %d 股", most)
		en += fmt.Sprintf("it would become the largest holder; %d at most", most)
	case BoundFloor:
		zh += fmt.Sprintf("而团队持股不得低于 %s，最多 %d 股", x.Floor, most)
		en += fmt.Sprintf("the team keeps %s at least, which leaves %d", x.Floor, most)
	}
	return no("equity."+bound, zh, en, "请按上限转股，其余归还或继续作为资助", "Convert up to the limit; the rest is repaid or stays a grant")
}

// BoundTitle is what bound a conversion, in words.
func BoundTitle(b string) lang.Text {
	switch b {
	case BoundCap:
		return lang.T("公共持股上限", "the cap on the public stake")
	case BoundLargest:
		return lang.T("不得成为第一大股东", "never the largest holder")
	case BoundFloor:
		return lang.T("团队持股下限", "the team's floor")
	}
	return lang.T("价格", "the price")
}

func refuseOCF(zh, en string) *refusal.Refusal {
	return no("equity.ocf", "文件不能导入："+zh, "The file cannot be imported: "+en, "请检查文件，只支持整股", "Check the file; only whole shares are taken")
}

func refuseFounded() *refusal.Refusal {
	return no("equity.founded", "这家公司的股东名册已经建立", "The company has a cap table already", "请办理增资或转让", "Issue or transfer shares instead")
}

func refuseHow(how string) *refusal.Refusal {
	return no("equity.how", "退出方式“"+how+"”不是转让、回购或清算", "“"+how+"” is neither a transfer nor a buy-back nor a liquidation", "请选择退出方式", "Choose how to exit")
}

func refuseFrozen() *refusal.Refusal {
	return no("equity.frozen", "出让方的股权在研发期内被冻结，不能转让、不能回购", "The giver's shares are frozen while the research lasts: they are neither sold nor bought back",
		"等冻结解除后再办；冻结是哪一个事项办的，见股东名册", "Do it once they are free; the cap table says which case froze them")
}

func refuseBands() *refusal.Refusal {
	return no("equity.bands", "回购价格的分档不成立：各档年限要递增，最后一档不写年限，利率不小于零", "The bands of the buy-back price do not hold: years rise, the last has none, and no rate is below zero",
		"请核对回购条款的年限和利率", "Check years and rates of the terms")
}

func refuseMarket() *refusal.Refusal {
	return no("equity.market", "已经进入按市场价回购的一档，没有写明市场价", "By now the price is the market's, and none is given",
		"请写明有依据的市场价（评估值或者同期融资价）", "Give a market price with what it rests on: an appraisal or the price of a round")
}
