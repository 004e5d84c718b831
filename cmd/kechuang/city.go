package main

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"sync/atomic"

	"kechuang/internal/broker"
	"kechuang/internal/casework"
	"kechuang/internal/chain"
	"kechuang/internal/dossier"
	"kechuang/internal/exchange"
	"kechuang/internal/figure"
	"kechuang/internal/figure/outside"
	"kechuang/internal/identity"
	"kechuang/internal/journal"
	"kechuang/internal/ledger"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/web"
)

// city is the rooms of one city over one database, ready to work.
type city struct {
	db       *store.DB
	people   *identity.Service
	register *register.Register
	ledger   *ledger.Ledger
	journal  *journal.Journal
	cases    *casework.Engine
	jobs     *store.Jobs
	dossiers *dossier.Service
	broker   *broker.Broker              // of a city that serves
	imports  chan struct{}               // wakes the loop that runs imports
	growing  atomic.Pointer[web.Growing] // how far the reference city has come while it is served
	outside  []string                    // addresses of instances that are harvested
}

// cityOptions says which city.
type cityOptions struct {
	url   string // of the database
	key   string // file of the journal's signing key
	base  string // public address
	cost  identity.Cost
	pack  *policy.Pack
	files fs.FS
}

// openCity opens the database, brings its tables up to date and furnishes the rooms. The order of the migrations is the order of
// dependence: a room's tables may refer to those before it.
func openCity(ctx context.Context, o cityOptions) (*city, error) {
	db, err := store.Open(ctx, o.url)
	if err != nil {
		return nil, err
	}
	c := &city{db: db, ledger: ledger.New(), imports: make(chan struct{}, 1)}
	if err := c.furnish(ctx, o); err != nil {
		db.Close()
		return nil, err
	}
	return c, nil
}

func (c *city) furnish(ctx context.Context, o cityOptions) error {
	err := c.db.Migrate(ctx, identity.Migrations, register.Migrations, ledger.Migrations, figure.Migrations, outside.Migrations, journal.Migrations, casework.Migrations, chain.Migrations, store.JobMigrations, dossier.Migrations, exchange.Migrations)
	if err != nil {
		return err
	}
	key, err := journal.LoadKey(o.key, "kechuang."+o.pack.ID)
	if err != nil {
		return err
	}
	c.journal = journal.New(c.db, key)
	c.register = register.New(c.db, regions(o.pack))
	c.people = identity.New(c.db, c.register, o.cost)
	c.register.SetActors(c.people.ActorOfAccount)
	c.cases, err = casework.New(ctx, casework.Config{DB: c.db, Files: o.files, Register: c.register, Ledger: c.ledger, Journal: c.journal,
		Facts: figure.New(), Base: o.base, Hats: c.people.ActorOfAccount})
	if err != nil {
		return err
	}
	c.jobs = store.NewJobs(c.db)
	c.dossiers = dossier.New(c.db, c.jobs, c.journal, c.cases, c.people.ActorOfAccount)
	c.register.BusyIn(c.cases.Busy)
	for _, m := range o.pack.Mechanisms {
		if c.cases.RegisterNeeds(m.Name) == nil { // the first whose cases can be drafted from the rows of a workbook
			break
		}
	}
	return c.cases.CheckEditions(ctx)
}

// regions are the city's districts, and the provinces for parties from elsewhere.
func regions(p *policy.Pack) []register.Region {
	var list []register.Region
	for _, name := range []string{"districts", "provinces"} {
		t := p.Taxonomies[name]
		if t == nil {
			continue
		}
		for _, c := range t.Codes {
			parent := c.Parent
			if parent == "" && name == "districts" {
				parent = p.Region
			}
			list = append(list, register.Region{Code: c.Code, Name: c.Title.ZH, Parent: parent})
		}
	}
	return list
}

// keyFile is where the signing key of a database lies unless said otherwise: beside an SQLite file, else in ./data.
func keyFile(url string) string {
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok && path != "" && path != ":memory:" {
		file, _, _ := strings.Cut(path, "?")
		return file + ".journal-key"
	}
	return filepath.Join("data", "journal-key")
}
