package casework

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/register"
)

// importNeeds brings a file in as somebody and gives the import when it is done.
func (c *city) importNeeds(who identity.Actor, name string, data []byte) register.Import {
	c.t.Helper()
	imp, err := c.e.Register.NewImport(c.ctx, who, NeedSheet, name, data)
	c.ok(err)
	c.ok(c.e.Register.RunImport(c.ctx, imp.ID))
	c.ok(c.e.Register.ConfirmImport(c.ctx, who, imp.ID, register.Confirmation{SkipBad: true}))
	c.ok(c.e.Register.RunImport(c.ctx, imp.ID))
	imp, err = c.e.Register.GetImport(c.ctx, who, imp.ID)
	c.ok(err)
	return imp
}

func TestNeedsComeInAsDrafts(t *testing.T) {
	each(t, func(c *city) {
		c.ok(c.e.RegisterNeeds("challenge"))
		keeper := identity.Actor{Account: "dengji", Name: "登记员", Roles: []string{identity.RoleRegister}}
		file := "title\tcontent\tposter\n高强度螺栓\t现有水平低\t沈阳波纹管有限公司\n没有单位\t内容\t查无此单位\n大学发榜\t内容\t东北某大学\n没写单位\t内容\t\n"
		imp := c.importNeeds(keeper, "需求.tsv", []byte(file))
		if imp.Written != 1 || imp.Bad != 3 {
			t.Fatalf("%+v", imp)
		}
		items, _, err := c.e.List(c.ctx, c.qiye, Query{})
		c.ok(err)
		if len(items) != 1 || items[0].Title != "高强度螺栓" || items[0].State.Name != "draft" {
			t.Fatalf("%+v", items)
		}
		id := items[0].Case
		for _, who := range []identity.Actor{keeper, c.jingban, c.hunnan, c.shenji, c.other} {
			c.hiddenFrom(who, id)
		}
		o := option(t, c.view(c.qiye, id), "submit")
		if string(o.Draft["title"]) != `"高强度螺栓"` || string(o.Values["contact"]) != `"王工"` {
			t.Errorf("draft %s, filled %s", o.Draft, o.Values)
		}
		if h := c.view(c.qiye, id).History; h[0].Who != "批量导入" {
			t.Errorf("the history says %q", h[0].Who)
		}
		c.want(c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)}), "submitted")
		c.view(c.hunnan, id)
		if _, err := c.e.Register.NewImport(c.ctx, c.jie1, NeedSheet, "需求.tsv", []byte(file)); err == nil {
			t.Error("a university imports needs")
		}
	})
}

// TestRealNeeds opens 371 drafts from real enterprise needs. The data is not the project's to ship: without it the test says so.
func TestRealNeeds(t *testing.T) {
	dir := os.Getenv("KECHUANG_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "match", "requirements.tsv"))
	if err != nil {
		t.Skipf("the real enterprise needs did not run: set KECHUANG_DATA to the folder of the data (%v)", err)
	}
	each(t, func(c *city) {
		c.ok(c.e.RegisterNeeds("challenge"))
		imp := c.importNeeds(c.qiye, "requirements.tsv", data)
		if imp.Written != 371 || imp.Bad != 0 {
			t.Fatalf("%+v", imp)
		}
		seen := map[string]bool{}
		for next := ""; ; {
			items, after, err := c.e.List(c.ctx, c.qiye, Query{After: next, Limit: 100})
			c.ok(err)
			for _, i := range items {
				if seen[i.Case] {
					t.Fatalf("%s is on two pages", i.Case)
				}
				seen[i.Case] = true
			}
			if next = after; next == "" {
				break
			}
		}
		if len(seen) != 371 {
			t.Errorf("%d cases in the lists, want 371", len(seen))
		}
		found, _, err := c.e.List(c.ctx, c.qiye, Query{Q: "锂离子"})
		c.ok(err)
		if len(found) == 0 || !strings.Contains(found[0].Title, "锂离子") {
			t.Errorf("search finds %+v", found)
		}
		o := option(t, c.view(c.qiye, found[0].Case), "submit")
		if len(o.Draft["title"]) < 5 {
			t.Errorf("draft %s", o.Draft)
		}
	})
}
