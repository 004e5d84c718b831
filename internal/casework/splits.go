package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

// PastSplit is an income that was split: gross less costs is net, which went to people share by share, in fen.
type PastSplit struct {
	Case      string      `json:"case"`
	Title     string      `json:"title"`
	Mechanism lang.Text   `json:"mechanism"`
	Form      lang.Text   `json:"form"`
	At        time.Time   `json:"at"`
	Gross     int64       `json:"gross"`
	Costs     int64       `json:"costs"`
	Net       int64       `json:"net"`
	Paid      []SplitPaid `json:"paid"`
}

// SplitPaid is what somebody got under a share.
type SplitPaid struct {
	Party  string `json:"party"`
	Name   string `json:"name"`
	Share  string `json:"share"` // its title
	Amount int64  `json:"amount"`
}

// mostSplits is how many splits a list has.
const mostSplits = 200

// Splits is the incomes that were split in cases that the actor sees whole, latest first.
func (e *Engine) Splits(ctx context.Context, actor identity.Actor) (list []PastSplit, err error) {
	if actor.Anonymous() {
		return nil, errSignIn
	}
	err = e.DB.Read(ctx, func(tx *store.Tx) error {
		list = []PastSplit{}
		hats, err := e.hats(tx, actor)
		if err != nil {
			return err
		}
		n := e.namer(tx)
		for _, m := range e.Seen().Mechanisms {
			for _, form := range splitForms(m) {
				rows, err := filledForms(tx, m.Name, form, mostSplits)
				if err != nil {
					return err
				}
				for _, r := range rows {
					d, err := e.load(tx, r.in)
					if err != nil {
						return err
					}
					s := d.look(hats)
					if s.whole < complete || !s.staff() && !s.party {
						continue
					}
					x, err := pastSplit(n, d, r)
					if err != nil {
						return err
					}
					list = append(list, x)
				}
			}
		}
		slices.SortStableFunc(list, func(a, b PastSplit) int { return b.At.Compare(a.At) })
		list = list[:min(len(list), mostSplits)]
		return n.err
	})
	return list, err
}

// splitForms are the forms that a mechanism's splits fill.
func splitForms(m *policy.Mechanism) (forms []string) {
	m.EachEffect(func(_ *policy.Machine, _ *policy.State, _ *policy.Step, ef policy.Effect) {
		if s, ok := ef.(policy.Split); ok && !slices.Contains(forms, s.Result) {
			forms = append(forms, s.Result)
		}
	})
	return forms
}

func pastSplit(n *namer, d *docket, r filledRow) (PastSplit, error) {
	x := PastSplit{Case: d.row.id, Title: d.row.title, Mechanism: d.mech.Title, At: r.at, Paid: []SplitPaid{}}
	if f := d.mech.Form(r.form); f != nil {
		x.Form = f.Title
	}
	var v struct {
		Gross, Costs, Net int64
		Paid              []struct {
			Party, Share string
			Amount       int64
		}
	}
	if err := json.Unmarshal([]byte(r.vals), &v); err != nil {
		return x, fmt.Errorf("casework: the split of %s: %w", d.row.id, err)
	}
	x.Gross, x.Costs, x.Net = v.Gross, v.Costs, v.Net
	for _, p := range v.Paid {
		x.Paid = append(x.Paid, SplitPaid{p.Party, n.party(p.Party).Name, p.Share, p.Amount})
	}
	return x, nil
}

// filledRow is one filling of a form.
type filledRow struct {
	in, form, vals string
	at             time.Time
}

func filledForms(tx *store.Tx, mechanism, form string, limit int) ([]filledRow, error) {
	return store.List(tx, func(scan func(...any) error) (r filledRow, err error) {
		var at int64
		err = scan(&r.in, &r.form, &r.vals, &at)
		r.at = store.Time(at)
		return r, err
	}, `SELECT f.case_id, f.form, f.vals, f.at FROM casework_cases c JOIN casework_forms f ON f.case_id = c.id
		WHERE c.mechanism = $1 AND f.form = $2 ORDER BY f.at DESC, f.case_id LIMIT $3`, mechanism, form, int64(limit))
}
