package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/casework"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/packs"
)

type stepsCommand struct {
	Postgres string `env:"KECHUANG_TEST_POSTGRES" help:"Server to measure PostgreSQL on, in a schema of its own; without it SQLite only."`
	Steps    int    `default:"5000" help:"Steps of each run."`
	Clients  []int  `default:"1,16" help:"Clients at once."`
}

// Run measures steps through the real engine — 揭榜挂帅 from opening to publishing, with its forms, pages, facts and leaves — and then
// writes the rows that they left by bare SQL: one transaction with as many rows a step, no check, no read, no update.
func (c *stepsCommand) Run(e *env) error {
	machine(e)
	for _, clients := range c.Clients {
		for _, target := range targets(c.Postgres) {
			if err := c.measure(e, target, clients); err != nil {
				return fmt.Errorf("%s: %w", target.name, err)
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
	b, err := newBench(e.ctx, url, clients)
	if err != nil {
		return err
	}
	engine, err := b.run(e.ctx, clients, c.Steps)
	b.home.db.Close()
	if err != nil {
		return err
	}
	bareURL, bareDone, err := at.fresh(e.ctx)
	if err != nil {
		return err
	}
	defer bareDone()
	bare, rows, err := rewrite(e.ctx, url, bareURL, clients, engine.steps)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "steps %-8s %2d clients: engine %s; bare SQL %s (%d rows, %.1f a step); engine/bare %.2f\n",
		at.name, clients, engine, bare, rows, float64(rows)/float64(engine.steps), engine.perSecond()/bare.perSecond())
	return nil
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

// pace is how fast something went.
type pace struct {
	steps  int
	took   time.Duration
	median time.Duration
	p99    time.Duration
}

func (p pace) perSecond() float64 { return float64(p.steps) / p.took.Seconds() }

func (p pace) String() string {
	return fmt.Sprintf("%.0f/s (median %.1f ms, p99 %.1f ms)", p.perSecond(), float64(p.median.Microseconds())/1000, float64(p.p99.Microseconds())/1000)
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

func (p *pacer) pace() (pace, error) {
	took := time.Since(p.began)
	slices.Sort(p.times)
	n := len(p.times)
	if n == 0 || p.err != nil {
		return pace{}, errors.Join(p.err, errors.New("nothing was measured"))
	}
	return pace{n, took, p.times[n/2], p.times[n*99/100]}, nil
}

// bench is a city with enterprises that post, and the people who carry their needs on.
type bench struct {
	home    *city
	posters []identity.Actor
	doc     map[string]*policy.Document // by account
	now     caldate.Date
	round   string // of keys: the same city is measured more than once
}

var (
	benchDistrict = identity.Actor{Account: "bench-district", Name: "区县", Offices: []string{"district/210112"}}
	benchOfficer  = identity.Actor{Account: "bench-officer", Name: "经办人", Offices: []string{"bureau.major_projects"}}
	benchLeader   = identity.Actor{Account: "bench-leader", Name: "领导", Offices: []string{"bureau.leaders"}}
)

func newBench(ctx context.Context, url string, posters int) (*bench, error) {
	dir, err := os.MkdirTemp("", "kechuang-bench-key-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	files := packs.Shenyang()
	pack, _ := policy.Load(files)
	home, err := openCity(ctx, cityOptions{url: url, key: filepath.Join(dir, "key"), cost: identity.Cheap, pack: pack, files: files})
	if err != nil {
		return nil, err
	}
	b := &bench{home: home, doc: map[string]*policy.Document{}, now: caldate.On(time.Now())}
	keeper := identity.Actor{Account: "bench", Name: "bench", Roles: []string{identity.RoleRegister}}
	for n := range posters {
		p := register.Party{Kind: register.Enterprise, Name: fmt.Sprintf("测速企业%d", n), USCC: ident.USCCWithCheck(fmt.Sprintf("91210112DEMQ%05d", n)), Region: "210112",
			Revenue: 10 * money.Yi, RDShare: 50_000}
		err := home.db.Write(ctx, func(tx *store.Tx) (err error) {
			p, err = home.register.Put(tx, keeper, p)
			return err
		})
		if err != nil {
			return nil, errors.Join(err, home.db.Close())
		}
		b.posters = append(b.posters, identity.Actor{Account: fmt.Sprintf("bench-%d", n), Name: p.Name, Parties: []identity.Member{{Party: p.ID, Name: p.Name, Kind: "enterprise", Role: "agent"}}})
	}
	for _, who := range append([]identity.Actor{benchOfficer}, b.posters...) {
		if b.doc[who.Account], err = home.cases.PutDocument(ctx, who, "附件.pdf", strings.NewReader("附件 "+who.Account)); err != nil {
			return nil, errors.Join(err, home.db.Close())
		}
	}
	return b, nil
}

// run lets so many clients take cases from opening to publishing until so many steps are done.
func (b *bench) run(ctx context.Context, clients, steps int) (pace, error) {
	sealing, stop := context.WithCancel(ctx)
	defer stop()
	go b.home.journal.Run(sealing, sealEvery, func(error) {})
	p := &pacer{began: time.Now()}
	var done atomic.Int64
	var wg sync.WaitGroup
	for c := range clients {
		wg.Go(func() {
			for n := 0; done.Load() < int64(steps); n++ {
				if !b.one(ctx, p, &done, steps, b.posters[c%len(b.posters)], fmt.Sprintf("%s%d-%d", b.round, c, n)) {
					return
				}
			}
		})
	}
	wg.Wait()
	return p.pace()
}

// one takes one case along; false where it cannot go on.
func (b *bench) one(ctx context.Context, p *pacer, done *atomic.Int64, steps int, poster identity.Actor, key string) bool {
	id := ""
	for n, act := range b.script(poster) {
		if done.Add(1) > int64(steps) {
			return false
		}
		ok := p.step(func() error {
			k := fmt.Sprintf("bench-%s-%d", key, n)
			if n == 0 {
				r, err := b.home.cases.Open(ctx, act.who, casework.OpenCommand{Mechanism: "jiebang", Key: k})
				if err == nil {
					id = r.Case
				}
				return err
			}
			_, err := b.home.cases.Act(ctx, act.who, casework.Command{Case: id, Step: act.step, Values: act.values, Key: k})
			return err
		})
		if !ok {
			return false
		}
	}
	return true
}

type benchAct struct {
	who    identity.Actor
	step   string
	values json.RawMessage
}

// script is eleven steps: forms with tables and documents, two pages, a fact, three ways at a branch.
func (b *bench) script(poster identity.Actor) []benchAct {
	form := func(v map[string]any) json.RawMessage {
		raw, err := json.Marshal(v)
		if err != nil {
			panic(err) // a map of our own
		}
		return raw
	}
	due := b.now.AddDays(400)
	targets := []map[string]string{{"metric": "疲劳寿命", "sense": "不低于", "value": "20000", "unit": "次", "method": "台架试验"}}
	need := form(map[string]any{"title": "测速用技术需求", "product": "部件", "dimension": "国产替代", "chain": "C02", "field": "F8", "background": strings.Repeat("技术背景。", 60),
		"targets": targets, "total": "1200万元", "own": "1000万元", "fiscal": "200万元", "other": "0元", "proof": b.doc[poster.Account], "due": due, "pay_terms": "分期", "ownership": "共有",
		"scene": "生产线", "first_use": true, "contact": "测速", "phone": "024-0000000", "honest": true})
	call := form(map[string]any{"title": "测速用榜单", "summary": strings.Repeat("榜单说明。", 60), "targets": targets, "price": "1200万元", "due": due, "solved": false, "search": b.doc[benchOfficer.Account]})
	argue := func(conclusion string) json.RawMessage {
		expert := map[string]string{"name": "专家", "unit": "单位", "title": "教授"}
		return form(map[string]any{"experts": []map[string]string{expert, expert, expert}, "real": true, "measurable": true, "fair": true, "conclusion": conclusion, "opinion": "论证意见", "minutes": b.doc[benchOfficer.Account]})
	}
	return []benchAct{{poster, "open", nil}, {poster, "submit", need}, {benchDistrict, "recommend", form(map[string]any{"visited": true, "opinion": "同意"})},
		{benchOfficer, "condense", call}, {benchOfficer, "argue", argue("修改")}, {benchOfficer, "condense", call}, {benchOfficer, "argue", argue("修改")},
		{benchOfficer, "condense", call}, {benchOfficer, "argue", argue("通过")}, {benchLeader, "confirm", nil},
		{benchOfficer, "publish", form(map[string]any{"bids_close": b.now.AddDays(60), "note": "测速"})}}
}
