package demo

import (
	"kechuang/internal/lang"
	"kechuang/internal/register"
)

// books are all workbooks, in the order in which they can be read: what others name comes first.
func books() []book {
	record := func(kind, zh, en string, n int64, rows func() table) book {
		return book{sheet: register.RecordSheet(kind), name: "参考城市-" + zh + ".csv", title: lang.T(zh, en), rows: rows, n: n}
	}
	return []book{
		{sheet: register.PartySheet, name: "参考城市-主体.csv", title: lang.T("主体", "parties"), rows: parties, n: firms + strangers + schools + baseHosts},
		record("platform", "创新平台", "platforms", 1900, platforms),
		record("institute", "内设研究所", "institutes", 8, institutes),
		record("researcher", "科研人员", "researchers", 377, researchers),
		record("pilot_base", "中试基地", "pilot bases", 71, bases),
		record("pilot_contract", "中试合同", "pilot contracts", 6120, pilotContracts),
		record("landing", "成果落地", "landings", 595, landings),
		record("bottleneck", "关键技术", "bottlenecks", 386, bottlenecks),
		record("first_set", "首台套", "first sets", 49, firstSets),
		record("benefit", "应用成效", "benefits", 8, benefits),
		record("fund", "基金", "funds", 7, funds),
		record("joint_centre", "联合创新中心", "joint centres", 38, centres),
		record("capital_round", "增资轮次", "capital rounds", 33, rounds),
		record("assignment", "成果赋权", "assignments", 108, assignments),
		record("achievement", "科技成果", "achievements", 2, results),
		record("track", "未来产业赛道", "tracks", 6, tracks),
		record("cooperation", "合作协议", "agreements", 9, agreements),
		record("joint_lab", "联合实验室", "joint laboratories", 5, labs),
		record("contract", "技术合同2023", "contracts of 2023", 14_239, func() table { return contracts(0) }),
		record("contract", "技术合同2024", "contracts of 2024", 15_760, func() table { return contracts(1) }),
	}
}
