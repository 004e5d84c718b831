package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"kechuang/internal/demo"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/web"
)

type demoCommand struct {
	DB    string `default:"sqlite:data/kechuang.db" env:"KECHUANG_DB" help:"Database: sqlite:FILE or postgres://…"`
	Pack  string `env:"KECHUANG_PACK" type:"path" help:"Folder of the pack; without it the embedded one."`
	Key   string `env:"KECHUANG_JOURNAL_KEY_FILE" type:"path" help:"File of the journal's signing key; without it beside the database."`
	Small bool   `help:"Only the small city for trying out."`
}

// Run builds the reference city in an empty database, or goes on with what was begun there.
func (c *demoCommand) Run(e *env) error {
	files, pack, err := loadPack(c.Pack)
	if err != nil {
		return err
	}
	o := cityOptions{url: c.DB, key: c.Key, cost: identity.Cheap, pack: pack, files: files}
	if o.key == "" {
		o.key = keyFile(c.DB)
	}
	began := time.Now()
	if err := demoAside(e.ctx, o); err != nil {
		return err
	}
	home, err := openCity(e.ctx, o)
	if err != nil {
		return err
	}
	defer home.db.Close()
	if err := home.buildDemo(e.ctx, !c.Small, bar(e)); err != nil {
		return err
	}
	e.say("参考城市已就绪，用时 %.1f 秒；以 kechuang serve --demo --db %s 打开", "The reference city is ready after %.1f s; open it with kechuang serve --demo --db %s", time.Since(began).Seconds(), c.DB)
	return nil
}

// buildDemo makes the small city where there is none, and with full the rest of it, with every figure rolled up.
func (h *city) buildDemo(ctx context.Context, full bool, tell demo.Progress) error {
	c := demo.City{DB: h.db, People: h.people, Register: h.register, Cases: h.cases, Now: time.Now}
	if _, err := demo.Build(ctx, c); err != nil {
		return err
	}
	if _, err := h.cases.Recount(ctx); err != nil { // so that it is known by which words its records are counted
		return err
	}
	if full {
		if err := demo.Grow(ctx, c, tell); err != nil {
			return err
		}
	}
	_, err := h.cases.Book().Roll(ctx, h.db)
	return err
}

// grow makes the small city the full one while it is served, and tells the log now and then.
func (h *city) grow(ctx context.Context) {
	began, said := time.Now(), time.Now()
	defer h.growing.Store(nil)
	err := h.buildDemo(ctx, true, func(done, total int64, what lang.Text) {
		h.growing.Store(&web.Growing{Percent: 100 * done / max(total, 1), What: what})
		if time.Since(said) > 5*time.Second {
			said = time.Now()
			slog.Info("the reference city grows", "percent", 100*done/max(total, 1), "entering", what.EN)
		}
	})
	switch {
	case ctx.Err() != nil:
	case err != nil:
		slog.Error("the reference city did not grow", "error", err)
	default:
		slog.Info("the reference city is at its full size", "ms", time.Since(began).Milliseconds())
	}
}

// bar draws how far the building has come on a terminal, and says it line by line elsewhere.
func bar(e *env) demo.Progress {
	const width = 40
	terminal := false
	if f, ok := e.err.(*os.File); ok {
		info, err := f.Stat()
		terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	last := int64(-1)
	return func(done, total int64, what lang.Text) {
		percent := 100 * done / max(total, 1)
		if terminal {
			full := int(width * done / max(total, 1))
			fmt.Fprintf(e.err, "\r[%s%s] %3d %%  %s\033[K", strings.Repeat("█", full), strings.Repeat("·", width-full), percent, what.In(e.lang))
			if done == total {
				fmt.Fprintln(e.err)
			}
			return
		}
		if percent/10 != last/10 || last < 0 {
			last = percent
			fmt.Fprintf(e.err, "%3d %%  %s\n", percent, what.In(e.lang))
		}
	}
}
