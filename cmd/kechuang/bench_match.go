package main

import (
	"fmt"
	"path/filepath"
	"time"

	"kechuang/internal/match/judge"
)

type benchMatchCommand struct {
	Data  string   `default:"../shared/data/match" help:"Folder with requirements.tsv and train_pairs.tsv (see its README for the source)."`
	Part  []string `default:"pairs,worth,search,peers,twin" enum:"pairs,worth,search,peers,twin" help:"What is measured: the judged pairs, what each signal is worth, the index as records grow, the same beside its peers (from a checkout), what was said before."`
	Folds int      `default:"5" help:"Folds that are run, of five."`
	Sizes []int    `default:"10000,100000,1000000" help:"Records of the search parts; the last is also that of what was said before."`
}

// Run measures what matching promises, one part after the other.
func (c *benchMatchCommand) Run(e *env) error {
	machine(e)
	for _, part := range c.Part {
		var err error
		switch part {
		case "pairs", "worth":
			err = c.judged(e, part == "worth")
		case "search":
			err = (&benchSearchCommand{Sizes: c.Sizes, Queries: 1000}).Run(e)
		case "peers":
			err = peers(e, filepath.Join(c.Data, "requirements.tsv"), c.Sizes)
		case "twin":
			err = (&benchTwinCommand{Data: c.Data, Records: c.Sizes[len(c.Sizes)-1], Queries: 200}).Run(e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// judged measures the judged pairs: by achievement and by need, with the deployment's own judgements and without; or what each group of
// signals is worth by both.
func (c *benchMatchCommand) judged(e *env, worth bool) error {
	needs, err := readFile(filepath.Join(c.Data, "requirements.tsv"), judge.ReadNeeds)
	if err != nil {
		return err
	}
	pairs, err := readFile(filepath.Join(c.Data, "train_pairs.tsv"), judge.ReadJudged)
	if err != nil {
		return err
	}
	if worth {
		for _, byNeed := range []bool{false, true} {
			c.measure(e, needs, pairs, byNeed, true, nil)
			for _, group := range []string{"words", "grams", "vectors", "shape", "rivals", "own", "kernel"} {
				c.measure(e, needs, pairs, byNeed, true, []string{group})
			}
		}
		return nil
	}
	two := make([]judge.Answer, len(pairs))
	for i, p := range pairs {
		two[i] = judge.Answer{Need: p.Need, Level: p.Level, Verdict: judge.Verdict{Above: [3]float64{1, 0, 0}}}
	}
	c.tell(e, "always 2", judge.Measure(two), 0)
	for _, own := range []bool{true, false} {
		for _, byNeed := range []bool{false, true} {
			c.measure(e, needs, pairs, byNeed, own, nil)
		}
	}
	const judged = 1000
	began := time.Now()
	alone, own, both := judge.Elsewhere(needs, pairs, judged, c.Folds)
	c.tell(e, "needs never seen, the model alone", judge.Measure(alone), time.Since(began))
	c.tell(e, fmt.Sprintf("the same, %d own judgements alone", judged), judge.Measure(own), 0)
	c.tell(e, "the same, both", judge.Measure(both), 0)
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
