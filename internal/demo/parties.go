package demo

import (
	"encoding/json"
	"fmt"
	"strconv"

	"kechuang/internal/ident"
	"kechuang/internal/money"
	"kechuang/internal/register"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

// Codes are made up: registration authority 9 does not exist, so no organisation can have them.
func code(kind, region, number string) string {
	return ident.USCCWithCheck("9" + kind + region + number)
}

// organisations, parents before what belongs to them. The names without 某 are public institutions.
var organisations = []register.Party{
	{ID: firstParty, Kind: register.Government, Name: "沈阳市科学技术局", USCC: code("1", "210100", "DEMQ00001"), Region: "210112", Aliases: []string{"市科技局"}},
	{ID: "party_demohunnan", Kind: register.Government, Name: "沈阳市浑南区科技主管部门", USCC: code("1", "210112", "DEMQ00002"), Region: "210112"},
	{ID: "party_demotiexi", Kind: register.Government, Name: "沈阳市铁西区科技主管部门", USCC: code("1", "210106", "DEMQ00003"), Region: "210106"},
	enterprise("jituan", "沈阳某装备集团有限公司", "210106", "DEMQ00010", 86*money.Yi, 42_000),
	child(enterprise("bolang", "沈阳某金属波纹管有限公司", "210112", "DEMQ00011", 4*money.Yi+6000*money.Wan, 61_000), "", "波纹管公司"),
	child(enterprise("yasuoji", "沈阳某透平压缩机有限公司", "210106", "DEMQ00012", 32*money.Yi, 55_000), "party_demojituan", "压缩机公司"),
	child(enterprise("jichuang", "沈阳某数控机床有限公司", "210106", "DEMQ00013", 18*money.Yi, 48_000), "party_demojituan"),
	enterprise("jiqiren", "沈阳某机器人有限公司", "210112", "DEMQ00014", 11*money.Yi, 93_000),
	enterprise("ranji", "沈阳某燃气轮机部件有限公司", "210113", "DEMQ00015", 7*money.Yi, 71_000),
	enterprise("dianlan", "沈阳某特种电缆有限公司", "210114", "DEMQ00016", 9*money.Yi, 33_000),
	enterprise("hangkong", "沈阳某航空复合材料有限公司", "210113", "DEMQ00017", 6*money.Yi, 68_000),
	enterprise("chuneng", "沈阳某飞轮储能科技有限公司", "210112", "DEMQ00018", 3*money.Yi, 120_000),
	enterprise("shengwu", "沈阳某生物制药有限公司", "210112", "DEMQ00019", 5*money.Yi, 84_000),
	enterprise("meikuang", "沈阳某菱镁新材料有限公司", "210123", "DEMQ00020", 2*money.Yi+3000*money.Wan, 31_000),
	enterprise("ruanjian", "沈阳某工业软件有限公司", "210102", "DEMQ00021", 8000*money.Wan, 180_000),
	enterprise("tuceng", "沈阳某涂层科技有限公司", "210106", "DEMQ00025", 300*money.Wan, 300_000),
	enterprise("dalian", "大连某精密制造有限公司", "210000", "DEMQ00022", 12*money.Yi, 52_000),
	enterprise("shanghai", "上海某特种材料科技有限公司", "310000", "DEMQ00023", 5*money.Yi, 110_000),
	enterprise("suzhou", "苏州某微纳制造有限公司", "320000", "DEMQ00024", 3*money.Yi, 95_000),
	school("dongda", "东北大学", "210112", "DEMQ00030"),
	school("huagong", "沈阳化工大学", "210106", "DEMQ00031"),
	school("gongda", "沈阳某理工大学", "210112", "DEMQ00032"),
	institute("zidonghua", "中国科学院沈阳自动化研究所", "210112", "DEMQ00040"),
	institute("cailiao", "辽宁材料实验室", "210112", "DEMQ00041"),
	institute("chanyan", "沈阳某产业技术研究院", "210112", "DEMQ00043"),
	institute("yibiao", "沈阳某仪表研究院", "210112", "DEMQ00042"),
	{ID: "party_demozhongshi", Kind: register.PilotBase, Name: "沈阳某高端装备中试基地", Region: "210112", Parent: "party_demoyibiao"},
	{ID: "party_demojiance", Kind: register.Agency, Name: "辽宁某检验检测认证中心", USCC: code("1", "210100", "DEMQ00051"), Region: "210102", LegalRep: "示例法人丁"},
	{ID: "party_demojiance2", Kind: register.Agency, Name: "沈阳某计量测试技术研究院", USCC: code("1", "210100", "DEMQ00052"), Region: "210103"},
	{ID: "party_demojijin", Kind: register.Fund, Name: "沈阳某科技创新投资基金", USCC: code("1", "210100", "DEMQ00053"), Region: "210112"},
	{ID: "party_demoyinhang", Kind: register.Bank, Name: "沈阳某商业银行科技支行", USCC: code("1", "210100", "DEMQ00054"), Region: "210102"},
}

func enterprise(id, name, region, number string, revenue money.Fen, rd share.PPM) register.Party {
	return register.Party{ID: "party_demo" + id, Kind: register.Enterprise, Name: name, USCC: code("1", region, number), Region: region,
		Address: "示例地址 1 号", Contact: "示例联系人", Phone: "024-0000000", Email: id + "@example.invalid", LegalRep: "示例法人（" + id + "）", Revenue: revenue, RDShare: rd}
}

func child(p register.Party, parent string, aliases ...string) register.Party {
	p.Parent, p.Aliases = parent, aliases
	return p
}

func school(id, name, region, number string) register.Party {
	return register.Party{ID: "party_demo" + id, Kind: register.University, Name: name, USCC: code("2", region, number), Region: region, Contact: "示例联系人"}
}

func institute(id, name, region, number string) register.Party {
	return register.Party{ID: "party_demo" + id, Kind: register.Institute, Name: name, USCC: code("2", region, number), Region: region, Contact: "示例联系人"}
}

// people are the experts, with whom they work for. Some work for those who post or bid, or are tied to them. Aerospace (F3) has just the
// three whose accounts are printed, so that a visitor who signs in as one of them has something to judge.
var people = []struct {
	id, name, employer string
	fields             []string
}{
	{"zhuanjia1", "示例专家赵工", "zidonghua", []string{"F8", "F3"}},
	{"zhuanjia2", "示例专家钱工", "gongda", []string{"F8", "F4", "F3"}},
	{"zhuanjia3", "示例专家孙工", "cailiao", []string{"F8", "F4", "F3"}},
	{"zhuanjia4", "示例专家李工", "yibiao", []string{"F8", "F6"}},
	{"zhuanjia5", "示例专家周工", "dongda", []string{"F8", "F4"}},
	{"zhuanjia6", "示例专家吴工", "huagong", []string{"F4", "F7"}},
	{"zhuanjia7", "示例专家郑工", "bolang", []string{"F8"}},
	{"zhuanjia8", "示例专家王工", "yasuoji", []string{"F8", "F6"}},
	{"zhuanjia9", "示例专家冯工", "jiance2", []string{"F8", "F6", "F7"}},
	{"zhuanjia10", "示例专家陈工", "dalian", []string{"F4", "F6"}},
	{"zhuanjia11", "示例专家褚工", "shengwu", []string{"F2"}},
	{"zhuanjia12", "示例专家卫工", "ruanjian", []string{"F1", "F5"}},
	{"zhuanjia13", "示例专家蒋工", "gongda", []string{"F1", "F8"}},
	{"zhuanjia14", "示例专家沈工", "jichuang", []string{"F4", "F8"}},
}

// inventors work at universities and are no experts.
var inventors = []struct{ id, name, employer string }{
	{"faming", "示例发明人王工", "huagong"},
	{"faming2", "示例发明人李工", "huagong"},
	{"wangna", "王娜", "huagong"},
}

// PersonOf is the register's id of an expert's account.
func PersonOf(login string) string { return "party_demo" + login }

func (b *builder) parties() error {
	for _, p := range organisations {
		if err := b.put(p); err != nil {
			return err
		}
	}
	for _, p := range people {
		person := register.Party{ID: PersonOf(p.id), Kind: register.Person, Name: p.name, Employer: "party_demo" + p.employer, Expertise: p.fields, Expert: true}
		if err := b.put(person); err != nil {
			return err
		}
	}
	if err := b.files(); err != nil {
		return err
	}
	for _, p := range inventors {
		if err := b.put(register.Party{ID: PersonOf(p.id), Kind: register.Person, Name: p.name, Employer: "party_demo" + p.employer}); err != nil {
			return err
		}
	}
	return nil
}

// files are the experts' own, with interests confirmed some months ago: two financial experts, two of industry, the rest technical.
func (b *builder) files() error {
	k := b.Register.Kind("expert")
	if k == nil {
		return nil // a pack that keeps none
	}
	confirmed, err := json.Marshal(b.first.AddDays(span - 100))
	if err != nil {
		return err
	}
	text := func(s string) json.RawMessage { return json.RawMessage(strconv.Quote(s)) }
	for i, p := range people {
		category, rank := "技术", "副高级"
		switch {
		case i%7 == 2:
			category = "财务"
		case i%7 == 5:
			category = "产业"
		}
		if i%2 == 0 {
			rank = "正高级"
		}
		values := register.Values{"name": text(p.name), "person": text(PersonOf(p.id)), "category": text(category), "rank": text(rank), "confirmed": confirmed}
		err := b.DB.Write(b.ctx, func(tx *store.Tx) error {
			_, err := b.Register.RenewRecord(tx, k, register.Source{Account: keeper.Account, Who: keeper.Name, From: register.FromPage, Verified: true}, "", values)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ties are what the experts declared: one wrote papers with a bidder's people, one was a bidder's supervisor.
func (b *builder) ties() error {
	for _, t := range []register.Tie{
		{Kind: register.CoAuthor, A: PersonOf("zhuanjia4"), B: "party_demodongda", Note: "示例：近三年合作发表论文"},
		{Kind: register.Shareholding, A: PersonOf("zhuanjia10"), B: "party_demoshanghai", Note: "示例：持有股份"},
	} {
		err := b.DB.Write(b.ctx, func(tx *store.Tx) error {
			there, err := b.Register.Ties(tx, keeper, t.A)
			if err != nil || len(there) > 0 {
				return err
			}
			_, err = b.Register.Declare(tx, keeper, t)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// entry enters one record as the register's keeper does by hand.
func (b *builder) entry(kind string, of map[string]any) (id string, err error) {
	v := register.Values{}
	for name, x := range of {
		if v[name], err = json.Marshal(x); err != nil {
			return "", err
		}
	}
	err = b.DB.Write(b.ctx, func(tx *store.Tx) error {
		rec, err := b.Register.PutRecord(tx, b.actors["dengji"], b.Register.Kind(kind), "", 0, v)
		id = rec.ID
		return err
	})
	if err != nil {
		return "", fmt.Errorf("%v: %w", of["title"], err)
	}
	return id, nil
}
