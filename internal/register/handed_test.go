package register_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/register"
	"kechuang/internal/store"
)

// TestHandedInIsNoRecord does anything in any order with what owners hand in: only what was taken is in the register, each once, said by
// its owner and verified; and every change is refused that was begun on an older revision.
func TestHandedInIsNoRecord(t *testing.T) {
	kind := register.RecordKind{Name: "tool", Title: lang.T("仪器", "Instrument"), Called: "name", Owner: "owner", Public: true, Offers: true, Unique: [][]string{{"number"}},
		Fields: []register.RecordField{
			{Name: "name", Title: lang.T("名称", "Name"), Type: "text", Public: true}, {Name: "number", Title: lang.T("编号", "Number"), Type: "text", Public: true},
			{Name: "owner", Title: lang.T("单位", "Owner"), Type: "party", Party: "any", Public: true}}}
	each(t, func(t *testing.T, w *world) {
		w.RegisterKinds([]register.RecordKind{kind})
		k := w.Kind("tool")
		unit := w.mustPut(register.Party{Kind: register.Enterprise, Name: "沈阳自行登记试验有限公司", USCC: code(77), Region: "210112"})
		owner := identity.Actor{Account: "acc_owner", Name: "业主", Parties: []identity.Member{{Party: unit.ID, Name: unit.Name}}}
		said := func(name string) register.Values {
			out := register.Values{}
			for f, v := range map[string]string{"name": name, "number": name, "owner": unit.ID} {
				out[f], _ = json.Marshal(v) // a string
			}
			return out
		}
		do := func(act func(tx *store.Tx) (register.HandedIn, error)) (h register.HandedIn, err error) {
			err = w.db.Write(w.ctx, func(tx *store.Tx) error {
				h, err = act(tx)
				return err
			})
			return h, err
		}
		row := func(id string) (h register.HandedIn) {
			w.must(w.db.Read(w.ctx, func(tx *store.Tx) (err error) {
				h, _, err = w.HandedRow(tx, id)
				return err
			}))
			return h
		}
		judge := func(a identity.Actor, id string, revision int64, take bool) error {
			_, err := do(func(tx *store.Tx) (register.HandedIn, error) {
				return w.JudgeHanded(tx, a, k, id, revision, take, "理由")
			})
			return err
		}
		var known []string
		in := map[string]bool{} // numbers in the register
		rapid.Check(t, func(t *rapid.T) {
			name := rapid.SampledFrom([]string{"甲", "乙", "丙", "丁", "戊"}).Draw(t, "name")
			if len(known) == 0 || rapid.IntRange(0, 2).Draw(t, "new") == 0 {
				h, err := do(func(tx *store.Tx) (register.HandedIn, error) { return w.HandIn(tx, owner, k, "", 0, said(name)) })
				if err == nil {
					known = append(known, h.ID)
				} else if !in[name] && len(known) < 100 {
					t.Fatalf("%s is not in the register, and: %v", name, err)
				}
				return
			}
			h := row(rapid.SampledFrom(known).Draw(t, "which"))
			if judge(keeper, h.ID, h.Revision-1, true) == nil || judge(owner, h.ID, h.Revision, true) == nil {
				t.Fatal("decided on an older revision, or by its owner")
			}
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				take, number := rapid.Bool().Draw(t, "take"), h.Values.Text("number")
				err := judge(keeper, h.ID, h.Revision, take)
				if ok := h.State == register.Waiting && !(take && in[number]); ok != (err == nil) {
					t.Fatalf("%s, take %v, in the register %v: %v", h.State, take, in[number], err)
				}
				in[number] = in[number] || err == nil && take
			case 1:
				_, err := do(func(tx *store.Tx) (register.HandedIn, error) {
					return w.HandIn(tx, owner, k, h.ID, h.Revision, said(name))
				})
				if open := h.State == register.Waiting || h.State == register.Returned; (open && !in[name]) != (err == nil) {
					t.Fatalf("%s said anew as %s: %v", h.State, name, err)
				}
			default:
				_, _ = do(func(tx *store.Tx) (register.HandedIn, error) { return w.WithdrawHanded(tx, owner, h.ID, h.Revision) })
			}
		})
		list, _, err := w.SearchRecords(w.ctx, register.RecordQuery{Kind: "tool", Limit: 100})
		w.must(err)
		taken := 0
		for _, yes := range in {
			if yes {
				taken++
			}
		}
		if len(list) != taken || taken == 0 {
			t.Errorf("%d records of %d numbers that were taken", len(list), taken)
		}
	})
}
