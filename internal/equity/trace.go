package equity

import (
	"slices"

	"kechuang/internal/money"
	"kechuang/internal/share"
)

// Purse is whose money it is, and of what kind (Fiscal, State, Social, Team).
type Purse struct {
	Party  string `json:"party"`
	Source string `json:"source"`
}

// Portion is what of an amount is a purse's.
type Portion struct {
	Purse
	Amount money.Fen `json:"amount"`
}

// Trace follows pooled money from purse to use and back: what is spent is everybody's in the measure of what each has in the pool at that
// moment, to the fen by the largest remainder, and what a use gives back is theirs in the measure of what they put into it. The rule is
// the pro rata that a partnership's agreement has where it says nothing else; nothing is tagged at the time, so that any past can be traced.
type Trace struct {
	pool []Portion
	uses map[string][]Portion
}

// In adds a purse's money to the pool.
func (t *Trace) In(p Purse, amount money.Fen) { t.pool = addPortion(t.pool, p, amount) }

// Out takes money out of the pool for a use and tells whose it is. What the pool does not have is nobody's: the zero purse's.
func (t *Trace) Out(use string, amount money.Fen) []Portion {
	parts := apportion(t.pool, amount)
	if t.uses == nil {
		t.uses = map[string][]Portion{}
	}
	for _, x := range parts {
		if x.Purse != (Purse{}) {
			t.pool = addPortion(t.pool, x.Purse, -x.Amount)
		}
		t.uses[use] = addPortion(t.uses[use], x.Purse, x.Amount)
	}
	return parts
}

// Refund gives a purse back what was not spent.
func (t *Trace) Refund(p Purse, amount money.Fen) { t.pool = addPortion(t.pool, p, -amount) }

// Back tells whose the money is that a use gives back; it does not come into the pool again.
func (t *Trace) Back(use string, amount money.Fen) []Portion {
	return weigh(t.uses[use], amount)
}

// Pool is what each purse has that is not spent.
func (t *Trace) Pool() []Portion { return slices.Clone(t.pool) }

// apportion takes an amount from what portions hold; where they hold less, the rest is nobody's.
func apportion(of []Portion, amount money.Fen) []Portion {
	total := money.Fen(0)
	for _, x := range of {
		total += max(0, x.Amount)
	}
	parts := weigh(of, min(amount, total))
	if amount > total {
		parts = append(parts, Portion{Amount: amount - total})
	}
	return parts
}

// weigh divides an amount as portions are to one another.
func weigh(by []Portion, amount money.Fen) []Portion {
	weights := make([]share.PPM, len(by))
	for i, x := range by {
		weights[i] = share.PPM(max(0, x.Amount))
	}
	parts, err := share.Split(int64(amount), weights)
	if err != nil { // nobody has anything in it
		if amount == 0 {
			return nil
		}
		return []Portion{{Amount: amount}}
	}
	var out []Portion
	for i, n := range parts {
		if n != 0 {
			out = append(out, Portion{by[i].Purse, money.Fen(n)})
		}
	}
	return out
}

func addPortion(list []Portion, p Purse, amount money.Fen) []Portion {
	i := slices.IndexFunc(list, func(x Portion) bool { return x.Purse == p })
	if i < 0 {
		return append(list, Portion{p, amount})
	}
	list[i].Amount += amount
	return list
}
