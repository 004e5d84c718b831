package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kechuang/internal/chain"
	"kechuang/internal/policy"
	"kechuang/internal/share"
)

type chainCommand struct {
	Report chainReportCommand `cmd:"" help:"Report what is critical in an industry chain."`
}

type chainReportCommand struct {
	Pack  string   `help:"Folder of the pack whose weights count; without it the embedded one."`
	Home  string   `default:"CHN" help:"Country from which it is looked at; 'none' for nobody's view."`
	Chain string   `help:"Only nodes of this chain."`
	Top   int      `default:"25" help:"How many nodes are shown."`
	JSON  bool     `name:"json" help:"Print everything as JSON."`
	Files []string `arg:"" help:"Files or folders: nodes, edges and supplies (CSV), a map (JSON), the ETO/CSET tables, lines of industries (JSON)."`
}

// Run analyses the chain and prints what is most critical, with what each score is made of and what each node blocks.
func (c *chainReportCommand) Run(e *env) error {
	rules, err := chainRules(c.Pack, c.Home)
	if err != nil {
		return err
	}
	files, err := readFiles(c.Files)
	if err != nil {
		return err
	}
	m, err := chain.Read(files)
	if err != nil {
		return err
	}
	began := time.Now()
	g, err := chain.Build(m.Sub(c.Chain))
	if err != nil {
		return err
	}
	a := chain.Analyse(g, rules)
	took := time.Since(began)
	if c.JSON {
		return e.json(a)
	}
	e.say("%d 个节点，%d 条边，%d 条供应记录；分析用时 %v", "%d nodes, %d edges, %d supplies; analysed in %v", len(g.Map.Nodes), len(g.Map.Edges), len(g.Map.Supplies), took.Round(time.Millisecond))
	c.shape(e, g, a)
	c.nodes(e, g, a)
	c.held(e, g, a)
	for _, l := range a.Countries {
		e.say("若 %s 停止供应：直接停下 %d 个节点，再波及 %d 个", "if %s stops: %d nodes directly, %d more follow", l.Country, len(l.Direct), len(l.Follows))
	}
	return nil
}

// shape tells of cycles, cuts and single points.
func (c *chainReportCommand) shape(e *env, g *chain.Graph, a *chain.Analysis) {
	named := func(id string) string { return g.Map.Nodes[g.Index(id)].Name.In(e.lang) }
	for _, x := range a.Cycles[:min(3, len(a.Cycles))] {
		e.say("环：%d 个节点互为上下游", "a cycle: %d nodes each need the others", len(x))
	}
	e.say("割点 %d 个", "%d cut nodes", len(a.Cuts))
	for _, f := range a.Finals[:min(5, len(a.Finals))] {
		if len(f.Single) == 0 {
			e.say("“%s”没有必经节点", "no node is on every way to “%s”", named(f.Node))
			continue
		}
		names := make([]string, len(f.Single))
		for k, id := range f.Single {
			names[k] = named(id)
		}
		e.say("“%s”的必经节点：%s", "every way to “%s” passes: %s", named(f.Node), strings.Join(names, " → "))
	}
}

// nodes prints the worst, with every part of their scores.
func (c *chainReportCommand) nodes(e *env, g *chain.Graph, a *chain.Analysis) {
	for k, x := range a.Nodes[:min(c.Top, len(a.Nodes))] {
		fmt.Fprintf(e.out, "%2d  %s  %s %s\n", k+1, percentOf(x.Score), x.Node, g.Map.Nodes[g.Index(x.Node)].Name.In(e.lang))
		for _, p := range x.Parts {
			fmt.Fprintf(e.out, "      %-14s %s = %s × %s  %s\n", p.Name, percentOf(p.Points), percentOf(p.Value), percentOf(p.Weight), p.Why.In(e.lang))
		}
		if len(x.Blocks) > 0 {
			shown := x.Blocks[:min(12, len(x.Blocks))]
			names := make([]string, len(shown))
			for i, id := range shown {
				names[i] = g.Map.Nodes[g.Index(id)].Name.In(e.lang)
			}
			e.say("      断供停下 %d 个：%s", "      blocks %d: %s", x.Reach, strings.Join(names, "; "))
		}
	}
}

// held lists the nodes of which one country or firm holds nearly all.
func (c *chainReportCommand) held(e *env, g *chain.Graph, a *chain.Analysis) {
	e.say("几乎由一国或一家供应的节点：", "nodes of which one country or firm holds nearly all:")
	for k, x := range a.Nodes {
		if !x.Held {
			continue
		}
		top := x.Supply.Top()
		note := ""
		if !x.Abroad && c.Home != "none" {
			note = "  " + c.Home
		}
		if x.Supply.Estimated {
			note += " ~"
		}
		fmt.Fprintf(e.out, "  #%d %s %s  %s %s%s\n", k+1, x.Node, g.Map.Nodes[g.Index(x.Node)].Name.In(e.lang), top.Name, percentOf(top.PPM), note)
	}
}

func percentOf(ppm int64) string { return fmt.Sprintf("%d.%02d%%", ppm/10_000, ppm%10_000/100) }

// chainRules are the pack's weights.
func chainRules(dir, home string) (chain.Rules, error) {
	files, err := packFiles(dir)
	if err != nil {
		return chain.Rules{}, err
	}
	pack, findings := policy.Load(files)
	if len(findings) > 0 {
		return chain.Rules{}, fmt.Errorf("the pack has errors; see kechuang check: %v", findings[0])
	}
	if home == "none" {
		home = ""
	}
	return chain.ReadRules(home, func(name string) (int64, bool) {
		p := pack.Params[name]
		if p == nil {
			return 0, false
		}
		v, ok := p.Value.(share.PPM)
		return int64(v), ok
	})
}

// readFiles reads files, and the files of folders, by name.
func readFiles(paths []string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, err
		}
		list := []string{p}
		if info.IsDir() {
			if list, err = filepath.Glob(filepath.Join(p, "*")); err != nil {
				return nil, err
			}
		}
		for _, name := range list {
			if info, err := os.Stat(name); err != nil || info.IsDir() {
				continue
			}
			if files[filepath.Base(name)], err = os.ReadFile(name); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}
