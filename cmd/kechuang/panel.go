package main

import (
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"kechuang/internal/lang"
	"kechuang/internal/panel/assign"
	"kechuang/internal/refusal"
	"kechuang/internal/share"
)

type panelCommand struct {
	Assign assignCommand       `cmd:"" help:"Assign proposals to experts."`
	Verify verifyAssignCommand `cmd:"" help:"Check an assignment that the page of panels wrote: limits, sums, bound, seed."`
}

type verifyAssignCommand struct {
	File string `arg:"" help:"The file attached to the invitations."`
}

// Run tells whether the plan is what it says; the exit code is 1 when it is not.
func (c *verifyAssignCommand) Run(e *env) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	s, err := assign.DecodeSheet(data)
	if err == nil {
		err = s.Verify()
	}
	if err != nil {
		fmt.Fprintln(e.err, err)
		return errFound
	}
	for _, w := range s.Pairs {
		fmt.Fprintf(e.out, "%s\t%s\t%s\n", s.Proposals[w.Proposal].Name, s.Experts[w.Expert].Name, s.Scores[w.Expert*len(s.Proposals)+w.Proposal])
	}
	fmt.Fprintf(e.out, "objective %s\ntotal %s\nworst %s\nbound %s\ngap %s\n", s.Objective, s.Total, s.Worst, s.Bound, s.Bound-s.Total)
	e.note("核对无误：各项限制、合计、上限都成立", "it holds: every limit, the sums and the bound")
	return nil
}

type assignCommand struct {
	File      string   `arg:"" help:"Numbers: experts and proposals; upper loads; lower loads; reviews needed; scores; marks of excluded pairs."`
	Objective string   `enum:"total,fair,random" default:"total" help:"total, fair (the worst-served proposal first) or random (a lottery)."`
	Least     bool     `help:"Honour the lower loads of the file."`
	Keep      string   `default:"99%" help:"fair: how much of the greatest total to keep, in percent or as a total."`
	Front     bool     `help:"fair: every trade between the worst-served proposal and the total."`
	Effort    int      `help:"fair: how long to look, in pivots; 0: as the size asks for."`
	Cap       string   `default:"50%" help:"random: the greatest chance of a pair."`
	Seed      string   `default:"1" help:"random: from which the plan is drawn."`
	Pin       []string `help:"Pairs that must be, as expert:proposal, counted from 1." placeholder:"E:P"`
	Forbid    []string `help:"Pairs that must not be." placeholder:"E:P"`
	Experts   string   `help:"CSV of the experts, in the file's order: name, unit, kind." placeholder:"CSV"`
	UnitMost  int      `help:"Most experts of one unit on a proposal."`
	Mix       []string `help:"Experts of a kind on each proposal, as kind:least:most." placeholder:"K:L:M"`
}

// Run prints the total, the worst-served, the proof, and the pairs; the exit code is 1 when nothing is possible, and why is printed.
func (c *assignCommand) Run(e *env) error {
	p, hasLeast, err := c.problem()
	if err != nil {
		return err
	}
	began := time.Now()
	switch c.Objective {
	case "random":
		err = c.random(e, p)
	case "fair":
		err = c.fair(e, p)
	default:
		var plan *assign.Plan
		if plan, err = assign.Total(p); err == nil {
			err = c.print(e, p, plan)
		}
	}
	var no *assign.Impossible
	switch {
	case errors.As(err, &no):
		fmt.Fprintln(e.err, no.In(e.lang))
		return errFound
	case err != nil:
		return err
	}
	fmt.Fprintf(e.err, "# %.3f s\n", time.Since(began).Seconds())
	if hasLeast && !c.Least {
		e.note("文件中有件数下限，本次未采用；加 --least 采用", "the file has lower loads, which were not asked for; --least honours them")
	}
	return nil
}

// note is a remark beside the result, for people.
func (e *env) note(zh, en string, args ...any) {
	text := zh
	if e.lang == "en" {
		text = en
	}
	fmt.Fprintf(e.err, "# "+text+"\n", args...)
}

func (c *assignCommand) problem() (p *assign.Problem, hasLeast bool, err error) {
	f, err := os.Open(c.File)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	if p, err = assign.Read(f); err != nil {
		return nil, false, err
	}
	for i := range p.Experts {
		if hasLeast = hasLeast || p.Experts[i].Least > 0; !c.Least {
			p.Experts[i].Least = 0
		}
	}
	for _, list := range []struct {
		from []string
		to   *[]assign.Pair
	}{{c.Pin, &p.Pins}, {c.Forbid, &p.Forbids}} {
		for _, text := range list.from {
			w, err := assign.ParsePair(text)
			if err != nil {
				return nil, false, err
			}
			*list.to = append(*list.to, w)
		}
	}
	p.UnitMost = c.UnitMost
	for _, text := range c.Mix {
		m, err := parseMix(text)
		if err != nil {
			return nil, false, err
		}
		p.Mix = append(p.Mix, m)
	}
	return p, hasLeast, c.people(p)
}

// parseMix reads kind:least:most.
func parseMix(text string) (assign.Mix, error) {
	part := strings.Split(text, ":")
	wrong := refusal.New(refusal.Invalid, "assign.mix", lang.T(fmt.Sprintf("“%s”不是“类别：至少：至多”", text), fmt.Sprintf("%q is not kind:least:most", text))).
		Mend(lang.T("例如 财务:1:2，表示每件申请要财务类专家 1 至 2 人", "For example finance:1:2, one or two experts of kind finance on each proposal"))
	if len(part) != 3 {
		return assign.Mix{}, wrong
	}
	least, err1 := strconv.Atoi(part[1])
	most, err2 := strconv.Atoi(part[2])
	if err1 != nil || err2 != nil {
		return assign.Mix{}, wrong
	}
	return assign.Mix{Kind: part[0], Least: least, Most: most}, nil
}

// people reads who the experts are.
func (c *assignCommand) people(p *assign.Problem) error {
	if c.Experts == "" {
		return nil
	}
	f, err := os.Open(c.Experts)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	if len(rows) != len(p.Experts) || len(rows[0]) < 3 {
		return fmt.Errorf("%s has %d rows for %d experts; each is name, unit, kind", c.Experts, len(rows), len(p.Experts))
	}
	for i, row := range rows {
		p.Experts[i].Name, p.Experts[i].Unit, p.Experts[i].Kind = row[0], row[1], row[2]
	}
	return nil
}

func (c *assignCommand) fair(e *env, p *assign.Problem) error {
	best, err := assign.Total(p)
	if err != nil {
		return err
	}
	keep, err := c.keep(best.Total)
	if err != nil {
		return err
	}
	plan, proved, err := assign.Fair(p, assign.FairOptions{Keep: keep, Effort: assign.Effort(c.Effort), Stop: e.ctx.Done(), Progress: e.fairProgress()})
	if err != nil {
		return err
	}
	if e.ctx.Err() != nil {
		e.note("已中断；以下是此前找到的最好方案", "interrupted: this is the best plan found by then")
	}
	if err := c.print(e, p, plan); err != nil {
		return err
	}
	if proved {
		e.note("已证明：受评最差的不可能更好，此时总分也不可能更高", "proved: the worst-served cannot be better, nor then the total greater")
	}
	if !c.Front || e.ctx.Err() != nil {
		return nil
	}
	front, complete, err := assign.Front(p, assign.Effort(c.Effort)*4)
	for _, x := range front {
		fmt.Fprintf(e.out, "front %s %s\n", x.Worst, x.Total)
	}
	if err == nil && !complete {
		e.note("以上权衡未列全：搜索次数已用完", "the front is not complete: the effort is used up")
	}
	return err
}

// fairProgress tells people who wait what is found so far, at most once a second.
func (e *env) fairProgress() func(worst, bound, total assign.Score) {
	last := time.Now()
	return func(worst, bound, total assign.Score) {
		if time.Since(last) < time.Second {
			return
		}
		last = time.Now()
		e.note("受评最差的 %s（至多 %s），总分 %s；按 Ctrl-C 停止，得到此前最好的方案", "worst-served %s (at most %s), total %s; Ctrl-C stops with the best so far", worst, bound, total)
	}
}

// keep is the least total, from a share of the greatest or said outright.
func (c *assignCommand) keep(total assign.Score) (assign.Score, error) {
	if strings.HasSuffix(c.Keep, "%") {
		part, err := share.Parse(c.Keep)
		return assign.Score(share.Of(int64(total), part)), err
	}
	keep, err := assign.ParseScore(c.Keep)
	if err == nil && keep > total {
		err = refusal.New(refusal.Invalid, "assign.keep", lang.T(fmt.Sprintf("总分不可能达到 %s，最高是 %s", keep, total), fmt.Sprintf("No plan has a total of %s; the greatest is %s", keep, total)))
	}
	return keep, err
}

func (c *assignCommand) print(e *env, p *assign.Problem, plan *assign.Plan) error {
	if err := plan.Verify(p); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "total %s\nworst %s\nbound %s\ngap %s\n", plan.Total, plan.Worst, plan.Bound, plan.Gap())
	if c.Objective == "fair" {
		fmt.Fprintf(e.out, "worst-bound %s\n", plan.WorstBound)
	}
	if c.Objective == "total" && plan.Gap() > 0 {
		e.note("单位限制与类别限制交叉：上限是两者分开计算的；方案已是两者都满足的最好方案", "limits of unit and kind cross: the bound counts them apart, and the plan is the best that keeps both")
	}
	deciles(e, plan.Deciles())
	costs, err := assign.Costs(p)
	if err != nil {
		return err
	}
	for _, x := range costs {
		switch x.What {
		case "pin", "forbid":
			fmt.Fprintf(e.out, "cost %s %d:%d %s\n", x.What, x.Pair.Expert+1, x.Pair.Proposal+1, x.Costs)
		default:
			fmt.Fprintf(e.out, "cost %s %s %s\n", x.What, x.Kind, x.Costs)
		}
	}
	fmt.Fprintf(e.out, "pairs %d # expert proposal score, counted from 1\n", len(plan.Pairs))
	for _, w := range plan.Pairs {
		fmt.Fprintf(e.out, "%d %d %s\n", w.Expert+1, w.Proposal+1, p.Score(w))
	}
	return nil
}

func deciles(e *env, d [10]assign.Score) {
	fmt.Fprint(e.out, "deciles")
	for _, s := range d {
		fmt.Fprint(e.out, " ", s)
	}
	fmt.Fprintln(e.out)
}

// random prints what the lottery expects, a plan drawn from it, and the chance of every pair.
func (c *assignCommand) random(e *env, p *assign.Problem) error {
	most, err := share.Parse(c.Cap)
	if err != nil {
		return err
	}
	l, err := assign.Random(p, most)
	if err != nil {
		return err
	}
	if err := l.Verify(p); err != nil {
		return err
	}
	plan := l.Draw(p, sha256.Sum256([]byte(c.Seed)))
	fmt.Fprintf(e.out, "expected %s\nbound %s\noptimum %s\nkept %s\ncap %s\nlargest %s\n", l.Total, l.Bound, l.Optimum, percent(int64(l.Total), int64(l.Optimum)), most, percent(largest(l.Chances), l.Unit))
	deciles(e, l.Deciles())
	fmt.Fprintf(e.out, "total %s\nworst %s\npairs %d # expert proposal score, counted from 1\n", plan.Total, plan.Worst, len(plan.Pairs))
	for _, w := range plan.Pairs {
		fmt.Fprintf(e.out, "%d %d %s\n", w.Expert+1, w.Proposal+1, p.Score(w))
	}
	fmt.Fprintf(e.out, "chances %d\n", len(l.Pairs))
	for i, w := range l.Pairs {
		fmt.Fprintf(e.out, "%d %d %s\n", w.Expert+1, w.Proposal+1, percent(l.Chances[i], l.Unit))
	}
	return nil
}

// largest is the greatest chance, 0 where nothing is to be assigned.
func largest(chances []int64) (top int64) {
	for _, c := range chances {
		top = max(top, c)
	}
	return top
}

// percent writes a ratio with four decimals.
func percent(a, b int64) string {
	if b == 0 {
		return "100.0000%"
	}
	return fmt.Sprintf("%.4f%%", 100*float64(a)/float64(b))
}
