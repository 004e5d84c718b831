package journal_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/journal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

var (
	sets   = []store.Migrations{journal.Migrations}
	update = flag.Bool("update", false, "rewrite the golden files")
)

func newKey(t testing.TB) *journal.Key {
	t.Helper()
	key, _, err := journal.NewKey("kechuang.test")
	must(t, err)
	return key
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func body(i int) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"title": "高温合金板带 %d", "amount": 800, "a": [1, "<&>"]}`, i))
}

// fill appends n leaves, spread over cases.
func fill(t testing.TB, db *store.DB, j *journal.Journal, cases, n int) {
	t.Helper()
	for from := 0; from < n; from += 100 {
		must(t, db.Write(t.Context(), func(tx *store.Tx) error {
			for i := from; i < min(from+100, n); i++ {
				if _, err := j.Append(tx, journal.Leaf{Case: fmt.Sprintf("case_%d", i%cases), Step: "publish", Account: "acc_1", At: tx.Now(), Body: body(i)}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
}

// TestGolden pins the bytes that are hashed. If it fails, records that exist can no longer be checked: make a new version instead.
func TestGolden(t *testing.T) {
	first := journal.Leaf{Case: "case_06f1", Seq: 1, Step: "post", Account: "acc_1", At: time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC),
		Body: json.RawMessage(`{"b":2,"a":"沈阳 \u003c\u2028 \u0000","n":1.50,"z":{"y":[],"x":null}}`)}
	record, err := first.Encode()
	must(t, err)
	second := journal.Leaf{Case: "case_06f1", Seq: 2, Step: "发布", Account: "clock", At: first.At.In(time.FixedZone("CST", 8*3600)).Add(time.Second),
		Prev: journal.Digest(record)}
	record2, err := second.Encode()
	must(t, err)
	got := fmt.Sprintf("%s\n%s\n----\n%s\n%s\n", record, journal.Digest(record), record2, journal.Digest(record2))
	file := filepath.Join("testdata", "records.golden")
	if *update {
		must(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if got != string(want) {
		t.Errorf("the bytes of a record changed:\n%s", got)
	}
	back, err := journal.Decode(record2)
	must(t, err)
	if again, err := back.Encode(); err != nil || string(again) != string(record2) {
		t.Errorf("decoded and encoded again: %v\n%s", err, again)
	}
	for _, bad := range []journal.Leaf{
		{Case: "c\nseq 9", Seq: 1, Step: "s", Account: "a"}, {Case: "c", Seq: 1, Step: "", Account: "a"}, {Case: "c", Seq: 2, Step: "s", Account: "a"},
		{Case: "c", Seq: 1, Step: "s", Account: "a", Prev: "00"}, {Case: "c", Seq: 1, Step: "s", Account: "a", Body: json.RawMessage(`{} {}`)},
	} {
		if _, err := bad.Encode(); err == nil {
			t.Errorf("encoded %+v", bad)
		}
	}
}

func TestAppendSealProve(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		j := journal.New(db, newKey(t))
		if c, err := j.Seal(t.Context()); err != nil || c.Size != 0 || c.Note != "" {
			t.Errorf("an empty log: %+v %v", c, err)
		}
		var olds []journal.Checkpoint
		sizes := []int{1, 2, 6, 250, 300, 1000} // across rows of 256
		for i, n := range sizes {
			was := 0
			if i > 0 {
				was = sizes[i-1]
			}
			fill(t, db, j, 7, n-was)
			c, err := j.Seal(t.Context())
			must(t, err)
			if again, err := j.Seal(t.Context()); err != nil || again != c || c.Size != int64(n) {
				t.Fatalf("sealed again: %+v %v, was %+v", again, err, c)
			}
			if opened, err := journal.OpenCheckpoint(c.Note, j.Key()); err != nil || opened != c {
				t.Fatalf("opened: %+v %v", opened, err)
			}
			for _, old := range append(olds, journal.Checkpoint{}, c) {
				latest, proof, err := j.Consistency(t.Context(), old.Size)
				must(t, err)
				must(t, journal.CheckConsistency(old.Size, latest.Size, old.Root, latest.Root, proof))
				wrong := old.Root
				wrong[3] ^= 1
				if old.Size > 0 && journal.CheckConsistency(old.Size, latest.Size, wrong, latest.Root, proof) == nil {
					t.Errorf("another root of size %d was taken", old.Size)
				}
			}
			olds = append(olds, c)
		}
		var list []journal.Entry
		must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { list, err = j.Of(tx, "case_3"); return err }))
		for _, e := range list {
			p, found, err := j.Prove(t.Context(), e.Digest)
			if err != nil || !found || journal.Digest([]byte(p.Record)) != e.Digest {
				t.Fatalf("prove %s: %v %v", e.Digest, found, err)
			}
			must(t, journal.CheckInclusion(e.Index, p.Checkpoint.Size, p.Checkpoint.Root, tlog.RecordHash([]byte(p.Record)), p.Hashes))
		}
		if _, found, err := j.Prove(t.Context(), strings.Repeat("0", 64)); found || err != nil {
			t.Errorf("an unknown leaf: %v %v", found, err)
		}
		fill(t, db, j, 1, 1)
		var entries []journal.Entry
		must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { entries, err = j.Of(tx, "case_0"); return err }))
		if _, _, err := j.Prove(t.Context(), entries[len(entries)-1].Digest); !errors.Is(err, journal.ErrUnsealed) {
			t.Errorf("a leaf that waits: %v", err)
		}
		other := journal.New(db, newKey(t))
		if _, err := other.Seal(t.Context()); err == nil {
			t.Error("another key signed the same log")
		}
	})
}

// TestSealers: writers and sealers at once; every leaf gets one index, in the order of its case.
func TestSealers(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		j := journal.New(db, newKey(t))
		const writers, each = 8, 15
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					c := fmt.Sprintf("case_%d", (w+i)%5) // several writers of one case
					if err := db.Write(t.Context(), func(tx *store.Tx) error {
						_, err := j.Append(tx, journal.Leaf{Case: c, Step: "s", Account: "a", At: tx.Now()})
						return err
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for range 3 {
			wg.Go(func() {
				for range 10 {
					if _, err := j.Seal(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		c, err := j.Seal(t.Context())
		must(t, err)
		if c.Size != writers*each {
			t.Errorf("sealed %d leaves", c.Size)
		}
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			for i := range 5 {
				list, err := j.Of(tx, fmt.Sprintf("case_%d", i))
				if err != nil {
					return err
				}
				for k, e := range list {
					if e.Seq != int64(k+1) || (k > 0 && (e.Prev != list[k-1].Digest || e.Index <= list[k-1].Index)) {
						t.Errorf("case %d: leaf %d is %+v", i, k, e)
					}
				}
			}
			return nil
		}))
	})
}

func TestLoadKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "data", "journal.key")
	var wg sync.WaitGroup
	keys := make([]string, 6)
	for i := range keys { // several processes on the first start
		wg.Go(func() {
			k, err := journal.LoadKey(file, "kechuang.test")
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = k.Verifier()
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k == "" || k != keys[0] {
			t.Errorf("keys differ: %q %q", k, keys[0])
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info, err)
	}
	_, secret, err := journal.NewKey("kechuang.env")
	must(t, err)
	t.Setenv(journal.KeyEnv, secret)
	if k, err := journal.LoadKey(file, "x"); err != nil || k.Name() != "kechuang.env" {
		t.Errorf("from the environment: %v %v", k, err)
	}
}
