package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"kechuang/internal/money"
	"kechuang/internal/portfolio"
)

type portfolioPlanCommand struct {
	Seconds float64   `default:"60" help:"Time for everything that is asked."`
	Reasons bool      `help:"Say for each candidate why, and by how little."`
	Costs   bool      `help:"Say what each limit costs, and what the next money of each budget would bring."`
	More    money.Fen `default:"1000000000" help:"The next money, in fen."`
	Front   []string  `help:"Two aims: every best compromise between them."`
	Tries   int       `help:"Move the scores so many times within their uncertainty, and count who stays."`
	JSON    bool      `name:"json" help:"Print everything as JSON, with the question and the proof: what kechuang portfolio verify reads."`
	File    string    `arg:"" help:"The question, as JSON (see docs/guide/portfolio.md)."`
}

// Run answers one question.
func (c *portfolioPlanCommand) Run(e *env) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	var q portfolio.Question
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	ctx, stop := context.WithTimeout(e.ctx, time.Duration(c.Seconds*float64(time.Second)))
	defer stop()
	m, err := c.answer(ctx, &q)
	if err != nil {
		return err
	}
	if c.JSON {
		return e.json(m)
	}
	c.print(e, &q, m)
	return nil
}

func (c *portfolioPlanCommand) answer(ctx context.Context, q *portfolio.Question) (m *portfolio.Memo, err error) {
	o := portfolio.Options{}
	plan, err := portfolio.Choose(ctx, q, o)
	if err != nil {
		return nil, err
	}
	m = &portfolio.Memo{Question: *q, Plan: *plan}
	if m.Proof, err = portfolio.Prove(ctx, q, plan, portfolio.Options{Work: 200_000}); err != nil {
		return nil, err
	}
	if c.Reasons {
		if m.Reasons, err = portfolio.Reasons(ctx, q, plan, o); err != nil {
			return m, err
		}
	}
	if c.Costs {
		if m.Costs, err = portfolio.Costs(ctx, q, plan, []money.Fen{c.More}, o); err != nil {
			return m, err
		}
	}
	if len(c.Front) == 2 {
		if m.Front, err = portfolio.Front(ctx, q, c.Front[0], c.Front[1], 40, o); err != nil {
			return m, err
		}
	}
	if c.Tries > 0 {
		m.Stability, err = portfolio.Stability(ctx, q, plan, c.Tries, 1, o)
	}
	return m, err
}

func (c *portfolioPlanCommand) print(e *env, q *portfolio.Question, m *portfolio.Memo) {
	p := &m.Plan
	if p.Proved {
		e.say("总分 %d，已证明没有更好的方案；用款 %v", "worth %d, proved that no plan is worth more; spends %v", p.Value, p.Spent)
	} else {
		e.say("总分 %d，至多还能高 %d ppm；用款 %v", "worth %d, no plan is worth more by over %d ppm; spends %v", p.Value, p.GapPPM(), p.Spent)
	}
	for _, x := range p.Chosen {
		fmt.Fprintf(e.out, "  %s\t%d\t%v\t%d\n", x.Candidate, x.Lot, x.Cost, x.Value)
	}
	for _, r := range m.Reasons {
		fmt.Fprintf(e.out, "%s\t%s\n", r.Candidate, r.Text.In(e.lang))
	}
	for _, x := range m.Costs {
		e.say("“%s”：取消可多 %d 分", "“%s”: giving it up would bring %d points", x.Name.In(e.lang), x.Gain)
		for _, n := range x.Next {
			e.say("  再加 %v 可多 %d 分：增 %v，减 %v", "  another %v would bring %d points: in %v, out %v", n.More, n.Gain, n.Chosen, n.Gone)
		}
	}
	if f := m.Front; f != nil {
		for _, x := range f.Points {
			fmt.Fprintf(e.out, "%s %d\t%s %d\n", f.A, x.A, f.B, x.B)
		}
	}
	if s := m.Stability; s != nil {
		e.say("评分在误差内变动 %d 次，方案保持最优 %d 次；最差时少 %d ppm", "scores moved %d times, the plan stayed best %d times; at worst it is %d ppm below", s.Tries, s.Same, s.Regret.Worst)
		for i, n := range s.Kept {
			fmt.Fprintf(e.out, "  %s\t%d/%d\n", q.Candidates[i].ID, n, s.Tries)
		}
	}
	e.say("摘要 %s", "digest %s", p.Digest)
}
