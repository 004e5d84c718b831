package register

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kechuang/internal/ident"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// Limits of texts, in characters. 名称: the longest registered name of an enterprise in the public lists has 62.
const (
	maxName    = 100
	maxText    = 200
	maxShort   = 50
	maxAliases = 20
	maxFields  = 30
)

var phoneShape = regexp.MustCompile(`^\+?[0-9][0-9 ()/-]{5,28}[0-9]$`)

// normal cleans what was typed: full-width letters and digits of codes become half width, blanks at the ends go, lists lose what
// is empty or repeated. Names keep their own width, because a registered name has full-width brackets.
func normal(p Party) Party {
	for _, s := range []*string{&p.Name, &p.Address, &p.Contact, &p.LegalRep} {
		*s = strings.TrimSpace(norm.NFC.String(*s))
	}
	for _, s := range []*string{&p.Phone, &p.Email, &p.Region} {
		*s = strings.TrimSpace(norm.NFKC.String(*s))
	}
	p.USCC = ident.NormalUSCC(p.USCC)
	p.Aliases, p.Expertise = tidy(p.Aliases), tidy(p.Expertise)
	p.Aliases = slices.DeleteFunc(p.Aliases, func(a string) bool { return a == p.Name })
	if len(p.Aliases) == 0 {
		p.Aliases = nil
	}
	return p
}

func tidy(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(norm.NFC.String(s)); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// check looks at one party alone; what needs other parties is looked at by refer. In this order:
//  1. the kind is one of Kinds;
//  2. the name has 1 to 100 characters; no text holds control characters or is too long;
//  3. the unified social credit code passes GB 32100; an organisation has one, unless it is a part of another, a pilot base, an
//     agency or other; a person has none;
//  4. the region is one that the pack knows;
//  5. phone and e-mail look like ones;
//  6. revenue is not negative, R&D at most the whole;
//  7. a person has no parent, legal representative or figures; an organisation no employer, and is no expert;
//  8. an expert has a field of expertise.
func (r *Register) check(p Party) refusal.List {
	var l refusal.List
	add := func(field, id, zh, en string) *refusal.Refusal {
		return l.Add(refusal.New(refusal.Invalid, "register."+id, lang.T(zh, en)).At(field))
	}
	if !slices.ContainsFunc(Kinds, func(t KindTitle) bool { return t.Kind == p.Kind }) {
		add("kind", "kind", "请选择主体类型", "Choose the kind of party")
	}
	checkTexts(p, add)
	person := p.Kind == Person
	switch {
	case p.USCC == "" && !person && p.Parent == "" && !slices.Contains([]Kind{PilotBase, Agency, Other}, p.Kind):
		add("uscc", "uscc.missing", "请填写统一社会信用代码；内设机构请填写上级单位", "Enter the unified social credit code, or the organisation that this is a part of").By("GB 32100-2015")
	case p.USCC != "" && person:
		add("uscc", "uscc.person", "个人没有统一社会信用代码", "A person has no unified social credit code")
	case p.USCC != "":
		if err := ident.CheckUSCC(p.USCC); err != nil {
			add("uscc", "uscc", err.Error(), "The unified social credit code is not right: length, characters or check character").By("GB 32100-2015")
		}
	}
	if p.Region != "" && !r.knows(p.Region) {
		add("region", "region", fmt.Sprintf("没有“%s”这个区县代码", p.Region), fmt.Sprintf("There is no region %s", p.Region)).By("GB/T 2260")
	}
	if p.Phone != "" && !phoneShape.MatchString(p.Phone) {
		add("phone", "phone", "电话只含数字、空格、括号和 -，至少 7 位", "A phone number has digits, blanks, brackets and -, at least 7 of them")
	}
	if p.Email != "" {
		if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email {
			add("email", "email", fmt.Sprintf("“%s”不是电子邮箱", p.Email), "This is not an e-mail address")
		}
	}
	if p.Revenue < 0 || p.Revenue > money.Max {
		add("revenue", "revenue", "营业收入须在 0 与 "+money.Max.String()+" 之间", "Revenue is out of range")
	}
	if p.RDShare < 0 || p.RDShare > share.Whole {
		add("rdShare", "rd_share", "研发投入占比须在 0 与 100% 之间", "R&D share is between 0 and 100 %")
	}
	if person && (p.Parent != "" || p.LegalRep != "" || p.Revenue != 0 || p.RDShare != 0) {
		add("parent", "person_fields", "个人没有上级单位、法定代表人、营业收入和研发投入占比；工作单位请填在“工作单位”", "A person has no parent, legal representative, revenue or R&D share; enter the employer as employer")
	}
	if !person && (p.Employer != "" || p.Expert || len(p.Expertise) > 0) {
		add("employer", "organisation_fields", "只有个人有工作单位、专业领域，可以是评审专家", "Only a person has an employer and expertise, or is an expert")
	}
	if p.Expert && len(p.Expertise) == 0 {
		add("expertise", "expertise", "评审专家至少填写一个专业领域", "An expert has at least one field of expertise")
	}
	return l
}

func checkTexts(p Party, add func(field, id, zh, en string) *refusal.Refusal) {
	if p.Name == "" {
		add("name", "name", "请填写名称", "Enter the name")
	}
	texts := []struct {
		field, title, text string
		most               int
	}{{"name", "名称", p.Name, maxName}, {"address", "地址", p.Address, maxText}, {"contact", "联系人", p.Contact, maxShort},
		{"phone", "联系电话", p.Phone, maxShort}, {"email", "电子邮箱", p.Email, maxText}, {"legalRep", "法定代表人", p.LegalRep, maxShort}}
	for _, a := range p.Aliases {
		texts = append(texts, struct {
			field, title, text string
			most               int
		}{"aliases", "别名", a, maxName})
	}
	for _, e := range p.Expertise {
		texts = append(texts, struct {
			field, title, text string
			most               int
		}{"expertise", "专业领域", e, maxShort})
	}
	for _, t := range texts {
		if n := utf8.RuneCountInString(t.text); n > t.most {
			add(t.field, "long", fmt.Sprintf("%s最多 %d 个字，现为 %d 个", t.title, t.most, n), fmt.Sprintf("At most %d characters, this has %d", t.most, n))
		}
		if !utf8.ValidString(t.text) || strings.ContainsFunc(t.text, unicode.IsControl) {
			add(t.field, "control", t.title+"中有换行或不可见字符，请删去", "There are line breaks or invisible characters; remove them")
		}
	}
	if len(p.Aliases) > maxAliases {
		add("aliases", "many", fmt.Sprintf("别名最多 %d 个", maxAliases), fmt.Sprintf("At most %d aliases", maxAliases))
	}
	if len(p.Expertise) > maxFields {
		add("expertise", "many", fmt.Sprintf("专业领域最多 %d 个", maxFields), fmt.Sprintf("At most %d fields of expertise", maxFields))
	}
}

// nameKey is a name as it is compared: width, case, blanks and punctuation do not matter, nor whether a company writes 有限责任公司.
func nameKey(name string) string {
	return strings.ReplaceAll(plain(name), "有限责任公司", "有限公司")
}

// plain leaves letters and digits, half width and lower case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}
