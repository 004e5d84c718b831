package register_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// TestStaleRows: an export, then somebody changes a party, then the export comes back: that row is pointed out, not overwritten.
func TestStaleRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.mustPut(firm(1, "甲公司"))
		w.mustPut(firm(2, "乙公司"))
		var b bytes.Buffer
		w.must(w.Export(w.ctx, keeper, register.PartySheet, "", register.CSV, &b))
		old := strings.ReplaceAll(b.String(), "甲公司", "甲新公司")
		p.Contact = "李四"
		p = w.mustPut(p)
		imp := w.upload("导出.csv", []byte(old))
		said := w.said(imp)
		if imp.Bad != 1 || len(said) != 1 || !strings.Contains(said[0], "登记员修改（联系人）") {
			t.Fatalf("%+v %v", imp, said)
		}
		// and between the dry run and the writing
		b.Reset()
		w.must(w.Export(w.ctx, keeper, register.PartySheet, "", register.CSV, &b))
		imp = w.upload("导出.csv", []byte(strings.ReplaceAll(strings.ReplaceAll(b.String(), "甲公司", "甲新公司"), "乙公司", "乙新公司")))
		if imp.Bad != 0 {
			t.Fatal(w.said(imp))
		}
		p.Contact = "王五"
		w.mustPut(p)
		imp = w.confirm(imp, false)
		if imp.State != register.Done || imp.Written != 1 || imp.Bad != 1 || imp.Good != 1 || len(w.said(imp)) != 1 {
			t.Errorf("%+v %v", imp, w.said(imp))
		}
		if got := w.search("新公司"); !slices.Equal(got, []string{"乙新公司"}) {
			t.Error(got)
		}
	})
}

// TestParentThatWasBad: a row leans on an earlier row that is not written after all; it is refused then, and on record.
func TestParentThatWasBad(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		imp := w.upload("x.csv", text([]string{"主体类型", "名称", "信用代码", "上级单位"}, []string{"企业", "甲集团", "91110000100003962T", ""},
			[]string{"企业", "甲一公司", code(1), "甲集团"}, []string{"企业", "乙公司", code(2), ""}))
		if imp.Good != 2 || imp.Bad != 1 {
			t.Fatalf("%+v %v", imp, w.said(imp))
		}
		imp = w.confirm(imp, true)
		said := w.said(imp)
		if imp.State != register.Done || imp.Written != 1 || imp.Bad != 2 || len(said) != 2 || !strings.HasPrefix(said[1], "3 上级单位: 登记库中没有“甲集团”") {
			t.Errorf("%+v %v", imp, said)
		}
	})
}

// TestCrash breaks the writing off after every number of rows, and goes on: every row is written once.
func TestCrash(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const rows = 950
		file := [][]string{{"主体类型", "名称", "统一社会信用代码"}}
		for i := range rows {
			file = append(file, []string{"企业", fmt.Sprint("公司", i), code(i)})
		}
		fail := 0
		writes := map[string]int{}
		whole := &register.Sheet{Kind: "crash", Title: register.Kinds[0].Title, Columns: []register.Column{{Key: "name", Title: register.Kinds[0].Title, Also: []string{"名称"}, Required: true}},
			May: func(identity.Actor) error { return nil }, Check: func(*store.Tx, identity.Actor, register.Row, *register.Batch) error { return nil },
			Write: func(tx *store.Tx, a identity.Actor, row register.Row) error {
				if fail--; fail == 0 {
					return errBack
				}
				_, err := w.Put(tx, keeper, register.Party{Kind: register.Other, Name: row.Text("name")})
				return err
			}}
		alone := *whole
		alone.Kind, alone.Write = "alone", nil
		alone.Each = func(ctx context.Context, a identity.Actor, row register.Row) error {
			if fail--; fail == 0 {
				return errBack
			}
			if writes[row.Key]++; writes[row.Key] == 1 { // acts once for a key
				_, err := w.put(keeper, register.Party{Kind: register.Other, Name: "独" + row.Text("name")})
				return err
			}
			return nil
		}
		w.RegisterSheet(whole)
		w.RegisterSheet(&alone)
		for kind, prefix := range map[string]string{"crash": "公司", "alone": "独公司"} {
			imp, err := w.NewImport(w.ctx, keeper, kind, "x.csv", text(file...))
			w.must(err)
			w.must(w.RunImport(w.ctx, imp.ID))
			w.must(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{}))
			crashes := 0
			for {
				fail = 301
				waiting, err := w.Waiting(w.ctx)
				w.must(err)
				if len(waiting) == 0 {
					break
				}
				if err := w.RunImport(w.ctx, imp.ID); err != nil {
					if !errors.Is(err, errBack) {
						t.Fatal(err)
					}
					crashes++
				}
			}
			imp = w.state(imp.ID)
			if imp.State != register.Done || imp.Written != rows || imp.Done != rows || crashes < 3 {
				t.Errorf("%s: %d crashes, %+v", kind, crashes, imp)
			}
			n := 0
			for after := ""; ; {
				list, next, err := w.Search(w.ctx, prefix, register.Other, after, 200)
				w.must(err)
				for _, p := range list {
					if strings.HasPrefix(p.Name, prefix) {
						n++
					}
				}
				if after = next; next == "" {
					break
				}
			}
			if n != rows {
				t.Errorf("%s: %d parties of %d", kind, n, rows)
			}
		}
	})
}

// TestTwoWorkers runs one import from several sides at once.
func TestTwoWorkers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.db.SetClock(nil)
		file := [][]string{{"主体类型", "名称", "统一社会信用代码"}}
		for i := range 900 {
			file = append(file, []string{"企业", fmt.Sprint("公司", i), code(i)})
		}
		imp := w.upload("x.csv", text(file...))
		w.must(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{}))
		errs := make(chan error, 3)
		for range 3 {
			go func() { errs <- w.RunImport(w.ctx, imp.ID) }()
		}
		for range 3 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		imp = w.state(imp.ID)
		if imp.State == register.Running { // each gave way to another
			w.must(w.RunImport(w.ctx, imp.ID))
			imp = w.state(imp.ID)
		}
		if imp.State != register.Done || imp.Written != 900 {
			t.Errorf("%+v", imp)
		}
	})
}

func TestImportsAreOnesOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		imp := w.upload("x.csv", text([]string{"主体类型", "名称", "信用代码"}, []string{"企业", "甲", code(1)}))
		stranger := identity.Actor{Account: "acc_x", Offices: []string{"bureau.leaders"}}
		for name, a := range map[string]identity.Actor{"stranger": stranger, "anonymous": nobody} {
			_, err := w.GetImport(w.ctx, a, imp.ID)
			w.refused(err, "register.import.none")
			_, err = w.Messages(w.ctx, a, imp.ID, 0, 10)
			w.refused(err, "register.import.none")
			w.refused(w.Marked(w.ctx, a, imp.ID, io.Discard), "register.import.none")
			w.refused(w.ConfirmImport(w.ctx, a, imp.ID, register.Confirmation{}), "register.import.none")
			w.refused(w.StopImport(w.ctx, a, imp.ID), "register.import.none")
			if list, _, err := w.Imports(w.ctx, a, "", 10); len(list) != 0 || (name == "anonymous") != (refusal.Of(err) != nil) {
				t.Error(name, list, err)
			}
		}
		if list, _, err := w.Imports(w.ctx, keeper, "", 10); err != nil || len(list) != 1 {
			t.Error(list, err)
		}
		w.must(w.StopImport(w.ctx, keeper, imp.ID))
		w.refused(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{}), "register.import.state")
		w.now = w.now.AddDate(1, 0, 0)
		w.must(w.SweepImports(w.ctx))
		w.state(imp.ID) // the record stays
		// rights that were taken away meanwhile end the import
		imp = w.upload("x.csv", text([]string{"主体类型", "名称", "信用代码"}, []string{"企业", "甲", code(1)}))
		w.must(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{}))
		w.SetActors(func(context.Context, string) (identity.Actor, error) {
			return identity.Actor{Account: "acc_keeper"}, nil
		})
		w.must(w.RunImport(w.ctx, imp.ID))
		if imp = w.state(imp.ID); imp.State != register.Stopped || len(imp.Notes) != 1 || imp.Written != 0 {
			t.Errorf("%+v", imp)
		}
	})
}
