package prove

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"kechuang/internal/policy"
)

// TestPanels proves the language's own mechanism with a veto list, an appeal judged by others and fees, and breaks it in one place each.
func TestPanels(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, old, new, proof, code string }{
		{"as it is", "", "", "", ""},
		{"the first panel may be asked again", "new_to: [invites], ", "", Separate, "not_apart"},
		{"the second panel may be drawn for the first", "new_to: [calls], ", "", Separate, "not_apart"},
		{"fees are paid when they were given back", "Close, by: leader, to: done}", "Close, by: leader, to: done, do: [{fees: {pot: fees, part: views, in: [locked], to: expert, amount: view.days * param.fee}}]}", Conserved, "pay_from_empty"},
		{"what is left stays held", "close:  {zh: 结束, en: Close, by: leader, to: done, do: [{release: fees}]}", "close:  {zh: 结束, en: Close, by: leader, to: done}", Conserved, "held_at_end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			pack, list := policy.Load(peer(t, c.old, c.new))
			if len(list) > 0 {
				t.Fatal(list)
			}
			for _, v := range Prove(pack, pack.Mechanism("peer")) {
				if bad := !v.OK; bad != (v.Proof == c.proof) {
					t.Errorf("%s: %v %v", v.Proof, v.OK, v.Findings)
				} else if bad && v.Findings[0].Code != c.code {
					t.Errorf("%s says %s, not %s", v.Proof, v.Findings[0].Code, c.code)
				}
			}
		})
	}
}

// peer is the small pack with one change in its mechanism peer.
func peer(t *testing.T, from, to string) fs.FS {
	t.Helper()
	root, out := os.DirFS("../testdata/small"), fstest.MapFS{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if name == "mechanisms/peer.yaml" {
			if !strings.Contains(string(data), from) {
				t.Fatalf("%s does not contain %q", name, from)
			}
			data = []byte(strings.Replace(string(data), from, to, 1))
		}
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
