package casework

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"testing"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

var sets = Tables

// city is a small city over one database, with the sample pack, a clock of its own and everybody who acts in a challenge.
type city struct {
	t   testing.TB
	ctx context.Context
	db  *store.DB
	e   *Engine
	now time.Time

	poster, bidder1, bidder2, sister, stranger                     string // parties
	qiye, hunnan, jingban, lingdao, jie1, jie2, other, shenji, mei identity.Actor
	people                                                         []identity.Actor // experts
}

// each plays fn in a fresh city on both databases.
func each(t *testing.T, fn func(c *city)) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) { fn(newCity(t, db)) })
}

func newCity(t testing.TB, db *store.DB) *city { return cityUnder(t, db, os.DirFS("sample")) }

// cityUnder is the city under a pack of one's own.
func cityUnder(t testing.TB, db *store.DB, pack fs.FS) *city {
	t.Helper()
	c := &city{t: t, ctx: context.Background(), db: db, now: time.Date(2025, 3, 3, 1, 0, 0, 0, time.UTC)}
	db.SetClock(func() time.Time { c.now = c.now.Add(time.Millisecond); return c.now })
	key, _, err := journal.NewKey("test.kechuang")
	c.ok(err)
	reg := register.New(db, nil)
	c.e, err = New(c.ctx, Config{DB: db, Files: pack, Register: reg, Ledger: ledger.New(), Journal: journal.New(db, key),
		Facts: figure.New(), Base: "https://kjj.example.cn"})
	c.ok(err)
	reg.BusyIn(c.e.Busy)
	c.populate()
	return c
}

func (c *city) populate() {
	n := 0
	party := func(p register.Party) (id string) {
		n++
		if p.Kind != register.Person {
			p.USCC = ident.USCCWithCheck("91210112MA0P4" + string([]byte{'A' + byte(n%8), 'A' + byte(n/8), '2', '3'}))
		}
		if p.Region == "" {
			p.Region = "210112"
		}
		c.write(func(tx *store.Tx) error {
			q, err := c.e.Register.Put(tx, keeper, p)
			id = q.ID
			return err
		})
		return id
	}
	c.poster = party(register.Party{Kind: register.Enterprise, Name: "沈阳波纹管有限公司", Contact: "王工", Phone: "024-12345678", LegalRep: "王一"})
	c.sister = party(register.Party{Kind: register.Enterprise, Name: "沈阳波纹管配件有限公司", Parent: c.poster, LegalRep: "王二"})
	c.bidder1 = party(register.Party{Kind: register.University, Name: "东北某大学", LegalRep: "赵一"})
	c.bidder2 = party(register.Party{Kind: register.Institute, Name: "金属研究某所", LegalRep: "钱一"})
	c.stranger = party(register.Party{Kind: register.Enterprise, Name: "无关企业", LegalRep: "孙一"})
	agent := func(account, party, kind string) identity.Actor {
		return identity.Actor{Account: account, Name: account, Parties: []identity.Member{{Party: party, Name: party, Kind: kind, Role: "agent"}}}
	}
	office := func(account string, offices ...string) identity.Actor {
		return identity.Actor{Account: account, Name: account, Offices: offices}
	}
	c.qiye, c.other = agent("qiye", c.poster, "enterprise"), agent("other", c.stranger, "enterprise")
	c.jie1, c.jie2, c.mei = agent("jie1", c.bidder1, "university"), agent("jie2", c.bidder2, "institute"), agent("mei", c.sister, "enterprise")
	c.hunnan, c.jingban, c.lingdao = office("hunnan", "district/210112"), office("jingban", "bureau.cases"), office("lingdao", "bureau.leaders")
	c.shenji = identity.Actor{Account: "shenji", Name: "shenji", Roles: []string{"auditor"}}
	for _, p := range []struct{ name, employer string }{{"专家甲", ""}, {"专家乙", ""}, {"专家丙", ""}, {"专家丁", c.bidder1}, {"专家戊", c.sister}} {
		id := party(register.Party{Kind: register.Person, Name: p.name, Expert: true, Expertise: []string{"01"}, Employer: p.employer})
		c.people = append(c.people, identity.Actor{Account: "acc_" + p.name, Name: p.name, Person: id})
	}
	c.write(func(tx *store.Tx) error {
		return c.e.Ledger.Appropriate(tx, ledger.Why{}, "grants", 2025, 1000*money.Wan)
	})
}

func (c *city) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) write(fn func(*store.Tx) error) {
	c.t.Helper()
	c.ok(c.db.Write(c.ctx, fn))
}

// refused wants a refusal of this id.
func (c *city) refused(err error, id string) {
	c.t.Helper()
	if !refusal.Is(err, id) {
		c.t.Fatalf("got %v (%v), want the refusal %s", err, refusal.Of(err), id)
	}
}

// act does a step that has to succeed, and looks at every invariant after it.
func (c *city) act(who identity.Actor, cmd Command) *Receipt {
	c.t.Helper()
	r, err := c.e.Act(c.ctx, who, cmd)
	if err != nil {
		c.t.Fatalf("%s %s: %v", who.Account, cmd.Step, err)
	}
	c.audit()
	return r
}

// audit looks at what must always hold.
func (c *city) audit() {
	c.t.Helper()
	c.ok(c.db.Read(c.ctx, func(tx *store.Tx) error { return c.e.Ledger.Audit(tx) }))
}

func (c *city) want(r *Receipt, state string) {
	c.t.Helper()
	if r.State.Name != state {
		c.t.Fatalf("state %s, want %s", r.State.Name, state)
	}
}

func (c *city) view(who identity.Actor, id string) *View {
	c.t.Helper()
	v, err := c.e.View(c.ctx, who, id)
	c.ok(err)
	return v
}

func (c *city) hiddenFrom(who identity.Actor, id string) {
	c.t.Helper()
	_, err := c.e.View(c.ctx, who, id)
	c.refused(err, "casework.not_found")
	items, _, err := c.e.List(c.ctx, who, Query{})
	c.ok(err)
	if slices.ContainsFunc(items, func(i Item) bool { return i.Case == id }) {
		c.t.Fatalf("%s finds the case in a list", who.Account)
	}
}

// tick moves the clock to just after a day has ended and runs the deadlines.
func (c *city) tick(day caldate.Date) int {
	c.t.Helper()
	c.now = day.End().Add(time.Second)
	n, err := c.e.Tick(c.ctx)
	c.ok(err)
	c.audit()
	return n
}

func form(s string) json.RawMessage { return json.RawMessage(s) }

const (
	needForm = `{"title":"高精度金属波纹管","field":"01","own":"800万元","contact":"王工","targets":[{"metric":"壁厚","value":"0.12"}]}`
	callForm = `{"title":"高精度金属波纹管","close":"2025-03-20"}`
)

// open opens a case as the poster.
func (c *city) open() string {
	c.t.Helper()
	r, err := c.e.Open(c.ctx, c.qiye, OpenCommand{Mechanism: "challenge"})
	c.ok(err)
	return r.Case
}

// published is a case that is open for bids.
func (c *city) published() string {
	c.t.Helper()
	id := c.open()
	c.want(c.act(c.qiye, Command{Case: id, Step: "submit", Values: form(needForm)}), "submitted")
	c.want(c.act(c.hunnan, Command{Case: id, Step: "recommend"}), "recommended")
	c.want(c.act(c.jingban, Command{Case: id, Step: "publish", Values: form(callForm)}), "open")
	return id
}

func (c *city) bid(who identity.Actor, id, price string) string {
	c.t.Helper()
	r := c.act(who, Command{Case: id, Part: "bids", Step: "submit", Values: form(`{"price":"` + price + `","route":"液压成形"}`)})
	c.want(r, "submitted")
	return r.Record
}

// reviewed is a case whose bids were scored: the first bidder has more points.
func (c *city) reviewed() (id, bid1, bid2 string) {
	c.t.Helper()
	id = c.published()
	bid1, bid2 = c.bid(c.jie1, id, "500万元"), c.bid(c.jie2, id, "450万元")
	if n := c.tick("2025-03-20"); n != 1 {
		c.t.Fatalf("%d deadlines, want the one that closes the bids", n)
	}
	c.act(c.jingban, Command{Case: id, Step: "draw"})
	c.answer(id, 2)
	c.act(c.jingban, Command{Case: id, Step: "begin"})
	for _, p := range c.people {
		v, err := c.e.View(c.ctx, p, id)
		if err != nil {
			continue
		}
		for _, o := range v.Options {
			if o.Step == "score" {
				points := "70"
				if c.parent(id, o.Record) == bid1 {
					points = "90"
				}
				c.act(p, Command{Case: id, Record: o.Record, Step: "score", Values: form(`{"score":` + points + `,"comment":"可行"}`)})
			}
		}
	}
	return id, bid1, bid2
}

// answer has the invited accept, up to n of them.
func (c *city) answer(id string, n int) {
	c.t.Helper()
	for _, p := range c.people {
		v, err := c.e.View(c.ctx, p, id)
		if err != nil || n == 0 {
			continue
		}
		for _, o := range v.Options {
			if o.Step == "accept" {
				c.act(p, Command{Case: id, Record: o.Record, Step: "accept"})
				n--
			}
		}
	}
}

func (c *city) parent(id, record string) string {
	var parent string
	c.ok(c.db.Read(c.ctx, func(tx *store.Tx) error {
		d, err := c.e.load(tx, id)
		if err == nil {
			parent = d.byID[record].Parent
		}
		return err
	}))
	return parent
}

func (c *city) snapshot(id string) (s *policy.Snapshot) {
	c.t.Helper()
	c.ok(c.db.Read(c.ctx, func(tx *store.Tx) error {
		d, err := c.e.load(tx, id)
		if err == nil {
			s = d.snap
		}
		return err
	}))
	return s
}

func ledgerWhy(id string) ledger.Why { return ledger.Why{Case: id} }

func refusals(err error) refusal.List { return refusal.Of(err) }
