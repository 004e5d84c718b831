package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kechuang/internal/policy"
)

type benchPackCommand struct {
	Dir     string `arg:"" optional:"" help:"Folder of the pack; without it the embedded one."`
	Beside  string `default:"jiebang" help:"The mechanism that the cost of a turn of the others is told against."`
	Cases   int    `default:"40" help:"Random cases of each mechanism through the real engine; 0: none."`
	Singles bool   `help:"Name the features that one mechanism alone uses."`
}

// Run tells how large the mechanisms of a pack are, how much of the language only one of them uses, and what a turn of each costs.
func (c *benchPackCommand) Run(e *env) error {
	machine(e)
	files, pack, err := e.pack(c.Dir)
	if err != nil {
		return err
	}
	users := map[string][]string{}
	var lines []int
	for _, m := range pack.Mechanisms {
		lines = append(lines, bytes.Count(m.Source, []byte("\n")))
		for _, f := range m.Features() {
			users[f] = append(users[f], m.Name)
		}
	}
	var single []string
	for f, by := range users {
		if len(by) == 1 {
			single = append(single, f+" ("+by[0]+")")
		}
	}
	slices.Sort(single)
	slices.Sort(lines)
	fmt.Fprintf(e.out, "pack %d mechanisms, lines: median %d, most %d; %d features used, %d (%.0f %%) by one mechanism only\n", len(pack.Mechanisms),
		lines[len(lines)/2], lines[len(lines)-1], len(users), len(single), 100*float64(len(single))/float64(len(users)))
	if c.Singles {
		fmt.Fprintln(e.out, strings.Join(single, "\n"))
	}
	if c.Cases == 0 {
		return nil
	}
	return c.turns(e, files, pack)
}

// turns plays random cases of every mechanism, by one worker. A turn is an act, a refusal or a deadline, with what the audit after each
// case costs.
func (c *benchPackCommand) turns(e *env, files fs.FS, pack *policy.Pack) error {
	type cost struct {
		name string
		ms   float64
	}
	var costs []cost
	beside := 0.0
	for _, m := range pack.Mechanisms {
		played := simulateCommand{Cases: c.Cases, Seed: 1, Engine: "real", Workers: 1}
		s, err := played.simulate(e, files, pack, m)
		if err != nil {
			return err
		}
		k := cost{m.Name, 1000 * s.Seconds / float64(max(s.Turns+s.Refused, 1))}
		if costs = append(costs, k); m.Name == c.Beside {
			beside = k.ms
		}
	}
	slices.SortFunc(costs, func(a, b cost) int { return cmp.Compare(b.ms, a.ms) })
	for _, k := range costs {
		fmt.Fprintf(e.out, "turn %-24s %6.2f ms, %.2f of %s\n", k.name, k.ms, k.ms/max(beside, 1e-9), c.Beside)
	}
	return nil
}
