package demo

import (
	"fmt"
	"maps"
	"slices"

	"kechuang/internal/casework"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
)

// Password is that of every account of the demo.
const Password = "kechuang2025"

// Account is one account of the demo city, with its hats.
type Account struct {
	Login  string
	Name   string
	Does   lang.Text
	Party  string // acts for
	Person string // is
	Office string
	Role   string
}

// Accounts are those that are printed; the experts beyond the third are like them.
var Accounts = []Account{
	{Login: "qiye", Name: "沈阳某金属波纹管有限公司", Does: lang.T("企业：提需求、发榜", "an enterprise: posts needs"), Party: "party_demobolang"},
	{Login: "hunnan", Name: "浑南区科技部门", Does: lang.T("区县：核实并推荐", "the district: checks and recommends"), Office: "district/210112"},
	{Login: "jingban", Name: "重大专项处经办人", Does: lang.T("市科技局：建榜、发榜、组织评审、验收", "the officer: condenses, publishes, organises"), Office: "bureau.major_projects"},
	{Login: "lingdao", Name: "市科技局分管领导", Does: lang.T("审定榜单、主持评审会议、审议、裁定异议", "the leader: confirms, chairs the meeting, decides, rules"), Office: "bureau.leaders"},
	{Login: "jiebang1", Name: "东北大学", Does: lang.T("揭榜方", "a solver"), Party: "party_demodongda"},
	{Login: "jiebang2", Name: "上海某特种材料科技有限公司", Does: lang.T("揭榜方（外地）", "a solver from elsewhere"), Party: "party_demoshanghai"},
	{Login: "zhuanjia1", Name: "示例专家赵工", Does: lang.T("评审专家：有一份评了一半，有履职评价可以答复（4 至 14 号相同：zhuanjia4 …）", "an expert with half an opinion and a remark answered (zhuanjia4 to 14 are experts too)"), Person: "party_demozhuanjia1"},
	{Login: "zhuanjia2", Name: "示例专家钱工", Does: lang.T("评审专家", "an expert"), Person: "party_demozhuanjia2"},
	{Login: "zhuanjia3", Name: "示例专家孙工", Does: lang.T("评审专家", "an expert"), Person: "party_demozhuanjia3"},
	{Login: "jiance", Name: "辽宁某检验检测认证中心", Does: lang.T("第三方检测机构", "the third-party tester"), Party: "party_demojiance"},
	{Login: "caiwu", Name: "财务处", Does: lang.T("财务：预算、拨款、专家劳务费", "finance: budgets, payments, experts' fees"), Office: "bureau.finance", Role: identity.RoleFinance},
	{Login: "zhuanhua", Name: "成果转化处经办人", Does: lang.T("市科技局：产学研、成果转化、拨投结合", "the officer for results and transfer"), Office: "bureau.achievements"},
	{Login: "jinrong", Name: "科技金融处经办人", Does: lang.T("市科技局：贴息、积分、质押、增资", "the officer for finance of technology"), Office: "bureau.finance_tech"},
	{Login: "pingtai", Name: "创新平台处经办人", Does: lang.T("市科技局：平台、仪器、创新券、三自主", "the officer for platforms and instruments"), Office: "bureau.platforms"},
	{Login: "rencai", Name: "科技人才处经办人", Does: lang.T("市科技局：人才评价，复核后换新专家重评", "the officer for talent: evaluations, judged anew after a review"), Office: "bureau.talent"},
	{Login: "dengjiyuan", Name: "技术合同登记员", Does: lang.T("技术合同认定登记", "registers technology contracts"), Office: "registry"},
	{Login: "chanyanyuan", Name: "沈阳某产业技术研究院", Does: lang.T("产研院：拨投、直投、持股、退出", "the research institute: grants, holds, exits"), Party: "party_demochanyan"},
	{Login: "gaoxiao", Name: "沈阳化工大学", Does: lang.T("高校：成果、赋权、转化", "a university: results, rights, transfer"), Party: "party_demohuagong"},
	{Login: "faming", Name: "示例发明人王工", Does: lang.T("科研人员：披露成果、申请赋权、转化", "an inventor: discloses, asks for rights, transfers"), Person: "party_demofaming"},
	{Login: "yinhang", Name: "沈阳某商业银行科技支行", Does: lang.T("银行：贷款、质押、核对", "a bank"), Party: "party_demoyinhang"},
	{Login: "jijin", Name: "沈阳某科技创新投资基金", Does: lang.T("基金：出资、投资、退出", "a fund"), Party: "party_demojijin"},
	{Login: "guozi", Name: "国资监管部门", Does: lang.T("评估备案", "files appraisals"), Office: "state_assets"},
	{Login: "shenji", Name: "审计人员", Does: lang.T("审计：看全部事项和存证，重演抽取", "the auditor: sees every case, draws again"), Role: identity.RoleAuditor},
	{Login: "dengji", Name: "登记库管理员", Does: lang.T("登记库", "keeps the register"), Role: identity.RoleRegister},
	{Login: "tongji", Name: "统计人员", Does: lang.T("指标：封存、更正、外部数据", "figures: freezes, restatements, outside series"), Role: identity.RoleFigures},
	{Login: "zhengce1", Name: "政策管理员甲", Does: lang.T("政策：修改、提出新版本", "policy: edits, proposes an edition"), Role: identity.RolePolicy},
	{Login: "zhengce2", Name: "政策管理员乙", Does: lang.T("政策：批准新版本", "policy: adopts an edition"), Role: identity.RolePolicy},
	{Login: "guanli", Name: "系统管理员", Does: lang.T("账号", "accounts"), Role: identity.RoleSystem},
	{Login: "anquan", Name: "安全管理员", Does: lang.T("权限、解锁", "rights and locks"), Role: identity.RoleSecurity},
	{Login: "shenjiguan", Name: "审计管理员", Does: lang.T("安全日志", "the security log"), Role: identity.RoleAudit},
}

// more are accounts that the stories need beside those that are printed.
var more = []Account{
	{Login: "jihua", Name: "沈阳市科学技术局（编制资金安排方案）", Party: firstParty},
	{Login: "chengxin", Name: "监督与诚信建设处经办人", Office: "bureau.integrity"},
	{Login: "fuhe", Name: "科研诚信建设联席会议办公室", Office: "integrity_board"},
	{Login: "fagui", Name: "政策法规处经办人", Office: "bureau.law"},
	{Login: "yibiao", Name: "沈阳某仪表研究院", Party: "party_demoyibiao"},
	{Login: "anhuan", Name: "中试安全环保审查组", Office: "safety"},
	{Login: "shangwu", Name: "市商务部门（技术进出口）", Office: "commerce"},
	{Login: "lunli", Name: "市科技伦理委员会", Office: "ethics_board"},
	{Login: "wangxin", Name: "市网信部门（数据出境）", Office: "data_office"},
	{Login: "gongxin", Name: "市工信局装备处经办人", Office: "industry"},
	{Login: "gongxinfuze", Name: "市工信局分管领导", Office: "industry.leaders"},
	{Login: "gongxincai", Name: "市工信局财务处", Office: "industry.finance"},
	{Login: "gongxinfa", Name: "市工信局政策法规处", Office: "industry.law"},
	{Login: "dengjizhang", Name: "技术合同登记机构负责人", Office: "registry.head"},
	{Login: "guozifuze", Name: "国资监管部门负责人", Office: "state_assets.head"},
	{Login: "zhiquan", Name: "专利权质押登记窗口", Office: "ip_office"},
	{Login: "tuceng", Name: "沈阳某涂层科技有限公司", Party: "party_demotuceng"},
	{Login: "meikuang", Name: "沈阳某菱镁新材料有限公司", Party: "party_demomeikuang"},
	{Login: "faming2", Name: "示例发明人李工", Person: "party_demofaming2"},
	{Login: "tiexi", Name: "铁西区科技部门", Office: "district/210106"},
	{Login: "shenbei", Name: "沈北新区科技部门", Office: "district/210113"},
	{Login: "yasuoji", Name: "沈阳某透平压缩机有限公司", Party: "party_demoyasuoji"},
	{Login: "jiqiren", Name: "沈阳某机器人有限公司", Party: "party_demojiqiren"},
	{Login: "ranji", Name: "沈阳某燃气轮机部件有限公司", Party: "party_demoranji"},
	{Login: "hangkong", Name: "沈阳某航空复合材料有限公司", Party: "party_demohangkong"},
	{Login: "jiebang3", Name: "中国科学院沈阳自动化研究所", Party: "party_demozidonghua"},
	{Login: "jiebang4", Name: "沈阳某理工大学", Party: "party_demogongda"},
}

// all are the accounts in the order in which they are made: the administrators first, because they make the others.
func all() []Account {
	var admins, others []Account
	for _, a := range append(append([]Account{}, Accounts...), more...) {
		if a.Role == identity.RoleSystem {
			admins = append([]Account{a}, admins...)
		} else if a.Role == identity.RoleSecurity {
			admins = append(admins, a)
		} else {
			others = append(others, a)
		}
	}
	for _, p := range people[3:] {
		others = append(others, Account{Login: p.id, Name: p.name, Person: PersonOf(p.id)})
	}
	return append(admins, others...)
}

// accounts makes them as administrators do: the first behind the one-time link, the others by it, each choosing the password behind
// a link of their own; offices and roles by the security administrator.
func (b *builder) accounts() error {
	list := all()
	root, err := b.firstAccount(list[0])
	if err != nil {
		return err
	}
	b.actors[list[0].Login] = root
	for _, a := range list[1:] {
		actor, err := b.account(root, a)
		if err != nil {
			return fmt.Errorf("account %s: %w", a.Login, err)
		}
		b.actors[a.Login] = actor
	}
	return nil
}

func (b *builder) firstAccount(a Account) (identity.Actor, error) {
	link, err := b.People.FirstLink(b.ctx)
	if err != nil {
		return identity.Actor{}, err
	}
	if link == "" { // it is there
		session, err := b.People.SignIn(b.ctx, a.Login, Password)
		if err != nil {
			return identity.Actor{}, err
		}
		return session.Actor, nil
	}
	id, err := b.People.UseLink(b.ctx, link, identity.Choice{Login: a.Login, Name: a.Name, Password: Password})
	if err != nil {
		return identity.Actor{}, err
	}
	return b.People.ActorOfAccount(b.ctx, id)
}

// account makes one account, or finds it, and gives it the hats that it lacks.
func (b *builder) account(root identity.Actor, a Account) (identity.Actor, error) {
	there, _, err := b.People.Accounts(b.ctx, root, identity.AccountQuery{Find: a.Login, Limit: 200})
	if err != nil {
		return identity.Actor{}, err
	}
	acc := identity.Account{}
	for _, x := range there {
		if x.Login == a.Login {
			acc = x
		}
	}
	var link string
	switch {
	case acc.ID == "":
		acc, link, err = b.People.CreateAccount(b.ctx, root, identity.NewAccount{Login: a.Login, Name: a.Name, Person: a.Person, Party: a.Party, Role: identity.MemberOwner})
	case acc.State == identity.Invited:
		link, err = b.People.ResetLink(b.ctx, root, acc.ID)
	}
	if err == nil && link != "" {
		_, err = b.People.UseLink(b.ctx, link, identity.Choice{Password: Password})
	}
	if err == nil {
		err = b.hats(root, acc, a)
	}
	if err != nil {
		return identity.Actor{}, err
	}
	return b.People.ActorOfAccount(b.ctx, acc.ID)
}

func (b *builder) hats(root identity.Actor, acc identity.Account, a Account) error {
	giver := b.actors["anquan"]
	if a.Role == identity.RoleSecurity {
		giver = root // there is none yet
	}
	if a.Role != "" && !contains(acc.Roles, a.Role) {
		if err := b.People.GrantRole(b.ctx, giver, acc.ID, a.Role); err != nil {
			return err
		}
	}
	if a.Office != "" && !contains(acc.Offices, a.Office) {
		return b.People.GrantOffice(b.ctx, giver, acc.ID, a.Office)
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// budget enters the money of every year since the first records, for every fund of the pack.
func (b *builder) budget() error {
	for _, fund := range slices.Sorted(maps.Keys(b.Cases.Pack().Funds)) {
		for y := past.Year(); y <= b.Now().Year(); y++ {
			_, err := b.Cases.Appropriate(b.ctx, b.actors["caiwu"], casework.AppropriateCommand{Fund: fund, Year: y, Amount: 3000 * money.Wan,
				Memo: fmt.Sprintf("示例：%d年市级科技专项资金预算（虚构）", y), Key: fmt.Sprintf("demo-budget-%s-%d", fund, y)})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
