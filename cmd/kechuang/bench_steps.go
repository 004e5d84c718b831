package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/store"
)

type stepsCommand struct {
	Postgres string `env:"KECHUANG_TEST_POSTGRES" help:"Server to measure PostgreSQL on, in a schema of its own; without it SQLite only."`
	Steps    int    `default:"5000" help:"Steps of each run."`
	Clients  []int  `default:"1,16" help:"Clients at once."`
}

// Run measures steps three ways: through the engine; the same rows by the same statements in the store's transactions, with nothing read,
// checked or decided (bare); and the rows that the engine left by a plain connection, inserts and two updates a step (plain).
func (c *stepsCommand) Run(e *env) error {
	machine(e)
	for _, at := range targets(c.Postgres) {
		for _, clients := range c.Clients {
			if err := c.measure(e, at, clients); err != nil {
				return fmt.Errorf("%s: %w", at.name, err)
			}
		}
	}
	return nil
}

func (c *stepsCommand) measure(e *env, at target, clients int) error {
	url, done, err := at.fresh(e.ctx)
	if err != nil {
		return err
	}
	defer done()
	engine, err := ruled(e.ctx, url, clients, func(r *casework.Ruler) (casework.Speed, error) { return r.Engine(e.ctx, c.Steps) })
	if err != nil {
		return err
	}
	bareURL, bareDone, err := at.fresh(e.ctx)
	if err != nil {
		return err
	}
	defer bareDone()
	bare, err := ruled(e.ctx, bareURL, clients, func(r *casework.Ruler) (casework.Speed, error) { return r.Bare(e.ctx, c.Steps) })
	if err != nil {
		return err
	}
	plainURL, plainDone, err := at.fresh(e.ctx)
	if err != nil {
		return err
	}
	defer plainDone()
	plain, rows, err := rewrite(e.ctx, url, plainURL, clients, engine.Steps)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "steps %-8s %2d clients: engine %s; bare %s, engine/bare %.2f; plain %s, %.1f rows a step, engine/plain %.2f\n", at.name, clients,
		speed(engine), speed(bare), engine.PerSecond/bare.PerSecond, speed(plain), float64(rows)/float64(engine.Steps), engine.PerSecond/plain.PerSecond)
	return nil
}

// ruled measures on a database of its own.
func ruled(ctx context.Context, url string, clients int, measure func(*casework.Ruler) (casework.Speed, error)) (casework.Speed, error) {
	db, err := store.Open(ctx, url)
	if err != nil {
		return casework.Speed{}, err
	}
	defer db.Close()
	r, err := casework.NewRuler(ctx, db, clients)
	if err != nil {
		return casework.Speed{}, err
	}
	return measure(r)
}

func speed(s casework.Speed) string {
	return fmt.Sprintf("%.0f/s (median %.1f ms, p99 %.1f ms, %.2f runs)", s.PerSecond, float64(s.Median.Microseconds())/1000, float64(s.P99.Microseconds())/1000, max(s.Runs, 1))
}

// target is a kind of database, and how to get an empty one.
type target struct {
	name  string
	fresh func(context.Context) (url string, done func(), err error)
}

func targets(postgres string) []target {
	list := []target{{"sqlite", func(context.Context) (string, func(), error) {
		dir, err := os.MkdirTemp("", "kechuang-bench-")
		return "sqlite:" + filepath.Join(dir, "bench.db"), func() { os.RemoveAll(dir) }, err
	}}}
	if postgres != "" {
		list = append(list, target{"postgres", func(ctx context.Context) (string, func(), error) { return freshSchema(ctx, postgres) }})
	}
	return list
}

// pacer gathers the times of single steps.
type pacer struct {
	mu    sync.Mutex // guards times and err
	times []time.Duration
	err   error
	began time.Time
}

func (p *pacer) step(do func() error) bool {
	began := time.Now()
	err := do()
	took := time.Since(began)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.times = append(p.times, took)
	p.err = errors.Join(p.err, err)
	return p.err == nil
}

func (p *pacer) speed() (casework.Speed, error) {
	took := time.Since(p.began)
	slices.Sort(p.times)
	n := len(p.times)
	if n == 0 || p.err != nil {
		return casework.Speed{}, errors.Join(p.err, errors.New("nothing was measured"))
	}
	return casework.Speed{Steps: n, PerSecond: float64(n) / took.Seconds(), Median: p.times[n/2], P99: p.times[n*99/100]}, nil
}

type growthCommand struct {
	Postgres string  `env:"KECHUANG_TEST_POSTGRES" help:"Server to measure PostgreSQL on; without it SQLite only."`
	Sizes    []int64 `default:"1000,10000,100000,1000000" help:"Cases in the city."`
	Steps    int     `default:"1000" help:"Steps measured at each size."`
	Clients  int     `default:"1" help:"Clients at once."`
}

// Run measures steps in a city of more and more cases.
func (c *growthCommand) Run(e *env) error {
	machine(e)
	for _, at := range targets(c.Postgres) {
		if err := c.grow(e, at); err != nil {
			return fmt.Errorf("%s: %w", at.name, err)
		}
	}
	return nil
}

func (c *growthCommand) grow(e *env, at target) error {
	url, done, err := at.fresh(e.ctx)
	if err != nil {
		return err
	}
	defer done()
	var first, last time.Duration
	_, err = ruled(e.ctx, url, c.Clients, func(r *casework.Ruler) (s casework.Speed, err error) {
		for _, size := range c.Sizes {
			g, err := r.Grow(e.ctx, size, c.Steps)
			if err != nil {
				return s, err
			}
			if s = g.Steps; first == 0 {
				first = s.Median
			}
			last = s.Median
			fmt.Fprintf(e.out, "growth %-8s %8d cases: steps %s; medians: case page %v, list %v, hall %v, desk %v\n", at.name, g.Cases, speed(s),
				g.View.Round(10*time.Microsecond), g.List.Round(10*time.Microsecond), g.Hall.Round(10*time.Microsecond), g.Desk.Round(10*time.Microsecond))
		}
		return s, nil
	})
	if err == nil {
		fmt.Fprintf(e.out, "growth %-8s median at %d cases / at %d: %.2f\n", at.name, c.Sizes[len(c.Sizes)-1], c.Sizes[0], last.Seconds()/first.Seconds())
	}
	return err
}

type allCommand struct {
	Postgres string `env:"KECHUANG_TEST_POSTGRES" help:"Server to measure PostgreSQL on; without it SQLite only."`
	Quick    bool   `help:"A hundredth of everything, to see that it runs."`
}

// Run measures everything, in the order of docs/benchmarks.md.
func (c *allCommand) Run(e *env) error {
	scale := 1
	if c.Quick {
		scale = 100
	}
	n := int64(scale)
	all := []interface{ Run(*env) error }{
		&benchCheckCommand{Times: 20},
		&benchVerifyCommand{Leaves: 1_000_000 / scale},
		&stepsCommand{Postgres: c.Postgres, Steps: 20_000 / scale, Clients: []int{1, 16}},
		&benchLedgerCommand{Postgres: c.Postgres, For: max(5*time.Second/time.Duration(scale), 100*time.Millisecond), Clients: []int{1, 16}},
		&killCommand{Kills: 500 / scale, Clients: 8, Seed: 1},
		&growthCommand{Postgres: c.Postgres, Sizes: []int64{1000 / n, 10_000 / n, 100_000 / n, 1_000_000 / n}, Steps: max(1000/scale, 50), Clients: 1},
	}
	if c.Postgres != "" {
		url, done, err := freshSchema(e.ctx, c.Postgres)
		if err != nil {
			return err
		}
		defer done()
		all = append(all, &killCommand{URL: url, Kills: 500 / scale, Clients: 8, Seed: 1})
	}
	for _, b := range all {
		if err := b.Run(e); err != nil {
			return err
		}
	}
	return nil
}
