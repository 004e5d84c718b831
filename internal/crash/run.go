package crash

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"time"

	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/store"
)

// Options say what to kill and how often.
type Options struct {
	URL     string // an empty database
	Kills   int
	Clients int
	Longest time.Duration // the latest moment of a kill after the child's start; 0 is 250 ms
	Seed    uint64        // of the moments
	Child   func(prefix string) *exec.Cmd
	Log     io.Writer // a line now and then; nil for none
}

// Report is what came of it. Lost and Broken must be 0.
type Report struct {
	Kills   int           `json:"kills"`
	Early   int           `json:"early"`  // kills before the first step was acknowledged
	Acked   int           `json:"acked"`  // steps that were acknowledged
	Unsaid  int           `json:"unsaid"` // steps that were committed, but killed before they were acknowledged
	Lost    int           `json:"lost"`   // acknowledged and not there
	Broken  int           `json:"broken"` // there, but not whole
	Leaves  int64         `json:"leaves"`
	Took    time.Duration `json:"took"`
	Longest time.Duration `json:"longest_recovery"` // from opening to the first transaction
}

// Run kills and checks. The error is the first broken promise, or what kept it from going on.
func Run(ctx context.Context, o Options) (r Report, err error) {
	start := time.Now()
	if o.Longest == 0 {
		o.Longest = 250 * time.Millisecond
	}
	if err := giveKey(); err != nil {
		return r, err
	}
	random := rand.New(rand.NewPCG(o.Seed, 1))
	last := journal.Checkpoint{}
	for n := range o.Kills {
		prefix := fmt.Sprint(n)
		out, err := killed(ctx, o.Child(prefix), time.Duration(random.Int64N(int64(o.Longest))))
		if err != nil {
			return r, err
		}
		said := acks(out)
		r.Kills++
		r.Acked += len(said)
		if len(said) == 0 {
			r.Early++
		}
		if last, err = check(ctx, &r, o, prefix, said, last); err != nil {
			return r, fmt.Errorf("after kill %d: %w", n+1, err)
		}
		if o.Log != nil && (n+1)%25 == 0 {
			fmt.Fprintf(o.Log, "%d kills, %d steps acknowledged, %d lost\n", r.Kills, r.Acked, r.Lost)
		}
	}
	r.Took = time.Since(start)
	return r, nil
}

// giveKey makes the key that this process and its children sign with.
func giveKey() error {
	if os.Getenv(journal.KeyEnv) != "" {
		return nil
	}
	_, secret, err := journal.NewKey("kechuang.crash")
	if err != nil {
		return err
	}
	return os.Setenv(journal.KeyEnv, secret)
}

// killed runs the child and kills it after a while.
func killed(ctx context.Context, child *exec.Cmd, after time.Duration) ([]byte, error) {
	var out, complaints bytes.Buffer
	child.Stdout, child.Stderr = &out, &complaints
	if err := child.Start(); err != nil {
		return nil, err
	}
	died := make(chan error, 1)
	go func() { died <- child.Wait() }()
	select {
	case err := <-died:
		return nil, fmt.Errorf("the child ended by itself: %w: %s", err, complaints.String())
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), child.Process.Kill(), <-died)
	case <-time.After(after):
	}
	if err := child.Process.Kill(); err != nil { // SIGKILL: no handler, no deferred call, no flush
		return nil, err
	}
	<-died
	return out.Bytes(), nil
}

// check opens the database as the program does and looks at everything.
func check(ctx context.Context, r *Report, o Options, prefix string, said []ack, last journal.Checkpoint) (journal.Checkpoint, error) {
	opened := time.Now()
	db, j, err := open(ctx, o.URL)
	if err != nil {
		return last, fmt.Errorf("the database does not open: %w", err)
	}
	defer db.Close()
	sealed, err := j.Seal(ctx)
	if err != nil {
		return last, fmt.Errorf("the journal does not seal: %w", err)
	}
	r.Longest = max(r.Longest, time.Since(opened))
	if err := db.Read(ctx, func(tx *store.Tx) error {
		if err := ledger.New().Audit(tx); err != nil {
			return err
		}
		return whole(tx, r, j, o, prefix, said)
	}); err != nil {
		return last, err
	}
	audit, err := j.Audit(ctx)
	if err != nil {
		return last, err
	}
	if !audit.OK() {
		return last, fmt.Errorf("the journal: %s", audit.Problems[0].Text.EN)
	}
	r.Leaves = audit.Leaves
	// On PostgreSQL a commit that the killed process had sent may come to be only now, after our seal; whatever looked at the log
	// since has sealed it. So the newest checkpoint counts, and it continues both of the older ones.
	newest := sealed
	for _, older := range []journal.Checkpoint{last, sealed} {
		if newest, err = continued(ctx, j, older); err != nil {
			return last, err
		}
	}
	if r.Lost+r.Broken > 0 {
		return last, fmt.Errorf("%d acknowledged steps are lost and %d are not whole", r.Lost, r.Broken)
	}
	return newest, nil
}

// continued gives the newest checkpoint, which must continue an older one.
func continued(ctx context.Context, j *journal.Journal, older journal.Checkpoint) (journal.Checkpoint, error) {
	newest, proof, err := j.Consistency(ctx, older.Size)
	if err != nil {
		return older, err
	}
	if err := journal.CheckConsistency(older.Size, newest.Size, older.Root, newest.Root, proof); err != nil {
		return older, fmt.Errorf("the journal does not continue what it was before the kill: %w", err)
	}
	return newest, nil
}

// whole looks at the cases of the run: what was said is there, and what is there is whole.
func whole(tx *store.Tx, r *Report, j *journal.Journal, o Options, prefix string, said []ack) error {
	there := map[string]bool{}
	perCase := len(said)/o.Clients + len(script) // an upper bound on how many cases one client can have begun
	for c := range o.Clients {
		for k := range perCase {
			caseID := fmt.Sprintf("case_%s_%d_%d", prefix, c, k)
			leaves, err := j.Of(tx, caseID)
			if err != nil {
				return err
			}
			if len(leaves) == 0 {
				break
			}
			postings, err := ledger.New().Postings(tx, caseID)
			if err != nil {
				return err
			}
			count := map[string]int{}
			for _, p := range postings {
				count[p.Step]++
			}
			for _, l := range leaves {
				var a act
				if err := json.Unmarshal(l.Body, &a); err != nil {
					return err
				}
				if count[l.Digest] != a.Postings {
					r.Broken++
				}
				delete(count, l.Digest)
				there[l.Digest] = true
			}
			r.Broken += len(count) // money that no step tells of
		}
	}
	for _, a := range said {
		if !there[a.digest] {
			r.Lost++
		}
		delete(there, a.digest)
	}
	r.Unsaid += len(there)
	return nil
}
