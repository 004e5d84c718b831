package casework

import (
	"context"
	"os"
	"strings"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
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
