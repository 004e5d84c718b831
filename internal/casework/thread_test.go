package casework

import (
	"context"
	"os"
	"slices"
	"testing"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// TestThread: everybody sees of what belongs together what they may see of each: a draft of somebody else is not there at all, a case
// without a seat for the reader by its mechanism only, a public record with its public fields.
func TestThread(t *testing.T) {
	files := os.DirFS("../policy/testdata/small")
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	f, err := play.Parse("thread.txtar", []byte(`-- world --
opener: 甲大学
parties:
  甲大学: {kind: university}
  乙公司: {kind: enterprise}
-- forms --
paper: {title: 波纹管, number: 202110123456.X, price: 100万元, base: null}
deal: {buyer: 乙公司, price: 120万元}
-- all --
holder submit · officer enter · holder sell → sold
open licence 乙公司
licensor submit terms{title: 再许可, patent: 甲大学的专利, source: sale#1, fee: 1万元} → agreed
case sale
`), pack, "sale")
	if err != nil {
		t.Fatal(err)
	}
	f.Forms["paper"]["number"] = play.Number("patent_cn", 7)
	w := theatreOf(t, pack, files, store.SQLite)
	if line, err := play.RunOne(f, f.Scenarios[0], w); err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	w.e.Register.RegisterKinds(recordKinds(pack))
	seller := w.actor("甲", policy.Holder{Party: w.PartyID("甲大学")})
	buyer := w.actor("乙", policy.Holder{Party: w.PartyID("乙公司")})
	officer := identity.Actor{Account: "丙", Offices: []string{"bureau.desk"}}
	atNode(t, w, seller, officer)
	for name, c := range map[string]struct {
		actor identity.Actor
		want  map[string]int // what, and whether it is seen
	}{
		"seller":  {seller, map[string]int{"sale/true": 1, "licence/true": 1, "licence/false": 1, "patent/true": 1}}, // its own draft, which the sale started; and the buyer's case by name
		"buyer":   {buyer, map[string]int{"sale/true": 1, "licence/true": 1, "patent/true": 2}},
		"officer": {officer, map[string]int{"sale/true": 1, "licence/false": 1, "patent/true": 1}},
	} {
		th, err := w.e.Thread(context.Background(), c.actor, w.id)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		have := map[string]int{}
		for _, n := range th.Nodes {
			key := n.Kind + "/true"
			if !n.Seen {
				key = n.Kind + "/false"
				if n.Title != "" || n.State != nil {
					t.Errorf("%s: a case that is not seen tells more than that it is there: %+v", name, n)
				}
			}
			have[key]++
		}
		for k, n := range c.want {
			if have[k] != n {
				t.Errorf("%s: %d of %s, want %d (%v)", name, have[k], k, n, have)
			}
		}
		if len(have) != len(c.want) {
			t.Errorf("%s sees %v", name, have)
		}
		shown := map[string]bool{}
		for _, n := range th.Nodes {
			shown[n.ID] = true
		}
		for _, x := range th.Edges {
			if !shown[x.From] || !shown[x.To] {
				t.Errorf("%s: an edge to what is not shown: %+v", name, x)
			}
		}
	}
	if _, err := w.e.Thread(context.Background(), identity.Actor{Account: "丁"}, w.id); !notFound(err) {
		t.Errorf("a stranger is answered %v", err)
	}
	list, _, err := w.e.Records(context.Background(), identity.Actor{Account: "丁"}, register.RecordQuery{Kind: "patent"})
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Values["price"] != nil {
			t.Errorf("a stranger reads the price of %s", r.Name)
		}
	}
}

// TestBarredIsAsked: what a record keeps a party from is refused where it would happen: a case is not opened, an expert is not drawn.
func TestBarredIsAsked(t *testing.T) {
	files := os.DirFS("../policy/testdata/small")
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	w := theatreOf(t, pack, files, store.SQLite)
	st := play.DefaultStage(pack, pack.Mechanism("sale"))
	if err := w.Begin(st); err != nil {
		t.Fatal(err)
	}
	ban := func(party, acts string) {
		err := w.db.Write(context.Background(), func(tx *store.Tx) error {
			return w.enterRecord(tx, play.Record{Name: party + acts, Kind: "ban", Values: policy.Values{"reason": "弄虚作假", "subject": party, "acts": acts, "from": caldate.Date("2025-01-01")}})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	asked := func(party, act string) error {
		return w.db.Read(context.Background(), func(tx *store.Tx) error { return w.e.barred(tx, w.PartyID(party), act, w.now) })
	}
	ban("企业甲", "apply")
	ban("企业乙", "all")
	for _, c := range []struct {
		party, act string
		barred     bool
	}{{"企业甲", "apply", true}, {"企业甲", "pay", false}, {"企业乙", "pay", true}, {"企业乙", "judge", true}, {"大学丙", "apply", false}} {
		if got := asked(c.party, c.act); (got != nil) != c.barred {
			t.Errorf("%s %s: %v", c.party, c.act, got)
		}
	}
	if err := w.Open("sale", "企业甲"); !refusal.Is(err, "casework.barred") || refusal.Of(err)[0].Rule == "" {
		t.Errorf("a barred party opens a case: %v", err)
	}
}

// TestAThreadTellsNoMoreThanThePage: whoever looks, the steps, the sums and the results of a case in its thread are those of its own page.
func TestAThreadTellsNoMoreThanThePage(t *testing.T) {
	each(t, func(c *city) {
		id, _, _ := c.reviewed()
		look := func() (told int) {
			for _, who := range []identity.Actor{c.qiye, c.hunnan, c.jingban, c.lingdao, c.shenji, c.jie1, c.jie2, c.people[0], c.other} {
				v, err := c.e.View(c.ctx, who, id)
				th, errThread := c.e.Thread(c.ctx, who, id)
				if (err == nil) != (errThread == nil) {
					t.Fatalf("%s: the page answers %v, the thread %v", who.Account, err, errThread)
				}
				if err != nil {
					continue
				}
				n := th.Nodes[0]
				if n.Steps > len(v.History) {
					t.Errorf("%s is told of %d steps and sees %d", who.Account, n.Steps, len(v.History))
				}
				for _, x := range n.Events {
					if !slices.ContainsFunc(v.History, func(h HistoryView) bool { return h.At.Equal(x.At) && h.Title == x.Title }) {
						t.Errorf("%s is told of %s, which the history does not show", who.Account, x.Title.ZH)
					}
				}
				if len(v.Money.Pots) == 0 && len(n.Money) > 0 {
					t.Errorf("%s is told of money", who.Account)
				}
				held := int64(0)
				for _, m := range n.Money {
					held += m.Held
				}
				for _, p := range v.Money.Pots {
					held -= p.Held
				}
				if held != 0 {
					t.Errorf("%s: the sums differ by %d", who.Account, held)
				}
				told += len(n.Events)
			}
			return told
		}
		before := look()
		c.act(c.jingban, Command{Case: id, Step: "rank"})
		if after := look(); after <= before || before == 0 {
			t.Errorf("%d events, then %d", before, after)
		}
	})
}

// atNode: from a node of a chain map one arrives at the cases whose forms name it, as far as one sees them whole, and at no other once the
// form names another.
func atNode(t *testing.T, w *Theatre, seller, officer identity.Actor) {
	t.Helper()
	ctx, form := context.Background(), &policy.Form{Name: "asked", Fields: []*policy.Field{{Name: "node", Type: policy.NodeType}}}
	name := func(node string) {
		if err := w.e.DB.Write(ctx, func(tx *store.Tx) error { return keepNodes(tx, w.id, w.id, form, policy.Values{"node": node}) }); err != nil {
			t.Fatal(err)
		}
	}
	count := func(a identity.Actor, node string) int {
		th, err := w.e.NodeThread(ctx, a, node)
		if err != nil {
			t.Fatal(err)
		}
		return len(th.Nodes)
	}
	name("bellows")
	if n := count(seller, "bellows"); n < 3 {
		t.Errorf("the seller comes to %d of sale, licence and patent", n)
	}
	if n := count(officer, "bellows"); n == 0 {
		t.Error("the officer of the sale does not come to it")
	}
	if n := count(identity.Actor{Account: "丁"}, "bellows"); n != 0 {
		t.Errorf("a stranger comes to %d", n)
	}
	if _, err := w.e.NodeThread(ctx, identity.Actor{}, "bellows"); err == nil {
		t.Error("nobody in particular is answered")
	}
	name("seal")
	if a, b := count(seller, "bellows"), count(seller, "seal"); a != 0 || b < 3 {
		t.Errorf("after the form names another node: %d and %d", a, b)
	}
}
