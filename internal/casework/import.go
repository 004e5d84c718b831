package casework

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// NeedSheet is the kind of the sheet that RegisterNeeds adds.
const NeedSheet = "needs"

// needs is how rows of a workbook become cases of one mechanism.
type needs struct {
	e       *Engine
	m       *policy.Mechanism
	step    *policy.Step
	title   *policy.Field
	content *policy.Field
}

// RegisterNeeds lets cases of a mechanism be opened from a workbook or a CSV or TSV file, a row each: title and full text become the
// draft of its first form, which the poster completes and hands in. The poster of a row is named in it, by code or name; without, it is
// the one party that the importing account acts for.
//
// An import is by the seat "importer"; it hands nothing in, so nobody but the poster sees what came of it.
func (e *Engine) RegisterNeeds(mechanism string) error {
	m := e.pack.Mechanism(mechanism)
	if m == nil || m.Seat(m.Opener) == nil {
		return fmt.Errorf("casework: the pack has no mechanism %s that somebody opens", mechanism)
	}
	seat := m.Seat(m.Opener)
	n := &needs{e: e, m: m}
	form, field, _ := strings.Cut(m.About, ".")
	for _, st := range m.Case.Initial().Steps {
		if st.Fill == form {
			n.step = st
		}
	}
	if n.step == nil || seat.Kind == policy.OfficeSeat {
		return fmt.Errorf("casework: cases of %s cannot be drafted from rows: its first state has no step that fills %s", mechanism, form)
	}
	def := m.Form(form)
	n.title = def.Field(field)
	for _, f := range def.Fields {
		if f.Type == policy.TextType && f != n.title && (n.content == nil || f.Max > n.content.Max) {
			n.content = f
		}
	}
	if n.content == nil {
		return fmt.Errorf("casework: the form %s of %s has no field for a full text", form, mechanism)
	}
	e.Register.RegisterSheet(&register.Sheet{
		Kind: NeedSheet, Title: lang.T(m.Title.ZH+"需求草稿", m.Title.EN+": drafts of needs"), May: n.may, Check: n.check, Write: n.write,
		Columns: []register.Column{
			{Key: "title", Title: lang.T("需求名称", "Title"), Also: []string{"title", "名称", "榜单名称"}, Required: true, Most: 300, Width: 40, Example: "高精度金属波纹管液压成形",
				Note: lang.T("一行一项需求", "One need a row")},
			{Key: "content", Title: lang.T("需求内容", "Full text"), Also: []string{"content", "内容", "需求描述"}, Kind: register.Long, Most: 30_000, Width: 60, Example: "现有水平、要解决的问题、希望达到的指标"},
			{Key: "poster", Title: lang.T("发榜单位", "Poster"), Also: []string{"poster", "单位", "企业名称", "统一社会信用代码"}, Width: 30,
				Note: lang.T("统一社会信用代码或名称；不填则为导入账号所代表的单位", "Code or name; without, the party that the importing account acts for")},
			{Key: "rid", Title: lang.T("来源编号", "Source id"), Also: []string{"rid"}, Kind: register.Code, Width: 20, Note: lang.T("可不填", "May be empty")},
		},
	})
	return nil
}

// may lets in who keeps the register and who acts for a party that may post.
func (n *needs) may(a identity.Actor) error {
	if a.Has(identity.RoleRegister) || n.own(a) != "" {
		return nil
	}
	return refusal.New(refusal.Forbidden, "casework.needs", lang.T("只有登记库管理人员和企业账号可以导入需求", "Needs are imported by keepers of the register and by enterprises"))
}

// own is the one party for which the account may post, "" where there is none or several.
func (n *needs) own(a identity.Actor) string {
	party, _, err := choose([]hat{{actor: a}}, n.m.Seat(n.m.Opener), "", "")
	if err != nil {
		return ""
	}
	return party
}

// poster finds the party of a row.
func (n *needs) poster(tx *store.Tx, a identity.Actor, row register.Row) (string, error) {
	named := row.Text("poster")
	if named == "" {
		if own := n.own(a); own != "" {
			return own, nil
		}
		return "", refusal.New(refusal.Invalid, "casework.no_poster", lang.T("没有写明发榜单位", "The poster is not named")).At("poster").
			Mend(lang.T("请填写统一社会信用代码或单位名称", "Give its code or name"))
	}
	p, found, err := n.e.Register.Find(tx, named)
	if err != nil {
		return "", err
	}
	if !found || p.Deleted || !n.m.Seat(n.m.Opener).Takes(string(p.Kind)) {
		return "", refusal.New(refusal.Invalid, "casework.no_poster", lang.T("登记库中没有可以发榜的“"+named+"”", "The register has no “"+named+"” that may post")).At("poster").
			Mend(lang.T("请先登记该单位，或改正代码、名称", "Register it first, or correct the code or name"))
	}
	if !a.Has(identity.RoleRegister) && !a.ActsFor(p.ID) {
		return "", refusal.New(refusal.Forbidden, "casework.not_for_you", lang.T("您的账号不代表“"+p.Name+"”", "Your account does not act for "+p.Name)).At("poster")
	}
	return p.ID, nil
}

// check says beforehand what the poster will have to shorten.
func (n *needs) check(tx *store.Tx, a identity.Actor, row register.Row, b *register.Batch) error {
	if _, err := n.poster(tx, a, row); err != nil {
		return err
	}
	for _, x := range []struct {
		f    *policy.Field
		text string
	}{{n.title, row.Text("title")}, {n.content, row.Text("content")}} {
		if count := utf8.RuneCountInString(x.text); x.f.Max > 0 && count > x.f.Max {
			b.Note(lang.T(fmt.Sprintf("“%s”有 %d 字，提交前须缩短到 %d 字", x.f.Title.ZH, count, x.f.Max),
				fmt.Sprintf("“%s” has %d characters; %d may be handed in", x.f.Title.EN, count, x.f.Max)))
		}
	}
	return nil
}

// write opens a case for the poster and leaves the row in its draft. It runs in the transaction of its chunk, whole or not at all.
func (n *needs) write(tx *store.Tx, a identity.Actor, row register.Row) error {
	party, err := n.poster(tx, a, row)
	if err != nil {
		return err
	}
	title := row.Text("title")
	ed, m, _, err := n.e.opener(tx, n.m.Name)
	if err != nil {
		return err
	}
	r, err := n.e.openFor(tx, ed, m, doer{actor: a, seat: importerSeat}, policy.Holder{Party: party}, title)
	if err != nil {
		return err
	}
	draft, err := json.Marshal(map[string]string{n.title.Name: title, n.content.Name: row.Text("content")})
	if err != nil {
		return err
	}
	return putDraft(tx, shared, r.Case, draftKey{step: n.step.Name}, draft, tx.Now())
}
