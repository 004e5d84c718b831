package main

import (
	"time"

	"kechuang/internal/exchange"
	"kechuang/internal/store"
)

type harvestCommand struct {
	URL    []string `arg:"" help:"Addresses of other instances, such as https://kjj.example.gov.cn."`
	DB     string   `default:"sqlite:data/kechuang.db" env:"KECHUANG_DB" help:"Database of this city: sqlite:FILE or postgres://…"`
	JSON   bool     `help:"Print as JSON."`
	NewKey bool     `help:"Take the key that a city names now, where it signed with another before. Ask them first."`
}

// Run reads what other instances have laid open since the last time. It may run while the city is served.
func (c *harvestCommand) Run(e *env) error {
	db, err := store.Open(e.ctx, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(e.ctx, exchange.Migrations); err != nil {
		return err
	}
	h := &exchange.Harvester{DB: db, Now: time.Now, NewKey: c.NewKey}
	var reports []exchange.Report
	failed := false
	for _, u := range c.URL {
		r, err := h.Harvest(e.ctx, u)
		if err != nil {
			failed = true
			e.say("%s：没有采集成：%s", "%s: not harvested: %s", u, tell(err, e.lang))
			continue
		}
		reports = append(reports, r)
		if !c.JSON {
			c.print(e, r)
		}
		failed = failed || len(r.Refused) > 0
	}
	if c.JSON {
		if err := e.json(reports); err != nil {
			return err
		}
	}
	if failed {
		return errFound
	}
	return nil
}

func (c *harvestCommand) print(e *env, r exchange.Report) {
	e.say("%s（%s）：新增 %d，变更 %d，失效 %d；读 %d 页，没有变化 %d", "%s (%s): %d new, %d changed, %d gone; %d pages read, %d as they were",
		r.City.Title.In(e.lang), r.Base, r.New, r.Changed, r.Gone, r.Pages, r.Same)
	for _, why := range r.Refused {
		e.say("  不收：%s", "  refused: %s", why)
	}
}
