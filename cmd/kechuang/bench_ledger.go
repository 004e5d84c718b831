package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/equity"
	"kechuang/internal/income"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/share"
	"kechuang/internal/store"
)

type benchLedgerCommand struct {
	Postgres string        `env:"KECHUANG_TEST_POSTGRES" help:"Server to measure PostgreSQL on, in a schema of its own; without it SQLite only."`
	For      time.Duration `default:"5s" help:"How long each run takes."`
	Clients  []int         `default:"1,16" help:"Clients at once."`
}

// Run measures transfers through the ledger with every check on, the same transfer by bare SQL, pgbench's TPC-B on the same server, and
// the calculators on one core.
func (c *benchLedgerCommand) Run(e *env) error {
	machine(e)
	for _, at := range targets(c.Postgres) {
		for _, clients := range c.Clients {
			book, err := c.transfers(e, at, clients, c.byLedger)
			if err != nil {
				return fmt.Errorf("%s: %w", at.name, err)
			}
			bare, err := c.transfers(e, at, clients, c.bare)
			if err != nil {
				return fmt.Errorf("%s: %w", at.name, err)
			}
			fmt.Fprintf(e.out, "ledger %-8s %2d clients: %.0f transfers/s; bare SQL %.0f/s, ledger/bare %.2f", at.name, clients, book, bare, book/bare)
			if tps, ok, err := c.pgbench(e.ctx, at, clients); err != nil {
				return err
			} else if ok {
				fmt.Fprintf(e.out, "; pgbench TPC-B %.0f/s, ledger/pgbench %.2f", tps, book/tps)
			}
			fmt.Fprintln(e.out)
		}
	}
	return c.calculators(e)
}

// transfers runs do from many clients on an empty database and gives how many came through in a second.
func (c *benchLedgerCommand) transfers(e *env, at target, clients int, prepare func(context.Context, string, int) (func(context.Context, int, int64) error, func(), error)) (float64, error) {
	dbURL, done, err := at.fresh(e.ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	do, closed, err := prepare(e.ctx, dbURL, clients)
	if err != nil {
		return 0, err
	}
	defer closed()
	var count atomic.Int64
	var wg sync.WaitGroup
	var once sync.Once
	var failed error
	began := time.Now()
	for w := range clients {
		wg.Go(func() {
			for time.Since(began) < c.For {
				if err := do(e.ctx, w, count.Add(1)); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	wg.Wait()
	return float64(count.Load()) / time.Since(began).Seconds(), failed
}

// byLedger moves money between accounts of the client's own, as a step does.
func (c *benchLedgerCommand) byLedger(ctx context.Context, dbURL string, clients int) (func(context.Context, int, int64) error, func(), error) {
	db, err := store.Open(ctx, dbURL)
	if err != nil {
		return nil, nil, err
	}
	l := ledger.New()
	err = db.Migrate(ctx, ledger.Migrations)
	for w := range clients {
		if err == nil {
			err = db.Write(ctx, func(tx *store.Tx) error {
				return l.Post(tx, ledger.Transfer{From: "clearing/x", To: ledger.Fund(fmt.Sprint(w)), Amount: 1e12, Kind: "open"})
			})
		}
	}
	return func(ctx context.Context, w int, i int64) error {
		return db.Write(ctx, func(tx *store.Tx) error {
			return l.Post(tx, ledger.Transfer{From: ledger.Fund(fmt.Sprint(w)), To: ledger.Party(fmt.Sprint(w)), Amount: 3, Kind: "move", Case: "c"})
		})
	}, func() { db.Close() }, err
}

// bare writes the same rows by the three statements that any program would need, on a plain connection.
func (c *benchLedgerCommand) bare(ctx context.Context, dbURL string, clients int) (func(context.Context, int, int64) error, func(), error) {
	_, closed, err := c.byLedger(ctx, dbURL, clients) // makes the tables
	if err != nil {
		return nil, nil, err
	}
	closed()
	return bareTransfers(dbURL)
}

var tps = regexp.MustCompile(`tps = ([0-9.]+) \(without initial connection time\)`)

// pgbench runs its standard TPC-B-like script, five statements a transaction, in a schema of its own; ok is false where it is not there.
func (c *benchLedgerCommand) pgbench(ctx context.Context, at target, clients int) (perSecond float64, ok bool, err error) {
	if at.name != "postgres" {
		return 0, false, nil
	}
	program, err := exec.LookPath("pgbench")
	if err != nil {
		return 0, false, nil
	}
	schemaURL, done, err := at.fresh(ctx)
	if err != nil {
		return 0, false, err
	}
	defer done()
	db, err := store.Open(ctx, schemaURL) // makes the schema
	if err != nil {
		return 0, false, err
	}
	if err := db.Migrate(ctx, ledger.Migrations); err != nil {
		return 0, false, err
	}
	db.Close()
	u, err := url.Parse(schemaURL)
	if err != nil {
		return 0, false, err
	}
	q := u.Query()
	schema := q.Get("search_path")
	q.Del("search_path")
	u.RawQuery = q.Encode()
	run := func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(ctx, program, append(args, u.String())...)
		cmd.Env = append(os.Environ(), "PGOPTIONS=-c search_path="+schema)
		out, err := cmd.CombinedOutput()
		if err != nil {
			err = fmt.Errorf("pgbench: %w: %s", err, out)
		}
		return out, err
	}
	if _, err := run("-i", "-q", "-s", strconv.Itoa(max(10, clients))); err != nil {
		return 0, false, err
	}
	out, err := run("-n", "-M", "prepared", "-c", strconv.Itoa(clients), "-j", strconv.Itoa(min(2, clients)), "-T", strconv.Itoa(max(1, int(c.For.Seconds()))))
	if err != nil {
		return 0, false, err
	}
	m := tps.FindSubmatch(out)
	if m == nil {
		return 0, false, fmt.Errorf("pgbench says %s", out)
	}
	perSecond, err = strconv.ParseFloat(string(m[1]), 64)
	return perSecond, true, err
}

// calculators counts conversions and waterfalls on one core.
func (c *benchLedgerCommand) calculators(e *env) error {
	var t equity.Table
	if _, err := t.Issue(equity.Event{Day: "2026-01-05"}, []equity.Row{{Party: "team", Shares: 8_000_000}, {Party: "university", Shares: 2_000_000}}); err != nil {
		return err
	}
	terms := equity.Terms{Principal: 200 * money.Wan, Basis: equity.ByFixed, Price: equity.Per(5*money.Yuan, 1), Discount: 200_000, Cap: 250_000, NotLargest: true, Floor: 500_000, FloorOf: []string{"team"}}
	var people []income.Part
	for i := range 7 {
		people = append(people, income.Part{Party: fmt.Sprint(i), Share: share.Whole/7 + share.PPM(min(1, max(0, 1-i)))})
	}
	split := income.Terms{Gross: 600 * money.Wan, Costs: []income.Cost{{Name: "valuation", Amount: 4 * money.Wan}}, Floors: []income.Floor{{Of: "reward", Least: 500_000}},
		Shares: []income.Share{{Name: "reward", Share: 700_000, To: people}, {Name: "unit", Share: 300_000, To: []income.Part{{Party: "u", Share: share.Whole}}}}}
	for _, x := range []struct {
		name string
		do   func() error
	}{
		{"conversions with cap, largest and floor", func() error {
			x := t.Clone()
			_, err := x.Convert(equity.Event{Day: "2026-02-02"}, "institute", terms)
			return err
		}},
		{"waterfalls for eight people", func() error { _, err := income.Split(split); return err }},
	} {
		n, began := 0, time.Now()
		for time.Since(began) < min(c.For, time.Second) {
			for range 100 {
				if err := x.do(); err != nil {
					return err
				}
			}
			n += 100
		}
		fmt.Fprintf(e.out, "%s: %.0f/s on one core\n", x.name, float64(n)/time.Since(began).Seconds())
	}
	return nil
}
