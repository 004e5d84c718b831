package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"time"

	"kechuang/internal/panel"
	"kechuang/internal/panel/assign"
	"kechuang/internal/panel/conflict"
	"kechuang/internal/panel/conflict/lives"
	"kechuang/internal/share"
)

type benchPanelCommand struct {
	Affinities   string `default:"../shared/data/review/midl.txt" help:"Reviewer-paper affinities; where they are absent this part does not run."`
	Draws        int    `default:"100000" help:"How many draws."`
	Experts      int    `default:"100000" help:"Of the large sample for conflicts."`
	Applications int    `default:"1000" help:"Of the large sample."`
}

// Run measures conflicts, draws, and assignment beside other solvers.
func (c *benchPanelCommand) Run(e *env) error {
	machine(e)
	c.conflicts(e)
	if err := c.draws(e); err != nil {
		return err
	}
	return c.assignment(e)
}

// conflicts grades findings on made-up biographies of two makers, and times a city's pool.
func (c *benchPanelCommand) conflicts(e *env) {
	for seed := range uint64(3) {
		s := conflict.MakeSample(5000, 200, seed)
		f := conflict.New(s.World, conflict.SampleRules, conflict.SampleDay)
		f.Enter(s.Applications)
		sure, all := s.Grade(f)
		fmt.Fprintf(e.out, "conflicts, 5000 biographies, seed %d: %d true; sure: precision %.4f recall %.4f; with possible: precision %.4f recall %.4f\n",
			seed, sure.True, sure.Precision(), sure.Recall(), all.Precision(), all.Recall())
	}
	for seed := range uint64(3) {
		s := lives.Make(5000, 200, seed)
		f := conflict.New(s.World, lives.Rules, lives.Today)
		f.Enter(s.Applications)
		by := s.Grades(f)
		for _, k := range conflict.Kinds {
			if g := by[k]; g[0].True > 0 {
				lifeGrade(e, seed, string(k), g[0], g[1])
			}
		}
		sure, all := s.Grade(f)
		lifeGrade(e, seed, "all kinds", sure, all)
	}
	for n := c.Experts / 100; n <= c.Experts; n *= 10 {
		c.vetting(e, n)
	}
}

// vetting times a pool of so many people against all applications.
func (c *benchPanelCommand) vetting(e *env, people int) {
	s := conflict.MakeSample(people, c.Applications, 9)
	runtime.GC()
	began, cpu := time.Now(), cpuSeconds()
	f := conflict.New(s.World, conflict.SampleRules, conflict.SampleDay)
	f.Enter(s.Applications)
	indexed, cpuIndexed := time.Since(began), cpuSeconds()-cpu
	began, cpu = time.Now(), cpuSeconds()
	findings := 0
	for _, a := range s.Applications {
		for _, found := range f.Check(a) {
			findings += len(found)
		}
	}
	checked, cpuChecked := time.Since(began), cpuSeconds()-cpu
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	fmt.Fprintf(e.out, "conflicts, %d people x %d applications, %d works: names and indexes %.2f s (%.2f s of processor), all checked %.2f s (%.2f s), %d findings, heap %.0f MB\n",
		people, c.Applications, len(s.World.Works), indexed.Seconds(), cpuIndexed, checked.Seconds(), cpuChecked, findings, float64(m.HeapAlloc)/1e6)
	runtime.KeepAlive(f)
	runtime.KeepAlive(s)
}

func lifeGrade(e *env, seed uint64, kind string, sure, all conflict.Grade) {
	fmt.Fprintf(e.out, "conflicts, 5000 lives, seed %d, %-12s: %5d true; sure: precision %.4f recall %.4f; with possible: precision %.4f recall %.4f\n",
		seed, kind, sure.True, sure.Precision(), sure.Recall(), all.Precision(), all.Recall())
}

// drawPool is so many people, three a unit, of several kinds.
func drawPool(n int) (pool []panel.Candidate) {
	for i := range n {
		has := map[string]string{"kind": "technical", "outside": "no", "rank": "other"}
		switch i % 6 {
		case 5:
			has["kind"] = "financial"
		case 2:
			has["kind"] = "industry"
		}
		if i%3 == 1 {
			has["outside"] = "yes"
		}
		if i%4 == 0 {
			has["rank"] = "senior"
		}
		pool = append(pool, panel.Candidate{ID: fmt.Sprintf("p%05d", i), Unit: fmt.Sprintf("u%d", i/3), Has: has})
	}
	return pool
}

// draws compares frequencies within strata, of the drawn and of the substitutes for two who decline, under three sets of criteria: many at once,
// those of packs/shenyang as they are (three people, one of a unit), and what the pack's parameters ask for where a city wants financial, industry
// and senior experts. Then pools of 60 to 60 000, a draw of which is timed with its file and its replay.
func (c *benchPanelCommand) draws(e *env) error {
	mixed := panel.Criteria{Size: 5, UnitMost: 1, Quotas: []panel.Quota{{What: "kind", Is: "financial", Least: 1}, {What: "kind", Is: "industry", Least: 1}, {What: "rank", Is: "senior", Least: 1}}}
	for _, x := range []struct {
		name   string
		people int
		draws  int
		panel.Criteria
	}{
		{"many", 60, c.Draws, panel.Criteria{Size: 7, UnitMost: 1, Quotas: []panel.Quota{{What: "kind", Is: "financial", Least: 1, Most: 2}, {What: "outside", Is: "yes", Least: 2}}}},
		{"the pack's", 60, c.Draws, panel.Criteria{Size: 3, UnitMost: 1}},
		{"mixed", 60, c.Draws, mixed},
		{"mixed", 18, c.Draws, mixed},
		{"mixed", 600, c.Draws / 10, mixed},
	} {
		cpu := cpuSeconds()
		drawn, came, err := panel.Frequencies(drawPool(x.people), x.Criteria, x.draws, 2, 1)
		if err != nil {
			return err
		}
		cpu = cpuSeconds() - cpu
		for i, strata := range [][]panel.Stratum{drawn, came} {
			what := []string{"drawn", "came instead"}[i]
			worst, least := 1.0, 1<<30
			for _, s := range strata {
				if s.People > 1 && s.Draws > 0 {
					worst, least = min(worst, s.P), min(least, s.Draws/s.People)
				}
				fmt.Fprintf(e.out, "draws, %s of %d, %s, stratum of %3d people: %6d times, chi-square %6.2f, p %.3f  %s\n", x.name, x.people, what, s.People, s.Draws, s.ChiSquare, s.P, s.Name)
			}
			fmt.Fprintf(e.out, "draws, %s of %d, %s: %d strata, least p %.3f, everybody at least %d times\n", x.name, x.people, what, len(strata), worst, least)
		}
		fmt.Fprintf(e.out, "draws, %s: %d of %d from %d with two replacements each in %.1f s of processor\n", x.name, x.draws, x.Size, x.people, cpu)
	}
	for _, n := range []int{60, 600, 6000, 60_000} {
		if err := c.oneDraw(e, drawPool(n), mixed); err != nil {
			return err
		}
	}
	return nil
}

// oneDraw times the steps of a single draw.
func (c *benchPanelCommand) oneDraw(e *env, pool []panel.Candidate, criteria panel.Criteria) error {
	lap := func() func() float64 {
		cpu := cpuSeconds()
		return func() float64 { return (cpuSeconds() - cpu) * 1e3 }
	}
	took := lap()
	fixed, err := panel.Ask{For: "bench", Pool: pool, Criteria: criteria}.Fix()
	if err != nil {
		return err
	}
	atFix, again := took(), lap()
	const times = 20
	var r *panel.Record
	for i := range times {
		if r, err = fixed.Convene(panel.Seed{byte(i)}, "700 root", "36"); err != nil {
			return err
		}
	}
	atDraw := again() / times
	file, err := r.Encode()
	if err != nil {
		return err
	}
	took = lap()
	read, err := panel.Decode(file)
	if err == nil {
		err = read.Verify()
	}
	fmt.Fprintf(e.out, "draws, pool of %5d: fixed in %.1f ms of processor, drawn in %.3f ms, file of %d kB replayed in %.1f ms\n", len(pool), atFix, atDraw, len(file)/1000, took())
	return err
}

// assignment solves real affinities, and has cbc and glpsol solve the same in the same run.
func (c *benchPanelCommand) assignment(e *env) error {
	f, err := os.Open(c.Affinities)
	if err != nil {
		fmt.Fprintln(e.out, "assignment did not run: no affinities at", c.Affinities)
		return nil
	}
	defer f.Close()
	p, err := assign.Read(f)
	if err != nil {
		return err
	}
	with, err := assign.Total(p)
	if err != nil {
		return err
	}
	for i := range p.Experts {
		p.Experts[i].Least = 0
	}
	began := time.Now()
	total, err := assign.Total(p)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "total %s in %.4f s, gap %s, deciles %v; with lower loads %s\n", total.Total, time.Since(began).Seconds(), total.Gap(), total.Deciles(), with.Total)
	dir, err := os.MkdirTemp("", "kechuang-panel-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	began = time.Now()
	fair, proved, err := assign.Fair(p, assign.FairOptions{})
	if err != nil {
		return err
	}
	took := time.Since(began).Seconds()
	value, theirs, err := peer(e, dir, "cbc", lpOf(p, share.Whole, fair.Worst))
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "fair: worst %s (bound %s), total %s, proved %v, %.3f s, deciles %v; cbc: total %s at that worst, %.3f s\n", fair.Worst, fair.WorstBound, fair.Total, proved, took, fair.Deciles(), value, theirs)
	front, complete, err := assign.Front(p, 4*assign.DefaultEffort)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "front, complete %v: %v\n", complete, front)
	for _, most := range []share.PPM{900_000, 500_000, 300_000} {
		began = time.Now()
		l, err := assign.Random(p, most)
		if err != nil {
			return err
		}
		took = time.Since(began).Seconds()
		value, theirs, err := peer(e, dir, "glpsol", lpOf(p, most, 0))
		if err != nil {
			return err
		}
		fmt.Fprintf(e.out, "random, cap %s: expected %s in %.3f s, %s of the optimum, deciles %v; glpsol's LP: %s in %.3f s\n", most, l.Total, took, percent(int64(l.Total), int64(l.Optimum)), l.Deciles(), value, theirs)
	}
	return nil
}

// lpOf writes a problem in CPLEX's LP format: whole numbers when a worst-served is asked for, else the linear programme under a cap.
func lpOf(p *assign.Problem, most share.PPM, worst assign.Score) []byte {
	var objective, rows, bounds, whole bytes.Buffer
	name := func(w assign.Pair) string { return fmt.Sprintf("x%d_%d", w.Expert, w.Proposal) }
	loads := make([]bytes.Buffer, len(p.Experts))
	for q, x := range p.Proposals {
		var needs, served bytes.Buffer
		for e := range p.Experts {
			w := assign.Pair{Expert: e, Proposal: q}
			if !p.Allowed(w) {
				continue
			}
			s := float64(p.Score(w)) / float64(assign.One)
			fmt.Fprintf(&objective, " + %.11f %s\n", s, name(w))
			fmt.Fprintf(&needs, " + %s\n", name(w))
			fmt.Fprintf(&served, " + %.11f %s\n", s, name(w))
			fmt.Fprintf(&loads[e], " + %s\n", name(w))
			fmt.Fprintf(&bounds, " 0 <= %s <= %.6f\n", name(w), float64(most)/float64(share.Whole))
			fmt.Fprintf(&whole, " %s\n", name(w))
		}
		fmt.Fprintf(&rows, " n%d: %s = %d\n", q, needs.String(), x.Needs)
		if worst > 0 {
			fmt.Fprintf(&rows, " f%d: %s >= %.11f\n", q, served.String(), float64(worst-1)/float64(assign.One))
		}
	}
	for e, x := range p.Experts {
		if loads[e].Len() > 0 {
			fmt.Fprintf(&rows, " l%d: %s <= %d\n", e, loads[e].String(), x.Most)
		}
	}
	text := "Maximize\n total:" + objective.String() + "Subject To\n" + rows.String() + "Bounds\n" + bounds.String()
	if worst > 0 {
		text += "Binary\n" + whole.String()
	}
	return []byte(text + "End\n")
}

var (
	cbcOptimum  = regexp.MustCompile(`Objective value:\s+(-?[0-9.]+)`)
	glpkOptimum = regexp.MustCompile(`(?s)Objective:\s+total = (-?[0-9.]+(?:e[+-]?\d+)?)`)
)

// peer has another solver solve a file, and gives the value that it found and its time.
func peer(e *env, dir, program string, lp []byte) (value string, seconds float64, err error) {
	file, report := filepath.Join(dir, "problem.lp"), filepath.Join(dir, "report")
	if err := os.WriteFile(file, lp, 0o600); err != nil {
		return "", 0, err
	}
	if _, err := exec.LookPath(program); err != nil {
		return program + " is not installed", 0, nil
	}
	began := time.Now()
	var m [][]byte
	if program == "cbc" {
		out, err := exec.CommandContext(e.ctx, "cbc", file, "ratio", "0", "seconds", "120", "solve", "quit").Output()
		if err != nil {
			return "", 0, err
		}
		m = cbcOptimum.FindSubmatch(out)
	} else {
		if err := exec.CommandContext(e.ctx, "glpsol", "--lp", file, "-o", report).Run(); err != nil {
			return "", 0, err
		}
		out, err := os.ReadFile(report)
		if err != nil {
			return "", 0, err
		}
		m = glpkOptimum.FindSubmatch(out)
	}
	if m == nil {
		return "no value", 0, nil
	}
	v, err := strconv.ParseFloat(string(m[1]), 64)
	return fmt.Sprintf("%.6f", v), time.Since(began).Seconds(), err
}
