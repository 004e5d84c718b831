package journal_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"kechuang/internal/journal"
)

// vectors gives every file of the RFC 6962 test vectors under a folder; the test is skipped, and says so, where they are not there.
func vectors(t *testing.T, folder string, each func(t *testing.T, raw []byte)) {
	root := os.Getenv("KECHUANG_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	root = filepath.Join(root, "journal", folder)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the RFC 6962 vectors of %s did not run: set KECHUANG_DATA to the folder that holds journal/%s", folder, folder)
	}
	n := 0
	must(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") {
			return err
		}
		raw, err := os.ReadFile(path)
		n++
		t.Run(strings.TrimPrefix(path, root+"/"), func(t *testing.T) { each(t, raw) })
		return err
	}))
	if n < 90 {
		t.Errorf("only %d vectors", n)
	}
}

// root reads a hash that may be malformed on purpose.
func root(b []byte) (h tlog.Hash, ok bool) { return h, copy(h[:], b) == len(h) && len(b) == len(h) }

func proof(list [][]byte) (out []tlog.Hash, ok bool) {
	for _, b := range list {
		h, ok := root(b)
		if !ok {
			return nil, false
		}
		out = append(out, h)
	}
	return out, true
}

func TestInclusionVectors(t *testing.T) {
	vectors(t, "inclusion", func(t *testing.T, raw []byte) {
		var v struct {
			LeafIdx, TreeSize uint64
			Root, LeafHash    []byte
			Proof             [][]byte
			WantErr           bool
		}
		must(t, json.Unmarshal(raw, &v))
		r, ok1 := root(v.Root)
		l, ok2 := root(v.LeafHash)
		p, ok3 := proof(v.Proof)
		failed := !ok1 || !ok2 || !ok3 || journal.CheckInclusion(int64(v.LeafIdx), int64(v.TreeSize), r, l, p) != nil
		if failed != v.WantErr {
			t.Errorf("failed %v, want %v: %s", failed, v.WantErr, raw)
		}
	})
}

func TestConsistencyVectors(t *testing.T) {
	vectors(t, "consistency", func(t *testing.T, raw []byte) {
		var v struct {
			Size1, Size2 uint64
			Root1, Root2 []byte
			Proof        [][]byte
			WantErr      bool
		}
		must(t, json.Unmarshal(raw, &v))
		r1, ok1 := root(v.Root1)
		r2, ok2 := root(v.Root2)
		p, ok3 := proof(v.Proof)
		if !v.WantErr && !(ok1 && ok2) {
			t.Skip("its roots are not hashes, which our types cannot hold")
		}
		failed := !ok1 || !ok2 || !ok3 || journal.CheckConsistency(int64(v.Size1), int64(v.Size2), r1, r2, p) != nil
		if failed != v.WantErr {
			t.Errorf("failed %v, want %v: %s", failed, v.WantErr, raw)
		}
	})
}
