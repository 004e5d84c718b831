package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"kechuang/internal/crash"
	"kechuang/internal/journal"
)

type benchCommand struct {
	Steps     stepsCommand          `cmd:"" help:"Steps a second through the engine, against bare SQL."`
	Ledger    benchLedgerCommand    `cmd:"" help:"Transfers a second, beside bare SQL and pgbench; conversions and waterfalls."`
	Growth    growthCommand         `cmd:"" help:"How fast a step is as cases grow."`
	Kill      killCommand           `cmd:"" help:"Kill under load, then check every promise."`
	Verify    benchVerifyCommand    `cmd:"" help:"Verify a log of made-up records, against plain SHA-256 of the same bytes."`
	Figures   benchFiguresCommand   `cmd:"" help:"Figures over many facts, beside the plain GROUP BY over the same."`
	Flow      benchFlowCommand      `cmd:"" help:"Least-cost flow on assignments of growing size, beside LEMON."`
	Panel     benchPanelCommand     `cmd:"" help:"Conflicts, draws and assignments, beside cbc and glpsol."`
	Dossier   benchDossierCommand   `cmd:"" help:"The dossier of threads of growing length: time, size, and time to verify."`
	Check     benchCheckCommand     `cmd:"" help:"How long the proofs of the embedded pack take."`
	Pack      benchPackCommand      `cmd:"" help:"Size of the mechanisms, how much of the language one alone uses, what a turn of each costs."`
	Portfolio benchPortfolioCommand `cmd:"" help:"Portfolios against cbc and glpk on the same problems, one core."`
	Match     benchMatchCommand     `cmd:"" help:"Quality of matching on judged pairs."`
	Search    benchSearchCommand    `cmd:"" help:"The search index as records grow."`
	Twin      benchTwinCommand      `cmd:"" help:"Finding what was said before in other words."`
	All       allCommand            `cmd:"" help:"Everything that docs/benchmarks.md reports (long)."`
	Victim    victimCommand         `cmd:"" hidden:"" help:"The process that kill kills."`
}

// machine is written above every result: a number means little without it.
func machine(e *env) {
	fmt.Fprintf(e.out, "# %s, %s/%s, %d cores, %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), time.Now().UTC().Format(time.DateOnly))
}

type killCommand struct {
	URL     string `arg:"" optional:"" help:"Empty database; without it an SQLite file of its own."`
	Kills   int    `default:"500" help:"How often."`
	Clients int    `default:"8" help:"Clients at once."`
	Seed    uint64 `default:"1" help:"Of the moments."`
}

// Run kills a process of its own under load, again and again; the exit code is 1 when an acknowledged step was lost.
func (c *killCommand) Run(e *env) error {
	machine(e)
	url := c.URL
	if url == "" {
		dir, err := os.MkdirTemp("", "kechuang-kill-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		url = "sqlite:" + filepath.Join(dir, "kill.db")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	r, err := crash.Run(e.ctx, crash.Options{URL: url, Kills: c.Kills, Clients: c.Clients, Seed: c.Seed, Log: e.err, Child: func(prefix string) *exec.Cmd {
		child := exec.Command(self, "bench", "victim", prefix, strconv.Itoa(c.Clients))
		child.Env = append(os.Environ(), victimURL+"="+url)
		return child
	}})
	if raw, bad := json.Marshal(r); bad == nil {
		fmt.Fprintf(e.out, "kill %s\n", raw)
	}
	if err == nil && (r.Lost > 0 || r.Broken > 0) {
		err = errFound
	}
	return err
}

// victimURL names the variable in which the victim gets its database: a URL may hold a password, and arguments are seen by everybody.
const victimURL = "KECHUANG_BENCH_URL"

type victimCommand struct {
	Prefix  string `arg:""`
	Clients int    `arg:""`
}

// Run works until it is killed.
func (c *victimCommand) Run(e *env) error {
	return crash.Work(e.ctx, os.Getenv(victimURL), c.Prefix, c.Clients, e.out)
}

type benchVerifyCommand struct {
	Leaves int `default:"1000000" help:"Records in the log."`
}

// Run verifies a log that it makes, and hashes the same bytes plainly.
func (c *benchVerifyCommand) Run(e *env) error {
	machine(e)
	key, _, err := journal.NewKey("kechuang.bench")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp("", "kechuang-log-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	records, err := journal.SampleLog(f, key, c.Leaves)
	if err != nil {
		return err
	}
	timed := func(what string, do func(io.Reader) error) (time.Duration, error) {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return 0, err
		}
		began := time.Now()
		err := do(f)
		took := time.Since(began)
		fmt.Fprintf(e.out, "%s %d records %.0f MB %v %.0f records/s\n", what, c.Leaves, float64(records)/1e6, took.Round(time.Millisecond), float64(c.Leaves)/took.Seconds())
		return took, err
	}
	plain, err := timed("sha256", func(r io.Reader) error {
		_, err := io.Copy(sha256.New(), bufio.NewReaderSize(r, 1<<20))
		return err
	})
	if err != nil {
		return err
	}
	var report journal.Report
	checked, err := timed("verify", func(r io.Reader) (err error) {
		report, err = journal.VerifyBundle(r, key.Verifier())
		return err
	})
	if err == nil && !report.OK() {
		err = fmt.Errorf("the sample does not verify: %+v", report.Problems[0])
	}
	fmt.Fprintf(e.out, "verify takes %.2f times as long as SHA-256 of the same file\n", checked.Seconds()/plain.Seconds())
	return err
}

type benchCheckCommand struct {
	Dir   string `arg:"" optional:"" help:"Folder of the pack; without it the embedded one."`
	Times int    `default:"20" help:"How often."`
}

// Run loads and proves the pack some times.
func (c *benchCheckCommand) Run(e *env) error {
	machine(e)
	files, err := packFiles(c.Dir)
	if err != nil {
		return err
	}
	var took []float64
	for range c.Times {
		r := checkPack(files)
		if !r.OK {
			r.print(e)
			return errFound
		}
		took = append(took, r.Millis)
	}
	slices.Sort(took)
	fmt.Fprintf(e.out, "check median %.1f ms, slowest of %d %.1f ms\n", took[len(took)/2], c.Times, took[len(took)-1])
	return nil
}
