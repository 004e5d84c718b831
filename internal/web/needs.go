package web

import (
	"context"
	"encoding/json"
	"io"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/equity"
	"kechuang/internal/figure"
	"kechuang/internal/figure/outside"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/trial"
	"kechuang/internal/register"
	"kechuang/internal/search"
	"kechuang/internal/store"
)

// What the API needs of the rooms behind it, each as narrow as its use.
type (
	// Cases runs cases: casework's engine.
	Cases interface {
		Open(ctx context.Context, who identity.Actor, c casework.OpenCommand) (*casework.Receipt, error)
		Act(ctx context.Context, who identity.Actor, c casework.Command) (*casework.Receipt, error)
		SaveDraft(ctx context.Context, who identity.Actor, c casework.DraftCommand) error
		View(ctx context.Context, who identity.Actor, id string) (*casework.View, error)
		List(ctx context.Context, who identity.Actor, q casework.Query) ([]casework.Item, string, error)
		Desk(ctx context.Context, who identity.Actor) (*casework.Desk, error)
		Hall(ctx context.Context, q casework.HallQuery) ([]casework.HallItem, string, error)
		HallCase(ctx context.Context, id string) (*casework.View, error)
		Object(ctx context.Context, c casework.ObjectCommand) (*casework.Receipt, error)
		Delegate(ctx context.Context, who identity.Actor, d casework.Delegation) (*casework.Delegation, error)
		Delegations(ctx context.Context, who identity.Actor, id string) ([]casework.Delegation, error)
		Revoke(ctx context.Context, who identity.Actor, id string) error
		PutDocument(ctx context.Context, who identity.Actor, name string, r io.Reader) (*policy.Document, error)
		Document(ctx context.Context, who identity.Actor, id, digest string) (*policy.Document, []byte, error)
		Bundle(ctx context.Context, who identity.Actor, id string) ([]byte, error)
		Diagram(ctx context.Context, who identity.Actor, id, machine string, l lang.Tag) ([]byte, error)
		Paper(ctx context.Context, who identity.Actor, id, digest string) ([]byte, error)
		Current(ctx context.Context) (*policy.Pack, error)
		File(ctx context.Context, name string) (text string, names []string, err error)
		Export(ctx context.Context) ([]byte, error)
		Try(ctx context.Context, who identity.Actor, c casework.EditionCommand) (*trial.Trial, error)
		Propose(ctx context.Context, who identity.Actor, c casework.EditionCommand) (*casework.Receipt, error)
		Adopt(ctx context.Context, who identity.Actor, d casework.EditionDecision) (*casework.Receipt, error)
		Withdraw(ctx context.Context, who identity.Actor, d casework.EditionDecision) (*casework.Receipt, error)
		Editions(ctx context.Context, who identity.Actor) ([]casework.Edition, error)
		Proposal(ctx context.Context, who identity.Actor, id string) (*casework.Edition, *trial.Trial, error)
		Records(ctx context.Context, who identity.Actor, q register.RecordQuery) ([]casework.RecordItem, string, error)
		Record(ctx context.Context, who identity.Actor, id string) (*casework.RecordPage, error)
		HallRecord(ctx context.Context, id string) (*casework.RecordPage, error)
		RightsOn(ctx context.Context, who identity.Actor, id, on string) (*casework.RightsPage, error)
		SharesOn(ctx context.Context, who identity.Actor, id, on string) (*casework.SharesPage, error)
		TryShares(ctx context.Context, who identity.Actor, id, party string, futures []casework.ShareFuture) ([]equity.Answer, map[string]string, error)
		SharesOCF(ctx context.Context, who identity.Actor, id string) (map[string][]byte, error)
		Bench(ctx context.Context, who identity.Actor) ([]casework.BenchItem, error)
		AlikeForms(ctx context.Context, who identity.Actor, id string) ([]casework.AlikeForm, error)
		AlikeCases(ctx context.Context, who identity.Actor, ids []string) ([]casework.LinkView, map[string]bool, error)
		FilledSince(ctx context.Context, mechanism, form string, since int64, limit int) ([]casework.Filled, error)
		Fund(ctx context.Context, who identity.Actor, id string) (*casework.FundPage, error)
		Splits(ctx context.Context, who identity.Actor) ([]casework.PastSplit, error)
		Pledges(ctx context.Context, who identity.Actor) ([]casework.LienView, error)
		PutRecord(ctx context.Context, who identity.Actor, kind, id string, revision int64, values json.RawMessage) (*casework.RecordPage, error)
		HandIn(ctx context.Context, who identity.Actor, kind, id string, revision int64, values json.RawMessage) (*casework.HandedPage, error)
		HandedIn(ctx context.Context, who identity.Actor, id string) (*casework.HandedPage, error)
		HandedList(ctx context.Context, who identity.Actor, waiting bool) ([]casework.HandedPage, error)
		JudgeHanded(ctx context.Context, who identity.Actor, id string, revision int64, take bool, reason string) (*casework.HandedPage, error)
		WithdrawHanded(ctx context.Context, who identity.Actor, id string, revision int64) (*casework.HandedPage, error)
		Settle(ctx context.Context, who identity.Actor, id, field string, seq int64, take bool) (*casework.RecordPage, error)
		Merge(ctx context.Context, who identity.Actor, c casework.MergeCommand) (casework.MergeResult, error)
		Contested(ctx context.Context, who identity.Actor) ([]casework.Contested, error)
		ClaimOwner(ctx context.Context, who identity.Actor, id, party, reason string) (*casework.RecordPage, error)
		VerifyRecord(ctx context.Context, who identity.Actor, id string, revision int64) (*casework.RecordPage, error)
		PartyLinks(ctx context.Context, who identity.Actor, id string) (*casework.PartyLinks, error)
		search.Cases
		Candidates(ctx context.Context, who identity.Actor, mechanism string) (*casework.Candidates, error)
		Panels(ctx context.Context, who identity.Actor) ([]casework.PanelItem, error)
		Panel(ctx context.Context, who identity.Actor, id string) (*casework.PanelView, error)
		Assign(ctx context.Context, who identity.Actor, q casework.AssignQuestion) (*casework.AssignAnswer, error)
		Reviews(ctx context.Context, who identity.Actor) (*casework.Reviews, error)
		Meet(ctx context.Context, who identity.Actor, cases []string) (*casework.Meeting, error)
		Thread(ctx context.Context, who identity.Actor, id string) (*casework.Thread, error)
		NodeThread(ctx context.Context, who identity.Actor, node string) (*casework.Thread, error)
		Calendar(ctx context.Context, who identity.Actor, record string, from, until caldate.Date) (*casework.Calendar, error)
		Marks(ctx context.Context, who identity.Actor, id string) ([]casework.MarkSheet, string, error)
		Appropriate(ctx context.Context, who identity.Actor, c casework.AppropriateCommand) (*casework.Receipt, error)
		FeeMonths(ctx context.Context, actor identity.Actor) ([]casework.FeeMonth, error)
		Fees(ctx context.Context, actor identity.Actor, month string) (casework.FeeMonth, error)
		Remit(ctx context.Context, actor identity.Actor, c casework.RemitCommand) (*casework.Receipt, error)
		Book() *figure.Book
		Aim(tx *store.Tx, name string, at figure.At) (figure.Aim, bool, error)
		FactOf(tx *store.Tx, id string) (casework.FactView, error)
		OfficeTitle(office string) lang.Text
		TellLeaf(tx *store.Tx, l journal.Leaf, whole bool) (casework.LeafTold, error)
		Missed(tx *store.Tx) ([]casework.Missed, error)
		OriginOf(tx *store.Tx, f figure.Fact) (figure.Origin, error)
		FreezeMonth(ctx context.Context, who identity.Actor, month string) (figure.Freeze, error)
		Restate(ctx context.Context, who identity.Actor, name, month, reason string) (figure.Restatement, error)
		FigureAlerts(tx *store.Tx, name string, at figure.At, beside []casework.BesideFigure) ([]figure.Alert, error)
		Beside(tx *store.Tx, name string, findings bool) ([]casework.BesideFigure, error)
		OutsideList(tx *store.Tx) ([]casework.OutsideView, error)
		OutsideOf(tx *store.Tx, name string) (casework.OutsideView, error)
		TryOutside(who identity.Actor, name, file string, data []byte) (casework.OutsideView, error)
		TakeOutside(ctx context.Context, who identity.Actor, name, file, source string, data []byte) (outside.Taken, error)
		WithdrawOutside(ctx context.Context, who identity.Actor, id, reason string) (outside.Taken, error)
		ReportFigure(ctx context.Context, who identity.Actor, r figure.Report) (string, error)
	}
)
