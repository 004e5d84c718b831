package casework

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// victimEnv holds the database of a process that runs steps until it is killed; the test runs itself as that process.
const victimEnv = "KECHUANG_CASEWORK_VICTIM"

func TestMain(m *testing.M) {
	if url := os.Getenv(victimEnv); url != "" {
		fmt.Fprintln(os.Stderr, victim(url))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// victim does steps with eight clients and prints each when it is done.
func victim(url string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	r, err := NewRuler(ctx, db, 8)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	r.Acked = func(x *Receipt) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Println(x.Case, x.Leaf)
	}
	_, err = r.Engine(ctx, 1<<30)
	return err
}

// TestKill kills a process under load, again and again: every step that it said was done is there, in the history and in the journal,
// and nothing is half done.
func TestKill(t *testing.T) {
	kills := 4
	if testing.Short() {
		kills = 1
	}
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(string(dialect), func(t *testing.T) {
			url := storetest.URL(t, dialect)
			said := map[string]string{} // leaf → case
			for range kills {
				for _, line := range killedAfter(t, url, time.Duration(50+rand.IntN(400))*time.Millisecond) {
					if id, leaf, ok := strings.Cut(line, " "); ok && len(leaf) == 64 {
						said[leaf] = id
					}
				}
			}
			if len(said) < kills {
				t.Fatalf("%d steps were acknowledged: nothing was tried", len(said))
			}
			n := wholeAgain(t, url, said)
			t.Logf("%d kills, %d steps acknowledged, %d found", kills, len(said), n)
		})
	}
}

// killedAfter runs the victim and kills it some time after its first step; it gives what the victim said.
func killedAfter(t *testing.T, url string, after time.Duration) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), victimEnv+"="+url)
	var complaints strings.Builder
	child.Stderr = &complaints
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	in := bufio.NewScanner(out)
	for in.Scan() {
		if len(lines) == 0 {
			time.AfterFunc(after, func() { child.Process.Kill() }) // SIGKILL: no handler, no deferred call, no flush
		}
		lines = append(lines, in.Text())
	}
	child.Wait()
	if len(lines) == 0 {
		t.Fatalf("the victim ended by itself: %s", complaints.String())
	}
	return lines
}

// wholeAgain looks at everything in the database after the kills.
func wholeAgain(t *testing.T, url string, said map[string]string) (found int) {
	t.Helper()
	db := storetest.Open(t, url)
	r, err := NewRuler(t.Context(), db, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.e.Journal.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = db.Read(t.Context(), func(tx *store.Tx) error {
		if err := r.e.Ledger.Audit(tx); err != nil {
			return err
		}
		ids, err := store.List(tx, oneText, `SELECT id FROM casework_cases ORDER BY id`)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := r.e.auditCase(tx, id); err != nil {
				return fmt.Errorf("%s: %w", id, err)
			}
			done, err := steps(tx, id)
			if err != nil {
				return err
			}
			for _, s := range done {
				if said[s.leaf] == id {
					found++
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found != len(said) {
		t.Errorf("%d steps were acknowledged and %d are there: %d lost", len(said), found, len(said)-found)
	}
	return found
}

// TestDatabaseGoneAndBack cuts every connection again and again while clients act. Each is told that the system cannot just now, sends
// the same request again, and in the end everything was done once.
func TestDatabaseGoneAndBack(t *testing.T) {
	url := storetest.URL(t, store.Postgres)
	name := fmt.Sprintf("gone%d", os.Getpid())
	db := storetest.Open(t, url+"&application_name="+name)
	r, err := NewRuler(t.Context(), db, 3)
	if err != nil {
		t.Fatal(err)
	}
	cutter, err := sql.Open("pgx", os.Getenv(storetest.Env))
	if err != nil {
		t.Fatal(err)
	}
	defer cutter.Close()
	ctx, stop := context.WithCancel(t.Context())
	cuts := 0
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			if _, err := cutter.ExecContext(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, name); err == nil {
				cuts++
			}
			time.Sleep(40 * time.Millisecond)
		}
	}()
	const each = 12
	var wg sync.WaitGroup
	var mu sync.Mutex
	unavailable := 0
	for c, party := range r.parties {
		wg.Go(func() {
			poster := identity.Actor{Account: party, Parties: []identity.Member{{Party: party, Kind: "enterprise"}}}
			for i := range each {
				for try := 0; ; try++ {
					_, err := r.e.Open(t.Context(), poster, OpenCommand{Mechanism: "challenge", Key: fmt.Sprintf("k-%d-%d", c, i)})
					if err == nil {
						break
					}
					if l := refusal.Of(err); len(l) == 0 || l[0].Kind != refusal.Unavailable || try > 500 {
						t.Errorf("told %v", err)
						return
					}
					mu.Lock()
					unavailable++
					mu.Unlock()
					time.Sleep(5 * time.Millisecond)
				}
			}
		})
	}
	wg.Wait()
	stop()
	<-ended
	for _, party := range r.parties {
		items, _, err := r.e.List(t.Context(), identity.Actor{Account: party, Parties: []identity.Member{{Party: party, Kind: "enterprise"}}}, Query{Limit: 100})
		if err != nil || len(items) != each {
			t.Errorf("%d cases, want %d: %v", len(items), each, err)
		}
	}
	t.Logf("%d cuts, %d requests were told to come again", cuts, unavailable)
}
