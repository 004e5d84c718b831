// Package crash proves that nothing that was acknowledged is ever lost: it runs steps in a child process, kills that process at a
// random moment with SIGKILL, opens the database again and checks every promise that was made.
//
//	report, err := crash.Run(ctx, crash.Options{URL: "sqlite:/tmp/kill.db", Kills: 500, Clients: 8, Child: child})
//
// Child gives the command that calls Work with the same URL: a test re-runs itself, `kechuang bench kill` the program.
//
// What is checked after every kill, with the ordinary code and no repair: the database opens and migrates; every step that Work
// acknowledged is there; every step is there whole, its leaf with exactly its postings; the ledger's audit; the journal sealed and
// verified from its first leaf, as the continuation of the checkpoint before.
//
// What it cannot show is a power cut: the kernel lives on and writes what the process gave it. That is what synchronous=FULL and
// PostgreSQL's own fsync are for.
package crash

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/store"
)

// act is one step of the made-up case that every client plays again and again.
type act struct {
	Op       string    `json:"op"`
	Amount   money.Fen `json:"amount"`
	Postings int       `json:"postings"` // how many the step must have
}

// script passes through everything that the ledger does; a case ends with nothing held and nothing owed.
var script = []act{{"appropriate", 100, 1}, {"hold", 100, 1}, {"pay", 30, 1}, {"note", 0, 0}, {"pay", 20, 1}, {"release", 0, 1},
	{"claim", 20, 1}, {"collect", 15, 2}, {"forgive", 0, 1}}

const (
	pot = "start"
)

// step does one act of a case as casework does: the leaf and the money in one transaction.
func step(tx *store.Tx, book *ledger.Ledger, j *journal.Journal, caseID, fund string, n int, prev string) (digest string, err error) {
	a := script[n]
	body, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	digest, err = j.Append(tx, journal.Leaf{Case: caseID, Seq: int64(n + 1), Prev: prev, Step: a.Op, Account: "crash", At: tx.Now(), Body: body})
	if err != nil {
		return "", err
	}
	why := ledger.Why{Case: caseID, Step: digest}
	party := caseID[:strings.LastIndexByte(caseID, '_')] // each client's cases pay a party of its own
	switch a.Op {
	case "appropriate":
		err = book.Appropriate(tx, why, fund, 2026, a.Amount)
	case "hold":
		err = book.Hold(tx, why, fund, pot, party, a.Amount)
	case "pay":
		_, err = book.Pay(tx, why, pot, party, a.Amount)
	case "release":
		_, err = book.Release(tx, why, pot)
	case "claim":
		_, err = book.Claim(tx, why, pot, party, a.Amount)
	case "collect":
		_, err = book.Collect(tx, why, pot, party, a.Amount)
	case "forgive":
		_, err = book.Forgive(tx, why, pot, party)
	}
	return digest, err
}

// open is what every start of the program does.
func open(ctx context.Context, url string) (*store.DB, *journal.Journal, error) {
	db, err := store.Open(ctx, url)
	if err != nil {
		return nil, nil, err
	}
	if err := db.Migrate(ctx, ledger.Migrations, journal.Migrations); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	key, err := journal.LoadKey("", "kechuang.crash") // Run gives it in the environment
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, journal.New(db, key), nil
}

// Work plays cases with that many clients at once until it is killed, sealing on the side, and writes a line to out for every step
// only after it was committed. prefix makes the cases of one run its own.
func Work(ctx context.Context, url, prefix string, clients int, out io.Writer) error {
	db, j, err := open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	book := ledger.New()
	go j.Run(ctx, 15*time.Millisecond, func(error) {})
	var mu sync.Mutex // guards out: a line is written whole
	errs := make(chan error, clients)
	for c := range clients {
		go func() {
			for k := 0; ; k++ {
				caseID := fmt.Sprintf("case_%s_%d_%d", prefix, c, k)
				prev, digest := "", ""
				for n := range script {
					if err := db.Write(ctx, func(tx *store.Tx) (err error) {
						digest, err = step(tx, book, j, caseID, "crash", n, prev)
						return err
					}); err != nil {
						errs <- fmt.Errorf("%s, step %d: %w", caseID, n, err)
						return
					}
					prev = digest
					mu.Lock()
					_, err := fmt.Fprintf(out, "%s %s\n", caseID, digest) // one write: the pipe keeps it whole though we die
					mu.Unlock()
					if err != nil {
						errs <- err
						return
					}
				}
			}
		}()
	}
	return <-errs
}

// ack is a step that Work said was done.
type ack struct{ caseID, digest string }

// acks reads what the child wrote; a line that was cut off was not said.
func acks(out []byte) (list []ack) {
	for line := range bytes.Lines(out) {
		caseID, digest, ok := bytes.Cut(line, []byte(" "))
		if digest, whole := bytes.CutSuffix(digest, []byte("\n")); ok && whole {
			list = append(list, ack{string(caseID), string(digest)})
		}
	}
	return list
}
