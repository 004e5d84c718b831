package casework

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/identity"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
)

// TestFeesNameNobody: the office reads who was paid for judging; who asked for the judgement reads neither the list nor the postings,
// and the office reads whom they asked to leave out.
func TestFeesNameNobody(t *testing.T) {
	files := os.DirFS("../policy/testdata/small")
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	raw, err := os.ReadFile("../policy/testdata/small/scenarios/peer/fees.txtar")
	if err != nil {
		t.Fatal(err)
	}
	f, err := play.Parse("fees.txtar", raw, pack, "peer")
	if err != nil {
		t.Fatal(err)
	}
	w := theatreOf(t, pack, files, store.SQLite)
	if line, err := play.RunOne(f, f.Scenarios[0], w); err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	look := func(a identity.Actor) (forms, kinds string) {
		v, err := w.e.View(context.Background(), a, w.id)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range v.Forms {
			forms += x.Form.Name + " "
		}
		for _, x := range v.Money.Postings {
			kinds += x.Kind + " "
		}
		return forms, kinds
	}
	forms, kinds := look(identity.Actor{Account: "丙", Offices: []string{"bureau.desk"}})
	if !strings.Contains(forms, "fee_list") || !strings.Contains(forms, "avoid") || !strings.Contains(kinds, ledger.KindFee+" ") || !strings.Contains(kinds, ledger.KindWithhold) {
		t.Errorf("the office reads %s and %s", forms, kinds)
	}
	v, err := w.e.View(context.Background(), identity.Actor{Account: "丙", Offices: []string{"bureau.desk"}}, w.id)
	if err != nil {
		t.Fatal(err)
	}
	table, ok := v.Table("", "fee_list", "rows")
	sum := 0.0
	for _, row := range table.Rows {
		sum += row[4].(float64)
	}
	if !ok || len(table.Rows) != 2 || len(table.Head) != 6 || table.Head[4] != "代扣个人所得税（元）" || sum != 1160 {
		t.Errorf("the list as a table: %v %+v", ok, table)
	}
	if _, ok := v.Table("", "plea", "title"); ok {
		t.Error("a field of text is a table")
	}
	forms, kinds = look(w.actor("甲", policy.Holder{Party: w.PartyID("甲厂")}))
	if strings.Contains(forms, "fee_list") || !strings.Contains(forms, "avoid") || strings.Contains(kinds, ledger.KindFee) || strings.Contains(kinds, ledger.KindWithhold) {
		t.Errorf("the asker reads %s and %s", forms, kinds)
	}
}

// TestWithheldTax: the list of a month's fees adds up to what the books withheld; finance hands it in once, whole, when the month is over; who is late
// reads it; and the books sum to nil.
func TestWithheldTax(t *testing.T) {
	files := os.DirFS("../policy/testdata/small")
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	law := shenyang(t)
	pack.Params["withheld_tax_day"], pack.Basis["grsds-2018"], pack.Calendar = law.Params["withheld_tax_day"], law.Basis["grsds-2018"], law.Calendar
	raw, err := os.ReadFile("../policy/testdata/small/scenarios/peer/fees.txtar")
	if err != nil {
		t.Fatal(err)
	}
	f, err := play.Parse("fees.txtar", raw, pack, "peer")
	if err != nil {
		t.Fatal(err)
	}
	w := theatreOf(t, pack, files, store.SQLite)
	if line, err := play.RunOne(f, f.Scenarios[0], w); err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	ctx, finance := context.Background(), identity.Actor{Account: "caiwu", Name: "财务", Roles: []string{identity.RoleFinance}}
	months, err := w.e.FeeMonths(ctx, finance)
	if err != nil || len(months) != 1 || months[0].Tax != 1160*money.Yuan {
		t.Fatalf("%+v %v", months, err)
	}
	m, err := w.e.Fees(ctx, finance, months[0].Month)
	sum := m
	for _, x := range m.Fees {
		sum.Gross, sum.Tax, sum.Net = sum.Gross-x.Gross, sum.Tax-x.Tax, sum.Net-x.Net
	}
	if err != nil || m.Tax == 0 || m.Gross != m.Tax+m.Net || sum.Gross != 0 || sum.Tax != 0 || sum.Net != 0 || m.People != len(m.Fees) || m.Fees[0].Name == "" || m.Standing != "open" {
		t.Fatalf("%+v %v", m, err)
	}
	refused := func(who identity.Actor, c RemitCommand, id string) {
		t.Helper()
		if _, err := w.e.Remit(ctx, who, c); err == nil || !refusal.Is(err, id) {
			t.Errorf("%+v: %v, not %s", c, err, id)
		}
	}
	c := RemitCommand{Month: m.Month, Amount: m.Tax, Number: "完税-001"}
	refused(identity.Actor{Account: "a", Roles: []string{identity.RoleAuditor}}, c, "casework.finance")
	refused(finance, c, "casework.month_open")
	next := caldate.Date(m.Month + "-01").AddMonths(1)
	if m.Due < next.AddDays(14) || m.Due > next.AddDays(24) || m.Rule == "" {
		t.Errorf("due on %s by %s", m.Due, m.Rule)
	}
	w.now = m.Due.Start().Add(36 * time.Hour)
	if late, _ := w.e.Fees(ctx, finance, m.Month); late.Standing != "late" {
		t.Errorf("after its last day it is %s", late.Standing)
	}
	reminded := func(who identity.Actor) int {
		t.Helper()
		d, err := w.e.Desk(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		return len(d.Taxes)
	}
	if n, others := reminded(finance), reminded(identity.Actor{Account: "a", Roles: []string{identity.RoleAuditor}}); n != 1 || others != 0 {
		t.Errorf("finance is reminded of %d late months, others of %d", n, others)
	}
	refused(finance, RemitCommand{Month: m.Month, Amount: m.Tax - 1, Number: "完税-001"}, "casework.tax_amount")
	refused(finance, RemitCommand{Month: m.Month, Amount: m.Tax}, "casework.receipt")
	if _, err := w.e.Remit(ctx, finance, c); err != nil {
		t.Fatal(err)
	}
	refused(finance, c, "casework.tax_done")
	if n := reminded(finance); n != 0 {
		t.Errorf("a month that is done is still on the desk: %d", n)
	}
	done, err := w.e.Fees(ctx, finance, m.Month)
	if err != nil || done.Standing != "done" || len(done.Receipts) != 1 || done.Receipts[0].Number.ZH != "完税-001" {
		t.Errorf("%+v %v", done, err)
	}
	err = w.db.Read(ctx, func(tx *store.Tx) error {
		if left, err := w.e.Ledger.Balance(tx, ledger.CNY, ledger.IncomeTax()); left != 0 || err != nil {
			t.Errorf("%d is left withheld, %v", left, err)
		}
		return w.e.Ledger.Audit(tx)
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := w.e.Fees(ctx, identity.Actor{Account: "b", Offices: []string{"bureau.major_projects"}}, m.Month); !refusal.Is(err, "casework.fees") {
		t.Errorf("an office reads who judged what: %v", err)
	}
}
