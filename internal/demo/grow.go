package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
)

// Progress is told how far the growing has come: rows done of all rows, and what is being entered.
type Progress func(done, total int64, what lang.Text)

// book is one workbook that the city's keeper of the register hands in: a sheet of the register, and its rows.
type book struct {
	sheet string // kind of the sheet
	name  string // of the file; an import of this name is not begun twice
	title lang.Text
	rows  func() table
	n     int64 // how many rows there are about, for the progress
}

// Grow makes a complete small city the reference city at its full size. Everything enters by the register's import, as the keeper of the
// register would hand it in: files with a dry run, in the past by their dates and now by the day on which they are entered. No figure is
// written anywhere: figures are what these records come to. The same rows come out every time.
//
// Broken off, it goes on where it stopped: an import that is done is not begun again, and one under way is gone on with.
func Grow(ctx context.Context, c City, tell Progress) error {
	session, err := c.People.SignIn(ctx, "dengji", Password)
	if err != nil {
		return fmt.Errorf("demo: the keeper of the register: %w", err)
	}
	g := &grower{City: c, ctx: ctx, keeper: session.Actor, tell: tell}
	if g.begun, err = g.imports(); err != nil {
		return err
	}
	books := books()
	for _, b := range books {
		g.total += b.n
	}
	for _, b := range books {
		if err := g.enter(b); err != nil {
			return fmt.Errorf("demo: %s: %w", b.name, err)
		}
		g.done += b.n
	}
	if err := g.bulletin(); err != nil {
		return fmt.Errorf("demo: what the city publishes: %w", err)
	}
	g.say(lang.T("完成", "done"), 0)
	return nil
}

// bulletin takes in what the press reported, as the statisticians do: it stands beside the figures and is never counted.
func (g *grower) bulletin() error {
	session, err := g.People.SignIn(g.ctx, "tongji", Password)
	if err != nil {
		return err
	}
	t := rowsOf("地区", "年份", "指标", "数值", "单位")
	for _, r := range [][3]string{{"2023", "技术合同成交额", "342.00 亿元"}, {"2024", "技术合同成交额", "469.19 亿元"}, {"2024", "技术合同成交额增长", "37.19 %"},
		{"2024", "创新平台", "1710 个"}, {"2024", "中试基地", "66 家"}, {"2024", "中试服务企业", "2693 家"}, {"2024", "中试合同额", "31.7 亿元"}} {
		value, unit, _ := strings.Cut(r[2], " ")
		t.add("沈阳", r[0], r[1], value, unit)
	}
	data, err := t.csv()
	if err != nil {
		return err
	}
	_, err = g.Cases.TakeOutside(g.ctx, session.Actor, "city_bulletin", "参考城市-公开报道.csv", "公开报道（市科技局通报、新闻），由项目使用者提供", data)
	if refusal.Is(err, "outside.same") {
		return nil
	}
	return err
}

type grower struct {
	City
	ctx         context.Context
	keeper      identity.Actor
	tell        Progress
	begun       map[string]register.Import // by name of the file
	done, total int64
}

func (g *grower) say(what lang.Text, rows int64) {
	if g.tell != nil {
		g.tell(g.done+rows, g.total, what)
	}
}

// imports are those of the keeper that are there already.
func (g *grower) imports() (map[string]register.Import, error) {
	out := map[string]register.Import{}
	for before := ""; ; {
		list, next, err := g.Register.Imports(g.ctx, g.keeper, before, 100)
		if err != nil {
			return nil, err
		}
		for _, imp := range list {
			if _, later := out[imp.Name]; !later && imp.State != register.Stopped {
				out[imp.Name] = imp
			}
		}
		if before = next; next == "" {
			return out, nil
		}
	}
}

// enter hands one workbook in, looks at what the dry run says, and has it written.
func (g *grower) enter(b book) error {
	imp, begun := g.begun[b.name]
	if !begun {
		data, err := b.rows().csv()
		if err != nil {
			return err
		}
		if imp, err = g.Register.NewImport(g.ctx, g.keeper, b.sheet, b.name, data); err != nil {
			return err
		}
	}
	for imp.State != register.Done {
		var err error
		switch imp.State {
		case register.Checked:
			err = g.confirm(imp)
		case register.Stopped:
			return errors.New("the import was stopped")
		default:
			err = g.run(b, imp)
		}
		if err != nil {
			return err
		}
		if imp, err = g.Register.GetImport(g.ctx, g.keeper, imp.ID); err != nil {
			return err
		}
	}
	return nil
}

// run does what waits at an import, and tells meanwhile how far it is: the dry run is the first half of it, the writing the second.
func (g *grower) run(b book, imp register.Import) error {
	stop := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			if now, err := g.Register.GetImport(g.ctx, g.keeper, imp.ID); err == nil {
				half := now.Done / 2
				if now.State == register.Running {
					half += b.n / 2
				}
				g.say(b.title, min(half, b.n))
			}
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	})
	defer watching.Wait()
	defer close(stop)
	return g.Register.RunImport(g.ctx, imp.ID)
}

// confirm agrees to what the dry run found, if it found nothing wrong.
func (g *grower) confirm(imp register.Import) error {
	if imp.Bad > 0 {
		list, err := g.Register.Messages(g.ctx, g.keeper, imp.ID, 0, 5)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(m register.Message) bool { return !m.Error })
		return fmt.Errorf("%d of %d rows are refused: %+v", imp.Bad, imp.Total, list)
	}
	return g.Register.ConfirmImport(g.ctx, g.keeper, imp.ID, register.Confirmation{})
}
