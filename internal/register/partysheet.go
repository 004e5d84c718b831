package register

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// PartySheet is the kind of the sheet of parties.
const PartySheet = "party"

func (r *Register) partySheet() *Sheet {
	var kinds, regions []Choice
	for _, k := range Kinds {
		kinds = append(kinds, Choice{string(k.Kind), k.Title.ZH})
	}
	for _, g := range r.regions {
		regions = append(regions, Choice{g.Code, g.Name})
	}
	region := Column{Key: "region", Title: lang.T("所在区县", "Region"), Kind: Code, Example: "210112", Note: lang.T("GB/T 2260 六位代码", "Six-digit code of GB/T 2260")}
	if len(regions) > 0 {
		region = Column{Key: "region", Title: lang.T("所在区县", "Region"), Kind: Pick, Choices: regions, Example: regions[0].Title, Note: lang.T("从列表中选择", "Choose from the list")}
	}
	return &Sheet{
		Kind: PartySheet, Title: lang.T("登记主体", "Parties"), May: r.keeper,
		Columns: []Column{
			{Key: "kind", Title: lang.T("主体类型", "Kind"), Kind: Pick, Choices: kinds, Required: true, Example: "企业", Note: lang.T("从列表中选择", "Choose from the list")},
			{Key: "name", Title: lang.T("名称", "Name"), Also: []string{"单位名称", "企业名称", "姓名"}, Required: true, Most: maxName, Example: "沈阳示例波纹管有限公司", Width: 36,
				Note: lang.T("与营业执照或登记证书一致；个人填姓名", "As on the licence; a person's name for a person")},
			{Key: "uscc", Title: lang.T("统一社会信用代码", "Unified social credit code"), Also: []string{"信用代码", "社会信用代码"}, Kind: Code, Example: ident.USCCWithCheck("91210100MA0EXAMP1"), Width: 22,
				Note: lang.T("18 位，含校验位；已登记的代码将更新原有主体；内设机构、个人不填", "18 characters; a code that is registered updates that party")},
			region,
			{Key: "parent", Title: lang.T("上级单位", "Part of"), Most: maxName, Width: 30, Note: lang.T("名称或统一社会信用代码；须已登记或在前面的行中", "Name or code; registered already or in a row above")},
			{Key: "employer", Title: lang.T("工作单位", "Employer"), Most: maxName, Width: 30, Note: lang.T("仅个人填写；名称或统一社会信用代码", "For people only; name or code")},
			{Key: "aliases", Title: lang.T("别名", "Aliases"), Also: []string{"曾用名", "简称"}, Kind: List, Most: 1000, Width: 24, Note: lang.T("简称、曾用名，用、分开", "Parted by 、")},
			{Key: "legalRep", Title: lang.T("法定代表人", "Legal representative"), Most: maxShort, Example: "李示例"},
			{Key: "address", Title: lang.T("地址", "Address"), Width: 36},
			{Key: "contact", Title: lang.T("联系人", "Contact"), Most: maxShort, Example: "王示例"},
			{Key: "phone", Title: lang.T("联系电话", "Phone"), Kind: Code, Most: maxShort, Example: "024-00000000"},
			{Key: "email", Title: lang.T("电子邮箱", "E-mail"), Also: []string{"邮箱"}, Kind: Code, Width: 24},
			{Key: "revenue", Title: lang.T("上年度营业收入（万元）", "Revenue of last year (10 000 yuan)"), Kind: Money, Unit: money.Wan, Example: "5200", Width: 22},
			{Key: "rdShare", Title: lang.T("研发投入占比", "R&D in revenue"), Kind: Percent, Example: "6.5%", Note: lang.T("百分数，如 6.5%", "In percent, such as 6.5%")},
			{Key: "expertise", Title: lang.T("专业领域", "Expertise"), Kind: List, Most: 1000, Width: 24, Note: lang.T("仅个人填写，用、分开", "For people only, parted by 、")},
			{Key: "expert", Title: lang.T("评审专家", "Expert"), Kind: Flag, Note: lang.T("是或否", "Yes or no")},
			{Key: "synthetic", Title: lang.T("示例数据", "Made-up"), Kind: Flag, Note: lang.T("编造的数据填“是”", "Yes for data that is made up")},
			{Key: "id", Title: lang.T("编号", "Id"), Kind: Code, Width: 32, Note: lang.T("导出时带出，用于更新；新增不填", "From an export, for updates; empty for new ones")},
			{Key: "revision", Title: lang.T("版本", "Revision"), Kind: Integer, Note: lang.T("导出时带出；此后被他人修改过的行会被指出", "From an export; rows that others changed since are pointed out")},
		},
		Check:  r.checkPartyRow,
		Write:  r.writePartyRow,
		Export: r.exportParties,
	}
}

// partyOfRow makes of a row the party that it asks for: a new one, or a known one (by id, or by code) with the row's filled cells.
// A cell left empty changes nothing, so that a file with a few columns updates only those.
func (r *Register) partyOfRow(tx *store.Tx, row Row) (p, old Party, found bool, err error) {
	if id := row.Text("id"); id != "" {
		if old, found, err = partyByID(tx, id); err != nil || !found {
			if err == nil {
				err = errNone().At("id")
			}
			return p, old, false, err
		}
	} else if code := ident.NormalUSCC(row.Text("uscc")); code != "" {
		if old, found, err = byCode(tx, code, row); err != nil {
			return p, old, false, err
		}
	}
	p = old
	if row.Has("revision") && found {
		p.Revision = row.Integer("revision")
	}
	p.Kind = Kind(row.Text("kind"))
	for key, field := range map[string]*string{"name": &p.Name, "uscc": &p.USCC, "region": &p.Region, "legalRep": &p.LegalRep, "address": &p.Address,
		"contact": &p.Contact, "phone": &p.Phone, "email": &p.Email} {
		if row.Has(key) {
			*field = row.Text(key)
		}
	}
	if row.Has("aliases") {
		p.Aliases = row.List("aliases")
	}
	if row.Has("expertise") {
		p.Expertise = row.List("expertise")
	}
	if row.Has("revenue") {
		p.Revenue = row.Money("revenue")
	}
	if row.Has("rdShare") {
		p.RDShare = row.Percent("rdShare")
	}
	if row.Has("expert") {
		p.Expert = row.Flag("expert")
	}
	if row.Has("synthetic") {
		p.Synthetic = row.Flag("synthetic")
	}
	return p, old, found, nil
}

// byCode finds the party of a code that a row means: of several with one code the one of its name, or else, for a row that names no
// parent, the one that has none.
func byCode(tx *store.Tx, code string, row Row) (Party, bool, error) {
	list, err := partiesByUSCC(tx, code)
	if err != nil {
		return Party{}, false, err
	}
	for _, p := range list {
		if nameKey(p.Name) == nameKey(row.Text("name")) {
			return p, true, nil
		}
	}
	for _, p := range list {
		if p.Parent == "" && !row.Has("parent") {
			return p, true, nil
		}
	}
	return Party{}, false, nil
}

// checkPartyRow is the dry run: what other rows of the file will enter is taken as there.
func (r *Register) checkPartyRow(tx *store.Tx, a identity.Actor, row Row, b *Batch) error {
	p, old, found, err := r.partyOfRow(tx, row)
	if err != nil {
		return err
	}
	p = normal(p)
	l, err := r.placeRow(tx, row, &p, b)
	if err != nil {
		return err
	}
	checked := p
	if p.Parent == ahead {
		checked.Parent = "party_ahead" // counts as having one; whether it fits is seen when it is there
	}
	l = append(l, r.check(checked)...)
	if found && row.Has("revision") && (old.Deleted || p.Revision != old.Revision) {
		l = append(l, refusal.Of(r.overtaken(tx, p, old))...)
	}
	if p.Parent != ahead && p.Employer != ahead && !found {
		more, err := r.refer(tx, p)
		if err != nil {
			return err
		}
		l = append(l, more...)
	}
	if p.USCC != "" && p.Parent == "" {
		if line := b.Seen("uscc", p.USCC); line != row.Line {
			l.Add(invalid("uscc", fmt.Sprintf("与第 %d 行的统一社会信用代码重复", line), fmt.Sprintf("The same code is in row %d", line)))
		}
	}
	if !found && p.USCC == "" {
		if line := b.Seen("person", nameKey(p.Name)+"\n"+p.Employer+row.Text("employer")+"\n"+p.Parent+row.Text("parent")); line != row.Line {
			l.Add(invalid("name", fmt.Sprintf("与第 %d 行重复", line), fmt.Sprintf("The same as row %d", line)))
		}
		twins, err := partiesByName(tx, nameKey(p.Name))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(twins, func(t Party) bool { return t.Kind == p.Kind && t.Employer == p.Employer && t.Parent == p.Parent }) {
			l.Add(invalid("name", "登记库中已有同名、同单位的主体；更新请填写编号", "The register has one of this name and place; enter its id to update it"))
		}
	}
	b.Seen("name", nameKey(p.Name))
	if p.USCC != "" && len(l) == 0 && !innerCheck(p.USCC) {
		b.Note(lang.T("统一社会信用代码第 9—17 位（组织机构代码）的校验码不符，请核对；早年的代码可能如此", "The organisation code inside (GB 11714) does not check; compare it, though old codes may be so"))
	}
	if found && len(l) == 0 {
		noteChanges(b, old, p)
	}
	return l.Err()
}

func invalid(field, zh, en string) *refusal.Refusal {
	return refusal.New(refusal.Invalid, "register.row", lang.T(zh, en)).At(field)
}

func noteChanges(b *Batch, old, p Party) {
	changes := differ(old, p)
	if len(changes) == 0 {
		b.Note(lang.T("与登记库一致，不作修改", "As the register has it; nothing changes"))
		return
	}
	var zh, en []string
	for _, c := range changes {
		zh, en = append(zh, c.Title.ZH), append(en, c.Title.EN)
	}
	b.Note(lang.T(fmt.Sprintf("将更新“%s”的%s", old.Name, strings.Join(zh, "、")), fmt.Sprintf("Updates %s of %s", strings.Join(en, ", "), old.Name)))
}

// innerCheck tests the organisation code inside a unified social credit code (GB 11714: characters 9 to 16, check character 17).
func innerCheck(uscc string) bool {
	if len(uscc) != 18 {
		return false
	}
	sum := 0
	for i, weight := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(uscc[8+i] - '0')
		if v > 9 {
			v = int(uscc[8+i]-'A') + 10
		}
		sum += v * weight
	}
	return "0X987654321"[sum%11] == uscc[16] // 11 - sum%11, where 11 is written 0 and 10 is X
}

// ahead stands for a party that an earlier row of the file will enter.
const ahead = "*"

// placeRow finds parent and employer. With a batch, those of earlier rows count.
func (r *Register) placeRow(tx *store.Tx, row Row, p *Party, b *Batch) (refusal.List, error) {
	var l refusal.List
	for _, f := range []struct {
		key  string
		into *string
	}{{"parent", &p.Parent}, {"employer", &p.Employer}} {
		if !row.Has(f.key) {
			continue
		}
		what := row.Text(f.key)
		up, found, err := r.Find(tx, what)
		switch {
		case err != nil:
			return nil, err
		case found:
			*f.into = up.ID
		case b != nil && (b.Earlier("name", nameKey(what)) || b.Earlier("uscc", ident.NormalUSCC(what))):
			*f.into = ahead
		default:
			l.Add(invalid(f.key, fmt.Sprintf("登记库中没有“%s”，或不止一个；请先登记，或改填统一社会信用代码", what), fmt.Sprintf("The register has no %s, or several; enter it first, or give its code", what)))
		}
	}
	return l, nil
}

func (r *Register) writePartyRow(tx *store.Tx, a identity.Actor, row Row) error {
	p, _, _, err := r.partyOfRow(tx, row)
	if err != nil {
		return err
	}
	l, err := r.placeRow(tx, row, &p, nil)
	if err != nil {
		return err
	}
	if err := l.Err(); err != nil {
		return err
	}
	_, err = r.Put(tx, a, p)
	return err
}

// exportParties gives what Search would find, all of it, best first; without a query everything, newest first.
func (r *Register) exportParties(ctx context.Context, a identity.Actor, query string, yield func(map[string]string) error) error {
	names := map[string]string{}
	found, err := r.foundBy(ctx, a, "party", "", query)
	if err != nil {
		return err
	}
	for after := ""; ; {
		page, next, err := r.partyPage(ctx, found, query, after)
		if err != nil {
			return err
		}
		if err := r.nameOf(ctx, page, names); err != nil {
			return err
		}
		for _, p := range page {
			if err := yield(r.partyCells(p.SeenBy(a), names)); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		after = next
	}
}

// nameOf reads how the parents and employers of a page are written: by code where they have one, for names may not be unique.
func (r *Register) nameOf(ctx context.Context, page []Party, names map[string]string) error {
	var ids []string
	for _, p := range page {
		for _, id := range []string{p.Parent, p.Employer} {
			if _, ok := names[id]; id != "" && !ok && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return r.db.Read(ctx, func(tx *store.Tx) error {
		parties, err := partiesByID(tx, ids)
		for _, p := range parties {
			names[p.ID] = p.Name
			if same, err := partiesByName(tx, nameKey(p.Name)); err != nil {
				return err
			} else if len(same) != 1 {
				names[p.ID] = p.ID
			}
		}
		return err
	})
}

func (r *Register) partyCells(p Party, names map[string]string) map[string]string {
	cells := map[string]string{"kind": p.Kind.Title().ZH, "name": p.Name, "uscc": p.USCC, "region": r.RegionName(p.Region), "parent": names[p.Parent],
		"employer": names[p.Employer], "aliases": strings.Join(p.Aliases, "、"), "legalRep": p.LegalRep, "address": p.Address, "contact": p.Contact,
		"phone": p.Phone, "email": p.Email, "expertise": strings.Join(p.Expertise, "、"), "id": p.ID, "revision": fmt.Sprint(p.Revision)}
	if p.Revenue != 0 {
		cells["revenue"] = p.Revenue.In(money.Wan, 6)
	}
	if p.RDShare != 0 {
		cells["rdShare"] = p.RDShare.String()
	}
	if p.Expert {
		cells["expert"] = "是"
	}
	if p.Synthetic {
		cells["synthetic"] = "是"
	}
	return cells
}
