package main

import (
	"fmt"

	"kechuang/internal/caldate"
	"kechuang/internal/store"
)

type triedForecasts struct {
	DB    string   `env:"KECHUANG_DB" help:"Database of the city; without it the reference city is built anew in a file of its own."`
	Pack  string   `env:"KECHUANG_PACK" type:"path" help:"Folder of the pack; without it the embedded one."`
	From  string   `default:"2024-12-31" help:"The last day that is known."`
	Until string   `default:"2025-12-31" help:"The day that is forecast, in the same year or at the end of the next."`
	Names []string `arg:"" optional:"" help:"Figures; without them every one that counts or sums events."`
}

// Run prints for each figure what the pipeline said on a day that is over, and what came: an interval that should hold eight times in ten, and
// beside it what a year like the one before would have been.
func (c *triedForecasts) Run(e *env) error {
	from, err := caldate.Parse(c.From)
	if err != nil {
		return err
	}
	until, err := caldate.Parse(c.Until)
	if err != nil {
		return err
	}
	home, _, done, err := openFigures(e.ctx, c.DB, c.Pack)
	if err != nil {
		return err
	}
	defer done()
	names, tried, inside := c.Names, 0, 0
	if len(names) == 0 {
		names = home.cases.Book().Names()
	}
	return home.db.Read(e.ctx, func(tx *store.Tx) error {
		for _, name := range names {
			h, ok, err := home.cases.Hindsight(tx, name, from, until)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			mark := "✗"
			if tried++; h.Inside() {
				mark, inside = "✓", inside+1
			}
			unit := home.cases.Seen().Figures[name].Unit
			text := func(n int64) string { return figureText(unit, &n) }
			fmt.Fprintf(e.out, "%s %s  %s … %s … %s  %s  %s\n", mark, padded(home.cases.Seen().Figures[name].Title.In(e.lang), 30),
				text(h.Low), text(h.Mid), text(h.High), text(h.Came), text(h.Before))
		}
		e.say("预测下限 … 中值 … 上限，实际，上年；%d 个指标，%d 个落在区间内", "low … middle … high of the forecast, what came, the year before; %d figures, %d inside", tried, inside)
		return nil
	})
}
