package figure

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/lang"
	"kechuang/internal/store"
)

// TestATrailLeadsToItsFacts takes a figure out in all three forms and reads them again.
func TestATrailLeadsToItsFacts(t *testing.T) {
	each(t, func(t *testing.T, db *store.DB, f *Facts) {
		d := newDesk(t, db, f, sample())
		d.record("signed", 500, "2025-06-10", map[string]string{"chain": "C1", "district": "=1+1"})
		gone := d.record("signed", 300, "2025-06-10", map[string]string{"chain": "C2"})
		d.do(func(tx *store.Tx) error { _, err := d.f.Reverse(tx, gone, "误记", 2); return err })
		var trail Trail
		d.do(func(tx *store.Tx) (err error) {
			trail, err = d.b.Trail(tx, "amount", At{Day: "2025-06-30"}, lang.T("签约额", "Amount"), 100)
			return err
		})
		if len(trail.Facts) != 3 || trail.Cut || *trail.Value.Value != 500 {
			t.Fatalf("%+v", trail)
		}
		trail.Words = Words{Dims: map[string]lang.Text{"chain": lang.T("产业链", "Chain")}, Values: map[string]lang.Text{"chain/C1": lang.T("机器人", "Robots")}}
		origin := func(f Fact) Origin { return Origin{"事项", lang.T("签约", "Sign"), "张三", "leaf " + f.ID} }

		var out bytes.Buffer
		if err := trail.PROV(&out, origin); err != nil {
			t.Fatal(err)
		}
		var prov struct {
			Entity         map[string]map[string]any
			Activity       map[string]map[string]any
			WasDerivedFrom map[string]map[string]string
			WasGeneratedBy map[string]map[string]string
		}
		if err := json.Unmarshal(out.Bytes(), &prov); err != nil {
			t.Fatal(err)
		}
		for id, x := range prov.Entity { // PROV-JSON: an attribute is a literal, or one with its type
			for key, v := range x {
				if typed, ok := v.(map[string]any); ok && (typed["$"] == nil || typed["type"] == nil) {
					t.Errorf("%s of %s is no literal: %v", key, id, v)
				}
			}
		}
		sum := 0.0
		for _, x := range prov.WasDerivedFrom { // the value is the sum of what it was derived from
			sum += prov.Entity[x["prov:usedEntity"]]["kc:amount"].(float64)
			found := false
			for _, g := range prov.WasGeneratedBy {
				found = found || g["prov:entity"] == x["prov:usedEntity"] && prov.Activity[g["prov:activity"]] != nil
			}
			if !found {
				t.Errorf("%s comes from nowhere", x["prov:usedEntity"])
			}
		}
		if sum != prov.Entity["kc:value"]["kc:value"].(float64) {
			t.Errorf("what it was derived from sums to %v", sum)
		}

		out.Reset()
		if err := trail.CSV(&out, origin); err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil || len(z.File) != 2 {
			t.Fatal(err, z)
		}
		r, _ := z.File[0].Open()
		rows, err := csv.NewReader(r).ReadAll()
		amounts := map[string]bool{}
		for _, row := range rows[1:] {
			amounts[row[3]] = true
		}
		if err != nil || len(rows) != 4 || !amounts["500"] || !amounts["300"] || !amounts["-300"] {
			t.Errorf("%v %v", rows, err)
		}
		r, _ = z.File[1].Open()
		var meta map[string]any
		if raw, _ := io.ReadAll(r); json.Unmarshal(raw, &meta) != nil || meta["url"] != "amount.csv" || meta["urn:kechuang:complete"] != true {
			t.Errorf("%v", meta)
		}

		out.Reset()
		if err := trail.XLSX(&out, origin, lang.ZH); err != nil {
			t.Fatal(err)
		}
		x, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		if list := x.GetSheetList(); len(list) != 4 {
			t.Errorf("sheets %v", list)
		}
		if rows, _ := x.GetRows("按产业链"); len(rows) != 3 || rows[0][1] != "数值（元）" || rows[1][0] != "机器人" || rows[1][1] != "5.00" || rows[1][3] != "C1" {
			t.Errorf("by chain: %v", rows)
		}
	})
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "-300": "-300", "-3+2": "'-3+2", "": "", "@x": "'@x", "C1": "C1"} {
		if got := harmless(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
