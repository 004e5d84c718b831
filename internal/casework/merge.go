package casework

import (
	"context"
	"errors"

	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// MergeCommand makes one of two parties, or of two records of a kind, that were entered twice.
type MergeCommand struct {
	What   string // "party" or "record"
	Stays  string
	Goes   string
	Reason string
	DryRun bool // tells what would follow, and writes nothing
}

// MergeResult is what follows.
type MergeResult struct {
	Stays   string `json:"stays"`
	Name    string `json:"name"`
	Cases   int    `json:"cases"`   // that speak of the one that goes, and follow
	Records int    `json:"records"` // of the register that do
	Beside  int    `json:"beside"`  // fields that the two say differently, and somebody must decide
	DryRun  bool   `json:"dryRun,omitempty"`
}

// Merge does it. Facts and postings keep the id that they were written with, and no value that was frozen changes; figures that count the
// two once from now on differ from it, and say so until they are restated.
func (e *Engine) Merge(ctx context.Context, actor identity.Actor, c MergeCommand) (r MergeResult, err error) {
	if err := mayAct(actor); err != nil {
		return r, err
	}
	err = e.DB.Write(ctx, func(tx *store.Tx) error {
		if r, err = e.merge(tx, actor, c); err == nil && c.DryRun {
			return errDry
		}
		return err
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return r, err
}

func (e *Engine) merge(tx *store.Tx, actor identity.Actor, c MergeCommand) (r MergeResult, err error) {
	r = MergeResult{Stays: c.Stays, DryRun: c.DryRun}
	records, err := e.Register.NamedIn(tx, c.Goes, 1_000_000)
	if err != nil {
		return r, err
	}
	r.Records = len(records)
	switch c.What {
	case "party":
		if r.Cases, err = countCasesOf(tx, c.Goes); err != nil {
			return r, err
		}
		p, err := e.Register.MergeParties(tx, actor, c.Stays, c.Goes, c.Reason)
		if err != nil {
			return r, err
		}
		r.Name = p.Name
		return r, e.Book().Merge(tx, figure.AnyDim, c.Goes, p.ID, actor.Account, c.Reason)
	case "record":
		list, err := about(tx, c.Goes)
		if err != nil {
			return r, err
		}
		in := map[string]bool{}
		for _, t := range list {
			in[t.in] = true
		}
		r.Cases = len(in)
		rec, err := e.Register.MergeRecords(tx, actor, c.Stays, c.Goes, c.Reason)
		if err != nil {
			return r, err
		}
		r.Name = rec.Name
		if err := e.Book().Merge(tx, figure.AnyDim, c.Goes, rec.ID, actor.Account, c.Reason); err != nil {
			return r, err
		}
		claims, err := e.Register.Claims(tx, rec.ID)
		for _, c := range claims {
			if c.State == "beside" {
				r.Beside++
			}
		}
		return r, err
	}
	return r, refusal.New(refusal.Invalid, "casework.merge.what", lang.T("只能合并主体或登记项", "Only parties and records are merged")).At("what")
}

// Holds tells the register what something holds in the ledger that cannot follow it into another: rights and shares move by cases, with
// the consent of whoever they belong to.
func (e *Engine) Holds(tx *store.Tx, id string) (*refusal.Refusal, error) {
	titles, err := e.Ledger.HeldBy(tx, id)
	if err != nil {
		return nil, err
	}
	stakes, err := e.Ledger.StakesOf(tx, id)
	if err != nil {
		return nil, err
	}
	rights, err := e.Ledger.RightHistory(tx, id)
	if err != nil {
		return nil, err
	}
	shares, err := e.Ledger.EquityHistory(tx, id)
	if err != nil {
		return nil, err
	}
	var what lang.Text
	switch {
	case len(titles) > 0:
		what = lang.T("持有成果权利", "holds rights of achievements")
	case len(stakes) > 0:
		what = lang.T("持有公司股权或基金份额", "holds shares")
	case len(rights) > 0:
		what = lang.T("在权利账本中有记录", "is in the ledger of rights")
	case len(shares) > 0:
		what = lang.T("有股东名册", "has a cap table")
	default:
		return nil, nil
	}
	return refusal.New(refusal.Conflict, "casework.merge.holds", lang.T("要并入的一方"+what.ZH+"，不能直接并入", "The one that would go "+what.EN+" and cannot")).
		Mend(lang.T("请改为保留这一方；双方都有的，先用转让等事项归到一方", "Keep this one instead; where both do, bring them together by a case, such as an assignment, first")), nil
}
