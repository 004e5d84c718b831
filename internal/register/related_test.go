package register_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

func (w *world) declare(a identity.Actor, tie register.Tie) (register.Tie, error) {
	var out register.Tie
	err := w.db.Write(w.ctx, func(tx *store.Tx) (err error) {
		out, err = w.Declare(tx, a, tie)
		return err
	})
	return out, err
}

func (w *world) related(a, b string) (why string, yes bool) {
	w.t.Helper()
	w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
		text, related, err := w.Related(tx, a, b)
		back, other, err2 := w.Related(tx, b, a)
		if related != other || err2 != nil || related && (text.ZH == "" || text.EN == "" || back.ZH == "") {
			w.t.Errorf("one way %v %q, the other %v %q", related, text, other, back)
		}
		why, yes = text.ZH, related
		return err
	}))
	return why, yes
}

func TestRelated(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ids := map[string]string{}
		add := func(p register.Party) {
			ids[p.Name] = w.mustPut(p).ID
		}
		n := 0
		org := func(kind register.Kind, name, parent string, more func(p *register.Party)) {
			n++
			p := register.Party{Kind: kind, Name: name, USCC: code(n), Parent: ids[parent]}
			if more != nil {
				more(&p)
			}
			add(p)
		}
		person := func(name, employer string) {
			add(register.Party{Kind: register.Person, Name: name, Employer: ids[employer]})
		}
		org(register.Government, "国资委", "", nil)
		org(register.Enterprise, "甲集团", "国资委", nil)
		org(register.Enterprise, "甲一公司", "甲集团", nil)
		org(register.Enterprise, "甲二公司", "甲集团", func(p *register.Party) { p.LegalRep = "钱七" })
		org(register.Enterprise, "丁集团", "国资委", nil)
		org(register.University, "东北大学", "", func(p *register.Party) { p.Aliases = []string{"东大"} })
		org(register.University, "材料学院", "东北大学", nil)
		org(register.University, "软件学院", "东北大学", func(p *register.Party) { p.USCC = "" })
		org(register.Institute, "东大(沈阳)研究院", "", nil)
		org(register.Other, "东　大", "", nil)
		org(register.Enterprise, "沈阳戊有限公司", "", func(p *register.Party) { p.LegalRep = "孙八" })
		org(register.Enterprise, "沈阳戊有限责任公司", "", nil)
		org(register.Enterprise, "己公司", "", func(p *register.Party) { p.LegalRep = "孙 八" })
		org(register.Enterprise, "庚公司", "", nil)
		person("钱七", "")
		person("张老师", "材料学院")
		person("李老师", "软件学院")
		person("王官员", "国资委")
		person("赵配偶", "庚公司")
		person("周教授", "")
		person("吴独立", "")
		tie := func(kind register.TieKind, a, b string, from, to caldate.Date) string {
			t.Helper()
			made, err := w.declare(keeper, register.Tie{Kind: kind, A: ids[a], B: ids[b], From: from, To: to})
			w.must(err)
			return made.ID
		}
		tie(register.Kinship, "周教授", "赵配偶", "", "")
		tie(register.CoAuthor, "吴独立", "张老师", "2025-01-01", "2025-06-30") // today is its last day
		tie(register.Shareholding, "甲集团", "己公司", "2020-01-01", "")
		tie(register.Supervisor, "王官员", "李老师", "2010-01-01", "2014-12-31")
		tie(register.Dispute, "庚公司", "丁集团", "2025-07-01", "")
		for _, c := range []struct{ a, b, why string }{
			{"甲集团", "甲集团", "同一主体"}, {"甲一公司", "甲集团", "属于"}, {"甲一公司", "甲二公司", "同属“甲集团”"}, {"甲集团", "丁集团", ""},
			{"甲集团", "国资委", ""}, {"王官员", "甲集团", ""}, {"王官员", "国资委", "工作"}, {"张老师", "李老师", "同属“东北大学”"}, {"张老师", "东北大学", "工作"},
			{"东北大学", "东　大", "名称或别名相同"}, {"张老师", "东　大", "名称或别名相同"}, {"东北大学", "东大(沈阳)研究院", ""}, {"沈阳戊有限公司", "沈阳戊有限责任公司", "名称或别名相同"},
			{"沈阳戊有限公司", "己公司", "法定代表人同为"}, {"钱七", "甲二公司", "同名"}, {"钱七", "甲一公司", ""}, {"周教授", "庚公司", "近亲属赵配偶"}, {"周教授", "赵配偶", "近亲属"},
			{"吴独立", "张老师", "合作"}, {"吴独立", "东北大学", ""}, {"甲一公司", "己公司", "持股"}, {"王官员", "李老师", ""}, {"庚公司", "丁集团", ""}, {"吴独立", "庚公司", ""},
		} {
			why, yes := w.related(ids[c.a], ids[c.b])
			if yes != (c.why != "") || !strings.Contains(why, c.why) {
				t.Errorf("%s – %s: %v %q, want %q", c.a, c.b, yes, why, c.why)
			}
		}
		if _, yes := w.related(ids["甲集团"], "party_none"); yes {
			t.Error("related to nobody")
		}
		w.now = w.now.AddDate(0, 0, 1)
		if _, yes := w.related(ids["吴独立"], ids["张老师"]); yes {
			t.Error("a tie holds after its end")
		}
		if _, yes := w.related(ids["庚公司"], ids["丁集团"]); !yes {
			t.Error("a tie does not begin")
		}
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			found, err := w.Conflicts(tx, []string{ids["张老师"], ids["吴独立"], ids["周教授"]}, []string{ids["庚公司"], ids["东北大学"]})
			if err != nil || len(found) != 2 || found[ids["吴独立"]].ZH != "" {
				t.Errorf("%v %v", found, err)
			}
			return nil
		}))
	})
}

func TestTies(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.mustPut(firm(1, "甲公司")), w.mustPut(register.Party{Kind: register.Person, Name: "张三"})
		self := identity.Actor{Account: "acc_z", Name: "张三", Person: b.ID}
		stranger := identity.Actor{Account: "acc_s", Name: "别人"}
		_, err := w.declare(stranger, register.Tie{Kind: register.Kinship, A: a.ID, B: b.ID})
		w.refused(err, "register.forbidden")
		_, err = w.declare(nobody, register.Tie{Kind: register.Kinship, A: a.ID, B: b.ID})
		w.refused(err, "identity.sign_in")
		_, err = w.declare(self, register.Tie{Kind: "friend", A: b.ID, B: b.ID, From: "2025-02-30", To: "x", Note: "a\nb"})
		for _, id := range []string{"register.tie.kind", "register.tie.note", "register.tie.date", "register.tie.self"} {
			w.refused(err, id)
		}
		_, err = w.declare(self, register.Tie{Kind: register.Kinship, A: a.ID, B: b.ID, From: "2025年2月1日", To: "2024-01-01"})
		w.refused(err, "register.tie.period")
		tie, err := w.declare(self, register.Tie{Kind: register.Shareholding, A: a.ID, B: b.ID, From: "２０２５/2/1"})
		w.must(err)
		if tie.From != "2025-02-01" {
			t.Error(tie.From)
		}
		end := func(a identity.Actor, day caldate.Date) error {
			return w.db.Write(w.ctx, func(tx *store.Tx) error { return w.EndTie(tx, a, tie.ID, day) })
		}
		w.refused(end(self, "2025-03-01"), "register.forbidden") // nobody un-declares their own
		w.refused(end(keeper, "2025-01-01"), "register.tie.period")
		w.must(end(keeper, "2025-03-01"))
		if _, yes := w.related(a.ID, b.ID); yes {
			t.Error("ended and still there")
		}
	})
}

// agree checks that Conflicts, which reads everything beforehand, says what Related says.
func (w *world) agree(ids []string) {
	w.t.Helper()
	w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
		half := len(ids) / 2
		found, err := w.Conflicts(tx, ids[:half], ids[half:])
		if err != nil {
			return err
		}
		for _, a := range ids[:half] {
			one := false
			for _, b := range ids[half:] {
				_, yes, err := w.Related(tx, a, b)
				if err != nil {
					return err
				}
				one = one || yes
			}
			if _, said := found[a]; said != one {
				w.t.Errorf("Conflicts says %v, Related %v", said, one)
			}
		}
		return nil
	}))
}

// TestRelatedIsSymmetric builds random small worlds and asks both ways; related itself compares the two answers.
func TestRelatedIsSymmetric(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		serial := 1000
		rapid.Check(t, func(rt *rapid.T) {
			var ids []string
			var kinds []register.Kind
			for i := range rapid.IntRange(3, 7).Draw(rt, "parties") {
				serial++
				p := firm(serial, fmt.Sprint("公司", serial))
				if rapid.Bool().Draw(rt, "person") {
					p = register.Party{Kind: register.Person, Name: rapid.SampledFrom([]string{"张三", "李四"}).Draw(rt, "name")}
				} else if rapid.IntRange(0, 3).Draw(rt, "rep") == 0 {
					p.LegalRep = rapid.SampledFrom([]string{"张三", "王五"}).Draw(rt, "legal")
				}
				if i > 0 {
					above := rapid.IntRange(0, i-1).Draw(rt, "above")
					if rapid.Bool().Draw(rt, "belongs") && kinds[above] != register.Person {
						if p.Kind == register.Person {
							p.Employer = ids[above]
						} else {
							p.Parent = ids[above]
						}
					}
				}
				kinds = append(kinds, p.Kind)
				ids = append(ids, w.mustPut(p).ID)
			}
			for range rapid.IntRange(0, 4).Draw(rt, "ties") {
				a, b := rapid.SampledFrom(ids).Draw(rt, "a"), rapid.SampledFrom(ids).Draw(rt, "b")
				kind := rapid.SampledFrom([]register.TieKind{register.Kinship, register.CoAuthor, register.Shareholding}).Draw(rt, "kind")
				if _, err := w.declare(keeper, register.Tie{Kind: kind, A: a, B: b}); err != nil && refusal.Of(err) == nil {
					rt.Fatal(err)
				}
			}
			w.agree(ids)
			for i, a := range ids {
				for _, b := range ids[i:] {
					if _, yes := w.related(a, b); a == b && !yes {
						rt.Fatal("not related to itself")
					}
				}
			}
			if t.Failed() {
				rt.Fatal("not symmetric")
			}
		})
	})
}
