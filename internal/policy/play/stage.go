package play

import (
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/policy"
)

// DefaultStage is a small city for a mechanism: an enterprise that opens the case, others that may bid, institutions of every kind, and people of
// every field, some of them related to the bidders; funds with enough for any case of the pack.
func DefaultStage(p *policy.Pack, m *policy.Mechanism) Stage {
	st := Stage{Pack: p, Mechanism: m, Now: caldate.Date("2025-03-03").Start().Add(9 * 3600e9), Opener: "发榜企业", Funds: map[string]money.Fen{}}
	kind := "enterprise"
	if s := m.Seat(m.Opener); s != nil && s.Party != "" && s.Party != "any" && s.Party != "organisation" {
		kind = s.Party
	}
	region := p.Region
	if len(region) == 6 {
		region = region[:4] + "12"
	}
	add := func(name, kind string) {
		st.Parties = append(st.Parties, Party{Name: name, Kind: kind, Region: region})
	}
	add("发榜企业", kind)
	add("企业甲", "enterprise")
	add("企业乙", "enterprise")
	add("大学丙", "university")
	add("研究院丁", "institute")
	for i := range 24 {
		add(fmt.Sprintf("专家%d", i+1), "person")
	}
	for _, p := range [][2]string{{"银行己", "bank"}, {"基金庚", "fund"}, {"医院辛", "hospital"}, {"中试基地壬", "pilot_base"}, {"机构癸", "agency"}, {"检测机构戊", "institute"}, {"政府子", "government"}, {"单位丑", "other"}} {
		add(p[0], p[1])
	}
	st.Related = [][2]string{{"专家1", "企业甲"}, {"专家2", "发榜企业"}, {"企业乙", "发榜企业"}}
	st.Nodes = defaultNodes(p)
	st.Records = defaultRecords(p, m, st.Parties)
	st.Stakes = defaultStakes(&st)
	st.Cases = append(defaultCases(&st), askedCases(&st)...)
	for name := range p.Funds {
		st.Funds[name] = money.Yi
	}
	return st
}

// defaultStakes gives each company of the stage a founder and somebody else.
func defaultStakes(st *Stage) []Stake {
	var out []Stake
	for _, r := range st.Records {
		k := st.Pack.Kinds[r.Kind]
		if k == nil || !k.Shares {
			continue
		}
		owner, _ := r.Values[k.Owner].(string)
		if owner == "" {
			owner = st.Opener
		}
		out = append(out, Stake{Record: r.Name, Party: owner, Shares: 9_000_000}, Stake{Record: r.Name, Party: st.Parties[len(st.Parties)-1].Name, Shares: 1_000_000})
	}
	return out
}
