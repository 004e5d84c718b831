package register_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

func TestValidation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good := firm(1, "沈阳甲波纹管有限公司")
		for name, c := range map[string]struct {
			change func(p *register.Party)
			want   []string // ids; none: taken
		}{
			"good":                {func(p *register.Party) {}, nil},
			"full-width code":     {func(p *register.Party) { p.USCC = "９１" + p.USCC[2:8] + " " + strings.ToLower(p.USCC[8:]) }, nil},
			"wrong check digit":   {func(p *register.Party) { p.USCC = "91110000100003962T" }, []string{"register.uscc"}},
			"known good":          {func(p *register.Party) { p.USCC = "12100000400000624D" }, nil},
			"letter O":            {func(p *register.Party) { p.USCC = "9121O112000000001X" }, []string{"register.uscc"}},
			"short code":          {func(p *register.Party) { p.USCC = "123" }, []string{"register.uscc"}},
			"no code":             {func(p *register.Party) { p.USCC = "" }, []string{"register.uscc.missing"}},
			"no code, pilot base": {func(p *register.Party) { p.USCC, p.Kind = "", register.PilotBase }, nil},
			"kind":                {func(p *register.Party) { p.Kind = "king" }, []string{"register.kind"}},
			"no name, bad region": {func(p *register.Party) { p.Name, p.Region = " ", "310000" }, []string{"register.name", "register.region"}},
			"long name":           {func(p *register.Party) { p.Name = strings.Repeat("长", 101) }, []string{"register.long"}},
			"5 MB":                {func(p *register.Party) { p.Address = strings.Repeat("长", 5<<20/3) }, []string{"register.long"}},
			"NUL":                 {func(p *register.Party) { p.Name = "甲\x00" }, []string{"register.control"}},
			"line break in alias": {func(p *register.Party) { p.Aliases = []string{"甲\n乙"} }, []string{"register.control"}},
			"not UTF-8":           {func(p *register.Party) { p.Contact = "\xff\xfe" }, []string{"register.control"}},
			"many aliases": {func(p *register.Party) {
				p.Aliases = strings.Split(strings.Repeat("甲,", 20)+"x", ",")[:0]
				for i := range 21 {
					p.Aliases = append(p.Aliases, fmt.Sprint("甲", i))
				}
			}, []string{"register.many"}},
			"phone, mail":           {func(p *register.Party) { p.Phone, p.Email = "打我电话", "不是邮箱" }, []string{"register.phone", "register.email"}},
			"full-width phone":      {func(p *register.Party) { p.Phone, p.Email = "０２４－１２３４５６７８", "a@b.cn" }, nil},
			"negative revenue":      {func(p *register.Party) { p.Revenue = -1 }, []string{"register.revenue"}},
			"too much":              {func(p *register.Party) { p.Revenue, p.RDShare = money.Max+1, 1_000_001 }, []string{"register.revenue", "register.rd_share"}},
			"person's":              {func(p *register.Party) { p.Employer = "party_x" }, []string{"register.organisation_fields"}},
			"person with a code":    {func(p *register.Party) { p.Kind = register.Person }, []string{"register.uscc.person"}},
			"expert without field":  {func(p *register.Party) { p.Kind, p.USCC, p.Expert = register.Person, "", true }, []string{"register.expertise"}},
			"no such parent":        {func(p *register.Party) { p.Parent = "party_none" }, []string{"register.parent"}},
			"no such employer":      {func(p *register.Party) { p.Kind, p.USCC, p.Employer = register.Person, "", "party_\x00" }, []string{"register.employer"}},
			"id of another's shape": {func(p *register.Party) { p.ID = "case_1" }, []string{"register.id"}},
		} {
			t.Run(name, func(t *testing.T) {
				p := good
				c.change(&p)
				err := w.db.Write(w.ctx, func(tx *store.Tx) error {
					_, err := w.Put(tx, keeper, p)
					if err != nil {
						return err
					}
					return errBack // nothing of one case stays for the next
				})
				var ids []string
				for _, r := range refusal.Of(err) {
					ids = append(ids, r.ID)
					if r.Text.ZH == "" || r.Text.EN == "" || r.Field == "" {
						t.Errorf("incomplete: %+v", r)
					}
				}
				if diff := cmp.Diff(c.want, ids); diff != "" {
					t.Error(err, diff)
				}
			})
		}
	})
}

var errBack = fmt.Errorf("back")

func TestRevisionsAndHistory(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.mustPut(firm(1, "甲公司"))
		same := w.mustPut(p)
		if same.Revision != 1 {
			t.Fatal("a change of nothing made a revision")
		}
		mine, theirs := p, p
		theirs.LegalRep, theirs.Address = "李四", "浑南大街 1 号"
		other := identity.Actor{Account: "acc_2", Name: "王五", Roles: []string{identity.RoleRegister}}
		_, err := w.put(other, theirs)
		w.must(err)
		mine.Contact = "赵六"
		_, err = w.put(keeper, mine)
		w.refused(err, "register.overtaken")
		for _, want := range []string{"王五", "法定代表人", "地址", "2025-06-30"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %s", err, want)
			}
		}
		mine.Revision = 7
		_, err = w.put(keeper, mine)
		w.refused(err, "register.revision")
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			h, err := w.History(tx, p.ID)
			if err != nil || len(h) != 2 || h[0].Who != "王五" || h[0].Act != "change" || len(h[0].Fields) != 2 || h[0].Fields[1].To != "李四" || h[1].Act != "create" {
				t.Errorf("%+v %v", h, err)
			}
			return nil
		}))
		w.refused(w.delete(keeper, p.ID, 1), "register.overtaken")
		w.must(w.delete(keeper, p.ID, 2))
		p.Revision = 3
		_, err = w.put(keeper, p)
		w.refused(err, "register.overtaken")
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			got, err := w.Get(tx, p.ID) // cases go on naming it
			if err != nil || !got.Deleted {
				t.Errorf("%+v %v", got, err)
			}
			if _, _, ok, _ := w.Named(tx, p.ID); ok {
				t.Error("a deleted party has no agents")
			}
			_, err = w.Get(tx, "party_\x00")
			w.refused(err, "register.none")
			return nil
		}))
		restore := func(a identity.Actor, id string, revision int64) error {
			return w.db.Write(w.ctx, func(tx *store.Tx) error { _, err := w.Restore(tx, a, id, revision); return err })
		}
		w.refused(restore(nobody, p.ID, 3), "identity.sign_in")
		w.refused(restore(keeper, p.ID, 2), "register.overtaken")
		w.must(restore(keeper, p.ID, 3))
		w.refused(restore(keeper, p.ID, 4), "register.not_deleted")
		if got := w.search("甲公司"); len(got) != 1 {
			t.Error(got)
		}
		w.must(w.delete(keeper, p.ID, 4))
		w.mustPut(firm(1, "甲公司")) // its code is free again
		w.refused(restore(keeper, p.ID, 5), "register.uscc_taken")
	})
}

func (w *world) delete(a identity.Actor, id string, revision int64) error {
	return w.db.Write(w.ctx, func(tx *store.Tx) error { return w.Delete(tx, a, id, revision) })
}

// TestAtOnce changes one party from many sides: each revision has one winner, and every loser is told.
func TestAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		clock := w.now
		w.db.SetClock(nil)
		_ = clock
		p := w.mustPut(firm(1, "甲公司"))
		var won, lost int
		var mu sync.Mutex
		var wg sync.WaitGroup
		for i := range 12 {
			wg.Go(func() {
				q := p
				q.Contact = fmt.Sprint("联系人", i)
				_, err := w.put(keeper, q)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if refusal.Is(err, "register.overtaken") {
					lost++
				} else {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won != 1 || lost != 11 {
			t.Errorf("%d won, %d lost", won, lost)
		}
		codes := 0
		for i := range 6 {
			wg.Go(func() {
				_, err := w.put(keeper, firm(9, fmt.Sprint("乙公司", i)))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					codes++
				} else if !refusal.Is(err, "register.uscc_taken") {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if codes != 1 {
			t.Errorf("%d parties of one code", codes)
		}
	})
}

func TestHierarchy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.mustPut(firm(1, "甲集团"))
		b := firm(2, "乙公司")
		b.Parent = a.ID
		b = w.mustPut(b)
		c := firm(3, "丙公司")
		c.Parent = b.ID
		c = w.mustPut(c)
		a.Parent = c.ID
		_, err := w.put(keeper, a)
		w.refused(err, "register.ring")
		a.Parent = a.ID
		_, err = w.put(keeper, a)
		w.refused(err, "register.ring")
		w.refused(w.delete(keeper, b.ID, 1), "register.belongings")
		inner := firm(0, "甲集团技术中心")
		inner.USCC, inner.Parent = a.USCC, a.ID // a unit inside has the code of the whole
		w.mustPut(inner)
		_, err = w.put(keeper, register.Party{Kind: register.Enterprise, Name: "冒名公司", USCC: a.USCC})
		w.refused(err, "register.uscc_taken")
		if !strings.Contains(err.Error(), "甲集团") {
			t.Error(err)
		}
		deep := c
		for i := range 20 {
			next := firm(100+i, fmt.Sprint("层", i))
			next.Parent = deep.ID
			if deep, err = w.put(keeper, next); err != nil {
				w.refused(err, "register.ring") // too deep
				return
			}
		}
		t.Error("a hierarchy without end")
	})
}

func TestBusy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.mustPut(firm(1, "甲公司"))
		busy := refusal.New(refusal.Conflict, "casework.busy", refusal.Refusal{}.Text)
		ask := true
		w.BusyIn(func(_ *store.Tx, party string) (*refusal.Refusal, error) {
			if ask && party == p.ID {
				return busy, nil
			}
			return nil, nil
		})
		w.refused(w.delete(keeper, p.ID, 1), "casework.busy")
		ask = false
		w.must(w.delete(keeper, p.ID, 1))
	})
}

// TestOutside tries to write as everybody who must not.
func TestOutside(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		mine, theirs := w.mustPut(firm(1, "甲公司")), w.mustPut(firm(2, "乙公司"))
		agent := identity.Actor{Account: "acc_a", Name: "甲经办", Parties: []identity.Member{{Party: mine.ID, Role: identity.MemberAgent}}}
		token := keeper
		token.Token, token.Scopes = "tok_1", []string{identity.ScopeRead}
		officer := identity.Actor{Account: "acc_o", Name: "处长", Offices: []string{"bureau.leaders"}, Roles: []string{identity.RoleSystem, identity.RoleAuditor}}
		for name, c := range map[string]struct {
			a    identity.Actor
			p    register.Party
			edit func(p *register.Party)
			id   string
		}{
			"anonymous new":       {nobody, register.Party{}, func(p *register.Party) { *p = firm(5, "新") }, "identity.sign_in"},
			"agent new":           {agent, register.Party{}, func(p *register.Party) { *p = firm(5, "新") }, "register.forbidden"},
			"officer new":         {officer, register.Party{}, func(p *register.Party) { *p = firm(5, "新") }, "register.forbidden"},
			"read-only token":     {token, register.Party{}, func(p *register.Party) { *p = firm(5, "新") }, "register.scope"},
			"agent, another's":    {agent, theirs, func(p *register.Party) { p.Contact = "我" }, "register.forbidden"},
			"agent, own contact":  {agent, mine, func(p *register.Party) { p.Contact, p.Revenue = "我", 5 }, ""},
			"agent, own name":     {agent, mine, func(p *register.Party) { p.Name, p.LegalRep = "新名", "新人" }, "register.field"},
			"agent, own aliases":  {agent, mine, func(p *register.Party) { p.Aliases = []string{"乙公司"} }, "register.field"},
			"agent, own parent":   {agent, mine, func(p *register.Party) { p.Parent = theirs.ID }, "register.field"},
			"agent, made-up flag": {agent, mine, func(p *register.Party) { p.Synthetic = false }, "register.field"},
		} {
			p := c.p
			c.edit(&p)
			err := w.db.Write(w.ctx, func(tx *store.Tx) error {
				if _, err := w.Put(tx, c.a, p); err != nil {
					return err
				}
				return errBack
			})
			if c.id == "" && refusal.Of(err) != nil || c.id != "" && !refusal.Is(err, c.id) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, a := range map[string]identity.Actor{"anonymous": nobody, "agent": agent, "officer": officer, "token": token} {
			if err := w.delete(a, mine.ID, 1); refusal.Of(err) == nil {
				t.Errorf("delete as %s: %v", name, err)
			}
			if _, err := w.NewImport(w.ctx, a, register.PartySheet, "x.csv", []byte("主体类型,名称\n企业,甲")); refusal.Of(err) == nil {
				t.Errorf("import as %s: %v", name, err)
			}
			if name != "token" && len(w.Sheets(a)) != 0 {
				t.Errorf("%s sees sheets", name)
			}
			w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
				_, err := w.Ties(tx, a, theirs.ID)
				if (refusal.Of(err) == nil) != (name == "officer" || name == "token") {
					t.Errorf("ties as %s: %v", name, err)
				}
				return nil
			}))
		}
		full := register.Party{ID: theirs.ID, Kind: register.Person, Name: "张", Phone: "1", Email: "e", Contact: "c", Address: "a", Expert: true, Expertise: []string{"x"}, Revenue: 1}
		if got := full.SeenBy(agent); got.Phone+got.Email+got.Contact+got.Address != "" || got.Expert || got.Expertise != nil || got.Revenue != 0 || got.Name != "张" {
			t.Errorf("another enterprise sees %+v", got)
		}
		if got := full.SeenBy(officer); got.Phone != "1" {
			t.Errorf("an officer does not see %+v", got)
		}
	})
}

func TestSearch(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		names := []string{"沈阳某金属波纹管有限公司", "沈阳波纹密封件厂", "大连管道集团", "东北大学", "沈阳（浑南）科技 Ａ１ 公司"}
		ids := map[string]register.Party{}
		for i, n := range names {
			p := firm(i+1, n)
			if n == "东北大学" {
				p.Kind, p.Aliases = register.University, []string{"东大", "NEU"}
			}
			ids[n] = w.mustPut(p)
		}
		for q, want := range map[string][]string{
			"波纹": {names[1], names[0]}, "管": {names[2], names[0]}, "东大": {"东北大学"}, "neu": {"东北大学"}, "东北大学": {"东北大学"},
			"波纹 沈阳": {names[1], names[0]}, "浑南科技a1": {names[4]}, "（浑南）": {names[4]}, "Ａ１": {names[4]}, code(3): {"大连管道集团"}, "０００００００３": {"大连管道集团"},
			ids["东北大学"].ID: {"东北大学"}, "没有": {}, "，。": {}, "波纹管公司沈阳金属": {names[0]}, "波": {names[1], names[0]},
		} {
			if diff := cmp.Diff(want, w.search(q)); diff != "" {
				t.Errorf("%q: %s", q, diff)
			}
		}
		if list, _, err := w.Search(w.ctx, "沈阳", register.University, "", 20); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
		// the index keeps up: a change, a deletion, and what another process does
		p := ids["大连管道集团"]
		p.Name = "大连阀门集团"
		p = w.mustPut(p)
		if got := w.search("管道"); len(got) != 0 {
			t.Error(got)
		}
		if got := w.search("阀门"); !slices.Equal(got, []string{"大连阀门集团"}) {
			t.Error(got)
		}
		w.must(w.delete(keeper, p.ID, p.Revision))
		if got := w.search("阀门"); len(got) != 0 {
			t.Error(got)
		}
		another := register.New(w.db, shenyang)
		if list, _, err := another.Search(w.ctx, "密封", "", "", 5); err != nil || len(list) != 1 {
			t.Error(list, err)
		}
		w.mustPut(firm(77, "抚顺机床厂"))
		w.now = w.now.Add(2e9)
		if list, _, err := another.Search(w.ctx, "机床", "", "", 5); err != nil || len(list) != 1 {
			t.Error("another process does not follow:", list, err)
		}
	})
}

func TestSearchPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 57 {
			w.mustPut(firm(i, fmt.Sprintf("沈阳%s公司%d", strings.Repeat("大", i%5), i)))
		}
		for _, q := range []string{"沈阳", ""} {
			seen := map[string]bool{}
			pages := 0
			for after := ""; ; pages++ {
				list, next, err := w.Search(w.ctx, q, "", after, 10)
				w.must(err)
				for _, p := range list {
					if seen[p.ID] {
						t.Errorf("%q: %s twice", q, p.Name)
					}
					seen[p.ID] = true
				}
				if after = next; next == "" {
					break
				}
			}
			if len(seen) != 57 || pages != 5 {
				t.Errorf("%q: %d in %d pages", q, len(seen), pages+1)
			}
		}
		_, _, err := w.Search(w.ctx, "沈阳", "", "nonsense!", 10)
		w.refused(err, "register.cursor")
	})
}

func TestExpertsAndFind(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		uni := w.mustPut(register.Party{Kind: register.University, Name: "东北大学", USCC: code(1), Aliases: []string{"东大"}})
		for i, f := range [][]string{{"密封技术", "材料"}, {"密封 技术"}, {"软件"}} {
			p := register.Party{Kind: register.Person, Name: fmt.Sprint("专家", i), Employer: uni.ID, Expertise: f, Expert: i != 2}
			w.mustPut(p)
		}
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			for field, n := range map[string]int{"密封技术": 2, "材料": 1, "软件": 0, "": 2} {
				if list, err := w.Experts(tx, field); err != nil || len(list) != n {
					t.Errorf("%q: %d %v", field, len(list), err)
				}
			}
			for what, want := range map[string]bool{"东北大学": true, "东大": true, "东 大": true, code(1): true, uni.ID: true, "专家": false, "": false} {
				if _, found, err := w.Find(tx, what); err != nil || found != want {
					t.Errorf("%q: %v %v", what, found, err)
				}
			}
			return nil
		}))
	})
}

// TestBrokenText: ids and queries come from addresses; what cannot be kept is refused, or not found, on both databases.
func TestBrokenText(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.mustPut(firm(1, "甲公司"))
		for _, s := range []string{"\x00", "甲\x00", "\xff\xfe"} {
			internal := func(door string, err error) {
				if err != nil && refusal.Of(err) == nil {
					t.Errorf("%s %q: %v", door, s, err)
				}
			}
			_, _, err := w.Search(w.ctx, s, register.Kind(s), s, 10)
			internal("search", err)
			_, _, err = w.Search(w.ctx, "", register.Kind(s), s, 10)
			internal("list", err)
			_, err = w.GetImport(w.ctx, keeper, s)
			internal("import", err)
			_, err = w.NewImport(w.ctx, keeper, register.PartySheet, s, []byte("主体类型,名称,信用代码\n企业,甲,\n"))
			internal("new import", err)
			for door, f := range map[string]func(tx *store.Tx) error{
				"get": func(tx *store.Tx) error { _, err := w.Get(tx, s); return err }, "history": func(tx *store.Tx) error { _, err := w.History(tx, s); return err },
				"ties": func(tx *store.Tx) error { _, err := w.Ties(tx, keeper, s); return err }, "experts": func(tx *store.Tx) error { _, err := w.Experts(tx, s); return err },
				"find": func(tx *store.Tx) error { _, _, err := w.Find(tx, s); return err }, "related": func(tx *store.Tx) error { _, _, err := w.Related(tx, s, s); return err },
				"put": func(tx *store.Tx) error {
					_, err := w.Put(tx, keeper, register.Party{ID: s, Kind: register.Kind(s), Name: s, Parent: s})
					return err
				},
				"declare": func(tx *store.Tx) error {
					_, err := w.Declare(tx, keeper, register.Tie{A: s, B: s, Note: s, Kind: register.Kinship})
					return err
				},
				"end": func(tx *store.Tx) error { return w.EndTie(tx, keeper, s, caldate.Date(s)) },
			} {
				internal(door, w.db.Write(w.ctx, f))
			}
		}
	})
}
