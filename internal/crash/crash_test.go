package crash_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"kechuang/internal/crash"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

var kills = flag.Int("kills", 10, "how many times to kill on each database; 500 is `kechuang bench kill`")

// The test runs itself as the process that is killed.
const childEnv = "KECHUANG_CRASH_CHILD"

func TestMain(m *testing.M) {
	if url := os.Getenv(childEnv); url != "" {
		clients, _ := strconv.Atoi(os.Args[2])
		fmt.Fprintln(os.Stderr, crash.Work(context.Background(), url, os.Args[1], clients, os.Stdout))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestKill(t *testing.T) {
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(string(d), func(t *testing.T) {
			url := storetest.URL(t, d)
			const clients = 8
			r, err := crash.Run(t.Context(), crash.Options{URL: url, Kills: *kills, Clients: clients, Seed: 7, Child: func(prefix string) *exec.Cmd {
				self, err := os.Executable()
				if err != nil {
					t.Fatal(err)
				}
				c := exec.Command(self, prefix, strconv.Itoa(clients))
				c.Env = append(os.Environ(), childEnv+"="+url)
				return c
			}})
			if err != nil {
				t.Fatalf("%v: %+v", err, r)
			}
			if r.Acked == 0 || r.Kills != *kills {
				t.Errorf("nothing was tried: %+v", r)
			}
			t.Logf("%+v", r)
		})
	}
}
