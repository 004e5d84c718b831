package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// peersModule measures the index beside Bleve, SQLite FTS5, PostgreSQL GIN and Xapian. It is a module of its own, so that the product does
// not depend on its peers: it is built where it stands, in a checkout.
var peersModule = filepath.Join("internal", "match", "index", "testdata", "peers")

// peers runs it: known items of the needs first, then each size. PostgreSQL is the one in KECHUANG_TEST_POSTGRES, Xapian needs libxapian-dev;
// what is not there is told and left out.
func peers(e *env, needs string, sizes []int) error {
	if _, err := os.Stat(peersModule); err != nil {
		fmt.Fprintln(e.out, "peers did not run: they are built from a checkout, in its root")
		return nil
	}
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	xapian := filepath.Join(dir, "xapian")
	if out, err := exec.CommandContext(e.ctx, "c++", "-O2", filepath.Join(peersModule, "xapian", "xapian.cc"), "-lxapian", "-o", xapian).CombinedOutput(); err != nil {
		fmt.Fprintf(e.out, "xapian does not run: %v %.200s\n", err, out)
		xapian = ""
	}
	if needs, err = filepath.Abs(needs); err != nil {
		return err
	}
	var records []string
	for _, n := range sizes {
		records = append(records, strconv.Itoa(n))
	}
	for _, what := range [][]string{{"-needs", needs}, {"-records", strings.Join(records, ",")}} {
		cmd := exec.CommandContext(e.ctx, "go", append([]string{"run", ".", "-xapian", xapian}, what...)...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = peersModule, e.out, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("peers: %w", err)
		}
	}
	return nil
}
