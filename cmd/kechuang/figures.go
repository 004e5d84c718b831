package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/money"
	"kechuang/internal/policy"
	"kechuang/internal/store"
)

type figuresCommand struct {
	Show    showFigures    `cmd:"" default:"withargs" help:"Print the figures of a city, and compare the reference figures."`
	Outside outsideFigures `cmd:"" help:"Check statistics that others publish by the identities that the pack declares."`
	Past    triedForecasts `cmd:"" name:"forecasts" help:"Hide what came after a day, forecast it from the pipeline, and compare."`
	Freeze  checkFreezes   `cmd:"" name:"freezes" help:"Check every frozen month: digest, signature's text and values."`
}

type showFigures struct {
	DB     string `env:"KECHUANG_DB" help:"Database of the city; without it the reference city is built anew in a file of its own."`
	Pack   string `env:"KECHUANG_PACK" type:"path" help:"Folder of the pack; without it the embedded one."`
	Verify bool   `help:"Exit with 1 where a reference figure differs from what the records come to."`
}

// Run prints each reference figure: expected, computed, facts behind it, time.
func (c *showFigures) Run(e *env) error {
	home, pack, done, err := openFigures(e.ctx, c.DB, c.Pack)
	if err != nil {
		return err
	}
	defer done()
	list, err := home.cases.Compare(e.ctx)
	if err != nil {
		return err
	}
	wrong, fed := 0, 0
	for _, r := range list {
		mark, computed := "·", "–"
		switch {
		case r.Fed && r.Equal:
			mark, fed = "✓", fed+1
		case r.Fed:
			mark, wrong, fed = "✗", wrong+1, fed+1
		case r.Figure != "":
			mark, wrong = "✗", wrong+1
		}
		if r.Figure != "" {
			computed = figureText(r.Unit, r.Computed)
		}
		line := fmt.Sprintf("%s %s  %s  %s  %s  %8d  %7.2f ms", mark, padded(r.ID, 4), padded(r.Title.In(e.lang), 40), padded(figureText(r.Unit, &r.Value), 18), padded(computed, 18), r.Facts, ms(r.Took))
		if !r.Fed {
			line += "  " + awaits(r, pack).In(e.lang)
		}
		fmt.Fprintln(e.out, line)
	}
	e.say("%d 个参考数：有来源 %d 个，不符或者没有记录的 %d 个", "%d reference figures: %d fed, %d differ or have no records", len(list), fed, wrong)
	if c.Verify && wrong > 0 {
		return errFound
	}
	return nil
}

// awaits says why a reference figure has no value.
func awaits(r casework.Compared, pack *policy.Pack) lang.Text {
	if r.Figure == "" {
		return lang.T("尚无来源："+r.Awaits.ZH, "not fed: "+r.Awaits.EN)
	}
	return lang.T("尚无记录："+pack.Figures[r.Figure].Title.ZH, "no records yet: "+pack.Figures[r.Figure].Title.EN)
}

func figureText(unit string, n *int64) string {
	switch {
	case n == nil:
		return "–"
	case unit == "元":
		return money.Fen(*n).String()
	case unit == "%":
		return strconv.FormatFloat(float64(*n)/10_000, 'f', 2, 64) + " %"
	}
	return strconv.FormatInt(*n, 10) + " " + unit
}

// openFigures opens a city with its figures rolled up; without a database the reference city in a file that is removed.
func openFigures(ctx context.Context, url, dir string) (home *city, pack *policy.Pack, done func(), err error) {
	files, pack, err := loadPack(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	done = func() {}
	build := url == ""
	if build {
		dir, err := os.MkdirTemp("", "kechuang-city-")
		if err != nil {
			return nil, nil, nil, err
		}
		done = func() { os.RemoveAll(dir) }
		url = "sqlite:" + filepath.Join(dir, "city.db")
	}
	if home, err = openCity(ctx, cityOptions{url: url, key: keyFile(url), cost: identity.Cheap, pack: pack, files: files}); err != nil {
		done()
		return nil, nil, nil, err
	}
	remove := done
	done = func() { home.db.Close(); remove() }
	if build {
		began := time.Now()
		if err := home.buildDemo(ctx, true, nil); err != nil {
			done()
			return nil, nil, nil, err
		}
		slog.Info("reference city built", "ms", time.Since(began).Milliseconds())
	}
	if _, err := home.cases.Book().Roll(ctx, home.db); err != nil {
		done()
		return nil, nil, nil, err
	}
	return home, pack, done, nil
}

type checkFreezes struct {
	DB   string `default:"sqlite:data/kechuang.db" env:"KECHUANG_DB" help:"Database of the city."`
	Pack string `env:"KECHUANG_PACK" type:"path" help:"Folder of the pack; without it the embedded one."`
}

// Run checks what was frozen; the exit code is 1 when a month was changed.
func (c *checkFreezes) Run(e *env) error {
	home, _, done, err := openFigures(e.ctx, c.DB, c.Pack)
	if err != nil {
		return err
	}
	defer done()
	bad := 0
	err = home.db.Read(e.ctx, func(tx *store.Tx) error {
		list, err := home.cases.Book().Freezes(tx)
		for _, f := range list {
			if err := checkFreeze(tx, home, f); err != nil {
				bad++
				fmt.Fprintf(e.out, "✗ %s  %v\n", f.Month, err)
				continue
			}
			fmt.Fprintf(e.out, "✓ %s  %s\n", f.Month, f.Digest)
		}
		return err
	})
	if err == nil && bad > 0 {
		err = errFound
	}
	return err
}

func checkFreeze(tx *store.Tx, home *city, f figure.Freeze) error {
	if err := home.journal.CheckSigned(f.Signed); err != nil {
		return err
	}
	return home.cases.Book().CheckFreeze(tx, f)
}
