package casework

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"testing"
	"time"

	"kechuang/internal/journal"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
	"kechuang/packs"
)

// theatre is a world over a database of the dialect; every Begin gets an empty one.
func theatre(t testing.TB, pack *policy.Pack, dialect store.Dialect) *Theatre {
	t.Helper()
	return theatreOf(t, pack, packs.Shenyang(), dialect)
}

// played is the theatre after the first story of a file of packs/shenyang.
func played(t testing.TB, mechanism, file string) *Theatre {
	t.Helper()
	files := packs.Shenyang()
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	text, err := fs.ReadFile(files, "scenarios/"+mechanism+"/"+file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := play.Parse(file, text, pack, mechanism)
	if err != nil {
		t.Fatal(err)
	}
	w := theatreOf(t, pack, files, store.SQLite)
	if line, err := play.RunOne(f, f.Scenarios[0], w); err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	return w
}

func theatreOf(t testing.TB, pack *policy.Pack, files fs.FS, dialect store.Dialect) *Theatre {
	t.Helper()
	key, _, err := journal.NewKey("play.kechuang")
	if err != nil {
		t.Fatal(err)
	}
	var fresh func() (*store.DB, func(), error)
	if dialect == store.Postgres { // one schema, emptied for every play: making one takes half a second
		db := storetest.Open(t, storetest.URL(t, dialect), sets...)
		fresh = func() (*store.DB, func(), error) { return db, func() {}, empty(db) }
	} else {
		stage := NewStageDB(t.TempDir())
		t.Cleanup(stage.Close)
		fresh = stage.Fresh
	}
	w := NewTheatre(pack, files, key, fresh)
	t.Cleanup(w.Close)
	return w
}

func shenyang(t testing.TB) *policy.Pack {
	t.Helper()
	pack, findings := policy.Load(packs.Shenyang())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return pack
}

// TestScenarios plays every scenario of the reference pack through the real engine. The interpreter plays them in policy/play: the
// answers must agree, because both are held to the same lines. PostgreSQL, where a story takes a second, plays the first story of each
// file, or all of them with KECHUANG_ALL=1.
func TestScenarios(t *testing.T) {
	pack := shenyang(t)
	list, err := play.Load(packs.Shenyang(), pack)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no scenario was found")
	}
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(string(dialect), func(t *testing.T) {
			if dialect == store.Postgres {
				storetest.URL(t, dialect) // says that it does not run where there is no server
			}
			for _, f := range list {
				stories := f.Scenarios
				if dialect == store.Postgres && os.Getenv("KECHUANG_ALL") == "" {
					stories = stories[:min(1, len(stories))]
				}
				t.Run(f.Name, func(t *testing.T) {
					t.Parallel()
					w := theatre(t, pack, dialect)
					for _, sc := range stories {
						if line, err := play.RunOne(f, sc, w); err != nil {
							t.Errorf("%s:%d: %s: %v", f.Name, line, sc.Title, err)
						}
					}
				})
			}
		})
	}
}

// TestRecordScenarios plays the language's own small pack, whose mechanism “sale” chooses, enters, changes and retires records, on both
// databases, and then at random.
func TestRecordScenarios(t *testing.T) {
	files := os.DirFS("../policy/testdata/small")
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	list, err := play.Load(files, pack)
	if err != nil {
		t.Fatal(err)
	}
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(string(dialect), func(t *testing.T) {
			w := &checked{Theatre: theatreOf(t, pack, files, dialect), t: t}
			audit := func(w *checked) error { return w.Audit() }
			if dialect == store.Postgres { // one schema emptied for every play keeps the head of its journal and not the tree
				audit = func(*checked) error { return nil }
			}
			n := 0
			for _, f := range list {
				if f.Mechanism == "aid" { // has no templates to print
					continue
				}
				for _, sc := range f.Scenarios {
					n++
					if line, err := play.RunOne(f, sc, w); err != nil {
						t.Errorf("%s:%d: %s: %v", f.Name, line, sc.Title, err)
					} else if err := audit(w); err != nil {
						t.Errorf("%s: %s: %v", f.Name, sc.Title, err)
					}
				}
			}
			if n < 6 {
				t.Errorf("only %d scenarios", n)
			}
			for seed := range uint64(15) {
				for _, m := range []string{"sale", "venture", "peer"} {
					if _, err := play.Random(w, play.DefaultStage(pack, pack.Mechanism(m)), seed); err != nil {
						t.Fatal(err)
					}
					if err := audit(w); err != nil {
						t.Fatalf("%s, seed %d: %v", m, seed, err)
					}
				}
			}
		})
	}
}

// TestStageLinks: what a mechanism asks of linked cases stands on the stage of the real engine as on the interpreter's, so that random cases
// come beyond the step that asks.
func TestStageLinks(t *testing.T) {
	pack := shenyang(t)
	m := pack.Mechanism("attack_task") // taken for a listed bottleneck only
	w := theatre(t, pack, store.SQLite)
	for name, world := range map[string]play.World{"real": w, "interpreter": play.NewInterpreter()} {
		if err := world.Begin(play.DefaultStage(pack, m)); err != nil {
			t.Fatal(err)
		}
		list, err := world.Links()
		if err != nil || len(list["bottleneck"]) != 1 {
			t.Errorf("%s: linked with %v, %v", name, list, err)
		}
	}
	handedIn := 0
	for seed := range uint64(6) {
		r, err := play.Random(w, play.DefaultStage(pack, m), seed)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Audit(); err != nil {
			t.Fatal(seed, err)
		}
		handedIn += r.Acts["draft.submit"]
	}
	if handedIn == 0 {
		t.Error("nobody came beyond the draft of a task")
	}
}

// TestOtherCities plays the stories of other cities' packs through the real engine, which has never heard of them.
func TestOtherCities(t *testing.T) {
	for _, city := range []string{"nanchang", "tianfu", "zhejiang", "dongguan"} {
		files := packs.Open(os.DirFS("../../packs/" + city))
		pack, findings := policy.Load(files)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		list, err := play.Load(files, pack)
		if err != nil || len(list) == 0 {
			t.Fatal(list, err)
		}
		w := &checked{Theatre: theatreOf(t, pack, files, store.SQLite), t: t}
		for _, f := range list {
			for _, sc := range f.Scenarios {
				if line, err := play.RunOne(f, sc, w); err != nil {
					t.Errorf("%s:%d: %s: %v", f.Name, line, sc.Title, err)
				} else if err := w.Audit(); err != nil {
					t.Errorf("%s: %s: %v", f.Name, sc.Title, err)
				}
			}
		}
	}
}

// TestRandomCases plays random cases of the reference pack through the real engine, and looks after each at what must always hold:
// the ledger's sums, the journal from its first leaf, the history against it. `kechuang simulate` plays any number of them.
func TestRandomCases(t *testing.T) {
	t.Parallel()
	pack := shenyang(t)
	turns := 300 // of each mechanism: `kechuang simulate` plays the many
	if testing.Short() {
		turns = 60
	}
	for _, m := range pack.Mechanisms {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			w := theatre(t, pack, store.SQLite)
			ends := map[string]int{}
			cases, played := 0, 0
			for ; cases < 25 && played < turns; cases++ {
				r, err := play.Random(w, play.DefaultStage(pack, m), uint64(cases))
				if err != nil {
					t.Fatal(err)
				}
				ends[r.End]++
				played += r.Turns
				if err := w.Audit(); err != nil {
					t.Fatalf("seed %d: %v", cases, err)
				}
			}
			t.Logf("%d cases, %d turns, ends %v", cases, played, ends)
		})
	}
}

// checked is a theatre that compares, after everything that is done, the case in memory with the case in the database.
type checked struct {
	*Theatre
	t        *testing.T
	compared int
}

func (w *checked) Do(a play.Act) error {
	err := w.Theatre.Do(a)
	w.compare()
	return err
}

func (w *checked) Advance(to time.Time) error {
	err := w.Theatre.Advance(to)
	w.compare()
	return err
}

func (w *checked) compare() {
	w.t.Helper()
	kept := w.e.recent.cases[w.id]
	if kept == nil {
		return
	}
	w.compared++
	err := w.db.Read(context.Background(), func(tx *store.Tx) error {
		read, err := w.e.load(tx, w.id)
		if err != nil {
			return err
		}
		for what, pair := range map[string][2]any{"the case": {kept.snap.Case, read.snap.Case}, "parts": {kept.snap.Parts, read.snap.Parts},
			"seats": {kept.snap.Seats, read.snap.Seats}, "things": {kept.snap.Things, read.snap.Things}, "prefill": {kept.snap.Prefill, read.snap.Prefill}, "acts": {kept.snap.Acts, read.snap.Acts}, "the row": {fmt.Sprintf("%+v", kept.row), fmt.Sprintf("%+v", read.row)}} {
			if a, b := string(policy.EncodeValue(pair[0])), string(policy.EncodeValue(pair[1])); a != b {
				i := 0
				for i < len(a) && i < len(b) && a[i] == b[i] {
					i++
				}
				w.t.Fatalf("%s in memory and in the database differ:\n…%s\n…%s", what, a[max(0, i-60):min(len(a), i+80)], b[max(0, i-60):min(len(b), i+80)])
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestMemoryIsTheDatabase: what a process keeps of a case after a step is what it would read.
func TestMemoryIsTheDatabase(t *testing.T) {
	t.Parallel()
	pack := shenyang(t)
	for _, m := range pack.Mechanisms {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			w := &checked{Theatre: theatre(t, pack, store.SQLite), t: t}
			seed := uint64(1000)
			for ; w.compared < 60 && seed < 1100; seed++ {
				if _, err := play.Random(w, play.DefaultStage(pack, m), seed); err != nil {
					t.Fatal(err)
				}
			}
			if w.compared < 60 {
				t.Errorf("compared %d times only", w.compared)
			}
			t.Logf("compared %d times in %d cases", w.compared, seed-1000)
		})
	}
}
