package main

import (
	"fmt"
	"path/filepath"
	"time"

	"kechuang/internal/match/judge"
)

type benchMatchCommand struct {
	Data    string   `default:"../shared/data/match" help:"Folder with requirements.tsv and train_pairs.tsv (see its README for the source)."`
	Folds   int      `default:"5" help:"Folds that are run, of five."`
	Worth   bool     `help:"Only each signal's worth: by achievement, with all signals and without each group."`
	Without []string `help:"Groups of signals to leave out, one run each; all for every group." placeholder:"words,all"`
}

// Run measures the judged pairs: by achievement and by need, with the deployment's own judgements and without, then each signal's worth.
func (c *benchMatchCommand) Run(e *env) error {
	machine(e)
	needs, err := readFile(filepath.Join(c.Data, "requirements.tsv"), judge.ReadNeeds)
	if err != nil {
		return err
	}
	pairs, err := readFile(filepath.Join(c.Data, "train_pairs.tsv"), judge.ReadJudged)
	if err != nil {
		return err
	}
	two := make([]judge.Answer, len(pairs))
	for i, p := range pairs {
		two[i] = judge.Answer{Need: p.Need, Level: p.Level, Verdict: judge.Verdict{Above: [3]float64{1, 0, 0}}}
	}
	c.tell(e, "always 2", judge.Measure(two), 0)
	if c.Worth {
		c.measure(e, needs, pairs, false, true, nil)
		c.Without = []string{"words", "grams", "vectors", "shape", "rivals", "own", "kernel"}
	}
	for _, own := range []bool{true, false} {
		if c.Worth {
			break
		}
		for _, byNeed := range []bool{false, true} {
			c.measure(e, needs, pairs, byNeed, own, nil)
		}
	}
	groups := c.Without
	if len(groups) == 1 && groups[0] == "all" {
		groups = judge.Signals
	}
	for _, group := range groups {
		c.measure(e, needs, pairs, false, group != "cross", []string{group})
	}
	return nil
}

func (c *benchMatchCommand) measure(e *env, needs []judge.Need, pairs []judge.Pair, byNeed, own bool, without []string) {
	name := "by achievement"
	if byNeed {
		name = "by need"
	}
	if own {
		name += ", own judgements"
	} else {
		name += ", the model alone"
	}
	if without != nil {
		name += ", without " + without[0]
	}
	began := time.Now()
	answers := judge.CrossValidate(needs, pairs, byNeed, own, without, c.Folds)
	c.tell(e, name, judge.Measure(answers), time.Since(began))
}

func (c *benchMatchCommand) tell(e *env, name string, q judge.Quality, took time.Duration) {
	fmt.Fprintf(e.out, "match %-48s %5d pairs: score %.4f, MAE %.4f, kappa %.3f, nDCG@10 %.3f, calibration error %.3f (%v)\n",
		name, q.Pairs, q.Score, q.MAE, q.Kappa, q.NDCG, q.Calibration, took.Round(time.Second))
}
