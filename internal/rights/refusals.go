package rights

import (
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// The refusals of this package. The ids are for good; the pack's articles.yaml says which article stands behind each.

func no(id, zh, en string) *refusal.Refusal {
	return refusal.New(refusal.Invalid, id, lang.T(zh, en))
}

func refuseVested() *refusal.Refusal {
	return no("rights.vested", "这项成果的权属已经登记过", "The rights of this achievement are entered already").
		Mend(lang.T("要改变权属，请办理赋权、转让或归还", "Assign or revert them instead"))
}

func refuseUnknown() *refusal.Refusal {
	return no("rights.unknown", "这项成果还没有登记权属", "No rights of this achievement are entered yet").
		Mend(lang.T("请先完成成果披露", "Disclose it first"))
}

func refuseExpired(day caldate.Date) *refusal.Refusal {
	return no("rights.expired", fmt.Sprintf("这项权利的保护期已于 %s 届满或终止，不能再转让、许可或质押", day),
		fmt.Sprintf("Protection ended on %s: it can be neither assigned nor licensed nor pledged", day)).
		Mend(lang.T("请核对专利法律状态", "Check the legal status of the patent"))
}

func refuseSum(sum share.PPM) *refusal.Refusal {
	return no("rights.sum", fmt.Sprintf("各方份额合计 %s，应当正好是 100 %%", sum), fmt.Sprintf("The shares sum to %s and must be exactly 100 %%", sum)).
		Mend(lang.T("请核对每一方的份额", "Check everybody's share"))
}

func refuseNothing() *refusal.Refusal {
	return no("rights.nothing", "份额为零的一方不能列入", "Somebody with a share of nothing cannot be listed").
		Mend(lang.T("请删去这一行，或者填写份额", "Remove the row or enter a share"))
}

func refuseTwice() *refusal.Refusal {
	return no("rights.twice", "同一方出现了两次", "The same party is listed twice").Mend(lang.T("请合并为一行", "Make one row of them"))
}

func refuseShort(r Right, have, want share.PPM) *refusal.Refusal {
	t := map[Right]lang.Text{Title: lang.T("所有权", "title"), Use: lang.T("使用权", "use"), Income: lang.T("收益权", "income")}[r]
	if have == 0 {
		return refusal.New(refusal.Insufficient, "rights.short", lang.T("出让方现在没有这项成果的"+t.ZH+"，可能已经转出", "The giver holds nothing of the "+t.EN+" now; it may have been assigned before")).
			Mend(lang.T("请在权属页核对现在的持有人", "See the page of its rights for who holds it now"))
	}
	return refusal.New(refusal.Insufficient, "rights.short", lang.T(fmt.Sprintf("出让方现有%s %s，不足 %s", t.ZH, have, want),
		fmt.Sprintf("The giver holds %s of the %s, less than %s", have, t.EN, want))).
		Mend(lang.T("请在权属页核对现在的份额", "See the page of its rights for the shares now"))
}

func refusePledged(l Lien) *refusal.Refusal {
	return no("rights.pledged", fmt.Sprintf("这项权利已经质押（登记号 %s），未经质权人同意不能转让、许可或再次质押", l.Number),
		fmt.Sprintf("It is pledged (registered as %s) and moves only by the pledgee's consent", l.Number)).
		Mend(lang.T("请先解除质押，或者取得质权人同意", "Discharge the pledge first, or get the pledgee's consent"))
}

func refuseLicensed(l Lien) *refusal.Refusal {
	scope := map[string]lang.Text{Exclusive: lang.T("独占", "an exclusive"), Sole: lang.T("排他", "a sole"), Ordinary: lang.T("普通", "an ordinary")}[l.Scope]
	until := lang.T("", "")
	if l.Until != "" {
		until = lang.T(fmt.Sprintf("（至 %s）", l.Until), fmt.Sprintf(" (until %s)", l.Until))
	}
	return no("rights.licensed", "这项权利上有"+scope.ZH+"许可"+until.ZH+"，与要办的事冲突", "There is "+scope.EN+" licence on it"+until.EN+", which this would break").
		Mend(lang.T("请等许可期满、终止许可，或者取得被许可人同意", "Wait for its end, end it, or get the licensee's consent"))
}

func refuseBeyond(until, last caldate.Date) *refusal.Refusal {
	if until == "" {
		return no("rights.beyond", fmt.Sprintf("期限要写明，并且不晚于 %s", last), fmt.Sprintf("It needs a last day, not after %s", last)).
			Mend(lang.T("请填写期限", "Enter a last day"))
	}
	return no("rights.beyond", fmt.Sprintf("期限到 %s，超过权利的有效期 %s", until, last), fmt.Sprintf("It runs until %s, beyond the right's own end on %s", until, last)).
		Mend(lang.T("请缩短期限", "Shorten it"))
}

// refuseOutlives is of a debt that lasts longer than what secures it.
func refuseOutlives(until, last caldate.Date) *refusal.Refusal {
	return no("rights.outlives", fmt.Sprintf("债务期限到 %s，超过权利的有效期 %s", until, last), fmt.Sprintf("The debt runs until %s, beyond the right's own end on %s", until, last)).
		Mend(lang.T("请缩短期限", "Shorten it"))
}

func refusePast(day caldate.Date) *refusal.Refusal {
	return no("rights.past", fmt.Sprintf("期限“%s”应当晚于今天", day), fmt.Sprintf("The last day “%s” must be after today", day)).
		Mend(lang.T("请核对日期", "Check the date"))
}

func refuseCoOwner() *refusal.Refusal {
	return no("rights.coowner", "还有其他共有人，没有取得全体共有人同意", "There are other co-owners, and not all of them agree").
		Mend(lang.T("请先取得全体共有人的书面同意", "Get the written consent of all co-owners first"))
}

func refuseNotHolder() *refusal.Refusal {
	return no("rights.holder", "办理人不是登记的权利人", "Whoever gives it is not its registered holder").
		Mend(lang.T("请由登记的权利人办理，或者先办理权属变更", "Let the registered holder do it, or have the title changed first"))
}

func refuseUnregistered() *refusal.Refusal {
	return no("rights.unregistered", "没有质押登记号：质权自登记时设立", "There is no registration number: a pledge is made by its registration").
		Mend(lang.T("请填写国家知识产权局的质押登记号", "Enter the number of the registration"))
}

func refuseAmount(f money.Fen) *refusal.Refusal {
	return no("rights.amount", "担保金额“"+f.String()+"”应当大于零", "The secured amount must be above zero").Mend(lang.T("请核对金额", "Check the amount"))
}

func refuseSelf() *refusal.Refusal {
	return no("rights.self", "出让方与受让方是同一方", "Giver and taker are the same").Mend(lang.T("请核对双方", "Check the two parties"))
}

func refuseScope(scope string) *refusal.Refusal {
	return no("rights.scope", "许可方式“"+scope+"”不是独占、排他或普通许可", "“"+scope+"” is neither exclusive nor sole nor ordinary").
		Mend(lang.T("请选择许可方式", "Choose the scope"))
}

func refuseNoLien(kind string) *refusal.Refusal {
	if kind == LicenceLien {
		return no("rights.nolicence", "没有在效的许可", "There is no licence in force").Mend(lang.T("请在权属页核对", "See the page of its rights"))
	}
	return no("rights.nopledge", "没有未解除的质押", "There is no pledge on it").Mend(lang.T("请在权属页核对", "See the page of its rights"))
}

func refuseNoIncome() *refusal.Refusal {
	return no("rights.income", "收款方现在不持有这项成果的收益权，可能已经归还或到期", "The payee holds nothing of the income right now: it was reverted or is over").
		Mend(lang.T("请在权属页核对现在的收益权人", "See the page of its rights for who holds it now"))
}
