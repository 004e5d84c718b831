package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/refusal"
)

// TestMoneyActions: what the pots are and what is done come out as exact actions, and nothing is made of nothing.
func TestMoneyActions(t *testing.T) {
	t.Parallel()
	leader := policy.Intent{Record: "case", Seat: "leader", Account: "李四", Holder: policy.Holder{Office: "bureau.leaders"}, Reason: "依规"}
	for _, c := range []struct {
		state string
		in    policy.Intent
		pot   policy.Pot
		want  string
	}{
		{"stopping", by(leader, "spare"), policy.Pot{Fund: "city", Held: 7}, "[{grant 0.07元}]"},
		{"stopping", by(leader, "spare"), policy.Pot{}, "[]"},
		{"recovering", by(officer, "collect"), policy.Pot{Fund: "city", Owed: map[string]money.Fen{"乙所": 30, "丙校": 9}}, "[{grant 乙所 0.3元}]"},
		{"recovering", by(officer, "collect"), policy.Pot{Fund: "city"}, "[]"},
		{"recovering", by(leader, "forgive"), policy.Pot{Fund: "city", Owed: map[string]money.Fen{"乙所": 30}}, "[{grant 乙所 0.3元}]"},
	} {
		s := standing(t, c.state)
		s.Seats["winner"] = []policy.Holder{{Party: "乙所"}}
		s.Pots["grant"] = c.pot
		out, err := policy.Decide(s, c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in.Step, err)
			continue
		}
		if got := fmt.Sprintf("%v", out.Actions); got != c.want {
			t.Errorf("%s with %+v: got %s, want %s", c.in.Step, c.pot, got, c.want)
		}
	}
}

// TestRecoverIsNeverMore: whatever was paid, held and claimed, a claim is no more than what was paid and not yet claimed, and what is
// held goes back whole.
func TestRecoverIsNeverMore(t *testing.T) {
	t.Parallel()
	s := standing(t, "stopping")
	s.Seats["winner"] = []policy.Holder{{Party: "乙所"}}
	rapid.Check(t, func(t *rapid.T) {
		paid := money.Fen(rapid.Int64Range(0, 1e12).Draw(t, "paid"))
		owed := money.Fen(rapid.Int64Range(0, int64(paid)).Draw(t, "owed"))
		held := money.Fen(rapid.Int64Range(0, 1e12).Draw(t, "held"))
		want := money.Fen(rapid.Int64Range(0, 2e12).Draw(t, "want"))
		s.Pots = map[string]policy.Pot{"grant": {Fund: "city", Held: held, Paid: map[string]money.Fen{"乙所": paid}, Owed: map[string]money.Fen{"乙所": owed}, Claimed: map[string]money.Fen{"乙所": owed}}}
		out, err := policy.Decide(s, policy.Intent{Record: "case", Step: "recover", Seat: "leader", Holder: policy.Holder{Office: "bureau.leaders"}, Values: policy.Values{"amount": want}})
		if want > paid-owed {
			if !refusal.Is(err, "debt.more") {
				t.Fatalf("%d of %d paid and %d owed: %v", want, paid, owed, err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var released, claimed money.Fen
		for _, a := range out.Actions {
			switch a := a.(type) {
			case policy.ReleaseMoney:
				released += a.Amount
			case policy.ClaimMoney:
				claimed += a.Amount
			}
		}
		if released != held || claimed != want {
			t.Fatalf("released %d of %d, claimed %d of %d", released, held, claimed, want)
		}
		if s.Pots["grant"].Held != held || s.Pots["grant"].Owed["乙所"] != owed {
			t.Fatal("the snapshot was changed")
		}
	})
}

// TestSeatKind: a seat for organisations is not taken by a person, whoever asks.
func TestSeatKind(t *testing.T) {
	t.Parallel()
	files := small(t)
	text := strings.Replace(string(files["mechanisms/aid.yaml"].Data), "en: Offerer, party: any", "en: Offerer, party: organisation", 1)
	files["mechanisms/aid.yaml"] = &fstest.MapFile{Data: []byte(text)}
	p, list := policy.Load(files)
	if len(list) > 0 {
		t.Fatal(list)
	}
	s := standing(t, "open")
	s.Pack, s.Mechanism = p, p.Mechanism("aid")
	s.Asked["offerer.related_to(asker)"] = false
	in := policy.Intent{Part: "offers", Seat: "offerer", Holder: policy.Holder{Party: "乙所"}}
	for kind, may := range map[string]bool{"person": false, "institute": true, "enterprise": true} {
		s.Asked["offerer.kind"] = kind
		_, err := policy.Decide(s, in)
		if (err == nil) != may || (err != nil && !refusal.Is(err, "seat.kind")) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
