package kechuang_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// small are the packages that hold one small thing each; everyone may import them, and they import only one another.
var small = []string{"lang", "refusal", "money", "share", "caldate", "ident"}

// mayImport says which rooms a room may know (docs/architecture.md). A room that is not here may not exist.
//
// policy decides · casework acts · ledger, register, figure and journal remember · panel advises; flow computes for advisers.
// What remembers knows nothing of policy; advisers write nothing; only casework changes the world.
var mayImport = map[string][]string{
	"rights":   {},
	"equity":   {},
	"income":   {},
	"policy":   {"rights", "equity", "income"},
	"store":    {},
	"ledger":   {"store", "rights", "equity"},
	"journal":  {"store"},
	"figure":   {"store"},
	"crash":    {"store", "ledger", "journal"},
	"register": {"store", "identity"},
	"identity": {"store"},
	"flow":     {},
	"panel":    {"flow", "match"},
	"casework": {"chain", "rights", "equity", "income", "policy", "store", "ledger", "journal", "figure", "register", "identity", "panel"},
	"demo":     {"chain", "rights", "equity", "policy", "store", "ledger", "journal", "figure", "register", "identity", "casework"},
	"broker":   {"match", "policy", "store", "register", "casework"},
	"search":   {"match", "policy", "store", "register", "identity", "casework"},
	"exchange": {"store", "journal", "register", "casework"},
	"dossier":  {"store", "journal", "identity", "casework"},
	"web":      {"broker", "dossier", "exchange", "match", "search", "chain", "portfolio", "rights", "equity", "income", "policy", "store", "ledger", "journal", "figure", "register", "identity", "casework"},

	"match":     {"flow"},
	"portfolio": {},
	"chain":     {"store"},
}

// owner says which packages may import a third-party module: a dependency has one home, so that it can be replaced there.
var owner = map[string][]string{
	"modernc.org/sqlite":                  {"internal/store"},
	"github.com/jackc/pgx/v5":             {"internal/store"},
	"github.com/pressly/goose/v3":         {"internal/store"},
	"github.com/danielgtaylor/huma/v2":    {"internal/web"},
	"github.com/prometheus/client_golang": {"internal/web"},
	"go.yaml.in/yaml/v3":                  {"internal/policy"},
	"cel.dev/cel-go":                      {"internal/policy"},
	"golang.org/x/mod":                    {"internal/journal"},
	"golang.org/x/sync":                   {"internal/store"},
	"golang.org/x/crypto":                 {"internal/identity"},
	"github.com/xuri/excelize/v2":         {"internal/register", "internal/figure", "internal/casework", "internal/portfolio"},
	"github.com/alecthomas/kong":          {"cmd/kechuang"},
	"github.com/skip2/go-qrcode":          {"internal/casework"},
	"rsc.io/qr":                           {"internal/casework"},
	"github.com/rogpeppe/go-internal":     {"internal/policy"}, // txtar: scenarios are such files
	"github.com/longbridgeapp/opencc":     {"internal/match/text"},
	"github.com/mozillazg/go-pinyin":      {"internal/panel/conflict"},
	"golang.org/x/text":                   {"*"},
}

// testOnly are modules that only tests may import.
var testOnly = []string{"pgregory.net/rapid", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal/testscript"}

// TestArchitecture holds the directions of DESIGN §3: who may import whom, and which package owns which dependency.
func TestArchitecture(t *testing.T) {
	eachFile(t, func(file string, test bool, imports []string) {
		room := roomOf(file)
		for _, imp := range imports {
			if inner, ok := strings.CutPrefix(imp, "kechuang/"); ok {
				checkInner(t, file, room, inner, test)
			} else if strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				checkOuter(t, file, imp, test)
			}
		}
	})
}

// checkInner checks an import of ours. Tests of a room may import what they like but the rooms above it that act (web, demo).
func checkInner(t *testing.T, file, room, inner string, test bool) {
	target := roomOf(inner + "/x.go")
	if room == "" || target == "" || target == room { // cmd, packs, ui and the root may import anything inside
		return
	}
	if slices.Contains(small, target) {
		return
	}
	if slices.Contains(small, room) {
		t.Errorf("%s: %s is one of the small packages and imports %s; they know only one another", file, room, target)
		return
	}
	allowed, known := mayImport[room]
	if !known {
		t.Errorf("%s: the room %q is not on the plan: add it to mayImport with its directions, or find the room it belongs to", file, room)
		return
	}
	if !slices.Contains(allowed, target) && !test {
		t.Errorf("%s: %s may not know %s (it may know %v): dependence runs one way, see docs/architecture.md", file, room, target, allowed)
	}
}

func checkOuter(t *testing.T, file, imp string, test bool) {
	if test {
		return
	}
	for _, m := range testOnly {
		if imp == m || strings.HasPrefix(imp, m+"/") {
			if !strings.Contains(file, "storetest") {
				t.Errorf("%s: %s is for tests only", file, imp)
			}
			return
		}
	}
	best := ""
	for m := range owner {
		if (imp == m || strings.HasPrefix(imp, m+"/")) && len(m) > len(best) {
			best = m
		}
	}
	if best == "" {
		t.Errorf("%s: %s has no owner: add it to owner with the one package that uses it, and a line in docs/decisions/", file, imp)
		return
	}
	dir := path.Dir(filepath.ToSlash(file))
	for _, o := range owner[best] {
		if o == "*" || dir == o || strings.HasPrefix(dir, o+"/") {
			return
		}
	}
	t.Errorf("%s: %s belongs to %v: go through that package", file, imp, owner[best])
}

// roomOf is the first folder below internal/, or "" outside.
func roomOf(file string) string {
	parts := strings.Split(filepath.ToSlash(file), "/")
	if len(parts) < 3 || parts[0] != "internal" {
		return ""
	}
	return parts[1]
}

// TestSQLStaysInStores keeps SQL where it belongs: in a package's store.go, store_*.go, the store package, or tests.
func TestSQLStaysInStores(t *testing.T) {
	eachFile(t, func(file string, test bool, imports []string) {
		name := filepath.Base(file)
		if test || strings.HasPrefix(name, "store") || roomOf(file) == "store" {
			return
		}
		if slices.Contains(imports, "database/sql") {
			t.Errorf("%s: imports database/sql; SQL lives in store.go of its package", file)
		}
	})
}

// halfWidth is a comma, semicolon, question or exclamation mark of ASCII between Chinese words, which Chinese does not write.
var halfWidth = regexp.MustCompile(`[\p{Han}》）][,;?!](\S|$)|[,;]\p{Han}`)

// TestChinesePunctuation reads what the program says in Chinese: its signs are full-width (，；：？！).
func TestChinesePunctuation(t *testing.T) {
	said := 0
	eachFile(t, func(file string, test bool, _ []string) {
		if test {
			return
		}
		positions := token.NewFileSet()
		f, err := parser.ParseFile(positions, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if ok && text.Kind == token.STRING && text.Value[0] == '"' {
				said++
				if bad := halfWidth.FindString(strings.Trim(text.Value, `"`)); bad != "" {
					t.Errorf("%s: %q has a half-width sign", positions.Position(text.Pos()), bad)
				}
			}
			return true
		})
	})
	if said < 1000 {
		t.Fatalf("only %d strings read", said)
	}
}

func eachFile(t *testing.T, visit func(file string, test bool, imports []string)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(p, "go.mod")); d.IsDir() && p != "." && err == nil {
			return filepath.SkipDir // a module of its own, such as a benchmark beside a peer
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range f.Imports {
			s, _ := strconv.Unquote(i.Path.Value)
			imports = append(imports, s)
		}
		seen++
		visit(filepath.ToSlash(p), strings.HasSuffix(p, "_test.go"), imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 5 {
		t.Fatalf("only %d Go files found: the walk is broken", seen)
	}
}
