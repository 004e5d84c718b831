package casework

import (
	"context"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// TestFundBook: the story of a fund from its first call to a distribution, read back as its book: every payment is there, investments and what
// came back are traced to the partners, and only they, the manager, offices and auditors may read it.
func TestFundBook(t *testing.T) {
	w := played(t, "fund", "1-fund.txtar")
	w.House()
	manager := w.actor("甲", policy.Holder{Party: w.PartyID("盛京创投")})
	var fund string
	err := w.db.Read(context.Background(), func(tx *store.Tx) error {
		d, err := w.e.load(tx, w.id)
		fund = d.snap.Things["fund"]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.e.Fund(context.Background(), manager, fund)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][5]int64{ // 万元: committed, paid in less what came back unspent, invested, held, returned
		"fiscal": {3000, 900, 900, 0, 744}, "state": {2000, 600, 600, 0, 544}, "social": {5000, 1500, 1500, 0, 1432},
	}
	for _, s := range p.Sources {
		got := [5]int64{s.Committed, s.Paid, s.Invested, s.Held, s.Returned}
		for i := range got {
			got[i] /= int64(money.Wan)
		}
		if got != want[s.Source] {
			t.Errorf("%s: %v, want %v", s.Source, got, want[s.Source])
		}
	}
	if len(p.Sources) != 3 || p.Cash != 0 || len(p.Positions) != 2 {
		t.Fatalf("%d sources, %d in cash, %d positions", len(p.Sources), p.Cash, len(p.Positions))
	}
	first, second := p.Positions[0], p.Positions[1]
	if first.Back != int64(3000*money.Wan) || first.Held || first.State.ZH != "已退出" || second.Back != 0 || second.State.ZH != "已核销" {
		t.Errorf("positions %+v", p.Positions)
	}
	for i, fen := range []money.Fen{600 * money.Wan, 400 * money.Wan, 1000 * money.Wan} {
		if first.Of[i].Amount != fen || first.Returns[i].Amount != fen*3/2 {
			t.Errorf("the first investment is %+v, and what came back %+v", first.Of, first.Returns)
		}
	}
	for name, c := range map[string]struct {
		party string
		may   bool
	}{"a partner": {"东北民投", true}, "somebody else": {"路人", false}} {
		_, err := w.e.Fund(context.Background(), w.actor("乙", policy.Holder{Party: w.PartyID(c.party)}), fund)
		if (err == nil) != c.may || err != nil && !refusal.Is(err, "equity.fund") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(p.Accounts) != 0 {
		t.Errorf("the manager has the accounts %+v", p.Accounts)
	}
	partner := w.actor("丁", policy.Holder{Party: w.PartyID("东北民投")})
	own, err := w.e.Fund(context.Background(), partner, fund)
	if err != nil || len(own.Accounts) != 1 {
		t.Fatalf("a partner has %d accounts: %v", len(own.Accounts), err)
	}
	a := own.Accounts[0] // 5000 promised, 2000 called, 500 given back unspent, 1000 of 2000 and 500 of 1000 invested, 1500 came back of the first
	got := []int64{a.Committed, a.Paid, a.Callable, a.Invested, a.Held, a.Idle, a.Back, a.Lost, a.Returned, int64(a.Stake) * int64(money.Wan)}
	for i, want := range []int64{5000, 1500, 3500, 1500, 0, 0, 1500, 500, 1432, 500_000} {
		if got[i] != want*int64(money.Wan) {
			t.Errorf("the account's number %d is %d and not %d", i, got[i]/int64(money.Wan), want)
		}
	}
	last := a.Lines[len(a.Lines)-1]
	if last.Paid != a.Paid || last.Returned != a.Returned {
		t.Errorf("the account's last line %+v does not come to %d and %d", last, a.Paid, a.Returned)
	}
	for _, l := range a.Lines {
		if l.Name != "东北民投" {
			t.Errorf("a line of somebody else: %+v", l)
		}
	}
	for name, c := range map[string]struct {
		who  identity.Actor
		read bool
	}{"a partner": {partner, true}, "a stranger": {w.actor("戊", policy.Holder{Party: w.PartyID("轻烧公司")}), false}} {
		read := false
		if v, err := w.e.View(context.Background(), c.who, w.id); err == nil {
			for _, x := range v.Parts {
				for _, r := range x.Records {
					read = read || x.Name == "years" && len(r.Forms) > 0
				}
			}
		}
		if read != c.read {
			t.Errorf("%s reads the year's report: %v", name, read)
		}
	}
	splits, err := w.e.Splits(context.Background(), manager)
	if err != nil || len(splits) < 2 {
		t.Fatalf("%d splits: %v", len(splits), err)
	}
	for _, s := range splits {
		sum := s.Costs
		for _, x := range s.Paid {
			sum += x.Amount
		}
		if sum != s.Gross || s.Net != s.Gross-s.Costs {
			t.Errorf("%s does not add up: %+v", s.Form.ZH, s)
		}
	}
	if none, err := w.e.Splits(context.Background(), identity.Actor{Account: "丙"}); err != nil || len(none) != 0 {
		t.Errorf("a stranger reads %d splits: %v", len(none), err)
	}
}
