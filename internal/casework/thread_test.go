package casework

import (
	"context"
	"os"
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
