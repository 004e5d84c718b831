package income_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/income"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

func equal(parties ...string) (out []income.Part) {
	n := share.PPM(len(parties))
	for i, p := range parties {
		part := income.Part{Party: p, Share: share.Whole / n}
		if share.PPM(i) < share.Whole%n {
			part.Share++
		}
		out = append(out, part)
	}
	return out
}

func Example() {
	w, err := income.Split(income.Terms{Gross: 600 * money.Wan, Costs: []income.Cost{{Name: "评估费", Amount: 4 * money.Wan}},
		Floors: []income.Floor{{Of: "reward", Least: 500_000}},
		Shares: []income.Share{{Name: "reward", Share: 700_000, To: equal("王娜", "李伟", "赵敏")}, {Name: "unit", Share: 300_000, To: equal("沈阳化工大学")}}})
	fmt.Println(w.Net, w.Of("王娜"), w.Of("赵敏"), w.Of("沈阳化工大学"), err)
	// Output: 596万元 1390669.45元 1390665.27元 178.8万元 <nil>
}

// TestOneFenForSeven: the fen goes to one of them and nothing is lost.
func TestOneFenForSeven(t *testing.T) {
	t.Parallel()
	w, err := income.Split(income.Terms{Gross: 1, Shares: []income.Share{{Name: "reward", Share: share.Whole, To: equal("甲", "乙", "丙", "丁", "戊", "己", "庚")}, {Name: "rest"}}})
	if err != nil {
		t.Fatal(err)
	}
	var sum money.Fen
	for _, p := range w.Paid {
		sum += p.Amount
	}
	if sum != 1 || len(w.Paid) != 7 || w.Of("甲") != 1 {
		t.Errorf("%+v", w.Paid)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	shares := func(reward share.PPM) []income.Share {
		return []income.Share{{Name: "reward", Share: reward, To: equal("王娜", "李伟")}, {Name: "unit", Share: share.Whole - reward, To: equal("学校")}}
	}
	national, province := []income.Floor{{Of: "reward", Least: 500_000}}, []income.Floor{{Of: "reward", Least: 700_000}}
	for _, x := range []struct {
		name, id string
		terms    income.Terms
	}{
		{"below the national floor", "income.floor", income.Terms{Gross: 100, Shares: shares(499_999), Floors: national}},
		{"below a stricter province's", "income.floor", income.Terms{Gross: 100, Shares: shares(699_999), Floors: province}},
		{"a part of the reward below its floor", "income.floor", income.Terms{Gross: 100, Floors: []income.Floor{{Of: "main", In: "others", Least: 700_000}},
			Shares: []income.Share{{Name: "main", Share: 350_000, To: equal("甲")}, {Name: "others", Share: 350_000, To: equal("乙")}, {Name: "unit", Share: 300_000, To: equal("学校")}}}},
		{"nothing came", "income.gross", income.Terms{Shares: shares(500_000)}},
		{"costs above the gross", "income.net", income.Terms{Gross: 100, Costs: []income.Cost{{Name: "税", Amount: 101}}, Shares: shares(500_000)}},
		{"a cost below zero", "income.cost", income.Terms{Gross: 100, Costs: []income.Cost{{Name: "税", Amount: -1}}, Shares: shares(500_000)}},
		{"99.9999 %", "income.sum", income.Terms{Gross: 100, Shares: []income.Share{{Name: "reward", Share: 999_999, To: equal("甲")}}}},
		{"parts of 99.9999 %", "income.sum", income.Terms{Gross: 100, Shares: []income.Share{{Name: "reward", Share: share.Whole, To: []income.Part{{Party: "甲", Share: 999_999}}}}}},
		{"a part of nothing", "income.part", income.Terms{Gross: 100, Shares: []income.Share{{Name: "reward", Share: share.Whole, To: []income.Part{{Party: "甲", Share: share.Whole}, {Party: "乙"}}}}}},
	} {
		if _, err := income.Split(x.terms); !refusal.Is(err, x.id) {
			t.Errorf("%s: want %s, got %v", x.name, x.id, err)
		}
	}
	for _, floors := range [][]income.Floor{national, province} {
		if _, err := income.Split(income.Terms{Gross: 100, Shares: shares(700_000), Floors: floors}); err != nil {
			t.Errorf("at the floor: %v", err)
		}
	}
}

// TestNothingIsLost: gross is costs and payments; each share is within a fen of its quota, and each part within two.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		x := income.Terms{Gross: money.Fen(rapid.OneOf(rapid.Int64Range(1, 1000), rapid.Int64Range(1, int64(money.Max))).Draw(r, "gross"))}
		left := x.Gross
		for i := range rapid.IntRange(0, 3).Draw(r, "costs") {
			c := money.Fen(rapid.Int64Range(0, int64(left)/2).Draw(r, "cost"))
			x.Costs = append(x.Costs, income.Cost{Name: fmt.Sprint(i), Amount: c})
			left -= c
		}
		parts := func(name string) (out []income.Part) {
			n := rapid.IntRange(1, 7).Draw(r, name)
			rest := share.Whole
			for i := range n {
				s := rest
				if i < n-1 {
					s = share.PPM(rapid.Int64Range(1, int64(rest)-int64(n-1-i)).Draw(r, "part"))
				}
				out = append(out, income.Part{Party: fmt.Sprint(name, i), Share: s})
				rest -= s
			}
			return out
		}
		for _, p := range parts("share") {
			x.Shares = append(x.Shares, income.Share{Name: p.Party, Share: p.Share, To: parts(p.Party + "/")})
		}
		w, err := income.Split(x)
		if err != nil {
			r.Fatal(err)
		}
		sum, at := w.Costs, 0
		near := func(got money.Fen, quota *big.Rat, fen int64) {
			d := new(big.Rat).Sub(new(big.Rat).SetInt64(int64(got)), quota)
			if d.Abs(d).Cmp(big.NewRat(fen, 1)) > 0 {
				r.Fatalf("%d is not near %s", got, quota.FloatString(4))
			}
		}
		for i, s := range x.Shares {
			quota := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(w.Net)), big.NewRat(int64(s.Share), 1_000_000))
			near(w.Shares[i], quota, 1)
			for _, p := range s.To {
				near(w.Paid[at].Amount, new(big.Rat).Mul(quota, big.NewRat(int64(p.Share), 1_000_000)), 2)
				sum += w.Paid[at].Amount
				at++
			}
		}
		if sum != x.Gross || at != len(w.Paid) || w.Net+w.Costs != w.Gross {
			r.Fatalf("%d of %d: %+v", sum, x.Gross, w)
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	x := income.Terms{Gross: 600 * money.Wan, Costs: []income.Cost{{Name: "评估费", Amount: 4 * money.Wan}}, Floors: []income.Floor{{Of: "reward", Least: 500_000}},
		Shares: []income.Share{{Name: "reward", Share: 700_000, To: equal("甲", "乙", "丙", "丁", "戊", "己", "庚")}, {Name: "unit", Share: 300_000, To: equal("学校")}}}
	for b.Loop() {
		if _, err := income.Split(x); err != nil {
			b.Fatal(err)
		}
	}
}
