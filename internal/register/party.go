package register

import (
	"strconv"
	"strings"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// Kind is what sort of party it is.
type Kind string

// The kinds.
const (
	Enterprise Kind = "enterprise"
	University Kind = "university"
	Institute  Kind = "institute"
	Hospital   Kind = "hospital"
	PilotBase  Kind = "pilot_base"
	Agency     Kind = "agency"
	Fund       Kind = "fund"
	Bank       Kind = "bank"
	Government Kind = "government"
	Person     Kind = "person"
	Other      Kind = "other"
)

// Organisation asks for every kind but a person; no party is of this kind.
const Organisation Kind = "organisation"

// takes tells whether who asks for parties of this kind means one of another: the empty kind means all.
func (k Kind) takes(other Kind) bool {
	return k == "" || k == other || k == Organisation && other != Person
}

// KindTitle is a kind with its name.
type KindTitle struct {
	Kind  Kind      `json:"kind"`
	Title lang.Text `json:"title"`
}

// Kinds lists the kinds in the order in which they are shown.
var Kinds = []KindTitle{
	{Enterprise, lang.T("企业", "Enterprise")}, {University, lang.T("高校", "University")}, {Institute, lang.T("科研院所", "Research institute")},
	{Hospital, lang.T("医疗机构", "Hospital")}, {PilotBase, lang.T("中试基地", "Pilot base")}, {Agency, lang.T("服务机构", "Service agency")},
	{Fund, lang.T("基金", "Fund")}, {Bank, lang.T("银行", "Bank")}, {Government, lang.T("政府部门", "Government body")},
	{Person, lang.T("个人", "Person")}, {Other, lang.T("其他", "Other")},
}

// Title is the kind's name.
func (k Kind) Title() lang.Text {
	for _, t := range Kinds {
		if t.Kind == k {
			return t.Title
		}
	}
	return lang.T(string(k), string(k))
}

// Party is an organisation or a person.
type Party struct {
	ID        string    `json:"id"`
	Kind      Kind      `json:"kind"`
	Name      string    `json:"name"`
	USCC      string    `json:"uscc,omitempty"`   // 统一社会信用代码
	Region    string    `json:"region,omitempty"` // GB/T 2260
	Parent    string    `json:"parent,omitempty"` // the organisation that it is a part of
	Aliases   []string  `json:"aliases,omitempty"`
	Address   string    `json:"address,omitempty"`
	Contact   string    `json:"contact,omitempty"`
	Phone     string    `json:"phone,omitempty"`
	Email     string    `json:"email,omitempty"`
	LegalRep  string    `json:"legalRep,omitempty"` // 法定代表人
	Revenue   money.Fen `json:"revenue,omitempty"`  // of the last year, in fen
	RDShare   share.PPM `json:"rdShare,omitempty"`  // R&D spending in revenue
	Expertise []string  `json:"expertise,omitempty"`
	Employer  string    `json:"employer,omitempty"` // of a person: an organisation
	Expert    bool      `json:"expert,omitempty"`   // a person who may be drawn into panels
	Synthetic bool      `json:"synthetic,omitempty"`
	Revision  int64     `json:"revision"`
	Deleted   bool      `json:"deleted,omitempty"`
}

// Region is a division of GB/T 2260.
type Region struct {
	Code   string `json:"code" yaml:"code"`
	Name   string `json:"name" yaml:"name"`
	Parent string `json:"parent,omitempty" yaml:"parent"`
}

// Change is one revision of a party: who made it, when, and what became different.
type Change struct {
	Revision int64         `json:"revision"`
	At       time.Time     `json:"at"`
	Account  string        `json:"account"`
	Who      string        `json:"who"`
	Act      string        `json:"act"` // "create", "change", "delete", "restore"
	Fields   []FieldChange `json:"fields"`
}

// FieldChange is one field that became different.
type FieldChange struct {
	Field string    `json:"field"`
	Title lang.Text `json:"title"`
	From  string    `json:"from"`
	To    string    `json:"to"`
}

// fields gives every field of a party as text, in the order of the form: for comparing and for telling.
func fields(p Party) []FieldChange {
	yes := map[bool]string{true: "是", false: ""}
	revenue, rd := "", ""
	if p.Revenue != 0 {
		revenue = p.Revenue.String()
	}
	if p.RDShare != 0 {
		rd = p.RDShare.String()
	}
	return []FieldChange{
		{Field: "kind", Title: lang.T("主体类型", "Kind"), To: p.Kind.Title().ZH},
		{Field: "name", Title: lang.T("名称", "Name"), To: p.Name},
		{Field: "uscc", Title: lang.T("统一社会信用代码", "Unified social credit code"), To: p.USCC},
		{Field: "region", Title: lang.T("所在区县", "Region"), To: p.Region},
		{Field: "parent", Title: lang.T("上级单位", "Part of"), To: p.Parent},
		{Field: "aliases", Title: lang.T("别名", "Aliases"), To: strings.Join(p.Aliases, "、")},
		{Field: "address", Title: lang.T("地址", "Address"), To: p.Address},
		{Field: "contact", Title: lang.T("联系人", "Contact"), To: p.Contact},
		{Field: "phone", Title: lang.T("联系电话", "Phone"), To: p.Phone},
		{Field: "email", Title: lang.T("电子邮箱", "E-mail"), To: p.Email},
		{Field: "legalRep", Title: lang.T("法定代表人", "Legal representative"), To: p.LegalRep},
		{Field: "revenue", Title: lang.T("上年度营业收入", "Revenue of last year"), To: revenue},
		{Field: "rdShare", Title: lang.T("研发投入占比", "R&D in revenue"), To: rd},
		{Field: "expertise", Title: lang.T("专业领域", "Expertise"), To: strings.Join(p.Expertise, "、")},
		{Field: "employer", Title: lang.T("工作单位", "Employer"), To: p.Employer},
		{Field: "expert", Title: lang.T("评审专家", "Expert"), To: yes[p.Expert]},
		{Field: "synthetic", Title: lang.T("示例数据", "Made-up"), To: strconv.FormatBool(p.Synthetic)},
		{Field: "deleted", Title: lang.T("已删除", "Deleted"), To: yes[p.Deleted]},
	}
}

// differ gives the fields in which b is not a.
func differ(a, b Party) []FieldChange {
	from, to := fields(a), fields(b)
	changes := []FieldChange{}
	for i := range to {
		if from[i].To != to[i].To {
			to[i].From = from[i].To
			changes = append(changes, to[i])
		}
	}
	return changes
}

// SeenBy cuts a party to what the actor may see. Everybody sees who it is; how to reach it, its figures and whether a person is
// an expert are seen by itself, by offices, and by those who keep or audit the register.
func (p Party) SeenBy(a identity.Actor) Party {
	if a.ActsFor(p.ID) || len(a.Offices) > 0 || a.Has(identity.RoleRegister) || a.Has(identity.RoleAuditor) {
		return p
	}
	p.Contact, p.Phone, p.Email, p.Revenue, p.RDShare = "", "", "", 0, 0
	if p.Kind == Person {
		p.Address, p.Expert, p.Expertise = "", false, nil
	}
	return p
}
