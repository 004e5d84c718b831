package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"time"

	"kechuang/internal/portfolio/zeroone"
)

type benchPortfolioCommand struct {
	Files   []string `arg:"" help:"Files of the OR-Library."`
	Seconds float64  `default:"60" help:"Processor seconds for each solver on each problem, one core."`
	Cbc     int      `default:"1" help:"Ask cbc for every so-manieth problem; 0: never."`
	Glpk    int      `default:"5" help:"Ask glpsol for every so-manieth problem; 0: never."`
}

// peerResult is what a solver said: value and bound (0 where it said none).
type peerResult struct {
	value, bound, seconds float64
	proved                bool
}

func (r *peerResult) String() string {
	if r == nil {
		return "- - -"
	}
	mark := ""
	if r.proved {
		mark = "*"
	}
	return fmt.Sprintf("%.0f%s %.0f %.2f", r.value, mark, r.bound, r.seconds)
}

// Run solves each problem here and by the peers, one after another on one core, and sums up. A value with a star is proved.
func (c *benchPortfolioCommand) Run(e *env) error {
	machine(e)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, file := range c.Files {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		list, _, err := zeroone.ReadORLibrary(f)
		f.Close()
		if err != nil {
			return err
		}
		fmt.Fprintf(e.out, "# %s, %g s, one core: value bound seconds | cbc | glpk (* = proved)\n", filepath.Base(file), c.Seconds)
		var all tally
		for k, p := range list {
			began := cpuSeconds()
			a, err := zeroone.Solve(cpuLimit{e.ctx, began + c.Seconds}, p, zeroone.Options{})
			took := cpuSeconds() - began
			if err == nil {
				err = a.Check(p)
			}
			if err != nil {
				return err
			}
			ours := &peerResult{float64(a.Value), float64(a.Bound), took, a.Proved}
			cbc, err := askPeer(e.ctx, "cbc", p, c.Seconds, k, c.Cbc)
			if err != nil {
				return err
			}
			glpk, err := askPeer(e.ctx, "glpsol", p, c.Seconds, k, c.Glpk)
			if err != nil {
				return err
			}
			fmt.Fprintf(e.out, "%d %v | %v | %v\n", k, ours, cbc, glpk)
			all.add(ours, cbc, glpk)
		}
		all.print(e)
	}
	return e.ctx.Err()
}

// cpuLimit ends when this process has used so many processor seconds, as cbc counts its limit: what else runs on the machine is charged to neither.
type cpuLimit struct {
	context.Context
	end float64
}

// Err is asked by the search now and then.
func (c cpuLimit) Err() error {
	if cpuSeconds() > c.end {
		return context.DeadlineExceeded
	}
	return c.Context.Err()
}

// tally sums up one file.
type tally struct {
	ours, cbc, glpk       []*peerResult
	ratio                 []float64 // cbc's time over ours
	worse, better, proved int       // values against cbc's
}

func (t *tally) add(ours, cbc, glpk *peerResult) {
	t.ours = append(t.ours, ours)
	if ours.proved {
		t.proved++
	}
	if glpk != nil {
		t.glpk = append(t.glpk, glpk)
	}
	if cbc == nil {
		return
	}
	t.cbc = append(t.cbc, cbc)
	t.ratio = append(t.ratio, cbc.seconds/max(ours.seconds, 1e-3))
	switch {
	case ours.value < cbc.value:
		t.worse++
	case ours.value > cbc.value:
		t.better++
	}
}

func (t *tally) print(e *env) {
	sum := func(list []*peerResult) (proved int, seconds float64) {
		for _, r := range list {
			seconds += r.seconds
			if r.proved {
				proved++
			}
		}
		return proved, seconds
	}
	_, seconds := sum(t.ours)
	fmt.Fprintf(e.out, "ours: %d of %d proved, %.1f s in all\n", t.proved, len(t.ours), seconds)
	if n, s := sum(t.cbc); len(t.cbc) > 0 {
		slices.Sort(t.ratio)
		fmt.Fprintf(e.out, "cbc:  %d of %d proved, %.1f s in all; ours worse on %d, better on %d; cbc's time is %.1f times ours (median)\n",
			n, len(t.cbc), s, t.worse, t.better, t.ratio[len(t.ratio)/2])
	}
	if n, s := sum(t.glpk); len(t.glpk) > 0 {
		fmt.Fprintf(e.out, "glpk: %d of %d proved, %.1f s in all\n", n, len(t.glpk), s)
	}
}

// askPeer writes the problem as a CPLEX LP file and asks a solver of the system for it; nil when it is not this problem's turn.
func askPeer(ctx context.Context, name string, p *zeroone.Problem, seconds float64, k, every int) (*peerResult, error) {
	if every <= 0 || k%every != 0 {
		return nil, nil
	}
	bin, err := exec.LookPath(name)
	if err != nil {
		return nil, fmt.Errorf("%s is not installed (Debian: coinor-cbc, glpk-utils); --cbc 0 --glpk 0 leaves the peers out", name)
	}
	dir, err := os.MkdirTemp("", "kechuang-peer-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	lp, sol := filepath.Join(dir, "p.lp"), filepath.Join(dir, "p.sol")
	if err := writeLP(lp, p); err != nil {
		return nil, err
	}
	limit := strconv.FormatFloat(seconds, 'f', -1, 64)
	args := []string{lp, "sec", limit, "solve", "solu", sol}
	if name == "glpsol" {
		args = []string{"--lp", lp, "--tmlim", strconv.Itoa(max(1, int(seconds))), "--cuts", "-o", sol}
	}
	limited, stop := context.WithTimeout(ctx, time.Duration((10*seconds+60)*float64(time.Second)))
	defer stop()
	run := exec.CommandContext(limited, bin, args...)
	out, err := run.Output()
	if limited.Err() != nil {
		return nil, ctx.Err() // it counts its own CPU seconds; on a machine this busy it says nothing of it
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	r := readPeer(name, out)
	r.seconds = (run.ProcessState.UserTime() + run.ProcessState.SystemTime()).Seconds()
	return r, nil
}

var (
	cbcValue  = regexp.MustCompile(`(?m)^Objective value: +(-?[\d.e+]+)`)
	cbcBound  = regexp.MustCompile(`(?m)^(?:Upper|Lower) bound: +(-?[\d.e+]+)`)
	cbcProved = regexp.MustCompile(`Result - Optimal solution found`)
	glpkMIP   = regexp.MustCompile(`mip = +(-?[\d.e+]+) <= +(-?[\d.e+]+|tree is empty)`)
)

// readPeer finds value and bound in what a solver printed.
func readPeer(name string, out []byte) *peerResult {
	r := &peerResult{}
	number := func(b []byte) float64 {
		v, _ := strconv.ParseFloat(string(b), 64) // 0 where there is none
		return v
	}
	if name == "cbc" {
		if m := cbcValue.FindSubmatch(out); m != nil {
			r.value = max(number(m[1]), -number(m[1])) // cbc turns the sign of a maximum
		}
		r.proved = cbcProved.Match(out)
		if m := cbcBound.FindSubmatch(out); m != nil {
			r.bound = max(number(m[1]), -number(m[1]))
		}
	} else if all := glpkMIP.FindAllSubmatch(out, -1); len(all) > 0 {
		last := all[len(all)-1]
		r.value, r.bound = number(last[1]), number(last[2])
		r.proved = string(last[2]) == "tree is empty"
	}
	if r.proved {
		r.bound = r.value
	}
	return r
}

// writeLP writes a problem in CPLEX LP format, in which every solver reads it.
func writeLP(file string, p *zeroone.Problem) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprint(w, "Maximize\n o:")
	for j, v := range p.Values {
		fmt.Fprintf(w, " %+d x%d\n", v, j)
	}
	fmt.Fprint(w, "Subject To\n")
	for i, r := range p.Rows {
		for _, side := range []struct {
			limit int64
			sign  string
			none  int64
		}{{r.Hi, "<=", zeroone.None}, {r.Lo, ">=", -zeroone.None}} {
			if side.limit == side.none || len(r.Items) == 0 {
				continue
			}
			fmt.Fprintf(w, " c%d%c:", i, side.sign[0]&1+'a')
			for k, j := range r.Items {
				fmt.Fprintf(w, " %+d x%d\n", r.Coef[k], j)
			}
			fmt.Fprintf(w, " %s %d\n", side.sign, side.limit)
		}
	}
	fmt.Fprint(w, "Binary\n")
	for j := range p.Values {
		fmt.Fprintf(w, " x%d\n", j)
	}
	fmt.Fprint(w, "End\n")
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
