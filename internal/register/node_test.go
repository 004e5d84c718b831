package register_test

import (
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// TestNodes: a record names a node by its identifier, whoever says it by name; what was typed when the field was a text stays until somebody says
// something else.
func TestNodes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		was := register.RecordKind{Name: "problem", Title: lang.T("问题", "Problem"), Called: "title", Fields: []register.RecordField{field("title", "text"), field("node", "text"), field("note", "text")}}
		w.RegisterKinds([]register.RecordKind{was})
		old, err := w.enter(&was, register.Source{From: register.FromPage}, values("title", "旧的", "node", "减速器（文字）"))
		w.must(err)
		now := was
		now.Fields = []register.RecordField{field("title", "text"), field("node", "node"), field("note", "text")}
		w.RegisterKinds([]register.RecordKind{now})
		k := w.Kind("problem")
		w.NodesIn(func(_ *store.Tx, f *register.RecordField, said string, _ register.Values) (string, *refusal.Refusal, error) {
			if said == "RV 减速器" || said == "rv" {
				return "rv", nil, nil
			}
			return said, refusal.New(refusal.Invalid, "form.no_node", lang.T("图谱上没有", "not on the map")).At(f.Name), nil
		}, func(_ *store.Tx, id string) (lang.Text, bool, error) {
			return lang.T("RV 减速器", "RV reducer"), id == "rv", nil
		})
		src := register.Source{From: register.FromPage}
		rec, err := w.enter(k, src, values("title", "新的", "node", "RV 减速器"))
		w.must(err)
		if rec.Values.Text("node") != "rv" {
			t.Errorf("stored %s", rec.Values["node"])
		}
		if again, err := w.update(k, src, rec.ID, values("node", "RV 减速器"), true); err != nil || again.Revision != rec.Revision {
			t.Errorf("the same by its name: %v, revision %d", err, again.Revision)
		}
		w.refused(second(w.enter(k, src, values("title", "另一", "node", "缝纫机"))), "form.no_node")
		rec, err = w.update(k, src, old.ID, values("title", "旧的", "node", "减速器（文字）", "note", "改了说明"), true)
		w.must(err)
		if rec.Values.Text("node") != "减速器（文字）" || rec.Values.Text("note") != "改了说明" {
			t.Errorf("%s", rec.Values)
		}
		w.refused(second(w.update(k, src, old.ID, values("node", "别的文字"), true)), "form.no_node")
		w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
			names, err := w.NodeNames(tx, k, rec.Values)
			if names["减速器（文字）"].ZH != "减速器（文字）" {
				t.Errorf("%v", names)
			}
			return err
		}))
	})
}

func second(_ register.Record, err error) error { return err }
