package main

import (
	"encoding/json"
	"fmt"
	"os"

	"kechuang/internal/casework"
	"kechuang/internal/figure/outside"
	"kechuang/internal/policy"
)

type outsideFigures struct {
	Files  []string `arg:"" type:"existingfile" help:"Tables: .xlsx, .csv or .tsv; several are read as one."`
	Series string   `default:"yearbook" help:"Which series of the pack they are."`
	Pack   string   `env:"KECHUANG_PACK" type:"path" help:"Folder of the pack; without it the embedded one."`
	JSON   bool     `help:"Print everything as JSON."`
	Cells  int      `default:"6" help:"How many cells to show of each finding; 0: all."`
}

// Run checks published statistics by the identities that the pack declares; the exit code is 1 when an error or a contradiction is found.
// What is a difference of definition is told and is no failure.
func (c *outsideFigures) Run(e *env) error {
	_, pack, err := loadPack(c.Pack)
	if err != nil {
		return err
	}
	declared := pack.Series[c.Series]
	if declared == nil {
		return fmt.Errorf("the pack has no series %q", c.Series)
	}
	s := casework.OutsideSeries(declared)
	var t outside.Table
	for _, name := range c.Files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = s.Read(&t, name, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	r := s.Check(&t)
	if c.JSON {
		enc := json.NewEncoder(e.out)
		enc.SetIndent("", "  ")
		err = enc.Encode(r)
	} else {
		c.print(e, declared, r)
	}
	for _, f := range r.Findings {
		if err == nil && (f.Verdict == outside.Error || f.Verdict == outside.Twice) {
			err = errFound
		}
	}
	return err
}

func (c *outsideFigures) print(e *env, s *policy.Series, r outside.Checked) {
	count := map[outside.Verdict]int{}
	for _, f := range r.Findings {
		count[f.Verdict]++
		title := f.Item
		if t, ok := s.Items[f.Item]; ok {
			title = t.In(e.lang)
		}
		fmt.Fprintf(e.out, "%-10s %-7s %s %s %d  %s\n", f.Verdict, f.Identity, f.Area, title, f.Year, f.Text.In(e.lang))
		for i, cell := range f.Cells {
			if c.Cells > 0 && i == c.Cells {
				e.say("    …共 %d 格", "    … %d cells in all", len(f.Cells))
				break
			}
			fmt.Fprintln(e.out, "    "+cell.String())
		}
	}
	e.say("%s：%d 个数，%d 个恒等式成立，%d 个不成立：差错 %d，取整 %d，口径不同 %d，前后矛盾 %d，无从核对 %d", "%s: %d values, %d identities hold, %d fail: %d errors, %d roundings, %d differences of definition, %d given twice, %d that cannot be checked",
		s.Title.In(e.lang), r.Cells, r.Held, len(r.Findings), count[outside.Error], count[outside.Rounding], count[outside.Definition], count[outside.Twice], count[outside.Missing])
}
