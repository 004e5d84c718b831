package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"kechuang/internal/lang"
	"kechuang/internal/match/judge"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
)

type matchCommand struct {
	Score matchScoreCommand `cmd:"" help:"Judge pairs of an achievement and a need: one level a line, 4 strong to 1 unrelated."`
	Train matchTrainCommand `cmd:"" hidden:"" help:"Train the model that ships, from judged pairs."`
}

type matchScoreCommand struct {
	Judged string `type:"existingfile" help:"Judgements of the deployment's own, to learn from: the same columns with the level filled in."`
	Pairs  string `arg:"" type:"existingfile" help:"Tab-separated: guid, aid, rid, words of the achievement's title, level (empty)."`
	Needs  string `arg:"" type:"existingfile" help:"Tab-separated: rid, title, content."`
}

// Run prints a level for each pair, in their order.
func (c *matchScoreCommand) Run(e *env) error {
	needs, err := readFile(c.Needs, judge.ReadNeeds)
	if err != nil {
		return err
	}
	pairs, err := readFile(c.Pairs, judge.ReadPairs)
	if err != nil {
		return err
	}
	var judged []judge.Pair
	if c.Judged != "" {
		if judged, err = readFile(c.Judged, judge.ReadJudged); err != nil {
			return err
		}
	}
	model, err := judge.Shipped()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.out)
	for _, v := range model.Score(needs, pairs, judged) {
		fmt.Fprintln(out, strconv.FormatFloat(v.Level(), 'f', -1, 64))
	}
	return out.Flush()
}

func readFile[T any](name string, read func(io.Reader) ([]T, error)) ([]T, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	list, err := read(bytes.NewReader(register.Readable(data)))
	var no *refusal.Refusal
	if errors.As(err, &no) {
		no.Text = lang.T(name+"："+no.Text.ZH, name+": "+no.Text.EN)
	}
	return list, err
}

type matchTrainCommand struct {
	Judged string `arg:"" type:"existingfile"`
	Needs  string `arg:"" type:"existingfile"`
	Out    string `arg:"" help:"Where the model is written: internal/match/judge/model.bin."`
}

// Run trains; the same files give the same model.
func (c *matchTrainCommand) Run(e *env) error {
	needs, err := readFile(c.Needs, judge.ReadNeeds)
	if err != nil {
		return err
	}
	judged, err := readFile(c.Judged, judge.ReadJudged)
	if err != nil {
		return err
	}
	f, err := os.Create(c.Out)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := judge.Train(needs, judged).Write(f); err != nil {
		return err
	}
	return f.Close()
}
