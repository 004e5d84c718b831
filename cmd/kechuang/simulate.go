package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/policy/prove/mutate"
)

type simulateCommand struct {
	Dir       string `arg:"" optional:"" help:"Folder of the pack; without it the embedded one."`
	Mechanism string `help:"Only this mechanism."`
	Cases     int    `default:"1000" help:"Random cases of each mechanism."`
	Seed      uint64 `default:"1" help:"Of the first case; the n-th has seed + n."`
	Engine    string `enum:"real,interpreter" default:"real" help:"real: casework on databases of its own; interpreter: policy.Decide and maps, some thirty times as fast."`
	Workers   int    `help:"How many at once; without it one a core."`
	JSON      bool   `help:"Print the result as JSON."`
}

// simulation is what came of one mechanism's cases.
type simulation struct {
	Mechanism string         `json:"mechanism"`
	Cases     int64          `json:"cases"`
	Turns     int64          `json:"turns"`
	Refused   int64          `json:"refused"`
	Ends      map[string]int `json:"ends"`
	Acts      map[string]int `json:"acts"`
	Undone    []string       `json:"undone"` // steps that nobody ever came to
	Why       []refusedStep  `json:"why"`    // of these, those that were tried: what was said
	Failures  []string       `json:"failures"`
	Seconds   float64        `json:"seconds"`
}

// refusedStep is a step that was tried and never done, and what it was refused with.
type refusedStep struct {
	Step string    `json:"step"`
	Says lang.Text `json:"says"`
}

// Run plays random cases; the exit code is 1 when one of them got stuck, paid before its notice or left money behind.
func (c *simulateCommand) Run(e *env) error {
	files, pack, err := e.pack(c.Dir)
	if err != nil {
		return err
	}
	var results []simulation
	for _, m := range pack.Mechanisms {
		if c.Mechanism != "" && m.Name != c.Mechanism {
			continue
		}
		r, err := c.simulate(e, files, pack, m)
		results = append(results, r)
		if !c.JSON && (err == nil || r.Cases > 0) { // what was played before somebody stopped it counts, too
			r.print(e, m)
		}
		if err != nil {
			return err
		}
	}
	if c.JSON {
		if err := e.json(results); err != nil {
			return err
		}
	}
	if len(results) == 0 {
		return fmt.Errorf("no mechanism %q", c.Mechanism)
	}
	if slices.ContainsFunc(results, func(r simulation) bool { return len(r.Failures) > 0 }) {
		return errFound
	}
	return nil
}

func (c *simulateCommand) simulate(e *env, files fs.FS, pack *policy.Pack, m *policy.Mechanism) (simulation, error) {
	worlds, done, err := c.worlds(files, pack)
	if err != nil {
		return simulation{}, err
	}
	defer done()
	s := simulation{Mechanism: m.Name, Ends: map[string]int{}, Acts: map[string]int{}, Failures: []string{}}
	began := time.Now()
	ctx := e.ctx
	why := map[string]lang.Text{}
	var next, played atomic.Int64
	defer c.tell(e, m, &played)()
	var mu sync.Mutex // guards s and err
	var wg sync.WaitGroup
	for _, w := range worlds {
		wg.Go(func() {
			for n := next.Add(1) - 1; n < int64(c.Cases) && ctx.Err() == nil; n = next.Add(1) - 1 {
				r, failed := play.Random(w, play.DefaultStage(pack, m), c.Seed+uint64(n))
				wrong := error(nil) // ledger, journal, history and desks of a case in the real engine
				if real, ok := w.(*casework.Theatre); ok && failed == nil {
					wrong = real.Audit()
				}
				mu.Lock()
				if wrong != nil {
					s.Failures = append(s.Failures, fmt.Sprintf("seed %d: %v", c.Seed+uint64(n), wrong))
				}
				if f := (*play.Failure)(nil); errors.As(failed, &f) {
					s.Failures = append(s.Failures, f.Error())
				} else if failed != nil {
					err = failed
				}
				s.Cases = played.Add(1)
				s.Turns += int64(r.Turns)
				s.Refused += int64(r.Refused)
				s.Ends[r.End]++
				for act, k := range r.Acts {
					s.Acts[act] += k
				}
				maps.Copy(why, r.Why)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	s.Seconds = time.Since(began).Seconds()
	s.Undone = undone(m, s.Acts)
	s.Why = []refusedStep{}
	for _, step := range slices.Sorted(maps.Keys(why)) {
		if s.Acts[step] == 0 {
			s.Why = append(s.Why, refusedStep{step, why[step]})
		}
	}
	return s, errors.Join(err, ctx.Err())
}

// tell says on the side how far it has come, every ten seconds until it is stopped.
func (c *simulateCommand) tell(e *env, m *policy.Mechanism, played *atomic.Int64) (stop func()) {
	tick, over := time.NewTicker(10*time.Second), make(chan struct{})
	go func() {
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(e.err, "%s %d / %d\n", m.Title.In(e.lang), played.Load(), c.Cases)
			case <-over:
				return
			}
		}
	}()
	return func() {
		tick.Stop()
		close(over)
	}
}

// worlds makes one world a worker. The real ones have databases in memory where the machine has a file system there: what is tested
// is the engine, not the disk.
func (c *simulateCommand) worlds(files fs.FS, pack *policy.Pack) (list []play.World, done func(), err error) {
	n := c.Workers
	if n <= 0 {
		n = runtime.NumCPU()
	}
	if c.Engine == "interpreter" {
		for range n {
			list = append(list, play.NewInterpreter())
		}
		return list, func() {}, nil
	}
	dir, err := os.MkdirTemp(shm(), "kechuang-simulate-")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { os.RemoveAll(dir) }
	stages := casework.NewStageDB(dir)
	key, _, err := journal.NewKey("kechuang.simulate")
	if err != nil {
		clean()
		return nil, nil, err
	}
	for range n {
		list = append(list, casework.NewTheatre(pack, files, key, stages.Fresh))
	}
	return list, func() {
		for _, w := range list {
			w.(*casework.Theatre).Close()
		}
		stages.Close()
		clean()
	}, nil
}

// shm is a folder in memory, or "" for the machine's own temporary one.
func shm() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

// undone are the steps of a mechanism that no case came to, as "machine.state.step".
func undone(m *policy.Mechanism, acts map[string]int) []string {
	list := []string{}
	for _, x := range append([]*policy.Machine{m.Case}, m.Parts...) {
		for _, st := range x.States {
			for _, step := range st.Steps {
				name := st.Name + "." + step.Name
				if x.Name != "" {
					name = x.Name + "." + name
				}
				if acts[name] == 0 && acts[st.Name+"."+step.Name] == 0 {
					list = append(list, name)
				}
			}
		}
	}
	return list
}

func (s simulation) print(e *env, m *policy.Mechanism) {
	e.say("%s：%d 个随机事项，%d 次办理和等待，其中 %d 次被拒绝；%.1f 秒（每秒 %.0f 个事项）", "%s: %d random cases, %d turns, %d of them refused; %.1f s (%.0f cases a second)",
		m.Title.In(e.lang), s.Cases, s.Turns, s.Refused, s.Seconds, float64(s.Cases)/max(s.Seconds, 0.001))
	for _, end := range slices.Sorted(maps.Keys(s.Ends)) {
		title := end
		if st := m.Case.State(end); st != nil {
			title = st.Title.In(e.lang)
		}
		fmt.Fprintf(e.out, "  %6d  %s\n", s.Ends[end], title)
	}
	if len(s.Undone) > 0 {
		e.say("  没有事项走到的步骤：%v", "  steps that no case came to: %v", s.Undone)
	}
	for _, r := range s.Why {
		e.say("  办过而每次都被拒绝：%s：%s", "  tried, and refused every time: %s: %s", r.Step, r.Says.In(e.lang))
	}
	for _, f := range s.Failures {
		fmt.Fprintln(e.out, "✗", f)
	}
	if len(s.Failures) == 0 {
		e.say("✓ 没有卡住、先付后示、余款无着、被拒却有变动的事项", "✓ none was stuck, paid before its notice, left money behind, or changed anything by a refusal")
	}
}

type mutateCommand struct {
	Dir       string `arg:"" optional:"" help:"Folder of the pack; without it the embedded one."`
	Mechanism string `default:"jiebang" help:"The mechanism to break."`
	Count     int    `default:"500" help:"How many mutants."`
	Seed      uint64 `default:"1" help:"The same seed makes the same mutants."`
	Cases     int    `default:"20" help:"Random cases played of each mutant that every proof accepts; with the scenarios."`
	JSON      bool   `help:"Print the report as JSON."`
}

// Run breaks a mechanism and counts who notices; the exit code is 1 where nobody noticed and nothing explains it.
func (c *mutateCommand) Run(e *env) error {
	files, err := packFiles(c.Dir)
	if err != nil {
		return err
	}
	notice, silent, err := mutate.Players(files, c.Cases)
	if err != nil {
		return err
	}
	if silent > 0 {
		fmt.Fprintf(e.err, "%d scenarios fail on the pack as it is and were left out\n", silent)
	}
	r, err := mutate.Run(files, mutate.Options{Mechanism: c.Mechanism, Seed: c.Seed, Count: c.Count, Play: notice})
	if err != nil {
		return err
	}
	if c.JSON {
		err = e.json(r)
	} else {
		_, err = fmt.Fprintln(e.out, r)
	}
	if err == nil && len(r.Holes()) > 0 {
		err = errFound
	}
	return err
}
