package main

import (
	"context"
	"fmt"
	"time"
)

type growthCommand struct {
	Postgres string `env:"KECHUANG_TEST_POSTGRES" help:"Server to measure PostgreSQL on; without it SQLite only."`
	Sizes    []int  `default:"1000,10000,100000,1000000" help:"Cases in the city."`
	Steps    int    `default:"500" help:"Steps measured at each size."`
}

// Run measures steps in a city of more and more cases. The cases beside those measured are copies of one that was played, written by
// bare SQL with ids of their own: they are of the right size and in every index, and nothing reads what is in them.
func (c *growthCommand) Run(e *env) error {
	machine(e)
	for _, at := range targets(c.Postgres) {
		if err := c.grow(e, at); err != nil {
			return fmt.Errorf("%s: %w", at.name, err)
		}
	}
	return nil
}

// templateSteps is how far the case is that is copied: opened, submitted, recommended — with its form, page, leaves and who it waits for.
const templateSteps = 3

func (c *growthCommand) grow(e *env, at target) error {
	url, done, err := at.fresh(e.ctx)
	if err != nil {
		return err
	}
	defer done()
	b, err := newBench(e.ctx, url, 1)
	if err != nil {
		return err
	}
	defer b.home.db.Close()
	if _, err := b.run(e.ctx, 1, templateSteps); err != nil { // the case that is copied, and warm
		return err
	}
	var medians []time.Duration
	have := 1
	for _, size := range c.Sizes {
		began := time.Now()
		if err := multiply(e.ctx, url, have, size); err != nil {
			return err
		}
		fill := time.Since(began)
		have = size
		p, err := b.again(e.ctx, c.Steps, fmt.Sprint(size))
		if err != nil {
			return err
		}
		medians = append(medians, p.median)
		fmt.Fprintf(e.out, "growth %-8s %8d cases: %s (filled in %v)\n", at.name, size, p, fill.Round(time.Second))
	}
	fmt.Fprintf(e.out, "growth %-8s median at %d cases / at %d: %.2f\n", at.name, c.Sizes[len(c.Sizes)-1], c.Sizes[0],
		medians[len(medians)-1].Seconds()/medians[0].Seconds())
	return nil
}

// again runs one client's steps with keys of their own.
func (b *bench) again(ctx context.Context, steps int, key string) (pace, error) {
	old := b.round
	b.round = old + key + "-"
	return b.run(ctx, 1, steps)
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
	all := []interface{ Run(*env) error }{
		&benchCheckCommand{Times: 20},
		&benchVerifyCommand{Leaves: 1_000_000 / scale},
		&stepsCommand{Postgres: c.Postgres, Steps: 20_000 / scale, Clients: []int{1, 16}},
		&killCommand{Kills: 500 / scale, Clients: 8, Seed: 1},
		&growthCommand{Postgres: c.Postgres, Sizes: []int{1000 / scale, 10_000 / scale, 100_000 / scale, 1_000_000 / scale}, Steps: max(1000/scale, 50)},
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
