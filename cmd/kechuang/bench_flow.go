package main

import (
	"bufio"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"kechuang/internal/flow"
)

//go:embed peers/lemon.cc
var lemonSource []byte

type benchFlowCommand struct {
	Seed    uint64 `help:"Other instances of the same kinds."`
	Largest int    `default:"10000" help:"Largest number of proposals."`
	Times   int    `default:"3" help:"How often each is solved; the fastest counts."`
}

// Run solves assignments of growing size with our network simplex and with LEMON's, in turns, and compares optimum, time, memory.
func (c *benchFlowCommand) Run(e *env) error {
	machine(e)
	dir, err := os.MkdirTemp("", "kechuang-flow-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	lemon, err := compileLemon(dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%-34s %9s %12s %9s %9s %6s %6s %8s %8s\n", "proposals x reviews x experts", "arcs", "optimum", "ours s", "LEMON s", "ratio", "run()", "ours MB", "LEMON MB")
	wrong := false
	for _, p := range reviewProblems(c.Largest, c.Seed) {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		same, err := p.compare(e, dir, lemon, c.Times)
		if err != nil {
			return err
		}
		wrong = wrong || !same
	}
	if wrong {
		return errFound
	}
	return nil
}

// compileLemon builds the peer with the system's compiler and liblemon-dev.
func compileLemon(dir string) (string, error) {
	source, program := filepath.Join(dir, "lemon.cc"), filepath.Join(dir, "lemon")
	if err := os.WriteFile(source, lemonSource, 0o600); err != nil {
		return "", err
	}
	if out, err := exec.Command("g++", "-O3", "-DNDEBUG", "-o", program, source).CombinedOutput(); err != nil {
		return "", fmt.Errorf("the peer needs g++ and liblemon-dev: %w\n%s", err, out)
	}
	return program, nil
}

// reviewProblem is an assignment as a network: supplies, then of each arc from, to, least, most, cost.
type reviewProblem struct {
	name   string
	supply []int64
	arcs   [][5]int64
}

// reviewProblems are the sizes that docs/benchmarks.md reports: pairs of any expert and proposal at random ("random"), and fields
// with neighbours, where most experts know little of most proposals and the good ones are wanted by many ("fields").
func reviewProblems(largest int, seed uint64) []reviewProblem {
	var all []reviewProblem
	for _, s := range []struct{ proposals, experts, choices int }{{100, 300, 300}, {300, 600, 600}, {1000, 1500, 1500}, {1000, 1500, 100}, {3000, 4500, 100}, {10_000, 15_000, 100}} {
		if s.proposals > largest {
			break
		}
		for _, kind := range []string{"random", "fields"} {
			for _, tight := range []bool{false, true} {
				all = append(all, makeReviews(kind, s.proposals, 5, s.experts, s.choices, tight, seed))
			}
		}
	}
	return all
}

func makeReviews(kind string, proposals, reviews, experts, choices int, tight bool, seed uint64) reviewProblem {
	r := rand.New(rand.NewPCG(uint64(proposals)+seed<<32, uint64(choices)))
	load := int64(proposals*reviews/experts + 3)
	how := "loose"
	if tight {
		load, how = int64((proposals*reviews+experts-1)/experts), "tight"
	}
	p := reviewProblem{name: fmt.Sprintf("%d x %d x %d %s %s", proposals, reviews, experts, kind, how)}
	for range experts {
		p.supply = append(p.supply, load)
	}
	for range proposals {
		p.supply = append(p.supply, int64(-reviews))
	}
	p.supply = append(p.supply, int64(proposals*reviews)-load*int64(experts))
	where := func() [2]float64 { return [2]float64{r.Float64(), r.Float64()} }
	home := make([][2]float64, experts)
	for x := range home {
		home[x] = where()
	}
	for q := range proposals {
		at := where()
		candidates := r.Perm(experts)[:choices]
		if tight && choices < experts { // so that a plan exists: some whom nobody else may want
			for k := range reviews + 1 {
				candidates[k] = (q*reviews + k) % experts
			}
		}
		slices.Sort(candidates)
		for _, x := range slices.Compact(candidates) {
			score := r.Int64N(1_000_000)
			if kind == "fields" {
				d := math.Hypot(at[0]-home[x][0], at[1]-home[x][1])
				score = int64(1_000_000*math.Exp(-8*d)) + score/50
			}
			p.arcs = append(p.arcs, [5]int64{int64(x), int64(experts + q), 0, 1, -score})
		}
	}
	for x := range experts {
		p.arcs = append(p.arcs, [5]int64{int64(x), int64(experts + proposals), 0, flow.Free, 0})
	}
	return p
}

// cpuSeconds is what this process has used, collecting garbage included: the peer is measured in the same way, and neither is
// charged for what else runs on the machine.
func cpuSeconds() float64 {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return float64(use.Utime.Nano()+use.Stime.Nano()) / 1e9
}

func (p *reviewProblem) network() *flow.Network {
	n := flow.New(len(p.supply), len(p.arcs))
	for _, s := range p.supply {
		n.Node(s)
	}
	for _, a := range p.arcs {
		n.Arc(int(a[0]), int(a[1]), a[2], a[3], a[4])
	}
	return n
}

// write puts the problem where the peer reads it.
func (p *reviewProblem) write(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	put := func(v ...int64) {
		for _, x := range v {
			_ = binary.Write(w, binary.LittleEndian, x) // the writer remembers its error
		}
	}
	put(int64(len(p.supply)), int64(len(p.arcs)))
	put(p.supply...)
	for _, a := range p.arcs {
		put(a[:]...)
	}
	return errors.Join(w.Flush(), f.Close())
}

// compare runs both in turns and prints a line, the time of both from the problem in memory to flows and potentials, and ours also beside
// LEMON's run() alone, without what it does before and after; same tells whether both found the same optimum and ours is proved.
func (p *reviewProblem) compare(e *env, dir, lemon string, times int) (same bool, err error) {
	file := filepath.Join(dir, "problem")
	if err := p.write(file); err != nil {
		return false, err
	}
	n := p.network()
	ours, theirs, alone := math.Inf(1), math.Inf(1), math.Inf(1)
	var a *flow.Answer
	var cost, ourMemory, memory int64
	var status string
	for range times {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := cpuSeconds()
		if a, err = n.Solve(); err != nil {
			return false, fmt.Errorf("%s: %w", p.name, err)
		}
		ours = min(ours, cpuSeconds()-began)
		runtime.ReadMemStats(&after)
		ourMemory = int64(after.TotalAlloc - before.TotalAlloc + uint64(len(p.arcs)*24+len(p.supply)*8)) // with the network itself
		out, err := exec.CommandContext(e.ctx, lemon, file).Output()
		if err != nil {
			return false, fmt.Errorf("the peer: %w", err)
		}
		var took, run float64
		if _, err := fmt.Sscan(string(out), &status, &cost, &took, &run, &memory); err != nil {
			return false, err
		}
		theirs, alone = min(theirs, took), min(alone, run)
	}
	if err := n.Verify(a); err != nil {
		return false, err
	}
	same = status == "optimal" && cost == a.Cost
	mark := ""
	if !same {
		mark = fmt.Sprintf("  DIFFERENT: LEMON says %s %d", status, cost)
	}
	fmt.Fprintf(e.out, "%-34s %9d %12d %9.4f %9.4f %6.2f %6.2f %8.1f %8.1f%s\n", p.name, len(p.arcs), -a.Cost, ours, theirs, ours/theirs, ours/alone, float64(ourMemory)/1e6, float64(memory)/1e3, mark)
	return same, nil
}
