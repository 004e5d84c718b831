package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"kechuang/internal/figure"
	"kechuang/internal/store"
)

type benchFiguresCommand struct {
	URL   string `arg:"" optional:"" help:"Empty database; without it an SQLite file of its own."`
	Facts int    `default:"1000000" help:"How many facts."`
	Plain bool   `default:"true" negatable:"" help:"Also ask the plain GROUP BY over the facts."`
}

// Run fills a database with made facts and asks what the pages ask, beside the plain GROUP BY over the same facts. bench/duckdb asks DuckDB too.
func (c *benchFiguresCommand) Run(e *env) error {
	machine(e)
	url := c.URL
	if url == "" {
		dir, err := os.MkdirTemp("", "kechuang-figures-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		url = "sqlite:" + filepath.Join(dir, "figures.db")
	}
	db, err := store.Open(e.ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(e.ctx, figure.Migrations); err != nil {
		return err
	}
	book := figure.NewBook(figure.MadeFigures())
	began := time.Now()
	if err := figure.Fill(e.ctx, db, book, c.Facts); err != nil {
		return err
	}
	e.say("%d 条事实，装入 %.1f 秒", "%d facts, filled in %.1f s", c.Facts, time.Since(began).Seconds())
	list, err := figure.Measure(e.ctx, db, book, c.Plain)
	if err != nil {
		return err
	}
	for _, t := range list {
		fmt.Fprintf(e.out, "  %s  %8.1f ms  %10.1f ms  %6.3f\n", padded(t.What.In(e.lang), 44), ms(t.Least), ms(t.Peer), ms(t.Least)/max(ms(t.Peer), 0.001))
	}
	record, roll, err := figure.MeasureStep(e.ctx, db, book, 2000)
	if err != nil {
		return err
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	e.say("  记录一条 %.2f 毫秒，汇总每条 %.3f 毫秒；进程占用 %d MB", "  recording one %.2f ms, rolling up each %.3f ms; process %d MB", ms(record), ms(roll), mem.Sys>>20)
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
