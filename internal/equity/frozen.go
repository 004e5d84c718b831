package equity

import (
	"cmp"
	"slices"
)

// Freeze keeps a holder's shares where they are until whoever froze them lets go: a team's, while public money pays its research.
type Freeze struct {
	Party string
	Case  string
}

// Freezing keeps the shares of some holders where they are; Unfreezing lets go what the same case froze.
type (
	Freezing   struct{ Parties []string }
	Unfreezing struct{ Parties []string }
)

func (Freezing) Kind() string   { return KindFreeze }
func (Unfreezing) Kind() string { return KindUnfreeze }

func (d Freezing) Do(t *Table, e Event) ([]Move, error) {
	if err := t.begin(e); err != nil {
		return nil, err
	}
	for _, p := range d.Parties {
		if t.Shares(p) == 0 {
			return nil, refuseNothing()
		}
		if f := (Freeze{p, e.Case}); !slices.Contains(t.Freezes, f) {
			t.Freezes = append(t.Freezes, f)
		}
	}
	slices.SortFunc(t.Freezes, func(a, b Freeze) int { return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Case, b.Case)) })
	return t.do(e, nil), nil
}

// Do never refuses: what nobody froze is free, and of a company that is no more there is nothing to let go.
func (d Unfreezing) Do(t *Table, e Event) ([]Move, error) {
	t.Freezes = slices.DeleteFunc(slices.Clone(t.Freezes), func(f Freeze) bool { return f.Case == e.Case && slices.Contains(d.Parties, f.Party) })
	return t.do(e, nil), nil
}

// Frozen tells whether a party's shares are.
func (t *Table) Frozen(party string) bool {
	return slices.ContainsFunc(t.Freezes, func(f Freeze) bool { return f.Party == party })
}
