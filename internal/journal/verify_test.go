package journal_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"kechuang/internal/journal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// exported is a log of 700 leaves over 9 cases, as files.
func exported(t *testing.T) (bundle, log []byte, key *journal.Key, old journal.Checkpoint) {
	t.Helper()
	db := storetest.Open(t, storetest.URL(t, store.SQLite), sets...)
	db.SetClock(func() time.Time { return time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC) })
	key = newKey(t)
	j := journal.New(db, key)
	fill(t, db, j, 9, 300)
	old, err := j.Seal(t.Context())
	must(t, err)
	fill(t, db, j, 9, 400)
	bundle, err = j.Bundle(t.Context(), "case_4", old.Size)
	must(t, err)
	var out bytes.Buffer
	_, err = j.Export(t.Context(), &out)
	must(t, err)
	return bundle, out.Bytes(), key, old
}

func TestVerifyWhole(t *testing.T) {
	bundle, log, key, old := exported(t)
	r, err := journal.VerifyBundle(bytes.NewReader(bundle), key.Verifier(), old.Note)
	if err != nil || !r.OK() || r.Case != "case_4" || r.Leaves < 70 || r.Size != 700 || !r.Trusted || r.Since != 300 {
		t.Errorf("bundle: %v %+v", err, r)
	}
	r, err = journal.VerifyBundle(bytes.NewReader(log), key.Verifier(), old.Note)
	if err != nil || !r.OK() || r.Leaves != 700 || r.Cases != 9 || r.Since != 300 {
		t.Errorf("log: %v %+v", err, r)
	}
	if r, err := journal.VerifyBundle(bytes.NewReader(log), ""); err != nil || !r.OK() || r.Trusted {
		t.Errorf("no key given: %v %+v", err, r)
	}
	for _, file := range [][]byte{bundle, log} {
		if r, err := journal.VerifyBundle(bytes.NewReader(file), newKey(t).Verifier()); err != nil || r.OK() {
			t.Errorf("another key: %v %+v", err, r)
		}
		for cut := range 50 {
			n := len(file) * cut / 50
			if r, err := journal.VerifyBundle(bytes.NewReader(file[:n]), key.Verifier()); err == nil && r.OK() {
				t.Errorf("cut off at %d of %d: %+v", n, len(file), r)
			}
		}
	}
	if _, err := journal.VerifyBundle(strings.NewReader("GIF89a"), ""); err == nil {
		t.Error("a picture was taken for a bundle")
	}
}

// leaves are the parts of a file that a forger moves.
func leaves(t *testing.T, file []byte) (head string, list []string, tail string) {
	t.Helper()
	s := string(file)
	if strings.HasPrefix(s, "{") {
		i := strings.Index(s, `"leaves": [`) + len(`"leaves": [`)
		end := strings.LastIndex(s, "]")
		var raw []json.RawMessage
		must(t, json.Unmarshal([]byte("["+s[i:end]+"]"), &raw))
		for _, r := range raw {
			list = append(list, string(r))
		}
		return s[:i], list, s[end:]
	}
	marks := regexp.MustCompile(`(?m)^leaf \d+ [0-9a-f]{64} \d+$`).FindAllStringIndex(s, -1)
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		list = append(list, s[m[0]:end])
	}
	return s[:marks[0][0]], list, ""
}

func join(t *testing.T, file []byte, change func([]string) []string) []byte {
	head, list, tail := leaves(t, file)
	sep := ""
	if strings.HasPrefix(head, "{") {
		sep = ","
	}
	return []byte(head + strings.Join(change(append([]string(nil), list...)), sep) + tail)
}

// TestForged: what was done to the file is found, and the record is named.
func TestForged(t *testing.T) {
	bundle, log, key, _ := exported(t)
	redigest := regexp.MustCompile(`[0-9a-f]{64}`)
	tests := []struct {
		name   string
		change func([]string) []string
		kind   string
		bundle int64 // seq of the case that is named, 0: none
		log    int64 // index that is named
	}{
		{"changed", func(l []string) []string { l[10] = strings.Replace(l[10], "800", "900", 1); return l }, "changed", 11, 10},
		{"changed with its digest", func(l []string) []string {
			l[10] = strings.Replace(l[10], "800", "900", 1)
			first := redigest.FindString(l[10])
			l[10] = strings.Replace(l[10], first, digestOf(l[10]), 1)
			return l
		}, "changed", 11, -2},
		{"first dropped", func(l []string) []string { return l[1:] }, "dropped", 1, 0},
		{"dropped", func(l []string) []string { return append(l[:20], l[21:]...) }, "dropped", 21, 20},
		{"three dropped", func(l []string) []string { return append(l[:20], l[23:]...) }, "dropped", 21, 20},
		{"last dropped", func(l []string) []string { return l[:len(l)-1] }, "dropped", 77, 699},
		{"reordered", func(l []string) []string { l[5], l[6] = l[6], l[5]; return l }, "reordered", 6, 5},
		{"reordered far", func(l []string) []string { l[5], l[50] = l[50], l[5]; return l }, "reordered", 6, 5},
		{"twice", func(l []string) []string { return append(l[:8], l[7:]...) }, "added", 8, 7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := journal.VerifyBundle(bytes.NewReader(join(t, bundle, tt.change)), key.Verifier())
			must(t, err)
			if r.OK() || r.Problems[0].Kind != tt.kind || r.Problems[0].Seq != tt.bundle || r.Problems[0].Case != "case_4" {
				t.Errorf("bundle: %+v", r.Problems)
			}
			for _, p := range r.Problems { // nothing that is whole is accused
				if tt.kind == "changed" && p.Seq != tt.bundle {
					t.Errorf("bundle: also %+v", p)
				}
			}
			r, err = journal.VerifyBundle(bytes.NewReader(join(t, log, tt.change)), key.Verifier())
			must(t, err)
			if r.OK() || (tt.log >= 0 && (r.Problems[0].Kind != tt.kind || r.Problems[0].Index != tt.log)) {
				t.Errorf("log: %+v", r.Problems)
			}
			if tt.log == -2 && (r.Problems[0].Case != "case_1" || r.Problems[0].Seq != 2) { // named by the record after it in its case
				t.Errorf("log: %+v", r.Problems)
			}
		})
	}
}

// digestOf computes the digest that a forger writes for what he changed.
func digestOf(leaf string) string {
	if strings.HasPrefix(leaf, "leaf ") {
		_, record, _ := strings.Cut(leaf, "\n")
		return journal.Digest([]byte(strings.TrimSuffix(record, "\n")))
	}
	var l struct{ Record string }
	if err := json.Unmarshal([]byte(leaf), &l); err != nil {
		panic(err)
	}
	return journal.Digest([]byte(l.Record))
}

// TestForgedWhole: a log that is sound in itself, signed by the same key, but not the one that somebody saw.
func TestForgedWhole(t *testing.T) {
	_, log, key, old := exported(t)
	other := storetest.Open(t, storetest.URL(t, store.SQLite), sets...)
	j := journal.New(other, key)
	fill(t, other, j, 8, 700)
	bundle, err := j.Bundle(t.Context(), "case_4", old.Size)
	must(t, err)
	var out bytes.Buffer
	c, err := j.Export(t.Context(), &out)
	must(t, err)
	for name, file := range map[string][]byte{"bundle": bundle, "log": out.Bytes()} {
		if r, err := journal.VerifyBundle(bytes.NewReader(file), key.Verifier()); err != nil || !r.OK() {
			t.Errorf("%s in itself: %v %+v", name, err, r.Problems)
		}
		if r, err := journal.VerifyBundle(bytes.NewReader(file), key.Verifier(), old.Note); err != nil || r.OK() || r.Problems[0].Kind != "forged" {
			t.Errorf("%s against the checkpoint that was kept: %v %+v", name, err, r.Problems)
		}
	}
	_, rest, _ := bytes.Cut(log, []byte("\nblock "))
	mixed := fmt.Appendf(nil, "kechuang.log.v1\nkey %s\ncheckpoint %d\n%sblock %s", key.Verifier(), len(c.Note), c.Note, rest)
	if r, err := journal.VerifyBundle(bytes.NewReader(mixed), key.Verifier()); err != nil || r.OK() || r.Problems[0].Kind != "forged" {
		t.Errorf("another log under this checkpoint: %v %+v", err, r.Problems)
	}
}

// TestEveryByte: no byte of a record, a proof, a digest or a signature can be another.
func TestEveryByte(t *testing.T) {
	bundle, log, key, _ := exported(t)
	for name, file := range map[string][]byte{"bundle": bundle, "log": log} {
		for range 400 {
			i := rand.N(len(file))
			forged := bytes.Clone(file)
			forged[i] ^= byte(1 << rand.N(8))
			r, err := journal.VerifyBundle(bytes.NewReader(forged), key.Verifier())
			if err == nil && r.OK() && !harmless(t, file, forged) {
				t.Errorf("%s: byte %d of …%q… was changed to %q unseen", name, i, file[max(0, i-30):min(len(file), i+30)], forged[i])
			}
		}
	}
}

// harmless tells whether two bundles are the same JSON but for the older log's proof, which counts only for a reader who has an
// older checkpoint.
func harmless(t *testing.T, file, forged []byte) bool {
	type content struct {
		Format, Case, Key, Checkpoint, Head string
		Leaves                              []struct {
			Index          int64
			Digest, Record string
			Proof          [][]byte
		}
	}
	var a, b content
	return json.Unmarshal(file, &a) == nil && json.Unmarshal(forged, &b) == nil && reflect.DeepEqual(a, b)
}

func TestAudit(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		j := journal.New(db, newKey(t))
		if r, err := j.Audit(t.Context()); err != nil || !r.OK() || r.Leaves != 0 {
			t.Errorf("audit of an empty log: %v %+v", err, r)
		}
		b, err := j.Bundle(t.Context(), "case_none")
		must(t, err)
		if r, err := journal.VerifyBundle(bytes.NewReader(b), j.Key()); err != nil || !r.OK() || r.Leaves != 0 {
			t.Errorf("bundle of no case: %v %+v", err, r)
		}
		fill(t, db, j, 5, 600)
		if r, err := j.Audit(t.Context()); err != nil || !r.OK() || r.Leaves != 600 {
			t.Fatalf("audit: %v %+v", err, r)
		}
		must(t, db.Write(t.Context(), func(tx *store.Tx) error { // somebody with the database in their hands
			_, err := tx.Exec(`UPDATE journal_leaf SET record = replace(record, '"amount":800', '"amount":999') WHERE case_id = $1 AND seq = $2`, "case_2", 7)
			return err
		}))
		if r, err := j.Audit(t.Context()); err != nil || r.OK() || r.Problems[0].Kind != "changed" || r.Problems[0].Case != "case_2" || r.Problems[0].Seq != 7 {
			t.Errorf("audit of a changed database: %v %+v", err, r)
		}
	})
}
