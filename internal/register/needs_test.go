package register_test

import (
	"os"
	"path/filepath"
	"testing"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestRealNeeds reads 371 real enterprise needs through the door that everybody uses. The data is not the project's to ship: without
// it the test says that it did not run.
func TestRealNeeds(t *testing.T) {
	dir := os.Getenv("KECHUANG_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "match", "requirements.tsv"))
	if err != nil {
		t.Skipf("the real enterprise needs did not run: set KECHUANG_DATA to the folder of the data (%v)", err)
	}
	db := storetest.Open(t, storetest.URL(t, store.SQLite), register.Migrations)
	w := newWorld(t, db)
	titles := map[string]bool{}
	w.RegisterSheet(&register.Sheet{Kind: "need", Title: lang.T("企业需求", "Needs"), May: func(identity.Actor) error { return nil },
		Columns: []register.Column{{Key: "rid", Title: lang.T("编号", "Id"), Kind: register.Code}, {Key: "title", Title: lang.T("需求名称", "Title"), Required: true},
			{Key: "content", Title: lang.T("需求内容", "Content"), Kind: register.Long, Most: 20_000}},
		Check: func(*store.Tx, identity.Actor, register.Row, *register.Batch) error { return nil },
		Write: func(_ *store.Tx, _ identity.Actor, row register.Row) error {
			titles[row.Text("rid")] = true
			return nil
		}})
	imp, err := w.NewImport(w.ctx, keeper, "need", "requirements.tsv", data)
	w.must(err)
	w.must(w.RunImport(w.ctx, imp.ID))
	if imp = w.state(imp.ID); imp.Total != 371 || imp.Bad != 0 {
		t.Fatalf("%+v\n%v", imp, w.said(imp))
	}
	if imp = w.confirm(imp, false); imp.Written != 371 || len(titles) != 371 {
		t.Errorf("%+v, %d different", imp, len(titles))
	}
}
