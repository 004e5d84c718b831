// Package income is the waterfall of what an achievement earned: gross, less permitted costs, is net; net is split into shares, and
// each share to its people, by the largest remainder, to the fen. It is arithmetic over values; the floors are the law's, given as
// parameters.
//
//	w, err := income.Split(income.Terms{Gross: 600 * money.Wan, Costs: []income.Cost{{"评估费", 4 * money.Wan}},
//		Floors: []income.Floor{{Of: "reward", Least: 500_000}},
//		Shares: []income.Share{{Name: "reward", Share: 700_000, To: people}, {Name: "unit", Share: 300_000, To: unit}}})
//	w.Net, w.Paid   // 596万元, and what each gets
//
// Whatever the amounts, gross is exactly costs and what everybody gets. Net is never below zero.
package income

import (
	"fmt"
	"slices"

	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

// Cost is what may be taken off the gross: maintenance, valuation, tax, transaction.
type Cost struct {
	Name   string
	Amount money.Fen
}

// Part is somebody's part of a share.
type Part struct {
	Party string
	Share share.PPM
}

// Share is a share of the net, by name: reward, main contributors, transfer office, unit.
type Share struct {
	Name  string
	Title lang.Text // what a refusal calls it; the name where it is empty
	Share share.PPM
	To    []Part // parts of one whole
}

// Floor is the least that a share may be of the net, or, with In, of another share: the main contributors' of the reward.
type Floor struct {
	Of    string
	In    string
	Least share.PPM
}

// Terms are all that a split depends on.
type Terms struct {
	Gross  money.Fen
	Costs  []Cost
	Shares []Share // they sum to one whole
	Floors []Floor
}

// Payment is what one party gets of one share.
type Payment struct {
	Share, Party string
	Amount       money.Fen
}

// Waterfall is the answer.
type Waterfall struct {
	Gross, Costs, Net money.Fen
	Shares            []money.Fen // of the net, in the order of the terms
	Paid              []Payment   // in the order of the terms; who gets nothing is listed with nothing
}

// Of is what a party gets in all.
func (w Waterfall) Of(party string) (sum money.Fen) {
	for _, p := range w.Paid {
		if p.Party == party {
			sum += p.Amount
		}
	}
	return sum
}

// Split works it out, or refuses: costs above the gross, shares that are not one whole, a share below its floor.
func Split(t Terms) (Waterfall, error) {
	if err := check(t); err != nil {
		return Waterfall{}, err
	}
	w := Waterfall{Gross: t.Gross, Net: t.Gross}
	for _, c := range t.Costs {
		w.Costs += c.Amount
		w.Net -= c.Amount
	}
	var weights []share.PPM
	for _, s := range t.Shares {
		weights = append(weights, s.Share)
	}
	amounts, err := share.Split(int64(w.Net), weights)
	if err != nil {
		return Waterfall{}, err
	}
	for i, s := range t.Shares {
		w.Shares = append(w.Shares, money.Fen(amounts[i]))
		if len(s.To) == 0 {
			continue // a share of nothing, for nobody
		}
		weights = weights[:0]
		for _, p := range s.To {
			weights = append(weights, p.Share)
		}
		parts, err := share.Split(amounts[i], weights)
		if err != nil {
			return Waterfall{}, err
		}
		for j, p := range s.To {
			w.Paid = append(w.Paid, Payment{s.Name, p.Party, money.Fen(parts[j])})
		}
	}
	return w, nil
}

// check finds all that is wrong at once.
func check(t Terms) error {
	var list refusal.List
	if t.Gross <= 0 || t.Gross > money.Max {
		list = append(list, no("income.gross", "收入 "+t.Gross.String()+" 应当大于零", "The income must be above zero", "请核对到账金额", "Check what was received"))
	}
	var costs money.Fen
	for _, c := range t.Costs {
		if c.Amount < 0 || c.Amount > money.Max {
			list = append(list, no("income.cost", "“"+c.Name+"”的金额不成立", "The amount of “"+c.Name+"” is not possible", "请核对成本", "Check the costs"))
			continue
		}
		costs = min(money.Max, costs+c.Amount)
	}
	if costs > t.Gross {
		list = append(list, no("income.net", fmt.Sprintf("成本 %s 超过收入 %s，没有净收入可分", costs, t.Gross), fmt.Sprintf("The costs of %s are above the income of %s: there is nothing to split", yuan(costs), yuan(t.Gross)),
			"请核对成本；确实没有净收入的，不作分配", "Check the costs; where there is no net income nothing is split"))
	}
	list = append(list, wholes(t)...)
	for _, f := range t.Floors {
		if s := find(t.Shares, f.Of); s < f.Least && f.In == "" {
			list = append(list, below(t.title(f.Of), f.Least, s))
		} else if f.In != "" {
			if of := find(t.Shares, f.In); of > 0 && int64(s)*int64(share.Whole) < int64(f.Least)*int64(of+s) {
				list = append(list, below(t.title(f.Of), f.Least, share.PPM(int64(s)*int64(share.Whole)/int64(of+s))))
			}
		}
	}
	return list.Err()
}

// wholes refuses shares, and parts of a share, that do not sum to one whole, and names that stand twice.
func wholes(t Terms) (list refusal.List) {
	var sum share.PPM
	var names []string
	for _, s := range t.Shares {
		var parts share.PPM
		var parties []string
		for _, p := range s.To {
			if p.Share <= 0 || p.Party == "" || slices.Contains(parties, p.Party) {
				list = append(list, no("income.part", "“"+t.title(s.Name).ZH+"”里有份额为零、没有名称或者重复的人", "“"+t.title(s.Name).EN+"” lists somebody with no share, no name, or twice", "请核对名单", "Check the list"))
			}
			parties = append(parties, p.Party)
			parts += p.Share
		}
		if s.Share < 0 || slices.Contains(names, s.Name) || (parts != share.Whole && (s.Share > 0 || len(s.To) > 0)) {
			list = append(list, notWhole(parts, t.title(s.Name)))
		}
		names = append(names, s.Name)
		sum += s.Share
	}
	if sum != share.Whole {
		list = append(list, notWhole(sum, lang.Text{}))
	}
	return list
}

func notWhole(sum share.PPM, of lang.Text) *refusal.Refusal {
	zh, en := "分配比例", "The shares"
	if !of.IsZero() {
		zh, en = "“"+of.ZH+"”内部的比例", "The parts of “"+of.EN+"”"
	}
	return no("income.sum", fmt.Sprintf("%s合计 %s，应当正好是 100 %%", zh, sum), fmt.Sprintf("%s sum to %s and must be exactly 100 %%", en, sum), "请核对比例", "Check the shares")
}

func below(of lang.Text, least, s share.PPM) *refusal.Refusal {
	return no("income.floor", fmt.Sprintf("“%s”的比例是 %s，低于最低 %s", of.ZH, s, least), fmt.Sprintf("The share “%s” is %s, below the least of %s", of.EN, s, least),
		"请把比例提高到最低标准以上", "Raise the share to the floor or above")
}

// title is what a share is called.
func (t Terms) title(name string) lang.Text {
	for _, s := range t.Shares {
		if s.Name == name && !s.Title.IsZero() {
			return s.Title
		}
	}
	return lang.T(name, name)
}

func find(list []Share, name string) share.PPM {
	for _, s := range list {
		if s.Name == name {
			return s.Share
		}
	}
	return 0
}

func no(id, zh, en, wayZH, wayEN string) *refusal.Refusal {
	return refusal.New(refusal.Invalid, id, lang.T(zh, en)).Mend(lang.T(wayZH, wayEN))
}

func yuan(f money.Fen) string { return "CNY " + f.In(money.Yuan, 2) }
