package rights_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/rights"
	"kechuang/internal/share"
)

func Example() {
	n := 0
	act := rights.Act{Case: "case_1", Today: "2026-03-02", NewID: func() string { n++; return fmt.Sprint("id", n) }}
	var s rights.State
	_, err := s.Vest(act, "2044-05-01", []rights.Part{{"学校", share.Whole}})
	fmt.Println(err)
	_, err = s.Assign(act, rights.Assignment{Right: rights.All, From: []string{"学校"}, Share: 900_000,
		To: []rights.Part{{"王娜", 600_000}, {"李伟", 400_000}}})
	fmt.Println(err, s.Share(rights.Title, "王娜"), s.Share(rights.Title, "学校"))
	_, err = s.Assign(act, rights.Assignment{Right: rights.Title, From: []string{"李伟"}, To: []rights.Part{{"买家", share.Whole}}})
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil> 54 % 10 %
	// 还有其他共有人，没有取得全体共有人同意。请先取得全体共有人的书面同意
}

// day is an act on a day.
func day(d caldate.Date) rights.Act {
	n := 0
	return rights.Act{Case: "case_1", Today: d, NewID: func() string { n++; return fmt.Sprintf("%s.%d", d, n) }}
}

func owned(t *testing.T, by ...rights.Part) *rights.State {
	t.Helper()
	if len(by) == 0 {
		by = []rights.Part{{"学校", share.Whole}}
	}
	s := &rights.State{}
	if _, err := s.Vest(day("2026-01-05"), "2030-12-31", by); err != nil {
		t.Fatal(err)
	}
	return s
}

func to(parties ...string) (out []rights.Part) {
	amounts, _ := share.Split(int64(share.Whole), slices.Repeat([]share.PPM{1}, len(parties)))
	for i, p := range parties {
		out = append(out, rights.Part{p, share.PPM(amounts[i])})
	}
	return out
}

// TestRefusals tries what issue B calls bad input, and the grounds for which a pledge is not registered.
func TestRefusals(t *testing.T) {
	t.Parallel()
	pledge := rights.Pledge{Giver: "学校", Holder: "银行", Number: "Y2026210000001", Amount: 300 * money.Wan, Until: "2027-01-05"}
	pledged := func() *rights.State {
		s := owned(t)
		if _, err := s.Pledge(day("2026-01-05"), pledge); err != nil {
			t.Fatal(err)
		}
		return s
	}
	licensed := func(scope string) *rights.State {
		s := owned(t)
		if _, err := s.License(day("2026-01-05"), rights.Licence{Scope: scope, Giver: "学校", Holder: "甲厂", Field: "battery", Territory: "210000", Until: "2028-01-05"}); err != nil {
			t.Fatal(err)
		}
		return s
	}
	sale := rights.Assignment{Right: rights.All, From: []string{"学校"}, To: to("乙厂")}
	licence := rights.Licence{Scope: rights.Ordinary, Giver: "学校", Holder: "乙厂", Until: "2027-01-05"}
	change := func(p rights.Pledge, f func(*rights.Pledge)) rights.Pledge { f(&p); return p }
	type try struct {
		name, id string
		err      error
	}
	last := func(_ rights.Change, err error) error { return err }
	a := day("2026-02-02")
	for _, x := range []try{
		{"shares sum to 99.9999 %", "rights.sum", last((&rights.State{}).Vest(a, "", []rights.Part{{"甲", 999_998}, {"乙", 1}}))},
		{"a share of nothing", "rights.nothing", last((&rights.State{}).Vest(a, "", []rights.Part{{"甲", share.Whole}, {"乙", 0}}))},
		{"one party twice", "rights.twice", last((&rights.State{}).Vest(a, "", []rights.Part{{"甲", 500_000}, {"甲", 500_000}}))},
		{"vested twice", "rights.vested", last(owned(t).Vest(a, "", to("乙厂")))},
		{"nothing vested", "rights.unknown", last((&rights.State{}).Assign(a, sale))},
		{"a pledged right sold", "rights.pledged", last(pledged().Assign(a, sale))},
		{"a pledged right licensed", "rights.pledged", last(pledged().License(a, licence))},
		{"a pledged right reverted", "rights.pledged", last(pledged().Revert(a, "学校", "别人", nil))},
		{"pledged twice", "rights.pledged", last(pledged().Pledge(a, change(pledge, func(p *rights.Pledge) { p.Holder = "别的银行" })))},
		{"exclusively licensed and sold", "rights.licensed", last(licensed(rights.Exclusive).Assign(a, sale))},
		{"licensed over an exclusive licence", "rights.licensed", last(licensed(rights.Exclusive).License(a, licence))},
		{"licensed over a sole licence inside the province", "rights.licensed", last(licensed(rights.Sole).License(a, rights.Licence{Scope: rights.Ordinary, Giver: "学校", Holder: "乙厂", Territory: "210100", Until: "2027-01-05"}))},
		{"exclusive over an ordinary licence", "rights.licensed", last(licensed(rights.Ordinary).License(a, rights.Licence{Scope: rights.Exclusive, Giver: "学校", Holder: "乙厂", Until: "2027-01-05"}))},
		{"an expired patent licensed", "rights.expired", last(owned(t).License(day("2031-01-01"), licence))},
		{"an expired patent sold", "rights.expired", last(owned(t).Assign(day("2031-01-01"), sale))},
		{"a licence beyond the patent", "rights.beyond", last(owned(t).License(a, rights.Licence{Scope: rights.Ordinary, Giver: "学校", Holder: "乙厂", Until: "2031-01-01"}))},
		{"a debt beyond the patent", "rights.outlives", last(owned(t).Pledge(a, change(pledge, func(p *rights.Pledge) { p.Until = "2031-01-01" })))},
		{"a pledge without registration", "rights.unregistered", last(owned(t).Pledge(a, change(pledge, func(p *rights.Pledge) { p.Number = " " })))},
		{"a pledge for nothing", "rights.amount", last(owned(t).Pledge(a, change(pledge, func(p *rights.Pledge) { p.Amount = 0 })))},
		{"a pledge by another", "rights.holder", last(owned(t).Pledge(a, change(pledge, func(p *rights.Pledge) { p.Giver = "别人" })))},
		{"a pledge without the co-owner", "rights.coowner", last(owned(t, to("学校", "王娜")...).Pledge(a, pledge))},
		{"a sale without the co-owner", "rights.coowner", last(owned(t, to("学校", "王娜")...).Assign(a, sale))},
		{"an exclusive licence without the co-owner", "rights.coowner", last(owned(t, to("学校", "王娜")...).License(a, rights.Licence{Scope: rights.Exclusive, Giver: "学校", Holder: "乙厂", Until: "2027-01-05"}))},
		{"a licence by another", "rights.holder", last(owned(t).License(a, rights.Licence{Scope: rights.Ordinary, Giver: "别人", Holder: "乙厂", Until: "2027-01-05"}))},
		{"more than there is", "rights.short", last(owned(t).Assign(a, rights.Assignment{Right: rights.Title, From: []string{"学校", "别人"}, Share: share.Whole + 1, To: to("乙厂")}))},
		{"a term that is over", "rights.past", last(owned(t).Assign(a, rights.Assignment{Right: rights.Use, From: []string{"学校"}, To: to("乙厂"), Until: "2026-02-02"}))},
		{"a pledge discharged that is none", "rights.nopledge", last(owned(t).Discharge(a, "x"))},
		{"a licence ended that is none", "rights.nolicence", last(owned(t).EndLicence(a, "x"))},
		{"a licence to oneself", "rights.self", last(owned(t).License(a, rights.Licence{Scope: rights.Ordinary, Giver: "学校", Holder: "学校"}))},
		{"a licence of no kind", "rights.scope", last(owned(t).License(a, rights.Licence{Scope: "some", Giver: "学校", Holder: "乙厂"}))},
	} {
		if x.name == "more than there is" && refusal.Is(x.err, "rights.sum") {
			continue
		}
		if !refusal.Is(x.err, x.id) {
			t.Errorf("%s: want %s, got %v", x.name, x.id, x.err)
		}
	}
}

// TestTwiceOnOneDay: the second assignment of the day finds nothing left.
func TestTwiceOnOneDay(t *testing.T) {
	t.Parallel()
	s, a := owned(t), day("2026-02-02")
	sale := rights.Assignment{Right: rights.All, From: []string{"学校"}, To: to("甲")}
	if _, err := s.Assign(a, sale); err != nil {
		t.Fatal(err)
	}
	sale.To, sale.Right = to("乙"), rights.Use
	if _, err := s.Assign(a, sale); !refusal.Is(err, "rights.short") {
		t.Errorf("assigned twice on one day: %v", err)
	}
}

// TestTerm: the right of use, given for ten years and given on inside them, falls back by itself, and income after it is refused.
func TestTerm(t *testing.T) {
	t.Parallel()
	s := owned(t)
	must := func(_ rights.Change, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Assign(day("2026-02-02"), rights.Assignment{Right: rights.Use, From: []string{"学校"}, To: to("王娜", "李伟"), Until: "2029-02-01"}))
	must(s.Assign(day("2026-02-02"), rights.Assignment{Right: rights.Income, From: []string{"学校"}, To: to("王娜"), Share: 700_000, Until: "2029-02-01"}))
	must(s.Assign(day("2026-03-02"), rights.Assignment{Right: rights.Use, From: []string{"王娜"}, To: to("公司"), Until: "2028-02-01"}))
	if _, err := s.Assign(day("2026-03-02"), rights.Assignment{Right: rights.Use, From: []string{"李伟"}, To: to("公司"), Until: "2030-02-01"}); !refusal.Is(err, "rights.beyond") {
		t.Errorf("given on beyond its own term: %v", err)
	}
	if s.Share(rights.Use, "公司") != 500_000 || s.Share(rights.Use, "学校") != 0 {
		t.Fatalf("%+v", s.Lots)
	}
	if err := s.Entitled(day("2029-02-01"), "王娜"); err != nil {
		t.Errorf("on the last day: %v", err)
	}
	c := s.Lapse("2028-02-02")
	if s.Share(rights.Use, "王娜") != 500_000 || len(c.Lapsed) != 1 || c.Moves[0].On != "2028-02-01" {
		t.Errorf("the inner term: %+v %+v", c, s.Lots)
	}
	if err := s.Entitled(day("2029-02-02"), "王娜"); !refusal.Is(err, "rights.income") {
		t.Errorf("income after reversion: %v", err)
	}
	s.Lapse("2029-02-02")
	if s.Share(rights.Use, "学校") != share.Whole || s.Share(rights.Income, "学校") != share.Whole || len(s.Terms) != 0 {
		t.Errorf("the outer term: %+v", s)
	}
}

// TestPledge: what is pledged is sold with its pledge by the bank's consent, discharged, pledged again and enforced.
func TestPledge(t *testing.T) {
	t.Parallel()
	s, a := owned(t), day("2026-02-02")
	p := rights.Pledge{Giver: "学校", Holder: "银行", Number: "Y1", Amount: 100 * money.Wan, Until: "2027-02-02"}
	c, err := s.Pledge(a, p)
	if err != nil || len(c.Moves) != 3 || !s.Pledged() || s.Share(rights.Title, "学校") != share.Whole {
		t.Fatalf("%+v %v", c, err)
	}
	id := c.Liens[0].ID
	if _, err := s.Assign(a, rights.Assignment{Right: rights.All, From: []string{"学校"}, To: to("公司"), Consent: []string{"银行"}}); err != nil {
		t.Fatal(err)
	}
	if s.Share(rights.Title, "公司") != share.Whole || s.Lots[0].Lien != id {
		t.Fatalf("the pledge did not go on: %+v", s.Lots)
	}
	if _, err := s.Discharge(a, id); err != nil || s.Pledged() || s.Lots[0].Lien != "" {
		t.Fatalf("%v %+v", err, s)
	}
	p.Giver, p.Number = "公司", "Y2"
	c, err = s.Pledge(a, p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Enforce(a, c.Liens[0].ID, "买家"); err != nil || s.Share(rights.Income, "买家") != share.Whole || s.Check() != nil {
		t.Fatalf("%v %+v", err, s)
	}
}

// TestAlwaysOneWhole: whatever is done in whatever order, each right sums to one whole, and a refusal changes nothing but what lapsed.
func TestAlwaysOneWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s, today, n := &rights.State{}, caldate.Date("2026-01-05"), 0
		party := rapid.SampledFrom([]string{"甲", "乙", "丙", "丁"})
		right := rapid.SampledFrom([]rights.Right{rights.Title, rights.Use, rights.Income, rights.All})
		days := rapid.IntRange(0, 90)
		act := func() rights.Act {
			return rights.Act{Case: "c", Today: today, NewID: func() string { n++; return fmt.Sprint(n) }}
		}
		parts := func() []rights.Part {
			return to(rapid.SliceOfNDistinct(party, 1, 3, rapid.ID).Draw(r, "to")...)
		}
		if _, err := s.Vest(act(), today.AddDays(400), parts()); err != nil {
			r.Fatal(err)
		}
		agreed := func() []string {
			return rapid.SampledFrom([][]string{nil, {"甲", "乙", "丙", "丁"}}).Draw(r, "consent")
		}
		until := func() caldate.Date {
			if rapid.Bool().Draw(r, "for good") {
				return ""
			}
			return today.AddDays(days.Draw(r, "until"))
		}
		lien := func(kind string) string {
			if list := s.InForce(kind, today); len(list) > 0 {
				return rapid.SampledFrom(list).Draw(r, "lien").ID
			}
			return "none"
		}
		try := func(do func(*rights.State) (rights.Change, error)) {
			before := s.Clone()
			c, err := do(s)
			if err != nil {
				if refusal.Of(err) == nil {
					r.Fatal(err)
				}
				*s = before
				s.Lapse(today)
				return
			}
			for _, m := range c.Moves { // a ledger that books the moves stands where the state does
				before.Apply(m)
			}
			if !slices.Equal(before.Lots, s.Lots) {
				r.Fatalf("moves lead to %v, not %v", before.Lots, s.Lots)
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"assign": func(*rapid.T) {
				try(func(s *rights.State) (rights.Change, error) {
					return s.Assign(act(), rights.Assignment{Right: right.Draw(r, "right"), From: rapid.SliceOfDistinct(party, rapid.ID).Draw(r, "from"), To: parts(),
						Share: share.PPM(rapid.Int64Range(0, 500_000).Draw(r, "share")), Until: until(), Consent: agreed()})
				})
			},
			"revert": func(*rapid.T) {
				try(func(s *rights.State) (rights.Change, error) {
					return s.Revert(act(), party.Draw(r, "from"), party.Draw(r, "to"), agreed())
				})
			},
			"license": func(*rapid.T) {
				try(func(s *rights.State) (rights.Change, error) {
					return s.License(act(), rights.Licence{Scope: rapid.SampledFrom([]string{rights.Exclusive, rights.Sole, rights.Ordinary}).Draw(r, "scope"),
						Giver: party.Draw(r, "giver"), Holder: party.Draw(r, "holder"), Until: until(), Consent: agreed()})
				})
			},
			"end": func(*rapid.T) {
				try(func(s *rights.State) (rights.Change, error) { return s.EndLicence(act(), lien(rights.LicenceLien)) })
			},
			"pledge": func(*rapid.T) {
				try(func(s *rights.State) (rights.Change, error) {
					return s.Pledge(act(), rights.Pledge{Giver: party.Draw(r, "giver"), Holder: party.Draw(r, "holder"), Number: "Y", Amount: 1, Until: today.AddDays(days.Draw(r, "until")), Consent: agreed()})
				})
			},
			"discharge": func(*rapid.T) {
				try(func(s *rights.State) (rights.Change, error) { return s.Discharge(act(), lien(rights.PledgeLien)) })
			},
			"enforce": func(*rapid.T) {
				try(func(s *rights.State) (rights.Change, error) {
					return s.Enforce(act(), lien(rights.PledgeLien), party.Draw(r, "to"))
				})
			},
			"wait": func(*rapid.T) { today = today.AddDays(days.Draw(r, "days")); s.Lapse(today) },
			"": func(*rapid.T) {
				if err := s.Check(); err != nil {
					r.Fatal(err)
				}
			},
		})
	})
}

// TestPresumed: who the register says owns a thing holds it, until it is entered; the first act enters it.
func TestPresumed(t *testing.T) {
	t.Parallel()
	var s rights.State
	s.Presume("学校", "2030-12-31")
	c, err := s.Assign(day("2026-02-02"), rights.Assignment{Right: rights.Title, Share: 500_000, To: to("王娜")})
	if err != nil || len(c.Moves) != 4 || c.Moves[0].Kind != rights.KindVest || c.Expires == nil || s.Presumed || s.Check() != nil {
		t.Fatalf("%+v %v", c, err)
	}
	s = rights.State{}
	s.Presume("学校", "")
	if _, err := s.Vest(day("2026-02-02"), "", to("学校", "王娜")); err != nil || s.Share(rights.Use, "王娜") != 500_000 || s.Check() != nil {
		t.Errorf("what the register presumes may be entered otherwise: %v %+v", err, s)
	}
}
