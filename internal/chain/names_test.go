package chain

import (
	"context"
	"testing"

	"kechuang/internal/lang"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestNamed finds nodes as forms ask for them: by identifier, by a name however it is spaced, never by a name that two have.
func TestNamed(t *testing.T) {
	db := storetest.Open(t, storetest.URL(t, store.SQLite), Migrations)
	var list []Statement
	for _, n := range []Node{{ID: "rv", Name: lang.T("RV 减速器", "RV reducer")}, {ID: "harmonic", Name: lang.T("谐波减速器", "Harmonic reducer")}, {ID: "a", Name: lang.T("轴承", "Bearing"), Chains: []string{"C02"}}, {ID: "b", Name: lang.T("轴承", "Bearings")}} {
		list = append(list, Statement{Node: &n, Source: "test"})
	}
	err := db.Write(context.Background(), func(tx *store.Tx) error {
		if err := Say(tx, Author{Name: "张三"}, list); err != nil {
			return err
		}
		for said, want := range map[string]string{"rv": "rv", "RV减速器": "rv", "ＲＶ 减速器": "rv", "harmonic reducer": "harmonic", "轴承": "", "b": "b", "Bearings": "b", "缝纫机": ""} {
			if n, _, err := Named(tx, said); err != nil || n.ID != want {
				t.Errorf("%s: %q, %v", said, n.ID, err)
			}
		}
		for text, want := range map[string]string{"减速器": "harmonic rv", "轴": "a b", "r": "rv a b harmonic", "": "a b harmonic rv", "机床": ""} {
			found, err := FindNodes(tx, text, func(*Node) bool { return true }, 9)
			got := ""
			for _, n := range found {
				got += " " + n.ID
			}
			if err != nil || got != want && got != " "+want {
				t.Errorf("%s: %q, %v", text, got, err)
			}
		}
		found, err := FindNodes(tx, "轴承", func(n *Node) bool { return len(n.Chains) > 0 }, 9)
		if err != nil || len(found) != 1 || found[0].ID != "a" {
			t.Errorf("%v %v", found, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
